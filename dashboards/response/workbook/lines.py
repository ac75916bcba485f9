"""Sheets of enterprises: one a county, and one by industry; line by line with the measures now and at other levels."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from dashboards.clean import one_line
from dashboards.response.list_words import (
    NO_COUNTY,
    NO_INDUSTRY,
    headline,
    line_named,
    measure_heading,
    measure_of,
    remark,
)
from dashboards.response.model import LEVELS, POLLUTANTS, Enterprise, Line, Response
from dashboards.response.workbook.sheet import Book, Column, put, table, widths
from warehouse.standards.warning_words import RESPONSES, SHORT_NAMES

MOST_COUNTIES = 40
"""Counties with a sheet of their own; the rest share one."""
OTHER_COUNTIES = "其他县区"
_TITLE, _SUMS, _HEADINGS = range(3)
_FIXED = 2


@dataclass(frozen=True)
class Row:
    """A line with its enterprise and the number of the enterprise in its sheet."""

    number: int
    firm: Enterprise
    line: Line


def by_county(response: Response) -> list[tuple[str, list[Enterprise]]]:
    """Group enterprises by county in their order; those of counties beyond `MOST_COUNTIES` come last, together."""
    groups: dict[str, list[Enterprise]] = {}
    for firm in response.enterprises:
        groups.setdefault(one_line(firm.county_name, 60) or NO_COUNTY, []).append(firm)
    found = list(groups.items())
    if len(found) <= MOST_COUNTIES:
        return found
    rest = [firm for _, firms in found[MOST_COUNTIES - 1 :] for firm in firms]
    return [*found[: MOST_COUNTIES - 1], (OTHER_COUNTIES, rest)]


def write_counties(book: Book) -> None:
    """Add a sheet for every county."""
    for county, firms in by_county(book.response):
        shared = county == OTHER_COUNTIES
        columns = (
            *_firm(county=shared, contacts=book.contacts),
            *_lines(),
            *_measures(book.response),
            *_cuts(book.response),
            _NOTE,
        )
        title = f"{headline(book.response)}企业清单：{county}"
        _sheet(book, county, title, columns, rows_of(firms), outside=True)


def write_industries(book: Book) -> None:
    """Add one sheet with every line, sorted by industry."""
    rows = sorted(rows_of(book.response.enterprises), key=lambda row: industry_of(row.line))
    columns = (
        Column("行业", 13, "text", lambda row: industry_of(row.line)),
        *_firm(county=True, brief=True), *_lines()[:2], *_measures(book.response)[:1], *_cuts(book.response), _NOTE,
    )  # fmt: skip
    _sheet(book, "行业清单", f"{headline(book.response)}企业清单：按行业", columns, rows)


def industry_of(line: Line) -> str:
    """Industry of a line, as the list writes it."""
    return one_line(line.industry, 60) or NO_INDUSTRY


def rows_of(firms: Iterable[Enterprise]) -> list[Row]:
    """Give the lines of enterprises, in their order."""
    return [Row(number, firm, line) for number, firm in enumerate(firms, start=1) for line in firm.lines]


def _sheet(
    book: Book, name: str, title: str, columns: Sequence[Column], rows: list[Row], *, outside: bool = False
) -> None:
    sheet = book.sheet(name, _HEADINGS, _FIXED, outside=outside)
    totals = {
        place: sum(column.value(row) for row in rows)
        for place, column in enumerate(columns)
        if column.style == "short"
    }
    widths(sheet, columns, {place: f"{total:,.1f}" for place, total in totals.items()})
    sheet.set_row(_TITLE, 30)
    sheet.write_string(_TITLE, 0, book.response.mark + title, book.formats["title"])
    told = f"企业 {len({row.firm.enterprise_id for row in rows}):,} 家，生产线 {len(rows):,} 条；合计（kg/d）"
    sheet.write_string(_SUMS, 0, told, book.formats["note"])
    for place, total in totals.items():
        put(sheet, _SUMS, place, total, book.formats["sum"])
    sheet.set_row(_HEADINGS, 42)
    table(book, sheet, _HEADINGS, columns, rows, empty="没有列入清单的企业")


def _firm(*, county: bool, brief: bool = False, contacts: bool = True) -> tuple[Column, ...]:
    place = (Column("县（市、区）", 11, "text", lambda row: one_line(row.firm.county_name, 60) or NO_COUNTY),)
    name = Column("企业名称", 22, "text", lambda row: _named(row.firm))
    code = Column("统一社会信用代码", 19, "text", lambda row: one_line(row.firm.credit_code, 40))
    if brief:
        return (name, code, *place)
    return (
        Column("序号", 5, "count", lambda row: row.number),
        name,
        code,
        *(place if county else ()),
        *(_CONTACTS if contacts else ()),
    )


_CONTACTS = (
    Column("责任人", 9, "text", lambda row: one_line(row.firm.contact, 60)),
    Column("电话", 13, "text", lambda row: one_line(row.firm.phone, 40)),
)


def _named(firm: Enterprise) -> str:
    site = one_line(firm.site, 60)
    return one_line(firm.firm_name, 300) + (f"（{site}）" if site else "")


def _lines() -> tuple[Column, ...]:
    return (
        Column("生产线", 12, "text", lambda row: line_named(row.line)),
        Column("绩效\n等级", 6, "centre", lambda row: one_line(row.line.grade, 20)),
        Column("管控\n类别", 9, "centre", lambda row: one_line(row.line.category or row.firm.category, 40)),
        Column("停限设备", 10, "text", lambda row: one_line(row.line.equipment, 200)),
        Column("行业", 9, "text", lambda row: one_line(row.line.industry, 60)),
        Column("核查方式", 12, "text", lambda row: one_line(row.line.evidence, 200)),
    )


def _measures(response: Response) -> list[Column]:
    """Measures at the level in force, then at the others."""
    now = response.level
    levels = sorted(LEVELS, key=lambda level: (level != now, LEVELS.index(level)))
    return [
        Column(
            measure_heading(response, level),
            24 if level == now else 17,
            "now_text" if level == now else "text",
            _measure(level),
            "now" if level == now else "head",
        )
        for level in levels
    ]


def _measure(level: str) -> Callable[[Row], str]:
    return lambda row: measure_of(row.line, level)


def _cuts(response: Response) -> tuple[Column, ...]:
    word = SHORT_NAMES[response.level] if response.level in RESPONSES else "本级"
    return (
        *(Column(f"{p}\n排放基数\nkg/d", 8, "short", _amount("base_kgd", p)) for p in POLLUTANTS),
        Column(f"{word}\n减排比例\n%", 8, "percent", lambda row: _pct(row.line)),
        *(Column(f"{p}\n{word}减排\nkg/d", 8, "short", _amount("cut_kgd", p)) for p in POLLUTANTS),
    )


def _amount(what: str, pollutant: str) -> Callable[[Row], float]:
    get = attrgetter(f"line.{what}")
    return lambda row: get(row)[pollutant]


def _pct(line: Line) -> float | None:
    return None if line.ratio is None else line.ratio * 100


_NOTE = Column("备注", 18, "text", lambda row: remark(row.line))


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[tuple[str, list[Row]]]:
    """Group rows by a word, in the order of the words."""
    for word, found in groupby(sorted(rows, key=key), key):
        yield word, list(found)


def sums(rows: Sequence[Row], what: str) -> dict[str, Any]:
    """Add up baselines or cuts of lines by pollutant [kg/d]."""
    return {p: sum(getattr(row.line, what)[p] for row in rows) for p in POLLUTANTS}
