"""Lists on a terminal: what an import found, versions, ratios, findings, changes. Documents in, lines out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from dashboards.terminal.screen import add, as_is, digits, simulated_line, table
from warehouse.standards.warning_words import ByLevel

SHOWN = 30
STATUS = {
    "accepted": ("通过", "accepted", "green"),
    "rejected": ("退回（改正后整份重新导入）", "sent back: correct it and import it again as a whole", "red"),
    "unchanged": ("未变，无事可做", "same as before, nothing to do", ""),
}
_COLOURS = {"error": "red", "warning": "yellow", "notice": ""}
_WORDS = {"error": "错误 error", "warning": "提示 warning", "notice": "说明 note"}
_LEVELS = ByLevel(lambda row: f"{row['short_zh'][:1]} {row['level']}")
VERDICTS = {
    "met": ("达到 met", "green"),
    "doubtful": ("待核实 doubtful", "yellow"),
    "not_met": ("未达到 not met", "red"),
    "insufficient": ("数据不足 insufficient", "yellow"),
}
_BASES = {"filed": "清单口径 as listed", "day": "响应日 on the day"}
_STATES = {"filed": "已备案 filed", "draft": "草稿 draft"}
_CHANGES = {"added": "新增 added", "removed": "删除 removed", "changed": "修改 changed"}


def _findings(found: Sequence[Mapping[str, Any]], shown: int) -> Iterator[RenderableType]:
    for f in found[:shown]:
        where = f"{f['sheet']}!{f['cell']}" if f["cell"] else f["sheet"]
        head = "  ".join(part for part in (_WORDS[f["level"]], where, f.get("subject", "")) if part)
        yield as_is(f"  {head}", _COLOURS[f["level"]])
        yield as_is(f"    {f['zh']} | {f['en']}")
        yield as_is(f"    → {f['fix_zh']} | {f['fix_en']}")
    if len(found) > shown:
        yield as_is(f"  …另有 and {len(found) - shown} 处 more（--json）")


def render_import(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell an import: status, version, findings."""
    if document["simulated"]:
        yield simulated_line()
    zh, en, style = STATUS[document["status"]]
    yield as_is(f"{zh} {en}  {document['name']}", f"bold {style}".strip())
    counts = document["counts"]
    yield as_is(
        f"  企业 enterprises {counts['n_enterprises']:,}，生产线 lines {counts['n_lines']:,}，其他源 other sources {counts['n_other']:,}"
    )
    yield from _findings(document["findings"], SHOWN)
    if document["check_only"]:
        yield as_is("只检查，未导入 | checked only, nothing was taken in")
    elif document["version_id"]:
        yield as_is(f"版本 version {document['version_id']}（{_STATES[document['state']]}）", "bold")
        yield as_is(f"核对 check it：fenwei list check --version {document['version_id']}")


def render_versions(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell which versions there are."""
    if document["simulated"]:
        yield simulated_line()
    heads = (
        "版本 version",
        "城市 city",
        "状态 state",
        "备案 filed",
        "文号 document",
        "企业 firms",
        "生产线 lines",
        "其他源 others",
        "文件 file",
    )
    made = table(heads, right=(5, 6, 7), title="减排清单版本 versions of lists")
    for row in document["versions"]:
        filed = f"{row['filed_by']} {str(row['filed_at'])[:10]}" if row["filed_by"] else None
        cells = (row["version_id"], row["city"], _STATES[row["state"]], filed, row["document_no"])
        add(
            made,
            *cells,
            f"{row['n_enterprises']:,}",
            f"{row['n_lines']:,}",
            f"{row['n_other']:,}",
            row["file_name"],
        )
    yield made


def render_check(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell a check: ratios first, then what to mend."""
    if document["simulated"]:
        yield simulated_line()
    for one in document["checks"]:
        about = one["version"]
        state = _STATES[about["state"]] + (f"，{about['document_no']}" if about["document_no"] else "")
        yield as_is(f"{about['version_id']} {about['city']} {about['city_en']}（{state}）", "bold")
        yield from _ratios(one["reductions"], one["day"])
        yield from _findings(one["findings"], SHOWN)
    if not document["checks"]:
        yield as_is("没有清单版本，请先 fenwei list import | no version of a list yet: fenwei list import")


def _ratios(rows: Sequence[Mapping[str, Any]], day: Any) -> Iterator[RenderableType]:
    heads = (
        *(
            "口径 basis",
            "级别 level",
            "污染物 pollutant",
            "全社会 total kg/d",
            "减排量 cut kg/d",
            "比例 ratio %",
            "存疑全计 doubtful counted %",
        ),
        *("要求 required %", "结论 verdict", "缺口 shortfall kg/d"),
    )
    title = f"占全社会排放量的减排比例 cuts of the whole society{f'（响应日 {day}）' if day else ''}"
    made = table(heads, right=(3, 4, 5, 6, 7, 9), title=title)
    for r in rows:
        word, style = VERDICTS[r["verdict"]]
        zh = (
            f"{word}（调剂条款未核实：二者之和达到 swap, unverified: met）"
            if r["swap_met"] and r["verdict"] != "met"
            else word
        )
        add(
            made, _BASES[r["basis"]], _LEVELS[r["level"]], r["pollutant"],
            _number(r["total_kgd"]), _number(r["cut_kgd"]), digits(r["ratio_pct"], 2), digits(r["ratio_high_pct"], 2),
            digits(r["required_pct"], 0), Text(zh, style=style), _number(r["shortfall_kgd"]),
        )  # fmt: skip
    yield made


def _number(value: Any) -> str:
    return digits(None if value is None else float(value), 1)


def render_diff(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell what changed between two versions."""
    if document["simulated"]:
        yield simulated_line()
    yield as_is(f"{document['old']['version_id']} → {document['new']['version_id']}", "bold")
    made = table(("表 table", "变化 change", "对象 what", "名称 name", "列 column", "原值 old", "新值 new"))
    for c in document["changes"][:200]:
        add(made, c["table"], _CHANGES[c["change"]], c["key"], c["name"], c["column"], c["old"], c["new"])
    if document["changes"]:
        yield made
    more = len(document["changes"]) - 200
    yield as_is(
        f"共 {len(document['changes'])} 处变化 changes" + ("，列出 200 处 listed" if more > 0 else "")
    )
    ratios = table(
        (
            "级别 level",
            "污染物 pollutant",
            "原比例 old %",
            "新比例 new %",
            "原减排 old kg/d",
            "新减排 new kg/d",
        ),
        right=(2, 3, 4, 5),
    )
    for r in document["ratios"]:
        cells = (
            digits(r["ratio_old_pct"], 2),
            digits(r["ratio_new_pct"], 2),
            _number(r["cut_old_kgd"]),
            _number(r["cut_new_kgd"]),
        )
        add(ratios, _LEVELS[r["level"]], r["pollutant"], *cells)
    yield ratios


def render_version(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell what a version holds, line by line."""
    if document["simulated"]:
        yield simulated_line()
    about = document["version"]
    yield as_is(
        f"{about['version_id']} {about['city']} {about['city_en']}（{_STATES[about['state']]}）", "bold"
    )
    heads = (
        "企业 firm",
        "生产线 line",
        "等级 grade",
        "类别 category",
        "黄 yellow",
        "橙 orange",
        "红 red",
        "SO2 kg/d",
        "NOx kg/d",
        "PM kg/d",
        "VOCs kg/d",
    )
    made = table(heads, right=(7, 8, 9, 10))
    for row in document["lines"][:200]:
        grade = row["grade"] or f"未评级 ungraded（{row['effective_grade']}）"
        bases = (_number(row[f"base_{name}_kgd"]) for name in ("so2", "nox", "pm", "vocs"))
        texts = (row["yellow_text"], row["orange_text"], row["red_text"])
        cells = (
            row["firm_name"][:60],
            row["line_name"] or row["line_key"].rpartition("#")[2],
            grade,
            f"{row['category_zh'] or row['category']} {row['category_en'] or ''}".strip()
            if row["category"]
            else None,
        )
        add(made, *cells, *(text[:80] if text else None for text in texts), *bases)
    yield made
    if len(document["lines"]) > 200:
        yield as_is(f"…共 {len(document['lines'])} 条 lines（--json）")


_GAPS = {
    "nothing_needed": ("已达到要求，无需补充", "nothing is missing", "green"),
    "found": (
        "可以补足，以下为代价最小的补充措施（修订建议，须经论证后另行报备）",
        "the cheapest further measures, a proposal",
        "green",
    ),
    "infeasible": (
        "全部允许的措施仍不足，须作未达标说明",
        "all permitted measures together are not enough",
        "red",
    ),
}


def render_gap(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell what would close a shortfall, or that nothing would."""
    if document["simulated"]:
        yield simulated_line()
    zh, en, style = _GAPS[document["status"]]
    yield as_is(
        f"{document['version']['version_id']} {_LEVELS[document['level']]}：{zh} | {en}", f"bold {style}"
    )
    heads = (
        "污染物 pollutant",
        "缺口 short kg/d",
        "可补足 possible kg/d",
        "所选 chosen kg/d",
        "仍缺 still short kg/d",
    )
    made = table(heads, right=(1, 2, 3, 4))
    for row in document["missing"]:
        names = ("short_kgd", "possible_kgd", "gained_kgd", "still_short_kgd")
        add(made, row["pollutant"], *(_number(row[name]) for name in names))
    yield made
    if document["measures"]:
        chosen = table(
            ("企业 firm", "生产线 line", "措施 measure", "SO2 kg/d", "NOx kg/d", "PM kg/d", "VOCs kg/d"),
            right=(3, 4, 5, 6),
        )
        for row in document["measures"]:
            gains = (_number(row[f"gain_{p}_kgd"]) for p in ("so2", "nox", "pm", "vocs"))
            add(
                chosen,
                row["firm_name"][:60],
                row["source_id"].rpartition("#")[2],
                row["measure_text"],
                *gains,
            )
        yield chosen
