"""Taking in coal documents: checks against the past, whole files only, corrections, order, unit errors."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest
from coal_tables import (
    HANCHENG,
    NOW,
    WEINAN,
    XIAN,
    Kept,
    code,
    energy,
    firm,
    kept_warehouse,
    region,
    rules,
    table,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.coal.importing import Validation, load, validate
from pipelines.coal.rows import period_of
from sources.bureau_forms.model import Document, finding


@pytest.fixture
def kept() -> Iterator[Kept]:
    with kept_warehouse() as warehouse:
        yield warehouse


def test_a_file_with_an_error_loads_nothing_and_says_where(kept: Kept) -> None:
    good = energy(1, "2026-01", 1000)
    bad = energy(2, "2026-01", 1000, industrial_t=500, non_industrial_t=0)
    taken = kept.take(table("energy_205_1", good, bad))
    assert taken.status == "rejected"
    assert taken.account["status"] == "rejected" and "use_sum" in rules(taken, "error")
    assert kept.rows("SELECT count(*) FROM coal.report_energy") == [(0,)]
    assert kept.rows("SELECT cell, level FROM coal.import_finding WHERE rule = 'use_sum'") == [
        ("G3", "error")
    ]
    with pytest.raises(ValueError, match="errors"):
        load(kept.con, taken.validation)


def test_cell_findings_of_the_reader_count_too(kept: Kept) -> None:
    document = Document(
        "a", (table("energy_205_1", energy(1, "2026-01", 1)),), (finding("number_invalid", cell="C3"),)
    )
    told = validate(kept.con, document, sha256="x", path="a", as_of=NOW)
    assert not told.loadable


def test_warnings_load_and_are_kept(kept: Kept) -> None:
    kept.take(table("firm", firm(1)))
    taken = kept.take(table("energy_205_1", energy(9, "2026-01", 1000)), path="m.xlsx")
    assert taken.status == "loaded" and rules(taken) == {"firm_unknown", "unit_unchecked"}
    assert kept.rows("SELECT level, rule FROM coal.import_finding WHERE path = 'm.xlsx' ORDER BY ALL") == [
        ("unchecked", "unit_unchecked"), ("warning", "firm_unknown"),
    ]  # fmt: skip


def test_without_a_warehouse_the_history_is_unchecked_and_says_so() -> None:
    document = Document("a", (table("energy_205_1", energy(1, "2026-01", 1000)),))
    told = validate(None, document, sha256="x", path="a", as_of=NOW)
    assert isinstance(told, Validation) and told.loadable
    assert {"history_unchecked", "unit_unchecked"} <= {f.rule for f in told.findings}


def test_the_same_file_again_does_nothing_and_a_correction_replaces_its_own_rows(kept: Kept) -> None:
    first = table("energy_205_1", energy(1, "2026-01", 1000), energy(2, "2026-01", 2000))
    kept.take(table("energy_205_1", energy(5, "2026-01", 7)), path="other.xlsx")
    kept.take(first, path="a.xlsx", sha256="one")
    before = kept.rows("SELECT * FROM coal.report_energy ORDER BY ALL")
    again = kept.take(first, path="a.xlsx", sha256="one")
    assert again.changes == () and kept.rows("SELECT * FROM coal.report_energy ORDER BY ALL") == before
    mended = table("energy_205_1", energy(1, "2026-01", 1100), energy(3, "2026-01", 3000))
    taken = kept.take(mended, path="a.xlsx", sha256="two")
    assert [(c.change, c.column_name, c.old_value, c.new_value) for c in taken.changes if c.change != "changed"] == [
        ("removed", None, None, None), ("added", None, None, None),
    ]  # fmt: skip
    assert ("use_t", "1000.0000", "1100.0000") in [
        (c.column_name, c.old_value, c.new_value) for c in taken.changes
    ]
    assert kept.rows("SELECT credit_code, use_t::INTEGER FROM coal.report_energy ORDER BY ALL") == [
        (code(1), 1100), (code(3), 3000), (code(5), 7),
    ]  # fmt: skip
    assert kept.rows("SELECT count(*) FROM coal.revision WHERE sha256 = 'two'") == [(len(taken.changes),)]


def test_a_bad_correction_leaves_what_was_there(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 1000)), path="a.xlsx")
    kept.take(table("energy_205_1", energy(1, "2026-01", 1000, industrial_t=1)), path="a.xlsx")
    assert kept.rows("SELECT industrial_t::INTEGER FROM coal.report_energy") == [(1000,)]


def test_overruled_rows_stand_again_when_the_newer_file_drops_them(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 1000)), path="city.xlsx", modified_ns=1)
    kept.take(table("energy_205_1", energy(1, "2026-01", 1500)), path="province.xlsx", modified_ns=2)
    assert kept.rows("SELECT use_t::INTEGER FROM coal.report_energy") == [(1500,)]
    kept.take(table("energy_205_1", energy(2, "2026-01", 9)), path="province.xlsx", modified_ns=3)
    assert kept.rows("SELECT use_t::INTEGER FROM coal.report_energy ORDER BY 1") == [(9,), (1000,)]


def test_the_rows_in_force_do_not_depend_on_the_order_of_files() -> None:
    files = [
        ("a", 1, [energy(1, "2026-01", 1000), energy(2, "2026-01", 10)]),
        ("b", 3, [energy(1, "2026-01", 1200), energy(3, "2026-01", 30)]),
        ("c", 2, [energy(1, "2026-01", 1100), energy(3, "2026-01", 31), energy(4, "2026-02", 4)]),
    ]
    seen = set()
    for order in itertools.permutations(files):
        with kept_warehouse() as kept:
            for name, at, rows in order:
                kept.take(table("energy_205_1", *rows), path=name, sha256=name, modified_ns=at)
            seen.add(
                tuple(
                    kept.rows("SELECT credit_code, month, use_t, sha256 FROM coal.report_energy ORDER BY ALL")
                )
            )
    assert len(seen) == 1
    assert {(row[0], int(row[2]), row[3]) for row in seen.pop()} == {
        (code(1), 1200, "b"), (code(2), 10, "a"), (code(3), 30, "b"), (code(4), 4, "c"),
    }  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(
    true_t=st.integers(3, 2_000_000),
    drift=st.floats(0.34, 2.9),
    wrong=st.sampled_from([10_000, 1 / 10_000, 1]),
    reference=st.sampled_from(["prior", "next", "year", "capacity", "same_file", "none"]),
)
def test_a_unit_error_is_caught_wherever_there_is_something_to_compare_with(
    true_t: int, drift: float, wrong: float, reference: str
) -> None:
    beside = {"prior": "2026-05", "next": "2026-08", "year": "2025-06", "same_file": "2026-05"}
    other = round(true_t * drift, 4)
    rows = [energy(1, "2026-06", round(true_t * wrong, 4))]
    with kept_warehouse() as kept:
        if reference == "capacity":
            kept.take(table("firm", firm(1, capacity_t_per_month=other)))
        elif reference == "same_file":
            rows.append(energy(1, beside[reference], other))
        elif reference != "none":
            kept.take(table("energy_205_1", energy(1, beside[reference], other)))
        taken = kept.take(table("energy_205_1", *rows))
    if reference == "none":
        assert "unit_unchecked" in rules(taken) and "unit_error" not in rules(taken)
    else:
        assert ("unit_error" in rules(taken, "error")) == (wrong != 1)
        assert "unit_unchecked" not in rules(taken)


def test_a_seasonal_firm_is_no_unit_error_where_last_year_says_so(kept: Kept) -> None:
    for month, use in (("2025-05", 2), ("2025-04", 30000), ("2026-04", 31000)):
        kept.take(table("energy_205_1", energy(1, month, use)))
    taken = kept.take(table("energy_205_1", energy(1, "2026-05", 3)))
    assert taken.status == "loaded" and "unit_error" not in rules(taken)


def test_a_unit_error_of_a_year_and_of_an_area_is_caught(kept: Kept) -> None:
    kept.take(table("region_year", region(WEINAN, None, 30_000_000, 2024)))
    assert rules(kept.take(table("region_year", region(WEINAN, None, 3_000, 2025))), "error") == {
        "unit_error"
    }
    use = {"area_kind": "city", "area_name": "渭南市", "scope": "above_scale"}
    kept.take(table("area_use", use | {"period": "2026-01..03", "quantity_t": 5_000_000}))
    wrong = kept.take(table("area_use", use | {"period": "2025-01..03", "quantity_t": 500}))
    assert "unit_error" in rules(wrong, "error")


def test_a_use_ten_times_the_city_is_a_unit_error(kept: Kept) -> None:
    city = {
        "area_kind": "city",
        "area_name": "渭南市",
        "period": "2026-06",
        "scope": "above_scale",
        "quantity_t": 100_000,
    }
    kept.take(table("area_use", city))
    assert rules(kept.take(table("energy_205_1", energy(1, "2026-06", 1_000_001))), "error") == {"unit_error"}
    assert rules(kept.take(table("energy_205_1", energy(1, "2026-06", 90_000))), "error") == set()


def test_parent_times_one_point_two_is_at_least_its_children(kept: Kept) -> None:
    city = region(WEINAN, None, 1_000_000)
    exact = [region(WEINAN, "610502", 600_000), region(WEINAN, "610503", 600_000)]
    over = [region(WEINAN, "610502", 600_000), region(WEINAN, "610503", 610_000)]
    assert "parent_below_children" in rules(kept.take(table("region_year", city, *over)), "error")
    assert kept.take(table("region_year", city, *exact)).status == "loaded"
    later = kept.take(table("region_year", region(WEINAN, "610522", 10_000)))
    assert later.status == "loaded" and "parent_below_children_kept" in rules(later, "warning")


def test_jumps_missing_firms_stock_and_falling_ytd_are_warnings(kept: Kept) -> None:
    both = [energy(n, "2026-01", 5000, opening_t=0, purchase_t=5000, closing_t=0) for n in (1, 2)]
    kept.take(table("energy_205_1", *both))
    taken = kept.take(table("energy_205_1", energy(1, "2026-02", 46000, opening_t=999)))
    assert taken.status == "loaded"
    assert {"jump", "firm_missing", "stock_carried"} <= rules(taken, "warning")
    kept.take(table("energy_205_1", energy(1, "2026-03", 30000, period_kind="ytd")))
    assert "ytd_falls" in rules(
        kept.take(table("energy_205_1", energy(1, "2026-04", 29000, period_kind="ytd"))), "warning"
    )
    wrong = kept.take(table("energy_205_1", energy(1, "2026-02", 22000, period_kind="ytd")))
    assert "ytd_differs" in rules(wrong, "warning")


def test_a_season_is_no_jump_and_the_month_of_last_year_decides_where_it_is_there(kept: Kept) -> None:
    def jumps(month: str, use: float) -> bool:
        return "jump" in rules(kept.take(table("energy_205_1", energy(1, month, use))))

    kept.take(table("energy_205_1", energy(1, "2025-09", 2000), energy(1, "2025-03", 20000)))
    assert not jumps("2025-10", 17000) and jumps("2025-11", 17000 * 9.1)
    assert jumps("2026-03", 20000 * 3.1) and not jumps("2026-03", 20000 * 2.9)


def test_a_firm_at_rest_is_no_jump_and_a_sudden_stop_is_one(kept: Kept) -> None:
    def jumps(n: int, month: str) -> bool:
        return "jump" in rules(kept.take(table("energy_205_1", energy(n, month, 0))))

    kept.take(table("firm", firm(1), firm(2, industry_division="44")))
    kept.take(table("energy_205_1", *(energy(n, "2024-03", 20000) for n in (1, 2))))
    assert jumps(1, "2024-04") and not jumps(1, "2024-05"), "the stop is told once"
    assert not jumps(2, "2024-04"), "heat supply stops in spring"
    assert "jump" not in rules(kept.take(table("energy_205_1", energy(2, "2024-10", 2001))))
    kept.take(table("energy_205_1", energy(1, "2025-03", 20000)))
    assert not jumps(1, "2025-04"), "as in the year before"


def test_an_official_target_stands_again_when_what_took_its_place_is_withdrawn(kept: Kept) -> None:
    def standing() -> list[tuple[object, ...]]:
        return kept.rows("SELECT * EXCLUDE (verified) FROM coal.target WHERE target_id = ?", official)

    official = kept.rows("SELECT min(target_id) FROM coal.target")[0][0]
    before = standing()
    own = {"area_kind": "city", "area_name": "渭南市", "stat_year": 2026, "kind": "cap", "scope": "society"}
    mine = [own | {"target_id": name, "target_t": 5_000_000} for name in (official, "另一项")]
    kept.take(table("coal_target", *mine), path="t.xlsx")
    assert len(before) == 1 and len(standing()) == 1 and standing() != before
    withdrawn = kept.take(table("coal_target", mine[1]), path="t.xlsx")
    assert standing() == before
    assert {c.change for c in withdrawn.changes} == {"changed"}


def test_findings_name_the_column_of_their_own_table_and_amounts_in_its_unit(kept: Kept) -> None:
    def year(n: int, coal_t: float) -> dict[str, object]:
        return {
            "credit_code": code(n),
            "stat_year": 2025,
            "coal_t": coal_t,
            "coal_tce": 1,
            "raw_coal_t": coal_t,
        }

    main = table("firm_year", year(1, 3_456_000))
    device = {
        "credit_code": code(1),
        "stat_year": 2025,
        "equipment_type": "boiler",
        "equipment_no": "1#",
        "coal_t": 9,
    }
    below = table("firm_equipment", device)
    below = replace(
        below,
        rows=below.rows.set_column(
            below.rows.column_names.index("sheet_row"), "sheet_row", pa.array([9], pa.int32())
        ),
    )
    kept.take(table("firm_year", year(1, 345.6) | {"stat_year": 2024}))
    taken = kept.take(replace(main, units={"coal_t": "wan_t", "raw_coal_t": "wan_t"}), below)
    (error,) = [f for f in taken.validation.findings if f.rule == "unit_error" and f.cell == "C2"]
    assert "345.6 万吨" in error.zh and "345.6 10^4 t" in error.en
    (alone,) = [f for f in taken.validation.findings if f.rule == "unit_unchecked"]
    assert alone.cell == "E9"


def test_a_form_check_tells_heading_and_value_in_the_unit_of_the_file(kept: Kept) -> None:
    rows = table("energy_205_1", energy(2, "2026-01", 10_000, industrial_t=5000, non_industrial_t=0))
    taken = kept.take(replace(rows, units={"use_t": "wan_t", "industrial_t": "t"}))
    (error,) = [f for f in taken.validation.errors if f.rule == "use_sum"]
    assert (
        "消费量-合计 1 万吨" in error.zh and "工业生产消费 5,000 吨" in error.zh and "use_t" not in error.zh
    )


def test_a_file_without_sheets_is_told_by_its_cell_alone(kept: Kept) -> None:
    bad = table("energy_205_1", energy(2, "2026-01", 1000, industrial_t=500, non_industrial_t=0), sheet="")
    reason = kept.take(bad).account["reason_zh"]
    assert "!" not in reason and "例如 G2 " in reason


def test_a_file_of_one_form_is_checked_with_few_statements(kept: Kept) -> None:
    class Counting:
        n = 0

        def execute(self, *words: object) -> object:
            self.n += 1
            return kept.con.execute(*words)  # type: ignore[arg-type]

        def __getattr__(self, name: str) -> object:
            return getattr(kept.con, name)

    for form, row, most in (
        ("household", {"household_id": "1"}, 3),
        ("energy_205_1", energy(1, "2026-01", 1), 16),
    ):
        counting = Counting()
        validate(counting, Document("a", (table(form, row),)), sha256="x", path="a", as_of=NOW)  # type: ignore[arg-type]
        assert counting.n <= most, form


def test_a_firm_that_was_delisted_is_not_missing(kept: Kept) -> None:
    from datetime import date

    kept.take(table("firm", firm(1), firm(2, listed_until=date(2026, 1, 31))))
    kept.take(table("energy_205_1", energy(1, "2026-01", 5000), energy(2, "2026-01", 5000)))
    assert "firm_missing" not in rules(kept.take(table("energy_205_1", energy(1, "2026-02", 5000))))


def test_future_periods_and_counties_of_another_city_are_errors(kept: Kept) -> None:
    assert "period_future" in rules(kept.take(table("energy_205_1", energy(1, "2026-12", 1))), "error")
    away = energy(1, "2026-01", 1, city_code=XIAN, county_code=HANCHENG)
    assert "county_not_in_city" in rules(kept.take(table("energy_205_1", away)), "error")
    use = {"area_name": "无此市", "period": "2026-13", "scope": "above_scale", "quantity_t": 1}
    assert {"area_unknown", "period_invalid"} <= rules(kept.take(table("area_use", use)), "error")


def test_the_factor_used_and_a_part_without_its_whole_are_pointed_out(kept: Kept) -> None:
    taken = kept.take(
        table(
            "energy_205_1", energy(1, "2026-01", 10, factor_used=0.8), energy(2, "2026-01", 10, "bituminous")
        )
    )
    assert {"factor_differs", "part_without_whole"} <= rules(taken, "warning")
    measured = kept.take(
        table("energy_205_1", energy(3, "2026-01", 10, factor_used=0.8, qnet_ar_kj_kg=23446))
    )
    assert "factor_differs" not in rules(measured)


def test_two_spellings_of_one_area_in_a_file_are_one_record_twice(kept: Kept) -> None:
    rows = [region(WEINAN, None, 100, city_name="渭南"), region(WEINAN, None, 100, city_name="渭南市")]
    assert "row_repeated" in rules(kept.take(table("region_year", *rows)), "error")


def test_many_findings_of_a_rule_are_counted_not_listed(kept: Kept) -> None:
    many = [energy(n, "2026-01", 10) for n in range(250)]
    taken = kept.take(table("energy_205_1", *many))
    (alone,) = [f for f in taken.validation.findings if f.rule == "unit_unchecked"]
    assert "250" in alone.zh and alone.cell == "G2" and alone.found.startswith("G2、G3、")
    kept.take(table("firm", firm(999)))
    taken = kept.take(table("energy_205_1", *many))
    listed = [f for f in taken.validation.findings if f.rule == "firm_unknown"]
    assert len(listed) == 101 and listed[-1].found == "150"
    wrong = [row | {"industrial_t": 5000, "non_industrial_t": 0} for row in many]
    taken = kept.take(table("energy_205_1", *wrong))
    listed = [f for f in taken.validation.errors if f.rule == "use_sum"]
    assert len(listed) == 101 and listed[-1].found == "150" and listed[99].cell == "G101"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("2026-09", "2026-09"), ("2026年9月", "2026-09"), ("2026-01..09", "2026-01..09"), ("2026年1-9月", "2026-01..09"),
        ("2026", "2026"), ("2026年", "2026"), ("2026-13", None), ("2026年2-9月", None), ("九月", None),
    ],
)  # fmt: skip
def test_periods_are_written_in_one_way(given_text: str, wanted: str | None) -> None:
    assert period_of(given_text) == wanted
