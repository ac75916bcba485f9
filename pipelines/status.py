"""How things stand: what has arrived, what waits for a person, what failed, how old the published copy is."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from pipelines.air.regions import members, region_list
from pipelines.home import BEIJING, Home
from pipelines.landing.coal import gone_files
from pipelines.landing.land import list_landing
from pipelines.mail.standing import mail_standing
from warehouse import decisions
from warehouse.checks import all_checks
from warehouse.lock import is_locked
from warehouse.publish import MANIFEST, current_version
from warehouse.store import Store, rows_of

_COVERAGE = """
SELECT min(day) AS day_first, max(day) AS day_last,
    (SELECT count(DISTINCT station_code) FROM air.station_day) AS n_stations,
    (SELECT count(DISTINCT city_code) FROM air.city_day) AS n_cities
FROM air.station_day
"""

# 一日的状态：全部城市已审核为 reviewed，否则取最差者 | reviewed when all cities are, else the worst of the others
_STATES = """
WITH of_day AS (
    SELECT day, state FROM air.station_day GROUP BY ALL
    UNION ALL SELECT day, state FROM air.city_day GROUP BY ALL
),
one AS (
    SELECT day, CASE
        WHEN day IN (SELECT day FROM air.city_day GROUP BY day HAVING bool_and(state = 'reviewed')) THEN 'reviewed'
        WHEN bool_or(state = 'partial') THEN 'partial'
        WHEN bool_or(state = 'closed') THEN 'closed'
        ELSE 'complete' END AS state
    FROM of_day GROUP BY day
)
SELECT state, count(*) AS n FROM one GROUP BY state
"""

# 文件 D 含 D−1 日 24 时：最早一日若只有这一小时，不算缺口 | file D holds 24:00 of D−1: an earliest day with only that hour is no gap
_GAPS = """
WITH received AS (
    SELECT (hour_end - INTERVAL 1 HOUR)::DATE AS day, count(*) AS n FROM ops.hour_source GROUP BY day
),
span AS (
    SELECT coalesce(min(day) FILTER (n > 1), min(day)) AS first, least(max(day), $last::DATE) AS last FROM received
),
every AS (
    SELECT unnest(generate_series(first, last, INTERVAL 1 DAY))::DATE AS day FROM span WHERE first <= last
),
missing AS (
    SELECT day, 24 - coalesce(n, 0) AS n_missing, day - row_number() OVER (ORDER BY day)::INTEGER AS run
    FROM every LEFT JOIN received USING (day) WHERE coalesce(n, 0) < 24
)
SELECT min(day) AS day_first, max(day) AS day_last, count(*) AS n_days, sum(n_missing)::BIGINT AS n_hours_missing
FROM missing GROUP BY run ORDER BY day_first
"""

_CITY_DAYS = """
SELECT d.city_code, c.name_zh, c.name_en, d.day, d.aqi, aqi_level(d.aqi) AS level, aqi_category(d.aqi) AS category_zh,
    l.category_en, d.primary_pollutants, round_8170(d.pm25_ugm3, 0) AS pm25_ugm3, d.n_stations, d.n_stations_expected,
    d.state, CASE d.state WHEN 'reviewed' THEN '审核' ELSE '实况' END AS basis
FROM air.city_day d
LEFT JOIN ref.city c ON c.city_code = d.city_code
LEFT JOIN ref.standard_set s ON s.standard_set = d.standard_set
LEFT JOIN ref.aqi_level l ON l.aqi_standard = s.aqi_standard AND l.level = aqi_level(d.aqi)
WHERE d.day = $day AND list_contains($codes, d.city_code)
ORDER BY d.aqi DESC NULLS LAST, d.city_code
"""


def read_status(home: Home, con: duckdb.DuckDBPyConnection | None, moment: datetime) -> dict[str, Any]:
    """Return everything ``fenwei status`` tells.

    Parameters
    ----------
    home : Home
    con : duckdb.DuckDBPyConnection or None
        The published database; None where nothing has been published.
    moment : datetime
        What is taken as now (Beijing time).

    Returns
    -------
    dict
        JSON-able but for dates.
    """
    document: dict[str, Any] = {"home": str(home.root), "as_of": moment, "simulated": home.settings.simulated}
    document |= {"lock": _lock(home), "published": _published(home), "landing": _landing(home, con)}
    document["mail"] = mail_standing(home, moment)
    if con is None:
        return document
    about = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    document["simulated"] = about.get("simulated") == "true"
    document["data_until"] = about.get("data_until") or None
    document["coverage"] = _coverage(home, con)
    found = dict(con.execute(_STATES).fetchall())
    document["days"] = {state: found.get(state, 0) for state in ("partial", "complete", "closed", "reviewed")}
    document["gaps"] = gaps_until(con, (moment - timedelta(days=1)).date())
    document |= _files(home, con)
    document["checks"] = failed_checks(con)
    runs = rows_of(con, "SELECT * FROM ops.run ORDER BY started_at DESC LIMIT 1")
    document["last_run"] = runs[0] if runs else None
    document["city_days"] = _city_days(con)
    return document


def gaps_until(con: duckdb.DuckDBPyConnection, last: date) -> list[dict[str, Any]]:
    """Runs of days without all 24 hours, from the first day there are data for."""
    return rows_of(con, _GAPS, {"last": last})


def failed_checks(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Checks that did not pass, the gravest first, with their own words (``zh``, ``en``) and what was found."""
    words = {check.name: {"zh": check.zh, "en": check.en} for check in all_checks()}
    found = rows_of(
        con,
        "SELECT check_name, table_name, consequence, n_bad, detail_zh, detail_en FROM ops.check_result"
        " WHERE NOT passed ORDER BY consequence <> 'block', consequence <> 'flag', check_name",
    )
    return [
        words.get(row["check_name"], {"zh": row["check_name"], "en": row["check_name"]}) | row
        for row in found
    ]


def _lock(home: Home) -> dict[str, str | None]:
    return {
        "warehouse": is_locked(Store(home.warehouse).lock_path),
        "run": is_locked(home.run_lock),
    }


def _published(home: Home) -> dict[str, Any] | None:
    present = current_version(home.publish)
    if present is None:
        return None
    at = datetime.fromtimestamp((present.folder / MANIFEST).stat().st_mtime, BEIJING)
    age = datetime.now(BEIJING) - at
    return {
        "version": present.folder.name,
        "at": at.replace(microsecond=0, tzinfo=None),
        "age_s": int(age.total_seconds()),
    }


def _landing(home: Home, con: duckdb.DuckDBPyConnection | None) -> dict[str, Any]:
    """Files of the landing folder that no published run has looked at, and coal files that went from it."""
    refs, refusals = list_landing(home.landing, home.settings.max_file_mb)
    seen: set[tuple[str, int, int]] = set()
    held: dict[str, str] = {}
    if con is not None:
        seen = set(con.execute("SELECT path, size_bytes, modified_ns FROM ops.source_file").fetchall())
        held = dict(con.execute("SELECT path, sha256 FROM ops.source_file WHERE status = 'held'").fetchall())
    accepted = decisions.accepted_files(home.state)
    paths = {path for path, _, _ in seen}
    new = [
        ref.path
        for ref in refs
        if (ref.path, ref.size_bytes, ref.modified_ns) not in seen
        or (ref.path, held.get(ref.path, "")) in accepted
    ]
    new += [refusal.path for refusal in refusals if refusal.path not in paths]
    there = home.landing.is_dir()
    gone = gone_files(con, home.landing, refs) if con is not None and there else []
    return {"folder": str(home.landing), "exists": there, "n_files": len(refs), "new": new, "gone": gone}


def _coverage(home: Home, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    found = rows_of(con, _COVERAGE)[0]
    present = current_version(home.publish)
    rows = present.manifest.get("rows", {}) if present else {}
    return found | {"n_station_hours": rows.get("air.station_hour", 0)}


def _files(home: Home, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Count files by status; tell those that wait and those refused one by one."""
    by_status = con.execute(
        "SELECT status, count(*) FROM ops.source_file GROUP BY status ORDER BY status"
    ).fetchall()
    told = rows_of(
        con,
        "SELECT path, sha256, status, kind, day_first, day_last, reason_zh, reason_en, n_rejected FROM ops.source_file"
        " WHERE status IN ('held', 'future', 'rejected', 'unreadable', 'partial') ORDER BY path, seen_at",
    )
    accepted = decisions.accepted_files(home.state)
    for row in told:
        row["accepted"] = row["status"] == "held" and (row["path"], row["sha256"]) in accepted
    return {
        "files": dict(by_status),
        "waiting": [r for r in told if r["status"] in ("held", "future")],
        "rejected": [r for r in told if r["status"] in ("rejected", "unreadable")],
        "partly_rejected": [r for r in told if r["status"] == "partial"],
    }


def _city_days(con: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    """Give the latest day that has an AQI, for the member cities of the list in force that day."""
    row = con.execute("SELECT max(day) FROM air.city_day WHERE aqi IS NOT NULL").fetchone()
    day: date | None = row[0] if row else None
    if day is None:
        return None
    return city_days_on(con, day)


def city_days_on(con: duckdb.DuckDBPyConnection, day: date) -> dict[str, Any]:
    """Give one day of the member cities of the list in force then: names of the list, its codes, the rows there are."""
    region = region_list(con, "fenwei", day)
    names = rows_of(con, "SELECT region_id, name_zh, name_en FROM ref.region WHERE region_id = ?", [region])[
        0
    ]
    codes = members(con, region, day)
    return names | {
        "day": day,
        "codes": codes,
        "rows": rows_of(con, _CITY_DAYS, {"day": day, "codes": codes}),
    }
