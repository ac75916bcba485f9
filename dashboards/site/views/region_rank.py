"""Region, one period: ranking by level and by improvement."""

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import ranking
from dashboards.site.figures.parts import KEYS, number
from dashboards.site.frames import with_columns, yes_no
from dashboards.site.view import Fact, Payload
from dashboards.site.words import Text, both, say

_COLUMNS = (
    Column("rank", "number", 0),
    Column("name", heading=None),
    Column("area_kind", "words", words="area_kind"),
    Column("composite_index", "number", 2),
    *(Column(f"index_{key}", "number", 2) for key in KEYS.values()),
    Column("composite_index_before", "number", 2),
    Column("change_pct", "number", 1),
    Column("rank_improvement", "number", 0),
    Column("good_days", "number", 0),
    Column("heavy_days", "number", 0),
    Column("sufficient", "words", words="sufficient"),
    Column("standard_set", "words", words="set"),
)
LISTS = ("city", "unit")


def payload(
    key: str, rows: pd.DataFrame, summary: pd.DataFrame, period: Text, names: dict[str, Text]
) -> Payload:
    """Make the part for one region and period."""
    if rows.empty:
        return Payload(key, (), ())
    named = with_columns(
        rows,
        name=[names.get(c) or both(c) for c in rows["city_code"]],
        sufficient=yes_no(rows["sufficient"]),
    )
    lists = [(kind, named[named["list_kind"] == kind]) for kind in LISTS]
    lists = [(kind, frame) for kind, frame in lists if len(frame)]
    level, change = [], []
    for kind, frame in lists:
        figure, tidy = ranking.figure(frame)
        level.append(Variant(say(f"ranking.{kind}"), figure, _parts(tidy)))
        figure, tidy = ranking.improvement(frame)
        tidy = tidy.sort_values("rank_improvement", na_position="last", kind="stable")
        change.append(
            Variant(
                say(f"ranking.{kind}"), figure if tidy["change_pct"].notna().any() else None, _parts(tidy)
            )
        )
    charts = [_chart("ranking", period, level, is_open=True), _chart("improvement", period, change)]
    return Payload(key, charts, _facts(summary), _notes(named))


def _chart(name: str, period: Text, variants: list[Variant], *, is_open: bool = False) -> Chart:
    title, caption = say(f"{name}.title", period=period), say(f"{name}.caption")
    table = variants[0].table
    return Chart(name, title, caption, None, table, _COLUMNS, variants=variants, open=is_open)


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={key: f"index_{key}" for key in KEYS.values()})


def _facts(summary: pd.DataFrame) -> list[Fact]:
    if summary.empty:
        return []
    row = summary.iloc[0]
    cities = say("fact.cities", n=number(row["n_cities"]))
    return [
        Fact(say("fact.region_pm25"), number(row["pm25"], 1), cities),
        Fact(say("fact.region_good"), number(row["good_days_pct"], 1), cities),
        Fact(say("fact.region_heavy"), number(row["heavy_city_days"]), cities),
    ]


def _notes(named: pd.DataFrame) -> list[Text]:
    missing = int((named[named["list_kind"] == LISTS[0]]["sufficient"] == "no").sum())
    return [say("ranking.insufficient", n=missing)] if missing else []
