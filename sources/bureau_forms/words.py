"""What identifies a heading, and the units people write into headings and beside tables."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Unit", "heading_keys", "opening", "openings", "span_of", "stated_units", "unit_of"]

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_PARTS = re.compile(r"[,，、;；:：\s]+")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.(?!\d)|[、)])?(?=\D)|\(?[一二三四五六七八九十]{1,3}[)、.]|[#*])")
_PUNCTUATION = re.compile(r"[\s_\-—–·:：、.,，;；/|#*“”\"'()\[\]【】〔〕]")


@dataclass(frozen=True)
class Unit:
    """A unit of coal: t or tce, and the power of ten that turns it into tonnes."""

    basis: str
    power: int

    @property
    def code(self) -> str:
        """Short code: t, kg, kt, wan_t, tce, kgce, ktce, wan_tce."""
        if self.power == -3:
            return "kg" if self.basis == "t" else "kgce"
        return {0: "", 3: "k", 4: "wan_"}[self.power] + self.basis


_TONNES = {
    0: ("吨", "t", "ton", "tons", "tonne", "tonnes"),
    3: ("千吨", "kt"),
    4: ("万吨", "万t", "wan_t", "10^4t", "104t", "10⁴t", "want"),
    -3: ("千克", "公斤", "kg"),
}
_STANDARD = {
    0: ("吨标准煤", "吨标煤", "tce", "吨ce"),
    3: ("千吨标准煤", "千吨标煤", "ktce"),
    4: ("万吨标准煤", "万吨标煤", "万tce", "wan_tce", "10^4tce", "104tce", "wantce"),
    -3: ("千克标准煤", "公斤标准煤", "千克标煤", "kgce"),
}
_UNITS = {
    word: Unit(basis, power)
    for basis, listed in (("t", _TONNES), ("tce", _STANDARD))
    for power, words in listed.items()
    for word in words
}
# Units of other energies in form 205-1: their quantities stay in the unit of the row.
OTHER_UNITS = {"万立方米", "立方米", "万m3", "m3", "万千瓦时", "千瓦时", "百万千焦", "gj", "吉焦", "万吉焦"}


_CUMULATIVE = re.compile(
    r"(?:(?:1|一)月?(?:-|–|—|―|─|~|～|至|到)+(?:本月|1?\d月|[一二三四五六七八九十]{1,2}月)(?:末|止)?(?:累计)?|"
    r"(?:自?年初|本年|年内|全年)?(?:至|到)?(?:本月|本期|报告期)?末?(?:止)?累计(?:数|值|量)?)"
)
_MONTH = re.compile(r"(?:本|当)月(?:数|值|量|实际)?")


def span_of(text: object) -> str | None:
    """Tell cumulative values (1—本月, 1-9月, 累计: ytd) from those of a month (本月); None for anything else."""
    word = re.sub(r"\s", "", half_width(text))
    return "ytd" if _CUMULATIVE.fullmatch(word) else "month" if _MONTH.fullmatch(word) else None


def half_width(text: object) -> str:
    """Give a text in half width without blanks at its ends."""
    return unicodedata.normalize("NFKC", str(text)).strip()


def unit_of(text: object) -> Unit | None:
    """Read a unit of coal such as 吨, 万吨, 千克, 吨标准煤 or 万tce; None for anything else."""
    word = re.sub(r"\s", "", half_width(text)).lower().removeprefix("单位").lstrip(":")
    return _UNITS.get(word)


@functools.lru_cache(maxsize=65536)
def stated_units(text: str) -> tuple[Unit, ...]:
    """Give the units a heading or note states: in brackets, between commas, or as its whole text."""
    shown = half_width(text)
    inside = ["".join(groups) for groups in _BRACKETS.findall(shown)]
    parts = [part for content in inside for part in _PARTS.split(content)]
    parts += _PARTS.split(_BRACKETS.sub("", shown))
    whole = unit_of(shown)
    units = [unit for part in parts if (unit := unit_of(part)) is not None]
    units += [whole] if whole else []
    return tuple(dict.fromkeys(units))


@functools.lru_cache(maxsize=65536)
def heading_keys(text: str) -> tuple[str, ...]:
    """Give what identifies a heading: with what stands in its brackets, and without.

    Numbering (1., 一、, #), punctuation, blanks, width, case and units do not count.
    """
    shown = half_width(text).lower()
    kept = _BRACKETS.sub(lambda found: _without_units("".join(part or "" for part in found.groups())), shown)
    kept = _without_last_unit(kept)
    bare = _without_last_unit(_BRACKETS.sub("", shown))
    return tuple(dict.fromkeys(key for part in (kept, bare) if (key := _key(part))))


_LEADING = r"^[0-9\s_.,、:;()\[\]【】#*\-一二三四五六七八九十]+"


def opening(text: str) -> str:
    """Give the first two letters of a heading, numbering left out: enough to pass over most other cells."""
    return re.sub(_LEADING, "", half_width(text).lower(), count=1)[:2]


def openings(texts: pa.Array) -> pa.Array:
    """Give `opening` of whole columns."""
    lower = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    return pc.utf8_slice_codeunits(pc.replace_substring_regex(lower, _LEADING, ""), 0, 2)


def _without_units(content: str) -> str:
    parts = [part for part in _PARTS.split(content) if part and part != "单位" and unit_of(part) is None]
    return " ".join(parts)


def _without_last_unit(text: str) -> str:
    head, mark, last = text.rpartition(",")
    return head if mark and unit_of(last) is not None else text


def _key(text: str) -> str:
    return _PUNCTUATION.sub(
        "", _NUMBERING.sub("", text.strip(), count=1) if _NUMBERING.match(text.strip()) else text
    )
