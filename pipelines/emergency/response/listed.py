"""What a filed list says for a response: its enterprises line by line, other sources, ratios; set by set, not firm by firm."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from dashboards.response.model import LEVELS, POLLUTANTS, Enterprise, Line, OtherSource
from pipelines.emergency.emission_list.check import about_version
from pipelines.emergency.emission_list.ratios import counted, reductions, reductions_of
from pipelines.emergency.emission_list.show import stated_totals
from warehouse.store import model_sql, one_row, rows_of

_BATCH = 5_000


@dataclass(frozen=True)
class Listed:
    """A list version as a response uses it."""

    version: dict[str, Any]
    enterprises: tuple[Enterprise, ...]
    others: tuple[OtherSource, ...]
    reductions: list[dict[str, Any]]
    totals: list[dict[str, Any]]


def listed(con: duckdb.DuckDBPyConnection, version: str, level: str, day: date) -> Listed:
    """Read a version for a response.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    version : str
    level : str
        Level in force; at one that lists have no measures for, nothing is cut.
    day : date
        Response day: lines whose stop is in force then stand still.
    """
    asked = {"version": version, "level": level, "day": day}
    made = reductions(con, version, None)
    with counted(con, version, day) as table:
        made += reductions_of(con, version, day, table)
        cursor = con.execute(model_sql("response_line"), asked)
        enterprises = tuple(
            _enterprise(rows) for _, rows in groupby(_dicts(cursor), itemgetter("enterprise_id"))
        )
        others = rows_of(con, model_sql("response_other"), {"version": version, "level": level})
    return Listed(
        _about(con, version),
        enterprises,
        tuple(_other(row) for row in others),
        [asdict(row) for row in made],
        stated_totals(con, version),
    )


def filed_and_on(con: duckdb.DuckDBPyConnection, version: str, day: date) -> list[dict[str, Any]]:
    """Ratios of a version as filed and on a response day, as `Listed` has them."""
    return [asdict(row) for at in (None, day) for row in reductions(con, version, at)]


def _dicts(cursor: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description or []]
    while batch := cursor.fetchmany(_BATCH):
        for row in batch:
            yield dict(zip(names, row, strict=True))


def _about(con: duckdb.DuckDBPyConnection, version: str) -> dict[str, Any]:
    row = one_row(con.execute("SELECT sha256 FROM emergency.list_version WHERE version_id = ?", [version]))
    return about_version(con, version) | {"sha256": row[0] if row else None}


def _amounts(row: dict[str, Any], what: str) -> dict[str, float]:
    return {p: row[f"{what}_{p.lower()}"] or 0.0 for p in POLLUTANTS}


def _enterprise(rows: Iterator[dict[str, Any]]) -> Enterprise:
    lines = list(rows)
    head = lines[0]
    same = (
        "enterprise_id",
        "credit_code",
        "site",
        "firm_name",
        "county_code",
        "county_name",
        "address",
        "permit_no",
    )
    return Enterprise(
        **{name: head[name] for name in (*same, "contact", "phone")},
        grade=head["firm_grade"], graded=head["firm_graded"], category=head["firm_category"],
        lines=tuple(_line(row) for row in lines),
    )  # fmt: skip


def _line(row: dict[str, Any]) -> Line:
    same = (
        "line_id",
        "line_name",
        "equipment",
        "evidence",
        "industry",
        "category",
        "stops_text",
        "stopped",
        "shared_id",
    )
    return Line(
        **{name: row[name] for name in (*same, "ratio", "doubtful", "doubt", "graded")},
        grade=row["effective_grade"], base_kgd=_amounts(row, "base"), cut_kgd=_amounts(row, "cut"),
        measures={level: row[level] for level in LEVELS},
        codes={level: row[f"{level}_codes"] for level in LEVELS},
    )  # fmt: skip


def _other(row: dict[str, Any]) -> OtherSource:
    same = ("kind", "source_id", "name", "detail", "county_name", "exempt_reason", "count", "doubtful")
    return OtherSource(
        **{name: row[name] for name in same},
        base_kgd=_amounts(row, "base"), cut_kgd=_amounts(row, "cut"),
        measures={level: row[level] for level in LEVELS},
    )  # fmt: skip
