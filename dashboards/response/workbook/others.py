"""Further sheets of the list workbook: industries in sum, other sources, totals of the whole society, notes."""

from collections.abc import Callable
from typing import Any

from dashboards.clean import one_line
from dashboards.response.list_words import KINDS, LONGEST_TEXT, SECTORS, headline, measure_heading
from dashboards.response.model import LEVELS, POLLUTANTS, OtherSource, Response
from dashboards.response.workbook.lines import grouped, industry_of, rows_of
from dashboards.response.workbook.sheet import Book, Column, put, table, widths
from dashboards.response.workbook.summary import group_columns

_EMPTY = {"mobile": "清单没有移动源", "nonroad": "清单没有非道路移动机械", "dust": "清单没有扬尘源"}


def _titled(book: Book, name: str, title: str, columns: list[Column], fixed: int = 1) -> Any:
    sheet = book.sheet(name, 1, fixed)
    widths(sheet, columns)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, book.response.mark + title, book.formats["title"])
    sheet.set_row(1, 42)
    return sheet


def write_industry_sums(book: Book) -> None:
    """Add a sheet with one row an industry."""
    columns = group_columns("行业")
    sheet = _titled(book, "行业汇总", f"{headline(book.response)}分行业汇总", columns)
    rows = rows_of(book.response.enterprises)
    groups = [
        (word, len({row.firm.enterprise_id for row in found}), found)
        for word, found in grouped(rows, lambda row: industry_of(row.line))
    ]
    table(book, sheet, 1, columns, groups, empty="没有列入清单的企业")


def write_others(book: Book, kind: str) -> None:
    """Add the sheet of mobile, non-road or dust sources."""
    columns = _columns(book.response, kind)
    sheet = _titled(book, KINDS[kind], f"{headline(book.response)}{KINDS[kind]}清单", columns, 2)
    rows = [one for one in book.response.others if one.kind == kind]
    table(book, sheet, 1, columns, rows, empty=_EMPTY[kind])


def _columns(response: Response, kind: str) -> list[Column]:
    now = response.level
    levels = sorted(LEVELS, key=lambda level: (level != now, LEVELS.index(level)))
    pollutants = ("PM",) if kind == "dust" else POLLUTANTS
    names = {"mobile": "车辆类型", "nonroad": "机械类型", "dust": "名称"}
    details = {"mobile": "燃料与排放阶段", "nonroad": "场所与排放阶段", "dust": "类型与面积"}

    def measure(level: str) -> Callable[[OtherSource], str]:
        return lambda one: one_line(one.measures.get(level), LONGEST_TEXT) or "—"

    def amount(what: str, pollutant: str) -> Callable[[OtherSource], float]:
        return lambda one: getattr(one, what)[pollutant]

    return [
        Column("编号", 10, "text", lambda one: one_line(one.source_id, 60)),
        Column(names[kind], 22, "text", lambda one: one_line(one.name, 300)),
        Column(details[kind], 22, "text", lambda one: one_line(one.detail, 300)),
        Column("县（市、区）", 13, "text", lambda one: one_line(one.county_name, 60)),
        *([] if kind == "dust" else [Column("数量\n辆（台）", 10, "count", lambda one: one.count)]),
        *(
            Column(
                measure_heading(response, level),
                34 if level == now else 26,
                "now_text" if level == now else "text",
                measure(level),
                "now" if level == now else "head",
            )
            for level in levels
        ),
        *(Column(f"{p}\n排放基数\nkg/d", 11, "amount", amount("base_kgd", p)) for p in pollutants),
        *(Column(f"{p}\n本级减排\nkg/d", 11, "amount", amount("cut_kgd", p)) for p in pollutants),
        Column("备注", 28, "text", _note),
    ]


def _note(one: OtherSource) -> str:
    parts = [f"豁免：{one_line(one.exempt_reason, 200)}"] if one.exempt_reason else []
    return "；".join([*parts, *(["减排量存疑，按下限计"] if one.doubtful else [])])


def write_totals(book: Book) -> None:
    """Add the sheet of the emissions of the whole society."""
    by = {(row["sector"], row["pollutant"]): row["total_kgd"] for row in book.response.totals}
    notes = {row["pollutant"]: row["note"] for row in book.response.totals if row["note"]}

    def amount(pollutant: str) -> Callable[[str], Any]:
        return lambda sector: by.get((sector, pollutant))

    columns = [
        Column("源类", 26, "bold", lambda sector: SECTORS.get(sector, one_line(sector, 40))),
        *(Column(f"{p}\nkg/d", 18, "amount", amount(p)) for p in POLLUTANTS),
    ]
    sheet = _titled(book, "全社会总量", f"{headline(book.response)}：全社会排放总量", columns)
    sectors = sorted({sector for sector, _ in by}, key=list(SECTORS).index)
    row = table(book, sheet, 1, columns, sectors, empty="没有已备案的清单，或清单没有总量", filters=False)
    for pollutant in POLLUTANTS:
        if pollutant in notes:
            row += 1
            put(
                sheet,
                row,
                0,
                f"{pollutant} 说明：{one_line(notes[pollutant], LONGEST_TEXT)}",
                book.formats["note"],
            )


def write_notes(book: Book) -> None:
    """Add the sheet of remarks, and what the columns mean."""
    columns = [
        Column("说明", 110, "text", lambda pair: pair[0]),
        Column("Notes", 110, "text", lambda pair: pair[1]),
    ]
    sheet = _titled(book, "说明", f"{headline(book.response)}：说明", columns, 0)
    given = [(one_line(zh, LONGEST_TEXT), one_line(en, LONGEST_TEXT)) for zh, en in book.response.notes]
    left_out = [] if book.contacts else [_NO_CONTACTS]
    table(book, sheet, 1, columns, [*left_out, *given, *_MEANINGS], empty="", filters=False)


_NO_CONTACTS = (
    "本表随邮件发出，不含企业责任人和电话；完整清单由发布单位保存。",
    "This workbook goes by mail, without contact persons and telephone numbers of enterprises; the office keeps the full one.",
)
_MEANINGS = (
    (
        "排放基数：正常生产时的日均排放量，取自已备案清单。",
        "Baseline: daily emissions in normal work, from the filed list.",
    ),
    (
        "减排量：该级别措施可以确认的日减排量；“存疑全计”为存疑措施全部计入时的比例，仅供参考。",
        "Cut: what is certain at the level; “all doubtful counted” is for reference only.",
    ),
    (
        "清单口径按备案清单计算；响应日口径把当日已停运的生产线从分子、分母同时扣除。",
        "As listed; on the response day with the lines that stand still anyway taken out above and below.",
    ),
    (
        "缺口：达到该污染物要求比例还需的减排量；补足只能通过修订清单，不得在响应中临时加码。",
        "Shortfall: what is missing; it is closed by a revision of the list, never during a response.",
    ),
    (
        "企业减排落实情况与空气质量效果应分别评价：减排 30% 不等于浓度下降 30%。",
        "Compliance and effect on the air are judged apart: a cut of 30 % is no fall of 30 % in concentrations.",
    ),
)
