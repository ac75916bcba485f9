"""Cells of receipts and checks: moments to the minute, one of a few words, shares, texts of people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from sources import cells
from sources.cells import Cell, CellError

LONGEST_NAME, LONGEST_TEXT = 200, 2000
"""Characters kept of a name, and of a reason, a note or evidence."""
_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{2,39}", re.ASCII)


class WrongCellError(ValueError):
    """A cell that cannot be read, with what was expected in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en = zh, en


def moment(cell: Cell) -> datetime | None:
    """Read a moment to the minute, Beijing time; seconds are dropped.

    Raises
    ------
    WrongCellError
        It is no moment, or a day without a time.
    """
    try:
        return cells.as_moment(cell)
    except CellError:
        raise WrongCellError(
            "应为时间，如 2026-12-03 08:25", "expected a time such as 2026-12-03 08:25"
        ) from None


def choice(cell: Cell, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Read one of a few words, by its code or its name in either language.

    Raises
    ------
    WrongCellError
        It is none of them.
    """
    said = "".join(cells.as_text(cell).casefold().split())
    # Nothing at all rather than “no value”: “无” alone may be one of the words.
    if not said:
        return None
    for code, names in words.items():
        if said in {"".join(name.casefold().split()) for name in (code, *names)}:
            return code
    shown = "、".join(names[0] for names in words.values())
    raise WrongCellError(f"应为 {shown}", f"expected one of {', '.join(words)}")


def share(cell: Cell, *, most: float) -> float | None:
    """Read a ratio: 0.2 or 20%.

    Raises
    ------
    WrongCellError
        It is no number, or outside 0 to ``most``.
    """
    percent = cells.as_text(cell).endswith("%")
    value = number(cell, percent=percent, most=most * 100 if percent else most)
    return None if value is None else value / 100 if percent else value


def number(cell: Cell, *, most: float, percent: bool = False) -> float | None:
    """Read a number that is not negative.

    Raises
    ------
    WrongCellError
        It is no number, or outside 0 to ``most``.
    """
    try:
        value = cells.as_number(cell, percent=percent)
    except CellError:
        value = -1.0
    if value is not None and not 0 <= value <= most:
        unit = "%" if percent else ""
        raise WrongCellError(f"应为 0–{most:g}{unit} 的数", f"expected a number from 0 to {most:g}{unit}")
    return value


def whole(cell: Cell, *, most: int) -> int | None:
    """Read a whole number that is not negative.

    Raises
    ------
    WrongCellError
        It is none.
    """
    value = number(cell, most=most)
    if value is not None and not value.is_integer():
        raise WrongCellError("应为整数", "expected a whole number")
    return None if value is None else int(value)


def code(cell: Cell) -> str | None:
    """Read an id of letters, digits and hyphens, in capitals; None where the cell is empty.

    Raises
    ------
    WrongCellError
        It holds other characters.
    """
    said = "".join(cells.as_text(cell).split()).upper()
    if not said:
        return None
    if not _CODE.fullmatch(said):
        raise WrongCellError("应只有字母、数字和连字符", "expected letters, digits and hyphens only")
    return said


def words(cell: Cell, limit: int = LONGEST_TEXT) -> str | None:
    """Read what a person wrote as one harmless line; None where nothing is left of it.

    Raises
    ------
    WrongCellError
        It is longer than ``limit`` characters.
    """
    text = cell if isinstance(cell, str) else cells.as_text(cell)
    if len(text) > limit:
        raise WrongCellError(f"超过 {limit} 个字符", f"longer than {limit} characters")
    return cells.as_line(text) or None


def name(cell: Cell) -> str | None:
    """Read the name of a firm, a place or a person: see `words`."""
    return words(cell, LONGEST_NAME)
