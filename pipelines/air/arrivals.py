"""Read station files that arrived: bytes, fingerprint, hours, or the reason why not."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from sources.reasons import describe
from sources.station_files import FileHours, FileRef, StationFileError, UnreadableFile, parse

_EARLIEST = np.datetime64("2013-01-01T01:00:00", "s")
"""First hour that a standard set covers."""


@dataclass(frozen=True)
class Arrival:
    """A station file that was read, or could not be."""

    ref: FileRef
    sha256: str
    hours: FileHours | None
    status: str
    reason_code: str | None = None
    reason: tuple[str, str] | None = None
    dates: tuple[date, ...] = ()
    """Dates of the rows of a file refused for its dates."""

    @property
    def n_rejected(self) -> int:
        """Rejected lines and values of the file."""
        return 0 if self.hours is None else self.hours.n_rejected


def _refused(ref: FileRef, sha256: str, status: str, code: str, values: dict[str, object]) -> Arrival:
    dates = tuple(sorted(values.pop("dates", ())))  # type: ignore[call-overload]
    return Arrival(ref, sha256, None, status, code, describe(code, path=ref.path, **values), dates)


def read_arrival(
    ref: FileRef, as_of: datetime, *, confirmed: frozenset[tuple[str, str]] = frozenset()
) -> Arrival:
    """Read and parse one file; what is wrong with it becomes its status and reason, never an exception.

    Parameters
    ----------
    ref : FileRef
    as_of : datetime
        Hours that end later are rejected as future.
    confirmed : frozenset of (path, sha256)
        Held files that a person accepted: the dates of their rows count even where the name says another.
    """
    try:
        data = ref.read_bytes()
    except UnreadableFile as error:
        return _refused(ref, "", "unreadable", error.reason_code, dict(error.values))
    sha256 = hashlib.sha256(data).hexdigest()
    day_in_name = None if (ref.path, sha256) in confirmed else ref.day_in_name
    try:
        hours = parse(data, latest_hour_end=np.datetime64(as_of, "s"), day_in_name=day_in_name)
    except StationFileError as error:
        status = {
            "future": "future",
            "date_mismatch": "held",
            "empty_file": "empty",
            "header_only": "empty",
        }.get(error.reason_code, "rejected")
        return _refused(ref, sha256, status, error.reason_code, dict(error.values))
    if len(hours.hour_end) and hours.hour_end[0] < _EARLIEST:
        return _refused(ref, sha256, "rejected", "before_standards", {"found": str(hours.hour_end[0])})
    if len(hours.hour_end) == 0:
        return Arrival(ref, sha256, hours, "empty", "no_hours", describe("no_hours", path=ref.path))
    return Arrival(ref, sha256, hours, "partial" if len(hours.rejects) else "loaded")


def read_arrivals(
    refs: Iterable[FileRef], as_of: datetime, confirmed: frozenset[tuple[str, str]], threads: int
) -> Iterator[Arrival]:
    """Read files in order, several at a time."""
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        yield from pool.map(lambda ref: read_arrival(ref, as_of, confirmed=confirmed), refs)


def reject_rows(arrival: Arrival) -> pd.DataFrame:
    """Rows of ``ops.rejected_value`` for one file."""
    if arrival.hours is None or len(arrival.hours.rejects) == 0:
        return pd.DataFrame()
    rejects = arrival.hours.rejects.copy()
    texts = [
        describe(
            str(row.reason_code),
            path=arrival.ref.path,
            line=row.line,
            text=row.text,
            item=row.item,
            station_code=row.station_code,
            station=row.station_code,
        )
        for row in rejects.itertuples(index=False)
    ]
    rejects["reason_zh"] = [zh for zh, _ in texts]
    rejects["reason_en"] = [en for _, en in texts]
    rejects["text"] = rejects["text"].astype("string").str.slice(0, 200)
    rejects["path"] = arrival.ref.path
    rejects["sha256"] = arrival.sha256
    return rejects
