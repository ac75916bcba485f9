"""The drafts of a region's cities side by side. How many of them make a regional warning no rule says: none is inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from pipelines.emergency.proposal import places
from pipelines.emergency.proposal.profiles import rank
from warehouse import standards
from warehouse.standards.emergency_spec import LEVELS


def in_force(day: date) -> list[tuple[str, str, str]]:
    """Give id and both names of the regions whose list is in force on a day."""
    listed, at = standards.load("region"), pd.Timestamp(day)
    return [
        (str(r["region_id"]), str(r["name_zh"]), str(r["name_en"]))
        for r in listed.to_dict("records")
        if r["valid_from"] <= at and (pd.isna(r["valid_to"]) or r["valid_to"] >= at)
    ]


def regions_of(documents: Sequence[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    """Sum the drafts of several cities up by region.

    Parameters
    ----------
    documents : sequence of mapping
        Drafts of cities: see `pipelines.emergency.proposal.draft.draft`.
    day : date
        Decides which lists of cities hold.

    Returns
    -------
    list of dict
        Of every region with at least two cities among the drafts: ``region_id``, names, ``level`` (the gravest of its
        cities), ``city_codes``, ``n_cities``, ``n_drafted``, ``cities`` by level, ``start`` and ``end`` of the cities of that level.
    """
    by_city = {str(d["city_code"]): d for d in documents}
    made = []
    for region_id, zh, en in in_force(day):
        members = places.members(region_id)
        own = [by_city[code] for code in members if code in by_city]
        if len(own) < 2:
            continue
        level = max((str(d["final_level"]) for d in own), key=rank)
        gravest = [d for d in own if d["final_level"] == level]
        made.append(
            {
                "region_id": region_id,
                "name_zh": zh,
                "name_en": en,
                "level": level,
                "city_codes": [str(d["city_code"]) for d in own],
                "n_cities": len(members),
                "n_drafted": len(own),
                "cities": {
                    one: names
                    for one in reversed(LEVELS)
                    if (names := [str(d["city_name"]) for d in own if d["final_level"] == one])
                },
                "start": min((d["final_start"] for d in gravest if d["final_start"]), default=None),
                "end": max((d["final_end"] for d in gravest if d["final_end"]), default=None),
            }
        )
    return made


def with_regions(
    documents: Sequence[Mapping[str, Any]], regions: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Add to each draft the regions of its city with the gravest level there; drafts are kept without it."""
    return [
        dict(d)
        | {
            "regions": [
                {
                    name: r[name]
                    for name in ("region_id", "name_zh", "name_en", "level", "n_cities", "n_drafted")
                }
                for r in regions
                if d["city_code"] in r["city_codes"]
            ]
        }
        for d in documents
    ]
