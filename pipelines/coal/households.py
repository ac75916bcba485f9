"""Household replacement of scattered coal: progress by area and year, issues by village.

The rules are in ``warehouse/models``: ``coal_household_village`` (villages, visits, ledger), ``coal_household_progress``
(areas, schedule) and ``coal_household_issue`` (what is wrong in which village).
"""

from datetime import date, datetime

import duckdb

from pipelines.coal.composed_sql import Rows, compose, day_of
from warehouse.store import model_sql, replace_rows, rows_of


def _progress() -> str:
    village = {"village_year": model_sql("coal_household_village")}
    return compose(village, model_sql("coal_household_progress"))


def rebuild_households(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> int:
    """Compute the progress of every area and year as of a day; returns the number of rows.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Inside a transaction of the caller.
    as_of : date or datetime
        Visits and removals count up to this day; the schedule is that of its whole months.
    """
    return replace_rows(con, "coal.household_progress", _progress(), {"as_of": day_of(as_of)})


def query_households(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> Rows:
    """Progress as of any day, one row for each area, year and terrain; the connection may be read-only."""
    order = " ORDER BY area_kind, area_code, stat_year, terrain"
    return rows_of(con, _progress() + order, {"as_of": day_of(as_of)})


def make_households(con: duckdb.DuckDBPyConnection, as_of: date | datetime, name: str) -> None:
    """Make a temporary table of the progress as of a day, from the stored rows where they are of that day."""
    day = day_of(as_of)
    stored = con.execute(
        "SELECT 1 FROM coal.household_progress WHERE as_of_day = ? LIMIT 1", [day]
    ).fetchone()
    sql = "FROM coal.household_progress WHERE as_of_day = $as_of" if stored else _progress()
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", {"as_of": day})


def query_household_issues(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> Rows:
    """What is wrong in which village and year, one row for each issue."""
    village = {"village_year": model_sql("coal_household_village")}
    return rows_of(con, compose(village, model_sql("coal_household_issue")), {"as_of": day_of(as_of)})
