"""Forecasts of cities as the engine takes them: from a bulletin's rows or from the published database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from pipelines.emergency.proposal.blocks import Block, DayForecast, HourSeries, of_days, of_hours
from warehouse.store import rows_of

BULLETIN = "bulletin"
_NEWEST = """
WITH newest AS (
    SELECT city_code, max(issued_at) AS issued_at
    FROM forecast.city_day WHERE model = $model AND issued_at <= $as_of GROUP BY city_code
)
SELECT f.* FROM forecast.city_day f JOIN newest USING (city_code, issued_at)
WHERE f.model = $model
QUALIFY max(f.day) OVER (PARTITION BY f.city_code) >= $as_of::DATE
ORDER BY f.city_code, f.day
"""


@dataclass(frozen=True)
class CityForecast:
    """One issue of a forecast for one city: natural days of a bulletin, or hours."""

    city_code: str
    issued_at: datetime
    days: tuple[DayForecast, ...] = ()
    hours: HourSeries | None = None
    model: str = BULLETIN
    sha256: str | None = None

    def cuts(self) -> dict[int, list[Block]]:
        """Give the blocks by the hour of the clock they start at; a bulletin has natural days only."""
        return of_hours(self.hours) if self.hours is not None else {0: of_days(self.days)}


def of_bulletin(rows: pd.DataFrame, as_of: datetime, sha256: str | None = None) -> list[CityForecast]:
    """Take the newest issue of each city out of a bulletin's rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `sources.forecast_bulletin.read` gives them.
    as_of : datetime
        Issues after it are passed over where a city has one from before.
    sha256 : str, optional
        Fingerprint of the file.
    """
    records = rows.to_dict("records")
    by_city: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_city.setdefault(str(record["city_code"]), []).append({str(k): v for k, v in record.items()})
    found = []
    for code, own in sorted(by_city.items()):
        issues = sorted({_moment(r["issued_at"]) for r in own})
        issued = max([i for i in issues if i <= as_of] or issues[-1:])
        found.append(_forecast(code, issued, [r for r in own if _moment(r["issued_at"]) == issued], sha256))
    return found


def newest_published(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[CityForecast]:
    """Read the newest bulletin of each city that still tells of today or later."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'forecast' AND table_name = 'city_day'"
    ).fetchall()
    if not known[0][0]:
        return []
    by_city: dict[str, list[dict[str, Any]]] = {}
    for record in rows_of(con, _NEWEST, {"model": BULLETIN, "as_of": as_of}):
        by_city.setdefault(record["city_code"], []).append(record)
    return [_forecast(code, _moment(own[0]["issued_at"]), own, None) for code, own in sorted(by_city.items())]


def _forecast(
    code: str, issued: datetime, rows: Iterable[Mapping[str, Any]], sha256: str | None
) -> CityForecast:
    kept = sorted(rows, key=lambda r: pd.Timestamp(r["day"]))
    fingerprint = sha256 or next((str(r["sha256"]) for r in kept if _text(r.get("sha256"))), None)
    return CityForecast(code, issued, tuple(_day(r) for r in kept), sha256=fingerprint)


def _day(row: Mapping[str, Any]) -> DayForecast:
    low, high, pm_low, pm_high = (
        _number(row.get(c)) for c in ("aqi_low", "aqi_high", "pm25_low_ugm3", "pm25_high_ugm3")
    )
    return DayForecast(
        pd.Timestamp(row["day"]).date(),
        None if low is None else int(low),
        None if high is None else int(high),
        tuple(p for p in _text(row.get("primary_pollutants")).split(",") if p),
        pm_low,
        pm_high,
        _text(row.get("cause")) or None,
        _text(row.get("cause_kind")) or None,
        _text(row.get("forecaster")) or None,
    )


def _moment(value: Any) -> datetime:
    return pd.Timestamp(value).to_pydatetime()


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _text(value: Any) -> str:
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)
