"""Hours received of each of the last days."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, limit_line
from dashboards.site.words import say


def figure(days: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw a bar a day; a whole day has 24.

    Parameters
    ----------
    days : DataFrame
        day, n_hours.
    """
    tidy = days.reset_index(drop=True)
    if tidy.empty:
        return None, tidy
    return {
        "data": [
            {
                "type": "bar",
                "x": [f"{pd.Timestamp(d):%Y-%m-%d}" for d in tidy["day"]],
                "y": [int(n) for n in tidy["n_hours"]],
                "marker": fill("accent"),
                "hovertemplate": "%{x}: %{y}<extra></extra>",
            }
        ],
        "layout": {
            "height": 240,
            "margin": {"t": 16},
            "xaxis": axis(type="date", tickformat="%m-%d", showgrid=False),
            "yaxis": axis(say("dataaxis.hours"), range=[0, 25], dtick=6),
            "shapes": [limit_line(24)],
        },
    }, tidy
