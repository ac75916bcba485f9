"""Coal use by firm, month and year, made anew from the rows in force."""

from typing import Any

import duckdb

from warehouse.store import model_sql, replace_rows, rows_of


def rebuild_use_month(con: duckdb.DuckDBPyConnection) -> int:
    """Use of every firm, month and product; a pure function of the rows in force and the facts."""
    return replace_rows(con, "coal.use_month", model_sql("coal_use_month"))


def rebuild_use_year(con: duckdb.DuckDBPyConnection) -> int:
    """Use of every firm, year and product, from `rebuild_use_month` and the annual form."""
    return replace_rows(con, "coal.use_year", model_sql("coal_use_year"))


def query_use_month(con: duckdb.DuckDBPyConnection, credit_code: str) -> list[dict[str, Any]]:
    """Months of one firm, computed by the same model, on any connection."""
    return rows_of(
        con,
        f"SELECT * FROM ({model_sql('coal_use_month')}) WHERE credit_code = ? ORDER BY month, product",
        [credit_code],
    )
