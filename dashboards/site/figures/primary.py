"""Days of each month by primary pollutant."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import (
    KEYS,
    PATTERNS,
    POLLUTANTS,
    axis,
    fill,
    floats,
    months_axis,
    number,
    pollutant_name,
)
from dashboards.site.words import listed, say


def figure(months: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw stacked bars.

    Parameters
    ----------
    months : DataFrame
        month and the days on which each of pm25, pm10, so2, no2, o3, co was primary [d].
    """
    tidy = months.reset_index(drop=True)
    names = listed([say(f"month.{m}") for m in tidy["month"]])
    data = []
    for pollutant in POLLUTANTS:
        values = tidy[KEYS[pollutant]]
        if values.notna().any() and float(values.fillna(0).sum()) > 0:
            data.append(
                {
                    "type": "bar",
                    "name": pollutant_name(pollutant),
                    "x": names,
                    "y": floats(values),
                    "text": [number(v) if pd.notna(v) and v > 0 else "" for v in values],
                    "textposition": "inside",
                    "insidetextanchor": "middle",
                    "textangle": 0,
                    "insidetextfont": {"color": colour("paper")},
                    "marker": fill(pollutant, PATTERNS[pollutant]),
                }
            )
    return {
        "data": data,
        "layout": {
            "height": 340,
            "barmode": "stack",
            "margin": {"t": 48},
            "xaxis": months_axis(),
            "yaxis": axis(say("axis.days"), rangemode="tozero"),
            "showlegend": True,
        },
    }, tidy
