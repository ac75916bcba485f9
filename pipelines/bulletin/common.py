"""What the bulletins of regions and of cities are gathered from alike: the build, forecasts, targets, the last whole day."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from pipelines.air import periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.periods import Period
from pipelines.air.targets import target_progress_at
from pipelines.air.windows import judged_until
from pipelines.bulletin.read import ask, holds, query
from warehouse.store import rows_of

DAYS_AHEAD = 3
PATIENCE_H = 72
"""A forecast issued longer before the bulletin is not shown [h]."""


def last_whole_day(con: duckdb.DuckDBPyConnection, moment: datetime) -> date | None:
    """Return the last day that was over at a moment and can be told of; None for an empty warehouse."""
    until = judged_until(con, moment)
    over = (moment + timedelta(minutes=1)).date() - timedelta(days=1)
    return None if until is None else min(until, over)


def periods_of(day: date) -> dict[str, Period]:
    """Return what the bulletin of a day judges: the day itself, its month and its year."""
    return {
        "of_day": Period(f"{day}..{day}", day, day),
        "month": periods.month(day.year, day.month),
        "year": periods.year(day.year),
    }


def last_of_month(con: duckdb.DuckDBPyConnection, month: Period, moment: datetime) -> date:
    """Return the last day of a month that can be told of.

    Raises
    ------
    NothingToEvaluateError
        The month has not begun.
    """
    until = last_whole_day(con, moment)
    if until is None or until < month.day_first:
        raise NothingToEvaluateError(
            f"{month.name} 尚无数据，数据截至 {until or '（空）'}"
            f" | no data of {month.name} yet, data end {until or '(empty)'}"
        )
    return min(until, month.day_last)


def about(
    con: duckdb.DuckDBPyConnection, moment: datetime, klass: str, *, set_given: bool, exercise: bool
) -> dict[str, Any]:
    """Tell of the build: class, until when its data go, whether what it says is an exercise."""
    found = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    simulated = str(found.get("simulated", "")).lower() in ("1", "true", "yes")
    return {
        "class": klass,
        "made_at": moment,
        "data_until": found.get("data_until"),
        "simulated": simulated or exercise,
        "set_given": set_given,
    }


def outlook(
    con: duckdb.DuckDBPyConnection, codes: list[str], day: date, now: datetime
) -> dict[str, Any] | None:
    """Forecasts of the three days after a day; None where the build holds none."""
    if not holds(con, "forecast.city_day"):
        return None
    span = {
        "codes": codes,
        "first": day + timedelta(days=1),
        "last": day + timedelta(days=DAYS_AHEAD),
        "now": now,
        "patience": PATIENCE_H,
    }
    con.execute(f"CREATE OR REPLACE TEMP TABLE bulletin_outlook AS {query('outlook')}", span)
    cities = rows_of(con, "FROM bulletin_outlook ORDER BY day, city_code")
    return {"cities": cities, "days": ask(con, "outlook_days")}


def targets(
    con: duckdb.DuckDBPyConnection, codes: list[str], last: date, region: str | None
) -> list[dict[str, Any]]:
    """Air targets of a region and of cities as they stood on a day; temporary tables of evaluations are made anew."""
    if not target_progress_at(con, last):
        return []
    return ask(con, "targets", codes=codes, region=region)
