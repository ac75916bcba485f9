"""A whole table of the published copy as a file, with the days and cities asked for."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dashboards.tables.model import BATCH, Rows, TooManyRowsError
from dashboards.tables.parquet_file import write_parquet
from dashboards.tables.texts import write_csv, write_json
from dashboards.tables.workbook import MAX_ROWS, write_workbook
from warehouse.dictionary import Table, chinese_column, read_dictionary

FORMATS = ("csv", "parquet", "xlsx", "json")

# Hours are compared as they stand, so that whole blocks of a large table are skipped.
_FROM = {
    "day": "day >= $first",
    "hour_end": "hour_end > $first::TIMESTAMP",
    "day_first": "day_last >= $first",
}
_UNTIL = {
    "day": "day <= $until",
    "hour_end": "hour_end <= $until::TIMESTAMP + INTERVAL 1 DAY",
    "day_first": "day_first <= $until",
}


class UnknownTableError(ValueError):
    """No such table, or a table that lacks what was asked for."""


@dataclass(frozen=True)
class Choice:
    """Which part of a table is wanted; both days are included."""

    first: date | None = None
    until: date | None = None
    cities: Sequence[str] = ()

    def __str__(self) -> str:
        parts = [f"≥ {self.first}"] * bool(self.first) + [f"≤ {self.until}"] * bool(self.until)
        return ", ".join([*parts, *self.cities])


def find_table(tables: Sequence[Table], name: str) -> Table:
    """Return the table of an English or Chinese name, with or without its schema.

    Raises
    ------
    UnknownTableError
        There is none; the message lists near names.
    """
    wanted = name.strip().replace('"', "").casefold().removeprefix("中文.")
    by_name: dict[str, Table] = {}
    for table in tables:
        for known in (f"{table.schema}.{table.name}", table.name, table.zh_name):
            by_name.setdefault(known.casefold(), table)
    if wanted in by_name:
        return by_name[wanted]
    near = difflib.get_close_matches(wanted, list(by_name), n=8, cutoff=0.4)
    near += [known for known in by_name if wanted and wanted in known and known not in near]
    listed = ", ".join(
        dict.fromkeys(f"{by_name[n].schema}.{by_name[n].name}（{by_name[n].zh_name}）" for n in near[:8])
    )
    raise UnknownTableError(
        f"没有表“{name}”；相近的：{listed or '无'}；全部：fenwei dictionary"
        f" | no table {name!r}; near names: {listed or 'none'}; all of them: fenwei dictionary"
    )


def suffix_of(path: Path, formats: Sequence[str] = FORMATS) -> str:
    """Return the format a file name asks for.

    Raises
    ------
    UnknownTableError
        Its suffix is none of the formats.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in formats:
        listed = ", ".join(f".{f}" for f in formats)
        raise UnknownTableError(f"{path}: 后缀应为 the suffix must be one of {listed}")
    return suffix


def select_sql(table: Table, choice: Choice, *, chinese: bool) -> tuple[str, dict[str, Any]]:
    """Write the query of a part of a table.

    Raises
    ------
    UnknownTableError
        Days or cities are asked for and the table has neither.
    """
    names = [c.name for c in table.columns]
    headings = chinese_headings(table) if chinese else names
    picked = ", ".join(f"{_quoted(n)} AS {_quoted(h)}" for n, h in zip(names, headings, strict=True))
    where, values = _days(table, names, choice)
    if choice.cities:
        where.append(_city(table, names))
        values["cities"] = list(choice.cities)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {picked} FROM {_quoted(table.schema)}.{_quoted(table.name)}{condition}", values


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def chinese_headings(table: Table) -> list[str]:
    """Return Chinese names of the columns, told apart by the English one where two would be the same."""
    names = [chinese_column(c) or c.name for c in table.columns]
    return [
        f"{name} {c.name}" if names.count(name) > 1 else name
        for name, c in zip(names, table.columns, strict=True)
    ]


def _days(table: Table, names: Sequence[str], choice: Choice) -> tuple[list[str], dict[str, Any]]:
    if choice.first is None and choice.until is None:
        return [], {}
    column = next((n for n in _FROM if n in names), None)
    if column is None:
        raise _lacks(table, "--from/--until", "日期列", "column of days")
    where, values = [], {}
    if choice.first is not None:
        where.append(_FROM[column])
        values["first"] = choice.first
    if choice.until is not None:
        where.append(_UNTIL[column])
        values["until"] = choice.until
    return where, values


def _city(table: Table, names: Sequence[str]) -> str:
    """Condition on cities: the table's own city, that of its stations, or that of its units."""
    if "city_code" in names:
        return "list_contains($cities, city_code)"
    if "station_code" in names:
        return "station_code IN (SELECT s.station_code FROM ref.station s WHERE list_contains($cities, s.city_code))"
    if "unit_id" in names:
        return "unit_id IN (SELECT u.unit_id FROM ref.assessment_unit u WHERE list_contains($cities, u.city_code))"
    if "area_code" in names:
        return "list_contains($cities, area_code)"
    raise _lacks(table, "--city", "城市列", "column of cities")


def _lacks(table: Table, option: str, zh: str, en: str) -> UnknownTableError:
    name = f"{table.schema}.{table.name}"
    return UnknownTableError(
        f"{name} 没有{zh}，不能用 {option} | {name} has no {en}: {option} cannot be used"
    )


def export_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    path: Path,
    choice: Choice,
    about: dict[str, Any],
    *,
    chinese: bool,
) -> dict[str, Any]:
    """Write a table to a file and say what was written.

    Rows are read and written in batches, so that a table larger than memory passes through.

    Raises
    ------
    UnknownTableError
        The table or the format is not known, or the table has no such column.
    TooManyRowsError
        A workbook cannot hold the rows.
    """
    kind = suffix_of(path)
    table = find_table(read_dictionary(con), name)
    sql, values = select_sql(table, choice, chinese=chinese)
    full = f"{table.schema}.{table.name}"
    about = about | {"table": f"{full} {table.zh} | {table.en}", "filter": str(choice)}
    if kind == "xlsx":
        _fits(con, sql, values)
    cursor = con.execute(sql, values)
    if kind == "parquet":
        n = write_parquet(cursor.to_arrow_reader(10 * BATCH), path, about)
    else:
        described = cursor.description or []
        rows = Rows([str(d[0]) for d in described], [str(d[1]) for d in described], cursor, about)
        n = {"csv": write_csv, "json": write_json, "xlsx": write_workbook}[kind](rows, path)
    done = {"table": full, "zh": table.zh, "en": table.en, "file": str(path), "format": kind, "n_rows": n}
    return about | done


def _fits(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> None:
    row = con.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()
    n = int(row[0]) if row else 0
    if n > MAX_ROWS:
        raise TooManyRowsError(
            f"{n:,} 行，Excel 至多 {MAX_ROWS:,} 行；请用 --from/--until/--city 缩小，或改用 .parquet、.csv"
            f" | {n:,} rows, a workbook takes {MAX_ROWS:,}: narrow them with --from/--until/--city, or use .parquet or .csv"
        )
