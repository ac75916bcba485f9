"""剔除项 | what an amount of coal leaves out: read from text, written as the balances write it."""

from __future__ import annotations

import re

_WORDS = {
    "feedstock": "feedstock",
    "原料用煤": "feedstock",
    "用作原料、材料": "feedstock",
    "gangue": "gangue",
    "煤矸石": "gangue",
}
_GROSS = {"none", "gross", "无", "不剔除", "全口径"}
_UNIT = re.compile(r"(?:(?:unit|named|单位)\s*[:：]\s*)+(.+)", re.IGNORECASE)
GROSS: frozenset[str] = frozenset()


def parse(text: str | None) -> frozenset[str] | None:
    """Read exclusions as a target states them: None where it says nothing, empty where it says that nothing is left out.

    Any other name is taken as that of a unit.
    """
    if text is None or not text.strip():
        return None
    found = set()
    for word in re.split(r"[;；,，]", text):
        unit = _UNIT.fullmatch(word.strip())
        name = (unit[1] if unit else word).strip()
        if name and name.lower() not in _GROSS:
            found.add(_WORDS.get(name.lower()) or f"unit:{name}")
    return frozenset(found)


def canonical(exclusions: frozenset[str]) -> str:
    """Write exclusions as the balances do: sorted, joined by commas; empty for gross."""
    return ",".join(sorted(exclusions))


def item(exclusion: str) -> str:
    """Name the item of a balance that holds what an exclusion leaves out."""
    return f"named:{exclusion[5:]}" if exclusion.startswith("unit:") else exclusion


def describe(exclusions: str | None, *, zh: bool) -> str:
    """Put exclusions into words."""
    if exclusions is None:
        return "未写明" if zh else "not stated"
    if not exclusions:
        return "全口径" if zh else "gross"
    words = {"feedstock": ("原料用煤", "feedstock"), "gangue": ("煤矸石", "gangue")}
    names = [words.get(e, (e[5:], e[5:]))[0 if zh else 1] for e in exclusions.split(",")]
    return ("剔除" + "、".join(names)) if zh else ("without " + ", ".join(names))
