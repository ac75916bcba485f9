"""Parquet beside the published databases: hours by month, days by year, the rest whole.

What did not change since the version before, or is the same in the build of a lower class, is linked and not written.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from warehouse.classes import Holdings

_BY_MONTH = {"air.station_hour": "hour_end", "air.city_hour": "hour_end"}
BY_YEAR = {"air.station_day": "day", "air.city_day": "day", "air.unit_day": "day", "air.region_day": "day"}
SLICED = _BY_MONTH | BY_YEAR
"""Tables that are kept by day, with the column of their time."""

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


def slices(con: duckdb.DuckDBPyConnection, unit: str) -> dict[str, str]:
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


@dataclass(frozen=True)
class Lower:
    """The Parquet of the build one class below, and what that build holds."""

    folder: Path
    held: Holdings


@dataclass(frozen=True)
class _Part:
    """One file: the table it comes from, the rows, and a hash of what they were made from where that is known."""

    target: str
    table: str
    rows: str
    digest: str


def slice_hashes(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Hash of the inputs of every month and every year of an open database."""
    return {unit: slices(con, unit) for unit in ("month", "year")}


def write_parquet(
    database: Path,
    folder: Path,
    previous: Path | None,
    *,
    hashes: Mapping[str, Mapping[str, str]],
    held: Holdings,
    lower: Lower | None = None,
) -> dict[str, str]:
    """Export a build; a slice whose inputs did not change is linked from the version before.

    Parameters
    ----------
    database : Path
        The staged build.
    folder : Path
        Where ``<schema>.<table>/<slice>.parquet`` go.
    previous : Path or None
        The same folder of the version before.
    hashes : mapping
        From `slice_hashes`.
    held : mapping
        What the build holds of each table.
    lower : Lower, optional
        Tables that this holds just as well are linked from there.

    Returns
    -------
    dict
        Hash of the inputs of every file written, by relative name.
    """
    folder.mkdir(parents=True)
    before = _read_index(previous)
    copies: list[_Part] = []
    written: dict[str, str] = {}
    for part in _parts(hashes, held):
        written[part.target] = part.digest
        (folder / part.target).parent.mkdir(exist_ok=True)
        if lower and lower.held.get(part.table) == held[part.table]:
            _reuse(lower.folder, folder, part.target)
        elif not (part.digest and before.get(part.target) == part.digest) or not _reuse(
            previous, folder, part.target
        ):
            copies.append(part)
    _copy_all(database, folder, copies)
    (folder / _INDEX).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return written


def _parts(hashes: Mapping[str, Mapping[str, str]], held: Holdings) -> Iterator[_Part]:
    """Every file that a build has."""
    for unit, tables in (("month", _BY_MONTH), ("year", BY_YEAR)):
        for table, column in tables.items():
            if table not in held:
                continue
            for name, digest in hashes[unit].items():
                made_from = sha256(f"{digest}|{held[table].sql}".encode()).hexdigest()[:32]
                yield _Part(
                    f"{table}/{name}.parquet", table, f"{table} WHERE {within(column, name)}", made_from
                )
    for table in _WHOLE:
        if table in held:
            yield _Part(f"{table}.parquet", table, table, "")


def _copy_all(database: Path, folder: Path, parts: list[_Part]) -> None:
    if not parts:
        return
    con = duckdb.connect(str(database), read_only=True)
    try:
        con.execute(f"SET threads={_AT_ONCE}")
        con.execute("SET memory_limit='1GB'")
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            list(pool.map(lambda part: _copy(con, part.rows, folder / part.target), parts))
    finally:
        con.close()


def within(column: str, name: str) -> str:
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


def _reuse(source: Path | None, folder: Path, target: str) -> bool:
    """Link a file that is already there; False where it is not."""
    if source is None or not (source / target).exists():
        return False
    try:
        os.link(source / target, folder / target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source / target, folder / target)
    return True
