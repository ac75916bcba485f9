"""Scores of forecasts by lead time, one line a method, persistence dashed beside them."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, floats, limit_line
from dashboards.site.frames import Row, records
from dashboards.site.words import Text, say

_LOOKS = (
    ("PM2.5", "circle"),
    ("PM10", "square"),
    ("NO2", "diamond"),
    ("O3", "triangle-up"),
    ("SO2", "cross"),
    ("CO", "x"),
    ("accent", "star"),
)
"""Colour and mark of the lines in turn."""


def figure(
    rows: pd.DataFrame,
    value: str,
    title: Text,
    *,
    extra: pd.DataFrame | None = None,
    nominal: float | None = None,
    share: bool = False,
) -> Figure:
    """Draw one line a series over the lead time.

    Parameters
    ----------
    rows : DataFrame
        series (str), label (Text), lead_days and the column of `value`.
    value : str
        Column drawn.
    title : Text
        Title of the axis.
    extra : DataFrame, optional
        lead_days and `value` of persistence.
    nominal : float, optional
        What the score should be, as a dashed line.
    share : bool
        The score lies between 0 and 1.
    """
    data = [
        _line([r for r in records(rows) if r["series"] == name], value, n)
        for n, name in enumerate(dict.fromkeys(rows["series"]))
    ]
    if extra is not None and len(extra):
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": say("emergency.persistence"),
                "x": [int(v) for v in extra["lead_days"]],
                "y": floats(extra[value]),
                "line": {"color": colour("ink"), "width": 2, "dash": "dash"},
                "hovertemplate": "%{x} d: %{y:.3g}<extra></extra>",
            }
        )
    leads = [int(v) for v in rows["lead_days"]]
    layout: dict[str, Any] = {
        "height": 340,
        "margin": {"t": 64, "r": 20},
        "xaxis": axis(
            say("emergency.axis_lead"),
            dtick=1,
            range=[min(leads, default=0) - 0.3, max(leads, default=1) + 0.3],
        ),
        "yaxis": axis(title, **({"range": [-0.04, 1.04]} if share else {})),
        "showlegend": True,
    }
    if nominal is not None:
        layout["shapes"] = [limit_line(nominal)]
    return {"data": data, "layout": layout}


def _line(rows: list[Row], value: str, n: int) -> dict[str, Any]:
    name, symbol = _LOOKS[n % len(_LOOKS)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plot_name(rows[0]["label"]),
        "x": [int(r["lead_days"]) for r in rows],
        "y": floats(r[value] for r in rows),
        "line": {"color": colour(name), "width": 2},
        "marker": {"symbol": symbol, "size": 9, "color": colour(name)},
        "hovertemplate": "%{x} d: %{y:.3g}<extra></extra>",
    }
