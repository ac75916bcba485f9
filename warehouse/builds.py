"""Builds of lower classes, made from the verified copy that holds everything.

A lower file is never made by deleting from a higher one: freed blocks keep what was in them. Public rows go into a fresh
file, or into a copy of the public file of the version before; a copy of that, with internal tables added, is the
internal file. So no block of a file ever held anything of a higher class.
"""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.build_check import ABOUT, SOURCE, verify_build
from warehouse.classes import INTERNAL, LOWER, PUBLIC, WORDS, Holdings, Selection
from warehouse.dictionary import chinese_views_sql, read_dictionary
from warehouse.parquet import SLICED, within
from warehouse.store import StoreError, connect, one_row, schema_sql, transaction

DATABASE = "fenwei.duckdb"


@dataclass(frozen=True)
class Before:
    """The public file of the version before, and the months that changed since; only where its rules were the same."""

    public: Path
    changed: Sequence[str]


def build_lower(
    source: Path, folder: Path, held: Mapping[str, Holdings], before: Before | None
) -> dict[str, dict[str, int]]:
    """Make and verify the public and the internal database.

    Parameters
    ----------
    source : Path
        The verified copy that holds everything.
    folder : Path
        Has a folder for each class.
    held : mapping
        What each build holds.
    before : Before, optional
        Months that did not change are taken from there.

    Returns
    -------
    dict
        Rows of each table of each build.

    Raises
    ------
    StoreError
        A build does not hold what it should.
    """
    public, internal = (folder / klass / DATABASE for klass in LOWER)
    rows = _renewed(source, public, held[PUBLIC], before) if before else None
    if rows is None:
        public.unlink(missing_ok=True)
        with _Builder(source, public) as builder:
            builder.replace(held[PUBLIC].values())
            builder.describe(PUBLIC)
        rows = verify_build(source, public, held[PUBLIC])
    shutil.copyfile(public, internal)
    with _Builder(source, internal) as builder:
        builder.replace(s for t, s in held[INTERNAL].items() if held[PUBLIC].get(t) != s)
        builder.describe(INTERNAL)
    return {PUBLIC: rows, INTERNAL: verify_build(source, internal, held[INTERNAL])}


def _renewed(source: Path, public: Path, held: Holdings, before: Before) -> dict[str, int] | None:
    """Make the public file from the one before and return its rows; None where it has to be made afresh."""
    try:
        return verify_build(source, public, held) if _renew(source, public, held, before) else None
    except StoreError:  # rows that no day's state tells of
        return None


class _Builder:
    """One file being built, with the source attached beside it."""

    def __init__(self, source: Path, path: Path):
        self.con = connect(path, memory_limit="700MB")
        quoted = str(source).replace("'", "''")
        self.con.execute(f"ATTACH '{quoted}' AS {SOURCE} (READ_ONLY)")
        self.tables, self.columns = _contract(self.con)

    def __enter__(self) -> "_Builder":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.con.execute(f"USE memory; DETACH fenwei; DETACH {SOURCE}")
        finally:
            self.con.close()

    def replace(self, picked: Iterable[Selection]) -> None:
        """Make tables and fill them, in place of those there are."""
        chosen = list(picked)
        # one transaction each: a commit is a write to the disk
        with transaction(self.con):
            for selection in chosen:
                self._create(selection)
        with transaction(self.con):
            for selection in chosen:
                self._fill(selection)

    def same(self, picked: Selection) -> bool:
        """Tell whether a table holds the rows of a selection as it is, by a hash of each row."""
        self.con.execute(f"USE {SOURCE}")
        found = self.con.execute(
            f"SELECT count(*), sum(hash(t)) FROM fenwei.{picked.table} t"
            f" UNION ALL SELECT count(*), sum(hash(t)) FROM ({picked.sql}) t"
        ).fetchall()
        return bool(found[0] == found[1])

    def exchange(self, picked: Iterable[Selection], months: Sequence[str]) -> None:
        """Replace some months of bulk tables."""
        chosen = [(s, within(SLICED[s.table], month)) for s in picked for month in months]
        with transaction(self.con):
            for selection, condition in chosen:
                self.con.execute(f"DELETE FROM fenwei.{selection.table} WHERE {condition}")
        with transaction(self.con):
            for selection, condition in chosen:
                self._fill(selection, condition)

    def describe(self, klass: str) -> None:
        """Write the class into the file, with the macros and the Chinese views for what is there."""
        self.con.execute("USE fenwei")
        with transaction(self.con):
            self.con.execute("INSERT INTO ops.about VALUES ('class', ?)", [WORDS[klass]])
            for statement in _macros():
                self.con.execute(statement)
            self.con.execute(chinese_views_sql(read_dictionary(self.con)))

    def _create(self, picked: Selection) -> None:
        """Make an empty table in place of the one there is; keys and checks go with whole columns only."""
        schema, table = picked.table.split(".")
        known = self.columns[picked.table]
        plain = all(expression == f'"{name}"' for name, expression in picked.columns)
        ddl, said = self.tables[picked.table]
        if not plain or len(known) > len(picked.columns):
            listed = ", ".join(f'"{name}" {known[name][0]}' for name, _ in picked.columns)
            ddl = f"CREATE TABLE {picked.table} ({listed})"
        self.con.execute("USE fenwei")
        self.con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}; DROP TABLE IF EXISTS {picked.table}")
        self.con.execute(ddl)
        comments = [f"COMMENT ON TABLE {schema}.{table} IS {_literal(said)}"] + [
            f'COMMENT ON COLUMN {schema}.{table}."{name}" IS {_literal(known[name][1])}'
            for name, _ in picked.columns
        ]
        self.con.execute(";".join(comments))

    def _fill(self, picked: Selection, condition: str = "") -> None:
        """Copy the rows of a selection, in their order; the names of its rules are those of the source."""
        self.con.execute(f"USE {SOURCE}")
        rows = f"SELECT * FROM ({picked.sql}) WHERE {condition}" if condition else picked.sql
        self.con.execute(f"INSERT INTO fenwei.{picked.table} {rows}")


def _contract(
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, tuple[str, str]], dict[str, dict[str, tuple[str, str]]]]:
    """Statement and comment of each table of the source, and type and comment of each of its columns."""
    tables = {
        table: (ddl, comment)
        for table, ddl, comment in con.execute(
            "SELECT schema_name || '.' || table_name, sql, comment FROM duckdb_tables() WHERE database_name = ?",
            [SOURCE],
        ).fetchall()
    }
    columns: dict[str, dict[str, tuple[str, str]]] = {table: {} for table in tables}
    for table, name, kind, comment in con.execute(
        "SELECT schema_name || '.' || table_name, column_name,"
        " data_type || CASE WHEN is_nullable THEN '' ELSE ' NOT NULL' END, comment"
        " FROM duckdb_columns() WHERE database_name = ? AND NOT internal ORDER BY column_index",
        [SOURCE],
    ).fetchall():
        columns.setdefault(table, {})[name] = kind, comment
    return tables, columns


def _literal(text: str | None) -> str:
    return "NULL" if not text else "'" + text.replace("'", "''") + "'"


def _tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {
        f"{schema}.{table}"
        for schema, table in con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
    }


def _renew(source: Path, path: Path, held: Holdings, before: Before) -> bool:
    """Bring a copy of the public file before up to date; False where it has to be made afresh.

    That is so where a row would no longer be public, since its block would stay in the file, or where much of the
    file is free.
    """
    shutil.copyfile(before.public, path)
    with _Builder(source, path) as builder:
        builder.con.execute("USE fenwei")
        if _tables(builder.con) != held.keys() or _mostly_free(builder.con):
            return False
        ruled = [s for t, s in held.items() if s.where and t != ABOUT]
        if any(_withdrawn(builder.con, s) for s in ruled):
            return False
        builder.replace(s for t, s in held.items() if t not in SLICED and not builder.same(s))
        builder.exchange([s for t, s in held.items() if t in SLICED], before.changed)
        builder.describe(PUBLIC)
    return True


def _withdrawn(con: duckdb.DuckDBPyConnection, picked: Selection) -> bool:
    """Tell whether rows of the file before are no longer in a selection, by their first column."""
    name = picked.columns[0][0]
    con.execute(f"USE {SOURCE}")
    row = one_row(
        con.execute(
            f'SELECT count(*) FROM (SELECT "{name}" FROM fenwei.{picked.table} EXCEPT SELECT "{name}" FROM ({picked.sql}))'
        )
    )
    return bool(row and row[0])


def _mostly_free(con: duckdb.DuckDBPyConnection) -> bool:
    row = one_row(
        con.execute(
            "SELECT free_blocks, total_blocks FROM pragma_database_size() WHERE database_name = 'fenwei'"
        )
    )
    return bool(row and row[0] * 3 > row[1])


@cache
def _macros() -> tuple[str, ...]:
    """Statements of the contract that make macros."""
    statements = duckdb.extract_statements(schema_sql())
    return tuple(s.query for s in statements if "CREATE OR REPLACE MACRO" in s.query)
