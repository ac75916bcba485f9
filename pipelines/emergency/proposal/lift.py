"""Lifting or lowering a level in force: the forecast must stay below its trigger for long enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.emergency.proposal.blocks import Block
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.profiles import Profile, rank


@dataclass(frozen=True)
class Lift:
    """What a level in force becomes.

    Attributes
    ----------
    action : {"keep", "lift", "downgrade"}
    level : str
        Level afterwards.
    below_h : int
        Hours from now on, or from the first block where that begins later, that stay at or below ``trigger`` [h].
    returns : str
        Level the forecast reaches again after these hours, ``none`` where it does not.
    reason : str
        Why it is kept: ``above`` (the forecast is above the trigger again), ``short`` (it ends too early),
        ``missing`` (a block is missing), ``by_rule`` (the rule gives the level again); empty otherwise.
    """

    action: str
    level: str
    below_h: int
    trigger: int
    returns: str = "none"
    reason: str = ""


def lift(in_force: str, blocks: Sequence[Block], profile: Profile, now: datetime | None = None) -> Lift:
    """Propose what a level in force becomes, from the blocks that are not over.

    Parameters
    ----------
    in_force : str
        A level of the profile.
    blocks : sequence of Block
        Consecutive blocks of the forecast; upper ends are used.
    profile : Profile
    now : datetime, optional
        Only hours after it count as forecast; the start of the first block where not given.

    Notes
    -----
    Source: plans of Taiyuan 2019, Yangzhou 2026 and others: below the trigger of the level and forecast to stay there
    for 36 hours and more; then the level follows the rule, or the warning ends. A block whose pollution does not
    count is below; one that is missing proves nothing.
    """
    trigger = profile.trigger(in_force)
    below = 0
    for block in blocks:
        if block.reason in ("missing", "needs_analyst") or (block.high is not None and block.high > trigger):
            break
        below += 1
    values = [block.high for block in blocks]
    hours = _hours(blocks[:below], now)
    if hours < profile.lift_h:
        reason = "short"
        if below < len(blocks):
            reason = "above" if blocks[below].high is not None else "missing"
        return Lift("keep", in_force, hours, trigger, reason=reason)
    after = judge(values[:below], profile, merged=True).level
    returns = judge(values[below:], profile, merged=True).level
    if rank(after) >= rank(in_force):
        return Lift("keep", in_force, hours, trigger, returns, "by_rule")
    return Lift("lift" if after == "none" else "downgrade", after, hours, trigger, returns)


def _hours(blocks: Sequence[Block], now: datetime | None) -> int:
    """Give the whole hours of consecutive blocks that are still to come."""
    if not blocks:
        return 0
    begin = blocks[0].start if now is None else max(now, blocks[0].start)
    return max(0, int((blocks[-1].end - begin).total_seconds()) // 3600)
