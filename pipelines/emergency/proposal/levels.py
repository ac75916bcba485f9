"""The level a series of 24-hour blocks reaches under a profile, and the blocks that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.emergency.proposal.merge import Span, Value, flags, runs
from pipelines.emergency.proposal.profiles import BLOCK_H, Alternative, Profile, rank


@dataclass(frozen=True)
class Verdict:
    """The highest level met (``none`` where none is) and the runs of blocks that meet it."""

    level: str
    spans: tuple[Span, ...] = ()
    alternatives: tuple[int, ...] = ()


@dataclass(frozen=True)
class Process:
    """One episode: a run of blocks above the lowest index that counts, and the level it reaches."""

    start: int
    end: int
    level: str


def judge(
    values: Sequence[Value], profile: Profile, *, merged: bool = False, bridge: bool = False
) -> Verdict:
    """Find the highest level a series reaches.

    Parameters
    ----------
    values : sequence of int or None, (n_blocks,)
        Index of consecutive blocks of 24 hours; None where a block does not count.
    profile : Profile
    merged : bool
        Join episodes less than ``merge_gap_lt_h`` apart.
    bridge : bool
        Join over blocks that do not count too.

    Returns
    -------
    Verdict

    Notes
    -----
    Source: 环大气〔2024〕6号 (national-2024); the clause of other profiles stands in ``ref.warning_profile``.
    """
    gap = profile.merge_blocks if merged else 0
    for level, alternatives in profile.levels:
        found = {
            number: spans
            for number, alternative in enumerate(alternatives, start=1)
            if (spans := _spans(values, alternative, gap, bridge))
        }
        if found:
            spans = sorted({span for each in found.values() for span in each})
            return Verdict(level, tuple(spans), tuple(found))
    return Verdict("none")


def _spans(values: Sequence[Value], alternative: Alternative, gap: int, bridge: bool) -> list[Span]:
    """Give the runs that meet the first part of an alternative whose other parts hold as well."""
    first, *rest = alternative
    need = first.run_h // BLOCK_H
    spans = [s for s in runs(flags(values, first.aqi_gt, gap, bridge=bridge)) if s[1] - s[0] >= need]
    for part in rest:
        on = flags(values, part.aqi_gt, gap, bridge=bridge)
        need = part.run_h // BLOCK_H
        if part.relation == "inside":
            spans = [s for s in spans if any(b - a >= need for a, b in runs(on[s[0] : s[1]]))]
        elif not any(b - a >= need for a, b in runs(on)):
            return []
    return spans


def processes(
    values: Sequence[Value], profile: Profile, *, merged: bool = True, bridge: bool = False
) -> list[Process]:
    """Give every episode that reaches a level, in order of time, with start, end and its own level.

    An episode reaches from the first to the last block above the lowest index that counts towards a colour, so that it
    begins and ends with the pollution and not with the part of it that decides the level.
    """
    verdict = judge(values, profile, merged=merged, bridge=bridge)
    if verdict.level == "none":
        return []
    gap = profile.merge_blocks if merged else 0
    on = flags(values, profile.process_trigger(verdict.level), gap, bridge=bridge)
    found = []
    for start, end in runs(on):
        level = judge(values[start:end], profile, merged=merged, bridge=bridge).level
        if any(a < end and start < b for a, b in verdict.spans):
            level = max(level, verdict.level, key=rank)
        if level != "none":
            found.append(Process(start, end, level))
    return found


def deciding(found: Sequence[Process]) -> Process | None:
    """Pick the first of the gravest episodes."""
    return max(found, key=lambda p: (rank(p.level), -p.start), default=None)
