"""Calendar of a year: one cell a day, coloured by AQI level, the AQI written in it."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_text
from dashboards.site.colours import colour, level_scale
from dashboards.site.figures.parts import level_of, number
from dashboards.site.frames import with_columns
from dashboards.site.words import listed, say

_MONTHS = range(1, 13)
_DAYS = range(1, 32)


def figure(days: pd.DataFrame) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw the days of one city and year.

    Parameters
    ----------
    days : DataFrame
        One row a day: day, aqi, primary_pollutants, …

    Returns
    -------
    figure, figure for narrow screens (months across), tidy data
    """
    tidy = with_columns(days, level=[level_of(a) for a in days["aqi"]])
    cells = {(d.month, d.day): (d, *rest) for d, *rest in _rows(tidy)}
    wide = _grid(cells, across_days=True)
    return wide, _grid(cells, across_days=False), tidy


def _rows(tidy: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(
        zip(pd.to_datetime(tidy["day"]), tidy["aqi"], tidy["level"], tidy["primary_pollutants"], strict=True)
    )


def _grid(cells: dict[tuple[int, int], tuple[Any, ...]], *, across_days: bool) -> Figure:
    rows, columns = (_MONTHS, _DAYS) if across_days else (_DAYS, _MONTHS)
    z: list[list[int | None]] = []
    hover: list[list[str]] = []
    for row in rows:
        found = [cells.get((row, c) if across_days else (c, row)) for c in columns]
        z.append([None if f is None else f[2] for f in found])
        hover.append(
            [
                ""
                if f is None
                else f"{f[0]:%Y-%m-%d} AQI {number(f[1])} {plot_text('' if pd.isna(f[3]) else f[3])}".rstrip()
                for f in found
            ]
        )
    month_axis = {"tickvals": list(_MONTHS), "ticktext": listed([say(f"month.{m}") for m in _MONTHS])}
    day_axis = {"tickvals": list(_DAYS)}
    heat = {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": z,
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
        "colorscale": level_scale(),
        "zmin": -0.5,
        "zmax": 6.5,
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
    }
    flat = {"type": "linear", "showgrid": False, "zeroline": False, "ticks": ""}
    across, down = (day_axis, month_axis) if across_days else (month_axis, day_axis)
    return {
        "data": [heat, _numbers(cells, across_days=across_days)],
        "layout": {
            "height": 400 if across_days else 700,
            "margin": {"l": 40, "r": 4, "t": 28, "b": 4},
            "xaxis": flat
            | across
            | {
                "side": "top",
                "range": [0.5, len(columns) + 0.5],
                "tickangle": 0,
                "tickfont": {"size": 11 if across_days else 9},
            },
            "yaxis": flat | down | {"range": [len(rows) + 0.5, 0.5], "tickfont": {"size": 11}},
        },
    }


def _numbers(cells: dict[tuple[int, int], tuple[Any, ...]], *, across_days: bool) -> dict[str, Any]:
    """Write the AQI into the cells, in a colour that is read on each of them."""
    months, days = [m for m, _ in cells], [d for _, d in cells]
    return {
        "type": "scatter",
        "mode": "text",
        "x": days if across_days else months,
        "y": months if across_days else days,
        "text": [number(f[1], none="·") for f in cells.values()],
        "textfont": {
            "size": 11 if across_days else 9,
            "color": colour([f"on{f[2]}" for f in cells.values()]),
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }
