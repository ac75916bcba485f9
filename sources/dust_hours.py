"""Officially announced sand-dust periods (扣沙时段), spread to one row per area and hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from sources import cells
from sources.areas import Areas
from sources.reviewed_days import resolve
from sources.tables import Column, Rejects, Row, read_table
from warehouse import standards

__all__ = ["COLUMNS", "LONGEST", "read"]

COLUMNS = ("area_kind", "area_code", "area_name", "hour_end", "document_no")
# Longer than any dust event on record; a longer range is a slip of the pen in a year or month.
LONGEST = timedelta(days=15)
_COLUMNS = (
    Column("area_code", ("代码", "区域代码", "城市代码"), required=False),
    Column("area_name", ("名称", "城市", "区域名称"), required=False),
    Column("start", ("开始时间", "开始", "起始时间")),
    Column("end", ("结束时间", "结束", "终止时间")),
    Column("document_no", ("文号", "依据文号")),
)


def read(
    path: Path | bytes, cities: pd.DataFrame | None = None, units: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read announced dust periods; both ends are hours named by their end and belong to the period.

    Parameters
    ----------
    path : Path or bytes
        CSV or XLSX: area_code or area_name, start, end (2026-04-10 24:00 is allowed), document_no.
    cities, units : pandas.DataFrame, optional
        Tables as `standards.load` gives them; loaded if not given.

    Returns
    -------
    tuple of pandas.DataFrame
        One row per area and hour_end with the columns of `COLUMNS`, hours of overlapping periods once (the
        first document stands); rejected lines (line, item, text, reason_code).

    Raises
    ------
    TableError
        The file as a whole cannot be read.
    """
    areas = Areas(
        standards.load("city") if cities is None else cities,
        standards.load("assessment_unit") if units is None else units,
    )
    table = read_table(path, _COLUMNS)
    kept: dict[tuple[str, datetime], tuple[str, str, str, datetime, str]] = {}
    for row in table.rows:
        _spread(row, areas, kept, table.rejects)
    frame = pd.DataFrame([kept[key] for key in sorted(kept)], columns=list(COLUMNS))
    kinds = dict.fromkeys(COLUMNS, "str") | {"hour_end": "datetime64[s]"}
    return frame.astype(kinds), table.rejects.frame()


def _spread(
    row: Row,
    areas: Areas,
    kept: dict[tuple[str, datetime], tuple[str, str, str, datetime, str]],
    rejects: Rejects,
) -> None:
    area = resolve(row, areas, rejects)
    if area is None:
        return
    document = cells.as_text(row.cells["document_no"])
    if cells.is_blank(document):
        rejects.add(row.line, "document_no", document, "document_missing")
        return
    start, end = (_hour(row, name, rejects) for name in ("start", "end"))
    if start is None or end is None:
        return
    if end < start or end - start >= LONGEST:
        code = "end_before_start" if end < start else "period_too_long"
        rejects.add(row.line, "start,end", f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}", code)
        return
    hour = start
    while hour <= end:
        kept.setdefault((area.code, hour), (area.kind, area.code, area.name, hour, document))
        hour += timedelta(hours=1)


def _hour(row: Row, name: str, rejects: Rejects) -> datetime | None:
    try:
        hour = cells.as_hour(row.cells[name])
        if hour is None:
            raise cells.CellError("cell_required")
    except cells.CellError as error:
        rejects.add(row.line, name, cells.as_text(row.cells[name]), error.code)
        return None
    return hour
