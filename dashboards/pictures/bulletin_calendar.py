"""A month of a region: one cell a city and day in the official colour, with the AQI; heavy days are hatched."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import aqi_colours
from dashboards.pictures.aqi_chart import Chart
from dashboards.pictures.aqi_days import HATCHES, level_of
from dashboards.pictures.sheet import GREY, Sheet
from dashboards.pictures.wrap import fitted
from warehouse.standards.marks import EXERCISE

_LEFT, _TOP, _CELL, _ROW, _MOST = 130, 140, 45, 42, 40
_LEGEND = 160
"""Room for one level in the legend [px]."""
_DARK = frozenset({4, 5, 6})


def bulletin_calendar(
    period: str, region: str, rows: Sequence[Mapping[str, Any]], *, exercise: bool = False
) -> Chart:
    """Draw a month.

    Parameters
    ----------
    period, region : str
    rows : sequence of mapping
        ``city_code, name_zh, day, aqi``, every city with the same days in order.
    exercise : bool
        Simulated or replayed: marked 【演练】.
    """
    mark = EXERCISE if exercise else ""
    title = f"{mark}{one_line(region, 30)}{one_line(period, 30)}逐日AQI"
    cities: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        cities.setdefault(str(row["city_code"]), []).append(row)
    shown = list(cities.values())[:_MOST]
    n_days = max((len(days) for days in shown), default=1)
    width = max(_LEFT + n_days * _CELL + 30, _LEFT + _LEGEND * len(aqi_colours()))
    sheet = Sheet(width, _TOP + _ROW * max(1, len(shown)) + 74)
    sheet.text(30, 52, fitted(title, 34, width - 60), 34, bold=True)
    sheet.text(30, 92, "数字为AQI；斜纹：重度及以上；空格：无有效AQI　AQI by city and day", 20, colour=GREY)
    if not shown:
        sheet.text(width / 2, _TOP + 30, "没有数据 no data", 26, colour=GREY, align="center")
    for number, day in enumerate(shown[0] if shown else []):
        sheet.text(
            _LEFT + (number + 0.5) * _CELL, _TOP - 10, str(day["day"].day), 19, colour=GREY, align="center"
        )
    for line, days in enumerate(shown):
        _row(sheet, _TOP + line * _ROW, days)
    _legend(sheet, _TOP + len(shown) * _ROW + 24)
    return Chart(sheet.png(256), f"{title}：{_told(list(cities.values())) or '没有数据 no data'}")


def _row(sheet: Sheet, y: float, days: Sequence[Mapping[str, Any]]) -> None:
    sheet.text(
        _LEFT - 10, y + 29, fitted(one_line(days[0]["name_zh"], 20), 22, _LEFT - 20), 22, align="right"
    )
    for number, row in enumerate(days):
        x = _LEFT + number * _CELL
        if row["aqi"] is None:
            sheet.box(x + 1, y + 1, _CELL - 2, _ROW - 2, fill="#F4F4F4", edge="#CCCCCC", dashed=True)
            continue
        level = level_of(row["aqi"])
        colour = aqi_colours()[level][0]
        hatch = HATCHES.get(level)
        sheet.box(x + 1, y + 1, _CELL - 2, _ROW - 2, fill=colour, edge="#888888", line=0.6, hatch=hatch)
        ink = "#FFFFFF" if level in _DARK else "#222222"
        sheet.text(
            x + _CELL / 2, y + 28, str(row["aqi"]), 18, colour=ink, align="center", bold=level in _DARK
        )


def _legend(sheet: Sheet, y: float) -> None:
    for number, (level, (colour, zh, _)) in enumerate(sorted(aqi_colours().items())):
        x = _LEFT + number * _LEGEND
        sheet.box(x, y, 26, 22, fill=colour, edge="#888888", hatch=HATCHES.get(level))
        sheet.text(x + 34, y + 19, zh, 19)


def _told(cities: Sequence[Sequence[Mapping[str, Any]]]) -> str:
    parts = []
    for days in cities:
        told = "、".join(f"{row['day'].day}日{row['aqi']}" for row in days if row["aqi"] is not None)
        parts.append(f"{one_line(days[0]['name_zh'], 20)} {told or '无有效AQI'}")
    return "；".join(parts)
