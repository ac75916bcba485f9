"""Array kernels over the station cube: quality flags, AQI of hours, daily statistics, city hours.

What belongs here: loops that numba compiles, integers in and integers out, no names, no dates, no database.
A window is a whole number of natural days, so row ``24 * d + k`` is the hour ending at ``k + 1`` o'clock of day ``d``.
Concentrations are integers [µg/m³; CO in tenths of mg/m³]; ``MISSING`` marks an absent value. Means are kept as an
exact integer sum and count and rounded half to even (GB/T 8170-2008) in integer arithmetic, so no IAQI depends on a
binary fraction.
"""

import numba
import numpy as np

MISSING = np.int32(-2147483648)
"""Mark of an absent concentration in the cube."""

GOOD, DOUBTFUL, BAD = 0, 1, 2
"""Quality flags in order of severity; only ``BAD`` values are left out of every mean and index."""

HOURS_PER_DAY = 24
NO_INDEX = np.int16(-1)
N_POLLUTANTS = 6
O3 = 4
"""Position of ozone in ``warehouse.standards.POLLUTANTS``."""

ABOVE_100 = 1
"""Missing-pollutant rule of HJ 633-2026 5.3.1: an incomplete AQI is published only when it exceeds 100."""


@numba.njit(nogil=True, cache=True, inline="always")
def _round_ratio(total, count):
    """Round ``total / count`` half to even, exactly (``count`` > 0, ``total`` >= 0)."""
    quotient = total // count
    twice = 2 * (total - quotient * count)
    if twice > count or (twice == count and quotient % 2 == 1):
        quotient += 1
    return quotient


@numba.njit(nogil=True, cache=True, inline="always")
def _look_up(lut, max_step, set_row, item, step):
    """IAQI of a rounded concentration [steps of the item]; ``NO_INDEX`` where the item gives none."""
    if step < 0:
        return NO_INDEX
    if step > max_step[item]:
        step = max_step[item]
    return lut[set_row, item, step]


@numba.njit(nogil=True, cache=True, inline="always")
def _summarise(iaqi, missing_rule):
    """AQI of the available, AQI that may be published, bit mask of primary pollutants."""
    best = NO_INDEX
    present = 0
    for p in range(N_POLLUTANTS):
        if iaqi[p] >= 0:
            present += 1
            if iaqi[p] > best:
                best = iaqi[p]
    published = best
    if present < N_POLLUTANTS and missing_rule == ABOVE_100 and best <= 100:
        published = NO_INDEX
    mask = 0
    if best > 50:
        for p in range(N_POLLUTANTS):
            if iaqi[p] == best:
                mask |= 1 << p
    return best, published, mask


@numba.njit(nogil=True, cache=True)
def station_hours(values, flags, set_of_day, lut, max_step, hour_items, missing_rule):
    """AQI and primary pollutants of every station-hour from its six 1 h values.

    Parameters
    ----------
    values : int32 (6, hours, stations)
    flags : uint8 (6, hours, stations)
    set_of_day : int64 (days,)
        Row of ``lut`` in force on each day.
    lut, max_step : int16 (sets, items, steps), int32 (items,)
        IAQI tables, see ``warehouse.standards.aqi_tables``.
    hour_items : int64 (6,)
        Item of each pollutant in the hourly report.
    missing_rule : uint8 (sets,)

    Returns
    -------
    available, published : int16 (hours, stations)
    primary : uint8 (hours, stations)
        Bit ``p`` is set when pollutant ``p`` is primary.
    """
    n_hours, n_stations = values.shape[1], values.shape[2]
    available = np.empty((n_hours, n_stations), np.int16)
    published = np.empty((n_hours, n_stations), np.int16)
    primary = np.empty((n_hours, n_stations), np.uint8)
    best = np.empty(n_stations, np.int16)
    mask = np.empty(n_stations, np.uint8)
    present = np.empty(n_stations, np.uint8)
    for h in range(n_hours):
        row = set_of_day[h // HOURS_PER_DAY]
        above_100 = missing_rule[row] == ABOVE_100
        best[:] = NO_INDEX
        mask[:] = 0
        present[:] = 0
        for p in range(N_POLLUTANTS):
            table, top = lut[row, hour_items[p]], max_step[hour_items[p]]
            steps, flagged = values[p, h], flags[p, h]
            bit = np.uint8(1 << p)
            for s in range(n_stations):
                step = steps[s]
                if step < 0 or flagged[s] == BAD:
                    continue
                iaqi = table[min(step, top)]
                if iaqi < 0:
                    continue
                present[s] += 1
                if iaqi > best[s]:
                    best[s] = iaqi
                    mask[s] = bit
                elif iaqi == best[s]:
                    mask[s] |= bit
        for s in range(n_stations):
            available[h, s] = best[s]
            withheld = above_100 and present[s] < N_POLLUTANTS and best[s] <= 100
            published[h, s] = NO_INDEX if withheld else best[s]
            primary[h, s] = mask[s] if best[s] > 50 else 0
    return available, published, primary


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
                        count > 0 and _round_ratio(total, count) > o3_limit[row]
                    )
                if valid and count > 0:
                    statistic[p, d, s] = total / count
                    rounded[p, d, s] = _round_ratio(total, count)
                    iaqi[p] = _look_up(lut, max_step, row, day_items[p], rounded[p, d, s])
                    if p == O3 and iaqi[p] < 0:
                        iaqi[p] = _look_up(lut, max_step, row, o3_1h_item, o3_max[d, s])
                else:
                    iaqi[p] = NO_INDEX
            best, public, mask = _summarise(iaqi, missing_rule[row])
            available[d, s] = best
            published[d, s] = public
            primary[d, s] = mask
    return statistic, rounded, n_hours, n_windows, o3_max, available, published, primary


@numba.njit(nogil=True, cache=True)
def city_hours(
    values, flags, city_of_station, n_cities, needed, set_of_day, lut, max_step, hour_items, missing_rule
):
    """City means of the stations' 1 h values and the AQI of those means.

    Parameters
    ----------
    city_of_station : int64 (stations,)
        Index of the city a station counts for, -1 for none.
    needed : int64 (days, cities)
        Stations a city value needs; with fewer the pollutant is taken as missing in the AQI (HJ 663 station share).

    Returns
    -------
    mean : float64 (6, hours, cities)
        Unrounded mean in cube units, NaN without any station.
    n_stations : int16 (hours, cities)
        Stations with at least one value.
    available, published : int16 (hours, cities)
    primary : uint8 (hours, cities)
    """
    n_hours, n_stations = values.shape[1], values.shape[2]
    mean = np.full((N_POLLUTANTS, n_hours, n_cities), np.nan)
    reporting = np.zeros((n_hours, n_cities), np.int16)
    available = np.empty((n_hours, n_cities), np.int16)
    published = np.empty((n_hours, n_cities), np.int16)
    primary = np.empty((n_hours, n_cities), np.uint8)
    total = np.empty((N_POLLUTANTS, n_cities), np.int64)
    count = np.empty((N_POLLUTANTS, n_cities), np.int64)
    iaqi = np.empty(N_POLLUTANTS, np.int16)
    for h in range(n_hours):
        row = set_of_day[h // HOURS_PER_DAY]
        total[:] = 0
        count[:] = 0
        for s in range(n_stations):
            c = city_of_station[s]
            if c < 0:
                continue
            some = False
            for p in range(N_POLLUTANTS):
                v = values[p, h, s]
                if v != MISSING and flags[p, h, s] != BAD:
                    total[p, c] += np.int64(v)
                    count[p, c] += 1
                    some = True
            if some:
                reporting[h, c] += 1
        for c in range(n_cities):
            for p in range(N_POLLUTANTS):
                iaqi[p] = NO_INDEX
                if count[p, c] > 0:
                    mean[p, h, c] = total[p, c] / count[p, c]
                    if count[p, c] >= needed[h // HOURS_PER_DAY, c]:
                        step = _round_ratio(total[p, c], count[p, c])
                        iaqi[p] = _look_up(lut, max_step, row, hour_items[p], step)
            best, public, mask = _summarise(iaqi, missing_rule[row])
            available[h, c] = best
            published[h, c] = public
            primary[h, c] = mask
    return mean, reporting, available, published, primary
