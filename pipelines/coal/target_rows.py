"""核验结果写成一行 | one row of ``coal.target_check`` from one checked target, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pipelines.coal.exclusions import canonical, parse
from pipelines.coal.progress import Progress, change_pct, growth_of
from pipelines.coal.target_notes import notes_of
from pipelines.coal.target_texts import NOTES, RULING
from pipelines.coal.target_words import decimal, line_verdict, sentence, words_of
from pipelines.coal.verdicts import Check, Judged, months_elapsed

_TABLES = {
    "reported": "coal.report_area_use; coal.report_region_year",
    "firms": "coal.use_month",
    "children": "coal.use_month",
    "published": "ref.coal_published_actual",
}


def percent(value: Fraction | None) -> float | None:
    """Write an exact percentage as a floating-point number, once."""
    return None if value is None else float(value)


def row_of(check: Check, stored: Mapping[str, Any], as_of_month: str) -> dict[str, Any]:
    """Return the row of ``coal.target_check``.

    Parameters
    ----------
    check : Check
    stored : mapping
        The target as ``coal_target_asked`` gives it, its area resolved.
    as_of_month : str
    """
    target, main = check.target, check.main
    words = words_of(check, as_of_month)
    notes = notes_of(check, as_of_month)
    wanted = parse(target.exclusions)
    row: dict[str, Any] = {
        **{k: stored.get(k) for k in ("area_name", "metric", "document_no", "clause", "source")},
        "target_id": target.target_id,
        "as_of_month": as_of_month,
        "area_kind": stored["area_kind"],
        "area_code": stored["area_code"],
        "stat_year": target.year,
        "kind": target.kind,
        "scope": target.scope,
        "basis": target.basis,
        "unit": target.basis,
        "exclusions": None if wanted is None else canonical(wanted),
        "perimeter": target.perimeter,
        "year_finished": months_elapsed(target.year, as_of_month) == 12,
        "target_amount": decimal(target.pct if target.kind == "percent" else target.amount),
        "verified": not target.unread,
        "verdict": check.verdict,
        "result": main.result,
        "reason": check.reason,
        "verdict_zh": sentence(check, stored, words, 0),
        "verdict_en": sentence(check, stored, words, 1),
        "notes_zh": "\n".join(NOTES[n][0].format_map(words) for n in notes) or None,
        "notes_en": "\n".join(NOTES[n][1].format_map(words) for n in notes) or None,
    }
    row |= {"month_amount": decimal(check.month), "month_then_amount": decimal(check.month_before)}
    return row | _amounts(check) | _comparison(check) | _other(check)


def _amounts(check: Check) -> dict[str, Any]:
    main = check.main
    if main.facts is None or main.progress is None or main.projection is None:
        return {}
    facts, progress, ahead = main.facts, main.progress, main.projection
    ruling = progress.ruling
    reason = "only_linear" if ruling == "linear" and progress.profile.kept is None else ruling
    return {
        "actual_amount": decimal(facts.actual),
        "baseline_amount": decimal(facts.baseline),
        "baseline_year_amount": decimal(facts.baseline_year),
        "change_amount": decimal(None if facts.baseline is None else facts.actual - facts.baseline),
        "change_pct": percent(change_pct(facts.actual, facts.baseline)),
        "growth": growth_of(facts.actual, facts.baseline),
        "months_elapsed": facts.months,
        "limit_amount": decimal(progress.limit),
        "task_amount": decimal(progress.task),
        "achieved_amount": decimal(progress.achieved),
        "task_share_pct": percent(_hundred(progress.task_share)),
        "time_share_linear_pct": percent(_hundred(facts.linear_share)),
        "time_share_profile_pct": percent(_hundred(facts.profile_share)),
        **_lines(main, progress),
        "line_form": progress.form,
        "ruling_line": ruling,
        "ruling_zh": RULING[reason][0],
        "ruling_en": RULING[reason][1],
        "rest_amount": decimal(ahead.rest),
        "rest_months": ahead.rest_months,
        "rest_month_amount": decimal(ahead.rest_month),
        "projection_method": ahead.method,
        "projected_base_amount": decimal(ahead.base),
        "new_projects_amount": decimal(ahead.new_projects),
        "n_new_projects": ahead.n_projects,
        "projected_amount": decimal(ahead.total),
        "projected_verdict": None if ahead.met is None else ("pass" if ahead.met else "fail"),
    }


def _lines(main: Judged, progress: Progress) -> dict[str, Any]:
    return {
        "linear_amount": decimal(progress.linear.asked),
        "profile_amount": decimal(progress.profile.asked),
        "linear_verdict": line_verdict(main, "linear"),
        "profile_verdict": line_verdict(main, "profile"),
    }


def _hundred(value: Fraction | None) -> Fraction | None:
    return None if value is None else value * 100


def _comparison(check: Check) -> dict[str, Any]:
    """Attributes of both sides, and the results gross and as assessed."""
    picked, target = check.main.picked, check.target
    now, before = picked.found, picked.found_before
    found = "" if now is None else now.exclusions
    row: dict[str, Any] = {}
    if now is not None:
        row |= {
            "origin": now.origin,
            "vintage": now.vintage,
            "period_kind": now.period_kind,
            "period": now.period,
            "n_firms": now.n_firms,
            "n_expected": now.n_expected,
            "coverage_pct": now.coverage_pct,
            "actual_exclusions": canonical(check.main.exclusions) if picked.actual is not None else found,
            "source_table": _TABLES[now.origin],
            "source_periods": ";".join(p.period for p in (now, before) if p is not None),
        }
        if picked.actual is None:
            row["perimeter"] = now.perimeter
    if before is not None:
        known = picked.baseline is not None or picked.baseline_year is not None
        row |= {
            "baseline_perimeter": before.perimeter,
            "baseline_origin": before.origin,
            "baseline_vintage": before.vintage,
            "baseline_period": before.period,
            "baseline_exclusions": canonical(check.main.exclusions) if known else before.exclusions,
        }
    elif picked.baseline_year is not None:
        row |= {
            "baseline_perimeter": target.perimeter,
            "baseline_origin": "target",
            "baseline_period": str(target.baseline_year),
            "baseline_exclusions": canonical(check.main.exclusions),
        }
    return (
        row
        | _definition("gross", check.gross, check.unstated or check.main is check.gross)
        | _definition("assessed", check.assessed, True)
    )


def _definition(prefix: str, judged: Judged | None, of_target: bool) -> dict[str, Any]:
    """One definition beside the other; its verdict only where the target may mean it."""
    if judged is None:
        return {}
    actual, baseline = judged.picked.actual, judged.picked.baseline
    row: dict[str, Any] = {
        f"{prefix}_actual_amount": decimal(actual),
        f"{prefix}_baseline_amount": decimal(baseline),
        f"{prefix}_change_pct": percent(change_pct(actual, baseline)) if actual is not None else None,
        f"{prefix}_verdict": judged.result if of_target else None,
    }
    return row | ({"assessed_exclusions": canonical(judged.exclusions)} if prefix == "assessed" else {})


def _other(check: Check) -> dict[str, Any]:
    other = check.other
    if other is None:
        return {}
    return {
        "other_basis": other.basis,
        "other_actual_amount": decimal(other.actual),
        "other_baseline_amount": decimal(other.baseline),
        "other_change_pct": percent(change_pct(other.actual, other.baseline)),
        "other_growth": other.growth,
    }
