"""Whole columns of cells as half-width text, and conversions that look at each distinct text once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sources.cells import Cell, as_text

__all__ = ["Column", "Problem", "TextError", "by_text", "text_column"]

BLANKS = ("", "-", "--", "---", "—", "——", "–", "/", "\\", "…", "……", "...", "......")
BLANK_WORDS = (*BLANKS, "na", "n/a", "null", "none", "无")
_MARKS, _WORDS = pa.array(BLANKS, pa.string()), pa.array(BLANK_WORDS, pa.string())


class TextError(ValueError):
    """A text that cannot be what its column wants; carries a rule and what its texts quote."""

    def __init__(self, rule: str, value: Any = None, **quoted: object) -> None:
        super().__init__(rule)
        self.rule, self.value, self.quoted = rule, value, quoted


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell of a column."""

    at: int
    rule: str
    found: str
    quoted: dict[str, object] = field(default_factory=dict)


@dataclass
class Column:
    """Converted values with the problems found on the way."""

    values: pa.Array
    problems: list[Problem] = field(default_factory=list)


def text_column(values: Sequence[Cell] | pa.Array, *, words: bool = True) -> pa.Array:
    """Give cells as half-width text without blanks at the ends; what stands for “no value” as null.

    `words` tells whether 无, NA and the like stand for no value too: among choices they may be one.
    """
    texts = values if isinstance(values, pa.Array) else _strings(values)
    texts = pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFKC"))
    none = pc.is_in(pc.utf8_lower(texts), value_set=_WORDS if words else _MARKS)
    return pc.if_else(none, None, texts)


def _strings(values: Sequence[Cell]) -> pa.Array:
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        try:
            return pa.array(values, pa.string())
        except UnicodeEncodeError:
            return pa.array([str(v).encode("utf-8", "replace").decode() for v in values], pa.string())
    if kinds == {float}:
        return pc.cast(pa.array(values, pa.float64()), pa.string())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Cell) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return as_text(value)


def by_text(
    texts: pa.Array, convert: Callable[[str], Any], kind: pa.DataType, *, only: pa.Array | None = None
) -> Column:
    """Convert each distinct text once; a TextError becomes a problem at every place of the text.

    Parameters
    ----------
    texts : pa.Array
        Half-width texts, null where there is no value.
    convert : callable
        From text to value; may raise TextError, whose `value` is used where it is only a warning.
    kind : pa.DataType
        Type of the values.
    only : pa.Array of bool, optional
        Places to convert; the others become null.
    """
    if only is not None:
        texts = pc.if_else(only, texts, None)
    coded = texts.dictionary_encode()
    values: list[Any] = []
    bad: dict[int, TextError] = {}
    distinct = coded.dictionary.to_pylist()
    for index, text in enumerate(distinct):
        try:
            values.append(convert(text))
        except TextError as error:
            values.append(error.value)
            bad[index] = error
    found = pa.array(values, kind).take(coded.indices) if values else pa.nulls(len(texts), kind)
    problems: list[Problem] = []
    if bad:
        indices = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).tolist()
        for at in (place for place, index in enumerate(indices) if index in bad):
            wrong = bad[indices[at]]
            problems.append(Problem(at, wrong.rule, distinct[indices[at]], wrong.quoted))
    return Column(found, problems)
