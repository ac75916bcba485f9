"""What the daily brief and the alarm of missing data tell, from the published database."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from dashboards.mail.letters import brief_letter
from dashboards.mail.model import Letter, Picture
from pipelines.status import city_days_on, failed_checks, gaps_until
from warehouse.store import rows_of

GAP_DAYS = 30
"""Gaps are told for so many days back."""

_NAMES = "SELECT city_code, name_zh, name_en FROM ref.city WHERE list_contains($codes, city_code) ORDER BY city_code"

_CUMULATIVE = """
SELECT c.city_code, c.name_zh, c.name_en, d.good_days, d.heavy_days, d.n_valid_days, d.n_days,
    e.value_printed AS pm25_ugm3
FROM ref.city c
LEFT JOIN air.period_days d ON d.area_kind = 'city' AND d.area_code = c.city_code AND d.period = $period
    AND d.standard_set = 'each_day'
LEFT JOIN (
    SELECT area_code, value_printed FROM air.evaluation
    WHERE area_kind = 'city' AND period = $period AND pollutant = 'PM2.5' AND statistic = 'mean'
        AND basis = 'before_dust'
    QUALIFY row_number() OVER (PARTITION BY area_code ORDER BY in_force DESC NULLS LAST, standard_set) = 1
) e ON e.area_code = c.city_code
WHERE list_contains($codes, c.city_code)
ORDER BY pm25_ugm3 DESC NULLS LAST, c.city_code
"""

_EMPTY = dict.fromkeys(
    (
        "aqi", "level", "category_zh", "category_en", "primary_pollutants", "pm25_ugm3", "n_stations",
        "n_stations_expected", "state", "basis",
    )
)  # fmt: skip


def read_brief(con: duckdb.DuckDBPyConnection, day: date) -> dict[str, Any]:
    """Return what the brief of a day tells.

    Returns
    -------
    dict
        ``day``, names of the region, ``cities`` (every member city, those without data too), ``period`` and
        ``cumulative`` of its year, ``gaps`` of the last `GAP_DAYS` days, ``checks`` that failed, ``data_until``,
        ``simulated``.
    """
    found = city_days_on(con, day)
    about = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    period = f"{day:%Y}"
    cumulative = rows_of(con, _CUMULATIVE, {"codes": found["codes"], "period": period})
    return {
        "day": day,
        "name_zh": found["name_zh"],
        "name_en": found["name_en"],
        "cities": _every_city(con, found),
        "period": period,
        "cumulative": cumulative,
        "gaps": _gaps(con, day),
        "checks": failed_checks(con),
        "data_until": about.get("data_until"),
        "simulated": about.get("simulated") == "true",
    }


def brief_of(con: duckdb.DuckDBPyConnection, day: date, *, exercise: bool) -> Letter:
    """Make the brief of a day, with its chart where one can be drawn."""
    brief = read_brief(con, day)
    return brief_letter(brief, exercise=exercise, pictures=_chart(brief, exercise=exercise))


def _chart(brief: dict[str, Any], *, exercise: bool) -> list[Picture]:
    """The AQI by city; the brief is not held up by a font that is missing."""
    try:
        from dashboards.pictures.city_bars import city_bars

        chart = city_bars(str(brief["day"]), brief["name_zh"], brief["cities"], exercise=exercise)
    except (ImportError, RuntimeError, OSError):
        return []
    return [Picture(f"AQI-{brief['day']}.png", chart.png, chart.alt)]


def _every_city(con: duckdb.DuckDBPyConnection, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of all member cities: a city that sent nothing must be seen, too."""
    there = {row["city_code"]: row for row in found["rows"]}
    names = rows_of(con, _NAMES, {"codes": found["codes"]})
    return [*found["rows"], *({**_EMPTY, **n} for n in names if n["city_code"] not in there)]


def _gaps(con: duckdb.DuckDBPyConnection, day: date) -> list[dict[str, Any]]:
    """Gaps of the last days, and the days after the last file, which no file tells of."""
    first = day - timedelta(days=GAP_DAYS - 1)
    gaps = [g for g in gaps_until(con, day) if g["day_last"] >= first]
    row = con.execute("SELECT max((hour_end - INTERVAL 1 HOUR)::DATE) FROM ops.hour_source").fetchone()
    last = row[0] if row else None
    if last is not None and last < day:
        n = (day - last).days
        after = last + timedelta(days=1)
        gaps.append({"day_first": after, "day_last": day, "n_days": n, "n_hours_missing": 24 * n})
    return gaps


def read_missing(con: duckdb.DuckDBPyConnection, moment: datetime) -> dict[str, Any]:
    """Return what is missing of the day before a moment: hours, and cities without an AQI."""
    day = (moment - timedelta(days=1)).date()
    found = city_days_on(con, day)
    about = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    row = con.execute(
        "SELECT count(*) FROM ops.hour_source WHERE (hour_end - INTERVAL 1 HOUR)::DATE = ?", [day]
    ).fetchone()
    return {
        "day": day,
        "n_hours_missing": 24 - min(24, int(row[0]) if row else 0),
        "gaps": _gaps(con, day),
        "cities": _every_city(con, found),
        "data_until": about.get("data_until"),
    }
