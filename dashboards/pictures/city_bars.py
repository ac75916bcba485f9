"""The AQI of a day by city, highest first: official colours, each with its figure and word."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import aqi_colours
from dashboards.pictures.aqi_chart import WIDTH, Chart
from dashboards.pictures.aqi_days import HATCHES, level_of
from dashboards.pictures.sheet import GREY, INK, Sheet
from dashboards.pictures.wrap import fitted
from warehouse.standards.marks import EXERCISE

_LEFT, _RIGHT, _TOP, _ROW = 190, 940, 130, 44
_MOST = 40
_STEPS = (100, 200, 300)


def city_bars(day: str, region: str, cities: Sequence[Mapping[str, Any]], *, exercise: bool = False) -> Chart:
    """Draw the AQI of the cities of a region.

    Parameters
    ----------
    day, region : str
    cities : sequence of mapping
        ``name_zh, aqi``; a city without AQI is told as missing.
    exercise : bool
        Simulated or replayed: marked 【演练】.
    """
    mark = EXERCISE if exercise else ""
    rows = sorted(
        ((one_line(c.get("name_zh"), 40), c.get("aqi")) for c in cities),
        key=lambda row: (row[1] is None, -(row[1] or 0), row[0]),
    )
    shown = rows[:_MOST]
    title = f"{mark}{one_line(region, 30)} {one_line(day, 20)} 各城市 AQI"
    sheet = Sheet(WIDTH, _TOP + _ROW * max(len(shown), 1) + 60)
    sheet.text(40, 56, fitted(title, 34, WIDTH - 80), 34, bold=True)
    sheet.text(40, 94, "AQI by city; hatched: heavily polluted or worse　斜纹：重度及以上", 20, colour=GREY)
    if not shown:
        sheet.text(WIDTH / 2, _TOP + 40, "没有城市 no cities", 28, colour=GREY, align="center")
    _axis(sheet, len(shown), max([350, *(aqi for _, aqi in shown if aqi is not None)]))
    for number, (name, aqi) in enumerate(shown):
        _bar(sheet, _TOP + number * _ROW, name, aqi, max([350, *(a for _, a in shown if a is not None)]))
    told = "，".join(
        f"{name} 无数据" if aqi is None else f"{name} {aqi} {aqi_colours()[level_of(aqi)][1]}"
        for name, aqi in rows
    )
    return Chart(sheet.png(64), f"{title}：{told or '没有城市 no cities'}")


def _x(aqi: float, top: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * aqi / top


def _axis(sheet: Sheet, n: int, top: float) -> None:
    bottom = _TOP + n * _ROW
    for aqi in _STEPS:
        sheet.line([(_x(aqi, top), _TOP - 4), (_x(aqi, top), bottom)], "#BBBBBB", dashed=True)
        sheet.text(_x(aqi, top), bottom + 30, str(aqi), 20, colour=GREY, align="center")
    sheet.line([(_LEFT, _TOP - 4), (_LEFT, bottom)], INK, width=2)


def _bar(sheet: Sheet, y: float, name: str, aqi: int | None, top: float) -> None:
    sheet.text(_LEFT - 12, y + 30, fitted(name, 24, _LEFT - 24), 24, align="right")
    if aqi is None:
        sheet.text(_LEFT + 12, y + 30, "无数据 no data", 22, colour=GREY)
        return
    level = level_of(aqi)
    colour, zh, _ = aqi_colours()[level]
    sheet.box(
        _LEFT, y + 5, _x(aqi, top) - _LEFT, _ROW - 10, fill=colour, edge="#333333",
        hatch=HATCHES.get(level),
    )  # fmt: skip
    sheet.text(_x(aqi, top) + 10, y + 31, f"{aqi} {zh}", 23, halo=True)
