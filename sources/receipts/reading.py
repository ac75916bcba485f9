"""Files of receipts and of checks: bytes in, rows of values and everything that is wrong with them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sources import cells
from sources.cells import Cell
from sources.reasons import describe
from sources.receipts.cells import WrongCellError
from sources.receipts.columns import (
    COLUMNS,
    FILLED_IN,
    LONGEST_SPAN_D,
    NEEDED,
    READINGS,
    RECEIPT_COLUMNS,
    VERIFICATION_COLUMNS,
    heading,
)
from sources.tables import Column, Row, TableError, read_table

_HARMLESS = frozenset({"heading_unknown"})
Values = dict[str, Any]
"""Values of a row by column."""


@dataclass(frozen=True)
class Bad:
    """A row, or a whole file where ``line`` is 0, that cannot be taken, and why."""

    line: int
    item: str
    text: str
    zh: str
    en: str
    level: str = "error"

    def describe(self) -> dict[str, Any]:
        """Give what is told about it."""
        return asdict(self)


@dataclass(frozen=True)
class Given:
    """A row that could be read: its line and its values by column; not yet held against warning and list."""

    line: int
    values: Values


@dataclass(frozen=True)
class FileRead:
    """A file as read: its kind, its good rows, what is wrong with the others.

    Attributes
    ----------
    n_blank : int
        Rows of a form that nobody has filled in: no answer, and no error.
    """

    kind: str
    rows: tuple[Given, ...]
    bad: tuple[Bad, ...]
    n_blank: int = 0

    @property
    def errors(self) -> tuple[Bad, ...]:
        """What keeps the whole file out."""
        return tuple(b for b in self.bad if b.level == "error")


def read_file(data: bytes, *, warning_id: str | None = None) -> FileRead:
    """Read a file of receipts, or of checks: its headings tell which.

    Parameters
    ----------
    data : bytes
        CSV (UTF-8 or GB18030) or XLSX.
    warning_id : str, optional
        Warning of rows that name none.

    Raises
    ------
    sources.tables.TableError
        The file as a whole cannot be read.
    """
    try:
        kind, table = "receipt", read_table(data, RECEIPT_COLUMNS)
    except TableError as error:
        if error.code not in ("heading_missing", "heading_doubled"):
            raise
        try:
            kind, table = "verification", read_table(data, VERIFICATION_COLUMNS)
        except TableError as other:
            raise error if other.code == "heading_missing" else other from None
    bad = []
    for line, item, text, code in table.rejects.records:
        zh, en = describe(code, line=line, item=item, text=text)
        bad.append(Bad(line, item, text, zh, en, "note" if code in _HARMLESS else "error"))
    return _read_rows(kind, table.rows, warning_id, bad)


def read_row(kind: str, given: Mapping[str, Cell]) -> FileRead:
    """Read one record given by column, as a file of one row is read."""
    return _read_rows(kind, [Row(1, given)], None, [])


def _read_rows(kind: str, given: Sequence[Row], warning_id: str | None, bad: list[Bad]) -> FileRead:
    rows = []
    n_blank = 0
    for row in given:
        if all(cells.as_text(row.cells.get(name)) == "" for name in FILLED_IN[kind]):
            n_blank += 1
            continue
        values, wrong = _values(row, COLUMNS[kind], warning_id)
        wrong = wrong or _missing(kind, row.line, values) or _odd(kind, row.line, values)
        bad += wrong
        if not wrong:
            rows.append(Given(row.line, values))
    bad += _contradictions(kind, rows)
    return FileRead(kind, tuple(rows), tuple(sorted(bad, key=lambda b: b.line)), n_blank)


def _values(row: Row, columns: Sequence[Column], warning_id: str | None) -> tuple[Values, list[Bad]]:
    """Read the cells of a row; every one that cannot be read is told."""
    values: Values = {}
    wrong = []
    for column in columns:
        cell = row.cells.get(column.name)
        try:
            values[column.name] = READINGS[column.name](cell)
        except WrongCellError as error:
            wrong.append(_bad(row.line, column.name, cell, error.zh, error.en))
    values["warning_id"] = values.get("warning_id") or warning_id
    return values, wrong


def _bad(line: int, item: str, cell: Any, zh: str, en: str) -> Bad:
    named = next((heading(c) for cs in COLUMNS.values() for c in cs if c.name == item), item)
    text = cells.as_line(cells.as_text(cell), 80)
    said = f"“{text}”" if text else "："
    return Bad(line, item, text, f"{named}{said}{zh}", f"{item}{f' “{text}”:' if text else ''} {en}")


def _missing(kind: str, line: int, values: Values) -> list[Bad]:
    """Tell which required cells of a row are empty."""
    empty = [name for name in NEEDED[kind] if values.get(name) is None]
    if kind == "receipt":
        if not any(values.get(name) for name in ("credit_code", "county", "department")):
            zh, en = "信用代码、区县、部门至少填一项", "one of credit code, county, department is needed"
            return [Bad(line, "credit_code", "", zh, en)]
        if values.get("status") in ("partial", "unable") and not values.get("reason"):
            empty.append("reason")
    return [_bad(line, name, None, "必填", "is needed") for name in empty]


def _odd(kind: str, line: int, values: Values) -> list[Bad]:
    """Tell what cannot be by itself, whatever warning and list say."""
    if kind == "receipt":
        return []
    start, end = values["window_start"], values["window_end"]
    if end <= start:
        return [_bad(line, "window_end", end, "应晚于开始", "must be after the start")]
    hours = (end - start).total_seconds() / 3600
    if hours > 24 * LONGEST_SPAN_D:
        zh, en = f"时段超过 {LONGEST_SPAN_D} 天", f"the window is longer than {LONGEST_SPAN_D} days"
        return [_bad(line, "window_end", end, zh, en)]
    missing = values.get("cems_missing_h")
    if missing is not None and missing > hours:
        zh, en = f"多于时段的 {hours:g} 小时", f"is more than the {hours:g} h of the window"
        return [_bad(line, "cems_missing_h", missing, zh, en)]
    return []


_SAID = {"receipt": ("status", "reason"), "verification": ("verdict", "cems_load_ratio", "power_ratio")}
_ABOUT = {
    "receipt": ("warning_id", "credit_code", "site", "county", "department", "answered_at"),
    "verification": ("warning_id", "credit_code", "site", "line_id", "window_start", "window_end", "checked_at"),
}  # fmt: skip


def _contradictions(kind: str, rows: Sequence[Given]) -> list[Bad]:
    """Find rows that tell different things of the same sender, or line, at the same moment."""
    first: dict[tuple[Any, ...], Given] = {}
    found = []
    for row in rows:
        about = tuple(row.values.get(name) for name in _ABOUT[kind])
        before = first.setdefault(about, row)
        if any(before.values.get(n) != row.values.get(n) for n in _SAID[kind]):
            zh = f"与第 {before.line} 行同一对象、同一时间而内容不同"
            en = f"differs from line {before.line}, which tells of the same at the same time"
            found.append(Bad(row.line, _SAID[kind][0], "", zh, en))
    return found
