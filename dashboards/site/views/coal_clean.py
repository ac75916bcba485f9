"""Coal of one area in a year: inspections by stage and quarter, households by area, and by year."""

import pandas as pd

from dashboards.site.chart import Chart, Variant
from dashboards.site.figures import coal_clean
from dashboards.site.frames import with_columns
from dashboards.site.view import Payload
from dashboards.site.views.coal_common import Areas, amounts, column, term
from dashboards.site.words import Text, say

_COUNTS = (
    "n_samples",
    "n_inspected",
    "n_passed",
    "n_failed",
    "n_unverified",
    "n_insufficient",
    "n_not_judged",
)
_INSPECTION = (
    column("period"),
    column("stage", "words", words="coalstage"),
    *amounts("pass_rate_pct", "coverage_pct", digits=1),
    *amounts(*_COUNTS, digits=0),
    *amounts("reported_rate_pct", digits=1),
    *amounts("n_differs", "n_open", "n_registered", "n_entities", "n_unregistered", digits=0),
)
_PROGRESS = (
    *amounts("n_villages", "n_households", "n_target", "n_done", digits=0),
    *amounts("done_pct", "time_share_pct", digits=1),
    column("verdict", "words", words="coalhomeverdict"),
    *amounts("clean_heating_pct", "with_clean_coal_pct", digits=1),
    *amounts("n_rest", digits=0),
    *amounts("coal_cut", digits=0),
)
_BACK = (
    *amounts("n_visited", "n_relapsed", "n_relapse_open", digits=0),
    *amounts("relapse_pct", digits=2),
    *amounts("n_order_violations", "n_ban_zone_coal", digits=0),
)


def payload(key: str, frames: dict[str, pd.DataFrame], areas: Areas, code: str, year: int) -> Payload | None:
    """Make the part of one area and year; None where there is nothing. Households come with those of all areas."""
    name = areas.name(code)
    charts = [
        *_inspections(frames["coal_inspection"], name, year),
        *_households(frames["coal_household"], areas, code, name, year),
    ]
    return Payload(key, charts) if charts else None


def _inspections(rows: pd.DataFrame, name: Text, year: int) -> list[Chart]:
    mine = rows[rows["year"] == year]
    if mine.empty:
        return []
    variants = []
    for product, found in mine.groupby("product_type", sort=False):
        figure, table = coal_clean.pass_rates(found)
        variants.append(Variant(term("coalproduct", product), figure, table))
    title, caption = say("coalinspection.title", area=name, year=year), say("coalinspection.caption")
    return [Chart("inspection", title, caption, None, variants[0].table, _INSPECTION, variants=variants)]


def _households(rows: pd.DataFrame, areas: Areas, code: str, name: Text, year: int) -> list[Chart]:
    whole = rows[(rows["area_code"] == code) & (rows["year"] <= year)]
    parts = rows[
        rows["area_code"].isin(areas.parts.get(code, []))
        & (rows["year"] == year)
        & (rows["terrain"] == "all")
    ]
    charts = []
    if len(parts):
        tidy = with_columns(parts.reset_index(drop=True), name=[areas.name(c) for c in parts["area_code"]])
        for chart, words, (figure, table), columns in (
            ("households", "coalhome", coal_clean.households(tidy), _PROGRESS),
            ("relapse", "coalrelapse", coal_clean.relapses(tidy), _BACK),
        ):
            title, caption = say(f"{words}.title", area=name, year=year), say(f"{words}.caption")
            charts.append(Chart(chart, title, caption, figure, table, (column("name"), *columns), wide=False))
    if len(whole):
        charts.append(
            Chart(
                "household-years",
                say("coalhomeyears.title", area=name),
                say("coalhomeyears.caption"),
                None,
                whole.sort_values("year", ascending=False, kind="stable").assign(stat_year=whole["year"]),
                (
                    column("stat_year", "number", 0),
                    column("terrain", "words", words="coalterrain"),
                    *_PROGRESS,
                    *_BACK,
                ),
            )
        )
    return charts
