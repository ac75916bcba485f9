"""XLSX worksheets as rows of cells, with guards against archives that unpack beyond measure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import python_calamine

from sources.cells import Cell

__all__ = ["Line", "Merged", "WorkbookError", "fill_down", "lines"]

Line = tuple[int, list[Cell], bool]
"""Line number from 1, cells, and whether the line may have been cut."""
Merged = tuple[int, int, int]
"""A cell merged over rows: its first row and its last, both from 1, with its column, from 0, between them."""

MAX_UNPACKED = 256 * 1024 * 1024
MAX_CELLS = 5_000_000


class WorkbookError(ValueError):
    """A workbook that cannot be read; carries a reason code of `sources.reasons`."""

    def __init__(self, code: str, item: object = "", text: object = "") -> None:
        super().__init__(code)
        self.code, self.item, self.text = code, item, text


def lines(data: bytes, sheet: str | None = None) -> tuple[list[Line], list[Merged]]:
    """Read the rows of one worksheet, and which cells are merged over rows.

    The first sheet if none is named; a merged cell has its value in its first row only.

    Raises
    ------
    WorkbookError
        Not a workbook, too large when unpacked, or without the named sheet.
    """
    _check_size(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if not names or (sheet is not None and sheet not in names):
            raise WorkbookError("sheet_missing", item="、".join(names), text=sheet or "")
        page = book.get_sheet_by_name(sheet if sheet is not None else names[0])
        if page.total_height * page.total_width > MAX_CELLS:
            raise WorkbookError(
                "table_too_large", text=f"{page.total_height} × {page.total_width}", item=MAX_CELLS
            )
        found = page.to_python(skip_empty_area=False)
        merged = [(a + 1, left, b + 1) for (a, left), (b, _) in page.merged_cell_ranges or () if b > a]
    except WorkbookError:
        raise
    except Exception as error:  # the reader raises its own kinds for every kind of damage
        raise WorkbookError("workbook_damaged", text=error) from error
    return [(number, list(row), False) for number, row in enumerate(found, start=1)], merged


def fill_down(below: Iterable[Line], merged: Iterable[Merged]) -> None:
    """Let merged cells fill the rows they cover, but no row that has nothing of its own."""
    found = {line: own for line, own, _ in below}
    last = max(found, default=0)
    covered: dict[int, int] = {}
    for top, column, bottom in sorted(merged):
        first = found.get(top)
        # A damaged file may merge a cell again and again; each is filled once.
        if first is None or column >= len(first) or top <= covered.get(column, 0):
            continue
        covered[column] = bottom
        for line in range(top + 1, min(bottom, last) + 1):
            if line in found:
                found[line][column] = first[column]


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise WorkbookError("workbook_damaged", text=error) from error
    if unpacked > MAX_UNPACKED:
        raise WorkbookError(
            "table_too_large", text=f"{unpacked / 1e6:.0f} MB", item=f"{MAX_UNPACKED / 1e6:.0f} MB"
        )
