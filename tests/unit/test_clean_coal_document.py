"""The document of inspections, households and emissions for an area."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from coal_tables import kept_warehouse

from pipelines.coal.clean_coal_document import clean_coal_document

AS_OF = date(2026, 11, 20)


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    con.execute(f"INSERT INTO coal.{table} ({names}) VALUES ({marks})", list(values.values()))


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with kept_warehouse() as kept:
        fill(kept.con)
        yield kept.con


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Villages and samples of three cities."""
    for code, year in (("610500", 2026), ("610100", 2026), ("610700", 2026), ("610500", 2025)):
        put(con, "village", village_id=f"{code}-1", stat_year=year, city_name="市", county_name="县", city_code=code,
            village_name="村", n_households=100, n_target=50, n_done=10, coal_before_t=100, coal_remaining_t=10,
            supply_ready=False)  # fmt: skip
        for sulfur, closed in ((3.5, None), (3.6, date(2026, 1, 1)), (1.0, None)):
            put(con, "inspection", sample_id=f"{code}{year}{sulfur}", stage="circulation", city_name="市", city_code=code,
                entity_name="中心", product_type="commercial_coal", sampled_on=date(year, 3, 1), std_pct=sulfur,
                ad_pct=20, closed_on=closed, reported_verdict="pass")  # fmt: skip


def test_a_region_comes_with_its_cities_and_no_others(con: duckdb.DuckDBPyConnection) -> None:
    got = clean_coal_document(con, AS_OF, ("region", "fenwei_2023"), 2026)
    codes = {r["area_code"] for r in got["households"]}
    assert codes == {r["area_code"] for r in got["emissions"]} == {"fenwei_2023", "610500", "610100"}
    region = next(r for r in got["households"] if r["area_code"] == "fenwei_2023" and r["terrain"] == "all")
    assert (region["perimeter"], region["scope"], region["basis"], region["n_villages"]) == (
        "fenwei_2023",
        "scattered",
        "t",
        2,
    )
    assert region["area_name"].startswith("汾渭平原")
    assert {r["area_name"] for r in got["households"]} >= {"西安市", "渭南市"}
    assert {i["city_code"] for i in got["household_issues"]} == {"610500", "610100"}


def test_failures_carry_the_items_they_failed_on(con: duckdb.DuckDBPyConnection) -> None:
    got = clean_coal_document(con, AS_OF, ("city", "610500"), 2026)["inspections"]
    failures = {f["sample_id"]: f for f in got["failures"]}
    assert set(failures) == {"61050020263.5", "61050020263.6", "61050020253.5"}
    assert failures["61050020253.5"]["is_open"]
    for failure in failures.values():
        assert [(i["item"], i["verdict"], str(i["judged_limit"])[:3]) for i in failure["items"]] == [
            ("Std", "fail", "3.0")
        ]
    assert {d["sample_id"] for d in got["differs"]} == set(failures)
    assert {r["period"] for r in got["rates"]} == {"2026", "2026Q1"}


def test_without_an_area_or_year_everything_is_there(con: duckdb.DuckDBPyConnection) -> None:
    got = clean_coal_document(con, AS_OF)
    assert {r["area_code"] for r in got["households"]} >= {"610700", "610500", "fenwei_2023", "610000"}
    assert {r["stat_year"] for r in got["households"]} == {2025, 2026}
    assert len(got["inspections"]["failures"]) == 8
    assert not any(r["area_kind"] == "village" for r in got["households"])


def test_the_document_can_be_written_as_json(con: duckdb.DuckDBPyConnection) -> None:
    text = json.dumps(clean_coal_document(con, AS_OF), default=str, ensure_ascii=False)
    assert "未查到" in text and "best" not in {
        k for r in clean_coal_document(con, AS_OF)["emissions"] for k in r
    }


def test_it_runs_where_nothing_was_ever_imported() -> None:
    with kept_warehouse() as empty:
        got = clean_coal_document(empty.con, AS_OF, ("city", "610500"))
    assert (got["households"], got["emissions"], got["inspections"]["rates"]) == ([], [], [])
    assert got["inspections"]["limits"]
