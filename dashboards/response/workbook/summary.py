"""First sheet of the list workbook: the warning, what the list amounts to against what is required, counties."""

from collections.abc import Callable, Sequence
from typing import Any

from dashboards.clean import one_line
from dashboards.response.list_words import VERDICTS, day_of, headline, list_named, moment
from dashboards.response.model import LEVELS, POLLUTANTS, Response
from dashboards.response.workbook.lines import Row, by_county, rows_of, sums
from dashboards.response.workbook.sheet import Book, Column, put, table
from warehouse.standards.warning_words import SHORT_NAMES

_COLUMNS = 15
_TITLE = 0
_RATIO_HEADS = (
    "级别", "污染物", "要求\n%",
    "全社会排放\nkg/d", "减排量\nkg/d", "减排比例\n%", "缺口\nkg/d", "结论",
    "已停运扣除\nkg/d", "全社会排放\nkg/d", "减排量\nkg/d", "减排比例\n%", "存疑全计\n比例 %", "缺口\nkg/d", "结论",
)  # fmt: skip
_FILED = ("total_kgd", "cut_kgd", "ratio_pct", "shortfall_kgd", "verdict")
_DAY = ("stopped_kgd", "total_kgd", "cut_kgd", "ratio_pct", "ratio_high_pct", "shortfall_kgd", "verdict")


def write_summary(book: Book) -> None:
    """Add the sheet."""
    response = book.response
    sheet = book.sheet("汇总", 0, 0)
    sheet.repeat_rows(0)
    sheet.set_column(0, 0, 13)
    sheet.set_column(1, _COLUMNS - 1, 13)
    sheet.set_row(_TITLE, 34)
    sheet.write_string(_TITLE, 0, f"{response.mark}{headline(response)}应急减排清单", book.formats["title"])
    row = _facts(book, sheet, 1)
    row, ratios = _ratios(book, sheet, row + 1)
    if ratios:
        _chart(book, sheet, ratios)
    _counties(book, sheet, row + 1)


def facts(response: Response) -> list[tuple[str, str]]:
    """Give the facts of a warning and of the list it uses, label by label."""
    w, used = response.warning, response.list_version
    lines = sum(len(firm.lines) for firm in response.enterprises)
    answer = f"，{w['response']}级响应" if w.get("response") else ""
    found = [
        ("预警编号", one_line(w["warning_id"], 60)),
        ("级别与状态", f"{one_line(w['level_zh'], 20)}{answer}，{w['state_zh']}"),
        ("响应时间", f"{moment(w['start_at'])} 至 {moment(w['end_at'], last=True)}"),
        ("发布单位", one_line(w["issuing_body"], 120) or "待定"),
        ("文号", one_line(w["document_no"], 120) or "待定"),
        ("批准", f"{one_line(w['approved_by'], 60)}（{one_line(w['office'], 60)}），{moment(w['approved_at'])}"
                if w["approved_at"] else "未经批准，不得对外"),
        ("清单版本", list_named(response, 100)),
        ("清单备案", f"{one_line(used['filed_by'], 60)}，{day_of(used['filed_at'])}；"
                     f"文件 {one_line(used['file_name'], 100)}" if used else "—"),
        ("清单规模", f"企业 {len(response.enterprises):,} 家，生产线 {lines:,} 条，移动、非道路、扬尘源 {len(response.others):,} 项"),
        ("减排结论", conclusion(response)),
    ]  # fmt: skip
    if w.get("lifted_at"):
        found.insert(3, ("解除时间", moment(w["lifted_at"])))
    return found


def conclusion(response: Response) -> str:
    """Say in one line which pollutants reach what is required on the response day."""
    rows = [r for r in response.reductions if r["basis"] == "day" and r["level"] == response.level]
    if not rows:
        return f"响应日 {day_of(response.response_day)}：减排比例无法计算"
    words = (("met", "达到"), ("not_met", "未达到"), ("doubtful", "待核实"), ("insufficient", "数据不足"))
    parts = [
        f"{'、'.join(names)} {word}"
        for verdict, word in words
        if (names := [r["pollutant"] for r in rows if r["verdict"] == verdict])
    ]
    return f"响应日 {day_of(response.response_day)}，要求 {rows[0]['required_pct']:g}%：{'；'.join(parts)}"


def _facts(book: Book, sheet: Any, top: int) -> int:
    """Write the facts on the left; the chart stands on their right."""
    told = facts(book.response)
    for row, (label, value) in enumerate(told, start=top):
        sheet.set_row(row, 26)
        sheet.write_string(row, 0, label, book.formats["label"])
        sheet.merge_range(row, 1, row, 7, "", book.formats["text"])
        sheet.write_string(row, 1, value, book.formats["text"])
    return top + len(told)


def _ratios(book: Book, sheet: Any, top: int) -> tuple[int, list[tuple[int, dict[str, Any], dict[str, Any]]]]:
    """Write the table of ratios, the level in force first; return the next row and the rows of that level."""
    response = book.response
    sheet.set_row(top, 24)
    title = "减排比例（占全社会排放量；每种污染物须各自达到）"
    sheet.write_string(top, 0, title, book.formats["section"])
    if not response.reductions:
        sheet.write_string(top + 1, 0, "没有已备案的清单，减排比例无法计算", book.formats["note"])
        return top + 2, []
    head = book.formats["head"]
    sheet.merge_range(top + 1, 0, top + 1, 2, "", head)
    sheet.merge_range(top + 1, 3, top + 1, 7, "清单口径（备案）", head)
    sheet.merge_range(
        top + 1, 8, top + 1, 14, f"响应日口径（{response.response_day}，停运的线上下同扣）", head
    )
    sheet.set_row(top + 2, 34)
    for place, word in enumerate(_RATIO_HEADS):
        sheet.write_string(top + 2, place, word, head)
    by = {(r["basis"], r["level"], r["pollutant"]): r for r in response.reductions}
    row, found = top + 3, []
    for level in sorted(LEVELS, key=lambda one: (one != response.level, LEVELS.index(one))):
        for pollutant in POLLUTANTS:
            filed, on_day = (by[basis, level, pollutant] for basis in ("filed", "day"))
            _ratio_row(book, sheet, row, filed, on_day)
            if level == response.level:
                found.append((row, filed, on_day))
            row += 1
    return row, found


def _ratio_row(book: Book, sheet: Any, row: int, filed: dict[str, Any], on_day: dict[str, Any]) -> None:
    now = filed["level"] == book.response.level
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, SHORT_NAMES[filed["level"]], book.formats["now" if now else "centre"])
    sheet.write_string(row, 1, filed["pollutant"], book.formats["bold" if now else "text"])
    put(sheet, row, 2, filed["required_pct"], book.formats["percent"])
    values = [filed[name] for name in _FILED] + [on_day[name] for name in _DAY]
    for place, (name, value) in enumerate(zip(_FILED + _DAY, values, strict=True), start=3):
        if name == "verdict":
            sheet.write_string(row, place, VERDICTS[value], book.formats[value])
        else:
            put(sheet, row, place, value, book.formats["percent" if name.endswith("pct") else "amount"])


def _chart(book: Book, sheet: Any, rows: Sequence[tuple[int, dict[str, Any], dict[str, Any]]]) -> None:
    """Draw the ratios of the level in force beside what is required."""
    name, first, last = sheet.get_name(), rows[0][0], rows[-1][0]
    level = SHORT_NAMES[book.response.level]

    def series(title: str, column: int, values: list[Any], **look: Any) -> dict[str, Any]:
        return {
            "name": title,
            "categories": [name, first, 1, last, 1],
            "values": [name, first, column, last, column],
            "categories_data": list(POLLUTANTS),
            "values_data": values,
        } | look

    chart = book.book.add_chart({"type": "column"})
    label = {
        "value": True,
        "num_format": "0.0",
        "position": "inside_base",
        "font": {"size": 9, "color": "#FFFFFF"},
    }
    filed = [r[1]["ratio_pct"] for r in rows]
    on_day = [r[2]["ratio_pct"] for r in rows]
    chart.add_series(series("清单口径", 5, filed, fill={"color": "#2E75B6"}, data_labels=label, gap=80))
    chart.add_series(series("响应日口径", 11, on_day, fill={"color": "#1F4E79"}, data_labels=label))
    line = book.book.add_chart({"type": "line"})
    required = [r[1]["required_pct"] for r in rows]
    line.add_series(
        series("要求", 2, required, line={"color": "#C00000", "width": 2.25, "dash_type": "dash"},
               marker={"type": "diamond", "size": 7, "fill": {"color": "#C00000"}, "border": {"color": "#C00000"}})
    )  # fmt: skip
    chart.combine(line)
    chart.set_title({"name": f"{level}预警减排比例与要求（%）", "name_font": {"size": 12}, "overlay": False})
    chart.set_y_axis(
        {"min": 0, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 660, "height": 340})
    sheet.insert_chart(1, 8, chart, {"x_offset": 8, "y_offset": 4, "object_position": 2})


def _counties(book: Book, sheet: Any, top: int) -> None:
    """Write what counties have and cut."""
    sheet.set_row(top, 24)
    sheet.write_string(top, 0, "各县区", book.formats["section"])
    groups = [(name, len(firms), rows_of(firms)) for name, firms in by_county(book.response)]
    sheet.set_row(top + 1, 34)
    columns = group_columns("县（市、区）")
    empty = "没有列入清单的企业"
    table(book, sheet, top + 1, columns, groups, empty=empty, filters=False)


Group = tuple[str, int, list[Row]]


def group_columns(heading: str) -> list[Column]:
    """Columns of a table of groups of lines: counts, baselines, cuts."""

    def amount(what: str, pollutant: str) -> Callable[[Group], float]:
        return lambda group: sums(group[2], what)[pollutant]

    return [
        Column(heading, 16, "bold", lambda group: group[0]),
        Column("企业\n家", 9, "count", lambda group: group[1]),
        Column("生产线\n条", 9, "count", lambda group: len(group[2])),
        Column("响应日停运\n条", 11, "count", lambda group: sum(row.line.stopped for row in group[2])),
        Column("减排存疑\n条", 11, "count", lambda group: sum(row.line.doubtful for row in group[2])),
        *(Column(f"{p} 排放基数\nkg/d", 14, "amount", amount("base_kgd", p)) for p in POLLUTANTS),
        *(Column(f"{p} 本级减排\nkg/d", 14, "amount", amount("cut_kgd", p)) for p in POLLUTANTS),
    ]
