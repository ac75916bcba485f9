"""From the bytes of a file to its tables and findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms.blocks import INHERITED, INHERITING, Block, Near, blocks_of
from sources.bureau_forms.forms import Form, forms
from sources.bureau_forms.model import Document, Finding, FormTable, finding
from sources.bureau_forms.pages import Page, PageError, pages_of
from sources.bureau_forms.preamble import Note
from sources.bureau_forms.repeats import repeats
from sources.bureau_forms.tables import table_of

__all__ = ["looks_like_coal_form", "read"]

MAIN_FORM = "firm_year"
HEAD_ROWS = 60
MAX_NEAR = 20
_LISTS = re.compile(r"\s*[_.]?(?:选项|列表|代码表|options|lists?).*", re.IGNORECASE)
_NOTES = re.compile(
    r"\s*(?:说明|填表说明|填报说明|使用说明|须知|填报须知|notes?|read\s?me|instructions?).*", re.IGNORECASE
)


def read(data: bytes, name: str, *, today: date) -> Document:
    """Read every form in a file.

    Parameters
    ----------
    data : bytes
        Content of an XLSX, XLS or CSV file (UTF-8 with or without BOM, GB18030).
    name : str
        Name of the file, which may help to tell forms apart.
    today : date
        Periods after this day have not come yet.

    Returns
    -------
    Document
        Typed tables and findings; bad input never raises: an unreadable file has no tables and one error.
    """
    try:
        return _read(data, name, today)
    except PageError as error:
        return Document(name, (), (finding(error.rule, sheet=error.sheet, found=error.found),))
    except (ValueError, TypeError, ArithmeticError, LookupError, MemoryError, pa.ArrowException) as error:
        shown = f"{type(error).__name__}: {error}"
        return Document(name, (), (finding("reader_failed", found=shown),))


def looks_like_coal_form(data: bytes, name: str) -> bool:
    """Tell whether the beginning of a file holds the heading of a coal form, or nearly so."""
    try:
        pages, _ = pages_of(_whole_lines(data), max_rows=HEAD_ROWS)
        for page in pages:
            found, near = blocks_of(page, forms(), f"{name} {page.name}")
            if found or any(len(one.missing) <= 1 for one in near):
                return True
    except (PageError, ValueError, TypeError, ArithmeticError, LookupError, MemoryError, pa.ArrowException):
        return False
    return False


def _whole_lines(data: bytes) -> bytes:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return data
    lines = data.split(b"\n", HEAD_ROWS)
    return b"\n".join(lines[:HEAD_ROWS]) + b"\n" if len(lines) > HEAD_ROWS else data


def _read(data: bytes, name: str, today: date) -> Document:
    pages, refused = pages_of(data)
    findings = [finding(error.rule, sheet=error.sheet, found=error.found) for error in refused]
    blocks: list[Block] = []
    idle: list[tuple[Page, list[Near]]] = []
    for page in pages:
        if _left_out(page, findings):
            continue
        found, near = blocks_of(page, forms(), f"{name} {page.name}")
        blocks += found
        if near or not found:
            idle.append((page, near))
        findings += _formulas(page)
    findings += _unknown(idle, bool(blocks), pages)
    tables, more = _tables(blocks, today)
    return Document(name, tuple(tables), tuple(findings + more))


def _empty(page: Page) -> bool:
    return not any(cell not in (None, "") and str(cell).strip() for column in page.columns for cell in column)


def _left_out(page: Page, findings: list[Finding]) -> bool:
    """Leave out empty sheets, lists and notes of templates, and hidden sheets with a warning."""
    if _empty(page):
        return True
    if page.hidden:
        if not _LISTS.fullmatch(page.name) and not _NOTES.fullmatch(page.name):
            findings.append(finding("sheet_hidden", sheet=page.name, found=page.name))
        return True
    return bool(page.name and (_NOTES.fullmatch(page.name) or _LISTS.fullmatch(page.name)))


def _formulas(page: Page) -> list[Finding]:
    stored = sorted(at for at, value in page.formulas.items() if value and at not in page.errors)
    if not stored:
        return []
    shown = "、".join(page.address(*at) for at in stored[:3])
    return [
        finding("formula_used", sheet=page.name, cell=page.address(*stored[0]), found=shown, n=len(stored))
    ]


def _unknown(idle: Sequence[tuple[Page, list[Near]]], others: bool, pages: Sequence[Page]) -> list[Finding]:
    found = []
    for page, near in idle:
        for one in near[:MAX_NEAR]:
            missing = "、".join(one.form.columns[name].zh for name in one.missing)
            item, english = one.form.zh, one.form.en
            values = {"item": item, "item_en": english, "options": missing}
            found.append(
                finding(
                    "form_unknown", sheet=page.name, cell=page.address(one.row, 0), found=missing, **values
                )
            )
        if not near:
            rule = "sheet_unknown" if others else "form_unrecognized"
            found.append(finding(rule, sheet=page.name, found=page.name))
    if not pages or (not others and not found):
        found.append(finding("file_empty"))
    return found


def _tables(blocks: Sequence[Block], today: date) -> tuple[list[FormTable], list[Finding]]:
    """Read all tables; those that take firm and year from the main table come after it."""
    read_: dict[int, tuple[FormTable, list[Finding]]] = {}
    findings: dict[int, list[Finding]] = {}
    for index, block in enumerate(blocks):
        if block.rivals:
            findings[index] = [_ambiguous(block)]
        elif not block.missing:
            read_[index] = table_of(block, today)
    mains = [table for table, _ in read_.values() if table.form == MAIN_FORM]
    for index, block in enumerate(blocks):
        if index in read_ or index in findings:
            continue
        if _inherit(block, mains):
            read_[index] = table_of(block, today)
        else:
            findings[index] = [_not_inherited(block, bool(mains))]
    for index, (_, own) in read_.items():
        findings[index] = own
    order = sorted(findings)
    tables = [read_[index][0] for index in order if index in read_]
    return tables, [one for index in order for one in findings[index]] + repeats(tables, forms())


def _ambiguous(block: Block) -> Finding:
    names: list[Form] = [block.form, *block.rivals]
    place = block.page.address(block.bottom, min(block.columns.values()))
    item, english = "、".join(form.zh for form in names), ", ".join(form.en for form in names)
    return finding(
        "form_ambiguous", sheet=block.page.name, cell=place, found=item, item=item, item_en=english
    )


def _inherit(block: Block, mains: Sequence[FormTable]) -> bool:
    """Take firm and year from the main tables of the file where these hold exactly one."""
    if block.form.name not in INHERITING or not set(block.missing) <= INHERITED:
        return False
    keys = {
        row
        for table in mains
        for row in zip(*(table.rows[name].to_pylist() for name in ("credit_code", "stat_year")), strict=True)
    }
    if len(keys) != 1 or None in next(iter(keys)):
        return False
    donor = next(table for table in mains if table.rows.num_rows)
    for name in sorted(INHERITED):
        value = pc.drop_null(donor.rows[name])
        if not block.has(name) and len(value):
            block.notes[name] = Note(str(value[0].as_py()), -1, -1)
    return not block.missing


def _not_inherited(block: Block, any_main: bool) -> Finding:
    place = block.page.address(block.bottom, min(block.columns.values()))
    missing = "、".join(block.form.columns[name].zh for name in block.missing)
    rule = "inherit_unclear" if any_main else "form_unknown"
    item, english = (missing, ", ".join(block.missing)) if any_main else (block.form.zh, block.form.en)
    return finding(
        rule, sheet=block.page.name, cell=place, found=missing, item=item, item_en=english, options=missing
    )
