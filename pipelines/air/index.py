"""Composite index and change against an earlier period, as the official bulletins compute them."""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from warehouse.standards import POLLUTANTS, StandardsError, load, round_8170


def composite_index(
    values: Mapping[str, float | None], standard_set: str, *, weighting: str = "weight"
) -> tuple[dict[str, float | None], float | None]:
    """Compute the composite index and its six parts, each part rounded before the sum.

    Parameters
    ----------
    values : mapping
        Statistic of each pollutant [µg/m³; CO mg/m³]: period mean of SO2, NO2, PM10 and PM2.5, 95th
        percentile of daily CO, 90th percentile of O3 MDA8. Unrounded or as printed; None where it is missing.
    standard_set : str
        Set whose grade 2 limits are the denominators.
    weighting : {"weight", "weight_unverified"}
        Column of ``ref.index_limit`` to weigh the parts by; the second is not verified and never the default.

    Returns
    -------
    parts : dict
        Part of each pollutant in the order of ``POLLUTANTS``; None where its value is missing.
    total : float or None
        Sum of the (weighted) parts, None when any part is missing.

    Raises
    ------
    StandardsError
        The standard set has no denominators.
    KeyError
        The weighting is unknown.

    Notes
    -----
    Source: 环办〔2014〕64号; rounding of the parts before the sum reproduces published values.
    """
    rows = load("index_limit")
    rows = rows[rows["standard_set"] == standard_set]
    if rows.empty:
        known = ", ".join(load("standard_set")["standard_set"])
        raise StandardsError(
            "index_limit.csv", 1, standard_set, known, "改用已有标准集 | use a known standard set"
        )
    limits = dict(zip(rows["pollutant"], rows["limit_value"].tolist(), strict=True))
    weights = dict(zip(rows["pollutant"], rows[weighting].tolist(), strict=True))
    rounding = load("rounding")
    rounding = rounding[(rounding["standard_set"] == standard_set) & rounding["digits_statistic"].notna()]
    digits = dict(zip(rounding["item"], rounding["digits_statistic"].tolist(), strict=True))
    parts: dict[str, float | None] = {}
    total = 0.0
    for pollutant in POLLUTANTS:
        value = values.get(pollutant)
        if value is None or math.isnan(value):
            parts[pollutant] = None
            continue
        printed = round_8170(float(value), digits[pollutant])
        part = round_8170(printed / limits[pollutant], digits["index_part"])
        parts[pollutant] = part
        total += part * weights[pollutant]
    if None in parts.values():
        return parts, None
    return parts, round_8170(total, digits["composite_index"])


def change_pct_printed(
    now: float | str | Decimal, before: float | str | Decimal, digits: int = 1
) -> float | None:
    """Return the change of one printed value against another [%], rounded half to even in exact arithmetic.

    Official bulletins compute changes from the rounded values they print: 70 after 79 is −11.4 %.

    Parameters
    ----------
    now, before : number or text
        The printed values; a float counts as the decimal it is written as.
    digits : int
        Decimals to keep.

    Returns
    -------
    float or None
        None when ``before`` is zero: no rate can be given.
    """
    first, last = (Fraction(Decimal(str(value))) for value in (before, now))
    if first == 0:
        return None
    return float(round((last - first) / first * 100, digits)) + 0.0
