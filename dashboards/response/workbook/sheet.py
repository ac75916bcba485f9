"""Sheets of the list workbook: A3 landscape, headings frozen and repeated, the filed version on every page of paper."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboards.clean import one_line
from dashboards.response.list_words import KINDS, headline, list_named
from dashboards.response.model import Response
from dashboards.tables.model import staged
from warehouse.standards.marks import DRAFT
from warehouse.standards.warning_words import SIGNS

_A3 = 8
_MADE = datetime(2026, 1, 1)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
RESERVED = ("汇总", "行业汇总", "行业清单", *KINDS.values(), "全社会总量", "说明")
"""Names of the sheets every workbook has; a county of that name gets another."""
_LONGEST_NAME = 31
_RED = "C00000"
_LINE, _TALLEST = 14.0, 409.0
_WRAPPED = ("text", "bold", "centre", "now_text")
_CELL = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter", "font_size": 10}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "valign": "vcenter"},
    "mark": {"bold": True, "font_size": 12, "font_color": "#C00000", "valign": "vcenter"},
    "section": {"bold": True, "font_size": 12, "valign": "vcenter"},
    "note": {"font_size": 9, "font_color": "#404040", "valign": "vcenter"},
    "label": _CELL | {"bold": True, "bg_color": "#F2F2F2", "text_wrap": True, "indent": 1},
    "head": _CELL | {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center"},
    "text": _CELL | {"text_wrap": True, "indent": 1},
    "bold": _CELL | {"text_wrap": True, "bold": True, "indent": 1},
    "centre": _CELL | {"text_wrap": True, "align": "center"},
    "amount": _CELL | {"num_format": "#,##0.00"},
    "short": _CELL | {"num_format": "#,##0.0"},
    "percent": _CELL | {"num_format": "0.00"},
    "count": _CELL | {"num_format": "#,##0"},
    "sum": _CELL | {"num_format": "#,##0.0", "bold": True, "bg_color": "#F2F2F2"},
    "met": _CELL | {"align": "center", "bold": True, "font_color": "#006100", "bg_color": "#E2EFDA"},
    "not_met": _CELL | {"align": "center", "bold": True, "font_color": "#9C0006", "bg_color": "#FCE4E4"},
    "doubtful": _CELL | {"align": "center", "bold": True, "font_color": "#7F6000", "bg_color": "#FFF2CC"},
    "insufficient": _CELL | {"align": "center", "font_color": "#595959"},
}
"""Formats by name; those of a level are added as ``now`` and ``now_text``."""


@dataclass(frozen=True)
class Column:
    """A column of a table: heading with its unit, width in characters, format, and the value of a row."""

    heading: str
    width: float
    style: str
    value: Callable[[Any], Any]
    head_style: str = "head"


@dataclass(frozen=True)
class Book:
    """An open workbook, its formats, the names its sheets have, and the response it is of."""

    book: Any
    formats: dict[str, Any]
    names: set[str]
    response: Response
    contacts: bool = True

    def sheet(self, name: str, heading_row: int, columns: int, *, outside: bool = False) -> Any:
        """Add a sheet that is set up for paper, its headings frozen and repeated; a name from outside is made legal."""
        taken = self.names - {name} if name in RESERVED and not outside else self.names
        made = self.book.add_worksheet(legal_name(name, taken))
        self.names.add(made.get_name().casefold())
        made.set_landscape()
        made.set_paper(_A3)
        made.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
        made.fit_to_pages(1, 0)
        made.freeze_panes(heading_row + 1, min(columns, 2))
        made.repeat_rows(0, heading_row)
        made.set_header(_header(self.response))
        made.set_footer(_footer(self.response))
        if self.response.level in SIGNS:
            made.set_tab_color(SIGNS[self.response.level][0])
        return made


@contextmanager
def open_book(path: Path, response: Response, *, contacts: bool = True) -> Iterator[Book]:
    """Give an open workbook; the file appears whole when the block ends well. The same response gives the same bytes."""
    with staged(path) as part:
        book = xlsxwriter.Workbook(str(part), _OPTIONS)
        book.set_properties({"created": _MADE, "title": response.mark + headline(response)})
        ground, letters = SIGNS.get(response.level, ("#DDEBF7", "#000000"))
        now = {
            "now": _STYLES["head"] | {"bg_color": ground, "font_color": letters},
            "now_text": _STYLES["text"] | {"bold": True},
        }
        formats = {name: book.add_format(style) for name, style in (_STYLES | now).items()}
        try:
            yield Book(book, formats, set(RESERVED), response, contacts)
        finally:
            book.close()


def legal_name(wanted: str | None, taken: set[str]) -> str:
    """Make a name Excel takes for a sheet and no other sheet has: up to 31 units of UTF-16, no reserved characters."""
    text = "".join("_" if c in "[]:*?/\\" else c for c in one_line(wanted, 200)).strip(" '")
    if not text or text.casefold() == "history":
        text = f"{text}_"
    for number in range(1, len(taken) + 2):
        tail = "" if number == 1 else f" ({number})"
        name = _cut(text, _LONGEST_NAME - len(tail)).rstrip(" '") + tail
        if name.casefold() not in taken:
            break
    return name


def _cut(text: str, units: int) -> str:
    """Keep so many units of UTF-16, never half a character."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text


def _paper(text: str, limit: int) -> str:
    """Give a text for the head or foot of a page, where ``&`` would begin a code."""
    return one_line(text, limit).replace("&", "＆")


def _header(response: Response) -> str:
    """Give what stands above every page: marks, city and level, the filed list; together at most 255 characters."""
    mark = f'&"-,Bold"&K{_RED}{_paper(response.mark, 20)}&K000000 ' if response.mark else ""
    warned = DRAFT in response.mark
    centre = f'&C&"-,Bold"&14&K{_RED}草稿　未经批准，不得对外' if warned else ""
    used = f"减排清单 {list_named(response, 40)}" if response.list_version else list_named(response)
    return f"&L{mark}{_paper(headline(response), 40)}{centre}&R{_paper(used, 90)}"


def _footer(response: Response) -> str:
    number = response.warning.get("document_no")
    told = f"{response.warning['warning_id']}，文号 {one_line(number, 60) or '待定'}"
    return f"&L{_paper(told, 120)}&C&A&R第 &P 页，共 &N 页"


def put(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write one value: numbers as numbers, anything else as text that is never a formula; nothing is an empty cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, (int, float, Decimal)) and math.isfinite(value):
        sheet.write_number(row, column, round(float(value), 6), style)
    else:
        sheet.write_string(row, column, value if isinstance(value, str) else one_line(str(value)), style)


def table(
    book: Book,
    sheet: Any,
    top: int,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    empty: str,
    filters: bool = True,
) -> int:
    """Write headings and rows below them; return the row after the last.

    Parameters
    ----------
    empty : str
        What is said where there are no rows.
    """
    for place, column in enumerate(columns):
        sheet.write_string(top, place, column.heading, book.formats[column.head_style])
    styles = [book.formats[column.style] for column in columns]
    row = top
    wrapped = [column.style in _WRAPPED for column in columns]
    for row, item in enumerate(rows, start=top + 1):
        values = [column.value(item) for column in columns]
        sheet.set_row(row, _height(values, columns, wrapped))
        for place, value in enumerate(values):
            put(sheet, row, place, value, styles[place])
    if row == top:
        row += 1
        sheet.write_string(row, 0, empty, book.formats["note"])
    elif filters:
        sheet.autofilter(top, 0, row, len(columns) - 1)
    return row + 1


def _height(values: Sequence[Any], columns: Sequence[Column], wrapped: Sequence[bool]) -> float:
    """Height of a row that shows all of its text [pt]; programs other than Excel do not find it themselves."""
    lines = max(
        (
            _lines(value, column.width)
            for value, column, w in zip(values, columns, wrapped, strict=True)
            if w and value
        ),
        default=1,
    )
    return min(_LINE * lines + 4, _TALLEST)


@lru_cache(maxsize=65_536)
def _lines(value: str, width: float) -> int:
    taken = sum(2.0 if unicodedata.east_asian_width(c) in "WFA" else 1.0 for c in value)
    return math.ceil(taken / max(width - 2.5, 1))


def widths(sheet: Any, columns: Sequence[Column], longest: Mapping[int, str] | None = None) -> None:
    """Set the widths of columns; must come before any row. A number too long for its column would not be shown."""
    for place, column in enumerate(columns):
        needed = 1.15 * len((longest or {}).get(place, "")) + 1
        sheet.set_column(place, place, max(column.width, needed))
