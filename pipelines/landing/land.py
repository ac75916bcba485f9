"""Land: list what is there, refuse what must not be read, keep the small tables."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.air.known import KnownFile, is_due, known_files
from pipelines.air.ledger import write_files
from pipelines.landing.ahead import Opened, open_file, open_files
from pipelines.landing.coal import KIND as COAL
from pipelines.landing.coal import take_coal
from pipelines.landing.grid import KIND as GRID
from pipelines.landing.grid import Places, grids_last, take_grid
from pipelines.landing.kinds import TableKind, is_station_file, recognise
from pipelines.landing.tables import fill, reject_rows, usable
from sources import station_list
from sources.bureau_forms.model import Document
from sources.reasons import describe
from sources.station_files import FileRef, Refusal, find
from sources.tables import TableError
from warehouse.store import one_row, transaction


@dataclass
class Landed:
    """What the landing folder holds for a run."""

    station_files: list[FileRef] = field(default_factory=list)
    n_tables: int = 0
    n_refused: int = 0


def list_landing(folder: Path, max_file_mb: int) -> tuple[list[FileRef], list[Refusal]]:
    """Files of the landing folder; a folder that does not exist yet is empty."""
    if not folder.exists():
        return [], []
    return find(folder, max_bytes=max_file_mb * 1024 * 1024)


def land(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    as_of: datetime,
    run_id: str,
    max_file_mb: int,
    stations: Path | None = None,
    overrides: Path | None = None,
    outlines: Path | None = None,
) -> Landed:
    """Register refusals, keep changed tables and station lists, return the station files.

    Each file is its own transaction: a file is kept as a whole or not at all. Grids are read again when the outlines or
    the stations they are read by changed.
    """
    refs, refusals = list_landing(folder, max_file_mb)
    known = known_files(con)
    account = _Account(con, as_of, run_id, Places(con, outlines))
    landed = Landed()
    for refusal in refusals:
        landed.n_refused += account.refuse(refusal, known.get(refusal.path))
    if stations is not None:
        landed.n_tables += account.station_list(stations, overrides, known)
    configured = {str(p) for p in (stations, overrides) if p is not None}
    again = GRID if account.places.changed() else None
    sorted_ = _sort([ref for ref in grids_last(refs) if ref.path not in configured], known, as_of, again)
    landed.station_files = sorted_.station_files
    for opened in open_files(sorted_.new, folder, as_of):
        kept = account.take(opened, listed=stations is not None)
        landed.n_tables += kept
        landed.n_refused += not kept
    for ref in sorted_.others:
        # Rows that a replaced file had overruled stand again in the other files of its kind.
        if known[ref.path].kind in sorted_.replaced and known[ref.path].status in ("loaded", "partial"):
            account.take(open_file(ref, folder, as_of), listed=stations is not None)
    if account.places.changed():
        account.places.keep()
    return landed


@dataclass
class _Sorted:
    """Files by what is to be done with them, and the kinds of which a file was replaced."""

    station_files: list[FileRef] = field(default_factory=list)
    new: list[FileRef] = field(default_factory=list)
    others: list[FileRef] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)


def _sort(
    refs: Iterable[FileRef], known: dict[str, KnownFile], as_of: datetime, again: str | None = None
) -> _Sorted:
    found = _Sorted()
    for ref in refs:
        before = known.get(ref.path)
        unchanged = (
            before is not None and not is_due(ref, before, frozenset(), as_of) and before.kind != again
        )
        if before is not None and unchanged and before.kind != "station_hours":
            found.others.append(ref)
        elif (before is not None and unchanged) or is_station_file(ref):
            found.station_files.append(ref)
        else:
            found.new.append(ref)
            if before is not None and before.kind not in ("stations", COAL, GRID):
                found.replaced.add(before.kind)
    return found


class _Account:
    def __init__(self, con: duckdb.DuckDBPyConnection, as_of: datetime, run_id: str, places: Places):
        self.con, self.as_of, self.run_id, self.places = con, as_of, run_id, places

    def refuse(self, refusal: Refusal, before: KnownFile | None) -> bool:
        """Note a file that is not read; the same refusal is noted once."""
        if not is_new_refusal(refusal, before):
            return False
        status = "unreadable" if refusal.reason_code == "unreadable" else "rejected"
        row = self._row(refusal.path, "unknown", "", refusal.size_bytes, refusal.modified_ns, status)
        self._write(row | _reason(refusal.reason_code, path=refusal.path, **refusal.values), [])
        return True

    def take(self, opened: Opened, *, listed: bool) -> bool:
        """Keep one file if it is a small table, a coal form or a forecast grid."""
        ref, data, sha256, error = opened.ref, opened.data, opened.sha256, opened.error
        if error is not None:
            row = self._row(ref.path, "unknown", "", ref.size_bytes, ref.modified_ns, "unreadable")
            self._write(row | _reason(error.reason_code, path=ref.path, **error.values), [])
            return False
        if opened.is_grid:
            return self._take_grid(ref, data, sha256)
        if opened.form is not None:
            return self._take_coal(ref, opened.form, sha256)
        found = recognise(data, self._target_ids())
        if isinstance(found, TableError):
            row = self._row(ref.path, "unknown", sha256, ref.size_bytes, ref.modified_ns, "rejected")
            reason = {"reason_code": found.code, "reason_zh": found.zh, "reason_en": found.en}
            self._write(row | reason, [])
            return False
        kind, rows, rejects = found
        rows, rejects = usable(kind, rows, rejects, self.as_of)
        if kind.name == "stations" and listed:
            row = self._row(ref.path, kind.name, sha256, ref.size_bytes, ref.modified_ns, "ignored")
            self._write(row | _reason("other_station_list"), [])
            return False
        self._keep(
            kind, rows, rejects, self._row(ref.path, kind.name, sha256, ref.size_bytes, ref.modified_ns, "")
        )
        return True

    def _take_coal(self, ref: FileRef, form: Document, sha256: str) -> bool:
        with transaction(self.con):
            account = take_coal(self.con, ref, form, sha256, self.as_of)
            row = self._row(ref.path, COAL, sha256, ref.size_bytes, ref.modified_ns, "") | account
            write_files(self.con, [_complete(row)], [], [])
        return bool(account["status"] == "loaded")

    def _take_grid(self, ref: FileRef, data: bytes, sha256: str) -> bool:
        with transaction(self.con):
            account, rejects = take_grid(self.con, ref.path, data, sha256, self.as_of, self.places)
            row = self._row(ref.path, GRID, sha256, ref.size_bytes, ref.modified_ns, "") | account
            write_files(self.con, [_complete(row)], [reject_rows(rejects, row)], [])
        return bool(account["status"] in ("loaded", "partial"))

    def _target_ids(self) -> list[str]:
        return [name for (name,) in self.con.execute("SELECT target_id FROM ref.target").fetchall()]

    def station_list(self, path: Path, overrides: Path | None, known: dict[str, KnownFile]) -> int:
        """Read the station list named by the user when it, or its overrides, changed.

        Raises
        ------
        TableError, OSError
            The list cannot be read: the run must not go on with another one.
        """
        data, extra, sha256 = read_station_list(path, overrides)
        if list_in_force(self.con) == sha256:
            return 0
        rows, rejects = station_list.read(data, overrides=extra or None)
        kind = TableKind("stations", "ref.station", station_list.read, ("station_code",))
        stat = path.stat()
        self._keep(
            kind, rows, rejects, self._row(str(path), kind.name, sha256, stat.st_size, stat.st_mtime_ns, "")
        )
        return 1

    def _keep(self, kind: TableKind, rows: pd.DataFrame, rejects: pd.DataFrame, row: dict[str, Any]) -> None:
        row |= {"n_values": len(rows), "n_rejected": len(rejects)}
        row["status"] = "empty" if rows.empty else ("partial" if len(rejects) else "loaded")
        if rows.empty:
            row |= _reason("no_rows", n=len(rejects))
        elif len(rejects):
            row |= _reason("some_rejected", n=len(rejects))
        with transaction(self.con):
            fill(self.con, kind, rows, row)
            if kind.name == "stations" and not rows.empty:
                _set_list_in_force(self.con, row)
            write_files(self.con, [_complete(row)], [reject_rows(rejects, row)], [])

    def _row(
        self, path: str, kind: str, sha256: str, size: int, modified_ns: int, status: str
    ) -> dict[str, Any]:
        return {
            "path": path,
            "kind": kind,
            "sha256": sha256,
            "size_bytes": size,
            "modified_ns": modified_ns,
            "status": status,
            "seen_at": self.as_of,
            "run_id": self.run_id,
        }

    def _write(self, row: dict[str, Any], rejects: list[pd.DataFrame]) -> None:
        with transaction(self.con):
            write_files(self.con, [_complete(row)], rejects, [])


_OPTIONAL = (
    "reason_code",
    "reason_zh",
    "reason_en",
    "day_first",
    "day_last",
    "n_hours",
    "n_values",
    "n_rejected",
    "age_ns",
)


def _complete(row: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(_OPTIONAL) | {"age_ns": row["modified_ns"]} | row


def _reason(code: str, **values: object) -> dict[str, str]:
    zh, en = describe(code, **values)
    return {"reason_code": code, "reason_zh": zh, "reason_en": en}


def read_station_list(path: Path, overrides: Path | None) -> tuple[bytes, bytes, str]:
    """Bytes of a station list and its overrides, and the fingerprint of both.

    Raises
    ------
    OSError
        One of them cannot be read.
    """
    data = path.read_bytes()
    extra = overrides.read_bytes() if overrides else b""
    return data, extra, hashlib.sha256(data + b"\0" + extra).hexdigest()


def list_in_force(con: duckdb.DuckDBPyConnection) -> str | None:
    """Fingerprint of the station list (with its overrides) that fills ``ref.station``."""
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'station_list'"))
    return str(row[0]) if row else None


def _set_list_in_force(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> None:
    con.execute("INSERT OR REPLACE INTO ops.about VALUES ('station_list', ?)", [row["sha256"]])
    reason = _reason("other_station_list")
    con.execute(
        "UPDATE ops.source_file SET status = 'ignored', reason_code = $code, reason_zh = $zh, reason_en = $en"
        " WHERE kind = 'stations' AND path <> $path AND status <> 'superseded'",
        {
            "code": reason["reason_code"],
            "zh": reason["reason_zh"],
            "en": reason["reason_en"],
            "path": row["path"],
        },
    )


def due_station_files(
    refs: Iterable[FileRef],
    known: dict[str, KnownFile],
    accepted: frozenset[tuple[str, str]],
    as_of: datetime,
) -> list[FileRef]:
    """Files a run would look at."""
    return [ref for ref in refs if is_due(ref, known.get(ref.path), accepted, as_of)]


def is_new_refusal(refusal: Refusal, before: KnownFile | None) -> bool:
    """Tell whether a refusal is not yet in the account of files."""
    noted = (refusal.reason_code, refusal.size_bytes)
    return before is None or (before.reason_code, before.size_bytes) != noted
