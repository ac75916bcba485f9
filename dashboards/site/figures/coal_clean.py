"""Inspections of coal quality, and households: rates and counts."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, floats, number, rows_axis, short
from dashboards.site.frames import records
from dashboards.site.words import listed, say

_STAGES = (("production", "accent", ""), ("circulation", "before", "/"), ("use", "O3", "."))


def pass_rates(rows: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw pass rates by quarter and stage as bars, the coverage of sampling as marks.

    Parameters
    ----------
    rows : DataFrame
        period (``2026Q3``), period_kind, stage, pass_rate_pct, coverage_pct [%], n_inspected.
    """
    tidy = rows.reset_index(drop=True)
    quarters = [r for r in records(tidy) if r["period_kind"] == "quarter" and r["stage"] != "all"]
    if all(pd.isna(r["pass_rate_pct"]) for r in quarters):
        return None, tidy
    periods = list(dict.fromkeys(r["period"] for r in quarters))
    data: list[dict[str, Any]] = []
    for n, (stage, name, pattern) in enumerate(_STAGES):
        mine = {r["period"]: r for r in quarters if r["stage"] == stage}
        if not mine:
            continue
        at = [k + (n - 1) * 0.27 for k in range(len(periods))]
        kept = [mine.get(p, {}) for p in periods]
        data.append(
            {
                "type": "bar",
                "name": say(f"coalstage.{stage}"),
                "x": at,
                "y": floats(r.get("pass_rate_pct") for r in kept),
                "text": [number(r.get("pass_rate_pct"), 0, "") for r in kept],
                "textposition": "outside",
                "cliponaxis": False,
                "width": 0.25,
                "marker": fill(name, pattern),
                "hoverinfo": "skip",
            }
        )
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": say("coalaxis.coverage"),
                "showlegend": stage == "production",
                "x": at,
                "y": floats(r.get("coverage_pct") for r in kept),
                "marker": {
                    "symbol": "diamond",
                    "size": 10,
                    "color": colour("paper"),
                    "line": {"color": colour("ink"), "width": 2},
                },
                "hovertemplate": "%{y:.0f}%<extra></extra>",
            }
        )
    return {
        "data": data,
        "layout": {
            "height": 340,
            "margin": {"t": 60, "b": 40},
            "barmode": "overlay",
            "xaxis": axis(
                tickvals=list(range(len(periods))),
                ticktext=listed([_quarter(p) for p in periods]),
                range=[-0.5, len(periods) - 0.5],
                showgrid=False,
            ),
            "yaxis": axis(say("coalaxis.rate"), range=[0, 112], ticksuffix="%"),
            "showlegend": True,
        },
    }, tidy


def _quarter(period: object) -> dict[str, Any]:
    return say("coalperiod.quarter", part=str(period)[-1])


def households(rows: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw the share of the year's task done by each place, with the time passed as marks.

    Parameters
    ----------
    rows : DataFrame
        name (Text), done_pct, time_share_pct [%].
    """
    tidy = rows.reset_index(drop=True)
    shown = tidy[tidy["done_pct"].notna()].reset_index(drop=True)
    if shown.empty:
        return None, tidy
    places = list(range(len(shown)))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": say("coalhome.done"),
                "y": places,
                "x": [float(v) for v in shown["done_pct"]],
                "text": [f"{number(v, 1)}%" for v in shown["done_pct"]],
                "textposition": "auto",
                "insidetextanchor": "start",
                "insidetextfont": {"color": colour("ink")},
                "marker": fill("band"),
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "name": say("coalhome.time"),
                "y": places,
                "x": floats(shown["time_share_pct"]),
                "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": colour("limit")}},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "height": 120 + 28 * len(shown),
            "margin": {"l": 110, "t": 48, "r": 24},
            "xaxis": axis(
                say("coalaxis.task"),
                range=[0, max(105.0, *(float(v) * 1.05 for v in shown["done_pct"]))],
                ticksuffix="%",
            ),
            "yaxis": rows_axis(listed([short(n, 14) for n in shown["name"]]), len(shown)),
            "showlegend": True,
        },
    }, tidy


def relapses(rows: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw households found back on coal, and those of them not mended.

    Parameters
    ----------
    rows : DataFrame
        name (Text), n_relapsed, n_relapse_open.
    """
    tidy = rows.reset_index(drop=True)
    shown = tidy[(tidy["n_relapsed"].fillna(0) > 0) | (tidy["n_relapse_open"].fillna(0) > 0)].reset_index(
        drop=True
    )
    if shown.empty:
        return None, tidy
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": say(f"coalhome.{column}"),
            "y": list(range(len(shown))),
            "x": floats(shown[column]),
            "text": [number(v, 0, "") for v in shown[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": fill(name, pattern),
            "hoverinfo": "skip",
        }
        for column, name, pattern in (("n_relapsed", "before", "/"), ("n_relapse_open", "limit", ""))
    ]
    top = max(float(v) for c in ("n_relapsed", "n_relapse_open") for v in shown[c] if pd.notna(v))
    return {
        "data": data,
        "layout": {
            "height": 120 + 40 * len(shown),
            "margin": {"l": 110, "t": 48, "r": 16},
            "barmode": "group",
            "xaxis": axis(say("coalaxis.households"), range=[0, top * 1.15 or 1]),
            "yaxis": rows_axis(listed([short(n, 14) for n in shown["name"]]), len(shown)),
            "showlegend": True,
        },
    }, tidy
