"""Parts that several figures share."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboards.site.chart import plot_text
from dashboards.site.colours import colour, level_tops
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
    return 1 + sum(float(aqi) > top for top in level_tops())


def number(value: Any, digits: int = 0, none: str = "—") -> str:
    """Write a number; what is missing is a dash."""
    return none if pd.isna(value) else f"{value:.{digits}f}"


def floats(values: Iterable[Any]) -> list[float | None]:
    """Numbers as a figure takes them; what is missing leaves a gap."""
    return [None if pd.isna(v) else float(v) for v in values]


def axis(title: Text | None = None, **more: Any) -> dict[str, Any]:
    """Give an axis with a title."""
    made: dict[str, Any] = dict(more)
    if title is not None:
        made["title"] = {"text": title}
    return made


def rows_axis(labels: Text | list[str], n_rows: int, **more: Any) -> dict[str, Any]:
    """Axis of rows from top to bottom; rows go by number, since two may bear one name."""
    return axis(
        tickvals=list(range(n_rows)),
        ticktext=labels,
        range=[n_rows - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        **more,
    )


def days_axis(order: list[str], *, phone: bool) -> dict[str, Any]:
    """Axis of days in an order given; on narrow screens their names stand upright."""
    return axis(
        type="category",
        categoryorder="array",
        categoryarray=order,
        tickangle=-90 if phone else 0,
        showgrid=False,
        tickfont={"size": 10 if phone else 12},
    )


def months_axis() -> dict[str, Any]:
    """Axis of the months that bars stand over."""
    return axis(type="category", showgrid=False, tickangle=0, tickfont={"size": 10})


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


def fill(
    name: str,
    pattern: str = "",
    *,
    line: str = "paper",
    ink: str = "paper",
    opacity: float = 0.4,
    size_px: int = 7,
) -> dict[str, Any]:
    """Fill of bars: a colour by name and, as the second cue, a pattern over it in an ink of its own."""
    made: dict[str, Any] = {"color": colour(name), "line": {"color": colour(line), "width": 1}}
    if pattern:
        made["pattern"] = {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": colour(ink),
            "fgopacity": opacity,
            "size": size_px,
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
