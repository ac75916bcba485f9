"""Kernels of the natural day: daily means, MDA8 and the AQI of station-days, in exact integer sums."""

import numba
import numpy as np

from pipelines.air.kernels import (
    BAD,
    HOURS_PER_DAY,
    MISSING,
    N_POLLUTANTS,
    NO_INDEX,
    O3,
    look_up,
    round_ratio,
    summarise,
)


@numba.njit(nogil=True, cache=True)
def _daily_mean(values, flags, p, first, s):
    """Exact sum and count of one pollutant over the 24 hours of a day."""
    total, count = 0, 0
    for h in range(first, first + HOURS_PER_DAY):
        if values[p, h, s] != MISSING and flags[p, h, s] != BAD:
            total += np.int64(values[p, h, s])
            count += 1
    return total, count


@numba.njit(nogil=True, cache=True)
def _mda8(values, flags, first, s, min_hours_8h):
    """Largest 8 h mean among the windows ending at 8…24, as sum and count, the valid windows and the 1 h maximum."""
    best_total, best_count, n_windows = 0, 0, 0
    maximum = MISSING
    total, count = 0, 0
    for k in range(HOURS_PER_DAY):
        v = values[O3, first + k, s]
        if v != MISSING and flags[O3, first + k, s] != BAD:
            total += np.int64(v)
            count += 1
            if v > maximum:
                maximum = v
        if k >= 8:
            old = values[O3, first + k - 8, s]
            if old != MISSING and flags[O3, first + k - 8, s] != BAD:
                total -= np.int64(old)
                count -= 1
        if k >= 7 and count >= min_hours_8h:
            n_windows += 1
            if best_count == 0 or total * best_count > best_total * count:
                best_total, best_count = total, count
    return best_total, best_count, n_windows, maximum


@numba.njit(nogil=True, cache=True)
def station_days(
    values, flags, set_of_day, lut, max_step, day_items, o3_1h_item, missing_rule, validity, o3_limit
):
    """Daily means, MDA8, AQI and primary pollutants of every station-day.

    Parameters
    ----------
    values, flags, lut, max_step, missing_rule
        As in `station_hours`.
    day_items : int64 (6,)
        Item of each pollutant in the daily report.
    o3_1h_item : int
        Item used where O3 8 h gives no IAQI (HJ 633-2012 note: above 800 µg/m³).
    validity : int64 (3,)
        Hours a daily mean needs, hours an 8 h window needs, windows MDA8 needs.
    o3_limit : float64 (sets,)
        MDA8 limit [µg/m³]: with too few windows the day still counts when it is exceeded (HJ 663).

    Returns
    -------
    statistic : float64 (6, days, stations)
        Unrounded daily statistic in cube units, NaN where the day is not valid.
    rounded : int32 (6, days, stations)
        The same rounded half to even, ``MISSING`` where not valid.
    n_hours : int16 (6, days, stations)
    n_windows : int16 (days, stations)
    o3_max : int32 (days, stations)
    available, published : int16 (days, stations)
    primary : uint8 (days, stations)
    """
    n_days, n_stations = values.shape[1] // HOURS_PER_DAY, values.shape[2]
    statistic = np.full((N_POLLUTANTS, n_days, n_stations), np.nan)
    rounded = np.full((N_POLLUTANTS, n_days, n_stations), MISSING, np.int32)
    n_hours = np.zeros((N_POLLUTANTS, n_days, n_stations), np.int16)
    n_windows = np.zeros((n_days, n_stations), np.int16)
    o3_max = np.full((n_days, n_stations), MISSING, np.int32)
    available = np.empty((n_days, n_stations), np.int16)
    published = np.empty((n_days, n_stations), np.int16)
    primary = np.empty((n_days, n_stations), np.uint8)
    iaqi = np.empty(N_POLLUTANTS, np.int16)
    for d in range(n_days):
        first = d * HOURS_PER_DAY
        row = set_of_day[d]
        for s in range(n_stations):
            for p in range(N_POLLUTANTS):
                total, count = _daily_mean(values, flags, p, first, s)
                n_hours[p, d, s] = count
                valid = count >= validity[0]
                if p == O3:
                    total, count, n_windows[d, s], o3_max[d, s] = _mda8(values, flags, first, s, validity[1])
                    valid = n_windows[d, s] >= validity[2] or (
                        count > 0 and round_ratio(total, count) > o3_limit[row]
                    )
                if valid and count > 0:
                    statistic[p, d, s] = total / count
                    rounded[p, d, s] = round_ratio(total, count)
                    iaqi[p] = look_up(lut, max_step, row, day_items[p], rounded[p, d, s])
                    if p == O3 and iaqi[p] < 0:
                        iaqi[p] = look_up(lut, max_step, row, o3_1h_item, o3_max[d, s])
                else:
                    iaqi[p] = NO_INDEX
            best, public, mask = summarise(iaqi, missing_rule[row])
            available[d, s] = best
            published[d, s] = public
            primary[d, s] = mask
    return statistic, rounded, n_hours, n_windows, o3_max, available, published, primary
