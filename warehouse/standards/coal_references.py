"""What the fact tables of coal promise each other: known areas, products, items and forms; gaps stay gaps."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from warehouse.standards.checks import Row, fail
from warehouse.standards.coal_spec import COAL_TABLES

Rows = dict[str, list[Row]]
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _words(text: str | None) -> list[str]:
    return [word for word in (text or "").split(";") if word]


def _known(file: str, row: Row, value: object, known: Iterable[Any], where: str) -> None:
    if value not in known:
        fail(
            file, row["line"], value, where, f"改正，或先在 {where} 加一行 | correct it or add it there first"
        )


def _check_counties(rows: Rows) -> None:
    file = "county.csv"
    cities = {row["city_code"] for row in rows["city"]}
    codes = {row["county_code"] for row in rows["county"]}
    names: dict[tuple[str, str], int] = {}
    for row in rows["county"]:
        code = row["county_code"]
        if not re.fullmatch(r"\d{6}", code) or row["city_code"] != code[:4] + "00":
            fail(
                file,
                row["line"],
                f"{code} / {row['city_code']}",
                f"{code[:4]}00",
                "改正代码 | correct the codes",
            )
        _known(file, row, row["city_code"], cities, "city.csv")
        for old in _words(row["former_codes"]):
            if old in codes:
                fail(file, row["line"], old, "不再使用的代码 | a code no longer used", "删去 | remove it")
        for name in (row["name_zh"], *_words(row["aliases"])):
            first = names.setdefault((row["city_code"], name), row["line"])
            if first != row["line"]:
                fail(
                    file,
                    row["line"],
                    name,
                    f"只属一处（第 {first} 行已有） | one owner only",
                    "删去其一 | remove one",
                )


def _check_forms(rows: Rows) -> None:
    columns: dict[str, set[str]] = {row["form"]: set() for row in rows["coal_form"]}
    for row in rows["coal_form_column"]:
        _known("coal_form_column.csv", row, row["form"], columns, "coal_form.csv")
        columns[row["form"]].add(row["column_name"])
    for row in rows["coal_form_column"]:
        if row["required"] not in ("yes", "no"):
            _known("coal_form_column.csv", row, row["required"], columns[row["form"]], "coal_form_column.csv")
    for row in rows["coal_form"]:
        for key in _words(row["keys"]):
            _known("coal_form.csv", row, key, columns[row["form"]], "coal_form_column.csv")
    rules = {row["rule"] for row in rows["coal_rule"]}
    for row in rows["coal_form_check"]:
        _known("coal_form_check.csv", row, row["form"], columns, "coal_form.csv")
        for rule in _PLACEHOLDER.findall(row["condition"]):
            _known("coal_form_check.csv", row, rule, rules, "coal_rule.csv")


def _check_products(rows: Rows) -> None:
    products = {row["product"] for row in rows["coal_product"]}
    for name, column in (
        ("coal_product", "subset_of"),
        ("coal_factor", "product"),
        ("coal_factor_rule", "product"),
        ("coal_co2_factor", "product"),
    ):
        for row in rows[name]:
            if row[column] is not None:
                _known(f"{name}.csv", row, row[column], products, "coal_product.csv")
    defaults = {(r["factor_list"], r["product"]) for r in rows["coal_factor"] if r["variant"] == "default"}
    for row in rows["coal_factor_rule"]:
        _known("coal_factor_rule.csv", row, (row["factor_list"], row["product"]), defaults, "coal_factor.csv")
    names: dict[str, str] = {}
    for row in rows["coal_product"]:
        for name in (row["name_zh"], *_words(row["aliases"])):
            if names.setdefault(name, row["product"]) != row["product"]:
                what = f"只属一个品种（{names[name]}） | one product only"
                fail("coal_product.csv", row["line"], name, what, "删去其一 | remove one")


def _check_quality(rows: Rows) -> None:
    items = {row["item"]: row for row in rows["coal_quality_item"]}
    grades = {(row["standard"], row["grade"]) for row in rows["coal_quality_standard"]}
    for row in rows["coal_quality_limit"]:
        file = "coal_quality_limit.csv"
        _known(file, row, (row["standard"], row["grade"]), grades, "coal_quality_standard.csv")
        _known(file, row, row["item"], items, "coal_quality_item.csv")
        item = items[row["item"]]
        for column in ("basis", "unit"):
            if row[column] != item[column]:
                what = f"{column} = {row[column]}"
                fail(file, row["line"], what, item[column], "与检验项目一致 | agree with the item")
    for row in rows["coal_item_required"]:
        for name in filter(None, (row["item"], row["or_item"])):
            _known("coal_item_required.csv", row, name, items, "coal_quality_item.csv")
    for row in rows["coal_province_limit"]:
        _check_matrix(row, items)


def _check_matrix(row: Row, items: dict[str, Row]) -> None:
    """A cell of the matrix of local limits: found with a value, or without one and then never zero."""
    file = "coal_province_limit.csv"
    if row["item"] != "*":
        _known(file, row, row["item"], items, "coal_quality_item.csv")
    if (row["status"] == "found") != (row["limit_value"] is not None):
        what = "有限值才填 found | found exactly where there is a value"
        fail(file, row["line"], f"{row['status']}, {row['limit_value']}", what, "改正 | correct it")
    if row["status"] == "not_found" and (row["verified"] or row["text_zh"] != "未查到"):
        fail(file, row["line"], row["text_zh"], "未查到，verified=false", "空档照写 | name the gap as a gap")


def _check_targets(rows: Rows) -> None:
    cities = {row["city_code"] for row in rows["city"]}
    known = {
        "city": cities,
        "province": {row["province_code"] for row in rows["city"]},
        "county": {row["county_code"] for row in rows["county"]},
        "unit": {row["unit_id"] for row in rows["assessment_unit"]},
    }
    wanted = {"cap": "target_t", "cut": "target_t", "percent": "target_pct", "state": "target_state"}
    for row in rows["coal_target"]:
        if row["area_kind"] in known:
            _known("coal_target.csv", row, row["area_code"], known[row["area_kind"]], "city.csv / county.csv")
        column = wanted.get(row["kind"])
        if column and row[column] is None:
            fail(
                "coal_target.csv",
                row["line"],
                f"{row['kind']}: {column} 为空 | empty",
                column,
                "补上 | fill it in",
            )


def _check_replacement(rows: Rows) -> None:
    # the rule on operation has no value of its own: only that it was not read can be said
    columns = {column.name for column in COAL_TABLES["replacement_rule"].columns} | {"operation"}
    for row in rows["replacement_rule"]:
        for name in _words(row["unverified_fields"]):
            _known("replacement_rule.csv", row, name, columns, "replacement_rule")


_CHECKS: tuple[Callable[[Rows], None], ...] = (
    _check_counties,
    _check_forms,
    _check_products,
    _check_quality,
    _check_targets,
    _check_replacement,
)


def check_coal(rows: Rows) -> None:
    """Check the fact tables of coal against each other and against cities and units.

    Raises
    ------
    StandardsError
        At the first broken promise.
    """
    for check in _CHECKS:
        check(rows)
