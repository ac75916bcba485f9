"""Rows of a page as headings: which may be ones, and what stands above each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources import cells
from sources.bureau_forms.forms import Form
from sources.bureau_forms.pages import Page
from sources.bureau_forms.words import half_width, heading_keys, opening, openings

__all__ = ["Stack", "candidates", "has_numbers", "is_number", "may_be_heading", "stacks_of"]

MAX_HEADING = 120
_DIGITS = re.compile(r"[+-]?[\d.,\s]+%?")

Stack = tuple[str, ...]
"""The texts above one column, from top to bottom."""


def candidates(page: Page, forms: Sequence[Form]) -> list[int]:
    """List rows in which at least two cells are headings."""
    known = {key for form in forms for key in form.by_heading}
    first = {opening(text) for form in forms for column in form.columns.values() for text in column.headings}
    first = (first | {opening(key) for key in known}) - {""}
    starts = pa.array(sorted(first), pa.string())
    counts = np.zeros(page.height, dtype=np.int32)
    for index, column in enumerate(page.columns):
        texts = page.texts(index)
        if texts is None:
            hits = _headings_among({cell for cell in column if type(cell) is str}, first, known)
            counts += np.fromiter((cell in hits for cell in column), np.int32, page.height) if hits else 0
        else:
            likely = pc.is_in(openings(texts), value_set=starts)
            found = _headings_among(pc.unique(texts.filter(likely)).to_pylist(), first, known)
            heads = pa.array(sorted(found), pa.string())
            counts += pc.is_in(texts, value_set=heads).to_numpy(zero_copy_only=False)
    return np.flatnonzero(counts >= 2).tolist()


def _headings_among(texts: Iterable[str], first: set[str], known: set[str]) -> set[str]:
    """Choose the texts that are headings."""
    return {
        text
        for text in texts
        if 0 < len(text) <= MAX_HEADING
        and opening(text) in first
        and not _DIGITS.fullmatch(text)
        and any(key in known for key in heading_keys(text))
    }


def has_numbers(page: Page, row: int) -> bool:
    """Tell whether a row holds a number."""
    return any(is_number(page.cell(row, column)) for column in range(len(page.columns)))


def is_number(cell: cells.Cell) -> bool:
    """Tell whether a cell holds a number."""
    if isinstance(cell, bool) or cell is None:
        return False
    if not isinstance(cell, str):
        return True
    return bool(cell) and _DIGITS.fullmatch(half_width(cell)) is not None


def may_be_heading(page: Page, row: int) -> bool:
    """Tell whether a row may be one of several heading rows: several texts and no numbers."""
    texts = [
        cell for column in range(len(page.columns)) if not cells.is_blank(cell := page.cell(row, column))
    ]
    return len(texts) >= 2 and all(isinstance(text, str) and not is_number(text) for text in texts)


def stacks_of(page: Page, top: int, bottom: int) -> list[Stack]:
    """Give for every column the texts of its heading from top to bottom, merged ones filled over their range."""
    grid = {
        (row, column): half_width(text)
        for row in range(top, bottom + 1)
        for column in range(len(page.columns))
        if isinstance(text := page.cell(row, column), str) and text.strip()
    }
    for a, b, c, d in page.merged:
        if a <= bottom and c >= top and (a, b) in grid:
            for row in range(a, min(c, bottom) + 1):
                for column in range(b, d + 1):
                    grid.setdefault((row, column), grid[a, b])
    for row in range(top, bottom):
        _spread(grid, row, bottom, len(page.columns))
    stacks = []
    for column in range(len(page.columns)):
        texts = [grid[row, column] for row in range(top, bottom + 1) if (row, column) in grid]
        stacks.append(tuple(dict.fromkeys(texts)))
    return stacks


def _spread(grid: dict[tuple[int, int], str], row: int, bottom: int, width: int) -> None:
    """Let a group heading stand over the blanks to its right, as it does where nothing is merged."""
    group = ""
    for column in range(width):
        below = any((at, column) in grid for at in range(row + 1, bottom + 1))
        own = grid.get((row, column), "")
        if own:
            group = own if below else ""
        elif group and below:
            grid[row, column] = group
        else:
            group = ""
