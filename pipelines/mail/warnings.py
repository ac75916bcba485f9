"""Letters of the warnings kept in the state file: drafts for duty officers, notices for recipients by role and city.

They are found from the events, not handed over: a process that died between an approval and its letters misses nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dashboards.mail.model import Picture
from pipelines.emergency.life import store
from pipelines.emergency.life.notices import notice_text
from pipelines.emergency.life.records import Event, Record
from pipelines.home import Home
from pipelines.mail.alarms import queue_warning
from pipelines.mail.box import Queued
from pipelines.mail.compose import Attachment
from warehouse.state import reading

TOLD = ("draft", "approve", "start", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
"""Actions that a letter tells of."""
RECENT = timedelta(days=2)
"""Older decisions are no news; a home that gets mail late does not tell of last winter."""


@dataclass(frozen=True)
class Extras:
    """What goes into a warning's letter from elsewhere: ratios of the emission list, files, charts."""

    ratios: Sequence[dict[str, Any]] = ()
    attachments: Sequence[Attachment] = ()
    pictures: Sequence[Picture] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def queue_warnings(
    home: Home, now: datetime, extras: Callable[[dict[str, Any]], Extras] | None = None
) -> list[Queued]:
    """Put in the letter of every warning's last decision; called as often as one likes.

    Parameters
    ----------
    home : Home
    now : datetime
        What the home takes as now; decisions older than `RECENT` are passed over.
    extras : callable, optional
        Gives what belongs to a warning's record from elsewhere.
    """
    done = []
    for record, event, draft in _decided(home, now):
        found = _record(record, event, draft)
        more = extras(found) if extras else Extras()
        done.append(
            queue_warning(
                home,
                found | more.facts | {"ratios": more.ratios},
                now,
                attachments=more.attachments,
                pictures=more.pictures,
            )
        )
    return done


def _decided(home: Home, now: datetime) -> list[tuple[Record, Event, dict[str, Any]]]:
    if not home.state.exists():
        return []
    found = []
    with reading(home.state) as con:
        for record in store.select(con):
            event = store.last_decision(con, record.warning_id)
            if event and event.action in TOLD and abs(now - event.as_of) <= RECENT:
                found.append((record, event, store.document(con, record.draft_sha256) or {}))
    return found


def _record(record: Record, event: Event, draft: dict[str, Any]) -> dict[str, Any]:
    """The plain record of a letter."""
    told = record.describe()
    city = {
        "city_code": record.city_code,
        "city_name": told["city_name"],
        "level": record.level,
        "start": record.start_at,
        "end": record.end_at,
    } | _forecast(draft)
    return told | {
        "action": {"draft": "issue", "approve": "issue"}.get(event.action, event.action),
        "event": str(event.seq),
        "cities": [city],
        "notice_text": notice_text(record)[1],
        "forecast_issue": record.forecast_issued_at,
    }


def _forecast(draft: dict[str, Any]) -> dict[str, Any]:
    """Range of the forecast AQI over the blocks of the episode, and what causes it."""
    blocks = [
        b
        for b in draft.get("blocks") or ()
        if b.get("in_process") and None not in (b.get("aqi_low"), b.get("aqi_high"))
    ]
    if not blocks:
        return {}
    names = {
        name for b in blocks for name in str(b.get("primary_pollutants") or "").split(",") if name.strip()
    }
    return {
        "aqi_low": min(b["aqi_low"] for b in blocks),
        "aqi_high": max(b["aqi_high"] for b in blocks),
        "primary_pollutants": ",".join(sorted(names)) or None,
    }
