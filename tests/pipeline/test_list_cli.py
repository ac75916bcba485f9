"""Lists at the command line: nothing half-loaded, versions kept, filed ones frozen, changes and ratios told."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from list_worlds import CITY, line, totals

from dashboards.emission_list.template import write_list
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.emergency.emission_list.versions import kept_versions, sync_lists, version_in_force
from pipelines.home import open_home, remember
from sources.simulation.emission_list import simulate_list
from warehouse.store import Store, open_read_only

DAY = "2026-11-20T09:00"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield remember(open_home(tmp_path / "home"), publish_site=False).root


def fenwei(*words: object, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [str(word) for word in words])
    failed = result.exception is not None and not isinstance(result.exception, SystemExit)
    found = report_error(result.exception) if failed and result.exception else result.exit_code
    assert found == code, result.output + repr(result.exception)
    return json.loads(result.stdout) if "--json" in words else result.output


def listed(path: Path, pct: int = 20, **given: Any) -> Path:
    rows = [
        line(1, orange_text=f"限产{pct}%", base_so2_kgd=5000, **given),
        line(2, red_text="停产", base_so2_kgd=1000),
    ]
    write_list(path, {"enterprise": rows, "total": totals(10_000, 1, 1, 1)})
    return path


def taken_in(path: Path, home: Path, *more: object, code: int = 0) -> Any:
    base = (
        "list",
        "import",
        path,
        "--city",
        "西安",
        "--year",
        2026,
        "--home",
        home,
        "--as-of",
        DAY,
        "--json",
    )
    return fenwei(*base, *more, code=code)


def test_from_template_to_filed_version(tmp_path: Path, home: Path) -> None:
    assert Path(fenwei("list", "template", "--to", tmp_path / "forms", "--json")["file"]).is_file()
    first = taken_in(listed(tmp_path / "a.xlsx"), home)
    assert (first["status"], first["version_id"], first["state"]) == ("accepted", f"L-{CITY}-2026-1", "draft")
    assert taken_in(tmp_path / "a.xlsx", home)["status"] == "unchanged"
    filed = fenwei(
        "list",
        "file",
        first["version_id"],
        "--by",
        "张三",
        "--document",
        "市环函〔2026〕1号",
        "--home",
        home,
        "--json",
    )
    assert (filed["new"], filed["filed_by"]) == (True, "张三")
    second = taken_in(listed(tmp_path / "a.xlsx", 50), home)
    assert second["version_id"] == f"L-{CITY}-2026-2"
    shown = fenwei("list", "show", "--home", home, "--json")["versions"]
    assert [(v["version_id"][-1], v["state"], v["document_no"]) for v in shown] == [
        ("1", "filed", "市环函〔2026〕1号"),
        ("2", "draft", None),
    ]
    with closing(open_read_only(open_home(home).published)) as con:
        assert version_in_force(con, CITY) == first["version_id"], "a response uses a filed version only"
        kept = con.execute("SELECT kind, subject, decided_by FROM ops.decision").fetchall()
    assert kept == [("file_list", first["version_id"], "张三")]
    diff = fenwei("list", "diff", first["version_id"], second["version_id"], "--home", home, "--json")
    assert [(c["table"], c["column"], c["old"], c["new"]) for c in diff["changes"]] == [
        ("measure", "measure_text", "限产20%", "限产50%"),
        ("measure", "parsed_ratio", "0.200000000000", "0.500000000000"),
    ]
    (orange,) = [r for r in diff["ratios"] if (r["level"], r["pollutant"]) == ("orange", "SO2")]
    assert (orange["ratio_old_pct"], orange["ratio_new_pct"]) == (10, 25)


def test_a_filed_version_cannot_be_filed_as_something_else(tmp_path: Path, home: Path) -> None:
    words = ("--file", "--by", "张三", "--document", "甲〔2026〕1号")
    version = taken_in(listed(tmp_path / "a.xlsx"), home, *words)
    assert version["state"] == "filed"
    again = ("list", "file", version["version_id"], "--by", "李四", "--home", home, "--document")
    fenwei(*again, "甲〔2026〕2号", code=2)
    assert fenwei(*again, "甲〔2026〕1号", "--json")["new"] is False
    fenwei(
        "list",
        "import",
        tmp_path / "a.xlsx",
        "--city",
        "西安",
        "--year",
        2026,
        "--file",
        "--home",
        home,
        code=2,
    )


def test_a_list_with_one_mistake_leaves_no_trace(tmp_path: Path, home: Path) -> None:
    found = taken_in(listed(tmp_path / "a.xlsx", grade="E"), home, code=1)
    assert (found["status"], found["version_id"], found["findings"][0]["rule"]) == (
        "rejected",
        None,
        "grade_unknown",
    )
    assert kept_versions(home) == []
    assert not open_home(home).published.exists()
    taken_in(listed(tmp_path / "a.xlsx"), home, "--check-only")
    assert kept_versions(home) == []


def test_wrong_use_is_told(tmp_path: Path, home: Path) -> None:
    path = listed(tmp_path / "a.xlsx")
    fenwei("list", "import", path, "--city", "无此城", "--year", 2026, "--home", home, code=2)
    fenwei("list", "import", path, "--city", "西安", "--year", 1999, "--home", home, code=2)
    fenwei("list", "import", tmp_path / "b.xlsx", "--city", "西安", "--year", 2026, "--home", home, code=2)
    fenwei("list", "file", "L-610100-2026-9", "--by", "甲", "--document", "乙", "--home", home, code=2)
    fenwei("list", "check", "--home", home, code=2)


def test_check_as_listed_and_on_a_day(tmp_path: Path, home: Path) -> None:
    taken_in(listed(tmp_path / "a.xlsx", 50, stops="错峰 2026-11-15至2027-03-15"), home)
    (found,) = fenwei("list", "check", "--day", "2026-12-01", "--home", home, "--json")["checks"]
    so2 = {
        r["basis"]: (r["total_kgd"], r["cut_kgd"], r["verdict"])
        for r in found["reductions"]
        if (r["level"], r["pollutant"]) == ("orange", "SO2")
    }
    assert so2 == {
        "filed": ("10000.000000", "2500.000000", "met"),
        "day": ("5000.000000", "0.000000", "not_met"),
    }
    assert "缺口" in fenwei("list", "check", "--home", home)
    with closing(open_read_only(open_home(home).published)) as con:
        stored = con.execute(
            "SELECT basis, verdict FROM emergency.reduction WHERE level = 'orange' AND pollutant = 'SO2' ORDER BY ALL"
        )
        assert stored.fetchall() == [("day", "not_met"), ("filed", "met")]


def test_the_warehouse_is_rebuilt_from_what_was_kept(tmp_path: Path, home: Path) -> None:
    taken_in(listed(tmp_path / "a.xlsx"), home, "--file", "--by", "张三", "--document", "甲〔2026〕1号")
    opened = open_home(home)
    tables = ("list_version", "enterprise", "line", "measure", "source_total", "reduction")
    with Store(opened.warehouse).writing("test") as con:
        before = [con.execute(f"SELECT * FROM emergency.{t} ORDER BY ALL").fetchall() for t in tables]
    with Store(tmp_path / "other.duckdb").writing("test") as con:
        moment = datetime.fromisoformat(DAY)
        assert sync_lists(con, home, opened.state, moment) == [f"L-{CITY}-2026-1"]
        assert sync_lists(con, home, opened.state, moment) == [], "nothing to do twice"
        assert [con.execute(f"SELECT * FROM emergency.{t} ORDER BY ALL").fetchall() for t in tables] == before


def test_the_simulated_lists_pass_or_are_short_as_meant(tmp_path: Path) -> None:
    from pipelines.emergency.emission_list.loading import prepare_list
    from pipelines.emergency.emission_list.simulated import keep_simulated
    from sources.emission_list import read

    made = simulate_list(tmp_path / "a", date(2026, 11, 20))
    again = simulate_list(tmp_path / "b", date(2026, 11, 20))
    assert [m.path.read_bytes() for m in made] == [m.path.read_bytes() for m in again]
    for one in made:
        prepared = prepare_list(read(one.path.read_bytes(), one.path.name, city_code=one.city_code))
        assert not prepared.findings, (one.path.name, prepared.findings[:3])
    state, moment = tmp_path / "state.sqlite", datetime(2026, 11, 20)
    assert len(keep_simulated(tmp_path, state, moment)) == 13
    assert keep_simulated(tmp_path, state, moment) == [], "once is enough"
    with Store(tmp_path / "w.duckdb").writing("test") as con:
        sync_lists(con, tmp_path, state, moment)
        short = con.execute(
            "SELECT city_code, pollutant FROM emergency.reduction WHERE basis = 'filed' AND level = 'orange'"
            " AND verdict = 'not_met' ORDER BY ALL"
        ).fetchall()
        cities = con.execute(
            "SELECT count(*), bool_and(state = 'filed' AND simulated) FROM emergency.list_version"
        ).fetchone()
    assert short == [("140800", "VOCs"), ("141000", "PM"), ("610100", "NOx")]
    assert cities == (13, True)


def gap(home: Path, version: str, *more: object, code: int = 0) -> Any:
    return fenwei("list", "close-gap", "--version", version, "--home", home, *more, code=code)


def test_close_gap_for_a_revision_only(tmp_path: Path, home: Path) -> None:
    rows = [line(1, base_so2_kgd=1500), line(2, base_so2_kgd=2500), line(3, grade="A", base_so2_kgd=900)]
    totals_given = totals(10_000, 1, 1, 1)
    totals_given[1:] = [t | {"total_kgd": 0} for t in totals_given[1:]]
    write_list(tmp_path / "a.xlsx", {"enterprise": rows, "total": totals_given})
    version = taken_in(tmp_path / "a.xlsx", home)["version_id"]
    found = gap(home, version, "--level", "orange", "--json")
    assert (found["status"], found["level"]) == ("found", "orange")
    assert [(m["firm_name"], m["measure_text"]) for m in found["measures"]] == [("企业2", "停产")]
    so2 = found["missing"][0]
    assert [float(so2[n]) for n in ("short_kgd", "possible_kgd", "gained_kgd", "still_short_kgd")] == [
        2000, 4000, 2500, 0,
    ]  # fmt: skip
    weights = tmp_path / "weights.csv"
    weights.write_text(f"credit_code,weight\n{rows[1]['credit_code']},50\n", encoding="utf-8")
    dear = gap(home, version, "--weights", weights, "--json")
    assert sum(m["cost"] for m in dear["measures"]) < 50 and len(dear["measures"]) == 2
    assert "企业2" in gap(home, version)
    gap(home, version, "--level", "purple", code=2)
    gap(home, "L-610100-2026-9", code=2)
    fenwei("list", "file", version, "--by", "张三", "--document", "1号", "--home", home)
    gap(home, version, code=2)


def test_close_gap_proves_that_nothing_is_enough(tmp_path: Path, home: Path) -> None:
    rows = [line(1, grade="A", base_so2_kgd=5000), line(2, base_so2_kgd=1500)]
    write_list(tmp_path / "a.xlsx", {"enterprise": rows, "total": totals(10_000, 1, 1, 1)})
    version = taken_in(tmp_path / "a.xlsx", home)["version_id"]
    found = gap(home, version, "--json", code=1)
    assert (found["status"], found["measures"]) == ("infeasible", [])
    assert float(found["missing"][0]["still_short_kgd"]) == 500
