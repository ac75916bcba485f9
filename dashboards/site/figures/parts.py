"""Parts that several figures share."""

from typing import Any

import pandas as pd

from dashboards.site.chart import plot_text
from dashboards.site.colours import colour
from dashboards.site.words import Text, say

POLLUTANTS = ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO")
KEYS = {"PM2.5": "pm25", "PM10": "pm10", "SO2": "so2", "NO2": "no2", "O3": "o3", "CO": "co"}
"""Short names of the pollutants as columns of queries."""

PATTERNS = {"PM2.5": "", "PM10": "/", "SO2": "x", "NO2": "\\", "O3": ".", "CO": "+"}
"""Pattern of a bar of each pollutant, the second cue beside its colour."""


def level_of(aqi: Any) -> int:
    """Level of an AQI, 1–6; 0 where there is none."""
    if pd.isna(aqi) or aqi < 0:
        return 0
    return next((n for n, high in enumerate((50, 100, 150, 200, 300), start=1) if aqi <= high), 6)


def number(value: Any, digits: int = 0, none: str = "—") -> str:
    """Write a number; what is missing is a dash."""
    return none if pd.isna(value) else f"{value:.{digits}f}"


def axis(title: Text | None = None, **more: Any) -> dict[str, Any]:
    """Give an axis with a title."""
    made: dict[str, Any] = dict(more)
    if title is not None:
        made["title"] = {"text": title}
    return made


def short(name: Text, limit: int) -> Text:
    """Cut a name for a figure; English letters are half as wide as Chinese characters."""
    return {"zh": plot_text(name["zh"], limit), "en": plot_text(name["en"], 2 * limit)}


def limit_line(value: float, *, vertical: bool = False) -> dict[str, Any]:
    """A dashed line at a limit or target, across the whole figure."""
    along, across = ("x", "y") if vertical else ("y", "x")
    return {
        "type": "line",
        f"{along}0": value,
        f"{along}1": value,
        f"{across}ref": "paper",
        f"{across}0": 0,
        f"{across}1": 1,
        "line": {"color": colour("limit"), "width": 2, "dash": "dash"},
    }


def pollutant_name(pollutant: str) -> Text:
    """Short name of a pollutant."""
    return say(f"pollutant.{pollutant}")


def fill(name: str, pattern: str = "") -> dict[str, Any]:
    """Fill of bars: a colour by name and, as the second cue, a pattern over it."""
    made: dict[str, Any] = {"color": colour(name), "line": {"color": colour("paper"), "width": 1}}
    if pattern:
        made["pattern"] = {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": colour("paper"),
            "fgopacity": 0.4,
            "size": 7,
        }
    return made


_SIDES = {"x": "y", "y": "x"}


def turned(figure: dict[str, Any], n_rows: int, row_px: int = 44) -> dict[str, Any]:
    """Lay the bars of a figure down, for narrow screens: categories from top to bottom.

    Parameters
    ----------
    figure : dict
        Bars upright over categories on the x axis.
    n_rows : int
        Number of categories.
    row_px : int
        Height of one category [px].
    """
    data = []
    for trace in figure["data"]:
        made = {_SIDES.get(k, k): v for k, v in trace.items()}
        if made.get("type") == "bar":
            made["orientation"] = "h"
        data.append(made)
    layout = dict(figure["layout"])
    upright = layout["xaxis"], layout["yaxis"]
    layout["xaxis"], layout["yaxis"] = upright[1], upright[0] | {"autorange": "reversed", "dtick": 1}
    layout["height"] = 120 + row_px * max(n_rows, 1)
    layout["margin"] = {"l": 72, "r": 28, "t": 72, "b": 44}
    return {"data": data, "layout": layout}
