"""Files of receipts and of checks: rows in, records and everything that is wrong with them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.clean import one_line
from pipelines.emergency.receipts import cells as read
from pipelines.emergency.receipts.cells import WrongCellError
from pipelines.emergency.receipts.model import (
    CHANNELS,
    SOURCES,
    STATUSES,
    VERDICTS,
    Bad,
)
from sources import cells
from sources.cells import Cell
from sources.reasons import describe
from sources.tables import Column, Row, TableError, read_table

KINDS = {"receipt": ("回执", "receipts"), "verification": ("核查记录", "checks of execution")}
LONGEST_SPAN_D = 60
"""Days one check may look at."""
_WARNING = Column("warning_id", ("预警编号", "预警"), required=False)
_FIRM = (
    Column("credit_code", ("统一社会信用代码", "信用代码"), required=False),
    Column("firm_name", ("企业名称", "单位名称"), required=False),
    Column("site", ("厂区", "厂址"), required=False),
)
RECEIPT_COLUMNS = (
    _WARNING,
    *_FIRM,
    Column("county", ("区县", "县区", "县(市、区)"), required=False),
    Column("department", ("部门",), required=False),
    Column("answered_at", ("回执时间", "反馈时间")),
    Column("answered_by", ("回执人", "反馈人")),
    Column("channel", ("方式", "回执方式")),
    Column("status", ("状态", "执行状态")),
    Column("reason", ("原因", "未执行原因"), required=False),
    Column("note", ("备注", "说明"), required=False),
)
VERIFICATION_COLUMNS = (
    _WARNING,
    *_FIRM,
    Column("line_id", ("生产线编号", "生产线"), required=False),
    Column("level", ("级别", "预警级别"), required=False),
    Column("expected_ratio", ("应减比例", "要求比例"), required=False),
    Column("expected_source", ("比例来源", "依据"), required=False),
    Column("window_start", ("核查时段开始", "开始时间", "时段开始")),
    Column("window_end", ("核查时段结束", "结束时间", "时段结束")),
    Column("cems_load_ratio", ("在线监控负荷比", "CEMS负荷比"), required=False),
    Column("power_ratio", ("用电比", "用电量比"), required=False),
    Column("truck_violations", ("违规车辆数", "违规车辆"), required=False),
    Column("cems_missing_h", ("在线监控缺测小时", "CEMS缺测小时", "缺测小时"), required=False),
    Column("verdict", ("核查结论", "结论"), required=False),
    Column("evidence", ("证据", "核查证据"), required=False),
    Column("checked_by", ("核查人", "检查人"), required=False),
    Column("checked_at", ("核查时间", "检查时间"), required=False),
    Column("note", ("备注", "说明"), required=False),
)
COLUMNS = {"receipt": RECEIPT_COLUMNS, "verification": VERIFICATION_COLUMNS}
LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    "yellow": ("黄色", "yellow", "黄", "Ⅲ级"),
    "orange": ("橙色", "orange", "橙", "Ⅱ级"),
    "red": ("红色", "red", "红", "Ⅰ级"),
}
_HARMLESS = frozenset({"heading_unknown"})
Values = dict[str, Any]
Reading = Callable[[Cell], Any]
_READINGS: Mapping[str, Reading] = {
    "warning_id": read.code,
    "credit_code": read.code,
    "firm_name": lambda c: read.words(c, read.LONGEST_NAME),
    "site": lambda c: read.words(c, read.LONGEST_NAME),
    "county": lambda c: read.words(c, read.LONGEST_NAME),
    "department": lambda c: read.words(c, read.LONGEST_NAME),
    "answered_at": read.moment,
    "answered_by": lambda c: read.words(c, read.LONGEST_NAME),
    "channel": lambda c: read.choice(c, CHANNELS),
    "status": lambda c: read.choice(c, STATUSES),
    "reason": read.words,
    "note": read.words,
    "line_id": lambda c: read.words(cells.as_text(c), read.LONGEST_NAME),
    "level": lambda c: read.choice(c, LEVEL_WORDS),
    "expected_ratio": lambda c: read.share(c, most=1),
    "expected_source": lambda c: read.choice(c, SOURCES),
    "window_start": read.moment,
    "window_end": read.moment,
    "cems_load_ratio": lambda c: read.share(c, most=10),
    "power_ratio": lambda c: read.share(c, most=10),
    "truck_violations": lambda c: read.whole(c, most=100_000),
    "cems_missing_h": lambda c: read.number(c, most=24 * LONGEST_SPAN_D),
    "verdict": lambda c: read.choice(c, VERDICTS),
    "evidence": read.words,
    "checked_by": lambda c: read.words(c, read.LONGEST_NAME),
    "checked_at": read.moment,
}
NEEDED = {
    "receipt": ("warning_id", "answered_at", "answered_by", "channel", "status"),
    "verification": ("warning_id", "credit_code", "window_start", "window_end"),
}


_FILLED_IN = {
    "receipt": ("answered_at", "answered_by", "channel", "status", "reason", "note"),
    "verification": (
        "window_start", "window_end", "cems_load_ratio", "power_ratio", "truck_violations", "cems_missing_h", "verdict",
        "evidence", "checked_by", "checked_at", "note",
    ),
}  # fmt: skip
"""Columns that the form leaves to whoever answers or checks."""


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


def heading(column: Column) -> str:
    """First heading of a column, as the template has it."""
    return column.headings[0]


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
        if all(cells.as_text(row.cells.get(name)) == "" for name in _FILLED_IN[kind]):
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
            values[column.name] = _READINGS[column.name](cell)
        except WrongCellError as error:
            wrong.append(_bad(row.line, column.name, cell, error.zh, error.en))
    values["warning_id"] = values.get("warning_id") or warning_id
    return values, wrong


def _bad(line: int, item: str, cell: Any, zh: str, en: str) -> Bad:
    named = next((heading(c) for cs in COLUMNS.values() for c in cs if c.name == item), item)
    text = one_line(cells.as_text(cell), 80)
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
