"""What the spread of errors says: quantiles, the chance of a heavy day, and from which chance on one is called.

The middle of a skewed distribution hardly ever reaches a heavy day even when one is likely, so heavy days are called by
their chance. The bound is the one with the best critical success index on stretches of time not learned from.
"""

from __future__ import annotations

import numpy as np

from pipelines.forecast.learned import Fitted
from pipelines.forecast.simple import QUANTILES

EVENTS = (150, 200)
"""AQI above which a day is heavy enough to be called."""
NEEDED_EVENTS = 20
"""Days above a threshold, cities counted apart, before a bound is set."""
_BOUNDS = np.arange(20, 61, 2) / 100.0
"""Below one in five nothing is called: with a short history the best bound jumps, and low ones cry wolf (seen on 2019)."""
_DIGITS = 4


def quantiles(fitted: Fitted, middle: np.ndarray) -> np.ndarray:
    """Quantiles of concentration or AQI, (3, n) [unit of the target]."""
    errors = np.quantile(fitted.errors, QUANTILES)
    return np.maximum(np.expm1(middle[None, :] + errors[:, None]), 0.0)


def chance(fitted: Fitted, middle: np.ndarray, threshold: float) -> np.ndarray:
    """Chance of more than a threshold, (n,): share of the errors that would lead above it."""
    above = np.log1p(threshold) - middle
    return np.round(1.0 - np.searchsorted(fitted.errors, above, side="right") / len(fitted.errors), _DIGITS)


def bound(fitted: Fitted, threshold: float) -> float:
    """Chance from which on a day above a threshold is called; NaN where such days were too few to tell."""
    came = fitted.observed > threshold
    if int(came.sum()) < NEEDED_EVENTS:
        return float("nan")
    said = chance(fitted, fitted.middles, threshold)[None, :] >= _BOUNDS[:, None]
    hits = (said & came).sum(axis=1)
    index = hits / (said | came).sum(axis=1)
    return float(_BOUNDS[int(index.argmax())])


def called(probability: np.ndarray, least: float) -> np.ndarray:
    """1 where a day is called, 0 where not, NaN where no bound is set or nothing is known, (n,)."""
    return np.where(np.isfinite(probability) & np.isfinite(least), (probability >= least) * 1.0, np.nan)
