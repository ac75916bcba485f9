"""Lists for tests: rows → workbook → a warehouse in memory."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from prepared import fresh

from dashboards.emission_list.template import write_list
from pipelines.emergency.emission_list.loading import Prepared, load_version, prepare_list
from pipelines.emergency.emission_list.ratios import Reduction, keep_reductions, reductions
from sources.emission_list import read
from sources.simulation.coal.codes import credit_code

CITY = "610100"
POLLUTANTS = ("SO2", "NOx", "PM", "VOCs")


def line(firm: int = 1, number: int = 1, **given: Any) -> dict[str, Any]:
    base = {f"base_{p.lower()}_kgd": 0 for p in POLLUTANTS}
    head = {
        "firm_name": f"企业{firm}",
        "credit_code": credit_code(CITY, firm),
        "line_id": str(number),
        "grade": "C",
    }
    return head | base | given


def totals(*amounts: Any) -> list[dict[str, Any]]:
    return [
        {"pollutant": p, "total_kgd": a} for p, a in zip(POLLUTANTS, amounts or (10_000,) * 4, strict=True)
    ]


def document_of(folder: Path, rows: dict[str, Any]) -> Prepared:
    path = folder / "list.xlsx"
    write_list(path, {"total": totals()} | rows)
    return prepare_list(read(path.read_bytes(), "list.xlsx", city_code=CITY))


def warehouse() -> duckdb.DuckDBPyConnection:
    return fresh()


def loaded(con: duckdb.DuckDBPyConnection, folder: Path, rows: dict[str, Any], number: int = 1) -> str:
    prepared = document_of(folder, rows)
    assert not prepared.errors, prepared.errors
    version = f"L-{CITY}-2026-{number}"
    head = {
        "version_id": version, "city_code": CITY, "list_year": 2026, "version_no": number, "sha256": "x", "file_name": "x",
        "imported_at": datetime(2026, 11, 1), "simulated": False, "state": "draft",
    }  # fmt: skip
    load_version(con, prepared, head)
    days = (None, date(2026, 12, 1))
    keep_reductions(con, version, [r for day in days for r in reductions(con, version, day)])
    return version


def ratios(
    con: duckdb.DuckDBPyConnection, version: str, day: date | None = None
) -> dict[tuple[str, str], Reduction]:
    return {(r.level, r.pollutant): r for r in reductions(con, version, day)}


def cut(
    con: duckdb.DuckDBPyConnection, version: str, level: str = "orange", pollutant: str = "SO2"
) -> tuple[Decimal, Decimal]:
    row = ratios(con, version)[level, pollutant]
    return row.cut_kgd, row.cut_high_kgd
