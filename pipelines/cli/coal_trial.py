"""What files of coal forms are checked against before they are taken in: the published copy, or a trial warehouse."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipelines.home import Home
from warehouse.store import Store, open_read_only


@contextmanager
def published(home: Home) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Give the published copy, or None where it holds no coal."""
    if not home.published.exists():
        yield None
        return
    with closing(open_read_only(home.published)) as con:
        # A copy published before this pillar was there has nothing to compare with.
        known = con.execute("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'coal'").fetchone()
        yield con if known and known[0] else None


_SHARED = """
SELECT table_name, string_agg(DISTINCT '"' || column_name || '"', ', ') FROM (
    SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'coal' AND database_name = 'before'
    INTERSECT
    SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'coal' AND database_name <> 'before'
) GROUP BY table_name ORDER BY table_name
"""


@contextmanager
def trial(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a warehouse to throw away that holds what was published, so that files given together meet each other."""
    with (
        tempfile.TemporaryDirectory(prefix="fenwei-") as folder,
        Store(Path(folder) / "trial.duckdb").writing("coal check") as con,
    ):
        if home.published.exists():
            con.execute(f"ATTACH '{str(home.published).replace(chr(39), chr(39) * 2)}' AS before (READ_ONLY)")
            for table, columns in con.execute(_SHARED).fetchall():
                con.execute(f"INSERT INTO coal.{table} ({columns}) SELECT {columns} FROM before.coal.{table}")
            con.execute("DETACH before")
        yield con
