"""Receipts and checks in the state file: rows are only ever added, the same one never twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pipelines.emergency.receipts.model import Entry, Origin, Receipt, Verification
from warehouse import state

RECEIPT_COLUMNS = (
    "receipt_id", "receipt_key", "warning_id", "sender_kind", "sender_id", "sender_name", "site", "version_id",
    "answered_at", "answered_by", "channel", "status", "reason", "note", "entered_by", "source", "source_sha256",
    "source_line", "as_of", "recorded_at",
)  # fmt: skip
VERIFICATION_COLUMNS = (
    "verification_id", "verification_key", "warning_id", "credit_code", "firm_name", "site", "line_id", "version_id",
    "level", "expected_ratio", "expected_source", "window_start", "window_end", "cems_load_ratio", "power_ratio",
    "truck_violations", "cems_missing_h", "verdict", "verdict_by", "verdict_why", "evidence", "checked_by", "checked_at",
    "note", "entered_by", "source", "source_sha256", "source_line", "as_of", "recorded_at",
)  # fmt: skip
_MOMENTS = frozenset({"answered_at", "window_start", "window_end", "checked_at"})
One = TypeVar("One", Receipt, Verification)


def add(con: sqlite3.Connection, entries: Sequence[Entry], origin: Origin) -> int:
    """Add what is not there yet and return its number; the caller owns the transaction."""
    before = con.total_changes
    for entry in entries:
        table = "receipt" if isinstance(entry, Receipt) else "verification"
        row = _row(entry) | _row(origin) | {f"{table}_key": entry.key}
        names = ", ".join(row)
        con.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})"
            f" ON CONFLICT ({table}_key) DO NOTHING",
            row,
        )
    return con.total_changes - before


def _row(item: Entry | Origin) -> dict[str, Any]:
    values = {f.name: getattr(item, f.name) for f in fields(item)}
    return {n: v.isoformat(sep=" ") if isinstance(v, datetime) else v for n, v in values.items()}


def receipts(path: Path, warning_id: str) -> list[Receipt]:
    """Read the receipts of a warning in order of their entry; none where there is no state file yet."""
    return _read(path, Receipt, "receipt", warning_id)


def verifications(path: Path, warning_id: str) -> list[Verification]:
    """Read the checks of a warning in order of their entry."""
    return _read(path, Verification, "verification", warning_id)


def _read(path: Path, cls: type[One], table: str, warning_id: str) -> list[One]:
    if not path.exists():
        return []
    names = [f.name for f in fields(cls)]
    with state.reading(path) as con:
        rows = con.execute(
            f"SELECT {', '.join(names)} FROM {table} WHERE warning_id = ? ORDER BY {table}_id", (warning_id,)
        ).fetchall()
    return [cls(**{n: _typed(n, row[n]) for n in names}) for row in rows]


def _typed(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value else value
