"""Small databases for tests of the page: empty, hostile, one day, all missing."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from prepared import prepared_at

from warehouse.store import connect

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{7*7}}=1+1,%{x}\u2028\u202e\r\n" + "长" * 200
AS_OF = datetime(2026, 3, 10, 9)
CITIES = ("610100", "610500", "140100")


def empty(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a new warehouse file with facts and nothing else."""
    return connect(prepared_at(path))


def close(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("USE memory")
    con.execute("DETACH fenwei")
    con.close()


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Add rows; columns that are not given are empty."""
    frame = pd.DataFrame(rows)
    con.register("given", frame)
    con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")
    con.unregister("given")


def add_days(con: duckdb.DuckDBPyConnection, first: date, n: int, value: float | None = 50.0) -> None:
    """Days, hours and stations of three cities; a value of None leaves all of them without one."""
    aqi = None if value is None else 68
    stations = 0 if value is None else 3
    days = [first + timedelta(days=k) for k in range(n)]
    counts = {f"n_stations_{name}": stations for name in ("pm25", "pm10", "so2", "no2", "o3", "co")}
    common = {"standard_set": "2026_transition" if first >= date(2026, 3, 1) else "2012"}
    values = {"pm25_ugm3": value, "pm10_ugm3": value, "so2_ugm3": value, "no2_ugm3": value, "co_mgm3": value}
    insert(
        con,
        "air.city_day",
        [
            {
                "city_code": c,
                "day": d,
                "aqi": aqi,
                "state": "complete",
                "n_dust_hours": 0,
                "n_stations": stations,
            }
            | {
                "n_stations_expected": 3,
                "o3_mda8_ugm3": value,
                "primary_pollutants": "PM2.5" if value else None,
            }
            | {"pm25_after_dust_ugm3": value, "pm10_after_dust_ugm3": value}
            | values
            | counts
            | common
            for c in CITIES
            for d in days
        ],
    )
    insert(
        con,
        "air.city_hour",
        [
            {
                "city_code": c,
                "hour_end": datetime(d.year, d.month, d.day, h),
                "aqi": aqi,
                "n_stations": stations,
            }
            | {"n_stations_expected": 3, "o3_ugm3": value, "primary_pollutants": "PM2.5" if value else None}
            | values
            | common
            for c in CITIES
            for d in days
            for h in range(1, 9)
        ],
    )


def judge(con: duckdb.DuckDBPyConnection) -> None:
    """Evaluate and rank the days there are."""
    from pipelines.air.evaluation import rebuild_periods
    from pipelines.air.periods import parse

    rebuild_periods(con, [parse("2026"), parse("2026-03")])


def make_hostile(con: duckdb.DuckDBPyConnection) -> None:
    """Give everything that has a name a bad one, and a city a code that is no file name."""
    import site_coal
    import site_emergency

    site_emergency.fill(con, HOSTILE, "../../x")
    site_coal.fill(con, HOSTILE, "../../x")
    site_coal.fill_intake(con, HOSTILE)
    con.execute(
        "UPDATE ref.city SET name_zh = $1, name_en = $1, short_zh = $1 WHERE city_code = '610100'", [HOSTILE]
    )
    con.execute("UPDATE ref.region SET name_zh = $1, name_en = $1", [HOSTILE])
    con.execute("UPDATE ref.pollutant SET name_zh = $1", [HOSTILE])
    con.execute("UPDATE air.city_day SET primary_pollutants = $1 WHERE city_code = '610500'", [HOSTILE])
    con.execute("UPDATE air.city_hour SET primary_pollutants = $1 WHERE city_code = '610500'", [HOSTILE])
    con.execute("UPDATE air.city_day SET city_code = '../../x' WHERE city_code = '140100'")
    insert(
        con,
        "ref.station",
        [
            {"station_code": f"{HOSTILE}{n}", "name_zh": HOSTILE, "city_code": "610100", "city_name": HOSTILE}
            | {"province_zh": HOSTILE, "is_control": False, "counts": True, "counts_reason": HOSTILE}
            for n in (1, 2)
        ],
    )


def warning() -> dict[str, Any]:
    """A warning of an exercise that is in force."""
    return {
        "warning_id": "W1",
        "kind": "drill",
        "state": "started",
        "city_code": "610100",
        "level": "orange",
        "level_rule": "orange",
        "basis": "own",
        "start_at": datetime(2026, 3, 9),
        "profile": "x",
        "profile_version": "x",
        "model": "bulletin",
        "forecast_issued_at": datetime(2026, 3, 8),
        "forecast_sha256": "0",
        "snapshot": "x",
        "draft_sha256": "0",
        "draft_key": "0",
        "drafted_at": datetime(2026, 3, 8),
        "expires_at": datetime(2026, 3, 9),
        "decided_at": datetime(2026, 3, 8),
    }
