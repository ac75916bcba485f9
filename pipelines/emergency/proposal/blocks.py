"""Blocks of 24 hours: which index of each counts towards a warning, and why others do not.

Only PM2.5 makes a warning. Where PM2.5 is forecast the index is its IAQI, whatever leads the AQI; else the AQI counts
where PM2.5 is a primary pollutant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np

from pipelines.emergency.proposal.merge import Value
from warehouse import standards

CAUSES = {
    "o3": ("臭氧", "ozone"),
    "dust": ("沙尘", "dust"),
    "wildfire_smoke": ("山火烟气", "wildfire smoke"),
    "local_blowing_dust": ("局地扬沙", "local blowing dust"),
    "cross_border": ("境外传输", "transport from abroad"),
}
"""Causes that never count; all but ozone only on the entry of a named forecaster."""
MINERAL = frozenset({"dust", "local_blowing_dust"})
"""Causes of coarse particles: what PM2.5 does on such a day still counts."""


@dataclass(frozen=True)
class DayForecast:
    """What a forecaster wrote for a city and day; ends of ranges, AQI and PM2.5 [µg/m³]."""

    day: date
    aqi_low: int | None = None
    aqi_high: int | None = None
    primary: tuple[str, ...] = ()
    pm25_low: float | None = None
    pm25_high: float | None = None
    cause: str | None = None
    cause_kind: str | None = None
    forecaster: str | None = None


@dataclass(frozen=True)
class Block:
    """One block of 24 hours.

    Attributes
    ----------
    low, high : int or None
        Index that counts, for both ends of the forecast; None where the block does not count.
    otherwise : int or None
        Upper index if nothing were left out.
    reason : str
        Empty where the block counts without doubt: else ``o3``, ``dust`` …, ``needs_analyst``, ``cause_unknown``
        (counts, but nobody wrote what leads it) or ``missing``.
    """

    start: datetime
    low: Value
    high: Value
    otherwise: Value
    basis: str
    reason: str
    standard_set: str
    n_hours: int | None = None
    pm10: int | None = None
    given: DayForecast | None = None

    @property
    def end(self) -> datetime:
        """End of the block."""
        return self.start + timedelta(hours=24)

    @property
    def pm25_high(self) -> float | None:
        """Upper end of PM2.5 of a block that counts on it [µg/m³]."""
        return self.given.pm25_high if self.given is not None and self.basis == "IAQI(PM2.5)" else None


@cache
def _tables() -> standards.AqiTables:
    return standards.aqi_tables(tuple(str(name) for name in standards.load("standard_set")["standard_set"]))


@lru_cache(maxsize=4096)
def set_of(day: date) -> str:
    """Give the standard set in force on a day."""
    return standards.set_in_force(day)


@lru_cache(maxsize=65536)
def iaqi(pollutant: str, concentration: float, standard_set: str) -> int:
    """Give the 24-hour IAQI of PM2.5 or PM10, rounded up in exact integers.

    Parameters
    ----------
    pollutant : {"PM2.5", "PM10"}
    concentration : float
        [µg/m³], rounded to a whole number first (GB/T 8170).
    standard_set : str

    Notes
    -----
    Source: HJ 633-2026, 4.2.2 and 4.2.6; HJ 633-2012, 6.1.
    """
    tables = _tables()
    item = standards.ITEMS.index(standards.DAY_ITEM[pollutant])
    step = min(int(standards.round_8170(float(concentration), 0)), int(tables.max_step[item]))
    return int(tables.lut[tables.sets.index(standard_set), item, max(step, 0)])


def of_day(given: DayForecast) -> Block:
    """Decide what a day of a bulletin counts for."""
    known_set = set_of(given.day)
    low, high = _both(given.aqi_low, given.aqi_high)
    pm_low, pm_high = (
        None if c is None else iaqi("PM2.5", c, known_set) for c in _both(given.pm25_low, given.pm25_high)
    )
    start = datetime.combine(given.day, time())
    basis = "IAQI(PM2.5)" if pm_high is not None else "AQI"
    value_low, value_high = (pm_low, pm_high) if pm_high is not None else (low, high)
    reason = _reason(given, pm_high is not None, high)
    counts = reason in ("", "cause_unknown")
    return Block(
        start,
        value_low if counts else None,
        value_high if counts else None,
        max((v for v in (high, pm_high) if v is not None), default=None),
        basis if counts else "",
        reason,
        known_set,
        given=given,
    )


_Number = TypeVar("_Number", int, float)


def _both(low: _Number | None, high: _Number | None) -> tuple[_Number | None, _Number | None]:
    """Fill one end of a range by the other."""
    return (high if low is None else low), (low if high is None else high)


def _reason(given: DayForecast, has_pm25: bool, aqi: float | None) -> str:
    """Say why a day does not count, or that nothing is against it."""
    named = bool(given.forecaster and given.forecaster.strip())
    kind = given.cause_kind
    if kind in CAUSES and kind != "o3" and named and not (has_pm25 and kind in MINERAL):
        return str(kind)
    if has_pm25:
        return ""
    if aqi is None:
        return "missing"
    if "PM2.5" in given.primary:
        return ""
    if not given.primary:
        return "cause_unknown" if aqi > 50 and kind != "o3" else ("o3" if kind == "o3" else "")
    return "o3" if given.primary == ("O3",) else "needs_analyst"


def of_days(given: Sequence[DayForecast]) -> list[Block]:
    """Make consecutive natural-day blocks; a day nobody wrote about is a missing block."""
    by_day = {g.day: g for g in given}
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [of_day(by_day.get(day, DayForecast(day))) for day in days]


@dataclass(frozen=True)
class HourSeries:
    """Hourly means of a city without gap in time [µg/m³]; None where an hour is missing."""

    first_hour_end: datetime
    pm25: Sequence[float | int | None]
    pm10: Sequence[float | int | None] | None = None


@cache
def min_hours() -> int:
    """Give the hours a 24-hour mean needs (GB 3095, table 4)."""
    rules = standards.load("validity_rule")
    found = rules[(rules["rule"] == "min_hours") & rules["item"].isin(["PM2.5", "*", "PM"])]
    return int((found if len(found) else rules[rules["rule"] == "min_hours"])["value"].iloc[0])


def of_hours(series: HourSeries) -> dict[int, list[Block]]:
    """Cut hours into blocks at each of the 24 offsets; only whole blocks count.

    Parameters
    ----------
    series : HourSeries

    Returns
    -------
    dict of int to list of Block
        Blocks by the hour of the clock they start at; 0 gives the natural days.
    """
    begin = series.first_hour_end - timedelta(hours=1)
    cut: dict[int, list[Block]] = {}
    for clock in range(24):
        first = (clock - begin.hour) % 24
        cut[clock] = [
            _block(series, at, begin + timedelta(hours=at)) for at in range(first, len(series.pm25) - 23, 24)
        ]
    return cut


def _block(series: HourSeries, at: int, start: datetime) -> Block:
    known_set = set_of(start.date())
    mean, n = _mean(series.pm25[at : at + 24])
    coarse, _ = _mean(series.pm10[at : at + 24]) if series.pm10 is not None else (None, 0)
    index = None if mean is None else iaqi("PM2.5", mean, known_set)
    pm10 = None if coarse is None else iaqi("PM10", coarse, known_set)
    shown = max((v for v in (index, pm10) if v is not None), default=None)
    primary = tuple(
        p for p, v in (("PM2.5", index), ("PM10", pm10)) if v is not None and v == shown and v > 50
    )
    given = DayForecast(start.date(), shown, shown, primary, mean, mean)
    basis, reason = ("IAQI(PM2.5)", "") if index is not None else ("", "missing")
    return Block(start, index, index, shown, basis, reason, known_set, n_hours=n, pm10=pm10, given=given)


def _mean(hours: Sequence[float | int | None]) -> tuple[int | None, int]:
    """Give the mean rounded to whole µg/m³, half to even, and the number of hours it is made of."""
    valid = [h for h in hours if h is not None and not (isinstance(h, float) and np.isnan(h))]
    if len(valid) < min_hours():
        return None, len(valid)
    if all(isinstance(h, (int, np.integer)) for h in valid):
        return _half_even(int(sum(int(h) for h in valid)), len(valid)), len(valid)
    return int(standards.round_8170(float(np.sum(np.asarray(valid, np.float64))) / len(valid), 0)), len(valid)


def _half_even(total: int, n: int) -> int:
    """Divide whole numbers and round half to even, exactly."""
    whole, rest = divmod(total, n)
    return whole + (2 * rest > n or (2 * rest == n and whole % 2 == 1))
