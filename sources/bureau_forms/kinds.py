"""Texts of a column as what its kind says: codes, years, months, days, choices, yes or no."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources import cells
from sources.bureau_forms.forms import FormColumn, choice_key
from sources.bureau_forms.texts import Column, TextError, by_text
from sources.bureau_forms.words import span_of

__all__ = ["choices", "codes", "days", "flags", "months", "periods", "years"]

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {letter: index for index, letter in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BYTES = np.zeros(256, np.uint8)
_BYTES[np.frombuffer(_ALPHABET.encode(), np.uint8)] = np.arange(31)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d{1,3}", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(0?[1-9]|1[0-2])月?份?", re.ASCII)
_SPAN = re.compile(
    r"(\d{4})(?:年|[-/.](?=\d{1,2}(?:月|\.\.)))(0?[1-9]|1[0-2])月?(?:-|–|—|~|～|至|到|\.\.)(0?[1-9]|1[0-2])月?份?(?:累计)?",
    re.ASCII,
)
_PLAIN_MONTH = re.compile(r"(\d{4})(0[1-9]|1[0-2])", re.ASCII)
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?", re.ASCII)
_YEAR_WORDS = re.compile(r"(\d{4})(?:年度?|\.0+)?", re.ASCII)
_FIRST, _LAST = 1980, 2100
_EPOCH = date(1899, 12, 30)
_TRUE = {"是", "1", "y", "yes", "true", "√", "✓", "✔", "有", "对", "t", "☑", "1.0"}
_FALSE = {"否", "0", "n", "no", "false", "×", "✗", "✘", "x", "无", "错", "f", "☐", "不是", "0.0"}


def codes(texts: pa.Array) -> Column:
    """Read unified social credit codes; a wrong check character (GB 32100) is only a warning."""
    right = _right(texts)
    if pc.all(pc.or_(right, pc.is_null(texts))).as_py():
        return Column(texts)
    rest = by_text(texts, _code, pa.string(), only=pc.invert(right))
    return Column(pc.if_else(right, texts, rest.values), rest.problems)


def _right(texts: pa.Array) -> pa.Array:
    """Tell which codes are well written and have the right check character."""
    right = pc.fill_null(pc.match_substring_regex(texts, f"^[{_ALPHABET}]{{18}}$"), False)
    here = np.flatnonzero(right.to_numpy(zero_copy_only=False))
    letters = "".join(texts.take(pa.array(here)).to_pylist()).encode("ascii")
    values = _BYTES[np.frombuffer(letters, np.uint8).reshape(-1, 18)]
    fits = (values.astype(np.int64) @ np.array([*_WEIGHTS, 1])) % 31 == 0
    found = np.zeros(len(texts), dtype=bool)
    found[here[fits]] = True
    return pa.array(found)


def _code(text: str) -> str:
    shown = re.sub(r"[\s'\u200b]", "", text)
    # Exports keep a code a text by writing it as the formula ="…".
    shown = re.sub(r'^="(.*)"$', r"\1", shown)
    if _SCIENTIFIC.fullmatch(shown):
        raise TextError("code_scientific")
    if len(shown) != 18:
        raise TextError("code_length", n=len(shown))
    upper = shown.upper()
    if any(letter not in _VALUE for letter in upper):
        raise TextError("code_characters")
    total = sum(_VALUE[letter] * weight for letter, weight in zip(upper[:17], _WEIGHTS, strict=True))
    if _ALPHABET[-total % 31] != upper[17]:
        raise TextError("code_check", upper)
    if upper != shown:
        raise TextError("code_case", upper)
    return upper


def years(texts: pa.Array, latest: int | None) -> Column:
    """Read years; `latest` is the last year that has begun, None where a year may lie ahead."""
    return by_text(texts, functools.partial(_year, latest=latest), pa.int32())


def _year(text: str, latest: int | None) -> int:
    shown = re.sub(r"\s", "", text)
    found = _YEAR_WORDS.fullmatch(shown) or _MOMENT.fullmatch(text)
    if not found or not _FIRST <= int(found[1]) <= _LAST:
        raise TextError("year_invalid")
    value = int(found[1])
    if latest is not None and value > latest:
        raise TextError("year_future")
    if text != found[1] and not text.endswith(".0"):
        raise TextError("year_text", value, item=value)
    return value


def months(texts: pa.Array, latest: str | None) -> Column:
    """Read months as 2026-09, and a span from January on as 2026-01..09."""
    return by_text(texts, functools.partial(_month, latest=latest), pa.string())


def _month(text: str, latest: str | None) -> str:
    value, warning = _read_month(text)
    last = value[:5] + value[-2:]
    if latest is not None and last > latest:
        raise TextError("month_future")
    if warning:
        raise TextError("date_serial", value, item=value)
    return value


def _read_month(text: str) -> tuple[str, bool]:
    shown = re.sub(r"\s", "", text)
    if found := _SPAN.fullmatch(shown):
        year, first, last = found.groups()
        if int(first) > 1 and first != last:
            raise TextError("month_invalid")
        return _within(f"{year}-{int(last):02d}" if first == last else f"{year}-01..{int(last):02d}"), False
    # 2026.1 in a number cell may have been 2026.10.
    found = _MONTH.fullmatch(shown) or _PLAIN_MONTH.fullmatch(shown)
    if found and not re.fullmatch(r"\d{4}\.\d", shown, re.ASCII):
        return _within(f"{found[1]}-{int(found[2]):02d}"), False
    try:
        day = cells.as_day(shown if not _MOMENT.fullmatch(text) else text)
    except cells.CellError as error:
        raise TextError("month_invalid") from error
    if day is None or day.day != 1:
        raise TextError("month_invalid")
    return f"{day:%Y-%m}", shown.isdigit() and len(shown) == 5


def _within(month: str) -> str:
    if not _FIRST <= int(month[:4]) <= _LAST:
        raise TextError("month_invalid")
    return month


def periods(texts: pa.Array, latest: str | None) -> Column:
    """Read periods: 2026, 2026-09 or, from January on, 2026-01..09."""

    def convert(text: str) -> str:
        shown = re.sub(r"\s", "", text)
        if (found := _YEAR_WORDS.fullmatch(shown)) and _FIRST <= int(found[1]) <= _LAST:
            if latest is not None and found[1] > latest[:4]:
                raise TextError("year_future")
            return found[1]
        return _month(text, latest)

    return by_text(texts, convert, pa.string())


def days(texts: pa.Array) -> Column:
    """Read days; a serial number of Excel is read with a warning."""
    return by_text(texts, _day, pa.date32())


def _day(text: str) -> date:
    if re.fullmatch(r"\d{5}", text, re.ASCII):
        value = _EPOCH + timedelta(days=int(text))
        if not _FIRST <= value.year <= _LAST:
            raise TextError("day_invalid")
        raise TextError("date_serial", value, item=value)
    try:
        found = cells.as_day(text)
    except cells.CellError as error:
        raise TextError("day_invalid") from error
    if found is None:
        raise TextError("day_invalid")
    return found


def choices(texts: pa.Array, column: FormColumn) -> Column:
    """Read choices written as code, in Chinese or in English; a period kind also as 1—本月."""
    if column.name == "period_kind":
        ways = dict(column.choices)
        spans = {text: kind for text in pc.unique(texts).to_pylist() if text and (kind := span_of(text))}
        ways |= {choice_key(text): kind for text, kind in spans.items()}
        return by_text(texts, functools.partial(_choice, ways=ways, options=column.options), pa.string())
    return by_text(
        texts, functools.partial(_choice, ways=column.choices, options=column.options), pa.string()
    )


def _choice(text: str, ways: Mapping[str, str], options: str) -> str:
    found = ways.get(choice_key(text))
    if found is None:
        raise TextError("choice_unknown", options=options or "、".join(sorted(set(ways.values()))[:20]))
    return found


def flags(texts: pa.Array) -> Column:
    """Read yes or no."""
    return by_text(texts, _flag, pa.bool_())


def _flag(text: str) -> bool:
    word = text.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise TextError("flag_unknown")
