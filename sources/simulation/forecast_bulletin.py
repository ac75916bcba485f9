"""An invented bulletin of the forecasters that goes on where the last simulated hour ends: the air clears from the east.

The basin stays under its haze for three days, its margin for two, the highland for one; so the cities get different
levels of warning, and some none. Nothing in it was forecast by anyone.
"""

from __future__ import annotations

import csv
import io
import math
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sources.simulation.concentrations import EPISODE_LAST
from sources.simulation.files import write_bytes
from sources.simulation.places import CITIES, City
from warehouse import standards

__all__ = ["FORECASTER", "issued_at", "simulate_bulletin"]

FORECASTER = "【演练】模拟预报员"
FOLDER = "forecast"
"""Folder within the landing folder that bulletins are kept in."""
_HEADINGS = (
    "发布时间", "城市代码", "城市", "预报日期", "AQI下限", "AQI上限", "首要污染物", "PM2.5下限", "PM2.5上限", "成因",
    "预报员",
)  # fmt: skip
_COURSES = (
    # cities from this strength of the episode on, daily means as shares of the last hour's PM2.5 of the episode
    (1.05, (0.86, 0.79, 0.62, 0.38, 0.20, 0.17, 0.23)),
    (0.88, (0.86, 0.64, 0.40, 0.30, 0.18, 0.16, 0.21)),
    (0.00, (0.70, 0.42, 0.26, 0.22, 0.15, 0.14, 0.18)),
)
_WIDTH, _MORE_A_DAY = 0.07, 0.01
"""Half the width of a range as a share of its middle on the first day, and what each further day adds."""
_CAUSES = (
    (150, "模拟：静稳高湿，近地面逆温，区域累积"),
    (100, "模拟：偏东风渐起，扩散条件转好"),
    (0, "模拟：冷空气影响，扩散条件较好"),
)
"""Cause by the upper end of the AQI, worst first."""


def issued_at(today: date) -> datetime:
    """Give when the bulletin is issued: in the morning of the first day it tells of."""
    return datetime.combine(today, time(8))


def simulate_bulletin(folder: Path, *, today: date = date(2026, 11, 22)) -> Path:
    """Write a simulated bulletin of seven days for all cities; nothing in it was forecast.

    Parameters
    ----------
    folder : Path
        Gets the sub-folder ``forecast``.
    today : date
        First day forecast; the simulated episode of `simulate` is still growing in its first hours.

    Returns
    -------
    Path
        The file, dated with the time of its issue.
    """
    moment = issued_at(today)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for city in CITIES:
        writer.writerows(_rows(city, today, moment))
    name = f"{FOLDER}/【演练】空气质量预报简报_{moment:%Y%m%d}_模拟.csv"
    return write_bytes(folder / name, ("\ufeff" + text.getvalue()).encode(), moment)


def _rows(city: City, today: date, moment: datetime) -> list[list[object]]:
    course = next(shares for strength, shares in _COURSES if city.episode >= strength)
    rows: list[list[object]] = []
    for lead, share in enumerate(course):
        day = today + timedelta(days=lead)
        middle = EPISODE_LAST * city.episode * share
        half = middle * (_WIDTH + _MORE_A_DAY * lead)
        pm25 = math.floor(middle - half), math.ceil(middle + half)
        low, high = (_iaqi(value, day) for value in pm25)
        cause = next(words for above, words in _CAUSES if high > above)
        rows.append(
            [f"{moment:%Y-%m-%d %H:%M}", city.code, f"{city.name}市", day.isoformat(), low, high,
             "PM2.5" if high > 50 else "", *pm25, cause, FORECASTER]
        )  # fmt: skip
    return rows


def _iaqi(pm25_ugm3: int, day: date) -> int:
    """Give the IAQI of a daily mean of PM2.5 under the standard of its day; on all these days it leads the AQI."""
    tables = standards.aqi_tables((standards.set_in_force(day),))
    item = standards.ITEMS.index("PM2.5_24h")
    return int(tables.lut[0, item, min(pm25_ugm3, int(tables.max_step[item]))])
