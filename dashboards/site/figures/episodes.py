"""Episodes of a year on a time line, one row an area."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, level_of, number
from dashboards.site.frames import records, with_columns
from dashboards.site.words import Text, listed, say

_DAY_MS = 86_400_000
_ROOM, _ROOM_PHONE = 11, 28
"""Days of the axis that a number takes [d]."""


def figure(episodes: pd.DataFrame, order: list[Text], year: int) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a bar an episode, coloured by the level of its highest AQI, which is written on it.

    Parameters
    ----------
    episodes : DataFrame
        area_code, name (Text), day_first, day_last, max_aqi, …
    order : list of Text
        Rows from top to bottom; an area without an episode has an empty row.
    year : int
        The year shown.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = with_columns(episodes, level=[level_of(a) for a in episodes["max_aqi"]])
    rows = records(tidy)
    names = listed([plot_name(r["name"], 14) for r in rows])
    lengths = [_length(r) for r in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [f"{pd.Timestamp(r['day_first']):%Y-%m-%d}" for r in rows],
        "x": [n * _DAY_MS for n in lengths],
        "width": 0.7,
        "marker": {
            "color": colour([f"aqi{r['level']}" for r in rows]),
            "line": {"color": colour("edge"), "width": 1},
        },
        "hovertext": listed([_hover(r) for r in rows]),
        "hoverinfo": "text",
    }
    rows_down = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": listed([plot_name(n, 14) for n in order]),
        "autorange": False,
        "range": [len(order) - 0.5, -0.5],
        "dtick": 1,
    }

    def made(months: str, room: int) -> Figure:
        axis_days = date(year - 1, 12, 25), date(year + 1, 1, 4) + timedelta(days=room)
        return {
            "data": [bars, _numbers(rows, names, room, axis_days)],
            "layout": {
                "height": 70 + 26 * max(len(order), 1),
                "showlegend": False,
                "margin": {"l": 90, "t": 8, "r": 8, "b": 40},
                "xaxis": axis(
                    type="date",
                    range=[day.isoformat() for day in axis_days],
                    tickformat="%m-%d",
                    dtick=months,
                    tick0=f"{year}-01-01",
                    tickangle=0,
                ),
                "yaxis": rows_down,
            },
        }

    return made("M1", _ROOM), made("M3", _ROOM_PHONE), tidy


def _numbers(
    rows: list[dict[str, Any]], names: Text, room: int, axis_days: tuple[date, date]
) -> dict[str, Any]:
    """Write the highest AQI beside each bar, where it meets no other bar and no other number of its row."""
    first, last = (day.toordinal() for day in axis_days)
    spans: dict[Any, list[tuple[int, int]]] = {}
    for row in rows:
        # Nothing is written beyond the ends of the axis.
        spans.setdefault(row["area_code"], [(0, first), (last + 1, date.max.toordinal())])
        spans[row["area_code"]].append((_ordinal(row["day_first"]), _ordinal(row["day_last"]) + 1))
    places = [_place(row, spans[row["area_code"]], room) for row in rows]
    return {
        "type": "scatter",
        "mode": "text",
        "y": names,
        "x": [f"{date.fromordinal(at):%Y-%m-%d}" for at, _ in places],
        "text": [number(r["max_aqi"]) if side else "" for r, (_, side) in zip(rows, places, strict=True)],
        "textposition": [f"middle {side or 'right'}" for _, side in places],
        "textfont": {"size": 10},
        "hoverinfo": "skip",
    }


def _place(row: dict[str, Any], taken: list[tuple[int, int]], room: int) -> tuple[int, str]:
    """Day and side of a number, and the room it takes from then on; no side where there is no room."""
    first, end = _ordinal(row["day_first"]), _ordinal(row["day_last"]) + 1
    for at, side, low, high in ((end, "right", end, end + room), (first, "left", first - room, first)):
        if not any(begins < high and ends > low for begins, ends in taken):
            taken.append((low, high))
            return at, side
    return end, ""


def _ordinal(day: Any) -> int:
    return pd.Timestamp(day).toordinal()


def _length(row: dict[str, Any]) -> int:
    return int((pd.Timestamp(row["day_last"]) - pd.Timestamp(row["day_first"])).days) + 1


def _hover(row: dict[str, Any]) -> Text:
    return say(
        "episode.hover",
        name=plot_name(row["name"]),
        first=f"{pd.Timestamp(row['day_first']):%m-%d}",
        last=f"{pd.Timestamp(row['day_last']):%m-%d}",
        aqi=number(row["max_aqi"]),
    )
