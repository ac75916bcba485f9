"""Reading and writing warnings in the state file. Every write happens inside one transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.emergency.life.machine import LIVE, NOTES, LifeError
from pipelines.emergency.life.records import Event, Record, event_of, fingerprint, fold, record_of, to_row
from warehouse import state


def get(con: sqlite3.Connection, warning_id: str) -> Record:
    """Read one warning.

    Raises
    ------
    LifeError
        There is none of this id.
    """
    row = con.execute("SELECT * FROM warning WHERE warning_id = ?", (warning_id,)).fetchone()
    if row is None:
        raise unknown(warning_id)
    return record_of(row)


def unknown(warning_id: str) -> LifeError:
    """Say that there is no such warning."""
    return LifeError(
        "unknown_warning",
        f"没有预警 {warning_id}；用 fenwei warning list 查看",
        f"there is no warning {warning_id}; see `fenwei warning list`",
    )


def events(con: sqlite3.Connection, warning_id: str | None = None) -> list[Event]:
    """Read the events of one warning or of all, in order of their entry."""
    rows = con.execute(
        "SELECT * FROM warning_event WHERE ?1 IS NULL OR warning_id = ?1 ORDER BY event_id", (warning_id,)
    )
    return [event_of(row) for row in rows]


def last_decision(con: sqlite3.Connection, warning_id: str) -> Event | None:
    """Read the newest event of a warning that is more than a note."""
    found = [e for e in events(con, warning_id) if e.action not in NOTES]
    return found[-1] if found else None


def select(
    con: sqlite3.Connection,
    *,
    city_code: str | None = None,
    kind: str | None = None,
    states: tuple[str, ...] | None = None,
) -> list[Record]:
    """Read warnings, the oldest first; only those of a city, a kind, or some states where they are given."""
    rows = con.execute(
        "SELECT * FROM warning WHERE (?1 IS NULL OR city_code = ?1) AND (?2 IS NULL OR kind = ?2)"
        " ORDER BY drafted_at, warning_id",
        (city_code, kind),
    )
    return [r for r in map(record_of, rows) if states is None or r.state in states]


def document(con: sqlite3.Connection, sha256: str) -> dict[str, Any] | None:
    """Read a stored document; None where it is not there.

    Raises
    ------
    LifeError
        Its text is not the one its fingerprint was taken of.
    """
    row = con.execute("SELECT content FROM warning_document WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    if fingerprint(row["content"]) != sha256:
        raise LifeError(
            "document_changed",
            f"所存文件 {sha256[:12]} 已被改动",
            f"stored document {sha256[:12]} was changed",
        )
    found: dict[str, Any] = json.loads(row["content"])
    return found


def keep_document(con: sqlite3.Connection, kind: str, text: str, at: datetime) -> str:
    """Store a document once and return its fingerprint."""
    sha256 = fingerprint(text)
    con.execute(
        "INSERT INTO warning_document VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, kind, text, at.isoformat(sep=" ")),
    )
    return sha256


def next_seq(con: sqlite3.Connection, warning_id: str) -> int:
    """Number of the next event of a warning, from 1."""
    row = con.execute("SELECT count(*) FROM warning_event WHERE warning_id = ?", (warning_id,)).fetchone()
    return int(row[0]) + 1


def new_id(con: sqlite3.Connection, city_code: str, as_of: datetime) -> str:
    """Name a new warning: city, hour of its draft, running number."""
    stem = f"W-{city_code}-{as_of:%Y%m%d%H}-"
    row = con.execute("SELECT count(*) FROM warning WHERE substr(warning_id, 1, ?) = ?", (len(stem), stem))
    return f"{stem}{row.fetchone()[0] + 1}"


def begin(con: sqlite3.Connection, record: Record, event: Event) -> Record:
    """Write a new warning with its first event."""
    _insert(con, "warning_event", to_row(event))
    _insert(con, "warning", to_row(record))
    return record


def append(con: sqlite3.Connection, record: Record, event: Event) -> Record:
    """Write an event and the record it leads to."""
    _insert(con, "warning_event", to_row(event))
    return write_record(con, fold(record, event))


def write_record(con: sqlite3.Connection, record: Record) -> Record:
    """Write what the events of a warning add up to."""
    row = to_row(record)
    names = ", ".join(f"{name} = :{name}" for name in row if name != "warning_id")
    con.execute(f"UPDATE warning SET {names} WHERE warning_id = :warning_id", row)
    return record


def _insert(con: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    con.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row
    )


def load(path: Path, warning_id: str) -> Record:
    """Read one warning from the state file of a home.

    Raises
    ------
    LifeError
        There is none of this id.
    """
    with state.reading(path) as con:
        return get(con, warning_id)


def live(path: Path, kind: str | None = None) -> list[Record]:
    """Read the warnings in force; none where there is no state file yet."""
    if not path.exists():
        return []
    with state.reading(path) as con:
        return select(con, kind=kind, states=LIVE)
