"""The part of the coal document on clean and scattered coal: inspections, households, avoided emissions."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb

from pipelines.coal.composed_sql import Rows
from pipelines.coal.emissions import query_emissions
from pipelines.coal.households import query_household_issues, query_households
from pipelines.coal.inspections import (
    limit_matrix,
    published_rates,
    query_inspections,
    query_items,
    query_rates,
)
from warehouse.store import rows_of

Area = tuple[str, str]
Named = Callable[[dict[str, Any]], dict[str, Any]]

_NAMES = """
SELECT 'city' AS area_kind, city_code AS area_code, name_zh, name_en FROM ref.city
UNION ALL SELECT DISTINCT 'province', province_code, province_zh, province_en FROM ref.city
UNION ALL SELECT 'region', region_id, name_zh, name_en FROM ref.region
UNION ALL SELECT 'county', county_code, name_zh, NULL FROM ref.county
UNION ALL SELECT 'county', unit_id, name_zh, name_en FROM ref.assessment_unit ANTI JOIN ref.county ON county_code = unit_id
"""
_MEMBERS = """
SELECT 'city' AS area_kind, area_code FROM ref.region_city WHERE region_id = $code AND role = 'city' AND $kind = 'region'
UNION SELECT 'city', city_code FROM ref.city WHERE province_code = $code AND $kind = 'province'
UNION SELECT 'county', county_code FROM ref.county WHERE city_code = $code AND $kind = 'city'
UNION SELECT 'county', unit_id FROM ref.assessment_unit WHERE city_code = $code AND $kind = 'city'
UNION SELECT $kind, $code
"""
TERMS = {
    "inspections": {
        "rate_zh": "合格率=合格÷（合格+不合格），含待核实；不足以判定、不判定的不计",
        "rate_en": "pass rate = passed over passed and failed, unverified ones included; undecided and unjudged ones left out",
        "coverage_zh": "覆盖率=被抽在册单位÷时段内在册单位",
        "coverage_en": "coverage = registered entities sampled over those registered in the period",
    },
    "households": {
        "done_zh": "完成数已扣除未整改复燃；序时按已过整月",
        "done_en": "done is less households back to coal and not mended; the schedule is by whole months passed",
        "clean_zh": "清洁取暖率不含洁净煤；含洁净煤的另列",
        "clean_en": "clean heating leaves out clean coal; the share with it stands beside",
    },
    "emissions": {
        "range_zh": "区间为各研究最低至最高，不取平均；替代能源的排放未扣除",
        "range_en": "from the lowest to the highest study, no mean; what the substitute emits is not taken off",
    },
}
"""How the numbers of each part are to be read."""
ATTRIBUTES = {"scope": "scattered", "basis": "t", "exclusions": ""}
"""What makes two of the household and emission numbers comparable, besides area (perimeter) and year."""


def _asked(con: duckdb.DuckDBPyConnection, area: Area | None) -> set[Area] | None:
    """The area and its members; None stands for every area."""
    if area is None:
        return None
    found = rows_of(con, _MEMBERS, {"kind": area[0], "code": area[1]})
    return {(row["area_kind"], row["area_code"]) for row in found}


def _places(con: duckdb.DuckDBPyConnection, area: Area | None) -> Callable[[dict[str, Any]], bool]:
    """Tell whether a row with codes of province, city and county lies in the area."""
    if area is None:
        return lambda row: True
    kind, code = area
    if kind == "region":
        cities = {c for k, c in _asked(con, area) or () if k == "city"}
        return lambda row: row["city_code"] in cities
    return lambda row: row[f"{kind}_code"] == code


def _naming(con: duckdb.DuckDBPyConnection) -> Named:
    """Put the names of its area on a row."""
    names = {(r["area_kind"], r["area_code"]): (r["name_zh"], r["name_en"]) for r in rows_of(con, _NAMES)}

    def named(row: dict[str, Any]) -> dict[str, Any]:
        zh, en = names.get((row["area_kind"], row["area_code"]), (row["area_code"], None))
        perimeter = row["area_code"] if row["area_kind"] == "region" else ""
        return row | {"area_name": zh, "area_name_en": en or row["area_code"], "perimeter": perimeter}

    return named


def _of_year(row: dict[str, Any], year: int | None) -> bool:
    """Tell whether a row of an area or a sample belongs to a year; without one, all do."""
    return year is None or str(row.get("period") or row["stat_year"]).startswith(str(year))


def _inspections(
    con: duckdb.DuckDBPyConnection, as_of: date | datetime, samples: Rows, keep: Callable[[Rows], Rows]
) -> dict[str, Any]:
    """Rates of the areas, the failures of the area with the items they failed on, and the limits they rest on."""
    failures = [s for s in samples if s["failing"]]
    wanted = {s["sample_id"] for s in failures}
    behind: dict[str, Rows] = {sample_id: [] for sample_id in wanted}
    for item in query_items(con, as_of) if wanted else ():
        if item["sample_id"] in wanted and item["verdict"].endswith("fail"):
            behind[item["sample_id"]].append(item)
    return {
        "rates": keep(query_rates(con, as_of)),
        "failures": [s | {"items": behind[s["sample_id"]]} for s in failures],
        "undecided": [s for s in samples if s["verdict"] in ("insufficient", "not_judged")],
        "differs": [s for s in samples if s["differs"]],
        "limits": limit_matrix(con, as_of),
        "published": published_rates(con),
        "terms": TERMS["inspections"],
    }


def clean_coal_document(
    con: duckdb.DuckDBPyConnection,
    as_of: date | datetime,
    area: Area | None = None,
    year: int | None = None,
) -> dict[str, Any]:
    """Return inspections, households and avoided emissions as of a day, with the rows behind them.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    as_of : date or datetime
        The day the answer is given for.
    area : tuple of str, optional
        Kind and code, ``("region", "fenwei_2023")``, ``("city", "610500")``, province or county. A region comes with
        its member cities, a province with its cities, a city with its counties; without one, every area.

    year : int, optional
        Only rows of that year, and failures of other years that are still open.

    Returns
    -------
    dict
        ``inspections`` {rates, failures (each with its ``items``), undecided, differs, limits, published, terms},
        ``households`` rows of ``coal.household_progress`` without villages, ``household_issues``, ``emissions`` rows of
        ``coal.emission_estimate``, ``clean_coal_terms``. Rows of areas carry area_name, area_name_en, perimeter.
    """
    asked, named, within = _asked(con, area), _naming(con), _places(con, area)

    def keep(found: Rows) -> Rows:
        kept = (r for r in found if r["area_kind"] != "village" and _of_year(r, year))
        return [named(r) for r in kept if asked is None or (r["area_kind"], r["area_code"]) in asked]

    samples = [s for s in query_inspections(con, as_of) if within(s) and (s["is_open"] or _of_year(s, year))]
    issues = query_household_issues(con, as_of)
    return {
        "inspections": _inspections(con, as_of, samples, keep),
        "households": [r | ATTRIBUTES for r in keep(query_households(con, as_of))],
        "household_issues": [r for r in issues if within(r) and _of_year(r, year)],
        "emissions": [r | ATTRIBUTES for r in keep(query_emissions(con, as_of))],
        "clean_coal_terms": TERMS,
    }
