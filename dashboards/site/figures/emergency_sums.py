"""Lying bars of sums: cuts by industry and county, answers by county."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, number
from dashboards.site.frames import Row, records
from dashboards.site.words import listed, say

MOST = 12
"""Parts that are drawn; the table has them all."""
_ANSWERS = {
    "n_in_time": ("accent", ""),
    "n_late": ("band", "/"),
    "n_waiting": ("missing", "."),
    "n_missing": ("limit", "x"),
}
"""Columns of answers with colour and pattern."""


def cuts(parts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the largest cuts.

    Parameters
    ----------
    parts : DataFrame
        name (Text), cut_kgd, cut_high_kgd [kg/d], n_members; the largest first.

    Returns
    -------
    figure, tidy data
    """
    tidy = parts.reset_index(drop=True)
    rows = records(tidy.head(MOST))
    top = max([float(r["cut_kgd"]) for r in rows], default=1.0) or 1.0
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": listed([plot_name(r["name"], 12) for r in rows]),
        "x": [float(r["cut_kgd"]) for r in rows],
        "text": [_amount(r["cut_kgd"]) for r in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": fill("accent"),
        "hovertext": listed(
            [
                say(
                    "emergency.cut_hover",
                    name=plot_name(r["name"]),
                    cut=_amount(r["cut_kgd"]),
                    n=number(r["n_members"]),
                )
                for r in rows
            ]
        ),
        "hoverinfo": "text",
    }
    layout = _lying(rows, "emergency.axis_cut")
    layout["xaxis"]["range"] = [0, top * 1.25]
    return {"data": [bars], "layout": layout | {"showlegend": False}}, tidy


def answers(parts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many answers are there, late, not yet due and overdue.

    Parameters
    ----------
    parts : DataFrame
        name (Text) and the numbers ``n_in_time``, ``n_late``, ``n_waiting``, ``n_missing``.

    Returns
    -------
    figure, tidy data
    """
    tidy = parts.reset_index(drop=True)
    rows = records(tidy)
    data = []
    for column, look in _ANSWERS.items():
        counts = [int(r[column]) for r in rows]
        if any(counts):
            data.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": say(f"emergency.{column}"),
                    "y": listed([plot_name(r["name"], 12) for r in rows]),
                    "x": counts,
                    "text": [str(c) if c else "" for c in counts],
                    "textposition": "inside",
                    "insidetextanchor": "middle",
                    "textangle": 0,
                    "textfont": {"color": colour("ink" if look[0] in ("missing", "band") else "paper")},
                    "marker": fill(*look),
                    "hovertemplate": "%{y}: %{x}<extra></extra>",
                }
            )
    layout = _lying(rows, "emergency.axis_answers") | {"barmode": "stack", "showlegend": True}
    layout["height"] += 40
    layout["margin"]["t"] = 60
    return {"data": data, "layout": layout}, tidy


def _amount(value: Any) -> str:
    return f"{float(value):,.0f}" if float(value) >= 10 else f"{float(value):,.1f}"


def _lying(rows: list[Row], title: str) -> dict[str, Any]:
    return {
        "height": 80 + 30 * max(len(rows), 1),
        "margin": {"l": 84, "t": 12, "r": 48, "b": 44},
        "xaxis": axis(say(title), rangemode="tozero"),
        "yaxis": axis(
            type="category",
            autorange="reversed",
            categoryorder="array",
            categoryarray=listed([plot_name(r["name"], 12) for r in rows]),
            showgrid=False,
            dtick=1,
        ),
    }
