"""Judge what changed: region days, evaluation, ranking, episodes, targets and monitoring, each only where inputs differ."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

import duckdb

from pipelines.air.city_days import CITY_DAY, drop_period, keep_period, month_bounds, stored_periods
from pipelines.air.episodes import rebuild_episodes
from pipelines.air.evaluation import rebuild_periods
from pipelines.air.monitoring import rebuild_monitoring
from pipelines.air.pending import STATION_TABLES
from pipelines.air.periods import Period, periods_touching, previous_year
from pipelines.air.regions import rebuild_region_day
from pipelines.air.targets import rebuild_target_decomposition, rebuild_target_progress
from pipelines.air.windows import judged_until
from warehouse.store import one_row, transaction

REGION_DAY = "air.region_day"
EVALUATION = "air.evaluation"
MONITORING = "air.monitoring_month"
TARGETS = "air.target_progress"
EPISODES = "air.episode"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _months(period: Period) -> list[str]:
    months, day = [], period.day_first.replace(day=1)
    while day <= period.day_last:
        months.append(f"{day.year:04d}-{day.month:02d}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return months


def rebuild_region_days(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Region days of the months whose city days changed."""
    wanted, stored = stored_periods(con, CITY_DAY), stored_periods(con, REGION_DAY)
    for month in sorted(stored.keys() - wanted.keys()):
        with transaction(con):
            con.execute("DELETE FROM air.region_day WHERE day BETWEEN ? AND ?", list(month_bounds(month)))
            drop_period(con, REGION_DAY, month)
    stale = sorted(m for m, digest in wanted.items() if stored.get(m) != digest)
    if stale:
        with transaction(con):
            rebuild_region_day(con, month_bounds(stale[0])[0], month_bounds(stale[-1])[1])
            for month in stale:
                keep_period(con, REGION_DAY, month, wanted[month])
    return stale


def period_hashes(con: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[Period, str]:
    """Every period that has data, with the hash of its city days and of those a year before."""
    months = stored_periods(con, CITY_DAY)
    last_day = judged_until(con, as_of) or date.max
    found = con.execute(
        "SELECT DISTINCT date_trunc('month', day)::DATE FROM air.city_day ORDER BY 1"
    ).fetchall()
    hashes = {}
    for period in periods_touching([day for (day,) in found]):
        until = str(min(period.day_last, last_day))  # a period is judged up to this day
        inputs = [until, *_months(period), "before", *_months(previous_year(period))]
        hashes[period] = _digest(months.get(m, m) for m in inputs)
    return hashes


def rebuild_evaluation(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[str]:
    """Evaluation, day counts and ranking of the periods whose city days changed, in one transaction."""
    stored = stored_periods(con, EVALUATION)
    stale = {p: digest for p, digest in period_hashes(con, as_of).items() if stored.get(p.name) != digest}
    if stale:
        with transaction(con):
            rebuild_periods(con, list(stale), last_day=judged_until(con, as_of))
            for period, digest in stale.items():
                keep_period(con, EVALUATION, period.name, digest)
    return sorted(p.name for p in stale)


def rebuild_monitoring_months(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Monitoring of the months whose hours or city days changed."""
    rows = con.execute(
        "SELECT strftime(day, '%Y-%m') AS month, md5(string_agg(day || input_hash, '|' ORDER BY day))"
        " FROM ops.day_state WHERE table_name = ? GROUP BY month",
        [STATION_TABLES],
    ).fetchall()
    city = stored_periods(con, CITY_DAY)
    newest = one_row(con.execute("SELECT max(hour_end) FROM ops.hour_source"))
    last_hour = newest[0].date() if newest and newest[0] else date.min
    wanted = {
        month: _digest([digest, city.get(month, ""), _expected_until(month, last_hour)])
        for month, digest in rows
    }
    stored = stored_periods(con, MONITORING)
    stale = sorted(m for m, digest in wanted.items() if stored.get(m) != digest)
    for month in stale:
        with transaction(con):
            rebuild_monitoring(con, [month_bounds(month)[0]])
            keep_period(con, MONITORING, month, wanted[month])
    return stale


def _expected_until(month: str, last_hour: date) -> str:
    """Where the hours expected of a month end: with the month, or with the newest hour anywhere."""
    return str(min(month_bounds(month)[1], last_hour))


def _all_city_days(con: duckdb.DuckDBPyConnection) -> str:
    return _digest(f"{m}{d}" for m, d in sorted(stored_periods(con, CITY_DAY).items()))


def rebuild_episode_table(con: duckdb.DuckDBPyConnection) -> bool:
    """Episodes, all of them, when any city day changed."""
    digest = _all_city_days(con)
    if stored_periods(con, EPISODES).get("all") == digest:
        return False
    with transaction(con):
        rebuild_episodes(con)
        keep_period(con, EPISODES, "all", digest)
    return True


def rebuild_targets(con: duckdb.DuckDBPyConnection, as_of: datetime) -> bool:
    """Decomposition and progress of targets, when a target or any city day changed."""
    last_day = judged_until(con, as_of)
    row = one_row(con.execute("SELECT md5(string_agg(t::VARCHAR, '|' ORDER BY target_id)) FROM ref.target t"))
    digest = _digest([_all_city_days(con), str(row and row[0]), str(last_day)])
    if stored_periods(con, TARGETS).get("all") == digest:
        return False
    with transaction(con):
        rebuild_target_decomposition(con)
        con.execute("DELETE FROM air.target_progress")
        if last_day is not None:
            rebuild_target_progress(con, last_day)
        keep_period(con, TARGETS, "all", digest)
    return True


def judging_due(con: duckdb.DuckDBPyConnection, as_of: datetime) -> bool:
    """Tell whether anything judged is older than what it is judged from."""
    city = stored_periods(con, CITY_DAY)
    stored = stored_periods(con, EVALUATION)
    return stored_periods(con, REGION_DAY) != city or any(
        stored.get(p.name) != digest for p, digest in period_hashes(con, as_of).items()
    )
