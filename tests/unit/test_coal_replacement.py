"""Coal replacement: the worked examples, the three stages, the rules by place and day, and the document."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest

from pipelines.coal.replacement import query_replacement, rebuild_replacement, replacement_document
from warehouse.checks import all_checks, run_check
from warehouse.store import open_read_only

NOW = datetime(2026, 11, 1, 9)
LINFEN, XIAN, LUOYANG, JINAN, DATONG = "141000", "610100", "410300", "370100", "140200"
DONE = {
    "realised_on": date(2026, 3, 1),
    "recognised_on": date(2026, 3, 20),
    "dismantled_on": date(2026, 3, 1),
    "evidence_doc": "函〔2026〕1号",
    "last_checked_on": date(2026, 9, 1),
    "still_stopped": True,
}


def put(warehouse, table, row):
    warehouse.con.execute(
        f"INSERT INTO coal.{table} BY NAME SELECT unnest($row, recursive := true)", {"row": row}
    )


def add_project(warehouse, code="P", **given):
    row = {
        "project_code": code,
        "document_number": "1号",
        "project_name": f"项目{code}",
        "city_code": LINFEN,
        "approval_day": date(2025, 3, 1),
        "planned_start": date(2027, 6, 30),
        "coal_t": Decimal(500_000),
        "feedstock_t": Decimal(0),
        "industry_division": "26",
        "sha256": "f",
        "sheet": "附表3",
        "sheet_row": 4,
    } | given
    row.setdefault("province_code", row["city_code"][:2] + "0000")
    put(warehouse, "project", row)


def add_source(warehouse, source_id, cut, code="P", *, done=True, **given):
    row = {
        "source_id": source_id,
        "project_code": code,
        "source_unit": f"单位{source_id}",
        "source_type": "capacity_retirement",
        "scope_of_cut": "above_scale_industry",
        "cut_t": Decimal(cut),
        "baseline_year": 2024,
    }
    put(warehouse, "replacement_source", row | (DONE if done else {}) | given)


def set_rule(warehouse, area, **values):
    told = ", ".join(f"{name} = ${name}" for name in values)
    warehouse.con.execute(
        f"UPDATE ref.replacement_rule SET {told} WHERE area_code = $area", values | {"area": area}
    )


def check(warehouse, stage="approval", code="P", *, now=NOW, year=None):
    rows = [
        row
        for row in query_replacement(warehouse.con, now)
        if (row["project_code"], row["stage"], row["stat_year"]) == (code, stage, year)
    ]
    assert len(rows) == 1
    return rows[0]


def notes(row):
    return set(row["note_codes"].split(","))


def example_3(warehouse):
    set_rule(warehouse, LINFEN, k1=Decimal("1.2"), k2=Decimal(1), feedstock_excluded="yes")
    add_project(warehouse, feedstock_t=Decimal(200_000))
    add_source(warehouse, "A", 220_000)
    heating = {"source_type": "clean_energy_switch", "scope_of_cut": "residential_heating"}
    add_source(warehouse, "B", 80_000, **heating, substitute_fuel="electricity", baseline_year=2018)
    switch = {"source_type": "clean_energy_switch", "scope_of_cut": "above_scale_industry"}
    add_source(warehouse, "C", 100_000, **switch, substitute_fuel="semi_coke")
    add_source(warehouse, "D", 150_000, **switch, substitute_fuel="natural_gas", done=False)


def test_example_3(warehouse):
    example_3(warehouse)
    approval, commissioning = check(warehouse), check(warehouse, "commissioning")
    assert (approval["demand_t"], approval["required_t"]) == (300_000, 360_000)
    assert (approval["valid_t"], approval["verdict"], approval["shortfall_t"]) == (370_000, "pass", 0)
    assert (commissioning["valid_t"], commissioning["verdict"]) == (220_000, "fail")
    assert (commissioning["required_t"], commissioning["shortfall_t"]) == (360_000, 140_000)
    assert (approval["n_sources"], approval["n_accepted"], approval["n_rejected"]) == (4, 2, 2)
    assert approval["ratio"] == pytest.approx(37 / 30)
    document = replacement_document(warehouse.con, NOW)
    rejected = {s["source_id"]: s["reason_codes"] for s in document["sources"] if s["status"] == "rejected"}
    assert rejected == {"B": "baseline_not_accepted", "C": "fuel_not_accepted"}
    assert {s["source_id"] for s in document["sources"] if s["start_status"] == "accepted"} == {"A"}


@pytest.mark.parametrize(
    ("city", "kind", "verdict"), [(DATONG, "equal", "pass"), (XIAN, "reduction", "fail")]
)
def test_example_3b_reduction_must_exceed(warehouse, city, kind, verdict):
    set_rule(warehouse, city if city == DATONG else "610000", k1=Decimal(1), k2=Decimal(1))
    add_project(warehouse, city_code=city, coal_t=Decimal(300_000))
    add_source(warehouse, "A", 300_000)
    row = check(warehouse)
    assert (row["kind"], row["verdict"], row["shortfall_t"]) == (kind, verdict, 0)
    assert ("must_exceed" in notes(row)) == (kind == "reduction")


def test_a_gram_decides_in_exact_decimals(warehouse):
    add_project(warehouse, city_code=XIAN, coal_t=Decimal("300000.3"))
    add_source(warehouse, "A", "100000.1")
    add_source(warehouse, "B", "200000.2", baseline_year=2023)
    assert check(warehouse)["verdict"] == "fail"
    add_source(warehouse, "C", "0.0001", baseline_year=2022)
    assert check(warehouse)["verdict"] == "pass"


def test_required_is_not_rounded(warehouse):
    set_rule(warehouse, LINFEN, k1=Decimal("1.000001"), k2=Decimal("1.000001"))
    add_project(warehouse, coal_t=Decimal("100000.0001"))
    add_source(warehouse, "A", "100000.2001")
    row = check(warehouse)
    assert row["required_t"] == Decimal("100000.2001001002")
    assert (row["verdict"], row["shortfall_t"] > 0) == ("fail", True)


def test_all_coal_counts_and_coke_does_not(warehouse):
    """煤合计 and 煤品消费总量 differ by coke: only coal must be replaced."""
    add_project(warehouse, coal_products_t=Decimal(900_000), coke_t=Decimal(400_000))
    add_source(warehouse, "A", 510_000)
    assert (check(warehouse)["demand_t"], check(warehouse)["verdict"]) == (500_000, "pass")


@pytest.mark.parametrize(
    ("cut", "excluded", "gross", "net", "verdict"),
    [
        (400_000, "yes", "fail", "pass", "pass"),
        (400_000, "no", "fail", "pass", "fail"),
        (400_000, "unread", "fail", "pass", "unverified"),
        (600_000, "unread", "pass", "pass", "pass"),
        (200_000, "unread", "fail", "fail", "fail"),
    ],
)
def test_feedstock_both_results(warehouse, cut, excluded, gross, net, verdict):
    set_rule(warehouse, LINFEN, feedstock_excluded=excluded)
    add_project(warehouse, feedstock_t=Decimal(200_000))
    add_source(warehouse, "A", cut)
    row = check(warehouse)
    assert (row["verdict_gross"], row["verdict_net"], row["verdict"]) == (gross, net, verdict)
    assert (row["demand_gross_t"], row["demand_net_t"]) == (500_000, 300_000)
    assert row["demand_t"] == (300_000 if excluded == "yes" else 500_000)
    assert ("feedstock_decides" in notes(row)) == (verdict == "unverified")


def test_a_factor_not_read_counts_as_one_and_says_so(warehouse):
    add_project(warehouse, city_code=LUOYANG)
    add_source(warehouse, "A", 500_001)
    row = check(warehouse)
    assert (row["k1"], row["required_t"], row["verdict"], row["verified"]) == (None, 500_000, "pass", False)
    assert {"k_unread", "rule_unverified"} <= notes(row)
    assert "待核实" in row["verdict_zh"] and "unverified" in row["verdict_en"]
    set_rule(warehouse, "410000", k1=Decimal("1.5"), k2=Decimal(1), unverified_fields=None)
    row = check(warehouse)
    assert (row["required_t"], row["verdict"], row["verified"]) == (750_000, "fail", True)
    assert not {"k_unread", "rule_unverified"} & notes(row)
    assert "待核实" not in row["verdict_zh"]


def test_industry_factors_of_the_rule(warehouse):
    day = {"approval_day": date(2023, 6, 30), "city_code": JINAN}
    add_project(warehouse, "chemical", **day)
    add_project(warehouse, "other", **day, industry_division="13")
    assert check(warehouse, code="chemical")["required_t"] == 600_000
    assert check(warehouse, code="other")["required_t"] == 500_000


def test_the_rule_in_force_on_the_day_of_approval(warehouse):
    for code, day in (("before", date(2023, 12, 31)), ("after", date(2024, 1, 1))):
        add_project(warehouse, code, approval_day=day)
        add_source(
            warehouse, f"S-{code}", 600_000, code, scope_of_cut="residential_heating", baseline_year=2018
        )
    before, after = check(warehouse, code="before"), check(warehouse, code="after")
    assert (before["verdict"], after["verdict"]) == ("pass", "fail")
    assert before["clause"] != after["clause"] == "晋能源规〔2023〕5号"
    assert ("rule_changed" in notes(before), "rule_changed" in notes(after)) == (True, False)


def test_city_before_province_before_default(warehouse):
    for city, area in ((LINFEN, LINFEN), (LUOYANG, "410000"), (XIAN, "610000"), ("620100", "*")):
        add_project(warehouse, city, city_code=city)
        assert check(warehouse, code=city)["rule_area_code"] == area


def test_shaanxi_rests_on_the_law_and_not_on_2984(warehouse):
    add_project(warehouse, city_code=XIAN)
    row = check(warehouse)
    assert {"basis_law_90", "basis_plan_2023", "not_bound_by_2984"} <= notes(row)
    assert "第九十条" in row["notes_zh"] and "〔2023〕24号" in row["notes_zh"] and "2984" not in row["clause"]
    add_project(warehouse, "older", city_code=XIAN, approval_day=date(2023, 11, 29))
    assert "basis_plan_2023" not in notes(check(warehouse, code="older"))
    add_project(warehouse, "jinan", city_code=JINAN)
    assert "not_bound_by_2984" not in notes(check(warehouse, code="jinan"))


def test_where_2984_binds_is_a_dated_fact(warehouse):
    for code, city in (("S", XIAN), ("J", JINAN), ("G", "440100")):
        add_project(warehouse, code=code, city_code=city)
    assert "not_bound_by_2984" in notes(check(warehouse, code="S"))
    jinan = notes(check(warehouse, code="J"))
    assert "bound_by_2984" in jinan and "not_bound_by_2984" not in jinan
    assert not {"bound_by_2984", "not_bound_by_2984"} & notes(check(warehouse, code="G")), "a part only"
    warehouse.con.execute("UPDATE ref.replacement_scope SET valid_to = '2024-12-31'")
    assert not {"bound_by_2984", "not_bound_by_2984"} & notes(check(warehouse, code="S"))


def test_that_more_coal_needs_a_plan_was_read_for_henan_only(warehouse):
    for code, city in (("SX", LINFEN), ("HN", LUOYANG)):
        add_project(
            warehouse, code=code, city_code=city, approval_day=date(2024, 3, 1), actual_start=date(2025, 1, 1)
        )
        put(warehouse, "project_year", {"project_code": code, "stat_year": 2025, "coal_t": Decimal(500_001)})
    got = {code: check(warehouse, "operation", code, year=2025) for code in ("SX", "HN")}
    assert {code: (row["verdict"], row["verified"]) for code, row in got.items()} == {
        "SX": ("fail", False),
        "HN": ("fail", True),
    }
    assert "待核实" in got["SX"]["verdict_zh"]


def test_how_far_claim_and_sources_may_differ_is_a_rule(warehouse):
    add_project(warehouse, substitution_t=Decimal(500_101))
    add_source(warehouse, "A", 500_001)
    assert "claim_differs" not in notes(check(warehouse))
    warehouse.con.execute("UPDATE ref.coal_rule SET value = 99 WHERE rule = 'tolerance_t'")
    assert "claim_differs" in notes(check(warehouse))


@pytest.mark.parametrize(
    ("given", "verdict", "note"),
    [
        ({"substitution_t": Decimal(550_000)}, "insufficient", "details_missing"),
        ({"substitution_t": Decimal(500_000)}, "fail", "details_missing"),
        ({}, "insufficient", "plan_missing"),
        ({"is_substitution": False}, "fail", "no_plan"),
        ({"coal_t": Decimal(0)}, "not_applicable", "no_coal"),
        ({"coal_t": None}, "insufficient", "coal_missing"),
        ({"feedstock_t": Decimal(500_001)}, "insufficient", "feedstock_over_coal"),
        ({"feedstock_t": None}, "insufficient", "feedstock_missing"),
    ],
)
def test_the_official_form_alone_is_never_a_pass(warehouse, given, verdict, note):
    add_project(warehouse, **given)
    for stage in ("approval", "commissioning"):
        row = check(warehouse, stage)
        assert (row["verdict"], note in notes(row)) == (verdict, True)
        assert row["claimed_t"] == given.get("substitution_t")


def test_nothing_left_to_replace(warehouse):
    set_rule(warehouse, LINFEN, feedstock_excluded="yes")
    add_project(warehouse, feedstock_t=Decimal(500_000))
    assert check(warehouse)["verdict"] == "not_applicable"


@pytest.mark.parametrize(
    ("started", "now", "verdict"),
    [
        (None, NOW, "pass"),
        (None, datetime(2026, 3, 19), "fail"),
        (date(2026, 3, 20), NOW, "pass"),
        (date(2026, 3, 19), NOW, "fail"),
        (date(2026, 2, 28), NOW, "fail"),
    ],
)
def test_in_place_and_recognised_by_the_start(warehouse, started, now, verdict):
    add_project(warehouse, actual_start=started)
    add_source(warehouse, "A", 600_000)
    row = check(warehouse, "commissioning", now=now)
    assert row["verdict"] == verdict
    assert row["stage_day"] == (started or now.date())


def test_done_but_not_recognised_is_not_in_place(warehouse):
    add_project(warehouse)
    add_source(warehouse, "A", 600_000, recognised_on=None)
    assert (check(warehouse)["verdict"], check(warehouse, "commissioning")["verdict"]) == ("pass", "fail")


@pytest.mark.parametrize(
    ("actual", "given", "verdict", "note"),
    [
        (500_000, {}, "pass", None),
        ("500000.0001", {}, "fail", "over_approved"),
        (500_001, {"supplementary_plan": "补充方案1号"}, "unverified", "supplementary_plan"),
        (500_001, {"supplementary_plan": "  "}, "fail", "over_approved"),
        (400_000, {"feedstock_t": Decimal(100_000)}, "pass", None),
        (500_000, {"feedstock_t": Decimal(1)}, "unverified", "net_over_approved"),
        (None, {}, "insufficient", "year_missing"),
    ],
)
def test_operation_within_the_approval(warehouse, actual, given, verdict, note):
    add_project(warehouse, actual_start=date(2025, 2, 1), feedstock_t=Decimal(100_000))
    if note != "net_over_approved" and "feedstock_t" not in given:
        given = given | {"feedstock_t": Decimal(100_001)}
    amount = None if actual is None else Decimal(actual)
    put(warehouse, "project_year", {"project_code": "P", "stat_year": 2025, "coal_t": amount} | given)
    row = check(warehouse, "operation", year=2025)
    assert (row["verdict"], row["approved_t"], row["actual_t"]) == (verdict, 500_000, amount)
    assert note is None or note in notes(row)
    assert row["excess_t"] == (max(amount - 500_000, 0) if amount is not None else None)


def test_years_of_operation_without_a_report_and_the_running_year(warehouse):
    add_project(warehouse, actual_start=date(2024, 7, 1))
    put(warehouse, "project_year", {"project_code": "P", "stat_year": 2026, "coal_t": Decimal(1)})
    years = {y: check(warehouse, "operation", year=y) for y in (2024, 2025, 2026)}
    assert {y: row["verdict"] for y, row in years.items()} == dict.fromkeys(years, "insufficient")
    assert "year_missing" in notes(years[2024]) and "year_not_over" in notes(years[2026])
    warehouse.con.execute("UPDATE coal.project_year SET coal_t = 500001")
    assert check(warehouse, "operation", year=2026)["verdict"] == "fail"


def test_several_documents_are_never_a_plain_pass(warehouse):
    add_project(warehouse, coal_t=Decimal(900_000), approval_day=date(2024, 5, 1))
    add_source(warehouse, "A", 600_000)
    assert check(warehouse)["verdict"] == "fail"
    add_project(warehouse, document_number="2号")
    row = check(warehouse)
    assert (row["document_number"], row["verdict"]) == ("2号", "unverified")
    row = check(warehouse, now=datetime(2024, 12, 31))
    assert (row["document_number"], row["verdict"]) == ("1号", "fail")
    assert "several_documents" not in notes(row)
    assert "several_documents" in notes(check(warehouse))


def test_the_least_share_already_done(warehouse):
    set_rule(warehouse, LINFEN, spot_share_pct=50.0)
    add_project(warehouse, approval_day=date(2026, 5, 1))
    add_source(warehouse, "A", 249_999)
    add_source(warehouse, "B", 600_000, done=False)
    assert (check(warehouse)["verdict"], "spot_short" in notes(check(warehouse))) == ("fail", True)
    add_source(warehouse, "C", 1, baseline_year=2022)
    assert check(warehouse)["verdict"] == "pass"


def test_the_table_says_what_the_query_says_and_areas_filter(warehouse):
    example_3(warehouse)
    add_project(warehouse, "X", city_code=XIAN, county_code="610116")
    assert rebuild_replacement(warehouse.con, NOW) == 4
    stored = warehouse.rows("SELECT * FROM coal.replacement_check ORDER BY project_code, stage, stat_year")
    assert stored == query_replacement(warehouse.con, NOW)
    assert rebuild_replacement(warehouse.con, NOW + timedelta(hours=3)) == 4
    for area, found in (("140000", {"P"}), (XIAN, {"X"}), ("610116", {"X"}), ("fenwei_2023", {"P", "X"})):
        assert {r["project_code"] for r in query_replacement(warehouse.con, NOW, area=area)} == found
    assert query_replacement(warehouse.con, NOW, area="610300") == []


def test_the_document_is_an_opinion_with_the_rows_behind(warehouse):
    example_3(warehouse)
    document = replacement_document(warehouse.con, NOW, LINFEN)
    assert "不是审批决定" in document["opinion_zh"] and "not an approval" in document["opinion_en"]
    assert all("不是审批决定" in row["opinion_zh"] for row in document["checks"])
    assert document["counts"]["approval"]["pass"] == document["counts"]["commissioning"]["fail"] == 1
    assert {(row["sha256"], row["sheet"], row["sheet_row"]) for row in document["checks"]} == {
        ("f", "附表3", 4)
    }
    assert [rule["area_code"] for rule in document["rules"]] == [LINFEN]


def test_a_reader_of_the_published_file_can_ask_for_any_day(warehouse, tmp_path):
    example_3(warehouse)
    path = tmp_path / "published.duckdb"
    tables = (
        "coal.project",
        "coal.replacement_source",
        "coal.project_year",
        "coal.replacement_check",
        "coal.use_year",
    )
    tables += ("coal.replacement_source_check", "coal.use_month", "ref.coal_product", "ref.region_city")
    tables += ("ref.replacement_rule", "ref.replacement_fuel_rule", "ref.replacement_industry_factor")
    tables += ("ref.replacement_scope", "ref.coal_rule")
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA coal; CREATE SCHEMA ref")
        for table in tables:
            con.register("rows", warehouse.con.execute(f"SELECT * FROM {table}").to_arrow_table())
            con.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
    with open_read_only(path) as reader:
        verdicts = [row["verdict"] for row in query_replacement(reader, NOW)]
        assert verdicts == ["pass", "fail"]
        before = replacement_document(reader, datetime(2026, 2, 28))
        assert before["checks"][1]["valid_t"] == 0, "nothing was done by then"


def test_the_checks_of_the_data_find_what_they_look_for(warehouse):
    example_3(warehouse)
    add_project(warehouse, "Q", actual_start=date(2025, 1, 1))
    add_source(warehouse, "A", 220_000, "Q")
    add_source(warehouse, "Z", 1, "unknown")
    put(warehouse, "project_year", {"project_code": "Q", "stat_year": 2025, "coal_t": Decimal(500_001)})
    rebuild_replacement(warehouse.con, NOW)

    def bad(name):
        (one,) = [check for check in all_checks() if check.name == f"coal_replacement_{name}"]
        return run_check(warehouse.con, one, first=NOW.date(), last=NOW.date(), as_of=NOW).n_bad

    assert (bad("used_once"), bad("project_is_known"), bad("over_approved"), bad("adds_up")) == (2, 1, 1, 0)
    warehouse.con.execute("UPDATE coal.replacement_check SET valid_t = 1 WHERE project_code = 'Q'")
    assert bad("adds_up") == 2
