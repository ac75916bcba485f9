"""From station files to hours and days of stations and cities: plan, read, lay over, compute, keep.

A month at a time: one transaction holds the rows, the origin of every hour, the state of every day and the account
of the files, so that a crash leaves either all of a month's work or none of it.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb
import numpy as np

from pipelines.air.arrivals import Arrival, read_arrivals
from pipelines.air.kept import (
    expected_stations,
    load_cube,
    reporting_elsewhere,
    stations_with_values,
    whole_month_if_expected_changed,
    write_window,
)
from pipelines.air.known import known_files
from pipelines.air.ledger import FileEntry, write_entries
from pipelines.air.overlay import HourCube, HourOrigin, day_states, overlay
from pipelines.air.pending import input_hashes, keep_hashes, note_window, stale_days
from pipelines.air.plan import Month, MonthWork, RefreshOptions, days_of, due_files, month_of
from pipelines.air.reference import Reference, days_between
from pipelines.air.window import WindowTables, compute_window
from sources.station_files import FileRef
from warehouse.store import another, transaction

Progress = Callable[[int, int, str], None]
TAKEN_IN = ("loaded", "partial", "held")
"""What may become of a file that holds hours."""


@dataclass
class RefreshSummary:
    """What a refresh did."""

    files: dict[str, int] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    n_station_hours: int = 0
    notes: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)

    def count(self, entry: FileEntry) -> None:
        """Count one finished file and keep its reason for the summary."""
        self.files[entry.status] = self.files.get(entry.status, 0) + 1
        _, zh, en = entry.reason
        if zh:
            self.notes.append((entry.arrival.ref.path, entry.status, zh, en))


class _Refresh:
    """One pass over the months that have something to do."""

    def __init__(self, con: duckdb.DuckDBPyConnection, ref: Reference, options: RefreshOptions):
        self.con = con
        self.writer = another(con)
        self.ref = ref
        self.options = options
        self.summary = RefreshSummary()
        self.known = known_files(con)
        self.path_of_content = {
            k.sha256: p
            for p, k in self.known.items()
            if k.status in ("loaded", "partial", "held") and k.reason_code != "date_mismatch"
        }
        self.held_contents = {k.sha256 for k in self.known.values() if k.status == "held"}
        self.entries: dict[str, FileEntry] = {}
        self.last_month: dict[str, Month] = {}

    def plan(self, refs: list[FileRef]) -> dict[Month, MonthWork]:
        """Sort files and stale days into months; a file of the first of a month also serves the month before."""
        chunks: dict[Month, MonthWork] = {}
        undated = [r for r in refs if r.day_in_name is None or self._date_confirmed(r)]
        for ref in refs:
            if ref.day_in_name is None or self._date_confirmed(ref):
                continue
            for month in sorted({month_of(ref.day_in_name), month_of(ref.day_in_name - timedelta(days=1))}):
                chunks.setdefault(month, MonthWork()).refs.append(ref)
                self.last_month[ref.path] = month
        for arrival in self._read(undated):
            months = sorted({month_of(day) for day in days_of(arrival)}) or [(9999, 12)]
            for month in months:
                chunks.setdefault(month, MonthWork()).read.append(arrival)
            self.last_month[arrival.ref.path] = months[-1]
        for day in self._stale():
            chunks.setdefault(month_of(day), MonthWork()).stale.add(day)
        return dict(sorted(chunks.items()))

    def _date_confirmed(self, ref: FileRef) -> bool:
        known = self.known.get(ref.path)
        return known is not None and (ref.path, known.sha256) in self.options.accepted

    def _stale(self) -> set[date]:
        options = self.options
        inputs = (options.as_of, options.close_after_days, self.ref.fingerprint)
        days = stale_days(self.con, *inputs)
        if options.window:
            first, last = options.window
            days = {d for d in days if first <= d <= last}
            if options.force:
                days |= set(input_hashes(self.con, *inputs, options.window))
        return days

    def _read(self, refs: list[FileRef]) -> list[Arrival]:
        return list(read_arrivals(refs, self.options.as_of, self.options.accepted, self.options.threads))

    def run(self, chunks: dict[Month, MonthWork], progress: Progress | None) -> None:
        """Do the months in order: while one is kept, the next is computed and the files after it are read."""
        months = list(chunks)
        with ThreadPoolExecutor(max_workers=1) as reader, ThreadPoolExecutor(max_workers=1) as writer:
            reading: Future[list[Arrival]] | None = None
            keeping: Future[None] | None = None
            for i, month in enumerate(months):
                fresh = reading.result() if reading else self._read(self._unread(chunks[month], set()))
                reading = None
                if i + 1 < len(months):
                    coming = self._unread(chunks[months[i + 1]], {a.ref.path for a in fresh})
                    reading = reader.submit(self._read, coming)
                ready = self._prepare(month, chunks[month], fresh)
                if keeping:
                    keeping.result()
                keeping = writer.submit(self._keep, ready)
                if progress:
                    progress(i + 1, len(months), f"{month[0]}-{month[1]:02d}")
            if keeping:
                keeping.result()

    def _unread(self, chunk: MonthWork, arriving: set[str]) -> list[FileRef]:
        return [r for r in chunk.refs if r.path not in self.entries and r.path not in arriving]

    def _prepare(self, month: Month, chunk: MonthWork, fresh: list[Arrival]) -> "_Ready":
        """Lay the month's files over what is kept and compute; nothing is written."""
        for arrival in [*fresh, *chunk.read]:
            if arrival.ref.path not in self.entries:
                self.entries[arrival.ref.path] = self._entry(arrival)
        paths = {r.path for r in chunk.refs} | {a.ref.path for a in chunk.read}
        entries = sorted((self.entries[p] for p in paths), key=lambda e: (e.age_ns, e.arrival.ref.path))
        active = [e for e in entries if e.arrival.hours is not None]
        touched = {d for e in active for d in days_of(e.arrival) if month_of(d) == month}
        days = touched | chunk.stale
        finished = [e for e in entries if self.last_month[e.arrival.ref.path] == month]
        for entry in finished:
            del self.entries[entry.arrival.ref.path]
        window = self._compute(active, min(days), max(days)) if days else None
        return _Ready(window, finished)

    def _age(self, arrival: Arrival) -> int:
        """Place of a file in time: touching it changes nothing, and new bytes of a path follow its old ones."""
        known = self.known.get(arrival.ref.path)
        if known is not None and known.sha256 == arrival.sha256:
            return known.age_ns
        age = min(arrival.ref.modified_ns, time.time_ns())
        return age if known is None else max(age, known.age_ns + 1)

    def _entry(self, arrival: Arrival) -> FileEntry:
        entry = FileEntry(arrival, age_ns=self._age(arrival))
        other = self.path_of_content.get(arrival.sha256)
        if arrival.status in TAKEN_IN and other is not None and other != arrival.ref.path:
            entry.duplicate_of = other
        elif arrival.hours is not None:
            self.path_of_content[arrival.sha256] = arrival.ref.path
        return entry

    def _lay_over(self, active: list[FileEntry], first: date, last: date) -> HourCube:
        arriving = sorted({c for e in active if e.arrival.hours for c in e.arrival.hours.station_codes})
        cube = load_cube(self.con, first, last, arriving)
        for entry in active:
            hours = entry.arrival.hours
            assert hours is not None
            if entry.duplicate_of and entry.arrival.sha256 in self.held_contents:
                continue  # whoever accepts the file held first decides for its copies
            entry.add(
                overlay(
                    cube,
                    hours.hour_end,
                    hours.station_codes,
                    hours.values,
                    HourOrigin(entry.age_ns, entry.arrival.ref.path, entry.arrival.sha256),
                    self.ref.rules,
                    trusted=(entry.arrival.ref.path, entry.arrival.sha256) in self.options.accepted,
                )
            )
            if entry.held:
                self.held_contents.add(entry.arrival.sha256)
        return cube

    def _compute(self, active: list[FileEntry], first: date, last: date) -> "_Window":
        options = self.options
        cube = self._lay_over(active, first, last)
        cube, first, last = whole_month_if_expected_changed(self.con, cube, self.ref, first, last)
        days = days_between(first, last)
        outside = reporting_elsewhere(self.con, first, last, outside=True)
        expected = expected_stations(outside | stations_with_values(cube), self.ref)
        tables = compute_window(
            cube.values,
            cube.hour_end,
            cube.stations,
            days,
            day_states(cube, days, options.as_of, options.close_after_days),
            np.tile(expected, (len(days), 1)),
            self.ref,
        )
        return _Window(cube.hour_end, cube.origin, tables, first, last)

    def _keep(self, ready: "_Ready") -> None:
        """Write a month in one transaction, on a connection of its own."""
        options, window = self.options, ready.window
        hashes: dict[date, str] = {}
        with transaction(self.writer):
            if window is not None:
                write_window(
                    self.writer, window.hour_end, window.origin, window.tables, window.first, window.last
                )
                hashes = input_hashes(
                    self.writer,
                    options.as_of,
                    options.close_after_days,
                    self.ref.fingerprint,
                    (window.first, window.last),
                )
                keep_hashes(self.writer, hashes, window.first, window.last)
                note_window(self.writer, window.first, window.last)
            write_entries(self.writer, ready.finished, options.as_of, options.run_id)
        self.summary.days |= set(hashes)
        self.summary.n_station_hours += window.tables.station_hour.num_rows if window else 0
        for entry in ready.finished:
            self.summary.count(entry)


@dataclass(frozen=True)
class _Window:
    """Days computed and not yet written."""

    hour_end: np.ndarray
    origin: list[HourOrigin | None]
    tables: WindowTables
    first: date
    last: date


@dataclass(frozen=True)
class _Ready:
    """A month that only has to be written, with the files it finishes."""

    window: _Window | None
    finished: list[FileEntry]


def refresh(
    con: duckdb.DuckDBPyConnection,
    refs: Iterable[FileRef],
    ref: Reference,
    options: RefreshOptions,
    progress: Progress | None = None,
) -> RefreshSummary:
    """Take in new and changed station files and compute what they touch.

    Parameters
    ----------
    con : DuckDBPyConnection
        The warehouse, open for writing.
    refs : iterable of FileRef
        All station files that are there; those already known and unchanged are passed over.
    ref : Reference
    options : RefreshOptions
    progress : callable, optional
        Called with months done, months in all and the month's name.
    """
    work = _Refresh(con, ref, options)
    try:
        work.run(work.plan(due_files(refs, work.known, options)), progress)
    finally:
        work.writer.close()
    return work.summary
