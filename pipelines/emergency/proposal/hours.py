"""Hourly PM2.5 of cities from a table: the forecast of a model, or observations of the past."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from pipelines.air.regions import UnknownAreaError
from pipelines.emergency.proposal.blocks import HourSeries
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.places import city
from sources import cells
from sources.tables import Column, Rejects, read_table

_COLUMNS = (
    Column("city_code", ("城市代码", "城市", "city", "代码")),
    Column("hour_end", ("小时", "时间", "时刻")),
    Column("pm25_ugm3", ("PM2.5", "pm25"), unit="µg/m³"),
    Column("pm10_ugm3", ("PM10",), required=False, unit="µg/m³"),
)
LONGEST = timedelta(days=62)
"""Longer series are no forecast."""
HIGHEST = 10_000.0

Hour = tuple[float | None, float | None]


def read_hours(
    source: Path | bytes, issued_at: datetime, sha256: str | None = None
) -> tuple[list[CityForecast], pd.DataFrame]:
    """Read hourly PM2.5 (and PM10) of cities.

    Parameters
    ----------
    source : Path or bytes
        CSV or XLSX: city_code (or name), hour_end (Beijing time), pm25_ugm3 and, where there, pm10_ugm3 [µg/m³].
    issued_at : datetime
        Time the forecast counts as issued.
    sha256 : str, optional

    Returns
    -------
    forecasts : list of CityForecast
        Hours nobody wrote about are missing ones.
    rejects : pandas.DataFrame
        Rejected lines (line, item, text, reason_code).

    Raises
    ------
    sources.tables.TableError
        The file as a whole cannot be read.
    """
    table = read_table(source, _COLUMNS)
    by_city: dict[str, dict[datetime, Hour]] = {}
    for row in table.rows:
        item = "city_code"
        try:
            code = city(cells.as_text(row.cells[item]))
            item = "hour_end"
            hour = cells.as_hour(row.cells[item])
            if hour is None:
                raise cells.CellError("cell_required")
            item = "pm25_ugm3"
            fine = _value(row.cells[item])
            item = "pm10_ugm3"
            coarse = _value(row.cells.get(item))
        except UnknownAreaError:
            table.rejects.add(row.line, item, cells.as_text(row.cells[item]), "city_unknown")
            continue
        except cells.CellError as error:
            table.rejects.add(row.line, item, cells.as_text(row.cells.get(item)), error.code)
            continue
        known = by_city.setdefault(code, {})
        if known.setdefault(hour, (fine, coarse)) != (fine, coarse):
            table.rejects.add(row.line, "hour_end", f"{code} {hour:%Y-%m-%d %H:%M}", "row_repeated")
    made = [_series(code, hours, issued_at, sha256, table.rejects) for code, hours in sorted(by_city.items())]
    return [f for f in made if f is not None], table.rejects.frame()


def _value(cell: cells.Cell) -> float | None:
    value = cells.as_number(cell)
    if value is not None and not 0 <= value <= HIGHEST:
        raise cells.CellError("value_impossible")
    return int(value) if value is not None and value.is_integer() else value


def _series(
    code: str, hours: dict[datetime, Hour], issued_at: datetime, sha256: str | None, rejects: Rejects
) -> CityForecast | None:
    first, last = min(hours), max(hours)
    if last - first > LONGEST:
        rejects.add(0, "hour_end", f"{code} {first:%Y-%m-%d} – {last:%Y-%m-%d}", "hours_too_long")
        return None
    every = [first + timedelta(hours=n) for n in range(int((last - first).total_seconds()) // 3600 + 1)]
    fine = [hours.get(h, (None, None))[0] for h in every]
    coarse = [hours.get(h, (None, None))[1] for h in every]
    series = HourSeries(first, fine, coarse if any(c is not None for c in coarse) else None)
    return CityForecast(code, issued_at, hours=series, model="hours", sha256=sha256)
