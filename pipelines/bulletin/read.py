"""Queries of the bulletins, and what of a published build they can read."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.store import rows_of

_FOLDER = Path(__file__).parent / "queries"


@cache
def query(name: str) -> str:
    """Text of a query."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(con: duckdb.DuckDBPyConnection, name: str, **values: Any) -> list[dict[str, Any]]:
    """Run a query; only the values that it names are given to it."""
    sql = query(name)
    return rows_of(con, sql, {key: value for key, value in values.items() if f"${key}" in sql})


def holds(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Tell whether this build holds a table; one of a lower class may not."""
    schema, name = table.split(".")
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", [schema, name]
    ).fetchone()
    return bool(found and found[0])
