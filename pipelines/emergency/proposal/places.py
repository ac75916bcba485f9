"""Cities and regions by code or name, from the fact tables alone: no database is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import pandas as pd

from pipelines.air.regions import UnknownAreaError
from sources.areas import Areas
from warehouse import standards

_YEAR = re.compile(r"_\d{4}$", re.ASCII)


@cache
def _areas() -> Areas:
    return Areas(standards.load("city"), standards.load("assessment_unit"))


def city(text: str) -> str:
    """Return the code of a city given by code or name.

    Raises
    ------
    UnknownAreaError
        There is none.
    """
    found = _areas().of_code(text) or _areas().of_name(text)
    if found is None or found.kind != "city":
        raise UnknownAreaError(f"没有城市“{text}” | no city {text!r}")
    return found.code


def name(code: str) -> str:
    """Return the Chinese name of a city, or its code where it is unknown."""
    found = _areas().of_code(code)
    return found.name if found is not None and found.kind == "city" else code


def region(text: str, day: date) -> str:
    """Return the list a region's code or name means on a day; a name without year means the list in force.

    Raises
    ------
    UnknownAreaError
        There is none.
    """
    listed = standards.load("region")
    wanted = re.sub(r"\s", "", text).casefold()
    fitting = [
        row
        for row in listed.to_dict("records")
        if wanted in {word.casefold() for word in _words(str(row["region_id"]), str(row["name_zh"]))}
    ]
    if not fitting:
        known = ", ".join(sorted({_YEAR.sub("", str(r)) for r in listed["region_id"]}))
        raise UnknownAreaError(f"没有区域“{text}”；可用：{known} | no region {text!r}; known: {known}")
    at = pd.Timestamp(day)
    exact = [r for r in fitting if str(r["region_id"]).casefold() == wanted]
    held = [r for r in fitting if r["valid_from"] <= at and (pd.isna(r["valid_to"]) or r["valid_to"] >= at)]
    chosen = exact or held or sorted(fitting, key=lambda r: abs((r["valid_from"] - at).days))
    return str(chosen[0]["region_id"])


def _words(region_id: str, name_zh: str) -> Iterable[str]:
    return (region_id, _YEAR.sub("", region_id), name_zh, re.split("[（(]", name_zh)[0])


def members(region_id: str) -> list[str]:
    """Return the cities of a list; units and observers are not among them."""
    rows = standards.load("region_city")
    rows = rows[(rows["region_id"] == region_id) & (rows["role"] == "city")]
    return sorted({str(code) for code in rows["area_code"]})
