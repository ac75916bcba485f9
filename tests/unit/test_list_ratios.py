"""What lists amount to: the vectors C1, C2, S1 and the traps of lists, each against figures worked out by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from list_worlds import cut, document_of, line, loaded, ratios, totals, warehouse

from pipelines.emergency.emission_list.check import check_version
from pipelines.emergency.emission_list.ratios import judge


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    opened = warehouse()
    yield opened
    opened.close()


def rules_of(con: duckdb.DuckDBPyConnection, version: str) -> set[str]:
    return set(check_version(con, version)["n_findings"])


def test_c1_cement_is_counted_from_the_least_of_three(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = line(grade="B", industry="水泥", orange_text="限产20%", eia_per_day=5000, permit_per_day=4800, last_year_per_day=4200,
               basis="三者取小", base_so2_kgd=1000)  # fmt: skip
    version = loaded(con, tmp_path, {"enterprise": [row]})
    found = con.execute(
        "SELECT l.basis_per_day, l.basis_per_day * (1 - m.parsed_ratio) FROM emergency.line l JOIN emergency.measure m"
        " ON m.source_id = l.line_key AND m.level = 'orange'"
    ).fetchone()
    assert found == (Decimal(4200), Decimal(3360))
    assert cut(con, version) == (Decimal(200), Decimal(200))


def test_c2_glass_feed(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = line(industry="平板玻璃", orange_text="原料日投料量由960吨降低到768吨及以下", base_nox_kgd=500)
    version = loaded(con, tmp_path, {"enterprise": [row]})
    assert con.execute("SELECT limit_to, parsed_ratio FROM emergency.measure").fetchall() == [
        (Decimal(768), Decimal("0.2"))
    ]
    assert cut(con, version, pollutant="NOx") == (Decimal(100), Decimal(100))


def s1(**given: Any) -> dict[str, Any]:
    base = {"base_so2_kgd": 2500, "base_nox_kgd": 7600, "base_pm_kgd": 6300, "base_vocs_kgd": 4100}
    return {
        "enterprise": [line(orange_text="停产", **base | given)],
        "total": totals(10_000, 40_000, 30_000, 20_000),
    }


def test_s1_each_pollutant_by_itself(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Trap 14: of the whole society, each pollutant; the sum of SO2 and NOx is an unverified alternative only."""
    found = ratios(con, loaded(con, tmp_path, s1()))
    shown = [
        (p, found["orange", p].ratio_pct, found["orange", p].verdict) for p in ("SO2", "NOx", "PM", "VOCs")
    ]
    assert shown == [("SO2", 25, "met"), ("NOx", 19, "not_met"), ("PM", 21, "met"), ("VOCs", 20.5, "met")]
    nox = found["orange", "NOx"]
    assert (nox.shortfall_kgd, nox.swap_met, nox.met) == (Decimal(400), True, False)
    assert found["orange", "PM"].swap_met is None
    assert (
        con.execute("SELECT verified FROM ref.list_ratio WHERE rule = 'so2_nox_sum'").fetchall()
        == [(False,)] * 3
    )


def test_the_sum_of_so2_and_nox_can_be_too_small(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    found = ratios(con, loaded(con, tmp_path, s1(base_so2_kgd=2090)))
    assert found["orange", "NOx"].swap_met is False


def test_exactly_the_ratio_is_enough_and_a_gram_less_is_not() -> None:
    assert judge(Decimal(10_000), Decimal(2_000), Decimal(2_000), Decimal(20)) == ("met", True, Decimal(0))
    assert judge(Decimal(10_000), Decimal("1999.999"), Decimal("1999.999"), Decimal(20)) == (
        "not_met",
        False,
        Decimal("0.001"),
    )
    assert judge(Decimal("0.000003"), Decimal(0), Decimal(0), Decimal(10))[2] == Decimal("0.000001"), (
        "what is missing is rounded up"
    )
    assert judge(None, Decimal(1), Decimal(1), Decimal(10)) == ("insufficient", None, None)
    assert judge(Decimal(10_000), Decimal(1_000), Decimal(2_000), Decimal(20)) == (
        "doubtful",
        None,
        Decimal(1_000),
    )


@pytest.mark.parametrize(("word", "column"), [("A", "grade"), ("引领性", "grade"), ("保障类", "category")])
def test_trap_15_self_directed_and_guarantee_firms_contribute_nothing_certain(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, word: str, column: str
) -> None:
    row = line(orange_text="限产30%", orange_pct=30, base_so2_kgd=1000, **{column: word})
    version = loaded(con, tmp_path, {"enterprise": [row]})
    assert cut(con, version) == (Decimal(0), Decimal(300))
    assert rules_of(con, version) & {"self_directed_counted", "task_limited_counted"}


@pytest.mark.parametrize(("n", "low", "high"), [(1, 0, 100), (2, 100, 100), (3, 100, 200), (4, 200, 200)])
def test_trap_16_half_of_the_lines(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, n: int, low: int, high: int
) -> None:
    """One line: 0 or 100 %; three lines: 1 or 2."""
    rows = [line(number=i, orange_text="停产50%（以生产线计）", base_so2_kgd=100) for i in range(1, n + 1)]
    version = loaded(con, tmp_path, {"enterprise": rows})
    assert cut(con, version) == (Decimal(low), Decimal(high))
    assert ("lines_not_whole" in rules_of(con, version)) == (low != high)


def test_trap_16_a_plant_at_lower_load_owes_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    common = {
        "orange_text": "限产20%",
        "eia_per_day": 5000,
        "permit_per_day": 5000,
        "base_so2_kgd": 1000,
        "basis": "环评",
    }
    paper = line(1, last_year_per_day=3500, **common)
    owing = line(2, last_year_per_day=4500, **common)
    version = loaded(con, tmp_path, {"enterprise": [paper, owing]})
    assert cut(con, version) == (Decimal(200), Decimal(400))
    found = check_version(con, version)
    assert [f["subject"] for f in found["findings"] if f["rule"] == "paper_cut"] == ["企业1 1"]
    assert found["n_findings"]["basis_not_minimum"] == 2


def test_trap_17_long_stopped_lines_cut_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [
        line(1, category="长期停产", red_text="停产", base_so2_kgd=500),
        line(2, grade="长期停产", red_text="停产", base_so2_kgd=500),
        line(3, stops="长期停产 2025-01-01至", red_text="停产", base_so2_kgd=500),
        line(4, red_text="停产", base_so2_kgd=500),
    ]
    version = loaded(con, tmp_path, {"enterprise": rows})
    assert cut(con, version, "red") == (Decimal(500), Decimal(500))
    assert check_version(con, version)["n_findings"]["stopped_with_baseline"] == 3


def test_trap_17_stops_in_force_are_taken_out_above_and_below(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        line(1, stops="错峰 2026-11-15至2027-03-15", orange_text="停产", base_so2_kgd=1000),
        line(2, orange_text="停产", base_so2_kgd=1500),
    ]
    version = loaded(con, tmp_path, {"enterprise": rows, "total": totals(10_000, 1, 1, 1)})
    days = {
        d: ratios(con, version, d)["orange", "SO2"]
        for d in (None, date(2026, 11, 14), date(2026, 11, 15), date(2027, 3, 15), date(2027, 3, 16))
    }
    shown = [(r.total_kgd, r.cut_kgd, r.stopped_kgd) for r in days.values()]
    before, during = (
        (Decimal(10_000), Decimal(2_500), Decimal(0)),
        (Decimal(9_000), Decimal(1_500), Decimal(1_000)),
    )
    assert shown == [before, before, during, during, before]
    assert [r.verdict for r in days.values()] == ["met", "met", "not_met", "not_met", "met"]


def test_trap_18_a_shared_furnace_counts_once(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [
        line(number=1, shared_id="F1", orange_text="停产", base_so2_kgd=600),
        line(number=2, shared_id="F1", orange_text="限产50%", base_so2_kgd=600),
        line(number=3, orange_text="停产", base_so2_kgd=100),
        line(firm=2, number=1, shared_id="F1", orange_text="停产", base_so2_kgd=40),
    ]
    version = loaded(con, tmp_path, {"enterprise": rows})
    assert cut(con, version) == (Decimal(300 + 100 + 40), Decimal(600 + 100 + 40)), (
        "the furnace stops only when all of its lines do"
    )
    assert check_version(con, version)["n_findings"]["shared_counted_twice"] == 1


def test_trap_18_several_industries_give_the_worst_grade(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        line(number=1, grade="B", industry="水泥"),
        line(number=2, grade="D", industry="砖瓦窑"),
        line(number=3, grade="A"),
    ]
    version = loaded(con, tmp_path, {"enterprise": rows})
    assert con.execute("SELECT grade, effective_grade, n_lines FROM emergency.enterprise").fetchall() == [
        ("D", "D", 3)
    ]
    assert "several_grades" in rules_of(con, version)


def test_trap_19_names_and_codes(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [
        line(1, 1, firm_name="西安（甲）水泥 有限公司"),
        line(1, 2, firm_name="西安(甲)水泥有限公司"),
        line(2, 1, firm_name="西安(甲)水泥有限公司 "),
        line(3, 1, site="东厂", firm_name="乙公司"),
        line(3, 1, site="西厂", firm_name="乙公司西厂"),
    ]
    prepared = document_of(tmp_path, {"enterprise": rows})
    assert "name_spelled_otherwise" in {f.rule for f in prepared.findings}
    version = loaded(con, tmp_path, {"enterprise": rows})
    found = check_version(con, version)["n_findings"]
    assert found["names_of_two_codes"] == 1
    assert found["code_with_two_names"] == 1, "one code, two sites"
    assert con.execute("SELECT count(*) FROM emergency.enterprise").fetchone() == (4,)


def test_trap_20_ungraded_is_the_lowest_grade_and_not_exempt(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [line(1, grade="未评级"), line(2, grade=None, red_text="停产"), line(3, category="保障类")]
    version = loaded(con, tmp_path, {"enterprise": rows})
    grades = con.execute("SELECT grade, effective_grade FROM emergency.line ORDER BY line_key").fetchall()
    assert grades == [(None, "D"), (None, "D"), ("C", "C")]
    found = check_version(con, version)["n_findings"]
    assert (found["ungraded"], found["ungraded_exempt"], found["task_not_named"]) == (2, 1, 1)


def test_stated_and_read_cuts_that_differ_count_the_smaller(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        line(1, orange_text="限产20%", orange_pct=50, base_so2_kgd=1000),
        line(2, orange_pct=40, base_so2_kgd=1000),
        line(3, orange_text="焖炉", base_so2_kgd=1000),
        line(4, orange_text="焖炉", orange_pct=30, base_so2_kgd=1000),
    ]
    version = loaded(con, tmp_path, {"enterprise": rows})
    assert cut(con, version) == (Decimal(200 + 0 + 0 + 300), Decimal(500 + 400 + 0 + 300))
    assert {"ratio_differs", "no_measure", "measure_not_counted"} <= rules_of(con, version)


def test_mobile_and_dust_sources_count_by_their_own_stage(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    base = {f"base_{p}_kgd": 0 for p in ("so2", "nox", "pm", "vocs")}
    ban = {"class": "重型载货车", "orange_text": "停止使用国四及以下重型载货车"}
    mobile = [base | ban | {"stage": s, "base_nox_kgd": 100, "source_id": s} for s in ("国三", "国Ⅳ", "国五")]
    mobile.append(
        base | ban | {"stage": "国三", "base_nox_kgd": 1000, "source_id": "x", "exempt_reason": "危化品车"}
    )
    dust = [
        {
            "site_name": "工地",
            "source_id": "1",
            "base_pm_kgd": 50,
            "orange_text": "停止土石方作业",
            "orange_pct": 80,
        }
    ]
    version = loaded(con, tmp_path, {"enterprise": [line()], "mobile": mobile, "dust": dust})
    assert cut(con, version, pollutant="NOx") == (Decimal(200), Decimal(1200))
    assert cut(con, version, pollutant="PM") == (Decimal(40), Decimal(40))


def test_sources_listed_cannot_emit_more_than_everything(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    version = loaded(con, tmp_path, {"enterprise": [line(base_so2_kgd=10_001)]})
    assert check_version(con, version)["n_findings"]["lines_exceed_total"] == 1


def test_more_measures_never_lower_the_ratio(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    cuts = []
    for number, pct in enumerate((0, 10, 33, 100), start=1):
        row = line(orange_text="限产33%" if pct else None, orange_pct=pct, base_so2_kgd=Decimal("333.333333"))
        cuts.append(cut(con, loaded(con, tmp_path, {"enterprise": [row]}, number))[0])
    assert cuts == sorted(cuts)
    assert cuts[2] == Decimal("110.000000")
