"""Rows as an Excel workbook: a sheet that says what they are, and a sheet of data that holds no formula."""

import math
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboards.tables.model import Rows, TooManyRowsError, staged, text
from warehouse.standards.marks import EXERCISE, SIMULATED

MAX_ROWS = 1_000_000
"""Rows of data a sheet is given (Excel takes 1 048 576)."""

_MAX_TEXT = 32_767
_EXACT = 2**53
_SAMPLE = 200
_ABOUT = {
    "query": "查询 query",
    "table": "表 table",
    "filter": "筛选 filter",
    "data_until": "数据截至 data until",
    "class": "级别 class",
    "basis": "数据基础 basis",
    "version": "发布版本 published version",
    "made_at": "生成时间 made at",
}


def write_workbook(rows: Rows, path: Path) -> int:
    """Write a workbook and return the number of rows of data.

    Raises
    ------
    TooManyRowsError
        More than `MAX_ROWS` rows; nothing is written.
    """
    with staged(path) as part:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
        }
        book = xlsxwriter.Workbook(str(part), options)
        try:
            formats = _formats(book)
            cover, sheet = book.add_worksheet("说明"), book.add_worksheet(_data_name(rows))
            n = _data(sheet, rows, formats)
            _cover(cover, rows, n, formats)
        finally:
            book.close()
    return n


def _data_name(rows: Rows) -> str:
    return "数据（模拟）" if rows.about.get("simulated") else "数据"


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "mark": book.add_format({"bold": True, "font_color": "#C00000"}),
    }


def _data(sheet: Any, rows: Rows, formats: dict[str, Any]) -> int:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(rows.headings):
        sheet.write_string(0, column, heading[:_MAX_TEXT], formats["head"])
    n = 0
    for batch in rows.batches():
        if n == 0:
            _widths(sheet, rows, batch)
        if n + len(batch) > MAX_ROWS:
            raise TooManyRowsError(
                f"超过 {MAX_ROWS:,} 行，Excel 放不下；请缩小范围，或改用 .parquet、.csv"
                f" | more than {MAX_ROWS:,} rows do not fit into Excel: narrow the range, or use .parquet or .csv"
            )
        for row in batch:
            n += 1
            for column, value in enumerate(row):
                _cell(sheet, n, column, value, formats)
    if rows.about.get("simulated"):
        sheet.set_tab_color("#C00000")
        sheet.set_header(f"&C{SIMULATED}")
    if rows.headings:
        sheet.autofilter(0, 0, max(n, 1), len(rows.headings) - 1)
    return n


def _cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    """Write one value by its type; whatever is no number, day or truth value is text."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif _is_exact(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime) and value.tzinfo is None and value.year >= 1900:
        sheet.write_datetime(row, column, value, formats["time"])
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
        sheet.write_datetime(row, column, value, formats["day"])
    else:
        sheet.write_string(row, column, text(value)[:_MAX_TEXT])


def _is_exact(value: Any) -> bool:
    """Tell whether a value is a number that a workbook can hold as it is."""
    return isinstance(value, (int, float, Decimal)) and math.isfinite(value) and abs(float(value)) <= _EXACT


def _widths(sheet: Any, rows: Rows, sample: list[tuple[Any, ...]]) -> None:
    for column, heading in enumerate(rows.headings):
        cells = [heading, *(text(row[column]) for row in sample[:_SAMPLE])]
        sheet.set_column(column, column, min(60, max(9, 2 + max(map(_width, cells)))))


def _width(cell: str) -> int:
    """Columns a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in cell[:120])


def _cover(sheet: Any, rows: Rows, n: int, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    line = 0
    if rows.about.get("simulated"):
        sheet.set_tab_color("#C00000")
        sheet.write_string(line, 0, EXERCISE, formats["mark"])
        sheet.write_string(line, 1, SIMULATED, formats["mark"])
        line += 1
    for key, label in _ABOUT.items():
        if rows.about.get(key):
            sheet.write_string(line, 0, label)
            sheet.write_string(line, 1, text(rows.about[key])[:_MAX_TEXT], formats["wrap"])
            line += 1
    sheet.write_string(line, 0, "行数 rows")
    sheet.write_number(line, 1, n)
