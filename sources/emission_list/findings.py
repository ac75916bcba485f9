"""What is wrong with cells of a list, in the words of this package's rules and those of forms in general."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sources.coal_forms.model import Finding
from sources.coal_forms.model import rules as form_rules

__all__ = ["MAX_ALIKE", "Finding", "finding", "thinned"]

MAX_ALIKE = 100
"""Findings of one rule in one sheet that are listed one by one."""
MAX_FOUND = 200


@functools.cache
def rules() -> dict[str, dict[str, str]]:
    """Give the texts of every rule."""
    with Path(__file__).with_name("rules.csv").open(encoding="utf-8", newline="") as stream:
        return form_rules() | {row["rule"]: row for row in csv.DictReader(stream)}


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def finding(rule: str, *, sheet: str = "", cell: str = "", found: object = "", **values: object) -> Finding:
    """Say what one rule found, in both languages; what was found is cut at 200 characters."""
    texts = rules()[rule]
    shown = str(found).replace("\x00", "")[:MAX_FOUND]
    filled = _Gaps({"found": shown, **values})
    zh, en, fix_zh, fix_en = (texts[name].format_map(filled) for name in ("zh", "en", "fix_zh", "fix_en"))
    return Finding(sheet, cell, texts["level"], rule, shown, zh, en, fix_zh, fix_en)


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
