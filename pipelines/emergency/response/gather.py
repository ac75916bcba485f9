"""Everything the documents of a warning's response are made of, from the published file and the state file."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from dashboards.response.model import Response
from pipelines.emergency.emission_list.versions import version_in_force
from pipelines.emergency.life import store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.notices import KIND_OF_STATE, notice_text, sms_text
from pipelines.emergency.life.records import Record
from pipelines.emergency.response.listed import Listed, listed
from pipelines.emergency.response.remarks import remarks
from pipelines.home import Home
from warehouse.state import reading
from warehouse.store import one_row, rows_of

_PAST = timedelta(days=14)
GIVEN_UP = ("cancelled", "expired", "superseded")
"""States of drafts that nothing is made for."""


def gather(con: duckdb.DuckDBPyConnection, home: Home, warning_id: str, as_of: datetime) -> Response:
    """Collect what the documents of a response need.

    The list is the filed version in force when the response began: at the start of the warning, or at its approval
    where that came later.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The published file; may be read-only.
    home : Home
    warning_id : str
    as_of : datetime
        What counts as now.

    Raises
    ------
    LifeError
        There is no such warning, or a draft that was given up.
    """
    record, events, draft = _warning(home, warning_id)
    start = record.start_at or record.approved_at or as_of
    version = list_of(con, record, as_of)
    used = listed(con, version, record.level, start.date()) if version else None
    title, body = notice_text(record)
    return Response(
        warning=record.describe(),
        notice=KIND_OF_STATE[record.state],
        title=title,
        body=body,
        sms=sms_text(record),
        list_version=used.version if used else None,
        response_day=start.date(),
        made_at=as_of,
        forecast=forecast_days(con, record, draft),
        observed=observed_days(con, record.city_code, as_of),
        events=events,
        notes=tuple(remarks(con, record.city_code, record.level, start.date(), used)),
        simulated=_simulated(con, home, used),
        **_of_list(used),
    )


def list_of(con: duckdb.DuckDBPyConnection, record: Record, as_of: datetime) -> str | None:
    """Give the list version a warning's response uses: filed by its start, or by its approval where that came later."""
    decided = record.approved_at or as_of
    return version_in_force(con, record.city_code, max(record.start_at or decided, decided))


def _of_list(used: Listed | None) -> dict[str, Any]:
    if used is None:
        return {}
    names = ("enterprises", "others", "reductions", "totals")
    return {name: getattr(used, name) for name in names}


def _warning(home: Home, warning_id: str) -> tuple[Record, list[dict[str, Any]], dict[str, Any]]:
    if not home.state.exists():
        raise store.unknown(warning_id)
    with reading(home.state) as con:
        record = store.get(con, warning_id)
        events = [event.describe() for event in store.events(con, warning_id)]
        draft = store.document(con, record.draft_sha256) or {}
    if record.state in GIVEN_UP:
        told = record.describe()
        raise LifeError(
            "given_up",
            f"{warning_id} 为{told['state_zh']}的草稿，不出响应文件",
            f"{warning_id} is a draft that is {told['state_en']}: nothing is made for it",
        )
    return record, events, draft


def _simulated(con: duckdb.DuckDBPyConnection, home: Home, used: Listed | None) -> bool:
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'simulated'"))
    published = bool(row and row[0] == "true")
    return published or home.settings.simulated or bool(used and used.version["simulated"])


def forecast_days(
    con: duckdb.DuckDBPyConnection, record: Record, draft: dict[str, Any]
) -> list[dict[str, Any]]:
    """Give the forecast the warning rests on by natural day: as stored, else from the blocks of its draft."""
    rows = rows_of(
        con,
        "SELECT day, aqi, aqi_low, aqi_high, primary_pollutants FROM forecast.city_day"
        " WHERE city_code = ? AND issued_at = ? AND model = ? ORDER BY day",
        [record.city_code, record.forecast_issued_at, record.model],
    )
    return rows or [_day_of(block) for block in draft.get("blocks") or () if _is_day(block)]


def _is_day(block: dict[str, Any]) -> bool:
    start, end = (datetime.fromisoformat(str(block[name])) for name in ("start", "end"))
    return start.hour == 0 and end - start == timedelta(days=1)


def _day_of(block: dict[str, Any]) -> dict[str, Any]:
    day: date = datetime.fromisoformat(str(block["start"])).date()
    names = ("aqi_low", "aqi_high", "primary_pollutants")
    return {"day": day, "aqi": None} | {name: block.get(name) for name in names}


def observed_days(con: duckdb.DuckDBPyConnection, city_code: str, as_of: datetime) -> list[dict[str, Any]]:
    """Give what was measured in a city over the last fortnight, the day of ``as_of`` included."""
    return rows_of(
        con,
        "SELECT day, aqi, primary_pollutants, state FROM air.city_day WHERE city_code = ? AND day > ? AND day <= ?"
        " ORDER BY day",
        [city_code, (as_of - _PAST).date(), as_of.date()],
    )
