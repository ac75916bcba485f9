"""A coal target over its year: what was used or cut so far, the two lines, the limit and the projection."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, limit_line
from dashboards.site.words import Text, listed, say

_MONTHS = range(1, 13)
_LINES = (
    ("amount", "accent", "solid", "circle"),
    ("linear", "limit", "dash", "square-open"),
    ("profile", "muted", "dot", "diamond-open"),
)


def figure(months: pd.DataFrame, target: dict[str, Any]) -> tuple[Figure | None, pd.DataFrame]:
    """Draw the year to date of one target month by month; None where no month is known.

    Parameters
    ----------
    months : DataFrame
        month (1–12), amount, linear, profile [10⁴ t or 10⁴ tce].
    target : dict
        line_form, unit, limit_amount, task, projected, baseline_year of the target.
    """
    tidy = months.reset_index(drop=True)
    ends = {**target, "projected": projected_end(target)}
    if tidy.empty or tidy[["amount", "linear", "profile"]].isna().all(axis=None):
        return None, tidy
    form = str(target["line_form"])
    data: list[dict[str, Any]] = []
    for column, name, dash, symbol in _LINES:
        shown = tidy[tidy[column].notna()]
        if len(shown):
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": say(f"coalline.{column}.{form}" if column == "amount" else f"coalline.{column}"),
                    "x": [int(m) for m in shown["month"]],
                    "y": [float(v) for v in shown[column]],
                    "line": {
                        "color": colour(name),
                        "dash": dash,
                        "width": 3 if column == "amount" else 2,
                    },
                    "marker": {"symbol": symbol, "size": 8, "color": colour(name)},
                    "hovertemplate": "%{x}: %{y:.2f}<extra></extra>",
                }
            )
    _add_projection(data, tidy, ends)
    whole = target["task"] if form == "reduction" else target["limit_amount"]
    return {
        "data": data,
        "layout": {
            "height": 380,
            "margin": {"t": 72, "r": 24},
            "xaxis": axis(
                tickvals=list(_MONTHS),
                ticktext=listed([say(f"month.{m}") for m in _MONTHS]),
                range=[0.5, 12.5],
                showgrid=False,
            ),
            "yaxis": axis(unit_axis(target["unit"]), rangemode="tozero"),
            "shapes": [] if pd.isna(whole) else [limit_line(float(whole))],
            "showlegend": True,
        },
    }, tidy


def unit_axis(unit: object) -> Text:
    """Title of an axis of coal."""
    return say(f"coalunit.{unit}")


def projected_end(target: dict[str, Any]) -> float | None:
    """Where the projection ends, as the lines are drawn: coal used, or cut against the whole year of the baseline."""
    if pd.isna(target["projected"]):
        return None
    if target["line_form"] == "reduction":
        return None if pd.isna(target["baseline_year"]) else target["baseline_year"] - target["projected"]
    return float(target["projected"])


def _add_projection(data: list[dict[str, Any]], tidy: pd.DataFrame, target: dict[str, Any]) -> None:
    known = tidy[tidy["amount"].notna()]
    if target["projected"] is None or known.empty or int(known["month"].iloc[-1]) == 12:
        return
    last = known.iloc[-1]
    data.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": say("coalline.projected"),
            "x": [int(last["month"]), 12],
            "y": [float(last["amount"]), target["projected"]],
            "line": {"color": colour("accent"), "dash": "dashdot", "width": 1},
            "marker": {"symbol": "star", "size": [1, 13], "color": colour("accent")},
            "hovertemplate": "%{y:.2f}<extra></extra>",
        }
    )
