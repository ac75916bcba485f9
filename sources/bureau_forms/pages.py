"""Files as pages: one a worksheet (or CSV), its cells column by column, with what is known about them."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from sources.cells import Cell

__all__ = ["MAX_BYTES", "Page", "PageError", "letters_of", "pages_of"]

MAX_BYTES = 64 * 1024 * 1024
MAX_CELLS = 6_000_000
"""Cells of one sheet, empty ones among them, that are held in memory."""

_BLANKS = b" \t\r\n\x00\xef\xbb\xbf"
_OTHER_KINDS = (
    (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<table", "HTML"), (b"<meta", "HTML"), (b"<?xml", "XML"),
    (b"%pdf", "PDF"), (b"{\\rtf", "RTF"), (b"mime-version", "MHTML"), (b"rar!", "RAR"), (b"7z\xbc\xaf", "7z"),
    (b"\x89png", "PNG"), (b"\xff\xd8\xff", "JPEG"),
)  # fmt: skip

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 0, both ends included."""


class PageError(ValueError):
    """A file or sheet that cannot be read; carries a rule of this package."""

    def __init__(self, rule: str, found: object = "", sheet: str = "") -> None:
        super().__init__(rule)
        self.rule, self.found, self.sheet = rule, found, sheet


class TextColumn(Sequence[Cell]):
    """A column of texts held as an Arrow array; a sequence of cells for all who look at single ones."""

    def __init__(self, texts: pa.Array) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.texts.to_pylist())

    def __getitem__(self, at: Any) -> Any:
        found = self.texts[at]
        return TextColumn(found) if isinstance(at, slice) else found.as_py()


@dataclass
class Page:
    """The cells of one sheet by column; rows and columns count from 0.

    ``row_numbers`` and ``column_numbers`` give the place in the sheet where rows or columns without any cell were
    left out. ``formulas`` tells of each formula cell whether its result is stored; ``errors`` holds error values.
    """

    name: str
    columns: list[Sequence[Cell]]
    height: int
    merged: Sequence[Range] = ()
    hidden: bool = False
    very_hidden: bool = False
    formulas: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    row_numbers: Sequence[int] | None = None
    column_numbers: Sequence[int] | None = None
    cut_row: int | None = None
    _texts: dict[int, pa.Array | None] = field(default_factory=dict, repr=False)

    def texts(self, column: int) -> pa.Array | None:
        """Give a column that holds nothing but text as an array; None for any other."""
        if column not in self._texts:
            cells = self.columns[column]
            array = cells.texts if isinstance(cells, TextColumn) else None
            if array is None and set(map(type, cells)) <= {str}:
                with contextlib.suppress(UnicodeEncodeError):
                    array = pa.array(cells, pa.string())
            self._texts[column] = array
        return self._texts[column]

    def cell(self, row: int, column: int) -> Cell:
        """Give one cell; None outside the page."""
        if 0 <= column < len(self.columns) and 0 <= row < self.height:
            return self.columns[column][row]
        return None

    def row_number(self, row: int) -> int:
        """Give the row number people see."""
        return (self.row_numbers[row] if self.row_numbers is not None else row) + 1

    def letters(self, column: int) -> str:
        """Give the letters of a column as people see them."""
        return letters_of(self.column_numbers[column] if self.column_numbers is not None else column)

    def address(self, row: int, column: int) -> str:
        """Give the address of a cell such as C7."""
        return f"{self.letters(column)}{self.row_number(row)}"


def letters_of(column: int) -> str:
    """Give the letters of a column counted from 0: A, B, … AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def columns_of(rows: Sequence[Sequence[Cell]], fill: Cell = "") -> list[Sequence[Cell]]:
    """Turn rows, however long each, into columns of one length."""
    return [list(column) for column in itertools.zip_longest(*rows, fillvalue=fill)]


def pages_of(data: bytes, *, max_rows: int | None = None) -> tuple[list[Page], list[PageError]]:
    """Read every sheet of a file, and what kept sheets from being read.

    Raises
    ------
    PageError
        The file as a whole cannot be read.
    """
    from sources.bureau_forms import csv_pages, workbooks

    if len(data) > MAX_BYTES:
        raise PageError("file_too_large", f"{len(data) / 1e6:.0f} MB > {MAX_BYTES / 1e6:.0f} MB")
    if not data.strip(_BLANKS):
        raise PageError("file_empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return workbooks.xlsx_pages(data, max_rows)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return workbooks.xls_pages(data, max_rows)
    other = next(
        (name for start, name in _OTHER_KINDS if data.lstrip(_BLANKS)[:200].lower().startswith(start)), None
    )
    if other:
        raise PageError("file_other_kind", other)
    return [csv_pages.page_of(data, max_rows)], []
