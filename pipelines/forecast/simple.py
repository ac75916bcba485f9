"""The two baselines that learn nothing: what was the day before, and what is usual at this time of the year."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from pipelines.forecast.history import COLUMNS, History

LOOK_BACK = 3
"""Days before the issue in which a value is looked for that persists."""
NEEDED_CLIMATOLOGY = 330
"""Days of history a climatology needs: with less a season would be missing."""
HALF_WINDOW = 15
NEEDED_IN_WINDOW = 15
QUANTILES = (0.1, 0.5, 0.9)
_SHRINK = 50.0


def persistence(history: History, issue: date) -> dict[str, np.ndarray]:
    """Values of the newest day with PM2.5 before an issue, (n_cities,) by pollutant; NaN where there is none."""
    row = history.row(issue)
    found = {p: np.full(len(history.cities), np.nan) for p in COLUMNS}
    for back in range(LOOK_BACK, 0, -1):
        if row - back < 0:
            continue
        there = np.isfinite(history.values["PM2.5"][row - back])
        for pollutant, values in history.values.items():
            found[pollutant] = np.where(there, values[row - back], found[pollutant])
    return found


def weekday_factors(history: History, pollutant: str, cutoff: date) -> np.ndarray:
    """Geometric ratio of each weekday to all days before a day, drawn towards one where days are few, (7,)."""
    rows = history.row(cutoff)
    logs = np.log(np.maximum(history.values[pollutant][:rows], 0.1))
    weekday = (np.arange(rows) + history.first.weekday()) % 7
    factors = np.ones(7)
    if not np.isfinite(logs).any():
        return factors
    whole = np.nanmean(logs)
    for day in range(7):
        own = logs[weekday == day]
        n = int(np.isfinite(own).sum())
        if n:
            factors[day] = np.exp((np.nanmean(own) - whole) * n / (n + _SHRINK))
    return factors


def climatology(
    history: History, target: date, cutoff: date, factors: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Quantiles of the same time of the year in the years before.

    Parameters
    ----------
    history : History
    target : date
        Day forecast.
    cutoff : date
        Only days before it count.
    factors : dict
        As `weekday_factors` gives them, by pollutant.

    Returns
    -------
    dict of str to ndarray, (3, n_cities)
        10 %, 50 % and 90 % quantile [µg/m³; CO mg/m³]; NaN where fewer than 15 days are known.
    """
    rows = history.row(cutoff)
    days = [history.first + timedelta(days=n) for n in range(rows)]
    away = np.array([(d.timetuple().tm_yday - target.timetuple().tm_yday) % 365 for d in days])
    near = np.minimum(away, 365 - away) <= HALF_WINDOW
    weekday = (np.arange(rows) + history.first.weekday()) % 7
    found = {}
    for pollutant, values in history.values.items():
        factor = factors[pollutant]
        chosen = values[:rows][near] / factor[weekday[near]][:, None] * factor[target.weekday()]
        enough = np.isfinite(chosen).sum(axis=0) >= NEEDED_IN_WINDOW
        result = np.full((len(QUANTILES), len(history.cities)), np.nan)
        if enough.any():
            result[:, enough] = np.nanquantile(chosen[:, enough], QUANTILES, axis=0)
        found[pollutant] = result
    return found
