"""City days of the past as arrays, and what their months were computed from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd

from pipelines.forecast.index import judge
from warehouse.standards import DAY_COLUMN
from warehouse.store import one_row

COLUMNS = DAY_COLUMN
_MEMBERS = (
    "FROM air.city_day d{more} WHERE d.state <> 'partial' AND d.day < $until AND d.day >= $since"
    " AND d.city_code IN (SELECT area_code FROM ref.region_city WHERE role = 'city')"
)
LONGEST = 3 * 366
"""Days looked back on at most [d]."""
_EVENING = """
SELECT d.city_code, d.day, round(avg(h.pm25_ugm3), 6) AS "PM2.5", round(avg(h.pm10_ugm3), 6) AS "PM10"
{members} AND h.city_code = d.city_code AND h.hour_end > d.day + INTERVAL 18 HOUR AND h.hour_end <= d.day + INTERVAL 24 HOUR
GROUP BY ALL ORDER BY 1, 2
"""
_HASHES = """
SELECT month, md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT strftime(d.day, '%Y-%m') AS month, concat_ws('|', d.day, d.city_code, {row}) AS line {members}
    UNION ALL
    SELECT strftime(day, '%Y-%m'), concat_ws('|', day, city_code, 'evening', {evening}) FROM ({evenings})
) GROUP BY month ORDER BY month
"""


@dataclass(frozen=True)
class History:
    """City days before an issue.

    Attributes
    ----------
    first : date
        Day of the first row.
    cities : tuple of str
    values : mapping of str to ndarray of float64, (n_days + 1, n_cities)
        By pollutant [µg/m³; CO mg/m³]; the last row is the day of issue itself, of which nothing is known.
    aqi : mapping of str to ndarray of float64, (n_days + 1, n_cities)
        AQI of the available pollutants by standard set, so that a change of standard is no change of the air.
    evening : mapping of str to ndarray of float64, (n_days + 1, n_cities)
        Means of the last six hours of the days, of PM2.5 and PM10 [µg/m³]: where a day was heading.
    """

    first: date
    cities: tuple[str, ...]
    values: Mapping[str, np.ndarray]
    aqi: Mapping[str, np.ndarray] = field(default_factory=dict)
    evening: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def n_days(self) -> int:
        """Days of which something may be known."""
        return int(next(iter(self.values.values())).shape[0]) - 1

    def row(self, day: date) -> int:
        """Row of a day."""
        return (day - self.first).days

    def days(self, cutoff: date) -> np.ndarray:
        """Days with PM2.5 of each city before a day, int64 (n_cities,)."""
        return np.isfinite(self.values["PM2.5"][: max(self.row(cutoff), 0)]).sum(axis=0)


def read_history(
    con: duckdb.DuckDBPyConnection, until: date, standard_sets: Iterable[str] = ()
) -> History | None:
    """Read the finished city days of the region's cities before a day; None where there are none.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    until : date
        The day of issue: nothing of it or after it is read.
    standard_sets : iterable of str
        Sets to give the AQI of every day under.
    """
    bounds = _bounds(until)
    frame = con.execute(
        f"SELECT d.city_code, d.day, {', '.join(COLUMNS.values())}, o3_1h_max_ugm3 {_MEMBERS.format(more='')}"
        " ORDER BY 1, 2",
        bounds,
    ).df()
    if frame.empty:
        return None
    late = con.execute(_evenings(), bounds).df()
    cities = tuple(sorted(frame["city_code"].unique()))
    start = frame["day"].min()

    def grid(rows: pd.DataFrame, column: np.ndarray) -> np.ndarray:
        made = np.full(((until - start.date()).days + 1, len(cities)), np.nan)
        place = rows["city_code"].map({c: n for n, c in enumerate(cities)}).to_numpy(dtype=np.int64)
        made[(rows["day"] - start).dt.days.to_numpy(), place] = column
        return made

    daily = {p: frame[c].to_numpy(dtype=float) for p, c in COLUMNS.items()}
    o3_1h = frame["o3_1h_max_ugm3"].to_numpy(dtype=float)
    aqi = {s: grid(frame, judge(daily, o3_1h, s).available) for s in sorted(standard_sets)}
    evening = {p: grid(late, late[p].to_numpy(dtype=float)) for p in ("PM2.5", "PM10")} if len(late) else {}
    return History(start.date(), cities, {p: grid(frame, v) for p, v in daily.items()}, aqi, evening)


def _bounds(until: date) -> dict[str, date]:
    return {"until": until, "since": until - timedelta(days=LONGEST)}


def _evenings() -> str:
    return _EVENING.format(members=_MEMBERS.format(more=", air.city_hour h"))


def month_hashes(con: duckdb.DuckDBPyConnection, until: date) -> dict[str, str]:
    """Hash of the city days of each month and of their evenings, as `read_history` reads them."""
    text = _HASHES.format(
        row=_texts(", ".join(f"d.{c}" for c in COLUMNS.values())),
        members=_MEMBERS.format(more=""),
        evening='"PM2.5", "PM10"',
        evenings=_evenings(),
    )
    return dict(con.execute(text, _bounds(until)).fetchall())


def _texts(columns: str) -> str:
    return ", ".join(f"coalesce({c}::VARCHAR, '')" for c in columns.split(", "))


def digest(*parts: object) -> str:
    """Hash of some parts."""
    return hashlib.sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:32]


def standards_mark(con: duckdb.DuckDBPyConnection) -> str:
    """What the schema and the standards of a warehouse were made from."""
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'schema'"))
    return str(row[0]) if row else ""
