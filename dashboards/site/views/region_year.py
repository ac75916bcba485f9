"""Region, one year: episodes, heavy days, and the same days under several sets of standards."""

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import episodes, heavy, standards
from dashboards.site.frames import with_columns, yes_no
from dashboards.site.view import Payload
from dashboards.site.views.common import without_list
from dashboards.site.words import Text, both, say

_EPISODE = (
    Column("name"),
    Column("day_first"),
    Column("day_last"),
    Column("n_days", "number", 0),
    Column("n_heavy_days", "number", 0),
    Column("max_aqi", "aqi"),
    Column("max_aqi_day"),
    Column("mean_pm25", "number", 0),
    Column("primary_pollutants"),
    Column("ongoing", "words", words="ongoing"),
)
_HEAVY = (
    Column("name"),
    Column("heavy_days", "number", 0),
    Column("n_level_5", "number", 0),
    Column("n_level_6", "number", 0),
    Column("heavy_days_before", "number", 0),
    Column("n_valid_days", "number", 0),
)
_UNDER = (
    Column("name"),
    Column("standard_set", "words", words="set"),
    Column("good_days", "number", 0),
    Column("heavy_days", "number", 0),
    Column("n_valid_days", "number", 0),
    Column("mean_pm25", "number", 0),
    Column("limit_pm25", "number", 0),
    Column("attained", "words", words="attained"),
)


def payload(
    key: str,
    region: str,
    members: list[str],
    frames: dict[str, pd.DataFrame],
    year: int,
    names: dict[str, Text],
    sets: dict[str, Text],
) -> Payload:
    """Make the part for one region and year."""
    known = {code: names.get(code) or both(code) for code in members}
    known[region] = without_list(names.get(region) or both(region))
    charts = [
        _episodes(frames["episode"], region, members, year, known),
        _heavy(frames["heavy"], members, year, known),
        _standards(frames["under"], members, year, known, sets),
    ]
    return Payload(key, charts)


def _episodes(
    frame: pd.DataFrame, region: str, members: list[str], year: int, known: dict[str, Text]
) -> Chart:
    mine = frame[(frame["year"] == year) & frame["area_code"].isin(known)].reset_index(drop=True)
    mine = with_columns(
        mine,
        name=[known[c] for c in mine["area_code"]],
        ongoing=yes_no(mine["ongoing"]),
        mean_pm25=mine["pm25"],
    )
    wide, phone, tidy = episodes.figure(mine, [known[c] for c in [region, *members]], year)
    return Chart(
        "episodes", say("episode.title", year=year), say("episode.caption"), wide, tidy, _EPISODE, phone=phone
    )


def _heavy(frame: pd.DataFrame, members: list[str], year: int, known: dict[str, Text]) -> Chart:
    cities = frame[(frame["area_kind"] == "city") & frame["area_code"].isin(members)]
    now = cities[cities["year"] == year]
    before = cities[cities["year"] == year - 1][["area_code", "heavy_days"]]
    mine = now.merge(before.rename(columns={"heavy_days": "heavy_days_before"}), on="area_code", how="left")
    mine = mine.sort_values(["heavy_days", "area_code"], ascending=[False, True], kind="stable")
    wide, phone, tidy = heavy.figure(with_columns(mine, name=[known[c] for c in mine["area_code"]]), year)
    return Chart(
        "heavy", say("heavy.title", year=year), say("heavy.caption"), wide, tidy, _HEAVY, phone=phone
    )


def _standards(
    frame: pd.DataFrame, members: list[str], year: int, known: dict[str, Text], sets: dict[str, Text]
) -> Chart:
    mine = frame[(frame["year"] == year) & frame["city_code"].isin(members)] if len(frame) else frame
    mine = with_columns(
        mine,
        name=[known[c] for c in mine["city_code"]],
        attained=yes_no(mine["attained"]),
        mean_pm25=mine["pm25"],
        limit_pm25=mine["limit_value"],
    ).sort_values(["city_code", "standard_set"], kind="stable")
    variants = []
    for column in ("good_days", "heavy_days"):
        wide, phone, tidy = standards.figure(mine, column, sets)
        variants.append(Variant(say(f"col.{column}"), wide, tidy, phone))
    return Chart(
        "standards",
        say("standards.title", year=year),
        say("standards.caption"),
        None,
        variants[0].table,
        _UNDER,
        variants=variants,
    )
