"""年底预计与余量 | projection to the end of the year and what the rest of it may use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from pipelines.coal.progress import MONTHS, Facts, Progress, within


@dataclass(frozen=True)
class NewProject:
    """An approved project that starts in the year: its coal a year, its first day, and the feedstock in its coal."""

    project_code: str
    yearly: Fraction
    start: date
    feedstock: Fraction = Fraction(0)

    def without(self, exclusions: frozenset[str]) -> NewProject:
        """Return the project as a target counts it that leaves these things out."""
        return replace(self, yearly=self.yearly - self.feedstock) if "feedstock" in exclusions else self


@dataclass(frozen=True)
class Projection:
    """Where the year ends if it goes on like this.

    Attributes
    ----------
    method : {"final", "last_year_profile", "linear"}
    base, new_projects, total : Fraction
    n_projects : int
    met : bool or None
        Whether the target would be met.
    rest, rest_month : Fraction or None
        What the rest of the year may use, and each month of it; negative where the limit is passed already.
    rest_months : int
    """

    method: str
    base: Fraction
    new_projects: Fraction
    n_projects: int
    met: bool | None
    rest: Fraction | None
    rest_month: Fraction | None
    rest_months: int

    @property
    def total(self) -> Fraction:
        """Projected use of the whole year."""
        return self.base + self.new_projects


def project(facts: Facts, progress: Progress, year: int, projects: Iterable[NewProject] = ()) -> Projection:
    """Project a year from its months so far.

    The months so far are scaled by last year's ratio of the whole year to the same months, else by months. New
    projects add the coal that those months do not show yet.
    """
    method, base = _scaled(facts)
    extras = [] if facts.finished else [not_yet_shown(p, year, facts.months) for p in projects]
    extras = [extra for extra in extras if extra > 0]
    total = base + sum(extras, Fraction(0))
    rest = None if progress.limit is None else progress.limit - facts.actual
    left = MONTHS - facts.months
    return Projection(
        method,
        base,
        sum(extras, Fraction(0)),
        len(extras),
        _met(facts, progress, total),
        rest,
        rest / left if rest is not None and left else None,
        left,
    )


def _scaled(facts: Facts) -> tuple[str, Fraction]:
    if facts.finished:
        return "final", facts.actual
    share = facts.profile_share
    if share:
        return "last_year_profile", facts.actual / share
    return "linear", facts.actual / facts.linear_share


def _met(facts: Facts, progress: Progress, total: Fraction) -> bool | None:
    if progress.limit is not None:
        return within(facts.kind, total, progress.limit)
    if progress.achieved is None or facts.amount is None or facts.kind != "cut":
        return None
    # Without the baseline of the whole year the cut itself is carried on; new projects eat into it.
    shown = progress.achieved / (facts.profile_share or facts.linear_share)
    return shown - (total - _scaled(facts)[1]) >= facts.amount


def not_yet_shown(project: NewProject, year: int, months: int) -> Fraction:
    """Coal of a new project in the rest of the year that the scaled months so far leave out.

    A project that starts later is left out wholly: it counts by the days from its start. Of one that started within
    the months so far, scaling shows the part of its days in them; the missing part is added.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    if not first <= project.start <= last:
        return Fraction(0)
    rest_first = date(year + months // MONTHS, months % MONTHS + 1, 1)
    days_year = (last - first).days + 1
    rest_days = (last - max(rest_first, project.start)).days + 1
    passed = (rest_first - first).days
    unseen = min((project.start - first) / timedelta(days=1), passed)
    return project.yearly * Fraction(max(rest_days, 0), days_year) * Fraction(int(unseen), passed)
