"""结论的文字 | the sentence that says a verdict, and the words its reasons and notes are filled with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from pipelines.coal.exclusions import canonical, describe
from pipelines.coal.progress import change_pct, growth_of
from pipelines.coal.target_texts import GROWTH, REASONS, SCOPES, UNITS, VERDICTS, period_en, period_zh
from pipelines.coal.verdicts import Check, Judged

_EXACT = Context(prec=60)


def decimal(value: Fraction | None) -> Decimal | None:
    """Write an exact number with six decimals, half to even."""
    if value is None:
        return None
    exact = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact.quantize(Decimal("0.000001"), context=_EXACT)


def line_verdict(main: Judged, name: str) -> str | None:
    """Verdict of one progress line; None where it cannot be drawn."""
    if main.facts is None or main.progress is None:
        return None
    kept = (main.progress.linear if name == "linear" else main.progress.profile).kept
    if kept is None:
        return None
    words = ("pass", "fail") if main.facts.finished else ("on_schedule", "behind")
    return words[0] if kept else words[1]


def words_of(check: Check, as_of_month: str) -> dict[str, Any]:
    """Collect what the texts of reasons and notes may name."""
    target, main = check.target, check.main
    picked = main.picked
    apart = picked.found if picked.actual is None else picked.found_before
    linear, profile = (
        VERDICTS.get(line_verdict(main, name) or "", ("", "")) for name in ("linear", "profile")
    )
    found_scope = SCOPES[apart.scope] if apart else ("", "")
    found_out = apart.exclusions if apart else None
    return {
        "unread_zh": "、".join(text.split(" | ")[0] for text in target.unread),
        "unread_en": ", ".join(text.split(" | ")[-1] for text in target.unread),
        "coverage_zh": _coverage(check, period_zh),
        "coverage_en": _coverage(check, period_en),
        "period_zh": period_zh(picked.found.period if picked.found else as_of_month),
        "period_en": period_en(picked.found.period if picked.found else as_of_month),
        "wanted_perimeter": target.perimeter,
        "found_perimeter": apart.perimeter if apart else "",
        "wanted_scope_zh": SCOPES[target.scope][0],
        "wanted_scope_en": SCOPES[target.scope][1],
        "found_scope_zh": found_scope[0],
        "found_scope_en": found_scope[1],
        "basis_zh": UNITS[target.basis][0],
        "basis_en": UNITS[target.basis][1],
        "wanted_exclusions_zh": describe(canonical(main.exclusions), zh=True),
        "wanted_exclusions_en": describe(canonical(main.exclusions), zh=False),
        "found_exclusions_zh": describe(found_out, zh=True),
        "found_exclusions_en": describe(found_out, zh=False),
        "months_late": target.months_late,
        "baseline_year": target.baseline_year,
        "linear_zh": linear[0],
        "linear_en": linear[1],
        "profile_zh": profile[0],
        "profile_en": profile[1],
        "n_projects": main.projection.n_projects if main.projection else 0,
    }


def _coverage(check: Check, said: Callable[[str], str]) -> str:
    found = check.main.picked.found
    if found is None or found.n_expected is None:
        return said(found.period) if found else ""
    return f"{said(found.period)} {found.n_firms}/{found.n_expected}"


def sentence(check: Check, stored: Mapping[str, Any], words: Mapping[str, Any], language: int) -> str:
    """Say the verdict in one line: what was compared, how it changed, the verdict and why."""
    target, main = check.target, check.main
    zh = language == 0
    unit = UNITS[target.basis][language]
    name = area_in(stored, language)
    scope = SCOPES[target.scope][language]
    scattered = target.scope == "scattered"
    if zh:
        head = f"{name} {target.year} 年{scope}{'用量' if scattered else '用煤'}"
    else:
        head = f"{name}, {target.year}, {scope if scattered else f'coal of {scope}'}"
    parts = [head]
    if main.facts is not None and main.picked.found is not None:
        period = (period_zh if zh else period_en)(main.picked.found.period)
        parts.append(f"{period} {wan(main.facts.actual)} {unit}")
        baseline = main.facts.baseline
        growth = growth_of(main.facts.actual, baseline)
        if baseline is not None and growth:
            change = change_pct(main.facts.actual, baseline)
            by = "" if growth == "flat" else f" {signed(change)} %"
            named = _baseline_name(check, zh=zh)
            parts.append(
                f"{named} {wan(baseline)} {unit}{'，' if zh else ', '}{GROWTH[growth][language]}{by}"
            )
    verdict = VERDICTS[check.verdict][language]
    if check.verdict == "unverified":
        verdict += _if_it_holds(check, language)
    parts.append(verdict)
    if check.reason != "judged":
        parts.append(REASONS[check.reason][language].format_map(words))
    return ("：" if zh else ": ").join([parts[0], ("；" if zh else "; ").join(parts[1:])])


def area_in(stored: Mapping[str, Any], language: int) -> str:
    """Name the area of a target in a language; an area without an English name keeps the Chinese one."""
    english = stored.get("area_name_en") if language == 1 else None
    return str(english or stored.get("area_name") or stored["area_code"])


def _if_it_holds(check: Check, language: int) -> str:
    """Say what the verdict would be; where two definitions disagree, under each of them."""
    held = VERDICTS[check.main.result][language]
    if check.reason == "exclusions_unread" and check.gross is not None and check.assessed is not None:
        gross, assessed = (VERDICTS[j.result][language] for j in (check.gross, check.assessed))
        return (
            f"（全口径：{gross}；考核口径：{assessed}）"
            if language == 0
            else f" (gross: {gross}; as assessed: {assessed})"
        )
    return f"（如属实：{held}）" if language == 0 else f" (if it holds: {held})"


def _baseline_name(check: Check, *, zh: bool) -> str:
    """Name the period compared with: last year's same months, or a year that is named."""
    year, facts = check.target.baseline_year, check.main.facts
    if facts is not None and facts.finished:
        return f"{year} 年" if zh else str(year)
    return f"{year} 年同期" if zh else f"same months of {year}"


def wan(amount: Fraction) -> str:
    """Write an amount in 10^4 units with two decimals."""
    return f"{decimal(amount / 10000):.2f}"


def signed(change: Fraction | None) -> str:
    """Write a change with two decimals and its sign; more where two would print zero."""
    if change is None:
        return ""
    value = decimal(change)
    text = f"{value:+.2f}"
    return f"{value:+.6f}".rstrip("0") if change and float(text) == 0 else text
