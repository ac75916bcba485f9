"""Balances of areas: nothing counted twice, coverage, scopes, sums of the areas below, and the checks on them."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from coal_tables import (
    HANCHENG,
    WEINAN,
    XIANYANG,
    YANGLING,
    Kept,
    code,
    energy,
    firm,
    kept_warehouse,
    region,
    table,
)

from warehouse.checks import all_checks, run_check


@pytest.fixture
def kept() -> Iterator[Kept]:
    with kept_warehouse() as warehouse:
        yield warehouse


def failing(kept: Kept) -> set[str]:
    found = set()
    for check in all_checks():
        if (
            check.table
            in (
                "coal.balance",
                "coal.use_month",
                "coal.use_year",
                "coal.report_energy",
            )
            and check.name.startswith("coal_")
            and check.name != "coal_newest_month_is_recent"
        ):
            day = date(2026, 11, 20)
            result = run_check(kept.con, check, first=day, last=day, as_of=datetime(2026, 11, 20))
            if not result.passed:
                found.add(check.name)
    return found


def test_feedstock_coke_and_parts_are_not_added(kept: Kept) -> None:
    rows = [
        energy(1, "2026-01", 1000, feedstock_t=400), energy(1, "2026-01", 600, "bituminous"), energy(1, "2026-01", 50, "coke"),
        energy(1, "2026-01", 7, "semi_coke"), energy(1, "2026-01", 30, "gangue"), energy(1, "2026-01", 20, "slime"),
    ]  # fmt: skip
    kept.take(table("energy_205_1", *rows))
    kept.rebuild()
    got = {
        item: kept.quantity(WEINAN, "2026-01", item)
        for item in ("coal_total", "feedstock", "coke", "semi_coke", "gangue", "other_coal")
    }
    assert got == {
        "coal_total": 1050,
        "feedstock": 400,
        "coke": 57,
        "semi_coke": 7,
        "gangue": 30,
        "other_coal": 20,
    }
    assert failing(kept) == set()


def test_coal_washed_is_counted_where_it_is_used(kept: Kept) -> None:
    kept.take(table("firm", firm(1, industry_division="06"), firm(2), firm(3, industry_division="25")))
    washing = energy(1, "2025-01", 1000)
    using = energy(2, "2025-01", 700, "washed_coal")
    kept.take(table("energy_205_1", washing, using, energy(3, "2025-01", 100)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2025-01") == 800, (
        "1000 t went through the washery and came out as what others use"
    )
    assert kept.quantity(WEINAN, "2025-01", "use:washing") == 1000
    usage = {
        "credit_code": code(3),
        "stat_year": 2024,
        "input_product": "raw_coal",
        "input_unit": "万吨",
        "purpose_group": "transformation",
    }
    parts = [
        usage | {"sequence": 1, "purpose": "washing", "input_t": 25.0},
        usage | {"sequence": 2, "purpose": "coking", "input_t": 75.0},
    ]
    assert kept.take(table("firm_usage", *parts)).status == "loaded"
    kept.rebuild()
    assert kept.quantity(WEINAN, "2025-01") == 775 and kept.quantity(WEINAN, "2025-01", "use:washing") == 1025


def test_a_unit_lies_in_its_city_and_is_added_once(kept: Kept) -> None:
    yangling = {"city_code": XIANYANG, "county_code": YANGLING}
    kept.take(
        table(
            "firm",
            firm(1),
            firm(2, county_code="610502"),
            firm(3, **yangling),
            firm(4, city_code=XIANYANG, county_code="610404"),
        )
    )
    kept.take(
        table(
            "energy_205_1",
            *(energy(n, "2026-01", 10**n, city_code=None, county_code=None) for n in (1, 2, 3, 4)),
        )
    )
    kept.rebuild()
    assert (
        kept.quantity(HANCHENG, "2026-01", kind="unit")
        == kept.quantity(HANCHENG, "2026-01", kind="county")
        == 10
    )
    assert kept.quantity(WEINAN, "2026-01") == 110 and kept.quantity(XIANYANG, "2026-01") == 11_000
    assert kept.quantity("610000", "2026-01", kind="province") == 11_110
    assert kept.quantity("fenwei_2023", "2026-01", kind="region") == 11_110
    assert failing(kept) == set()


def test_non_power_leaves_out_division_44_and_names_its_rule(kept: Kept) -> None:
    kept.take(table("firm", firm(1, industry_division="44"), firm(2)))
    kept.take(table("energy_205_1", energy(1, "2026-01", 900), energy(2, "2026-01", 100)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01") == 1000
    assert kept.quantity(WEINAN, "2026-01", scope="above_scale_non_power") == 100
    assert (
        kept.quantity(WEINAN, "2026-01", scope="above_scale_non_power", column="scope_rule")
        == "non_power_division"
    )


def test_named_units_are_listed_and_stay_in_the_gross_total(kept: Kept) -> None:
    kept.take(table("firm", firm(1, exclusion_tag="大唐陕西发电本部"), firm(2)))
    kept.take(table("energy_205_1", energy(1, "2026-01", 347), energy(2, "2026-01", 615)))
    kept.rebuild()
    assert (
        kept.quantity(WEINAN, "2026-01") == 962
        and kept.quantity(WEINAN, "2026-01", "named:大唐陕西发电本部") == 347
    )


def test_only_firms_listed_in_the_month_count(kept: Kept) -> None:
    kept.take(
        table(
            "firm",
            firm(1, listed_from=date(2026, 2, 1)),
            firm(2, listed_until=date(2026, 1, 31)),
            firm(3, above_scale=False),
        )
    )
    kept.take(table("energy_205_1", *(energy(n, f"2026-0{m}", 10**n) for n in (1, 2, 3) for m in (1, 2))))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01") == 100 and kept.quantity(WEINAN, "2026-02") == 10


def test_coverage_weighs_a_missing_firm_by_its_last_month(kept: Kept) -> None:
    kept.take(table("firm", firm(1), firm(2)))
    kept.take(table("energy_205_1", energy(1, "2026-01", 9000), energy(2, "2026-01", 1000)))
    kept.take(table("energy_205_1", energy(1, "2026-02", 9000)))
    kept.rebuild()

    def of(month: str) -> tuple[object, ...]:
        return kept.rows(
            "SELECT n_firms, n_expected, coverage_pct, complete FROM coal.balance WHERE area_code = ? AND area_kind = 'city'"
            " AND period = ? AND item = 'coal_total' AND scope = 'above_scale'", WEINAN, month,
        )[0]  # fmt: skip

    assert of("2026-01") == (2, 2, 100.0, True)
    assert of("2026-02") == (1, 2, 90.0, False)
    assert "coal_firm_missing_this_month" in failing(kept)
    kept.take(table("energy_205_1", energy(1, "2026-03", 9000), energy(2, "2026-03", 1000)))
    kept.rebuild()
    assert failing(kept) == {"coal_firm_months_complete"}


def test_an_unlisted_firm_never_seen_lowers_the_coverage(kept: Kept) -> None:
    kept.take(table("firm", firm(1), firm(2)))
    kept.take(table("energy_205_1", energy(1, "2026-01", 9000)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01", column="coverage_pct") == 50.0


def test_reported_areas_and_the_sum_of_children(kept: Kept) -> None:
    counties = [
        c
        for (c,) in kept.rows(
            "SELECT county_code FROM ref.county WHERE city_code = ? AND valid_to IS NULL", WEINAN
        )
    ]
    kept.take(table("region_year", *(region(WEINAN, c, 100) for c in counties[:-1])))
    kept.rebuild()
    where = {"scope": "society", "origin": "children"}
    assert kept.quantity(WEINAN, "2025", **where) is None, (
        "a city is the sum of all its counties or there is none"
    )
    kept.take(table("region_year", region(WEINAN, counties[-1], 100)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2025", **where) == 100 * len(counties)
    assert kept.quantity("610581", "2025", scope="society", origin="reported", kind="unit") == 100
    kept.take(table("region_year", region(WEINAN, None, 700), region(XIANYANG, None, 50)))
    kept.rebuild()
    assert kept.quantity("fenwei_2023", "2025", kind="region", **where) == 750, (
        "Hancheng is in Weinan already"
    )
    assert kept.quantity("fenwei_2023", "2025", kind="region", column="complete", **where) is False
    assert kept.quantity("610000", "2025", kind="province", **where) is None


def test_a_city_row_for_hancheng_is_a_county_of_weinan(kept: Kept) -> None:
    kept.take(table("region_year", region(HANCHENG, None, 30), region(WEINAN, None, 100)))
    kept.rebuild()
    assert kept.quantity(HANCHENG, "2025", scope="society", origin="reported", kind="unit") == 30
    assert kept.quantity("fenwei_2023", "2025", scope="society", origin="children", kind="region") == 100


def test_ex8_a_parent_below_its_children(kept: Kept) -> None:
    wan = 10_000
    kept.take(table("region_year", region(WEINAN, None, 100 * wan)))
    kept.take(table("region_year", region(WEINAN, "610502", 60 * wan), region(WEINAN, "610503", 60 * wan)))
    kept.rebuild()
    assert "coal_parent_holds_children" not in failing(kept), "120 = 100 × 1.2 is still right"
    kept.take(table("region_year", region(WEINAN, "610522", 1 * wan)))
    kept.rebuild()
    assert "coal_parent_holds_children" in failing(kept), "100 × 1.2 = 120 < 121"


def test_net_totals_are_kept_apart_from_gross_ones_and_same_period_fills_in(kept: Kept) -> None:
    use = {"area_name": "渭南市", "period": "2014-01..07", "scope": "above_scale"}
    rows = [
        use | {"quantity_t": 19_347_900, "same_period_t": 19_013_600},
        use
        | {
            "quantity_t": 6_150_000,
            "exclusions": "大唐陕西发电有限责任公司本部；原料用煤",
            "same_period_t": None,
        },
    ]
    assert kept.take(table("area_use", *rows)).status == "loaded"
    kept.rebuild()
    reported = {"origin": "reported"}
    assert kept.quantity(WEINAN, "2014-01..07", **reported) == 19_347_900
    assert (
        kept.quantity(WEINAN, "2014-01..07", exclusions="feedstock,unit:大唐陕西发电本部", **reported)
        == 6_150_000
    )
    assert kept.quantity(WEINAN, "2013-01..07", **reported) == 19_013_600
    assert kept.quantity(WEINAN, "2013-01..07", column="printed_beside", **reported) is True
    kept.take(table("area_use", use | {"period": "2013-01..07", "quantity_t": 19_000_000}))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2013-01..07", **reported) == 19_000_000, "a form of that period itself wins"


def test_scattered_coal_comes_from_other_users_and_villages(kept: Kept) -> None:
    place = {
        "city_code": WEINAN,
        "county_code": HANCHENG,
        "stat_year": 2025,
        "equipment_type": "boiler",
        "status": "running",
    }
    users = [
        place | {"credit_code": code(1), "equipment_no": "1", "purpose": "services", "coal_t": 600},
        place | {"credit_code": code(2), "equipment_no": "1", "purpose": "industry", "coal_t": 5000},
        place | {"credit_code": code(3), "equipment_no": "1", "purpose": "services", "coal_t": 900},
    ]
    kept.take(table("firm", firm(3)))
    kept.take(table("other_user", *users))
    village = {
        "village_id": "v1",
        "village_name": "村",
        "stat_year": 2025,
        "city_name": "渭南市",
        "county_name": "韩城市",
    }
    kept.take(
        table(
            "village",
            village
            | {"city_code": WEINAN, "county_code": HANCHENG, "n_households": 10, "coal_remaining_t": 60},
        )
    )
    kept.rebuild()
    assert kept.quantity(WEINAN, "2025", scope="scattered") == 660
    assert kept.quantity("fenwei_2023", "2025", scope="scattered", kind="region") == 660


def test_reconciliation_of_an_area_with_its_firms(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 100_000)))
    use = {"area_name": "渭南市", "period": "2026-01", "scope": "above_scale"}
    kept.take(table("area_use", use | {"quantity_t": 100_900}))
    kept.rebuild()
    assert "coal_reported_and_firms_agree" not in failing(kept)
    kept.take(table("area_use", use | {"quantity_t": 101_500}))
    kept.rebuild()
    assert "coal_reported_and_firms_agree" in failing(kept)


def test_purposes_of_a_year_come_from_the_usage_form(kept: Kept) -> None:
    kept.take(table("firm", firm(1)))
    usage = {"credit_code": code(1), "stat_year": 2025, "input_unit": "万吨", "input_product": "raw_coal"}
    kept.take(
        table(
            "firm_usage",
            usage | {"sequence": 1, "purpose_group": "transformation", "purpose": "heat", "input_t": 300},
            usage | {"sequence": 2, "purpose_group": "feedstock", "purpose": "feedstock", "input_t": 40},
            usage | {"sequence": 3, "purpose_group": "fuel", "purpose": "burning", "input_t": 60},
        )
    )
    kept.rebuild()
    assert (
        kept.quantity(WEINAN, "2025", "use:heat") == 300
        and kept.quantity(WEINAN, "2025", "use:industry") == 100
    )


def test_the_same_files_give_the_same_tables_in_any_order() -> None:
    tables = [
        table("firm", firm(1), firm(2, industry_division="44")),
        table("energy_205_1", energy(1, "2026-01", 10), energy(2, "2026-01", 5000)),
        table("energy_205_1", energy(1, "2026-02", 20), energy(2, "2026-02", 4000, period_kind="ytd")),
        table(
            "area_use",
            {"area_name": "渭南市", "period": "2026-01", "scope": "above_scale", "quantity_t": 5010},
        ),
    ]
    seen = []
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]):
        with kept_warehouse() as kept:
            for n in order:
                kept.take(tables[n], path=str(n), sha256=str(n), modified_ns=n)
            kept.rebuild()
            seen.append(
                [
                    kept.rows(f"SELECT * FROM coal.{name} ORDER BY ALL")
                    for name in ("use_month", "use_year", "balance")
                ]
            )
    assert seen[0] == seen[1] == seen[2] and seen[0][2]
