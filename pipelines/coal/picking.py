"""可比的用煤量 | picking amounts of coal that may be compared: same area, perimeter, scope, basis, exclusions and origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipelines.coal.amounts import Amount

ORIGINS = ("reported", "firms", "children", "published")
"""Where amounts come from, the one to prefer first."""


@dataclass(frozen=True)
class Wanted:
    """The attributes a target asks for."""

    perimeter: str
    scope: str
    basis: str
    exclusions: frozenset[str]
    year: int
    baseline_year: int
    needs_baseline: bool
    stated_baseline: Fraction | None
    finished: bool


@dataclass(frozen=True)
class Picked:
    """Comparable amounts for one set of exclusions, or the reason why there are none.

    ``found`` and ``found_before`` are the rows of the actual and the baseline, also of those that do not compare.
    """

    reason: str
    actual: Fraction | None = None
    baseline: Fraction | None = None
    baseline_year: Fraction | None = None
    last: Fraction | None = None
    last_year: Fraction | None = None
    found: Amount | None = None
    found_before: Amount | None = None

    @property
    def usable(self) -> bool:
        """There is something to judge."""
        return self.reason == ""


def pick(amounts: Iterable[Amount], wanted: Wanted) -> Picked:
    """Pick the actual and its baseline, origin by origin; the first that compares wins, of several the latest."""
    rows = sorted((a for a in amounts if a.period_kind != "month"), key=_order)
    tries = [_pick_origin(rows, wanted, origin) for origin in ORIGINS]
    usable = [p for p in tries if p.usable]
    if usable:
        return max(usable, key=lambda p: p.found.months if p.found else 0)
    judged = [p for p in tries if p.found is not None]
    return judged[0] if judged else _why_nothing(rows, wanted)


def month_of(
    amounts: Iterable[Amount], like: Amount, year: int, basis: str, exclusions: frozenset[str]
) -> Fraction | None:
    """Return the amount of the last month of a period, on the same terms as the period itself."""
    key = (like.perimeter, like.scope, like.origin, year, like.months, "month")
    for a in sorted(amounts, key=_order):
        if (a.perimeter, a.scope, a.origin, a.year, a.months, a.period_kind) == key:
            amount = a.without(basis, exclusions)
            if amount is not None:
                return amount
    return None


def _order(a: Amount) -> tuple[Any, ...]:
    return (
        ORIGINS.index(a.origin),
        a.year,
        a.months,
        a.period_kind != "year",
        a.perimeter,
        a.scope,
        a.exclusions,
    )


def _fits(a: Amount, wanted: Wanted, origin: str) -> bool:
    return (a.perimeter, a.scope, a.origin) == (wanted.perimeter, wanted.scope, origin)


def _pick_origin(rows: list[Amount], wanted: Wanted, origin: str) -> Picked:
    fitting = [a for a in rows if _fits(a, wanted, origin)]

    def of(year: int, months: int) -> tuple[Fraction | None, Amount | None]:
        for a in fitting:
            if (a.year, a.months, a.complete) == (year, months, True):
                amount = a.without(wanted.basis, wanted.exclusions)
                if amount is not None:
                    return amount, a
        return None, None

    now = _latest(fitting, wanted)
    if now is None:
        return Picked("no_actual")
    actual = now.without(wanted.basis, wanted.exclusions)
    baseline, before = of(wanted.baseline_year, now.months)
    baseline_year, year_row = of(wanted.baseline_year, 12)
    if wanted.stated_baseline is not None:
        baseline_year = wanted.stated_baseline
        if now.months == 12:
            baseline, before = wanted.stated_baseline, None
    picked = Picked(
        "", actual, baseline, baseline_year, of(wanted.year - 1, now.months)[0], of(wanted.year - 1, 12)[0], now,
        before or year_row,
    )  # fmt: skip
    if wanted.finished and now.months < 12:
        return _because(picked, "missing_months")
    if wanted.needs_baseline and not baseline and not baseline_year:
        reason, other = _why_no_baseline(rows, wanted, now, baseline)
        return _because(picked, reason, other)
    return picked


def _because(picked: Picked, reason: str, before: Amount | None = None) -> Picked:
    return Picked(
        reason, picked.actual, picked.baseline, picked.baseline_year, picked.last, picked.last_year, picked.found,
        before or picked.found_before,
    )  # fmt: skip


def _latest(fitting: list[Amount], wanted: Wanted) -> Amount | None:
    """Return the row of the target year with the most months that is complete and tells what is wanted."""
    known = [
        a
        for a in fitting
        if a.year == wanted.year and a.complete and a.without(wanted.basis, wanted.exclusions) is not None
    ]
    return max(known, key=lambda a: (a.months, a.period_kind == "year"), default=None)


def _why_no_baseline(
    rows: list[Amount], wanted: Wanted, now: Amount, baseline: Fraction | None
) -> tuple[str, Amount | None]:
    """Say which attribute keeps the amounts of the baseline year from being compared."""
    if baseline == 0:
        return "baseline_zero", None
    before = [a for a in rows if a.year == wanted.baseline_year and a.months in (now.months, 12)]
    same_area = [a for a in before if (a.perimeter, a.scope) == (wanted.perimeter, wanted.scope)]
    for reason, group in (
        ("origin", [a for a in same_area if a.origin != now.origin and _tells(a, wanted)]),
        ("coverage_baseline", [a for a in same_area if not a.complete]),
        ("basis", [a for a in same_area if wanted.basis not in a.totals]),
        ("exclusions", same_area),
        ("perimeter", [a for a in before if a.scope == wanted.scope]),
        ("scope", before),
    ):
        if group:
            return reason, group[0]
    return "baseline_missing", None


def _tells(a: Amount, wanted: Wanted) -> bool:
    return a.complete and a.without(wanted.basis, wanted.exclusions) is not None


def _alike(scope: str, wanted: str) -> bool:
    """Tell scopes that are taken for each other; scattered coal is never a figure of the whole."""
    return "scattered" not in (scope, wanted)


def _why_nothing(rows: list[Amount], wanted: Wanted) -> Picked:
    """Say why no amount of the target year has the attributes the target asks for."""
    now = [a for a in rows if a.year == wanted.year]
    same_area = [a for a in now if (a.perimeter, a.scope) == (wanted.perimeter, wanted.scope)]
    for reason, group in (
        ("coverage", [a for a in same_area if not a.complete]),
        ("basis", [a for a in same_area if wanted.basis not in a.totals]),
        ("exclusions", same_area),
        ("perimeter", [a for a in now if a.scope == wanted.scope]),
        # Firms alone say nothing of a wider scope: then figures are missing rather than different.
        (
            "scope",
            [a for a in now if a.origin in ("reported", "published") and _alike(a.scope, wanted.scope)],
        ),
        ("no_actual", now),
    ):
        if group:
            best = max(group, key=lambda a: a.months)
            return Picked(reason, found=best)
    return Picked("no_data")
