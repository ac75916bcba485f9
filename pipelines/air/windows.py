"""把要评价的时段放入临时表 | the periods asked for, as temporary tables that the models read.

Temporary tables live outside the warehouse file, so this works on a connection that may only read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import duckdb

from pipelines.air.periods import Period, part_until, previous_year, year_before
from warehouse.store import model_sql, one_row

PARTIAL_MONTH_SHARE = 0.9
"""A month only partly in a period needs values on this share of its days (project convention)."""

_DAY_UNDER_SET = """
CREATE OR REPLACE TEMP TABLE day_under_set (
    area_kind VARCHAR, area_code VARCHAR, day DATE, standard_set VARCHAR, aqi SMALLINT, primary_pollutants VARCHAR
)
"""

_ANY_OTHER_SET = """
SELECT count(*) FROM (
    SELECT DISTINCT day, standard_set FROM air.city_day UNION SELECT DISTINCT day, standard_set FROM air.unit_day
) d JOIN asked_period p ON d.day BETWEEN p.day_first AND p.day_until AND d.standard_set <> p.standard_set
"""

_VALUE_COLUMNS = "pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, co_mgm3"


@dataclass(frozen=True)
class Asked:
    """One period to judge.

    Attributes
    ----------
    period : str
        Key of the result rows.
    day_first, day_last, day_until : date
        The period, and the last day of its part that is judged.
    before_first, before_until : date
        The same part of the year before.
    list_day, set_day : date
        Days whose region list and standard set hold: the period's last day, or that of the period it is
        compared with.
    """

    period: str
    day_first: date
    day_last: date
    day_until: date
    before_first: date
    before_until: date
    list_day: date
    set_day: date

    def as_part(self, period: str, day_first: date, day_until: date) -> Asked:
        """Return another run of days, to be judged by this period's own list and standard set."""
        return replace(self, period=period, day_first=day_first, day_last=day_until, day_until=day_until)

    def as_year_before(self, period: str) -> Asked:
        """Return the same part of the year before, judged by this period's own list and standard set."""
        return self.as_part(period, self.before_first, self.before_until)


def last_day_of_data(con: duckdb.DuckDBPyConnection) -> date | None:
    """Return the last day on which any city has a daily value; None for an empty warehouse."""
    row = one_row(
        con.execute(f"SELECT max(day) FROM air.city_day WHERE coalesce({_VALUE_COLUMNS}) IS NOT NULL")
    )
    return row[0] if row else None


def judged_until(con: duckdb.DuckDBPyConnection, as_of: datetime) -> date | None:
    """Day up to which periods are judged: the last whole day of the clock, or of the data where they reach further.

    Days for which nothing arrived count as missing; None for an empty warehouse.
    """
    last = last_day_of_data(con)
    return None if last is None else max(last, as_of.date() - timedelta(days=1))


def asked(period: Period, last_day: date) -> Asked | None:
    """Return what to judge of a period when data reach ``last_day``; None when it has not begun."""
    part = part_until(period, last_day)
    if part is None:
        return None
    before = previous_year(period)
    until = before.day_last if part.day_last == period.day_last else year_before(part.day_last)
    return Asked(
        period.name, period.day_first, period.day_last, part.day_last,
        before.day_first, until, period.day_last, period.day_last,
    )  # fmt: skip


_ASKED = """
CREATE OR REPLACE TEMP TABLE asked_period AS
WITH given AS (SELECT unnest($rows, recursive := true))
SELECT g.*, coalesce(
    $standard_set,
    (SELECT arg_max(standard_set, valid_from) FROM ref.standard_set s WHERE s.valid_from <= g.set_day),
    (SELECT arg_min(standard_set, valid_from) FROM ref.standard_set)
) AS standard_set
FROM given g
"""

_WINDOWS = """
CREATE OR REPLACE TEMP TABLE asked_window AS
WITH wanted AS (
    SELECT day_first, day_until, standard_set FROM asked_period
    UNION
    SELECT before_first, before_until, standard_set FROM asked_period WHERE $with_year_before
)
SELECT row_number() OVER (ORDER BY day_first, day_until, standard_set)::INTEGER AS window_id, *,
    day_first = date_trunc('year', day_first)::DATE
        AND day_until = (date_trunc('year', day_first) + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE AS year_rule
FROM wanted
"""

_NUMBERED = """
CREATE OR REPLACE TEMP TABLE asked_period AS
SELECT p.*, n.window_id, b.window_id AS window_before
FROM asked_period p
JOIN asked_window n
    ON n.day_first = p.day_first AND n.day_until = p.day_until AND n.standard_set = p.standard_set
LEFT JOIN asked_window b
    ON b.day_first = p.before_first AND b.day_until = p.before_until AND b.standard_set = p.standard_set
"""


def prepare(
    con: duckdb.DuckDBPyConnection,
    periods: Iterable[Asked],
    *,
    standard_set: str | None = None,
    area_codes: Sequence[str] | None = None,
    with_year_before: bool = True,
) -> None:
    """Fill the temporary tables that the models read.

    They are ``asked_period``, ``asked_window``, ``window_value``, ``day_under_set`` and ``period_count``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    periods : iterable of Asked
        At least one; names are unique.
    standard_set : str, optional
        Default: the set in force on each period's last day.
    area_codes : sequence of str, optional
        Only these cities and units.
    with_year_before : bool
        Also value the same part of the year before, which the ranking's change needs.
    """
    rows = [vars(p) for p in periods]
    con.execute(_ASKED, {"rows": rows, "standard_set": standard_set})
    con.execute(_WINDOWS, {"with_year_before": with_year_before})
    con.execute(_NUMBERED)
    areas = None if area_codes is None else list(area_codes)
    share = {"partial_month_share": PARTIAL_MONTH_SHARE, "area_codes": areas}
    con.execute(f"CREATE OR REPLACE TEMP TABLE window_value AS {model_sql('window_value')}", share)
    con.execute(_DAY_UNDER_SET)
    if any(row[0] for row in con.execute(_ANY_OTHER_SET).fetchall()):
        con.execute(f"INSERT INTO day_under_set BY NAME {model_sql('day_under_set')}", {"area_codes": areas})
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE period_count AS {model_sql('period_days')}", {"area_codes": areas}
    )
