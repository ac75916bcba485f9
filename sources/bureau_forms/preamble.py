"""What stands above a table: titles, “标签：值” pairs and the unit of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sources import cells
from sources.bureau_forms.forms import Form
from sources.bureau_forms.pages import Page
from sources.bureau_forms.words import Unit, half_width, heading_keys, stated_units
from sources.cells import Cell

__all__ = ["Labels", "Note", "labels_of", "notes_of"]

MAX_ROWS = 30
_SPLIT = re.compile(r"\s+(?=[^\s:：]{1,20}[:：])")
_LABEL = re.compile(r"\s*([^:：]{1,30}?)\s*[:：]\s*(.*)", re.DOTALL)
_PERIOD = re.compile(r"\d{4}年(?:\d{1,2}(?:月?[-–—~～至到]\d{1,2})?月)?")
Labels = Mapping[str, set[str]]
_UNIT_LABELS = {"单位", "计量单位", "unit"}


@dataclass(frozen=True)
class Note:
    """A value written above a table, with the place of its cell."""

    value: Cell
    row: int
    column: int


def notes_of(page: Page, free: int, top: int, known: Labels) -> tuple[dict[str, Note], tuple[Unit, ...], int]:
    """Collect what is written above a heading.

    Returns
    -------
    tuple
        Values by column name, the units stated for the table, and the row the table begins with, titles included.
    """
    notes: dict[str, Note] = {}
    units: tuple[Unit, ...] = ()
    start = top
    for row in range(top - 1, max(free, top - MAX_ROWS) - 1, -1):
        filled = [
            (c, cell) for c in range(len(page.columns)) if not cells.is_blank(cell := page.cell(row, c))
        ]
        if not _is_preamble(filled, known):
            break
        start = row
        own: tuple[Unit, ...] = ()
        for name, note in _pairs(row, filled, known):
            if name == "":
                # In a CSV file “单位：万吨,万tce” stands in two cells.
                own += stated_units(str(note.value))
            else:
                notes.setdefault(name, note)
        units = units or tuple(dict.fromkeys(own))
    return notes, units, start


def labels_of(forms: Sequence[Form]) -> Labels:
    """Give what may stand as a label above a table, with the columns it may mean."""
    known: dict[str, set[str]] = {}
    for form in forms:
        for key, name in form.by_heading.items():
            known.setdefault(key, set()).add(name)
    return known


def _is_preamble(filled: Sequence[tuple[int, Cell]], known: Labels) -> bool:
    if len(filled) <= 1:
        return True
    texts = [half_width(cell) for _, cell in filled]
    if any(":" in text for text in texts):
        return True
    labels = [any(key in known for key in heading_keys(text)) for text in texts]
    return all(labels[0::2]) and not all(labels[1::2])


def _pairs(row: int, filled: Sequence[tuple[int, Cell]], known: Labels) -> Iterator[tuple[str, Note]]:
    """Give (column name, value) pairs of one row; the name is empty for a unit."""
    index = 0
    while index < len(filled):
        column, cell = filled[index]
        after = filled[index + 1] if index + 1 < len(filled) else None
        index += 1
        if not isinstance(cell, str):
            continue
        if _PERIOD.fullmatch(re.sub(r"\s", "", half_width(cell))):
            yield from ((name, Note(cell, row, column)) for name in ("month", "period", "stat_year"))
            continue
        for part in _SPLIT.split(_bare(cell)):
            label, value = _label(part)
            if not value and after is not None and (names := _names(label, after[1], known)):
                yield from ((name, Note(after[1], row, after[0])) for name in names)
                index += 1
                after = None
            elif value:
                yield from ((name, Note(value, row, column)) for name in _names(label, value, known))
            elif stated_units(part):
                # A title may end in the unit of its table.
                yield "", Note(part, row, column)


def _bare(text: str) -> str:
    """Leave out brackets around a whole text: （单位：万吨）."""
    shown = half_width(text)
    return shown[1:-1] if shown[:1] + shown[-1:] in ("()", "[]", "【】") else shown


def _label(part: str) -> tuple[str, str]:
    found = _LABEL.fullmatch(part)
    return (found[1], found[2].strip()) if found else (part, "")


def _names(label: str, value: Cell, known: Labels) -> list[str]:
    """Give the columns a label means; the empty name where it states a unit."""
    if "".join(heading_keys(label)[:1]) in _UNIT_LABELS and stated_units(str(value)):
        return [""]
    return sorted({name for key in heading_keys(label) for name in known.get(key, ())})
