"""Targets of concentration: so far, the target, and what the rest of the period may average."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, floats, number
from dashboards.site.words import listed, say

_BARS = (
    ("value_so_far", "accent", ""),
    ("target_absolute", "limit", "x"),
    ("allowed_mean_rest_ugm3", "before", "/"),
)


def figure(targets: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw three bars a target of PM2.5; None where there is no such target.

    Parameters
    ----------
    targets : DataFrame
        period, metric, target_absolute, value_so_far, allowed_mean_rest_ugm3 [µg/m³].
    """
    tidy = targets.reset_index(drop=True)
    means = tidy[tidy["metric"].astype(str).str.startswith("pm25_mean") & tidy["value_so_far"].notna()]
    if means.empty:
        return None, tidy
    names = listed(
        [
            say("target.name", period=p, metric=say(f"metric.{m}"))
            for p, m in zip(means["period"], means["metric"], strict=True)
        ]
    )
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": say(f"target.{column}"),
            "y": names,
            "x": floats(means[column]),
            "text": [number(v, 1) for v in means[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": fill(colour_name, pattern),
        }
        for column, colour_name, pattern in _BARS
    ]
    top = max(float(v) for column, _, _ in _BARS for v in means[column] if pd.notna(v))
    return {
        "data": data,
        "layout": {
            "height": 110 + 100 * len(means),
            "margin": {"l": 110, "t": 48, "r": 40},
            "barmode": "group",
            "xaxis": axis(say("axis.pm25"), range=[0, max(top * 1.12, 1.0)]),
            "yaxis": axis(type="category", autorange="reversed", showgrid=False),
            "showlegend": True,
        },
    }, tidy
