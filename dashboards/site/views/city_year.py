"""City, one year: calendar, limits, patterns, primary pollutants, comparison with the year before."""

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import calendar, compare, limits, pattern, primary
from dashboards.site.figures.dust import BASES
from dashboards.site.figures.parts import KEYS, POLLUTANTS, number, pollutant_name
from dashboards.site.frames import records, with_columns, yes_no
from dashboards.site.view import Payload
from dashboards.site.views.city_recent import after_dust
from dashboards.site.words import Text, joined, say

_DAY = (
    Column("day"),
    Column("aqi", "aqi"),
    Column("primary_pollutants"),
    Column("pm25_ugm3", "number", 0),
    Column("pm10_ugm3", "number", 0),
    Column("o3_mda8_ugm3", "number", 0),
    Column("no2_ugm3", "number", 0),
    Column("so2_ugm3", "number", 0),
    Column("co_mgm3", "number", 1),
    Column("n_dust_hours", "number", 0),
    Column("state", "words", words="state"),
    Column("standard_set", "words", words="set"),
)
_LIMIT = (
    Column("pollutant"),
    Column("statistic", "words", words="statistic"),
    Column("basis", "words", words="basis"),
    Column("value_printed", "number", 1),
    Column("limit_value", "number", 1),
    Column("ratio_pct", "number", 0),
    Column("attained", "words", words="attained"),
    Column("exceedance_multiple", "number", 2),
    Column("n_valid_days", "number", 0),
    Column("n_days", "number", 0),
    Column("sufficient", "words", words="sufficient"),
    Column("standard_set", "words", words="set"),
)
_PATTERN = (
    Column("weekday", "words", words="weekday"),
    Column("hour", "number", 0),
    Column("value", "number", 1),
)
_PRIMARY = (
    Column("month", "number", 0),
    *(Column(f"primary_{key}", "number", 0) for key in KEYS.values()),
    Column("n_valid_days", "number", 0),
    Column("good_days", "number", 0),
    Column("heavy_days", "number", 0),
)
_COMPARE = (
    Column("month", "number", 0),
    Column("pm25_this", "number", 1),
    Column("pm25_before", "number", 1),
    Column("change_pct", "number", 1),
)


def payload(key: str, frames: dict[str, pd.DataFrame], year: int) -> Payload:
    """Make the part for one city and year, from its frames of that year."""
    charts = [
        _calendar(frames["city_day"], year),
        _limits(frames["city_limits"], year),
        _compare(frames["city_months"], year),
        _primary(frames["city_primary"], year),
        _pattern(frames["city_pattern"], year),
    ]
    return Payload(key, charts, (), _notes(frames, year))


def _notes(mine: dict[str, pd.DataFrame], year: int) -> list[Text]:
    states = [
        say("city.state_part", state=say(f"state.{s}"), n=int(n))
        for s, n in zip(mine["city_state"]["state"], mine["city_state"]["n"], strict=True)
    ]
    notes = [say("city.states", year=year, states=joined(states))] if states else []
    for row in records(mine["city_to_date"]):
        if pd.notna(row["pm25"]) and pd.notna(row["pm25_before"]):
            so_far = say(
                "city.to_date",
                year=year,
                until=f"{pd.Timestamp(row['until']):%m-%d}",
                pm25=number(row["pm25"], 1),
                before=number(row["pm25_before"], 1),
                change="—" if pd.isna(row["change_pct"]) else f"{row['change_pct']:+.1f}",
                good=number(row["good_days"]),
                good_before=number(row["good_days_before"]),
                heavy=number(row["heavy_days"]),
                heavy_before=number(row["heavy_days_before"]),
            )
            notes.append(joined([so_far, after_dust(row)], "list.clause"))
    return notes


def _calendar(days: pd.DataFrame, year: int) -> Chart:
    wide, phone, tidy = calendar.figure(days)
    return Chart(
        "calendar", say("calendar.title", year=year), say("calendar.caption"), wide, tidy, _DAY, phone=phone
    )


def _limits(items: pd.DataFrame, year: int) -> Chart:
    table = with_columns(
        items,
        attained=yes_no(items["attained"]),
        sufficient=yes_no(items["sufficient"]),
    )
    wide, phone, tidy = limits.figure(table)
    return Chart(
        "limits", say("limits.title", year=year), say("limits.caption"), wide, tidy, _LIMIT, phone=phone
    )


def _compare(months: pd.DataFrame, year: int) -> Chart:
    variants = []
    for basis in BASES:
        figure, tidy = compare.figure(months[months["basis"] == basis], year)
        variants.append(Variant(say(f"basis.{basis}"), figure, with_columns(tidy, pm25_this=tidy["pm25"])))
    same = [v.table[["pm25", "pm25_before"]].to_numpy().tolist() for v in variants]
    # A choice between two figures that are the same is none.
    shown = variants if repr(same[0]) != repr(same[1]) else variants[:1]
    first = shown[0]
    return Chart(
        "compare",
        say("compare.title", year=year, before=year - 1),
        say("compare.caption" if len(shown) > 1 else "compare.caption_same"),
        first.figure,
        first.table,
        _COMPARE,
        variants=shown if len(shown) > 1 else (),
        wide=False,
    )


def _primary(months: pd.DataFrame, year: int) -> Chart:
    figure, tidy = primary.figure(months)
    tidy = tidy.rename(columns={key: f"primary_{key}" for key in KEYS.values()})
    return Chart(
        "primary", say("primary.title", year=year), say("primary.caption"), figure, tidy, _PRIMARY, wide=False
    )


def _pattern(means: pd.DataFrame, year: int) -> Chart:
    variants = []
    for pollutant in POLLUTANTS:
        frame = with_columns(means[["weekday", "hour"]], value=means[KEYS[pollutant]])
        wide, phone, tidy = pattern.figure(frame, 1 if pollutant == "CO" else 0)
        variants.append(Variant(pollutant_name(pollutant), wide, tidy, phone))
    return Chart(
        "pattern",
        say("pattern.title", year=year),
        say("pattern.caption"),
        None,
        variants[0].table,
        _PATTERN,
        variants=variants,
    )
