"""What an answer to a warning is held against: the warning, its levels, the list in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.emergency.life import checks
from pipelines.emergency.life.machine import LIVE, LifeError
from pipelines.emergency.life.papers import Context
from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.receipts.cells import same_place
from pipelines.emergency.receipts.listed import Firm, Listed
from pipelines.emergency.receipts.model import Bad
from pipelines.emergency.receipts.reading import Values
from warehouse.standards.list_spec import LIST_LEVELS

ANSWERED = (*LIVE, "lifted", "evaluated")
"""States of a warning that may be answered: all from its approval on."""
LEVELLED = ("approve", "upgrade", "downgrade")
"""Actions that give a warning its level."""


@dataclass(frozen=True)
class Around:
    """What the rows of one warning are held against.

    Attributes
    ----------
    ratios : callable
        Gives for a level the share each line is to cut, by (enterprise, line).
    """

    record: Record
    events: tuple[Event, ...]
    listed: Listed
    ratios: Callable[[str], Mapping[tuple[str, str], float]] = lambda _: {}


AroundOf = Callable[[str], Around]


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


def firms_of(line: int, values: Values, listed: Listed) -> list[Firm] | Bad:
    """Find the sites of a firm in the list in use; an empty list where no list is filed."""
    code, site = values["credit_code"], values.get("site")
    if listed.version is None:
        return []
    own = listed.sites.get(code, [])
    if not own:
        version = listed.version_id
        return Bad(
            line, "credit_code", code, f"“{code}”不在在用清单 {version} 中；请核对代码",
            f"“{code}” is not in the list in use, {version}: check the code",
        )  # fmt: skip
    found = [firm for firm in own if same_place(firm.site) == same_place(site)] if site else own
    if not found:
        known = "、".join(firm.site or "—" for firm in own)
        zh, en = f"该企业没有厂区“{site}”；有：{known}", f"the firm has no site “{site}”; it has: {known}"
        return Bad(line, "site", str(site), zh, en)
    return found


def wrong_moment(line: int, item: str, moment: datetime, record: Record, as_of: datetime) -> Bad | None:
    """Refuse a moment before the warning was approved, or after now."""
    first = record.approved_at
    if first is not None and moment < first.replace(second=0, microsecond=0):
        zh, en = f"早于批准时间 {first:%Y-%m-%d %H:%M}", f"is before the approval at {first:%Y-%m-%d %H:%M}"
    elif moment > as_of:
        zh, en = f"晚于现在 {as_of:%Y-%m-%d %H:%M}", f"is after now, {as_of:%Y-%m-%d %H:%M}"
    else:
        return None
    return Bad(
        line,
        item,
        f"{moment:%Y-%m-%d %H:%M}",
        f"{moment:%Y-%m-%d %H:%M} {zh}",
        f"{moment:%Y-%m-%d %H:%M} {en}",
    )
