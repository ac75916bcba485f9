"""Which lines of a station file are used, and why the others are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from sources.station_files.compiled import byte_table
from sources.station_files.header import Header
from sources.station_files.heads import read_heads
from sources.station_files.model import ALL_TYPES, MAX_REJECTS, StationFileError

_TYPE_TABLE = byte_table(ALL_TYPES)
_TYPE_INDEX = {name: i for i, name in enumerate(ALL_TYPES)}
_DATE = re.compile(r"(20\d\d)(-?)(\d\d)\2(\d\d)", re.ASCII)
_HOUR = re.compile(r"\d{1,2}", re.ASCII)
_EPOCH = date(1970, 1, 1)

Reject = tuple[int | None, str | None, str | None, np.datetime64 | None, str, str]
"""Line, station code, item, hour, text, reason code."""


@dataclass
class Rejects:
    """Reject records of one file: the first `MAX_REJECTS` and the number of the others."""

    records: list[Reject] = field(default_factory=list)
    n_more: int = 0

    @property
    def room(self) -> int:
        """Records that can still be added."""
        return MAX_REJECTS - len(self.records)

    @property
    def n(self) -> int:
        """Records, also those not kept."""
        return len(self.records) + self.n_more

    def frame(self) -> pd.DataFrame:
        """Return the records in the order of lines, and a last one that counts those not kept."""
        if not self.n:
            return _empty().copy()
        records = sorted(self.records, key=lambda record: record[0] or 0)
        if self.n_more:
            records.append((None, None, None, None, str(self.n_more), "too_many_rejects"))
        return _frame(records)


# nearly every file has no rejects, and building its frame of nothing takes longer than splitting its lines
@lru_cache(maxsize=1)
def _empty() -> pd.DataFrame:
    return _frame([])


def _frame(records: list[Reject]) -> pd.DataFrame:
    columns = list(zip(*records, strict=True)) if records else [()] * 6
    hours = [np.datetime64("NaT") if hour is None else hour for hour in columns[3]]
    return pd.DataFrame(
        {
            "line": pd.array(columns[0], dtype="Int64"),
            "station_code": pd.array(columns[1], dtype="str"),
            "item": pd.array(columns[2], dtype="str"),
            "hour_end": np.array(hours, "datetime64[s]"),
            "text": pd.array(columns[4], dtype="str"),
            "reason_code": pd.array(columns[5], dtype="str"),
        }
    )


@dataclass(frozen=True)
class Lines:
    """
    The lines of a station file.

    Attributes
    ----------
    starts, ends : ndarray of int64
        Where each line starts and ends, line end excluded.
    numbers : ndarray of int64
        Line numbers, the header's being 1.
    heads : ndarray of int64, shape (n_lines, 6)
        Day since 1970, hour, index in `ALL_TYPES`, start of the fourth field, fields, quotes.
    usable : ndarray of bool
        Lines whose values may be read.
    """

    starts: np.ndarray
    ends: np.ndarray
    numbers: np.ndarray
    heads: np.ndarray
    usable: np.ndarray

    @property
    def hour_end(self) -> np.ndarray:
        """End of each line's hour."""
        return (self.heads[:, 0] * 86_400 + self.heads[:, 1] * 3_600).astype("datetime64[s]")


def split_lines(data: bytes, array: np.ndarray, start: int) -> Lines:
    """Find the lines after the header that are not blank, and read their heads."""
    breaks = [start - 1]
    at = data.find(b"\n", start)
    while at >= 0:
        breaks.append(at)
        at = data.find(b"\n", at + 1)
    if breaks[-1] != len(data) - 1:
        breaks.append(len(data))
    edges = np.array(breaks, dtype=np.int64)
    starts, ends = edges[:-1] + 1, edges[1:].copy()
    ends -= (ends > starts) & (array[ends - 1] == ord("\r"))
    numbers = np.arange(starts.size, dtype=np.int64) + 1 + data.count(b"\n", 0, start)
    short = np.flatnonzero(ends - starts < 40)
    blank = [i for i in short if not data[starts[i] : ends[i]].strip()]
    if blank:
        starts, ends, numbers = (np.delete(a, blank) for a in (starts, ends, numbers))
    heads = np.zeros((starts.size, 6), dtype=np.int64)
    read_heads(array, starts, ends, _TYPE_TABLE, heads)
    return Lines(starts, ends, numbers, heads, np.ones(starts.size, dtype=bool))


def shorten(raw: bytes) -> str:
    """Show what was found in at most 200 characters: its start and, when it is long, its end."""
    text = (raw if len(raw) <= 1_000 else raw[:500] + raw[-500:]).decode("utf-8", errors="replace").strip()
    return text if len(text) <= 200 else f"{text[:130]} … {text[-60:]}"


def judge_lines(
    data: bytes,
    lines: Lines,
    header: Header,
    rejects: Rejects,
    latest_hour_end: np.datetime64 | None,
    day_in_name: date | None,
) -> None:
    """
    Mark the lines that cannot be used and record why.

    Raises
    ------
    StationFileError
        ``date_mismatch`` or ``future`` when that holds for every line that can be read.
    """
    n_fields = len(header.names) + 3
    for i in np.flatnonzero(
        (lines.heads[:, 0] < 0) | (lines.heads[:, 4] != n_fields) | (lines.heads[:, 5] > 0)
    ):
        reason, item = _judge(data, lines, int(i), n_fields)
        if reason:
            _reject(data, lines, int(i), reason, item, rejects)
    if day_in_name is not None:
        _judge_days(data, lines, day_in_name, rejects)
    if latest_hour_end is not None:
        _judge_future(data, lines, latest_hour_end, rejects)


def _reject(data: bytes, lines: Lines, i: int, reason: str, item: str | None, rejects: Rejects) -> None:
    lines.usable[i] = False
    if rejects.room <= 0:
        rejects.n_more += 1
        return
    hour = lines.hour_end[i] if lines.heads[i, 0] >= 0 else None
    item = ALL_TYPES[lines.heads[i, 2]] if item is None and lines.heads[i, 0] >= 0 else item
    text = shorten(data[lines.starts[i] : lines.ends[i]])
    rejects.records.append((int(lines.numbers[i]), None, item, hour, text, reason))


def _judge(data: bytes, lines: Lines, i: int, n_fields: int) -> tuple[str | None, str | None]:
    found, quotes = int(lines.heads[i, 4]), int(lines.heads[i, 5])
    end = int(lines.ends[i])
    if found < n_fields:
        return ("truncated_line" if end == len(data) else "short_line"), None
    if found > n_fields:
        return "long_line", None
    raw = data[lines.starts[i] : end]
    if quotes and not all(_quotes_close(cell) for cell in raw.split(b",")):
        return "bad_quotes", None
    return _careful_head(raw, int(lines.starts[i]), lines.heads[i]) if lines.heads[i, 0] < 0 else (None, None)


def _quotes_close(cell: bytes) -> bool:
    cell = cell.strip()
    return not cell.startswith(b'"') or (len(cell) >= 2 and cell.endswith(b'"') and cell.count(b'"') == 2)


def _bare(cell: bytes) -> bytes:
    """Text of a cell without blanks and without the pair of quotes around it; a lone quote stays."""
    cell = cell.strip()
    quoted = len(cell) >= 2 and cell.startswith(b'"') and cell.endswith(b'"')
    return cell[1:-1].strip() if quoted else cell


def _careful_head(raw: bytes, start: int, head: np.ndarray) -> tuple[str | None, str | None]:
    """Read a head in any spelling: blanks, quotes, dates with hyphens; fill it in, or return the reason."""
    fields = raw.split(b",", 3)
    day, hour, kind = (_bare(field).decode("utf-8", errors="replace") for field in fields[:3])
    match = _DATE.fullmatch(day)
    try:
        number = (date(int(match[1]), int(match[3]), int(match[4])) - _EPOCH).days if match else -1
    except ValueError:
        number = -1
    if number < 0:
        return "bad_date", kind[:50]
    if not _HOUR.fullmatch(hour) or int(hour) > 23:
        return "bad_hour", kind[:50]
    if kind not in _TYPE_INDEX:
        return "unknown_type", kind[:50]
    head[:4] = number, int(hour), _TYPE_INDEX[kind], start + sum(map(len, fields[:3])) + 3
    return None, None


def _judge_days(data: bytes, lines: Lines, expected: date, rejects: Rejects) -> None:
    days = lines.heads[:, 0]
    other = np.flatnonzero(lines.usable & (days != (expected - _EPOCH).days))
    if other.size and other.size == np.count_nonzero(lines.usable):
        found = [_EPOCH + timedelta(days=int(day)) for day in np.unique(days[other])]
        raise StationFileError(
            "date_mismatch", expected=expected.isoformat(), found=_listed(found), dates=found
        )
    for i in other:
        _reject(data, lines, int(i), "date_not_in_name", None, rejects)


def _judge_future(data: bytes, lines: Lines, latest: np.datetime64, rejects: Rejects) -> None:
    late = np.flatnonzero(lines.usable & (lines.hour_end > latest))
    if late.size and late.size == np.count_nonzero(lines.usable):
        days = [_EPOCH + timedelta(days=int(day)) for day in np.unique(lines.heads[late, 0])]
        now = latest.astype(datetime).isoformat(sep=" ", timespec="minutes")
        raise StationFileError("future", found=_listed(days), latest=now, dates=days)
    for i in late:
        _reject(data, lines, int(i), "future_hour", None, rejects)


def _listed(days: list[date]) -> str:
    shown = ", ".join(day.isoformat() for day in days[:5])
    return shown if len(days) <= 5 else f"{shown} … ({len(days)})"
