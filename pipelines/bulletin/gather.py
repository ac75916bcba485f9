"""The data of a bulletin, from one published build: a day, or a month."""

from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from pipelines.air import periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.periods import Period
from pipelines.air.regions import members, region_list
from pipelines.bulletin.common import DAYS_AHEAD, about, last_of_month, outlook, periods_of, targets
from pipelines.bulletin.judged import judged
from pipelines.bulletin.read import ask, holds
from warehouse.store import rows_of


def day_bulletin(
    con: duckdb.DuckDBPyConnection,
    day: date,
    region: str,
    moment: datetime,
    klass: str,
    *,
    standard_set: str | None = None,
    exercise: bool = False,
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
    exercise : bool
        Mark it as an exercise also where the data themselves are measured: a replay.

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
    told = {
        name: judged(con, period, code, last_day=day, standard_set=standard_set)
        for name, period in periods_of(day).items()
    }
    now = min(moment, datetime.combine(day + timedelta(days=1), time(23, 59)))
    return {
        "kind": "day",
        "about": about(con, moment, klass, set_given=standard_set is not None, exercise=exercise),
        "region": _region(con, code, codes, day),
        "day": day,
        "cities": cities,
        "region_day": next(iter(ask(con, "region_day", **values)), None),
        **told,
        "outlook": outlook(con, codes, day, now),
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
    exercise: bool = False,
) -> dict[str, Any]:
    """Collect the bulletin of a month.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The published build of ``klass``; read only.
    month : Period
        A calendar month; one that is not over is judged on its elapsed part.
    region, moment, klass, standard_set, exercise
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
    last = last_of_month(con, month, moment)
    code = region_list(con, region, month.day_last)
    codes = members(con, code, month.day_last)
    of_month = judged(con, month, code, last_day=last, standard_set=standard_set)
    year = judged(con, periods.year(month.day_first.year), code, last_day=last, standard_set=standard_set)
    span = {"codes": codes, "first": month.day_first, "last": last, "region": code}
    has_coal = holds(con, "coal.target_check")
    return {
        "kind": "month",
        "about": about(con, moment, klass, set_given=standard_set is not None, exercise=exercise),
        "region": _region(con, code, codes, month.day_last),
        "month": of_month,
        "year": year,
        "calendar": ask(con, "calendar", **span),
        "coal": ask(con, "coal", year=month.day_first.year, **span) if has_coal else None,
        "warnings": ask(con, "warnings", **span),
        "targets": targets(con, codes, last, code),
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
