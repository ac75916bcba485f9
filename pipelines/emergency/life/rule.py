"""The rule today for a warning in force: its profile applied to the newest forecast of its city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal import shipped
from pipelines.emergency.proposal.draft import Options, draft
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.orders import Order
from pipelines.emergency.proposal.own_profile import read_text
from pipelines.emergency.proposal.profiles import Profile, ProfileError
from sources.tables import TableError


def profile_of(record: Record, document: Mapping[str, Any] | None) -> Profile | None:
    """Make the profile a warning was drafted with: one that comes with the system, else the text stored with its draft.

    Returns
    -------
    Profile or None
        None for a draft from before texts were stored whose profile is a bureau's own, or has changed since.
    """
    return _shipped(record, document) or _stored(record, document)


def _shipped(record: Record, document: Mapping[str, Any] | None) -> Profile | None:
    confirmed = (document or {}).get("profile_confirmed_by")
    try:
        made = shipped.profile(record.profile, confirmed_by=confirmed)
    except ProfileError:
        return None
    for candidate in (made, shipped.with_precaution(made)):
        if candidate.version == record.profile_version:
            return candidate
    return None


def _stored(record: Record, document: Mapping[str, Any] | None) -> Profile | None:
    held = document or {}
    if not held.get("profile_text"):
        return None
    try:
        made = read_text(held["profile_text"])
    except (ProfileError, TableError):
        return None
    if made.version != record.profile_version:
        return None
    return replace(
        made,
        verified=bool(held.get("profile_verified")),
        confirmed_by=held.get("profile_confirmed_by"),
        file=held.get("profile_file"),
        file_sha256=held.get("profile_file_sha256"),
    )


def today(
    record: Record,
    profile: Profile | None,
    forecasts: Sequence[CityForecast],
    orders: Sequence[Order],
    as_of: datetime,
) -> dict[str, Any] | None:
    """Judge the newest forecast of the city with the warning in force.

    Returns
    -------
    dict or None
        A draft with its ``lift`` part; None where there is no forecast or no profile to judge by.
    """
    newest = next((f for f in forecasts if f.city_code == record.city_code), None)
    if newest is None or profile is None:
        return None
    in_force = record.level if profile.alternatives(record.level) else None
    return draft(newest, profile, orders, as_of, Options(in_force=in_force, simulated=record.drill))
