"""What is wrong with cells of a list, in the words of this package's rules and those of forms in general."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sources.bureau_forms.model import rules as form_rules
from sources.findings import Finding, Rules, read_rules, worded

__all__ = ["MAX_ALIKE", "Finding", "finding", "thinned"]

MAX_ALIKE = 100
"""Findings of one rule in one sheet that are listed one by one."""


@functools.cache
def rules() -> Rules:
    """Give the texts of every rule of lists, and of those of forms that lists share."""
    return {**form_rules(), **read_rules(Path(__file__).with_name("rules.csv"))}


def finding(rule: str, *, sheet: str = "", cell: str = "", found: object = "", **values: object) -> Finding:
    """Say what one rule of lists found, in both languages."""
    return worded(rules(), rule, sheet=sheet, cell=cell, found=found, **values)


def thinned(found: Iterable[Finding]) -> list[Finding]:
    """List at most `MAX_ALIKE` findings of one rule in one sheet; of the others only the number."""
    kept: list[Finding] = []
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        key = (one.sheet, one.rule, one.level)
        counts[key] += 1
        if counts[key] <= MAX_ALIKE:
            kept.append(one)
    for (sheet, rule, level), n in sorted(counts.items()):
        if n > MAX_ALIKE:
            more = "more_alike_error" if level == "error" else "more_alike"
            kept.append(finding(more, sheet=sheet, found=rule, n=n - MAX_ALIKE))
    return kept
