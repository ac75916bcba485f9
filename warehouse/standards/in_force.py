"""What holds on a day: rows of a dated fact table, and the standard set."""

from datetime import date
from typing import Any

import pandas as pd

from warehouse.standards.errors import StandardsError
from warehouse.standards.load import load


def rows_on(name: str, day: date) -> list[dict[str, Any]]:
    """Return the rows of a dated fact table that hold on ``day``; an empty cell is None.

    Raises
    ------
    StandardsError
        A fact table is wrong; the message names file and line.
    """
    table, at = load(name), pd.Timestamp(day.year, day.month, day.day)
    held = table[(table["valid_from"] <= at) & (table["valid_to"].isna() | (table["valid_to"] >= at))]
    return [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in held.to_dict("records")]


def set_in_force(day: date) -> str:
    """Return the standard set in force on ``day``, for example ``"2026_transition"``.

    Raises
    ------
    StandardsError
        No set covers that day (before 2013-01-01).
    """
    held = rows_on("standard_set", day)
    if not held:
        first = load("standard_set")["valid_from"].min().date()
        raise StandardsError(
            "standard_set.csv",
            1,
            f"{day} 无适用标准 | no set",
            f"≥ {first}",
            "改用较晚的日期 | use a later day",
        )
    return str(held[0]["standard_set"])
