"""Warnings, their history and the answers to them from the state file into the warehouse, whole each time."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import duckdb

from pipelines.emergency.life import looks
from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.receipts.store import RECEIPT_COLUMNS, VERIFICATION_COLUMNS
from warehouse import state
from warehouse.store import one_row

_ORDER = (
    "event_id", "order_id", "action", "kind", "city_code", "order_kind", "level", "start_at", "end_at", "document_no",
    "issued_by", "entered_by", "reason", "as_of", "recorded_at",
)  # fmt: skip
TABLES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "warning": ("warning", tuple(f.name for f in fields(Record)), "warning_id"),
    "warning_event": ("warning_event", ("event_id", *(f.name for f in fields(Event))), "event_id"),
    "superior_order": ("superior_order_event", _ORDER, "event_id"),
    "receipt": ("receipt", RECEIPT_COLUMNS, "receipt_id"),
    "verification": ("verification", VERIFICATION_COLUMNS, "verification_id"),
}
"""Tables of ``emergency`` with their table in the state file, columns and order."""
_ADDED = ("warning_event", "superior_order", "receipt", "verification")
"""Tables whose rows are only ever added: their number tells whether anything is new."""


def mirror(con: duckdb.DuckDBPyConnection, state_path: Path) -> dict[str, int]:
    """Fill the tables of `TABLES` from the state file.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The open warehouse; the caller holds the transaction.
    state_path : Path
        Where there is no such file the tables are emptied.

    Returns
    -------
    dict of str to int
        Rows by table.
    """
    counts = {}
    rows = _rows(state_path)
    for table, (_, names, _) in TABLES.items():
        con.execute(f"DELETE FROM emergency.{table}")
        if rows[table]:
            marks = ", ".join("?" * len(names))
            con.executemany(
                f"INSERT INTO emergency.{table} ({', '.join(names)}) VALUES ({marks})", rows[table]
            )
        counts[table] = len(rows[table])
    _mirror_looks(con, state_path)
    return counts


def _mirror_looks(con: duckdb.DuckDBPyConnection, state_path: Path) -> None:
    """Fill what is read out of the stored drafts; drafts never change, so no counts are needed."""
    found: tuple[list[looks.Row], list[looks.Row]] = ([], [])
    if state_path.exists():
        with state.reading(state_path) as held:
            found = looks.looks_of(held)
    named = (("warning_block", looks.BLOCK), ("warning_reading", looks.READING))
    for (table, names), rows in zip(named, found, strict=True):
        con.execute(f"DELETE FROM emergency.{table}")
        if rows:
            marks = ", ".join("?" * len(names))
            con.executemany(f"INSERT INTO emergency.{table} ({', '.join(names)}) VALUES ({marks})", rows)


def is_mirrored(con: duckdb.DuckDBPyConnection, state_path: Path) -> bool:
    """Tell whether the warehouse knows every event and answer of the state file."""
    rows = _rows(state_path)
    for table in _ADDED:
        row = one_row(con.execute(f"SELECT count(*) FROM emergency.{table}"))
        if not row or row[0] != len(rows[table]):
            return False
    return True


def _rows(state_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read all tables in one look, so that a record and its events agree."""
    if not state_path.exists():
        return {table: [] for table in TABLES}
    with state.reading(state_path) as held:
        return {
            table: [
                tuple(row) for row in held.execute(f"SELECT {', '.join(names)} FROM {source} ORDER BY {key}")
            ]
            for table, (source, names, key) in TABLES.items()
        }
