"""The bulletin of a city's day in words: what its templates are filled with."""

from collections.abc import Mapping
from typing import Any

from dashboards.bulletin import city, parts, words
from dashboards.bulletin.day import PERIODS, cumulative, issue, outlook_lines, so_far, warnings_line
from dashboards.bulletin.notes import notes


def city_day_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give every placeholder of the templates of a city's day; see ``fields.csv``."""
    day, framed, places = document["day"], city.framed(document), document["places"]
    when = f"{words.day_zh(day, year=True)}（星期{words.WEEKDAYS[day.weekday()]}）"

    def ranked(part: Mapping[str, Any]) -> str:
        return city.rank_text(part, document["region"])

    def told(part: Mapping[str, Any]) -> str:
        return cumulative(part, of_city=True)

    return framed | {
        "title": f"{framed['mark']}{framed['region']}空气质量日报",
        "day": when,
        "yesterday": _yesterday(places),
        "units_text": city.units_line(places),
        "stations_text": city.highest(places),
        **so_far(document, told, ranked),
        "outlook_name": "未来三天" + issue(document["outlook"]),
        "outlook_text": outlook_lines(document["outlook"], of_city=True),
        "warnings_text": warnings_line(document),
        "warnings": parts.warning_rows(document["warnings"]),
        "places": city.place_rows(places),
        "basis_short": parts.basis_short(document["month"]),
        "notes": notes(document, PERIODS),
    }


def _yesterday(places: list[Mapping[str, Any]]) -> str:
    own = next(p for p in places if p["place_kind"] == "city")
    values = "、".join(f"{item} {city.daily(own, item)}" for item in city.ITEMS if item != "CO")
    told = f"{values}微克/立方米，CO {city.daily(own, 'CO')}毫克/立方米"
    if own["aqi"] is None:
        return f"无有效AQI；{told}"
    return (
        f"AQI {own['aqi']}，{words.category(own['level'])}，"
        f"首要污染物{words.pollutants(own['primary_pollutants'])}；{told}"
    )
