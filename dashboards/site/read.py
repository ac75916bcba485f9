"""Queries of the page, one SQL file each, run against the published database it is given."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

QUERIES = Path(__file__).parent / "queries"
_HEAD = re.compile(r"^-- (columns|optional): (.+)$", re.MULTILINE)


class QueryError(ValueError):
    """A query file cannot be used."""


@cache
def query(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Text, columns and optional tables of a query.

    The file says ``-- columns: a, b`` and, for tables that builds of a lower class do not hold,
    ``-- optional: schema.table, …``: without them, or without one of their columns, the answer has no rows.

    Raises
    ------
    QueryError
        The file does not name its columns.
    """
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    said = {key: tuple(part.strip() for part in value.split(",")) for key, value in _HEAD.findall(text)}
    if "columns" not in said:
        raise QueryError(f"{name}.sql: 缺少 lacks a line “-- columns: …”")
    return text, said["columns"], said.get("optional", ())


def has_table(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Tell whether the database holds a table or view."""
    schema, _, table = name.partition(".")
    found = con.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
        [schema, table],
    ).fetchall()
    return bool(found[0][0])


def read(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> pd.DataFrame:
    """Run a query and give its rows with the columns its file names.

    Raises
    ------
    QueryError
        Its columns are not those it names.
    """
    text, columns, optional = query(name)
    if any(not has_table(con, table) for table in optional):
        return pd.DataFrame(columns=list(columns))
    try:
        frame = con.execute(text, parameters or None).df()
    except duckdb.BinderException:
        if optional:
            return pd.DataFrame(columns=list(columns))
        raise
    if tuple(frame.columns) != columns:
        raise QueryError(f"{name}.sql: 列 columns {tuple(frame.columns)} ≠ {columns}")
    return frame
