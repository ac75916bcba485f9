"""Monthly PM2.5 of a year beside that of the year before."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, floats, months_axis, number
from dashboards.site.words import listed, say


def figure(months: pd.DataFrame, year: int) -> tuple[Figure, pd.DataFrame]:
    """Draw two bars a month.

    Parameters
    ----------
    months : DataFrame
        month, pm25, pm25_before [µg/m³], change_pct [%].
    year : int
        The year of ``pm25``.
    """
    tidy = months.reset_index(drop=True)
    names = listed([say(f"month.{m}") for m in tidy["month"]])

    def bars(column: str, name: str, colour_name: str, pattern: str) -> dict[str, object]:
        return {
            "type": "bar",
            "name": name,
            "x": names,
            "y": floats(tidy[column]),
            "text": [number(v, none="") for v in tidy[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "textangle": 0,
            "textfont": {"size": 10},
            "marker": fill(colour_name, pattern),
        }

    return {
        "data": [
            bars("pm25_before", str(year - 1), "before", "/"),
            bars("pm25", str(year), "accent", ""),
        ],
        "layout": {
            "height": 340,
            "barmode": "group",
            "margin": {"t": 40},
            "xaxis": months_axis(),
            "yaxis": axis(say("axis.pm25"), rangemode="tozero"),
            "showlegend": True,
        },
    }, tidy
