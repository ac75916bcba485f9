"""What would close a shortfall: the cheapest set within the rules, compared with trying every set; or the proof of none."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from list_worlds import line, loaded, totals, warehouse

from pipelines.emergency.emission_list.close_gap import STEPS, NotForResponseError, close_gap


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    opened = warehouse()
    yield opened
    opened.close()


def found_for(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    rows: list[dict[str, Any]],
    total: int = 10_000,
    **given: Any,
) -> Any:
    version = loaded(con, folder, {"enterprise": rows, "total": totals(total, 1, 1, 1)})
    # The other pollutants have totals of 1 kg/d and are not looked at here.
    con.execute("DELETE FROM emergency.source_total WHERE pollutant <> 'SO2'")
    return close_gap(con, version, "orange", **given)


def test_the_cheapest_set_is_as_cheap_as_the_best_of_all_sets(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    bases = [900, 700, 1500, 400, 1100]
    rows = [line(firm, base_so2_kgd=base) for firm, base in enumerate(bases, start=1)]
    found = found_for(con, tmp_path, rows)
    assert found["status"] == "found"
    gained = sum(m["gain_so2_kgd"] for m in found["measures"])
    assert gained >= 2_000
    cost = sum(m["cost"] for m in found["measures"]) + len({m["firm_name"] for m in found["measures"]})
    steps = [Decimal(0), *STEPS]
    allowed = []
    for shares in itertools.product(steps, repeat=len(bases)):
        if sum(b * s for b, s in zip(bases, shares, strict=True)) >= 2_000:
            allowed.append(float(sum(shares)) + sum(s > 0 for s in shares))
    assert cost == pytest.approx(min(allowed))


def test_firms_that_must_not_be_forced_are_not(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [
        line(1, grade="A", base_so2_kgd=5000),
        line(2, category="保障类", base_so2_kgd=5000),
        line(3, industry="热电联产供热", base_so2_kgd=5000),
        line(4, category="长期停产", base_so2_kgd=0),
        line(5, interruptible="否", base_so2_kgd=1000),
        line(6, industry="玻璃", base_so2_kgd=1000),
        line(7, base_so2_kgd=1000),
    ]
    found = found_for(con, tmp_path, rows)
    assert {m["firm_name"]: m["ratio_pct"] for m in found["measures"]} == {
        "企业5": 50,
        "企业6": 50,
        "企业7": 100,
    }


def test_a_better_grade_is_never_limited_more_than_a_worse_one(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        line(1, grade="B", industry="水泥", base_so2_kgd=2500),
        line(2, grade="D", industry="水泥", base_so2_kgd=10),
        line(3, grade="B", industry="砖瓦窑", base_so2_kgd=10),
    ]
    found = found_for(con, tmp_path, rows)
    shares = {m["firm_name"]: m["ratio_pct"] for m in found["measures"]}
    assert shares == {"企业1": 100, "企业2": 100}, "the small D firm first, though it gives next to nothing"


def test_a_worse_one_that_cannot_be_stopped_is_limited_as_far_as_it_can_be(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        line(1, grade="B", industry="砖瓦窑", base_so2_kgd=1900),
        line(2, grade="D", industry="砖瓦窑", interruptible="否", base_so2_kgd=10),
        line(3, grade="D", industry="砖瓦窑", base_so2_kgd=200),
    ]
    found = found_for(con, tmp_path, rows)
    shares = {m["firm_name"]: m["ratio_pct"] for m in found["measures"]}
    assert shares == {"企业1": 100, "企业2": 50, "企业3": 100}
    alone = [line(1, grade="B", industry="水泥", base_so2_kgd=2500), rows[1] | {"industry": "水泥"}]
    con.execute("DELETE FROM emergency.list_version")
    for table in ("line", "enterprise", "measure", "source_total", "reduction"):
        con.execute(f"DELETE FROM emergency.{table}")
    found = found_for(con, tmp_path, alone)
    assert {m["firm_name"]: m["ratio_pct"] for m in found["measures"]} == {"企业1": 100, "企业2": 50}


def test_nothing_possible_is_proved_by_all_measures_together(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    found = found_for(con, tmp_path, [line(1, grade="A", base_so2_kgd=5000), line(2, base_so2_kgd=1500)])
    assert (found["status"], found["measures"]) == ("infeasible", [])
    (so2,) = [m for m in found["missing"] if m["pollutant"] == "SO2"]
    assert (so2["short_kgd"], so2["possible_kgd"], so2["still_short_kgd"]) == (2000, 1500, 500)


def test_exactly_enough_is_found(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    found = found_for(con, tmp_path, [line(1, base_so2_kgd=1500), line(2, base_so2_kgd=500)])
    assert found["status"] == "found"
    assert sum(m["gain_so2_kgd"] for m in found["measures"]) == 2_000


def test_weights_decide_who_is_asked(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [line(1, base_so2_kgd=2000), line(2, base_so2_kgd=2000)]
    for dear, asked in ((0, "企业2"), (1, "企业1")):
        con.execute("DELETE FROM emergency.list_version")
        for table in ("line", "enterprise", "measure", "source_total", "reduction"):
            con.execute(f"DELETE FROM emergency.{table}")
        found = found_for(con, tmp_path, rows, weights={rows[dear]["credit_code"]: 50.0})
        assert [m["firm_name"] for m in found["measures"]] == [asked]


def test_a_filed_list_is_not_revised_and_enough_is_enough(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    found = found_for(con, tmp_path, [line(1, orange_text="停产", base_so2_kgd=2000)])
    assert found["status"] == "nothing_needed"
    con.execute("UPDATE emergency.list_version SET state = 'filed'")
    with pytest.raises(NotForResponseError):
        close_gap(con, found["version"]["version_id"], "orange")


def test_what_the_list_cuts_already_is_not_gained_twice(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    half = {"orange_text": "停产50%（以生产线计）"}
    rows = [
        line(1, 1, base_so2_kgd=800, **half),
        line(1, 2, base_so2_kgd=900, **half),
        line(1, 3, base_so2_kgd=1000, **half),
    ]
    found = found_for(con, tmp_path, rows)
    (so2,) = [m for m in found["missing"] if m["pollutant"] == "SO2"]
    assert (so2["short_kgd"], so2["possible_kgd"]) == (1200, 1900), (
        "the smallest line counts as stopped already"
    )


def test_lines_whose_cut_is_on_paper_are_left_out(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    paper = {"orange_text": "限产20%", "eia_per_day": 5000, "last_year_per_day": 3000, "basis": "环评"}
    found = found_for(con, tmp_path, [line(1, base_so2_kgd=5000, **paper)])
    assert found["status"] == "infeasible"
