"""Monthly early warning of coal without power: a cell a place and month, its sign and growth written in it."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_text
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, rows_axis, short
from dashboards.site.frames import records
from dashboards.site.words import listed, say

LEVELS = {"insufficient": 0, "no_base": 0, "green": 1, "yellow": 2, "orange": 3, "red": 4}
_FILLS = ("missing", "band", "scale0", "scale1", "scale2")
_INKS = ("ink", "ink", "onscale", "onscale", "onscale")


def figure(rows: pd.DataFrame) -> tuple[Figure | None, Figure | None, pd.DataFrame]:
    """Draw the places of one year under one rule.

    Parameters
    ----------
    rows : DataFrame
        area_code, name (Text), month (``2026-10``), level, symbol, deciding_change_pct [%].

    Returns
    -------
    figure, figure for narrow screens (signs only), tidy data
    """
    tidy = rows.reset_index(drop=True)
    if tidy.empty:
        return None, None, tidy
    return _figure(tidy, narrow=False), _figure(tidy, narrow=True), tidy


def _figure(tidy: pd.DataFrame, *, narrow: bool) -> Figure:
    found = records(tidy)
    codes = list(dict.fromkeys(r["area_code"] for r in found))
    names = {r["area_code"]: r["name"] for r in found}
    cells = {(r["area_code"], int(str(r["month"])[-2:])): r for r in found}
    months = range(1, 13)
    z = [[LEVELS.get(cells[c, m]["level"], 0) if (c, m) in cells else None for m in months] for c in codes]
    places = [(c, m) for c in codes for m in months if (c, m) in cells]
    edges = [[at, colour(name)] for n, name in enumerate(_FILLS) for at in (n / 5, (n + 1) / 5)]
    heat: dict[str, Any] = {
        "type": "heatmap",
        "x": list(months),
        "y": list(range(len(codes))),
        "z": z,
        "colorscale": edges,
        "zmin": -0.5,
        "zmax": 4.5,
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
        "hoverinfo": "skip",
    }
    signs = {
        "type": "scatter",
        "mode": "text",
        "x": [m for _, m in places],
        "y": [codes.index(c) for c, _ in places],
        "text": [_told(cells[p], narrow=narrow) for p in places],
        "textfont": {
            "size": 11,
            "color": colour([_ink(LEVELS.get(cells[p]["level"], 0)) for p in places]),
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return {
        "data": [heat, signs],
        "layout": {
            "height": 60 + 28 * len(codes),
            "margin": {"l": 80 if narrow else 130, "r": 4, "t": 30, "b": 8},
            "xaxis": axis(
                side="top",
                tickvals=list(months),
                ticktext=[str(m) for m in months] if narrow else listed([say(f"month.{m}") for m in months]),
                tickangle=0,
                range=[0.5, 12.5],
                showgrid=False,
                zeroline=False,
            ),
            "yaxis": rows_axis(
                listed([short(names[c], 13 if narrow else 18) for c in codes]),
                len(codes),
                tickfont={"size": 9 if narrow else 12},
            ),
        },
    }


def _ink(level: int) -> str:
    """The scale is light in both themes, so that its signs are dark in both."""
    return _INKS[level]


def _told(row: dict[str, Any], *, narrow: bool) -> str:
    sign = plot_text(row["symbol"] or "", 2)
    change = row["deciding_change_pct"]
    return sign if narrow or pd.isna(change) else f"{sign}{change:+.1f}"
