"""Numbers of whole columns as exact decimals, in tonnes where they are amounts of coal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms.texts import Column, Problem, TextError, by_text

__all__ = ["AMOUNT", "NUMBER", "decimals", "integers", "limits"]

AMOUNT = pa.decimal128(18, 4)
NUMBER = pa.decimal128(18, 6)
_LARGEST = Decimal(10) ** 12
_EXACT = pa.decimal128(38, 20)
_PLAIN = r"^[+-]?[0-9]{1,9}(\.[0-9]{1,20})?$"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def decimals(texts: pa.Array, power: int, kind: pa.DataType, *, percent: bool = False) -> Column:
    """Read numbers exactly and multiply them by a power of ten; more digits are rounded half to even.

    Parameters
    ----------
    texts : pa.Array
        Half-width texts, null where there is no value.
    power : int
        Power of ten, for example 4 for 10⁴ t to t.
    kind : pa.DataType
        Decimal type of the result.
    percent : bool
        Whether a percent sign may stand behind the number.
    """
    plain = pc.fill_null(pc.match_substring_regex(texts, _PLAIN), False)
    exact = pc.if_else(plain, texts, None).cast(_EXACT)
    moved = pa.decimal128(38, _EXACT.scale - power)
    shifted = pa.Array.from_buffers(moved, len(exact), exact.buffers(), offset=exact.offset)
    values = pc.round(shifted, kind.scale, round_mode="half_to_even").cast(kind)
    odd = pc.and_(pc.invert(plain), pc.is_valid(texts))
    if not pc.any(odd).as_py():
        return Column(values)

    def convert(text: str) -> Decimal:
        return _decimal(text, power, kind.scale, percent)

    rest = by_text(texts, convert, kind, only=odd)
    return Column(pc.if_else(odd, rest.values, values), rest.problems)


def _decimal(text: str, power: int, scale: int, percent: bool) -> Decimal:
    """Read one number that is not written plainly."""
    shown = re.sub(r"\s", "", text).replace("−", "-")
    if shown.endswith("%"):
        if not percent:
            raise TextError("number_percent")
        shown = shown[:-1]
    if _THOUSANDS.fullmatch(shown):
        shown = shown.replace(",", "")
    if not _NUMBER.fullmatch(shown):
        raise TextError("number_invalid")
    try:
        value = Decimal(shown).scaleb(power)
    except InvalidOperation as error:
        raise TextError("number_too_large") from error
    if abs(value) >= _LARGEST:
        raise TextError("number_too_large")
    return value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_EVEN)


def integers(texts: pa.Array) -> Column:
    """Read whole numbers as int32."""
    return by_text(texts, _integer, pa.int32())


def _integer(text: str) -> int:
    try:
        value = _decimal(text, 0, 6, False)
    except TextError as error:
        raise TextError("integer_invalid" if error.rule == "number_invalid" else error.rule) from error
    if value != value.to_integral_value():
        raise TextError("integer_invalid")
    if abs(value) >= 2**31:
        raise TextError("number_too_large")
    return int(value)


def limits(
    values: pa.Array, texts: pa.Array, bounds: Sequence[Decimal | None], shown: Sequence[str]
) -> list[Problem]:
    """Find values outside their bounds (minimum, maximum); `shown` is how the bounds are quoted."""
    problems: list[Problem] = []
    for bound, rule, compare, text in zip(
        bounds, ("value_below", "value_above"), (pc.less, pc.greater), shown, strict=True
    ):
        if bound is None:
            continue
        exact = pa.types.is_decimal(values.type)
        limit = pa.scalar(bound, pa.decimal128(38, 10)) if exact else pa.scalar(float(bound))
        wrong = compare(values, limit).fill_null(False).to_numpy(zero_copy_only=False)
        for at in np.flatnonzero(wrong).tolist():
            problems.append(Problem(at, rule, texts[at].as_py(), {"options": text}))
    return problems
