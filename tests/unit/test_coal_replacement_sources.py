"""Sources of coal replacement: every reason to reject one, double use across projects, and what never matters."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.coal.replacement import query_replacement, query_replacement_sources

NOW = datetime(2026, 11, 1, 9)
LINFEN, XIAN, JINAN = "141000", "610100", "370100"
GOOD = {
    "source_id": "A",
    "project_code": "P",
    "source_unit": "示例热电厂",
    "credit_code": "91610000000000000X",
    "source_type": "capacity_retirement",
    "scope_of_cut": "above_scale_industry",
    "cut_t": Decimal(600_000),
    "baseline_year": 2024,
    "realised_on": date(2026, 3, 1),
    "recognised_on": date(2026, 3, 20),
    "dismantled_on": date(2026, 3, 1),
    "evidence_doc": "函〔2026〕1号",
    "last_checked_on": date(2026, 9, 1),
    "still_stopped": True,
}
PLANNED = dict.fromkeys(
    ("realised_on", "recognised_on", "dismantled_on", "evidence_doc", "last_checked_on", "still_stopped")
)
SWITCH = {"source_type": "clean_energy_switch", "substitute_fuel": "electricity"}


def put(warehouse, table, *rows):
    for row in rows:
        sql = f"INSERT INTO coal.{table} BY NAME SELECT unnest($row, recursive := true)"
        warehouse.con.execute(sql, {"row": row})


def add_project(warehouse, code="P", *, city=LINFEN, approved=date(2025, 3, 1), coal=500_000, **given):
    put(
        warehouse,
        "project",
        {
            "project_code": code,
            "document_number": "1号",
            "city_code": city,
            "province_code": city[:2] + "0000",
            "approval_day": approved,
            "planned_start": date(2027, 6, 30),
            "coal_t": Decimal(coal),
            "feedstock_t": Decimal(0),
        }
        | given,
    )


def add_source(warehouse, *differing):
    put(warehouse, "replacement_source", *[GOOD | row for row in differing])


def sources(warehouse, now=NOW):
    rows = query_replacement_sources(warehouse.con, now)
    return {(row["project_code"], row["source_id"]): row for row in rows}


def verdicts(warehouse, now=NOW):
    return {(r["project_code"], r["stage"]): r["verdict"] for r in query_replacement(warehouse.con, now)}


def use_year(warehouse, amount, *, product="raw_coal", year=2024, origin="annual_form", months=None):
    row = {
        "credit_code": GOOD["credit_code"],
        "stat_year": year,
        "product": product,
        "origin": origin,
        "vintage": "annual",
        "use_t": Decimal(amount),
        "n_months": months,
    }
    put(warehouse, "use_year", row)


def test_a_good_source_has_no_reason(warehouse):
    add_project(warehouse)
    add_source(warehouse, {})
    row = sources(warehouse)["P", "A"]
    assert (row["status"], row["start_status"]) == ("accepted", "accepted")
    assert (row["reason_codes"], row["reasons_zh"], row["start_reason_codes"]) == ("", "", "")


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (SWITCH | {"substitute_fuel": "petroleum_coke"}, "rejected", "fuel_not_accepted"),
        (SWITCH | {"substitute_fuel": "coke"}, "rejected", "fuel_not_accepted"),
        (SWITCH | {"substitute_fuel": "semi_coke"}, "rejected", "fuel_not_accepted"),
        (SWITCH | {"substitute_fuel": None}, "suspected", "fuel_missing"),
        ({"used_by_project": "Z"}, "rejected", "used_by_other"),
        ({"scope_of_cut": "residential_heating", "baseline_year": 2016}, "rejected", "baseline_not_accepted"),
        ({"scope_of_cut": "below_scale", "baseline_year": 2020}, "rejected", "baseline_not_accepted"),
        (
            {"scope_of_cut": "other", "baseline_year": 2015, "realised_on": date(2019, 12, 1)},
            "rejected",
            "baseline_not_accepted",
        ),
        ({"dismantled_on": None}, "rejected", "no_dismantling_evidence"),
        ({"dismantled_on": date(2026, 11, 2)}, "rejected", "no_dismantling_evidence"),
        ({"evidence_doc": " "}, "rejected", "no_evidence"),
        ({"still_stopped": False}, "rejected", "restarted"),
        ({"cut_t": Decimal(0)}, "rejected", "cut_not_positive"),
        ({"cut_t": Decimal(-5)}, "rejected", "cut_not_positive"),
        ({"cut_t": None}, "rejected", "cut_not_positive"),
        (PLANNED | {"realised_on": date(2027, 7, 1)}, "rejected", "planned_after_start"),
        ({"project_code": "none"}, "rejected", "project_unknown"),
    ],
)
def test_each_reason(warehouse, given, status, code):
    add_project(warehouse)
    add_source(warehouse, given)
    (row,) = sources(warehouse).values()
    assert (row["status"], row["reason_codes"]) == (status, code)
    assert row["start_status"] in (status, "rejected")
    assert row["reasons_zh"] and row["reasons_en"]
    assert verdicts(warehouse)["P", "approval"] != "pass"


@pytest.mark.parametrize(
    "given",
    [
        SWITCH,
        {"used_by_project": "P"},
        {"scope_of_cut": "residential_heating", "baseline_year": 2021},
        {"baseline_year": 2018},
        SWITCH | {"dismantled_on": None},
        {"still_stopped": None},
        {"still_stopped": False, "last_checked_on": date(2026, 11, 2)},
        PLANNED,
        PLANNED | {"realised_on": date(2027, 6, 30)},
        PLANNED | {"still_stopped": True},
    ],
)
def test_what_is_no_reason(warehouse, given):
    add_project(warehouse)
    add_source(warehouse, given)
    assert sources(warehouse)["P", "A"]["reason_codes"] == ""
    assert verdicts(warehouse)["P", "approval"] == "pass"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (PLANNED, "not_realised,not_recognised"),
        ({"realised_on": date(2026, 11, 2)}, "realised_in_future"),
        ({"recognised_on": None}, "not_recognised"),
        ({"recognised_on": date(2026, 11, 2)}, "not_recognised"),
    ],
)
def test_what_only_bars_the_start(warehouse, given, code):
    add_project(warehouse)
    add_source(warehouse, given)
    row = sources(warehouse)["P", "A"]
    assert (row["status"], row["start_status"]) == ("accepted", "rejected")
    assert row["start_reason_codes"] == code
    assert (verdicts(warehouse)["P", "approval"], verdicts(warehouse)["P", "commissioning"]) == (
        "pass",
        "fail",
    )


def test_all_reasons_are_told_together(warehouse):
    add_project(warehouse)
    bad = {
        "substitute_fuel": "semi_coke",
        "scope_of_cut": "other",
        "baseline_year": 2018,
        "evidence_doc": None,
    }
    add_source(warehouse, SWITCH | bad)
    assert (
        sources(warehouse)["P", "A"]["reason_codes"] == "baseline_not_accepted,fuel_not_accepted,no_evidence"
    )


@pytest.mark.parametrize(
    ("approved", "status", "code"),
    [
        (date(2023, 11, 29), "accepted", "fuel_barred_later"),
        (date(2023, 11, 30), "rejected", "fuel_not_accepted"),
    ],
)
def test_semi_coke_on_both_sides_of_the_day_it_was_barred(warehouse, approved, status, code):
    """兰炭 is sold as clean coal in Shaanxi and may still not serve as replacement."""
    add_project(warehouse, city=XIAN, approved=approved)
    add_source(warehouse, SWITCH | {"substitute_fuel": "semi_coke"})
    row = sources(warehouse)["P", "A"]
    assert (row["status"], row["reason_codes"]) == (status, code)
    assert ("〔2023〕24号" in row["clause"]) or status == "accepted"


def test_clean_heating_cuts_of_2016_to_2020_outside_shanxi(warehouse):
    heating = {"scope_of_cut": "residential_heating", "baseline_year": 2018}
    for code, city in (("P", LINFEN), ("Q", XIAN)):
        add_project(warehouse, code, city=city)
    add_source(warehouse, heating)
    other = {"source_id": "B", "credit_code": "B", "source_unit": "乙", "project_code": "Q"}
    add_source(warehouse, heating | other)
    assert {k: row["status"] for k, row in sources(warehouse).items()} == {
        ("P", "A"): "rejected",
        ("Q", "B"): "accepted",
    }


@pytest.mark.parametrize(
    ("realised", "status"), [(date(2015, 12, 31), "rejected"), (date(2016, 1, 1), "accepted")]
)
def test_the_window_of_the_province(warehouse, realised, status):
    add_project(warehouse, city=JINAN, approved=date(2020, 1, 1))
    add_source(warehouse, {"realised_on": realised, "baseline_year": 2015})
    row = sources(warehouse)["P", "A"]
    assert (row["status"], row["reason_codes"]) == (status, "before_window" if status == "rejected" else "")
    assert row["verified"] == (status == "accepted"), "the window itself was not verified"


@pytest.mark.parametrize(
    ("seen", "approved", "now", "plan", "start"),
    [
        (date(2024, 3, 1), date(2025, 3, 1), datetime(2025, 3, 1), "accepted", "accepted"),
        (date(2024, 2, 28), date(2025, 3, 1), datetime(2025, 3, 1), "rejected", "rejected"),
        (date(2024, 2, 29), date(2025, 3, 1), datetime(2025, 3, 2), "accepted", "rejected"),
        (date(2026, 1, 1), date(2025, 3, 1), datetime(2025, 3, 2), "rejected", "rejected"),
    ],
)
def test_continued_stop_must_have_been_seen_within_a_year(warehouse, seen, approved, now, plan, start):
    add_project(warehouse, approved=approved)
    long_ago = date(2022, 5, 1)
    days = {"realised_on": long_ago, "dismantled_on": long_ago, "recognised_on": long_ago}
    add_source(warehouse, days | {"baseline_year": 2021, "last_checked_on": seen})
    row = sources(warehouse, now)["P", "A"]
    assert (row["status"], row["start_status"]) == (plan, start)
    assert ("check_too_old" in row["reason_codes"]) == (plan == "rejected")
    warehouse.con.execute("UPDATE coal.replacement_source SET source_type = 'energy_saving_retrofit'")
    assert sources(warehouse, now)["P", "A"]["start_status"] == "accepted"


def test_how_old_the_last_inspection_may_be_is_a_rule(warehouse):
    add_project(warehouse)
    add_source(warehouse, {"realised_on": date(2025, 3, 1), "dismantled_on": date(2025, 3, 1),
                           "recognised_on": date(2025, 3, 1), "last_checked_on": date(2025, 3, 1)})  # fmt: skip
    now = datetime(2025, 3, 1)
    assert "check_too_old" not in sources(warehouse, now)["P", "A"]["start_reason_codes"]
    now = datetime(2025, 9, 1)
    assert "check_too_old" not in sources(warehouse, now)["P", "A"]["start_reason_codes"]
    warehouse.con.execute("UPDATE ref.coal_rule SET value = 90 WHERE rule = 'still_stopped_days'")
    assert "check_too_old" in sources(warehouse, now)["P", "A"]["start_reason_codes"]


def test_more_cut_than_was_ever_burnt(warehouse):
    add_project(warehouse)
    add_source(warehouse, {})
    use_year(warehouse, 500_000)
    use_year(warehouse, 99_999, product="washed_coal")
    use_year(warehouse, 900_000, product="coke")
    use_year(warehouse, 900_000, year=2023)
    row = sources(warehouse)["P", "A"]
    assert (row["reason_codes"], row["firm_use_t"]) == ("cut_over_use", 599_999)
    warehouse.con.execute("UPDATE coal.use_year SET use_t = 100000 WHERE product = 'washed_coal'")
    assert sources(warehouse)["P", "A"]["reason_codes"] == ""


@pytest.mark.parametrize(("months", "status"), [(11, "accepted"), (12, "rejected")])
def test_months_that_are_missing_prove_nothing(warehouse, months, status):
    add_project(warehouse)
    add_source(warehouse, {})
    use_year(warehouse, 500_000, origin="months", months=months)
    assert sources(warehouse)["P", "A"]["status"] == status


def test_cuts_of_a_firm_together_over_its_use(warehouse):
    add_project(warehouse)
    half = {"cut_t": Decimal(300_001)}
    add_source(warehouse, half, half | {"source_id": "B", "evidence_doc": "另一份"})
    use_year(warehouse, 600_001)
    assert {row["reason_codes"] for row in sources(warehouse).values()} == {"cuts_over_use_together"}
    assert verdicts(warehouse)["P", "approval"] == "unverified"
    warehouse.con.execute("UPDATE coal.use_year SET use_t = 600002")
    assert verdicts(warehouse)["P", "approval"] == "pass"


@pytest.mark.parametrize(
    ("kind", "before", "after", "suspected"),
    [
        ("shutdown_or_relocation", None, 1, True),
        ("shutdown_or_relocation", None, 0, False),
        ("capacity_retirement", None, 1, False),
        ("capacity_retirement", 50_000, 50_000, True),
        ("capacity_retirement", 50_000, 49_999, False),
        ("clean_energy_switch", None, 1, False),
    ],
)
def test_said_to_be_closed_and_still_burning(warehouse, kind, before, after, suspected):
    add_project(warehouse)
    add_source(warehouse, SWITCH | {"source_type": kind})
    for month, amount in (("2024-05", before), ("2024-06", 1), ("2026-03", 90_000), ("2026-05", after)):
        row = {"credit_code": GOOD["credit_code"], "month": month, "product": "raw_coal", "vintage": "flash"}
        if amount is not None:
            put(warehouse, "use_month", row | {"use_t": Decimal(amount), "state": "reported"})
    assert (sources(warehouse)["P", "A"]["reason_codes"] == "still_burning") == suspected
    assert verdicts(warehouse)["P", "approval"] == ("unverified" if suspected else "pass")
    assert verdicts(warehouse, datetime(2026, 4, 30))["P", "approval"] == "pass"


OTHER = {"project_code": "Q"}
UNLIKE = {"source_unit": "别的厂", "credit_code": "91610000000000001X"}


@pytest.mark.parametrize(
    ("differing", "status", "code"),
    [
        (OTHER | UNLIKE | {"cut_t": Decimal(700_000)}, "rejected", "double_use"),  # the id alone
        (OTHER | {"source_id": "B", "source_unit": "别名"}, "rejected", "double_use"),
        (OTHER | {"source_id": "B", "cut_t": Decimal(700_000)}, "suspected", "suspected_double_use"),
        (
            OTHER | UNLIKE | {"source_id": "B", "source_unit": " 示例（热电）厂"},
            "suspected",
            "suspected_double_use",
        ),
        (OTHER | {"source_id": "B", "dismantled_on": date(2026, 3, 2)}, "accepted", ""),
        (OTHER | UNLIKE | {"source_id": "B"}, "accepted", ""),
        (OTHER | {"source_id": "B", "baseline_year": 2023, "cut_t": Decimal(700_000)}, "accepted", ""),
    ],
)
def test_double_use_in_both_directions_and_any_order(warehouse, differing, status, code):
    for project in ("P", "Q"):
        add_project(warehouse, project)
    found = []
    for rows in (({}, differing), (differing, {})):
        warehouse.con.execute("DELETE FROM coal.replacement_source")
        add_source(warehouse, *rows)
        found.append(sources(warehouse))
    assert found[0] == found[1]
    assert {(row["status"], row["reason_codes"]) for row in found[0].values()} == {(status, code)}
    if code:
        assert {row["other_projects"] for row in found[0].values()} == {"P", "Q"}
    wanted = {"rejected": "fail", "suspected": "unverified", "accepted": "pass"}[status]
    assert {v for (_, stage), v in verdicts(warehouse).items() if stage == "approval"} == {wanted}


def test_a_source_said_to_be_used_stays_with_its_user(warehouse):
    for project in ("P", "Q"):
        add_project(warehouse, project)
    add_source(warehouse, {}, OTHER | {"used_by_project": "P"})
    told = {k[0]: row["reason_codes"] for k, row in sources(warehouse).items()}
    assert told == {"P": "", "Q": "double_use,used_by_other"}
    warehouse.con.execute(
        "UPDATE coal.replacement_source SET used_by_project = NULL WHERE project_code = 'Q'"
    )
    warehouse.con.execute("UPDATE coal.replacement_source SET used_by_project = 'P' WHERE project_code = 'P'")
    assert {k[0]: row["reason_codes"] for k, row in sources(warehouse).items()} == {
        "P": "",
        "Q": "double_use",
    }
    warehouse.con.execute("UPDATE coal.replacement_source SET used_by_project = project_code")
    assert {row["reason_codes"] for row in sources(warehouse).values()} == {"double_use"}


def test_a_source_listed_twice_in_one_project_counts_once(warehouse):
    add_project(warehouse, coal=1_000_000)
    add_source(warehouse, {}, {"source_id": "B"})
    assert [row["reason_codes"] for _, row in sorted(sources(warehouse).items())] == [
        "",
        "suspected_duplicate",
    ]
    assert verdicts(warehouse)["P", "approval"] == "unverified"
    warehouse.con.execute("UPDATE coal.replacement_source SET evidence_doc = '另一份' WHERE source_id = 'B'")
    assert verdicts(warehouse)["P", "approval"] == "pass"


HARD = settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
CUTS = st.integers(1, 9_000_000_000).map(lambda n: Decimal(n) / 10_000)
KINDS = st.sampled_from(
    [
        {},
        PLANNED,
        {"still_stopped": False},
        SWITCH,
        SWITCH | {"substitute_fuel": None},
        {"used_by_project": "Z"},
    ]
)


@st.composite
def plans(draw):
    """Sources of one project, each of a firm of its own."""
    return [
        {"source_id": f"S{n}", "source_unit": f"厂{n}", "credit_code": f"C{n}", "cut_t": cut} | kind
        for n, (cut, kind) in enumerate(draw(st.lists(st.tuples(CUTS, KINDS), min_size=1, max_size=5)))
    ]


def judged(warehouse, rows, coal):
    for table in ("project", "replacement_source"):
        warehouse.con.execute(f"DELETE FROM coal.{table}")
    add_project(warehouse, coal=coal)
    add_source(warehouse, *rows)
    return query_replacement(warehouse.con, NOW)


def words(rows):
    return [row["verdict"] for row in rows]


@HARD
@given(plans(), CUTS, CUTS)
def test_one_more_valid_source_never_makes_a_pass_a_fail(warehouse, rows, coal, cut):
    extra = {"source_id": "N", "source_unit": "新厂", "credit_code": "N", "cut_t": cut}
    before, after = words(judged(warehouse, rows, coal)), words(judged(warehouse, [*rows, extra], coal))
    rank = {"fail": 0, "unverified": 1, "pass": 2}
    assert all(rank[a] >= rank[b] for b, a in zip(before, after, strict=True))


@HARD
@given(plans(), CUTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(warehouse, rows, coal, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert judged(warehouse, rows, coal) == judged(warehouse, shuffled, coal)


@HARD
@given(plans(), CUTS, st.integers(0, 100))
def test_a_source_in_two_rows_of_its_id_is_the_same_source(warehouse, rows, coal, share):
    part = max(Decimal("0.0001"), (rows[0]["cut_t"] * share / 200).quantize(Decimal("0.0001")))
    split = [*rows, rows[0] | {"cut_t": part}]
    split[0] = rows[0] | {"cut_t": rows[0]["cut_t"] - part}
    if split[0]["cut_t"] > 0:
        assert judged(warehouse, rows, coal) == judged(warehouse, split, coal)
