"""Which bulletin is asked for: of a region or of a city, of a day or of a month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.periods import Period
from pipelines.air.regions import region_list
from pipelines.areas import area_code
from pipelines.bulletin.common import about, last_whole_day
from pipelines.bulletin.gather import day_bulletin, month_bulletin
from pipelines.bulletin.gather_city import city_day_bulletin, city_month_bulletin
from warehouse.store import rows_of

LATEST = "latest"
REGION = "fenwei"


@dataclass(frozen=True)
class Asked:
    """A bulletin that is asked for.

    Attributes
    ----------
    day : date or str or None
        `LATEST` for the last whole day; None where a month is asked for.
    month : Period or None
    region : str or None
        Name or code; for a city the list to rank it in. Default: `REGION`, or the list in force that holds the city.
    city : str or None
        Name or code; None for the bulletin of the region.
    standard_set : str or None
        Default: the set in force at the end.
    """

    day: date | str | None = None
    month: Period | None = None
    region: str | None = None
    city: str | None = None
    standard_set: str | None = None


def outlined(
    con: duckdb.DuckDBPyConnection, asked: Asked, klass: str, *, exercise: bool = False
) -> dict[str, Any]:
    """Give of a bulletin what its files and its letter are named by, without its data.

    Parameters
    ----------
    con, klass, exercise
        See :func:`gathered`.
    asked : Asked
        With a day, or a month.
    """
    span: dict[str, Any]
    if asked.month is not None:
        last, what = asked.month.day_last, "month"
        span = {"month": {"period": {"name": asked.month.name}}}
    else:
        last, what = date.fromisoformat(str(asked.day)), "day"
        span = {"day": last}
    if asked.city is None:
        code = region_list(con, area_code(con, "region", asked.region or REGION), last)
        sql, kind = "SELECT region_id, name_zh FROM ref.region WHERE region_id = ?", what
    else:
        code = area_code(con, "city", asked.city)
        sql, kind = "SELECT city_code AS region_id, name_zh FROM ref.city WHERE city_code = ?", f"city_{what}"
    return {
        "kind": kind,
        "about": about(con, datetime.min, klass, set_given=False, exercise=exercise),
        "region": rows_of(con, sql, [code])[0],
    } | span


def gathered(
    con: duckdb.DuckDBPyConnection, asked: Asked, moment: datetime, klass: str, *, exercise: bool = False
) -> dict[str, Any]:
    """Collect the data of the bulletin that is asked for; see `pipelines.bulletin.gather`.

    Raises
    ------
    NothingToEvaluateError
        There are no data of it, or not yet.
    UnknownAreaError
        No such region or city.
    """
    how: dict[str, Any] = {"standard_set": asked.standard_set, "exercise": exercise}
    of_day: Callable[..., dict[str, Any]] = day_bulletin
    of_month: Callable[..., dict[str, Any]] = month_bulletin
    if asked.city is None:
        area = area_code(con, "region", asked.region or REGION)
    else:
        area = area_code(con, "city", asked.city)
        of_day, of_month = city_day_bulletin, city_month_bulletin
        how["region"] = area_code(con, "region", asked.region) if asked.region else None
    if asked.month is not None:
        return of_month(con, asked.month, area, moment, klass, **how)
    return of_day(con, _day(con, asked.day, moment), area, moment, klass, **how)


def _day(con: duckdb.DuckDBPyConnection, asked: date | str | None, moment: datetime) -> date:
    last = last_whole_day(con, moment)
    day = last if asked == LATEST else asked
    if not isinstance(day, date) or last is None or day > last:
        raise NothingToEvaluateError(
            f"{day or '最近一日'} 尚无完整数据，数据截至 {last or '（空）'}"
            f" | no whole day of data on {day or 'the latest day'}, data end {last or '(empty)'}"
        )
    return day
