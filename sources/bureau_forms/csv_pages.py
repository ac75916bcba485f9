"""CSV files as pages: any of the usual encodings, commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io
import itertools

import pyarrow as pa
import pyarrow.csv as pa_csv

from sources.bureau_forms.pages import MAX_CELLS, Page, PageError, TextColumn, columns_of
from sources.tables import TableError, decode

__all__ = ["page_of"]

MARKS = ",\t;"


def page_of(data: bytes, max_rows: int | None) -> Page:
    """Read a CSV file as one page without a name.

    Raises
    ------
    PageError
        Unknown encoding, quotes that do not match, or too many cells.
    """
    try:
        text = decode(data)
    except TableError as error:
        raise PageError("encoding", f"{error.zh} | {error.en}") from error
    mark = _delimiter(text)
    page = _plain(text, mark) if max_rows is None else None
    if page is None:
        page = _quoted(text, mark, max_rows)
    if len(page.columns) * page.height > MAX_CELLS:
        raise PageError("sheet_too_large", f"{page.height:,} × {len(page.columns):,}")
    return page


def _plain(text: str, mark: str) -> Page | None:
    """Read text without quotes whose lines are all of one length; None where it is not so."""
    lines = text.rstrip("\r\n")
    if '"' in text or text.count("\r") != text.count("\r\n") or "\n" not in lines:
        return None
    width = lines.partition("\n")[0].count(mark) + 1
    names = [str(index) for index in range(width)]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader((lines + "\n").encode()),
            pa_csv.ReadOptions(column_names=names),
            pa_csv.ParseOptions(delimiter=mark, quote_char=False, ignore_empty_lines=False),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except (pa.ArrowException, UnicodeEncodeError):
        return None
    columns = [TextColumn(pa.chunked_array(column).combine_chunks()) for column in table.columns]
    return Page("", list(columns), table.num_rows)


def _quoted(text: str, mark: str, max_rows: int | None) -> Page:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[list[str]] = []
    n_cells = 0
    try:
        for row in itertools.islice(reader, max_rows):
            rows.append(row)
            n_cells += len(row)
            if n_cells > MAX_CELLS:
                raise PageError("sheet_too_large", f"> {MAX_CELLS:,}")
    except csv.Error as error:
        raise PageError("csv_damaged", f"{len(rows) + 1}: {error}") from error
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise PageError("sheet_too_large", f"{len(rows):,} × {width:,}")
    whole = text.endswith(("\n", "\r")) or len(rows) < 2 or len(rows[-1]) >= len(rows[-2])
    return Page("", columns_of(rows), len(rows), cut_row=None if whole else len(rows) - 1)


def _delimiter(text: str) -> str:
    """Find what parts the columns: a comma, unless another mark parts the first lines and a comma does not."""
    lines = [line for line in itertools.islice(io.StringIO(text), 50) if line.strip()]
    counts = {mark: sum(line.count(mark) > 1 for line in lines) for mark in MARKS}
    best = max(MARKS, key=lambda mark: counts[mark])
    return best if counts[best] > counts[","] else ","
