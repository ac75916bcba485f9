"""The bulletin of a city's month in words: what its templates are filled with."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import city, parts, words
from dashboards.bulletin.day import cumulative
from dashboards.bulletin.month import PERIODS, SAME, SAME_RANKS, warnings_text
from dashboards.bulletin.month_coal import coal_rows, coal_text
from dashboards.bulletin.month_targets import target_rows, targets_text
from dashboards.bulletin.notes import notes

_LEVELS = ("优", "良", "轻度污染", "中度污染", "重度污染", "严重污染")


def city_month_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give every placeholder of the templates of a city's month but the chart; see ``fields.csv``."""
    framed, month, year = city.framed(document), document["month"], document["year"]
    first, until = month["period"]["day_first"], month["period"]["day_until"]
    unfinished = "" if month["period"]["finished"] else f"（截至{until.day}日）"
    first_month = first == year["period"]["day_first"]
    name, rows = framed["region"], parts.warning_rows(document["warnings"])
    n_ranked = month["units"][0]["n_ranked"] if month["units"] else 0
    return framed | {
        "title": f"{framed['mark']}{name}{first.year}年{first.month}月空气质量通报",
        "month": f"{first.year}年{first.month}月{unfinished}",
        "month_short": f"{first.month}月{unfinished}",
        "year_short": words.months_zh(until),
        "lead": f"{first.month}月{unfinished}，{name}{cumulative(month, of_city=True)}。",
        "lead_year": SAME
        if first_month
        else f"{words.months_zh(until)}，{name}{cumulative(year, of_city=True)}。",
        "rank_month": city.rank_text(month, document["region"]),
        "rank_year": SAME_RANKS if first_month else city.rank_text(year, document["region"]),
        "items": parts.item_rows(month["items"]),
        "items_year": [] if first_month else parts.item_rows(year["items"]),
        "units_text": city.units_text(month["units"], name, n_ranked),
        "units": parts.area_rows(month["units"]),
        "stations": city.station_rows(document["stations"]),
        "stations_text": _stations_text(document["stations"]),
        "days_text": _days_text(month),
        "heavy_text": _heavy_text(document["calendar"]),
        "targets": target_rows(document["targets"]),
        "targets_text": targets_text(document["targets"]),
        "coal_text": coal_text(document["coal"]),
        "coal": coal_rows(document["coal"] or ()),
        "warnings_text": warnings_text(document, len(rows)),
        "warnings": rows,
        "basis_short": parts.basis_short(month),
        "notes": notes(document, PERIODS),
    }


def _stations_text(stations: Sequence[Mapping[str, Any]]) -> str:
    if not stations:
        return "本月没有站点数据"
    known = [s for s in stations if "PM2.5" in s["items"] and s["items"]["PM2.5"]["sufficient"]]
    lacking = len(stations) - len(known)
    tail = f"；{lacking}个站点有效天数不足，不列数值" if lacking else ""
    return f"{len(stations)}个站点有数据，按PM2.5由高到低列出{tail}"


def _days_text(month: Mapping[str, Any]) -> str:
    days = month["days"]
    if not days:
        return "无有效天数"
    told = "、".join(
        f"{name}{words.count_days(days[f'n_level_{n}'])}天" for n, name in enumerate(_LEVELS, start=1)
    )
    return f"有效天数{words.count_days(days['n_valid_days'])}天（时段{days['n_days']}天），其中{told}"


def _heavy_text(calendar: Sequence[Mapping[str, Any]]) -> str:
    heavy = [row for row in calendar if row["aqi"] is not None and row["aqi"] > 200]
    if not heavy:
        return "没有出现重度及以上污染天"
    told = "、".join(f"{row['day'].day}日{row['aqi']}" for row in heavy)
    return f"重度及以上污染{len(heavy)}天（AQI）：{told}"
