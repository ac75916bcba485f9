"""City: the last days and the forecast, the stations and targets, and the years one by one."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboards.site.frames import Pieces
from dashboards.site.read import read
from dashboards.site.script import part
from dashboards.site.view import Due, Option, Page, Picker, Section, Source, View
from dashboards.site.views import city_recent, city_year
from dashboards.site.views.common import city_names, set_names, the_region
from dashboards.site.words import both, joined, say

FORECAST_PATIENCE = 48
"""Hours after which an issue of a forecast is too old to be shown [h]."""
STATION_DAYS = 30
"""Days that the completeness of stations is taken over [d]."""


def build(source: Source) -> Page | None:
    """Make the view."""
    listed = read(source.con, "city_list", today=source.as_of.date())
    if listed.empty:
        return Page((say("city.nothing"),), (), (), (), ())
    names = city_names(source)
    codes = _ordered(source, listed)
    years = sorted({int(y) for y in listed["year"]}, reverse=True)
    pickers = (
        Picker("city", say("city.pick"), tuple(Option(part(c), names.get(c) or both(c)) for c in codes)),
        Picker(
            "year", say("city.pick_year"), tuple(Option(str(y), {"zh": str(y), "en": str(y)}) for y in years)
        ),
    )
    sections = (
        Section("recent", say("city.recent"), "city/{city}/recent"),
        Section("year", say("city.year"), "city/{city}/{year}"),
    )
    sets = joined(list(set_names(source).values())) if len(set_names(source)) else say("site.none")
    context = (
        (say("site.set"), say("city.sets", sets=sets)),
        (say("site.state"), say("city.state")),
        (say("site.basis"), say("city.basis")),
    )
    return Page((say("city.lead"),), context, pickers, sections, _payloads(source, codes, listed))


def _ordered(source: Source, listed: pd.DataFrame) -> list[str]:
    """Codes with data; those of the region come first."""
    region = the_region(source)
    members = read(source.con, "region_member", region=region["region_id"]) if region else None
    first = set(members["area_code"]) if members is not None else set()
    return sorted(listed["city_code"].unique(), key=lambda code: (code not in first, code))


def _payloads(source: Source, codes: list[str], listed: pd.DataFrame) -> Iterator[Due]:
    recent = {name: Pieces(f, "city_code") for name, f in _recent_frames(source).items()}
    years = {name: Pieces(f, "city_code", "year") for name, f in _year_frames(source).items()}
    for code in codes:
        key = f"city/{part(code)}"
        mine = {name: pieces.of(code) for name, pieces in recent.items()}
        yield Due(city_recent.payload, (f"{key}/recent", mine, source.as_of.year, STATION_DAYS))
        for year in map(int, listed.loc[listed["city_code"] == code, "year"]):
            of_year = {name: pieces.of(code, year) for name, pieces in years.items()}
            yield Due(city_year.payload, (f"{key}/{year}", of_year, year))


def _recent_frames(source: Source) -> dict[str, pd.DataFrame]:
    now, today = source.as_of, source.as_of.date()
    asked: dict[str, dict[str, Any]] = {
        "city_recent": {"today": today, "days": 14 + 1},
        "city_forecast": {"now": now, "today": today, "patience": FORECAST_PATIENCE},
        "city_station": {"today": today, "days": STATION_DAYS + 1},
        "city_target": {},
        "city_to_date": {"today": today},
        "warning_now": {"now": now},
    }
    return {name: read(source.con, name, **parameters) for name, parameters in asked.items()}


def _year_frames(source: Source) -> dict[str, pd.DataFrame]:
    today = source.as_of.date()
    asked: dict[str, dict[str, Any]] = {
        "city_day": {"today": today},
        "city_limits": {},
        "city_pattern": {"now": source.as_of},
        "city_primary": {},
        "city_months": {},
        "city_to_date": {"today": today},
        "city_state": {"today": today},
    }
    return {name: read(source.con, name, **parameters) for name, parameters in asked.items()}


VIEW = View("city", build)
