"""Drafts of the newest bulletin, made without anybody asking: kept for a person to approve, never approved here.

A bulletin is drafted from once. A draft that a person gave up does not come back with the next run, and a city whose
warning is what the bulletin asks for gets no further draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.air.city_days import keep_period, stored_periods
from pipelines.emergency.life import drafts, orders, store
from pipelines.emergency.life.checks import moment_of
from pipelines.emergency.life.commands import expire
from pipelines.emergency.life.papers import Context, real_now
from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal.draft import Options, draft
from pipelines.emergency.proposal.forecasts import CityForecast, newest_published
from pipelines.emergency.proposal.profiles import Profile
from pipelines.emergency.settings import profile_for
from pipelines.home import Home
from warehouse import state
from warehouse.publish import current_version
from warehouse.store import transaction

TABLE = "emergency.drafts"
"""Name under which the warehouse notes, by city, which bulletin was drafted from."""


@dataclass(frozen=True)
class Drafted:
    """Warnings by what became of their drafts."""

    kept: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()


def context_of(home: Home, as_of: datetime) -> Context:
    """Give where and when a command acts; a simulated world has no clock but its own."""
    version = current_version(home.publish)
    snapshot = str(version.manifest["version"]) if version is not None else None
    simulated = home.settings.simulated
    return Context(home.state, as_of, as_of if simulated else real_now(), snapshot, simulated)


def lives_at(home: Home, as_of: datetime) -> bool:
    """Tell whether a moment is the present of a home: a look at another day makes no drafts and no letters."""
    own = home.settings.simulated or bool(home.settings.as_of)
    return own or abs(as_of - real_now()) <= drafts.REPLAY


def draft_due(con: duckdb.DuckDBPyConnection, home: Home, as_of: datetime) -> Drafted:
    """Make the drafts of the newest bulletin in the warehouse, and close those whose time is over.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The warehouse, for writing.
    home : Home
    as_of : datetime

    Raises
    ------
    HomeError
        The profile of the settings cannot be used.
    """
    if not lives_at(home, as_of):
        return Drafted()
    found = _undrafted(con, as_of)
    done = draft_new(context_of(home, as_of), found, lambda day: profile_for(home, day))
    with transaction(con):
        for each in found:
            keep_period(con, TABLE, each.city_code, _mark(each))
    return done


def drafts_due(con: duckdb.DuckDBPyConnection, home: Home, as_of: datetime) -> bool:
    """Tell whether `draft_due` would have anything to do."""
    if not lives_at(home, as_of):
        return False
    if _undrafted(con, as_of):
        return True
    if not home.state.exists():
        return False
    with state.reading(home.state) as held:
        waiting = store.select(held, states=("draft",))
    return any(r.expires_at is not None and r.expires_at <= as_of for r in waiting)


def _undrafted(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[CityForecast]:
    """Give the newest forecasts of the cities that the warehouse does not know to be drafted from."""
    noted = stored_periods(con, TABLE)
    return [f for f in newest_published(con, as_of) if noted.get(f.city_code) != _mark(f)]


def _mark(found: CityForecast) -> str:
    text = f"{found.issued_at}|{found.sha256}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def draft_new(
    context: Context, found: Sequence[CityForecast], profile_of: Callable[[date], Profile]
) -> Drafted:
    """Draft from the forecasts that nobody has drafted from yet.

    Parameters
    ----------
    context : Context
    found : sequence of CityForecast
        The newest forecast of each city.
    profile_of : callable
        Gives the profile of the day a forecast was issued.
    """
    expired = expire(context)
    kind = drafts.kind_of(context)
    known, in_force = _before(context, kind)
    binding = orders.standing(context.state, kind, context.as_of)
    documents = []
    for each in found:
        if (each.city_code, each.issued_at, each.sha256) in known:
            continue
        rule = profile_of(each.issued_at.date())
        warning = in_force.get(each.city_code)
        level = warning.level if warning and rule.alternatives(warning.level) else None
        made = draft(each, rule, binding, context.as_of, Options(in_force=level, simulated=kind == "drill"))
        if warning is None or _asks_for_more(made, warning):
            documents.append(made)
    saved = drafts.save(context, documents) if documents else []
    return Drafted(
        tuple(s.record.warning_id for s in saved if s.record is not None and s.new),
        tuple(old for s in saved for old in s.superseded),
        tuple(expired),
    )


def _before(context: Context, kind: str) -> tuple[set[tuple[str, datetime, str | None]], dict[str, Record]]:
    """Give the forecasts that were drafted from, whatever became of it, and the warnings in force by city."""
    if not context.state.exists():
        return set(), {}
    with state.reading(context.state) as con:
        records = store.select(con, kind=kind)
    known = {(r.city_code, r.forecast_issued_at, r.forecast_sha256) for r in records}
    return known, {r.city_code: r for r in records if r.live}


def _asks_for_more(made: dict[str, Any], warning: Record) -> bool:
    """Tell whether a draft is about another level or end than that of the warning in force."""
    return made["final_level"] != warning.level or moment_of(made["final_end"]) != warning.end_at
