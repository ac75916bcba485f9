"""Analysts' questions to the published copy: queries and recipes, their columns, their errors in one line."""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import duckdb

from dashboards.tables.model import Rows
from pipelines.home import BEIJING, Home
from pipelines.query_errors import told
from pipelines.query_limits import Budget, RefusedError, TooSlowError, refuse_others
from warehouse.classes import CLASSES, NAMES, RESTRICTED, WORDS
from warehouse.dictionary import Table, read_dictionary
from warehouse.publish import CURRENT
from warehouse.recipes import Recipe, all_recipes
from warehouse.store import schema_sql


class QueryError(ValueError):
    """A query that cannot be run, told in one line."""


_MISSING = re.compile(
    r"(?:Table|View) with name \"?([^\s\"]+)\"? does not exist|Referenced column \"([^\"]+)\""
)


def higher_class(message: str, held: str | None) -> str:
    """Say which copy holds the table or column that an error misses; empty where the copy read holds all of it."""
    found = _MISSING.search(message)
    if not found or held is None or held == WORDS[RESTRICTED]:
        return ""
    name = (found[1] or found[2]).rsplit(".", 1)[-1].casefold()
    words = {
        access
        for table in contract_tables()
        for known, access in [(table.name, table.access), (table.zh_name, table.access)]
        + [(c.name, c.access) for c in table.columns if found[2]]
        if known.casefold() == name and above(access, held)
    }
    if not words:
        return ""
    word = min(words, key=lambda w: CLASSES.index(NAMES[w]))
    return (
        f"；它属于“{word}”级，本副本为“{held}”级：--class {NAMES[word]}"
        f" | it is classed {NAMES[word]}, this copy is {NAMES[held]}: use --class {NAMES[word]}"
    )


def above(access: str, held: str) -> bool:
    """Tell whether a class is above that of a copy."""
    return CLASSES.index(NAMES[access]) > CLASSES.index(NAMES[held])


@cache
def contract_tables() -> tuple[Table, ...]:
    """Every table of the contract, whether a copy holds it or not."""
    with closing(duckdb.connect()) as con:
        con.execute(schema_sql())
        return tuple(read_dictionary(con))


def run_query(
    con: duckdb.DuckDBPyConnection, sql: str, about: dict[str, Any], budget: Budget | None = None
) -> Rows:
    """Run a query on the published copy and return its rows, still unread.

    Several statements separated by ``;`` are run in order; the rows are those of the last.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    sql : str
    about : dict
        What a reader must know of the copy.
    budget : Budget, optional
        Time it may take.

    Raises
    ------
    QueryError
        It is empty, it is no query, the database refuses it, or it takes too long.
    KeyboardInterrupt
        The user stopped it; the connection can go on.
    """
    spent = budget or Budget(0)
    with _told(con, sql, about):
        statements = con.extract_statements(sql)
        if not statements:
            raise QueryError("查询为空 | the query is empty")
        refuse_others(sql, [str(s.type).rsplit(".", 1)[-1] for s in statements])
        with spent.working(con):
            cursor = con.execute(sql)
    described = cursor.description or []
    reading = _Reading(con, cursor, sql, about, spent)
    return Rows([str(d[0]) for d in described], [str(d[1]) for d in described], reading, about)


@contextmanager
def _told(con: duckdb.DuckDBPyConnection, sql: str, about: dict[str, Any]) -> Iterator[None]:
    """Tell what the database says against a query in one line, and leave the connection fit for the next."""
    try:
        yield
    except (RefusedError, TooSlowError) as error:
        raise QueryError(str(error)) from None
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            con.rollback()
        tables = [f"{t.schema}.{t.name}" for t in contract_tables()]
        raise QueryError(told(error, sql, tables) + higher_class(str(error), about.get("class"))) from None


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


@dataclass(frozen=True)
class _Reading:
    """A cursor whose late errors are told like early ones."""

    con: duckdb.DuckDBPyConnection
    cursor: duckdb.DuckDBPyConnection
    sql: str
    about: dict[str, Any]
    budget: Budget

    def fetchmany(self, size: int = 1) -> list[Any]:
        with _told(self.con, self.sql, self.about), self.budget.working(self.con):
            return self.cursor.fetchmany(size)


def about_published(home: Home, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Say what the published copy is: simulated or not, data until, basis, version, and when it was asked."""
    known = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    held = known.get("class") or WORDS[RESTRICTED]
    # not its manifest, which tells of every build and is not for readers of the public one
    present = home.publish / CURRENT
    return {
        "simulated": known.get("simulated") == "true",
        "data_until": known.get("data_until") or None,
        "basis": known.get("basis") or None,
        "class": held,
        "version": present.resolve().name if present.exists() else None,
        "made_at": f"{datetime.now(BEIJING):%Y-%m-%d %H:%M:%S}",
    }
