"""The checks within each form: every one lets a good row pass, fails a broken one and names its cell, and blames no empty cell."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from functools import cache

import duckdb
import pytest

from pipelines.coal.form_checks import check_form
from pipelines.coal.rows import normalised
from sources.bureau_forms import Finding, read
from warehouse.standards import load

TYPES = {
    "quantity": "DECIMAL(22,6)",
    "number": "DECIMAL(18,6)",
    "percent": "DOUBLE",
    "integer": "INTEGER",
    "year": "INTEGER",
    "day": "DATE",
    "flag": "BOOLEAN",
}


@cache
def rules() -> dict[str, float]:
    frame = load("coal_rule")
    return dict(zip(frame["rule"], frame["value"], strict=True))


@cache
def columns(form: str) -> list[tuple[str, str]]:
    frame = load("coal_form_column")
    own = frame[frame["form"] == form]
    return [(n, TYPES.get(k, "VARCHAR")) for n, k in zip(own["column_name"], own["kind"], strict=True)]


@cache
def check_sql(form: str, name: str) -> str:
    frame = load("coal_form_check").set_index(["form", "check_name"])
    values = rules()
    return re.sub(r"\{(\w+)\}", lambda told: str(values[told[1]]), frame.loc[(form, name), "condition"])


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    yield con
    con.close()


def judged(con, form: str, name: str, row: dict) -> bool | None:
    """What one check says about one row: True, False, or None where it cannot be judged."""
    cells = ", ".join(
        f'(${i})::{kind} AS "{column}"' for i, (column, kind) in enumerate(columns(form), start=1)
    )
    values = [row.get(column) for column, _ in columns(form)]
    assert set(row) <= {column for column, _ in columns(form)}
    return con.execute(f"SELECT {check_sql(form, name)} FROM (SELECT {cells})", values).fetchall()[0][0]


GOOD = {
    "energy_205_1": {
        "use_t": 3100, "industrial_t": 3050, "non_industrial_t": 50, "feedstock_t": 0, "transport_t": 0, "opening_t": 1200,
        "purchase_t": 3000, "closing_t": 1100, "factor_used": "0.7143", "factor_reference": "0.7143", "qnet_ar_kj_kg": 21000,
    },
    "firm": {"industry_division": "44", "industry_class": "4430", "listed_from": "2019-01-01", "listed_until": "2024-01-01"},
    "firm_year": {
        "industry_division": "26", "industry_class": "2611", "energy_equivalent_tce": 950000, "energy_equal_price_tce": 980000,
        "feedstock_energy_tce": 100000, "coal_t": 1200000, "coal_tce": 860000, "feedstock_t": 120000, "raw_coal_t": 1100000,
        "washed_coal_t": 100000, "other_coal_t": 0, "coke_t": 0,
    },
    "firm_usage": {
        "purpose_group": "transformation", "purpose": "heat", "input_unit": "万吨", "input_t": 400000, "output_product": "热力",
        "output_unit": "百万千焦",
    },
    "firm_equipment": {"equipment_no": "1#", "used_years": 8, "design_years": 20, "coal_t": 25000},
    "other_user": {"equipment_no": "GL-01", "used_years": 8, "design_years": 20, "coal_t": None, "status": "stopped"},
    "region_year": {
        "coal_total_t": 5000000, "raw_coal_t": 4500000, "washed_coal_t": 400000, "other_coal_t": 100000, "power_t": 1500000,
        "heat_t": 300000, "washing_t": 0, "coking_t": 0, "liquefaction_t": 0, "gasification_t": 100000, "industry_t": 2500000,
        "feedstock_t": 400000, "other_use_t": 600000, "coke_t": 0,
    },
    "area_use": {"period": "2026-01..09", "quantity_t": 19347900, "same_period_t": 19013600},
    "coal_target": {"kind": "cut", "target_t": 340200, "stat_year": 2018, "baseline_year": 2017, "baseline_t": 3500000},
    "project": {
        "coal_products_t": 500000, "coal_t": 500000, "coke_t": 0, "semi_coke_t": None, "coal_products_tce": 357000, "coal_tce": 357000,
        "coke_tce": 0, "semi_coke_tce": 0, "energy_equivalent_tce": 600000, "energy_equal_price_tce": 650000, "feedstock_t": 200000,
        "feedstock_tce": 140000, "planned_start": "2027-06-30", "actual_start": None, "approval_day": "2025-03-01",
        "industry_division": "26", "industry_class": "2614", "is_substitution": True, "substitution_source": "关停",
        "substitution_t": 550000,
    },
    "replacement_source": {
        "cut_t": 220000, "source_type": "clean_energy_switch", "substitute_fuel": "natural_gas", "realised_on": "2025-12-31",
        "recognised_on": "2026-02-01", "still_stopped": True, "last_checked_on": "2026-05-01", "project_code": "A", "used_by_project": "A",
    },
    "project_year": {"coal_t": 480000, "feedstock_t": 180000},
    "inspection": {
        "sampled_on": "2026-01-15", "closed_on": "2026-02-15", "qgr_d_mj_kg": "26", "qnet_ar_mj_kg": "24", "vdaf_pct": "9", "vd_pct": "8",
        "ad_pct": "14.9", "reported_verdict": "fail", "reported_failed_items": "全硫",
    },
    "register": {"active_from": "2024-10-01", "active_until": "2025-10-01"},
    "village": {
        "n_households": 320, "n_electricity": 120, "n_gas": 150, "n_clean_coal": 0, "n_target": 50, "n_done": 45, "supply_ready": True,
        "in_ban_zone": True, "heating_secured_on": "2026-10-01", "coal_removed_on": "2026-10-20", "coal_before_t": 420,
        "coal_remaining_t": 60,
    },
    "household": {"heating": "gas", "heating_secured_on": "2026-10-01", "coal_removed_on": "2026-10-20"},
    "relapse_visit": {"n_visited": 40, "n_relapsed": 1, "visited_on": "2026-11-15", "closed_on": "2026-11-20"},
}  # fmt: skip
BROKEN = {
    ("energy_205_1", "use_sum"): {"non_industrial_t": 53},
    ("energy_205_1", "feedstock_in_industry"): {"feedstock_t": 3051},
    ("energy_205_1", "transport_in_use"): {"transport_t": 3101},
    ("energy_205_1", "closing_stock"): {"closing_t": 1090},
    ("energy_205_1", "factor_near_reference"): {"factor_used": "0.9"},
    ("energy_205_1", "measured_plausible"): {"qnet_ar_kj_kg": 2500},
    ("energy_205_1", "factor_matches_measured"): {"factor_used": "0.5"},
    ("firm", "listed_order"): {"listed_until": "2018-01-01"},
    ("firm", "class_in_division"): {"industry_class": "2611"},
    ("firm_year", "feedstock_energy_equivalent"): {"feedstock_energy_tce": 950001},
    ("firm_year", "feedstock_energy_equal_price"): {"feedstock_energy_tce": 980001},
    ("firm_year", "physical_not_below_standard"): {"coal_tce": 1200001},
    ("firm_year", "coal_holds_feedstock"): {"feedstock_t": 1200001},
    ("firm_year", "coal_sum"): {"raw_coal_t": 1100101},
    ("firm_year", "coal_sum_processing"): {"industry_class": "252", "raw_coal_t": 1100101},
    ("firm_year", "energy_holds_coal_equivalent"): {"energy_equivalent_tce": 859999},
    ("firm_year", "energy_holds_coal_equal_price"): {"energy_equal_price_tce": 859999},
    ("firm_usage", "purpose_in_group"): {"purpose_group": "fuel"},
    ("firm_usage", "input_unit"): {"input_unit": "吨"},
    ("firm_usage", "output_unit"): {"output_unit": "万千瓦时"},
    ("firm_usage", "output_product"): {"output_product": "电力"},
    ("firm_equipment", "one_device_per_row"): {"equipment_no": "1#、2#"},
    ("firm_equipment", "used_within_design"): {"used_years": 21},
    ("other_user", "one_device_per_row"): {"equipment_no": "1#，2#"},
    ("other_user", "used_within_design"): {"used_years": 21},
    ("other_user", "coal_or_stopped"): {"status": "running"},
    ("region_year", "coal_sum"): {"coal_total_t": 5000101},
    ("region_year", "feedstock_in_industry"): {"feedstock_t": 2500001},
    ("region_year", "uses_within_total"): {"other_use_t": 600101},
    ("area_use", "period_form"): {"period": "2026-13"},
    ("area_use", "unit_error_same_period"): {"same_period_t": "1901.36"},
    ("area_use", "jump_same_period"): {"same_period_t": 6000000},
    ("coal_target", "quantity_given"): {"target_t": None},
    ("coal_target", "quantity_positive"): {"target_t": -340200},
    ("coal_target", "percent_given"): {"kind": "percent", "target_t": None},
    ("coal_target", "percent_plausible"): {"kind": "percent", "target_pct": -300},
    ("coal_target", "percent_falls"): {"kind": "percent", "target_pct": 30},
    ("coal_target", "state_given"): {"kind": "state"},
    ("coal_target", "negative_growth_empty"): {"kind": "negative_growth"},
    ("coal_target", "baseline_before_target"): {"baseline_year": 2018},
    ("coal_target", "percent_needs_year"): {"kind": "percent", "baseline_year": None, "baseline_t": None},
    ("coal_target", "baseline_positive"): {"baseline_t": 0},
    ("project", "physical_not_below_standard_coal"): {"coal_tce": 500001},
    ("project", "physical_not_below_standard_feedstock"): {"feedstock_tce": 200001},
    ("project", "physical_not_below_standard_coke"): {"coke_tce": 1},
    ("project", "physical_not_below_standard_semi_coke"): {"semi_coke_t": 0, "semi_coke_tce": 1},
    ("project", "coal_products_sum_t"): {"coke_t": 101},
    ("project", "coal_products_sum_tce"): {"coke_tce": 101},
    ("project", "energy_holds_products_equivalent"): {"energy_equivalent_tce": 356999},
    ("project", "energy_holds_products_equal_price"): {"energy_equal_price_tce": 356999},
    ("project", "products_hold_feedstock_t"): {"feedstock_t": 500001},
    ("project", "products_hold_feedstock_tce"): {"feedstock_tce": 357001},
    ("project", "feedstock_within_coal"): {"feedstock_t": 500001},
    ("project", "start_given"): {"planned_start": None},
    ("project", "start_after_approval"): {"actual_start": "2025-02-01"},
    ("project", "class_in_division"): {"industry_class": "3011"},
    ("project", "substitution_source_given"): {"substitution_source": None},
    ("project", "substitution_quantity_given"): {"substitution_t": None},
    ("replacement_source", "cut_positive"): {"cut_t": 0},
    ("replacement_source", "recognised_after_realised"): {"recognised_on": "2025-12-30"},
    ("replacement_source", "switch_needs_fuel"): {"substitute_fuel": None},
    ("replacement_source", "checked_day_given"): {"last_checked_on": None},
    ("replacement_source", "used_elsewhere"): {"used_by_project": "B"},
    ("project_year", "coal_holds_feedstock"): {"feedstock_t": 480001},
    ("inspection", "closed_after_sampling"): {"closed_on": "2026-01-14"},
    ("inspection", "gross_not_below_net"): {"qgr_d_mj_kg": "23"},
    ("inspection", "heat_not_kcal"): {"qnet_ar_mj_kg": "2.4"},
    ("inspection", "volatile_bases"): {"vdaf_pct": "7"},
    ("inspection", "ash_and_volatile"): {"ad_pct": "95"},
    ("inspection", "verdict_agrees"): {"reported_verdict": "pass"},
    ("inspection", "failed_items_named"): {"reported_failed_items": None},
    ("register", "active_order"): {"active_until": "2024-09-30"},
    ("village", "clean_within_households"): {"n_heat": 51},
    ("village", "done_within_households"): {"n_done": 321},
    ("village", "target_within_households"): {"n_target": 321},
    ("village", "heating_before_removal"): {"heating_secured_on": "2026-10-21"},
    ("village", "removal_needs_heating"): {"heating_secured_on": None},
    ("village", "removal_needs_supply"): {"supply_ready": False},
    ("village", "ban_zone_without_coal"): {"n_clean_coal": 3},
    ("village", "coal_falls"): {"coal_remaining_t": 421},
    ("household", "heating_before_removal"): {"heating_secured_on": "2026-10-21"},
    ("household", "removal_needs_heating"): {"heating_secured_on": None},
    ("household", "removed_not_burning"): {"heating": "scattered_coal"},
    ("relapse_visit", "relapsed_within_visited"): {"n_relapsed": 41},
    ("relapse_visit", "closed_after_visit"): {"closed_on": "2026-11-14"},
}
CHECKS = list(load("coal_form_check")[["form", "check_name"]].itertuples(index=False, name=None))


def broken(form: str, name: str) -> dict:
    if name.startswith("suspect_"):
        city = {"city_name": "渭南市"} if form == "region_year" else {}
        return city | {name.removeprefix("suspect_"): 100_000_001}
    return BROKEN[form, name]


def test_every_check_of_the_forms_is_tried_here():
    assert {key for key in CHECKS if not key[1].startswith("suspect_")} == set(BROKEN)


@pytest.mark.parametrize(("form", "name"), CHECKS, ids=str)
def test_a_check_passes_a_good_row_and_fails_a_broken_one(con, form, name):
    assert judged(con, form, name, GOOD[form]) in (True, None)
    assert judged(con, form, name, GOOD[form] | broken(form, name)) is False


@pytest.mark.parametrize(("form", "name"), CHECKS, ids=str)
def test_a_check_does_not_blame_empty_cells_it_is_not_about(con, form, name):
    assert judged(con, form, name, {}) is not False or name in ("start_given", "coal_or_stopped")


@pytest.mark.parametrize(
    ("form", "name", "change"),
    [
        ("firm_year", "coal_sum", {"industry_division": "06", "raw_coal_t": 900000}),
        ("firm_year", "coal_sum", {"industry_class": "2524", "raw_coal_t": 900000}),
        ("firm_year", "coal_sum", {"raw_coal_t": 1100100}),
        ("region_year", "uses_within_total", {"other_use_t": 600100}),
        ("energy_205_1", "use_sum", {"use_t": 5200, "industrial_t": 3100, "non_industrial_t": 2000}),
        ("region_year", "suspect_coal_total_t", {"city_name": None, "coal_total_t": 250_000_000}),
        ("area_use", "period_form", {"period": "2026"}),
        ("area_use", "unit_error_same_period", {"same_period_t": 0}),
        ("coal_target", "quantity_positive", {"kind": "negative_growth", "target_t": None}),
    ],
)
def test_what_a_check_lets_pass(con, form, name, change):
    assert judged(con, form, name, GOOD[form] | change) is True


def test_what_the_official_rules_call_an_error_is_one():
    severity = load("coal_form_check").set_index(["form", "check_name"])["severity"]
    assert severity["energy_205_1", "use_sum"] == "error"
    assert severity["energy_205_1", "closing_stock"] == "warning"
    assert severity["project", "physical_not_below_standard_coal"] == "error"
    assert severity["project", "physical_not_below_standard_coke"] == "warning"
    assert severity["region_year", "uses_within_total"] == "error"
    assert set(severity[[key for key in CHECKS if key[1].startswith("suspect_")]]) == {"warning"}
    assert severity["village", "heating_before_removal"] == "warning"


def test_official_forms_bound_their_quantities():
    frame = load("coal_form_column")
    official = {"firm_year", "firm_usage", "firm_equipment", "other_user", "region_year", "project"}
    bounded = frame[frame["form"].isin(official) & (frame["kind"] == "quantity")]
    assert (bounded["minimum"] == 0).all()
    tops = bounded.groupby("form")["maximum"].agg(set)
    own = rules()
    assert tops["firm_year"] == tops["project"] == {own["maximum_wan_t"]}
    assert tops["region_year"] == {own["maximum_wan_t"], own["maximum_product_wan_t"]}
    assert tops["firm_equipment"] == {own["maximum_device_t"]}


# The same checks from files: the finding names the cell where the mistake stands.

VARIED = {
    "region_year": "stat_year", "area_use": "exclusions", "coal_target": "target_id", "project": "project_code",
    "replacement_source": "source_id", "project_year": "project_code", "inspection": "sample_id", "register": "register_id",
    "village": "village_id", "household": "household_id", "relapse_visit": "village_id",
}  # fmt: skip
SAID_BY_THE_READER = {("area_use", "period_form"): "month_invalid"}
TODAY = date(2026, 11, 20)
PLACES = {
    "province_name": "陕西省",
    "city_name": "渭南市",
    "county_name": "潼关县",
    "area_name": "渭南市",
    "area_code": "610500",
}


@cache
def form_columns(form: str) -> list[dict]:
    frame = load("coal_form_column")
    return frame[frame["form"] == form].sort_values("sort").fillna("").to_dict("records")


def key_of(form: str, n: int) -> dict:
    """What tells the n-th row of a file from the others."""
    name = VARIED.get(form, "credit_code")
    values = {"credit_code": f"9161{n:014d}", "stat_year": 2000 + n, "exclusions": f"单位:甲{n}"}
    return {name: values.get(name, f"号{n}")}


def typed(column: dict, value: object) -> str:
    """A value as somebody types it: amounts in the unit of the form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column["kind"] == "quantity" and column["unit"].startswith("wan"):
        return str(Decimal(str(value)) / 10_000)
    return str(value)


def filled_row(form: str, n: int, change: dict) -> list[str]:
    """A good row with a change; cells the good row says nothing of hold their example where they are needed."""
    row = GOOD[form] | change
    row = key_of(form, n) | row if VARIED.get(form) not in change else row
    if form == "replacement_source":
        row |= {"used_by_project": {"A": "P", "B": "Q"}.get(row["used_by_project"]), "project_code": "P"}
    cells = []
    for column in form_columns(form):
        name = column["column_name"]
        if name in row:
            cells.append(typed(column, row[name]))
        elif column["required"] == "yes" or name in PLACES:
            cells.append(PLACES.get(name, str(column["example"]).replace("示例", "某")))
        else:
            cells.append("")
    return cells


def findings_of(rows: list[list[str]], form: str) -> tuple[Finding, ...]:
    """Read a CSV of one form with a title and check it."""
    text = io.StringIO()
    writer = csv.writer(text)
    title = load("coal_form").set_index("form").loc[form, "name_zh"]
    writer.writerows([[title], [str(c["headings_zh"]).split(";")[0] for c in form_columns(form)], *rows])
    document = read(text.getvalue().encode("utf-8-sig"), f"{form}.csv", today=TODAY)
    found = list(document.findings)
    with duckdb.connect() as con:
        for table in document.tables:
            kept, more = normalised(table)
            found += [*more, *check_form(con, table, kept)]
    return tuple(found)


def letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else "A" + chr(ord("A") + number - 26)


@cache
def told_by_line(form: str) -> dict[int, dict[str, Finding]]:
    """Findings of a file whose first row is good and whose others are each broken once, by line and rule."""
    names = [name for own, name in CHECKS if own == form]
    rows = [filled_row(form, 0, {})] + [
        filled_row(form, n, broken(form, name)) for n, name in enumerate(names, 1)
    ]
    told: dict[int, dict[str, Finding]] = {}
    for found in findings_of(rows, form):
        line = int("".join(c for c in found.cell if c.isdigit()) or 0)
        told.setdefault(line, {}).setdefault(found.rule, found)
    return told


@pytest.mark.parametrize(("form", "name"), CHECKS, ids=str)
def test_a_broken_row_of_a_file_is_told_with_its_cell(form, name):
    line = 4 + [n for own, n in CHECKS if own == form].index(name)
    told = told_by_line(form)
    severity = load("coal_form_check").set_index(["form", "check_name"]).loc[(form, name), "severity"]
    rule = SAID_BY_THE_READER.get((form, name), name)
    assert rule in told.get(line, {}), sorted(told.get(line, {}))
    found = told[line][rule]
    assert found.level == severity
    condition = check_sql(form, name)
    about = [n for n, c in enumerate(form_columns(form)) if re.search(rf"\b{c['column_name']}\b", condition)]
    assert found.cell in {f"{letter(n)}{line}" for n in about}
    assert name not in told.get(3, {}), "the good row is not blamed"


@pytest.mark.parametrize(
    ("form", "column", "typed_in", "level"),
    [
        ("firm_year", "stat_year", "24", "error"),
        ("firm_year", "credit_code", "9.16E+17", "error"),
        ("firm_year", "credit_code", "9161000", "error"),
        ("firm_year", "coke_t", "", "error"),
        ("firm_year", "coke_t", "-1", "error"),
        ("firm_year", "coke_t", "100001", "error"),
        ("firm_usage", "purpose", "取暖", "error"),
        ("firm_usage", "input_product", "型煤", "error"),
        ("firm_equipment", "equipment_type", "灶", "error"),
        ("firm_equipment", "used_years", "51", "error"),
        ("firm_equipment", "used_years", "7.5", "error"),
        ("firm_equipment", "design_years", "51", "error"),
        ("firm_equipment", "capacity", "2.5", "error"),
        ("firm_equipment", "capacity_unit", "匹", "error"),
        ("firm_equipment", "efficiency", "很好", "error"),
        ("firm_equipment", "coal_t", "1000000001", "error"),
        ("other_user", "status", "检修", "error"),
        ("other_user", "purpose", "供暖", "error"),
        ("region_year", "coke_t", "", "error"),
        ("region_year", "coke_t", "100001", "error"),
        ("region_year", "raw_coal_t", "200001", "error"),
        ("project", "project_code", "", "error"),
        ("project", "energy_equivalent_tce", "", "error"),
        ("project", "coal_t", "100001", "error"),
        ("project", "approval_day", "去年", "error"),
        ("energy_205_1", "product", "木柴", None),
        ("energy_205_1", "use_t", "", "error"),
    ],
)
def test_a_bad_cell_of_a_file_is_told_with_its_cell(form, column, typed_in, level):
    number = [c["column_name"] for c in form_columns(form)].index(column)
    good, bad = filled_row(form, 0, {}), filled_row(form, 1, {})
    bad[number] = typed_in
    told = [f for f in findings_of([good, bad], form) if f.cell == f"{letter(number)}4"]
    assert told and (level is None or level in {f.level for f in told})
    assert not [f for f in findings_of([good], form) if f.level == "error"]
