"""Conversion to standard coal and use by firm: worked examples, cumulative values, and adding up exactly."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from coal_tables import Kept, code, energy, firm, kept_warehouse, table
from hypothesis import given, settings
from hypothesis import strategies as st

WAN = 10_000
CITY = "610500"


@pytest.fixture
def kept() -> Iterator[Kept]:
    with kept_warehouse() as warehouse:
        yield warehouse


def months(
    kept: Kept, what: str = "month, use_t::INTEGER, ytd_use_t::INTEGER, state"
) -> list[tuple[object, ...]]:
    return kept.rows(f"SELECT {what} FROM coal.use_month ORDER BY credit_code, month, product")


def test_ex4_total_coal_in_standard_coal_with_the_statistics_factors(kept: Kept) -> None:
    amounts = {"raw_coal": 100, "washed_coal": 20, "other_washed": 10, "briquette": 5, "coke": 8}
    kept.take(
        table("energy_205_1", *(energy(1, "2026-01", t * WAN, product) for product, t in amounts.items()))
    )
    kept.rebuild()
    assert kept.quantity(CITY, "2026-01") == 135 * WAN
    tce = kept.quantity(CITY, "2026-01", column="quantity_tce")
    assert tce == Decimal("952800") and round(tce / WAN, 2) == Decimal("95.28")
    coke = kept.quantity(CITY, "2026-01", "coke", column="quantity_tce")
    assert round(coke / WAN, 2) == Decimal("7.77"), "coke is reported apart, outside total coal"
    kept.con.execute(
        "UPDATE ref.coal_factor_rule SET factor_list = 'LBL' WHERE product = 'other_washed'"
    )  # the list is data
    kept.rebuild()
    assert round(kept.quantity(CITY, "2026-01", column="quantity_tce") / WAN, 2) == Decimal(
        "95.28"
    ) + Decimal("2.40")


def test_ex4b_the_basis_turns_the_verdict_round(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2025-01", 100 * WAN)))
    kept.take(
        table("energy_205_1", energy(1, "2026-01", 60 * WAN), energy(1, "2026-01", 38 * WAN, "washed_coal"))
    )
    kept.rebuild()
    base, now = (kept.quantity(CITY, f"{year}-01") for year in (2025, 2026))
    base_tce, now_tce = (kept.quantity(CITY, f"{year}-01", column="quantity_tce") for year in (2025, 2026))
    assert (base_tce, now_tce) == (Decimal("714300"), Decimal("770580"))
    assert round((now - base) * 100 / base, 2) == Decimal("-2.00")
    assert round((now_tce - base_tce) * 100 / base_tce, 2) == Decimal("7.88")


def test_a_measured_value_wins_over_list_and_reported_factor(kept: Kept) -> None:
    kept.take(
        table(
            "energy_205_1",
            energy(1, "2026-01", 1000, qnet_ar_kj_kg=23446.08, factor_used=0.5),
            energy(2, "2026-01", 1000, factor_used=0.5),
            energy(3, "2026-01", 1000, "other_coal", factor_used=0.5),
            energy(4, "2026-01", 1000, "other_coal"),
        )
    )
    kept.rebuild()
    assert months(kept, "factor, factor_basis, factor_list, use_tce") == [
        (Decimal("0.800000"), "measured", None, Decimal("800.000000")),
        (Decimal("0.714300"), "list", "GB/T 2589", Decimal("714.300000")),
        (Decimal("0.500000"), "reported", None, Decimal("500.000000")),
        (None, None, None, None),
    ]
    assert kept.quantity(CITY, "2026-01") == 4000
    assert kept.quantity(CITY, "2026-01", column="quantity_tce") is None, "a sum without one factor is no sum"


def test_the_cumulative_factor_is_the_weighted_mean(kept: Kept) -> None:
    kept.take(
        table(
            "energy_205_1",
            energy(1, "2026-01", 3000, qnet_ar_kj_kg=29307.6),
            energy(1, "2026-02", 1000, qnet_ar_kj_kg=14653.8),
        )
    )
    kept.rebuild()
    assert months(kept, "factor, ytd_factor") == [
        (Decimal("1.000000"), Decimal("1.000000")), (Decimal("0.500000"), Decimal("0.875000")),
    ]  # fmt: skip


def test_months_come_from_differences_of_cumulative_values(kept: Kept) -> None:
    rows = [energy(1, f"2026-{m:02d}", t, period_kind="ytd") for m, t in ((1, 100), (2, 250), (3, 250))]
    kept.take(table("energy_205_1", *rows))
    kept.rebuild()
    assert months(kept) == [
        ("2026-01", 100, 100, "derived"), ("2026-02", 150, 250, "derived"), ("2026-03", 0, 250, "derived"),
    ]  # fmt: skip


def test_january_and_february_reported_together_cannot_be_split(kept: Kept) -> None:
    rows = [energy(1, f"2026-{m:02d}", t, period_kind="ytd") for m, t in ((2, 250), (3, 400))]
    kept.take(table("energy_205_1", *rows))
    kept.rebuild()
    assert months(kept) == [
        ("2026-01", None, None, "gap"), ("2026-02", None, 250, "gap"), ("2026-03", 150, 400, "derived"),
    ]  # fmt: skip
    assert kept.quantity(CITY, "2026-02") is None and kept.quantity(CITY, "2026-01..02") == 250
    assert kept.quantity(CITY, "2026-03") == 150 and kept.quantity(CITY, "2026-01..03") == 400


def test_a_month_missing_between_cumulative_values_leaves_a_gap_and_months_help(kept: Kept) -> None:
    rows = [energy(1, "2026-01", 100, period_kind="ytd"), energy(1, "2026-04", 700, period_kind="ytd")]
    rows += [energy(1, "2026-02", 200), energy(2, "2026-01", 10), energy(2, "2026-02", 30, period_kind="ytd")]
    kept.take(table("energy_205_1", *rows))
    kept.rebuild()
    assert months(kept) == [
        ("2026-01", 100, 100, "derived"), ("2026-02", 200, 300, "reported"), ("2026-03", None, None, "gap"),
        ("2026-04", None, 700, "gap"), ("2026-01", 10, 10, "reported"), ("2026-02", 20, 30, "derived"),
    ]  # fmt: skip


def test_a_missing_month_leaves_the_sum_of_the_year_unknown(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 1), energy(1, "2026-03", 3)))
    kept.rebuild()
    assert months(kept) == [("2026-01", 1, 1, "reported"), ("2026-03", 3, None, "reported")]


def test_the_best_vintage_wins_whatever_came_last(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 110, vintage="revised")))
    kept.take(table("energy_205_1", energy(1, "2026-01", 105, vintage="annual")))
    kept.take(table("energy_205_1", energy(1, "2026-01", 100)))
    kept.rebuild()
    assert months(kept, "use_t::INTEGER, vintage") == [(110, "revised")]


def test_a_year_is_kept_from_months_and_from_the_annual_form(kept: Kept) -> None:
    kept.take(table("energy_205_1", *(energy(1, f"2025-{m:02d}", 10 * WAN) for m in range(1, 13))))
    annual = {
        "stat_year": 2025,
        "credit_code": code(1),
        "coal_t": 121 * WAN,
        "coal_tce": 86 * WAN,
        "raw_coal_t": 121 * WAN,
    }
    zero = dict.fromkeys(("washed_coal_t", "other_coal_t", "coke_t", "feedstock_t"), 0)
    kept.take(table("firm_year", annual | zero))
    kept.rebuild()
    years = kept.rows(
        "SELECT product, origin, use_t::INTEGER, vintage, n_months FROM coal.use_year WHERE use_t > 0 ORDER BY ALL"
    )
    assert years == [
        ("coal_total", "annual_form", 121 * WAN, "annual", None), ("raw_coal", "annual_form", 121 * WAN, "annual", None),
        ("raw_coal", "months", 120 * WAN, "flash", 12),
    ]  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.lists(st.integers(10**7, 10**9), min_size=12, max_size=12), min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_a_year_split_into_months_and_firms_adds_up_exactly(
    cents: list[list[int]], as_ytd: list[bool]
) -> None:
    """Amounts have four decimals; sums of rows, not sums of rounded sums, in t and in tce."""
    rows, total = [], Decimal(0)
    for n, year in enumerate(cents):
        running = Decimal(0)
        for m, amount in enumerate(year, start=1):
            t = Decimal(amount) / 10_000
            running += t
            used = running if as_ytd[n] else t
            kind = "ytd" if as_ytd[n] else "month"
            rows.append(
                energy(n, f"2025-{m:02d}", 0, period_kind=kind) | {"use_t": used, "industrial_t": used}
            )
        total += running
    with kept_warehouse() as kept:
        kept.take(table("firm", *(firm(n) for n in range(len(cents)))))
        assert kept.take(table("energy_205_1", *rows)).status == "loaded"
        kept.rebuild()
        split = kept.rows("SELECT sum(use_t), sum(use_tce) FROM coal.use_month")[0]
        assert split[0] == total
        assert kept.rows("SELECT sum(use_t), sum(use_tce) FROM coal.use_year") == [split]
        for column, whole in (("quantity_t", split[0]), ("quantity_tce", split[1])):
            assert kept.quantity(CITY, "2025-01..12", column=column) == whole
            assert kept.quantity(CITY, "2025", column=column) == whole
            parts = [kept.quantity(CITY, f"2025-{m:02d}", column=column) for m in range(1, 13)]
            assert sum(parts) == whole
        assert kept.rows("SELECT count(*) FROM coal.use_month WHERE state = 'gap'") == [(0,)]
