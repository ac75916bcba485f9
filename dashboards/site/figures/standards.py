"""The same days under several sets of standards, side by side."""

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.figures.parts import axis, fill, floats, number, turned
from dashboards.site.words import Text, listed, say

_FILLS = (("before", "/"), ("accent", ""), ("PM10", "x"), ("NO2", "\\"))


def figure(days: pd.DataFrame, column: str, sets: dict[str, Text]) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a group of bars a city, one bar a set.

    Parameters
    ----------
    days : DataFrame
        city_code, name (Text), standard_set and the column drawn [d].
    column : str
        ``good_days`` or ``heavy_days``.
    sets : dict
        Names of the sets in order.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = days.reset_index(drop=True)
    data = []
    for n, (key, name) in enumerate(sets.items()):
        rows = tidy[tidy["standard_set"] == key]
        if len(rows):
            colour_name, pattern = _FILLS[n % len(_FILLS)]
            data.append(
                {
                    "type": "bar",
                    "name": plot_name(name, 48),
                    "x": listed([plot_name(v, 12) for v in rows["name"]]),
                    "y": floats(rows[column]),
                    "text": [number(v, none="") for v in rows[column]],
                    "textposition": "outside",
                    "textangle": 0,
                    "textfont": {"size": 9},
                    "cliponaxis": False,
                    "marker": fill(colour_name, pattern),
                }
            )
    made = {
        "data": data,
        "layout": {
            "height": 380,
            "barmode": "group",
            "bargap": 0.2,
            "margin": {"t": 64, "b": 60},
            "xaxis": axis(type="category", showgrid=False),
            "yaxis": axis(say("axis.days"), rangemode="tozero"),
            "showlegend": True,
        },
    }
    return made, turned(made, tidy["city_code"].nunique(), 62), tidy
