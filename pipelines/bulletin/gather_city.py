"""The data of a city's own bulletin, from one published build: a day, or a month, with its stations and units."""

from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from pipelines.air import periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.periods import Period
from pipelines.air.windows import PARTIAL_MONTH_SHARE
from pipelines.bulletin.common import DAYS_AHEAD, about, last_of_month, outlook, periods_of, targets
from pipelines.bulletin.judged import judged_city
from pipelines.bulletin.read import ask, holds
from warehouse.store import rows_of


def city_day_bulletin(
    con: duckdb.DuckDBPyConnection,
    day: date,
    city: str,
    moment: datetime,
    klass: str,
    *,
    region: str | None = None,
    standard_set: str | None = None,
    exercise: bool = False,
) -> dict[str, Any]:
    """Collect the bulletin of a city on a day.

    Parameters
    ----------
    con, day, moment, klass, standard_set, exercise
        See :func:`pipelines.bulletin.gather.day_bulletin`.
    city : str
        City code.
    region : str, optional
        List to rank it in; default the list in force that holds it.

    Returns
    -------
    dict
        ``kind, about, region, day, places, of_day, month, year, outlook, warnings``; ``region`` is the city as the list
        of one.

    Raises
    ------
    NothingToEvaluateError
        No data of the city on that day.
    """
    places = ask(con, "place_days", city=city, day=day)
    named = _city(con, city)
    if not any(row["place_kind"] == "city" for row in places):
        raise NothingToEvaluateError(
            f"{named['name_zh']} 在 {day} 没有数据 | no data of {named['name_en']} on {day}"
        )
    told = {
        name: judged_city(con, period, city, last_day=day, region=region, standard_set=standard_set)
        for name, period in periods_of(day).items()
    }
    now = min(moment, datetime.combine(day + timedelta(days=1), time(23, 59)))
    span = {"codes": [city], "first": day, "last": day + timedelta(days=DAYS_AHEAD)}
    return {
        "kind": "city_day",
        "about": about(con, moment, klass, set_given=standard_set is not None, exercise=exercise),
        "region": named | {"ranked_in": _list_name(con, told["month"]["area"]["region_id"])},
        "day": day,
        "places": places,
        **told,
        "outlook": outlook(con, [city], day, now),
        "warnings": ask(con, "warnings", **span),
    }


def city_month_bulletin(
    con: duckdb.DuckDBPyConnection,
    month: Period,
    city: str,
    moment: datetime,
    klass: str,
    *,
    region: str | None = None,
    standard_set: str | None = None,
    exercise: bool = False,
) -> dict[str, Any]:
    """Collect the bulletin of a city in a month.

    Parameters
    ----------
    con, moment, klass, standard_set, exercise
        See :func:`pipelines.bulletin.gather.day_bulletin`.
    month : Period
        A calendar month; one that is not over is judged on its elapsed part.
    city, region
        See :func:`city_day_bulletin`.

    Returns
    -------
    dict
        ``kind, about, region, month, year, stations, calendar, targets, coal, warnings``.

    Raises
    ------
    NothingToEvaluateError
        The month has not begun, or there are no data of the city.
    """
    last = last_of_month(con, month, moment)
    how: dict[str, Any] = {"last_day": last, "region": region, "standard_set": standard_set}
    year = judged_city(con, periods.year(month.day_first.year), city, **how)
    of_month = judged_city(con, month, city, **how)
    # The stations are reckoned over the periods that the evaluation of the month left in its temporary tables.
    stations = ask(con, "station_periods", city=city, partial_month_share=PARTIAL_MONTH_SHARE)
    span = {"codes": [city], "first": month.day_first, "last": last, "region": city}
    has_coal = holds(con, "coal.target_check")
    return {
        "kind": "city_month",
        "about": about(con, moment, klass, set_given=standard_set is not None, exercise=exercise),
        "region": _city(con, city) | {"ranked_in": _list_name(con, of_month["area"]["region_id"])},
        "month": of_month,
        "year": year,
        "stations": _by_station(stations),
        "calendar": ask(con, "calendar", **span),
        "coal": ask(con, "coal", year=month.day_first.year, **span) if has_coal else None,
        "warnings": ask(con, "warnings", **span),
        "targets": targets(con, [city], last, None),
    }


def _city(con: duckdb.DuckDBPyConnection, city: str) -> dict[str, Any]:
    """Name a city as a list of one, so that the texts of regions fit it."""
    found = rows_of(
        con, "SELECT city_code, name_zh, name_en, short_zh FROM ref.city WHERE city_code = ?", [city]
    )
    one = found[0] if found else {"city_code": city, "name_zh": city, "name_en": city, "short_zh": city}
    return {
        "region_id": city,
        "name_zh": one["name_zh"],
        "name_en": one["name_en"],
        "clause": None,
        "cities": [one],
    }


def _list_name(con: duckdb.DuckDBPyConnection, region: str | None) -> dict[str, Any] | None:
    found = rows_of(con, "SELECT region_id, name_zh, clause FROM ref.region WHERE region_id = ?", [region])
    return found[0] if found else None


def _by_station(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the items of each station together, those with the most PM2.5 first."""
    made: dict[str, dict[str, Any]] = {}
    for row in rows:
        station = made.setdefault(
            row["station_code"],
            {key: row[key] for key in ("station_code", "name_zh", "counts", "n_days")} | {"items": {}},
        )
        station["items"][row["pollutant"]] = row
    return sorted(made.values(), key=_worst_first)


def _worst_first(station: dict[str, Any]) -> tuple[float, str]:
    item = station["items"].get("PM2.5")
    known = item is not None and item["sufficient"]
    return (-item["value_printed"] if item and known else 1.0, station["station_code"])
