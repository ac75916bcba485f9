"""The integer program behind `close_gap`: what to choose among further measures."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_SPARE = 1e-5
"""Margin of the integer program over what is needed, above the tolerance of the solver."""


@dataclass(frozen=True)
class Option:
    """One further measure: a unit limited by a share, what it cuts beyond the list [kg/d], and what it costs."""

    unit: str
    enterprise_id: str
    firm_name: str
    industry: str
    grade_rank: int
    ratio: Decimal
    gain: tuple[Decimal, ...]
    cost: float


Row = tuple[dict[int, float], float, float]
Step = tuple[str, int, Decimal]
"""Industry, rank of the grade, share."""


def solve(options: list[Option], missing: tuple[Decimal, ...]) -> list[int]:
    """Choose the cheapest options that are enough in exact terms.

    What the solver takes for enough may lack its tolerance; it is then asked once more with a margin.

    Raises
    ------
    RuntimeError
        The solver did not finish, or what it chose is not enough.
    """
    for margin in (0.0, _SPARE):
        chosen = _chosen(options, missing, margin)
        sums = (sum((options[i].gain[at] for i in chosen), Decimal(0)) for at in range(len(missing)))
        if all(gained >= need for gained, need in zip(sums, missing, strict=True)):
            return chosen
    raise RuntimeError("求解结果不足 what the solver chose is not enough")


def _chosen(options: list[Option], missing: tuple[Decimal, ...], margin: float) -> list[int]:
    firms = {firm: at for at, firm in enumerate(sorted({o.enterprise_id for o in options}))}
    steps = {key: at for at, key in enumerate(sorted({(o.industry, o.grade_rank, o.ratio) for o in options}))}
    n = len(options)
    width = n + len(firms) + len(steps)
    cost = np.array([o.cost for o in options] + [1.0] * len(firms) + [0.0] * len(steps))
    rows: list[Row] = []
    for at, need in enumerate(missing):
        gains = {i: float(o.gain[at] / need) for i, o in enumerate(options) if need and o.gain[at]}
        if gains:
            rows.append((gains, min(1 + margin, float(most_of(options, at) / need)), np.inf))
    rows += [({i: 1.0, n + firms[o.enterprise_id]: -1.0}, -np.inf, 0.0) for i, o in enumerate(options)]
    rows += _one_each(options)
    rows += _grade_order(options, steps, n + len(firms))
    found = milp(cost, constraints=_constraint(rows, width), integrality=np.ones(width), bounds=Bounds(0, 1))
    if found.x is None:
        raise RuntimeError(f"求解未完成 the solver did not finish: {found.message}")
    return [i for i in range(n) if found.x[i] > 0.5]


def _one_each(options: list[Option]) -> list[Row]:
    """Limit every unit by one share at most."""
    by_unit: dict[str, list[int]] = {}
    for i, option in enumerate(options):
        by_unit.setdefault(option.unit, []).append(i)
    return [(dict.fromkeys(places, 1.0), -np.inf, 1.0) for places in by_unit.values()]


def _grade_order(options: list[Option], steps: dict[Step, int], first: int) -> list[Row]:
    """Allow a share for a grade only when all worse grades of the industry are limited by as much, or as much as they can be.

    A step of a grade stands for “every unit of this grade that can be limited by this share is”; it holds only together
    with the smaller steps of its grade, which bind those that cannot go so far. An option needs the largest step up to
    its share of every worse grade.
    """
    rows: list[Row] = []
    by_unit: dict[str, list[int]] = {}
    by_grade: dict[tuple[str, int], list[Decimal]] = {}
    for industry, rank, ratio in sorted(steps):
        by_grade.setdefault((industry, rank), []).append(ratio)
    for i, option in enumerate(options):
        by_unit.setdefault(option.unit, []).append(i)
    for places in by_unit.values():
        for i in places:
            o = options[i]
            reached = {k: 1.0 for k in places if options[k].ratio >= o.ratio}
            rows.append((reached | {first + steps[o.industry, o.grade_rank, o.ratio]: -1.0}, 0.0, np.inf))
    needed: dict[Step, list[int]] = {}
    for i, o in enumerate(options):
        key = (o.industry, o.grade_rank, o.ratio)
        if key not in needed:
            needed[key] = [first + at for at in _worse(steps, by_grade, key)]
        rows += [({i: 1.0, at: -1.0}, -np.inf, 0.0) for at in needed[key]]
    for (industry, rank), ratios in by_grade.items():
        for smaller, larger in pairwise(ratios):
            pair = {first + steps[industry, rank, larger]: 1.0, first + steps[industry, rank, smaller]: -1.0}
            rows.append((pair, -np.inf, 0.0))
    return rows


def _worse(steps: dict[Step, int], by_grade: dict[tuple[str, int], list[Decimal]], key: Step) -> list[int]:
    """Give of every worse grade of the industry the largest step that is not above a share."""
    own_industry, own_rank, own_ratio = key
    found = []
    for (industry, rank), ratios in by_grade.items():
        fitting = [ratio for ratio in ratios if ratio <= own_ratio]
        if industry == own_industry and rank > own_rank and fitting:
            found.append(steps[industry, rank, fitting[-1]])
    return found


def _constraint(rows: list[Row], width: int) -> LinearConstraint:
    at, place, value = [], [], []
    for line, (cells, _, _) in enumerate(rows):
        for column, number in cells.items():
            at.append(line)
            place.append(column)
            value.append(number)
    matrix = csr_array((value, (at, place)), shape=(len(rows), width))
    return LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])


def most_of(options: list[Option], at: int) -> Decimal:
    """Give what all measures at their most would cut of one pollutant [kg/d]."""
    best: dict[str, Decimal] = {}
    for option in options:
        best[option.unit] = max(best.get(option.unit, Decimal(0)), option.gain[at])
    return sum(best.values(), Decimal(0))
