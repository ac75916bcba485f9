"""The bulletin of a day in words: what its templates are filled with."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from dashboards.bulletin import parts, words
from dashboards.bulletin.notes import notes
from dashboards.bulletin.words import DASH, LACKING
from dashboards.clean import one_line

PERIODS = (("of_day", "当日"), ("month", "本月累计"), ("year", "今年累计"))


def day_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give every placeholder of the templates of a day; see ``fields.csv``."""
    day, framed = document["day"], parts.frame(document)
    month = document["month"]
    when = f"{words.day_zh(day, year=True)}（星期{words.WEEKDAYS[day.weekday()]}）"
    return framed | {
        "title": f"{framed['mark']}{framed['region']}空气质量日报",
        "day": when,
        "yesterday": _yesterday(document),
        "levels": _levels(document),
        **so_far(document, cumulative, rank_text),
        "outlook_name": "未来三天" + issue(document["outlook"]),
        "outlook_text": outlook_lines(document["outlook"]),
        "warnings_text": warnings_line(document),
        "warnings": parts.warning_rows(document["warnings"]),
        "cities": _cities(document),
        "basis_short": parts.basis_short(month),
        "notes": notes(document, PERIODS),
    }


def so_far(
    document: Mapping[str, Any],
    told: Callable[[Mapping[str, Any]], str],
    ranked: Callable[[Mapping[str, Any]], str],
) -> dict[str, str]:
    """Tell of the month and of the year so far; in January they are the same, and told once. A look back is no yesterday."""
    month, year = document["month"], document["year"]
    made = document["about"]["made_at"].date()
    spans = [words.span_zh(p["period"]["day_first"], p["period"]["day_until"]) for p in (month, year)]
    same = spans[0] == spans[1]
    return {
        "day_name": "昨日" if (made - document["day"]).days == 1 else "当日",
        "month_name": f"本月累计（{spans[0]}）",
        "month_text": told(month),
        "year_name": f"今年累计（{spans[1]}）",
        "year_text": "同本月累计" if same else told(year),
        "rank_month": ranked(month),
        "rank_year": "同本月排名" if same else ranked(year),
    }


def _yesterday(document: Mapping[str, Any]) -> str:
    row, there = document["region_day"], [c for c in document["cities"] if c["aqi"] is not None]
    n = len(document["cities"])
    if not row or not there:
        return f"{n}个城市均无有效 AQI"
    lacking = f"，{n - len(there)}个城市无有效 AQI" if len(there) < n else ""
    mean = (
        f"PM2.5平均{words.figure(row['pm25_printed'], row['digits'] or 0)}微克/立方米"
        if row["pm25_printed"] is not None and row["n_cities_pm25"] == row["n_cities_expected"]
        else f"PM2.5区域平均{LACKING}（{row['n_cities_pm25']}/{row['n_cities_expected']}个城市有值）"
    )
    top = there[0]
    return (
        f"优良城市{row['n_good_cities']}个，重度及以上污染城市{row['n_heavy_cities']}个{lacking}；{mean}；"
        f"AQI最高为{one_line(top['name_zh'], 40)}{top['aqi']}"
        f"（{words.category(top['level'])}，{words.pollutants(top['primary_pollutants'])}）"
    )


def _levels(document: Mapping[str, Any]) -> list[str]:
    """Cities by level, the gravest first: so thirteen of them fit a phone."""
    there = [c for c in document["cities"] if c["aqi"] is not None]
    lines = []
    for level, rows in groupby(sorted(there, key=lambda c: -c["level"]), key=lambda c: c["level"]):
        named = "、".join(f"{one_line(c['short_zh'] or c['name_zh'], 20)}{c['aqi']}" for c in rows)
        lines.append(f"{words.category(level)}：{named}")
    lacking = [
        one_line(c["short_zh"] or c["name_zh"] or c["city_code"], 20)
        for c in document["cities"]
        if c["aqi"] is None
    ]
    return lines + ([f"无有效AQI：{'、'.join(lacking)}"] if lacking else [])  # fmt: skip


def cumulative(part: Mapping[str, Any], *, of_city: bool = False) -> str:
    """Tell PM2.5, good and heavy days of a period so far; days of cities together are 天次."""
    item, days, unit = part["items"].get("PM2.5"), part["days"], "天" if of_city else "天次"
    if not item:
        return "无数据"
    value = words.printed(item)
    if value in (LACKING, DASH):
        how = ("有效{}/{}天" if of_city else "平均有效{}/{}天，或有城市不足").format(
            item["n_valid_days"], item["n_days"]
        )
        told = f"PM2.5{LACKING}（{how}），不列数值"
    else:
        told = f"PM2.5为{value}微克/立方米，{words.moved(item)}"
    told += parts.common_text(part)
    if not days or days["good_days_pct"] is None:
        return told
    if not days["sufficient"]:
        heavy = words.count_days(days["heavy_city_days"])
        return f"{told}；优良天数比例{LACKING}；已有重度及以上{heavy}{unit}"
    return (
        f"{told}；优良天数比例{words.figure(days['good_days_pct'], days['rate_digits'])}%，"
        f"{words.points(days['good_pct_change'], days['rate_digits'])}；"
        f"重度及以上{words.count_days(days['heavy_city_days'])}{unit}，{words.more_days(days['heavy_days_change'], unit)}"
    )


def rank_text(part: Mapping[str, Any]) -> str:
    """Tell who is first and who is last by the composite index."""
    first = parts.first_named(part["cities"])
    ranked = [r for r in part["cities"] if r["rank"] is not None]
    if not ranked:
        return f"综合指数{LACKING}，无城市参加排名"
    return (f"前3位：{first}；" if len(ranked) > 3 else "") + parts.last_named(part["cities"], "城市")


def issue(outlook: Mapping[str, Any] | None) -> str:
    """Tell when the outlook was issued, and what made it."""
    if not outlook or not outlook["days"]:
        return ""
    row = outlook["days"][0]
    kind = (
        "基线模型，仅供会商" if row["is_baseline"] else "预报" if row["models"] != "bulletin" else "预报简报"
    )
    return f"（{words.hour_zh(row['issued_at'])}{kind}）"


def outlook_lines(outlook: Mapping[str, Any] | None, *, of_city: bool = False) -> list[str]:
    """Tell the three days ahead, one line a day; of a region also who may be heavily polluted."""
    if outlook is None:
        return ["会商用预报为内部资料，公开版不列"]
    if not outlook["days"]:
        return ["没有可用的预报（所报之日后三天，且近72小时内发布的）"]
    lines = []
    for row in outlook["days"]:
        levels = words.level_range(row["level_low"], row["level_high"])
        told = f"{words.day_zh(row['day'])}：AQI {words.aqi_range(row['aqi_low'], row['aqi_high'])}，{levels}"
        heavy = [words.one_line(name, 20) for name in row["heavy_zh"]]
        if heavy and not of_city:
            named = "、".join(heavy[:5]) + ("等" if len(heavy) > 5 else "")
            told += f"；{named}{len(heavy)}市可能达重度及以上"
        lines.append(told)
    return lines


def warnings_line(document: Mapping[str, Any]) -> str:
    """Tell the warnings in one sentence, those that are alike together."""
    rows = parts.warning_rows(document["warnings"])
    if not rows:
        return "没有已发布的预警" + (
            "（公开版只含经批准的正式预警）" if document["about"]["class"] == "public" else ""
        )
    together: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        together.setdefault(tuple(row[key] for key in ("mark", "level", "start", "end", "state")), []).append(
            row["city"]
        )
    return "；".join(
        f"{mark}{'、'.join(cities)}{level}，{start}至{end}，{state}"
        for (mark, level, start, end, state), cities in together.items()
    )


def _cities(document: Mapping[str, Any]) -> list[dict[str, str]]:
    month = {r["city_code"]: r for r in document["month"]["cities"]}
    year = {r["city_code"]: r for r in document["year"]["cities"]}
    made = []
    for city in document["cities"]:
        row = {
            "name": one_line(city["name_zh"] or city["city_code"], 40),
            "aqi": DASH if city["aqi"] is None else str(city["aqi"]),
            "category": words.category(city["level"]),
            "level": str(city["level"] or ""),
            "primary": words.pollutants(city["primary_pollutants"]),
            "pm25": words.figure(city["pm25_printed"], city["digits"] or 0),
        }
        for name, found in (("month", month), ("year", year)):
            area = parts.area_rows([found[city["city_code"]]])[0] if city["city_code"] in found else {}
            for key in ("pm25", "pm25_change", "pm25_change_pct", "rank", "good_days", "heavy_days"):
                row[f"{name}_{key}"] = area.get(key, DASH)
        made.append(row)
    return made
