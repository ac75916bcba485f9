"""What the parts of the coal view share: names of areas, columns, words of targets."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.site.chart import Column, columns_of
from dashboards.site.frames import records
from dashboards.site.read import read
from dashboards.site.view import Source
from dashboards.site.views.common import city_names
from dashboards.site.words import Text, both, glossary, joined, say

NOTHING: Text = {"zh": "", "en": ""}


@dataclass(frozen=True)
class Areas:
    """Names of areas by code, and the areas that each is made of."""

    names: dict[str, Text]
    parts: dict[str, list[str]]

    def name(self, code: object, given: Any = None) -> Text:
        """Name of an area; one that is not known keeps the name it came with."""
        found = self.names.get(str(code))
        if found is not None:
            return found
        return both(given) if given is not None and not pd.isna(given) else both(code)


def areas_of(source: Source) -> Areas:
    """Read names and parts of all areas."""
    names = {
        str(r["code"]): both(r["name_zh"] or r["code"], r["name_en"])
        for r in records(read(source.con, "coal_area_name"))
    }
    parts: dict[str, list[str]] = {}
    for row in records(read(source.con, "coal_part")):
        parts.setdefault(str(row["area"]), []).append(str(row["part"]))
    return Areas(names | city_names(source), parts)


column = columns_of("coalcol")


def amounts(*names: str, digits: int = 2) -> tuple[Column, ...]:
    """Columns of numbers."""
    return tuple(column(name, "number", digits) for name in names)


def months_of(period: Any) -> Text:
    """Write a year to date, ``2026-01..10``, as people read it."""
    year, _, last = str(period).partition("-01..")
    if not last.isdigit():
        return both(period)
    if int(last) == 1:
        return say("coal.one_month", year=year, month=say("month.1"))
    return say("coal.months", year=year, first=say("month.1"), last=say(f"month.{int(last)}"))


def term(prefix: str, code: Any) -> Text:
    """Words of a code; one without words is shown as it is, nothing as a dash."""
    if code is None or pd.isna(code) or code == "":
        return say("coal.dash")
    return glossary().get(f"{prefix}.{code}") or both(code)


def either(text: Any) -> Text | None:
    """Take a text of the facts apart that holds both languages, Chinese first, " | " between them."""
    if text is None or pd.isna(text) or not text:
        return None
    zh, _, en = str(text).partition(" | ")
    return both(zh, en or None, 200)


def exclusions(given: Any) -> Text:
    """Say what is left out; without a text the document does not state it."""
    if given is None or pd.isna(given):
        return say("coalexclusion.unstated")
    parts = [p.strip() for p in str(given).replace(";", ",").split(",") if p.strip()]
    if not parts:
        return say("coalexclusion.none")
    return joined([_exclusion(p) for p in parts])


def _exclusion(part: str) -> Text:
    if part.startswith("unit:"):
        return say("coalexclusion.unit", name=both(part.removeprefix("unit:"), limit=24))
    return glossary().get(f"coalexclusion.{part}") or both(part, limit=24)


def label(target: dict[str, Any], area: Text | None = None) -> Text:
    """Short name of a target: area, scope, kind and basis."""
    said = say(
        "coal.target",
        scope=term("coalscope", target["scope"]),
        kind=term("coalmetric", target["metric"])
        if target["kind"] == "state"
        else term("coalkind", target["kind"]),
        basis=say("coal.tce") if target["unit"] == "tce" else NOTHING,
    )
    return say("coal.of_area", area=area, target=said) if area else said


def with_verdict(target: dict[str, Any]) -> Text:
    """Words of a verdict; one that rests on unverified facts also says what it would be."""
    said = term("coalverdict", target["verdict"])
    if target["verdict"] == "unverified" and target["result"] not in (None, "unverified"):
        return say("coal.if_true", verdict=said, result=term("coalverdict", target["result"]))
    return said
