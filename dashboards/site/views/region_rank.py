"""Region, one period: ranking by level and by improvement."""

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import dust, ranking
from dashboards.site.figures.parts import KEYS, number, pollutant_name
from dashboards.site.frames import records, with_columns, yes_no
from dashboards.site.view import Fact, Payload
from dashboards.site.words import Text, both, joined, say

_COLUMNS = (
    Column("rank", "number", 0),
    Column("name", heading=None),
    Column("area_kind", "words", words="area_kind"),
    Column("composite_index", "number", 2),
    *(Column(key, "number", 2, heading=say(f"col.index_{key}")) for key in KEYS.values()),
    Column("composite_index_before", "number", 2),
    Column("change_pct", "number", 1),
    Column("rank_improvement", "number", 0),
    Column("good_days", "number", 0),
    Column("heavy_days", "number", 0),
    Column("sufficient", "words", words="sufficient"),
    Column("standard_set", "words", words="set"),
)
_DUST = (
    Column("name", heading=None),
    *(Column(f"{key}_{basis}", "number", dust.DIGITS[key]) for key in dust.KEYS for basis in dust.BASES),
    Column("n_left_out", "number", 0),
)
LISTS = ("city", "unit")


def payload(
    key: str,
    rows: pd.DataFrame,
    summary: pd.DataFrame,
    deducted: pd.DataFrame,
    period: Text,
    names: dict[str, Text],
) -> Payload:
    """Make the part for one region and period; `deducted` has the means before and after sand deduction."""
    if rows.empty:
        return Payload(key, (), ())
    named = with_columns(
        rows,
        name=[names.get(c) or both(c) for c in rows["city_code"]],
        sufficient=yes_no(rows["sufficient"]),
    )
    lists = _lists(named)
    level, change = [], []
    for kind, frame in lists.items():
        figure, tidy = ranking.figure(frame)
        level.append(Variant(say(f"ranking.{kind}"), figure, tidy))
        figure, tidy = ranking.improvement(frame)
        tidy = tidy.sort_values("rank_improvement", na_position="last", kind="stable")
        change.append(
            Variant(say(f"ranking.{kind}"), figure if tidy["change_pct"].notna().any() else None, tidy)
        )
    charts = [_chart("ranking", period, level, is_open=True), _chart("improvement", period, change)]
    left_out = _left_out([*lists.values()][-1], deducted)
    if left_out["n_left_out"].sum() > 0:
        charts.append(_dust(period, left_out))
    return Payload(key, charts, _facts(summary), _notes(named, left_out))


def _lists(named: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows of each list; that of cities and units only where there are units."""
    found = {kind: named[named["list_kind"] == kind] for kind in LISTS}
    with_units = (named["area_kind"] == "unit").any()
    return {k: rows for k, rows in found.items() if len(rows) and (k == LISTS[0] or with_units)} or found


def _chart(name: str, period: Text, variants: list[Variant], *, is_open: bool = False) -> Chart:
    title, caption = say(f"{name}.title", period=period), say(f"{name}.caption")
    table = variants[0].table
    return Chart(name, title, caption, None, table, _COLUMNS, variants=variants, open=is_open)


def _left_out(named: pd.DataFrame, deducted: pd.DataFrame) -> pd.DataFrame:
    """Means of both bases for the areas of a list, in its order."""
    names = dict(zip(named["city_code"], named["name"], strict=True))
    found = {row["area_code"]: row for row in records(deducted) if row["area_code"] in names}
    rows = [found[code] | {"name": name} for code, name in names.items() if code in found]
    return pd.DataFrame(rows, columns=["name", *deducted.columns])


def _dust(period: Text, left_out: pd.DataFrame) -> Chart:
    variants = []
    for pollutant in dust.KEYS.values():
        wide, phone, tidy = dust.figure(left_out, pollutant)
        variants.append(Variant(pollutant_name(pollutant), wide, tidy, phone))
    title, caption = say("dust.title", period=period), say("dust.caption")
    return Chart("dust", title, caption, None, left_out, _DUST, variants=variants)


def _facts(summary: pd.DataFrame) -> list[Fact]:
    if summary.empty:
        return []
    row = summary.iloc[0]
    cities = say("fact.cities", n=number(row["n_cities"]))
    after = say("fact.after_dust", value=number(row["pm25_after"], 1))
    return [
        Fact(say("fact.region_pm25"), number(row["pm25"], 1), joined([after, cities])),
        Fact(say("fact.region_good"), number(row["good_days_pct"], 1), cities),
        Fact(say("fact.region_heavy"), number(row["heavy_city_days"]), cities),
    ]


def _notes(named: pd.DataFrame, left_out: pd.DataFrame) -> list[Text]:
    missing = int((named[named["list_kind"] == LISTS[0]]["sufficient"] == "no").sum())
    notes = [say("ranking.insufficient", n=missing)] if missing else []
    if len(left_out) and not left_out["n_left_out"].sum():
        notes.append(say("dust.nothing"))
    return notes
