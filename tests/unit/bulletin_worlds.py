"""Small databases for tests of bulletins: thirteen cities, two years of a month, values that are known."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from site_worlds import insert

from warehouse.store import connect, prepare

MOMENT = datetime(2026, 11, 5, 9)
CITIES = (
    "140100", "140300", "140400", "140500", "140700", "140800", "141000", "141100",
    "610100", "610200", "610300", "610400", "610500",
)  # fmt: skip
UNITS = ("610403", "610581", "xixian")
HOSTILE = "<b>&{{7*7}}𬘡=1+1\"'{% raw %}\u202e\r\n\x00\ufffe👩‍👩‍👧" + "长" * 300
_STATIONS = ("pm25", "pm10", "so2", "no2", "o3", "co")


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _row(day: date, value: float | None, aqi: int | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "day": day, "aqi": aqi, "aqi_of_available": aqi, "primary_pollutants": "PM2.5" if aqi and aqi > 50 else None,
        "standard_set": "2026_transition" if day >= date(2026, 3, 1) else "2012", "state": "complete", "n_dust_hours": 0,
        "n_stations": 3, "n_stations_expected": 3,
    }  # fmt: skip
    made |= {f"n_stations_{name}": 3 for name in _STATIONS}
    return made | {
        "pm25_ugm3": value, "pm25_after_dust_ugm3": value, "pm10_ugm3": value and value * 2, "pm10_after_dust_ugm3": value and value * 2,
        "so2_ugm3": 8.5, "no2_ugm3": 30.5, "o3_mda8_ugm3": 100.5, "co_mgm3": 0.85,
    }  # fmt: skip


def world(path: Path, *, simulated: bool = False, gap: str | None = None) -> duckdb.DuckDBPyConnection:
    """October 2026 and October 2025 of all cities and units; ``gap``: a city whose last year has ten days only."""
    con = connect(path)
    prepare(con)
    now, before = days(date(2026, 10, 1), date(2026, 10, 31)), days(date(2025, 10, 1), date(2025, 10, 31))
    for table, key, codes in (("air.city_day", "city_code", CITIES), ("air.unit_day", "unit_id", UNITS)):
        rows = []
        for n, code in enumerate(codes):
            for day in now:
                rows.append(
                    {key: code}
                    | _row(day, 30 + n + day.day % 3 / 4, 210 if (n, day.day) == (0, 3) else 60 + n)
                )
            old = before[:10] if code == gap else before
            rows += [{key: code} | _row(day, 36 + n + day.day % 2 / 4, 80 + n) for day in old]
        insert(con, table, rows)
    if simulated:
        con.execute("INSERT OR REPLACE INTO ops.about VALUES ('simulated', 'true')")
    con.execute("INSERT OR REPLACE INTO ops.about VALUES ('data_until', '2026-11-01 00:00:00')")
    return con


def warning(**given: Any) -> dict[str, Any]:
    """One row of emergency.warning, approved."""
    start = datetime(2026, 10, 3)
    return {
        "warning_id": "W-1", "kind": "real", "state": "lifted", "city_code": "610100", "level": "orange", "level_rule": "orange",
        "basis": "own", "start_at": start, "end_at": start + timedelta(days=2), "profile": "p", "profile_version": "v",
        "model": "bulletin", "forecast_issued_at": start, "draft_sha256": "x", "draft_key": "y", "drafted_at": start,
        "approved_by": "张三", "approved_at": start, "document_no": "市预警〔2026〕1号", "issuing_body": "西安市",
    } | given  # fmt: skip
