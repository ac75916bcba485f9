"""目标的地区 | the area a coal target is for, and the members whose firms and projects are in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from pipelines.air.regions import UnknownAreaError, members, region_list
from pipelines.areas import area_code

_LIST_YEAR = re.compile(r"_\d{4}$", re.ASCII)


@dataclass(frozen=True)
class TargetArea:
    """An area as the balances name it.

    Attributes
    ----------
    kind, code : str
    perimeter : str
        The list of a region that the target means; of any other area its code.
    codes : tuple of str
        All lists of the region, so that figures of another list are seen and refused; else the one code.
    members : tuple of (str, str)
        Kind (province, city, county) and code of the places in it.
    verified : bool
        Whether the list was read in an official text.
    ended : bool
        The list of a region was not in force at the end of the target's year.
    name_en : str or None
        English name; None where the facts have none, as of counties.
    """

    kind: str
    code: str
    perimeter: str
    codes: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    verified: bool = True
    ended: bool = False
    name_en: str | None = None


_ENGLISH = """
SELECT name_en FROM (
    SELECT 'city' AS kind, city_code AS code, name_en, valid_from FROM ref.city
    UNION ALL SELECT 'province', province_code, province_en, valid_from FROM ref.city
    UNION ALL SELECT 'region', region_id, name_en, valid_from FROM ref.region
    UNION ALL SELECT k.area_kind, unit_id, name_en, valid_from
        FROM ref.assessment_unit CROSS JOIN (VALUES ('unit'), ('county')) k(area_kind)
)
WHERE kind = ? AND code = ? AND name_en IS NOT NULL ORDER BY valid_from DESC LIMIT 1
"""


def resolve(
    con: duckdb.DuckDBPyConnection, kind: str | None, code: str | None, name: str | None, year: int
) -> TargetArea | None:
    """Return the area of a target from its code, else from its name; None where neither is known."""
    for given in (code, name):
        for guess in [kind] if kind else ["city", "unit", "region", "province", "county"]:
            found = _resolve_as(con, guess, given.strip(), year) if given and given.strip() else None
            if found is not None:
                row = con.execute(_ENGLISH, [found.kind, found.code]).fetchone()
                return replace(found, name_en=row[0] if row else None)
    return None


def _resolve_as(con: duckdb.DuckDBPyConnection, kind: str, given: str, year: int) -> TargetArea | None:
    if kind in ("province", "county"):
        return _place(con, kind, given)
    try:
        code = area_code(con, kind, given)
        if kind == "region":
            return _region(con, region_list(con, code, date(year, 12, 31)), year)
    except UnknownAreaError:
        return None
    member = ("city", code) if kind == "city" else ("county", code)
    return TargetArea(kind, code, code, (code,), (member,))


def _place(con: duckdb.DuckDBPyConnection, kind: str, given: str) -> TargetArea | None:
    """Find a province or county; a county's name must be the only one of its kind."""
    sql = {
        "province": "SELECT DISTINCT province_code FROM ref.city WHERE $given IN (province_code, province_zh, province_en)",
        "county": "SELECT DISTINCT county_code FROM ref.county WHERE $given IN (county_code, name_zh)",
    }
    found = con.execute(sql[kind], {"given": given}).fetchall()
    if len(found) != 1:
        return None
    code = str(found[0][0])
    return TargetArea(kind, code, code, (code,), ((kind, code),))


def _region(con: duckdb.DuckDBPyConnection, region_id: str, year: int) -> TargetArea:
    family = _LIST_YEAR.sub("", region_id)
    lists = con.execute(
        "SELECT DISTINCT region_id FROM ref.region WHERE regexp_replace(region_id, '_[0-9]{4}$', '') = ? ORDER BY ALL",
        [family],
    ).fetchall()
    unread = con.execute(
        "SELECT 1 FROM ref.region WHERE region_id = $id AND NOT verified UNION ALL"
        " SELECT 1 FROM ref.region_city WHERE region_id = $id AND role = 'city' AND NOT verified",
        {"id": region_id},
    ).fetchall()
    cities = tuple(("city", c) for c in members(con, region_id, date(year, 12, 31)))
    in_force = con.execute(
        "SELECT 1 FROM ref.region WHERE region_id = ? AND ? BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')",
        [region_id, date(year, 12, 31)],
    ).fetchall()
    return TargetArea(
        "region", region_id, region_id, tuple(c for (c,) in lists), cities, not unread, not in_force
    )
