"""核验的说明 | what else is to be said about a checked target: codes of notes, see `target_texts`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pipelines.coal.progress import change_pct, growth_of
from pipelines.coal.verdicts import Check, Judged, months_elapsed


def notes_of(check: Check, as_of_month: str) -> list[str]:
    """Return the codes of the notes on a check, in the order they are read."""
    return [
        *_comparison_notes(check.main),
        *_definition_notes(check),
        *_basis_notes(check),
        *_data_notes(check, as_of_month),
        *_line_notes(check),
    ]


def _growth(judged: Judged | None) -> str | None:
    if judged is None or judged.picked.actual is None:
        return None
    return growth_of(judged.picked.actual, judged.picked.baseline)


def _comparison_notes(main: Judged) -> Iterable[str]:
    growth = _growth(main)
    if growth == "flat":
        yield "flat"
    if main.picked.actual is not None:
        change = change_pct(main.picked.actual, main.picked.baseline)
        if change and abs(change) < Fraction(1, 200):
            yield "rounds_to_zero"
    if main.facts is not None and main.facts.kind == "cut" and growth == "positive_growth":
        yield "grew_instead"


def _definition_notes(check: Check) -> Iterable[str]:
    if check.assessed is None or check.gross is None or check.gross.facts is None:
        return
    if check.unstated:
        yield "assessed_not_known" if check.assessed.reason else "exclusions_not_stated"
    pair = (_growth(check.gross), _growth(check.assessed))
    if None not in pair and pair[0] != pair[1]:
        yield "definition_flips"


def _basis_notes(check: Check) -> Iterable[str]:
    other, growth = check.other, _growth(check.main)
    if other is not None and other.growth and growth and other.growth != growth:
        yield "basis_flips"


def _data_notes(check: Check, as_of_month: str) -> Iterable[str]:
    found = check.main.picked.found
    if found is None or check.main.facts is None:
        return
    if found.months < months_elapsed(check.target.year, as_of_month):
        yield "later_months_missing"
    if found.vintage == "flash":
        yield "flash"
    if found.origin == "published":
        yield "published_actual"
    if check.target.stated_baseline is not None:
        yield "stated_baseline"


def _line_notes(check: Check) -> Iterable[str]:
    main = check.main
    facts, progress = main.facts, main.progress
    if facts is None or progress is None or facts.finished:
        return
    if progress.profile.kept is None:
        yield "no_profile"
    elif progress.linear.kept is not None and progress.linear.kept != progress.profile.kept:
        yield "lines_differ"
    if progress.limit is None and facts.kind == "cut":
        yield "no_limit"
    if progress.limit is not None and facts.actual > progress.limit:
        yield "limit_passed"
    if main.projection and main.projection.n_projects:
        yield "new_projects"
