"""All coal targets of a year beside each other: share of the limit used, or of the task achieved, with both lines."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, floats, limit_line, number, rows_axis, short
from dashboards.site.words import Text, listed, say

_COLUMNS = {
    "amount": ("used_pct", "linear_of_limit_pct", "profile_of_limit_pct"),
    "reduction": ("task_share_pct", "linear_pct", "profile_pct"),
}
_MARKS = (("linear", "square-open", "limit"), ("profile", "diamond-open", "ink"))


def figure(targets: pd.DataFrame, form: str) -> tuple[Figure | None, Figure | None, pd.DataFrame]:
    """Draw a bar a target, with a mark for each of the two lines; None where no target has such lines.

    Parameters
    ----------
    targets : DataFrame
        label, area (Text), short (Text), line_form and the shares of the limit or task [%].
    form : {"amount", "reduction"}
        Targets judged by coal used, or by coal cut.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    bar = _COLUMNS[form][0]
    tidy = targets[(targets["line_form"] == form) & targets[bar].notna()].reset_index(drop=True)
    if tidy.empty:
        return None, None, tidy
    pairs = list(zip(tidy["area"], tidy["short"], strict=True))
    wide, narrow = (
        listed([say("coal.two_lines", area=short(a, n), target=short(s, n + 6)) for a, s in pairs])
        for n in (16, 9)
    )
    return _figure(tidy, form, wide, 150), _figure(tidy, form, narrow, 90), tidy


def _figure(tidy: pd.DataFrame, form: str, labels: Text, left_px: int) -> Figure:
    bar, *marks = _COLUMNS[form]
    rows = list(range(len(tidy)))
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": say(f"coalshare.{form}"),
            "y": rows,
            "x": [float(v) for v in tidy[bar]],
            "text": [f"{number(v, 1)}%" for v in tidy[bar]],
            "textposition": "auto",
            "insidetextanchor": "start",
            "marker": fill("band"),
            "insidetextfont": {"color": colour("ink")},
            "hovertemplate": "%{x:.1f}%<extra></extra>",
        }
    ]
    for (name, symbol, ink), column in zip(_MARKS, marks, strict=True):
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": say(f"coalline.{name}"),
                "y": rows,
                "x": floats(tidy[column]),
                "marker": {"symbol": symbol, "size": 12, "color": colour(ink), "line": {"width": 2}},
                "hovertemplate": "%{x:.1f}%<extra></extra>",
            }
        )
    reach = [float(v) for c in (bar, *marks) for v in tidy[c] if pd.notna(v)]
    return {
        "data": data,
        "layout": {
            "height": 130 + 36 * len(tidy),
            "margin": {"l": left_px, "t": 64, "r": 24},
            "xaxis": axis(
                say(f"coalaxis.{form}"),
                range=[min(0.0, *reach) * 1.1, max(105.0, *reach) * 1.04],
                ticksuffix="%",
            ),
            "yaxis": rows_axis(labels, len(tidy), tickfont={"size": 11}),
            "shapes": [limit_line(100, vertical=True)],
            "showlegend": True,
        },
    }
