"""Array kernels over the station cube: AQI of hours, hours of cities, hours as columns.

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
def round_ratio(total, count):
    """Round ``total / count`` half to even, exactly (``count`` > 0, ``total`` >= 0)."""
    quotient = total // count
    twice = 2 * (total - quotient * count)
    if twice > count or (twice == count and quotient % 2 == 1):
        quotient += 1
    return quotient


@numba.njit(nogil=True, cache=True, inline="always")
def look_up(lut, max_step, set_row, item, step):
    """IAQI of a rounded concentration [steps of the item]; ``NO_INDEX`` where the item gives none."""
    if step < 0:
        return NO_INDEX
    if step > max_step[item]:
        step = max_step[item]
    return lut[set_row, item, step]


@numba.njit(nogil=True, cache=True, inline="always")
def summarise(iaqi, missing_rule):
    """AQI of the available, AQI that may be published, bit mask of its primary pollutants."""
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
    if published > 50:
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
            primary[h, s] = mask[s] if best[s] > 50 and not withheld else 0
    return available, published, primary


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
                        step = round_ratio(total[p, c], count[p, c])
                        iaqi[p] = look_up(lut, max_step, row, hour_items[p], step)
            best, public, mask = summarise(iaqi, missing_rule[row])
            available[h, c] = best
            published[h, c] = public
            primary[h, c] = mask
    return mean, reporting, available, published, primary


@numba.njit(nogil=True, cache=True)
def flatten_hours(values, flags, published, primary):
    """Station-hours with at least one value as columns, in order of time and station.

    Returns
    -------
    hour, station : int32 (rows,)
        Position of each row in the cube.
    columns : int32 (6, rows)
        Concentrations, ``MISSING`` where absent.
    aqi : int16 (rows,)
    primary, worst : uint8 (rows,)
        Bit mask of primary pollutants, worst quality flag.
    """
    n_hours, n_stations = values.shape[1], values.shape[2]
    n_rows = 0
    for h in range(n_hours):
        for s in range(n_stations):
            for p in range(N_POLLUTANTS):
                if values[p, h, s] != MISSING:
                    n_rows += 1
                    break
    hour = np.empty(n_rows, np.int32)
    station = np.empty(n_rows, np.int32)
    columns = np.empty((N_POLLUTANTS, n_rows), np.int32)
    aqi = np.empty(n_rows, np.int16)
    mask = np.empty(n_rows, np.uint8)
    worst = np.empty(n_rows, np.uint8)
    row = 0
    for h in range(n_hours):
        for s in range(n_stations):
            some = False
            flag = 0
            for p in range(N_POLLUTANTS):
                value = values[p, h, s]
                some |= value != MISSING
                if row < n_rows:
                    columns[p, row] = value
                flag = max(flag, flags[p, h, s])
            if some:
                hour[row] = h
                station[row] = s
                aqi[row] = published[h, s]
                mask[row] = primary[h, s]
                worst[row] = flag
                row += 1
    return hour, station, columns, aqi, mask, worst
