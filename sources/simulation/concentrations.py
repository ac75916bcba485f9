"""Invented hourly concentrations with the seasons, clocks and episodes of the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sources.simulation.places import CITIES, Station
from sources.simulation.weather import Clock, Floats, Weather, correlated

__all__ = ["DustEvent", "concentrations"]

# Variables of the result in this order: PM2.5, PM10, SO2, NO2, O3 [µg/m³], CO [0.1 mg/m³].
N_POLLUTANTS = 6
EPISODE_DAYS = 4.0
_EPISODE_FIRST, EPISODE_LAST = 72.0, 232.0
"""PM2.5 of the region where the last episode begins and ends [µg/m³]; the cities' own strength goes on top."""


@dataclass(frozen=True)
class DustEvent:
    """A dust storm: its first hour in the west and how strong it is there [µg/m³ PM10]."""

    begin: datetime
    peak_ugm3: float


def concentrations(
    rng: np.random.Generator,
    hours: Clock,
    sky: Weather,
    places: Sequence[Station],
    dust: Sequence[DustEvent],
    end: datetime,
) -> NDArray[np.int32]:
    """Invent the 1 h concentrations of all stations.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    hours : Clock
        The hours.
    sky : Weather
        The weather of the cities.
    places : sequence of Station
        The stations.
    dust : sequence of DustEvent
        Dust storms.
    end : datetime
        Last hour; a heavy-pollution episode grows over the four days before it.

    Returns
    -------
    ndarray
        int32, shape (6, n_hours, n_stations) [µg/m³, CO 0.1 mg/m³].
    """
    at = np.array([place.city for place in places])
    n_hours, n_stations = hours.label.size, at.size
    local = correlated(rng, n_hours, np.full(n_stations, 10.0))
    own = correlated(rng, n_hours, np.full(n_stations, 14.0))
    offset = 0.09 * rng.standard_normal((N_POLLUTANTS, n_stations))
    rural = np.where([place.is_control for place in places], -0.25, 0.0)
    late = _episode_weight(hours, end)[:, None]
    calm = (sky.stagnation * (1 - late) + 1.6 * late)[:, at]
    storm = _dust(hours, dust)[:, at]
    settled = np.exp(-storm / 600.0)

    def blur(scale: float) -> Floats:
        return np.exp(scale * rng.standard_normal((n_hours, n_stations)))

    fine = _pm25(hours, sky.stagnation[:, at], at) + 0.10 * local + offset[0] + rural
    target = (
        _episode(hours, end)[:, None]
        + np.log(_profile("episode"))[at]
        + 0.05 * local
        + 0.5 * offset[0]
        + rural
    )
    pm25 = np.exp(fine * (1 - late) + target * late) * settled * blur(0.05) + 0.12 * storm
    coarse = (
        27.0
        * _profile("coarse")[at]
        * np.exp(
            (0.35 * _season(hours, 100) - 0.25 * _season(hours, 215))[:, None]
            + 0.30 * sky.coarse[:, at] * (1 - late)
            + 0.15 * own
            + offset[1]
        )
    )
    pm10 = 1.06 * pm25 + coarse * blur(0.08) + storm
    rush = _rush(hours)[:, None]
    winter = _season(hours, 15)[:, None]
    so2 = 8.0 * np.exp(0.35 * winter + 0.22 * calm + 0.25 * own + offset[2]) * blur(0.10)
    no2 = 25.0 * np.exp(0.32 * winter + 0.26 * calm + rush + 0.12 * own + offset[3] + rural) * blur(0.06)
    co = 6.0 * np.exp(0.30 * winter + 0.24 * calm + 0.5 * rush + 0.12 * own + offset[5]) * blur(0.04)
    o3 = (
        _ozone(hours, sky.sunshine[:, at] * (1 - late), no2, at)
        * np.exp(0.06 * local + 0.6 * offset[4])
        * blur(0.03)
    )
    found = np.stack([pm25, pm10, so2, no2, o3, co])
    lowest = np.array([1, 2, 1, 1, 1, 1])[:, None, None]
    return np.maximum(np.rint(found), lowest).astype(np.int32)


def _profile(name: str) -> Floats:
    return np.array([getattr(city, name) for city in CITIES], dtype=np.float64)


def _season(hours: Clock, top_day: int) -> Floats:
    return np.cos(2 * np.pi * (hours.year_day - top_day) / 365.25)


def _pm25(hours: Clock, stagnation: Floats, at: NDArray[np.int64]) -> Floats:
    """Logarithm of PM2.5 without local chance: high in winter, in the late evening and on working days."""
    clock = 0.10 * np.cos(2 * np.pi * (hours.label - 23) / 24) + 0.05 * np.cos(
        4 * np.pi * (hours.label - 10) / 24
    )
    week = np.where(hours.weekday >= 5, -0.03, 0.012)
    common = 0.52 * _season(hours, 12) + clock + week - 0.11
    return (
        np.log(_profile("pm25_ugm3"))[at]
        + common[:, None]
        + (0.38 + 0.06 * _season(hours, 12))[:, None] * stagnation
    )


def _rush(hours: Clock) -> Floats:
    morning = np.exp(-(((hours.label - 8.5) / 2.2) ** 2))
    evening = np.exp(-(((hours.label - 20.5) / 3.0) ** 2))
    return 0.30 * morning + 0.45 * evening - 0.20 - np.where(hours.weekday >= 5, 0.06, 0.0)


def _ozone(hours: Clock, sunshine: Floats, no2: Floats, at: NDArray[np.int64]) -> Floats:
    """Ozone: made by the sun, highest in mid-afternoon of June, used up by traffic at night."""
    summer = _season(hours, 175)
    daylight = np.exp(-(((hours.label - 15.5) / (4.2 + 0.6 * summer)) ** 2))
    background = (26.0 + 14.0 * summer)[:, None] * np.exp(-no2 / 70.0) + 4.0
    made = ((75.0 + 46.0 * summer) * daylight)[:, None] * np.exp(0.24 * sunshine)
    return background + made * _profile("ozone")[at]


def _dust(hours: Clock, events: Sequence[DustEvent]) -> Floats:
    """PM10 of dust storms [µg/m³], shape (n_hours, n_cities): quick rise, slow fall, later in the east."""
    east = _profile("lon_deg")
    lag = (east - east.min()) * 1.2
    total = np.zeros((hours.label.size, east.size))
    for event in events:
        age = (hours.since * 24)[:, None] - (event.begin - hours.start) / timedelta(hours=1) - lag
        shape = np.clip(age / 4.0, 0, 1) * np.exp(-np.clip(age - 6.0, 0, None) / 9.0)
        total += np.where(shape > 0.02, event.peak_ugm3 * shape * _profile("coarse"), 0.0)
    return total


def _episode_weight(hours: Clock, end: datetime) -> Floats:
    """Share of the last episode in the air: 0 before, 1 from a day and a half after its beginning."""
    begin = (end - hours.start) / timedelta(days=1) - EPISODE_DAYS - 8 / 24
    part = np.clip((hours.since - begin + 0.5) / 1.5, 0, 1)
    return part * part * (3 - 2 * part)


def _episode(hours: Clock, end: datetime) -> Floats:
    """Logarithm of the growing PM2.5 of the last episode."""
    last = (end - hours.start) / timedelta(days=1)
    part = 1 - (last - hours.since) / (EPISODE_DAYS + 8 / 24)
    return np.log(_EPISODE_FIRST) + np.clip(part, 0, 1) * np.log(EPISODE_LAST / _EPISODE_FIRST)
