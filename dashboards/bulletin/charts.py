"""Pictures of the bulletins of a month."""

from collections.abc import Mapping
from typing import Any

from dashboards.bulletin import parts, words
from dashboards.pictures.aqi_chart import Chart
from dashboards.pictures.bulletin_calendar import bulletin_calendar
from dashboards.pictures.bulletin_ranking import bulletin_ranking

NAMES = {"month": ("chart_ranking", "chart_calendar"), "city_month": ("chart_calendar",)}
"""Placeholders of pictures by kind of bulletin."""


def charts(document: Mapping[str, Any]) -> dict[str, Chart]:
    """Draw the pictures of a bulletin, by their placeholder; bulletins of a day have none."""
    makers = {"chart_ranking": _ranking, "chart_calendar": _calendar}
    return {name: makers[name](document) for name in NAMES.get(document["kind"], ())}


def _of(document: Mapping[str, Any]) -> tuple[str, str, bool]:
    """Name the period and the area, and tell whether it is an exercise."""
    first = document["month"]["period"]["day_first"]
    region = words.short_name(document["region"]["name_zh"])
    return f"{first.year}年{first.month}月", region, bool(document["about"]["simulated"])


def _calendar(document: Mapping[str, Any]) -> Chart:
    when, region, exercise = _of(document)
    return bulletin_calendar(when, region, document["calendar"], exercise=exercise)


def _ranking(document: Mapping[str, Any]) -> Chart:
    month, (when, region, exercise) = document["month"], _of(document)
    rows = [
        told
        | {
            "value": row["composite_index"] if row["rank"] is not None else None,
            "among_last": row["among_last"],
        }
        for row, told in zip(month["cities"], parts.area_rows(month["cities"]), strict=True)
    ]
    return bulletin_ranking(when, region, rows, exercise=exercise)
