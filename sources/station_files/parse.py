"""From the bytes of one station file to its hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from sources.station_files import cells
from sources.station_files.compiled import byte_table
from sources.station_files.header import Header, read_header
from sources.station_files.lines import Lines, Rejects, judge_lines, shorten, split_lines
from sources.station_files.model import (
    ALL_TYPES,
    HOUR_TYPES,
    MAX_REJECTS,
    MISSING,
    TENTHS_TYPES,
    FileHours,
    StationFileError,
)

_MARKS = byte_table(cells.MARKS)
_MAX_VALUES_BYTES = 2_147_483_648
_CELL_REASONS = {
    cells.NOT_A_NUMBER: "not_a_number",
    cells.OUT_OF_RANGE: "value_out_of_range",
    cells.UNFINISHED: "unfinished_cell",
    cells.CONFLICT_COLUMN: "duplicate_column",
    cells.CONFLICT_HOUR: "duplicate_hour",
}


def parse(
    data: bytes,
    types: Sequence[str] = HOUR_TYPES,
    *,
    latest_hour_end: datetime | np.datetime64 | None = None,
    day_in_name: date | None = None,
) -> FileHours:
    """
    Read the hours of one station file; what cannot be used is listed, the rest counts.

    A row labelled h is the hour that ends at h on the row's date, Beijing time.

    Parameters
    ----------
    data : bytes
        The file: CSV ``date,hour,type,<station codes…>``, one row an hour and type.
    types : sequence of str
        Types to read, of the fifteen of the file.
    latest_hour_end : datetime, optional
        “Now”: lines of later hours are rejected.
    day_in_name : date, optional
        Day the file's name promises: lines of other days are rejected.

    Returns
    -------
    FileHours
        Values as int32 [µg/m³; CO in tenths of mg/m³], with everything that was rejected.

    Raises
    ------
    StationFileError
        When nothing of the file can be used: wrong kind, encoding or separator, empty, every row of
        another day than its name says (``date_mismatch``) or of the future (``future``).
    ValueError
        When a type is asked for that station files do not have.
    """
    types = tuple(types)
    unknown = [name for name in types if name not in ALL_TYPES]
    if unknown or len(set(types)) != len(types):
        raise ValueError(f"types must be different ones of {', '.join(ALL_TYPES)}; got {', '.join(types)}")
    data = _with_line_feeds(bytes(data))
    header = read_header(data)
    array = np.frombuffer(data, dtype=np.uint8)
    lines = split_lines(data, array, header.end)
    rejects = Rejects()
    _reject_columns(header, rejects)
    latest = None if latest_hour_end is None else np.datetime64(latest_hour_end).astype("datetime64[s]")
    judge_lines(data, lines, header, rejects, latest, day_in_name)
    return _read_values(data, array, header, lines, types, rejects)


def _with_line_feeds(data: bytes) -> bytes:
    return data.replace(b"\r", b"\n") if b"\n" not in data else data


def _reject_columns(header: Header, rejects: Rejects) -> None:
    for i in np.flatnonzero(header.columns < 0):
        if rejects.room <= 0:
            rejects.n_more += 1
            continue
        name = shorten(header.names[i].encode())
        rejects.records.append((1, name, None, None, name, "bad_column_name"))


def _read_values(
    data: bytes, array: np.ndarray, header: Header, lines: Lines, types: tuple[str, ...], rejects: Rejects
) -> FileHours:
    place = np.full(len(ALL_TYPES), -1, dtype=np.int64)
    place[[ALL_TYPES.index(name) for name in types]] = np.arange(len(types))
    wanted = np.flatnonzero(lines.usable)
    wanted = wanted[place[lines.heads[wanted, 2]] >= 0]
    hours, hour_index = np.unique(lines.hour_end[wanted], return_inverse=True)
    shape = (len(types), hours.size, len(header.station_codes))
    if 4 * shape[0] * shape[1] * shape[2] > _MAX_VALUES_BYTES:
        raise StationFileError("too_large", size_bytes=len(data), limit=_MAX_VALUES_BYTES)
    tenths = np.array([name in TENTHS_TYPES for name in types], dtype=np.int64)
    kind = place[lines.heads[wanted, 2]]
    plan = np.stack(
        [lines.heads[wanted, 3], lines.ends[wanted], kind, hour_index, tenths[kind], lines.numbers[wanted]],
        axis=1,
    )
    values = np.full(shape, MISSING, dtype=np.int32)
    bad = np.empty((MAX_REJECTS, 6), dtype=np.int64)
    distrusted_end = -1 if data.endswith((b"\n", b"\r")) else len(data)
    owner = np.zeros(shape[:2], dtype=np.int64)
    n_bad = cells.read_cells(array, plan, header.columns, values, owner, distrusted_end, _MARKS, bad)
    if n_bad:
        _reject_cells(data, header, types, hours, plan, bad[: min(n_bad, MAX_REJECTS)], n_bad, rejects)
        values[values == cells.CONFLICT] = MISSING
    n_values = int(np.count_nonzero(values != MISSING))
    return FileHours(header.station_codes, hours, types, values, rejects.frame(), n_values, rejects.n)


def _reject_cells(
    data: bytes,
    header: Header,
    types: tuple[str, ...],
    hours: np.ndarray,
    plan: np.ndarray,
    bad: np.ndarray,
    n_bad: int,
    rejects: Rejects,
) -> None:
    room = max(rejects.room, 0)
    rejects.n_more += n_bad - min(n_bad, room, len(bad))
    for k, column, start, end, state, before in bad[:room].tolist():
        item = types[plan[k, 2]]
        text = shorten(data[start:end]).strip('"')
        if state in (cells.CONFLICT_COLUMN, cells.CONFLICT_HOUR) and before != cells.CONFLICT:
            text = f"{f'{before / 10:g}' if item in TENTHS_TYPES else before} | {text}"
        reason = _CELL_REASONS.get(state) or (
            "too_many_decimals" if item in TENTHS_TYPES else "decimals_in_integer"
        )
        station = header.station_codes[header.columns[column]]
        rejects.records.append((int(plan[k, 5]), station, item, hours[plan[k, 3]], text, reason))
