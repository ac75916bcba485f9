"""Household replacement: progress, schedule, order of replacing, relapse, ledger, double rows."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.coal.households import query_household_issues, query_households, rebuild_households

AS_OF = date(2026, 11, 20)


@pytest.fixture
def con(_prepared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    _prepared.execute("BEGIN")
    yield _prepared
    _prepared.execute("ROLLBACK")


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    con.execute(f"INSERT INTO coal.{table} ({names}) VALUES ({marks})", list(values.values()))


def village(con: duckdb.DuckDBPyConnection, village_id: str = "V1", **values: Any) -> None:
    put(con, "village", **{"village_id": village_id, "stat_year": 2026, "city_name": "渭南市", "county_name": "韩城市",
        "city_code": "610500", "county_code": "610581", "village_name": "示例村", "n_households": 100,
        "n_target": 50, "n_done": 45} | values)  # fmt: skip


def visit(con: duckdb.DuckDBPyConnection, day: date, **values: Any) -> None:
    given = {"village_id": "V1", "visited_on": day, "n_visited": 1, "n_relapsed": 1} | values
    put(con, "relapse_visit", **given)


def household(con: duckdb.DuckDBPyConnection, household_id: str, **values: Any) -> None:
    put(con, "household", **{"household_id": household_id, "village_id": "V1", "heating": "gas",
        "coal_removed_on": date(2026, 10, 20), "heating_secured_on": date(2026, 10, 1)} | values)  # fmt: skip


def row(con: duckdb.DuckDBPyConnection, as_of: date | datetime = AS_OF, **which: Any) -> dict[str, Any]:
    which = {"area_kind": "village", "area_code": "V1", "terrain": "all"} | which
    found = [r for r in query_households(con, as_of) if which.items() <= r.items()]
    assert len(found) == 1, found
    return found[0]


def issues(con: duckdb.DuckDBPyConnection, as_of: date = AS_OF) -> list[str]:
    return [i["issue"] for i in query_household_issues(con, as_of)]


def test_xian_2018_was_behind_in_july(con: duckdb.DuckDBPyConnection) -> None:
    parts = [(300_000, 70_000), (358_400, 73_200)]
    for i, (target, done) in enumerate(parts):
        village(con, f"V{i}", stat_year=2018, city_code="610100", county_code="610116", n_households=target,
                n_target=target, n_done=done)  # fmt: skip
    city = row(con, date(2018, 7, 31), area_kind="city", area_code="610100")
    assert (city["n_target"], city["n_done"]) == (658_400, 143_200)
    assert (round(city["done_pct"], 2), round(city["time_share_pct"], 2)) == (21.75, 58.33)
    assert city["verdict"] == "behind"


@pytest.mark.parametrize(
    ("as_of", "done", "verdict"),
    [
        (date(2026, 7, 31), 28, "behind"),
        (date(2026, 6, 30), 25, "on_schedule"),
        (date(2026, 6, 30), 24, "behind"),
        (date(2026, 7, 30), 25, "on_schedule"),
        (datetime(2026, 7, 31, 8), 25, "behind"),
        (date(2026, 1, 1), 0, "on_schedule"),
        (date(2026, 1, 1), 50, "done"),
        (date(2027, 1, 1), 49, "not_done"),
        (date(2027, 1, 1), 50, "done"),
        (date(2026, 6, 30), None, "insufficient"),
    ],
)
def test_the_schedule_is_that_of_whole_months(
    con: duckdb.DuckDBPyConnection, as_of: date, done: int | None, verdict: str
) -> None:
    village(con, n_done=done)
    assert row(con, as_of)["verdict"] == verdict


def test_without_a_task_there_is_no_verdict(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_target=None, n_done=None)
    assert (row(con)["verdict"], row(con)["done_pct"]) == ("no_target", None)


def test_later_years_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    village(con, stat_year=2027)
    assert query_households(con, AS_OF) == [] != query_households(con, date(2027, 1, 1))


def test_kinds_of_heating_and_two_rates(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_electricity=20, n_gas=30, n_heat=10, n_other_clean=5, n_clean_coal=25)
    got = row(con)
    assert (got["n_rest"], got["clean_heating_pct"], got["with_clean_coal_pct"]) == (10, 65, 90)


def test_villages_add_up_to_counties_cities_and_regions(con: duckdb.DuckDBPyConnection) -> None:
    village(con, "V1", terrain="plain", coal_before_t=400, coal_remaining_t=60)
    village(con, "V2", terrain="mountain", coal_before_t=100, coal_remaining_t=None)
    village(con, "V3", county_code="610502", coal_before_t=None, coal_remaining_t=5)
    village(con, "V4", city_code="610100", county_code="610116", terrain="plain")
    county = row(con, area_kind="county", area_code="610581")
    assert (county["n_villages"], county["n_target"], county["n_done"]) == (2, 100, 90)
    assert (county["coal_before_t"], county["coal_remaining_t"], county["coal_cut_t"]) == (400, 60, 340)
    assert county["n_villages_coal"] == 1
    assert row(con, area_kind="city", area_code="610500")["n_villages"] == 3
    assert row(con, area_kind="province", area_code="610000")["n_villages"] == 4
    region: dict[str, Any] = {"area_kind": "region", "area_code": "fenwei_2023"}
    assert row(con, **region)["n_households"] == 400
    assert row(con, **region, terrain="plain")["n_villages"] == 2
    assert row(con, **region, terrain="unknown")["n_villages"] == 1


def test_coal_must_not_go_before_heating_is_secured(con: duckdb.DuckDBPyConnection) -> None:
    village(con, "V1", coal_removed_on=date(2026, 10, 1), heating_secured_on=date(2026, 10, 2))
    village(con, "V2", coal_removed_on=date(2026, 10, 1), heating_secured_on=date(2026, 10, 1))
    village(con, "V3", coal_removed_on=date(2026, 10, 1))
    village(con, "V4", heating_secured_on=date(2026, 10, 1), supply_ready=False)
    city = row(con, area_kind="city", area_code="610500")
    assert (city["n_order_violations"], city["n_order_unknown"], city["n_supply_not_ready"]) == (1, 1, 1)
    assert issues(con) == ["removed_before_secured", "secured_unknown", "supply_not_ready"]
    assert issues(con, date(2026, 9, 30)) == ["supply_not_ready"]


def test_coal_in_the_ban_zone_is_listed(con: duckdb.DuckDBPyConnection) -> None:
    village(con, "V1", in_ban_zone=True, coal_remaining_t=Decimal("0.5"))
    village(con, "V2", in_ban_zone=True, coal_remaining_t=0)
    village(con, "V3", in_ban_zone=False, coal_remaining_t=50)
    city = row(con, area_kind="city", area_code="610500")
    assert (city["n_ban_zone_villages"], city["n_ban_zone_coal"]) == (2, 1)
    assert [i["village_id"] for i in query_household_issues(con, AS_OF)] == ["V1"]


def test_households_back_to_coal_are_not_done(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_gas=60)
    visit(con, date(2026, 11, 15), n_visited=40, n_relapsed=3)
    got = row(con)
    assert (got["n_done_reported"], got["n_done"], got["n_relapse_open"]) == (45, 42, 3)
    assert (got["relapse_pct"], got["clean_heating_pct"]) == (7.5, 57)
    assert "relapse_open" in issues(con)
    assert row(con, date(2026, 11, 14))["n_done"] == 45


def test_a_mended_relapse_counts_as_done_again(con: duckdb.DuckDBPyConnection) -> None:
    village(con)
    visit(con, date(2026, 11, 1), n_visited=40, n_relapsed=3, closed_on=date(2026, 11, 10))
    assert row(con, date(2026, 11, 9))["n_done"] == 42
    assert (row(con, date(2026, 11, 10))["n_done"], row(con)["n_relapsed"], row(con)["n_relapse_open"]) == (
        45,
        3,
        0,
    )


def test_of_a_household_the_latest_visit_counts(con: duckdb.DuckDBPyConnection) -> None:
    village(con)
    for day, relapsed in ((date(2026, 2, 1), 1), (date(2026, 3, 1), 1), (date(2026, 4, 1), 0)):
        visit(con, day, household_id="H1", n_relapsed=relapsed)
    got = [row(con, date(2026, month, 15)) for month in (2, 3, 4)]
    assert [(r["n_visited"], r["n_relapsed"], r["n_relapse_open"]) for r in got] == [
        (1, 1, 1),
        (1, 1, 1),
        (1, 1, 0),
    ]


def test_a_village_total_and_its_households_count_once(con: duckdb.DuckDBPyConnection) -> None:
    village(con)
    visit(con, date(2026, 11, 1), n_visited=40, n_relapsed=2)
    visit(con, date(2026, 11, 1), household_id="H1")
    visit(con, date(2026, 11, 1), household_id="H2")
    assert (row(con)["n_visited"], row(con)["n_relapsed"], row(con)["n_done"]) == (40, 2, 43)


def test_totals_of_a_village_never_add_up(con: duckdb.DuckDBPyConnection) -> None:
    village(con)
    visit(con, date(2026, 9, 1), n_visited=40, n_relapsed=3)
    visit(con, date(2026, 10, 1), n_visited=40, n_relapsed=2)
    assert (row(con)["n_relapse_open"], row(con)["n_done"]) == (2, 43), "the latest, not five"
    visit(con, date(2026, 11, 1), n_visited=10, n_relapsed=0)
    assert row(con)["n_relapse_open"] == 2, "others may have been visited"
    con.execute("UPDATE coal.relapse_visit SET closed_on = '2026-11-05' WHERE visited_on = '2026-10-01'")
    assert (row(con, date(2026, 11, 4))["n_relapse_open"], row(con)["n_relapse_open"]) == (2, 3)
    con.execute("UPDATE coal.relapse_visit SET closed_on = '2026-11-06' WHERE visited_on = '2026-09-01'")
    assert (row(con)["n_relapse_open"], row(con)["n_done"]) == (0, 45)


def test_a_relapse_is_taken_off_the_year_its_coal_was_removed(con: duckdb.DuckDBPyConnection) -> None:
    village(con, stat_year=2025)
    village(con, stat_year=2026)
    household(con, "H1", coal_removed_on=date(2025, 10, 1))
    visit(con, date(2026, 1, 5), household_id="H1")
    assert (row(con, stat_year=2025)["n_done"], row(con, stat_year=2026)["n_done"]) == (44, 45)
    assert (row(con, stat_year=2025)["n_visited"], row(con, stat_year=2026)["n_relapse_open"]) == (0, 1)


def test_more_relapses_than_done_leave_none(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_done=2)
    visit(con, date(2026, 11, 1), n_visited=40, n_relapsed=5)
    assert row(con)["n_done"] == 0


def test_the_ledger_is_held_against_the_village(con: duckdb.DuckDBPyConnection) -> None:
    village(con, "V1", n_done=2, n_gas=2)
    village(con, "V2", n_done=2, n_gas=2)
    household(con, "H1")
    household(con, "H2")
    assert (row(con)["n_ledger"], row(con)["n_ledger_done"], row(con)["n_ledger_differs"]) == (2, 2, 0)
    household(con, "H3", heating="scattered_coal", coal_removed_on=None)
    assert row(con)["n_ledger_differs"] == 0
    household(con, "H4", heating="electricity", coal_removed_on=date(2025, 1, 1))
    assert row(con)["n_ledger_differs"] == 1
    assert issues(con) == ["ledger_differs"]
    assert row(con, area_code="V2")["n_ledger_differs"] == 0


def test_a_ledger_of_some_households_only_shows_contradictions(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_done=2, n_gas=2, n_households=3)
    household(con, "H1")
    assert row(con)["n_ledger_differs"] == 0
    household(con, "H2", heating="heat")
    assert row(con)["n_ledger_differs"] == 1
    con.execute("UPDATE coal.household SET heating = 'gas'")
    assert row(con)["n_ledger_differs"] == 0
    household(con, "H3", heating="scattered_coal", coal_removed_on=None)
    assert row(con)["n_ledger_differs"] == 0
    con.execute("UPDATE coal.household SET coal_removed_on = NULL WHERE household_id = 'H2'")
    assert row(con)["n_ledger_differs"] == 1


def test_the_ledger_shows_wrong_order_too(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_done=1, n_gas=1)
    household(con, "H1", heating_secured_on=date(2026, 11, 1))
    assert (row(con)["n_ledger_order"], issues(con)) == (1, ["household_removed_before_secured"])


def test_double_rows_count_once_and_are_told(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_gas=1, n_done=1)
    village(con, n_gas=1, n_done=1, sha256="b")
    household(con, "H1")
    household(con, "H1", sha256="b")
    got = row(con)
    assert (got["n_villages"], got["n_households"], got["n_target"], got["n_done"], got["n_ledger"]) == (
        1,
        100,
        50,
        1,
        1,
    )
    assert got["n_double"] == 2 and issues(con) == ["double"]


def test_impossible_counts_are_listed(con: duckdb.DuckDBPyConnection) -> None:
    village(con, n_gas=101, n_done=101)
    assert issues(con) == ["done_more_than_all", "more_than_all"]
    assert row(con)["n_rest"] == -1


def test_the_table_and_the_query_agree(con: duckdb.DuckDBPyConnection) -> None:
    village(con, coal_before_t=400, coal_remaining_t=60)
    assert rebuild_households(con, AS_OF) == rebuild_households(con, AS_OF) > 1
    found = con.execute(
        "SELECT * FROM coal.household_progress ORDER BY area_kind, area_code, stat_year, terrain"
    )
    names = [c[0] for c in found.description or []]
    assert [dict(zip(names, r, strict=True)) for r in found.fetchall()] == query_households(con, AS_OF)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(8)))
def test_the_order_of_rows_changes_nothing(con: duckdb.DuckDBPyConnection, order: list[int]) -> None:
    acts = [
        lambda: village(con, "V1", n_gas=2),
        lambda: village(con, "V1", n_gas=3, sha256="b"),
        lambda: village(con, "V1", stat_year=2025),
        lambda: household(con, "H1"),
        lambda: household(con, "H1", village_id="V2"),
        lambda: visit(con, date(2026, 11, 1), household_id="H1"),
        lambda: visit(con, date(2026, 11, 1), n_visited=9, n_relapsed=2),
        lambda: visit(con, date(2026, 11, 2), household_id="H1", n_relapsed=0),
    ]
    results = []
    for numbers in (range(8), order):
        for table in ("village", "household", "relapse_visit"):
            con.execute(f"DELETE FROM coal.{table}")
        for i in numbers:
            acts[i]()
        results.append((query_households(con, AS_OF), query_household_issues(con, AS_OF)))
    assert results[0] == results[1]
