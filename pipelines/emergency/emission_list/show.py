"""Which versions there are, and what one of them holds."""

from typing import Any

import duckdb

from pipelines.emergency.emission_list.check import ABOUT, about_version
from warehouse.store import rows_of


def versions(con: duckdb.DuckDBPyConnection, city_code: str | None = None) -> list[dict[str, Any]]:
    """Give every version of all cities, or of one, by city, year and number."""
    return rows_of(
        con,
        f"SELECT {', '.join('v.' + name for name in ABOUT)}, coalesce(c.short_zh, v.city_code) AS city"
        " FROM emergency.list_version AS v LEFT JOIN ref.city AS c ON c.city_code = v.city_code AND c.valid_to IS NULL"
        " WHERE $city IS NULL OR v.city_code = $city ORDER BY v.city_code, v.list_year, v.version_no",
        {"city": city_code},
    )


def newest(con: duckdb.DuckDBPyConnection, city_code: str | None = None) -> list[str]:
    """Give the newest version of every city, or of one."""
    found: dict[str, str] = {}
    for row in versions(con, city_code):
        found[row["city_code"]] = row["version_id"]
    return list(found.values())


def show_version(con: duckdb.DuckDBPyConnection, version: str) -> dict[str, Any]:
    """Give a version with its enterprises, lines, measures and totals.

    Raises
    ------
    UnknownVersionError
        There is no such version.
    """
    about = about_version(con, version)
    lines = rows_of(
        con,
        "SELECT e.firm_name, e.credit_code, e.county_name, l.line_key, l.line_name, l.industry, l.effective_grade, l.grade,"
        " l.category, c.name_zh AS category_zh, c.name_en AS category_en,"
        " l.base_so2_kgd, l.base_nox_kgd, l.base_pm_kgd, l.base_vocs_kgd, l.stops_text, l.evidence,"
        " max(m.measure_text) FILTER (m.level = 'yellow') AS yellow_text,"
        " max(m.measure_text) FILTER (m.level = 'orange') AS orange_text,"
        " max(m.measure_text) FILTER (m.level = 'red') AS red_text"
        " FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)"
        " LEFT JOIN emergency.measure AS m ON m.version_id = l.version_id AND m.source_kind = 'line' AND m.source_id = l.line_key"
        " LEFT JOIN (SELECT DISTINCT ON (category) category, name_zh, name_en FROM ref.list_category ORDER BY category, valid_from DESC)"
        " AS c ON c.category = l.category"
        " WHERE l.version_id = ? GROUP BY ALL ORDER BY e.firm_name, l.line_key",
        [version],
    )
    return {"version": about, "lines": lines, "totals": stated_totals(con, version)}


def stated_totals(con: duckdb.DuckDBPyConnection, version: str) -> list[dict[str, Any]]:
    """Give the emissions that a version states by sector and pollutant."""
    return rows_of(
        con,
        "SELECT sector, pollutant, total_kgd, note FROM emergency.source_total WHERE version_id = ? ORDER BY ALL",
        [version],
    )
