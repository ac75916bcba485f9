"""Quality flags of 1 h values, from the rules in ``ref.quality_rule``.

A flag never changes a value. ``bad`` (physically impossible) leaves the value out of every mean and index,
``doubtful`` (suspicious) keeps it. Rules look at one natural day at a time, so that any window can be recomputed alone.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.air.kernels import BAD, DOUBTFUL, MISSING
from pipelines.air.quality_kernels import CONSTANT, RANGE, RELATION, SPIKE, apply_rules
from warehouse.standards import POLLUTANTS

_KINDS = {"range": RANGE, "constant": CONSTANT, "relation": RELATION, "spike": SPIKE}
FLAG_NAMES = ("", "doubtful", "bad")


@dataclass(frozen=True)
class QualityRules:
    """The rules as arrays, one row a rule, limits in cube units (µg/m³; CO tenths of mg/m³)."""

    names: tuple[str, ...]
    kind: np.ndarray
    pollutant: np.ndarray
    minimum: np.ndarray
    maximum: np.ndarray
    n_hours: np.ndarray
    factor: np.ndarray
    margin: np.ndarray
    flag: np.ndarray


def compile_rules(rules: pd.DataFrame) -> QualityRules:
    """Turn the rows of ``ref.quality_rule`` into arrays, impossible values first.

    Parameters
    ----------
    rules : DataFrame
        ``rule, kind, pollutant, minimum, maximum, n_hours, factor, margin, flag``, limits in the pollutant's unit.
    """
    order = rules.assign(_bad=rules["flag"] != "bad").sort_values(["_bad", "rule"])
    scale = np.where(order["pollutant"] == "CO", 10.0, 1.0)

    def column(name: str, default: float) -> np.ndarray:
        return pd.to_numeric(order[name]).fillna(default).to_numpy(dtype=np.float64)

    return QualityRules(
        names=tuple(order["rule"]),
        kind=order["kind"].map(_KINDS).to_numpy(dtype=np.int64),
        pollutant=order["pollutant"].map(POLLUTANTS.index).to_numpy(dtype=np.int64),
        minimum=column("minimum", -np.inf) * scale,
        maximum=column("maximum", np.inf) * scale,
        n_hours=column("n_hours", 0).astype(np.int64),
        factor=column("factor", 0),
        margin=column("margin", 0) * scale,
        flag=np.where(order["flag"] == "bad", BAD, DOUBTFUL).astype(np.uint8),
    )


def flag_values(values: np.ndarray, rules: QualityRules) -> tuple[np.ndarray, np.ndarray]:
    """Flag the values of whole days.

    Parameters
    ----------
    values : int32 (6, hours, stations)
        Whole natural days, hours 1…24 each.
    rules : QualityRules

    Returns
    -------
    flags : uint8 (6, hours, stations)
        Worst flag of each value: 0 good, 1 doubtful, 2 bad.
    events : int32 (n, 4)
        Hour, station, pollutant and rule of every flag raised.
    """
    capacity = max(1024, values.size // 64)
    while True:
        flags = np.zeros(values.shape, np.uint8)
        events = np.empty((capacity, 4), np.int32)
        n = apply_rules(
            values,
            flags,
            events,
            rules.kind,
            rules.pollutant,
            rules.minimum,
            rules.maximum,
            rules.n_hours,
            rules.factor,
            rules.margin,
            rules.flag,
        )
        if n <= capacity:
            return flags, events[:n]
        capacity = n


def impossible(values: np.ndarray, rules: QualityRules) -> np.ndarray:
    """Tell which values the ``bad`` range rules exclude (boolean, shape of ``values``)."""
    out = np.zeros(values.shape, bool)
    for r in np.flatnonzero((rules.kind == RANGE) & (rules.flag == BAD)):
        p = rules.pollutant[r]
        v = values[p]
        out[p] |= (v != MISSING) & ((v < rules.minimum[r]) | (v > rules.maximum[r]))
    return out
