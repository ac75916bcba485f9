"""The traps of counting coal: each has tests that fail when it is sprung, named here; some stand here themselves."""

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from coal_tables import WEINAN, code, kept_warehouse, rules, table

from sources.bureau_forms import read
from warehouse.standards import load

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "tests" / "unit"
WAN = 10_000

TRAPS = {
    1: ("lists of cities changed on 2023-11-30", ("coal_targets::test_lists_of_2018_and_2023_are_never_compared",
        "coal_targets::test_a_list_no_longer_in_force_is_not_judged")),
    2: ("coke is outside total coal", ("coal_targets::test_coke_is_not_in_the_total",
        "coal_balance::test_feedstock_coke_and_parts_are_not_added",
        "coal_facts::test_total_coal_is_without_coke_and_counts_nothing_twice")),
    3: ("feedstock and transport are inside the totals", ("coal_balance::test_feedstock_coke_and_parts_are_not_added",
        "coal_facts::test_feedstock_is_a_part_of_industry", "coal_form_checks::test_a_check_passes_a_good_row_and_fails_a_broken_one")),
    4: ("a fall by definition alone", ("coal_targets::test_a_fall_by_definition_alone_waits_for_verification",
        "coal_targets::test_gross_before_net_after_is_not_comparable", "coal_targets::test_before_the_rule_of_2023_nothing_is_left_out")),
    5: ("tonnes and standard coal may disagree", ("coal_targets::test_physical_and_standard_coal_may_disagree",
        "coal_use::test_ex4b_the_basis_turns_the_verdict_round", "coal_facts::test_the_two_national_lists_differ_for_other_washed_coal")),
    6: ("10⁴ t or t", ("coal_importing::test_a_unit_error_is_caught_wherever_there_is_something_to_compare_with",
        "coal_importing::test_a_use_ten_times_the_city_is_a_unit_error", "bureau_forms_reading::test_a_unit_in_the_heading_decides",
        "coal_traps::test_trap_06_two_units_above_a_table_serve_the_columns_of_their_kind")),
    7: ("units left out by name", ("coal_targets::test_a_named_exclusion_makes_two_right_numbers_incomparable",
        "coal_balance::test_named_units_are_listed_and_stay_in_the_gross_total")),
    8: ("flat is not negative growth", ("coal_targets::test_flat_is_not_negative_growth",
        "coal_targets::test_a_change_that_prints_as_zero_is_decided_unrounded")),
    9: ("printed percentages are unreliable", ("coal_targets::test_printed_percentages_are_worked_out_anew",
        "coal_inspections::test_published_rates_are_computed_again")),
    10: ("linear progress misleads for heating coal", ("coal_targets::test_heating_coal_shows_both_lines",
         "coal_targets::test_cut_of_scattered_coal_follows_the_heating_season")),
    11: ("washing: input and output must not both count", ("coal_balance::test_coal_washed_is_counted_where_it_is_used",
         "coal_form_checks::test_what_a_check_lets_pass")),
    12: ("the restriction of 2014 does not name Guanzhong",
         ("coal_inspections::test_the_2014_restriction_on_bulk_coal_is_not_for_guanzhong",)),
    13: ("a value on another basis", ("coal_inspections::test_a_value_on_another_basis_is_never_compared",)),
    14: ("document 2984 does not bind Shaanxi", ("coal_replacement::test_shaanxi_rests_on_the_law_and_not_on_2984",)),
    15: ("semi-coke is no replacement", ("coal_replacement_sources::test_semi_coke_on_both_sides_of_the_day_it_was_barred",
         "coal_inspections::test_semi_coke_is_no_clean_coal_by_another_name", "coal_facts::test_fuels_that_are_no_replacement")),
    16: ("limits from pages written by machines", ("coal_traps::test_trap_16_no_limit_comes_from_a_page_that_invents_standards",)),
    17: ("sums in floats; every usage row blamed", ("coal_traps::test_trap_17_sums_are_decimals_with_a_tolerance",
         "coal_traps::test_trap_17_feedstock_needs_one_row_and_blames_no_other")),
    18: ("clean-heating cuts of 2016-2020 in Shanxi", ("coal_replacement::test_example_3",
         "coal_replacement_sources::test_clean_heating_cuts_of_2016_to_2020_outside_shanxi")),
    19: ("final consumption taken for all consumption", ("coal_traps::test_trap_19_final_consumption_is_never_taken_for_all",)),
}  # fmt: skip


def test_every_trap_has_tests_and_they_exist() -> None:
    assert list(TRAPS) == list(range(1, 20))
    for number, (name, tests) in TRAPS.items():
        assert name and tests, number
        for told in tests:
            file, _, wanted = told.partition("::")
            tree = ast.parse((UNIT / f"test_{file}.py").read_text(encoding="utf-8"))
            found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == wanted]
            assert len(found) == 1, f"trap {number}: {told}"
            assert "skip" not in {
                getattr(getattr(d, "func", d), "attr", "") for d in found[0].decorator_list
            }, told


def _facts() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "warehouse" / "standards").glob("*.csv"))
    }


def test_trap_16_no_limit_comes_from_a_page_that_invents_standards() -> None:
    for name, text in _facts().items():
        assert not re.search(r"sqedu|GB/?T?\s*15706", text), name
    standards = set(load("coal_quality_standard")["standard"])
    assert standards >= {"GB34169-2017", "GB34170-2017", "commercial-2014"}
    assert set(load("coal_quality_limit")["standard"]) <= standards, "every limit belongs to a named standard"
    limits = load("coal_quality_limit")
    recalled = limits["standard"].isin(["GB34169-2017", "GB34170-2017"])
    assert recalled.any() and not limits.loc[recalled, "verified"].any(), "their tables were never read"


def test_trap_19_final_consumption_is_never_taken_for_all() -> None:
    folders = ("sources", "warehouse", "pipelines", "dashboards")
    texts = [p for f in folders for kind in ("*.csv", "*.sql", "*.py") for p in (ROOT / f).rglob(kind)]
    for path in texts:
        assert "Total Consumption" not in path.read_text(encoding="utf-8"), path
    assert not [name for name in _facts() if "gcam" in name or "energy_balance" in name]


def test_trap_06_two_units_above_a_table_serve_the_columns_of_their_kind() -> None:
    heads = {
        name: next(iter(str(zh).split(";")))
        for name, zh in load("coal_form_column")
        .query("form == 'project_year'")[["column_name", "headings_zh"]]
        .values
    }
    lines = [
        "项目年度用煤",
        "计量单位：万吨、万吨标准煤",
        ",".join(heads[n] for n in ("project_code", "stat_year", "coal_t", "feedstock_t")),
        "P1,2025,48.00,18.00",
    ]
    document = read("\n".join(lines).encode(), "x.csv", today=date(2026, 11, 20))
    assert not document.errors
    assert document.tables[0].rows["coal_t"].to_pylist() == [48 * WAN]


def _survey(**amounts: float) -> dict[str, object]:
    zero = dict.fromkeys(
        ("energy_equivalent_tce", "energy_equal_price_tce", "feedstock_energy_tce", "coal_t", "coal_tce", "feedstock_t",
         "raw_coal_t", "washed_coal_t", "other_coal_t", "coke_t"), 0.0,
    )  # fmt: skip
    own = {
        "stat_year": 2025,
        "firm_name": "企业1",
        "credit_code": code(1),
        "industry_division": "26",
        "city_code": WEINAN,
    }
    return own | zero | {name: Decimal(str(t)) * WAN for name, t in amounts.items()}


@pytest.mark.parametrize(
    ("total", "wrong"), [("0.30", False), ("0.31", False), ("0.29", False), ("0.32", True), ("0.28", True)]
)
def test_trap_17_sums_are_decimals_with_a_tolerance(total: str, wrong: bool) -> None:
    """0.1 + 0.2 is not 0.3 in floats; 0.01 of 10⁴ t is let pass, more is not."""
    assert 0.1 + 0.2 != 0.3
    row = _survey(coal_t=float(total), raw_coal_t=0.1, washed_coal_t=0.2)
    with kept_warehouse() as kept:
        taken = kept.take(table("firm_year", row))
    assert ("coal_sum" in rules(taken, "error")) == wrong


def test_trap_17_feedstock_needs_one_row_and_blames_no_other() -> None:
    firm = _survey(
        coal_t=10, raw_coal_t=10, feedstock_t=4, energy_equivalent_tce=20, energy_equal_price_tce=20
    )
    burnt = {"credit_code": code(1), "stat_year": 2025, "sequence": 1, "purpose_group": "fuel", "purpose": "burning",
             "input_product": "raw_coal", "input_unit": "万吨", "input_t": 6 * WAN}  # fmt: skip
    fed = burnt | {
        "sequence": 2,
        "purpose_group": "feedstock",
        "purpose": "feedstock",
        "input_t": 4 * WAN,
    }
    with kept_warehouse() as kept:
        whole = kept.take(table("firm_year", firm), table("firm_usage", burnt, fed), path="a")
        lacking = kept.take(table("firm_year", firm), table("firm_usage", burnt), path="a")
    told = {f.rule for f in lacking.validation.findings} - {f.rule for f in whole.validation.findings}
    assert any("feedstock" in rule for rule in told)
    assert not [f for f in lacking.validation.findings if f.rule in told and f.level == "error"]
