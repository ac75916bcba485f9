"""Parts of a draft: its window, blocks, episodes, what becomes of the level in force, what others ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipelines.emergency.proposal.blocks import Block
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.levels import Process
from pipelines.emergency.proposal.lift import lift
from pipelines.emergency.proposal.orders import Order, gravest
from pipelines.emergency.proposal.profiles import Profile, rank, reported
from warehouse.standards.warning_words import LEVEL_NAMES, RESPONSES

HEAVY = 200
"""A block above this index is heavy pollution (HJ 633)."""
HEAVY_DAYS = 3
"""Days of possible heavy pollution from which the upper end of the forecast decides by rule."""


def upper_bound_part(blocks: Sequence[Block]) -> str:
    """Tell whether the upper end decides by rule, is shown beside the lower one, or does not differ from it."""
    if all(b.low == b.high for b in blocks):
        return "no_range"
    heavy = sum(b.high is not None and b.high > HEAVY for b in blocks)
    return "by_rule" if heavy >= HEAVY_DAYS else "both_shown"


def window_part(process: Process | None, blocks: Sequence[Block], profile: Profile) -> dict[str, Any]:
    """Give start and end of the episode that decides, and whether the forecast shows that it ends."""
    if process is None:
        return {"start": None, "end": None, "end_confirmed": None}
    trigger = profile.trigger(process.level)
    clear = 0
    for block in blocks[process.end :]:
        if block.reason in ("missing", "needs_analyst") or (block.high is not None and block.high > trigger):
            break
        clear += 24
    return {
        "start": blocks[process.start].start,
        "end": blocks[process.end - 1].end,
        "end_confirmed": clear >= profile.lift_h,
    }


def process_part(process: Process, blocks: Sequence[Block]) -> dict[str, Any]:
    """Give one episode."""
    return {
        "start": blocks[process.start].start,
        "end": blocks[process.end - 1].end,
        "level": reported(process.level),
        "hours": 24 * (process.end - process.start),
    }


def block_part(block: Block, processes: Sequence[Process], at: int) -> dict[str, Any]:
    """Give one block with what it was made from and why it counts or not."""
    given = block.given
    return {
        "start": block.start,
        "end": block.end,
        "aqi_low": given.aqi_low if given else None,
        "aqi_high": given.aqi_high if given else None,
        "primary_pollutants": ",".join(given.primary) if given else "",
        "pm25_low_ugm3": given.pm25_low if given else None,
        "pm25_high_ugm3": given.pm25_high if given else None,
        "cause": given.cause if given else None,
        "forecaster": given.forecaster if given else None,
        "aqi_24h_block_low": block.low,
        "aqi_24h_block": block.high,
        "counted": block.high is not None,
        "basis": block.basis,
        "reason": block.reason,
        "aqi_if_counted": block.otherwise,
        "in_process": any(p.start <= at < p.end for p in processes),
        "n_hours": block.n_hours,
        "standard_set": block.standard_set,
    }


def lift_part(
    in_force: str | None, blocks: Sequence[Block], profile: Profile, as_of: datetime
) -> dict[str, Any] | None:
    """Give what the level in force may become, where there is one."""
    if in_force is None or not profile.alternatives(in_force):
        return None
    ahead = [b for b in blocks if b.end > as_of]
    found = lift(in_force, ahead, profile, as_of)
    from_when = ahead[0].start if ahead else None
    return {
        "in_force": in_force,
        "action": found.action,
        "level": reported(found.level),
        "below_h": found.below_h,
        "needed_h": profile.lift_h,
        "trigger": found.trigger,
        "from": from_when,
        "returns": reported(found.returns),
        "reason": found.reason,
    }


def final_part(
    document: Mapping[str, Any],
    forecast: CityForecast,
    orders: Sequence[Order],
    as_of: datetime,
    blocks: Sequence[Block],
) -> dict[str, Any]:
    """Take the gravest of the own level, the regional one and superior orders."""
    until = max([b.end for b in blocks] + [as_of])
    own = [o for o in orders if o.city_code == forecast.city_code and o.holds(until, as_of)]
    top = gravest(own)
    level, basis = document["level"], "own"
    if top is not None and rank(top.level) > rank(level):
        level, basis = top.level, top.kind
    starts = [document["start"]] if basis == "own" else [top.start if top else None]
    return {
        "final_level": level,
        "final_level_zh": LEVEL_NAMES[level][0],
        "final_basis": basis if level != "none" else "none",
        "final_start": starts[0],
        "final_end": document["end"] if basis == "own" else (top.end if top else None),
        "response": RESPONSES.get(level),
        "orders": [o.describe() for o in own],
    }
