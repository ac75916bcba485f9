"""Compliance with a response on a terminal: answers and checks, and what of the promised cut they confirm."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, digits, table
from dashboards.terminal.warning import NAMES

PARTS = ("promised", "confirmed", "denied", "unknown")
VERDICTS = (
    ("ok", "落实 carried out"),
    ("partial", "部分 in part"),
    ("fail", "未落实 not"),
    ("no_data", "无数据 no data"),
    ("not_checked", "未核查 not checked"),
)


def render_compliance(found: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Show how far a response was carried out; of its effect on the air this says nothing.

    Parameters
    ----------
    found : mapping
        See :func:`pipelines.emergency.receipts.compliance.compliance_of`, or a status and its texts.
    """
    yield as_is(f"落实情况 compliance：{found['zh']} | {found['en']}")
    if "cut_kgd" not in found or found["status"] in ("no_data", "no_list"):
        return
    counts = found["receipts"]
    yield as_is(
        f"  {NAMES.get(found['level'], found['level'])}，清单 list {found['list_version'] or NOTHING}；回执 answers："
        f"应 to answer {counts['expected']}，已 answered {counts['answered']}（迟 late {counts['late']}），"
        f"逾期未回 overdue {counts['missing']}，不能执行 unable {counts['unable']}"
    )
    yield _cuts(found["cut_kgd"])
    yield _groups("按区县 | by county", "区县 county", found["by_county"], answers=True)
    yield _groups("按等级 | by grade", "等级 grade", found["by_grade"])
    yield _groups("按结论 | by verdict", "结论 verdict", found["by_verdict"])
    yield as_is(
        "  回执不等于核实；未核查、无数据计入未知，不计为落实；移动源、非道路与扬尘源没有逐一核查"
        " | an answer confirms nothing; what nobody checked is unknown; other sources are not checked one by one"
    )
    if not found["thresholds_verified"]:
        yield as_is(
            "  按证据得出结论的阈值为本系统约定，未据原文核实 | limits of verdicts by rule are this system's own: unverified"
        )


def _cuts(cuts: Mapping[str, Mapping[str, Any]]) -> RenderableType:
    made = table(
        ("污染物 pollutant", "承诺 promised kg/d", "已核实 confirmed", "已否定 denied", "未知 unknown", "核实 confirmed %",
         "否定 denied %", "未知 unknown %"),
        right=range(1, 8), title="承诺减排量（千克/日）| the promised cut (kg/d)",
    )  # fmt: skip
    for pollutant, cut in cuts.items():
        amounts = [digits(cut[part], 1) for part in PARTS]
        add(made, pollutant, *amounts, *(digits(cut[f"{part}_pct"], 1) for part in PARTS[1:]))
    return made


def _groups(
    title: str, heading: str, groups: Sequence[Mapping[str, Any]], *, answers: bool = False
) -> RenderableType:
    own = ("应回执 to answer", "已回执 answered") if answers else ()
    pollutants = list(groups[0]["cut_kgd"]) if groups else []
    heads = (heading, *own, "源 units", *(name for _, name in VERDICTS), *(f"{p} 核实 %" for p in pollutants))
    made = table(heads, right=range(1, len(heads)), title=title)
    for g in groups:
        counts = [g["receipts"][n] for n in ("expected", "answered")] if answers else []
        verdicts = [g[verdict] for verdict, _ in VERDICTS]
        add(
            made,
            g["name"],
            *counts,
            g["n_units"],
            *verdicts,
            *(digits(g["cut_kgd"][p]["confirmed_pct"], 1) for p in pollutants),
        )
    return made
