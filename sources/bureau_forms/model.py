"""What reading a form gives: tables of typed columns and findings about single cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from sources.findings import MAX_FOUND, Finding, Rules, read_rules, worded

__all__ = ["MAX_FOUND", "Document", "Finding", "FormTable", "finding", "rules"]

_RULES = Path(__file__).with_name("rules.csv")


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


def rules() -> Rules:
    """Give the texts of every rule of forms."""
    return read_rules(_RULES)


def finding(rule: str, *, sheet: str = "", cell: str = "", found: object = "", **values: object) -> Finding:
    """Say what one rule of forms found, in both languages."""
    return worded(rules(), rule, sheet=sheet, cell=cell, found=found, **values)
