"""Days of a chart: what was observed, what is forecast, in one row without gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_STEPS = (50, 100, 150, 200, 300)
HATCHES = {5: "//", 6: "xx"}
"""Stripes over the colours of heavy days, by AQI level, for those who do not tell the colours apart."""


@dataclass(frozen=True)
class Period:
    """When a warning holds; an end that is open is None."""

    level: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Day:
    """One day: an AQI that was observed, or the range that is forecast."""

    day: date
    low: int | None
    high: int | None
    forecast: bool


def days_of(observed: Sequence[Mapping[str, Any]], forecast: Sequence[Mapping[str, Any]]) -> list[Day]:
    """Days without a break, those nobody tells of without figures."""
    seen = {_date(row["day"]): _whole(row.get("aqi")) for row in observed}
    # A day that has begun has no AQI yet: its forecast is shown.
    last = max((day for day, aqi in seen.items() if aqi is not None), default=None)
    told = {_date(row["day"]): _ends(row) for row in forecast}
    coming = {day: ends for day, ends in told.items() if ends and (last is None or day > last)}
    if not seen and not coming:
        return []
    begins = min(coming, default=None)
    first, end = min([*seen, *coming]), max([*seen, *coming])
    whole = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    return [
        Day(day, *(coming.get(day) or (seen.get(day), seen.get(day))), begins is not None and day >= begins)
        for day in whole
    ]


def _ends(row: Mapping[str, Any]) -> tuple[int, int] | None:
    """Lower and upper end of a forecast; one that is missing is the other."""
    ends = [_whole(row.get(name)) for name in ("aqi_low", "aqi_high")]
    known = [end for end in (*ends, _whole(row.get("aqi"))) if end is not None]
    if not known:
        return None
    low, high = (known[0] if end is None else end for end in ends)
    return min(low, high), max(low, high)


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _whole(value: Any) -> int | None:
    """An AQI; NULL comes as None, NaN or pandas' NA."""
    try:
        return None if value is None or value != value else int(value)
    except (TypeError, ValueError):
        return None


def level_of(aqi: int) -> int:
    """Level of an AQI, 1 to 6."""
    return 1 + sum(aqi > step for step in _STEPS)
