"""From evidence to a verdict. Pure. What nobody measured is never taken for carried out.

CEMS can show that a measure was carried out; power use can only show that it was not, since a plant without power may
still emit, and a meter may be bypassed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from warehouse import standards

WHY = {
    "cems": ("按在线监控", "by CEMS"),
    "power": ("按用电", "by power use"),
    "trucks": ("有违规车辆", "trucks against the rule"),
    "power_alone": ("仅有用电，不能证明落实", "power use alone shows nothing carried out"),
    "cems_missing": ("在线监控缺测过多", "too many CEMS hours missing"),
    "no_ratio": ("没有应减比例，无法比较", "no ratio to compare with"),
    "nothing": ("没有证据", "no evidence"),
}


@dataclass(frozen=True)
class Rules:
    """Limits of the verdict, all shares of 0–1."""

    tolerance: float
    partial_share: float
    max_missing_share: float
    verified: bool


@cache
def rules() -> Rules:
    """Read the limits in force from their table."""
    table = standards.load("receipt_rule")
    held = table[table["valid_to"].isna()]
    values = {str(rule): float(value) for rule, value in zip(held["rule"], held["value"], strict=True)}
    return Rules(**values, verified=bool(held["verified"].all()))


@dataclass(frozen=True)
class Evidence:
    """What was measured: see `model.Verification`; ``hours`` is the length of the window [h]."""

    hours: float
    expected: float | None = None
    cems: float | None = None
    power: float | None = None
    trucks: int | None = None
    missing_h: float | None = None

    @property
    def cems_usable(self) -> bool:
        """CEMS data are there, for enough of the window."""
        return self.cems is not None and (self.missing_h or 0.0) <= rules().max_missing_share * self.hours

    def achieved(self, load: float) -> float | None:
        """Share of the due cut that a load means (0–1); None where nothing is due."""
        if not self.expected:
            return None
        return min(1.0, max(0.0, (1.0 - load) / self.expected))


def verdict_of(seen: Evidence) -> tuple[str, str]:
    """Judge a line by its evidence.

    Returns
    -------
    verdict : {"ok", "partial", "fail", "no_data"}
    why : str
        One of `WHY`.
    """
    if seen.cems is None and seen.power is None:
        return ("partial", "trucks") if seen.trucks else ("no_data", "nothing")
    if not seen.expected:
        return ("partial", "trucks") if seen.trucks else ("no_data", "no_ratio")
    cems = seen.cems if seen.cems_usable else None
    found = {
        why: _of(seen, load) for why, load in (("cems", cems), ("power", seen.power)) if load is not None
    }
    if seen.trucks:
        found["trucks"] = "partial"
    worst = max(found, key=lambda why: _GRAVITY[found[why]], default=None)
    if worst is None:
        return "no_data", "cems_missing"
    if found[worst] == "ok" and "cems" not in found:
        return "no_data", "power_alone" if seen.cems is None else "cems_missing"
    return found[worst], worst


_GRAVITY: Mapping[str, int] = {"ok": 0, "partial": 1, "fail": 2}


def _of(seen: Evidence, load: float) -> str:
    share = seen.achieved(load) or 0.0
    limits = rules()
    # Decimals of a table in floating point: 0.95 must be 0.95.
    share = round(share, 9)
    if share >= 1.0 - limits.tolerance:
        return "ok"
    return "partial" if share >= limits.partial_share else "fail"


def confirmed_share(verdict: str, seen: Evidence) -> float | None:
    """Give the share of a promised cut that a verdict confirms (0–1); the rest is denied; None: not known."""
    if verdict == "ok":
        return 1.0
    if verdict == "fail":
        return 0.0
    loads = [v for v in (seen.cems if seen.cems_usable else None, seen.power) if v is not None]
    # Power use by itself shows how much was not cut, not how much was.
    if verdict != "partial" or not seen.cems_usable or not loads:
        return None
    return seen.achieved(max(loads))


def unfounded(verdict: str, seen: Evidence, *, has_words: bool) -> tuple[str, str] | None:
    """Tell why a stated verdict cannot stand; words of an inspector who was there can carry any verdict."""
    if verdict != "ok" or has_words:
        return None
    by_rule, why = verdict_of(seen)
    if by_rule == "ok":
        return None
    zh, en = WHY[why]
    return (
        f"写为“落实”而数据为“{'无数据' if by_rule == 'no_data' else '未全部落实'}”（{zh}）：须写证据",
        f"stated ok, but the data say {by_rule} ({en}): evidence is needed",
    )
