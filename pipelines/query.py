"""Analysts' questions to the published copy: queries and recipes, their columns, their errors in one line."""

import difflib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import duckdb

from dashboards.tables.model import Rows
from pipelines.home import BEIJING, Home
from warehouse.publish import current_version
from warehouse.recipes import Recipe, all_recipes


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


def find_recipe(name: str) -> Recipe:
    """Return the recipe of a name.

    Raises
    ------
    QueryError
        There is none; the message lists near names.
    """
    known = {recipe.name: recipe for recipe in all_recipes()}
    wanted = name.strip().casefold().removesuffix(".sql").replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, list(known), n=6, cutoff=0.4)
    near += [
        n for n, r in known.items() if wanted and n not in near and (wanted in n or wanted in r.zh + r.en)
    ]
    listed = ", ".join(f"{n}（{known[n].zh}）" for n in near[:6])
    raise QueryError(
        f"没有配方“{name}”；相近的：{listed or '无'}；全部：fenwei sql --recipes"
        f" | no recipe {name!r}; near names: {', '.join(near[:6]) or 'none'}; all of them: fenwei sql --recipes"
    )


def recipe_sql(recipe: Recipe, values: Mapping[str, str]) -> str:
    """Return a recipe's query with values for its parameters.

    Raises
    ------
    QueryError
        It has no such parameter.
    """
    known = [parameter.name for parameter in recipe.parameters]
    for name in values:
        if name not in known:
            raise QueryError(
                f"{recipe.name} 没有参数“{name}”；有 | has no parameter {name!r}, only: {', '.join(known) or '—'}"
            )
    lines = (
        f"SET VARIABLE {name} = '{value.replace(chr(39), chr(39) * 2)}';\n" for name, value in values.items()
    )
    return "".join(lines) + recipe.sql


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
