"""The bulletin of a month in words: what its templates are filled with."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import parts, words
from dashboards.bulletin.month_coal import coal_rows, coal_text
from dashboards.bulletin.month_targets import target_rows, targets_text
from dashboards.bulletin.notes import notes
from dashboards.bulletin.words import LACKING
from dashboards.clean import one_line

PERIODS = (("month", "当月"), ("year", "累计"))
SAME = "1月为本年第一个月，累计与当月相同。"
SAME_RANKS = "累计排名与当月相同"


def month_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give every placeholder of the templates of a month but the charts; see ``fields.csv``."""
    framed, month, year = parts.frame(document), document["month"], document["year"]
    first, until = month["period"]["day_first"], month["period"]["day_until"]
    unfinished = "" if month["period"]["finished"] else f"（截至{until.day}日）"
    whom = f"{framed['region']}{framed['n_cities']}个城市"
    first_month = first == year["period"]["day_first"]
    units = [row for row in month["units"] if row["area_kind"] == "unit"]
    rows = parts.warning_rows(document["warnings"])
    return framed | {
        "title": f"{framed['mark']}{framed['region']}{first.year}年{first.month}月空气质量通报",
        "month": f"{first.year}年{first.month}月{unfinished}",
        "month_short": f"{first.month}月{unfinished}",
        "year_short": words.months_zh(until),
        "lead": [_lead(month, f"{first.month}月{unfinished}，{whom}")],
        "lead_year": SAME if first_month else _lead(year, f"{words.months_zh(until)}，{whom}"),
        "items": parts.item_rows(month["items"]),
        "items_year": [] if first_month else parts.item_rows(year["items"]),
        "cities": parts.area_rows(month["cities"]),
        "cities_year": [] if first_month else parts.area_rows(year["cities"]),
        "units": parts.area_rows(units),
        "n_ranked_units": str(sum(row["rank"] is not None for row in month["units"])),
        "first_cities": parts.first_named(month["cities"]) or f"无（{LACKING}）",
        "last_cities": parts.last_named(month["cities"], "城市"),
        "last_cities_year": SAME_RANKS if first_month else parts.last_named(year["cities"], "城市"),
        "last_units": _last_units(month["units"]),
        "improved": _improved(month["cities"]),
        "days_text": _days_text(month),
        "heavy_text": _heavy_text(month["cities"]),
        "coal_text": coal_text(document["coal"]),
        "coal": coal_rows(document["coal"] or ()),
        "warnings_text": warnings_text(document, len(rows)),
        "warnings": rows,
        "targets": target_rows(document["targets"]),
        "targets_text": targets_text(document["targets"]),
        "basis_short": parts.basis_short(month),
        "notes": notes(document, PERIODS),
    }


def _lead(part: Mapping[str, Any], whom: str) -> str:
    item, days = part["items"].get("PM2.5"), part["days"]
    value = words.printed(item)
    if item and value not in (LACKING, words.DASH):
        told = f"{whom}PM2.5平均浓度为{value}微克/立方米，{words.moved(item)}"
    else:
        told = f"{whom}PM2.5平均浓度{LACKING}，不列数值"
    told += parts.common_text(part)
    if not days or not days["sufficient"]:
        return f"{told}；平均优良天数比例{LACKING}。"
    return (
        f"{told}；平均优良天数比例为{words.figure(days['good_days_pct'], days['rate_digits'])}%，"
        f"{words.points(days['good_pct_change'], days['rate_digits'])}；"
        f"重度及以上污染共{words.count_days(days['heavy_city_days'])}天次，{words.more_days(days['heavy_days_change'])}。"
    )


def _last_units(rows: Sequence[Mapping[str, Any]]) -> str:
    if not any(row["area_kind"] == "unit" for row in rows):
        return "本区域没有考核单元"
    return parts.last_named(rows, "城市与考核单元")


def _improved(rows: Sequence[Mapping[str, Any]]) -> str:
    best = sorted((r for r in rows if r["most_improved"]), key=lambda r: (r["change_pct"], r["city_code"]))
    worst = sorted((r for r in rows if r["least_improved"]), key=lambda r: (-r["change_pct"], r["city_code"]))
    if not best:
        return "综合指数可比的城市不足，不列改善幅度"

    def told(found: Sequence[Mapping[str, Any]]) -> str:
        return "、".join(
            f"{one_line(r['name_zh'], 40)}（{words.signed(r['change_pct'], 1, '%')}）" for r in found
        )

    return f"综合指数同比改善幅度靠前的为{told(best)}，靠后的为{told(worst)}"


def _days_text(month: Mapping[str, Any]) -> str:
    days = month["days"]
    if not days:
        return "无有效天数"
    levels = ("优", "良", "轻度污染", "中度污染", "重度污染", "严重污染")
    told = "、".join(
        f"{name}{words.figure(days[f'n_level_{n}'], 1)}天" for n, name in enumerate(levels, start=1)
    )
    return f"城市平均有效天数{words.figure(days['n_valid_days'], 1)}天（时段{days['n_days']}天），其中{told}"


def _heavy_text(rows: Sequence[Mapping[str, Any]]) -> str:
    heavy = sorted(
        (r for r in rows if r["days"] and r["days"]["heavy_days"] > 0),
        key=lambda r: (-r["days"]["heavy_days"], r["city_code"]),
    )
    if not heavy:
        return "没有城市出现重度及以上污染天"
    told = "、".join(
        f"{one_line(r['name_zh'], 40)}{words.count_days(r['days']['heavy_days'])}天" for r in heavy
    )
    return f"{len(heavy)}个城市出现重度及以上污染天：{told}"


def warnings_text(document: Mapping[str, Any], n: int) -> str:
    """Tell how many warnings there were in the month."""
    if n:
        return f"本月涉及预警{n}项"
    return "本月没有已发布的预警" + (
        "（公开版只含经批准的正式预警）" if document["about"]["class"] == "public" else ""
    )
