"""Coal balances of areas, made anew from use by firm and from what areas report."""

from typing import Any

import duckdb

from warehouse.store import model_sql, one_row, replace_rows, rows_of

MODELS = ("coal_balance_firms", "coal_balance_reported")


def rebuild_balance(con: duckdb.DuckDBPyConnection) -> int:
    """Balances of all areas and periods; a pure function of the rows in force, `coal.use_month` and `coal.use_year`."""
    con.execute("DELETE FROM coal.balance")
    for model in MODELS:
        con.execute(f"INSERT INTO coal.balance BY NAME {model_sql(model)}")
    replace_rows(con, "coal.balance_few", model_sql("coal_balance_few"))
    row = one_row(con.execute("SELECT count(*) FROM coal.balance"))
    return int(row[0]) if row else 0


def query_balance(
    con: duckdb.DuckDBPyConnection, area_kind: str, area_code: str, period: str, scope: str
) -> list[dict[str, Any]]:
    """Balance of one area, period and scope as kept, item by item and origin by origin [t, tce]."""
    return rows_of(
        con,
        "SELECT * FROM coal.balance WHERE area_kind = ? AND area_code = ? AND period = ? AND scope = ?"
        " ORDER BY origin, exclusions, item",
        [area_kind, area_code, period, scope],
    )
