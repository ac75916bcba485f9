"""City, recent part: last days and forecast, targets with what is left, stations."""

import pandas as pd

from dashboards.site.chart import Chart, Column
from dashboards.site.figures import recent, stations, target
from dashboards.site.figures.parts import level_of, number
from dashboards.site.frames import Row, records, with_columns, yes_no
from dashboards.site.view import Fact, Payload
from dashboards.site.words import Text, joined, say

_RECENT = (
    Column("day"),
    Column("kind", "words", words="kind"),
    Column("aqi", "aqi"),
    Column("aqi_low", "number", 0),
    Column("aqi_high", "number", 0),
    Column("primary_pollutants"),
    Column("model", "words", words="model"),
    Column("issued_at"),
)
_TARGET = (
    Column("period"),
    Column("metric", "words", words="metric"),
    Column("target_absolute", "number", 1),
    Column("value_so_far", "number", 1),
    Column("allowed_mean_rest_ugm3", "number", 1),
    Column("good_days_needed", "number", 0),
    Column("heavy_days_left", "number", 0),
    Column("n_days_left", "number", 0),
    Column("n_valid_days", "number", 0),
    Column("verdict", "words", words="verdict"),
    Column("method", "words", words="method"),
    Column("as_of_day"),
    Column("document_no"),
)
_STATION = (
    Column("station"),
    Column("station_code"),
    Column("counts", "words", words="counts"),
    Column("n_days", "number", 0),
    *(Column(key, "number", 1, heading=None) for key in ("pm25", "pm10", "so2", "no2", "o3", "co")),
    Column("last_day"),
)


def payload(key: str, frames: dict[str, pd.DataFrame], year: int, station_days: int) -> Payload:
    """Make the part for one city; `year` is the one that runs."""
    charts = [
        _recent(frames),
        _targets(frames["city_target"]),
        _stations(frames["city_station"], station_days),
    ]
    return Payload(key, charts, _facts(frames, year), _notes(frames["city_forecast"]))


def _recent(frames: dict[str, pd.DataFrame]) -> Chart:
    wide, phone, tidy = recent.figure(frames["city_recent"], frames["city_forecast"])
    return Chart("recent", say("recent.title"), say("recent.caption"), wide, tidy, _RECENT, phone=phone)


def _notes(forecast: pd.DataFrame) -> list[Text]:
    if forecast.empty:
        return [say("recent.no_forecast")]
    row = forecast.iloc[0]
    model = str(row["model"])
    issued = f"{pd.Timestamp(row['issued_at']):%Y-%m-%d %H:%M}"
    name = (
        say(f"model.{model}")
        if model.startswith("baseline_") or model == "bulletin"
        else {"zh": model, "en": model}
    )
    key = "recent.baseline" if model.startswith("baseline_") else "recent.issued"
    return [say(key, model=name, issued=issued)]


def _targets(frame: pd.DataFrame) -> Chart:
    figure, tidy = target.figure(frame)
    return Chart("target", say("target.title"), say("target.caption"), figure, tidy, _TARGET, open=True)


def _stations(frame: pd.DataFrame, days: int) -> Chart:
    figure, tidy = stations.figure(with_columns(frame, counts=yes_no(frame["counts"])))
    return Chart(
        "stations",
        say("stations.title", days=days),
        say("stations.caption", days=days),
        figure,
        tidy,
        _STATION,
    )


def _warning(row: Row) -> Fact:
    kind = say(f"warning_kind.{row['kind']}")
    if row["phase"] == "coming":
        start = f"{pd.Timestamp(row['start_at']):%m-%d %H:%M}"
        note = joined([kind, say("warning_phase.coming"), say("fact.will_start", start=start)])
    elif row["phase"] == "overdue":
        end = f"{pd.Timestamp(row['end_at']):%m-%d %H:%M}"
        note = joined([kind, say("warning_phase.overdue"), say("fact.was_to_end", end=end)])
    elif pd.notna(row["end_at"]):
        note = joined([kind, say("fact.until", end=f"{pd.Timestamp(row['end_at']):%m-%d %H:%M}")])
    else:
        note = kind
    return Fact(say("col.warning"), say(f"ui.warning.{row['level']}"), note, warning=str(row["level"]))


def after_dust(row: Row) -> Text:
    """Say the mean after sand deduction of a year so far, beside that of the year before."""
    value, before = number(row["after_dust"], 1), number(row["after_dust_before"], 1)
    return say("fact.after_dust_before", value=value, before=before)


def _facts(frames: dict[str, pd.DataFrame], year: int) -> list[Fact]:
    facts = [_warning(row) for row in records(frames["warning_now"])]
    seen = frames["city_recent"]
    seen = seen[seen["aqi"].notna()]
    if len(seen):
        last = records(seen)[-1]
        level = level_of(last["aqi"])
        facts.append(
            Fact(
                say("fact.last_day", day=f"{pd.Timestamp(last['day']):%m-%d}"),
                say("fact.aqi", aqi=number(last["aqi"]), level=level, word=say(f"level_short.{level}")),
                say(
                    "fact.primary",
                    primary=last["primary_pollutants"] if pd.notna(last["primary_pollutants"]) else "—",
                ),
                level=level,
            )
        )
    so_far = frames["city_to_date"]
    so_far = so_far[so_far["year"] == year]
    if len(so_far):
        row = records(so_far)[-1]
        until = f"{pd.Timestamp(row['until']):%m-%d}"
        for name, value, before, digits in (
            ("pm25", row["pm25"], row["pm25_before"], 1),
            ("good", row["good_days"], row["good_days_before"], 0),
            ("heavy", row["heavy_days"], row["heavy_days_before"], 0),
        ):
            notes = [say("fact.before", before=number(before, digits), until=until)]
            if name == "pm25":
                notes.append(after_dust(row))
            facts.append(Fact(say(f"fact.{name}"), number(value, digits), joined(notes, "list.clause")))
    targets = frames["city_target"]
    for row in records(targets[targets["metric"].astype(str) == "pm25_mean"]):
        facts.append(
            Fact(
                say("fact.rest", period=row["period"]),
                number(row["allowed_mean_rest_ugm3"], 1),
                say("fact.left", n=number(row["n_days_left"]), target=number(row["target_absolute"], 1)),
            )
        )
    return facts
