"""What is found wrong with single cells of a file that people filled in, in both languages with how to mend it."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MAX_FOUND", "Finding", "Rules", "read_rules", "worded"]

MAX_FOUND = 200
"""Characters of what was found that are kept."""

Rules = Mapping[str, Mapping[str, str]]
"""Texts of every rule: level, zh, en, fix_zh, fix_en."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, how grave, which rule, what was found, and how to mend it.

    ``cell`` is an address such as ``C7``; empty for a whole sheet or file. ``level`` is error, warning or unchecked.
    """

    sheet: str
    cell: str
    level: str
    rule: str
    found: str
    zh: str
    en: str
    fix_zh: str
    fix_en: str


@functools.cache
def read_rules(path: Path) -> Rules:
    """Read the texts of rules from a CSV with the columns rule, level, zh, en, fix_zh, fix_en."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["rule"]: row for row in csv.DictReader(stream)}


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def worded(
    rules: Rules, rule: str, *, sheet: str = "", cell: str = "", found: object = "", **values: object
) -> Finding:
    """Say what one of some rules found; a placeholder without a value reads as a question mark.

    Raises
    ------
    KeyError
        There is no such rule.
    """
    texts = rules[rule]
    shown = str(found).replace("\x00", "")[:MAX_FOUND]
    filled = _Gaps({"found": shown, **values})
    zh, en, fix_zh, fix_en = (texts[name].format_map(filled) for name in ("zh", "en", "fix_zh", "fix_en"))
    return Finding(sheet, cell, texts["level"], rule, shown, zh, en, fix_zh, fix_en)
