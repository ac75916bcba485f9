"""The only module that opens the warehouse file for writing.

Short transactions, one writer (an OS lock), a schema that is the contract. Readers use the published copy instead.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import standards
from warehouse.lock import file_lock
from warehouse.opening import attach, bounded
from warehouse.reference import load_reference

SCHEMA_FOLDER = Path(__file__).parent / "schema"
MODELS_FOLDER = Path(__file__).parent / "models"


class StoreError(RuntimeError):
    """The warehouse file cannot be used as it is."""


@cache
def schema_sql() -> str:
    """All DDL in order: reference, operations, air, coal, forecasts, emergency, macros."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(SCHEMA_FOLDER.glob("*.sql")))


@cache
def model_sql(name: str) -> str:
    """Text of one model in ``warehouse/models``."""
    return (MODELS_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def models_fingerprint() -> str:
    """Hash of all models, so that a changed model computes its tables again."""
    texts = [p.name + p.read_text(encoding="utf-8") for p in sorted(MODELS_FOLDER.glob("*.sql"))]
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:16]


def schema_fingerprint() -> str:
    """Hash of the schema and the standards a warehouse file was made with."""
    return hashlib.sha256((schema_sql() + standards.fingerprint()).encode()).hexdigest()[:16]


def connect(path: Path, *, memory_limit: str = "1GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file for writing with bounded memory; a new file gets the 1.5 storage format."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    con = bounded(path.parent, memory_limit=memory_limit, threads=threads)
    attach(con, path)
    return con


def one_row(result: duckdb.DuckDBPyConnection) -> tuple[Any, ...] | None:
    """First row of a result, or None; the rest is read too, since from DuckDB 2.0 an open result bars the connection."""
    rows = result.fetchall()
    return rows[0] if rows else None


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
    """Return the rows of a query as dicts by column name."""
    found = con.execute(sql, parameters) if parameters is not None else con.execute(sql)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def replace_rows(con: duckdb.DuckDBPyConnection, table: str, sql: str, parameters: Any = None) -> int:
    """Fill a derived table anew from a query and return its number of rows; the caller owns the transaction."""
    con.execute(f"DELETE FROM {table}")
    insert = f"INSERT INTO {table} BY NAME\n{sql}"
    counted = con.execute(insert, parameters) if parameters is not None else con.execute(insert)
    return int(counted.fetchall()[0][0])


@contextmanager
def detached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Close the file of an open connection while the block runs, and open it again whatever happens."""
    con.execute("USE memory")
    con.execute("DETACH fenwei")
    try:
        yield
    finally:
        attach(con, path)


def another(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to the same open file, for use in another thread."""
    database = one_row(con.execute("SELECT current_database()"))
    cursor = con.cursor()
    cursor.execute(f'USE "{database[0] if database else "fenwei"}"')
    return cursor


def open_read_only(path: Path, settings: Mapping[str, str] | None = None) -> duckdb.DuckDBPyConnection:
    """Open a published file for reading only; it can neither write nor reach files or the network.

    Parameters
    ----------
    path : Path
        The file.
    settings : mapping, optional
        More settings of the connection, such as a limit of memory; nothing can change them once it is open.
    """
    shut = {"enable_external_access": "false", "lock_configuration": "true"}
    if not settings:
        return duckdb.connect(str(path), read_only=True, config=dict(shut))
    # One after the other: given all together, it is left to chance whether the door is shut first.
    con = duckdb.connect(str(path), read_only=True)
    try:
        for name, value in {**settings, **shut}.items():
            con.execute(f"SET {name} = '{value.replace(chr(39), chr(39) * 2)}'")
    except BaseException:
        con.close()
        raise
    return con


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Commit the block as a whole, or leave everything as it was."""
    con.begin()
    try:
        yield con
    except BaseException:
        con.rollback()
        raise
    con.commit()


class Store:
    """A warehouse file and its lock.

    Parameters
    ----------
    path : Path
        The warehouse file.
    wait_s : float
        How long to wait for another writer [s].
    """

    def __init__(self, path: Path, *, wait_s: float = 60.0, memory_limit: str = "1GB", threads: int = 2):
        self.path = path
        self.wait_s = wait_s
        self.memory_limit = memory_limit
        self.threads = threads

    @property
    def lock_path(self) -> Path:
        """The file whose lock guards every writer."""
        return self.path.with_suffix(".lock")

    @contextmanager
    def writing(self, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file for a writer, schema in place, and close it again.

        Within `keep_open` the file stays open from one step to the next.

        Raises
        ------
        warehouse.lock.LockedError
            Another writer kept the lock for longer than ``wait_s``.
        StoreError
            The file was made with other columns than this version has.
        """
        held = _held.get(self.path)
        if held is not None:
            yield held
            return
        with file_lock(self.lock_path, what, self.wait_s):
            con = connect(self.path, memory_limit=self.memory_limit, threads=self.threads)
            try:
                prepare(con)
                yield con
            finally:
                close(con)


_held: dict[Path, duckdb.DuckDBPyConnection] = {}


@contextmanager
def keep_open(store: Store, what: str) -> Iterator[None]:
    """Keep a warehouse open while the block runs, so that the steps of one process share the connection.

    Every step still commits its own transactions; a crash loses none of them.
    """
    with store.writing(what) as con:
        _held[store.path] = con
        try:
            yield
        finally:
            del _held[store.path]


def close(con: duckdb.DuckDBPyConnection) -> None:
    """Close a file opened by `connect` with everything in it and no log beside it."""
    try:
        con.execute("USE memory")
        con.execute("DETACH DATABASE IF EXISTS fenwei")
    finally:
        con.close()


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema, the macros and the reference tables of an open file up to this version."""
    wanted = schema_fingerprint()
    if _about(con, "schema") == wanted:
        return
    with transaction(con):
        con.execute(schema_sql())
        load_reference(con)
        _check_columns(con)
        con.execute("INSERT OR REPLACE INTO ops.about VALUES ('schema', ?)", [wanted])


def _about(con: duckdb.DuckDBPyConnection, key: str) -> str | None:
    exists = one_row(
        con.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
            " AND schema_name = 'ops' AND table_name = 'about'"
        )
    )
    if not exists or not exists[0]:
        return None
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = ?", [key]))
    return row[0] if row else None


def _check_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file whose tables have other columns than the contract."""
    found = _columns(con)
    for table, columns in _contract_columns().items():
        if found.get(table) != columns:
            odd = sorted(set(found.get(table, [])) ^ set(columns))
            raise StoreError(
                f"{table}: 列与本版本不符 columns differ from this version: {', '.join(odd)}。"
                "请移走 warehouse/fenwei.duckdb 后重新运行，数据会从来源文件重建 "
                "move warehouse/fenwei.duckdb away and run again: it is rebuilt from the landed files"
            )


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Name and type of the columns of every table."""
    return dict(
        con.execute(
            "SELECT schema_name || '.' || table_name, list(column_name || ' ' || data_type ORDER BY column_index)"
            " FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal"
            " AND schema_name IN ('ref', 'ops', 'air', 'coal', 'forecast', 'emergency') GROUP BY ALL"
        ).fetchall()
    )


@cache
def _contract_columns() -> dict[str, list[str]]:
    with duckdb.connect() as contract:
        contract.execute(schema_sql())
        return _columns(contract)


BATCH_ROWS = 122_880
"""Rows of one DuckDB row group: Arrow batches of this size are read by several threads at once."""


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> int:
    """Append rows by column name and return their number.

    A text column that says the same word in every row goes in as a literal: it costs nothing then.
    """
    constants = {name: word for name in rows.column_names if (word := _only_word(rows[name])) is not None}
    varying = rows.drop_columns(list(constants)) if len(constants) < rows.num_columns else rows
    con.register(
        "incoming", pa.Table.from_batches(varying.to_batches(max_chunksize=BATCH_ROWS), varying.schema)
    )
    literals = "".join(f", ${i} AS {name}" for i, name in enumerate(constants, start=1))
    con.execute(f"INSERT INTO {table} BY NAME SELECT *{literals} FROM incoming", list(constants.values()))
    con.unregister("incoming")
    return int(rows.num_rows)


def _only_word(column: pa.ChunkedArray) -> str | None:
    """The one word of a dictionary column whose dictionary has no other, and which has no NULL."""
    if not pa.types.is_dictionary(column.type) or column.null_count or column.num_chunks != 1:
        return None
    words = column.chunk(0).dictionary
    return str(words[0]) if len(words) == 1 else None
