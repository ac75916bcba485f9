"""A draft of a warning on a terminal: levels of the cities, the blocks that led to them, reasons. Data in, text out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from dashboards.terminal.screen import NOTHING, add, as_is, simulated_line, table, to_minute
from warehouse.standards.marks import UNAPPROVED, marks
from warehouse.standards.warning_words import ByLevel

DRAFT = f"{UNAPPROVED} — 会商建议，未经批准不得对外 | for consultation, not to leave before approval"
NAMES = ByLevel(lambda row: f"{row['short_zh']} {row['level']}")
STYLES = {"none": "", "precaution": "cyan", "yellow": "yellow", "orange": "dark_orange", "red": "bold red"}
BASES = {"own": "本市 own", "superior": "上级 superior", "regional": "区域 regional", "none": NOTHING}
REASONS = {
    "": "",
    "o3": "臭氧，不计 ozone",
    "dust": "沙尘，不计 dust",
    "wildfire_smoke": "山火，不计 smoke",
    "local_blowing_dust": "局地扬沙，不计 blowing dust",
    "cross_border": "境外传输，不计 from abroad",
    "needs_analyst": "须分析判定 needs an analyst",
    "cause_unknown": "首要污染物未写 cause not given",
    "missing": "缺 missing",
}
_COMMON = ("draft", "profile_unverified", "profile_confirmed")
"""Notes that are the same for all cities and are told once."""


def render_nothing(given: str | None, others: bool) -> Iterator[RenderableType]:
    """Say that no level can be proposed, and what to do.

    Parameters
    ----------
    given : str or None
        File the forecast was to come from; None for the published bulletins.
    others : bool
        There is a forecast, but not for the cities asked for.
    """
    yield as_is(DRAFT, "bold magenta")
    if others:
        yield as_is("预报中没有所选城市 | the forecast does not tell of the cities asked for")
    elif given:
        yield as_is(f"{given}：没有一行可用的预报 | no usable row")
    else:
        yield as_is(
            "没有仍有效的预报员简报：仅供会商参考，不给级别；用 fenwei forecast import 导入，或 --forecast 文件"
        )
        yield as_is(
            "no bulletin that still holds: for consultation only, no level is proposed; import one with"
            " `fenwei forecast import`, or give --forecast FILE"
        )


def render_drafts(
    drafts: Sequence[Mapping[str, Any]], source: str, regions: Sequence[Mapping[str, Any]] = ()
) -> Iterator[RenderableType]:
    """Turn drafts into lines and tables.

    Parameters
    ----------
    drafts : sequence of mapping
        See :func:`pipelines.emergency.proposal.draft.draft`.
    source : str
        Where the forecasts came from.
    regions : sequence of mapping
        See :func:`pipelines.emergency.proposal.regions.regions_of`.
    """
    simulated = any(d["simulated"] for d in drafts)
    if simulated:
        yield simulated_line()
    yield as_is(f"{marks(exercise=simulated)}{DRAFT}", "bold magenta")
    yield as_is(f"重污染天气预警级别建议 proposed warning levels  {to_minute(drafts[0]['as_of'])}", "bold")
    profiles = "、".join(dict.fromkeys(d["profile"] for d in drafts))
    yield as_is(f"方案 profile：{profiles}；预报来源 forecast：{source}")
    yield _summary(drafts)
    yield as_is(_counts(drafts))
    yield from _regions(regions)
    for each in drafts:
        if each["level"] != "none" or each["final_level"] != "none" or each["lift"] or _polluted(each):
            yield from _city(each)
    common = {n["code"]: n for d in drafts for n in d["notes"] if n["code"] in _COMMON}
    for note in common.values():
        yield as_is(f"· {note['zh']}")
        yield as_is(f"  {note['en']}")
    yield as_is(DRAFT, "bold magenta")
    if simulated:
        yield simulated_line()


def _polluted(draft: Mapping[str, Any]) -> bool:
    return any((b["aqi_if_counted"] or 0) > 150 for b in draft["blocks"])


def _level(level: str) -> Text:
    return as_is(NAMES[level], STYLES[level])


def _summary(drafts: Sequence[Mapping[str, Any]]) -> RenderableType:
    made = table(
        (
            "城市 city", "最终建议 final", "依据 by", "本市 own", "不合并 strict", "自然日 natural days",
            "下限 lower end", "开始 start", "结束 end", "发布 issued",
        )
    )  # fmt: skip
    for d in drafts:
        end = to_minute(d["final_end"])
        if d["final_basis"] == "own" and not d["end_confirmed"]:
            end += "（待定 open）"
        add(
            made,
            f"{d['city_name']} {d['city_code']}",
            _level(d["final_level"]),
            BASES[d["final_basis"]],
            _level(d["level"]),
            _level(d["level_strict"]),
            _level(d["natural_day_level"]),
            _level(d["level_low"]),
            to_minute(d["final_start"]),
            end,
            to_minute(d["issued_at"]),
        )
    return made


def _counts(drafts: Sequence[Mapping[str, Any]]) -> str:
    counted = {name: sum(d["final_level"] == level for d in drafts) for level, name in NAMES.items()}
    return "城市数 cities：" + "，".join(f"{name} {n}" for name, n in counted.items() if n)


def _regions(regions: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    for r in regions:
        parts = "；".join(
            f"{NAMES[level]} {len(names)}（{'、'.join(names)}）" for level, names in r["cities"].items()
        )
        yield as_is(
            f"区域 region {r['name_zh']}：{r['n_drafted']}/{r['n_cities']} 市 cities，最高 highest {NAMES[r['level']]}；{parts}"
        )
    if regions:
        yield as_is(
            "  区域级别由协作小组办公室提示，多少城市触发未见规定，此处不推定 | a regional level is set by the region's office:"
            " none is inferred here"
        )


def _city(draft: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield as_is("")
    yield as_is(
        f"{draft['city_name']} {draft['city_code']}：{NAMES[draft['final_level']]}",
        f"bold {STYLES[draft['final_level']]}".strip(),
    )
    yield _blocks(draft)
    yield from _changes(draft["changes"])
    if draft["lift"]:
        yield as_is(_lift(draft["lift"]))
    for order in draft["orders"]:
        about = " ".join(str(order[k]) for k in ("issued_by", "document_no") if order[k])
        yield as_is(f"  指令 order：{BASES[order['kind']]} {NAMES[order['level']]} {about}".rstrip())
    for note in draft["notes"]:
        if note["code"] not in _COMMON:
            yield as_is(f"  · {note['zh']}")
            yield as_is(f"    {note['en']}")


def _blocks(draft: Mapping[str, Any]) -> RenderableType:
    made = table(
        ("24小时时段 block", "AQI", "首要污染物 primary", "PM2.5 µg/m³", "计入指数 counted", "依据 basis",
         "过程 episode", "说明 reason"),
        right=(1, 3, 4),
        title=f"24小时时段（{draft['standard_set']}）| 24-hour blocks",
    )  # fmt: skip
    for b in draft["blocks"]:
        add(
            made,
            f"{b['start']:%m-%d %H:%M} – {b['end']:%m-%d %H:%M}",
            _range(b["aqi_low"], b["aqi_high"]),
            b["primary_pollutants"] or NOTHING,
            _range(b["pm25_low_ugm3"], b["pm25_high_ugm3"]),
            _range(b["aqi_24h_block_low"], b["aqi_24h_block"]),
            b["basis"] or NOTHING,
            "■" if b["in_process"] else "",
            REASONS[b["reason"]] + (f"（{b['forecaster']}）" if b["reason"] and b["forecaster"] else ""),
        )
    return made


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return NOTHING
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _changes(changes: Mapping[str, Any]) -> Iterator[RenderableType]:
    for side, zh, en in (("higher", "高", "higher"), ("lower", "低", "lower")):
        found = changes[side]
        if found:
            parts = [f"AQI 各{zh} {found['aqi']} 点"] if "aqi" in found else []
            parts += [f"PM2.5 各{zh} {found['pm25_ugm3']} µg/m³"] if "pm25_ugm3" in found else []
            yield as_is(f"  若 if {'，或 or '.join(parts)} {en} → {NAMES[found['level']]}")
    for item in changes["hours_more"]:
        parts = [f"AQI>{p['aqi_gt']} 再多 more {p['hours']} h" for p in item["parts"]]
        yield as_is(f"  若 if {'，且 and '.join(parts)} → {NAMES.get(item['level'], item['level'])}")
    less = [
        f"AQI>{p['aqi_gt']} 少 fewer {p['hours']} h" for item in changes["hours_less"] for p in item["parts"]
    ]
    if less:
        yield as_is(f"  若 if {'，且 and '.join(less)} → 低于该级 below this level")


def _lift(lift: Mapping[str, Any]) -> str:
    now = NAMES.get(lift["in_force"], lift["in_force"])
    seen = f"AQI≤{lift['trigger']} {lift['below_h']} h（需 needs {lift['needed_h']} h）"
    if lift["action"] == "keep":
        return f"  现行 in force {now}：维持 keep；{seen}"
    again = f"；其后再达 then again {NAMES[lift['returns']]}" if lift["returns"] != "none" else ""
    if lift["action"] == "lift":
        return f"  现行 in force {now}：可解除 may be lifted；{seen}{again}"
    return f"  现行 in force {now}：可降为 may be lowered to {NAMES[lift['level']]}；{seen}{again}"
