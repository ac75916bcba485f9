"""Grids, baseline and verification of forecasts, each computed again only where its inputs changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb

from pipelines.air.city_days import drop_period, keep_period, month_bounds, stored_periods
from pipelines.forecast.baseline import month_of_issues
from pipelines.forecast.history import digest, month_hashes, read_history, standards_mark
from pipelines.forecast.index import set_of
from pipelines.forecast.learned import LEADS
from pipelines.forecast.store import put
from warehouse.store import model_sql, transaction

BASELINE_TABLE, GRIDS, VERIFICATION = "forecast.baseline", "forecast.grids", "forecast.verification"
_SCORES = {VERIFICATION: "forecast_verification", "forecast.verification_event": "forecast_event"}
MONTHS = 13
"""Months of issue the baseline is kept for, the current one included."""
VERSION = "2"
"""Changed by hand with the code of the baseline, so that it is made again."""
LOOK_BACK_DAYS, NEEDED_OWN, NEEDED_ALL, NEEDED_ALL_DAYS = 28, 10, 30, 5
_PARAMETERS = {"days": LOOK_BACK_DAYS, "own": NEEDED_OWN, "all": NEEDED_ALL, "all_days": NEEDED_ALL_DAYS}

_FORECASTS = """
SELECT strftime(day, '%Y'), md5(string_agg(concat_ws('|', issued_at, city_code, day, model, coalesce(aqi, -1),
    coalesce(aqi_of_available, -1), coalesce(aqi_low, -1), coalesce(aqi_high, -1), coalesce(pm25_ugm3, -1),
    coalesce(pm25_low_ugm3, -1), coalesce(pm25_high_ugm3, -1), coalesce(prob_above_150, -1), coalesce(prob_above_200, -1),
    coalesce(called_150::VARCHAR, ''), coalesce(called_200::VARCHAR, ''), coalesce(pm10_ugm3, -1),
    coalesce(o3_mda8_ugm3, -1), coalesce(no2_ugm3, -1), coalesce(so2_ugm3, -1), coalesce(co_mgm3, -1)), ';'
    ORDER BY issued_at, city_code, day, model))
FROM forecast.city_day GROUP BY 1 ORDER BY 1
"""
_OBSERVED = """
SELECT strftime(day, '%Y'), md5(string_agg(concat_ws('|', day, city_code, state, coalesce(aqi, -1),
    coalesce(pm25_ugm3, -1), coalesce(pm10_ugm3, -1), coalesce(o3_mda8_ugm3, -1), coalesce(no2_ugm3, -1),
    coalesce(so2_ugm3, -1), coalesce(co_mgm3, -1)), ';' ORDER BY day, city_code))
FROM air.city_day WHERE state <> 'partial' AND day < ? AND city_code IN ({cities})
GROUP BY 1 ORDER BY 1
"""
_GRID = "model <> 'bulletin' AND NOT starts_with(model, 'baseline_')"


def rebuild_forecasts(con: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, int]:
    """Put the grids together and correct them, make the baseline, verify all: each where its inputs changed."""
    return {
        GRIDS: rebuild_grids(con, as_of),
        BASELINE_TABLE: len(rebuild_baseline(con, as_of)),
        VERIFICATION: len(rebuild_verification(con, as_of)),
    }


def rebuild_baseline(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[str]:
    """Make the baseline of the months of issue whose history changed; older months than a year are let go.

    Every day of issue is made as if nothing of it or after it were known; what is learned is learned before its month.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : datetime
        Now: the day it lies in is the last day of issue.

    Returns
    -------
    list of str
        Months made again.
    """
    today = as_of.date()
    wanted = _wanted_months(con, today)
    stored = stored_periods(con, BASELINE_TABLE)
    stale = [m for m, mark in wanted.items() if stored.get(m) != mark]
    gone = sorted(stored.keys() - wanted.keys())
    history = read_history(con, today, _sets(stale, today)) if stale else None
    for month in gone:
        with transaction(con):
            _clear(con, month)
            drop_period(con, BASELINE_TABLE, month)
    for month in stale if history is not None else []:
        assert history is not None
        first, last = month_bounds(month)
        days = [first + timedelta(days=n) for n in range((min(last, today) - first).days + 1)]
        issues = [d for d in days if d > history.first]
        made, refused = month_of_issues(history, issues) if issues else (None, [])
        with transaction(con):
            _clear(con, month)
            if made is not None:
                put(con, made)
            for r in refused:
                row = [r.model, r.city_code, r.month, r.n_days, r.n_days_needed, *r.reasons]
                con.execute("INSERT INTO forecast.not_made VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            keep_period(con, BASELINE_TABLE, month, wanted[month])
    return sorted({*stale, *gone})


def _sets(months: list[str], today: date) -> set[str]:
    """Standard sets in force on the days forecast by issues of some months."""
    ahead = timedelta(days=max(LEADS))
    firsts = {set_of(month_bounds(m)[0]) for m in months}
    return firsts | {set_of(min(month_bounds(m)[1], today) + ahead) for m in months}


def _wanted_months(con: duckdb.DuckDBPyConnection, today: date) -> dict[str, str]:
    """Months of issue with the hash of all that is known before and in them."""
    hashes = month_hashes(con, today)
    if not hashes:
        return {}
    mark, marks = standards_mark(con), {}
    year, month = today.year, today.month
    first_known = min(hashes)
    for back in range(MONTHS - 1, -1, -1):
        number = year * 12 + month - 1 - back
        name = f"{number // 12:04d}-{number % 12 + 1:02d}"
        if name < first_known:
            continue
        last = min(month_bounds(name)[1], today)
        marks[name] = digest(VERSION, mark, last, *(h for m, h in hashes.items() if m <= name))
    return marks


def _clear(con: duckdb.DuckDBPyConnection, month: str) -> None:
    first, last = month_bounds(month)
    con.execute(
        "DELETE FROM forecast.city_day WHERE starts_with(model, 'baseline_') AND issued_at::DATE BETWEEN ? AND ?",
        [first, last],
    )
    con.execute("DELETE FROM forecast.not_made WHERE month = ?", [month])


def _inputs(con: duckdb.DuckDBPyConnection, today: date) -> dict[str, str]:
    """Hash of forecasts and observations by year of the days forecast."""
    forecasts = dict(con.execute(_FORECASTS).fetchall())
    cities = "SELECT city_code FROM forecast.city_day"
    observed = dict(con.execute(_OBSERVED.format(cities=cities), [today]).fetchall())
    mark = standards_mark(con)
    before = {y: str(int(y) - 1) for y in forecasts}  # persistence of 1 January is of the year before
    return {y: digest(mark, f, observed.get(y), observed.get(before[y])) for y, f in forecasts.items()}


def rebuild_grids(con: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Put the files of grids together and correct every issue by the weeks before it, when either changed.

    Returns
    -------
    int
        Rows made, raw and corrected.
    """
    wanted = _grid_mark(con, as_of)
    stored = stored_periods(con, GRIDS).get("all")
    if stored == wanted:
        return 0
    with transaction(con):
        con.execute(f"DELETE FROM forecast.city_day WHERE {_GRID}")
        n = put(con, con.execute(model_sql("forecast_grid")).df())
        n += put(con, con.execute(model_sql("forecast_correction"), _PARAMETERS | {"as_of": as_of}).df())
        if wanted is None:
            drop_period(con, GRIDS, "all")
        else:
            keep_period(con, GRIDS, "all", wanted)
    return n


def _grid_mark(con: duckdb.DuckDBPyConnection, as_of: datetime) -> str | None:
    """Hash of the files of grids, of their order and of the observations; None where there are no grids."""
    files = con.execute(
        "SELECT md5(string_agg(concat_ws('|', g.sha256, g.weighting, f.path, f.modified_ns), ';'"
        " ORDER BY g.sha256, g.weighting, f.path))"
        " FROM (SELECT DISTINCT sha256, weighting FROM forecast.grid_day) g LEFT JOIN ops.source_file f USING (sha256)"
    ).fetchall()[0][0]
    if files is None:
        return None
    texts = model_sql("forecast_grid") + model_sql("forecast_correction")
    places = con.execute("SELECT value FROM ops.about WHERE key = 'forecast_places'").fetchall()
    cities = "SELECT city_code FROM forecast.grid_day"
    observed = con.execute(_OBSERVED.format(cities=cities), [as_of.date()]).fetchall()
    return digest(texts, standards_mark(con), *_PARAMETERS.values(), files, *places, *observed)


def rebuild_verification(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[str]:
    """Score the forecasts of the years whose forecasts or observations changed.

    Returns
    -------
    list of str
        Years scored again.
    """
    texts = {t: model_sql(m) for t, m in _SCORES.items()}
    inputs = _inputs(con, as_of.date())
    wanted = {year: digest(*texts.values(), mark) for year, mark in inputs.items()}
    stored = stored_periods(con, VERIFICATION)
    stale = sorted([y for y, mark in wanted.items() if stored.get(y) != mark] + [*(stored.keys() - wanted)])
    for year in stale:
        with transaction(con):
            for table in texts:
                con.execute(f"DELETE FROM {table} WHERE period[1:4] = ?", [year])
            if year not in wanted:
                drop_period(con, VERIFICATION, year)
                continue
            window = {"first": date(int(year), 1, 1), "last": date(int(year), 12, 31), "as_of": as_of}
            for table, text in texts.items():
                con.execute(f"INSERT INTO {table} BY NAME {text}", window)
            keep_period(con, VERIFICATION, year, wanted[year])
    return stale
