"""Columns of files of receipts and checks: their headings, and how their cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sources import cells
from sources.cells import Cell
from sources.receipts import cells as read
from sources.receipts.words import CHANNELS, LEVEL_WORDS, SOURCES, STATUSES, VERDICTS
from sources.tables import Column

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
Reading = Callable[[Cell], Any]
READINGS: Mapping[str, Reading] = {
    "warning_id": read.code,
    "credit_code": read.code,
    "firm_name": read.name,
    "site": read.name,
    "county": read.name,
    "department": read.name,
    "answered_at": read.moment,
    "answered_by": read.name,
    "channel": lambda c: read.choice(c, CHANNELS),
    "status": lambda c: read.choice(c, STATUSES),
    "reason": read.words,
    "note": read.words,
    "line_id": lambda c: read.name(cells.as_text(c)),
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
    "checked_by": read.name,
    "checked_at": read.moment,
}
NEEDED = {
    "receipt": ("warning_id", "answered_at", "answered_by", "channel", "status"),
    "verification": ("warning_id", "credit_code", "window_start", "window_end"),
}
"""Columns that no row may leave empty."""
FILLED_IN = {
    "receipt": ("answered_at", "answered_by", "channel", "status", "reason", "note"),
    "verification": (
        "window_start", "window_end", "cems_load_ratio", "power_ratio", "truck_violations", "cems_missing_h", "verdict",
        "evidence", "checked_by", "checked_at", "note",
    ),
}  # fmt: skip
"""Columns that the form leaves to whoever answers or checks."""


def heading(column: Column) -> str:
    """First heading of a column, as the template has it."""
    return column.headings[0]
