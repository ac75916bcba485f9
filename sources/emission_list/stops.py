"""Dated stops of a line as people write them: 错峰 2026-11-15至2027-03-15；长期停产 2025-01-01至."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sources.emission_list.measures import plain

__all__ = ["Stop", "parse_stops"]

KINDS = {
    "off_peak": ("错峰生产", "错峰停产", "错峰", "采暖季停产", "采暖季"),
    "seasonal": ("季节性停产", "季节性", "季节停产", "季节"),
    "long_stop": ("长期停产", "长停", "已停产", "停产"),
}
_WORDS = {word: kind for kind, words in KINDS.items() for word in words}
_DAY = r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
_UNTIL = r"(?:至|到|~|～|—+|–|-{1,2})"
_STOP = re.compile(
    rf"({'|'.join(sorted(_WORDS, key=len, reverse=True))})?[:：]?(?:自|从)?{_DAY}(?:起?{_UNTIL}(?:{_DAY}|今|未定|长期)?|起)?(?:止|期间)?"
)


@dataclass(frozen=True)
class Stop:
    """One stop: off_peak, seasonal or long_stop, first and last day; no last day where it is open."""

    kind: str
    first: date
    last: date | None


def parse_stops(text: str | None) -> tuple[tuple[Stop, ...], tuple[str, ...]]:
    """Read the dated stops of a line.

    A stop without a word for its kind is 错峰; one that does not say until when is taken as open.

    Returns
    -------
    tuple
        The stops, and the pieces that could not be read (no dates, a day that does not exist, an end before the start).
    """
    found: list[Stop] = []
    rest: list[str] = []
    for piece in re.split(r"[;；。,，、\n]+", plain(text or "")):
        if not piece:
            continue
        match = _STOP.fullmatch(piece)
        stop = _stop(match) if match else None
        if stop is None:
            rest.append(piece)
        else:
            found.append(stop)
    return tuple(found), tuple(rest)


def _stop(match: re.Match[str]) -> Stop | None:
    groups = match.groups()
    try:
        first, last = _day(groups[1:6]), _day(groups[6:11])
    except ValueError:
        return None
    if first is None or (last is not None and last < first):
        return None
    return Stop(_WORDS.get(groups[0] or "", "off_peak"), first, last)


def _day(parts: tuple[str | None, ...]) -> date | None:
    year, *rest = parts
    if year is None:
        return None
    month, day = (int(part) for part in rest if part is not None)
    return date(int(year), month, day)
