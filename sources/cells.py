"""Single cells of a table: what a person wrote, as a number, a day, an hour, a moment or a text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

__all__ = [
    "Cell",
    "CellError",
    "as_day",
    "as_hour",
    "as_line",
    "as_moment",
    "as_number",
    "as_text",
    "heading_key",
    "heading_unit",
    "is_blank",
]

Cell = str | float | int | bool | date | datetime | time | timedelta | None

# How people write "no value"; everything here counts as missing, never as zero.
_BLANKS = {"", "-", "--", "---", "—", "——", "–", "/", "na", "n/a", "nan", "null", "none", "无"}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII
)
_CLOCK = re.compile(r"T?\s*(\d{1,2})(?:(?::|时|点)(?:(\d{1,2})(?::(\d{2}(?:\.\d+)?))?分?)?)?", re.ASCII)
_JOINERS = "\u200c\u200d"
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# Day 0 of the Excel 1900 system as it counts from March 1900 on.
_EXCEL_EPOCH = datetime(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)
_UNITS = {
    "ug/m3": "µg/m³",
    "μg/m3": "µg/m³",
    "微克/立方米": "µg/m³",
    "mg/m3": "mg/m³",
    "毫克/立方米": "mg/m³",
}


class CellError(ValueError):
    """A cell that cannot be read; carries a reason code of `sources.reasons`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def as_text(cell: Cell) -> str:
    """Give a cell as trimmed half-width text; whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip()


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell stands for “no value”."""
    return as_text(cell).lower() in _BLANKS


def as_number(cell: Cell, *, percent: bool = False) -> float | None:
    """Read a finite number; full-width digits, blanks within and thousands separators are allowed.

    Raises
    ------
    CellError
        The cell is not a number.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, bool | date | time | timedelta):
        raise CellError("value_not_number")
    text = re.sub(r"\s", "", as_text(cell)).replace("−", "-").lower()
    if percent:
        text = text.removesuffix("%")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise CellError("value_not_number")
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise CellError("value_not_number")
    return value


def as_day(cell: Cell) -> date | None:
    """Read a day: a date cell, an Excel serial number, 2019-01-01, 2019/1/1, 20190101 or 2019年1月1日.

    Raises
    ------
    CellError
        The cell is not a day, or a day outside 1980–2100.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CellError("value_not_day")
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    text = re.sub(r"\s", "", as_text(cell)) if not isinstance(cell, bool) else ""
    if re.fullmatch(r"\d{5}", text, re.ASCII):
        return _within((_EXCEL_EPOCH + timedelta(days=int(text))).date())
    if text.endswith("00:00:00"):
        text = text.removesuffix("00:00:00").removesuffix("T")
    found = _DAY.fullmatch(text)
    if not found:
        raise CellError("value_not_day")
    return _day_of(found)


def as_hour(cell: Cell) -> datetime | None:
    """Read the end of an hour, Beijing time: 2026-04-10 03:00, 2026/4/10 3时, 2026-04-10 24:00.

    Raises
    ------
    CellError
        The cell is not a time, names no hour, or is not a whole hour.
    """
    # A thousandth of an hour: what a spreadsheet computed may miss the hour by a few seconds.
    found = _time_of(cell, "value_not_hour", steps=24_000)
    if found is not None and (found.minute or found.second or found.microsecond):
        raise CellError("hour_not_whole")
    return found


def as_moment(cell: Cell) -> datetime | None:
    """Read a moment to the minute, Beijing time: 2026-12-03 08:25, 2026年12月3日8时25分; seconds are dropped.

    Raises
    ------
    CellError
        The cell is not a time, or is a day alone.
    """
    found = _time_of(cell, "value_not_moment", steps=1440)
    return None if found is None else found.replace(second=0, microsecond=0)


def _time_of(cell: Cell, wrong: str, steps: int) -> datetime | None:
    """Read a time; a number of a spreadsheet to one of so many ``steps`` of its day."""
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        _within(cell.date())
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        # A spreadsheet gives midnight and a bare date alike; guessing would shift a period by a day.
        raise CellError("hour_missing")
    # Larger numbers are digits that a spreadsheet took for a number: 2026041003.
    if isinstance(cell, float) and cell < 100_000:
        return _of_serial(cell, wrong, steps)
    text = as_text(cell) if not isinstance(cell, bool) else ""
    found = _DAY.match(text)
    if not found:
        raise CellError(wrong)
    rest = text[found.end() :].strip()
    if not rest:
        raise CellError("hour_missing")
    return _at_clock(_day_of(found), rest, wrong)


def as_line(cell: Cell, limit: int | None = None) -> str:
    """Give what a person wrote as one line of visible text, longer ones cut at ``limit`` characters with an ellipsis.

    Control characters and line ends become blanks, marks that turn the reading direction go, lone surrogates become
    U+FFFD; joiners inside names stay.
    """
    text = cell if isinstance(cell, str) else as_text(cell)
    line = " ".join("".join(map(_visible, text)).split())
    return line if limit is None or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cs":
        return "\ufffd"
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind == "Cf" and letter not in _JOINERS else letter


def heading_key(cell: Cell) -> str:
    """Reduce a heading to what identifies it: half-width, lower case, no blanks, no bracketed unit."""
    text = re.sub(r"[\s_]", "", as_text(cell)).lower()
    return _BRACKETS.sub("", text) or text


def heading_unit(cell: Cell) -> str | None:
    """Give the unit in brackets of a heading (“µg/m³”, “mg/m³”), or None where there is none."""
    text = re.sub(r"\s", "", as_text(cell)).lower()
    return next((_UNITS[part] for part in _BRACKETS.findall(text) if part in _UNITS), None)


def _day_of(found: re.Match[str]) -> date:
    year, _, *parts = found.groups()
    month, day = (int(part) for part in parts if part is not None)
    try:
        named = date(int(year), month, day)
    except ValueError as error:
        raise CellError("value_not_day") from error
    return _within(named)


def _within(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise CellError("day_out_of_range")
    return day


def _at_clock(day: date, text: str, wrong: str) -> datetime:
    found = _CLOCK.fullmatch(text)
    if not found:
        raise CellError(wrong)
    hour, minute = int(found[1]), int(found[2] or 0)
    second = float(found[3] or 0)
    if hour > 24 or (hour == 24 and (minute or second)) or minute > 59 or second >= 60:
        raise CellError(wrong)
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute, seconds=second)


def _of_serial(serial: float, wrong: str, steps: int) -> datetime:
    try:
        moment = _EXCEL_EPOCH + round(serial * steps) * (timedelta(days=1) / steps)
    except (OverflowError, ValueError) as error:
        raise CellError(wrong) from error
    _within(moment.date())
    return moment
