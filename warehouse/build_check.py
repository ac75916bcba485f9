"""Whether a build of a class holds just what it should: tables, columns, rows, comments."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.classes import Holdings
from warehouse.dictionary import CHINESE_SCHEMA
from warehouse.opening import bounded, quoted
from warehouse.parquet import BY_YEAR
from warehouse.store import StoreError, one_row

SOURCE = "everything"
"""Name under which the verified copy is attached."""

ABOUT = "ops.about"
"""Table that has one row more in a build: its class."""

_WEIGHED = ("pm25_ugm3", "co_mgm3")
"""Columns of the tables of days that are compared value by value: a month taken over wrongly shows in them."""


@contextmanager
def beside(source: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the verified copy for reading in a connection of its own, in which builds are made and looked at.

    Parameters
    ----------
    source : Path
        The verified copy that holds everything.
    folder : Path
        Where builds are made; what does not fit into memory goes there for the time.
    """
    con = bounded(folder, memory_limit="700MB")
    try:
        attach_reading(con, source, SOURCE)
        yield con
    finally:
        con.close()


def attach_reading(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Open one more file for reading."""
    con.execute(f"ATTACH '{quoted(path)}' AS {name} (READ_ONLY)")


def verify_build(con: duckdb.DuckDBPyConnection, path: Path, held: Holdings) -> dict[str, int]:
    """Open a build as a reader would, compare it with what it should hold, and return its rows.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        From `beside`.
    path : Path
        The build, closed.
    held : mapping
        What it should hold.

    Raises
    ------
    StoreError
        Tables, columns, rows or comments differ.
    """
    attach_reading(con, path, "build")
    try:
        con.execute(f"USE {SOURCE}")
        found = _columns(con)
        wanted = {t: [name for name, _ in s.columns] for t, s in held.items()}
        odd = sorted(t for t in wanted.keys() | found.keys() if wanted.get(t) != found.get(t))
        _refuse(path, odd)
        rows = _count(con, {t: f"build.{t}" for t in held})
        due = _count(con, {t: f"({s.sql})" for t, s in held.items()})
        due[ABOUT] += 1
        odd = sorted(t for t in held if rows[t] != due[t])
        odd += [t for t in BY_YEAR if t in held and _weight(con, "build", t) != _weight(con, SOURCE, t)]
        _refuse(path, odd + _bare(con))
        return rows
    finally:
        con.execute("DETACH build")


def _refuse(path: Path, odd: list[str]) -> None:
    if odd:
        raise StoreError(f"{path}: 与应有的内容不符 not what this build should hold: {', '.join(odd[:5])}")


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return dict(
        con.execute(
            "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
            " WHERE database_name = 'build' AND NOT internal AND schema_name <> ? GROUP BY ALL",
            [CHINESE_SCHEMA],
        ).fetchall()
    )


def _bare(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Columns without comment."""
    found = con.execute(
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()"
        " WHERE database_name = 'build' AND NOT internal AND schema_name <> ? AND comment IS NULL LIMIT 3",
        [CHINESE_SCHEMA],
    ).fetchall()
    return [name for (name,) in found]


def _count(con: duckdb.DuckDBPyConnection, rows: dict[str, str]) -> dict[str, int]:
    """Count the rows of several tables or queries at once."""
    counted = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {part}" for name, part in rows.items())
    return {name: int(n) for name, n in con.execute(counted).fetchall()}


def _weight(con: duckdb.DuckDBPyConnection, database: str, table: str) -> int:
    """Sum over the rows of a hash of their main values."""
    listed = ", ".join(_WEIGHED)
    row = one_row(con.execute(f"SELECT coalesce(sum(hash({listed})), 0) FROM {database}.{table}"))
    return int(row[0]) if row else 0
