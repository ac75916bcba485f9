"""Look, without changing data, whether a run would have anything to do."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from pipelines.air import judging
from pipelines.air.city_days import stale_months
from pipelines.air.known import known_files
from pipelines.air.pending import stale_days
from pipelines.air.reference import read_reference
from pipelines.coal.judging import coal_due
from pipelines.emergency.drafting import drafts_due
from pipelines.emergency.emission_list.versions import lists_due
from pipelines.emergency.life.mirror import is_mirrored
from pipelines.landing.grid import Places
from pipelines.landing.land import (
    due_station_files,
    is_new_refusal,
    list_in_force,
    list_landing,
    read_station_list,
)
from pipelines.steps import RunContext
from warehouse.publish import content_digest, current_version


@dataclass(frozen=True)
class Due:
    """What a run would do now."""

    n_files: int
    first: date | None
    last: date | None
    anything: bool


def due(context: RunContext) -> Due:
    """Look, without changing data, whether there is anything to do and which days it would touch."""
    home = context.home
    refs, refusals = list_landing(home.landing, home.settings.max_file_mb)
    configured = {str(home.path_of(p)) for p in (home.settings.stations, home.settings.overrides) if p}
    refs = [r for r in refs if r.path not in configured]
    with context.store().writing(f"{context.command}: look") as con:
        known = known_files(con)
        files = due_station_files(refs, known, context.accepted(), context.as_of)
        new_refusals = [r for r in refusals if is_new_refusal(r, known.get(r.path))]
        ref = read_reference(con)
        days = stale_days(con, context.as_of, home.settings.close_after_days, ref.fingerprint)
        for file in files:
            if file.day_in_name:
                days |= {file.day_in_name - timedelta(days=1), file.day_in_name}
        lists = _station_list_changed(context, con)
        anything = bool(
            files
            or new_refusals
            or days
            or lists
            or stale_months(con, ref.fingerprint)
            or judging.judging_due(con, context.as_of)
            or coal_due(con, context.as_of)
            or Places(con, home.path_of(home.settings.city_outlines)).changed()
            or not is_mirrored(con, home.state)
            or lists_due(con, home.root, home.state, context.as_of)
            or drafts_due(con, home, context.as_of)
        )
        if not anything:
            present = current_version(home.publish)
            anything = present is None or present.manifest.get("digest") != content_digest(con)
    return Due(len(files), min(days, default=None), max(days, default=None), anything)


def _station_list_changed(context: RunContext, con: duckdb.DuckDBPyConnection) -> bool:
    settings = context.home.settings
    path = context.home.path_of(settings.stations)
    if path is None:
        return False
    return list_in_force(con) != read_station_list(path, context.home.path_of(settings.overrides))[2]
