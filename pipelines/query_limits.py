"""What bounds an analyst's query: memory, threads, disk and time; and which statements are queries at all."""

import atexit
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb

from pipelines.home import Home, Settings
from warehouse.store import open_read_only

SPILL_MB = 2000
"""Disk that a query may take for what does not fit into memory [MB]."""

_AGAIN_S = 0.05

_QUERIES = {
    "SELECT",
    "EXPLAIN",
    "MULTI",
    "RELATION",
    "PREPARE",
    "EXECUTE",
    "PRAGMA",
    "SET",
    "VARIABLE_SET",
    "CREATE",
}
_FILES = {"COPY", "EXPORT", "LOAD", "ATTACH", "DETACH", "COPY_DATABASE", "UPDATE_EXTENSIONS", "EXTENSION"}

# Logging can be pointed at a file; what it then does to the session is not undone by a refusal. `query` hides text.
_LOGGING = re.compile(
    r'\b(?:enable|disable|truncate)_(?:duckdb_)?log\w*|\bquery(?:_table)?"?\s*\(', re.IGNORECASE
)


class RefusedError(ValueError):
    """A statement that is no query."""


class TooSlowError(ValueError):
    """A query took longer than it may."""


def bounds(settings: Settings) -> dict[str, str]:
    """Settings of a connection for queries; they cannot be changed once it is open."""
    return {
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": _spill_folder(),
        "max_temp_directory_size": f"{SPILL_MB}MB",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }


@cache
def _spill_folder() -> str:
    """A folder of this process: beside the published file nothing is ever written."""
    folder = tempfile.mkdtemp(prefix="fenwei-sql-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def open_for_query(home: Home, klass: str) -> duckdb.DuckDBPyConnection:
    """Open the published copy of a class as ``fenwei sql`` does."""
    return open_read_only(home.build(klass), bounds(home.settings))


def refuse_others(sql: str, kinds: list[str]) -> None:
    """Let nothing through that is no query.

    Parameters
    ----------
    sql : str
    kinds : list of str
        Kind of each of its statements, as the database names them.

    Raises
    ------
    RefusedError
        A statement would write, reach outside, or change the session.
    """
    for kind in kinds:
        if kind in _FILES or kind == "???":
            raise RefusedError(
                f"查询不能读写文件、网络或扩展（{kind}）；保存结果用 --to 文件"
                f" | a query reaches no files, no network and no extensions ({kind}); --to FILE keeps a result"
            )
        if kind not in _QUERIES:
            raise RefusedError(
                f"只读的发布副本，只能查询（{kind}）"
                f" | this is a read-only published copy: it takes queries only ({kind})"
            )
    if _LOGGING.search(sql):
        raise RefusedError(
            "查询中不能用 enable_logging、query 等函数"
            " | functions such as enable_logging and query cannot be used in a query"
        )


class Budget:
    """Time that a query may take while the database works on it; time to read what it printed does not count.

    Parameters
    ----------
    seconds : float
        0: without limit.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.left = seconds

    @contextmanager
    def working(self, con: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Interrupt the database when the time is over.

        Raises
        ------
        TooSlowError
            It was.
        KeyboardInterrupt
            The user stopped it.
        """
        over, done = threading.Event(), threading.Event()

        def watch() -> None:
            if done.wait(max(self.left, 0.001)):
                return
            over.set()
            # One interruption can be lost where the database is between two pieces of work.
            while not done.wait(_AGAIN_S):
                con.interrupt()

        watcher = threading.Thread(target=watch, daemon=True)
        if self.seconds:
            watcher.start()
        begun = time.monotonic()
        try:
            yield
        except (duckdb.InterruptException, RuntimeError) as error:
            if over.is_set():
                raise TooSlowError(
                    f"查询超过 {self.seconds:g} 秒，已停止；请缩小范围，或用 --timeout 放宽"
                    f" | the query was stopped after {self.seconds:g} s: ask for less, or allow more with --timeout"
                ) from None
            if isinstance(error, duckdb.InterruptException) or "interrupted" in str(error):
                # The client has given up; its workers have not been told yet, and the next query would wait for them.
                con.interrupt()
                raise KeyboardInterrupt from None
            raise
        finally:
            done.set()
            if self.seconds:
                watcher.join()
            self.left -= time.monotonic() - begun
