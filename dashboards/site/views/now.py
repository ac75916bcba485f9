"""Now: the newest hour of every city of the region."""

from datetime import datetime
from typing import Any

import pandas as pd

from dashboards.site.chart import Chart, Column
from dashboards.site.colours import LEVELS
from dashboards.site.figures import now_map
from dashboards.site.figures.parts import level_of
from dashboards.site.frames import records, with_columns
from dashboards.site.read import read
from dashboards.site.view import Fact, Page, Payload, Section, Source, View
from dashboards.site.views.common import city_names, set_names, the_region
from dashboards.site.words import Text, both, joined, say

PATIENCE = 6
"""Hours a city's newest value may lie behind the newest hour of all and still be shown as now [h]."""
BACK = 3
"""Hours the trend looks back [h]."""

_WARNING = {
    "warning": "level",
    "warning_kind": "kind",
    "warning_phase": "phase",
    "warning_start": "start_at",
    "warning_from": "from",
}
"""Columns of a city and what they are called of its warning."""

POLLUTED, HEAVY = 3, 5
"""Levels from which on air is polluted, and heavily so."""

_COLUMNS = (
    Column("city", heading=None),
    Column("aqi", "aqi"),
    Column("trend", "words", words="trend"),
    Column("primary_pollutants"),
    Column("warning", "warning"),
    Column("warning_kind", "words", words="warning_kind"),
    Column("warning_phase", "words", words="warning_phase"),
    Column("warning_start"),
    Column("pm25_ugm3", "number", 0),
    Column("pm10_ugm3", "number", 0),
    Column("o3_ugm3", "number", 0),
    Column("no2_ugm3", "number", 0),
    Column("so2_ugm3", "number", 0),
    Column("co_mgm3", "number", 1),
    Column("n_stations", "number", 0),
    Column("n_stations_expected", "number", 0),
    Column("hour_end"),
)


def build(source: Source) -> Page | None:
    """Make the view."""
    region = the_region(source)
    hour = _newest_hour(source)
    if region is None or hour is None:
        return Page((say("now.nothing"),), (), (), (), ())
    cities = _cities(source, region["region_id"], hour)
    lead = _lead(source, region, cities, hour)
    points = {r["city_code"]: (r["lon_deg"], r["lat_deg"]) for r in records(read(source.con, "city_point"))}
    wide, phone, tidy = now_map.figure(cities, points, source.outlines)
    drawn = "given" if source.outlines and set(tidy["city_code"]) <= source.outlines.keys() else "schematic"
    chart = Chart(
        name="map",
        title=say("now.map", region=region["name"], hour=_hour_text(hour)),
        caption=joined(
            [say("now.map_caption", back=BACK, steady=now_map.STEADY), say(f"now.{drawn}")], "list.sentence"
        ),
        figure=wide,
        phone=phone,
        table=tidy,
        columns=_COLUMNS,
        open=True,
    )
    sets = sorted(set(cities["standard_set"].dropna()))
    context = (
        (say("site.set"), joined([set_names(source)[s] for s in sets]) if sets else say("site.none")),
        (say("site.state"), say("now.state")),
        (say("site.basis"), say("basis.before_dust")),
    )
    return Page(
        lead,
        context,
        (),
        (Section("now", say("now.section"), "now"),),
        (Payload("now", (chart,), _facts(tidy)),),
    )


def _newest_hour(source: Source) -> datetime | None:
    row = source.con.execute(
        "SELECT max(hour_end) FROM air.city_hour WHERE hour_end <= ? AND n_stations > 0", [source.as_of]
    ).fetchall()
    return row[0][0]


def _cities(source: Source, region: str, hour: datetime) -> pd.DataFrame:
    frame = read(source.con, "now_city", region=region, hour=hour, patience=PATIENCE, back=BACK)
    warned = records(read(source.con, "warning_now", now=source.as_of))
    current = {str(w["city_code"]): w | {"from": _from(w, source.as_of)} for w in warned}
    names = city_names(source)
    codes = [str(c) for c in frame["city_code"]]
    full = [names.get(c) or both(c) for c in codes]
    return with_columns(
        frame,
        city=full,
        name=full,
        short=[
            both(r["short_zh"] or r["name_zh"] or r["city_code"], r["name_en"], 12) for r in _plain(frame)
        ],
        **{
            column: pd.Series([_of(current, c, name) for c in codes], index=frame.index, dtype=object)
            for column, name in _WARNING.items()
        },
    )


def _from(warning: dict[str, Any], now: datetime) -> Text | None:
    """When a warning begins that has not begun yet, short."""
    if warning["phase"] != "coming":
        return None
    start = pd.Timestamp(warning["start_at"])
    text = f"{start:%H:%M}" if start.date() == now.date() else f"{start:%m-%d %H:%M}"
    return {"zh": text, "en": text}


def _of(warnings: dict[str, dict[str, Any]], code: str, name: str) -> Any:
    return warnings[code][name] if code in warnings else None


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {k: None if not isinstance(v, dict) and pd.isna(v) else v for k, v in r.items()}
        for r in records(frame)
    ]


def _hour_text(hour: datetime) -> str:
    return f"{hour:%Y-%m-%d %H:%M}"


def _lead(source: Source, region: dict[str, Any], cities: pd.DataFrame, hour: datetime) -> tuple[Text, ...]:
    known = cities[cities["aqi"].notna()]
    if known.empty:
        return (say("now.lead_none", hour=_hour_text(hour), region=region["name"]),)
    worst = max(records(known), key=lambda row: float(row["aqi"]))
    parts = [
        say(
            "now.lead",
            hour=_hour_text(hour),
            region=region["name"],
            cities=_reporting(len(known), len(cities)),
            polluted=polluted_text([level_of(a) for a in known["aqi"]]),
            worst=worst["name"],
            aqi=int(worst["aqi"]),
            word=say(f"level_short.{level_of(worst['aqi'])}"),
            primary=str(worst["primary_pollutants"] or "—").replace(",", "、"),
        )
    ]
    parts += _warned(cities)
    running = read(source.con, "episode_now", region=region["region_id"])
    if len(running):
        row = running.iloc[0]
        parts.append(say("now.lead_episode", first=f"{row['day_first']:%Y-%m-%d}", n=int(row["n_days"])))
    lead = [joined(parts, "list.clause")]
    behind = (source.as_of - hour).total_seconds() / 3600
    if behind > PATIENCE:
        lead.append(say("now.behind", hours=int(behind), as_of=_hour_text(source.as_of)))
    return tuple(lead)


def _warned(cities: pd.DataFrame) -> list[Text]:
    """Say how many cities are under a warning, are past its end, or will be under one."""
    parts = []
    coming = cities["warning_phase"] == "coming"
    for key, chosen in (("warned", cities[cities["warning"].notna() & ~coming]), ("coming", cities[coming])):
        if len(chosen):
            drills = int((chosen["warning_kind"] == "drill").sum())
            parts.append(say(f"now.lead_{key}{'_drill' if drills else ''}", n=len(chosen), drills=drills))
        overdue = int((chosen["warning_phase"] == "overdue").sum())
        if overdue:
            parts.append(say("now.lead_overdue", n=overdue))
    return parts


def _reporting(n: int, total: int) -> Text:
    return say("now.all_report", total=total) if n == total else say("now.some_report", n=n, total=total)


def polluted_text(levels: list[int]) -> Text:
    """How many of the cities with data are polluted, and how many of these heavily."""
    polluted, heavy = sum(level >= POLLUTED for level in levels), sum(level >= HEAVY for level in levels)
    if not polluted:
        return say("now.none_polluted")
    if heavy == len(levels):
        return say("now.all_heavy")
    if polluted == len(levels):
        return say("now.all_some_heavy", heavy=heavy) if heavy else say("now.all_polluted")
    key = "polluted_heavy" if heavy == polluted else "some_heavy" if heavy else "some_polluted"
    return say(f"now.{key}", polluted=polluted, heavy=heavy)


def _facts(tidy: pd.DataFrame) -> list[Fact]:
    counts = tidy["level"].value_counts()
    return [
        Fact(
            say("now.cities_at", level=level, word=say(f"level_short.{level}")),
            str(int(counts[level])),
            level=level,
        )
        for level in LEVELS
        if level in counts
    ] + ([Fact(say("now.cities_missing"), str(int(counts[0])))] if 0 in counts else [])


VIEW = View("now", build)
