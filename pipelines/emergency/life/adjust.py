"""Changes of a warning in force: level, end, pause, and its lifting, each compared with the newest forecast."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from pipelines.emergency.life import checks, orders, store
from pipelines.emergency.life.checks import Draft
from pipelines.emergency.life.commands import Done, act
from pipelines.emergency.life.entries import inputs
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.papers import Context, Papers, command_key, need, tidy
from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal.profiles import rank
from warehouse import state


def change_level(
    context: Context,
    warning_id: str,
    papers: Papers,
    level: str,
    draft: Draft | None,
    *,
    until: datetime | None = None,
) -> Done:
    """Upgrade or downgrade a warning in force.

    Parameters
    ----------
    context : Context
    warning_id : str
    papers : Papers
        An upgrade is issued like a new warning: it needs a document number, and red its higher signatory.
    level : str
        The new level.
    draft : mapping or None
        The newest forecast judged with this warning in force; None where there is none.
    until : datetime, optional
        A new end.

    Raises
    ------
    LifeError
        The rules are against it.
    """
    with state.reading(context.state) as con:
        record, last = store.get(con, warning_id), store.last_decision(con, warning_id)
    words: dict[str, Any] = {"to": level, "until": until}
    if last is not None and last.command_key == command_key(last.action, tidy(papers), words):
        return Done(record, False, last.rule_met)
    if level == "none":
        raise LifeError("use_lift", "解除请用 fenwei warning lift", "to end it use `fenwei warning lift`")
    if level == record.level:
        raise LifeError("same_level", "级别未变", "it is of this level already")
    up = rank(level) > rank(record.level)

    def plan(con: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by")
        if (rank(level) > rank(now.level)) != up or level == now.level:
            raise LifeError(
                "changed_meanwhile", "级别刚被他人更改，请重看后再办", "somebody has just changed its level"
            )
        binding = orders.binding(con, now.kind, now.city_code, context.as_of)
        checks.not_below(level, binding)
        checks.red_is_signed(level, given)
        end = until or now.end_at
        checks.window(now.start_at, end)
        if up:
            need(given, "document")
            met = checks.upgrade_by_rule(draft, level, until)
        else:
            met = checks.downgrade_by_rule(draft, level)
        checks.reason_unless(met, given, None if draft is None else str(draft["final_level"]))
        by_draft = draft is not None and draft["final_level"] == level
        basis = str(draft["final_basis"]) if draft is not None and by_draft else "own"
        return inputs(con, context, draft) | {"level": level, "end_at": end, "basis": basis, "rule_met": met}

    return act(context, warning_id, "upgrade" if up else "downgrade", papers, words, plan)


def extend(context: Context, warning_id: str, papers: Papers, until: datetime, draft: Draft | None) -> Done:
    """Move the end of a warning in force to a later moment.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(con: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by")
        if now.end_at is None or until <= now.end_at:
            raise LifeError(
                "not_later",
                f"新的结束时间须晚于现在的 {now.end_at or '（待定）'}；提前结束请用 lift",
                f"the new end must be after {now.end_at or 'the open end'}; to end it earlier use `lift`",
            )
        met = checks.extend_by_rule(draft, now, until)
        checks.reason_unless(
            met,
            given,
            None if draft is None else str(draft["final_level"]),
            None if draft is None else checks.moment_of(draft["final_start"]),
            None if draft is None else checks.moment_of(draft["final_end"]),
        )
        return inputs(con, context, draft) | {"end_at": until, "rule_met": met}

    return act(context, warning_id, "extend", papers, {"until": until}, plan)


def suspend(context: Context, warning_id: str, papers: Papers) -> Done:
    """Pause the response; what others ordered cannot be paused.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(con: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by", "reason")
        checks.no_order(orders.binding(con, now.kind, now.city_code, context.as_of), "暂停", "suspended")
        return {}

    return act(context, warning_id, "suspend", papers, {}, plan)


def resume(context: Context, warning_id: str, papers: Papers, until: datetime | None = None) -> Done:
    """Take up a paused response again, with a new end where one is given.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(_: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by", "reason")
        checks.window(now.start_at, until or now.end_at)
        return {"end_at": until or now.end_at}

    return act(context, warning_id, "resume", papers, {"until": until}, plan)


def lift(
    context: Context, warning_id: str, papers: Papers, draft: Draft | None, at: datetime | None = None
) -> Done:
    """End a warning: by the rule for lifting, else with a reason; what others ordered ends only with their order.

    Raises
    ------
    LifeError
        The rules are against it.
    """

    def plan(con: sqlite3.Connection, now: Record, given: Papers) -> dict[str, Any]:
        need(given, "by")
        checks.no_order(orders.binding(con, now.kind, now.city_code, context.as_of), "解除", "lifted")
        if at is not None:
            checks.ends_when(now, at, context.as_of)
        met = checks.lift_by_rule(draft, now)
        if not met and not given.reason:
            raise _not_yet(draft)
        return inputs(con, context, draft) | {"effective_at": at or context.as_of, "rule_met": met}

    return act(context, warning_id, "lift", papers, {"at": at}, plan)


def _not_yet(draft: Draft | None) -> LifeError:
    """Say how far the newest forecast is from the rule for lifting."""
    found = draft["lift"] if draft is not None else None
    if not found:
        return LifeError(
            "needs_reason",
            "没有可用的最新预报，无法判断解除条件：须写 --reason 理由",
            "no forecast to judge the rule for lifting by: a reason is needed (--reason)",
        )
    return LifeError(
        "needs_reason",
        f"解除条件未满足：预报 AQI≤{found['trigger']} 持续 {found['below_h']} 小时（需 {found['needed_h']} 小时且规则不再给出级别）；"
        "须写 --reason 理由",
        f"the rule for lifting is not met: AQI <= {found['trigger']} for {found['below_h']} h of {found['needed_h']} h"
        " and no level left; a reason is needed (--reason)",
    )
