"""Grids to cities: where they are read, and the days of the cities by the rules of the standard.

A city with an outline is read as a whole, each cell by its share of the area; one without at its stations; one without
stations at a point near its middle, whose coordinates are approximate.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

import sources.gridded
from pipelines.forecast.history import COLUMNS
from pipelines.forecast.index import set_of
from sources.gridded import GridForecast, Issue, Outlines, Points
from sources.gridded.places import AREA
from warehouse.standards import HOUR_COLUMN, load

HOURS = 24
_POINTS = Path(sources.gridded.__file__).with_name("city_point.csv")
_STATIONS = """
SELECT s.city_code, s.lon_deg, s.lat_deg FROM ref.station s
WHERE s.counts AND s.city_code IN (SELECT area_code FROM ref.region_city WHERE role = 'city')
    AND s.lon_deg BETWEEN -180 AND 180 AND s.lat_deg BETWEEN -90 AND 90
ORDER BY s.city_code, s.station_code
"""


def points_of(con: duckdb.DuckDBPyConnection | None, outlines: Outlines | None = None) -> Points:
    """Places at which a grid is read: the outline of a city, else the stations that count for it, else its one point.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection or None
        Without one no station is known.
    outlines : Outlines, optional
        Those of cities outside the region are not used.
    """
    stations = con.execute(_STATIONS).fetchall() if con is not None else []
    with _POINTS.open(encoding="utf-8", newline="") as stream:
        middles = [(r["city_code"], float(r["lon"]), float(r["lat"])) for r in csv.DictReader(stream)]
    region = {code for code, _, _ in (*stations, *middles)}
    shapes = {c: s for c, s in (outlines.shapes if outlines else {}).items() if c in region}
    rows: list[tuple[str, float, float, str]] = [(c, np.nan, np.nan, AREA) for c in sorted(shapes)]
    rows += [(*row, "station") for row in stations if row[0] not in shapes]
    having = {row[0] for row in rows}
    rows += [(*row, "city_point") for row in middles if row[0] not in having]
    code, lon, lat, kind = (np.array(column) for column in zip(*rows, strict=True))
    mark = outlines.mark if outlines and shapes else ""
    return Points(code, lon.astype(float), lat.astype(float), kind, shapes, mark)


@cache
def _rules(standard_set: str) -> dict[str, float]:
    """Rules of valid days: hours of a mean, hours of an 8 h window, windows, and the limit that waives them."""
    rows = load("validity_rule")
    rows = rows[(rows["standard_set"] == standard_set) & rows["averaging"].isin(["24h", "8h"])]
    names = ("min_hours", "min_hours_8h", "min_windows", "min_windows_waived_above")
    return {n: float(rows.loc[rows["rule"] == n, "value"].iloc[0]) for n in names}


def daily(issue: Issue) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Days of every point by the rules of the standard.

    Parameters
    ----------
    issue : Issue

    Returns
    -------
    days : ndarray of datetime64[D], (n_days,)
    values : dict of str to ndarray, (n_days, n_points)
        By pollutant, O3 as MDA8, and ``O3_1h`` [µg/m³; CO mg/m³]; NaN where the day is not valid.
    """
    of_hour = (issue.hour_end - np.timedelta64(1, "h")).astype("datetime64[D]")
    days = np.arange(of_hour[0], of_hour[-1] + 1)
    slot = ((issue.hour_end - np.timedelta64(1, "h")) - days[0].astype("datetime64[s]")) // np.timedelta64(
        1, "h"
    )
    rules = [_rules(set_of(d.astype(object))) for d in days]
    found = {}
    for pollutant, hours in issue.values.items():
        every = np.full((len(days) * HOURS, hours.shape[1]), np.nan)
        every[slot.astype(np.int64)] = hours
        grid = every.reshape(len(days), HOURS, -1)
        if pollutant == "O3":
            found["O3"], found["O3_1h"] = _mda8(grid, rules)
        else:
            least = np.array([r["min_hours"] for r in rules])[:, None]
            n = np.isfinite(grid).sum(axis=1)
            total = np.where(np.isfinite(grid), grid, 0.0).sum(axis=1)
            found[pollutant] = np.where(n >= least, total / np.maximum(n, 1), np.nan)
    return days, found


def _mda8(grid: np.ndarray, rules: list[dict[str, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Largest 8 h mean among the windows ending at 8…24 and the largest hour, (n_days, n_points) each."""
    windows = np.lib.stride_tricks.sliding_window_view(grid, 8, axis=1)
    n = np.isfinite(windows).sum(axis=-1)
    means = np.where(np.isfinite(windows), windows, 0.0).sum(axis=-1) / np.maximum(n, 1)

    def rule(name: str) -> np.ndarray:
        return np.array([r[name] for r in rules])[:, None]

    valid = n >= rule("min_hours_8h")[:, :, None]
    best = np.where(valid, means, -1.0).max(axis=1)
    enough = (valid.sum(axis=1) >= rule("min_windows")) | (np.rint(best) > rule("min_windows_waived_above"))
    hour = np.where(np.isfinite(grid), grid, -1.0).max(axis=1)
    kept = enough & (best >= 0)
    return np.where(kept, best, np.nan), np.where(kept, hour, np.nan)


def city_days(forecast: GridForecast, points: Points) -> pd.DataFrame:
    """Days of cities, means of the days of their points, with the columns of ``forecast.grid_day`` but the fingerprint."""
    parts = []
    for issue in forecast.issues:
        days, values = daily(issue)
        columns = {c: values[p] for p, c in (*COLUMNS.items(), ("O3_1h", "o3_1h_max_ugm3")) if p in values}
        parts.append(
            _by_city(columns, days.astype("datetime64[s]"), points, forecast, "day").assign(
                issued_at=issue.issued_at
            )
        )
    return _named(pd.concat(parts, ignore_index=True), forecast).assign(method=forecast.method)


def city_hours(forecast: GridForecast, points: Points) -> pd.DataFrame:
    """Hours of cities, means of their points, with the columns of ``forecast.city_hour`` but the fingerprint."""
    parts = []
    for issue in forecast.issues:
        columns = {HOUR_COLUMN[p]: v for p, v in issue.values.items()}
        parts.append(
            _by_city(columns, issue.hour_end, points, forecast, "hour_end").assign(issued_at=issue.issued_at)
        )
    return _named(pd.concat(parts, ignore_index=True), forecast)


def _named(frame: pd.DataFrame, forecast: GridForecast) -> pd.DataFrame:
    return frame.assign(model=forecast.model).astype({"issued_at": "datetime64[s]"})


def _by_city(
    columns: dict[str, np.ndarray], when: np.ndarray, points: Points, forecast: GridForecast, key: str
) -> pd.DataFrame:
    """Mean over the points of each city, or its one value by area; rows without any value are left out."""
    frames = []
    for code in sorted(set(points.city_code.tolist())):
        own = points.city_code == code
        made: dict[str, np.ndarray] = {}
        n_points = np.zeros(len(when), dtype=np.int64)
        kind = str(points.kind[own][0])
        each = int(forecast.n_cells[own][0]) if kind == AREA else 1
        for name, values in columns.items():
            n = np.isfinite(values[:, own]).sum(axis=1)
            total = np.where(np.isfinite(values[:, own]), values[:, own], 0.0).sum(axis=1)
            made[name] = np.round(np.where(n > 0, total / np.maximum(n, 1), np.nan), 6)
            n_points = np.maximum(n_points, n * each)
        frame = pd.DataFrame({"city_code": code, key: when, **made, "n_points": n_points, "weighting": kind})
        frames.append(frame[frame["n_points"] > 0])
    return pd.concat(frames, ignore_index=True)
