"""Rounding to the nearest value, ties to even, on decimal values (GB/T 8170-2008)."""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

_RELATIVE_TOLERANCE = 1e-9
_LARGEST_TOLERANCE = 1e-4


@overload
def round_8170(x: float, digits: int) -> float: ...
@overload
def round_8170(x: ArrayLike, digits: int) -> np.ndarray: ...
def round_8170(x: ArrayLike, digits: int) -> float | np.ndarray:
    """Round to ``digits`` decimals, half to even on the decimal value.

    A value whose double lies within 1e-9 (relative, 1e-4 of the last digit at most) of a tie is that tie:
    0.35 and means such as 60.5 computed in floating point count as the decimals they stand for. Rounding
    happens once, never in steps.

    Parameters
    ----------
    x : float or array
        Values in any unit; NaN stays NaN.
    digits : int
        Decimals to keep; negative for tens, hundreds …

    Returns
    -------
    float or ndarray
        Same shape as ``x``; never a negative zero.

    Notes
    -----
    Source: GB/T 8170-2008, 3.2 (rounding rules) and 3.3 (no rounding in steps).
    """
    values = np.asarray(x, dtype=np.float64)
    power = 10.0 ** abs(digits)
    scaled = values * power if digits >= 0 else values / power
    halves = np.rint(2 * scaled)
    tolerance = np.minimum(_RELATIVE_TOLERANCE * np.maximum(1.0, np.abs(scaled)), _LARGEST_TOLERANCE)
    with np.errstate(invalid="ignore"):
        whole = np.rint(np.where(np.abs(2 * scaled - halves) <= tolerance, halves / 2, scaled))
    result = (whole / power if digits >= 0 else whole * power) + 0.0
    return float(result) if result.ndim == 0 else result
