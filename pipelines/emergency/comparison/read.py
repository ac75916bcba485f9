"""Reading what a comparison of cities is made of, from the published database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from pipelines.emergency.comparison.model import CityFacts, Due, Warned
from pipelines.emergency.emission_list.versions import version_in_force
from pipelines.emergency.life.observed import observations, observed_hours
from pipelines.emergency.proposal import forecasts, places
from pipelines.emergency.proposal.draft import draft
from pipelines.emergency.proposal.profiles import Profile, rank
from warehouse.store import rows_of

EARLIER = timedelta(days=5)
"""How long before the episode an issue of the forecast may lie that told of it."""
_WARNINGS = """
SELECT * FROM emergency.warning
WHERE kind = $kind AND approved_at IS NOT NULL AND city_code = ANY($cities) AND approved_at <= $as_of
  AND coalesce(start_at, approved_at) < $until AND coalesce(lifted_at, end_at, $until) > $first
ORDER BY approved_at, warning_id
"""
_EVENTS = """
SELECT warning_id, action, level, as_of, rule_met FROM emergency.warning_event
WHERE warning_id = ANY($ids) AND action IN ('approve', 'upgrade', 'downgrade', 'lift') AND as_of <= $as_of
ORDER BY event_id
"""
_ORDERS = """
SELECT e.city_code, e.level, coalesce(e.start_at, e.as_of) AS first, least(e.end_at, l.as_of) AS last, e.as_of AS known_at
FROM emergency.superior_order e
LEFT JOIN emergency.superior_order l ON l.order_id = e.order_id AND l.action = 'lift' AND l.as_of <= $as_of
WHERE e.action = 'enter' AND e.kind = $kind AND e.city_code = ANY($cities) AND e.as_of <= $as_of
  AND coalesce(e.start_at, e.as_of) < $until AND coalesce(l.as_of, e.end_at, $until) > $first
ORDER BY e.event_id
"""
_ISSUES = """
SELECT DISTINCT issued_at FROM forecast.city_day
WHERE model = 'bulletin' AND issued_at > $from AND issued_at < $until AND issued_at <= $as_of ORDER BY issued_at
"""
_CUTS = "SELECT level, pollutant, ratio_pct, required_pct FROM emergency.reduction WHERE version_id = ? AND basis = 'filed'"
_AQI = "SELECT max(aqi) FROM air.city_day WHERE city_code = ? AND day >= ? AND day < ?"
_EPISODE = """
SELECT min(day_first) AS first, max(day_last) AS last FROM air.episode
WHERE area_kind = 'city' AND area_code = ? AND day_first < ? AND day_last >= ?
"""


@dataclass(frozen=True)
class Episode:
    """The time and the cities that are compared; ``until`` is the midnight after the last day."""

    cities: tuple[str, ...]
    first: datetime
    until: datetime
    kind: str
    as_of: datetime


def episode_around(
    con: duckdb.DuckDBPyConnection, cities: Sequence[str], kind: str, day: date
) -> tuple[date, date]:
    """Give the days of the episode a day lies in: warnings and heavy pollution of any of the cities that touch it.

    Where nothing touches it, the day itself.
    """
    at = datetime.combine(day, time())
    found = [
        (r["first"], r["last"])
        for r in rows_of(
            con,
            "SELECT coalesce(start_at, approved_at)::DATE AS first, (coalesce(lifted_at, end_at, $until)"
            " - INTERVAL 1 MICROSECOND)::DATE AS last"
            " FROM emergency.warning WHERE kind = $kind AND approved_at IS NOT NULL AND city_code = ANY($cities)"
            " AND approved_at < $until AND coalesce(lifted_at, end_at, $until) > $first"
            " UNION ALL SELECT day_first, day_last FROM air.episode WHERE area_kind = 'city'"
            " AND area_code = ANY($cities) AND day_first < $until AND day_last >= $first",
            {"kind": kind, "cities": list(cities), "first": at, "until": at + timedelta(days=1)},
        )
    ]
    return min([day, *(f for f, _ in found)]), max([day, *(last for _, last in found)])


def city_facts(con: duckdb.DuckDBPyConnection, profile: Profile, episode: Episode) -> list[CityFacts]:
    """Read what is known of each city of an episode, in the order of their codes."""
    about = {"kind": episode.kind, "cities": list(episode.cities), "first": episode.first, "until": episode.until,
             "as_of": episode.as_of}  # fmt: skip
    warnings = rows_of(con, _WARNINGS, about)
    ids = {"ids": [w["warning_id"] for w in warnings], "as_of": episode.as_of}
    events = rows_of(con, _EVENTS, ids) if warnings else []
    ordered = _gravest_orders(rows_of(con, _ORDERS, about))
    forecast = _forecast_dues(con, profile, episode)
    return [
        _facts(con, code, profile, episode, forecast.get(code, Due()), ordered.get(code, Due()),
               [w for w in warnings if w["city_code"] == code], events)
        for code in sorted(episode.cities)
    ]  # fmt: skip


def _facts(
    con: duckdb.DuckDBPyConnection,
    code: str,
    profile: Profile,
    episode: Episode,
    forecast: Due,
    order: Due,
    warnings: Sequence[dict[str, Any]],
    events: Sequence[dict[str, Any]],
) -> CityFacts:
    warned = _warned(warnings, events) if warnings else None
    used_at = (
        max((m for m in (warned.start, warned.issued_at) if m), default=episode.as_of)
        if warned
        else episode.first
    )
    version = version_in_force(con, code, used_at)
    cuts = con.execute(_CUTS, [version]).fetchall() if version else []
    days = [code, episode.first.date(), episode.until.date()]
    highest = con.execute(_AQI, days).fetchall()[0][0]
    span = con.execute(_EPISODE, [code, days[2], days[1]]).fetchall()[0]
    return CityFacts(
        city_code=code,
        city_name=places.name(code),
        forecast=forecast,
        observed=_observed(con, code, profile, episode),
        order=order,
        warned=warned,
        lead_needed_h=profile.lead_time_h,
        list_version=version,
        cuts={(level, p): (ratio, required) for level, p, ratio, required in cuts},
        aqi_max=highest,
        episode=span if span[0] is not None else None,
    )


def _warned(warnings: Sequence[dict[str, Any]], events: Sequence[dict[str, Any]]) -> Warned:
    """Take the warnings of a city together: gravest level, first start, last end; lifted when all are."""
    ids = tuple(w["warning_id"] for w in warnings)
    own = [e for e in events if e["warning_id"] in ids]
    steps = tuple((e["as_of"], e["level"], e["action"]) for e in own if e["action"] != "lift")
    lifts = [e["rule_met"] for e in own if e["action"] == "lift"]
    levels = [level for _, level, _ in steps] or [w["level"] for w in warnings]
    lifted = [w["lifted_at"] for w in warnings]
    ends = [w["end_at"] for w in warnings]
    return Warned(
        warning_ids=ids,
        level=max(levels, key=rank),
        state=warnings[-1]["state"],
        issued_at=min(w["approved_at"] for w in warnings),
        start=min((w["start_at"] for w in warnings if w["start_at"]), default=None),
        end=None if None in ends else max(ends),
        response_at=min((w["response_at"] for w in warnings if w["response_at"]), default=None),
        lifted_at=None if None in lifted else max(lifted),
        steps=steps,
        lift_rule_met=lifts[-1] if lifts else None,
    )


def _gravest_orders(rows: Sequence[dict[str, Any]]) -> dict[str, Due]:
    found: dict[str, Due] = {}
    for row in rows:
        due = Due(row["level"], row["first"], row["last"], row["known_at"])
        if rank(due.level) > rank(found.get(row["city_code"], Due()).level):
            found[row["city_code"]] = due
    return found


def _forecast_dues(con: duckdb.DuckDBPyConnection, profile: Profile, episode: Episode) -> dict[str, Due]:
    """Judge every issue that told of the episode by the rule; the gravest level counts, from the first issue that gave it."""
    found: dict[str, Due] = {}
    about = {"from": episode.first - EARLIER, "until": episode.until, "as_of": episode.as_of}
    for (issued,) in con.execute(_ISSUES, about).fetchall():
        for made in forecasts.newest_published(con, issued):
            if made.issued_at == issued and made.city_code in episode.cities:
                due = _judged(made, profile, issued, episode)
                if rank(due.level) > rank(found.get(made.city_code, Due()).level):
                    found[made.city_code] = due
    return found


def _judged(made: forecasts.CityForecast, profile: Profile, known_at: datetime, episode: Episode) -> Due:
    """Give the level of the rule where its time touches the episode."""
    told = draft(made, profile, [], known_at)
    start, end = told["start"], told["end"]
    if start is None or start >= episode.until or end <= episode.first:
        return Due()
    return Due(told["level"], start, end, known_at)


def _observed(con: duckdb.DuckDBPyConnection, code: str, profile: Profile, episode: Episode) -> Due:
    """Judge what was measured by the rule, two days beyond the episode, so that an early lift can be seen."""
    last = min(episode.until + timedelta(days=2), episode.as_of)
    seen = observations(code, observed_hours(con, code, (episode.first, last)), last)
    return Due() if seen is None else _judged(seen, profile, last, episode)
