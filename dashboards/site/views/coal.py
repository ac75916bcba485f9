"""Coal: targets of a year, one area in detail, early warning, projects, clean coal and households."""

from collections.abc import Iterator

import pandas as pd

from dashboards.site.read import read
from dashboards.site.script import part
from dashboards.site.view import Due, Option, Page, Payload, Picker, Section, Source, View
from dashboards.site.views import coal_area, coal_clean, coal_public, coal_targets, coal_warning
from dashboards.site.views.coal_common import Areas, areas_of
from dashboards.site.views.common import the_region
from dashboards.site.words import Text, both, say

_FRAMES = (
    "coal_target",
    "coal_month",
    "coal_contribution",
    "coal_industry",
    "coal_purpose",
    "coal_replacement",
    "coal_inspection",
    "coal_household",
)
_BY_AREA = ("coal_target", "coal_contribution", "coal_industry", "coal_purpose", "coal_inspection")
_KINDS = ("region", "province", "city", "unit", "county")


def build(source: Source) -> Page | None:
    """Make the view; where the build holds no verdicts it lists the targets of public documents."""
    frames = {name: read(source.con, name) for name in _FRAMES}
    frames["coal_warning"] = read(source.con, "coal_warning", today=source.as_of.date())
    years = sorted(
        {int(y) for f in frames.values() if "year" in f for y in f["year"].dropna()} | _target_years(frames)
    )
    if not years:
        return coal_public.build(source)
    areas = areas_of(source)
    codes = _codes(source, frames, areas)
    # Years in which only an old target stands come after those with forms.
    order = sorted(years, reverse=True)
    pickers = (
        Picker("area", say("coal.pick"), tuple(Option(part(c), areas.name(c)) for c in codes)),
        Picker(
            "year", say("city.pick_year"), tuple(Option(str(y), {"zh": str(y), "en": str(y)}) for y in order)
        ),
    )
    sections = (
        Section("targets", say("coal.targets"), "coal/targets-{year}"),
        Section("area", say("coal.area"), "coal/{area}/{year}"),
        Section("warning", say("coal.warning"), "coal/warning-{year}"),
        Section("projects", say("coal.projects"), "coal/projects"),
        Section("clean", say("coal.clean"), "coal/{area}/clean-{year}"),
    )
    return Page(
        _lead(frames["coal_target"]),
        context(frames),
        pickers,
        sections,
        Due(_payloads, (frames, areas, codes, order)),
    )


def _target_years(frames: dict[str, pd.DataFrame]) -> set[int]:
    return {int(y) for y in frames["coal_target"]["stat_year"].dropna()}


def _codes(source: Source, frames: dict[str, pd.DataFrame], areas: Areas) -> list[str]:
    """Areas to choose from: the region first, then by kind; counties only where they have a target."""
    kinds: dict[str, str] = {}
    for name in ("coal_household", "coal_warning", "coal_target"):
        frame = frames[name]
        shown = frame if name == "coal_target" else frame[frame["area_kind"] != "county"]
        kinds |= dict(zip(shown["area_code"].astype(str), shown["area_kind"].astype(str), strict=True))
    region = the_region(source)
    first = region["region_id"] if region else ""
    place = {kind: n for n, kind in enumerate(_KINDS)}
    return sorted(kinds, key=lambda c: (c != first, place.get(kinds[c], len(_KINDS)), c))


def _lead(targets: pd.DataFrame) -> tuple[Text, ...]:
    """Say how the targets of the newest year stand."""
    if targets.empty:
        return (say("coal.lead_none"),)
    year = int(targets["stat_year"].max())
    mine = targets[targets["stat_year"] == year]["verdict"]
    n = {name: int(mine.isin(codes).sum()) for name, codes in coal_targets.GROUPS.items()}
    return (say("coal.lead", year=year, n=len(mine), **n), say("coal.how"))


def context(frames: dict[str, pd.DataFrame]) -> tuple[tuple[Text, Text], ...]:
    """Rules, state and basis of what is shown."""
    rules = frames["coal_warning"]
    default = rules[rules["is_default"] == True]  # noqa: E712 - a column, and it may hold nothing
    rule = (
        both(default["rule_zh"].iloc[0], default["rule_en"].iloc[0], 80) if len(default) else say("site.none")
    )
    return (
        (say("site.set"), say("coal.set", rule=rule)),
        (say("site.state"), say("coal.state")),
        (say("site.basis"), say("coal.basis")),
    )


def _payloads(
    frames: dict[str, pd.DataFrame], areas: Areas, codes: list[str], years: list[int]
) -> Iterator[Payload]:
    targets = frames["coal_target"]
    yield coal_warning.projects("coal/projects", frames["coal_replacement"], areas)
    for year in years:
        mine = targets[targets["stat_year"] == year]
        if len(mine):
            yield coal_targets.payload(f"coal/targets-{year}", mine, areas, year)
        warnings = frames["coal_warning"]
        warnings = warnings[warnings["year"] == year]
        if len(warnings):
            yield coal_warning.payload(f"coal/warning-{year}", warnings, areas, year)
    split = {name: dict(iter(frames[name].groupby("area_code"))) for name in _BY_AREA}
    for code in codes:
        here = frames | {name: split[name].get(code, frames[name].iloc[:0]) for name in _BY_AREA}
        for year in years:
            made = (
                coal_area.payload(f"coal/{part(code)}/{year}", here, areas, code, year),
                coal_clean.payload(f"coal/{part(code)}/clean-{year}", here, areas, code, year),
            )
            yield from (p for p in made if p)


VIEW = View("coal", build)
