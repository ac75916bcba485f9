"""Looking back at a warning: forecast against what came, the level held against the rule on observations, lateness.

Whether measures were carried out, and what they did to the air, are told apart from this and from each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipelines.emergency.life.checks import moment_of
from pipelines.emergency.life.observed import Hour, observations
from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.proposal.blocks import Block, of_hours
from pipelines.emergency.proposal.draft import Options, draft
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.profiles import Profile, rank


def review(
    record: Record,
    events: Sequence[Event],
    draft_made: Mapping[str, Any],
    profile: Profile | None,
    hours: Sequence[Hour],
    window: tuple[datetime, datetime],
    as_of: datetime,
    compliance: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Review a warning. A pure function of what is on record and what was measured.

    Parameters
    ----------
    record : Record
    events : sequence of Event
        Its history.
    draft_made : mapping
        The draft that was approved.
    profile : Profile or None
        The rule it was drafted by; None where it is not at hand.
    hours : sequence of (hour_end, PM2.5, PM10)
        Observations within ``window`` [µg/m³].
    window : (datetime, datetime)
    as_of : datetime
    compliance : mapping, optional
        See `pipelines.emergency.receipts.compliance.compliance_of`; None: nothing is known of it.

    Returns
    -------
    dict
        ``forecast`` (day by day and whether the level came true), ``level`` (issued, by rule on observations),
        ``timing``, ``compliance``, ``air_effect``.
    """
    seen = observations(record.city_code, hours, as_of)
    by_rule = (
        draft(seen, profile, [], as_of, Options(simulated=record.drill))
        if seen is not None and profile is not None
        else None
    )
    covered = _covered(record, hours)
    expected = int((window[1] - window[0]).total_seconds()) // 3600
    valid = sum(fine is not None for _, fine, _ in hours)
    return {
        "warning_id": record.warning_id,
        "city_code": record.city_code,
        "kind": record.kind,
        "state": record.state,
        "watermark": record.watermark,
        "as_of": as_of,
        "window": {"start": window[0], "end": window[1]},
        "observations": {
            "n_hours": valid,
            "n_expected": expected,
            "complete": valid == expected,
            "complete_until": _until(hours),
            "covers_warning": covered,
        },
        "forecast": _unless_weaker(_forecast_part(draft_made, seen, by_rule), covered),
        "level": _unless_weaker(_level_part(record, events, by_rule), covered),
        "timing": _timing_part(record, profile, by_rule, covered),
        "compliance": compliance
        or _no_data("未录入各单位落实情况", "nothing was recorded about measures carried out"),
        "air_effect": _air_part(record, hours),
    }


def _until(hours: Sequence[Hour]) -> datetime | None:
    return max((end for end, fine, _ in hours if fine is not None), default=None)


ENOUGH = 0.75
"""Share of the hours of a warning that must be measured before a level counts as not reached."""


def _covered(record: Record, hours: Sequence[Hour]) -> bool:
    """Tell whether enough of the time of the warning was measured to say what it did not reach."""
    begin, end = record.start_at or record.response_at, record.lifted_at or record.end_at
    if begin is None or end is None or end <= begin:
        return bool(hours)
    n = sum(fine is not None and begin < at <= end for at, fine, _ in hours)
    return n >= ENOUGH * (end - begin).total_seconds() / 3600


def _unless_weaker(part: dict[str, Any], covered: bool) -> dict[str, Any]:
    """Withhold a verdict that hours still missing could turn; that the level was too low they cannot."""
    certain = covered or part["verdict"] in ("weaker", "underforecast")
    return part if certain else part | {"verdict": "no_data"}


def _no_data(zh: str, en: str) -> dict[str, str]:
    return {"status": "no_data", "zh": f"无数据：{zh}", "en": f"no data: {en}"}


def _forecast_part(
    made: Mapping[str, Any], seen: CityForecast | None, by_rule: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Put each block of the forecast beside what was measured in it."""
    found = _observed_blocks(seen)
    days = []
    for block in made["blocks"]:
        start = moment_of(block["start"])
        came = found.get(start) if start is not None else None
        low, high = block["aqi_24h_block_low"], block["aqi_24h_block"]
        value = came.high if came is not None else None
        known = value is not None and low is not None and high is not None
        days.append(
            {
                "start": start,
                "forecast_low": low,
                "forecast_high": high,
                "observed": value,
                "observed_pm25_ugm3": came.pm25_high if came is not None else None,
                "n_hours": came.n_hours if came is not None else 0,
                "within": low <= value <= high if known else None,
                "error": (0 if low <= value <= high else value - (low if value < low else high))
                if known
                else None,
            }
        )
    errors = [d["error"] for d in days if d["error"] is not None]
    return {
        "issued_at": moment_of(made["issued_at"]),
        "days": days,
        "n_compared": len(errors),
        "n_within": sum(d["within"] is True for d in days),
        "mean_error": sum(errors) / len(errors) if errors else None,
        "level_forecast": made["level"],
        "level_observed": by_rule["level"] if by_rule else None,
        "verdict": _verdict(made["level"], by_rule, "as_forecast", "overforecast", "underforecast"),
    }


def _observed_blocks(seen: CityForecast | None) -> dict[datetime, Block]:
    if seen is None or seen.hours is None:
        return {}
    return {b.start: b for blocks in of_hours(seen.hours).values() for b in blocks}


def _verdict(level: str, by_rule: Mapping[str, Any] | None, same: str, above: str, below: str) -> str:
    if by_rule is None:
        return "no_data"
    difference = rank(level) - rank(str(by_rule["level"]))
    return same if difference == 0 else above if difference > 0 else below


def _level_part(record: Record, events: Sequence[Event], by_rule: Mapping[str, Any] | None) -> dict[str, Any]:
    """Hold the levels that were in force against the rule on observations."""
    steps = [
        {"from": e.as_of, "level": e.level, "action": e.action, "rule": e.level_rule, "reason": e.reason}
        for e in events
        if e.action in ("approve", "upgrade", "downgrade")
    ]
    highest = max((str(s["level"]) for s in steps), key=rank, default=record.level)
    verdict = _verdict(highest, by_rule, "as_rule", "stricter", "weaker")
    if by_rule is not None and by_rule["level"] == "none":
        verdict = "not_needed"
    return {
        "steps": steps,
        "highest": highest,
        "basis": record.basis,
        "observed_by_rule": by_rule["level"] if by_rule else None,
        "observed_natural_days": by_rule["natural_day_level"] if by_rule else None,
        "episodes": by_rule["processes"] if by_rule else [],
        "verdict": verdict,
    }


def _timing_part(
    record: Record, profile: Profile | None, by_rule: Mapping[str, Any] | None, covered: bool
) -> dict[str, Any]:
    """Give hours of notice, and how late the response began and ended against the pollution [h]."""
    began = by_rule["start"] if by_rule else None
    ended = by_rule["end"] if by_rule and covered else None
    notice = _hours(record.approved_at, record.start_at)
    needed = profile.lead_time_h if profile else None
    start_late = _hours(began, record.response_at)
    return {
        "approved_at": record.approved_at,
        "start": record.start_at,
        "response_at": record.response_at,
        "lifted_at": record.lifted_at,
        "observed_start": began,
        "observed_end": ended,
        "notice_h": notice,
        "notice_needed_h": needed,
        "notice_kept": None if notice is None or needed is None else notice >= needed,
        "response_late_h": start_late,
        "late": None if start_late is None else start_late > 0,
        "response_after_start_h": _hours(record.start_at, record.response_at),
        "lifted_after_end_h": _hours(ended, record.lifted_at),
    }


def _hours(first: datetime | None, second: datetime | None) -> float | None:
    return None if first is None or second is None else (second - first).total_seconds() / 3600


def _air_part(record: Record, hours: Sequence[Hour]) -> dict[str, Any]:
    """Tell what was measured before, during and after; how much of it the measures did, nobody can say from this."""
    begin, end = record.response_at or record.start_at, record.lifted_at or record.end_at
    parts: dict[str, list[float]] = {"before": [], "during": [], "after": []}
    for hour, fine, _ in hours:
        if fine is not None and begin is not None:
            part = "before" if hour <= begin else "during" if end is None or hour <= end else "after"
            parts[part].append(fine)
    means = {name: sum(values) / len(values) if values else None for name, values in parts.items()}
    status = "not_attributed" if parts["during"] else "no_data"
    return {
        "status": status,
        "pm25_mean_ugm3": means,
        "n_hours": {name: len(values) for name, values in parts.items()},
        "zh": "浓度变化含气象影响，不等于减排效果" if parts["during"] else "无数据：响应期间没有监测小时",
        "en": "weather is in these figures: they are not the effect of the measures"
        if parts["during"]
        else "no data: no measured hour during the response",
    }
