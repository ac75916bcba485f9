"""The data of a bulletin, from one published build: a day, or a month."""

from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from pipelines.air import periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.periods import Period
from pipelines.air.regions import members, region_list
from pipelines.air.windows import judged_until
from pipelines.bulletin.judged import judged
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


def day_bulletin(
    con: duckdb.DuckDBPyConnection,
    day: date,
    region: str,
    moment: datetime,
    klass: str,
    *,
    standard_set: str | None = None,
) -> dict[str, Any]:
    """Collect the bulletin of a day.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The published build of ``klass``; read only.
    day : date
        The day told of.
    region : str
        ``region_id`` or a family of lists (``fenwei``: the list in force that day).
    moment : datetime
        Now, Beijing time: forecasts issued later do not exist yet.
    klass : str
        Class of the build, told in the bulletin.
    standard_set : str, optional
        Default: the sets in force on the last days of day, month and year.

    Returns
    -------
    dict
        ``kind, about, region, day, cities, region_day, of_day, month, year, outlook, warnings``.

    Raises
    ------
    NothingToEvaluateError
        No data of the region on that day.
    """
    code = region_list(con, region, day)
    codes = members(con, code, day)
    values = {"codes": codes, "day": day, "region": code}
    cities = ask(con, "city_day", **values)
    if all(row["state"] is None for row in cities):
        raise NothingToEvaluateError(
            f"{day} {code} 没有任何城市的数据 | no data of any city of {code} on {day}"
        )
    parts = {
        "of_day": Period(f"{day}..{day}", day, day),
        "month": periods.month(day.year, day.month),
        "year": periods.year(day.year),
    }
    told = {
        name: judged(con, period, code, last_day=day, standard_set=standard_set)
        for name, period in parts.items()
    }
    now = min(moment, datetime.combine(day + timedelta(days=1), time(23, 59)))
    return {
        "kind": "day",
        "about": _about(con, moment, klass, standard_set is not None),
        "region": _region(con, code, codes, day),
        "day": day,
        "cities": cities,
        "region_day": next(iter(ask(con, "region_day", **values)), None),
        **told,
        "outlook": _outlook(con, codes, day, now),
        "warnings": ask(con, "warnings", codes=codes, first=day, last=day + timedelta(days=DAYS_AHEAD)),
    }


def month_bulletin(
    con: duckdb.DuckDBPyConnection,
    month: Period,
    region: str,
    moment: datetime,
    klass: str,
    *,
    standard_set: str | None = None,
) -> dict[str, Any]:
    """Collect the bulletin of a month.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The published build of ``klass``; read only.
    month : Period
        A calendar month; one that is not over is judged on its elapsed part.
    region, moment, klass, standard_set
        See :func:`day_bulletin`.

    Returns
    -------
    dict
        ``kind, about, region, month, year, calendar, targets, coal, warnings``; ``year`` is the year up to the end of
        the month; ``coal`` is None where the build does not hold it.

    Raises
    ------
    NothingToEvaluateError
        The month has not begun, or there are no data of the region.
    """
    until = last_whole_day(con, moment)
    if until is None or until < month.day_first:
        raise NothingToEvaluateError(
            f"{month.name} 尚无数据，数据截至 {until or '（空）'}"
            f" | no data of {month.name} yet, data end {until or '(empty)'}"
        )
    last = min(until, month.day_last)
    code = region_list(con, region, month.day_last)
    codes = members(con, code, month.day_last)
    of_month = judged(con, month, code, last_day=last, standard_set=standard_set)
    year = judged(con, periods.year(month.day_first.year), code, last_day=last, standard_set=standard_set)
    span = {"codes": codes, "first": month.day_first, "last": last, "region": code}
    has_coal = holds(con, "coal.target_check")
    return {
        "kind": "month",
        "about": _about(con, moment, klass, standard_set is not None),
        "region": _region(con, code, codes, month.day_last),
        "month": of_month,
        "year": year,
        "calendar": ask(con, "calendar", **span),
        "targets": ask(con, "targets", **span),
        "coal": ask(con, "coal", year=month.day_first.year, **span) if has_coal else None,
        "warnings": ask(con, "warnings", **span),
    }


def _about(con: duckdb.DuckDBPyConnection, moment: datetime, klass: str, set_given: bool) -> dict[str, Any]:
    found = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    return {
        "class": klass,
        "made_at": moment,
        "data_until": found.get("data_until"),
        "simulated": str(found.get("simulated", "")).lower() in ("1", "true", "yes"),
        "set_given": set_given,
    }


def _region(con: duckdb.DuckDBPyConnection, code: str, codes: list[str], day: date) -> dict[str, Any]:
    sql = (
        "SELECT region_id, name_zh, name_en, valid_from, valid_to, clause FROM ref.region WHERE region_id = ?"
    )
    names = rows_of(
        con,
        "SELECT m.city_code, coalesce(c.name_zh, m.city_code) AS name_zh, c.short_zh"
        " FROM (SELECT unnest(?::VARCHAR[]) AS city_code) m LEFT JOIN ref.city c USING (city_code) ORDER BY m.city_code",
        [codes],
    )
    found = rows_of(con, sql, [code])[0]
    in_force = found["valid_from"] <= day and (found["valid_to"] is None or day <= found["valid_to"])
    return found | {"cities": names, "in_force": in_force}


def _outlook(
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
