"""Builds of lower classes, made from the verified copy that holds everything.

A lower file is never made by deleting from a higher one: freed blocks keep what was in them. Public rows go into a fresh
file, or into a copy of the public file of the version before; a copy of that, with internal tables added, is the
internal file. So no block of a file ever held anything of a higher class.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from warehouse.build_check import ABOUT, SOURCE, beside, verify_build
from warehouse.builder import Builder, tables_of
from warehouse.classes import INTERNAL, LOWER, PUBLIC, Holdings, Selection
from warehouse.dictionary import Table, read_dictionary
from warehouse.parquet import SLICED
from warehouse.store import StoreError, one_row

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
    with beside(source, folder) as con:
        con.execute(f"USE {SOURCE}")
        tables = read_dictionary(con)
        rows = _renewed(con, public, held[PUBLIC], before) if before else None
        if rows is None:
            public.unlink(missing_ok=True)
            _build(con, public, PUBLIC, held[PUBLIC], tables, held[PUBLIC].keys())
            rows = verify_build(con, public, held[PUBLIC])
        shutil.copyfile(public, internal)
        added = [t for t, s in held[INTERNAL].items() if held[PUBLIC].get(t) != s]
        _build(con, internal, INTERNAL, held[INTERNAL], tables, added)
        return {PUBLIC: rows, INTERNAL: verify_build(con, internal, held[INTERNAL])}


def _build(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    klass: str,
    held: Holdings,
    tables: Sequence[Table],
    made: Collection[str],
) -> None:
    """Put some tables into a file, with their Chinese views."""
    with Builder(con, path) as builder:
        builder.replace(held[table] for table in made)
        builder.say_class(klass)
        builder.describe(_held(t, held) for t in tables if f"{t.schema}.{t.name}" in made)


def _held(table: Table, held: Holdings) -> Table:
    """A table of the dictionary with the columns that a build holds of it."""
    kept = {name for name, _ in held[f"{table.schema}.{table.name}"].columns}
    return replace(table, columns=tuple(c for c in table.columns if c.name in kept))


def _renewed(
    con: duckdb.DuckDBPyConnection, public: Path, held: Holdings, before: Before
) -> dict[str, int] | None:
    """Make the public file from the one before and return its rows; None where it has to be made afresh."""
    try:
        return verify_build(con, public, held) if _renew(con, public, held, before) else None
    except StoreError:  # rows that no day's state tells of
        return None


def _renew(con: duckdb.DuckDBPyConnection, path: Path, held: Holdings, before: Before) -> bool:
    """Bring a copy of the public file before up to date; False where it has to be made afresh.

    That is so where a row would no longer be public, since its block would stay in the file, or where much of the
    file is free. Macros and views stay: the rules of the version before were these.
    """
    shutil.copyfile(before.public, path)
    with Builder(con, path) as builder:
        if tables_of(con, "fenwei") != held.keys() or _mostly_free(con):
            return False
        ruled = [s for t, s in held.items() if s.where and t != ABOUT]
        if any(_withdrawn(con, s) for s in ruled):
            return False
        builder.replace(builder.changed(s for t, s in held.items() if t not in SLICED))
        builder.exchange([s for t, s in held.items() if t in SLICED], before.changed)
        builder.say_class(PUBLIC)
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
