"""煤炭核验文档：目标、同比、预警 | the parts of ``fenwei coal check`` on targets, the panel and early warning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.air.regions import UnknownAreaError, members, region_list
from pipelines.coal.early_warning import query_early_warning
from pipelines.coal.panel import query_contribution, query_panel
from pipelines.coal.targets import last_finished_month, query_targets

_LIST_YEAR = re.compile(r"_\d{4}$", re.ASCII)
_NAMES = """
SELECT region_id, name_zh, name_en FROM ref.region UNION ALL SELECT city_code, name_zh, name_en FROM ref.city
UNION ALL SELECT DISTINCT province_code, province_zh, province_en FROM ref.city
UNION ALL SELECT county_code, name_zh, NULL FROM ref.county UNION ALL SELECT unit_id, name_zh, name_en FROM ref.assessment_unit
"""


def target_document(
    con: duckdb.DuckDBPyConnection, as_of: datetime | date, area: str | None = None, year: int | None = None
) -> dict[str, Any]:
    """Collect what is said about targets, the panel of firms and early warning.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    as_of : datetime or date
        The last month finished before it is the last that counts.
    area : str, optional
        Code of an area, or the family of a region; of a region its member cities too. All areas without it.
    year : int, optional
        Year of the targets and of the months; without it all targets and the last month.

    Returns
    -------
    dict
        ``as_of_month``, ``targets`` (rows of coal.target_check), ``counts`` (verdict → targets), ``panel``,
        ``early_warning`` and ``contributions`` of the last month. Every row has ``area_name`` and ``area_name_en``.
    """
    codes, lists = _areas(con, area, as_of)
    targets = query_targets(con, as_of, areas=lists, year=year)
    verdicts = sorted({row["verdict"] for row in targets})
    names = {code: (zh, en) for code, zh, en in con.execute(_NAMES).fetchall()}
    return {
        "as_of_month": last_finished_month(as_of),
        "area": area,
        "year": year,
        "targets": _named(targets, names),
        "counts": {v: sum(row["verdict"] == v for row in targets) for v in verdicts},
        "panel": _named(query_panel(con, as_of, areas=codes, year=year), names),
        "early_warning": _named(query_early_warning(con, as_of, areas=codes, year=year), names),
        "contributions": _named(query_contribution(con, as_of, areas=codes, year=year), names),
    }


def _areas(
    con: duckdb.DuckDBPyConnection, area: str | None, as_of: datetime | date
) -> tuple[set[str] | None, set[str] | None]:
    """Return the codes to show, and the same with former lists of a region, whose targets are shown too."""
    if area is None:
        return None, None
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    try:
        region = region_list(con, area, day)
    except UnknownAreaError:
        return {area}, {area}
    codes = {region, *members(con, region, day)}
    rows = con.execute("SELECT DISTINCT region_id FROM ref.region").fetchall()
    family = _LIST_YEAR.sub("", region)
    return codes, codes | {r for (r,) in rows if _LIST_YEAR.sub("", r) == family}


def _named(rows: Iterable[dict[str, Any]], names: dict[str, tuple[str, str | None]]) -> list[dict[str, Any]]:
    """Add the names of areas; one a target gives itself stays."""
    named = []
    for row in rows:
        zh, en = names.get(row["area_code"], (row["area_code"], None))
        named.append(row | {"area_name": row.get("area_name") or zh, "area_name_en": en or zh})
    return named
