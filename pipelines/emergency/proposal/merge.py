"""Runs of blocks above an index, with episodes joined over short gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Value = int | None
"""Index of a block as it counts; None where the block does not count or is missing."""
Span = tuple[int, int]
"""First block and the block after the last."""


def flags(values: Sequence[Value], above: int, gap: int = 0, *, bridge: bool = False) -> list[bool]:
    """Mark the blocks above an index, and the blocks of gaps that join two episodes.

    Parameters
    ----------
    values : sequence of int or None, (n_blocks,)
    above : int
        Strictly above.
    gap : int
        Blocks a joined gap may have; 0 joins nothing.
    bridge : bool
        Join over blocks that do not count too: only an analyst may decide that.

    Returns
    -------
    list of bool, (n_blocks,)
    """
    on = [value is not None and value > above for value in values]
    if not gap:
        return on
    joined = list(on)
    for first, second in pairwise([i for i, is_on in enumerate(on) if is_on]):
        between = range(first + 1, second)
        if 0 < len(between) <= gap and (bridge or all(values[i] is not None for i in between)):
            for i in between:
                joined[i] = True
    return joined


def runs(on: Sequence[bool]) -> list[Span]:
    """Give the spans of consecutive true values, in order."""
    found: list[Span] = []
    start = None
    for i, is_on in enumerate([*on, False]):
        if is_on and start is None:
            start = i
        elif not is_on and start is not None:
            found.append((start, i))
            start = None
    return found


def longest(on: Sequence[bool]) -> int:
    """Give the length of the longest run of true values."""
    return max((end - start for start, end in runs(on)), default=0)
