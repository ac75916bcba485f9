"""Which files and days a refresh has to look at, sorted into months."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from pipelines.air.arrivals import Arrival
from pipelines.air.known import KnownFile, is_due
from sources.station_files import FileRef

Month = tuple[int, int]


@dataclass(frozen=True)
class RefreshOptions:
    """How a refresh is done.

    Attributes
    ----------
    as_of : datetime
        What is taken as now.
    run_id : str
    window : (date, date) or None
        Only files and days of these days; None for all that is due.
    force : bool
        Read loaded files of the window again and compute its days again even where nothing changed.
    accepted : set of (path, sha256)
        Held files that a person accepted.
    close_after_days, threads : int
    """

    as_of: datetime
    run_id: str
    window: tuple[date, date] | None = None
    force: bool = False
    accepted: frozenset[tuple[str, str]] = frozenset()
    close_after_days: int = 7
    threads: int = 2


def due_files(refs: Iterable[FileRef], known: dict[str, KnownFile], options: RefreshOptions) -> list[FileRef]:
    """Files to read, oldest first, restricted to the window where there is one."""
    due = []
    for ref in refs:
        account = known.get(ref.path)
        wanted = is_due(ref, account, options.accepted, options.as_of)
        if options.window:
            first, last = options.window
            if ref.day_in_name and not first <= ref.day_in_name <= last + timedelta(days=1):
                continue
            wanted |= options.force and account is not None and account.status in ("loaded", "partial")
        if wanted:
            due.append(ref)
    return sorted(due, key=lambda r: (r.modified_ns, r.path))


def month_of(day: date) -> Month:
    """Year and month of a day."""
    return day.year, day.month


def days_of(arrival: Arrival) -> set[date]:
    """Natural days that the hours of a file belong to."""
    if arrival.hours is None:
        return set()
    return set(np.unique((arrival.hours.hour_end - 1).astype("datetime64[D]")).tolist())


@dataclass
class MonthWork:
    """What there is to do in a month: files to read, files read already, days whose inputs changed."""

    refs: list[FileRef] = field(default_factory=list)
    read: list[Arrival] = field(default_factory=list)
    stale: set[date] = field(default_factory=set)
