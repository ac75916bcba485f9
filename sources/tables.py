"""Tables that people send: CSV or XLSX in, declared columns with line numbers out.

A file that cannot be understood as a whole raises `TableError`; a damaged line is rejected with its number
and the rest of the table counts.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from sources import cells, workbook
from sources.cells import Cell
from sources.reasons import describe

__all__ = ["Column", "Rejects", "Row", "Table", "TableError", "decode", "read_table"]

MAX_BYTES = 8 * 1024 * 1024
HEADING_SEARCH_ROWS = 10
MAX_TEXT = 200
_ENCODED_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class TableError(ValueError):
    """The table as a whole cannot be read; carries the reason code and both texts."""

    def __init__(self, code: str, *, item: object = "", text: object = "", name: str = "") -> None:
        self.code = code
        self.zh, self.en = describe(code, item=item, text=text)
        super().__init__(f"{name}{'：' if name else ''}{self.zh} | {self.en}")


@dataclass(frozen=True)
class Column:
    """A declared column: its name, the headings it may stand under, and the unit it must have."""

    name: str
    headings: tuple[str, ...]
    required: bool = True
    unit: str | None = None


@dataclass(frozen=True)
class Row:
    """One line of a table: 1-based line number and the cell of every declared column."""

    line: int
    cells: Mapping[str, Cell]


@dataclass
class Rejects:
    """What was rejected, line by line, with reason codes of `sources.reasons`."""

    records: list[tuple[int, str, str, str]] = field(default_factory=list)

    def add(self, line: int, item: str, text: object, code: str) -> None:
        """Record one rejected line or cell; the text is cut at 200 characters."""
        self.records.append((line, item, str(text)[:MAX_TEXT], code))

    def frame(self) -> pd.DataFrame:
        """Give the rejected records sorted by line: line, item, text, reason_code."""
        columns = ["line", "item", "text", "reason_code"]
        kept = sorted(self.records, key=lambda record: record[0])
        return pd.DataFrame(kept, columns=columns).astype(
            {"line": "int64", "item": "str", "text": "str", "reason_code": "str"}
        )


@dataclass
class Table:
    """Rows under their declared column names, the columns present, and what was rejected on the way."""

    rows: list[Row]
    columns: tuple[str, ...]
    rejects: Rejects


def read_table(
    source: Path | bytes, columns: Sequence[Column], *, sheet: str | None = None, fill_merged: bool = False
) -> Table:
    """Read a CSV or XLSX table into rows of declared columns.

    Parameters
    ----------
    source : Path or bytes
        The file or its content. CSV: UTF-8 (with or without BOM) or GB18030, comma separated.
    columns : sequence of Column
        Columns that may occur; headings match without regard to case, blanks, width and a unit in brackets.
    sheet : str, optional
        Name of the worksheet; the first one if not given.
    fill_merged : bool
        A merged cell stands for every row it covers. Where amounts add up it must not.

    Returns
    -------
    Table
        Rows that are not blank; unknown headings and rows longer than the heading are in its rejects.

    Raises
    ------
    TableError
        Unreadable, unknown encoding, wrong delimiter, or headings missing, doubled or in another unit.
    """
    name = source.name if isinstance(source, Path) else ""
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise TableError("table_unreadable", text=error.strerror or error, name=name) from error
    try:
        lines, merged = _lines(data, sheet)
        return _table(lines, columns, merged if fill_merged else ())
    except TableError as error:
        error.args = (f"{name}{'：' if name else ''}{error.zh} | {error.en}",)
        raise


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM) or GB18030 text.

    A UTF-8 text cut within its last character keeps U+FFFD there, so that the damaged line can be rejected.

    Raises
    ------
    TableError
        UTF-16/32 (with advice) or any other encoding.
    """
    if data.startswith(_ENCODED_MARKS) or b"\x00" in data[:4096]:
        raise TableError("encoding_utf16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig") + "\ufffd"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise TableError("encoding_unknown") from error
    if any(unicodedata.category(char) in {"Cc", "Co", "Cn"} and char not in "\t\r\n" for char in set(text)):
        raise TableError("encoding_unknown")
    return text


def _lines(data: bytes, sheet: str | None) -> tuple[list[workbook.Line], list[workbook.Merged]]:
    if not data.strip():
        raise TableError("table_empty")
    if len(data) > MAX_BYTES:
        raise TableError(
            "table_too_large", text=f"{len(data) / 1e6:.0f} MB", item=f"{MAX_BYTES / 1e6:.0f} MB"
        )
    if data.startswith(b"PK\x03\x04"):
        try:
            return workbook.lines(data, sheet)
        except workbook.WorkbookError as error:
            raise TableError(error.code, item=error.item, text=error.text) from error
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError("table_old_excel")
    return _csv_lines(decode(data)), []


def _csv_lines(text: str) -> list[workbook.Line]:
    """Split comma-separated text into (line number, cells, whether the line may have been cut)."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for mark, shown in (("\t", "Tab"), (";", ";"), ("；", "；"), ("，", "，")):
        if mark in first and "," not in first:
            raise TableError("delimiter_wrong", text=shown)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[workbook.Line] = []
    start = 1
    try:
        for record in reader:
            found.append((start, list(record), False))
            start = reader.line_num + 1
    except csv.Error as error:
        raise TableError("csv_damaged", item=start, text=error) from error
    if found and not text.endswith(("\n", "\r")):
        found[-1] = (found[-1][0], found[-1][1], True)
    return found


def _table(lines: list[workbook.Line], columns: Sequence[Column], merged: Sequence[workbook.Merged]) -> Table:
    filled = [line for line in lines if any(not cells.is_blank(cell) for cell in line[1])]
    if not filled:
        raise TableError("table_empty")
    known = {
        cells.heading_key(text): column for column in columns for text in (column.name, *column.headings)
    }
    at = _heading_row(filled, known, columns)
    rejects = Rejects()
    where = _heading(filled[at][0], filled[at][1], known, columns, rejects)
    width = len(filled[at][1])
    below = filled[at + 1 :]
    workbook.fill_down(below, merged)
    rows = [row for line in below if (row := _row(*line, where, width, rejects)) is not None]
    present = tuple(column.name for column in columns if column.name in where)
    return Table(rows, present, rejects)


def _heading_row(filled: list[workbook.Line], known: Mapping[str, Column], columns: Sequence[Column]) -> int:
    """Find the heading: official tables often have a title above it."""
    required = {column.name for column in columns if column.required}
    for index, (_, texts, _) in enumerate(filled[:HEADING_SEARCH_ROWS]):
        names = {known[key].name for text in texts if (key := cells.heading_key(text)) in known}
        if names and required <= names:
            return index
    return 0


def _heading(
    line: int, texts: Iterable[Cell], known: Mapping[str, Column], columns: Sequence[Column], rejects: Rejects
) -> dict[str, int]:
    where: dict[str, int] = {}
    shown = "、".join(column.headings[0] if column.headings else column.name for column in columns)
    for index, text in enumerate(texts):
        if cells.is_blank(text):
            continue
        column = known.get(cells.heading_key(text))
        if column is None:
            rejects.add(line, shown, text, "heading_unknown")
            continue
        if column.name in where:
            raise TableError("heading_doubled", item=column.name, text=text)
        unit = cells.heading_unit(text)
        if unit is not None and column.unit is not None and unit != column.unit:
            raise TableError("heading_unit", item=column.unit, text=text)
        where[column.name] = index
    missing = [
        f"{c.headings[0] if c.headings else c.name} ({c.name})"
        for c in columns
        if c.required and c.name not in where
    ]
    if missing:
        raise TableError("heading_missing", item=shown, text="、".join(missing))
    return where


def _row(
    line: int, found: list[Cell], last: bool, where: Mapping[str, int], width: int, rejects: Rejects
) -> Row | None:
    shown = ",".join(cells.as_text(cell) for cell in found)
    if any(not cells.is_blank(cell) for cell in found[width:]):
        rejects.add(line, "", shown, "row_too_long")
        return None
    if (last and len(found) < width) or "\ufffd" in shown:
        rejects.add(line, "", shown, "row_cut")
        return None
    return Row(line, {name: found[at] if at < len(found) else None for name, at in where.items()})
