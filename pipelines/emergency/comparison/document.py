"""Cities of a region in one episode side by side: what was due, what was issued, when, and what stands out.

A pure function of what is on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipelines.emergency.comparison.flags import flags_of
from pipelines.emergency.comparison.model import CityFacts, Due, hours
from pipelines.emergency.proposal.profiles import rank
from warehouse.standards.list_spec import LIST_POLLUTANTS


def compare(cities: Sequence[CityFacts], as_of: datetime) -> list[dict[str, Any]]:
    """Put the cities side by side.

    Parameters
    ----------
    cities : sequence of CityFacts
    as_of : datetime
        What counts as now.

    Returns
    -------
    list of dict
        One a city, in the order given: levels, times, hours of notice, cuts of the filed list [%] and ``flags``, each
        with ``code``, ``zh`` and ``en``.
    """
    starts = {c.city_code: at for c in cities if (at := _began(c)) is not None}
    return [
        _row(city, as_of, [at for code, at in starts.items() if code != city.city_code]) for city in cities
    ]


def _began(city: CityFacts) -> datetime | None:
    """Give the start of the response: as recorded, else as announced."""
    if city.warned is None or rank(city.warned.level) < rank("yellow"):
        return None
    return city.warned.response_at or city.warned.start


def _row(city: CityFacts, as_of: datetime, others: Sequence[datetime]) -> dict[str, Any]:
    warned = city.warned
    level = warned.level if warned else "none"
    due, by = _due(city)
    lead = hours(warned.issued_at, warned.start) if warned else None
    cuts, required = _cuts(city, level)
    return {
        "city_code": city.city_code,
        "city_name": city.city_name,
        "warning_ids": list(warned.warning_ids) if warned else [],
        "state": warned.state if warned else None,
        "level_due": due.level,
        "due_by": by,
        "level_forecast": city.forecast.level,
        "level_order": city.order.level,
        "level_observed": city.observed.level,
        "level": level,
        "issued_at": warned.issued_at if warned else None,
        "due_start": due.start,
        "start": warned.start if warned else None,
        "response_at": warned.response_at if warned else None,
        "end": warned.end if warned else None,
        "lifted_at": warned.lifted_at if warned else None,
        "lead_h": lead,
        "lead_needed_h": city.lead_needed_h,
        "steps": [{"at": at, "level": to, "action": action} for at, to, action in warned.steps]
        if warned
        else [],
        "list_version": city.list_version,
        "cut_pct": cuts,
        "required_pct": required,
        "aqi_max": city.aqi_max,
        "episode_first": city.episode[0] if city.episode else None,
        "episode_last": city.episode[1] if city.episode else None,
        "flags": flags_of(city, due, by, lead, others, as_of),
    }


def _due(city: CityFacts) -> tuple[Due, str | None]:
    """Give the gravest level due and whose it is; of equal ones the order of others."""
    if rank(city.order.level) >= rank(city.forecast.level) and city.order.level != "none":
        return city.order, "order"
    return city.forecast, "forecast" if city.forecast.level != "none" else None


def _cuts(city: CityFacts, level: str) -> tuple[dict[str, float | None], float | None]:
    found = {p: city.cuts.get((level, p)) for p in LIST_POLLUTANTS}
    required = [cut[1] for cut in found.values() if cut is not None]
    return {p: cut[0] if cut else None for p, cut in found.items()}, max(required, default=None)
