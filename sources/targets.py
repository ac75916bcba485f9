"""Targets handed down from a region to its cities and counties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sources import cells
from sources.tables import Column, Rejects, Row, read_table

__all__ = ["COLUMNS", "PERIOD", "read"]

COLUMNS = (
    "target_id",
    "parent_id",
    "area_kind",
    "area_code",
    "area_name",
    "period",
    "metric",
    "target_value",
    "document_no",
)
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
# Only the form is checked here; what a period means is decided where periods are evaluated.
PERIOD = re.compile(
    rf"\d{{4}}(?:-Q[1-4]|-{_MONTH}|-winter(?:-[12])?|-{_MONTH}-{_DAY}\.\.\d{{4}}-{_MONTH}-{_DAY})?", re.ASCII
)
METRICS = {
    "pm25_mean": "pm25_mean",
    "PM2.5平均浓度": "pm25_mean",
    "PM2.5年均浓度": "pm25_mean",
    "good_days": "good_days",
    "优良天数": "good_days",
    "good_days_pct": "good_days_pct",
    "优良天数比例": "good_days_pct",
    "heavy_days": "heavy_days",
    "重污染天数": "heavy_days",
    "重度及以上污染天数": "heavy_days",
}
# Widest values that can be meant; days may be city-days of a region of many cities.
RANGES = {
    "pm25_mean": (0.0, 1000.0),
    "good_days": (0.0, 36_600.0),
    "good_days_pct": (0.0, 100.0),
    "heavy_days": (0.0, 36_600.0),
}
AREA_KINDS = {
    "区域": "region",
    "城市": "city",
    "市": "city",
    "单元": "unit",
    "考核单元": "unit",
} | dict.fromkeys(("县区", "区县", "县", "区", "县级"), "county")
LARGEST_DAYS = 366
"""Days of a year: a target in days of one city, unit or county cannot be larger; a region's counts city-days."""
_RANK = {"region": 0, "city": 1, "unit": 2, "county": 2}
_COLUMNS = (
    Column("target_id", ("目标编号", "编号")),
    Column("parent_id", ("上级目标编号", "上级编号"), required=False),
    Column("area_kind", ("层级", "对象类别")),
    Column("area_code", ("代码", "对象代码", "行政区划代码")),
    Column("area_name", ("名称", "对象名称"), required=False),
    Column("period", ("时段", "考核时段")),
    Column("metric", ("指标",)),
    Column("target_value", ("目标值",)),
    Column("document_no", ("文号",), required=False),
)


def read(path: Path | bytes, *, known_ids: Iterable[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a table of targets, each with the target it was derived from.

    Parameters
    ----------
    path : Path or bytes
        CSV or XLSX with Chinese or English headings.
    known_ids : iterable of str
        Targets kept before; a parent may be one of them.

    Returns
    -------
    tuple of pandas.DataFrame
        Targets with the columns of `COLUMNS` (target_value [µg/m³, day or %, by metric]); rejected lines
        (line, item, text, reason_code). A target whose parent is rejected is rejected too.

    Raises
    ------
    TableError
        The file as a whole cannot be read.
    """
    table = read_table(path, _COLUMNS)
    kept: dict[str, dict[str, object]] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        target = _target(row, table.rejects)
        if target is None:
            continue
        name = str(target["target_id"])
        if name in kept and kept[name] != target:
            table.rejects.add(row.line, "target_id", name, "row_repeated")
        kept.setdefault(name, target)
        lines.setdefault(name, row.line)
    _drop_cycles(kept, lines, table.rejects)
    _drop_orphans(kept, lines, set(known_ids), table.rejects)
    texts = {name: "str" for name in COLUMNS if name != "target_value"}
    frame = pd.DataFrame(list(kept.values()), columns=list(COLUMNS)).astype(
        texts | {"target_value": "float64"}
    )
    return frame, table.rejects.frame()


def _target(row: Row, rejects: Rejects) -> dict[str, object] | None:
    texts = {name: cells.as_text(cell) for name, cell in row.cells.items()}
    for name in ("target_id", "area_kind", "area_code", "period", "metric", "target_value"):
        if cells.is_blank(texts[name]):
            rejects.add(row.line, name, texts[name], "cell_required")
            return None
    kind = AREA_KINDS.get(texts["area_kind"], texts["area_kind"])
    metric = METRICS.get(texts["metric"].replace(" ", ""))
    period = texts["period"].replace(" ", "")
    wrong = [
        ("area_kind", "area_kind_unknown", kind not in _RANK),
        ("metric", "metric_unknown", metric is None),
        ("period", "period_unknown", not PERIOD.fullmatch(period)),
    ]
    for name, code, found in wrong:
        if found:
            rejects.add(row.line, name, texts[name], code)
            return None
    value = _value(row, str(metric), rejects)
    if value is None:
        return None
    if kind != "region" and metric in ("good_days", "heavy_days") and value > LARGEST_DAYS:
        rejects.add(row.line, "target_value", texts["target_value"], "value_impossible")
        return None
    optional = {name: texts.get(name) or None for name in ("parent_id", "area_name", "document_no")}
    named = {"target_id": texts["target_id"], "area_kind": kind, "area_code": texts["area_code"]}
    return {**named, **optional, "period": period, "metric": metric, "target_value": value}


def _value(row: Row, metric: str, rejects: Rejects) -> float | None:
    cell = row.cells["target_value"]
    try:
        value = cells.as_number(cell, percent=metric == "good_days_pct")
    except cells.CellError as error:
        rejects.add(row.line, "target_value", cells.as_text(cell), error.code)
        return None
    low, high = RANGES[metric]
    if value is None or not low <= value <= high:
        rejects.add(row.line, "target_value", cells.as_text(cell), "value_impossible")
        return None
    if metric == "good_days_pct" and 0 < value <= 1:
        # A spreadsheet hands over 75 % as 0.75.
        rejects.add(row.line, "target_value", cells.as_text(cell), "percent_as_fraction")
        return None
    return value


def _drop_cycles(kept: dict[str, dict[str, object]], lines: dict[str, int], rejects: Rejects) -> None:
    """Reject every target that is, over its parents, derived from itself."""
    state: dict[str, int] = {}
    cyclic: set[str] = set()
    for start in kept:
        path: list[str] = []
        at: object = start
        while isinstance(at, str) and at in kept and at not in state:
            state[at] = len(path)
            path.append(at)
            at = kept[at]["parent_id"]
        if isinstance(at, str) and at in path:
            cyclic.update(path[path.index(at) :])
    for name in sorted(cyclic, key=lines.__getitem__):
        rejects.add(lines[name], "parent_id", kept[name]["parent_id"], "target_cycle")
        del kept[name]


def _drop_orphans(
    kept: dict[str, dict[str, object]], lines: dict[str, int], known: set[str], rejects: Rejects
) -> None:
    """Reject targets without their parent or not below its level, until no more are found."""
    while True:
        wrong = {name: code for name in kept if (code := _parent_fault(kept, name, known)) is not None}
        if not wrong:
            return
        for name, code in wrong.items():
            rejects.add(lines[name], "parent_id", kept[name]["parent_id"], code)
            del kept[name]


def _parent_fault(kept: dict[str, dict[str, object]], name: str, known: set[str]) -> str | None:
    parent = kept[name]["parent_id"]
    if parent is None:
        return None
    if parent in kept:
        below = _RANK[str(kept[name]["area_kind"])] > _RANK[str(kept[str(parent)]["area_kind"])]
        return None if below else "target_level_order"
    return None if parent in known else "target_parent_missing"
