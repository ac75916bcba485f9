"""``fenwei coal`` as a user meets it: templates, imports, corrections, checks, exit codes."""

import json
from pathlib import Path

import pytest
import python_calamine
from typer.testing import CliRunner

from dashboards.coal.forms import form_of, forms
from dashboards.coal.template import write_template
from pipelines import doctor_home
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.home import Home
from warehouse.lock import file_lock
from warehouse.store import open_read_only

AS_OF = ("--as-of", "2026-10-20T08:00")
CODE = "91610000000000000X"


def fenwei(*words: str | Path) -> tuple[int, str]:
    """Exit code, and output or the message of the error."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), str(result.exception)
    return result.exit_code, result.stdout


def a_target(path: Path, amount: float = 34.02, **changed: object) -> Path:
    row = {"target_id": "T-2026", "area_kind": "市", "area_code": "610500", "area_name": "渭南市", "stat_year": 2026,
           "kind": "削减量", "scope": "规上工业", "basis": "实物量", "target_t": amount, "document_no": "=1+1"}  # fmt: skip
    write_template(form_of("coal_target"), path, [row | changed])
    return path


def totals(path: Path, amounts: dict[str, float]) -> Path:
    rows = [
        {"area_kind": "市", "area_code": "610500", "area_name": "渭南市", "period": period, "scope": "规上工业",
         "basis": "实物量", "quantity_t": amount}
        for period, amount in amounts.items()
    ]  # fmt: skip
    write_template(form_of("area_use"), path, rows)
    return path


def test_templates_are_written_listed_and_chosen(tmp_path: Path) -> None:
    code, told = fenwei("coal", "template", "--to", tmp_path / "all")
    assert code == 0, told
    assert {p.name for p in (tmp_path / "all").iterdir()} == {f.file_name for f in forms()}
    code, told = fenwei(
        "coal",
        "template",
        "--form",
        "分地区煤炭消费量",
        "--form",
        "village",
        "--to",
        tmp_path / "two",
        "--json",
    )
    assert code == 0
    assert sorted(f["form"] for f in json.loads(told)["files"]) == ["area_use", "village"]
    assert len(list((tmp_path / "two").iterdir())) == 2
    code, told = fenwei("coal", "template", "--list")
    assert code == 0 and all(f.name in told and f.name_zh in told for f in forms())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("template",), "--to"),
        (("template", "--form", "nothing", "--list"), "no such form"),
        (("template", "--to", "pyproject.toml"), "folder"),
        (("import", "nowhere.xlsx"), "nowhere.xlsx"),
        (("import", "pyproject.toml", "--report", "r.csv"), ".xlsx"),
        (("check", "--city", "西安", "--region", "fenwei"), "at most one"),
        (("check", "--year", "26"), "--year 26"),
        (("check", "--to", "t.csv"), ".xlsx"),
    ],
)
def test_wrong_use_is_one_message(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    home = () if words[0] == "template" else ("--home", tmp_path / "home")
    code, told = fenwei("coal", *words, *home)
    assert code == 2 and said in told


def test_an_empty_home_says_what_to_do(tmp_path: Path) -> None:
    code, told = fenwei("coal", "check", "--home", tmp_path / "none")
    assert code == 1 and "fenwei coal import" in told
    code, told = fenwei("coal", "check", "--home", tmp_path / "none", "--json")
    assert code == 1 and json.loads(told)["targets"] == []
    assert not (tmp_path / "none").exists()


def test_checking_touches_nothing(tmp_path: Path) -> None:
    home, bad = tmp_path / "home", tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK nothing")
    good, report = a_target(tmp_path / "目标.xlsx"), tmp_path / "r.xlsx"
    code, told = fenwei("coal", "import", good, "--check-only", "--home", home, *AS_OF)
    assert code == 0, told
    code, told = fenwei(
        "coal", "import", good, bad, "--check-only", "--home", home, "--report", report, "--json", *AS_OF
    )
    document = json.loads(told)
    assert code == 1 and [f["status"] for f in document["files"]] == ["accepted", "rejected"]
    assert document["run"] is None and not home.exists()
    book = python_calamine.CalamineWorkbook.from_path(str(report))
    assert "坏" in book.sheet_names


class World:
    """A home into which forms were imported by the command."""

    def __init__(self, root: Path):
        self.root, self.home = root, Home(root / "home")
        self.files = root / "files"
        self.files.mkdir()

    def take(self, *words: str | Path) -> tuple[int, str]:
        return fenwei("coal", "import", *words, "--home", self.home.root, *AS_OF)

    def check(self, *words: str | Path) -> tuple[int, str]:
        return fenwei("coal", "check", *words, "--home", self.home.root, *AS_OF)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with open_read_only(self.home.published) as con:
            return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("coal"))
    months = {"2025-01..09": 1901.36, "2025": 2600.0, "2026-01..09": 1934.79}
    code, told = made.take(a_target(made.files / "目标.xlsx"), totals(made.files / "地区.xlsx", months))
    assert code == 0, told
    return made


def test_imported_files_are_kept_judged_and_published(world: World) -> None:
    assert {p.name for p in (world.home.landing / "coal").iterdir()} == {"目标.xlsx", "地区.xlsx"}
    assert (world.home.landing / "coal" / "目标.xlsx").read_bytes() == (
        world.files / "目标.xlsx"
    ).read_bytes()
    assert world.rows("SELECT target_t FROM coal.target WHERE target_id = 'T-2026'")[0][0] == 340200
    assert world.rows("SELECT count(*) FROM coal.target_check WHERE target_id = 'T-2026'")[0][0] >= 1


def test_every_import_leaves_a_report(world: World) -> None:
    report = sorted((world.home.root / "reports").glob("*.xlsx"))[0]
    assert python_calamine.CalamineWorkbook.from_path(str(report)).sheet_names


def test_the_same_again_is_nothing_and_a_correction_lists_what_it_changed(world: World) -> None:
    version = world.home.published.resolve()
    code, told = world.take(world.files / "目标.xlsx")
    assert code == 0 and "未变" in told and world.home.published.resolve() == version
    code, told = world.take(a_target(world.files / "目标.xlsx", 35.5), "--json")
    document = json.loads(told)
    assert code == 0, told
    (change,) = document["changes"]
    assert (change["change"], change["column_name"], change["row_key"]) == ("changed", "target_t", "T-2026")
    assert (change["old_value"], change["new_value"]) == ("34.02 万吨", "35.5 万吨")
    code, told = world.take(a_target(world.files / "目标.xlsx"))
    assert code == 0 and "35.5 万吨 → 34.02 万吨" in told and "更改 changed 1" in told


def test_a_rejected_file_is_left_out_and_the_rest_goes_in(world: World) -> None:
    bad = totals(world.files / "坏.xlsx", {"2026-13": -5.0})
    code, told = world.take(bad, a_target(world.files / "又一目标.xlsx", target_id="T-2", scope="全社会"))
    assert code == 1 and "✖ 退回" in told and "✔ 通过" in told
    assert not (world.home.landing / "coal" / "坏.xlsx").exists()
    assert world.rows("SELECT count(*) FROM coal.target WHERE target_id = 'T-2'") == [(1,)]


def test_a_file_taken_out_of_the_landing_folder_is_missed(world: World) -> None:
    code, told = world.take(a_target(world.files / "移走.xlsx", target_id="T-9"))
    assert code == 0, told
    kept = world.home.landing / "coal" / "移走.xlsx"
    aside = kept.rename(world.root / "移走.xlsx")
    code, told = fenwei("status", "--home", world.home.root, "--json")
    assert json.loads(told)["landing"]["gone"] == [str(kept)]
    code, told = fenwei("status", "--home", world.home.root)
    assert "1 coal files left the landing folder, their rows stay in force" in told and str(kept) in told
    finding = doctor_home.coal_files(world.home)
    assert finding.outcome == "warn" and str(kept) in finding.zh
    assert world.rows("SELECT count(*) FROM coal.target WHERE target_id = 'T-9'") == [(1,)]
    renamed = aside.rename(kept.with_name("改名.xlsx"))
    assert doctor_home.coal_files(world.home).outcome == "warn", (
        "its content is not known yet under its new name"
    )
    renamed.rename(kept)
    assert doctor_home.coal_files(world.home).outcome == "ok"
    assert json.loads(fenwei("status", "--home", world.home.root, "--json")[1])["landing"]["gone"] == []


def test_a_locked_home_is_told_and_nothing_is_copied(world: World) -> None:
    other = a_target(world.files / "锁.xlsx", target_id="T-3")
    with file_lock(world.home.run_lock, "run"):
        code, told = world.take(other)
    assert code == 3 and "run.lock" in told
    assert not (world.home.landing / "coal" / "锁.xlsx").exists()


def test_a_check_on_screen_as_json_and_as_a_workbook(world: World) -> None:
    code, told = world.check("--city", "渭南")
    assert code == 0, told
    assert "1,934.79" in told and "1,901.36" in told and "渭南" in told
    path = world.root / "进度.xlsx"
    code, told = world.check("--city", "610500", "--to", path, "--json")
    assert code == 0
    document = json.loads(told)
    (target,) = [t for t in document["targets"] if t["target_id"] == "T-2026"]
    assert target["growth"] == "positive_growth"
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    page = book.get_sheet_by_name("煤炭进度表").to_python(skip_empty_area=False)
    assert any(1934.79 in line for line in page)
    with_formula = [cell for line in page for cell in line if str(cell).startswith("=1+1")]
    assert not with_formula or all(isinstance(cell, str) for cell in with_formula)


def test_an_unknown_area_is_told_with_what_there_is(world: World) -> None:
    code, told = world.check("--city", "无此市")
    assert code == 2 and "无此市" in told


def test_targets_are_not_missed_before_any_coal_form_came(tmp_path):
    from datetime import date, datetime

    from warehouse import checks
    from warehouse.store import Store

    check = next(c for c in checks.all_checks() if c.name == "coal_target_is_checked")
    day = date(2026, 11, 22)
    with Store(tmp_path / "w.duckdb").writing("test") as con:
        arguments = {"first": day, "last": day, "as_of": datetime(2026, 11, 22, 8)}
        assert checks.run_check(con, check, **arguments).passed
        con.execute("INSERT INTO ops.period_state VALUES ('coal.target_check', 'all', 'x')")
        assert not checks.run_check(con, check, **arguments).passed


def test_the_newest_month_may_be_two_months_late_and_no_more(tmp_path):
    from datetime import date, datetime

    from warehouse import checks
    from warehouse.store import Store

    check = next(c for c in checks.all_checks() if c.name == "coal_newest_month_is_recent")
    with Store(tmp_path / "w.duckdb").writing("test") as con:
        known = {"first": date(2026, 1, 1), "last": date(2026, 1, 1)}
        assert checks.run_check(con, check, as_of=datetime(2026, 11, 22), **known).passed
        con.execute(
            "INSERT INTO coal.report_energy (credit_code, month, period_kind, product, vintage)"
            " VALUES ('91610000MA6TXXXX0X', '2026-08', 'month', 'raw_coal', 'flash')"
        )
        assert checks.run_check(con, check, as_of=datetime(2026, 11, 30), **known).passed
        assert not checks.run_check(con, check, as_of=datetime(2026, 12, 1), **known).passed
