"""IAQI tables in exact integer arithmetic: one look-up serves kernels, SQL and tests (HJ 633)."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from warehouse.standards.load import load
from warehouse.standards.names import DIGITS, ITEMS, pollutant_of

NO_IAQI = -1
"""Marks a step at which an item gives no IAQI."""


@dataclass(frozen=True)
class AqiTables:
    """IAQI look-up of several standard sets.

    Attributes
    ----------
    sets : tuple of str
        Names of the standard sets, first axis of ``lut``.
    lut : ndarray of int16, (n_sets, n_items, n_steps)
        IAQI by step (whole µg/m³; CO tenths of mg/m³), items as in ``ITEMS``; -1 where there is none.
    max_step : ndarray of int32, (n_items,)
        Highest step of each item; greater steps are clipped to it, which holds the answer for all above.
    missing_hour, missing_day : ndarray of uint8, (n_sets,)
        0: a missing pollutant is skipped; 1: an incomplete AQI is published only when it exceeds 100.
    aqi_min, cap : ndarray of int16, (n_sets,)
        Range of the AQI.
    """

    sets: tuple[str, ...]
    lut: np.ndarray
    max_step: np.ndarray
    missing_hour: np.ndarray
    missing_day: np.ndarray
    aqi_min: np.ndarray
    cap: np.ndarray


@functools.cache
def applied_rules(aqi_standard: str) -> dict[str, str]:
    """Return the AQI rules that are applied: practice where one is on record, else the standard's text."""
    rules = load("aqi_rule").sort_values("practice")
    rules = rules[rules["aqi_standard"] == aqi_standard]
    return dict(zip(rules["rule"], rules["value"], strict=True))


def steps_per_unit(item: str) -> int:
    """Return the number of look-up steps in one unit of concentration: 10 for CO, else 1."""
    return 10 ** DIGITS[pollutant_of(item)]


@functools.cache
def _breakpoints(aqi_standard: str, item: str) -> tuple[np.ndarray, np.ndarray]:
    table = load("iaqi_breakpoint")
    rows = table[(table["aqi_standard"] == aqi_standard) & (table["item"] == item)]
    concentration = (rows["concentration"].to_numpy() * steps_per_unit(item)).round().astype(np.int64)
    return concentration, rows["iaqi"].to_numpy(dtype=np.int64)


def _above_last(aqi_standard: str, item: str) -> int:
    rules = applied_rules(aqi_standard)
    rule = {"SO2_1h": "so2_1h_above_last", "O3_8h": "o3_8h_above_last"}.get(item, "aqi_cap")
    return NO_IAQI if rules[rule] == "none" else int(rules[rule])


@functools.cache
def max_steps() -> np.ndarray:
    """Return the highest step of each item, one above its last breakpoint, int32 (n_items,)."""
    standards = load("standard_set")["aqi_standard"].unique()
    return np.array([max(_breakpoints(s, i)[0][-1] for s in standards) + 1 for i in ITEMS], dtype=np.int32)


@functools.cache
def _lut(aqi_standard: str) -> np.ndarray:
    """IAQI of one AQI standard, int16 (n_items, n_steps)."""
    n_steps = int(max_steps().max()) + 1
    lut = np.empty((len(ITEMS), n_steps), dtype=np.int16)
    step = np.arange(n_steps, dtype=np.int64)
    for row, item in enumerate(ITEMS):
        points, index = _breakpoints(aqi_standard, item)
        high = np.clip(np.searchsorted(points, step, side="left"), 1, len(points) - 1)
        low = high - 1
        rise = (index[high] - index[low]) * (step - points[low])
        ceiled = -(-rise // (points[high] - points[low])) + index[low]
        lut[row] = np.where(step <= points[-1], ceiled, _above_last(aqi_standard, item))
    return lut


def aqi_tables(standard_sets: Sequence[str]) -> AqiTables:
    """Build the IAQI look-up of the given standard sets.

    IAQI is rounded up in integer arithmetic and capped; steps above the last breakpoint follow the rule of
    the standard (SO2 1 h, O3 8 h above 800) or, for hours before 2026, the practice of the platform.

    Raises
    ------
    KeyError
        A standard set is unknown.

    Notes
    -----
    Source: HJ 633-2012 table 1, 6.1, 6.2; HJ 633-2026 table 3, 4.2.2 to 4.2.6, 5.3.1.
    """
    known = load("standard_set").set_index("standard_set")["aqi_standard"]
    standards = [str(known[name]) for name in standard_sets]
    rules = [applied_rules(standard) for standard in standards]

    def missing(rule: str) -> np.ndarray:
        return np.array([r[rule] == "above_100" for r in rules], dtype=np.uint8)

    return AqiTables(
        sets=tuple(standard_sets),
        lut=np.stack([_lut(standard) for standard in standards]),
        max_step=max_steps().copy(),
        missing_hour=missing("missing_hour"),
        missing_day=missing("missing_day"),
        aqi_min=np.array([int(r["aqi_min"]) for r in rules], dtype=np.int16),
        cap=np.array([int(r["aqi_cap"]) for r in rules], dtype=np.int16),
    )


@functools.cache
def _iaqi_frame() -> pd.DataFrame:
    parts = []
    for standard in load("standard_set")["aqi_standard"].unique():
        lut = _lut(standard)
        for row, item in enumerate(ITEMS):
            step = np.arange(max_steps()[row] + 1, dtype=np.int32)
            values = pd.Series(lut[row, : len(step)]).astype("Int16")
            parts.append(
                pd.DataFrame(
                    {
                        "aqi_standard": str(standard),
                        "item": item,
                        "step": step,
                        "concentration": step / steps_per_unit(item),
                        "iaqi": values.mask(values == NO_IAQI),
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def iaqi_frame() -> pd.DataFrame:
    """Return ``ref.iaqi``: aqi_standard, item, step, concentration, iaqi (missing where there is none)."""
    return _iaqi_frame().copy()
