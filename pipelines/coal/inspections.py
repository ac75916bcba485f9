"""Inspections of coal quality: each item against its limit, each sample's verdict, pass rates and coverage.

The rules are in ``warehouse/models``: ``coal_inspection_standard`` (which standard and grade), ``coal_inspection_item``
(each item), ``coal_inspection`` (each sample) and ``coal_inspection_rate`` (areas and periods).
"""

from datetime import date, datetime

import duckdb

from pipelines.coal.composed_sql import Rows, compose, day_of
from warehouse.store import model_sql, replace_rows, rows_of

_STANDARDS = "coal_sample_standard"


def rebuild_inspections(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> int:
    """Judge every sample taken up to a day; returns the number of samples.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Inside a transaction of the caller.
    as_of : date or datetime
        Samples, closings and register entries count up to this day.
    """
    asked = {"as_of": day_of(as_of)}
    # read by two models: computed once
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_STANDARDS} AS {model_sql('coal_inspection_standard')}", asked
    )
    parts = {"sample_standard": f"FROM {_STANDARDS}"}
    replace_rows(con, "coal.inspection_item_check", compose(parts, model_sql("coal_inspection_item")), asked)
    parts |= {"item_check": "FROM coal.inspection_item_check"}
    count = replace_rows(con, "coal.inspection_check", compose(parts, model_sql("coal_inspection")), asked)
    con.execute(f"DROP TABLE {_STANDARDS}")
    stored = {"sample_check": "FROM coal.inspection_check"}
    replace_rows(con, "coal.inspection_rate", compose(stored, model_sql("coal_inspection_rate")), asked)
    return count


def _judged_on(con: duckdb.DuckDBPyConnection, day: date) -> bool:
    """Tell whether the tables hold the verdicts of that day on every sample there is."""
    found = con.execute(
        "SELECT (SELECT count(*) FROM coal.inspection_check WHERE as_of_day = $day)"
        " = (SELECT count(DISTINCT sample_id) FROM coal.inspection WHERE sampled_on <= $day)"
        " AND (SELECT count(*) FROM coal.inspection_rate WHERE as_of_day <> $day) = 0",
        {"day": day},
    ).fetchall()
    return bool(found[0][0])


def _rows(con: duckdb.DuckDBPyConnection, as_of: date | datetime, table: str, order: str) -> Rows:
    """Rows as of a day: of the table where it was made for that day, else computed anew."""
    day = day_of(as_of)
    if _judged_on(con, day):
        return rows_of(con, f"FROM coal.{table} ORDER BY {order}")
    parts = {
        "sample_standard": model_sql("coal_inspection_standard"),
        "item_check": model_sql("coal_inspection_item"),
    }
    last = "FROM item_check"
    if table != "inspection_item_check":
        parts |= {"sample_check": model_sql("coal_inspection")}
        last = "FROM sample_check" if table == "inspection_check" else model_sql("coal_inspection_rate")
    return rows_of(con, f"{compose(parts, last)} ORDER BY {order}", {"as_of": day})


def query_inspections(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> Rows:
    """Verdict on each sample as of any day, one row a sample, by day and number; the connection may be read-only."""
    return _rows(con, as_of, "inspection_check", "sampled_on, sample_id")


def query_items(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> Rows:
    """Each item of each sample against each limit that applies, as of any day."""
    order = "sample_id, standard, grade, condition DESC, item, operator"
    return _rows(con, as_of, "inspection_item_check", order)


def query_rates(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> Rows:
    """Pass rates and sampling coverage as of any day, by area, period, stage and product."""
    order = "area_kind, area_code, period_kind, period, stage, product_type"
    return _rows(con, as_of, "inspection_rate", order)


def limit_matrix(con: duckdb.DuckDBPyConnection, day: date | datetime) -> Rows:
    """Local limits in force on a day, a row for each area, subject and item; gaps read 未查到."""
    return rows_of(con, model_sql("coal_inspection_matrix"), {"day": day_of(day)})


def published_rates(con: duckdb.DuckDBPyConnection) -> Rows:
    """Pass rates as published, beside the rate of the published counts."""
    return rows_of(con, model_sql("coal_inspection_published"))
