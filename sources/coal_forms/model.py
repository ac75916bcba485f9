"""What reading a form gives: tables of typed columns and findings about single cells."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

__all__ = ["Document", "Finding", "FormTable", "finding"]

MAX_FOUND = 200
_RULES = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, how grave, which rule, what was found, and how to mend it.

    ``cell`` is an address such as ``C7``; empty for a whole sheet or file. ``level`` is error or warning.
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


@dataclass(frozen=True)
class FormTable:
    """One table of a form: typed rows, the sheet letter of each column and the unit it was written in.

    ``rows`` holds every declared column of the form (absent ones NULL), resolved area codes and ``sheet_row``.
    """

    form: str
    sheet: str
    rows: pa.Table
    letters: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """All tables of one file and everything that was found in it."""

    name: str
    tables: tuple[FormTable, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the file from being loaded."""
        return tuple(found for found in self.findings if found.level == "error")


@functools.cache
def rules() -> dict[str, dict[str, str]]:
    """Give the texts of every rule: level, zh, en, fix_zh, fix_en."""
    with _RULES.open(encoding="utf-8", newline="") as stream:
        return {row["rule"]: row for row in csv.DictReader(stream)}


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
