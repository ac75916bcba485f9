"""Kernels of the quality rules: raise flags over whole natural days, note every flag raised."""

import numba

from pipelines.air.kernels import BAD, HOURS_PER_DAY, MISSING

RANGE, CONSTANT, RELATION, SPIKE = 0, 1, 2, 3
_PM25, _PM10 = 0, 1


@numba.njit(nogil=True, cache=True)
def _mark(flags, events, n, p, h, s, rule, flag):
    """Raise one flag and note it; the count goes on past the capacity so that the caller can retry."""
    if flag > flags[p, h, s]:
        flags[p, h, s] = flag
    if n < events.shape[0]:
        events[n, 0] = h
        events[n, 1] = s
        events[n, 2] = p
        events[n, 3] = rule
    return n + 1


@numba.njit(nogil=True, cache=True)
def _range(values, flags, events, n, rule, p, low, high, flag):
    for h in range(values.shape[1]):
        for s in range(values.shape[2]):
            v = values[p, h, s]
            if v != MISSING and (v < low or v > high):
                n = _mark(flags, events, n, p, h, s, rule, flag)
    return n


@numba.njit(nogil=True, cache=True)
def _constant(values, flags, events, n, rule, p, low, length, flag):
    """Runs of at least ``length`` equal values at or above ``low`` within one natural day."""
    if length < 2:
        return n
    for s in range(values.shape[2]):
        for first in range(0, values.shape[1], HOURS_PER_DAY):
            start = first
            for h in range(first, first + HOURS_PER_DAY + 1):
                ends = h == first + HOURS_PER_DAY or values[p, h, s] != values[p, start, s]
                if not ends:
                    continue
                v = values[p, start, s]
                if h - start >= length and v != MISSING and v >= low:
                    for k in range(start, h):
                        if flags[p, k, s] != BAD:
                            n = _mark(flags, events, n, p, k, s, rule, flag)
                start = h
    return n


@numba.njit(nogil=True, cache=True)
def _relation(values, flags, events, n, rule, factor, margin, flag):
    """PM2.5 above PM10 by more than both a factor and a margin: both values are doubtful."""
    for h in range(values.shape[1]):
        for s in range(values.shape[2]):
            fine, coarse = values[_PM25, h, s], values[_PM10, h, s]
            if fine == MISSING or coarse == MISSING:
                continue
            if flags[_PM25, h, s] == BAD or flags[_PM10, h, s] == BAD:
                continue
            if fine > coarse * factor and fine > coarse + margin:
                n = _mark(flags, events, n, _PM25, h, s, rule, flag)
                n = _mark(flags, events, n, _PM10, h, s, rule, flag)
    return n


@numba.njit(nogil=True, cache=True)
def _spike(values, flags, events, n, rule, p, factor, margin, flag):
    """One value above both neighbours of its day by more than a factor and a margin."""
    for s in range(values.shape[2]):
        for h in range(1, values.shape[1] - 1):
            k = h % HOURS_PER_DAY
            if k == 0 or k == HOURS_PER_DAY - 1:
                continue
            before, v, after = values[p, h - 1, s], values[p, h, s], values[p, h + 1, s]
            if v == MISSING or before == MISSING or after == MISSING:
                continue
            if flags[p, h, s] == BAD or flags[p, h - 1, s] == BAD or flags[p, h + 1, s] == BAD:
                continue
            higher = max(before, after)
            if v > higher * factor and v > higher + margin:
                n = _mark(flags, events, n, p, h, s, rule, flag)
    return n


@numba.njit(nogil=True, cache=True)
def apply_rules(values, flags, events, kind, pollutant, minimum, maximum, n_hours, factor, margin, flag):
    """Apply every rule in order; the count of flags may pass the capacity of ``events``, then the caller retries."""
    n = 0
    for r in range(kind.shape[0]):
        p = pollutant[r]
        if kind[r] == RANGE:
            n = _range(values, flags, events, n, r, p, minimum[r], maximum[r], flag[r])
        elif kind[r] == CONSTANT:
            n = _constant(values, flags, events, n, r, p, minimum[r], n_hours[r], flag[r])
        elif kind[r] == RELATION:
            n = _relation(values, flags, events, n, r, factor[r], margin[r], flag[r])
        else:
            n = _spike(values, flags, events, n, r, p, factor[r], margin[r], flag[r])
    return n
