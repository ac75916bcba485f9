"""Pictures of the bulletin of a month."""

from collections.abc import Mapping
from typing import Any

from dashboards.bulletin import parts, words
from dashboards.pictures.aqi_chart import Chart
from dashboards.pictures.bulletin_calendar import bulletin_calendar
from dashboards.pictures.bulletin_ranking import bulletin_ranking


def month_charts(document: Mapping[str, Any]) -> dict[str, Chart]:
    """Draw the pictures of a month, by their placeholder."""
    month, region = document["month"], words.short_name(document["region"]["name_zh"])
    first = month["period"]["day_first"]
    when = f"{first.year}年{first.month}月"
    exercise = bool(document["about"]["simulated"])
    rows = [
        told
        | {
            "value": row["composite_index"] if row["rank"] is not None else None,
            "among_last": row["among_last"],
        }
        for row, told in zip(month["cities"], parts.area_rows(month["cities"]), strict=True)
    ]
    return {
        "chart_ranking": bulletin_ranking(when, region, rows, exercise=exercise),
        "chart_calendar": bulletin_calendar(when, region, document["calendar"], exercise=exercise),
    }
