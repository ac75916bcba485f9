"""Parquet beside the published database: hours by month, days by year, the rest whole; unchanged parts are linked."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

_BY_MONTH = {"air.station_hour": "hour_end", "air.city_hour": "hour_end"}
_BY_YEAR = {"air.station_day": "day", "air.city_day": "day", "air.unit_day": "day", "air.region_day": "day"}
_WHOLE = (
    "air.evaluation",
    "air.period_days",
    "air.ranking",
    "air.episode",
    "air.target_progress",
    "air.monitoring_month",
    "air.monitoring_province_month",
    "coal.balance",
    "coal.target_check",
    "coal.panel",
    "coal.early_warning",
    "coal.inspection_rate",
    "coal.household_progress",
    "coal.emission_estimate",
)
_INDEX = "index.json"
_AT_ONCE = 2


def _slices(con: duckdb.DuckDBPyConnection, unit: str) -> dict[str, str]:
    """Hash of the day states of each month or year."""
    length = {"month": 7, "year": 4}[unit]
    return dict(
        con.execute(
            """
            WITH part AS (
                SELECT left(day::VARCHAR, $length) AS slice, table_name || day || input_hash AS part FROM ops.day_state
                UNION ALL
                SELECT left(period, $length), table_name || period || input_hash FROM ops.period_state
                WHERE table_name IN ('air.city_day', 'air.region_day')
            )
            SELECT slice, md5(string_agg(part, '|' ORDER BY part)) FROM part GROUP BY slice ORDER BY slice
            """,
            {"length": length},
        ).fetchall()
    )


def write_parquet(database: Path, folder: Path, previous: Path | None) -> dict[str, str]:
    """Export a published database; a slice whose inputs did not change is linked from the version before.

    Parameters
    ----------
    database : Path
        The staged copy.
    folder : Path
        Where ``<schema>.<table>/<slice>.parquet`` go.
    previous : Path or None
        The same folder of the version before.

    Returns
    -------
    dict
        Hash of the inputs of every file written, by relative name.
    """
    folder.mkdir(parents=True)
    before = _read_index(previous)
    written: dict[str, str] = {}
    con = duckdb.connect(str(database), read_only=True)
    try:
        con.execute(f"SET threads={_AT_ONCE}")
        con.execute("SET memory_limit='1GB'")
        copies: list[tuple[str, Path]] = []
        for unit, tables in (("month", _BY_MONTH), ("year", _BY_YEAR)):
            slices = _slices(con, unit)
            for table, column in tables.items():
                (folder / table).mkdir()
                for name, digest in slices.items():
                    target = f"{table}/{name}.parquet"
                    written[target] = digest
                    if not _reuse(previous, folder, target, before.get(target) == digest):
                        copies.append((f"{table} WHERE {_within(column, name)}", folder / target))
        for table in _WHOLE:
            written[f"{table}.parquet"] = ""
            copies.append((table, folder / f"{table}.parquet"))
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            list(pool.map(lambda copy: _copy(con, *copy), copies))
    finally:
        con.close()
    (folder / _INDEX).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return written


def _within(column: str, name: str) -> str:
    """Condition on a column for the rows of a month or a year; an hour belongs to the day it ends."""
    first, length = (f"{name}-01", "1 MONTH") if len(name) == 7 else (f"{name}-01-01", "1 YEAR")
    if column == "hour_end":
        start = f"TIMESTAMP '{first}'"
        return f"{column} > {start} AND {column} <= {start} + INTERVAL {length}"
    return f"{column} >= DATE '{first}' AND {column} < DATE '{first}' + INTERVAL {length}"


def _copy(con: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    """Write some rows of a table, on a cursor of its own so that several files are written at once."""
    name = str(path).replace("'", "''")
    with con.cursor() as cursor:
        cursor.execute(f"COPY (SELECT * FROM {rows}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)")


def _read_index(previous: Path | None) -> dict[str, str]:
    index = previous / _INDEX if previous else None
    if index is None or not index.exists():
        return {}
    found: dict[str, str] = json.loads(index.read_text(encoding="utf-8"))
    return found


def _reuse(previous: Path | None, folder: Path, target: str, same: bool) -> bool:
    if previous is None or not same or not (previous / target).exists():
        return False
    try:
        os.link(previous / target, folder / target)
    except OSError:  # a file system without hard links
        shutil.copyfile(previous / target, folder / target)
    return True
