"""Episodes of a year on a time line, one row an area."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, level_of, number
from dashboards.site.frames import records, with_columns
from dashboards.site.words import Text, listed, say

_DAY_MS = 86_400_000


def figure(episodes: pd.DataFrame, order: list[Text], year: int) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a bar an episode, coloured by the level of its highest AQI, which is written on it.

    Parameters
    ----------
    episodes : DataFrame
        name (Text), day_first, day_last, max_aqi, …
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
    data = [
        {
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
        },
        {
            "type": "scatter",
            "mode": "text",
            "y": names,
            "x": [f"{pd.Timestamp(r['day_last']) + pd.Timedelta(days=1):%Y-%m-%d}" for r in rows],
            "text": [number(r["max_aqi"]) for r in rows],
            "textposition": "middle right",
            "textfont": {"size": 10},
            "hoverinfo": "skip",
        },
    ]
    rows_down = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": listed([plot_name(n, 14) for n in order]),
        "autorange": False,
        "range": [len(order) - 0.5, -0.5],
        "dtick": 1,
    }

    def made(months: str) -> Figure:
        return {
            "data": data,
            "layout": {
                "height": 70 + 26 * max(len(order), 1),
                "showlegend": False,
                "margin": {"l": 90, "t": 8, "r": 8, "b": 40},
                "xaxis": axis(
                    type="date",
                    range=[f"{year - 1}-12-25", f"{year + 1}-01-15"],
                    tickformat="%m-%d",
                    dtick=months,
                    tick0=f"{year}-01-01",
                    tickangle=0,
                ),
                "yaxis": rows_down,
            },
        }

    return made("M1"), made("M3"), tidy


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
