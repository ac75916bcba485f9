"""Completeness of every station and day of a year."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_text
from dashboards.site.colours import colour, sequential
from dashboards.site.figures.parts import axis, rows_axis
from dashboards.site.frames import records
from dashboards.site.words import listed, say

MONTHS = tuple(range(1, 13))


def figure(rows: pd.DataFrame, year: int) -> tuple[Figure | None, pd.DataFrame]:
    """Draw a cell a station and day; listed stations without data keep an empty row.

    Parameters
    ----------
    rows : DataFrame
        station_code, station, city (Text), counts, listed, day, pct [%], by station and day.
    year : int
        The year shown; days of others are left out.

    Returns
    -------
    figure, tidy data: a row a station with the completeness of each month
    """
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    place = {d: n for n, d in enumerate(days)}
    known: dict[str, dict[str, Any]] = {}
    cells: dict[str, list[int | None]] = {}
    for row in records(
        rows[["station_code", "station", "city", "counts", "listed"]].drop_duplicates("station_code")
    ):
        known[row["station_code"]] = row
        cells[row["station_code"]] = [None] * len(days)
    for code, day, pct in zip(rows["station_code"], rows["day"], rows["pct"], strict=True):
        at = None if pd.isna(day) else place.get(pd.Timestamp(day).date())
        if at is not None:
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
    codes = [plot_text(r["station_code"], 8) for r in stations]
    labels = [
        c if not r["station"] or pd.isna(r["station"]) else f"{plot_text(r['station'], 8)} {c}"
        for r, c in zip(stations, codes, strict=True)
    ]
    firsts = [d for d in days if d.day == 1]
    return {
        "data": [
            {
                "type": "heatmap",
                "x0": 0,
                "dx": 1,
                "y": list(range(len(stations))),
                "z": values,
                "colorscale": [[1 - at, c] for at, c in reversed(sequential())],
                "zmin": 0,
                "zmax": 100,
                "ygap": 1,
                "hoverongaps": False,
                "hovertemplate": "%{z}%<extra></extra>",
                "showscale": False,
            }
        ],
        "layout": {
            "height": 70 + 15 * len(stations),
            "margin": {"l": 110, "t": 30, "r": 4, "b": 8},
            "plot_bgcolor": colour("missing"),
            "xaxis": axis(
                side="top",
                tickvals=[days.index(d) for d in firsts],
                ticktext=listed([say(f"month.{d.month}") for d in firsts]),
                range=[-0.5, len(days) - 0.5],
                showgrid=False,
                zeroline=False,
            ),
            "yaxis": rows_axis(labels, len(stations), tickfont={"size": 10}),
        },
    }
