"""同口径企业同比与增减贡献 | year-on-year of the panel of firms, and who makes the change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.coal.industries import rebuild_industries
from pipelines.coal.targets import last_finished_month
from warehouse.store import model_sql, one_row, rows_of

FIRMS_LISTED = 20
"""Firms of a city listed by name in the contributions; the others make one row."""


def rebuild_panel(con: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Replace ``coal.panel`` and the contributions, months up to the last finished one; returns rows of the panel.

    The caller owns the transaction.
    """
    month = last_finished_month(as_of)
    con.execute("DELETE FROM coal.contribution")
    con.execute("DELETE FROM coal.panel")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE panel_firm AS {model_sql('coal_panel_firm')}", {"as_of_month": month}
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE panel_rule AS {model_sql('coal_panel_rule')}", {"as_of_month": month}
    )
    con.execute(f"INSERT INTO coal.panel BY NAME {model_sql('coal_panel')}")
    con.execute(
        f"INSERT INTO coal.contribution BY NAME {model_sql('coal_contribution')}", {"n_firms": FIRMS_LISTED}
    )
    rebuild_industries(con)
    con.execute("DROP TABLE panel_firm")
    con.execute("DROP TABLE panel_rule")
    row = one_row(con.execute("SELECT count(*) FROM coal.panel"))
    return int(row[0]) if row else 0


def query_panel(
    con: duckdb.DuckDBPyConnection,
    as_of: datetime | date,
    *,
    areas: Collection[str] | None = None,
    year: int | None = None,
    latest: bool = True,
) -> list[dict[str, Any]]:
    """Return rows of ``coal.panel`` as of a moment, of the last period of each kind or of all.

    A row tells of its own period only, so rows of an earlier as-of are those of the months before it.
    """
    return _query(
        con, "coal.panel", as_of, areas, year, latest, "scope, scope_rule, period_kind, panel_group"
    )


def query_contribution(
    con: duckdb.DuckDBPyConnection,
    as_of: datetime | date,
    *,
    areas: Collection[str] | None = None,
    year: int | None = None,
    latest: bool = True,
) -> list[dict[str, Any]]:
    """Return rows of ``coal.contribution`` as of a moment, the largest change of an area first."""
    return _query(con, "coal.contribution", as_of, areas, year, latest, "scope, scope_rule, rank")


def _query(
    con: duckdb.DuckDBPyConnection,
    table: str,
    as_of: datetime | date,
    areas: Collection[str] | None,
    year: int | None,
    latest: bool,
    order: str,
) -> list[dict[str, Any]]:
    sql = f"""
    SELECT * EXCLUDE (last_month) FROM (
        SELECT *, left(period, 5) || right(period, 2) AS last_month FROM {table}
        WHERE left(period, 5) || right(period, 2) <= $month AND ($year IS NULL OR left(period, 4) = CAST($year AS VARCHAR))
            AND ($areas IS NULL OR list_contains($areas, area_code))
    )
    QUALIFY NOT $latest OR last_month = max(last_month) OVER ()
    ORDER BY area_kind, area_code, last_month, {order}
    """
    asked = {
        "month": last_finished_month(as_of),
        "year": year,
        "areas": None if areas is None else sorted(areas),
        "latest": latest,
    }
    return rows_of(con, sql, asked)
