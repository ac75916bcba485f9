"""Coal: all targets of a year with both lines, what the rest may burn, and their verdicts in words."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import coal_overview
from dashboards.site.frames import records, with_columns
from dashboards.site.view import Fact, Payload
from dashboards.site.views.coal_common import (
    Areas,
    amounts,
    column,
    either,
    exclusions,
    label,
    with_verdict,
)
from dashboards.site.words import Text, both, say

GROUPS = {
    "kept": ("pass", "on_schedule"),
    "missed": ("fail", "behind"),
    "open": ("not_comparable", "insufficient", "unverified"),
}
"""Verdicts as the lead sums them up."""

_NAME = (
    column("area"),
    column("scope", "words", words="coalscope"),
    column("kind", "words", words="coalkind"),
)
_AHEAD = (*amounts("projected"), column("projected_verdict", "words", words="coalverdict"))
TARGET_COLUMNS: tuple[Column, ...] = (
    *_NAME,
    column("verdict_text"),
    column("unit", "words", words="coalunit"),
    *amounts("target_amount", "actual", "baseline"),
    *amounts("change_pct", digits=2),
    *amounts("task_share_pct", digits=1),
    *amounts("rest"),
    *_AHEAD,
    column("words"),
)
"""Verdicts of all targets; as many columns as paper holds."""
LINE_COLUMNS: tuple[Column, ...] = (
    *_NAME,
    column("unit", "words", words="coalunit"),
    *amounts("target_amount", "actual", "task", "achieved"),
    *amounts("task_share_pct", "linear_pct", "profile_pct", digits=1),
    *amounts("linear", "profile"),
    column("ruling_line", "words", words="coalline"),
    *amounts("rest"),
    *amounts("rest_months", digits=0),
    *amounts("rest_month"),
    *_AHEAD,
    column("projection_method", "words", words="coalmethod"),
)
"""What the two lines ask and what the rest may burn, of targets with lines."""
GROUND_COLUMNS: tuple[Column, ...] = (
    column("area"),
    column("target_id"),
    column("verdict_text"),
    column("left_out"),
    column("left_out_actual"),
    column("perimeter"),
    column("baseline_perimeter"),
    column("period"),
    column("baseline_period"),
    column("origin", "words", words="coalorigin"),
    column("baseline_origin", "words", words="coalorigin"),
    column("vintage", "words", words="coalvintage"),
    column("baseline_vintage", "words", words="coalvintage"),
    *amounts("gross_change_pct", "assessed_change_pct", "other_change_pct", digits=2),
    *amounts("n_firms", "n_expected", digits=0),
    column("verified", "words", words="coalverified"),
    column("notes"),
    column("document_no"),
    column("clause"),
    column("source"),
)


def tidied(targets: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Add the texts that tables and figures show."""
    rows = records(targets)
    named = [areas.name(r["area_code"], r["area_name"]) for r in rows]
    return with_columns(
        targets.reset_index(drop=True),
        area=named,
        label=[label(r, a) for r, a in zip(rows, named, strict=True)],
        short=[label(r) for r in rows],
        verdict_text=[with_verdict(r) for r in rows],
        perimeter=[_place(areas, r["perimeter"]) for r in rows],
        baseline_perimeter=[_place(areas, r["baseline_perimeter"]) for r in rows],
        left_out=[exclusions(r["exclusions"]) for r in rows],
        left_out_actual=[exclusions(r["actual_exclusions"]) for r in rows],
        verified=["yes" if r["verified"] is True else "no" for r in rows],
        clause=[either(r["clause"]) for r in rows],
        source=[either(r["source"]) for r in rows],
        words=[both(r["verdict_zh"], r["verdict_en"], 200) for r in rows],
        notes=[notes_of(r["notes_zh"], r["notes_en"]) for r in rows],
    )


def _place(areas: Areas, code: Any) -> Text | None:
    return None if code is None or pd.isna(code) else areas.name(code)


def notes_of(zh: Any, en: Any) -> Text | None:
    """Give notes, one a line, as one text in each language."""
    if zh is None or pd.isna(zh) or not str(zh):
        return None
    return both("；".join(str(zh).split("\n")), "; ".join(str(en or zh).split("\n")), 200)


def payload(key: str, targets: pd.DataFrame, areas: Areas, year: int) -> Payload:
    """Targets of one year: counts of verdicts, both figures, the whole table."""
    tidy = tidied(targets, areas)
    facts = [
        Fact(
            say(f"coal.count_{name}"),
            str(int(tidy["verdict"].isin(codes).sum())),
            say(f"coal.count_{name}_note"),
        )
        for name, codes in GROUPS.items()
    ]
    over = tidy[(tidy["unit"].isin(["t", "tce"])) & (tidy["rest"] < 0)]
    facts.append(Fact(say("coal.count_over"), str(len(over)), say("coal.count_over_note")))
    variants = []
    for form in ("amount", "reduction"):
        figure, phone, table = coal_overview.figure(tidy, form)
        if figure is not None:
            variants.append(Variant(say(f"coalform.{form}"), figure, table, phone))
    charts = []
    if variants:
        charts.append(
            Chart(
                "lines",
                say("coallines.title", year=year),
                say("coallines.caption"),
                None,
                variants[0].table,
                LINE_COLUMNS,
                variants=variants,
            )
        )
    charts.append(
        Chart(
            "targets", say("coaltable.title", year=year), say("coaltable.caption"), None, tidy, TARGET_COLUMNS
        )
    )
    title, caption = say("coalground.title", year=year), say("coalground.caption")
    charts.append(Chart("ground", title, caption, None, tidy, GROUND_COLUMNS))
    return Payload(key, charts, facts)
