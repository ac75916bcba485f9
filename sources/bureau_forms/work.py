"""What is known of one table while its columns are read, and the findings about its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from sources.bureau_forms import convert
from sources.bureau_forms.blocks import Block
from sources.bureau_forms.model import Finding, finding, rules
from sources.bureau_forms.texts import Problem

__all__ = ["MAX_ALIKE", "Work"]

MAX_ALIKE = 100
"""Findings of one rule in one column that are listed one by one."""


@dataclass
class Work:
    """One table on its way from cells to typed columns; `at` counts data rows from the first below the heading."""

    block: Block
    today: date
    at: np.ndarray
    columns: dict[str, pa.Array] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    flagged: set[tuple[int, str]] = field(default_factory=set)

    def address(self, position: int, name: str) -> str:
        """Give the address of a cell; that of the note for a column written above the table."""
        page, block = self.block.page, self.block
        if name in block.columns:
            return page.address(block.bottom + 1 + int(self.at[position]), block.columns[name])
        note = block.notes.get(name)
        if note is not None and note.row >= 0:
            return page.address(note.row, note.column)
        row = page.row_number(block.bottom + 1 + int(self.at[position])) if len(self.at) else 0
        return f"A{row}" if row else ""

    def report(self, name: str, problems: Sequence[Problem]) -> None:
        """Turn problems of a column into findings, at most MAX_ALIKE of one rule."""
        column = self.block.form.columns[name]
        constant = name not in self.block.columns
        counts: dict[str, int] = {}
        for problem in sorted(problems, key=lambda p: p.at):
            self.flagged.add((problem.at, name))
            counts[problem.rule] = counts.get(problem.rule, 0) + 1
            if counts[problem.rule] > (1 if constant else MAX_ALIKE):
                continue
            quoted = convert.described(problem, column)
            self.add(problem.rule, self.address(problem.at, name), problem.found, **quoted)
        for rule, count in sorted(counts.items()):
            if count > MAX_ALIKE and not constant:
                more = "more_findings_error" if rules()[rule]["level"] == "error" else "more_findings"
                values = convert.described(Problem(0, rule, ""), column)
                self.add(more, "", rule, n=count - MAX_ALIKE, **values)

    def add(self, rule: str, cell: str, found: object = "", **values: object) -> None:
        """Add one finding."""
        self.findings.append(finding(rule, sheet=self.block.page.name, cell=cell, found=found, **values))
