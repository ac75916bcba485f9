"""Completeness of the stations of a city, by pollutant."""

import pandas as pd

from dashboards.site.chart import Figure, plot_text
from dashboards.site.colours import sequential
from dashboards.site.figures.parts import KEYS, POLLUTANTS, axis, floats, number, pollutant_name
from dashboards.site.frames import records
from dashboards.site.words import listed


def figure(stations: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw a cell a station and pollutant.

    Parameters
    ----------
    stations : DataFrame
        station, station_code and the completeness of pm25, pm10, so2, no2, o3, co [%].
    """
    tidy = stations.reset_index(drop=True)
    rows = records(tidy)
    # Two stations may bear one name; rows of a figure must not fall together.
    labels = [f"{plot_text(r['station'] or '', 12)} {plot_text(r['station_code'], 8)}" for r in rows]
    z = [floats(r[k] for k in KEYS.values()) for r in rows]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": listed([pollutant_name(p) for p in POLLUTANTS]),
                "y": labels,
                "z": z,
                "text": [[number(v, 0, none="") if v is not None else "" for v in row] for row in z],
                "texttemplate": "%{text}",
                "hoverinfo": "x+y+z",
                "colorscale": [[1 - at, c] for at, c in reversed(sequential())],
                "zmin": 0,
                "zmax": 100,
                "xgap": 1,
                "ygap": 1,
                "showscale": False,
            }
        ],
        "layout": {
            "height": 70 + 28 * max(len(rows), 1),
            "margin": {"l": 130, "t": 30, "r": 4, "b": 8},
            "xaxis": axis(type="category", side="top", showgrid=False),
            "yaxis": axis(
                type="category", autorange="reversed", showgrid=False, dtick=1, tickfont={"size": 11}
            ),
        },
    }, tidy
