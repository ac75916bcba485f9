"""Emergency, a city: why this level, and who has answered."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Chart, Variant
from dashboards.site.figures import emergency_blocks, emergency_sums
from dashboards.site.frames import Row, records, with_columns
from dashboards.site.view import Fact, Payload
from dashboards.site.views.emergency_parts import column, label_of, moment, part_name, some
from dashboards.site.words import Text, both, say

MOST = 6
"""Warnings of a city that can be looked at; older ones are in the table of their year."""
_BLOCK = (
    column("start_at"),
    column("end_at"),
    column("status", "words", words="block_status"),
    column("reason", "words", words="block_reason"),
    column("block_basis", "words", words="block_basis"),
    column("index_low", "number", 0),
    column("index_high", "aqi"),
    column("index_if_counted", "aqi"),
    column("pm25_low_ugm3", "number", 0),
    column("pm25_high_ugm3", "number", 0),
    column("primary_pollutants"),
    column("n_hours", "number", 0),
    column("standard_set", "words", words="set"),
)
_READING = (
    column("reading", "words", words="reading"),
    column("level", "warning"),
)
_ANSWER = (
    column("name"),
    column("n_expected", "number", 0),
    column("n_in_time", "number", 0),
    column("n_late", "number", 0),
    column("n_waiting", "number", 0),
    column("n_missing", "number", 0),
    column("n_done", "number", 0),
    column("n_partial", "number", 0),
    column("n_unable", "number", 0),
)
_BESIDE = ("own", "natural_day", "strict", "low")
"""Readings that stand beside each other as figures."""


def of_level(key: str, warnings: list[Row], frames: dict[str, pd.DataFrame]) -> Payload:
    """Make the part about the level of the warnings of a city, the newest first."""
    shown = warnings[:MOST]
    if not shown:
        return Payload(key, (), (), (say("emergency.no_warning_here"),))
    readings = frames["reading"]
    newest = shown[0]
    facts = _level_facts(newest, some(readings, warning_id=newest["warning_id"]))
    notes = [label_of(newest), *_notes(newest, some(frames["basis"], warning_id=newest["warning_id"]))]
    return Payload(key, [_blocks(shown, frames["block"]), _readings(shown, readings)], facts, notes)


def _blocks(shown: list[Row], blocks: pd.DataFrame) -> Chart:
    variants = []
    for warning in shown:
        own = some(blocks, warning_id=warning["warning_id"])
        own = with_columns(own, block_basis=[_BASIS.get(str(b)) for b in own["basis"]])
        wide, phone, tidy = emergency_blocks.figure(own)
        variants.append(Variant(label_of(warning), wide, tidy, phone))
    return Chart(
        "blocks",
        say("emergency.blocks_title"),
        say("emergency.blocks_caption"),
        None,
        variants[0].table,
        _BLOCK,
        variants=variants,
    )


_BASIS = {"IAQI(PM2.5)": "iaqi", "AQI": "aqi"}


def _readings(shown: list[Row], readings: pd.DataFrame) -> Chart:
    variants = []
    for warning in shown:
        own = some(readings, warning_id=warning["warning_id"])
        order = [_READINGS.index(r) if r in _READINGS else len(_READINGS) for r in own["reading"]]
        ordered = own.iloc[sorted(range(len(own)), key=order.__getitem__)].reset_index(drop=True)
        variants.append(Variant(label_of(warning), None, ordered))
    return Chart(
        "readings",
        say("emergency.readings_title"),
        say("emergency.readings_caption"),
        None,
        variants[0].table,
        _READING,
        variants=variants,
        open=True,
    )


_READINGS = (
    *("own", "natural_day", "strict", "natural_day_strict", "low", "all_counted"),
    *("unknown_left_out", "bridged", "final"),
)


def _level_facts(warning: Row, readings: pd.DataFrame) -> list[Fact]:
    known = {str(r["reading"]): str(r["level"]) for r in records(readings)}
    facts = [
        Fact(
            say("emergency.decided"),
            say(f"ui.warning.{warning['level']}"),
            say(f"warning_state.{warning['state']}"),
            warning=str(warning["level"]),
        )
    ]
    return facts + [
        Fact(say(f"reading.{name}"), say(f"ui.warning.{known[name]}"), warning=known[name])
        for name in _BESIDE
        if name in known
    ]


def _notes(warning: Row, basis: pd.DataFrame) -> list[Text]:
    notes: list[Text] = []
    for row in records(basis):
        notes.append(
            say(
                "emergency.drafted_from",
                model=say(f"model.{row['model']}") if row["model"] == "bulletin" else row["model"],
                issued=moment(row["forecast_issued_at"]),
                profile=both(row["profile"])
                if pd.isna(row["profile_zh"])
                else both(row["profile_zh"], row["profile_en"]),
                drafted=moment(row["drafted_at"]),
                by=say(f"level_basis.{row['basis']}"),
            )
        )
        if row["profile_verified"] is not True:
            notes.append(say("emergency.profile_unverified"))
        if row["level_rule"] != warning["level"]:
            notes.append(say("emergency.differs_from_rule", rule=say(f"ui.warning.{row['level_rule']}")))
    return notes


def of_answers(key: str, warnings: list[Row], answers: pd.DataFrame) -> Payload:
    """Make the part about receipts of the warnings of a city."""
    shown = [w for w in warnings if (answers["warning_id"] == w["warning_id"]).any()][:MOST]
    if not shown:
        return Payload(key, (), (), (say("emergency.no_answers"),))
    variants = []
    for warning in shown:
        own = some(answers, warning_id=warning["warning_id"], sender_kind="enterprise")
        own = own[own["part"] != "~all"].reset_index(drop=True)
        own = with_columns(own, name=pd.Series([part_name(p) for p in own["part"]], dtype=object))
        drawn, tidy = emergency_sums.answers(own)
        variants.append(Variant(label_of(warning), drawn, tidy))
    chart = Chart(
        "answers",
        say("emergency.answers_title"),
        say("emergency.answers_caption"),
        None,
        variants[0].table,
        _ANSWER,
        variants=variants,
    )
    newest = some(answers, warning_id=shown[0]["warning_id"], part="~all")
    facts = [fact for row in records(newest) for fact in _answer_facts(row)]
    return Payload(key, (chart,), facts, (label_of(shown[0]),))


def _answer_facts(row: dict[str, Any]) -> list[Fact]:
    answered = int(row["n_in_time"]) + int(row["n_late"])
    return [
        Fact(
            say(f"emergency.answered_{row['sender_kind']}"),
            f"{answered} / {int(row['n_expected'])}",
            say("emergency.due", due=moment(row["due_at"]), n=int(row["n_missing"])),
        ),
        Fact(
            say(f"emergency.carried_out_{row['sender_kind']}"),
            str(int(row["n_done"])),
            say("emergency.carried_out_note", partial=int(row["n_partial"]), unable=int(row["n_unable"])),
        ),
    ]
