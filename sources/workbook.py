"""XLSX worksheets as rows of cells, with guards against archives that unpack beyond measure."""

from __future__ import annotations

import io
import zipfile

import python_calamine

from sources.cells import Cell

__all__ = ["WorkbookError", "lines"]

MAX_UNPACKED = 256 * 1024 * 1024
MAX_CELLS = 5_000_000


class WorkbookError(ValueError):
    """A workbook that cannot be read; carries a reason code of `sources.reasons`."""

    def __init__(self, code: str, item: object = "", text: object = "") -> None:
        super().__init__(code)
        self.code, self.item, self.text = code, item, text


def lines(data: bytes, sheet: str | None = None) -> list[tuple[int, list[Cell], bool]]:
    """Read one worksheet as (1-based row number, cells, False); the first sheet if none is named.

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
    except WorkbookError:
        raise
    except Exception as error:  # the reader raises its own kinds for every kind of damage
        raise WorkbookError("workbook_damaged", text=error) from error
    return [(number, list(row), False) for number, row in enumerate(found, start=1)]


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
