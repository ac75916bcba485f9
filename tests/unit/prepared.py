"""A warehouse with schema and facts, made once in each process: making it costs more than most tests, copying it little."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from warehouse.store import connect, prepare


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fenwei-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    con = connect(folder / "prepared.duckdb")
    prepare(con)
    con.execute("USE memory; DETACH fenwei")
    con.close()
    return folder


def prepared_at(path: Path) -> Path:
    """Put a prepared warehouse file there."""
    return Path(shutil.copyfile(_folder() / "prepared.duckdb", path))


def fresh() -> duckdb.DuckDBPyConnection:
    """Open a prepared warehouse that nobody else sees; its file is gone when it is closed."""
    with tempfile.NamedTemporaryFile(dir=_folder(), suffix=".duckdb") as file:
        # a handful of rows: more threads only cost time
        return duckdb.connect(prepared_at(Path(file.name)), config={"threads": "1"})
