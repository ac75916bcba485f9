"""Inspections of coal: standards, bases, claims, rounding, verdicts, rates, routing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.coal.inspections import (
    limit_matrix,
    published_rates,
    query_inspections,
    query_items,
    query_rates,
    rebuild_inspections,
)

AS_OF = date(2026, 11, 20)
COMMERCIAL = {
    "product_type": "commercial_coal",
    "ad_pct": "28.50",
    "std_pct": "2.10",
    "hgd_ugg": "0.30",
    "asd_ugg": "12",
    "pd_pct": "0.050",
    "cld_pct": "0.080",
    "fd_ugg": "150",
    "qnet_ar_mj_kg": "21.0",
}
LUMP = {
    "product_type": "scattered_coal",
    "claimed_grade": "GB 34169 无烟1号",
    "ad_pct": "14.00",
    "std_pct": "0.40",
    "vdaf_pct": "9.00",
}
BLOCK = {
    "product_type": "briquette",
    "claimed_grade": "型煤1号",
    "std_pct": "0.30",
    "qgr_d_mj_kg": "25.00",
    "vd_pct": "9.00",
    "scc_n": "450",
}


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    con.execute(f"INSERT INTO coal.{table} ({names}) VALUES ({marks})", list(values.values()))


def sample(con: duckdb.DuckDBPyConnection, sample_id: str = "S1", **values: Any) -> None:
    put(con, "inspection", **{"sample_id": sample_id, "stage": "circulation", "city_name": "渭南市", "city_code": "610500",
        "entity_name": "配送中心", "sampled_on": date(2026, 1, 15), "product_type": "commercial_coal"} | values)  # fmt: skip


@pytest.fixture
def con(_prepared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The facts, with whatever a test changes in them taken back."""
    _prepared.execute("BEGIN")
    yield _prepared
    _prepared.execute("ROLLBACK")


@pytest.fixture
def verified(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same with every limit and rule of quality taken as verified."""
    for table in ("coal_quality_limit", "coal_quality_standard", "coal_claim_rule"):
        con.execute(f"UPDATE ref.{table} SET verified = true")
    return con


def one(con: duckdb.DuckDBPyConnection, sample_id: str = "S1", as_of: date = AS_OF) -> dict[str, Any]:
    return {row["sample_id"]: row for row in query_inspections(con, as_of)}[sample_id]


def verdict_of(con: duckdb.DuckDBPyConnection, **values: Any) -> str:
    con.execute("DELETE FROM coal.inspection")
    sample(con, **values)
    return str(one(con)["verdict"])


def test_a_haul_over_600_km_adds_conditions(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, "far", **COMMERCIAL, distance_km=700)
    sample(con, "near", **COMMERCIAL, distance_km=600)
    far, near = one(con, "far"), one(con, "near")
    assert (far["basic_verdict"], far["long_haul_verdict"], far["verdict"]) == ("pass", "fail", "fail")
    assert (far["failed_items"], far["n_items"], far["n_failed"]) == ("Std", 8, 1)
    assert "2.1 > 2.0" in far["reason_zh"] and "2.1 > 2.0" in far["reason_en"]
    assert (near["verdict"], near["long_haul_verdict"], near["failed_items"]) == ("pass", None, None)


def test_a_local_limit_fails_what_the_national_rule_lets_pass(con: duckdb.DuckDBPyConnection) -> None:
    local = {
        "city_code": "610100",
        "ad_pct": "14.90",
        "std_pct": "0.83",
        "product_type": "scattered_coal",
        "vdaf_pct": "9",
    }
    sample(con, "xian", **local, claimed_grade="GB 34169 无烟2号")
    sample(con, "weinan", **(local | {"city_code": "610500"}), claimed_grade="GB 34169 无烟2号")
    xian, weinan = one(con, "xian"), one(con, "weinan")
    assert (xian["failed_items"], xian["verdict"]) == ("Std", "unverified_fail")
    assert "0.83 > 0.80" in xian["reason_zh"]
    assert weinan["verdict"] == "unverified_pass"
    con.execute("UPDATE ref.coal_quality_limit SET verified = true WHERE standard = 'xian-raw-coal'")
    con.execute("UPDATE ref.coal_quality_standard SET verified = true WHERE standard = 'xian-raw-coal'")
    assert one(con, "xian")["verdict"] == "fail"


def test_a_local_limit_holds_from_its_day_and_in_its_place(con: duckdb.DuckDBPyConnection) -> None:
    user = {
        "stage": "use",
        "city_code": "610400",
        "county_code": "610403",
        "std_pct": "0.83",
        "ad_pct": "14.90",
    }
    sample(con, "before", **user, sampled_on=date(2014, 4, 17))
    sample(con, "after", **user, sampled_on=date(2015, 4, 18))
    sample(con, "elsewhere", **(user | {"county_code": "610404"}), sampled_on=date(2015, 4, 18))
    assert one(con, "before")["verdict"] == "not_judged"
    assert one(con, "after")["failed_items"] == "Std"
    assert one(con, "elsewhere")["verdict"] == "pass"


def test_one_failed_item_fails_the_batch(con: duckdb.DuckDBPyConnection) -> None:
    good = COMMERCIAL | {"std_pct": "1.00"}
    assert verdict_of(con, **good) == "pass"
    for column, bad in {"ad_pct": 41, "std_pct": "3.1", "hgd_ugg": "0.7", "asd_ugg": 81, "pd_pct": "0.16",
                        "cld_pct": "0.4", "fd_ugg": 201}.items():  # fmt: skip
        assert verdict_of(con, **(good | {column: bad})) == "fail", column


@pytest.mark.parametrize(
    ("value", "rounded", "verdict"),
    [("0.800", "0.80", "pass"), ("0.804", "0.80", "pass"), ("0.805", "0.80", "pass"), ("0.8050001", "0.80", "pass"),
     ("0.806", "0.81", "fail"), ("0.815", "0.82", "fail"), ("0.81", "0.81", "fail")],
)  # fmt: skip
def test_values_are_rounded_half_even_to_the_limit_before_comparing(
    verified: duckdb.DuckDBPyConnection, value: str, rounded: str, verdict: str
) -> None:
    sample(
        verified, city_code="610100", product_type="scattered_coal", claimed_grade="无烟2号", std_pct=value
    )
    local = [
        i for i in query_items(verified, AS_OF) if i["standard"] == "xian-raw-coal" and i["item"] == "Std"
    ]
    assert [(i["rounded"], i["verdict"]) for i in local] == [(Decimal(rounded), verdict)]


def test_a_verdict_owed_to_an_unverified_rounding_rule_is_unverified(
    verified: duckdb.DuckDBPyConnection,
) -> None:
    coal = COMMERCIAL | {"std_pct": "3.04"}
    assert verdict_of(verified, **coal) == "pass"
    verified.execute("UPDATE ref.coal_claim_rule SET verified = false WHERE rule = 'rounding'")
    assert verdict_of(verified, **coal) == "unverified_pass"
    assert verdict_of(verified, **(coal | {"std_pct": "3.00"})) == "pass"
    assert verdict_of(verified, **(coal | {"std_pct": "3.06"})) == "fail"


def test_unverified_limits_give_unverified_verdicts(con: duckdb.DuckDBPyConnection) -> None:
    assert verdict_of(con, **LUMP) == "unverified_pass"
    assert verdict_of(con, **(LUMP | {"std_pct": "0.60"})) == "unverified_fail"
    row = one(con)
    assert row["unverified"] and "待核实" in row["reason_zh"] and "unverified" in row["reason_en"]


@pytest.mark.parametrize(
    "text",
    [
        "GB 34169 无烟1号",
        "GB34169-2017无烟一号",
        "ＧＢ ３４１６９—2017 无烟 １ 号",
        "民用散煤 无烟1号（GB 34169）",
    ],
)
def test_a_grade_is_found_however_it_is_written(verified: duckdb.DuckDBPyConnection, text: str) -> None:
    sample(verified, **(LUMP | {"claimed_grade": text, "std_pct": "0.60"}))
    row = one(verified)
    assert (row["standards"], row["verdict"]) == ("GB34169-2017 无烟1号", "fail")


def test_without_a_grade_only_what_all_grades_say_is_said(verified: duckdb.DuckDBPyConnection) -> None:
    nameless = LUMP | {"claimed_grade": None, "judged_by": "GB 34169-2017"}
    assert verdict_of(verified, **(nameless | {"std_pct": "0.40"})) == "pass"
    assert verdict_of(verified, **(nameless | {"std_pct": "1.20"})) == "fail"
    assert verdict_of(verified, **(nameless | {"std_pct": "0.70"})) == "insufficient"
    assert "各等级结论不一" in one(verified)["reason_zh"]
    assert verdict_of(verified, **(nameless | {"std_pct": "0.70", "judged_by": "GB 34169 无烟2号"})) == "pass"


def test_a_value_on_another_basis_is_never_compared(verified: duckdb.DuckDBPyConnection) -> None:
    assert verdict_of(verified, **BLOCK) == "pass"
    for wrong in ("9.00", "90.00"):
        assert verdict_of(verified, **(BLOCK | {"vd_pct": None, "vdaf_pct": wrong})) == "insufficient"
        assert one(verified)["basis_items"] == "Vd"
    assert verdict_of(verified, **(BLOCK | {"qgr_d_mj_kg": None, "qnet_ar_mj_kg": "30"})) == "insufficient"
    assert one(verified)["basis_items"] == "Qgr_d"
    far = {"ad_pct": "20", "std_pct": "1.0", "distance_km": 900}
    assert verdict_of(verified, **far, qgr_d_mj_kg="30") == "insufficient"
    assert verdict_of(verified, **far, qnet_ar_mj_kg="30") == "pass"
    assert verdict_of(verified, **far, qgr_d_mj_kg="30", qnet_ar_mj_kg="17") == "fail"


def test_a_stricter_claim_is_what_is_judged_by(verified: duckdb.DuckDBPyConnection) -> None:
    coal = COMMERCIAL | {"std_pct": "1.50"}
    assert verdict_of(verified, **coal) == "pass"
    assert verdict_of(verified, **coal, claimed_std_pct="1.0") == "fail"
    row = next(i for i in query_items(verified, AS_OF) if i["item"] == "Std")
    assert (row["judged_limit"], row["limit_by"], row["limit_value"]) == (1, "claim", 3)
    assert verdict_of(verified, **coal, claimed_std_pct="1.5") == "pass"
    far = coal | {"distance_km": 700, "qnet_ar_mj_kg": "19.0"}
    assert verdict_of(verified, **far) == "pass"
    assert verdict_of(verified, **far, claimed_qnet_ar_mj_kg="20.0") == "fail"


def test_a_claim_is_compared_to_its_own_decimals(verified: duckdb.DuckDBPyConnection) -> None:
    far = COMMERCIAL | {"distance_km": None}
    assert verdict_of(verified, **(far | {"std_pct": "0.94", "claimed_std_pct": "0.92"})) == "fail", "not 0.9"
    assert "0.94 > 0.92" in one(verified)["reason_zh"]
    assert verdict_of(verified, **(far | {"std_pct": "0.92", "claimed_std_pct": "0.92"})) == "pass"
    assert verdict_of(verified, **(far | {"std_pct": "0.925", "claimed_std_pct": "0.92"})) == "pass", (
        "half to even"
    )
    assert verdict_of(verified, **(far | {"ad_pct": "12.45", "claimed_ad_pct": "12.4"})) == "pass"
    assert verdict_of(verified, **(far | {"ad_pct": "12.46", "claimed_ad_pct": "12.4"})) == "fail", "not 12"
    coal = LUMP | {"claimed_std_pct": "0.4"}
    assert verdict_of(verified, **(coal | {"std_pct": "0.44"})) == "fail", "the standard has two decimals"


def test_a_claim_laxer_than_a_mandatory_standard_yields_to_it(verified: duckdb.DuckDBPyConnection) -> None:
    coal = COMMERCIAL | {"std_pct": "3.50", "claimed_std_pct": "4.0", "judged_by": "商品煤质量管理暂行办法"}
    assert verdict_of(verified, **coal) == "fail"
    verified.execute(
        "UPDATE ref.coal_quality_standard SET mandatory = 'unread' WHERE standard = 'commercial-2014'"
    )
    assert verdict_of(verified, **coal) == "fail"


def test_a_claim_laxer_than_a_voluntary_standard_is_judged_by(verified: duckdb.DuckDBPyConnection) -> None:
    verified.execute(
        "UPDATE ref.coal_quality_standard SET mandatory = 'no', aliases = '商品煤办法' WHERE standard = 'commercial-2014'"
    )
    coal = COMMERCIAL | {"std_pct": "3.50", "judged_by": "商品煤办法"}
    assert verdict_of(verified, **coal) == "fail"
    assert verdict_of(verified, **coal, claimed_std_pct="4.0") == "pass"
    assert verdict_of(verified, **(coal | {"judged_by": None})) == "not_judged"


def test_a_claimed_item_no_standard_has_is_judged_by_the_claim(verified: duckdb.DuckDBPyConnection) -> None:
    assert verdict_of(verified, **BLOCK, claimed_ad_pct="20", ad_pct="25") == "fail"
    assert one(verified)["failed_items"] == "Ad"
    assert verdict_of(verified, **BLOCK, claimed_ad_pct="20", ad_pct="19") == "pass"


def test_an_item_the_claim_lacks_is_judged_by_the_standard(verified: duckdb.DuckDBPyConnection) -> None:
    coal = COMMERCIAL | {"std_pct": "3.50", "claimed_ad_pct": "29"}
    assert verdict_of(verified, **coal) == "fail"
    assert one(verified)["failed_items"] == "Std"


def test_a_claim_decides_only_as_far_as_the_rule_is_verified(verified: duckdb.DuckDBPyConnection) -> None:
    verified.execute("UPDATE ref.coal_claim_rule SET verified = false WHERE outcome = 'claim'")
    coal = COMMERCIAL | {"claimed_std_pct": "1.0"}
    assert verdict_of(verified, **(coal | {"std_pct": "1.5"})) == "unverified_fail"
    assert verdict_of(verified, **(coal | {"std_pct": "3.5"})) == "fail"
    assert verdict_of(verified, **(coal | {"std_pct": "0.9"})) == "pass"


def test_a_required_item_not_tested_leaves_the_sample_undecided(verified: duckdb.DuckDBPyConnection) -> None:
    in_henan = BLOCK | {"city_code": "410300"}
    assert verdict_of(verified, **in_henan) == "insufficient"
    assert "Pd" in one(verified)["missing_items"] and "Pd" in one(verified)["reason_en"]
    assert verdict_of(verified, **(in_henan | {"std_pct": "0.60"})) == "fail"
    assert verdict_of(verified, **(in_henan | {"city_code": "610500"})) == "pass"
    assert "Pd" in one(verified)["untested_items"]


def test_what_the_record_has_no_column_for_blocks_nothing(verified: duckdb.DuckDBPyConnection) -> None:
    """Henan also checks packaging, which no inspection record can hold: with all else tested a sample can pass."""
    trace = {"pd_pct": "0.010", "cld_pct": "0.020", "asd_ugg": "4", "hgd_ugg": "0.1", "fd_ugg": "80"}
    assert verdict_of(verified, **(BLOCK | trace | {"city_code": "410300"})) == "pass"


def test_reasons_speak_of_items_and_standards_by_name(con: duckdb.DuckDBPyConnection) -> None:
    assert verdict_of(con, **(COMMERCIAL | {"std_pct": "3.1"})) == "fail"
    reason = one(con)["reason_zh"]
    assert "全硫" in reason and "商品煤质量管理暂行办法" in reason and "commercial-2014" not in reason
    assert verdict_of(con, **(BLOCK | {"scc_n": None})) == "insufficient"
    assert "必检项未检：冷压强度" in one(con)["reason_zh"]


def test_users_in_yangling_are_held_to_its_limits_whatever_coal_they_burn(
    con: duckdb.DuckDBPyConnection,
) -> None:
    there = {"stage": "use", "city_code": "610400", "county_code": "610403", "qnet_ar_mj_kg": "28"}
    for product in ("scattered_coal", "commercial_coal", "lignite"):
        got = verdict_of(
            con, **(COMMERCIAL | there | {"product_type": product, "ad_pct": "14.9", "std_pct": "0.83"})
        )
        assert got == "fail" and "0.83 > 0.80" in one(con)["reason_zh"]


@pytest.mark.parametrize("column", ["std_pct", "qgr_d_mj_kg", "vd_pct", "scc_n"])
def test_without_a_list_the_items_that_make_the_grade_are_required(
    verified: duckdb.DuckDBPyConnection, column: str
) -> None:
    assert verdict_of(verified, **(BLOCK | {column: None})) == "insufficient"
    assert "必检项未检" in one(verified)["reason_zh"]
    assert verdict_of(verified, **(BLOCK | {column: None, "asd_ugg": 21})) == "fail"
    assert verdict_of(verified, **(COMMERCIAL | {"ad_pct": None})) == "insufficient"
    assert verdict_of(verified, **(COMMERCIAL | {"hgd_ugg": None})) == "pass"


def test_an_item_that_stands_in_counts_as_tested(verified: duckdb.DuckDBPyConnection) -> None:
    coal = LUMP | {"city_code": "622900"}
    assert verdict_of(verified, **coal) == "pass"
    verified.execute(
        "UPDATE ref.coal_item_required SET item = 'Mt', or_item = 'Vdaf' WHERE or_item IS NOT NULL"
    )
    assert verdict_of(verified, **coal) == "pass"
    verified.execute("UPDATE ref.coal_item_required SET or_item = NULL")
    assert verdict_of(verified, **coal) == "insufficient"


def test_nothing_tested_is_not_a_pass(verified: duckdb.DuckDBPyConnection) -> None:
    assert verdict_of(verified, mt_pct="8.0") == "insufficient"


def test_exempt_uses_are_not_judged_and_say_why(con: duckdb.DuckDBPyConnection) -> None:
    bad = COMMERCIAL | {"ad_pct": "60"}
    assert verdict_of(con, **bad) == "fail"
    assert verdict_of(con, **bad, exempt_use="煤泥") == "not_judged"
    row = one(con)
    assert "煤泥" in row["reason_zh"] and not row["failing"]
    assert verdict_of(con, **bad, exempt_use="坑口自用煤") == "not_judged"
    assert verdict_of(con, **bad, exempt_use="高效脱硫设施电厂") == "not_judged"
    assert verdict_of(con, **bad, exempt_use="坑口自用煤", distance_km=700) == "fail"
    assert verdict_of(con, **bad, exempt_use="随便写的") == "fail"
    assert verdict_of(con, **(LUMP | {"std_pct": "5"}), exempt_use="煤泥") == "unverified_fail"


@pytest.mark.parametrize("use", ["无高效脱硫设施", "非坑口自用煤", "电力", "炼焦用户", "用户", "无"])
def test_an_exemption_is_not_had_by_denying_it_or_by_trade(con: duckdb.DuckDBPyConnection, use: str) -> None:
    assert verdict_of(con, **(COMMERCIAL | {"ad_pct": "60"}), exempt_use=use) == "fail"


def test_semi_coke_is_no_clean_coal_by_another_name(verified: duckdb.DuckDBPyConnection) -> None:
    coal = {"product_type": "semi_coke", "ad_pct": "8", "std_pct": "0.30"}
    assert verdict_of(verified, **coal) == "not_judged"
    assert "兰炭" in one(verified)["reason_zh"]
    assert verdict_of(verified, **coal, claimed_grade="GB 34169 无烟1号") == "not_judged"
    assert verdict_of(verified, **(coal | {"std_pct": "0.9"}), claimed_grade="GB 34169 无烟1号") == "fail"


def test_the_reported_verdict_stands_beside_ours(con: duckdb.DuckDBPyConnection) -> None:
    good, bad = COMMERCIAL | {"std_pct": "1.0"}, COMMERCIAL | {"std_pct": "3.5"}
    for name, coal, reported in (
        ("a", good, "pass"),
        ("b", good, "fail"),
        ("c", bad, "pass"),
        ("d", bad, "fail"),
    ):
        sample(con, name, **coal, reported_verdict=reported)
    sample(con, "e", **good)
    sample(con, "f", product_type="semi_coke", reported_verdict="pass")
    assert {r["sample_id"]: r["differs"] for r in query_inspections(con, AS_OF)} == {
        "a": False, "b": True, "c": True, "d": False, "e": None, "f": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "route", "article"),
    [("production", "market_regulation", "103"), ("circulation", "market_regulation", "103"),
     ("use", "ecology_environment", "105")],
)  # fmt: skip
def test_failures_go_to_the_authority_of_their_stage(
    con: duckdb.DuckDBPyConnection, stage: str, route: str, article: str
) -> None:
    sample(con, **(COMMERCIAL | {"std_pct": "3.5", "stage": stage}))
    row = one(con)
    assert row["route"] == route and article in row["route_clause"]
    assert verdict_of(con, **(COMMERCIAL | {"std_pct": "1.0", "stage": stage})) == "pass"
    assert one(con)["route"] is None


def test_a_failure_is_open_until_it_is_closed(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, **(COMMERCIAL | {"std_pct": "3.5"}), closed_on=date(2026, 3, 1))
    before, on, after = (one(con, as_of=d) for d in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 1)))
    assert [(r["is_open"], r["days_open"], r["closed_on"]) for r in (before, on, after)] == [
        (True, 44, None), (False, 45, date(2026, 3, 1)), (False, 45, date(2026, 3, 1)),
    ]  # fmt: skip
    con.execute("UPDATE coal.inspection SET closed_on = NULL")
    assert one(con, as_of=date(2026, 1, 20))["days_open"] == 5


def test_samples_taken_later_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, sampled_on=date(2026, 6, 2), **COMMERCIAL)
    assert query_inspections(con, date(2026, 6, 1)) == [] != query_inspections(con, date(2026, 6, 2))


def rate_of(con: duckdb.DuckDBPyConnection, **which: Any) -> dict[str, Any]:
    which = {"area_kind": "city", "area_code": "610500", "product_type": "all"} | which
    found = [r for r in query_rates(con, AS_OF) if which.items() <= r.items()]
    assert len(found) == 1, (which, found)
    return found[0]


def test_pass_rates_of_the_published_checks(con: duckdb.DuckDBPyConnection) -> None:
    for stage, passed, n in (("production", 5, 13), ("circulation", 66, 102)):
        for i in range(n):
            coal = COMMERCIAL | {"std_pct": "1.0" if i < passed else "3.5", "stage": stage}
            sample(con, f"{stage}{i}", **coal, sampled_on=date(2018, 9, 1))
    for stage, expected in (("production", 38.46), ("circulation", 64.71)):
        rate = rate_of(con, stage=stage, period="2018")
        assert round(rate["pass_rate_pct"], 2) == expected
    both = rate_of(con, stage="all", period="2018Q3")
    assert (both["n_inspected"], both["n_passed"], both["n_failed"], both["n_open"]) == (115, 71, 44, 44)


def test_published_rates_are_computed_again(con: duckdb.DuckDBPyConnection) -> None:
    rates = {(r["n_passed"], r["n_inspected"]): r for r in published_rates(con) if r["n_inspected"]}
    assert round(rates[29, 35]["rate_of_counts_pct"], 2) == 82.86
    assert (rates[29, 35]["printed_pct"], rates[29, 35]["printed_differs"]) == (83.1, True)
    assert (rates[5, 13]["printed_differs"], rates[66, 102]["printed_differs"]) == (False, False)


def test_undecided_samples_are_in_no_rate(verified: duckdb.DuckDBPyConnection) -> None:
    sample(verified, "a", **(COMMERCIAL | {"std_pct": "1.0"}))
    sample(verified, "b", mt_pct="8")
    sample(verified, "c", product_type="semi_coke")
    rate = rate_of(verified, stage="all", period="2026")
    assert (rate["n_samples"], rate["n_inspected"], rate["n_insufficient"], rate["n_not_judged"]) == (
        3,
        1,
        1,
        1,
    )
    assert rate["pass_rate_pct"] == 100


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 3, 31), "2026Q1"), (date(2026, 4, 1), "2026Q2"), (date(2025, 12, 31), "2025Q4")],
)
def test_quarters_end_where_they_end(con: duckdb.DuckDBPyConnection, day: date, quarter: str) -> None:
    sample(con, sampled_on=day, **COMMERCIAL)
    assert rate_of(con, stage="all", period_kind="quarter")["period"] == quarter
    assert rate_of(con, stage="all", period_kind="year")["period"] == quarter[:4]


def test_coverage_counts_registered_entities_once(con: duckdb.DuckDBPyConnection) -> None:
    def entity(key: str, name: str, **more: Any) -> None:
        put(con, "register", **{"register_id": key, "entity_name": name, "stage": "circulation", "city_name": "渭南市",
            "city_code": "610500"} | more)  # fmt: skip

    entity("D1", "甲")
    entity("D2", "乙")
    entity("D3", "丙", active_until=date(2025, 12, 31))
    entity("D4", "丁", active_from=date(2026, 4, 1))
    entity("D5", "戊", stage="production")
    sample(con, "1", entity_name="甲", **COMMERCIAL)
    sample(con, "2", entity_name="改名", register_id="D1", **COMMERCIAL)
    sample(con, "3", entity_name="野摊", **COMMERCIAL)
    first = rate_of(con, stage="circulation", period="2026Q1")
    assert (first["n_registered"], first["n_entities"], first["coverage_pct"]) == (2, 1, 50)
    assert (first["n_samples"], first["n_unregistered"]) == (3, 1)
    year = rate_of(con, stage="circulation", period="2026")
    assert (year["n_registered"], round(year["coverage_pct"], 2)) == (3, 33.33)
    makers = rate_of(con, stage="production", period="2026")
    assert (makers["n_samples"], makers["n_registered"], makers["coverage_pct"]) == (0, 1, 0)


def test_no_register_is_no_coverage(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, **COMMERCIAL)
    assert rate_of(con, stage="all", period="2026")["coverage_pct"] is None


def test_counties_cities_and_regions_add_up(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, "1", county_code="610581", **COMMERCIAL)
    sample(con, "2", county_code="610502", **COMMERCIAL)
    sample(con, "3", city_code="610100", **COMMERCIAL)
    year = {"stage": "all", "period": "2026"}
    assert rate_of(con, area_kind="county", area_code="610581", **year)["n_samples"] == 1
    assert rate_of(con, **year)["n_samples"] == 2
    assert rate_of(con, area_kind="province", area_code="610000", **year)["n_samples"] == 3
    assert rate_of(con, area_kind="region", area_code="fenwei_2023", **year)["n_samples"] == 3


def test_gaps_of_the_matrix_read_as_gaps(con: duckdb.DuckDBPyConnection) -> None:
    cells = {(c["area_code"], c["subject"], c["item"]): c for c in limit_matrix(con, AS_OF)}
    gap, found = cells["610100", "briquette", "Std"], cells["610403", "user_coal", "Std"]
    assert (gap["status"], gap["limit_value"]) == ("not_found", None) and gap["text_zh"].startswith("未查到")
    assert (found["status"], found["limit_value"]) == ("found", Decimal("0.80"))
    assert all(c["text_zh"] for c in cells.values())
    before = {(c["area_code"], c["subject"], c["item"]): c for c in limit_matrix(con, date(2014, 4, 17))}
    assert before["610403", "user_coal", "Std"]["status"] == "not_found"


def test_the_2014_restriction_on_bulk_coal_is_not_for_guanzhong(verified: duckdb.DuckDBPyConnection) -> None:
    coal = LUMP | {"claimed_grade": "无烟2号", "ad_pct": "17", "std_pct": "0.95"}
    assert verdict_of(verified, **coal) == "pass"


def test_tables_and_queries_agree(con: duckdb.DuckDBPyConnection) -> None:
    sample(con, "1", **COMMERCIAL, distance_km=700)
    sample(con, "2", **LUMP)
    computed = query_inspections(con, AS_OF), query_items(con, AS_OF), query_rates(con, AS_OF)
    assert rebuild_inspections(con, AS_OF) == rebuild_inspections(con, AS_OF) == 2

    def stored(table: str, order: str) -> list[dict[str, Any]]:
        found = con.execute(f"SELECT * FROM coal.{table} ORDER BY {order}")
        names = [c[0] for c in found.description or []]
        return [dict(zip(names, r, strict=True)) for r in found.fetchall()]

    by_item = "sample_id, standard, grade, condition DESC, item, operator"
    by_area = "area_kind, area_code, period_kind, period, stage, product_type"
    tables = stored("inspection_check", "sampled_on, sample_id"), stored("inspection_item_check", by_item)
    assert (*tables, stored("inspection_rate", by_area)) == computed
    assert (query_inspections(con, AS_OF), query_items(con, AS_OF), query_rates(con, AS_OF)) == computed
    assert {r["as_of_day"] for r in query_inspections(con, date(2026, 5, 1))} == {date(2026, 5, 1)}
    con.execute("DELETE FROM coal.inspection WHERE sample_id = '1'")
    assert len(query_inspections(con, AS_OF)) == 1
    assert con.execute("SELECT count(*) FROM coal.inspection_rate").fetchall()[0][0] > 0


BADNESS = {"pass": 0, "unverified_pass": 1, "insufficient": 2, "unverified_fail": 3, "fail": 4}
QUICK = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(
    column=st.sampled_from(["ad_pct", "std_pct", "vdaf_pct", "qnet_ar_mj_kg"]),
    value=st.decimals(min_value=0, max_value=50, places=3),
    worse=st.decimals(min_value=0, max_value=10, places=3),
    grade=st.sampled_from(["无烟1号", "烟煤2号", None]),
    claim=st.one_of(st.none(), st.decimals(min_value=0, max_value=5, places=2)),
    product=st.sampled_from(["scattered_coal", "commercial_coal"]),
)
def test_a_worse_value_never_turns_a_failure_into_a_pass(
    con: duckdb.DuckDBPyConnection, column: str, value: Decimal, worse: Decimal, grade: str | None,
    claim: Decimal | None, product: str,
) -> None:  # fmt: skip
    coal = {"product_type": product, "claimed_grade": grade, "ad_pct": "10", "std_pct": "0.30", "vdaf_pct": "9",
            "qnet_ar_mj_kg": "25", "distance_km": 700, "claimed_std_pct": claim, "city_code": "610100"}  # fmt: skip
    sign = -1 if column == "qnet_ar_mj_kg" else 1
    better = verdict_of(con, **(coal | {column: value}))
    after = verdict_of(con, **(coal | {column: max(Decimal(0), value + sign * worse)}))
    assert BADNESS[after] >= BADNESS[better]


@settings(QUICK, max_examples=5)
@given(order=st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(con: duckdb.DuckDBPyConnection, order: list[int]) -> None:
    makers: list[dict[str, Any]] = [COMMERCIAL, COMMERCIAL | {"distance_km": 700}, LUMP, LUMP | {"std_pct": "0.9"},
        {"product_type": "semi_coke"}, {"product_type": "briquette", "vdaf_pct": "9", "reported_verdict": "pass"}]  # fmt: skip
    con.execute("DELETE FROM coal.inspection")
    for i in range(6):
        sample(con, f"S{i}", **makers[i])
    straight = (query_inspections(con, AS_OF), query_items(con, AS_OF), query_rates(con, AS_OF))
    con.execute("DELETE FROM coal.inspection")
    for i in order:
        sample(con, f"S{i}", **makers[i])
    assert (query_inspections(con, AS_OF), query_items(con, AS_OF), query_rates(con, AS_OF)) == straight
