"""Region: ranking of a period, and episodes, heavy days and standards of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.site.frames import Pieces, records
from dashboards.site.read import read
from dashboards.site.script import part
from dashboards.site.view import Due, Option, Page, Picker, Section, Source, View
from dashboards.site.views import region_rank, region_year
from dashboards.site.views.common import city_names, set_names, the_region
from dashboards.site.words import Text, both, joined, say


@dataclass(frozen=True)
class _Frames:
    ranking: Pieces
    summary: Pieces
    dust: Pieces
    years: dict[str, pd.DataFrame]
    members: dict[str, list[str]]


def build(source: Source) -> Page | None:
    """Make the view."""
    periods = read(source.con, "region_period")
    if periods.empty:
        return Page((say("region.nothing"),), (), (), (), ())
    names = city_names(source)
    main = the_region(source)
    regions = sorted(periods["region_id"].unique(), key=lambda r: (not main or r != main["region_id"], r))
    newest = periods.drop_duplicates("period").sort_values(
        ["year", "day_until", "day_first"], ascending=False, kind="stable"
    )
    pickers = (
        Picker(
            "region", say("region.pick"), tuple(Option(part(r), names.get(r) or both(r)) for r in regions)
        ),
        Picker(
            "period",
            say("region.pick_period"),
            tuple(
                Option(
                    str(r["period"]),
                    period_name(r),
                    {"year": str(r["year"])},
                    say("period.of", year=r["year"]),
                )
                for r in records(newest)
            ),
        ),
    )
    sections = (
        Section("rank", say("region.rank"), "region/{region}/{period}"),
        Section("year", say("region.year"), "region/{region}/year-{year}"),
    )
    sets = set_names(source)
    context = (
        (say("site.set"), say("region.sets", sets=joined(list(sets.values()))) if sets else say("site.none")),
        (say("site.state"), say("city.state")),
        (say("site.basis"), say("region.basis")),
    )
    return Page((say("region.lead"),), context, pickers, sections, _payloads(source, periods, regions, names))


def period_name(row: dict[str, Any]) -> Text:
    """Name of a period."""
    part_of = 0 if pd.isna(row["part"]) else int(row["part"])
    kind = f"{row['kind']}_{part_of}" if row["kind"] == "half_winter" else row["kind"]
    written = {"zh": str(part_of), "en": f"{part_of:02d}" if kind == "month" else str(part_of)}
    return say(f"period.{kind}", year=row["named"], next=row["named"] + 1, part=written)


def _payloads(
    source: Source, periods: pd.DataFrame, regions: list[str], names: dict[str, Text]
) -> Iterator[Due]:
    frames = _frames(source, regions)
    sets = set_names(source)
    of_year = {year: _of_year(frames.years, year) for year in sorted({int(y) for y in periods["year"]})}
    for region in regions:
        mine = periods[periods["region_id"] == region]
        for row in records(mine):
            period = row["period"]
            given = (
                frames.ranking.of(region, period),
                frames.summary.of(region, period),
                frames.dust.of(period),
            )
            key = f"region/{part(region)}/{period}"
            yield Due(region_rank.payload, (key, *given, period_name(row), names))
        for year in sorted({int(y) for y in mine["year"]}):
            key = f"region/{part(region)}/year-{year}"
            members = frames.members[region]
            yield Due(region_year.payload, (key, region, members, of_year[year], year, names, sets))


def _of_year(frames: dict[str, pd.DataFrame], year: int) -> dict[str, pd.DataFrame]:
    """Rows of a year and the one before."""
    return {
        name: frame[frame["year"].isin((year, year - 1))].reset_index(drop=True) if len(frame) else frame
        for name, frame in frames.items()
    }


def _frames(source: Source, regions: list[str]) -> _Frames:
    today = source.as_of.date()
    under = [read(source.con, "region_under", standard=s, today=today) for s in set_names(source)]
    years = {
        "episode": read(source.con, "region_episode"),
        "heavy": read(source.con, "region_heavy"),
        "under": pd.concat(under, ignore_index=True) if under else pd.DataFrame(),
    }
    members = {
        r: list(frame.loc[frame["role"] == "city", "area_code"])
        for r in regions
        for frame in [read(source.con, "region_member", region=r)]
    }
    ranking = Pieces(read(source.con, "region_ranking"), "region_id", "period")
    summary = Pieces(read(source.con, "region_summary"), "region_id", "period")
    dust = Pieces(read(source.con, "region_dust"), "period")
    return _Frames(ranking, summary, dust, years, members)


VIEW = View("region", build)
