"""Means of particles before and after sand deduction, side by side."""

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.figures.parts import axis, fill, floats, number, turned
from dashboards.site.words import listed, say

KEYS = {"pm25": "PM2.5", "pm10": "PM10"}
DIGITS = {"pm25": 1, "pm10": 0}
BASES = {"before_dust": ("before", "/"), "after_dust": ("accent", "")}


def figure(means: pd.DataFrame, pollutant: str) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw two bars an area: the mean of all days, and of the days that are left.

    Parameters
    ----------
    means : DataFrame
        name (Text) and the means of both bases, such as pm25_before_dust and pm25_after_dust [µg/m³].
    pollutant : str
        PM2.5 or PM10.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = means.reset_index(drop=True)
    key = next(k for k, name in KEYS.items() if name == pollutant)
    names = listed([plot_name(n, 12) for n in tidy["name"]])
    data = [
        {
            "type": "bar",
            "name": say(f"basis.{basis}"),
            "x": names,
            "y": floats(tidy[f"{key}_{basis}"]),
            "text": [number(v, DIGITS[key], none="") for v in tidy[f"{key}_{basis}"]],
            "textposition": "outside",
            "textangle": 0,
            "textfont": {"size": 9},
            "cliponaxis": False,
            "marker": fill(name, pattern),
        }
        for basis, (name, pattern) in BASES.items()
    ]
    made = {
        "data": data,
        "layout": {
            "height": 340,
            "barmode": "group",
            "bargap": 0.2,
            "margin": {"t": 40, "b": 60},
            "xaxis": axis(type="category", showgrid=False),
            "yaxis": axis(say(f"axis.{key}"), rangemode="tozero"),
            "showlegend": True,
        },
    }
    return made, turned(made, len(tidy), 46), tidy
