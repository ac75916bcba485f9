"""The list workbook of a response: summary, counties, industries, other sources, totals, notes."""

from pathlib import Path

from dashboards.response.list_words import KINDS
from dashboards.response.model import Response
from dashboards.response.workbook.lines import write_counties, write_industries
from dashboards.response.workbook.others import write_industry_sums, write_notes, write_others, write_totals
from dashboards.response.workbook.sheet import open_book
from dashboards.response.workbook.summary import write_summary


def write_workbook(response: Response, path: Path, *, contacts: bool = True) -> None:
    """Write the workbook; it appears whole or not at all, and the same response gives the same bytes.

    Parameters
    ----------
    response : Response
    path : Path
    contacts : bool
        Without them no contact person and no telephone number of an enterprise is in it: the workbook for mails, which
        leave the office.
    """
    with open_book(path, response, contacts=contacts) as book:
        write_summary(book)
        write_counties(book)
        write_industry_sums(book)
        write_industries(book)
        for kind in KINDS:
            write_others(book, kind)
        write_totals(book)
        write_notes(book)
