"""Days of cities and assessment units, a calendar month at a time, where their inputs changed."""

import hashlib
from datetime import date, timedelta

import duckdb

from warehouse.store import model_sql, transaction

CITY_DAY = "air.city_day"
LONGEST_RUN = 24

_INPUTS = """
WITH part AS (
    SELECT strftime(day, '%Y-%m') AS month, 'd' || day || input_hash AS part
    FROM ops.day_state WHERE table_name = $station_tables
    UNION ALL
    SELECT strftime(day, '%Y-%m'), 'r' || md5(r::VARCHAR) FROM air.reviewed_day r
    UNION ALL
    SELECT strftime(hour_end - INTERVAL 1 HOUR, '%Y-%m'), 's' || area_code || hour_end || coalesce(document_no, '')
    FROM air.dust_hour
)
SELECT month, md5(string_agg(part, '|' ORDER BY part)) FROM part GROUP BY month ORDER BY month
"""

_AREAS = (
    ("air.city_day", "city_code", "ref.city"),
    ("air.unit_day", "unit_id", "ref.assessment_unit"),
)


def month_inputs(con: duckdb.DuckDBPyConnection, fingerprint: str) -> dict[str, str]:
    """Hash of what each month's city days are computed from."""
    rows = con.execute(_INPUTS, {"station_tables": "air.station_hour"}).fetchall()
    return {
        month: hashlib.sha256(f"{digest}|{fingerprint}".encode()).hexdigest()[:32] for month, digest in rows
    }


def stored_periods(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Hash each period of a table was last computed from."""
    return dict(
        con.execute(
            "SELECT period, input_hash FROM ops.period_state WHERE table_name = ?", [table]
        ).fetchall()
    )


def keep_period(con: duckdb.DuckDBPyConnection, table: str, period: str, input_hash: str) -> None:
    """Note what a period of a table was computed from; the caller owns the transaction."""
    con.execute("INSERT OR REPLACE INTO ops.period_state VALUES (?, ?, ?)", [table, period, input_hash])


def drop_period(con: duckdb.DuckDBPyConnection, table: str, period: str) -> None:
    """Forget a period whose inputs are gone; the caller owns the transaction."""
    con.execute("DELETE FROM ops.period_state WHERE table_name = ? AND period = ?", [table, period])


def month_bounds(month: str) -> tuple[date, date]:
    """First and last day of ``yyyy-mm``."""
    first = date(int(month[:4]), int(month[5:]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def stale_months(con: duckdb.DuckDBPyConnection, fingerprint: str) -> dict[str, str]:
    """Months to compute again with the hash of their inputs, empty for a month whose inputs are gone."""
    stored, wanted = stored_periods(con, CITY_DAY), month_inputs(con, fingerprint)
    gone = dict.fromkeys(stored.keys() - wanted.keys(), "")
    return {m: h for m, h in wanted.items() if stored.get(m) != h} | gone


def _runs(months: list[str]) -> list[list[str]]:
    """Consecutive months together, at most two years at once: planning the query costs more than a month's rows."""
    runs: list[list[str]] = []
    for month in months:
        follows = runs and month_bounds(month)[0] == month_bounds(runs[-1][-1])[1] + timedelta(days=1)
        if follows and len(runs[-1]) < LONGEST_RUN:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def rebuild_city_days(con: duckdb.DuckDBPyConnection, fingerprint: str) -> list[str]:
    """Compute city and unit days of every month whose inputs changed; one transaction a run of months."""
    stale = stale_months(con, fingerprint)
    for run in _runs(sorted(stale)):
        first, last = month_bounds(run[0])[0], month_bounds(run[-1])[1]
        with transaction(con):
            for table, area, areas in _AREAS:
                sql = model_sql("city_day").format(area=area, areas=areas)
                con.execute(f"DELETE FROM {table} WHERE day BETWEEN ? AND ?", [first, last])
                con.execute(f"INSERT INTO {table} BY NAME {sql}", {"first": first, "last": last})
            for month in run:
                if stale[month]:
                    keep_period(con, CITY_DAY, month, stale[month])
                else:
                    drop_period(con, CITY_DAY, month)
    return sorted(stale)
