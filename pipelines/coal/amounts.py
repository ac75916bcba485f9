"""用煤量及其口径 | amounts of coal with everything that makes two of them comparable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from pipelines.coal.exclusions import canonical, item


@dataclass(frozen=True)
class Amount:
    """One row of ``coal_target_amount``: a total with the parts that may be left out of it.

    ``unread`` names what it rests on that nobody read in an official text: the rule of non-power, or ``published``.
    """

    perimeter: str
    scope: str
    origin: str
    exclusions: str
    year: int
    months: int
    period_kind: str
    period: str
    totals: Mapping[str, Fraction]
    parts: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    vintage: str | None = None
    n_firms: int | None = None
    n_expected: int | None = None
    coverage_pct: float | None = None
    complete: bool = True
    unread: str | None = None

    def without(self, basis: str, exclusions: frozenset[str]) -> Fraction | None:
        """Return the amount with these things left out; None where that cannot be told.

        An amount stated net serves only for the same exclusions. Gangue that is not told apart is not in the total.
        """
        total = self.totals.get(basis)
        if total is None or self.exclusions == canonical(exclusions):
            return total
        if self.exclusions:
            return None
        for exclusion in exclusions:
            part = self.parts.get((item(exclusion), basis))
            if part is None and exclusion != "gangue":
                return None
            total -= part or 0
        return total


def amount_of(row: dict[str, Any], coverage_pct: float) -> Amount:
    """Read a row of the model; without a word on completeness the coverage rule decides."""
    totals = {basis: Fraction(v) for basis in ("t", "tce") if (v := row[f"gross_{basis}"]) is not None}
    parts = {
        (part["item"], basis): Fraction(part[basis])
        for part in row["parts"] or ()
        for basis in ("t", "tce")
        if part[basis] is not None
    }
    complete = row["complete"]
    if complete is None:
        complete = row["coverage_pct"] is None or row["coverage_pct"] >= coverage_pct
    return Amount(
        row["perimeter"], row["scope"], row["origin"], row["exclusions"] or "", row["stat_year"], row["n_months"],
        row["period_kind"], row["period"], totals, parts, row["vintage"], row["n_firms"], row["n_expected"],
        row["coverage_pct"], bool(complete), row["unread"],
    )  # fmt: skip


def with_named(amounts: Iterable[Amount]) -> list[Amount]:
    """Take a unit that is told apart in some period of an area as using nothing in those without it.

    A name that no firm of the area bears stays unknown: then nothing can be said without it.
    """
    rows = list(amounts)
    named: dict[tuple[str, str, str], set[str]] = {}
    for a in rows:
        named.setdefault((a.perimeter, a.scope, a.origin), set()).update(
            name for name, _ in a.parts if name.startswith("named:")
        )
    filled = []
    for a in rows:
        absent = named[a.perimeter, a.scope, a.origin] - {name for name, _ in a.parts}
        zeros = {(name, basis): Fraction(0) for name in absent for basis in ("t", "tce")}
        filled.append(replace(a, parts={**zeros, **a.parts}))
    return filled
