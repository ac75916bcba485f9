"""The baseline that learns: ridge regression of log concentrations on the days before, with the spread of its errors.

Ridge and not trees: with a year or less of history the linear model was better at every lead time than boosted trees
with a quantile loss, its ranges held what they say, and it costs a fiftieth. Products of the last days with the season
let it learn that an episode lasts longer in winter; without them it hardly ever came near a heavy day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.linalg import solve

from pipelines.forecast.history import History

TARGETS = ("PM2.5", "PM10", "O3")
LEADS = tuple(range(6))
"""Days ahead: 0 is the day of issue, of which nothing is known yet."""
NEEDED = 90
"""Days of history of a city the learned model needs."""
NEEDED_ROWS = 60
PENALTY = 200.0
RECENT = 7
LAST_WEEK = 3
"""Column of the mean of the last week: without it nothing is said of a city."""
BLOCKS = 5
"""Stretches of time, each forecast by a model learned from the others, by whose errors the spread is judged."""


@dataclass(frozen=True)
class Fitted:
    """A model of one target and lead time: coefficients on the standardised features, and how far it was off.

    Attributes
    ----------
    weights : ndarray of float64, (n_features + 1,)
        Coefficients, the constant last.
    errors : ndarray of float64, (n_rows,)
        Errors of the logarithm on stretches of time that were not learned from, sorted.
    middles, observed : ndarray of float64, (n_rows,)
        What was forecast for those stretches [log] and what came [unit of the target].
    """

    weights: np.ndarray
    fill: np.ndarray
    centre: np.ndarray
    scale: np.ndarray
    errors: np.ndarray
    middles: np.ndarray
    observed: np.ndarray

    def middle(self, features: np.ndarray) -> np.ndarray:
        """Logarithm that is expected, (n_rows,)."""
        given = np.where(np.isfinite(features), features, self.fill)
        return np.asarray((given - self.centre) / self.scale @ self.weights[:-1] + self.weights[-1])


def _before(values: np.ndarray, days: int) -> np.ndarray:
    moved = np.full_like(values, np.nan)
    moved[days:] = values[:-days]
    return moved


def _trailing(values: np.ndarray, days: int, least: int) -> np.ndarray:
    """Mean of the days before each row, NaN with fewer than ``least`` of them."""
    known = np.isfinite(values)
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(np.where(known, values, 0.0), axis=0)])
    counts = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(known, axis=0)])
    rows = np.arange(len(values))
    low = np.maximum(rows - days, 0)
    n = counts[rows] - counts[low]
    return np.where(n >= least, (sums[rows] - sums[low]) / np.maximum(n, 1), np.nan)


def lagged(history: History, target: np.ndarray) -> np.ndarray:
    """Features of every possible day of issue from the days before it, (n_days + 1, n_cities, n_features)."""
    own = np.log1p(target)
    one, two, three = (_before(own, n) for n in (1, 2, 3))
    week, month = _trailing(own, RECENT, 3), _trailing(own, 28, 10)
    squares = _trailing(own**2, RECENT, 3)
    spread = np.sqrt(np.maximum(squares - week**2, 0.0))
    known = np.isfinite(one)
    around = np.where(known, one, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    around = np.repeat(np.where(known.any(axis=1), around, np.nan)[:, None], own.shape[1], axis=1)
    others = [_before(np.log1p(v), 1) for p, v in history.values.items() if p != "SO2" and v is not target]
    others += [_before(np.log1p(v), 1) for v in history.evening.values()]
    return np.stack(
        [
            one,
            two,
            three,
            week,
            month,
            spread,
            around,
            around - _before(around, 1),
            one - two,
            one**2,
            *others,
        ],
        axis=-1,
    )


def features(history: History, base: np.ndarray, lead: int) -> np.ndarray:
    """Add season, city and products to the lagged features for a lead time, (n_days + 1, n_cities, n_features)."""
    n, n_cities = base.shape[:2]
    first = history.first + timedelta(days=lead)
    days = np.array([(first + timedelta(days=d)).timetuple().tm_yday for d in range(n)])
    angle = np.repeat((days * (2 * np.pi / 365.25))[:, None], n_cities, axis=1)
    season = np.stack([np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)], axis=-1)
    city = np.repeat(np.eye(n_cities)[None, :, :], n, axis=0)
    one, week, around = base[..., 0], base[..., LAST_WEEK], base[..., 6]
    products = [one * season[..., 0], one * season[..., 1], week * season[..., 0], week * season[..., 1]]
    return np.concatenate(
        [base, season, city, np.stack([*products, around * season[..., 1]], axis=-1)], axis=-1
    )


def fit(history: History, target: np.ndarray, made: np.ndarray, lead: int, cutoff: date) -> Fitted | None:
    """Fit one target and lead time on what was known before a day; None where rows are too few.

    Parameters
    ----------
    history : History
    target : ndarray, (n_days + 1, n_cities)
        Concentrations of a pollutant, or AQI.
    made : ndarray
        As `features` gives them for this lead time.
    lead : int
        [d]
    cutoff : date
        Neither issues nor days forecast from this day on are learned from.
    """
    last = history.row(cutoff) - lead
    if last <= 0:
        return None
    observed = target[lead : lead + last].reshape(-1)
    rows = made[:last].reshape(-1, made.shape[-1])
    known = np.isfinite(observed) & np.isfinite(rows[:, LAST_WEEK])
    if int(known.sum()) < NEEDED_ROWS:
        return None
    day = np.repeat(np.arange(last), target.shape[1])[known]
    rows, observed = rows[known], observed[known]
    fill = np.zeros(rows.shape[1])
    for column in np.flatnonzero(~np.isfinite(rows).all(axis=0)):
        there = rows[np.isfinite(rows[:, column]), column]
        fill[column] = np.median(there) if len(there) else 0.0
    rows = np.where(np.isfinite(rows), rows, fill)
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    rows, wanted = (rows - centre) / scale, np.log1p(observed)
    weights, middles = _ridge(rows, wanted, (day - day[0]) * BLOCKS // (day[-1] - day[0] + 1))
    return Fitted(weights, fill, centre, scale, np.sort(wanted - middles), middles, observed)


def _ridge(rows: np.ndarray, wanted: np.ndarray, block: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit all rows, and forecast each stretch of time by what the others give.

    Errors on what was learned from are too small, and neighbouring days are too much alike to be dealt out singly.

    Returns
    -------
    weights : ndarray, (n_features + 1,)
        The constant, which is not drawn towards zero, last.
    middles : ndarray, (n_rows,)
        Forecast of each row by the stretches it is not in.
    """
    given = np.column_stack([rows, np.ones(len(rows))])
    drawn = np.diag([PENALTY] * rows.shape[1] + [0.0])
    squares, moments = given.T @ given, given.T @ wanted
    weights = solve(squares + drawn, moments, assume_a="pos")
    middles = given @ weights
    numbers = np.unique(block)
    for number in numbers if len(numbers) > 1 else ():
        own = block == number
        # What a stretch adds to the sums is taken out again: no second pass over the other rows.
        less = squares - given[own].T @ given[own] + drawn
        middles[own] = given[own] @ solve(less, moments - given[own].T @ wanted[own], assume_a="pos")
    return weights, middles
