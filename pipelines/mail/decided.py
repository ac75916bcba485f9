"""Decisions about warnings that letters tell of, from the state file, and which of them belong into one letter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.notices import notice_text
from pipelines.emergency.life.records import Event, Record
from pipelines.home import Home
from pipelines.mail.kinds import MailError
from warehouse.state import reading

TOLD = ("draft", "approve", "start", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
"""Actions that a letter tells of."""
RECENT = timedelta(days=2)
"""Older decisions are no news; a home that gets mail late does not tell of last winter."""
_ACTIONS = {"draft": "issue", "approve": "issue"}


@dataclass(frozen=True)
class Decided:
    """The last decision about a warning.

    Attributes
    ----------
    draft : dict
        The stored draft it began with.
    """

    record: Record
    event: Event
    draft: dict[str, Any] = field(hash=False, compare=False)

    @property
    def name(self) -> str:
        """What a letter is remembered by to have told of it."""
        return f"{self.record.warning_id}#{self.event.seq}"

    @property
    def is_draft(self) -> bool:
        """Not approved: for duty officers only."""
        return self.record.approved_at is None

    @property
    def alike(self) -> tuple[Any, ...]:
        """Decisions of the same day that do the same at the same level belong into one letter."""
        return (
            not self.is_draft,
            f"{self.event.as_of:%Y-%m-%d}",
            _ACTIONS.get(self.event.action, self.event.action),
            self.record.level,
            self.record.kind,
        )

    @property
    def span(self) -> tuple[datetime | None, datetime | None]:
        """From when until when what was decided holds; an end or a pause holds from its moment on."""
        start, end, at = self.record.start_at, self.record.end_at, self.event.as_of
        if self.event.action == "lift":
            return self.record.lifted_at or at, None
        if self.event.action == "suspend":
            return at, None
        if self.event.action in ("upgrade", "downgrade", "resume"):
            return max(start or at, at), end
        return start, end

    def described(self) -> dict[str, Any]:
        """Give the plain record of a letter about this decision alone."""
        told = self.record.describe()
        start, end = self.span
        city = {
            "city_code": self.record.city_code,
            "city_name": told["city_name"],
            "level": self.record.level,
            "start": start,
            "end": end,
        } | _forecast(self.draft)
        return told | {
            "start": start,
            "end": end,
            "action": _ACTIONS.get(self.event.action, self.event.action),
            "event": str(self.event.seq),
            "cities": [city],
            "notice_text": notice_text(self.record)[1],
            "forecast_issue": self.record.forecast_issued_at,
        }


def decided(home: Home, now: datetime) -> list[tuple[Decided, ...]]:
    """Find the last decisions that are news, those that belong together in one tuple."""
    if not home.state.exists():
        return []
    found = []
    with reading(home.state) as con:
        for record in store.select(con):
            event = store.last_decision(con, record.warning_id)
            if event and event.action in TOLD and abs(now - event.as_of) <= RECENT:
                found.append(Decided(record, event, store.document(con, record.draft_sha256) or {}))
    found.sort(key=lambda d: (*d.alike, d.record.city_code, d.name))
    return [tuple(group) for _, group in groupby(found, key=lambda d: d.alike)]


def decision_of(home: Home, warning_id: str) -> Decided:
    """Find the last decision about one warning, however old.

    Raises
    ------
    MailError
        There is no such warning.
    """
    if home.state.exists():
        with reading(home.state) as con:
            for record in store.select(con):
                event = store.last_decision(con, record.warning_id)
                if record.warning_id == warning_id and event:
                    return Decided(record, event, store.document(con, record.draft_sha256) or {})
    raise MailError(
        f"没有预警 {warning_id}；用 fenwei warning list 查看 | there is no warning {warning_id}: see `fenwei warning list`"
    )


def key_of(group: Sequence[Decided]) -> str:
    """Key of the letter that tells of some decisions; it says which, so that each is told once."""
    kind = "draft" if group[0].is_draft else "notice"
    return f"warning:{kind}:{','.join(d.name for d in group)}"


def told_by(letter_key: str) -> set[str]:
    """Names of the decisions a letter tells of."""
    head, _, names = letter_key.partition(":")[2].partition(":")
    return (
        set(names.split(",")) if letter_key.startswith("warning:") and head in ("draft", "notice") else set()
    )


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
