"""What is decided when all columns of a table are read: periods, bases, area codes, required cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms.places import code_column, places
from sources.bureau_forms.texts import Problem, by_text
from sources.bureau_forms.words import Unit
from sources.bureau_forms.work import Work

__all__ = ["finish"]


def finish(work: Work, units: Mapping[str, Unit]) -> None:
    """Complete the columns of a table and report what is missing in them."""
    _period_kind(work)
    _basis(work, units)
    _sequence(work)
    areas = [c for c in work.block.form.columns.values() if c.kind in ("province", "city", "county")]
    found = {area.name: _resolve(work, area.name, area.kind, area.required == "yes") for area in areas}
    for area in areas:
        if area.kind == "city" and area.required in found:
            _city_of_county(work, area.name, area.required, found)
    for name, problems in found.items():
        work.report(name, problems)
    _required(work)


def _positions(mask: pa.Array) -> list[int]:
    return [int(at) for at in np.flatnonzero(pc.fill_null(mask, False).to_numpy(zero_copy_only=False))]


def _period_kind(work: Work) -> None:
    """Part a span such as 2026-01..09 into its last month and the period kind ytd."""
    names = [name for name, column in work.block.form.columns.items() if column.kind == "month"]
    if not names or "period_kind" not in work.columns:
        return
    month, kind = work.columns[names[0]], work.columns["period_kind"]
    span = pc.fill_null(pc.match_substring(month, ".."), False)
    if not pc.any(span).as_py():
        return
    wrong = _positions(pc.and_(span, pc.equal(kind, "month")))
    work.report("period_kind", [Problem(at, "period_differs", month[at].as_py()) for at in wrong])
    last = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(month, 0, 4), pc.utf8_slice_codeunits(month, -2), "-"
    )
    work.columns[names[0]] = pc.if_else(span, last, month)
    work.columns["period_kind"] = pc.if_else(span, "ytd", kind)


def _basis(work: Work, units: Mapping[str, Unit]) -> None:
    """Let a unit of standard coal give the basis of a table that may have either."""
    stated = [unit for name, unit in units.items() if unit.basis != work.block.form.columns[name].basis]
    if "basis" not in work.columns or not stated:
        return
    basis = work.columns["basis"]
    wrong = _positions(pc.not_equal(basis, stated[0].basis))
    work.report(
        "basis",
        [Problem(at, "unit_contradicts", stated[0].code, {"options": basis[at].as_py()}) for at in wrong],
    )
    work.columns["basis"] = pc.fill_null(basis, stated[0].basis)


def _sequence(work: Work) -> None:
    """Number the rows of a form that is keyed by 序号 where the table has none."""
    if "sequence" in work.block.form.keys and work.columns["sequence"].null_count == len(work.at):
        work.columns["sequence"] = pa.array(np.arange(1, len(work.at) + 1), pa.int32())


def _resolve(work: Work, name: str, kind: str, required: bool) -> list[Problem]:
    """Add the code of every area that is named; give the names without one."""
    texts, known = work.columns[name], places()
    if kind == "county":
        cities = work.columns.get("city_code", pa.nulls(len(texts), pa.string()))
        found = known.county_codes(texts, cities)
        problems = [Problem(p.at, p.rule, p.found.partition("\x1f")[0], p.quoted) for p in found.problems]
        values = (
            pc.coalesce(found.values, work.columns[code_column(name)])
            if code_column(name) in work.columns
            else found.values
        )
    else:
        convert = known.city if kind == "city" else known.province
        found = by_text(texts, convert, pa.string())
        values, problems = found.values, found.problems
    if kind == "city":
        units = by_text(texts, known.unit, pa.string()).values
        work.columns.setdefault("county_code", units)
    if required:
        problems = [
            Problem(p.at, "area_unknown", p.found, p.quoted) if p.rule == "area_unresolved" else p
            for p in problems
        ]
    work.columns[code_column(name)] = values
    return problems


def _city_of_county(work: Work, city: str, county: str, found: dict[str, list[Problem]]) -> None:
    """Let a county tell its city where the row does not; an error only where neither tells it."""
    known, counties = places(), work.columns[code_column(county)]
    codes = pc.coalesce(work.columns[code_column(city)], by_text(counties, known.city_of, pa.string()).values)
    work.columns[code_column(city)] = codes
    names = by_text(codes, known.city_name, pa.string()).values
    work.columns[city] = pc.coalesce(work.columns[city], names)
    unclear = set(_positions(pc.is_null(codes)))
    named = {p.at for p in found[city]}
    found[city] = [replace(p, rule="area_unknown") if p.at in unclear else p for p in found[city]]
    found[county] = [replace(p, rule="city_unclear") if p.at in unclear - named else p for p in found[county]]


def _required(work: Work) -> None:
    """Report required cells that are empty; those with a finding of their own are left out."""
    form = work.block.form
    for name, column in form.columns.items():
        if column.required == "no" or not len(work.at):
            continue
        empty = pc.is_null(work.columns[name])
        if column.required == "yes":
            if not work.block.has(name):
                continue
            rule, item = "cell_required", column.zh
        else:
            other = form.columns[column.required]
            if column.name > other.name:
                continue
            empty = pc.and_(empty, pc.is_null(work.columns[other.name]))
            rule, item = "cell_required_either", f"{column.zh}、{other.zh}"
        at = [place for place in _positions(empty) if (place, name) not in work.flagged]
        work.report(name, [Problem(place, rule, "", {"item": item}) for place in at])
