"""What makes up a change of coal use: bars of contributions, and coal by purpose of two years."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, floats, number, rows_axis, short
from dashboards.site.words import listed, say


def contributions(rows: pd.DataFrame) -> tuple[Figure | None, pd.DataFrame]:
    """Draw a bar a contributor, largest change first: falls to the left, rises to the right.

    Parameters
    ----------
    rows : DataFrame
        name (Text), change [10⁴ t].
    """
    tidy = rows[rows["change"].notna()].reset_index(drop=True)
    if tidy.empty:
        return None, tidy
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": say(f"coalchange.{way}"),
            "y": places,
            "x": [float(tidy["change"][n]) for n in places],
            "text": [f"{tidy['change'][n]:+.2f}" for n in places],
            "textposition": "outside",
            "cliponaxis": False,
            "width": 0.7,
            "marker": fill(name, pattern),
            "hoverinfo": "skip",
        }
        for way, name, pattern, places in (
            ("fall", "accent", "", [n for n, v in enumerate(tidy["change"]) if v <= 0]),
            ("rise", "limit", "/", [n for n, v in enumerate(tidy["change"]) if v > 0]),
        )
        if places
    ]
    low, high = min(0.0, float(tidy["change"].min())), max(0.0, float(tidy["change"].max()))
    # Of the width a phone leaves, a label of seven signs takes a quarter.
    room = (high - low or 1.0) * 0.56
    return {
        "data": data,
        "layout": {
            "height": 110 + 28 * len(tidy),
            "margin": {"l": 110, "t": 48, "r": 16},
            "barmode": "overlay",
            "xaxis": axis(
                say("coalaxis.change"),
                range=[low - (room if low else room / 5), high + (room if high else room / 5)],
                separatethousands=True,
                exponentformat="none",
            ),
            "yaxis": rows_axis(listed([short(n, 16) for n in tidy["name"]]), len(tidy)),
            "showlegend": True,
        },
    }, tidy


def purposes(rows: pd.DataFrame, year: int) -> tuple[Figure | None, pd.DataFrame]:
    """Draw coal by purpose of a year and of the year before.

    Parameters
    ----------
    rows : DataFrame
        name (Text), amount_year, before [10⁴ t].
    year : int
        Year of the amounts.
    """
    tidy = rows.reset_index(drop=True)
    shown = tidy[(tidy["amount_year"].fillna(0) > 0) | (tidy["before"].fillna(0) > 0)].reset_index(drop=True)
    if shown.empty:
        return None, tidy
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": {"zh": str(at), "en": str(at)},
            "y": list(range(len(shown))),
            "x": floats(shown[column]),
            "text": [number(v, 1, "") for v in shown[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": fill(name, pattern),
            "hoverinfo": "skip",
        }
        for column, at, name, pattern in (
            ("amount_year", year, "accent", ""),
            ("before", year - 1, "before", "/"),
        )
        if shown[column].notna().any()
    ]
    top = max(float(v) for c in ("amount_year", "before") for v in shown[c] if pd.notna(v))
    return {
        "data": data,
        "layout": {
            "height": 110 + 44 * len(shown),
            "margin": {"l": 110, "t": 48, "r": 16},
            "barmode": "group",
            "xaxis": axis(
                say("coalunit.t"), range=[0, top * 1.32 or 1], separatethousands=True, exponentformat="none"
            ),
            "yaxis": rows_axis(listed([short(n, 16) for n in shown["name"]]), len(shown)),
            "showlegend": True,
        },
    }, tidy
