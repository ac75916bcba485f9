"""Read what the warehouse keeps of a run of hours, and write a computed window back: one transaction a window."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.air import rows
from pipelines.air.kernels import HOURS_PER_DAY, MISSING
from pipelines.air.overlay import HourCube, HourOrigin
from pipelines.air.reference import Reference
from pipelines.air.window import WindowTables
from warehouse.store import StoreError, insert, one_row

_CONCENTRATIONS = "pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_ugm3, co_mgm3"


def hour_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Hours 1 of the first day and 24 of the last day, as ends of hours."""
    midnight = datetime.min.time()
    return (
        datetime.combine(first, midnight) + timedelta(hours=1),
        datetime.combine(last, midnight) + timedelta(days=1),
    )


def load_cube(
    con: duckdb.DuckDBPyConnection, first: date, last: date, stations_arriving: Sequence[str]
) -> HourCube:
    """The kept hours of whole days as a cube with room for the stations that arrive."""
    bounds = hour_bounds(first, last)
    origins = con.execute(
        "SELECT hour_end, modified_ns, path, sha256 FROM ops.hour_source WHERE hour_end BETWEEN ? AND ?",
        bounds,
    ).fetchall()
    kept: pa.Table | None = None
    stations = set(stations_arriving)
    if origins:
        kept = con.execute(
            f"SELECT station_code, hour_end, {_CONCENTRATIONS} FROM air.station_hour WHERE hour_end BETWEEN ? AND ?",
            bounds,
        ).to_arrow_table()
        kept = kept.set_column(0, "station_code", kept["station_code"].combine_chunks().dictionary_encode())
        stations |= set(kept["station_code"].unique().to_pylist())
    cube = HourCube.empty(bounds[0], ((last - first).days + 1) * HOURS_PER_DAY, sorted(stations))
    if kept is not None:
        rows.into_cube(kept, cube.hour_end, {c: i for i, c in enumerate(cube.stations)}, cube.values)
    for hour_end, modified_ns, path, sha256 in origins:
        row = int((hour_end - bounds[0]).total_seconds()) // 3600
        cube.origin[row] = HourOrigin(modified_ns, path, sha256)
    return cube


def reporting_elsewhere(
    con: duckdb.DuckDBPyConnection, first: date, last: date, *, outside: bool
) -> set[str]:
    """Stations with any value in the calendar month of a window: of all its days, or of those outside the window."""
    month_first = first.replace(day=1)
    clause = " AND NOT day BETWEEN $first AND $last" if outside else ""
    found = con.execute(
        "SELECT DISTINCT station_code FROM air.station_day"
        f" WHERE day BETWEEN $month AND last_day($month::DATE){clause}",
        {"month": month_first, "first": first, "last": last} if outside else {"month": month_first},
    ).fetchall()
    return {code for (code,) in found}


def expected_stations(reporting: set[str], ref: Reference) -> np.ndarray:
    """City stations expected, from the stations that reported in the month (int64 (cities,))."""
    expected = np.zeros(len(ref.cities), np.int64)
    for code in reporting:
        if code in ref.city_of:
            expected[ref.city_of[code]] += 1
    return expected


def stations_with_values(cube: HourCube) -> set[str]:
    """Stations of a cube that have at least one value."""
    some = (cube.values != MISSING).any(axis=(0, 1))
    return {code for code, has in zip(cube.stations, some, strict=True) if has}


def whole_month_if_expected_changed(
    con: duckdb.DuckDBPyConnection, cube: HourCube, ref: Reference, first: date, last: date
) -> tuple[HourCube, date, date]:
    """Widen a window to its month where the stations expected of a city change, since they count for every day."""
    outside = reporting_elsewhere(con, first, last, outside=True)
    if not outside:
        return cube, first, last
    before = expected_stations(reporting_elsewhere(con, first, last, outside=False), ref)
    after = expected_stations(outside | stations_with_values(cube), ref)
    if (before == after).all():
        return cube, first, last
    month_first = first.replace(day=1)
    month_last = (month_first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    wide = load_cube(con, month_first, month_last, cube.stations)
    at = int(wide.row_of(cube.hour_end[:1])[0])
    rows_of_window = slice(at, at + len(cube.hour_end))
    columns = [wide.stations.index(c) for c in cube.stations]
    part = np.full_like(wide.values[:, rows_of_window, :], MISSING)
    part[:, :, columns] = cube.values
    wide.values[:, rows_of_window, :] = part
    wide.origin[rows_of_window] = cube.origin
    return wide, month_first, month_last


def write_window(
    con: duckdb.DuckDBPyConnection,
    hour_end: np.ndarray,
    origin: Sequence[HourOrigin | None],
    tables: WindowTables,
    first: date,
    last: date,
) -> None:
    """Replace all hours and days of a window; the caller owns the transaction.

    Raises
    ------
    StoreError
        The window would lose all it holds.
    """
    bounds = hour_bounds(first, last)
    if tables.station_hour.num_rows == 0 and not any(origin):
        held = one_row(
            con.execute("SELECT count(*) FROM air.station_hour WHERE hour_end BETWEEN ? AND ?", bounds)
        )
        if held and held[0]:
            raise StoreError(f"air.station_hour: 拒绝清空 refusing to empty {first}..{last}")
    for table in ("station_hour", "quality_flag", "city_hour"):
        con.execute(f"DELETE FROM air.{table} WHERE hour_end BETWEEN ? AND ?", bounds)
        insert(con, f"air.{table}", getattr(tables, table))
    con.execute("DELETE FROM air.station_day WHERE day BETWEEN ? AND ?", [first, last])
    insert(con, "air.station_day", tables.station_day)
    con.execute("DELETE FROM ops.hour_source WHERE hour_end BETWEEN ? AND ?", bounds)
    received = [(h, o) for h, o in zip(hour_end, origin, strict=True) if o is not None]
    if received:
        insert(
            con,
            "ops.hour_source",
            pa.table(
                {
                    "hour_end": pa.array(np.array([h for h, _ in received]).astype("datetime64[us]")),
                    "sha256": pa.array([o.sha256 for _, o in received]),
                    "path": pa.array([o.path for _, o in received]),
                    "modified_ns": pa.array([o.modified_ns for _, o in received], pa.int64()),
                }
            ),
        )
