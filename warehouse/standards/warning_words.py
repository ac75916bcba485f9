"""Names of warning levels, responses and notices as every document says them, from the fact table ``warning_level``."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from warehouse.standards.load import load

NOTICE_NAMES = {
    "issue": ("发布", "issued"),
    "upgrade": ("升级", "upgraded"),
    "downgrade": ("降级", "downgraded"),
    "extend": ("延长", "extended"),
    "suspend": ("暂停", "suspended"),
    "resume": ("恢复", "resumed"),
    "lift": ("解除", "lifted"),
}
"""Kinds of notices, in Chinese and English."""

_T = TypeVar("_T")
Row = Mapping[str, Any]


class ByLevel(Mapping[str, _T], Generic[_T]):
    """What the rows of the table give, by level, the least grave first; the table is read when it is first asked.

    Parameters
    ----------
    of : callable
        Makes the value of a row (an empty cell is an empty text); None leaves the level out.
    """

    def __init__(self, of: Callable[[Row], _T | None]) -> None:
        self._of = of

    @cached_property
    def _held(self) -> dict[str, _T]:
        frame = load("warning_level").sort_values("rank").astype("object")
        rows: list[Row] = frame.where(frame.notna(), "").to_dict("records")  # type: ignore[assignment]
        found = {str(row["level"]): self._of(row) for row in rows}
        return {level: value for level, value in found.items() if value is not None}

    def __getitem__(self, level: str) -> _T:
        return self._held[level]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


LEVEL_NAMES: ByLevel[tuple[str, str]] = ByLevel(lambda row: (row["name_zh"], row["name_en"]))
"""Names in notices and documents, in Chinese and English."""
SHORT_NAMES: ByLevel[str] = ByLevel(lambda row: row["short_zh"])
"""Chinese names within a line or a cell."""
RESPONSES: ByLevel[str] = ByLevel(lambda row: row["response"] or None)
"""Numerals of the emergency responses; below yellow there is none."""
BADGES: ByLevel[tuple[str, str, str, str]] = ByLevel(
    lambda row: (
        (row["badge_zh"], row["badge_en"], row["colour"], row["text_colour"]) if row["colour"] else None
    )
)
"""Chips of the levels given today: names, ground and letters. Their colours are not those of the AQI."""
SIGNS: ByLevel[tuple[str, str]] = ByLevel(
    lambda row: (row["colour"], row["text_colour"]) if row["colour"] and row["response"] else None
)
"""Ground and letters of the sign of a level with a response."""
SPOKEN: ByLevel[tuple[str, ...]] = ByLevel(
    lambda row: (
        (row["short_zh"], row["level"], row["short_zh"][:1], f"{row['response']}级")
        if row["response"]
        else None
    )
)
"""Words by which people mean a level with a response; the first is how a form offers it."""


def roman(level: str) -> str:
    """Give the numeral of a level's response in Latin letters: III, II, I; empty where there is none."""
    return unicodedata.normalize("NFKC", RESPONSES.get(level, ""))


def response_name(level: str) -> tuple[str, str]:
    """Name the emergency response of a level."""
    if level not in RESPONSES:
        return "应对措施", "precautionary measures"
    return f"{RESPONSES[level]}级响应", f"Level {roman(level)} response"


def warning_name(level: str) -> str:
    """Name in Chinese what is warned of at a level."""
    return f"重污染天气{LEVEL_NAMES[level][0]}预警" if level in RESPONSES else "不利气象条件应对"
