"""What the national platform publishes beside the 1 h values: means, maxima and AQI, by its measured habits.

Row h is the hour that ends at h; O3_8h starts anew at label 1 and is a trailing mean only from label 8 on;
O3_8h_24h is the running maximum of the day and, at hour 0, the maximum over the windows ending at 8–24; means
are rounded half to even. Where the 1 h value is missing, the columns derived from it are missing too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from warehouse import standards

__all__ = ["MISSING", "TYPES", "publish"]

MISSING = -2147483648
TYPES = (
    "AQI",
    "PM2.5",
    "PM2.5_24h",
    "PM10",
    "PM10_24h",
    "SO2",
    "SO2_24h",
    "NO2",
    "NO2_24h",
    "O3",
    "O3_24h",
    "O3_8h",
    "O3_8h_24h",
    "CO",
    "CO_24h",
)
Values = NDArray[np.int32]
# Fewest 1 h values of a trailing 8 h mean.
_MIN_HOURS_8H = 6


def publish(values: Values, sets: Sequence[str], set_of_hour: NDArray[np.int64]) -> Values:
    """Derive all published columns from 1 h values.

    Parameters
    ----------
    values : ndarray
        int32, shape (6, n_hours, n_stations) [µg/m³, CO 0.1 mg/m³], `MISSING` where missing; the first
        hour ends at a midnight.
    sets : sequence of str
        Standard sets in use.
    set_of_hour : ndarray
        Index into `sets` for each hour, shape (n_hours,).

    Returns
    -------
    ndarray
        int32, shape (15, n_hours, n_stations), in the order of `TYPES`.
    """
    found = np.full((len(TYPES), *values.shape[1:]), MISSING, dtype=np.int32)
    for index, pollutant in enumerate(standards.POLLUTANTS):
        found[TYPES.index(pollutant)] = values[index]
        if pollutant != "O3":
            found[TYPES.index(f"{pollutant}_24h")] = _trailing_mean(values[index], 24)
    ozone = values[standards.POLLUTANTS.index("O3")]
    found[TYPES.index("O3_24h")] = _trailing_maximum(ozone, 24)
    eight = _ozone_8h(ozone)
    found[TYPES.index("O3_8h")] = eight
    found[TYPES.index("O3_8h_24h")] = _running_maximum(eight)
    found[TYPES.index("AQI")] = _aqi(values, sets, set_of_hour)
    return found


def _half_even(total: NDArray[np.int64], count: NDArray[np.int64]) -> Values:
    """Round total / count half to even in whole numbers; `MISSING` where count is 0."""
    safe = np.maximum(count, 1)
    whole, rest = np.divmod(total, safe)
    up = (2 * rest > safe) | ((2 * rest == safe) & (whole % 2 == 1))
    return np.where(count > 0, whole + up, MISSING).astype(np.int32)


def _sums(values: Values) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cumulative sum and count with a leading zero row, shape (n_hours + 1, n_stations)."""
    known = values != MISSING
    zero = np.zeros((1, values.shape[1]), dtype=np.int64)
    total = np.cumsum(np.where(known, values, 0), axis=0, dtype=np.int64)
    return np.concatenate((zero, total)), np.concatenate((zero, np.cumsum(known, axis=0, dtype=np.int64)))


def _trailing_mean(values: Values, width: int) -> Values:
    total, count = _sums(values)
    last = np.arange(1, values.shape[0] + 1)
    first = np.maximum(last - width, 0)
    mean = _half_even(total[last] - total[first], count[last] - count[first])
    return np.where(values == MISSING, MISSING, mean)


def _trailing_maximum(values: Values, width: int) -> Values:
    padded = np.concatenate((np.full((width - 1, values.shape[1]), MISSING, dtype=np.int32), values))
    highest = np.lib.stride_tricks.sliding_window_view(padded, width, axis=0).max(axis=-1)
    return np.where(values == MISSING, MISSING, highest)


def _ozone_8h(values: Values) -> Values:
    """Mean since label 1 up to label 8, then of the last 8 hours."""
    total, count = _sums(values)
    last = np.arange(1, values.shape[0] + 1)
    label = (last - 2) % 24 + 1
    first = np.maximum(last - np.minimum(label, 8), 0)
    enough = count[last] - count[first]
    enough = np.where((label[:, None] >= 8) & (enough < _MIN_HOURS_8H), 0, enough)
    mean = _half_even(total[last] - total[first], enough)
    return np.where(values == MISSING, MISSING, mean)


def _running_maximum(eight: Values) -> Values:
    """Maximum of O3_8h since label 1; at label 24 over the labels 8–24 only."""
    n_hours, n_stations = eight.shape
    n_days = -(-(n_hours - 1) // 24)
    days = np.full((n_days * 24, n_stations), MISSING, dtype=np.int32)
    days[: n_hours - 1] = eight[1:]
    shaped = days.reshape(n_days, 24, n_stations)
    highest = np.maximum.accumulate(shaped, axis=1)
    highest[:, 23] = shaped[:, 7:].max(axis=1)
    found = np.concatenate((eight[:1], highest.reshape(-1, n_stations)[: n_hours - 1]))
    return np.where(eight == MISSING, MISSING, found)


def _aqi(values: Values, sets: Sequence[str], set_of_hour: NDArray[np.int64]) -> Values:
    """AQI of the hour by the rule of its standard set: the highest IAQI of the 1 h values."""
    tables = standards.aqi_tables(tuple(sets))
    highest = np.full(values.shape[1:], -1, dtype=np.int32)
    some_missing = np.zeros(values.shape[1:], dtype=bool)
    for index, pollutant in enumerate(standards.POLLUTANTS):
        item = standards.ITEMS.index(standards.HOUR_ITEM[pollutant])
        step = np.clip(values[index], 0, tables.max_step[item])
        part = tables.lut[set_of_hour[:, None], item, step].astype(np.int32)
        absent = values[index] == MISSING
        some_missing |= absent
        highest = np.maximum(highest, np.where(absent, -1, part))
    withheld = some_missing & (np.asarray(tables.missing_hour)[set_of_hour] == 1)[:, None] & (highest <= 100)
    return np.where((highest < 0) | withheld, MISSING, highest).astype(np.int32)
