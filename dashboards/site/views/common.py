"""What several views ask of the database."""

from typing import Any

from dashboards.site.frames import records
from dashboards.site.read import read
from dashboards.site.view import Source
from dashboards.site.words import Text, both


def the_region(source: Source) -> dict[str, Any] | None:
    """Give the list of cities the page is about on the day it was made: region_id, name, n_cities."""
    frame = read(source.con, "now_region", day=source.as_of.date())
    if frame.empty:
        return None
    row = frame.iloc[0]
    name = both(row["name_zh"], row["name_en"])
    return {
        "region_id": str(row["region_id"]),
        "name": without_list(name),
        "n_cities": int(row["n_cities"]),
    }


def without_list(name: Text) -> Text:
    """Name of a region without the list it goes by, which stands in brackets."""
    return {"zh": name["zh"].partition("（")[0], "en": name["en"].partition(" (")[0]}


def city_names(source: Source) -> dict[str, Text]:
    """Names of cities and assessment units by code."""
    frame = read(source.con, "area_name")
    return {str(r["code"]): both(r["name_zh"] or r["code"], r["name_en"]) for r in records(frame)}


def set_names(source: Source) -> dict[str, Text]:
    """Names of the standard sets, in order of their validity."""
    frame = read(source.con, "standard_set")
    return {str(r["standard_set"]): both(r["name_zh"], r["name_en"]) for r in records(frame)}
