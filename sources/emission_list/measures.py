"""Measures of a list as people write them: codes, amounts and the share of emissions they cut; what was not understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sources.emission_list.measure_rules import RULES, Part, stage_number

__all__ = ["Measure", "Part", "names_line", "parse_measure", "plain", "share_of_source"]

MAX_READ = 2000
"""Longer texts are listed as not understood."""
_JOINTS = (
    (re.compile(r"(停(?:产|机|炉)?[\d.]+(?:个?小时|h))[,，、;；]+(?=再?开)"), r"\1"),
    (re.compile(r"(停(?:产)?[\d.]+%)[,，、;；]+(?=\(?以生产线计)"), r"\1"),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
)
_SEPARATORS = re.compile(r"[;；。\n\r|]+|[,，]+|、(?=停|限|禁|自主|减|增|加)")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.、)](?!\d)|[①-⑳]|[一二三四五六七八九十]、|\+)+")


_DEED = re.compile(
    r"停|限|减|降|压|由|从|出焦|结焦|焖|闷|共|负荷|产能|产量|投料|拉引|装料|全部|全面|完全|一律|-?\d+(?:\.\d+)?%"
)
_WHOLE = re.compile(
    r"(?:全厂|全企业|企业|所有|全部|原料日?|日|该|本|生产线?|产线|线|工业|污染物|各|项|共?\d+条|共)*",
    re.ASCII,
)


@dataclass(frozen=True)
class Measure:
    """What one text of a measure says.

    ``parsed`` is all, some, none or empty. ``ratio`` is the share of the source's emissions that is cut, None where
    the text does not tell; ``lines_ratio`` and ``lines_n`` are shares and numbers of production lines to stop.
    """

    parts: tuple[Part, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def parsed(self) -> str:
        """How much of the text was understood."""
        if not self.rest:
            return "all" if self.parts else "empty"
        return "some" if self.parts else "none"

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in the order written, each once."""
        return tuple(dict.fromkeys(part.code for part in self.parts))

    @property
    def ratio(self) -> Fraction | None:
        """Largest cut any part tells; parts that only bear on transport cut nothing at the stack."""
        if self.lines_ratio is not None or self.lines_n is not None:
            return None
        known = [part.ratio for part in self.parts if part.ratio is not None]
        if not known or (max(known) == 0 and any(part.ratio is None for part in self.parts)):
            return None
        return max(known)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Equipment that parts with a cut name."""
        return tuple(p.subject for p in self.parts if p.subject and (p.ratio or p.ratio is None))

    @property
    def lines_ratio(self) -> Fraction | None:
        """Share of the lines to stop."""
        return next((part.amount_ratio for part in self.parts if part.code == "STOP_LINES_PCT"), None)

    @property
    def lines_n(self) -> int | None:
        """Number of lines to stop."""
        return next((int(part.value or 0) for part in self.parts if part.code == "STOP_LINES_N"), None)

    @property
    def limit_to(self) -> Decimal | None:
        """What feed, output or coking time is limited to."""
        named = ("LIMIT_FEED_TPD", "EXTEND_COKING_H")
        return next((part.value for part in self.parts if part.code in named), None)


def names_line(subject: str, *, line_id: str, texts: Iterable[str]) -> bool:
    """Tell whether what a clause names is the line of its row: by its number, or by a name within the other.

    Parameters
    ----------
    subject : str
        Such as 1号线 or 烧结机.
    line_id : str
    texts : iterable of str
        Name of the line, its equipment.
    """
    wanted, own = plain(subject), plain(line_id)
    numbers, word = re.findall(r"\d+", wanted), re.sub(r"[\d#号条线产生窑炉机台座-]", "", wanted)
    if numbers and not word:
        return re.findall(r"\d+", own) == numbers or any(wanted in plain(text) for text in texts)
    known = [plain(text) for text in texts if text]
    return any(wanted in text or text in wanted for text in known)


def plain(text: str) -> str:
    """Give a text in half width without blanks."""
    shown = unicodedata.normalize("NFKC", text).replace("〔", "(").replace("〕", ")").replace("％", "%")
    return re.sub(r"[ \t\u00a0\u3000\u200b\ufeff]+", "", shown)


def parse_measure(text: str | None) -> Measure:
    """Read the text of a measure.

    A part counts as understood only when the whole of it fits a known pattern, so that 不停产 or 除…外停产 never
    reads as a stop; everything else is listed in ``rest``.

    Parameters
    ----------
    text : str or None
        Such as 限产20%；停止使用国四及以下重型载货车.
    """
    shown = plain(text or "")
    if not shown:
        return Measure()
    if len(shown) > MAX_READ:
        return Measure(rest=(shown[:MAX_READ],))
    for pattern, put in _JOINTS:
        shown = pattern.sub(put, shown)
    parts: list[Part] = []
    rest: list[str] = []
    for clause in _clauses(shown):
        found = _read(clause)
        if found is None:
            rest.append(clause)
        else:
            parts.append(found)
    return Measure(tuple(parts), tuple(rest))


def _clauses(text: str) -> Iterable[str]:
    for piece in _outside_brackets(text):
        clause = _NUMBERING.sub("", piece).strip("、,，:：+ ")
        if clause:
            yield clause


def _outside_brackets(text: str) -> list[str]:
    """Split at separators that do not stand in brackets."""
    pieces, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if not depth and (_SEPARATORS.match(text, at) or letter == "+"):
            pieces.append(text[start:at])
            start = at + 1
    return [*pieces, text[start:]]


def _read(clause: str) -> Part | None:
    for pattern, make in RULES:
        found = pattern.fullmatch(clause)
        if found is not None:
            part = make(found)
            if part is not None:
                return replace(part, subject=_subject(clause))
    return None


def _subject(clause: str) -> str:
    """Give the equipment a clause names before what is done to it; empty for the line or plant as a whole."""
    found = _DEED.search(clause)
    subject = clause[: found.start()] if found else ""
    return "" if _WHOLE.fullmatch(subject) else subject


def share_of_source(measure: Measure, kind: str, class_name: str, stage: str | None) -> Fraction | None:
    """Give the cut of one class of vehicles or machines whose own stage is known.

    Parameters
    ----------
    measure : Measure
    kind : str
        mobile or nonroad; a text that does not say what it bears on bears on that.
    class_name : str
        Such as 重型载货车: a ban of heavy trucks leaves light ones out.
    stage : str or None
        Such as 国四, 国Ⅳ, 国4.

    Returns
    -------
    Fraction or None
        None where stage or text leaves it open.
    """
    bans = [p for p in measure.parts if p.code in ("NO_TRUCK_LE_STAGE", "NO_NONROAD_LE_STAGE")]
    if not bans:
        return measure.ratio
    own = stage_number(plain(stage or ""))
    known: list[Fraction] = [measure.ratio] if measure.ratio else []
    for part in bans:
        share = _banned(part, kind, class_name, own)
        if share is None:
            return None
        known.append(share)
    return max(known)


def _banned(part: Part, kind: str, class_name: str, own: int | None) -> Fraction | None:
    meant = {"NO_TRUCK_LE_STAGE": "mobile", "NO_NONROAD_LE_STAGE": "nonroad"}[part.code]
    if part.stated_object and meant != kind:
        return Fraction(0)
    if part.heavy_only and kind == "mobile":
        shown = plain(class_name)
        if "轻型" in shown or "微型" in shown or "客" in shown:
            return Fraction(0)
        if "重" not in shown:
            return None
    if own is None or part.value is None:
        return None
    return Fraction(int(own <= int(part.value)))
