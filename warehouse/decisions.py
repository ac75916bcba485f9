"""Decisions of people, in a small SQLite file that is written at any time and is never rebuilt from data."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse import state


@dataclass(frozen=True)
class Decision:
    """One decision, by a named person."""

    decision_id: int
    kind: str
    subject: str
    sha256: str | None
    decided_by: str
    decided_at: datetime
    note: str | None


def record(
    path: Path, kind: str, subject: str, sha256: str | None, by: str, at: datetime, note: str | None = None
) -> int:
    """Write one decision and return its number.

    Raises
    ------
    ValueError
        No name is given.
    """
    if not by.strip():
        raise ValueError("--by: 需要决定人姓名 the name of the person who decides is needed")
    with state.writing(path) as con:
        cursor = con.execute(
            "INSERT INTO decision (kind, subject, sha256, decided_by, decided_at, note) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, subject, sha256, by.strip(), at.isoformat(sep=" "), note),
        )
        return int(cursor.lastrowid or 0)


def decisions(path: Path, kind: str | None = None) -> list[Decision]:
    """All decisions, oldest first, or those of one kind; none where there is no state file yet."""
    if not path.exists():
        return []
    with state.reading(path) as con:
        rows = con.execute(
            "SELECT decision_id, kind, subject, sha256, decided_by, decided_at, note FROM decision"
            " WHERE ? IS NULL OR kind = ? ORDER BY decision_id",
            (kind, kind),
        ).fetchall()
    return [Decision(r[0], r[1], r[2], r[3], r[4], datetime.fromisoformat(r[5]), r[6]) for r in rows]


def accepted_files(path: Path) -> set[tuple[str, str]]:
    """Path and SHA-256 of every held file that somebody has accepted."""
    return {(d.subject, d.sha256 or "") for d in decisions(path, "accept_file")}
