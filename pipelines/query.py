"""Analysts' questions to the published copy: run a query, name its columns, tell its errors in one line."""

from datetime import datetime
from typing import Any

import duckdb

from dashboards.tables.model import Rows
from pipelines.home import BEIJING, Home
from warehouse.publish import current_version


class QueryError(ValueError):
    """A query that cannot be run, told in one line."""


_REFUSALS = (
    (
        ("read-only mode",),
        "只读的发布副本，不能写入",
        "this is a read-only published copy: nothing can be written",
    ),
    (
        ("disabled by configuration", "disabled through configuration", "Loading external extensions"),
        "查询不能访问文件、网络或扩展",
        "a query reaches no files, no network and no extensions",
    ),
    (("configuration has been locked",), "设置已锁定，不能更改", "settings are locked"),
)


def one_line(error: duckdb.Error) -> str:
    """Tell a database error in one line, Chinese first."""
    message = str(error)
    first = " ".join(message.split("\n\n", 1)[0].split())
    for signs, zh, en in _REFUSALS:
        if any(sign in message for sign in signs):
            return f"{zh} | {en}（{first}）"
    return f"查询有误 | the query cannot be run: {first}"


def run_query(con: duckdb.DuckDBPyConnection, sql: str, about: dict[str, Any]) -> Rows:
    """Run a query on the published copy and return its rows, still unread.

    Several statements separated by ``;`` are run in order; the rows are those of the last.

    Raises
    ------
    QueryError
        It is empty, or the database refuses it.
    """
    try:
        statements = con.extract_statements(sql)
        if not statements:
            raise QueryError("查询为空 | the query is empty")
        cursor = con.execute(sql)
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from None
    described = cursor.description or []
    return Rows([str(d[0]) for d in described], [str(d[1]) for d in described], _Reading(cursor), about)


class _Reading:
    """A cursor whose late errors are told like early ones."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection):
        self.cursor = cursor

    def fetchmany(self, size: int = 1) -> list[Any]:
        try:
            return self.cursor.fetchmany(size)
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from None


def about_published(home: Home, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Say what the published copy is: simulated or not, data until, basis, version, and when it was asked."""
    known = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    present = current_version(home.publish)
    return {
        "simulated": known.get("simulated") == "true",
        "data_until": known.get("data_until") or None,
        "basis": known.get("basis") or None,
        "version": present.folder.name if present else None,
        "made_at": f"{datetime.now(BEIJING):%Y-%m-%d %H:%M:%S}",
    }
