"""What the parts of the view Emergency share: columns, names, and warnings with the names of their cities."""

from typing import Any

import pandas as pd

from dashboards.site.chart import columns_of
from dashboards.site.frames import Row, records, with_columns
from dashboards.site.words import Text, both, say

LIVE = ("approved", "started", "upgraded", "downgraded", "extended", "suspended", "resumed")
"""States of warnings in force."""
GIVEN_UP = ("expired", "cancelled", "superseded")
"""States of drafts that came to nothing."""
LEVELS = ("yellow", "orange", "red")


column = columns_of("emergency.col")


def named(frame: pd.DataFrame, names: dict[str, Text]) -> pd.DataFrame:
    """Add the name of the city, or its code where there is none."""
    cities = [names.get(str(code)) or both(code) for code in frame["city_code"]]
    return with_columns(frame, city=pd.Series(cities, index=frame.index, dtype=object))


def part_name(part: object, known: dict[str, Text] | None = None, english: Any = None) -> Text:
    """Name of an industry, county or kind of source; ``~`` begins what the system itself calls so."""
    text = str(part)
    if text.startswith("~"):
        return say(f"emergency.part.{text[1:]}") if text[1:] in ("other", "none", "all") else both(text)
    return (known or {}).get(text) or both(text, None if pd.isna(english) else english, limit=40)


def mark_of(kind: object) -> Text:
    """The mark of an exercise; a real warning has none."""
    return say("emergency.mark.drill") if kind == "drill" else {"zh": "", "en": ""}


def label_of(warning: Row) -> Text:
    """What a warning is chosen by: city, level, first day, state."""
    start: Any = warning["start_at"] if pd.notna(warning["start_at"]) else warning["decided_at"]
    return say(
        "emergency.warning_label",
        mark=mark_of(warning["kind"]),
        city=warning["city"],
        level=say(f"ui.warning.{warning['level']}"),
        day="—" if pd.isna(start) else f"{pd.Timestamp(start):%Y-%m-%d}",
        state=say(f"warning_state.{warning['state']}"),
    )


def moment(value: Any) -> str:
    """Write a moment to the minute; what is missing is a dash."""
    return "—" if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d %H:%M}"


def some(frame: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """Rows in which columns have certain values."""
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame.reset_index(drop=True)


def first_row(frame: pd.DataFrame) -> Row | None:
    """First row of a frame, if there is one."""
    return records(frame.head(1))[0] if len(frame) else None
