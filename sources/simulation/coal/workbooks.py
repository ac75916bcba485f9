"""Rows of a form → the bytes of a CSV or XLSX file as bureaus send it: title, headings with units, signatures."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sources.simulation.coal.headings import HEADINGS

__all__ = ["Row", "Sheet", "csv_bytes", "day", "wan", "xlsx_bytes"]

Row = Mapping[str, object]
MARK = "（模拟数据，非真实统计）"


@dataclass(frozen=True)
class Sheet:
    """One filled form: the rows hold values under column names, headings come from the form.

    `two_rows` splits headings such as 购进量-实物量 over two rows with merged cells (XLSX only).
    """

    form: str
    title: str
    unit: str
    author: str
    rows: Sequence[Row]
    two_rows: bool = False

    @property
    def columns(self) -> list[str]:
        """Columns of the form that any row fills, in the order of the form."""
        filled = set().union(*self.rows)
        return [name for name in HEADINGS[self.form] if name in filled]

    @property
    def head(self) -> list[str]:
        """Headings of those columns."""
        return [HEADINGS[self.form][name] for name in self.columns]


def wan(hundreds_t: int) -> str:
    """Write an amount given in hundreds of tonnes as 10⁴ t with two decimals."""
    return f"{hundreds_t // 100}.{hundreds_t % 100:02d}"


def day(value: date | None) -> str:
    """Write a day, or nothing."""
    return "" if value is None else value.isoformat()


def _foot(sheet: Sheet, signed: date) -> list[str]:
    return ["单位负责人：模拟甲", "审核人：模拟乙", "填报人：模拟丙", f"报出日期：{signed.isoformat()}"]


def _above(sheet: Sheet) -> list[list[str]]:
    return [[sheet.title + MARK], [f"制表单位：{sheet.author}", f"计量单位：{sheet.unit}"]]


def csv_bytes(sheet: Sheet, signed: date, encoding: str = "utf-8-sig") -> bytes:
    """Write one form as CSV: title, author and unit, headings, rows, signatures."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n" if encoding == "gb18030" else "\n")
    writer.writerows(_above(sheet))
    columns = sheet.columns
    writer.writerow(sheet.head)
    writer.writerows([row.get(name, "") for name in columns] for row in sheet.rows)
    writer.writerow(_foot(sheet, signed))
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheets: Mapping[str, Sheet], signed: date) -> bytes:
    """Write forms as the sheets of one workbook; same content, same bytes."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties(
        {"title": "模拟数据", "comments": "simulated", "created": datetime.combine(signed, time(9))}
    )
    bold = book.add_format({"bold": True, "align": "center"})
    for name, sheet in sheets.items():
        _write(book.add_worksheet(name), sheet, signed, bold)
    book.close()
    return data.getvalue()


def _write(page: Worksheet, sheet: Sheet, signed: date, bold: object) -> None:
    columns, head = sheet.columns, sheet.head
    page.merge_range(0, 0, 0, max(len(head) - 1, 1), sheet.title + MARK, bold)
    page.write_row(1, 0, _above(sheet)[1])
    start = 3
    if sheet.two_rows:
        _split_head(page, head, bold)
        start = 4
    else:
        page.write_row(2, 0, head, bold)
    for number, row in enumerate(sheet.rows, start):
        for position, name in enumerate(columns):
            value = row.get(name, "")
            if value == "":
                continue
            number_like = _number(name, value)
            if number_like is None:
                page.write_string(number, position, str(value))
            else:
                page.write_number(number, position, number_like)
    page.write_row(start + len(sheet.rows), 0, _foot(sheet, signed))


def _number(name: str, value: object) -> float | None:
    """Give amounts and counts as numbers; codes and dates stay text."""
    if isinstance(value, int):
        return value
    if name.endswith(("_t", "_tce", "_pct", "_kg", "_ugg", "_n", "_quantity", "_value")) and value:
        return float(str(value))
    return None


def _split_head(page: Worksheet, head: Sequence[str], bold: object) -> None:
    """Write headings over two rows: the part before the hyphen merged over its columns."""
    position = 0
    while position < len(head):
        group = head[position].partition("-")[0]
        end = position
        while "-" in head[position] and end + 1 < len(head) and head[end + 1].startswith(group + "-"):
            end += 1
        if end == position:
            page.merge_range(2, position, 3, position, head[position], bold)
        else:
            page.merge_range(2, position, 2, end, group, bold)
            page.write_row(3, position, [h.partition("-")[2] for h in head[position : end + 1]], bold)
        position = end + 1
