"""核验一个目标 | judging one coal target: amounts, both progress lines, projection, verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipelines.coal.amounts import Amount
from pipelines.coal.exclusions import GROSS, parse
from pipelines.coal.picking import Picked, Wanted, month_of, pick
from pipelines.coal.progress import MONTHS, Facts, Progress, growth_of, progress_of
from pipelines.coal.projection import NewProject, Projection, project

INSUFFICIENT = (
    "not_started", "no_data", "no_actual", "months_behind", "coverage", "coverage_baseline", "missing_months", "no_line", "no_value",
    "unknown_area",
)  # fmt: skip
NEEDS_BASELINE = ("cut", "percent", "negative_growth")
OTHER_BASIS = {"t": "tce", "tce": "t"}


@dataclass(frozen=True)
class Target:
    """A target with its area resolved; amounts in the unit of its basis.

    ``excluded_by_rule`` is what the rules in force in the year leave out where the target says nothing;
    ``unread`` names the facts behind the target that nobody has read in an official text; ``list_ended``: the list of
    the region was no longer in force in the target's year; ``months_late``: how many of the last finished months may
    still be incomplete.
    """

    target_id: str
    kind: str
    scope: str
    basis: str
    year: int
    baseline_year: int
    perimeter: str
    exclusions: str | None = None
    amount: Fraction | None = None
    pct: Fraction | None = None
    stated_baseline: Fraction | None = None
    excluded_by_rule: frozenset[str] = GROSS
    unread: tuple[str, ...] = ()
    list_ended: bool = False
    months_late: int = 2


@dataclass(frozen=True)
class Judged:
    """A target under one set of exclusions."""

    exclusions: frozenset[str]
    picked: Picked
    facts: Facts | None
    progress: Progress | None
    projection: Projection | None
    reason: str

    @property
    def result(self) -> str:
        """Verdict, as far as these exclusions are the right ones."""
        if self.reason:
            return "insufficient" if self.reason in INSUFFICIENT else "not_comparable"
        kept = bool(self.progress and self.progress.kept)
        if self.facts and self.facts.finished:
            return "pass" if kept else "fail"
        return "on_schedule" if kept else "behind"


@dataclass(frozen=True)
class Opposite:
    """The same comparison on the other basis."""

    basis: str
    actual: Fraction
    baseline: Fraction | None

    @property
    def growth(self) -> str | None:
        """Growth on that basis."""
        return growth_of(self.actual, self.baseline)


@dataclass(frozen=True)
class Check:
    """Everything said about one target; ``unstated``: it does not say what it leaves out.

    ``month``, ``month_before``: the last month of the period judged and the same month of the year before.
    """

    target: Target
    main: Judged
    gross: Judged | None
    assessed: Judged | None
    other: Opposite | None
    verdict: str
    reason: str
    unstated: bool
    month: Fraction | None = None
    month_before: Fraction | None = None


def months_elapsed(year: int, as_of_month: str) -> int:
    """Finished months of a year as of a month."""
    passed = (int(as_of_month[:4]) - year) * MONTHS + int(as_of_month[5:7])
    return max(0, min(MONTHS, passed))


def judge(
    target: Target, amounts: Sequence[Amount], as_of_month: str, projects: Iterable[NewProject] = ()
) -> Check:
    """Judge a target from the amounts of its area as of a finished month.

    Where a target of the years since the definition changed does not say what it leaves out, it is judged gross and
    as assessed; where the two disagree it waits for verification.
    """
    stated = parse(target.exclusions)
    projects = tuple(projects)
    left_out = target.excluded_by_rule if stated is None else stated
    gross = judge_without(target, GROSS, amounts, as_of_month, projects)
    assessed = judge_without(target, left_out, amounts, as_of_month, projects) if left_out else None
    main = gross
    if assessed is not None and (stated is not None or not assessed.reason):
        main = assessed
    target = replace(target, unread=(*target.unread, *_unread(main)))
    verdict, reason = _verdict(target, stated is None, main, gross, assessed)
    other = _other(target, main, amounts, as_of_month)
    months = _months(target, main, amounts)
    return Check(target, main, gross, assessed, other, verdict, reason, stated is None, *months)


def judge_without(
    target: Target,
    exclusions: frozenset[str],
    amounts: Sequence[Amount],
    as_of_month: str,
    projects: tuple[NewProject, ...] = (),
) -> Judged:
    """Judge a target with these things left out of every amount."""
    elapsed = months_elapsed(target.year, as_of_month)
    if elapsed == 0:
        return Judged(exclusions, Picked("not_started"), None, None, None, "not_started")
    if not _has_value(target):
        return Judged(exclusions, Picked("no_value"), None, None, None, "no_value")
    picked = pick(amounts, _wanted(target, exclusions, finished=elapsed == MONTHS))
    if picked.actual is None or picked.found is None:
        reason = "perimeter_ended" if target.list_ended else picked.reason
        return Judged(exclusions, picked, None, None, None, reason)
    facts = Facts(
        target.kind, target.scope, target.amount, target.pct, picked.actual, picked.found.months,
        picked.baseline, picked.baseline_year, picked.last, picked.last_year,
    )  # fmt: skip
    progress = progress_of(facts)
    projection = project(facts, progress, target.year, [p.without(exclusions) for p in projects])
    reason = picked.reason or ("no_line" if progress.kept is None else "")
    if not reason and elapsed - facts.months > target.months_late:
        reason = "months_behind"
    reason = "perimeter_ended" if target.list_ended else reason
    return Judged(exclusions, picked, facts, progress, projection, reason)


def _has_value(target: Target) -> bool:
    value = {"cap": target.amount, "cut": target.amount, "percent": target.pct}
    return target.kind == "negative_growth" or value.get(target.kind) is not None


def _wanted(target: Target, exclusions: frozenset[str], *, finished: bool) -> Wanted:
    # A baseline in a document that does not say what it leaves out is gross.
    stated = target.stated_baseline if target.exclusions is not None or not exclusions else None
    return Wanted(
        target.perimeter, target.scope, target.basis, exclusions, target.year, target.baseline_year,
        target.kind in NEEDS_BASELINE, stated, finished,
    )  # fmt: skip


def _verdict(
    target: Target, unstated: bool, main: Judged, gross: Judged, assessed: Judged | None
) -> tuple[str, str]:
    if main.reason:
        return main.result, main.reason
    both = unstated and assessed is not None and not assessed.reason and not gross.reason
    if both and assessed is not None and assessed.result != gross.result:
        return "unverified", "exclusions_unread"
    if target.unread:
        return "unverified", "facts_unread"
    return main.result, "judged"


def _months(
    target: Target, main: Judged, amounts: Sequence[Amount]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the last month of the period judged, and the same month of the year before."""
    found = main.picked.found
    if found is None or main.picked.actual is None:
        return None, None
    now, before = (
        month_of(amounts, found, year, target.basis, main.exclusions)
        for year in (target.year, target.year - 1)
    )
    return now, before


def _unread(main: Judged) -> list[str]:
    """Name what the amounts rest on that nobody read in an official text."""
    rows = [a for a in (main.picked.found, main.picked.found_before) if a is not None and a.unread]
    found = {
        "公布的实绩 | published figures" if a.unread == "published" else f"非电口径 | rule {a.unread}"
        for a in rows
    }
    return sorted(found)


def _other(target: Target, main: Judged, amounts: Sequence[Amount], as_of_month: str) -> Opposite | None:
    """Compare the same amounts on the other basis, whatever the target's kind."""
    if main.picked.found is None or main.picked.actual is None:
        return None
    basis = OTHER_BASIS[target.basis]
    swapped = replace(target, basis=basis, stated_baseline=None)
    finished = months_elapsed(target.year, as_of_month) == MONTHS
    picked = pick(amounts, _wanted(swapped, main.exclusions, finished=finished))
    if picked.actual is None or picked.found is None:
        return None
    if (picked.found.months, picked.found.origin) != (main.picked.found.months, main.picked.found.origin):
        return None
    return Opposite(basis, picked.actual, picked.baseline)
