"""The baseline that learns: ridge regression of log concentrations on the days before, with the spread of its errors.

Ridge and not trees: with a year or less of history the linear model was better at every lead time than boosted trees
with a quantile loss, its ranges held what they say, and it costs a fiftieth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from pipelines.forecast.history import History
from pipelines.forecast.simple import QUANTILES

if TYPE_CHECKING:
    from sklearn.linear_model import Ridge

TARGETS = ("PM2.5", "PM10", "O3")
LEADS = tuple(range(6))
"""Days ahead: 0 is the day of issue, of which nothing is known yet."""
NEEDED = 90
"""Days of history of a city the learned model needs."""
NEEDED_ROWS = 60
PENALTY = 50.0
RECENT = 7


@dataclass(frozen=True)
class Fitted:
    """A model of one target and lead time: coefficients on the standardised features, errors by quantile."""

    ridge: Ridge
    fill: np.ndarray
    centre: np.ndarray
    scale: np.ndarray
    errors: np.ndarray

    def predict(self, features: np.ndarray) -> np.ndarray:
        """Quantiles of concentration, (3, n_rows) [unit of the target]."""
        given = np.where(np.isfinite(features), features, self.fill)
        middle = self.ridge.predict((given - self.centre) / self.scale)
        return np.maximum(np.expm1(middle[None, :] + self.errors[:, None]), 0.0)


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
    return np.stack(
        [one, two, three, week, month, spread, around, around - _before(around, 1), one - two, *others],
        axis=-1,
    )


def features(history: History, base: np.ndarray, lead: int) -> np.ndarray:
    """Add season and city to the lagged features for a lead time, (n_days + 1, n_cities, n_features)."""
    n, n_cities = base.shape[:2]
    first = history.first + timedelta(days=lead)
    angle = np.array([(first + timedelta(days=d)).timetuple().tm_yday for d in range(n)]) * (
        2 * np.pi / 365.25
    )
    season = np.repeat(np.stack([np.sin(angle), np.cos(angle)], axis=-1)[:, None, :], n_cities, axis=1)
    city = np.repeat(np.eye(n_cities)[None, :, :], n, axis=0)
    return np.concatenate([base, season, city], axis=-1)


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
    wanted = np.log1p(target[lead : lead + last]).reshape(-1)
    rows = made[:last].reshape(-1, made.shape[-1])
    known = np.isfinite(wanted) & np.isfinite(rows[:, 3])
    if int(known.sum()) < NEEDED_ROWS:
        return None
    rows, wanted = rows[known], wanted[known]
    fill = np.zeros(rows.shape[1])
    for column in np.flatnonzero(~np.isfinite(rows).all(axis=0)):
        there = rows[np.isfinite(rows[:, column]), column]
        fill[column] = np.median(there) if len(there) else 0.0
    rows = np.where(np.isfinite(rows), rows, fill)
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    rows = (rows - centre) / scale
    # imported where it is needed: it takes 0.7 s and 80 MB that a run without new days need not pay
    from sklearn.linear_model import Ridge

    ridge = Ridge(alpha=PENALTY, solver="cholesky").fit(rows, wanted)
    errors = np.quantile(wanted - ridge.predict(rows), QUANTILES)
    return Fitted(ridge, fill, centre, scale, errors)
