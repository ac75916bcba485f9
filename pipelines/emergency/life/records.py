"""What is kept of a warning: its events, and the record they add up to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from pipelines.emergency.life.machine import ACTION_NAMES, LIVE, NOTES, STATE_NAMES
from pipelines.emergency.proposal import places
from warehouse.standards.marks import watermark
from warehouse.standards.warning_words import LEVEL_NAMES, RESPONSES


@dataclass(frozen=True)
class Event:
    """One entry of the history of a warning; level, start and end are those after it.

    Attributes
    ----------
    as_of, recorded_at : datetime
        What the command took as now, and the real clock.
    effective_at : datetime, optional
        Start of the response, or the moment of lifting.
    rule_met : bool, optional
        Whether the rule gives what was decided; None where no rule was looked at.
    related_id : str, optional
        The order, or the draft that supersedes this one.
    document_sha256 : str, optional
        Draft or review the decision rests on.
    """

    warning_id: str
    seq: int
    action: str
    state_from: str | None
    state_to: str
    level_from: str | None
    level: str
    basis: str
    as_of: datetime
    recorded_at: datetime
    command_key: str
    level_rule: str | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None
    effective_at: datetime | None = None
    decided_by: str | None = None
    office: str | None = None
    issuing_body: str | None = None
    document_no: str | None = None
    signatory: str | None = None
    reason: str | None = None
    rule_met: bool | None = None
    related_id: str | None = None
    forecast_issued_at: datetime | None = None
    forecast_sha256: str | None = None
    model: str | None = None
    profile: str | None = None
    profile_version: str | None = None
    snapshot: str | None = None
    document_sha256: str | None = None

    def describe(self) -> dict[str, Any]:
        """Give the event as it is told, with the names of its action and state."""
        zh, en = ACTION_NAMES[self.action]
        return {"action_zh": zh, "action_en": en, "state_zh": STATE_NAMES[self.state_to][0]} | asdict(self)


@dataclass(frozen=True)
class Record:
    """A warning as it stands."""

    warning_id: str
    kind: str
    state: str
    city_code: str
    level: str
    level_rule: str
    basis: str
    profile: str
    profile_version: str
    model: str
    forecast_issued_at: datetime
    draft_sha256: str
    draft_key: str
    drafted_at: datetime
    start_at: datetime | None = None
    end_at: datetime | None = None
    expires_at: datetime | None = None
    forecast_sha256: str | None = None
    snapshot: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    office: str | None = None
    issuing_body: str | None = None
    document_no: str | None = None
    signatory: str | None = None
    reason: str | None = None
    response_at: datetime | None = None
    lifted_at: datetime | None = None
    evaluated_at: datetime | None = None
    superseded_by: str | None = None
    level_before: str | None = None
    decided_at: datetime | None = None

    @property
    def drill(self) -> bool:
        """An exercise, a replay or a simulated home."""
        return self.kind == "drill"

    @property
    def live(self) -> bool:
        """Approved and not lifted."""
        return self.state in LIVE

    @property
    def city_codes(self) -> tuple[str, ...]:
        """Cities the warning is for."""
        return (self.city_code,)

    @property
    def watermark(self) -> str:
        """What stands on everything made from it: that it is an exercise, that nobody has approved it."""
        return watermark(exercise=self.drill, draft=self.approved_at is None)

    def describe(self) -> dict[str, Any]:
        """Give the warning as it is told, with names of city, level, response and state."""
        return {
            "city_name": places.name(self.city_code),
            "state_zh": STATE_NAMES[self.state][0],
            "state_en": STATE_NAMES[self.state][1],
            "level_zh": LEVEL_NAMES[self.level][0],
            "response": RESPONSES.get(self.level),
            "watermark": self.watermark,
            "start": self.start_at,
            "end": self.end_at,
        } | asdict(self)


ANNOUNCED = ("approve", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
"""Actions with a notice: their day and papers are those of the warning."""
JUDGED = ("approve", "upgrade", "downgrade", "extend")
"""Actions whose level of the rule is that of the warning; on lifting it is told by the event alone."""
_PAPERS = ("office", "issuing_body", "document_no", "signatory", "reason")


def fold(record: Record | None, event: Event) -> Record:
    """Give the record after an event: what is stored is nothing but this, event by event.

    Raises
    ------
    ValueError
        The event is the first one, for which a record must be made from its draft.
    """
    if record is None:
        raise ValueError("a record begins with its draft")
    changes: dict[str, Any] = {"state": event.state_to}
    if event.action in NOTES:
        return replace(record, **changes)
    changes |= {
        "level": event.level,
        "basis": event.basis,
        "start_at": event.start_at,
        "end_at": event.end_at,
        "level_before": event.level_from if event.level_from != event.level else record.level_before,
    }
    if event.action in JUDGED:
        changes["level_rule"] = event.level_rule or record.level_rule
    if event.action == "approve":
        changes |= {"approved_by": event.decided_by, "approved_at": event.as_of}
    moments = {"start": "response_at", "lift": "lifted_at", "evaluate": "evaluated_at"}
    if event.action in moments:
        changes[moments[event.action]] = event.effective_at or event.as_of
    if event.action == "supersede":
        changes["superseded_by"] = event.related_id
    if event.action in ANNOUNCED:
        given = {name: getattr(event, name) for name in _PAPERS}
        changes |= {name: value for name, value in given.items() if value is not None}
        changes["decided_at"] = event.as_of
    return replace(record, **changes)


def canonical(document: Mapping[str, Any]) -> str:
    """Write a document as the text its fingerprint is taken of."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)


def fingerprint(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def to_row(item: Event | Record) -> dict[str, Any]:
    """Give the columns of a row: moments as ISO text."""
    return {
        f.name: value.isoformat(sep=" ")
        if isinstance(value := getattr(item, f.name), datetime)
        else int(value)
        if isinstance(value, bool)
        else value
        for f in fields(item)
    }


def record_of(row: Mapping[str, Any]) -> Record:
    """Read a record from a row of ``warning``."""
    return Record(**_typed(Record, row))


def event_of(row: Mapping[str, Any]) -> Event:
    """Read an event from a row of ``warning_event``."""
    given = _typed(Event, row)
    met = given["rule_met"]
    return Event(**given | {"rule_met": None if met is None else bool(met)})


_MOMENTS = frozenset(
    {
        "as_of", "recorded_at", "start_at", "end_at", "effective_at", "forecast_issued_at", "drafted_at", "expires_at",
        "approved_at", "decided_at", "response_at", "lifted_at", "evaluated_at",
    }
)  # fmt: skip


def _typed(cls: type[Event] | type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f.name: datetime.fromisoformat(row[f.name]) if f.name in _MOMENTS and row[f.name] else row[f.name]
        for f in fields(cls)
    }
