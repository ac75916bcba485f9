"""Making the events of a warning."""

from __future__ import annotations

import sqlite3
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.checks import Draft, moment_of
from pipelines.emergency.life.machine import after
from pipelines.emergency.life.papers import Context, Papers
from pipelines.emergency.life.records import Event, Record, canonical


def make_event(
    con: sqlite3.Connection,
    context: Context,
    record: Record,
    action: str,
    key: str,
    papers: Papers,
    fields: dict[str, Any],
) -> Event:
    """Make the next event of a warning; what ``fields`` does not say stays as it is."""
    usual: dict[str, Any] = {
        "level": record.level,
        "basis": record.basis,
        "start_at": record.start_at,
        "end_at": record.end_at,
        "decided_by": papers.by or None,
        "office": papers.office or None,
        "issuing_body": papers.body or None,
        "document_no": papers.document or None,
        "signatory": papers.signatory or None,
        "reason": papers.reason or None,
        "snapshot": context.snapshot,
    }
    return Event(
        warning_id=record.warning_id,
        seq=store.next_seq(con, record.warning_id),
        action=action,
        state_from=record.state,
        state_to=after(record.state, action),
        level_from=record.level,
        as_of=context.as_of,
        recorded_at=context.clock,
        command_key=key,
        **usual | fields,
    )


def inputs(con: sqlite3.Connection, context: Context, draft: Draft | None) -> dict[str, Any]:
    """Store the draft a decision was compared with, and name what it was made from."""
    if draft is None:
        return {}
    return {
        "level_rule": draft["final_level"],
        "forecast_issued_at": moment_of(draft["issued_at"]),
        "forecast_sha256": draft["sha256"],
        "model": draft["model"],
        "profile": draft["profile"],
        "profile_version": draft["profile_version"],
        "document_sha256": store.keep_document(con, "draft", canonical(draft), context.clock),
    }
