"""统一监测：按月的完整性、缺口与质量 | unified monitoring: completeness, gaps and quality by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from warehouse.store import model_sql, one_row


def rebuild_monitoring(con: duckdb.DuckDBPyConnection, months: Iterable[date]) -> int:
    """Replace the months of ``air.monitoring_month`` and of its sums by province that hold the given days.

    The caller owns the transaction.

    Parameters
    ----------
    months : iterable of date
        Any days; each month they touch is made anew from the station hours of that month alone.

    Returns
    -------
    int
        Number of city rows written.
    """
    n_rows = 0
    for month in sorted({day.replace(day=1) for day in months}):
        name = f"{month:%Y-%m}"
        con.execute("DELETE FROM air.monitoring_month WHERE month = ?", [name])
        con.execute(
            f"INSERT INTO air.monitoring_month BY NAME {model_sql('monitoring_month')}", {"month": month}
        )
        con.execute("DELETE FROM air.monitoring_province_month WHERE month = ?", [name])
        con.execute(
            f"INSERT INTO air.monitoring_province_month BY NAME {model_sql('monitoring_province_month')}",
            {"month": name},
        )
        row = one_row(con.execute("SELECT count(*) FROM air.monitoring_month WHERE month = ?", [name]))
        n_rows += int(row[0]) if row else 0
    return n_rows
