"""Everything that is said about coal of one area and one year, as one document."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from pipelines.air.regions import members, region_list
from pipelines.coal.clean_coal_document import clean_coal_document
from pipelines.coal.replacement import replacement_document
from pipelines.coal.target_document import target_document
from warehouse.store import one_row

Rows = list[dict[str, Any]]

_NAMES = """
SELECT 'city', city_code, name_zh, name_en FROM ref.city
UNION ALL SELECT 'unit', unit_id, name_zh, name_en FROM ref.assessment_unit
UNION ALL SELECT 'county', county_code, name_zh, NULL FROM ref.county
UNION ALL SELECT 'region', region_id, name_zh, name_en FROM ref.region
UNION ALL SELECT DISTINCT 'province', province_code, province_zh, province_en FROM ref.city
"""


def coal_document(
    con: duckdb.DuckDBPyConnection, as_of: datetime, area_kind: str, area_code: str, year: int
) -> dict[str, Any]:
    """Collect every verdict on coal for an area and the places in it.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    as_of : datetime
        What came later does not count.
    area_kind : {"region", "city", "unit"}
    area_code : str
        Of a region also its family without a year, of which the list in force at the end of the year is taken.
    year : int

    Returns
    -------
    dict
        ``about``, ``targets``, ``panel``, ``early_warning``, ``contributions``, ``replacement``, what `clean_coal_document` gives, and
        ``checks``: rows as in the tables of the same names, with ``area_name``.
    """
    if area_kind == "region":
        area_code = region_list(con, area_code, min(date(year, 12, 31), as_of.date()))
    names = {(kind, code): (zh, en) for kind, code, zh, en in con.execute(_NAMES).fetchall()}
    places = _places(con, area_kind, area_code, year)
    checked = target_document(con, as_of, year=year)
    default = _default_rules(con)
    zh, en = names.get((area_kind, area_code), (area_code, area_code))
    clean_coal = clean_coal_document(
        con, as_of, ("county" if area_kind == "unit" else area_kind, area_code), year
    )
    return {
        "about": {
            "area_kind": area_kind,
            "area_code": area_code,
            "area_name": zh,
            "area_name_en": en or zh,
            "stat_year": year,
            "as_of": as_of.isoformat(sep=" "),
            "data_until": _data_until(con, as_of),
            **_simulated(con),
        },
        "targets": _within(checked["targets"], places | _as_counties(places)),
        **{
            part: [
                row | {"is_default": row["scope_rule"] in default} for row in _within(checked[part], places)
            ]
            for part in ("panel", "early_warning", "contributions")
        },
        "replacement": replacement_document(con, as_of, area_code),
        **clean_coal,
        "checks": _checks(con),
    }


def _default_rules(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Rules by which a scope is drawn unless another is asked for; a scope without rules has an empty one."""
    rows = con.execute("SELECT scope_rule FROM ref.coal_scope_rule WHERE is_default").fetchall()
    return {"", *(rule for (rule,) in rows)}


def _places(con: duckdb.DuckDBPyConnection, kind: str, code: str, year: int) -> set[tuple[str, str]]:
    """The area itself and the places whose rows its document lists: member cities and units, or counties."""
    found = {(kind, code)}
    if kind == "region":
        cities = members(con, code, date(year, 12, 31))
        found |= {("city", city) for city in cities}
        found |= {
            ("unit", unit)
            for (unit,) in con.execute(
                "SELECT unit_id FROM ref.assessment_unit WHERE kind = 'unit' AND list_contains(?, city_code)",
                [cities],
            ).fetchall()
        }
    if kind == "city":
        for sub, sql in (
            (
                "county",
                "SELECT county_code FROM ref.county WHERE city_code = ?"
                " AND county_code NOT IN (SELECT unit_id FROM ref.assessment_unit)",
            ),
            ("unit", "SELECT unit_id FROM ref.assessment_unit WHERE city_code = ?"),
        ):
            found |= {(sub, place) for (place,) in con.execute(sql, [code]).fetchall()}
    return found


def _as_counties(places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Units as counties, as a target may name them; their other rows are listed once, as units."""
    return {("county", code) for kind, code in places if kind == "unit"}


def _within(rows: Iterable[dict[str, Any]], places: set[tuple[str, str]]) -> Rows:
    return [row for row in rows if (row["area_kind"], row["area_code"]) in places]


def _data_until(con: duckdb.DuckDBPyConnection, as_of: datetime) -> str | None:
    last_month = (as_of.date().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    row = one_row(
        con.execute(
            "SELECT max(period) FROM coal.balance WHERE period_kind = 'month' AND period <= ?", [last_month]
        )
    )
    return row[0] if row else None


def _simulated(con: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'simulated'"))
    return {"simulated": row[0] == "true"} if row else {}


def _checks(con: duckdb.DuckDBPyConnection) -> Rows:
    names = ("check_name", "consequence", "detail_zh", "detail_en")
    rows = con.execute(
        f"SELECT {', '.join(names)} FROM ops.check_result WHERE NOT passed AND table_name LIKE 'coal.%' ORDER BY 1"
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
