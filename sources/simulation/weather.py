"""Invented weather: seasons, clocks, and correlated random fields shared by region, province and city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sources.simulation.places import CITIES

__all__ = ["Clock", "Weather", "clock", "correlated", "weather"]

Floats = NDArray[np.float64]

# (month, day, length [day], strength): stagnation that comes every winter.
_EPISODES = ((1, 8, 6.0, 2.0), (2, 5, 4.0, 1.4), (11, 6, 4.0, 0.9), (12, 19, 5.5, 1.9))


@dataclass(frozen=True)
class Clock:
    """Hours of the simulation; arrays have shape (n_hours,)."""

    start: datetime
    label: NDArray[np.int64]
    weekday: NDArray[np.int64]
    year_day: Floats
    since: Floats

    def index(self, moment: datetime) -> int:
        """Give the position of an hour_end on the grid; it may lie outside."""
        return round((moment - self.start) / timedelta(hours=1))


@dataclass(frozen=True)
class Weather:
    """Stagnation and sunshine, standard deviation about one, shape (n_hours, n_cities)."""

    stagnation: Floats
    sunshine: Floats
    coarse: Floats


def clock(start: datetime, n_hours: int) -> Clock:
    """Describe n_hours hours; the first is the hour that ends at `start` (a midnight, so label 24)."""
    step = np.arange(n_hours, dtype=np.int64)
    day = (step - 1) // 24
    first = start.date().toordinal()
    ordinal = first + day
    starts = np.array([date.fromordinal(int(o)).timetuple().tm_yday for o in np.unique(ordinal)])
    label = (step - 1) % 24 + 1
    year_day = starts[day - day[0]] + label / 24
    return Clock(start, label, (ordinal - 1) % 7, year_day, step / 24.0)


def correlated(rng: np.random.Generator, n_hours: int, memory_h: Floats) -> Floats:
    """Draw first-order autoregressive series of unit variance.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    n_hours : int
        Length.
    memory_h : ndarray
        e-folding time of each series [h], shape (n_series,).

    Returns
    -------
    ndarray
        Shape (n_hours, n_series).
    """
    keep = np.exp(-1.0 / memory_h)
    series = rng.standard_normal((n_hours, memory_h.size))
    series[1:] *= np.sqrt(1.0 - keep**2)
    for step in range(1, n_hours):
        series[step] += keep * series[step - 1]
    return series


def weather(rng: np.random.Generator, hours: Clock) -> Weather:
    """Draw the weather of all cities: one regime for the region, one for each province, some of each city."""
    n = len(CITIES)
    provinces = sorted({city.province for city in CITIES})
    member = np.array([provinces.index(city.province) for city in CITIES])
    memory = np.concatenate(([60.0, 80.0, 30.0], np.full(3 * len(provinces), 44.0), np.full(3 * n, 26.0)))
    series = correlated(rng, hours.label.size, memory)
    at = 3 + 3 * len(provinces)
    mixed = []
    for kind in range(3):
        region = series[:, kind : kind + 1]
        province = series[:, 3 + kind * len(provinces) :][:, member]
        city = series[:, at + kind * n : at + (kind + 1) * n]
        mixed.append(0.75 * region + 0.48 * province + 0.45 * city)
    stagnation = mixed[0] + _winter_episodes(rng, hours)[:, None]
    return Weather(stagnation, mixed[1] - 0.25 * stagnation, mixed[2])


def _winter_episodes(rng: np.random.Generator, hours: Clock) -> Floats:
    """Stagnation that builds up slowly and breaks down within half a day."""
    total = np.zeros(hours.label.size)
    first, last = hours.start.year, (hours.start + timedelta(hours=hours.label.size)).year
    for year in range(first, last + 1):
        for month, day, length, strength in _EPISODES:
            shift = float(rng.integers(-36, 37)) / 24
            begin = (datetime(year, month, day) - hours.start) / timedelta(days=1) + shift
            rise = np.clip((hours.since - begin) / length, 0, 1)
            fall = np.clip((begin + length + 0.6 - hours.since) / 0.6, 0, 1)
            total += strength * rise * fall
    return total
