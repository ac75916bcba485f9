"""Mean concentration by hour of the day and weekday."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import sequential
from dashboards.site.figures.parts import axis, number
from dashboards.site.words import listed, say

_HOURS = range(1, 25)
_WEEKDAYS = range(1, 8)


def figure(means: pd.DataFrame, digits: int = 0) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw the means of one pollutant.

    Parameters
    ----------
    means : DataFrame
        weekday (1 Monday – 7), hour (1–24, named by its end), value.
    digits : int
        Decimals written.

    Returns
    -------
    figure, figure for narrow screens (weekdays across), tidy data
    """
    tidy = means[means["value"].notna()].reset_index(drop=True)
    known = {
        (int(w), int(h)): float(v)
        for w, h, v in zip(tidy["weekday"], tidy["hour"], tidy["value"], strict=True)
    }
    return _grid(known, digits, hours_across=True), _grid(known, digits, hours_across=False), tidy


def _grid(known: dict[tuple[int, int], float], digits: int, *, hours_across: bool) -> Figure:
    rows, columns = (_WEEKDAYS, _HOURS) if hours_across else (_HOURS, _WEEKDAYS)
    z = [[known.get((r, c) if hours_across else (c, r)) for c in columns] for r in rows]
    weekdays = listed([say(f"weekday.{w}") for w in _WEEKDAYS])
    hours = [str(h) for h in _HOURS]
    heat = {
        "type": "heatmap",
        "x": hours if hours_across else weekdays,
        "y": weekdays if hours_across else hours,
        "z": z,
        "text": [[number(v, digits, none="") if v is not None else "" for v in row] for row in z],
        "texttemplate": "%{text}",
        "textfont": {"size": 11 if hours_across else 10},
        "hoverinfo": "x+y+z",
        "colorscale": sequential(),
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
    }
    hour_axis = axis(say("axis.hour"), type="category", showgrid=False, dtick=1, tickangle=0)
    week_axis = axis(type="category", showgrid=False, dtick=1, tickangle=0)
    across, down = (hour_axis, week_axis) if hours_across else (week_axis, hour_axis)
    return {
        "data": [heat],
        "layout": {
            "height": 300 if hours_across else 560,
            "margin": {"l": 48, "r": 4, "t": 8, "b": 48},
            "xaxis": across,
            "yaxis": down | {"autorange": "reversed"},
        },
    }
