"""Single cells of a table: what a person wrote, as a number, a day, an hour or a text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

__all__ = [
    "Cell",
    "CellError",
    "as_day",
    "as_hour",
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
_CLOCK = re.compile(r"T?(\d{1,2})(?:(?::(\d{2})(?::(\d{2})(?:\.0+)?)?)|时(?:(\d{1,2})分)?|)", re.ASCII)
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
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        return _whole(cell)
    if isinstance(cell, date):
        # A spreadsheet gives midnight and a bare date alike; guessing would shift a period by a day.
        raise CellError("hour_missing")
    if isinstance(cell, float):
        return _whole(_from_serial(cell))
    text = as_text(cell) if not isinstance(cell, bool) else ""
    found = _DAY.match(text)
    if not found:
        raise CellError("value_not_hour")
    rest = text[found.end() :].strip()
    if not rest:
        raise CellError("hour_missing")
    return _whole(_at_clock(_day_of(found), rest))


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


def _at_clock(day: date, text: str) -> datetime:
    found = _CLOCK.fullmatch(text)
    if not found:
        raise CellError("value_not_hour")
    hour, *rest = (int(part or 0) for part in found.groups())
    if hour > 24 or (hour == 24 and any(rest)) or any(part > 59 for part in rest):
        raise CellError("value_not_hour")
    if any(rest):
        raise CellError("hour_not_whole")
    return datetime.combine(day, time()) + timedelta(hours=hour)


def _from_serial(serial: float) -> datetime:
    try:
        hours = round(serial * 24, 3)
        moment = _EXCEL_EPOCH + timedelta(hours=hours)
    except (OverflowError, ValueError) as error:
        raise CellError("value_not_hour") from error
    _within(moment.date())
    if hours != int(hours):
        raise CellError("hour_not_whole")
    return moment


def _whole(moment: datetime) -> datetime:
    _within(moment.date())
    if moment.minute or moment.second or moment.microsecond:
        raise CellError("hour_not_whole")
    return moment.replace(tzinfo=None)
