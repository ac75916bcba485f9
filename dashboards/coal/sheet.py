"""What the workbooks of the coal pillar share: text from outside is never a formula, a link or a number."""

import math
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboards.tables.model import staged, text
from warehouse.standards.marks import EXERCISE

SIMULATED = f"{EXERCISE}模拟数据，非统计结果 | simulated data, nothing here was reported"
MAX_TEXT = 32_767
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2026, 1, 1)
_NO_CONTROL = dict.fromkeys(c for c in range(32) if chr(c) not in "\n\t")
_SMALL = {"font_size": 9}
"""Tables are set small, so that their many columns fit a page of A4."""

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "name": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "line": {"valign": "vcenter"},
    "small": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "mark": {"bold": True, "font_color": "#C00000", "valign": "vcenter"},
    "head": {
        "bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter",
    },
    "needed": {
        "bold": True, "bg_color": "#FFE699", "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter",
    },
    "text": {"border": 1, "text_wrap": True, "valign": "top"},
    "plain": {"text_wrap": True, "valign": "top"},
    "amount": {"border": 1, "num_format": "#,##0.00", "valign": "top"},
    "percent": {"border": 1, "num_format": "0.00", "valign": "top"},
    "count": {"border": 1, "num_format": "#,##0", "valign": "top"},
    "day": {"border": 1, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "good": {"border": 1, "text_wrap": True, "valign": "top", "font_color": "#006100"},
    "bad": {"border": 1, "text_wrap": True, "valign": "top", "font_color": "#9C0006"},
    "warn": {"border": 1, "text_wrap": True, "valign": "top", "font_color": "#7F6000"},
}  # fmt: skip


@contextmanager
def workbook(path: Path) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give an open workbook and its formats; the file appears whole when the block ends well, else not at all.

    The same contents give the same bytes.
    """
    with staged(path) as part:
        book = xlsxwriter.Workbook(str(part), _OPTIONS)
        book.set_properties({"created": _MADE})
        formats = {
            name: book.add_format(_SMALL | style if "border" in style else style)
            for name, style in _STYLES.items()
        }
        try:
            yield book, formats
        finally:
            book.close()


def say(sheet: Any, row: int, column: int, value: Any, style: Any = None) -> None:
    """Write one value by its type; nothing is an empty cell in its format, all else is text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", style)
    elif isinstance(value, (int, float, Decimal)) and math.isfinite(value) and abs(float(value)) < 2**53:
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, clean(value), style)


def clean(value: Any) -> str:
    """Text of a value as a cell can hold it: no control characters, no more than a cell takes."""
    return text(value).translate(_NO_CONTROL)[:MAX_TEXT]


def width_of(cell: Any) -> int:
    """Columns the longest line of a text takes: Chinese characters take two."""
    lines = text(cell)[:400].split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in lines)


def fit(sheet: Any, cells: dict[int, list[Any]], least: float = 6, most: float = 48) -> None:
    """Set the widths of columns by what is in them, in the small letters of tables."""
    for column, values in cells.items():
        wanted = 0.9 * max(map(width_of, values), default=0) + 1.5
        sheet.set_column(column, column, min(most, max(least, wanted)))


def on_paper(sheet: Any, *, repeat: tuple[int, int] | None = None, simulated: bool = False) -> None:
    """Set a sheet up for A4 landscape, one page wide, its headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
    if repeat:
        sheet.repeat_rows(*repeat)
    if simulated:
        sheet.set_tab_color("#C00000")
        sheet.set_header(f'&C&"-,Bold"{SIMULATED}')
