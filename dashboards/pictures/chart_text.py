"""What a chart says, in words: for those who do not see it, and for programs that show no pictures."""

from collections.abc import Sequence

from dashboards.mail.model import aqi_colours
from dashboards.pictures.aqi_days import Day, Period, level_of
from warehouse.standards.marks import EXERCISE
from warehouse.standards.warning_words import BADGES


def alt_text(city: str, days: Sequence[Day], period: Period | None, *, exercise: bool) -> str:
    """Tell every figure of the chart, the period of the warning, and what is missing."""
    mark = EXERCISE if exercise else ""
    if not days:
        return f"{mark}{city} AQI：没有实况，也没有预报 no data"
    parts = [f"{mark}{city} AQI"]
    past, coming = [d for d in days if not d.forecast], [d for d in days if d.forecast]
    if past:
        parts.append("实况 observed：" + "，".join(map(_told, past)))
    if coming:
        parts.append("预报 forecast：" + "，".join(map(_told, coming)))
    if period:
        zh, en, *_ = BADGES.get(period.level, BADGES["none"])
        end = f"{period.end:%m-%d %H}时" if period.end else "解除另行通知 until further notice"
        parts.append(f"{zh}预警期 {en} warning：{period.start:%m-%d %H}时 至 {end}")
    return "。".join(parts)


def _told(day: Day) -> str:
    if day.high is None or day.low is None:
        return f"{day.day:%m-%d} 缺"
    words = aqi_colours()[level_of(day.high)][1]
    figures = f"{day.high}" if day.low == day.high else f"{day.low}–{day.high}"
    return f"{day.day:%m-%d} {figures} {words}"
