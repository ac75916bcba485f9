"""Map of the region: one filled outline a city, with its AQI, level, primary pollutant, trend and warning."""

from math import cos, radians
from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name, plot_text
from dashboards.site.colours import colour
from dashboards.site.figures.parts import level_of
from dashboards.site.frames import records, with_columns
from dashboards.site.tiles import hexagon, place
from dashboards.site.words import Text, listed, say

Rings = list[list[tuple[float, float]]]

STEADY = 10
"""Change of the AQI that is still called steady."""
_RAISED, _LOWERED = 0.2, 0.52
"""Where text and badge stand in a hexagon that has both, from its centre in radii."""
_RAISED_MORE = 0.3
"""The same for a text above a badge of two lines on a narrow screen."""


def trend_of(now: Any, before: Any) -> str:
    """``up``, ``down`` or ``steady``; ``unknown`` where one of the values is missing."""
    if pd.isna(now) or pd.isna(before):
        return "unknown"
    return "steady" if abs(now - before) <= STEADY else "up" if now > before else "down"


def figure(
    cities: pd.DataFrame, points: dict[str, tuple[float, float]], outlines: dict[str, Rings]
) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw the map.

    Parameters
    ----------
    cities : DataFrame
        One row a city: city_code, name (Text), short (Text), aqi, aqi_before, primary_pollutants, warning (its
        level), warning_kind (real or drill) and warning_from (Text; when it begins, where it has not yet).
    points : dict
        Longitude and latitude of cities [°].
    outlines : dict
        Rings given by the user, by city; used when every city has one, else all are drawn as hexagons.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    tidy = with_columns(
        cities,
        level=[level_of(a) for a in cities["aqi"]],
        trend=[trend_of(a, b) for a, b in zip(cities["aqi"], cities["aqi_before"], strict=True)],
    )
    drawn = bool(outlines) and set(tidy["city_code"]) <= outlines.keys()
    shapes, centres, ratio = _given(tidy, points, outlines) if drawn else _schematic(tidy, points)
    make = _over_outlines if drawn else _in_tiles
    figures = [_figure(tidy, shapes, ratio, phone=phone) for phone in (False, True)]
    for made, phone in zip(figures, (False, True), strict=True):
        make(made, records(tidy), centres, phone=phone)
    return figures[0], figures[1], tidy


def _schematic(tidy: pd.DataFrame, points: dict[str, tuple[float, float]]) -> tuple[dict, dict, float]:
    codes = list(tidy["city_code"])
    centres = place({c: points[c] for c in codes if c in points}, [c for c in codes if c not in points])
    return {c: [list(zip(*hexagon(*centres[c]), strict=True))] for c in codes}, centres, 1.0


def _given(
    tidy: pd.DataFrame, points: dict[str, tuple[float, float]], outlines: dict[str, Rings]
) -> tuple[dict, dict, float]:
    shapes = {c: outlines[c] for c in tidy["city_code"]}
    centres = {}
    for code, rings in shapes.items():
        longest = max(rings, key=len)
        xs, ys = zip(*longest, strict=True)
        centres[code] = points.get(code) or (sum(xs) / len(xs), sum(ys) / len(ys))
    middle = sum(y for _, y in centres.values()) / max(len(centres), 1)
    return shapes, centres, 1 / cos(radians(middle))


def _figure(tidy: pd.DataFrame, shapes: dict, ratio: float, *, phone: bool) -> Figure:
    """Draw the outlines alone."""
    corners = [point for rings in shapes.values() for ring in rings for point in ring]
    bare = {"visible": False, "showgrid": False, "zeroline": False}
    layout: dict[str, Any] = {
        "height": 380 if phone else 560,
        "margin": {"l": 2, "r": 2, "t": 2, "b": 2},
        "xaxis": bare | {"range": _range([x for x, _ in corners])},
        "yaxis": bare | {"range": _range([y for _, y in corners]), "scaleanchor": "x", "scaleratio": ratio},
        "annotations": [],
    }
    return {"data": [_outline(r, shapes[r["city_code"]]) for r in records(tidy)], "layout": layout}


def _in_tiles(made: Figure, rows: list[dict[str, Any]], centres: dict, *, phone: bool) -> None:
    """Write into hexagons, which have room for it."""
    made["data"].append(
        {
            "type": "scatter",
            "mode": "text",
            "x": [centres[r["city_code"]][0] for r in rows],
            "y": [centres[r["city_code"]][1] + _raised(r, phone=phone) for r in rows],
            "text": listed([_label(r, "now.tile", phone=phone) for r in rows]),
            "textfont": {
                "color": colour([f"on{r['level']}" for r in rows]),
                "size": [(8 if phone else 12) if r["warning"] else (10 if phone else 14) for r in rows],
            },
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    made["layout"]["annotations"] = [
        _badge(r, (x, y - _LOWERED), phone=phone)
        for r in rows
        if r["warning"]
        for x, y in [centres[r["city_code"]]]
    ]


def _raised(row: dict[str, Any], *, phone: bool) -> float:
    if not row["warning"]:
        return 0.0
    return _RAISED_MORE if phone and row["warning_from"] is not None else _RAISED


def _over_outlines(made: Figure, rows: list[dict[str, Any]], centres: dict, *, phone: bool) -> None:
    """Write over outlines of any size, on a ground of its own."""
    for row in rows:
        x, y = centres[row["city_code"]]
        text = {
            "x": x,
            "y": y,
            "text": _label(row, "now.tag", phone=phone),
            "showarrow": False,
            "bgcolor": colour("paper"),
            "opacity": 0.9,
            "borderpad": 1,
            "font": {"size": 9 if phone else 12},
        }
        made["layout"]["annotations"].append(text)
        if row["warning"]:
            made["layout"]["annotations"].append(_badge(row, (x, y), phone=phone) | {"yshift": -30})


def _range(values: list[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    margin = (high - low) * 0.01 + 0.01
    return [round(low - margin, 3), round(high + margin, 3)]


def _outline(row: dict[str, Any], rings: Rings) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs[:-1],
        "y": ys[:-1],
        "fill": "toself",
        "fillcolor": colour(f"aqi{row['level']}"),
        "line": {"color": colour("edge"), "width": 1.5},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": _hover(row),
        "showlegend": False,
    }


def _label(row: dict[str, Any], key: str, *, phone: bool) -> Text:
    name = plot_name(row["short"], 10 if phone else 12)
    if row["level"] == 0:
        return say("now.tile_missing", name=name)
    return say(
        key,
        name=name,
        aqi=f"{row['aqi']:.0f}",
        arrow=say(f"arrow.{row['trend']}"),
        level=row["level"],
        word=say(f"level_short.{row['level']}"),
        primary=plot_text(str(row["primary_pollutants"] or "—").replace(",", " "), 12),
    )


def _hover(row: dict[str, Any]) -> Text:
    if row["level"] == 0:
        return say("now.tile_missing", name=plot_name(row["name"]))
    return say(
        "now.hover",
        name=plot_name(row["name"]),
        aqi=f"{row['aqi']:.0f}",
        word=say(f"level_short.{row['level']}"),
        trend=say(f"trend.{row['trend']}"),
        primary=plot_text(row["primary_pollutants"] or "—"),
    )


def _badge(row: dict[str, Any], centre: tuple[float, float], *, phone: bool) -> dict[str, Any]:
    level = row["warning"]
    coming = row["warning_from"] is not None
    key = f"now.badge{'_drill' if row['warning_kind'] == 'drill' else ''}{'_coming' if coming else ''}"
    values = {"start": row["warning_from"]} if coming else {}
    return {
        "x": centre[0],
        "y": centre[1],
        "text": say(
            f"{key}{'_short' if phone else ''}",
            text=say(f"warning_short.{level}" if phone else f"ui.warning.{level}"),
            **values,
        ),
        "showarrow": False,
        "bgcolor": colour(f"warn_{level}"),
        "bordercolor": colour("edge"),
        "borderpad": 1,
        "font": {"color": colour(f"on_warn_{level}"), "size": (7 if coming else 8) if phone else 10},
    }
