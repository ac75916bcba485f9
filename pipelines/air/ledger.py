"""The account of files: what happened to each, written beside the data it brought."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from pipelines.air.arrivals import Arrival, reject_rows
from pipelines.air.overlay import OverlayResult
from sources.reasons import describe


@dataclass
class FileEntry:
    """What is known of one file while a run handles it."""

    arrival: Arrival
    n_new: int = 0
    n_taken: int = 0
    n_lost: int = 0
    n_more: int = 0
    n_older: int = 0
    age_ns: int = 0
    held: list[pd.DataFrame] = field(default_factory=list)
    duplicate_of: str | None = None

    def add(self, result: OverlayResult) -> None:
        """Count what the file did in one window."""
        self.n_new += result.n_taken - result.n_same
        self.n_lost += result.n_lost
        self.n_more += result.n_more
        self.n_older += result.n_older
        self.n_taken += result.n_taken
        if len(result.held):
            self.held.append(result.held)

    @property
    def is_duplicate(self) -> bool:
        """The bytes were read under another path and nothing came between."""
        return self.duplicate_of is not None and not self.n_new and not self.held

    @property
    def status(self) -> str:
        """Final state of the file."""
        if self.is_duplicate:
            return "duplicate"
        if self.is_older:
            return "ignored"
        return "held" if self.held else self.arrival.status

    @property
    def is_older(self) -> bool:
        """Every hour of the file has a newer source."""
        return self.n_older > 0 and not self.n_taken and not self.held

    @property
    def reason(self) -> tuple[str | None, str | None, str | None]:
        """Reason code and its Chinese and English text."""
        if self.is_duplicate:
            return ("duplicate_content", *describe("duplicate_content", other=self.duplicate_of))
        if self.is_older:
            return ("older_than_kept", *describe("older_than_kept", n=self.n_older))
        if self.held and not self.n_lost:
            hours = sum(f["hour_end"].nunique() for f in self.held)
            return ("older_has_more", *describe("older_has_more", n=self.n_more, hours=hours))
        if self.held:
            hours = sum(f["hour_end"].nunique() for f in self.held)
            return ("would_remove", *describe("would_remove", n=self.n_lost, hours=hours))
        if self.arrival.reason_code:
            zh, en = self.arrival.reason or ("", "")
            return self.arrival.reason_code, zh, en
        if self.arrival.n_rejected:
            n = self.arrival.n_rejected
            return ("some_rejected", *describe("some_rejected", n=n))
        return None, None, None


def entry_row(entry: FileEntry, seen_at: datetime, run_id: str) -> dict[str, Any]:
    """Row of ``ops.source_file``."""
    arrival, hours = entry.arrival, entry.arrival.hours
    code, zh, en = entry.reason
    days = list(arrival.dates)
    if hours is not None and len(hours.hour_end):
        days = (hours.hour_end - 1).astype("datetime64[D]").tolist()
    return {
        "path": arrival.ref.path,
        "kind": "station_hours",
        "sha256": arrival.sha256,
        "size_bytes": arrival.ref.size_bytes,
        "modified_ns": arrival.ref.modified_ns,
        "status": entry.status,
        "reason_code": code,
        "reason_zh": zh,
        "reason_en": en,
        "day_first": days[0] if days else None,
        "day_last": days[-1] if days else None,
        "n_hours": None if hours is None else len(hours.hour_end),
        "n_values": None if hours is None else int(hours.n_values),
        "n_rejected": arrival.n_rejected,
        "age_ns": entry.age_ns,
        "seen_at": seen_at,
        "run_id": run_id,
    }


def write_files(
    con: duckdb.DuckDBPyConnection,
    rows: list[dict[str, Any]],
    rejects: list[pd.DataFrame],
    held: list[pd.DataFrame],
) -> None:
    """Write files, their rejections and their held differences; older contents of a path become superseded."""
    if not rows:
        return
    frame = pd.DataFrame(rows)
    con.register("incoming", frame)
    for table in ("rejected_value", "held_value"):
        con.execute(f"DELETE FROM ops.{table} WHERE (path, sha256) IN (SELECT (path, sha256) FROM incoming)")
    con.execute("DELETE FROM ops.held_value WHERE path IN (SELECT path FROM incoming)")
    con.execute("DELETE FROM ops.source_file WHERE (path, sha256) IN (SELECT (path, sha256) FROM incoming)")
    con.execute("DELETE FROM ops.source_file WHERE sha256 = '' AND path IN (SELECT path FROM incoming)")
    con.execute("UPDATE ops.source_file SET status = 'superseded' WHERE path IN (SELECT path FROM incoming)")
    con.execute("INSERT INTO ops.source_file BY NAME SELECT * FROM incoming")
    con.unregister("incoming")
    for table, frames in (("rejected_value", rejects), ("held_value", held)):
        filled = [f for f in frames if len(f)]
        if filled:
            con.register("incoming", pd.concat(filled, ignore_index=True))
            con.execute(f"INSERT INTO ops.{table} BY NAME SELECT * FROM incoming")
            con.unregister("incoming")


def write_entries(
    con: duckdb.DuckDBPyConnection, entries: Iterable[FileEntry], seen_at: datetime, run_id: str
) -> None:
    """Write station files with all that belongs to them."""
    entries = list(entries)
    held = []
    for entry in entries:
        for frame in entry.held:
            held.append(frame.assign(path=entry.arrival.ref.path, sha256=entry.arrival.sha256))
    write_files(
        con,
        [entry_row(e, seen_at, run_id) for e in entries],
        [reject_rows(e.arrival) for e in entries if not e.is_duplicate],
        held,
    )
