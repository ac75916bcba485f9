"""Cells of a bulletin: times of issue, ranges, pollutants and causes as forecasters write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache

from sources import cells
from sources.areas import Areas
from sources.tables import Row
from warehouse import standards

FIRST_DAY = date(2013, 1, 1)
"""No standard set covers days before."""
FARTHEST = 31
"""Days ahead beyond which a forecast is a slip of the pen."""
HIGHEST_PM25 = 2000.0
_POLLUTANTS = {
    "pm2.5": "PM2.5", "pm25": "PM2.5", "细颗粒物": "PM2.5", "pm10": "PM10", "可吸入颗粒物": "PM10", "so2": "SO2",
    "二氧化硫": "SO2", "no2": "NO2", "二氧化氮": "NO2", "o3": "O3", "o3-8h": "O3", "o38h": "O3", "臭氧": "O3", "co": "CO",
    "一氧化碳": "CO",
}  # fmt: skip
_CAUSES = (
    ("local_blowing_dust", re.compile(r"局地扬沙|local[_ ]blowing[_ ]dust")),
    ("dust", re.compile(r"沙尘|浮尘|扬沙|dust")),
    ("wildfire_smoke", re.compile(r"山火|林火|野火|wildfire")),
    ("cross_border", re.compile(r"境外|cross[_ -]?border")),
    ("o3", re.compile(r"臭氧|\bo3\b")),
)
_DENIED = re.compile(r"(?:非|无|没有|不受|未受|排除|\bno |\bnot |\bnon-?)(?:明显|强)?$")
_RANGE = re.compile(
    r"(?:AQI)?[:：]?\s*(\d+(?:\.\d+)?)\s*(?:[-‐‑‒–—―−~～∼〜]{1,2}|至|到)\s*(\d+(?:\.\d+)?)", re.IGNORECASE
)
_MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_CODE_AS_NUMBER = re.compile(r"(\d{6})\.0+", re.ASCII)


class CellWrongError(ValueError):
    """A cell that is wrong in a way of its own."""

    def __init__(self, code: str, text: object, item: str = "") -> None:
        super().__init__(code)
        self.code, self.text, self.item = code, text, item


def text_or_none(cell: cells.Cell) -> str | None:
    """Give the text of a cell, None where it stands for no value."""
    return None if cells.is_blank(cell) else cells.as_text(cell)


def issued_at(cell: cells.Cell) -> datetime:
    """Read the time of issue: a date and time to the minute, or a date alone."""
    try:
        moment = cells.as_moment(cell)
    except cells.CellError as error:
        day = cells.as_day(cell) if error.code == "hour_missing" else None
        if day is None:
            raise
        moment = datetime.combine(day, time())
    if moment is None:
        raise cells.CellError("cell_required")
    return moment


def city_code(row: Row, areas: Areas) -> str:
    """Find the city of a line by code or name; where both are given they must agree."""
    code, name = (cells.as_text(row.cells.get(part)) for part in ("city_code", "city_name"))
    given = [_CODE_AS_NUMBER.sub(r"\1", text) for text in (code, name) if text]
    if not given:
        raise cells.CellError("cell_required")
    found = [
        areas.of_code(text) or areas.of_name(text) or areas.of_name(_provinces().sub("", text))
        for text in given
    ]
    for text, area in zip(given, found, strict=True):
        if area is None or area.kind != "city":
            raise CellWrongError("city_unknown", text)
    if len({area.code for area in found if area is not None}) > 1:
        raise CellWrongError("area_differs", f"{code}, {name}")
    return str(found[0].code) if found[0] is not None else ""


@cache
def _provinces() -> re.Pattern[str]:
    """Match a province written before its city, with or without 省."""
    names = sorted(standards.load("city")["province_zh"].dropna().unique(), key=len, reverse=True)
    parts = (re.escape(n.removesuffix("省")) + "省?" for n in names)
    return re.compile(f"^(?:{'|'.join(parts)}) *(?=.)")


def forecast_day(cell: cells.Cell, issued: datetime) -> date:
    """Read the day a line is for: the day of issue, or one of those after it; the year may be left out."""
    short = _MONTH_AND_DAY.fullmatch(cells.as_text(cell)) if isinstance(cell, str) else None
    day = _next(int(short[1]), int(short[2]), issued.date()) if short else cells.as_day(cell)
    if day is None:
        raise cells.CellError("cell_required")
    if day < FIRST_DAY or not 0 <= (day - issued.date()).days <= FARTHEST:
        raise CellWrongError("forecast_day", f"{day}（{issued:%Y-%m-%d %H:%M}）")
    return day


def _next(month: int, number: int, issued: date) -> date:
    """Give the first such day from the day of issue on."""
    for year in (issued.year, issued.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= issued:
            return day
    raise cells.CellError("value_not_day")


def aqi_range(row: Row) -> tuple[int, int]:
    """Read both ends of the AQI, from two cells or from one range; a single value is both."""
    low, high = (_whole(row.cells.get(name), name) for name in ("aqi_low", "aqi_high"))
    if low is None and high is None:
        text = cells.as_text(row.cells.get("aqi_range"))
        if not text:
            raise CellWrongError("cell_required", "", "aqi_high")
        found = _RANGE.fullmatch(text)
        ends = found.groups() if found else (text, text)
        low, high = (_whole(end, "aqi_range") for end in ends)
    low, high = (high if low is None else low), (low if high is None else high)
    if low is None or high is None:
        raise CellWrongError("cell_required", "", "aqi_high")
    if low > high:
        raise CellWrongError("range_reversed", f"{low} – {high}", "aqi_low")
    return low, high


def _whole(cell: cells.Cell, item: str) -> int | None:
    try:
        value = cells.as_number(cell)
    except cells.CellError as error:
        raise CellWrongError(error.code, cells.as_text(cell), item) from None
    if value is not None and not (value.is_integer() and 0 <= value <= 500):
        raise CellWrongError("aqi_not_whole", cells.as_text(cell), item)
    return None if value is None else int(value)


def primary_pollutants(cell: cells.Cell) -> str | None:
    """Read the primary pollutants, in the usual order and joined by commas."""
    if cells.is_blank(cell):
        return None
    found = set()
    for word in re.split(
        r"[,，、;；/+和与及或\s]+", re.sub(r"[（(]|[)）]", " ", cells.as_text(cell)).strip()
    ):
        name = _POLLUTANTS.get(word.lower().replace("_", "-"))
        if word and name is None and word.lower() != "8h":
            raise CellWrongError("pollutant_unknown", word)
        found |= {name} if name else set()
    return ",".join(p for p in standards.POLLUTANTS if p in found) or None


def pm25_range(row: Row) -> tuple[float | None, float | None]:
    """Read both ends of PM2.5, from two cells or from one range [µg/m³]; a single value is both."""
    low, high = (_pm25(row.cells.get(name), name) for name in ("pm25_low_ugm3", "pm25_high_ugm3"))
    if low is None and high is None:
        text = cells.as_text(row.cells.get("pm25_range_ugm3"))
        found = _RANGE.fullmatch(text)
        low, high = (_pm25(end, "pm25_range_ugm3") for end in (found.groups() if found else (text, text)))
    low, high = (high if low is None else low), (low if high is None else high)
    if low is not None and high is not None and low > high:
        raise CellWrongError("range_reversed", f"{low:g} – {high:g}", "pm25_low_ugm3")
    return low, high


def _pm25(cell: cells.Cell, item: str) -> float | None:
    try:
        value = cells.as_number(cell)
    except cells.CellError as error:
        raise CellWrongError(error.code, cells.as_text(cell), item) from None
    if value is not None and not 0 <= value <= HIGHEST_PM25:
        raise CellWrongError("value_impossible", cells.as_text(cell), item)
    return value


def cause_kind(cause: str | None) -> str | None:
    """Recognise a cause that may keep a day from counting; a denied one (非沙尘) is none."""
    text = (cause or "").lower()
    for kind, pattern in _CAUSES:
        found = pattern.search(text)
        if found and not _DENIED.search(text[: found.start()]):
            return kind
    return None
