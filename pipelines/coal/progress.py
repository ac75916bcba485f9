"""进度线与负增长 | progress lines of a coal task and the test of negative growth, in exact numbers.

No official formula of 序时进度 was found: the line by months is the plain reading, the line by last year's months is
shown beside it, since heating coal does not fall evenly over the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

MONTHS = 12


@dataclass(frozen=True)
class Facts:
    """What a task is judged from; amounts on one basis with one set of exclusions, in one unit.

    Attributes
    ----------
    kind : {"cap", "cut", "percent", "negative_growth"}
    scope : str
    amount : Fraction or None
        What the target states: the most to use, or the amount to cut.
    pct : Fraction or None
        Relative change asked [%].
    actual : Fraction
    months : int
        Months the actual covers, 12 for a finished year.
    baseline, baseline_year : Fraction or None
        Baseline year: the same months, and the whole of it.
    last, last_year : Fraction or None
        Year before: the same months, and the whole of it; their ratio is the profile.
    """

    kind: str
    scope: str
    amount: Fraction | None
    pct: Fraction | None
    actual: Fraction
    months: int
    baseline: Fraction | None = None
    baseline_year: Fraction | None = None
    last: Fraction | None = None
    last_year: Fraction | None = None

    @property
    def finished(self) -> bool:
        """The actual covers the whole year."""
        return self.months == MONTHS

    @property
    def linear_share(self) -> Fraction:
        """Share of the year passed, by months."""
        return Fraction(self.months, MONTHS)

    @property
    def profile_share(self) -> Fraction | None:
        """Share of last year's use that fell in the same months."""
        if self.finished:
            return Fraction(1)
        if self.last is None or not self.last_year:
            return None
        return self.last / self.last_year


@dataclass(frozen=True)
class Line:
    """One progress line: what it asks, and whether the actual keeps to it; None where it cannot be drawn."""

    asked: Fraction | None
    kept: bool | None


@dataclass(frozen=True)
class Progress:
    """Both progress lines of a task and what they are drawn from."""

    limit: Fraction | None
    task: Fraction | None
    achieved: Fraction | None
    form: str
    linear: Line
    profile: Line
    ruling: str

    @property
    def kept(self) -> bool | None:
        """Whether the line that rules is kept."""
        return {"linear": self.linear.kept, "none": None}.get(self.ruling, self.profile.kept)

    @property
    def task_share(self) -> Fraction | None:
        """Share of the task achieved."""
        if self.achieved is None or self.task is None or self.task <= 0:
            return None
        return self.achieved / self.task


def growth_of(actual: Fraction, baseline: Fraction | None) -> str | None:
    """Name the change against a baseline; equal is flat, which is not negative growth."""
    if not baseline:
        return None
    if actual == baseline:
        return "flat"
    return "negative_growth" if actual < baseline else "positive_growth"


def change_pct(actual: Fraction, baseline: Fraction | None) -> Fraction | None:
    """Change against a baseline [%]; None where that is missing or zero."""
    return (actual - baseline) * 100 / baseline if baseline else None


def within(kind: str, used: Fraction, most: Fraction) -> bool:
    """Tell whether an amount keeps to a limit; negative growth must stay strictly below it."""
    return used < most if kind == "negative_growth" else used <= most


def limit_of(facts: Facts) -> Fraction | None:
    """Most the whole year may use; None where the baseline it rests on is not known."""
    if facts.kind == "cap":
        return facts.amount
    if not facts.baseline_year:
        return None
    if facts.kind == "cut":
        return None if facts.amount is None else facts.baseline_year - facts.amount
    if facts.kind == "percent":
        return None if facts.pct is None else facts.baseline_year * (1 + facts.pct / 100)
    return facts.baseline_year


def progress_of(facts: Facts) -> Progress:
    """Draw both lines for a task and say which rules.

    A cut is measured as cut achieved against the same months of the baseline year, where those are known;
    everything else as amount used.
    """
    limit = limit_of(facts)
    achieved = None if facts.baseline is None else facts.baseline - facts.actual
    by_cut = facts.kind == "cut" and achieved is not None and facts.amount is not None
    if by_cut:
        linear, profile = (
            _cut_line(facts, achieved, share) for share in (facts.linear_share, facts.profile_share)
        )
    else:
        linear = _use_line(facts, _times(limit, facts.linear_share))
        profile = _use_line(facts, _profile_limit(facts, limit))
    form = "reduction" if by_cut else "amount"
    return Progress(
        limit, _task(facts, limit), achieved, form, linear, profile, _ruling(facts, form, linear, profile)
    )


def _task(facts: Facts, limit: Fraction | None) -> Fraction | None:
    if facts.kind == "cut":
        return facts.amount
    if facts.kind == "negative_growth" or limit is None or not facts.baseline_year:
        return None
    return facts.baseline_year - limit


def _profile_limit(facts: Facts, limit: Fraction | None) -> Fraction | None:
    """Most that these months may use: of the baseline's same months, else of the limit by last year's profile."""
    if facts.baseline is not None and not facts.finished:
        if facts.kind == "negative_growth":
            return facts.baseline
        if facts.kind == "percent" and facts.pct is not None:
            return facts.baseline * (1 + facts.pct / 100)
    return _times(limit, facts.profile_share)


def _cut_line(facts: Facts, achieved: Fraction | None, share: Fraction | None) -> Line:
    asked = _times(facts.amount, share)
    return Line(asked, None if asked is None or achieved is None else achieved >= asked)


def _use_line(facts: Facts, most: Fraction | None) -> Line:
    return Line(most, None if most is None else within(facts.kind, facts.actual, most))


def _times(amount: Fraction | None, share: Fraction | None) -> Fraction | None:
    return None if amount is None or share is None else amount * share


def _ruling(facts: Facts, form: str, linear: Line, profile: Line) -> str:
    """Decide the line: cuts by months as the plain reading has it, scattered coal and amounts used by the profile."""
    if facts.finished:
        return "final" if profile.kept is not None else "none"
    by_months = form == "reduction" and facts.scope != "scattered"
    order = (
        (("linear", linear), ("profile", profile))
        if by_months
        else (("profile", profile), ("linear", linear))
    )
    return next((name for name, line in order if line.kept is not None), "none")
