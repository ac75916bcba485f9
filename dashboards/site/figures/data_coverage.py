"""Completeness of every station and day of a year."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_text
from dashboards.site.colours import colour, sequential
from dashboards.site.figures.parts import axis
from dashboards.site.frames import records
from dashboards.site.words import listed, say

MONTHS = tuple(range(1, 13))
_DAY_MS = 86_400_000


def figure(stations: pd.DataFrame, rows: pd.DataFrame, year: int) -> tuple[Figure | None, pd.DataFrame]:
    """Draw a cell a station and day; listed stations without data keep an empty row.

    Parameters
    ----------
    stations : DataFrame
        station_code, station, city (Text), counts, listed, a row a station.
    rows : DataFrame
        station_code, day, pct [%], the days of the year.
    year : int
        The year shown.

    Returns
    -------
    figure, tidy data: a row a station with the completeness of each month
    """
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    place = {d: n for n, d in enumerate(days)}
    known = {
        r["station_code"]: r
        for r in records(stations[["station_code", "station", "city", "counts", "listed"]])
    }
    cells: dict[str, list[int | None]] = {code: [None] * len(days) for code in known}
    places = [place[d] for d in pd.to_datetime(rows["day"]).dt.date]
    for code, at, pct in zip(rows["station_code"], places, rows["pct"], strict=True):
        cells[code][at] = int(pct)
    tidy = pd.DataFrame([_summary(r, cells[c], days) for c, r in known.items()])
    if tidy.empty or not tidy["n_days"].any():
        return None, tidy
    return _figure(list(known.values()), days, list(cells.values())), tidy


def _summary(row: dict[str, Any], values: list[int | None], days: list[date]) -> dict[str, Any]:
    with_data = [n for n, v in enumerate(values) if v]
    made = row | {
        "n_days": len(with_data),
        "day_first": days[with_data[0]].isoformat() if with_data else None,
        "day_last": days[with_data[-1]].isoformat() if with_data else None,
        "pct_year": None,
    }
    told = [v for v in values if v is not None]
    if told:
        made["pct_year"] = sum(told) / len(told)
    for month in MONTHS:
        mine = [v for v, d in zip(values, days, strict=True) if d.month == month and v is not None]
        made[f"month_{month}"] = sum(mine) / len(mine) if mine else None
    return made


def _figure(stations: list[dict[str, Any]], days: list[date], values: list[list[int | None]]) -> Figure:
    labels = _labels(stations)
    firsts = [d.isoformat() for d in days if d.day == 1]
    return {
        "data": [
            {
                "type": "heatmap",
                # Cells without gaps on even axes are painted as one picture; one by one they take half a second.
                "x0": days[0].isoformat(),
                "dx": _DAY_MS,
                "y": labels,
                "z": values,
                "colorscale": [[1 - at, c] for at, c in reversed(sequential())],
                "zmin": 0,
                "zmax": 100,
                "hoverongaps": False,
                "hovertemplate": "%{y}<br>%{x|%Y-%m-%d}: %{z}%<extra></extra>",
                "showscale": False,
            }
        ],
        "layout": {
            "height": 70 + 15 * len(stations),
            "margin": {"l": 124, "t": 30, "r": 4, "b": 8},
            "plot_bgcolor": colour("missing"),
            "xaxis": axis(
                type="date",
                side="top",
                tickvals=firsts,
                ticktext=listed([say(f"month.{n}") for n in MONTHS]),
                range=[f"{days[0] - timedelta(days=1)} 12:00", f"{days[-1]} 12:00"],
                showgrid=False,
                zeroline=False,
            ),
            # The names of a hundred stations are not measured again and again: their room is given.
            "yaxis": axis(
                type="category",
                categoryorder="array",
                categoryarray=labels,
                range=[len(labels) - 0.5, -0.5],
                dtick=1,
                automargin=False,
                ticklabeloverflow="allow",
                showgrid=False,
                tickfont={"size": 10},
            ),
        },
    }


def _labels(stations: list[dict[str, Any]]) -> list[str]:
    """Name and code of each station, all different: rows go by them."""
    made: list[str] = []
    for row in stations:
        code = plot_text(row["station_code"], 8)
        label = (
            code
            if not row["station"] or pd.isna(row["station"])
            else f"{plot_text(row['station'], 8)} {code}"
        )
        made.append(label if label not in made else f"{label} {len(made) + 1}")
    return made
