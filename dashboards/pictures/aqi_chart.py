"""The chart of a warning: what the AQI of a city was, what is forecast with its range, and when the warning holds.

Colours of the AQI are the official ones, each beside the word of its level; stripes mark heavy pollution. The colour of the
warning is another scale: it stands at the top of the period, with its words, never in a legend with the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import aqi_colours
from dashboards.pictures.aqi_days import HATCHES, Day, Period, days_of, level_of
from dashboards.pictures.chart_text import alt_text
from dashboards.pictures.font import width
from dashboards.pictures.sheet import GREY, INK, Sheet
from dashboards.pictures.wrap import fitted
from warehouse.standards.marks import EXERCISE
from warehouse.standards.warning_words import BADGES

__all__ = ["Chart", "Period", "aqi_chart"]

WIDTH, HEIGHT = 1200, 740
"""Twice the size it is shown at [px]."""
LINES = (150, 200, 300)
"""AQI above which warnings count days."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 1062, 168, 556
_SHORT = {1: "优", 2: "良", 3: "轻", 4: "中", 5: "重", 6: "严"}


@dataclass(frozen=True)
class Chart:
    """A picture and the text that says the same."""

    png: bytes
    alt: str


def aqi_chart(
    city: str,
    observed: Sequence[Mapping[str, Any]],
    forecast: Sequence[Mapping[str, Any]],
    *,
    period: Period | None = None,
    source: str = "",
    exercise: bool = False,
) -> Chart:
    """Draw the chart.

    Parameters
    ----------
    city : str
    observed : sequence of mapping
        ``day, aqi``; a day without AQI is told as missing.
    forecast : sequence of mapping
        ``day, aqi, aqi_low, aqi_high``; days that were observed are passed over.
    period : Period, optional
        When the warning holds.
    source : str
        Where the forecast is from.
    exercise : bool
        Simulated or replayed: marked 【演练】.
    """
    days = days_of(observed, forecast)
    name = one_line(city, 30)
    sheet = Sheet(WIDTH, HEIGHT)
    _head(sheet, name, days, source, exercise)
    if days:
        _Plot(sheet, days).draw(period)
    else:
        sheet.box(_LEFT, _TOP, _RIGHT - _LEFT, _BOTTOM - _TOP, fill="#F4F5F7", edge="#BBBBBB")
        sheet.text(WIDTH / 2, 370, "没有实况，也没有预报  no data", 32, colour=GREY, align="center")
    return Chart(sheet.png(64), alt_text(name, days, period, exercise=exercise))


def _head(sheet: Sheet, city: str, days: Sequence[Day], source: str, exercise: bool) -> None:
    x = float(_LEFT)
    if exercise:
        wide = width(EXERCISE, 30) + 12
        sheet.box(x, 22, wide, 46, fill="#4B0082")
        sheet.text(x + wide / 2, 57, EXERCISE, 30, colour="#FFFFFF", align="center", bold=True)
        x += wide + 14
    past = sum(not d.forecast for d in days)
    title = f"{city} AQI：近 {past} 天实况与预报" if past else f"{city} AQI 预报"
    sheet.text(x, 57, fitted(title, 34, WIDTH - 30 - x), 34, bold=True)
    said = "observed and forecast AQI" + (f"　预报 forecast：{one_line(source, 80)}" if source else "")
    sheet.text(_LEFT, 96, fitted(said, 20, WIDTH - 30 - _LEFT), 20, colour=GREY)


class _Plot:
    """The part with axes."""

    def __init__(self, sheet: Sheet, days: Sequence[Day]) -> None:
        self.sheet, self.days = sheet, days
        top = max([330, *(d.high + 25 for d in days if d.high is not None)])
        self.top = min(top, 525)
        self.slot = (_RIGHT - _LEFT) / len(days)

    def y(self, aqi: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * min(aqi, self.top) / self.top

    def draw(self, period: Period | None) -> None:
        if period:
            self._band(period)
        self._lines()
        for number, day in enumerate(self.days):
            self._day(number, day)
        self._border()
        self._days_below()
        self._legend()

    def _band(self, period: Period) -> None:
        """Shade the period; its strip at the top has the colour and the words of the warning."""
        zero = datetime.combine(self.days[0].day, datetime.min.time())
        whole = _RIGHT - _LEFT
        ends = [
            whole if moment is None else (moment - zero) / timedelta(days=1) * self.slot
            for moment in (period.start, period.end)
        ]
        left, right = (_LEFT + min(max(x, 0.0), whole) for x in ends)
        if right <= left:
            return
        zh, en, colour, _ = BADGES.get(period.level, BADGES["none"])
        self.sheet.box(left, _TOP, right - left, _BOTTOM - _TOP, fill="#E9EBF5")
        self.sheet.box(left, _TOP - 12, right - left, 12, fill=colour, edge="#333333")
        words = f"{zh}预警期 {en} warning" + ("" if period.end else "（解除另行通知 end open）")
        wide = width(words, 22)
        middle = min(max((left + right) / 2, _LEFT + wide / 2), _RIGHT - wide / 2)
        self.sheet.text(middle, _TOP - 22, words, 22, align="center", bold=True)

    def _lines(self) -> None:
        for aqi in (50, 100, 400, 500):
            if aqi < self.top:
                self.sheet.line([(_LEFT, self.y(aqi)), (_RIGHT, self.y(aqi))], "#DDDDDD")
                self.sheet.text(_LEFT - 8, self.y(aqi) + 7, str(aqi), 20, colour=GREY, align="right")
        for aqi in LINES:
            self.sheet.line([(_LEFT, self.y(aqi)), (_RIGHT, self.y(aqi))], INK, width=1.6, dashed=True)
            self.sheet.text(_LEFT - 8, self.y(aqi) + 7, str(aqi), 20, align="right", bold=True)
            word = aqi_colours()[level_of(aqi + 1)][1].removesuffix("污染")
            self.sheet.text(_RIGHT + 8, self.y(aqi) + 7, f"＞{aqi} {word}", 20)
        self.sheet.line([(_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)], INK, width=2)

    def _day(self, number: int, day: Day) -> None:
        middle = _LEFT + (number + 0.5) * self.slot
        if day.high is None or day.low is None:
            self.sheet.text(middle, _BOTTOM - 10, "缺", 20, colour=GREY, align="center")
            return
        wide = min(self.slot * 0.72, 60.0)
        level = level_of(day.high)
        top, bottom = self.y(day.high), self.y(day.low) if day.forecast else float(_BOTTOM)
        if bottom - top < 5:
            top, bottom = top - 2.5, top + 2.5
        self.sheet.box(
            middle - wide / 2, top, wide, bottom - top, fill=aqi_colours()[level][0], edge="#333333",
            line=2.2 if day.forecast else 1.0, dashed=day.forecast, hatch=HATCHES.get(level),
        )  # fmt: skip
        size = 21 if self.slot > 40 else 16
        self.sheet.text(middle, top - 6, str(day.high), size, align="center", halo=True)
        if day.forecast and day.low != day.high:
            self.sheet.text(middle, bottom + size, str(day.low), size, align="center", halo=True)

    def _border(self) -> None:
        """Part what was observed from what is forecast."""
        past = sum(not d.forecast for d in self.days)
        if 0 < past < len(self.days):
            x = _LEFT + past * self.slot
            self.sheet.line([(x, _TOP - 2), (x, _BOTTOM + 104)], INK, width=2)
            self.sheet.text(x - 10, _BOTTOM + 98, "实况 observed", 20, align="right")
            self.sheet.text(x + 10, _BOTTOM + 98, "预报 forecast", 20)

    def _days_below(self) -> None:
        for number, day in enumerate(self.days):
            middle = _LEFT + (number + 0.5) * self.slot
            self._chip(middle, day)
            size = 21 if self.slot > 40 else 16
            self.sheet.text(middle, _BOTTOM + 66, str(day.day.day), size, align="center")
            if number == 0 or (day.day.day == 1 and not self._crowded(number)):
                self.sheet.text(middle, _BOTTOM + 98, f"{day.day.month}月", 20, colour=GREY, align="center")

    def _crowded(self, number: int) -> bool:
        """Tell whether the words on both sides of the border stand below a day."""
        return abs(number - sum(not d.forecast for d in self.days)) * self.slot < 160

    def _chip(self, middle: float, day: Day) -> None:
        """The level as a word, on its colour."""
        if day.high is None or day.low is None:
            return
        level, low = level_of(day.high), level_of(day.low)
        said = _SHORT[level] if low == level else f"{_SHORT[low]}{_SHORT[level]}"
        wide = min(self.slot - 4, 90.0)
        self.sheet.box(middle - wide / 2, _BOTTOM + 8, wide, 34, fill=aqi_colours()[level][0], edge="#333333")
        size = min(22.0, wide / len(said) * 0.9)
        ink = "#FFFFFF" if level >= 5 else "#000000"
        self.sheet.text(middle, _BOTTOM + 33, said, size, colour=ink, align="center")

    def _legend(self) -> None:
        zh = "实线框：日 AQI 实况；虚线框：预报下限至上限，按上限着色；斜纹：重度及以上"
        en = "solid: observed daily AQI; dashed: forecast range, coloured by its upper end; hatched: heavily polluted or worse"
        self.sheet.text(_LEFT, HEIGHT - 48, fitted(zh, 19, WIDTH - 80), 19, colour=GREY)
        self.sheet.text(_LEFT, HEIGHT - 20, fitted(en, 18, WIDTH - 80), 18, colour=GREY)
