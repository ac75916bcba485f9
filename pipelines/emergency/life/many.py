"""Several cities at once under one document: each warning is decided by itself, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.commands import Done, approve
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.papers import Context, Papers
from warehouse import state


def drafts_of(path: Path, day: date, cities: Collection[str] | None = None) -> list[str]:
    """Give the drafts of a day that wait and have a level, by city; only those of some cities where they are given."""
    if not path.exists():
        return []
    with state.reading(path) as con:
        found = [
            r
            for r in store.select(con, states=("draft",))
            if r.drafted_at.date() == day and r.level != "none" and (cities is None or r.city_code in cities)
        ]
    return [r.warning_id for r in sorted(found, key=lambda r: (r.city_code, r.warning_id))]


def approve_all(
    context: Context, warning_ids: Sequence[str], papers: Papers, **given: Any
) -> list[tuple[str, Done | LifeError]]:
    """Approve several drafts with the same papers; one that is refused leaves the others as they are.

    Parameters
    ----------
    context : Context
    warning_ids : sequence of str
    papers : Papers
    **given
        As of `commands.approve`, for all of them.

    Returns
    -------
    list of (str, Done or LifeError)
        What became of each, in order.
    """
    results: list[tuple[str, Done | LifeError]] = []
    for one in warning_ids:
        try:
            results.append((one, approve(context, one, papers, **given)))
        except LifeError as refused:
            results.append((one, refused))
    return results
