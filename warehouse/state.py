"""The only opener of ``<home>/state.sqlite``: decisions, warnings and mail of people, never rebuilt from data.

Tables come from ``schema/state/NNN_name.sql``, each applied once per file, in order of its number. Transactions are short;
two processes at once wait for each other.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from time import monotonic, sleep

MIGRATIONS_FOLDER = Path(__file__).parent / "schema" / "state"
BUSY_S = 30.0
"""How long a process waits for another one's transaction [s]."""
_NAME = re.compile(r"(\d{3})_([a-z_]+)\.sql", re.ASCII)
_LEDGER = "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"


class StateError(RuntimeError):
    """The state file cannot be used as it is."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the state file for one consistent look; where there is none yet, an empty one in memory is looked at."""
    with _transaction(path if path.exists() else None, "BEGIN") as con:
        yield con


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the state file for one transaction that holds the write lock from its first statement.

    What was read inside is still true when it ends: a decision may be checked and then written. An exception, or the
    death of the process, leaves the file as it was before.
    """
    with _transaction(path, "BEGIN IMMEDIATE") as con:
        yield con


@contextmanager
def _transaction(path: Path | None, begin: str) -> Iterator[sqlite3.Connection]:
    with closing(_open(path)) as con:
        con.execute(begin)
        try:
            yield con
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    con = sqlite3.connect(path or ":memory:", timeout=BUSY_S, isolation_level=None)
    try:
        con.row_factory = sqlite3.Row
        con.execute("PRAGMA foreign_keys=ON")
        con.execute("PRAGMA synchronous=FULL")
        if path is not None:
            _log_ahead(con)
        _migrate(con, path)
    except sqlite3.DatabaseError as error:
        con.close()
        raise StateError(f"{path}: 无法打开 cannot be opened: {error}") from error
    except BaseException:
        con.close()
        raise
    return con


def _log_ahead(con: sqlite3.Connection) -> None:
    """Have writers and readers not wait for each other; kept in the file, so it is done once.

    SQLite does not wait here as it does elsewhere: two processes that open a new file at once could wait for ever.
    """
    until = monotonic() + BUSY_S
    while con.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            con.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.02)


@cache
def _migrations() -> dict[int, tuple[str, tuple[str, ...]]]:
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    for file in sorted(MIGRATIONS_FOLDER.glob("*.sql")):
        named = _NAME.fullmatch(file.name)
        if named is None or int(named[1]) in found:
            raise StateError(
                f"{file.name}: 应为 NNN_name.sql 且编号唯一 | expected NNN_name.sql, one a number"
            )
        found[int(named[1])] = (named[2], _statements(file.read_text(encoding="utf-8")))
    return found


def _statements(sql: str) -> tuple[str, ...]:
    """Split a script at the semicolons that end a statement, so that triggers stay whole."""
    done, open_part = [], ""
    for part in sql.split(";")[:-1]:
        open_part += part + ";"
        if sqlite3.complete_statement(open_part):
            done.append(open_part.strip())
            open_part = ""
    return tuple(done)


def _applied(con: sqlite3.Connection) -> set[int]:
    if not con.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'").fetchone():
        return set()
    return {int(row[0]) for row in con.execute("SELECT version FROM migration")}


def _migrate(con: sqlite3.Connection, path: Path | None) -> None:
    """Bring a file to what this version of the system needs; a file of a newer one is left alone."""
    known, applied = _migrations(), _applied(con)
    if strange := sorted(applied - known.keys()):
        raise StateError(
            f"{path}: 由较新版本写入（{strange}），请升级系统 | written by a newer version, upgrade the system"
        )
    if not known.keys() - applied:
        return
    con.execute("BEGIN IMMEDIATE")
    try:
        con.execute(_LEDGER)
        for version in sorted(known.keys() - _applied(con)):
            name, statements = known[version]
            for statement in statements:
                con.execute(statement)
            con.execute("INSERT INTO migration VALUES (?, ?, datetime('now', 'localtime'))", (version, name))
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
