"""Columns of one table from cells to declared types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms import kinds, numbers
from sources.bureau_forms.forms import Form, FormColumn
from sources.bureau_forms.places import TOTALS
from sources.bureau_forms.texts import Column, Problem
from sources.bureau_forms.words import OTHER_UNITS, Unit, unit_of

__all__ = ["TYPES", "Scale", "converted", "row_scale"]

TYPES = {
    "text": pa.string(), "code": pa.string(), "id": pa.string(), "integer": pa.int32(), "year": pa.int32(),
    "month": pa.string(), "day": pa.date32(), "quantity": numbers.AMOUNT, "number": numbers.NUMBER,
    "percent": numbers.NUMBER, "choice": pa.string(), "flag": pa.bool_(), "city": pa.string(),
    "county": pa.string(), "province": pa.string(),
}  # fmt: skip
"""Arrow type of every kind."""

_KEPT_BLANKS = ("flag", "choice")
_AHEAD = ("coal_target",)
_TOTALS = pa.array(sorted(TOTALS), pa.string())


@dataclass(frozen=True)
class Scale:
    """Power of ten of a column, or of each row by the unit written in it (null: the column's)."""

    power: int
    by_row: pa.Array | None = None


def declared_power(column: FormColumn) -> int:
    """Power of ten of the unit a form declares for a quantity."""
    unit = unit_of(column.unit)
    return unit.power if unit else 0


def row_scale(texts: pa.Array, basis: str) -> Column:
    """Read units written row by row as powers of ten; a unit of another energy leaves its quantity as it is."""
    from sources.bureau_forms.texts import TextError, by_text

    def convert(text: str) -> int | None:
        unit: Unit | None = unit_of(text)
        if unit is None:
            if re.sub(r"\s", "", text).lower() in OTHER_UNITS:
                return 0
            raise TextError("unit_unknown")
        if unit.basis != basis:
            raise TextError("unit_contradicts", item="计量单位", item_en="unit", options="吨 t")
        return unit.power

    return by_text(texts, convert, pa.int32())


def converted(form: Form, column: FormColumn, texts: pa.Array, scale: Scale, today: date) -> Column:
    """Convert one column of half-width texts to the type of its kind, bounds checked."""
    if column.kind == "quantity":
        return _quantity(column, texts, scale)
    if column.kind in ("number", "percent"):
        percent = column.kind == "percent" or column.unit == "%"
        found = numbers.decimals(texts, 0, numbers.NUMBER, percent=percent)
        return _bounded(found, column, texts, 0)
    if column.kind == "integer":
        return _bounded(numbers.integers(texts), column, texts, 0)
    ahead = form.name in _AHEAD or form.period == "none"
    if column.kind == "year":
        own = column.name == "stat_year" and not ahead
        return kinds.years(texts, today.year if own else None)
    if column.kind == "month" or column.name == "period":
        latest = None if ahead else f"{today:%Y-%m}"
        return (kinds.months if column.kind == "month" else kinds.periods)(texts, latest)
    simple = {"code": kinds.codes, "day": kinds.days, "flag": kinds.flags}
    if column.kind in simple:
        return simple[column.kind](texts)
    if column.kind == "choice":
        return kinds.choices(texts, column)
    if column.kind in ("city", "county", "province"):
        return Column(pc.if_else(pc.is_in(texts, value_set=_TOTALS), None, texts))
    return Column(texts)


def _quantity(column: FormColumn, texts: pa.Array, scale: Scale) -> Column:
    if scale.by_row is None:
        found = numbers.decimals(texts, scale.power, numbers.AMOUNT)
    else:
        powers = pc.fill_null(scale.by_row, scale.power)
        found = Column(pa.nulls(len(texts), numbers.AMOUNT))
        for power in sorted(pc.unique(powers).to_pylist()):
            here = pc.equal(powers, power)
            part = numbers.decimals(pc.if_else(here, texts, None), power, numbers.AMOUNT)
            found = Column(pc.if_else(here, part.values, found.values), found.problems + part.problems)
    return _bounded(found, column, texts, declared_power(column), least=Decimal(0))


def _bounded(
    found: Column, column: FormColumn, texts: pa.Array, power: int, least: Decimal | None = None
) -> Column:
    low = column.minimum if column.minimum is not None else least
    bounds = [bound.scaleb(power) if bound is not None else None for bound in (low, column.maximum)]
    shown = [
        f"{bound.normalize():f} {column.unit}".strip() if bound is not None else ""
        for bound in (low, column.maximum)
    ]
    return Column(found.values, found.problems + numbers.limits(found.values, texts, bounds, shown))


def described(problem: Problem, column: FormColumn) -> Mapping[str, object]:
    """Give what the texts of a problem quote, with the names of its column."""
    english = next((text for text in column.headings if text.isascii()), column.name)
    return {"item": column.zh, "item_en": english, **problem.quoted}
