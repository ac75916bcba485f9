"""What would change a level: how much more or less pollution, how many hours more or fewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipelines.emergency.proposal.blocks import Block, iaqi
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.merge import Value, flags, longest
from pipelines.emergency.proposal.profiles import BLOCK_H, Alternative, Profile, rank

LARGEST_SHIFT = 500
"""Shift of index or concentration beyond which nothing is looked for [1 or µg/m³]."""
Cuts = Mapping[int, Sequence[Block]]


def changes(cuts: Cuts, profile: Profile, *, bridge: bool = False) -> dict[str, Any]:
    """Say what would raise and what would lower the merged level.

    Parameters
    ----------
    cuts : mapping of int to sequence of Block
        Blocks by the hour they start at.
    profile : Profile
    bridge : bool

    Returns
    -------
    dict
        ``higher`` and ``lower``, each None or a dict: ``aqi`` points and ``pm25_ugm3`` [µg/m³] that all counted blocks
        would have to be higher or lower by, the ``level`` reached then; and ``hours``: to which level how many
        more hours above which index lead, or how many fewer end the level.
    """

    def level_of(values_of: Callable[[Block], Value]) -> str:
        found = [
            judge([values_of(b) for b in blocks], profile, merged=True, bridge=bridge).level
            for blocks in cuts.values()
        ]
        return max(found, key=rank, default="none")

    now = level_of(lambda b: b.high)
    on_pm25 = [b for blocks in cuts.values() for b in blocks if b.high is not None]
    shifts: dict[str, Callable[[Block, int], Value]] = {"aqi": _by_index}
    if on_pm25 and all(b.pm25_high is not None for b in on_pm25):
        shifts["pm25_ugm3"] = _by_pm25
    found: dict[str, Any] = {"higher": None, "lower": None}
    for side, sign in (("higher", 1), ("lower", -1)):
        amounts: dict[str, Any] = {}
        for unit, shift in shifts.items():
            step = _first(
                lambda k, s=shift, g=sign: _beyond(level_of(lambda b: s(b, g * k)), now, g)  # type: ignore[misc]
            )
            if step is not None:
                amounts[unit] = step
                amounts.setdefault("level", level_of(lambda b, s=shift, k=sign * step: s(b, k)))  # type: ignore[misc]
        found[side] = amounts or None
    return found | {
        "hours_more": _more(cuts, profile, now, bridge),
        "hours_less": _less(cuts, profile, now, bridge),
    }


def _by_index(block: Block, k: int) -> Value:
    return None if block.high is None else block.high + k


def _by_pm25(block: Block, k: int) -> Value:
    if block.high is None or block.pm25_high is None:
        return None
    return iaqi("PM2.5", max(0.0, block.pm25_high + k), block.standard_set)


def _beyond(level: str, now: str, sign: int) -> bool:
    return (rank(level) - rank(now)) * sign > 0


def _first(holds: Callable[[int], bool]) -> int | None:
    """Find the smallest step from 1 on at which something holds that never stops holding."""
    low, high = 1, LARGEST_SHIFT
    if not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _lengths(cuts: Cuts, profile: Profile, alternative: Alternative, bridge: bool) -> list[int]:
    """Give the hours each part of an alternative lasts at most."""
    gap = profile.merge_blocks
    return [
        max(
            (
                longest(flags([b.high for b in blocks], part.aqi_gt, gap, bridge=bridge))
                for blocks in cuts.values()
            ),
            default=0,
        )
        * BLOCK_H
        for part in alternative
    ]


def _more(cuts: Cuts, profile: Profile, now: str, bridge: bool) -> list[dict[str, Any]]:
    """List, for the next level up, what each alternative still lacks."""
    above = [(level, alts) for level, alts in profile.levels if rank(level) > rank(now)]
    if not above:
        return []
    level, alternatives = above[-1]
    found = []
    for alternative in alternatives:
        lacking = [
            {"aqi_gt": part.aqi_gt, "hours": part.run_h - length}
            for part, length in zip(alternative, _lengths(cuts, profile, alternative, bridge), strict=True)
            if length < part.run_h
        ]
        if lacking:
            found.append({"level": level, "parts": lacking})
    return found


def _less(cuts: Cuts, profile: Profile, now: str, bridge: bool) -> list[dict[str, Any]]:
    """List what each condition that is met would have to lose for the level to fall; all of them must."""
    found: list[dict[str, Any]] = []
    for alternative in profile.alternatives(now):
        lengths = _lengths(cuts, profile, alternative, bridge)
        spare = sorted(
            (length - part.run_h + BLOCK_H, part.aqi_gt)
            for part, length in zip(alternative, lengths, strict=True)
        )
        if spare[0][0] >= BLOCK_H:
            found.append({"level": now, "parts": [{"aqi_gt": spare[0][1], "hours": spare[0][0]}]})
    return found
