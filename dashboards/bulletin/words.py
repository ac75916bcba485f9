"""How a bulletin writes figures: digits of the standard, changes with their sign, and words where there is no figure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import aqi_colours
from dashboards.response.words import moment
from warehouse import standards
from warehouse.standards.warning_words import BADGES, RESPONSES, response_name

DASH = "—"
LACKING = "数据不足"
NOT_COMPARABLE = "不可比"
UNITS = {"ug/m3": "微克/立方米", "mg/m3": "毫克/立方米"}
STATISTICS = {
    "mean": "平均浓度",
    "p90": "第90百分位数浓度",
    "p95": "第95百分位数浓度",
    "p98": "第98百分位数浓度",
}
ITEM_NAMES = {
    "O3": "臭氧（日最大8小时）",
    "CO": "一氧化碳",
    "SO2": "二氧化硫",
    "NO2": "二氧化氮",
    "PM10": "PM10",
    "PM2.5": "PM2.5",
}
WEEKDAYS = "一二三四五六日"
_STATES = {"partial": "未收齐", "complete": "已收齐", "closed": "逾期未收齐", "reviewed": "已审核"}


def figure(value: float | int | None, digits: int = 0) -> str:
    """Write a figure that is rounded already; nothing is a dash."""
    if value is None or value != value:
        return DASH
    return f"{value + 0.0:.{digits}f}".replace("-0.0", "0.0") if value == 0 else f"{value:.{digits}f}"


def signed(value: float | None, digits: int = 0, unit: str = "") -> str:
    """Write a change with its sign; none can be told where it cannot be compared."""
    if value is None or value != value:
        return NOT_COMPARABLE
    return ("+" if value > 0 else "") + figure(value, digits) + unit


def printed(item: Mapping[str, Any] | None) -> str:
    """Write the value of an item; one that rests on too few days is not written."""
    if not item or item["value_printed"] is None:
        return DASH
    return figure(item["value_printed"], item["digits"]) if item["sufficient"] else LACKING


def change(item: Mapping[str, Any] | None) -> str:
    """Write the change of an item in its unit."""
    return signed(item["change"], item["digits"]) if item else DASH


def change_pct(item: Mapping[str, Any] | None) -> str:
    """Write the change of an item in percent of the printed value of the year before."""
    return signed(item["change_pct"], item["change_digits"], "%") if item else DASH


def moved(item: Mapping[str, Any] | None) -> str:
    """Tell in words how an item changed on the year before: 同比上升2.1微克/立方米（+4.5%）."""
    if not item or item["change"] is None:
        return "同比不可比"
    amount = item["change"]
    if amount == 0:
        return "同比持平"
    verb = "上升" if amount > 0 else "下降"
    share = f"（{change_pct(item)}）" if item["change_pct"] is not None else ""
    return f"同比{verb}{figure(abs(amount), item['digits'])}{UNITS.get(item['unit'], '')}{share}"


def points(value: float | None, digits: int, what: str = "个百分点") -> str:
    """Tell in words how a share changed, in points of percent."""
    if value is None:
        return "同比不可比"
    if value == 0:
        return "同比持平"
    return f"同比{'上升' if value > 0 else '下降'}{figure(abs(value), digits)}{what}"


def count_days(value: float | None) -> str:
    """Write a number of days; a mean over cities has one digit."""
    return DASH if value is None else f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def more_days(change: float | None, unit: str = "天次") -> str:
    """Tell in words how a number of days changed; days of cities together are 天次, those of one city 天."""
    if change is None:
        return "同比不可比"
    if change == 0:
        return "同比持平"
    return f"同比{'增加' if change > 0 else '减少'}{count_days(abs(change))}{unit}"


def category(level: int | None) -> str:
    """Category of an AQI level."""
    return aqi_colours()[level][1] if level in aqi_colours() else DASH


def level_range(low: int | None, high: int | None) -> str:
    """Name the categories between two levels."""
    first, last = category(low), category(high)
    return first if first == last else f"{first}至{last}"


def aqi_range(low: int | None, high: int | None) -> str:
    """Write the range of an AQI."""
    if low is None or high is None:
        return DASH
    return f"{low}" if low == high else f"{low}—{high}"


def warning_name(level: str) -> str:
    """Name a level of warning as notices do: 橙色预警（Ⅱ级响应）."""
    name = BADGES.get(level, (one_line(level), ""))[0]
    return f"{name}预警（{response_name(level)[0]}）" if level in RESPONSES else f"{name}管控"


def day_zh(day: Any, *, year: bool = False) -> str:
    """Write a day: 11月21日."""
    at = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
    return (f"{at.year}年" if year else "") + f"{at.month}月{at.day}日"


def span_zh(first: date, last: date) -> str:
    """Write a run of days without repeating the month."""
    if first == last:
        return day_zh(first)
    return f"{day_zh(first)}—{last.day}日" if first.month == last.month else f"{day_zh(first)}—{day_zh(last)}"


def months_zh(last: date) -> str:
    """Name the part of a year up to the end of a month, or to a day: 1—10月."""
    ends = (last + timedelta(days=1)).day == 1
    if ends:
        return f"1—{last.month}月" if last.month > 1 else "1月"
    return span_zh(date(last.year, 1, 1), last)


def period_zh(name: object) -> str:
    """Name a period as people write it: 2026年, 2026年10月, 2025—2026年秋冬季."""
    text = one_line(name, 40)
    for pattern, told in _PERIODS:
        found = re.fullmatch(pattern, text)
        if found:
            return told(found)
    return text


_WINTER_PARTS = {None: "", "1": "（10—12月）", "2": "（1—3月）"}
_PERIODS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(\d{4})", lambda m: f"{m[1]}年"),
    (r"(\d{4})-(\d\d)", lambda m: f"{m[1]}年{int(m[2])}月"),
    (r"(\d{4})-H([12])", lambda m: f"{m[1]}年{'上' if m[2] == '1' else '下'}半年"),
    (r"(\d{4})-Q([1-4])", lambda m: f"{m[1]}年第{m[2]}季度"),
    (
        r"(\d{4})-winter(?:-([12]))?",
        lambda m: f"{m[1]}—{int(m[1]) + 1}年秋冬季{_WINTER_PARTS[m[2]]}",
    ),
)


def moment_zh(value: Any) -> str:
    """Write a moment: 2026-11-22 08:00."""
    at = moment(value) if value else None
    return f"{at:%Y-%m-%d %H:%M}" if at else DASH


def hour_zh(value: Any) -> str:
    """Write day and hour: 22日12时."""
    at: datetime | None = moment(value) if value else None
    return f"{at.month}月{at.day}日{at.hour}时" if at else DASH


def states_zh(text: str) -> str:
    """Put Chinese words for the states of days."""
    return re.sub(
        r"(, )?\b(partial|complete|closed|reviewed) (\d+)",
        lambda m: f"{'、' if m[1] else ''}{_STATES[m[2]]}{m[3]}个城市日",
        text,
    )


@cache
def _set_names() -> dict[str, str]:
    rows = standards.load("standard_set").to_dict("records")
    return {str(r["standard_set"]): str(r["name_zh"]) for r in rows}


def sets_zh(text: str) -> str:
    """Put the names of standards for their codes: 2012, 2026_transition."""
    names = "|".join(sorted(map(re.escape, _set_names()), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", lambda m: _set_names()[m[0]], text).replace(", ", "、")


def short_name(name: object) -> str:
    """Name of a region without what its list says of itself in brackets."""
    return re.split("[（(]", one_line(name, 60))[0].strip() or one_line(name, 60)


def pollutants(text: object) -> str:
    """Write primary pollutants as a list."""
    return one_line(text, 60).replace(",", "、").replace(" ", "") or DASH
