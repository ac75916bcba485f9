"""Coal of one area in a year: each target over the months, what the rest may burn, who and what makes the change."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Chart, Variant
from dashboards.site.figures import coal_change, coal_progress
from dashboards.site.frames import records, with_columns
from dashboards.site.view import Fact, Payload
from dashboards.site.views.coal_common import (
    Areas,
    amounts,
    column,
    exclusions,
    label,
    months_of,
    term,
    with_verdict,
)
from dashboards.site.views.coal_targets import notes_of
from dashboards.site.words import Text, both, joined, say

_MONTH = (column("month", "number", 0), *amounts("amount", "linear", "profile"))
_CONTRIBUTION = (
    column("rank", "number", 0),
    column("name"),
    *amounts("now", "then_amount", "change"),
    *amounts("share_pct", "points_pct", digits=2),
)
_INDUSTRY = (
    column("rank", "number", 0),
    column("industry"),
    column("name"),
    column("n_firms", "number", 0),
    *amounts("now", "then_amount", "change"),
    *amounts("share_pct", "points_pct", digits=2),
)
_PURPOSE = (
    column("name"),
    *amounts("amount_year", "before", "change"),
    *amounts("change_pct", "part_pct", digits=2),
    column("origin", "words", words="coalorigin"),
    column("vintage", "words", words="coalvintage"),
    column("vintage_before", "words", words="coalvintage"),
)


def payload(key: str, frames: dict[str, pd.DataFrame], areas: Areas, code: str, year: int) -> Payload | None:
    """Make the part of one area and year from the rows of that area; None where there is nothing."""
    name = areas.name(code)
    targets = records(_of(frames["coal_target"], year, "stat_year"))
    charts = [
        *_progress(frames["coal_month"], targets, name, year),
        *_contributions(_of(frames["coal_contribution"], year), name, areas),
        *_industries(_of(frames["coal_industry"], year), name),
        *_purposes(frames["coal_purpose"], name, year),
    ]
    if not charts and not targets:
        return None
    notes = [_note(t, areas) for t in targets] or [say("coal.no_target", area=name, year=year)]
    return Payload(key, charts, [f for t in targets for f in _facts(t)], notes)


def _of(frame: pd.DataFrame, year: int, of: str = "year") -> pd.DataFrame:
    return frame[frame[of] == year].reset_index(drop=True)


def _unit(target: dict[str, Any]) -> Text:
    return say(f"coalunit.{target['unit']}")


def _facts(target: dict[str, Any]) -> list[Fact]:
    """The verdict on a target, and what the rest of its year may burn."""
    unit = _unit(target)
    goal = target["target_amount"] if pd.notna(target["target_amount"]) else target["target_pct"]
    goal_unit = unit if pd.notna(target["target_amount"]) else say("coalunit.%")
    aim = say("coal.aim", value=f"{goal:,.2f}", unit=goal_unit) if pd.notna(goal) else say("coal.aim_none")
    named = _with_left_out(target)
    facts = [Fact(named, with_verdict(target), aim)]
    if pd.notna(target["rest"]) and pd.notna(target["rest_months"]) and target["rest_months"] > 0:
        over = target["rest"] < 0
        facts.append(
            Fact(
                say("coal.over" if over else "coal.rest", target=named),
                say("coal.value", value=f"{abs(target['rest']):,.2f}", unit=unit),
                say("coal.over_note", months=int(target["rest_months"]))
                if over
                else say(
                    "coal.rest_note", months=int(target["rest_months"]), each=f"{target['rest_month']:,.2f}"
                ),
            )
        )
    if pd.notna(target["projected"]) and target["year_finished"] is not True:
        facts.append(
            Fact(
                say("coal.projected", target=named),
                say("coal.value", value=f"{target['projected']:,.2f}", unit=unit),
                say(
                    "coal.projected_note",
                    verdict=term("coalverdict", target["projected_verdict"]),
                    method=term("coalmethod", target["projection_method"]),
                ),
            )
        )
    return facts


def _note(target: dict[str, Any], areas: Areas) -> Text:
    """The verdict in words, with what it compares."""
    parts = [both(target["verdict_zh"], target["verdict_en"], 400)]
    more = notes_of(target["notes_zh"], target["notes_en"])
    if more:
        parts.append({"zh": more["zh"], "en": more["en"][:1].upper() + more["en"][1:]})
    parts.append(
        say(
            "coal.compared",
            scope=term("coalscope", target["scope"]),
            basis=term("coalbasis", target["basis"]),
            left_out=exclusions(target["exclusions"]),
            perimeter=areas.name(target["perimeter"]) if target["perimeter"] else both("—"),
            origin=term("coalorigin", target["origin"]),
            vintage=term("coalvintage", target["vintage"]),
            then_vintage=term("coalvintage", target["baseline_vintage"]),
            document=both(target["document_no"] or "—"),
        )
    )
    return joined(parts, "list.sentence")


def _progress(months: pd.DataFrame, targets: list[dict[str, Any]], name: Text, year: int) -> list[Chart]:
    """One chart whose variants are the targets with lines; no lines, no chart."""
    variants = []
    known = months["target_id"].value_counts().to_dict()
    # Targets that are known month by month come first.
    for target in sorted(targets, key=lambda t: -known.get(t["target_id"], 0)):
        if target["unit"] not in ("t", "tce") or target["line_form"] not in ("amount", "reduction"):
            continue
        mine = months[months["target_id"] == target["target_id"]].drop(columns="target_id")
        if mine.empty and pd.notna(target["months_elapsed"]):
            mine = pd.DataFrame(
                [
                    {"month": int(target["months_elapsed"]), "amount": target["actual"]}
                    | {"linear": target["linear"], "profile": target["profile"]}
                    | ({"amount": target["achieved"]} if target["line_form"] == "reduction" else {})
                ]
            )
        figure, table = coal_progress.figure(mine, target)
        if figure is not None:
            variants.append(Variant(_with_left_out(target), figure, table))
    if not variants:
        return []
    title = say("coalprogress.title", area=name, year=year)
    caption = say("coalprogress.caption")
    return [Chart("progress", title, caption, None, variants[0].table, _MONTH, variants=variants)]


def _with_left_out(target: dict[str, Any]) -> Text:
    """Label of a target, and what its verdict and its lines leave out."""
    out = next((v for v in (target["actual_exclusions"], target["exclusions"]) if pd.notna(v) and v), None)
    if out is None:
        return label(target)
    return say("coal.without", target=label(target), left_out=exclusions(out))


def _contributions(rows: pd.DataFrame, name: Text, areas: Areas) -> list[Chart]:
    if rows.empty:
        return []
    variants = []
    for (scope, rule), found in rows.groupby(["scope", "scope_rule"], sort=False):
        named = with_columns(
            found,
            name=[
                areas.name(r["code"], r["name"]) if r["kind"] == "city" else _contributor(r)
                for r in records(found)
            ],
        )
        figure, table = coal_change.contributions(named)
        said = term("coalscope", scope)
        if str(rule) != "all":
            said = say("coal.by_rule", scope=said, rule=term("coalrule", rule))
        variants.append(Variant(said, figure, table))
    period, then = months_of(rows["period"].iloc[0]), months_of(rows["then_period"].iloc[0])
    return [
        Chart(
            "contribution",
            say("coalcontribution.title", area=name, period=period),
            say("coalcontribution.caption", then=then),
            None,
            variants[0].table,
            _CONTRIBUTION,
            variants=variants,
            wide=False,
        )
    ]


def _industries(rows: pd.DataFrame, name: Text) -> list[Chart]:
    if rows.empty:
        return []
    named = with_columns(
        rows,
        name=[
            say("coal.other_industries") if r["industry"] == "~other" else both(r["name_zh"], r["name_en"])
            for r in records(rows)
        ],
        industry=[None if i == "~other" else i for i in rows["industry"]],
    )
    figure, table = coal_change.contributions(named)
    title = say("coalindustry.title", area=name, period=months_of(rows["period"].iloc[0]))
    caption = say("coalindustry.caption", then=months_of(rows["then_period"].iloc[0]))
    return [Chart("industry", title, caption, figure, table, _INDUSTRY, wide=False)]


def _contributor(row: dict[str, Any]) -> Text:
    return say("coal.others") if row["kind"] == "other" else both(row["name"], limit=24)


def _purposes(rows: pd.DataFrame, name: Text, year: int) -> list[Chart]:
    """The newest year of annual forms up to the one asked for, beside the year before."""
    mine = rows[rows["year"] <= year]
    if mine.empty:
        return []
    newest = int(mine["year"].max())
    variants = []
    for scope, found in mine[mine["year"] == newest].groupby("scope", sort=False):
        names = [both(r["name_zh"], r["name_en"]) for r in records(found)]
        figure, table = coal_change.purposes(with_columns(found, name=names), newest)
        variants.append(Variant(term("coalscope", scope), figure, table))
    return [
        Chart(
            "purpose",
            say("coalpurpose.title", area=name, year=newest, before=newest - 1),
            say("coalpurpose.caption"),
            None,
            variants[0].table,
            _PURPOSE,
            variants=variants,
            wide=False,
        )
    ]
