"""规上工业非电煤预警 | monthly early warning for coal of above-scale industry without power."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.coal.targets import last_finished_month
from warehouse.store import model_sql, replace_rows, rows_of

LEVELS = ("green", "yellow", "orange", "red")


def rebuild_early_warning(con: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Replace ``coal.early_warning`` from ``coal.panel``; the caller owns the transaction."""
    asked = {"as_of_month": last_finished_month(as_of)}
    return replace_rows(con, "coal.early_warning", model_sql("coal_early_warning"), asked)


def query_early_warning(
    con: duckdb.DuckDBPyConnection,
    as_of: datetime | date,
    *,
    areas: Collection[str] | None = None,
    year: int | None = None,
    latest: bool = True,
) -> list[dict[str, Any]]:
    """Return early warnings as of a moment, the last month or all, every rule of non-power side by side."""
    sql = f"""
    SELECT * FROM ({model_sql("coal_early_warning")})
    WHERE ($year IS NULL OR left(month, 4) = CAST($year AS VARCHAR)) AND ($areas IS NULL OR list_contains($areas, area_code))
    QUALIFY NOT $latest OR month = max(month) OVER ()
    ORDER BY area_kind, area_code, month, is_default DESC, scope_rule
    """
    asked = {
        "as_of_month": last_finished_month(as_of),
        "year": year,
        "areas": None if areas is None else sorted(areas),
        "latest": latest,
    }
    return rows_of(con, sql, asked)
