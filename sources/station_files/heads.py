"""Compiled loop over the heads of lines: date, hour, type and the number of fields."""

from __future__ import annotations

from typing import Any

import numpy as np

from sources.station_files.compiled import compiled

_COMMA, _QUOTE, _ZERO = 44, 34, 48


@compiled
def _count_two(line: np.ndarray, first: int, second: int) -> Any:
    a: Any
    b: Any
    n_first, n_second = 0, 0
    for start in range(0, line.size, 128):
        # eight-bit counters over short blocks let the compiler compare 32 bytes at a time
        block = line[start : min(start + 128, line.size)]
        a, b = np.uint8(0), np.uint8(0)
        for i in range(block.size):
            a = np.uint8(a + np.uint8(block[i] == first))
            b = np.uint8(b + np.uint8(block[i] == second))
        n_first += a
        n_second += b
    return n_first, n_second


@compiled
def _day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, or -1 when 2000–2099 has no such date (every fourth year is a leap year)."""
    if year < 2000 or year > 2099 or month < 1 or month > 12 or day < 1:
        return -1
    length = 28 + (month + month // 8) % 2 + 2 % month + 2 * (1 // month)
    if month == 2 and year % 4 == 0:
        length = 29
    if day > length:
        return -1
    y = year - 1 if month <= 2 else year
    m = month + 9 if month <= 2 else month - 3
    return 365 * y + y // 4 - y // 100 + y // 400 + (153 * m + 2) // 5 + day - 1 - 719468


@compiled
def _digits(data: np.ndarray, start: int, end: int) -> int:
    value = 0
    for i in range(start, end):
        digit = int(data[i]) - _ZERO
        if digit < 0 or digit > 9:
            return -1
        value = value * 10 + digit
    return value


@compiled
def _word(data: np.ndarray, start: int, end: int, table: np.ndarray) -> int:
    size = end - start
    if size >= table.shape[1] or size < 1:
        return -1
    for k in range(table.shape[0]):
        i = 0
        while i < size and data[start + i] == table[k, i]:
            i += 1
        if i == size and table[k, size] == 0:
            return k
    return -1


@compiled
def read_heads(
    data: np.ndarray, starts: np.ndarray, ends: np.ndarray, types: np.ndarray, heads: np.ndarray
) -> None:
    """
    Read date, hour, type and the number of fields of every line.

    Parameters
    ----------
    data : ndarray of uint8
        The file.
    starts, ends : ndarray of int64, shape (n_lines,)
        Where lines start and end, line end excluded.
    types : ndarray of uint8
        `byte_table` of the known types.
    heads : ndarray of int64, shape (n_lines, 6)
        Filled with: day since 1970 (-1 where the plain spelling ``yyyymmdd,h,type`` was not found), hour,
        type, start of the fourth field, number of fields, number of quotes.
    """
    for k in range(starts.size):
        start, end = starts[k], ends[k]
        n_commas, n_quotes = _count_two(data[start:end], _COMMA, _QUOTE)
        heads[k, 0] = -1
        heads[k, 4] = n_commas + 1
        heads[k, 5] = n_quotes
        if n_commas < 3 or data[start + 8 if start + 8 < end else start] != _COMMA:
            continue
        second = start + 9
        while second < end and data[second] != _COMMA:
            second += 1
        third = second + 1
        while third < end and data[third] != _COMMA:
            third += 1
        date = _digits(data, start, start + 8)
        hour = _digits(data, start + 9, second)
        kind = _word(data, second + 1, third, types)
        if date < 0 or hour < 0 or hour > 23 or kind < 0 or not 1 <= second - start - 9 <= 2:
            continue
        heads[k, 0] = _day_number(date // 10000, date // 100 % 100, date % 100)
        heads[k, 1] = hour
        heads[k, 2] = kind
        heads[k, 3] = third + 1
