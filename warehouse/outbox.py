"""The outbox in the state file: one row per message and recipient, so that nobody is missed and nothing is lost.

A row goes queued → sending → sent; a failure makes it retry or dead, quiet hours make it held. A row found ``sending`` by
the one process that may send was left by a dead one: whether its letter arrived is in doubt, so it is sent again under
the same Message-ID.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from warehouse.state import reading, writing

STATES = ("queued", "sending", "sent", "retry", "dead", "held")
WAITING = ("queued", "retry", "held")
IN_DOUBT = (
    "发送中断，是否送达不明：以同一 Message-ID 重发",
    "interrupted, whether it arrived is unknown: sent again under the same Message-ID",
)
_IDENTITY = "identity"
_LONGEST_WAIT = timedelta(days=1)
"""No letter waits longer than this; a later time was written by a clock that was wrong."""


@dataclass(frozen=True)
class Entry:
    """A letter to one recipient, as it is put in.

    Attributes
    ----------
    message_id : str
        Stable: the same letter to the same recipient always gets the same one.
    letter_key : str
        What the letter is, e.g. ``daily_brief:2026-03-09``; a letter is put in once per recipient.
    exercise : bool
        From a simulated or replayed home: never sent to real recipients.
    file : str
        Path of the .eml file below the outbox folder.
    """

    message_id: str
    letter_key: str
    recipient: str
    recipient_name: str
    kind: str
    urgent: bool
    exercise: bool
    subject: str
    file: str
    sha256: str
    size_bytes: int
    created: str


@dataclass(frozen=True)
class Result:
    """What became of an attempt."""

    state: str
    code: int | None = None
    error: str | None = None
    next_try: datetime | None = None
    sent_by: str | None = None


def text_of(moment: datetime) -> str:
    """A moment as the state file keeps it: sortable, in whole seconds."""
    return moment.replace(microsecond=0).isoformat(sep=" ")


def identity(path: Path) -> str:
    """Return what makes the Message-IDs of this state file its own; made at the first call."""
    with writing(path) as con:
        row = con.execute("SELECT zh FROM mail_note WHERE name = ?", (_IDENTITY,)).fetchone()
        if row is None:
            made = uuid.uuid4().hex
            con.execute("INSERT INTO mail_note VALUES (?, ?, '', '')", (_IDENTITY, made))
            return made
        return str(row[0])


def known(path: Path, letter_key: str) -> set[str]:
    """Recipients a letter has been put in for."""
    with reading(path) as con:
        found = con.execute("SELECT recipient FROM outbox WHERE letter_key = ?", (letter_key,)).fetchall()
    return {str(row[0]) for row in found}


def put(path: Path, entries: Sequence[Entry]) -> int:
    """Put letters in, all or none; those already there stay as they are. Returns how many are new."""
    names = [f.name for f in fields(Entry)]
    sql = f"INSERT INTO outbox ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"
    with writing(path) as con:
        return sum(con.execute(f"{sql} ON CONFLICT DO NOTHING", asdict(entry)).rowcount for entry in entries)


def recover(path: Path) -> int:
    """Take up letters that a dead process left ``sending``; call it only while holding the lock of the sender."""
    with writing(path) as con:
        return con.execute(
            "UPDATE outbox SET state = 'retry', next_try = NULL, doubtful = doubtful + 1, last_code = NULL,"
            " last_error = ? WHERE state = 'sending'",
            (" | ".join(IN_DOUBT),),
        ).rowcount


def hold(path: Path, at: datetime, until: datetime) -> int:
    """Hold what is due and not urgent until quiet hours end."""
    with writing(path) as con:
        return con.execute(
            "UPDATE outbox SET state = 'held', next_try = ? WHERE NOT urgent AND state IN ('queued', 'retry', 'held')"
            " AND (next_try IS NULL OR next_try <= ?)",
            (text_of(until), text_of(at)),
        ).rowcount


def due(path: Path, at: datetime) -> list[dict[str, Any]]:
    """Letters to send now: urgent ones first, then in the order they became due."""
    with reading(path) as con:
        found = con.execute(
            "SELECT * FROM outbox WHERE state IN ('queued', 'retry', 'held')"
            " AND (next_try IS NULL OR next_try <= :at OR next_try > :beyond)"
            " ORDER BY urgent DESC, coalesce(next_try, created), created, message_id",
            {"at": text_of(at), "beyond": text_of(at + _LONGEST_WAIT)},
        ).fetchall()
    return [dict(row) for row in found]


def claim(path: Path, message_id: str, at: datetime) -> bool:
    """Mark a letter as being sent, on disk, before the first byte leaves."""
    with writing(path) as con:
        changed = con.execute(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1, tried_at = ?,"
            " first_tried_at = coalesce(first_tried_at, ?) WHERE message_id = ? AND state IN ('queued', 'retry', 'held')",
            (text_of(at), text_of(at), message_id),
        ).rowcount
    return changed == 1


def settle(path: Path, message_id: str, at: datetime, result: Result) -> None:
    """Write down what became of a letter."""
    sent = result.state == "sent"
    with writing(path) as con:
        con.execute(
            "UPDATE outbox SET state = ?, last_code = ?, last_error = ?, next_try = ?, sent_by = ?, sent_at = ?"
            " WHERE message_id = ?",
            (
                result.state,
                result.code,
                result.error,
                text_of(result.next_try) if result.next_try else None,
                result.sent_by,
                text_of(at) if sent else None,
                message_id,
            ),
        )


def tried_between(path: Path, since: datetime, until: datetime) -> int:
    """Number of letters whose last attempt came after a moment, and not after another."""
    with reading(path) as con:
        row = con.execute(
            "SELECT count(*) FROM outbox WHERE tried_at > ? AND tried_at <= ?",
            (text_of(since), text_of(until)),
        ).fetchone()
    return int(row[0])


def again(path: Path, message_ids: Iterable[str] | None = None) -> int:
    """Queue dead letters anew, all of them or those named; a named letter already sent is sent once more, too."""
    sql = "UPDATE outbox SET state = 'queued', next_try = NULL, first_tried_at = NULL WHERE"
    with writing(path) as con:
        if message_ids is None:
            return con.execute(f"{sql} state = 'dead'").rowcount
        return sum(
            con.execute(f"{sql} state IN ('dead', 'sent') AND message_id = ?", (one,)).rowcount
            for one in message_ids
        )


def rows(path: Path) -> list[dict[str, Any]]:
    """All letters, oldest first; none where there is no state file yet."""
    if not path.exists():
        return []
    with reading(path) as con:
        return [dict(r) for r in con.execute("SELECT * FROM outbox ORDER BY created, message_id").fetchall()]


def note(path: Path, name: str, zh: str, en: str, at: datetime) -> None:
    """Remember a trouble that a person must see, until it is forgotten."""
    with writing(path) as con:
        con.execute("INSERT OR REPLACE INTO mail_note VALUES (?, ?, ?, ?)", (name, zh, en, text_of(at)))


def forget(path: Path, name: str) -> None:
    """Forget a trouble that is over."""
    with writing(path) as con:
        con.execute("DELETE FROM mail_note WHERE name = ? AND name <> ?", (name, _IDENTITY))


def notes(path: Path) -> list[dict[str, Any]]:
    """Troubles remembered: name, zh, en, noted_at."""
    if not path.exists():
        return []
    with reading(path) as con:
        found = con.execute("SELECT * FROM mail_note WHERE name <> ? ORDER BY name", (_IDENTITY,)).fetchall()
    return [dict(row) for row in found]


def masked(address: str) -> str:
    """An address as it may be shown: first letters only, ``z***@e***.cn``."""
    local, at, domain = address.rpartition("@")
    if not at:
        return "***"
    ending = domain.rpartition(".")[2] if "." in domain else ""
    return f"{local[:1]}***@{domain[:1]}***" + (f".{ending}" if ending else "")


_MIRRORED = (
    "message_id", "letter_key", "recipient", "recipient_name", "kind", "urgent", "exercise", "subject", "state", "attempts",
    "doubtful", "next_try", "sent_at", "sent_by", "last_code", "last_error", "created",
)  # fmt: skip
_MOMENTS = ("next_try", "sent_at", "created")


def mirror(con: duckdb.DuckDBPyConnection, state_path: Path) -> int:
    """Copy the outbox into ``ops.outbox``, with addresses masked; returns the rows. The caller owns the transaction."""
    con.execute("DELETE FROM ops.outbox")
    found = rows(state_path)
    marks = ", ".join("?::TIMESTAMP" if name in _MOMENTS else "?" for name in _MIRRORED)
    for row in found:
        shown = row | {"recipient": masked(row["recipient"])}
        con.execute(
            f"INSERT INTO ops.outbox ({', '.join(_MIRRORED)}) VALUES ({marks})", [shown[n] for n in _MIRRORED]
        )
    return len(found)
