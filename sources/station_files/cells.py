"""Compiled loop over the cells of a station file; it knows bytes and integers only."""

from __future__ import annotations

from typing import Any

import numpy as np

from sources.station_files.compiled import compiled

OK, EMPTY, NOT_A_NUMBER, OUT_OF_RANGE, DECIMALS, UNFINISHED, CONFLICT_COLUMN, CONFLICT_HOUR = range(8)
"""What became of a cell."""

MISSING = np.int32(-2147483648)
CONFLICT = np.int32(-2147483647)
"""Stands in a cell whose values contradict each other, so that no later value revives it."""

LARGEST = 2147483646
MARKS = ("na", "n/a", "nan", "null", "none", "-", "--", "—", "——", "–")
"""Texts that mean “no value”, in lower case."""

_COMMA, _QUOTE, _DOT, _ZERO = 44, 34, 46, 48


@compiled
def _is_mark(data: np.ndarray, start: int, end: int, marks: np.ndarray) -> bool:
    size = end - start
    if size >= marks.shape[1]:
        return False
    for k in range(marks.shape[0]):
        i = 0
        while i < size:
            byte = data[start + i]
            if 65 <= byte <= 90:
                byte += 32
            if byte != marks[k, i]:
                break
            i += 1
        if i == size and marks[k, size] == 0:
            return True
    return False


@compiled
def _trim(data: np.ndarray, start: int, end: int) -> tuple[int, int]:
    while start < end and (data[start] == 32 or data[start] == 9 or data[start] == 13):
        start += 1
    while end > start and (data[end - 1] == 32 or data[end - 1] == 9 or data[end - 1] == 13):
        end -= 1
    return start, end


@compiled
def _decimal(data: np.ndarray, start: int, end: int, digits_kept: int) -> Any:
    i = start + 1 if data[start] == 43 or data[start] == 45 else start
    value, n_digits, after, lost = 0, 0, -1, False
    while i < end:
        if data[i] == _DOT and after < 0:
            after = 0
        elif 48 <= data[i] <= 57:
            n_digits += 1
            digit = int(data[i]) - _ZERO
            if after < 0 or after < digits_kept:
                value = min(value * 10 + digit, 100_000_000_000)
            elif digit != 0:
                lost = True
            after += 1 if after >= 0 else 0
        else:
            return NOT_A_NUMBER, 0
        i += 1
    if n_digits == 0:
        return NOT_A_NUMBER, 0
    if max(after, 0) < digits_kept:
        value *= 10
    if value > LARGEST:
        return OUT_OF_RANGE, 0
    if lost:
        return DECIMALS, 0
    return OK, -value if data[start] == 45 else value


@compiled
def _careful(data: np.ndarray, start: int, end: int, digits_kept: int, marks: np.ndarray) -> tuple[int, int]:
    """Read a cell of any spelling: blanks, quotes, signs, decimals, marks of absence."""
    start, end = _trim(data, start, end)
    if end - start >= 2 and data[start] == _QUOTE and data[end - 1] == _QUOTE:
        start, end = _trim(data, start + 1, end - 1)
    if start == end or _is_mark(data, start, end, marks):
        return EMPTY, 0
    return _decimal(data, start, end, digits_kept)


# one loop on purpose: with a call for each cell, reading takes seven times as long
@compiled
def read_cells(  # noqa: C901
    data: np.ndarray,
    lines: np.ndarray,
    columns: np.ndarray,
    values: np.ndarray,
    owner: np.ndarray,
    distrusted_end: int,
    marks: np.ndarray,
    bad: np.ndarray,
) -> int:
    """
    Read the cells of the wanted lines into the values.

    Parameters
    ----------
    data : ndarray of uint8
        The file.
    lines : ndarray of int64, shape (n_lines, 6)
        For each line: start of its fourth field, its end, index of type, index of hour, decimals kept (0 or
        1), line number. Every line must have as many fields as there are columns.
    columns : ndarray of int32, shape (n_columns,)
        Index of the station of each column, -1 for a column that is not read.
    values : ndarray of int32, shape (n_types, n_hours, n_stations)
        Filled in place; must hold `MISSING` at first.
    owner : ndarray of int64, shape (n_types, n_hours)
        Line that filled each row first; must hold 0 at first.
    distrusted_end : int
        Where a file without final line end ends, or -1: a cell that touches it may be cut.
    marks : ndarray of uint8
        `byte_table` of `MARKS`.
    bad : ndarray of int64, shape (capacity, 6)
        Filled with rejected cells: line of the list, column, start, end, what became of it, value
        contradicted.

    Returns
    -------
    int
        Number of rejected cells, also beyond the capacity.
    """
    n_bad = 0
    for k in range(lines.shape[0]):
        p, end, tenths = lines[k, 0], lines[k, 1], lines[k, 4] == 1
        row = values[lines[k, 2], lines[k, 3]]
        first_seen = owner[lines[k, 2], lines[k, 3]] == 0
        if first_seen:
            owner[lines[k, 2], lines[k, 3]] = lines[k, 5]
        for c in range(columns.size):
            q, value, state = p, np.int64(0), OK
            while q < end and np.uint8(data[q] - 48) <= 9:
                value = value * 10 + (data[q] - 48)
                q += 1
            size = q - p
            if tenths:
                value *= 10
                if q + 1 < end and data[q] == _DOT and np.uint8(data[q + 1] - 48) <= 9 and size > 0:
                    value += data[q + 1] - 48
                    q += 2
            if (q < end and data[q] != _COMMA) or size > 8:
                while q < end and data[q] != _COMMA:
                    q += 1
                state, value = _careful(data, p, q, lines[k, 4], marks)
            elif size == 0:
                state = EMPTY
            if q == distrusted_end and state != EMPTY:
                state = UNFINISHED
            station, before = columns[c], MISSING
            if station >= 0 and state != EMPTY:
                if state == OK:
                    before = row[station]
                    if before == MISSING:
                        row[station] = value
                    elif before != value:
                        row[station] = CONFLICT
                        state = CONFLICT_COLUMN if first_seen else CONFLICT_HOUR
                if state != OK:
                    if n_bad < bad.shape[0]:
                        for i, number in enumerate((k, c, p, q, state, np.int64(before))):
                            bad[n_bad, i] = number
                    n_bad += 1
            p = q + 1
    return n_bad
