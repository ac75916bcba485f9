"""What a home knows of a response: warning, filed list, answers and checks brought together, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.receipts.answers import answers_of, asked_at
from pipelines.emergency.receipts.compliance import compliance_of
from pipelines.emergency.receipts.filed_list import FiledList, Unit, filed_list_of, promised
from pipelines.emergency.receipts.store import receipts, verifications
from pipelines.emergency.receipts.warning_with_list import LEVELLED, WarningWithList, highest
from pipelines.emergency.response.gather import list_of
from pipelines.home import Home
from warehouse import state
from warehouse.standards.list_spec import LIST_LEVELS, LIST_POLLUTANTS
from warehouse.store import open_read_only


def warning_of(home: Home, warning_id: str) -> tuple[Record, list[Event]]:
    """Read a warning and its history.

    Raises
    ------
    pipelines.emergency.life.machine.LifeError
        There is none of this id.
    """
    with state.reading(home.state) as con:
        return store.get(con, warning_id), store.events(con, warning_id)


def list_in_use(home: Home, record: Record) -> FiledList:
    """Read the filed list the response of a warning uses; an empty one where nothing is published."""
    if not home.published.exists():
        return FiledList()
    with closing(open_read_only(home.published)) as con:
        return filed_list_of(con, list_of(con, record, record.drafted_at))


def promised_of(
    home: Home, record: Record, filed: FiledList, level: str
) -> tuple[list[Unit], dict[str, float]]:
    """Read what the list in use promises at a level on the first day of the response [kg/d]."""
    nothing = dict.fromkeys(LIST_POLLUTANTS, 0.0)
    if filed.version_id is None or level not in LIST_LEVELS:
        return [], nothing
    day = (record.start_at or record.approved_at or record.drafted_at).date()
    with closing(open_read_only(home.published)) as con:
        return promised(con, filed.version_id, level, day)


def warning_with_list(home: Home, warning_id: str) -> WarningWithList:
    """Give what the answers to a warning are held against."""
    record, events = warning_of(home, warning_id)
    filed = list_in_use(home, record)

    @cache
    def ratios(level: str) -> Mapping[tuple[str, str], float]:
        units, _ = promised_of(home, record, filed, level)
        return {(u.enterprise_id, one): u.ratio for u in units for one in u.line_ids if u.ratio is not None}

    return WarningWithList(record, tuple(events), filed, ratios)


def answers(home: Home, warning_id: str, as_of: datetime, within_h: float | None = None) -> dict[str, Any]:
    """Tell who has answered a warning and who has not: see `receipts.answers_of`."""
    about = warning_with_list(home, warning_id)
    known = receipts(home.state, warning_id)
    return answers_of(
        about.record, about.events, about.filed, known, as_of, within_h=within_h,
        has_database=home.published.exists(),
    )  # fmt: skip


def compliance(home: Home, warning_id: str, as_of: datetime) -> dict[str, Any]:
    """Tell how far the response to a warning was carried out: see `compliance.compliance_of`."""
    record, events = warning_of(home, warning_id)
    level = highest(record, events)
    filed = list_in_use(home, record)
    units, others = promised_of(home, record, filed, level)
    given, checks = receipts(home.state, warning_id), verifications(home.state, warning_id)
    since = next(
        (e.as_of for e in events if e.action in LEVELLED and e.level == level),
        asked_at(record, events, as_of),
    )
    told = answers_of(record, events, filed, given, as_of)
    return compliance_of(level, filed, units, others, told, given, checks, as_of, since)
