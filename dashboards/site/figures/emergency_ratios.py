"""What the measures of a list amount to, against what each level requires."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, number
from dashboards.site.frames import Row, records
from dashboards.site.words import Text, listed, say

_BASES = {"filed": ("accent", "", "paper"), "day": ("band", "/", "ink")}
"""Colour, pattern and colour of the words on the bars of each basis."""

_THIN = 0.02


def figure(ratios: pd.DataFrame, level: str | None = None) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a bar for each level, pollutant and basis; a stroke marks what is required.

    Parameters
    ----------
    ratios : DataFrame
        basis, level, pollutant, ratio_pct, ratio_high_pct, required_pct, verdict, … one row a bar.
    level : str, optional
        Only this level.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = (ratios if level is None else ratios[ratios["level"] == level]).reset_index(drop=True)
    return _figure(tidy, phone=False), _figure(tidy, phone=True), tidy


def _figure(tidy: pd.DataFrame, *, phone: bool) -> Figure:
    rows = records(tidy)
    places = list(dict.fromkeys((str(r["level"]), str(r["pollutant"])) for r in rows))
    highs: list[Any] = [r["ratio_high_pct"] for r in rows] + [r["required_pct"] for r in rows]
    top = max((float(v) for v in highs if pd.notna(v)), default=30.0)
    data = [
        _bars([r for r in rows if r["basis"] == basis], basis, phone=phone)
        for basis in _BASES
        if any(r["basis"] == basis for r in rows)
    ]
    return {
        "data": [*data, _required(rows)],
        "layout": {
            "height": (130 if phone else 110) + 46 * max(len(places), 1),
            "barmode": "group",
            "bargap": 0.25,
            "margin": {"l": 84, "t": 60 if phone else 36, "r": 24},
            "xaxis": axis(say("emergency.axis_ratio"), range=[0, max(12.0, top * 1.06)], ticksuffix="%"),
            "yaxis": axis(
                type="category",
                autorange="reversed",
                categoryorder="array",
                categoryarray=listed([_place(*p) for p in places]),
                showgrid=False,
            ),
            "showlegend": True,
        },
    }


def _place(level: str, pollutant: str) -> Text:
    return say("emergency.ratio_place", level=say(f"warning_short.{level}"), pollutant=pollutant)


def _bars(rows: list[Row], basis: str, *, phone: bool) -> dict[str, Any]:
    high = [
        0.0
        if pd.isna(r["ratio_high_pct"]) or pd.isna(r["ratio_pct"])
        else max(0.0, float(r["ratio_high_pct"]) - float(r["ratio_pct"]))
        for r in rows
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "name": say(f"ratio_basis.{basis}"),
        "y": listed([_place(str(r["level"]), str(r["pollutant"])) for r in rows]),
        # A bar of no length would lose its words.
        "x": [_THIN if pd.isna(r["ratio_pct"]) else max(_THIN, float(r["ratio_pct"])) for r in rows],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": high,
            "arrayminus": [0.0] * len(rows),
            "color": colour("ink"),
            "visible": any(high),
        },
        "text": listed([_label(r) for r in rows]),
        "textposition": "auto",
        "insidetextanchor": "start",
        "insidetextfont": {"size": 10 if phone else 12, "color": colour(_BASES[basis][2])},
        "outsidetextfont": {"size": 10 if phone else 12, "color": colour("ink")},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": fill(*_BASES[basis][:2]),
        "hoverinfo": "text",
        "hovertext": listed([_hover(r) for r in rows]),
    }


def _label(row: Row) -> Text:
    if pd.isna(row["ratio_pct"]):
        return say(f"ratio_verdict.{row['verdict']}")
    return say(
        "emergency.ratio_label",
        ratio=number(row["ratio_pct"], 1),
        verdict=say(f"ratio_verdict.{row['verdict']}"),
    )


def _hover(row: Row) -> Text:
    return say(
        "emergency.ratio_hover",
        place=_place(str(row["level"]), str(row["pollutant"])),
        ratio=number(row["ratio_pct"], 1),
        required=number(row["required_pct"]),
        verdict=say(f"ratio_verdict.{row['verdict']}"),
    )


def _required(rows: list[Row]) -> dict[str, Any]:
    due = {(str(r["level"]), str(r["pollutant"])): float(r["required_pct"]) for r in rows}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": say("emergency.required"),
        "y": listed([_place(*p) for p in due]),
        "x": list(due.values()),
        "marker": {
            "symbol": "line-ns",
            "size": 34,
            "color": colour("limit"),
            "line": {"color": colour("limit"), "width": 3},
        },
        "hovertemplate": "%{y}: %{x}%<extra></extra>",
    }
