"""One table of a page as typed rows, with a finding for everything that does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from sources.bureau_forms import convert, rows
from sources.bureau_forms.blocks import Block
from sources.bureau_forms.finish import finish
from sources.bureau_forms.forms import FormColumn
from sources.bureau_forms.model import Finding, FormTable
from sources.bureau_forms.texts import Column, text_column
from sources.bureau_forms.words import Unit, stated_units
from sources.bureau_forms.work import MAX_ALIKE, Work

__all__ = ["table_of"]

ROW_UNITS = {"unit_text": None, "input_unit": ("input_t",)}
"""Columns that hold the unit of their row, and the quantities they are for (None: all)."""


def table_of(block: Block, today: date) -> tuple[FormTable, list[Finding]]:
    """Read one table; findings are in the order of columns."""
    body = rows.body_of(block)
    at = body.at
    work = Work(block, today, at)
    page, form = block.page, block.form
    _headings(work)
    for row in body.totals[:MAX_ALIKE]:
        work.add("row_total", page.address(block.bottom + 1 + row, min(block.columns.values())))
    if body.other_energies:
        first = page.address(body.first + body.other_energies[0], block.columns["product"])
        work.add("row_other_energy", first, n=len(body.other_energies))
    if not len(at):
        work.add("no_rows", "", form.zh, item=form.zh, item_en=form.en)
    _damaged(work)
    texts = {name: _texts(work, name, body) for name in form.columns if block.has(name)}
    _cells_without_value(work)
    units = _units(work, texts)
    for name, column in form.columns.items():
        _convert(work, column, texts, units.get(name))
    finish(work, units)
    numbers = page.row_numbers
    below = at + block.bottom + 1
    sheet_rows = np.asarray(numbers)[below] + 1 if numbers is not None else below + 1
    work.columns["sheet_row"] = pa.array(sheet_rows, pa.int32())
    letters = {name: page.letters(place) for name, place in block.columns.items()}
    shown = {name: unit.code for name, unit in units.items()}
    return FormTable(form.name, page.name, pa.table(work.columns), letters, shown), work.findings


def _headings(work: Work) -> None:
    block = work.block
    for column, text, name in block.doubled:
        item = block.form.columns[name].zh
        work.add("heading_doubled", block.page.address(block.bottom, column), text, item=item, item_en=name)
    for column, text in block.unknown:
        work.add("heading_unknown", block.page.address(block.bottom, column), text)


def _damaged(work: Work) -> None:
    """Find cells beyond the heading and a line that was cut, as CSV files have them."""
    block, page = work.block, work.block.page
    if page.name:
        return
    last = max(
        c for row in range(block.top, block.bottom + 1) for c in range(len(page.columns)) if page.cell(row, c)
    )
    for column in range(last + 1, len(page.columns)):
        below = page.columns[column]
        for row in (work.at + block.bottom + 1).tolist():
            if str(below[row] or "").strip():
                work.add("row_too_long", page.address(row, column), below[row])
                break
    if page.cut_row is not None and len(work.at) and page.cut_row == work.at[-1] + block.bottom + 1:
        work.add("row_cut", page.address(page.cut_row, 0), page.cell(page.cut_row, 0))
    if len(work.at):
        row = int(work.at[-1]) + block.bottom + 1
        for column in block.columns.values():
            if "\ufffd" in str(page.cell(row, column)):
                work.add("text_damaged", page.address(row, column), page.cell(row, column))


def _texts(work: Work, name: str, body: rows.Body) -> pa.Array:
    kept = work.block.form.columns[name].kind in ("flag", "choice", "text", "id")
    if name not in work.block.columns:
        one = text_column([work.block.notes[name].value])
        return one.take(pa.array(np.zeros(len(work.at), np.int32)))
    return body.texts(name, words=not kept or name in ROW_UNITS)


def _cells_without_value(work: Work) -> None:
    """Find formulas without a stored result and error values among the cells of the table."""
    block = work.block
    if not block.page.formulas and not block.page.errors:
        return
    names = {place: name for name, place in block.columns.items()}
    rows_at = {int(row) + block.bottom + 1: index for index, row in enumerate(work.at.tolist())}
    found = [(at, "formula_no_value", "") for at, stored in block.page.formulas.items() if not stored]
    found += [(at, "cell_error", text) for at, text in block.page.errors.items()]
    inside = [one for one in sorted(found) if one[0][0] in rows_at and one[0][1] in names]
    for (row, place), _, _ in inside:
        work.flagged.add((rows_at[row], names[place]))
    for (row, place), rule, text in inside[:MAX_ALIKE]:
        work.add(rule, block.page.address(row, place), text or block.page.address(row, place))


def _units(work: Work, texts: Mapping[str, pa.Array]) -> dict[str, Unit]:
    """Decide the unit of every quantity: its heading, else the table, else the form."""
    block = work.block
    found: dict[str, Unit] = {}
    for name, column in block.form.columns.items():
        if column.kind != "quantity" or not block.has(name):
            continue
        declared = (stated_units(column.unit) or (Unit(column.basis, 0),))[0]
        own = block.units.get(name, ())
        stated = own or block.table_units
        fitting = [unit for unit in stated if unit.basis == column.basis]
        if fitting:
            found[name] = fitting[0]
            if "basis" in block.form.columns and any(unit.power != fitting[0].power for unit in stated):
                # Rows of either basis, and two powers of ten: which row is in which cannot be told.
                _contradicts(work, column, stated)
        elif not stated:
            found[name] = declared
        elif "basis" in block.form.columns:
            found[name] = stated[0]
        elif column.basis == "tce" and not own:
            # “单位：万吨” above a table with columns of standard coal gives their power of ten.
            found[name] = Unit("tce", stated[0].power)
        else:
            found[name] = declared
            _contradicts(work, column, stated)
    return found


def _contradicts(work: Work, column: FormColumn, stated: Sequence[Unit]) -> None:
    block, name = work.block, column.name
    place = block.page.address(block.bottom, block.columns[name]) if name in block.columns else ""
    shown = "、".join(unit.code for unit in stated)
    work.add("unit_contradicts", place, shown, item=column.zh, item_en=name, options=column.basis)


def _scale(name: str, unit: Unit, texts: Mapping[str, pa.Array]) -> convert.Scale:
    for unit_column, wanted in ROW_UNITS.items():
        if unit_column in texts and (wanted is None or name in wanted):
            return convert.Scale(unit.power, convert.row_scale(texts[unit_column], unit.basis).values)
    return convert.Scale(unit.power)


def _convert(work: Work, column: FormColumn, texts: Mapping[str, pa.Array], unit: Unit | None) -> None:
    own = texts.get(column.name)
    if own is None:
        work.columns[column.name] = pa.nulls(len(work.at), convert.TYPES[column.kind])
        return
    scale = _scale(column.name, unit, texts) if unit is not None else convert.Scale(0)
    found = convert.converted(work.block.form, column, own, scale, work.today)
    if column.name in ROW_UNITS:
        found = Column(found.values, convert.row_scale(own, "t").problems)
    work.columns[column.name] = found.values
    work.report(column.name, found.problems)
