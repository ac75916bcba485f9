"""Small databases for tests of bulletins: thirteen cities, two years of a month, values that are known."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from docx import Document
from prepared import prepared_at
from site_worlds import insert

from pipelines.air import periods
from pipelines.air.regions import rebuild_region_day
from pipelines.bulletin.gather import day_bulletin, month_bulletin
from warehouse.store import connect

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
    con = connect(prepared_at(path))
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


def add_stations(con: duckdb.DuckDBPyConnection) -> None:
    """Three stations of Xi'an with October of both years: one is not counted, one has ten days only."""
    stations = [("9001A", HOSTILE, True), ("9002A", "小寨", True), ("9003A", "草滩(对照点)", False)]
    insert(
        con,
        "ref.station",
        [
            {
                "station_code": code,
                "name_zh": name,
                "city_code": "610100",
                "counts": counts,
                "is_control": not counts,
            }
            for code, name, counts in stations
        ],
    )
    rows = []
    hours = {f"n_hours_{name}": 24 for name in _STATIONS} | {"n_windows_o3": 17, "flag": 0}
    for n, (code, _, _) in enumerate(stations):
        for year in (2026, 2025):
            for day in days(date(year, 10, 1), date(year, 10, 10 if n == 1 else 31)):
                rows.append(
                    {"station_code": code, "day": day, "aqi": 70 + n, "primary_pollutants": "PM2.5", "state": "complete",
                     "standard_set": "2026_transition" if year == 2026 else "2012", "pm25_ugm3": 40 + n + day.day % 2,
                     "pm10_ugm3": 80.0, "so2_ugm3": 8.0, "no2_ugm3": 30.0, "o3_mda8_ugm3": 90.0 + day.day, "co_mgm3": 0.8} | hours
                )  # fmt: skip
    insert(con, "air.station_day", rows)


def warning(**given: Any) -> dict[str, Any]:
    """One row of emergency.warning, approved."""
    start = datetime(2026, 10, 3)
    return {
        "warning_id": "W-1", "kind": "real", "state": "lifted", "city_code": "610100", "level": "orange", "level_rule": "orange",
        "basis": "own", "start_at": start, "end_at": start + timedelta(days=2), "profile": "p", "profile_version": "v",
        "model": "bulletin", "forecast_issued_at": start, "draft_sha256": "x", "draft_key": "y", "drafted_at": start,
        "approved_by": "张三", "approved_at": start, "document_no": "市预警〔2026〕1号", "issuing_body": "西安市",
    } | given  # fmt: skip


COAL = {
    "target_id": "T1", "as_of_month": "2026-10", "area_kind": "city", "area_code": "610100", "area_name": HOSTILE,
    "kind": "cap", "scope": "above_scale", "basis": "t", "period": "2026-01..10", "unit_zh": "万吨", "target_amount": 1,
    "actual": 12.34, "baseline": 15.0, "change_pct": -17.73, "limit": 20.0, "rest": 7.66, "projected": 15.0,
    "verdict": "on_schedule", "verdict_zh": HOSTILE, "verified": True,
}  # fmt: skip


def hostile_documents(path: Path) -> dict[str, dict[str, Any]]:
    """A day and a month, simulated, with names that want to do harm."""
    con = world(path, simulated=True, gap="610200")
    rebuild_region_day(con, date(2026, 10, 1), date(2026, 10, 31))
    con.execute(
        "UPDATE ref.city SET name_zh = ?, short_zh = ? WHERE city_code = '610100'", [HOSTILE, HOSTILE]
    )
    con.execute("UPDATE ref.assessment_unit SET name_zh = ? WHERE unit_id = 'xixian'", [HOSTILE])
    insert(
        con,
        "emergency.warning",
        [warning(document_no=HOSTILE, issuing_body=HOSTILE), warning(warning_id="W-2", kind="drill")],
    )
    day = day_bulletin(con, date(2026, 10, 3), "fenwei", MOMENT, "internal")
    month = month_bulletin(con, periods.month(2026, 10), "fenwei", MOMENT, "internal")
    con.close()
    return {"day": day, "month": month | {"coal": [COAL]}}


def text_of(path: Path) -> str:
    document = Document(str(path))
    parts = [p.text for p in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [p.text for header in (section.header, section.even_page_header) for p in header.paragraphs]
    return "\n".join(parts)
