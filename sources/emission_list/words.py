"""Columns of words: grade, category, industry, county, codes of measures; what each stands for."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms.places import places
from sources.bureau_forms.texts import Column, Problem, TextError, by_text
from sources.emission_list.forms import categories, grades, industries, word_key
from sources.emission_list.stops import parse_stops
from warehouse import standards

if TYPE_CHECKING:
    from sources.emission_list.columns import Work

__all__ = ["UNGRADED", "with_words"]

UNGRADED = {word_key(w) for w in ("未评级", "未定级", "未评", "无", "未参评", "不定级", "ungraded", "/", "-")}
_PREFIX = re.compile(r"^(地方|民生豁免|民生|保障类?)[-—:：]?(?=.)")
_GUARANTEES = {"民生豁免": "livelihood", "民生": "livelihood", "保障": "guarantee", "保障类": "guarantee"}


def with_words(work: Work, city_code: str) -> None:
    """Add what the words of a table stand for, and report words that are not known."""
    if work.head.form.name == "enterprise":
        _grades(work)
        _industries(work)
        _stops(work)
    if "county_name" in work.columns:
        _counties(work, city_code)
    for level in ("yellow", "orange", "red"):
        if f"{level}_code" in work.columns:
            _codes(work, f"{level}_code")


def _report(work: Work, name: str, found: Column) -> pa.Array:
    work.report(name, found.problems)
    return found.values


def _grades(work: Work) -> None:
    """Split a grade cell: 地方B and 民生豁免-C name a grade with a prefix, 长期停产 is a category."""
    texts, given = work.columns["grade"], work.columns["category"]
    work.columns["grade_text"] = texts
    work.columns["grade"] = _report(work, "grade", by_text(texts, _grade, pa.string()))
    implied = by_text(texts, _implied, pa.string()).values
    stated = _report(work, "category", by_text(given, _category, pa.string()))
    work.columns["category"] = pc.coalesce(stated, implied)


def _grade(text: str) -> str | None:
    key = word_key(text)
    if key in UNGRADED or key in categories():
        return None
    bare = _PREFIX.sub("", key)
    found = grades().get(key) or grades().get(bare)
    if found is None and bare not in UNGRADED:
        raise TextError("grade_unknown")
    return found


def _implied(text: str) -> str | None:
    key = word_key(text)
    if key in categories():
        return categories()[key]
    prefix = _PREFIX.match(key)
    return _GUARANTEES.get(prefix[1]) if prefix and key not in grades() else None


def _category(text: str) -> str | None:
    key = word_key(text)
    if key in ("无", "一般", "一般企业", "其他", "普通"):
        return None
    if key not in categories():
        raise TextError("category_unknown")
    return categories()[key]


def _industries(work: Work) -> None:
    def convert(text: str) -> int | None:
        found = industries().get(word_key(text))
        return int(found) if found else None

    work.columns["industry_no"] = by_text(work.columns["industry"], convert, pa.int32()).values


def _stops(work: Work) -> None:
    texts = work.columns["stops"]

    def convert(text: str) -> str:
        if parse_stops(text)[1]:
            raise TextError("stops_unread")
        return text

    work.report("stops", by_text(texts, convert, pa.string()).problems)


def _counties(work: Work, city_code: str) -> None:
    texts = work.columns["county_name"]
    cities = pc.if_else(pc.is_valid(texts), city_code, None)
    found = places().county_codes(texts, cities)
    work.columns["county_code"] = found.values
    missing = [Problem(p.at, "county_elsewhere", texts[p.at].as_py() or "") for p in found.problems]
    work.report("county_name", missing)


@functools.cache
def _known_codes() -> frozenset[str]:
    return frozenset(standards.load("list_measure")["measure"].astype(str))


def _codes(work: Work, name: str) -> None:
    def convert(text: str) -> str:
        parts = [part for part in re.split(r"[;；,，、\s]+", text.upper()) if part]
        if any(part not in _known_codes() for part in parts):
            raise TextError("code_unknown")
        return ";".join(dict.fromkeys(parts))

    work.columns[name] = _report(work, name, by_text(work.columns[name], convert, pa.string()))
