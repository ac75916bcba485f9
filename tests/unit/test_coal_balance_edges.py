"""Balances at the edges: products that come and go, firms that enter, move or wash, places without a code, order of import."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from coal_tables import HANCHENG, WEINAN, Kept, code, energy, firm, kept_warehouse, region, table

from pipelines.coal.panel import query_panel, rebuild_panel


@pytest.fixture
def kept() -> Iterator[Kept]:
    with kept_warehouse() as warehouse:
        yield warehouse


def months(
    n: int, amounts: Sequence[float | None], product: str = "raw_coal", **more: Any
) -> list[dict[str, Any]]:
    """Rows of a firm for the months from January 2026; None where it filed nothing."""
    return [
        energy(n, f"2026-{m:02d}", t, product, **more)
        for m, t in enumerate(amounts, start=1)
        if t is not None
    ]


def load(kept: Kept, firms: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> None:
    if firms:
        kept.take(table("firm", *firms))
    assert kept.take(table("energy_205_1", *rows)).status == "loaded"
    kept.rebuild()


def test_a_product_that_stops_or_starts_stays_in_the_year_to_date(kept: Kept) -> None:
    rows = (
        months(1, [1000] * 4)
        + months(1, [100, 100], "washed_coal")
        + months(1, [None, None, 10, 10], "slime")
    )
    load(kept, [firm(1)], rows)
    assert [kept.quantity(WEINAN, f"2026-0{m}") for m in range(1, 5)] == [1100, 1100, 1010, 1010]
    assert [kept.quantity(WEINAN, f"2026-01..0{m}") for m in range(1, 5)] == [1100, 2200, 3210, 4220]
    assert kept.quantity(WEINAN, "2026-01..04", column="complete") is True
    none = kept.rows(
        "SELECT product, month, use_t::INTEGER FROM coal.use_month WHERE state = 'none' ORDER BY ALL"
    )
    absent = [("slime", 1), ("slime", 2), ("washed_coal", 3), ("washed_coal", 4)]
    assert none == [(product, f"2026-0{m}", 0) for product, m in absent]


def test_a_product_that_stops_stays_in_cumulative_values_and_in_the_year(kept: Kept) -> None:
    cumulative = [energy(1, f"2025-{m:02d}", 10 * m, period_kind="ytd") for m in range(1, 13)]
    cumulative += [energy(1, f"2025-{m:02d}", 5 * m, "slime", period_kind="ytd") for m in (1, 2)]
    load(kept, [firm(1)], cumulative)
    assert kept.quantity(WEINAN, "2025-01..12") == kept.quantity(WEINAN, "2025") == 130
    assert sum(kept.quantity(WEINAN, f"2025-{m:02d}") for m in range(1, 13)) == 130


def test_a_month_without_any_row_is_not_taken_as_zero(kept: Kept) -> None:
    load(kept, [firm(1)], months(1, [10, None, 10]) + months(1, [5, None, None], "slime"))
    assert kept.quantity(WEINAN, "2026-02") is None
    assert kept.quantity(WEINAN, "2026-01..03") is None, "February is missing, not zero"


def test_a_firm_listed_during_the_year_counts_from_its_listing(kept: Kept) -> None:
    rows = months(1, [100_000] * 4) + months(2, [None, None, 3000, 3000])
    load(kept, [firm(1), firm(2, listed_from=date(2026, 3, 1))], rows)
    assert kept.quantity(WEINAN, "2026-01..04") == 406_000
    assert kept.quantity(WEINAN, "2026-01..04", column="coverage_pct") == 100.0
    kept.take(table("firm", firm(1), firm(2, listed_from=date(2026, 2, 1))))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01..04") == 400_000, "February is missing"
    assert kept.quantity(WEINAN, "2026-01..04", column="coverage_pct") < 100


def test_panel_and_balance_have_the_same_year_to_date(kept: Kept) -> None:
    before = [
        r | {"month": r["month"].replace("2026", "2025")} for r in months(1, [90] * 4) + months(2, [9] * 4)
    ]
    rows = (
        months(1, [100] * 4)
        + months(1, [10, 10], "slime")
        + months(2, [8] * 4)
        + months(3, [None, None, 3, 3])
    )
    load(kept, [firm(1), firm(2), firm(3, listed_from=date(2026, 3, 1))], before + rows)
    rebuild_panel(kept.con, date(2026, 5, 3))  # type: ignore[arg-type]
    total = [
        r
        for r in query_panel(kept.con, date(2026, 5, 3), areas={WEINAN})
        if (r["panel_group"], r["scope"], r["period_kind"]) == ("total", "above_scale", "ytd")
    ]
    assert [r["now_t"] for r in total] == [kept.quantity(WEINAN, "2026-01..04")] == [458]


def test_a_firm_outside_the_directory_lies_where_it_last_was(kept: Kept) -> None:
    load(kept, [], months(1, [100, 100], county_code="610502") + months(1, [None, None, 100, 100]))
    assert [kept.quantity(HANCHENG, f"2026-0{m}", kind="county") for m in range(1, 5)] == [100] * 4
    assert kept.quantity("610502", "2026-01", kind="county") is None
    assert (
        kept.quantity(HANCHENG, "2026-01..04", kind="county") == kept.quantity(WEINAN, "2026-01..04") == 400
    )


def test_the_directory_decides_city_county_and_industry_of_every_month(kept: Kept) -> None:
    load(kept, [firm(1, industry_division="44")], months(1, [100] * 3, county_code="610502"))
    assert kept.quantity(HANCHENG, "2026-01..03", kind="county") == 300
    assert kept.quantity(WEINAN, "2026-01..03", scope="above_scale_non_power") in (None, 0)


def test_only_the_raw_coal_of_a_washery_is_washed_in_its_annual_form(kept: Kept) -> None:
    kept.take(table("firm", firm(1, industry_division="06")))
    annual = {"credit_code": code(1), "stat_year": 2025, "coal_t": 150, "coal_tce": 110, "raw_coal_t": 100}
    annual |= {
        "washed_coal_t": 50,
        "other_coal_t": 0,
        "coke_t": 0,
        "feedstock_t": 0,
        "industry_division": "06",
    }
    assert kept.take(table("firm_year", annual)).status == "loaded"
    kept.rebuild()
    items = {
        i: kept.quantity(WEINAN, "2025", i) for i in ("coal_total", "raw_coal", "washed_coal", "use:washing")
    }
    assert items == {"coal_total": 50, "raw_coal": 0, "washed_coal": 50, "use:washing": 100}


def test_a_county_without_a_code_is_never_the_city(kept: Kept) -> None:
    kept.take(table("region_year", region(WEINAN, None, 1000)))
    kept.take(table("region_year", region(WEINAN, None, 51, county_name="某某新区")))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2025", scope="society", origin="reported") == 1000
    kept.take(table("region_year", region(None, None, 7, city_name="某某市")))
    kept.rebuild()
    assert kept.quantity("610000", "2025", kind="province", scope="society", origin="reported") is None


def test_hancheng_reported_as_a_unit_stands_for_the_county_in_the_sum_of_weinan(kept: Kept) -> None:
    counties = kept.rows(
        "SELECT county_code FROM ref.county WHERE city_code = ? AND valid_to IS NULL", WEINAN
    )
    rows = [
        {
            "area_kind": "unit" if c == HANCHENG else "county",
            "area_code": c,
            "area_name": c,
            "period": "2026-01..09",
        }
        | {"scope": "above_scale", "basis": "t", "exclusions": "", "quantity_t": 100}
        for (c,) in counties
    ]
    assert kept.take(table("area_use", *rows)).status == "loaded"
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01..09", origin="children") == 100 * len(counties)
    assert kept.quantity(HANCHENG, "2026-01..09", origin="reported", kind="unit") == 100


def test_january_alone_and_months_out_of_order(kept: Kept) -> None:
    for month in (3, 1):
        kept.take(table("energy_205_1", energy(1, f"2026-0{month}", 10 * month)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01..01") == kept.quantity(WEINAN, "2026-01") == 10
    assert kept.quantity(WEINAN, "2026-01..03") is None
    kept.take(table("energy_205_1", energy(1, "2026-02", 20)))
    kept.rebuild()
    assert kept.quantity(WEINAN, "2026-01..03") == 60


def test_coke_is_part_of_the_total_of_projects_only(kept: Kept) -> None:
    """Trap 2: 煤合计 holds no coke; adding it would count twice the coal that went into coking."""
    load(kept, [firm(1)], months(1, [100]) + months(1, [40], "coke") + months(1, [5], "semi_coke"))
    assert kept.quantity(WEINAN, "2026-01") == 100
    assert kept.quantity(WEINAN, "2026-01", "coke") == 45
    inside = kept.rows("SELECT product FROM ref.coal_product WHERE class <> 'coal' AND in_coal_total")
    assert inside == []


def test_one_firm_by_months_and_one_by_cumulative_values(kept: Kept) -> None:
    cumulative = [energy(2, f"2026-0{m}", t, period_kind="ytd") for m, t in ((2, 7), (3, 9))]
    rows = months(1, [10, 20, 30]) + cumulative
    load(kept, [firm(1), firm(2)], rows)
    assert kept.quantity(WEINAN, "2026-01..03") == 69
    assert kept.quantity(WEINAN, "2026-03") == 32
    assert kept.quantity(WEINAN, "2026-02", column="n_firms") == 1, (
        "its January and February cannot be told apart"
    )


def test_coal_of_single_devices_in_tonnes_is_in_no_balance(kept: Kept) -> None:
    """Trap 6: devices are listed in tonnes beside firm totals in 10^4 t; they are parts, never added."""
    load(kept, [firm(1)], months(1, [100]))
    before = kept.rows("SELECT * FROM coal.balance ORDER BY ALL")
    put = "INSERT INTO coal.report_equipment BY NAME SELECT ? AS credit_code, 2026 AS stat_year, 1 AS sequence, 5000 AS coal_t"
    columns = {name for (name, *_) in kept.rows("DESCRIBE coal.report_equipment")}
    assert {"credit_code", "stat_year", "sequence", "coal_t"} <= columns
    kept.con.execute(put, [code(1)])
    kept.rebuild()
    assert kept.rows("SELECT * FROM coal.balance ORDER BY ALL") == before


def test_items_of_one_or_two_firms_are_told_apart(kept: Kept) -> None:
    """What a lower build must not show: sums that are as good as a return of a firm."""
    using = [energy(n, "2026-01", 100) for n in (1, 2, 3)]
    power = [energy(n, "2026-01", 900, industry_division="44") for n in (4, 5)]
    nought = [energy(n, "2026-01", 0, "coke") for n in (1, 2, 3)]
    coke = [energy(4, "2026-01", 7, "coke", industry_division="44"), *nought]
    kept.take(
        table("firm", *(firm(n) for n in (1, 2, 3)), *(firm(n, industry_division="44") for n in (4, 5)))
    )
    kept.take(table("energy_205_1", *using, *power, *coke))
    kept.rebuild()
    found = {
        (scope, item): (users, between)
        for scope, item, users, between in kept.rows(
            "SELECT scope, item, n_users, n_between FROM coal.balance_few WHERE area_code = ? AND period = '2026-01'",
            WEINAN,
        )
    }
    assert kept.quantity(WEINAN, "2026-01", "coke", column="n_firms") == 5
    assert found["above_scale", "coke"] == (1, 0), "a nought is no amount"
    assert found["above_scale_non_power", "coal_total"] == (3, 2), "the power stations are the difference"
    assert ("above_scale", "coal_total") not in found


def test_a_firm_that_washes_counts_for_what_it_washes_only(kept: Kept) -> None:
    kept.take(table("firm", firm(1), firm(2), firm(3, industry_division="06")))
    kept.take(table("energy_205_1", *(energy(n, "2026-01", 100) for n in (1, 2, 3))))
    kept.rebuild()
    few = dict(kept.rows("SELECT item, n_users FROM coal.balance_few WHERE area_code = ? AND period = '2026-01'"
                         " AND scope = 'above_scale'", WEINAN))  # fmt: skip
    assert few == {"coal_total": 2, "raw_coal": 2, "use:washing": 1}
