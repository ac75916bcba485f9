"""Answers to a response on a terminal: who has not answered first, then by county; what became of a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, ranges_of, simulated_line, table, to_minute
from dashboards.terminal.warning import NAMES

SHOWN = 40
"""Firms, or bad rows, shown unless all are asked for."""
ANSWERS = {
    "in_time": "按时 in time",
    "late": "迟回 late",
    "waiting": "待回执 not yet due",
    "missing": "逾期未回 overdue",
}
STATUSES = {"done": "已执行 carried out", "partial": "部分执行 in part", "unable": "不能执行 unable"}
CHANNELS = {"sms": "短信 SMS", "phone": "电话 phone", "system": "系统 system", "onsite": "现场 on site"}
_ORDER = ("missing", "waiting", "late", "in_time")


def render_answers(found: Mapping[str, Any], *, everybody: bool = False) -> Iterator[RenderableType]:
    """Show who was to answer a warning, who has, who has not.

    Parameters
    ----------
    found : mapping
        See :func:`pipelines.emergency.receipts.answers.answers_of`.
    everybody : bool
        Show those who have answered too, and all of them.
    """
    if found["kind"] == "drill":
        yield simulated_line()
    counts = found["counts"]
    yield as_is(
        f"{found['warning_id']}  {found['city_name']} {NAMES[found['level']]}  回执情况 answers  {to_minute(found['as_of'])}",
        "bold",
    )
    yield as_is(
        f"在用清单 list in use：{found['list_version'] or NOTHING}（{found['list_document_no'] or NOTHING}）；"
        f"下达 ordered {to_minute(found['asked_at'])}；应回执 due {to_minute(found['due_at'])}"
    )
    yield as_is(
        f"应回执 to answer {counts['expected']}，已回执 answered {counts['answered']}（迟 late {counts['late']}），"
        f"逾期未回 overdue {counts['missing']}，待回执 not yet due {counts['waiting']}；"
        f"部分执行 in part {counts['partial']}，不能执行 unable {counts['unable']}；清单中不涉及 not asked {counts['not_asked']}"
    )
    for note in found["notes"]:
        yield as_is(f"· {note['zh']} | {note['en']}")
    if found["by_county"]:
        yield _counties(found)
    firms = sorted(found["enterprises"], key=lambda e: (_ORDER.index(e["answer"]), -e["late_h"]))
    firms = (
        firms
        if everybody
        else [e for e in firms if e["answer"] in ("missing", "waiting") or e["status"] != "done"]
    )
    shown, more = ranges_of(firms, len(firms) if everybody else SHOWN)
    if shown:
        yield _firms(
            shown,
            "全部企业 | all firms"
            if everybody
            else "未回执或未全部执行的企业 | firms without an answer, or not in full",
        )
    if more:
        yield as_is(f"… 另有 {more} 家，用 --all 或 --json 查看 | {more} more: --all or --json")
    if found["others"]:
        yield _others(found["others"])
    if found["kind"] == "drill":
        yield simulated_line()


def _counties(found: Mapping[str, Any]) -> RenderableType:
    made = table(
        ("区县 county", "应回执 to answer", "已回执 answered", "迟 late", "逾期 overdue", "部分 in part", "不能 unable",
         "区县回执 county's own"),
        right=(1, 2, 3, 4, 5, 6), title="按区县 | by county",
    )  # fmt: skip
    own = {c["county_code"]: c for c in found["counties"]}
    for c in found["by_county"]:
        answer = own[c["county_code"]]
        told = f"{ANSWERS[answer['answer']]} {to_minute(answer['answered_at']) if answer['answered_at'] else ''}".rstrip()
        add(
            made,
            c["county_name"],
            *(c[n] for n in ("expected", "answered", "late", "missing", "partial", "unable")),
            told,
        )
    return made


def _firms(firms: Sequence[Mapping[str, Any]], title: str) -> RenderableType:
    made = table(
        ("区县 county", "企业 firm", "信用代码 code", "等级 grade", "回执 answer", "迟 late h", "状态 status", "时间 at", "方式 by",
         "回执人 who", "原因 reason", "责任人 contact", "电话 phone"),
        right=(5,), title=title,
    )  # fmt: skip
    for e in firms:
        name = e["firm_name"] + (f"（{e['site']}）" if e["site"] else "")
        add(
            made, e["county_name"], name, e["credit_code"], e["grade"], ANSWERS[e["answer"]],
            f"{e['late_h']:.1f}" if e["late_h"] else NOTHING, STATUSES.get(e["status"], NOTHING), to_minute(e["answered_at"]),
            CHANNELS.get(e["channel"], NOTHING), e["answered_by"], e["reason"], e["contact"], e["phone"],
        )  # fmt: skip
    return made


def _others(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    made = table(
        ("回执方 sender", "状态 status", "时间 at", "方式 by", "回执人 who", "原因 reason", "备注 note"),
        title="其他回执（部门、清单未要求的单位）| other answers",
    )
    for r in rows[:SHOWN]:
        add(made, r["sender_name"], STATUSES[r["status"]], to_minute(r["answered_at"]), CHANNELS[r["channel"]], r["answered_by"],
            r["reason"], r["note"])  # fmt: skip
    return made


def render_import(result: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Say what became of a file of receipts or checks."""
    if result["simulated"]:
        yield simulated_line()
    name = f"{result['name']}（{result['kind_zh']} {result['kind_en']}）"
    if result["status"] == "rejected":
        yield as_is(
            f"{name}：有 {result['n_errors']} 处错误，整份未导入 | {result['n_errors']} errors, nothing was loaded",
            "bold",
        )
    elif result["status"] == "unchanged":
        yield as_is(
            f"{name}：{result['n_rows']} 行此前均已导入，未作改动 | all {result['n_rows']} rows were loaded before"
        )
    elif result["status"] == "checked":
        yield as_is(
            f"{name}：{result['n_rows']} 行检查通过，未导入 | {result['n_rows']} rows would be loaded"
        )
    else:
        already = result["n_rows"] - result["n_new"]
        yield as_is(f"{name}：导入 {result['n_new']} 行 loaded，此前已有 {already} 行 known before")
    if result["n_blank"]:
        yield as_is(
            f"未填写的行 {result['n_blank']} 行，未计 | {result['n_blank']} rows nobody has filled in"
        )
    shown, more = ranges_of(result["findings"], SHOWN)
    if shown:
        made = table(("行 line", "列 column", "问题 what is wrong"), right=(0,))
        for f in shown:
            add(made, f["line"], f["item"], f"{f['zh']} | {f['en']}")
        yield made
    if more:
        yield as_is(f"… 另有 {more} 处，用 --json 查看 | {more} more: --json")
