"""Opinions on coal replacement of projects by stage."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, rows_axis
from dashboards.site.frames import records
from dashboards.site.words import listed, say

_OPINIONS = (
    ("pass", "accent", "", "paper"),
    ("fail", "limit", "", "paper"),
    ("unverified", "scale1", "", "onscale"),
    ("insufficient", "before", "", "onscale"),
    ("not_applicable", "missing", "", "ink"),
)


def opinions(rows: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw projects by stage and opinion as stacked bars.

    Parameters
    ----------
    rows : DataFrame
        stage, period, verdict, n_projects.
    """
    tidy = rows.reset_index(drop=True)
    if tidy.empty:
        return None, tidy
    stages = list(dict.fromkeys(zip(tidy["stage"], tidy["period"], strict=True)))
    counts = {(r["stage"], r["period"], r["verdict"]): int(r["n_projects"]) for r in records(tidy)}
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": say(f"coalopinion.{verdict}"),
            "y": list(range(len(stages))),
            "x": [counts.get((*s, verdict)) for s in stages],
            "text": [str(counts.get((*s, verdict), "")) for s in stages],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "marker": fill(name, pattern),
            "insidetextfont": {"color": colour(ink)},
            "hoverinfo": "skip",
        }
        for verdict, name, pattern, ink in _OPINIONS
        if any((*s, verdict) in counts for s in stages)
    ]
    return {
        "data": data,
        "layout": {
            "height": 120 + 36 * len(stages),
            "margin": {"l": 100, "t": 56, "r": 16},
            "barmode": "stack",
            "xaxis": axis(say("coalaxis.projects"), rangemode="tozero"),
            "yaxis": rows_axis(listed([say(f"coalstage_of.{s}", period=p) for s, p in stages]), len(stages)),
            "showlegend": True,
        },
    }, tidy
