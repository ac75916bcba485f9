"""Profiles of the warning rule: which levels there are, and what each of them asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from warehouse.standards.emergency_spec import LEVELS

BLOCK_H = 24
"""Hours of one block: the rule speaks of means over 24 hours, which may cross midnight."""
REPORTED = {"blue": "precaution"}
"""Levels of former rules under the name they are reported by today, so that their order is kept."""
OWN = "own"


class ProfileError(ValueError):
    """There is no such profile, it must not be used, or its rows contradict each other."""


@dataclass(frozen=True)
class Part:
    """One part of a condition: blocks above ``aqi_gt`` for ``run_h`` hours, as a run or inside the run before."""

    relation: str
    aqi_gt: int
    run_h: int


Alternative = tuple[Part, ...]


@dataclass(frozen=True)
class Profile:
    """A rule in a form that can be applied.

    Attributes
    ----------
    levels : tuple of (str, tuple of Alternative)
        The gravest first; a level is reached where any alternative holds with all of its parts.
    lift_h, merge_gap_lt_h, lead_time_h : int
        Hours [h] of the rules for lifting, for merging, and of notice.
    file, file_sha256 : str, optional
        The file of a user it was read from.
    """

    name: str
    levels: tuple[tuple[str, tuple[Alternative, ...]], ...]
    lift_h: int = 36
    merge_gap_lt_h: int = 36
    lead_time_h: int = 24
    name_zh: str = ""
    name_en: str = ""
    enabled: bool = True
    area_code: str | None = None
    verified: bool = False
    clause: str = ""
    source: str = ""
    note: str | None = None
    confirmed_by: str | None = None
    file: str | None = None
    file_sha256: str | None = None

    @property
    def merge_blocks(self) -> int:
        """Blocks a gap may have for the episodes on both sides to be one."""
        return max(0, (self.merge_gap_lt_h - 1) // BLOCK_H)

    @property
    def version(self) -> str:
        """Fingerprint of everything that decides a level."""
        decides = (self.name, self.levels, self.lift_h, self.merge_gap_lt_h, self.lead_time_h)
        return hashlib.sha256(repr(decides).encode()).hexdigest()[:16]

    def alternatives(self, level: str) -> tuple[Alternative, ...]:
        """Conditions of a level; none where the profile has no such level."""
        return dict(self.levels).get(level, ())

    def trigger(self, level: str) -> int:
        """Lowest index that counts towards a level: at or below it a block does not hold the level up."""
        return min(alternative[0].aqi_gt for alternative in self.alternatives(level))

    def process_trigger(self, level: str) -> int:
        """Lowest index that counts towards any colour (or, below yellow, towards ``level`` itself)."""
        colours = [name for name, _ in self.levels if rank(name) >= rank("blue")]
        wanted = colours if rank(level) >= rank("blue") else [level]
        return min(self.trigger(name) for name in wanted)

    @property
    def text(self) -> str:
        """The rule as a table, as `own_profile.read_text` reads it again: what a decision can be made again with."""
        lines = ["profile,level,alternative,part,relation,aqi_gt,run_h,lift_h,merge_gap_lt_h,lead_time_h"]
        hours = f"{self.lift_h},{self.merge_gap_lt_h},{self.lead_time_h}"
        for level, alternatives in self.levels:
            for number, alternative in enumerate(alternatives, start=1):
                for part, p in enumerate(alternative, start=1):
                    lines.append(
                        f"{_quoted(self.name)},{level},{number},{part},{p.relation},{p.aqi_gt},{p.run_h},{hours}"
                    )
        return "\n".join(lines) + "\n"

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Every index the profile compares with, ascending."""
        return tuple(sorted({p.aqi_gt for _, alts in self.levels for alt in alts for p in alt}))


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(c in text for c in '",\r\n') else text


def rank(level: str) -> int:
    """Order of a level, 0 for none."""
    return LEVELS.index(level)


def reported(level: str) -> str:
    """Name a level is reported by: none, precaution, yellow, orange or red."""
    return REPORTED.get(level, level)


def compile_levels(
    rows: Iterable[tuple[str, int, int, str, int, int]],
) -> tuple[tuple[str, tuple[Alternative, ...]], ...]:
    """Turn rows (level, alternative, part, relation, aqi_gt, run_h) into conditions, the gravest level first.

    Raises
    ------
    ProfileError
        A level is unknown, a condition does not start with a run, or a length is no whole number of blocks.
    """
    found: dict[str, list[Alternative]] = {}
    ordered = sorted(rows, key=lambda r: (-rank(_known(r[0])), r[1], r[2]))
    for (level, number), parts in groupby(ordered, key=lambda r: (r[0], r[1])):
        alternative = tuple(Part(relation, gt, hours) for _, _, _, relation, gt, hours in parts)
        where = f"{level} {number}"
        if alternative[0].relation != "run":
            raise ProfileError(f"{where}: 第一部分应为 run | the first part must be a run")
        for part in alternative:
            _check(part, where)
        found.setdefault(level, []).append(alternative)
    if not found:
        raise ProfileError("没有一条分级条件 | no condition at all")
    return tuple((level, tuple(alternatives)) for level, alternatives in found.items())


def _known(level: str) -> str:
    if level not in LEVELS or level == "none":
        raise ProfileError(f"“{level}”：级别应为 expected {', '.join(LEVELS[1:])}")
    return level


def _check(part: Part, where: str) -> None:
    if part.relation not in ("run", "inside"):
        raise ProfileError(
            f"{where}: relation “{part.relation}”，应为 run 或 inside | expected run or inside"
        )
    if part.run_h <= 0 or part.run_h % BLOCK_H:
        raise ProfileError(f"{where}: run_h {part.run_h}，应为 24 的倍数 | expected a multiple of 24")
    if not 0 <= part.aqi_gt < 500:
        raise ProfileError(f"{where}: aqi_gt {part.aqi_gt}，应为 expected 0–499")


def own(rows: Sequence[tuple[str, int, int, str, int, int]], *, name: str = OWN, **settings: Any) -> Profile:
    """Make a profile from a user's rows; it is as verified as its user says.

    Raises
    ------
    ProfileError
        The rows contradict each other.
    """
    made = compile_levels(rows)
    return Profile(
        name,
        made,
        name_zh="本地方案",
        name_en="own profile",
        source="用户文件 | file of the user",
        **settings,
    )
