"""The forecasters' bulletin: AQI ranges of cities by day, with what leads the pollution and why."""

from __future__ import annotations

import math
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pandas as pd

from sources import cells
from sources.areas import Areas
from sources.forecast_cells import (
    CellWrongError,
    aqi_range,
    cause_kind,
    city_code,
    forecast_day,
    issued_at,
    pm25_range,
    primary_pollutants,
    text_or_none,
)
from sources.tables import Column, Rejects, Row, TableError, read_table
from warehouse import standards

__all__ = ["COLUMNS", "HEADINGS", "MODEL", "RANGES", "read"]

MODEL = "bulletin"
COLUMNS = (
    *("issued_at", "city_code", "day", "model", "aqi", "aqi_low", "aqi_high", "primary_pollutants"),
    *("pm25_ugm3", "pm25_low_ugm3", "pm25_high_ugm3", "iaqi_pm25", "iaqi_pm25_low", "iaqi_pm25_high"),
    *("cause", "cause_kind", "forecaster", "standard_set"),
)
HEADINGS = {
    "issued_at": ("发布时间", "起报时间", "预报发布时间"),
    "city_code": ("城市代码", "城市编码", "行政区划代码", "代码"),
    "city_name": ("城市", "城市名称", "city"),
    "day": ("预报日期", "日期", "date", "预报日"),
    "aqi_low": ("AQI下限", "AQI最低", "AQI低值", "AQI最小值"),
    "aqi_high": ("AQI上限", "AQI最高", "AQI高值", "AQI最大值"),
    "aqi_range": ("AQI范围", "AQI区间", "AQI"),
    "primary_pollutants": ("首要污染物", "primary_pollutant"),
    "pm25_low_ugm3": ("PM2.5下限", "PM2.5浓度下限", "PM2.5最低", "pm25_low"),
    "pm25_high_ugm3": ("PM2.5上限", "PM2.5浓度上限", "PM2.5最高", "pm25_high"),
    "pm25_range_ugm3": (
        "PM2.5浓度",
        "PM2.5浓度范围",
        "PM2.5范围",
        "PM2.5区间",
        "PM2.5日均浓度",
        "PM2.5",
        "pm25",
    ),
    "cause": ("成因", "污染成因", "原因"),
    "forecaster": ("预报员", "预报人员", "签发人"),
}
RANGES = ("aqi_range", "pm25_range_ugm3")
"""Columns that say in one cell what two others say; no template has them."""
_REQUIRED = ("issued_at", "day", "primary_pollutants")
_ONE_OF = (("city_code", "city_name"), ("aqi_high", "aqi_low", "aqi_range"))
_COLUMNS = tuple(
    Column(name, texts, required=name in _REQUIRED, unit="µg/m³" if "ugm3" in name else None)
    for name, texts in HEADINGS.items()
)


def read(
    path: Path | bytes, cities: pd.DataFrame | None = None, *, latest: datetime | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a bulletin.

    Parameters
    ----------
    path : Path or bytes
        CSV or XLSX: issued_at, city_code (or name), day, aqi_low and aqi_high (or one range), primary_pollutants, and,
        where there, pm25_low_ugm3 and pm25_high_ugm3 (or one range), cause, forecaster; Chinese headings too. A merged
        cell counts for every line it covers.
    cities : pandas.DataFrame, optional
        Table as `standards.load` gives it; loaded if not given.
    latest : datetime, optional
        Lines issued after it are rejected.

    Returns
    -------
    tuple of pandas.DataFrame
        One row per issue, city and day with the columns of `COLUMNS` [µg/m³]; rejected lines (line, item, text,
        reason_code). One bad cell rejects its whole line.

    Raises
    ------
    TableError
        The file as a whole cannot be read.
    """
    areas = Areas(
        standards.load("city") if cities is None else cities, standards.load("assessment_unit").iloc[:0]
    )
    table = read_table(path, _COLUMNS, fill_merged=True)
    for group in _ONE_OF:
        if not set(group) & set(table.columns):
            shown = "、".join(HEADINGS[name][0] for name in HEADINGS)
            raise TableError("heading_missing", item=shown, text=f"{HEADINGS[group[0]][0]} ({group[0]})")
    kept: dict[tuple[object, ...], dict[str, object]] = {}
    for row in table.rows:
        found = _forecast(row, areas, table.rejects, latest)
        if found is None:
            continue
        key = (found["issued_at"], found["city_code"], found["day"])
        if key in kept and kept[key] != found:
            table.rejects.add(row.line, "day", f"{key[1]} {key[2]:%Y-%m-%d}", "row_repeated")
        kept.setdefault(key, found)
    frame = pd.DataFrame(list(kept.values()), columns=list(COLUMNS))
    return frame.astype(_DTYPES), table.rejects.frame()


_DTYPES = (
    dict.fromkeys(
        ("city_code", "model", "primary_pollutants", "cause", "cause_kind", "forecaster", "standard_set"),
        "str",
    )
    | dict.fromkeys(("issued_at", "day"), "datetime64[s]")
    | dict.fromkeys(("pm25_ugm3", "pm25_low_ugm3", "pm25_high_ugm3"), "float64")
    | dict.fromkeys(("aqi", "aqi_low", "aqi_high", "iaqi_pm25", "iaqi_pm25_low", "iaqi_pm25_high"), "Int64")
)


def _forecast(row: Row, areas: Areas, rejects: Rejects, latest: datetime | None) -> dict[str, object] | None:
    """Read one line, or reject it with the cell that is wrong."""
    item = "issued_at"
    try:
        issued = issued_at(row.cells[item])
        if latest is not None and issued > latest:
            raise CellWrongError("issued_in_future", f"{issued:%Y-%m-%d %H:%M}")
        item = "city_code"
        code = city_code(row, areas)
        item = "day"
        day = forecast_day(row.cells[item], issued)
        item = "aqi_low" if "aqi_low" in row.cells else "aqi_range"
        low, high = aqi_range(row)
        item = "primary_pollutants"
        primary = primary_pollutants(row.cells.get(item))
        item = "pm25_low_ugm3"
        pm25 = pm25_range(row)
    except CellWrongError as error:
        rejects.add(row.line, error.item or item, error.text, error.code)
        return None
    except cells.CellError as error:
        rejects.add(row.line, item, cells.as_text(row.cells.get(item)), error.code)
        return None
    cause = text_or_none(row.cells.get("cause"))
    head = {"issued_at": issued, "city_code": code, "day": datetime.combine(day, time()), "model": MODEL}
    middle = {"aqi": -(-(low + high) // 2), "aqi_low": low, "aqi_high": high, "primary_pollutants": primary}
    tail = {
        "cause": cause,
        "cause_kind": cause_kind(cause),
        "forecaster": text_or_none(row.cells.get("forecaster")),
    }
    known_set = standards.set_in_force(day)
    return head | middle | _indices(pm25, known_set) | tail | {"standard_set": known_set}


def _indices(pm25: tuple[float | None, float | None], known_set: str) -> dict[str, object]:
    low, high = pm25
    middle = None if low is None or high is None else (low + high) / 2
    values: dict[str, float | None] = {"pm25_ugm3": middle, "pm25_low_ugm3": low, "pm25_high_ugm3": high}
    names = ("iaqi_pm25", "iaqi_pm25_low", "iaqi_pm25_high")
    indices = (_iaqi(value, known_set) for value in values.values())
    return {**values, **dict(zip(names, indices, strict=True))}


def _iaqi(value: float | None, known_set: str) -> int | None:
    if value is None or math.isnan(value):
        return None
    tables = standards.aqi_tables((known_set,))
    item = standards.ITEMS.index("PM2.5_24h")
    step = int(np.minimum(standards.round_8170(value, 0), tables.max_step[item]))
    return int(tables.lut[0, item, step])
