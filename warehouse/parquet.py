"""Parquet beside the published database: hours by month, days by year, the rest whole; unchanged parts are linked."""

import json
import os
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
)
_INDEX = "index.json"


def _slices(con: duckdb.DuckDBPyConnection, unit: str) -> dict[str, str]:
    """Hash of the day states of each month or year."""
    length = {"month": 7, "year": 4}[unit]
    return dict(
        con.execute(
            f"SELECT left(day::VARCHAR, {length}) AS slice,"
            " md5(string_agg(table_name || day || input_hash, '|' ORDER BY table_name, day)"
            "     || coalesce((SELECT string_agg(period || input_hash, '|' ORDER BY table_name, period) FROM ops.period_state p"
            f"                 WHERE p.table_name IN ('air.city_day', 'air.region_day') AND left(p.period, {length}) = slice), ''))"
            " FROM ops.day_state GROUP BY slice ORDER BY slice"
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
        con.execute("SET threads=2")
        con.execute("SET memory_limit='1GB'")
        for unit, tables in (("month", _BY_MONTH), ("year", _BY_YEAR)):
            slices = _slices(con, unit)
            for table, column in tables.items():
                (folder / table).mkdir()
                for name, digest in slices.items():
                    target = f"{table}/{name}.parquet"
                    if _reuse(previous, folder, target, before.get(target) == digest):
                        written[target] = digest
                        continue
                    day = f"CAST({column} - INTERVAL 1 HOUR AS DATE)" if column == "hour_end" else column
                    where = (
                        _between(column, name)
                        if column == "hour_end"
                        else f"left({day}::VARCHAR, 4) = '{name}'"
                    )
                    _copy(con, f"SELECT * FROM {table} WHERE {where}", folder / target)
                    written[target] = digest
        for table in _WHOLE:
            target = f"{table}.parquet"
            _copy(con, f"SELECT * FROM {table}", folder / target)
            written[target] = ""
    finally:
        con.close()
    (folder / _INDEX).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return written


def _between(column: str, month: str) -> str:
    return (
        f"{column} > TIMESTAMP '{month}-01 00:00:00' AND"
        f" {column} <= TIMESTAMP '{month}-01 00:00:00' + INTERVAL 1 MONTH"
    )


def _copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    name = str(path).replace("'", "''")
    con.execute(f"COPY ({query}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)")


def _read_index(previous: Path | None) -> dict[str, str]:
    index = previous / _INDEX if previous else None
    if index is None or not index.exists():
        return {}
    found: dict[str, str] = json.loads(index.read_text(encoding="utf-8"))
    return found


def _reuse(previous: Path | None, folder: Path, target: str, same: bool) -> bool:
    if previous is None or not same or not (previous / target).exists():
        return False
    os.link(previous / target, folder / target)
    return True
