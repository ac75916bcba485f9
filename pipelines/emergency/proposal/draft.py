"""The draft of a warning for one city: the level the rule proposes, what led to it, what others ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.emergency.proposal import places
from pipelines.emergency.proposal.blocks import Block
from pipelines.emergency.proposal.changes import changes
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.levels import Process, deciding, judge, processes
from pipelines.emergency.proposal.merge import Value
from pipelines.emergency.proposal.notes import notes_of
from pipelines.emergency.proposal.orders import Order
from pipelines.emergency.proposal.parts import (
    block_part,
    final_part,
    lift_part,
    process_part,
    upper_bound_part,
    window_part,
)
from pipelines.emergency.proposal.profiles import Profile, rank, reported
from warehouse.standards.marks import watermark
from warehouse.standards.warning_words import LEVEL_NAMES

ValueOf = Callable[[Block], Value]
Cuts = Mapping[int, Sequence[Block]]


@dataclass(frozen=True)
class Options:
    """What a person decides before a draft is made.

    Attributes
    ----------
    bridge : bool
        An analyst joins episodes over blocks that do not count.
    in_force : str or None
        The level in force now, whose lifting is to be looked at.
    simulated : bool
        The home holds simulated data, or this is an exercise.
    """

    bridge: bool = False
    in_force: str | None = None
    simulated: bool = False


@dataclass(frozen=True)
class Outcome:
    """The level of one way of looking, and the cut of the day that gives it."""

    level: str
    clock: int
    processes: tuple[Process, ...] = ()

    @property
    def deciding(self) -> Process | None:
        """The first of the gravest episodes."""
        return deciding(self.processes)


def outcome(
    cuts: Cuts, profile: Profile, value_of: ValueOf, *, merged: bool, bridge: bool = False
) -> Outcome:
    """Judge every cut of the day and keep the gravest.

    Of equal ones the natural days are kept, else the cut whose deciding episode is the most polluted.
    """
    best, weight = Outcome("none", 0), (0, False, 0)
    for clock, blocks in sorted(cuts.items()):
        values = [value_of(b) for b in blocks]
        verdict = judge(values, profile, merged=merged, bridge=bridge)
        polluted = {i for start, end in verdict.spans for i in range(start, end)}
        found = (rank(verdict.level), clock == 0, sum(values[i] or 0 for i in polluted))
        if verdict.level != "none" and found > weight:
            made = tuple(processes(values, profile, merged=merged, bridge=bridge))
            best, weight = Outcome(verdict.level, clock, made), found
    return best


def draft(
    forecast: CityForecast,
    profile: Profile,
    orders: Sequence[Order],
    as_of: datetime,
    options: Options | None = None,
) -> dict[str, Any]:
    """Propose a level for one city.

    A pure function: the same forecast, profile, orders and moment give the same draft.

    Parameters
    ----------
    forecast : CityForecast
    profile : Profile
    orders : sequence of Order
        Levels ordered by others, of any city.
    as_of : datetime
    options : Options, optional

    Returns
    -------
    dict
        ``level`` (episodes merged), ``level_strict``, ``natural_day_level``, ``level_low`` (lower ends of the forecast),
        ``level_if_all_counted``, ``level_if_unknown_left_out``, ``start``, ``end``, ``blocks``, ``processes``,
        ``changes``, ``lift``, ``orders``, ``final_level``, ``notes`` and what the draft was made from.
    """
    how = options or Options()
    cuts = forecast.cuts()
    bridged = how.bridge
    main = outcome(cuts, profile, _high, merged=True, bridge=bridged)
    strict = outcome(cuts, profile, _high, merged=False)
    natural = outcome({0: cuts.get(0, [])}, profile, _high, merged=True, bridge=bridged)
    blocks = cuts.get(main.clock, [])
    document: dict[str, Any] = {
        "city_code": forecast.city_code,
        "city_name": places.name(forecast.city_code),
        "status": "draft",
        "watermark": watermark(exercise=how.simulated),
        "simulated": how.simulated,
        "level": reported(main.level),
        "level_by_profile": main.level,
        "level_zh": LEVEL_NAMES[main.level][0],
        "level_strict": reported(strict.level),
        "natural_day_level": reported(natural.level),
        "natural_day_level_strict": reported(
            outcome({0: cuts.get(0, [])}, profile, _high, merged=False).level
        ),
        **_others(cuts, profile, bridged),
        "upper_bound": upper_bound_part(blocks),
        **window_part(main.deciding, blocks, profile),
        "profile": profile.name,
        "profile_version": profile.version,
        "profile_verified": profile.verified,
        "profile_confirmed_by": profile.confirmed_by,
        "profile_text": profile.text,
        "profile_file": profile.file,
        "profile_file_sha256": profile.file_sha256,
        "standard_set": ",".join(dict.fromkeys(b.standard_set for b in blocks)),
        "model": forecast.model,
        "issued_at": forecast.issued_at,
        "sha256": forecast.sha256,
        "as_of": as_of,
        "bridged": bridged,
        "starts_at_clock_h": main.clock,
        "blocks": [block_part(b, main.processes, i) for i, b in enumerate(blocks)],
        "processes": [process_part(p, blocks) for p in main.processes],
        "changes": changes(cuts, profile, bridge=bridged),
        "lift": lift_part(how.in_force, cuts.get(0, []), profile, as_of),
    }
    document |= final_part(document, forecast, orders, as_of, blocks)
    return document | {"notes": notes_of(document, profile, blocks)}


def _high(block: Block) -> Value:
    return block.high


def _others(cuts: Cuts, profile: Profile, bridge: bool) -> dict[str, str]:
    """Judge the other readings that stand beside the main one."""
    readings: dict[str, ValueOf] = {
        "level_low": lambda b: b.low,
        "level_if_all_counted": lambda b: b.otherwise,
        "level_if_unknown_left_out": lambda b: None if b.reason == "cause_unknown" else b.high,
    }
    return {
        name: reported(outcome(cuts, profile, value_of, merged=True, bridge=bridge).level)
        for name, value_of in readings.items()
    } | {"level_if_bridged": reported(outcome(cuts, profile, _high, merged=True, bridge=True).level)}
