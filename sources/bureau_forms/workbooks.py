"""Workbooks, new (XLSX) and old (XLS), as pages; guarded against archives and sheets beyond measure."""

from __future__ import annotations

import bisect
import io
from collections.abc import Mapping, Sequence
from typing import Any

import python_calamine

from sources.bureau_forms import xls_records, xlsx_parts
from sources.bureau_forms.pages import MAX_CELLS, Page, PageError, Range, columns_of

__all__ = ["xls_pages", "xlsx_pages"]

MAX_ALL_CELLS = 2 * MAX_CELLS


def xlsx_pages(data: bytes, max_rows: int | None) -> tuple[list[Page], list[PageError]]:
    """Read the sheets of an XLSX file.

    Raises
    ------
    PageError
        Not a workbook, damaged, protected or beyond measure.
    """
    parts = xlsx_parts.parts_of(data)
    compact = {sheet.name: sheet for sheet in parts if sheet.rows is not None}
    return _pages(xlsx_parts.rewritten(data, parts) if compact else data, parts, max_rows)


def xls_pages(data: bytes, max_rows: int | None) -> tuple[list[Page], list[PageError]]:
    """Read the sheets of an XLS file.

    Raises
    ------
    PageError
        Not a workbook, damaged, protected or beyond measure.
    """
    return _pages(data, xls_records.parts_of(data), max_rows)


def _pages(
    data: bytes, parts: Sequence[xlsx_parts.SheetPart], max_rows: int | None
) -> tuple[list[Page], list[PageError]]:
    known = {part.name: part for part in parts}
    pages: list[Page] = []
    refused = [PageError("sheet_too_large", part.too_large, part.name) for part in parts if part.too_large]
    wanted = {part.name for part in parts if not part.too_large}
    if sum(part.n_cells for part in parts if part.name in wanted) > MAX_ALL_CELLS:
        raise PageError("file_too_large", f"> {MAX_ALL_CELLS:,}")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet or meta.name not in wanted:
                continue
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            very = meta.visible == python_calamine.SheetVisibleEnum.VeryHidden
            page = _page(book.get_sheet_by_name(meta.name), known[meta.name], max_rows)
            page.hidden, page.very_hidden = hidden, very
            pages.append(page)
    except python_calamine.PasswordError as error:
        raise PageError("password") from error
    except BaseException as error:
        # The reader raises its own kinds for every kind of damage, among them one that is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise PageError("file_damaged", error) from error
        raise
    return pages, refused


def _page(sheet: Any, part: xlsx_parts.SheetPart, max_rows: int | None) -> Page:
    rows = sheet.to_python(skip_empty_area=False, nrows=max_rows)
    height = len(rows)
    if part.rows is None:
        merged = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
        return Page(part.name, columns_of(rows), height, merged, formulas=part.formulas, errors=part.errors)
    columns = part.columns or []
    return Page(
        part.name,
        columns_of(rows),
        height,
        [found for one in part.merged if (found := _packed(one, part.rows, columns)) is not None],
        formulas=_moved(part.formulas, part.rows, columns),
        errors=_moved(part.errors, part.rows, columns),
        row_numbers=part.rows,
        column_numbers=columns,
    )


def _packed(merged: Range, rows: Sequence[int], columns: Sequence[int]) -> Range | None:
    top, bottom = bisect.bisect_left(rows, merged[0]), bisect.bisect_right(rows, merged[2]) - 1
    left, right = bisect.bisect_left(columns, merged[1]), bisect.bisect_right(columns, merged[3]) - 1
    return (top, left, bottom, right) if top <= bottom and left <= right else None


def _moved(
    cells: Mapping[tuple[int, int], Any], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], Any]:
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    return {
        (row_at[row], column_at[column]): value
        for (row, column), value in cells.items()
        if row in row_at and column in column_at
    }
