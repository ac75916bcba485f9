"""Targets at the edges: days in the past, projects approved twice, words of two definitions, places listed once."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from coal_tables import HANCHENG, WEINAN, Kept, energy, firm, kept_warehouse, table

from pipelines.coal.document import _places, coal_document
from pipelines.coal.households import rebuild_households
from pipelines.coal.panel import rebuild_panel
from pipelines.coal.targets import query_targets, rebuild_targets

NOV = datetime(2026, 11, 20)


@pytest.fixture
def kept() -> Iterator[Kept]:
    with kept_warehouse() as warehouse:
        warehouse.con.execute("DELETE FROM coal.target")
        yield warehouse


def put(kept: Kept, name: str, **row: Any) -> None:
    picked = ", ".join(f"${key} AS {key}" for key in row)
    kept.con.execute(f"INSERT INTO {name} BY NAME SELECT {picked}", row)


def target(kept: Kept, kind: str = "negative_growth", **more: Any) -> None:
    row = {
        "target_id": "t",
        "area_kind": "city",
        "area_code": WEINAN,
        "area_name": "渭南市",
        "stat_year": 2026,
    }
    put(kept, "coal.target", **row | {"kind": kind, "scope": "above_scale", "sha256": "file"} | more)


def use(kept: Kept, before: float, now: float, last: int = 10, **more: Any) -> None:
    kept.take(table("firm", firm(1)))
    rows = [energy(1, f"2025-{m:02d}", before, **more) for m in range(1, 13)]
    rows += [energy(1, f"2026-{m:02d}", now, **more) for m in range(1, last + 1)]
    assert kept.take(table("energy_205_1", *rows)).status == "loaded"
    kept.rebuild()


def check(kept: Kept, as_of: datetime = NOV) -> dict[str, Any]:
    (row,) = query_targets(kept.con, as_of)
    return row


def test_households_of_a_past_day_do_not_know_later_visits(kept: Kept) -> None:
    target(kept, "state", metric="households", target_value=50, scope="scattered")
    place = {"city_name": "渭南市", "county_name": "韩城市", "city_code": WEINAN, "county_code": HANCHENG}
    put(
        kept, "coal.village", village_id="V1", stat_year=2026, village_name="示例村", n_households=100, n_target=50,
        n_done=30, **place,
    )  # fmt: skip
    put(
        kept, "coal.relapse_visit", village_id="V1", visited_on=date(2026, 9, 15), n_visited=20, n_relapsed=10
    )
    rebuild_households(kept.con, NOV)
    rebuild_targets(kept.con, NOV)
    assert (check(kept)["actual_amount"], check(kept)["verdict"]) == (20, "behind")
    past = check(kept, datetime(2026, 8, 10))
    assert (past["actual_amount"], past["verdict"]) == (30, "on_schedule"), (
        "the visit of September is not known in August"
    )


def test_a_past_day_knows_no_later_month(kept: Kept) -> None:
    use(kept, 100, 90)
    target(kept)
    row = check(kept, datetime(2026, 3, 5))
    assert (row["period"], row["actual_amount"], row["baseline_amount"]) == ("2026-01..02", 180, 200)
    january = check(kept, datetime(2026, 2, 1))
    assert (january["period"], january["verdict"]) == ("2026-01..01", "on_schedule")
    assert round(january["time_share_linear_pct"], 2) == 8.33
    assert check(kept, datetime(2026, 1, 31))["reason"] == "not_started"


def test_without_last_year_nothing_is_negative_growth(kept: Kept) -> None:
    kept.take(table("energy_205_1", energy(1, "2026-01", 10)))
    kept.rebuild()
    target(kept)
    row = check(kept, datetime(2026, 2, 10))
    assert (row["verdict"], row["reason"], row["growth"]) == ("not_comparable", "baseline_missing", None)


def test_a_project_approved_twice_burns_once_and_starts_when_it_is_known_to(kept: Kept) -> None:
    use(kept, 100, 90)
    target(kept, "cap", target_t=1200)
    both = {"project_code": "p", "city_code": WEINAN, "coal_t": 365, "actual_start": date(2026, 10, 1)}
    put(
        kept,
        "coal.project",
        document_number="1",
        approval_day=date(2025, 1, 1),
        planned_start=date(2026, 12, 1),
        **both,
    )
    put(
        kept,
        "coal.project",
        document_number="2",
        approval_day=date(2025, 6, 1),
        planned_start=date(2026, 9, 1),
        **both,
    )
    row = check(kept, datetime(2026, 9, 10))
    assert row["n_new_projects"] == 1
    # planned for 1 September and not started on the 10th: from the 11th at the earliest
    assert row["new_projects_amount"] == 112


def test_two_definitions_that_disagree_are_both_named(kept: Kept) -> None:
    kept.take(table("firm", firm(1)))
    rows = [energy(1, f"{y}-01", t, feedstock_t=f) for y, t, f in ((2025, 100, 10), (2026, 99, 0))]
    kept.take(table("energy_205_1", *rows))
    kept.rebuild()
    target(kept)
    row = check(kept, datetime(2026, 2, 10))
    assert (row["verdict"], row["reason"]) == ("unverified", "exclusions_unread")
    assert "待核实（全口径：达到序时进度；考核口径：落后序时进度）" in row["verdict_zh"]
    assert "unverified (gross: on schedule; as assessed: behind schedule)" in row["verdict_en"]


def test_missing_months_are_named_in_the_words_of_circulars(kept: Kept) -> None:
    use(kept, 100, 90, last=5)
    target(kept)
    row = check(kept)
    assert row["reason"] == "months_behind" and "2026 年 1–5 月之后的月份数据不全" in row["verdict_zh"]


def test_every_judged_row_has_its_numbers_terms_and_files(kept: Kept) -> None:
    use(kept, 100, 90)
    target(kept)
    row = check(kept)
    needed = (
        "actual_amount", "baseline_amount", "change_pct", "growth", "limit_amount", "rest_amount", "rest_month_amount",
        "time_share_linear_pct", "time_share_profile_pct", "projected_amount", "projected_verdict", "perimeter",
        "baseline_perimeter", "scope", "basis", "actual_exclusions", "baseline_exclusions", "period", "baseline_period",
        "vintage", "baseline_vintage", "origin", "source_table", "source_periods", "source_sha256",
    )  # fmt: skip
    assert [name for name in needed if row[name] is None] == []


def test_a_unit_is_listed_once_in_the_document_of_its_city(kept: Kept) -> None:
    use(kept, 100, 90)
    target(kept, area_kind="county", area_code=HANCHENG, area_name="韩城市")
    rebuild_panel(kept.con, NOV)
    rebuild_targets(kept.con, NOV)
    document = coal_document(kept.con, NOV, "city", WEINAN, 2026)
    places = {(row["area_kind"], row["area_code"]) for row in document["panel"]}
    assert ("unit", HANCHENG) in places and ("county", HANCHENG) not in places
    assert [row["area_name"] for row in document["targets"]] == ["韩城市"], (
        "its own target is shown all the same"
    )
    assert ("county", HANCHENG) not in _places(kept.con, "unit", HANCHENG, 2026)
