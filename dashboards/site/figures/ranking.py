"""Ranking of a region: the composite index with its six parts, and its change on the year before."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.figures.parts import (
    KEYS,
    PATTERNS,
    POLLUTANTS,
    axis,
    fill,
    floats,
    number,
    pollutant_name,
)
from dashboards.site.frames import records
from dashboards.site.words import Text, listed, say


def figure(rows: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw stacked bars, best on top.

    Parameters
    ----------
    rows : DataFrame
        In the order of the list: name (Text), rank, composite_index and its parts pm25, pm10, so2, no2, o3, co.
    """
    tidy = rows.reset_index(drop=True)
    labels = listed([_label(r) for r in records(tidy)])
    data = [_part(tidy, pollutant, labels) for pollutant in POLLUTANTS]
    totals = tidy["composite_index"]
    data.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": floats(totals),
            "y": labels,
            "text": [number(v, 2) for v in totals],
            "textposition": "middle right",
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    top = max([float(v) for v in totals if pd.notna(v)], default=1.0)
    return {
        "data": data,
        "layout": {
            "height": 100 + 28 * max(len(tidy), 1),
            "barmode": "stack",
            "bargap": 0.25,
            "margin": {"l": 90, "t": 48, "r": 8, "b": 44},
            "xaxis": axis(say("axis.index"), range=[0, top * 1.12]),
            "yaxis": axis(type="category", autorange="reversed", showgrid=False, dtick=1),
            "showlegend": True,
        },
    }, tidy


def _label(row: dict[str, Any]) -> Text:
    """Rank and name; what has no rank keeps its place by the name alone, made unlike others by its code."""
    name = plot_name(row["name"], 12)
    return say("ranking.label", rank=number(row["rank"]), name=name)


def _part(tidy: pd.DataFrame, pollutant: str, labels: Text) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": pollutant_name(pollutant),
        "y": labels,
        "x": floats(tidy[KEYS[pollutant]]),
        "marker": fill(pollutant, PATTERNS[pollutant]),
        "hovertemplate": "%{x:.2f}<extra></extra>",
    }


def improvement(rows: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the change of the index on the year before, the greatest improvement on top.

    Parameters
    ----------
    rows : DataFrame
        name (Text), change_pct [%], rank_improvement.
    """
    tidy = rows.reset_index(drop=True)
    shown = tidy[tidy["change_pct"].notna()].sort_values("change_pct", kind="stable")
    labels = listed(
        [
            say("ranking.label", rank=number(r["rank_improvement"]), name=plot_name(r["name"], 12))
            for r in records(shown)
        ]
    )
    values = [float(v) for v in shown["change_pct"]]
    reach = max((abs(v) for v in values), default=1.0) * 1.25
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": values,
                "text": [f"{v:+.1f}%" for v in values],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": fill("accent"),
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            "height": 80 + 28 * max(len(shown), 1),
            "margin": {"l": 90, "t": 8, "r": 24, "b": 44},
            "xaxis": axis(
                say("axis.change"),
                range=[
                    -reach if min(values, default=0) < 0 else 0,
                    reach if max(values, default=0) > 0 else 0,
                ],
                ticksuffix="%",
            ),
            "yaxis": axis(type="category", autorange="reversed", showgrid=False, dtick=1),
        },
    }, tidy
