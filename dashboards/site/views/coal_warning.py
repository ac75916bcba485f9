"""Coal: monthly early warning without power, and opinions on the replacement of projects."""

import pandas as pd

from dashboards.site.chart import Chart, Variant
from dashboards.site.figures import coal_replacement, coal_warning
from dashboards.site.frames import records, with_columns
from dashboards.site.view import Payload
from dashboards.site.views.coal_common import NOTHING, Areas, amounts, column
from dashboards.site.words import both, say

_WARNING = (
    column("name"),
    column("month_text"),
    column("level", "words", words="coalwarning"),
    *amounts("deciding_change_pct"),
    *amounts("month_now", "month_then", "month_change_pct", "ytd_now", "ytd_then", "ytd_change_pct"),
    *amounts("continuing_change_pct"),
    column("n_firms", "number", 0),
    column("n_not_reporting", "number", 0),
    column("verified", "words", words="coalverified"),
    column("note"),
)
_PROJECT = (
    column("area"),
    column("stage", "words", words="coalstage"),
    column("period_text"),
    column("verdict", "words", words="coalopinion"),
    column("n_projects", "number", 0),
    *amounts("demand", "required", "valid", "suspected", "rejected", "shortfall", "excess"),
    column("n_unverified", "number", 0),
)


def payload(key: str, rows: pd.DataFrame, areas: Areas, year: int) -> Payload:
    """Early warning of one year, one variant a rule of what counts as power."""
    tidy = with_columns(
        rows.reset_index(drop=True),
        name=[areas.name(c) for c in rows["area_code"]],
        month_text=rows["month"].astype(str).tolist(),
        note=[
            None if pd.isna(z) else both(z, e, 120)
            for z, e in zip(rows["note_zh"], rows["note_en"], strict=True)
        ],
        verified=["yes" if v is True or v == 1 else "no" for v in rows["verified"]],
    )
    variants = []
    for _, found in tidy.groupby("scope_rule", sort=False):
        first = records(found)[0]
        figure, phone, table = coal_warning.figure(found)
        variants.append(Variant(both(first["rule_zh"], first["rule_en"], 80), figure, table, phone))
    first = records(tidy)[0]
    limits = {k: f"{first[k]:+.0f}" for k in ("yellow_from_pct", "orange_from_pct", "red_from_pct")}
    doubt = say("coalwarning.unverified") if (tidy["verified"] == "no").any() else NOTHING
    caption = say("coalwarning.caption", doubt=doubt, **limits)
    chart = Chart(
        "warning", say("coalwarning.title", year=year), caption, None, tidy, _WARNING, variants=variants
    )
    return Payload(key, (chart,), notes=(say("coalwarning.why"),))


def projects(key: str, rows: pd.DataFrame, areas: Areas) -> Payload:
    """Opinions on the replacement of all projects, and by province in the table."""
    if rows.empty:
        return Payload(key, ())
    tidy = with_columns(
        rows.reset_index(drop=True),
        area=[
            say("coal.all_projects") if k == "all" else areas.name(c)
            for k, c in zip(rows["area_kind"], rows["area_code"], strict=True)
        ],
        period_text=[None if p == "all" else str(p) for p in rows["period"]],
    )
    variants = []
    for _, found in tidy.groupby("area_code", sort=False):
        figure, table = coal_replacement.opinions(found)
        variants.append(Variant(records(found)[0]["area"], figure, table))
    chart = Chart(
        "projects",
        say("coalproject.title"),
        say("coalproject.caption"),
        None,
        tidy,
        _PROJECT,
        variants=variants,
    )
    return Payload(key, (chart,), notes=(say("coalproject.note"),))
