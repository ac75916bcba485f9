"""Forms of receipts and of checks of execution: a workbook or a CSV to fill in, with the firms asked where they are known."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboards.coal.sheet import fit, on_paper, say, workbook
from dashboards.tables.model import Rows, text
from dashboards.tables.texts import write_csv

TITLE, HINT, HEADINGS = range(3)
LINES = 2000
"""Lines that get drop-downs."""


def write_form(
    path: Path,
    title: str,
    hint: str,
    headings: Mapping[str, str],
    needed: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Write a form; the file appears whole or not at all.

    Parameters
    ----------
    path : Path
        ``.csv`` or a workbook.
    title, hint : str
    headings : mapping
        Heading by column, in order.
    needed : sequence of str
        Columns that must be filled in.
    choices : mapping
        Words of a column's drop-down.
    rows : sequence of mapping
        What is filled in already.
    """
    if path.suffix.lower() == ".csv":
        _write_csv(path, headings, rows)
    else:
        _write_workbook(path, title, hint, headings, needed, choices, rows)


class _Cursor:
    """Rows at hand, read once."""

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._left = [*rows]

    def fetchmany(self, size: int = 1) -> list[Any]:
        batch, self._left = self._left[:size], self._left[size:]
        return batch


def _write_csv(path: Path, headings: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    filled = [tuple(row.get(name) for name in headings) for row in rows]
    write_csv(Rows(list(headings.values()), ["VARCHAR"] * len(headings), _Cursor(filled)), path)


def _write_workbook(
    path: Path,
    title: str,
    hint: str,
    headings: Mapping[str, str],
    needed: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    with workbook(path) as (book, formats):
        sheet = book.add_worksheet(title.split(" ")[0][:31])
        plain = book.add_format({"num_format": "@"})
        sheet.write_string(TITLE, 0, title, formats["name"])
        sheet.write_string(HINT, 0, hint, formats["mark"])
        cells: dict[int, list[Any]] = {}
        for place, (name, heading) in enumerate(headings.items()):
            sheet.set_column(place, place, 14, plain)
            sheet.write_string(HEADINGS, place, heading, formats["needed" if name in needed else "head"])
            cells[place] = [heading, *(row.get(name) for row in rows)]
            if name in choices:
                below = {"validate": "list", "source": list(choices[name]), "error_type": "warning"}
                sheet.data_validation(HEADINGS + 1, place, HEADINGS + LINES, place, below)
            for line, row in enumerate(rows, start=HEADINGS + 1):
                if row.get(name) is not None:
                    say(sheet, line, place, text(row[name]), plain)
        fit(sheet, cells, least=12)
        sheet.set_row(HEADINGS, 30)
        sheet.freeze_panes(HEADINGS + 1, 2)
        on_paper(sheet, repeat=(HEADINGS, HEADINGS))
