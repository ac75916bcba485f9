"""Annual values of the six pollutants as a share of their limits."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, limit_line, number
from dashboards.site.frames import records
from dashboards.site.words import Text, listed, say

_BASES = {"before_dust": ("accent", ""), "after_dust": ("before", "/")}


def figure(items: pd.DataFrame) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a bar an item and basis; 100 % is the limit.

    Parameters
    ----------
    items : DataFrame
        pollutant, statistic, basis, value_printed, limit_value, ratio_pct [%].

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = items.reset_index(drop=True)
    return _figure(tidy, "item"), _figure(tidy, "item_narrow"), tidy


def _figure(tidy: pd.DataFrame, wording: str) -> Figure:
    shown = tidy[tidy["ratio_pct"].notna()]
    labels = list(dict.fromkeys(zip(shown["pollutant"], shown["statistic"], strict=True)))
    data = []
    for basis, (name, pattern) in _BASES.items():
        rows = records(shown[shown["basis"] == basis])
        if rows:
            data.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": say(f"basis.{basis}"),
                    "y": listed([_item(wording, r["pollutant"], r["statistic"]) for r in rows]),
                    "x": [float(r["ratio_pct"]) for r in rows],
                    "text": [f"{number(r['ratio_pct'])}%" for r in rows],
                    "textposition": "outside",
                    "cliponaxis": False,
                    "marker": fill(name, pattern),
                    "hovertemplate": "%{y}: %{x}%<extra></extra>",
                }
            )
    top = max([float(r) for r in shown["ratio_pct"]], default=100.0)
    return {
        "data": data,
        "layout": {
            "height": (90 if wording == "item" else 110) + 36 * max(len(labels), 1),
            "margin": {"l": 90, "t": 32, "r": 40},
            "barmode": "group",
            "bargap": 0.25,
            "xaxis": axis(say("axis.of_limit"), range=[0, max(115.0, top * 1.12)], ticksuffix="%"),
            "yaxis": axis(
                type="category",
                autorange="reversed",
                categoryorder="array",
                categoryarray=listed([_item(wording, p, s) for p, s in labels]),
                showgrid=False,
            ),
            "shapes": [limit_line(100, vertical=True)],
            "showlegend": len(data) > 1,
        },
    }


def _item(wording: str, pollutant: str, statistic: str) -> Text:
    return say(wording, pollutant=say(f"pollutant.{pollutant}"), statistic=say(f"statistic.{statistic}"))
