"""Names that people write for cities and assessment units, resolved to codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

__all__ = ["Area", "Areas"]

_STATION_CODE = re.compile(r"\d{4}[A-Z]", re.ASCII)
_SUFFIXES = ("自治州", "地区", "市", "盟", "州", "区", "县")


@dataclass(frozen=True)
class Area:
    """A place that values are for: kind (city, unit or station), code, name, and the city it lies in.

    ``in_city_mean`` is False for a unit whose stations do not count for the city around it.
    """

    kind: str
    code: str
    name: str
    city_code: str | None
    in_city_mean: bool = True


class Areas:
    """Cities and assessment units by code and by every name a file may use for them.

    Parameters
    ----------
    cities : pandas.DataFrame
        Columns city_code, name_zh and, where there, short_zh, aliases (names separated by “;”).
    units : pandas.DataFrame
        Columns unit_id, name_zh, city_code, list_names and, where there, in_city_mean.
    """

    def __init__(self, cities: pd.DataFrame, units: pd.DataFrame) -> None:
        self._by_code: dict[str, Area] = {}
        self._full: dict[str, Area] = {}
        self._short: dict[str, Area | None] = {}
        for row in cities.to_dict("records"):
            area = Area("city", _text(row["city_code"]), _text(row["name_zh"]), _text(row["city_code"]))
            self._add(area, [_text(row.get("short_zh")), *_names(row.get("aliases"))])
        for row in units.to_dict("records"):
            inside = bool(row.get("in_city_mean", True))
            area = Area("unit", _text(row["unit_id"]), _text(row["name_zh"]), _text(row["city_code"]), inside)
            self._add(area, _names(row.get("list_names")))

    def of_code(self, code: str) -> Area | None:
        """Find a city or unit by its code; a national station code gives a station."""
        code = _text(code)
        if code not in self._by_code and _STATION_CODE.fullmatch(code):
            return Area("station", code, "", None)
        return self._by_code.get(code)

    def of_name(self, name: str) -> Area | None:
        """Find a city or unit by name, with or without 市, 地区, 州 or 盟; an ambiguous form gives None."""
        key = _text(name).replace(" ", "")
        if not key:
            return None
        return self._full.get(key) or self._short.get(key)

    def _add(self, area: Area, names: Iterable[str]) -> None:
        self._by_code[area.code] = area
        listed = [name for name in (area.name, *names) if name]
        for name in listed:
            self._full.setdefault(name, area)
        for form in {form for name in listed for form in _forms(name)}:
            # Two places with one form: only a listed name may decide.
            self._short[form] = area if self._short.get(form, area) == area else None


def _names(text: object) -> list[str]:
    return [name.strip() for name in re.split("[;；]", _text(text)) if name.strip()]


def _forms(name: str) -> list[str]:
    """Derive the forms lists use: 市, 地区, 州, 盟 left off, or changed as towns became cities."""
    stem = next(
        (name[: -len(end)] for end in _SUFFIXES if name.endswith(end) and len(name) - len(end) >= 2), name
    )
    return [stem, f"{stem}市", f"{stem}地区"]


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return unicodedata.normalize("NFKC", str(value)).strip()
