"""Coal use by firm, month and year, made anew from the rows in force."""

from typing import Any

import duckdb

from warehouse.store import model_sql, one_row


def rebuild(con: duckdb.DuckDBPyConnection, table: str, model: str) -> int:
    """Fill a table anew from its model and return the number of rows; the caller owns the transaction."""
    con.execute(f"DELETE FROM {table}")
    con.execute(f"INSERT INTO {table} BY NAME {model_sql(model)}")
    row = one_row(con.execute(f"SELECT count(*) FROM {table}"))
    return int(row[0]) if row else 0


def rebuild_use_month(con: duckdb.DuckDBPyConnection) -> int:
    """Use of every firm, month and product; a pure function of the rows in force and the facts."""
    return rebuild(con, "coal.use_month", "coal_use_month")


def rebuild_use_year(con: duckdb.DuckDBPyConnection) -> int:
    """Use of every firm, year and product, from `rebuild_use_month` and the annual form."""
    return rebuild(con, "coal.use_year", "coal_use_year")


def query_use_month(con: duckdb.DuckDBPyConnection, credit_code: str) -> list[dict[str, Any]]:
    """Months of one firm, computed by the same model, on any connection."""
    result = con.execute(
        f"SELECT * FROM ({model_sql('coal_use_month')}) WHERE credit_code = ? ORDER BY month, product",
        [credit_code],
    )
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
