"""What was measured around a warning, in the form the rule takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import duckdb

from pipelines.emergency.life.checks import moment_of
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.hours import read_hours

BEFORE, AFTER = timedelta(hours=24), timedelta(hours=48)
"""Observations looked at before the warning and after it; the later ones show whether the pollution had ended."""
_HOURS = """
SELECT hour_end, pm25_ugm3, pm10_ugm3 FROM air.city_hour
WHERE city_code = ? AND hour_end > ? AND hour_end <= ? ORDER BY hour_end
"""
Hour = tuple[datetime, float | None, float | None]


def window_of(record: Record, draft_made: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Give the time a review looks at: warning and proposed window, with what lies before and after."""
    if record.approved_at is None:
        raise LifeError(
            "not_approved", "未经批准的草稿无从评估", "a draft nobody approved has nothing to review"
        )
    starts = [m for m in (record.start_at, record.response_at, moment_of(draft_made["final_start"])) if m]
    ends = [m for m in (record.end_at, record.lifted_at, moment_of(draft_made["final_end"])) if m]
    first, last = min(starts), max(ends or starts)
    return _midnight(first - BEFORE), _midnight(last + AFTER + timedelta(days=1, microseconds=-1))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def observed_hours(
    con: duckdb.DuckDBPyConnection, code: str, window: tuple[datetime, datetime]
) -> list[Hour]:
    """Read what was measured in a city from the published database."""
    return con.execute(_HOURS, [code, *window]).fetchall()


def observations(code: str, hours: Sequence[Hour], issued_at: datetime) -> CityForecast | None:
    """Make a perfect forecast out of observations, the way every file of hours is read.

    Parameters
    ----------
    code : str
    hours : sequence of (hour_end, PM2.5, PM10) [µg/m³]
    issued_at : datetime

    Returns
    -------
    CityForecast or None
        None where nothing was measured.
    """
    if all(fine is None for _, fine, _ in hours):
        return None
    lines = ["city_code,hour_end,pm25_ugm3,pm10_ugm3"]
    for end, fine, coarse in hours:
        values = ["" if v is None else repr(v) for v in (fine, coarse)]
        lines.append(f"{code},{end:%Y-%m-%d %H:%M},{values[0]},{values[1]}")
    made, _ = read_hours(("\n".join(lines) + "\n").encode(), issued_at)
    return made[0] if made else None
