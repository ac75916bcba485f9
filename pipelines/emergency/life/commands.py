"""The commands of a warning, each one short transaction: it happens whole or not at all, and only once.

A command given again in the same words changes nothing. Everything a decision rests on is stored with its event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.emergency.life import checks, orders, store
from pipelines.emergency.life.entries import make_event
from pipelines.emergency.life.machine import LIVE, NOTES, ONCE, LifeError, after
from pipelines.emergency.life.papers import Context, Papers, command_key, need, tidy
from pipelines.emergency.life.records import Event, Record, canonical
from warehouse import state

Plan = Callable[[sqlite3.Connection, Record, Papers], dict[str, Any]]


@dataclass(frozen=True)
class Done:
    """The warning after a command; ``changed`` is false where the command was a repetition."""

    record: Record
    changed: bool
    rule_met: bool | None = None


def act(
    context: Context, warning_id: str, action: str, papers: Papers, given: dict[str, Any], plan: Plan
) -> Done:
    """Carry out one action: look, check and write under the write lock.

    Raises
    ------
    LifeError
        The rules are against it.
    """
    papers = tidy(papers)
    key = command_key(action, papers, given)
    if not context.state.exists():
        raise store.unknown(warning_id)
    with state.writing(context.state) as con:
        record = store.get(con, warning_id)
        checks.may_touch(record, context)
        before = _same(con, warning_id, action, key)
        if before is not None:
            return Done(record, False, before.rule_met)
        after(record.state, action)
        fields = plan(con, record, papers)
        event = make_event(con, context, record, action, key, papers, fields)
        return Done(store.append(con, record, event), True, event.rule_met)


def _same(con: sqlite3.Connection, warning_id: str, action: str, key: str) -> Event | None:
    """Find the event this very command has made: the last one, or any for what happens once in a life."""
    decided = [e for e in store.events(con, warning_id) if e.action not in NOTES]
    looked_at = decided if action in ONCE else decided[-1:]
    return next((e for e in looked_at if e.command_key == key), None)


def approve(
    context: Context,
    warning_id: str,
    papers: Papers,
    *,
    level: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    open_end: bool = False,
) -> Done:
    """Approve a draft as a warning.

    Parameters
    ----------
    context : Context
    warning_id : str
    papers : Papers
        Person, office, issuing body and document number; for red the higher signatory; a reason where level, start
        or end differ from the draft.
    level, start, end : optional
        Those of the draft where not given.
    open_end : bool
        The end will be told later.

    Raises
    ------
    LifeError
        The rules are against it.
    """
    expire(context)

    def plan(con: sqlite3.Connection, record: Record, given: Papers) -> dict[str, Any]:
        draft = store.document(con, record.draft_sha256)
        if draft is None:
            raise LifeError("no_draft", "没有保存的草稿，不能批准", "there is no stored draft to approve")
        orders.enter_of_draft(con, context, record, draft, given)
        binding = orders.binding(con, record.kind, record.city_code, context.as_of)
        chosen = level or str(draft["final_level"])
        begin = start or checks.moment_of(draft["final_start"])
        until = None if open_end else end or checks.moment_of(draft["final_end"])
        met = checks.approval(draft, given, chosen, begin, until, binding)
        _alone(con, record)
        return {
            "level": chosen,
            "level_rule": draft["final_level"],
            "basis": draft["final_basis"] if chosen == draft["final_level"] else "own",
            "start_at": begin,
            "end_at": until,
            "rule_met": met,
            "forecast_issued_at": record.forecast_issued_at,
            "forecast_sha256": record.forecast_sha256,
            "model": record.model,
            "profile": record.profile,
            "profile_version": record.profile_version,
            "document_sha256": record.draft_sha256,
        }

    words = {"level": level, "start": start, "end": end, "open_end": open_end}
    return act(context, warning_id, "approve", papers, words, plan)


def _alone(con: sqlite3.Connection, record: Record) -> None:
    """Refuse a second warning in force for a city."""
    others = store.select(con, city_code=record.city_code, kind=record.kind, states=LIVE)
    if others:
        raise LifeError(
            "already_in_force",
            f"该城市已有生效预警 {others[0].warning_id}，请用 fenwei warning adjust 调整",
            f"the city has a warning in force, {others[0].warning_id}: use `fenwei warning adjust`",
        )


def start(context: Context, warning_id: str, papers: Papers, at: datetime | None = None) -> Done:
    """Record that the emergency response has started; cuts are counted from then.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(_: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by")
        if at is not None:
            checks.starts_when(now, at)
        return {"effective_at": at or context.as_of}

    return act(context, warning_id, "start", papers, {"at": at}, plan)


def cancel(context: Context, warning_id: str, papers: Papers) -> Done:
    """Give up a draft.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(_: sqlite3.Connection, __: Record, given: Papers) -> dict[str, Any]:
        need(given, "by", "reason")
        return {}

    return act(context, warning_id, "cancel", papers, {}, plan)


def evaluate(context: Context, warning_id: str, papers: Papers, review: dict[str, Any]) -> Done:
    """Close a lifted warning with its review, which is stored.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(con: sqlite3.Connection, _: Record, given: Papers) -> dict[str, Any]:
        need(given, "by")
        return {"document_sha256": store.keep_document(con, "review", canonical(review), context.clock)}

    return act(context, warning_id, "evaluate", papers, {}, plan)


def expire(context: Context) -> list[str]:
    """Close all drafts of a home whose time is over at ``as_of``; returns their ids.

    A replay closes exercises only: its “now” says nothing of the drafts of the present.
    """
    if not context.state.exists():
        return []
    kind = "drill" if context.replay or context.simulated else None
    with state.writing(context.state) as con:
        due = [
            r
            for r in store.select(con, states=("draft",), kind=kind)
            if r.expires_at is not None and r.expires_at <= context.as_of
        ]
        for record in due:
            key = command_key("expire", Papers(), {"id": record.warning_id})
            store.append(con, record, make_event(con, context, record, "expire", key, Papers(), {}))
        return [r.warning_id for r in due]
