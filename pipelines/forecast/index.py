"""AQI of forecast city days through the look-up tables of the standards (HJ 633—2026 4.2.5: as that of a day measured)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from warehouse.standards import (
    DAY_ITEM,
    DIGITS,
    ITEMS,
    NO_IAQI,
    POLLUTANTS,
    aqi_tables,
    round_8170,
    set_in_force,
)

ABOVE_100 = 1


@cache
def set_of(day: date) -> str:
    """Return the standard set in force on a day; asked for thousands of days, so each is looked up once."""
    return set_in_force(day)


@dataclass(frozen=True)
class Judged:
    """Index of days.

    Attributes
    ----------
    iaqi : ndarray of float64, (6, n)
        In the order of ``POLLUTANTS``, NaN where there is none.
    available, published : ndarray of float64, (n,)
        AQI of what is there, and what the standard lets publish; NaN where there is none.
    primary : ndarray of object, (n,)
        Primary pollutants, all ties, comma separated; None at 50 and below or where nothing is published.
    """

    iaqi: np.ndarray
    available: np.ndarray
    published: np.ndarray
    primary: np.ndarray


def iaqi(item: str, pollutant: str, values: np.ndarray, standard_set: str) -> np.ndarray:
    """IAQI of daily values, rounded first; NaN where there is none."""
    tables = aqi_tables((standard_set,))
    at = ITEMS.index(item)
    there = np.isfinite(values) & (values >= 0)
    steps = np.asarray(round_8170(np.where(there, values, 0.0) * 10 ** DIGITS[pollutant], 0))
    found = tables.lut[0, at, np.minimum(steps, tables.max_step[at]).astype(np.int64)].astype(np.float64)
    return np.where(there & (found != NO_IAQI), found, np.nan)


def judge(values: Mapping[str, np.ndarray], o3_1h: np.ndarray | None, standard_set: str) -> Judged:
    """Judge days under one standard set.

    Parameters
    ----------
    values : mapping of str to ndarray of float64, (n,)
        Daily values by pollutant, O3 as MDA8 [µg/m³; CO mg/m³]; a pollutant may be absent.
    o3_1h : ndarray or None
        Daily maximum of O3 1 h, used where the 8 h value gives no IAQI (HJ 633-2012).
    standard_set : str
    """
    n = len(next(iter(values.values())))
    nothing = np.full(n, np.nan)
    parts = np.stack(
        [iaqi(DAY_ITEM[p], p, np.asarray(values.get(p, nothing), float), standard_set) for p in POLLUTANTS]
    )
    o3 = POLLUTANTS.index("O3")
    if o3_1h is not None and "O3" in values:
        hour = iaqi("O3_1h", "O3", np.asarray(o3_1h, float), standard_set)
        parts[o3] = np.where(np.isnan(parts[o3]) & np.isfinite(values["O3"]), hour, parts[o3])
    known = np.isfinite(parts)
    best = np.where(known.any(axis=0), np.where(known, parts, -1.0).max(axis=0), np.nan)
    strict = aqi_tables((standard_set,)).missing_day[0] == ABOVE_100
    withheld = strict & ~known.all(axis=0) & (best <= 100)
    published = np.where(withheld, np.nan, best)
    return Judged(parts, best, published, _primary(parts, published))


def _primary(parts: np.ndarray, published: np.ndarray) -> np.ndarray:
    found = np.full(len(published), None, dtype=object)
    for n in np.flatnonzero(published > 50):
        found[n] = ",".join(
            p for p, part in zip(POLLUTANTS, parts[:, n], strict=True) if part == published[n]
        )
    return found
