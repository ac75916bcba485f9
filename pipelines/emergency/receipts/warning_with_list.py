"""What an answer to a warning is held against: the warning, its levels, the list in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.emergency.life import checks
from pipelines.emergency.life.machine import LIVE, LifeError
from pipelines.emergency.life.papers import Context
from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.receipts.filed_list import FiledList
from warehouse.standards.list_spec import LIST_LEVELS

ANSWERED = (*LIVE, "lifted", "evaluated")
"""States of a warning that may be answered: all from its approval on."""
LEVELLED = ("approve", "upgrade", "downgrade")
"""Actions that give a warning its level."""


@dataclass(frozen=True)
class WarningWithList:
    """What the rows of one warning are held against.

    Attributes
    ----------
    ratios : callable
        Gives for a level the share each line is to cut, by (enterprise, line).
    """

    record: Record
    events: tuple[Event, ...]
    filed: FiledList
    ratios: Callable[[str], Mapping[tuple[str, str], float]] = lambda _: {}


WarningLookup = Callable[[str], WarningWithList]


def may_answer(context: Context, record: Record) -> None:
    """Refuse answers to what nobody has ordered.

    Raises
    ------
    LifeError
        It is a draft, or a real warning in a home of simulated data.
    """
    checks.may_touch(record, context)
    if record.state not in ANSWERED:
        raise LifeError(
            "not_approved",
            f"{record.warning_id} 未经批准，没有可回执的响应",
            f"{record.warning_id} was not approved: there is no response to answer",
        )


def level_at(events: Sequence[Event], moment: datetime) -> str | None:
    """Give the level in force at a moment; that of the approval before it."""
    held = [e for e in events if e.action in LEVELLED]
    before = [e for e in held if e.as_of <= moment]
    return before[-1].level if before else held[0].level if held else None


def highest(record: Record, events: Sequence[Event]) -> str:
    """Give the highest level that was in force, among those a list has measures for."""
    held = {e.level for e in events if e.action in LEVELLED}
    ranked = [level for level in LIST_LEVELS if level in held]
    return ranked[-1] if ranked else record.level
