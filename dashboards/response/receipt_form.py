"""Forms of receipts and of checks of execution: a workbook or a CSV to fill in, with the firms asked where they are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboards.coal.sheet import fit, on_paper, say, workbook
from dashboards.tables.model import Held, Rows, text
from dashboards.tables.texts import write_csv

TITLE, HINT, HEADINGS = range(3)
LINES = 2000
"""Lines that get drop-downs."""


@dataclass(frozen=True)
class Form:
    """What a form looks like before anybody has filled it in.

    Attributes
    ----------
    headings : mapping
        Heading by column, in order.
    needed : sequence of str
        Columns that must be filled in.
    choices : mapping
        Words of a column's drop-down.
    """

    title: str
    hint: str
    headings: Mapping[str, str]
    needed: Sequence[str]
    choices: Mapping[str, Sequence[str]]


def write_form(path: Path, form: Form, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a form as CSV or workbook, by the ending of its name; the file appears whole or not at all.

    Parameters
    ----------
    path : Path
    form : Form
    rows : sequence of mapping
        What is filled in already.
    """
    write = _write_csv if path.suffix.lower() == ".csv" else _write_workbook
    write(path, form, rows)


def _write_csv(path: Path, form: Form, rows: Sequence[Mapping[str, Any]]) -> None:
    filled = [tuple(row.get(name) for name in form.headings) for row in rows]
    write_csv(Rows(list(form.headings.values()), ["VARCHAR"] * len(form.headings), Held(filled)), path)


def _write_workbook(path: Path, form: Form, rows: Sequence[Mapping[str, Any]]) -> None:
    with workbook(path) as (book, formats):
        sheet = book.add_worksheet(form.title.split(" ")[0][:31])
        plain = book.add_format({"num_format": "@"})
        sheet.write_string(TITLE, 0, form.title, formats["name"])
        sheet.write_string(HINT, 0, form.hint, formats["mark"])
        cells: dict[int, list[Any]] = {}
        for place, (name, heading) in enumerate(form.headings.items()):
            sheet.set_column(place, place, 14, plain)
            sheet.write_string(HEADINGS, place, heading, formats["needed" if name in form.needed else "head"])
            cells[place] = [heading, *(row.get(name) for row in rows)]
            if name in form.choices:
                below = {"validate": "list", "source": list(form.choices[name]), "error_type": "warning"}
                sheet.data_validation(HEADINGS + 1, place, HEADINGS + LINES, place, below)
            for line, row in enumerate(rows, start=HEADINGS + 1):
                if row.get(name) is not None:
                    say(sheet, line, place, text(row[name]), plain)
        fit(sheet, cells, least=12)
        sheet.set_row(HEADINGS, 30)
        sheet.freeze_panes(HEADINGS + 1, 2)
        on_paper(sheet, repeat=(HEADINGS, HEADINGS))
