"""Invented faults: outages, impossible values, stuck sensors, spikes, PM10 below PM2.5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sources.simulation.places import Station
from sources.simulation.platform import MISSING, Values

__all__ = ["IMPOSSIBLE", "Faults", "break_sensors", "wrong_day"]

IMPOSSIBLE = -999
# (rate [1/year per station], shortest, mean beyond it, longest [h])
_STATION_OUTAGE = (4.0, 2, 14.0, 96)
_SENSOR_OUTAGE = (14.0, 1, 12.0, 60)
_PM10_OUTAGE = (22.0, 1, 14.0, 72)
_HOURS_A_YEAR = 8766.0


@dataclass(frozen=True)
class Faults:
    """Values with faults in them, and the cells that show −999 instead of a value."""

    values: Values
    impossible: NDArray[np.bool_]


def break_sensors(
    rng: np.random.Generator,
    values: Values,
    places: Sequence[Station],
    opened: NDArray[np.int64],
    calm_from: int,
) -> Faults:
    """Put faults into concentrations.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    values : ndarray
        int32, shape (6, n_hours, n_stations); not changed.
    places : sequence of Station
        The stations.
    opened : ndarray
        First hour of each station, shape (n_stations,).
    calm_from : int
        From this hour on only short outages of single sensors occur, so that the last episode stays visible.

    Returns
    -------
    Faults
        A changed copy and the mask of impossible values.
    """
    broken = values.copy()
    n_hours = values.shape[1]
    _stick(rng, broken, calm_from)
    _spike(rng, broken, calm_from)
    for station in range(len(places)):
        for begin, end in _spells(rng, _STATION_OUTAGE, calm_from):
            broken[:, begin:end, station] = MISSING
        for pollutant in range(broken.shape[0]):
            spells = _spells(rng, _PM10_OUTAGE if pollutant == 1 else _SENSOR_OUTAGE, n_hours)
            for begin, end in spells:
                broken[pollutant, begin : min(end, begin + 3) if end > calm_from else end, station] = MISSING
        broken[:, : opened[station], station] = MISSING
    impossible = np.zeros(values.shape, dtype=bool)
    for _ in range(max(2, round(14 * n_hours / _HOURS_A_YEAR))):
        begin, station, pollutant = _place(rng, calm_from, len(places), 5)
        impossible[pollutant, begin : begin + int(rng.integers(1, 4)), station] = True
    impossible &= broken != MISSING
    broken[impossible] = MISSING
    return Faults(broken, impossible)


def wrong_day(values: Values, begin: int) -> Values:
    """Give the values as first delivered for a day that was corrected later: one PM10 sensor far off."""
    wrong = values.copy()
    part = wrong[1, begin + 8 : begin + 14, 3]
    part[part != MISSING] = 985
    return wrong


def _spells(
    rng: np.random.Generator, kind: tuple[float, int, float, int], n_hours: int
) -> list[tuple[int, int]]:
    rate, shortest, beyond, longest = kind
    count = int(rng.poisson(rate * max(n_hours, 0) / _HOURS_A_YEAR))
    begins = rng.integers(0, max(n_hours, 1), size=count)
    lengths = shortest + np.floor(rng.exponential(beyond, size=count)).astype(np.int64)
    return [(int(b), int(b + n)) for b, n in zip(begins, np.minimum(lengths, longest), strict=True)]


def _place(
    rng: np.random.Generator, n_hours: int, n_stations: int, n_pollutants: int
) -> tuple[int, int, int]:
    highs = (max(n_hours - 96, 1), n_stations, n_pollutants)
    hour, station, pollutant = (int(rng.integers(0, high)) for high in highs)
    return hour, station, pollutant


def _stick(rng: np.random.Generator, values: Values, n_hours: int) -> None:
    """Let sensors repeat one value for a day or two."""
    for _ in range(max(2, round(4 * n_hours / _HOURS_A_YEAR))):
        begin, station, pollutant = _place(rng, n_hours, values.shape[2], 5)
        end = begin + int(rng.integers(30, 60))
        values[pollutant, begin:end, station] = values[pollutant, begin, station]


def _spike(rng: np.random.Generator, values: Values, n_hours: int) -> None:
    """Single hours far off, and hours with PM10 below PM2.5."""
    for _ in range(max(2, round(3 * n_hours / _HOURS_A_YEAR))):
        begin, station, _ = _place(rng, n_hours, values.shape[2], 1)
        values[0, begin, station] = 880
        values[1, begin, station] = np.maximum(values[1, begin, station], 930)
    for _ in range(max(4, round(60 * n_hours / _HOURS_A_YEAR))):
        begin, station, _ = _place(rng, n_hours, values.shape[2], 1)
        span = slice(begin, begin + int(rng.integers(1, 6)))
        values[1, span, station] = np.maximum(values[0, span, station] * 6 // 10, 1)
