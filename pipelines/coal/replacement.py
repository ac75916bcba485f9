"""煤炭减量替代核查 | the opinion on the coal replacement of new projects, at approval, start and operation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb

from warehouse.store import model_sql, one_row, rows_of

CHECK = "coal.replacement_check"
SOURCE_CHECK = "coal.replacement_source_check"
SUMMARY = "coal.replacement_summary"
VERDICTS = ("pass", "fail", "insufficient", "unverified", "not_applicable")

_STEPS = ("text", "project", "source", "stage", "operation")
_OF_STEP = {step: f"coal_replacement_{step}" for step in (*_STEPS, "check")}


def relation(step: str) -> str:
    """Return one model with those it rests on, as a query of the parameter ``$as_of``.

    Parameters
    ----------
    step : {"text", "project", "source", "stage", "operation", "check"}
        What the query gives: see ``warehouse/models/coal_replacement_*.sql``.
    """
    before = _STEPS[: _STEPS.index(step)] if step in _STEPS else _STEPS
    named = [f"{name} AS (\n{model_sql(_OF_STEP[name])})" for name in before]
    head = f"WITH {', '.join(named)}\n" if named else ""
    return f"{head}SELECT * FROM (\n{model_sql(_OF_STEP[step])})"


def rebuild_replacement(con: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Replace the opinions on projects and on their sources; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : datetime
        What happened after this day is still to come.

    Returns
    -------
    int
        Opinions written: one a project for approval and start, one a year of operation.
    """
    for table, step in ((SOURCE_CHECK, "source"), (CHECK, "check")):
        con.execute(f"DELETE FROM {table}")
        con.execute(f"INSERT INTO {table} BY NAME {relation(step)}", {"as_of": as_of})
    con.execute(f"DELETE FROM {SUMMARY}")
    con.execute(f"INSERT INTO {SUMMARY} BY NAME {model_sql('coal_replacement_summary')}")
    row = one_row(con.execute(f"SELECT count(*) FROM {CHECK}"))
    return int(row[0]) if row else 0


def query_replacement(
    con: duckdb.DuckDBPyConnection, as_of: datetime, *, area: str | None = None
) -> list[dict[str, Any]]:
    """Return the opinions as of a day, computed anew; also on a connection that can only read.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : datetime
        What happened after this day is still to come.
    area : str, optional
        Code of a province, city, county, unit or region; projects there only. Double use is still looked for among
        all projects.

    Returns
    -------
    list of dict
        Rows as in ``coal.replacement_check``, by project, stage and year.
    """
    return _of_area(con, "check", CHECK, "project_code, stage, stat_year", as_of, area)


def query_replacement_sources(
    con: duckdb.DuckDBPyConnection, as_of: datetime, *, area: str | None = None
) -> list[dict[str, Any]]:
    """Return each source with its acceptance and reasons: rows as in ``coal.replacement_source_check``."""
    return _of_area(con, "source", SOURCE_CHECK, "project_code, source_id", as_of, area)


def _of_area(
    con: duckdb.DuckDBPyConnection, step: str, table: str, order: str, as_of: datetime, area: str | None
) -> list[dict[str, Any]]:
    # cast to the types of the table, so that a query and the table say the same
    columns = ", ".join(
        f'CAST("{name}" AS {kind}) AS "{name}"'
        for name, kind in con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database()"
            " AND schema_name || '.' || table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
    )
    return rows_of(
        con,
        f"""
        SELECT {columns} FROM ({relation(step)})
        WHERE $area IS NULL OR $area IN (city_code, county_code, province_code) OR EXISTS (
            SELECT 1 FROM ref.region_city m
            WHERE m.region_id = $area AND m.role <> 'observer' AND m.area_code IN (city_code, county_code)
        )
        ORDER BY {order}
        """,
        {"as_of": as_of, "area": area},
    )


def replacement_document(
    con: duckdb.DuckDBPyConnection, as_of: datetime, area: str | None = None
) -> dict[str, Any]:
    """Return the opinions with the sources and rules they rest on.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : datetime
        What happened after this day is still to come.
    area : str, optional
        See :func:`query_replacement`.

    Returns
    -------
    dict
        ``opinion_zh``, ``opinion_en`` (what this is and is not), ``as_of_day``, ``area``, ``counts`` by stage and verdict,
        ``checks``, ``sources`` and ``rules``. Each row of the first two names the file, sheet and row it came from.
    """
    checks = query_replacement(con, as_of, area=area)
    counts: dict[str, dict[str, int]] = {}
    for row in checks:
        of_stage = counts.setdefault(row["stage"], dict.fromkeys(VERDICTS, 0))
        of_stage[row["verdict"]] += 1
    return {
        "opinion_zh": "核查意见，不是审批决定",
        "opinion_en": "an opinion from the data, not an approval",
        "as_of_day": as_of.date(),
        "area": area,
        "counts": counts,
        "checks": checks,
        "sources": query_replacement_sources(con, as_of, area=area),
        "rules": _rules(con, {(row["rule_area_code"], row["rule_day"]) for row in checks}),
    }


def _rules(con: duckdb.DuckDBPyConnection, used: set[tuple[str | None, date]]) -> list[dict[str, Any]]:
    """List the rules that hold for the areas and days given, once each."""
    sql = (
        "SELECT * FROM ref.replacement_rule WHERE area_code = ?"
        " AND ? BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')"
    )
    found = {}
    for area_code, day in used:
        for rule in rows_of(con, sql, [area_code, day]):
            found[rule["area_code"], rule["valid_from"]] = rule
    return [found[key] for key in sorted(found)]
