"""Emergency: warnings, why this level, who answered, what the list is worth, how good the forecasts were."""

from collections.abc import Iterator

import pandas as pd

from dashboards.site.frames import Row, records
from dashboards.site.read import has_table, read
from dashboards.site.script import part
from dashboards.site.view import Due, Option, Page, Payload, Picker, Section, Source, View
from dashboards.site.views import emergency_list, emergency_now, emergency_scores, emergency_why
from dashboards.site.views.common import city_names, set_names
from dashboards.site.views.emergency_parts import LEVELS, LIVE, named
from dashboards.site.words import Text, both, joined, say

_INTERNAL = (
    "event",
    "basis",
    "block",
    "reading",
    "list",
    "ratio",
    "cut",
    "quality",
    "answer",
    "score",
    "score_event",
)
"""Queries of tables that public builds lack."""


def build(source: Source) -> Page | None:
    """Make the view; None where the database holds neither warnings, lists nor scores of forecasts."""
    if not has_table(source.con, "emergency.warning"):
        return None
    names = city_names(source)
    frames = {name: read(source.con, f"emergency_{name}") for name in ("warning", "stage", *_INTERNAL)}
    inside = has_table(source.con, "emergency.list_version")
    if all(frames[name].empty for name in ("warning", "list", "score")):
        return None
    warnings = named(frames["warning"], names)
    years = sorted({y for w in records(warnings) if (y := emergency_now.year_of(w))}, reverse=True)
    years = years or [source.as_of.year]
    sections = [Section("warnings", say("emergency.now"), "emergency/now")]
    pickers = []
    codes = _codes(warnings, frames) if inside else []
    if codes:
        pickers.append(_cities(codes, names))
        sections += [
            Section(name, say(f"emergency.{name}"), f"emergency/{{city}}/{name}")
            for name in ("why", "list", "answers", "scores")
        ]
    pickers.append(Picker("year", say("emergency.pick_year"), tuple(Option(str(y), both(y)) for y in years)))
    sections.append(Section("past", say("emergency.past"), "emergency/past/{year}"))
    payloads = _payloads(source, warnings, frames, names, codes, years)
    return Page(_lead(source, warnings), _context(source, frames, inside), pickers, sections, payloads)


def _codes(warnings: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> list[str]:
    """Cities with a warning, a list or scores; those under a warning come first, then those with a draft."""
    standing = {str(w["city_code"]): 1 for w in records(warnings) if w["state"] == "draft"}
    standing |= {str(w["city_code"]): 0 for w in records(warnings) if w["state"] in LIVE}
    found = {str(c) for name in ("list", "score") for c in frames[name]["city_code"]} | {
        str(c) for c in warnings["city_code"]
    }
    return sorted(found - {emergency_scores.ALL}, key=lambda code: (standing.get(code, 2), code))


def _cities(codes: list[str], names: dict[str, Text]) -> Picker:
    options = tuple(Option(part(code), names.get(code) or both(code)) for code in codes)
    return Picker("city", say("emergency.pick_city"), options)


def _lead(source: Source, warnings: pd.DataFrame) -> tuple[Text, ...]:
    live = warnings[warnings["state"].isin(LIVE)]
    drafts = int((warnings["state"] == "draft").sum())
    drills = int((live["kind"] == "drill").sum())
    cities = live["city_code"].nunique()
    parts = [say("emergency.lead", as_of=f"{source.as_of:%Y-%m-%d %H:%M}", n=cities)]
    counts = live["level"].value_counts()
    parts += [
        say("emergency.lead_level", level=say(f"ui.warning.{level}"), n=int(counts[level]))
        for level in reversed(LEVELS)
        if level in counts
    ]
    coming = int((pd.to_datetime(live["start_at"]) > source.as_of).sum())
    if coming:
        parts.append(say("emergency.lead_coming", n=coming))
    if drills:
        parts.append(say("emergency.lead_drills", n=drills))
    if drafts:
        parts.append(say("emergency.lead_drafts", n=drafts))
    return joined(parts, "list.clause"), say("emergency.lead_rule")


def _context(source: Source, frames: dict[str, pd.DataFrame], inside: bool) -> tuple[tuple[Text, Text], ...]:
    sets = set_names(source)
    used = sorted({str(s) for s in frames["block"]["standard_set"]} & sets.keys())
    shown = [sets[s] for s in used] or list(sets.values())
    return (
        (say("site.set"), joined(shown) if shown else say("site.none")),
        (say("site.state"), say("emergency.state_inside" if inside else "emergency.state_public")),
        (say("site.basis"), say("emergency.basis")),
    )


def _payloads(
    source: Source,
    warnings: pd.DataFrame,
    frames: dict[str, pd.DataFrame],
    names: dict[str, Text],
    codes: list[str],
    years: list[int],
) -> Iterator[Payload | Due]:
    stages = frames["event"] if len(frames["event"]) else frames["stage"]
    yield emergency_now.of_now(warnings, stages, source.as_of, "emergency/now")
    lists = {str(r["city_code"]): r for r in records(frames["list"])}
    of_list = {name: frames[name] for name in ("ratio", "cut", "quality")}
    by_city: dict[str, list[Row]] = {}
    for row in records(warnings):
        if row["state"] in LIVE or pd.notna(row["approved_at"]) or row["state"] == "draft":
            by_city.setdefault(str(row["city_code"]), []).append(row)
    for code in codes:
        own = sorted(by_city.get(code, []), key=lambda w: w["state"] not in LIVE)
        level = str(own[0]["level"]) if own and own[0]["level"] in LEVELS else None
        key = f"emergency/{part(code)}"
        yield Due(emergency_why.of_level, (f"{key}/why", own, frames))
        yield Due(
            emergency_list.payload, (f"{key}/list", lists.get(code), of_list, level, source.as_of.date())
        )
        yield Due(emergency_why.of_answers, (f"{key}/answers", own, frames["answer"]))
        of_city = (names.get(code) or both(code), frames["score"], frames["score_event"])
        yield Due(emergency_scores.payload, (f"{key}/scores", code, *of_city))
    for year in years:
        mine = [emergency_now.year_of(w) == year for w in records(warnings)]
        of_year = warnings[pd.Series(mine, index=warnings.index, dtype=bool)]
        yield emergency_now.of_year(of_year, stages, year, source.as_of, f"emergency/past/{year}")


VIEW = View("emergency", build)
