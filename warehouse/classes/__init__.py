"""Who may see what: the class of every table and column, and what a build of each class holds.

The class stands in the comments of the contract: third part of a table's comment, fourth part of a column's where it is
stricter than its table's. A table's class is the lowest build it appears in. ``rules.csv`` says which of its rows a
build holds, and what it shows in place of a column; ``decisions.csv`` gives the reason of every class, for people.
Whatever is not classed is taken as restricted.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

PUBLIC, INTERNAL, RESTRICTED = "public", "internal", "restricted"
CLASSES = (PUBLIC, INTERNAL, RESTRICTED)
"""Builds, the lowest first: each holds what the one before holds, and more."""

LOWER = (PUBLIC, INTERNAL)
"""Builds that do not hold everything."""

NAMES = {"公开": PUBLIC, "内部": INTERNAL, "限制": RESTRICTED}
WORDS = {klass: word for word, klass in NAMES.items()}
"""Chinese word of each class."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """What a build shows of a table: rows that meet ``expression``, or ``expression`` in place of ``column``."""

    klass: str
    table: str
    column: str
    expression: str
    examples: str
    """Whether examples of the rows may be ``told`` where checks are, or are ``withheld``."""


@dataclass(frozen=True)
class Selection:
    """What a build holds of one table: its columns with the expression of each, and a condition on its rows."""

    table: str
    columns: tuple[tuple[str, str], ...]
    where: str = ""
    whole: bool = False
    cut: bool = False
    """Some columns are left out, or shown as something else."""

    @property
    def sql(self) -> str:
        """Query of the rows."""
        picked = ", ".join(e if e == _quoted(c) else f"{e} AS {_quoted(c)}" for c, e in self.columns)
        condition = f" WHERE {self.where}" if self.where else ""
        return f"SELECT {picked} FROM {self.table}{condition}"


Holdings = Mapping[str, Selection]
"""What a build holds, by table."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def class_of(mark: str) -> str:
    """Class of a mark in a comment; one that is missing or unknown is restricted."""
    return NAMES.get(mark.strip(), RESTRICTED)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of ``rules.csv``; the rules of public rows hold besides those of internal ones.

    Raises
    ------
    ValueError
        A rule names an unknown class, or lacks its table, its expression or its reason.
    """
    found = []
    with (_FOLDER / "rules.csv").open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            needed = ("table", "expression", "reason_zh", "reason_en")
            known = row["class"] in LOWER and row["examples"] in ("told", "withheld")
            if not known or not all(row[name] for name in needed):
                raise ValueError(
                    f"rules.csv:{line}: 级别应为 class must be one of {LOWER}，"
                    f"examples 应为 must be told or withheld，且须有 and needed are {needed}"
                )
            for column in row["column"].split() or [""]:
                expression = row["expression"].replace("{column}", column)
                found.append(Rule(row["class"], row["table"], column, expression, row["examples"]))
    return tuple(found)


@cache
def fingerprint() -> str:
    """Hash of the rules: builds made under others are not those of this version."""
    return hashlib.sha256((_FOLDER / "rules.csv").read_bytes()).hexdigest()[:16]


def marks(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the class of every table of the open database, and of each column of every table."""
    tables = {
        f"{schema}.{table}": class_of(_part(comment, 2))
        for schema, table, comment in con.execute(
            "SELECT schema_name, table_name, comment FROM duckdb_tables()"
            " WHERE database_name = current_database() AND NOT internal ORDER BY ALL"
        ).fetchall()
    }
    columns: dict[str, dict[str, str]] = {table: {} for table in tables}
    for schema, table, column, comment in con.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()"
        " WHERE database_name = current_database() AND NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        own, name = _part(comment, 3), f"{schema}.{table}"
        if name in tables:
            columns[name][column] = max(
                tables[name], class_of(own) if own else tables[name], key=CLASSES.index
            )
    return tables, columns


def _part(comment: str | None, number: int) -> str:
    parts = (comment or "").split(" | ")
    return parts[number].strip() if len(parts) > number else ""


def holdings(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Selection]]:
    """Return what the build of each class holds of each table of the open database; tables left out hold more.

    Raises
    ------
    ValueError
        A rule names a column that its table does not have.
    """
    marked = marks(con)
    return {klass: _selections(klass, *marked) for klass in CLASSES}


def selections(con: duckdb.DuckDBPyConnection, klass: str) -> dict[str, Selection]:
    """Return what the build of one class holds of each table of the open database."""
    return _selections(klass, *marks(con))


def _selections(
    klass: str, tables: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]
) -> dict[str, Selection]:
    held = {t for t, k in tables.items() if CLASSES.index(k) <= CLASSES.index(klass)}
    return {table: _selection(table, klass, columns[table]) for table in sorted(held)}


def _selection(table: str, klass: str, columns: Mapping[str, str]) -> Selection:
    level = CLASSES.index(klass)
    applied = [r for r in rules() if r.table == table and CLASSES.index(r.klass) >= level]
    unknown = {r.column for r in applied if r.column} - columns.keys()
    if unknown:
        raise ValueError(f"rules.csv: {table} 没有列 has no column {sorted(unknown)}")
    shown = {r.column: r.expression for r in applied if r.column}
    kept = tuple(
        (name, shown.get(name, _quoted(name))) for name, k in columns.items() if CLASSES.index(k) <= level
    )
    where = " AND ".join(f"({r.expression})" for r in applied if not r.column)
    cut = bool(shown) or len(kept) < len(columns)
    return Selection(table, kept, where, whole=not where and not cut, cut=cut)


def examples_withheld(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Tell whether rows of a table tell of firms or persons, so that no example of them may be told elsewhere."""
    tables, _ = marks(con)
    some = any(r.table == table and r.examples == "withheld" for r in rules())
    return some or tables.get(table) == RESTRICTED
