"""Emergency, warnings: those in force and the drafts that wait, and the past of a year on a time line."""

from datetime import datetime, timedelta

import pandas as pd

from dashboards.site.chart import Chart, Column
from dashboards.site.figures import emergency_states
from dashboards.site.frames import Row, records, with_columns
from dashboards.site.view import Fact, Payload
from dashboards.site.views.emergency_parts import GIVEN_UP, LIVE, column, mark_of, moment
from dashboards.site.words import Text, say

BACK = timedelta(days=10)
"""How far back the time line of warnings in force looks."""
MOST = 100
"""Drafts given up that are listed."""
_COLUMNS = (
    column("city"),
    column("kind", "words", words="warning_kind"),
    column("level", "warning"),
    column("state", "words", words="warning_state"),
    column("start_at"),
    column("end_at"),
    column("approved_at"),
    column("response_at"),
    column("lifted_at"),
    column("document_no"),
    column("issuing_body"),
    column("warning_id"),
)
_DRAFT = tuple(
    c for c in _COLUMNS if c.name in ("city", "kind", "level", "state", "start_at", "end_at", "warning_id")
)


def of_now(warnings: pd.DataFrame, stages: pd.DataFrame, now: datetime, key: str) -> Payload:
    """Make the part about warnings in force and drafts that wait."""
    live = warnings[warnings["state"].isin(LIVE)]
    drafts = warnings[warnings["state"] == "draft"]
    charts = []
    if len(live) or len(drafts):
        shown = pd.concat([live, drafts], ignore_index=True)
        charts = [_line(shown, stages, now)]
        charts += [
            _table(name, rows, columns)
            for name, rows, columns in (("current", live, _COLUMNS), ("drafts", drafts, _DRAFT))
            if len(rows)
        ]
    notes = [] if len(live) else [say("emergency.quiet", as_of=moment(now))]
    if len(drafts):
        notes.append(say("emergency.drafts_wait", n=len(drafts)))
    return Payload(key, charts, [_card(w) for w in records(live)], notes)


def _card(warning: Row) -> Fact:
    ends = warning["end_at"]
    return Fact(
        say("emergency.card", mark=mark_of(warning["kind"]), city=warning["city"]),
        say(f"ui.warning.{warning['level']}"),
        say(
            "emergency.card_note",
            state=say(f"warning_state.{warning['state']}"),
            start=moment(warning["start_at"]),
            end=say("emergency.open_end") if pd.isna(ends) else moment(ends),
        ),
        warning=str(warning["level"]),
    )


def _line(shown: pd.DataFrame, stages: pd.DataFrame, now: datetime) -> Chart:
    shown = _marked(shown)
    tidy = emergency_states.segments(stages, shown, now)
    ends = [pd.Timestamp(now), *(pd.Timestamp(v) for v in shown["end_at"].dropna())]
    starts = [pd.Timestamp(v) for v in tidy["from_at"]]
    first = max(min([*starts, pd.Timestamp(now)]), pd.Timestamp(now - BACK))
    last = max(ends)
    room = max((last - first) * 0.12, pd.Timedelta(hours=6))
    span = (f"{first - room / 3:%Y-%m-%d %H:%M}", f"{last + room:%Y-%m-%d %H:%M}")
    wide, phone = emergency_states.figure(tidy, _order(shown), span, now, long=False)
    return Chart(
        "states",
        say("emergency.states_title"),
        say("emergency.states_caption", now=moment(now)),
        wide,
        tidy,
        _STAGE,
        phone=phone,
    )


_STAGE = (
    column("city"),
    column("level", "warning"),
    column("state", "words", words="warning_state"),
    column("from_at"),
    column("to_at"),
    column("warning_id"),
)


def _marked(shown: pd.DataFrame) -> pd.DataFrame:
    """Name the row of each warning: exercises of a city stand apart from what is real there."""
    rows = [say("emergency.row", mark=mark_of(w["kind"]), city=w["city"]) for w in records(shown)]
    return with_columns(shown, city=pd.Series(rows, index=shown.index, dtype=object))


def _order(shown: pd.DataFrame) -> list[Text]:
    """Rows, each once, those whose warnings come first on top."""
    found: dict[tuple[str, bool], Text] = {}
    for row in records(shown):
        found.setdefault((str(row["city_code"]), row["kind"] == "drill"), row["city"])
    return list(found.values())


def _table(name: str, rows: pd.DataFrame, columns: tuple[Column, ...]) -> Chart:
    return Chart(
        name,
        say(f"emergency.{name}_title", n=len(rows)),
        say(f"emergency.{name}_caption", most=MOST),
        None,
        rows,
        columns,
    )


def year_of(warning: Row) -> int | None:
    """Year a warning belongs to: that of its start, else of its last decision."""
    for name in ("start_at", "approved_at", "decided_at"):
        if pd.notna(warning[name]):
            return int(pd.Timestamp(warning[name]).year)
    return None


def of_year(warnings: pd.DataFrame, stages: pd.DataFrame, year: int, now: datetime, key: str) -> Payload:
    """Make the part about a year: approved warnings on a time line and in a table, drafts that came to nothing.

    Parameters
    ----------
    warnings : DataFrame
        Those of the year, the newest first.
    """
    approved = warnings[warnings["approved_at"].notna()].reset_index(drop=True)
    given_up = warnings[warnings["state"].isin(GIVEN_UP)].reset_index(drop=True)
    facts = [
        Fact(say("emergency.n_approved"), str(len(approved))),
        Fact(say("emergency.n_lifted"), str(int(approved["lifted_at"].notna().sum()))),
    ]
    charts = []
    if len(approved):
        marked = _marked(approved)
        tidy = emergency_states.segments(stages, marked, now)
        tidy = tidy[tidy["state"] != "draft"].reset_index(drop=True)
        order = _order(marked.sort_values("city_code", kind="stable"))
        span = (f"{year - 1}-12-25", f"{year + 1}-01-20")
        wide, phone = emergency_states.figure(tidy, order, span, now, long=True)
        charts = [
            Chart(
                "past-states",
                say("emergency.year_title", year=year),
                say("emergency.year_caption"),
                wide,
                tidy,
                _STAGE,
                phone=phone,
            ),
            _table("past", approved, _COLUMNS),
        ]
    if len(given_up):
        charts.append(_table("given_up", given_up.head(MOST), _DRAFT))
        facts.append(Fact(say("emergency.n_given_up"), str(len(given_up))))
    return Payload(key, charts, facts, () if len(approved) else (say("emergency.no_warning", year=year),))
