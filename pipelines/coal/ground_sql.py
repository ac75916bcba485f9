"""What the judging of inspections, households and emissions shares: models put together, rows read, tables replaced."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import duckdb

Rows = list[dict[str, Any]]


def compose(parts: Mapping[str, str], last: str) -> str:
    """Put a query behind named parts, each computed once however often it is read.

    Parameters
    ----------
    parts : Mapping[str, str]
        Name by which later parts and the query read a part, and its SQL.
    last : str
        The query itself; it may begin with ``WITH``.
    """
    named = ",\n".join(f"{name} AS MATERIALIZED (\n{sql}\n)" for name, sql in parts.items())
    return f"WITH {named}\nFROM (\n{last}\n)"


def rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None) -> Rows:
    """Rows of a query as dicts by column name."""
    found = con.execute(sql, dict(parameters)) if parameters else con.execute(sql)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def replace(
    con: duckdb.DuckDBPyConnection, table: str, sql: str, parameters: Mapping[str, Any] | None = None
) -> int:
    """Fill a derived table anew from a query; returns its number of rows."""
    con.execute(f"DELETE FROM {table}")
    insert = f"INSERT INTO {table} BY NAME\n{sql}"
    counted = (con.execute(insert, dict(parameters)) if parameters else con.execute(insert)).fetchall()
    return int(counted[0][0])


def day_of(as_of: date | datetime) -> date:
    """The as-of day; what happens later on it makes no difference."""
    return as_of.date() if isinstance(as_of, datetime) else as_of
