"""The checks against what came before: queries in ``history``, over the new rows and the warehouse."""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.coal.form_checks import LISTED, limited, rule_values
from pipelines.coal.rows import table_of
from pipelines.coal.shown import in_unit
from sources.bureau_forms.model import MAX_FOUND, FormTable
from sources.findings import Finding, Rules, read_rules, worded
from warehouse import standards
from warehouse.store import SCHEMA_FOLDER

FORMS = (
    "energy_205_1",
    "firm",
    "firm_year",
    "firm_usage",
    "firm_equipment",
    "other_user",
    "region_year",
    "area_use",
)
"""Forms that are checked against the past."""

ALONE = "unit_unchecked"
"""Rule for amounts that nothing can be compared with; told once for a sheet."""

NAMED = 12
"""Cells without comparison that are named."""

_FOLDER = Path(__file__).parent / "history"
_NEEDS = {
    "energy_units": {"energy_205_1"},
    "energy_ytd": {"energy_205_1"},
    "energy_stock": {"energy_205_1"},
    "energy_factor": {"energy_205_1"},
    "year_units": {"firm_year", "region_year", "firm_equipment", "other_user", "area_use"},
    "parent_children": {"region_year", "area_use"},
    "firms": {"energy_205_1", "firm", "firm_year", "other_user", "region_year"},
    "feedstock": {"firm_year", "firm_usage"},
    "period_future": {"energy_205_1", "area_use"},
}
"""Which forms a query says anything about."""


@contextmanager
def empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the coal tables without rows, and the facts of coal, in memory."""
    con = duckdb.connect()
    try:
        for path in sorted(SCHEMA_FOLDER.glob("04_coal*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
        for name in ("county", "coal_product", "coal_factor", "coal_factor_rule", "city"):
            con.register("facts", standards.load(name))
            if name == "city":
                con.execute("CREATE TABLE ref.city AS SELECT * FROM facts")
            else:
                con.execute(f"INSERT INTO ref.{name} BY NAME SELECT * FROM facts")
            con.unregister("facts")
        yield con
    finally:
        con.close()


def check_history(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[tuple[FormTable, pa.Table]],
    as_of: datetime,
) -> list[Finding]:
    """Findings of the new rows of one document against each other and against the warehouse.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The warehouse, for reading only.
    tables : sequence of (FormTable, pyarrow.Table)
        The tables of the document and their rows, filled in.
    as_of : datetime
        What counts as now.
    """
    given: dict[str, list[pa.Table]] = defaultdict(list)
    for table, rows in tables:
        if table.form in FORMS:
            given[table.form].append(
                rows.append_column("sheet", pa.array([table.sheet] * rows.num_rows, pa.string()))
            )
    if not given:
        return []
    known: dict[str, Any] = {**rule_values(), "as_of": as_of}
    queries = [_query(name) for name, forms in _NEEDS.items() if not forms.isdisjoint(given)]
    found: list[Finding] = []
    with _incoming(con, given, " ".join(queries)):
        for sql in queries:
            used = {rule: value for rule, value in known.items() if f"${rule}" in sql}
            found += _findings(con.execute(f"{sql} ORDER BY ALL", used).fetchall(), tables)
    return found


@functools.cache
def _query(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def _incoming(
    con: duckdb.DuckDBPyConnection, given: Mapping[str, list[pa.Table]], queries: str
) -> Iterator[None]:
    """Show the new rows as ``incoming_<form>``, with all columns of their tables; of forms not given those asked for, empty."""
    names = []
    try:
        for form in FORMS:
            if re.search(rf"\bincoming_{form}\b", queries) is None:
                continue
            empty = con.execute(f"SELECT * FROM coal.{table_of(form)} LIMIT 0").to_arrow_table()
            parts = [_like(part, empty.schema) for part in given.get(form, [])]
            con.register(f"incoming_{form}", pa.concat_tables([empty, *parts]))
            names.append(f"incoming_{form}")
        yield
    finally:
        for name in names:
            con.unregister(name)


def _like(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give rows the columns and types of a table; columns that it has not are left out."""
    columns = [
        rows[field.name].cast(field.type)
        if field.name in rows.column_names
        else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _findings(rows: Sequence[tuple[Any, ...]], tables: Sequence[tuple[FormTable, pa.Table]]) -> list[Finding]:
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    counted: Counter[tuple[str, str]] = Counter()
    alone: dict[str, list[tuple[str, str]]] = defaultdict(list)
    spans = _spans(tables)
    for rule, sheet, line, column, found in rows:
        place = (rule, sheet or "")
        table = _table_at(spans, sheet, line)
        letters, units = (table.letters, table.units) if table is not None else ({}, {})
        cell = f"{letters.get(column, '')}{line}" if line is not None else ""
        if rule == ALONE:
            alone[sheet or ""].append((cell, str(found)))
            continue
        counted[place] += 1
        if counted[place] <= LISTED:
            by_rule[place].append(
                _finding(rule, sheet or "", cell, str(found)[:MAX_FOUND], units.get(column, "t"))
            )
    listed = [finding for place, part in by_rule.items() for finding in limited(part, counted[place])]
    return listed + [_alone(sheet, cells) for sheet, cells in alone.items()]


def _spans(tables: Sequence[tuple[FormTable, pa.Table]]) -> list[tuple[FormTable, int, int]]:
    """First and last line of every table that has rows: a sheet may hold several."""
    lines = [(table, rows["sheet_row"].to_pylist()) for table, rows in tables if rows.num_rows]
    return [(table, min(own), max(own)) for table, own in lines]


def _table_at(
    spans: Sequence[tuple[FormTable, int, int]], sheet: str | None, line: int | None
) -> FormTable | None:
    for table, first, last in spans:
        if line is not None and table.sheet == (sheet or "") and first <= line <= last:
            return table
    return None


def _alone(sheet: str, cells: Sequence[tuple[str, str]]) -> Finding:
    """Say once for a sheet which of its amounts nothing can be compared with."""
    places = [cell for cell, _ in sorted(cells, key=lambda told: _in_sheet(told[0]))]
    shown = "、".join(places[:NAMED]) + ("…" if len(places) > NAMED else "")
    n = f"{len(places):,}"
    return worded(_rules(), ALONE, sheet=sheet, cell=places[0], found=shown, found_en=shown, n=n)


def _in_sheet(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def _finding(rule: str, sheet: str, cell: str, found: str, unit: str = "t") -> Finding:
    found_zh, found_en = in_unit(found, unit)
    return worded(_rules(), rule, sheet=sheet, cell=cell, found=found_zh, found_en=found_en)


def _rules() -> Rules:
    return read_rules(_FOLDER / "rules.csv")


def unchecked_finding() -> Finding:
    """Say that nothing was compared with earlier data."""
    return _finding("history_unchecked", "", "", "")
