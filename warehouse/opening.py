"""How database files are opened for writing: with bounded memory, in a format that older tools read."""

from pathlib import Path

import duckdb

STORAGE_VERSION = "v1.5.0"
"""Files are written so that DuckDB 1.5 tools can open them, whatever version writes."""


def bounded(folder: Path, *, memory_limit: str = "1GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Open a database in memory with bounded memory; what does not fit is put into a folder for the time."""
    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit='{memory_limit}'")
    con.execute(f"SET threads={int(threads)}")
    con.execute("SET enable_progress_bar=false")
    # by default every 16 MB of log rewrites the file, which a night's many small transactions would pay again and again
    con.execute("SET wal_autocheckpoint='256MB'")
    con.execute(f"SET temp_directory='{quoted(folder / 'tmp')}'")
    return con


def attach(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Open a file for writing as ``fenwei`` of a connection, in the 1.5 storage format where it is new."""
    con.execute(f"ATTACH '{quoted(path)}' AS fenwei (STORAGE_VERSION '{STORAGE_VERSION}')")
    con.execute("USE fenwei")


def quoted(path: Path) -> str:
    """A path as it stands between single quotes in SQL."""
    return str(path).replace("'", "''")
