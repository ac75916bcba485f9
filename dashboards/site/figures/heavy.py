"""Heavy days of the cities of a region in a year."""

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, floats, number, turned
from dashboards.site.words import listed, say


def figure(days: pd.DataFrame, year: int) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw days of levels 5 and 6 as stacked bars, those of the whole year before as marks.

    Parameters
    ----------
    days : DataFrame
        name (Text), n_level_5, n_level_6, heavy_days_before [d].
    year : int
        The year of the bars.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = days.reset_index(drop=True)
    names = listed([plot_name(n, 12) for n in tidy["name"]])
    data: list[dict[str, object]] = [
        {
            "type": "bar",
            "name": say("heavy.level", level=level, word=say(f"level_short.{level}"), year=year),
            "x": names,
            "y": floats(tidy[f"n_level_{level}"]),
            "text": [number(v) if pd.notna(v) and v > 0 else "" for v in tidy[f"n_level_{level}"]],
            "textposition": "inside",
            "textangle": 0,
            "insidetextfont": {"color": colour(f"on{level}")},
            "marker": {"color": colour(f"aqi{level}"), "line": {"color": colour("edge"), "width": 1}},
        }
        for level in (5, 6)
    ]
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": say("heavy.before", year=year - 1),
            "x": names,
            "y": floats(tidy["heavy_days_before"]),
            "marker": {
                "symbol": "diamond",
                "size": 11,
                "color": colour("paper"),
                "line": {"color": colour("ink"), "width": 2},
            },
        }
    )
    made = {
        "data": data,
        "layout": {
            "height": 360,
            "barmode": "stack",
            "margin": {"t": 48, "b": 60},
            "xaxis": axis(type="category", showgrid=False),
            "yaxis": axis(say("axis.days"), rangemode="tozero"),
            "showlegend": True,
        },
    }
    return made, turned(made, len(tidy), 30), tidy
