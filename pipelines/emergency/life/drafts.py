"""Keeping drafts: what a person may approve is what was stored, word by word."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.checks import moment_of
from pipelines.emergency.life.commands import expire
from pipelines.emergency.life.entries import make_event
from pipelines.emergency.life.machine import LIVE
from pipelines.emergency.life.papers import REPLAY, Context, Papers, command_key, one_line
from pipelines.emergency.life.records import Event, Record, canonical, fingerprint
from warehouse import state
from warehouse.standards.marks import watermark

__all__ = ["REPLAY", "Saved", "kind_of", "save"]
_KEEPING = ("draft", *LIVE)
_NOT_IN_KEY = ("as_of", "profile_text", "profile_file", "profile_file_sha256")
"""What two drafts that say the same may differ in; the version of the profile stands for its text."""


@dataclass(frozen=True)
class Saved:
    """A draft as it was kept; ``new`` is false where the same one was kept before.

    Attributes
    ----------
    record : Record or None
        None where the draft gives no level, or its forecast is over, and nothing was kept.
    superseded : tuple of str
        Drafts of the same city that it replaces.
    over : bool
        Its forecast ended before now: it is not kept and replaces nothing.
    newer : str, optional
        Waiting draft of the city from a newer issue of the forecast: this one is not kept and replaces nothing.
    """

    city_code: str
    record: Record | None
    new: bool
    superseded: tuple[str, ...] = ()
    over: bool = False
    newer: str | None = None


def kind_of(context: Context, *, drill: bool = False) -> str:
    """Tell whether what is made now is real: not in a simulated home, not as an exercise, not as a replay."""
    return "drill" if drill or context.replay or context.simulated else "real"


def save(
    context: Context,
    documents: Sequence[Mapping[str, Any]],
    *,
    drill: bool = False,
    by: str = "",
    even_none: bool = False,
) -> list[Saved]:
    """Keep drafts.

    Parameters
    ----------
    context : Context
    documents : sequence of mapping
        See :func:`pipelines.emergency.proposal.draft.draft`.
    drill : bool
        They are for an exercise.
    by : str
        Who keeps them.
    even_none : bool
        Keep a draft that gives no level too; else it only replaces older drafts of its city.

    Returns
    -------
    list of Saved
        One for each document.
    """
    expire(context)
    kind, by = kind_of(context, drill=drill), one_line("by", by)
    with state.writing(context.state) as con:
        return [_save(con, context, document, kind, by, even_none) for document in documents]


def _save(
    con: sqlite3.Connection,
    context: Context,
    document: Mapping[str, Any],
    kind: str,
    by: str,
    even_none: bool,
) -> Saved:
    code = str(document["city_code"])
    if _over(document, context.as_of):
        return Saved(code, None, False, over=True)
    made = dict(document) | {"simulated": kind == "drill", "watermark": watermark(exercise=kind == "drill")}
    key = fingerprint(canonical({k: v for k, v in made.items() if k not in _NOT_IN_KEY}))
    older = store.select(con, city_code=code, kind=kind, states=_KEEPING)
    same = [r for r in older if r.draft_key == key]
    if same:
        return Saved(code, same[-1], False)
    replaced = [r for r in older if r.state == "draft"]
    newer = [r for r in replaced if _is_newer(r, document)]
    if newer:
        return Saved(code, None, False, newer=newer[-1].warning_id)
    papers = Papers(by=by)
    kept = None
    if made["final_level"] != "none" or even_none:
        kept = _begin(con, context, made, kind, key, papers)
    for record in replaced:
        related = {"related_id": kept.warning_id if kept else None}
        words = command_key("supersede", papers, {"id": record.warning_id, "draft": key})
        store.append(con, record, make_event(con, context, record, "supersede", words, papers, related))
    return Saved(code, kept, kept is not None, tuple(r.warning_id for r in replaced))


def _over(document: Mapping[str, Any], as_of: datetime) -> bool:
    """Tell whether a draft rests on nothing but the past: neither its forecast nor what was ordered reaches beyond now."""
    ends = [moment_of(b["end"]) for b in document["blocks"]]
    if any(e is None or e > as_of for e in ends):
        return False
    end = moment_of(document["final_end"])
    return document["final_basis"] in ("own", "none") or (end is not None and end <= as_of)


def _is_newer(record: Record, document: Mapping[str, Any]) -> bool:
    """Tell whether a warning was drafted from a later issue of the same forecast."""
    issued, before = moment_of(document["issued_at"]), record.forecast_issued_at
    return record.model == document["model"] and bool(issued and before and before > issued)


def _begin(
    con: sqlite3.Connection,
    context: Context,
    document: Mapping[str, Any],
    kind: str,
    key: str,
    papers: Papers,
) -> Record:
    sha256 = store.keep_document(con, "draft", canonical(document), context.clock)
    issued = moment_of(document["issued_at"])
    start, end = moment_of(document["final_start"]), moment_of(document["final_end"])
    common: dict[str, Any] = {
        "level": document["final_level"],
        "level_rule": document["final_level"],
        "basis": document["final_basis"],
        "start_at": start,
        "end_at": end,
        "profile": document["profile"],
        "profile_version": document["profile_version"],
        "model": document["model"],
        "forecast_issued_at": issued,
        "forecast_sha256": document["sha256"],
        "snapshot": context.snapshot,
    }
    record = Record(
        warning_id=store.new_id(con, str(document["city_code"]), context.as_of),
        kind=kind,
        state="draft",
        city_code=str(document["city_code"]),
        draft_sha256=sha256,
        draft_key=key,
        drafted_at=context.as_of,
        decided_at=context.as_of,
        expires_at=_expires(document, end),
        **common,
    )
    event = Event(
        warning_id=record.warning_id,
        seq=1,
        action="draft",
        state_from=None,
        state_to="draft",
        level_from=None,
        as_of=context.as_of,
        recorded_at=context.clock,
        command_key=command_key("draft", papers, {"draft": key}),
        decided_by=papers.by or None,
        document_sha256=sha256,
        **common,
    )
    return store.begin(con, record, event)


def _expires(document: Mapping[str, Any], end: datetime | None) -> datetime | None:
    """Give the moment from which a draft is no longer about the future."""
    ends = [moment_of(b["end"]) for b in document["blocks"]]
    return end or max((e for e in ends if e is not None), default=None)
