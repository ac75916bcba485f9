"""One build being made: tables without rows from the contract of the source, then the rows that its class may hold."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from warehouse.build_check import SOURCE
from warehouse.classes import WORDS, Selection
from warehouse.dictionary import CHINESE_SCHEMA, Table, chinese_views_sql
from warehouse.opening import attach
from warehouse.parquet import SLICED, within
from warehouse.store import schema_sql, transaction


class Builder:
    """One file being built, with the source open beside it.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        From `warehouse.build_check.beside`.
    path : Path
        The file; it is closed when the block ends.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path):
        self.con = con
        attach(con, path)

    def __enter__(self) -> "Builder":
        return self

    def __exit__(self, *_: object) -> None:
        self.con.execute("USE memory; DETACH fenwei")

    def replace(self, picked: Iterable[Selection]) -> None:
        """Make tables and fill them, in place of those there are."""
        chosen = list(picked)
        # one transaction each: a commit is a write to the disk
        with tables_alone(self.con, {s.table for s in chosen if not s.cut}) as frame, transaction(self.con):
            self._empty(chosen, frame)
        self._fill((selection, "") for selection in chosen)

    def changed(self, picked: Iterable[Selection]) -> list[Selection]:
        """Give the selections whose tables hold other rows than they should, by a hash of each row."""
        self.con.execute(f"USE {SOURCE}")
        return [s for s in picked if not self._same(s)]

    def _same(self, picked: Selection) -> bool:
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
        self._fill(chosen)

    def say_class(self, klass: str) -> None:
        """Write the class into the file."""
        self.con.execute("INSERT INTO fenwei.ops.about VALUES ('class', ?)", [WORDS[klass]])

    def describe(self, tables: Iterable[Table]) -> None:
        """Make the macros, and the Chinese views of some tables."""
        self.con.execute("USE fenwei")
        with transaction(self.con):
            for statement in _macros():
                self.con.execute(statement)
            self.con.execute(chinese_views_sql(list(tables)))

    def _empty(self, chosen: Sequence[Selection], frame: str) -> None:
        """Make empty tables in place of those there are."""
        present = tables_of(self.con, "fenwei")
        for selection in chosen:
            if selection.table in present:
                self.con.execute(f"DROP TABLE fenwei.{selection.table}")
        self.con.execute(f"COPY FROM DATABASE {frame} TO fenwei (SCHEMA)")
        columns = _contract(self.con, [s.table for s in chosen if s.cut])
        for selection in chosen:
            if selection.cut:
                self._create(selection, columns)

    def _create(self, picked: Selection, known: dict[tuple[str, str], tuple[str, str]]) -> None:
        """Make an empty table that lacks some columns, or shows something else; keys and checks do not hold there."""
        listed = ", ".join(f'"{name}" {known[picked.table, name][0]}' for name, _ in picked.columns)
        self.con.execute("USE fenwei")
        self.con.execute(f"CREATE SCHEMA IF NOT EXISTS {picked.table.split('.')[0]}")
        self.con.execute(f"CREATE TABLE {picked.table} ({listed})")
        said = [f"COMMENT ON TABLE {picked.table} IS {_literal(known[picked.table, ''][1])}"]
        for name, _ in picked.columns:
            said.append(
                f'COMMENT ON COLUMN {picked.table}."{name}" IS {_literal(known[picked.table, name][1])}'
            )
        self.con.execute(";".join(said))

    def _fill(self, chosen: Iterable[tuple[Selection, str]]) -> None:
        """Copy the rows of selections that meet a condition, in their order; names in rules are those of the source."""
        self.con.execute(f"USE {SOURCE}")
        with transaction(self.con):
            for picked, condition in chosen:
                rows = f"SELECT * FROM ({picked.sql}) WHERE {condition}" if condition else picked.sql
                self.con.execute(f"INSERT INTO fenwei.{picked.table} {rows}")


@contextmanager
def tables_alone(con: duckdb.DuckDBPyConnection, wanted: Collection[str]) -> Iterator[str]:
    """Give the name of a database in memory that has some tables as the source has them, and nothing else.

    The contract of the source, never a row of it, is copied there and cut to what is wanted. Copying it on makes all
    tables, keys, checks and comments at once; one statement for every comment would take much longer.
    """
    name = "frame"
    con.execute(f"USE memory; ATTACH ':memory:' AS {name}")
    try:
        con.execute(f"COPY FROM DATABASE {SOURCE} TO {name} (SCHEMA)")
        con.execute(f'DROP SCHEMA IF EXISTS {name}."{CHINESE_SCHEMA}" CASCADE')
        for schema, function, kind in con.execute(
            "SELECT DISTINCT schema_name, function_name, function_type FROM duckdb_functions()"
            " WHERE database_name = ? AND NOT internal",
            [name],
        ).fetchall():
            what = "MACRO TABLE" if kind == "table_macro" else "MACRO"
            con.execute(f'DROP {what} {name}.{schema}."{function}"')
        for table in tables_of(con, name) - set(wanted):
            con.execute(f"DROP TABLE {name}.{table}")
        yield name
    finally:
        con.execute(f"USE memory; DETACH {name}")


def tables_of(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    """Names of the tables of an open database."""
    return {
        f"{schema}.{table}"
        for schema, table in con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? AND NOT internal",
            [database],
        ).fetchall()
    }


def _contract(
    con: duckdb.DuckDBPyConnection, tables: Sequence[str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Type and comment of each column of some tables of the source; the comment of a table stands under no column."""
    if not tables:
        return {}
    found = con.execute(
        """
        SELECT schema_name || '.' || table_name AS said, '', '', comment FROM duckdb_tables()
        WHERE database_name = $source AND list_contains($tables, said)
        UNION ALL
        SELECT schema_name || '.' || table_name AS said, column_name,
            data_type || CASE WHEN is_nullable THEN '' ELSE ' NOT NULL' END, comment
        FROM duckdb_columns() WHERE database_name = $source AND NOT internal AND list_contains($tables, said)
        """,
        {"source": SOURCE, "tables": list(tables)},
    ).fetchall()
    return {(table, column): (kind, comment) for table, column, kind, comment in found}


def _literal(text: str | None) -> str:
    return "NULL" if not text else "'" + text.replace("'", "''") + "'"


@cache
def _macros() -> tuple[str, ...]:
    """Statements of the contract that make macros."""
    statements = duckdb.extract_statements(schema_sql())
    return tuple(s.query for s in statements if "CREATE OR REPLACE MACRO" in s.query)
