"""Monthly PM2.5 of a year beside that of the year before."""

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.figures.parts import axis, fill, number
from dashboards.site.frames import with_columns
from dashboards.site.words import listed, say


def figure(months: pd.DataFrame, year: int) -> tuple[Figure, pd.DataFrame]:
    """Draw two bars a month.

    Parameters
    ----------
    months : DataFrame
        month, pm25, pm25_before [µg/m³].
    year : int
        The year of ``pm25``.
    """
    tidy = with_columns(
        months,
        change_pct=[
            None if pd.isna(a) or pd.isna(b) or b == 0 else round((float(a) / float(b) - 1) * 100, 1)
            for a, b in zip(months["pm25"], months["pm25_before"], strict=True)
        ],
    )
    names = listed([say(f"month.{m}") for m in tidy["month"]])

    def bars(column: str, name: str, colour_name: str, pattern: str) -> dict[str, object]:
        return {
            "type": "bar",
            "name": name,
            "x": names,
            "y": [None if pd.isna(v) else float(v) for v in tidy[column]],
            "text": [number(v, none="") for v in tidy[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "textangle": 0,
            "textfont": {"size": 10},
            "marker": fill(colour_name, pattern),
        }

    return {
        "data": [
            bars("pm25_before", str(year - 1), "before", "/"),
            bars("pm25", str(year), "accent", ""),
        ],
        "layout": {
            "height": 340,
            "barmode": "group",
            "margin": {"t": 40},
            "xaxis": axis(type="category", showgrid=False, tickangle=0, tickfont={"size": 10}),
            "yaxis": axis(say("axis.pm25"), rangemode="tozero"),
            "showlegend": True,
        },
    }, tidy
