"""Codes and names the tables refer to: cities, units and regions are known, and every name has one owner."""

from collections.abc import Mapping
from typing import Any

from warehouse.standards.checks import Row, fail, last_day


def _check_cities(rows: list[Row]) -> None:
    for row in rows:
        code = row["city_code"]
        if not (len(code) == 6 and code.isdigit()):
            fail("city.csv", row["line"], code, "6 位数字 | six digits", "改正代码 | correct it")
        if row["province_code"] != code[:2] + "0000":
            fail("city.csv", row["line"], row["province_code"], code[:2] + "0000", "改正省代码 | correct it")


def check_references(rows: dict[str, list[Row]]) -> None:
    """Check cities, units and regions against each other."""
    _check_cities(rows["city"])
    _check_names(rows)
    cities = {row["city_code"]: row for row in rows["city"]}
    units = {row["unit_id"]: row for row in rows["assessment_unit"]}
    regions = {row["region_id"]: row for row in rows["region"]}
    file = "region_city.csv"
    for row in rows["assessment_unit"]:
        if row["city_code"] not in cities:
            what = "改正上级 | correct the parent"
            fail("assessment_unit.csv", row["line"], row["city_code"], "city.csv", what)
    for row in rows["region_city"]:
        region = regions.get(row["region_id"])
        if region is None:
            fail(file, row["line"], row["region_id"], "region.csv", "先加区域 | add the region first")
        known, where = (units, "assessment_unit.csv") if row["role"] == "unit" else (cities, "city.csv")
        place = known.get(row["area_code"])
        if place is None:
            fail(file, row["line"], f"{row['area_code']}（{row['role']}）", where, "改正代码 | correct it")
        _check_within(file, row, region, "region.csv")
        _check_within(file, row, place, where)


def _check_within(file: str, row: Row, frame: Row, name: str) -> None:
    """Check that the validity of a row lies within that of the row it refers to."""
    first, last = frame["valid_from"], frame["valid_to"] or ""
    if row["valid_from"] < first or last_day(row) > last_day(frame):
        fail(
            file,
            row["line"],
            f"{row['valid_from']} … {row['valid_to'] or ''}",
            f"{name} 第 {frame['line']} 行的有效期内 | within {first} … {last}",
            "改正日期 | correct the dates",
        )


def names_of(row: Mapping[Any, Any]) -> list[str]:
    """Return every name a city or unit row answers to."""
    if "unit_id" in row:
        return [row["name_zh"], *row["list_names"].split(";")]
    return [row["name_zh"], row["short_zh"], *filter(None, (row["aliases"] or "").split(";"))]


def _check_names(rows: dict[str, list[Row]]) -> None:
    taken: dict[str, tuple[str, int, str]] = {}
    for table, code in (("city", "city_code"), ("assessment_unit", "unit_id")):
        for row in rows[table]:
            for name in names_of(row):
                file, line, owner = taken.setdefault(name, (f"{table}.csv", row["line"], row[code]))
                if owner != row[code]:
                    fail(
                        f"{table}.csv",
                        row["line"],
                        f"名称 {name} | name",
                        f"只属一处（{file} 第 {line} 行已有） | one owner only",
                        "删去其一 | remove one",
                    )
