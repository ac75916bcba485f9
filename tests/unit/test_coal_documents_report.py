"""What an import answers, on the terminal and as a workbook, and which files it takes."""

import io
import os
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import python_calamine
from rich.console import Console

from dashboards.coal.forms import form_of
from dashboards.coal.report import write_report
from dashboards.coal.template import write_template
from dashboards.coal.validation import CELLS, SHOWN, in_order, render_import
from dashboards.terminal.screen import show
from pipelines.cli import coal_import, taking
from pipelines.cli.common import UseError
from pipelines.home import Home
from warehouse.lock import LockedError, file_lock

HOSTILE = '=HYPERLINK("http://x","y")[red]厂[/red]\x1b[2J'
AS_OF = datetime(2026, 11, 23, 8)


def finding(cell="C7", level="error", sheet="表一", **changed):
    made = {"sheet": sheet, "cell": cell, "level": level, "rule": "value_below", "found": HOSTILE, "zh": f"“{HOSTILE}”有误",
            "en": "is wrong", "fix_zh": "改正", "fix_en": "mend it"}  # fmt: skip
    return made | changed


def file(name="甲.xlsx", status="rejected", findings=(), **changed):
    findings = list(findings)
    made = {"name": name, "path": name, "sha256": "0" * 64, "status": status, "landed": None,
            "n_errors": sum(f["level"] == "error" for f in findings),
            "n_warnings": sum(f["level"] == "warning" for f in findings),
            "n_unchecked": sum(f["level"] == "unchecked" for f in findings),
            "tables": [{"form": "firm", "name_zh": "耗煤企业名录", "sheet": "表一", "n_rows": 12345}],
            "findings": findings}  # fmt: skip
    return made | changed


def change(n=1, **changed):
    made = {"name": "甲.xlsx", "form": "firm", "form_zh": "耗煤企业名录", "row_key": f"91610000000000000X|{n}",
            "column_zh": "月耗煤能力", "change": "changed", "old_value": "1.0000", "new_value": None}  # fmt: skip
    return made | changed


def document(files=(), changes=(), **changed):
    made = {"home": "h", "as_of": "2026-11-23 08:00:00", "simulated": False, "check_only": False, "files": list(files),
            "n_rejected": 0, "changes": list(changes), "run": None, "report": None}  # fmt: skip
    return made | changed


def screen(made, width=80):
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        color_system=None,
    )
    show(console, *render_import(made))
    return out.getvalue()


def pages(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def test_findings_say_where_what_and_how_to_mend_it():
    shown = screen(document([file(HOSTILE + ".xlsx", findings=[finding()])]))
    assert shown.count("[red]厂[/red]") == 2 and "\x1b" not in shown
    for said in (
        "✖ 退回 rejected",
        "C7",
        "有误",
        "is wrong",
        "改正 | mend it",
        "12,345 行",
        "工作表 sheet 表一",
        "退回 1",
    ):
        assert said in shown


def test_errors_come_first_then_the_order_of_the_sheet():
    cells = [finding("B10"), finding("AA2"), finding("B2"), finding("A1", "warning"), finding("", sheet="")]
    assert [f["cell"] for f in in_order(cells)] == ["", "B2", "AA2", "B10", "A1"]


def test_findings_of_one_kind_stand_together():
    many = [finding(f"A{n}") for n in range(1, 90)] + [finding("B1", rule="other")]
    shown = screen(document([file(findings=many)]))
    assert shown.count("✖ 错误") == 2 and "同类共 89 处" in shown and "A1  " in shown and "--report" in shown
    assert f"A{CELLS}…" in shown and f"A{CELLS + 1}" not in shown
    assert "同类共" not in screen(document([file(findings=[finding()])]))


def test_long_lists_are_cut_and_say_where_the_rest_is():
    kinds = [finding(f"A{n}", rule=f"rule_{n:02}") for n in range(1, 90)]
    many = document([file(findings=kinds)], [change(n) for n in range(50)])
    shown = screen(many)
    assert f"{89 - SHOWN} 处 more" in shown and "--report" in shown and f"{50 - SHOWN} 处 more" in shown
    assert "见 see r.xlsx" in screen(many | {"report": "r.xlsx"})
    assert f"A{SHOWN}  " in shown and f"A{SHOWN + 1}  " not in shown


def test_changes_are_counted_and_shown_old_to_new():
    shown = screen(document([file(status="accepted")], [change(), change(2, change="added", column_zh=None)]))
    assert "更改 changed 1" in shown and "新增 added 1" in shown and "1.0000 → （空）" in shown


def test_the_workbook_holds_everything_and_no_formula(tmp_path):
    made = document(
        [
            file(HOSTILE.replace("/", "") + ".xlsx", findings=[finding(f"A{n}") for n in range(1, 90)]),
            file("a" * 40 + "1.csv", findings=[finding(level="warning")]),
            file("a" * 40 + "2.csv", findings=[finding(level="unchecked")]),
            file("汇总.csv", findings=[finding()]),
            file("好.csv", status="accepted"),
        ],
        [change(old_value=HOSTILE)],
        simulated=True,
    )
    path = tmp_path / "r.xlsx"
    write_report(made, path)
    found = pages(path)
    assert len(found) == 6 and "变更" in found and "好" not in found
    assert all(len(name) <= 31 for name in found)
    assert "【演练】" in found["汇总"][1][0]
    (hostile,) = [rows for name, rows in found.items() if "HYPERLINK" in name]
    assert len(hostile) == 3 + 89 and hostile[3][1] == "A1" and hostile[3][5] == "改正"
    with zipfile.ZipFile(path) as archive:
        xml = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))
    assert "<f>" not in xml and "<hyperlink" not in xml and "\x1b" not in xml
    write_report(made, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "煤炭消费目标.xlsx"
    row = {"target_id": "XA-2026", "area_kind": "市", "area_code": "610100", "area_name": "西安市", "stat_year": 2026,
           "kind": "削减量", "scope": "规上工业", "target_t": 34.02}  # fmt: skip
    write_template(form_of("coal_target"), path, [row])
    return path


def test_a_good_file_is_copied_whole_and_the_same_again_is_nothing_new(home, form):
    given = taking.gather([form], home, "coal")
    coal_import.check(given, home, AS_OF)
    assert [g.status for g in given] == ["accepted"]
    assert not home.root.exists(), "checking writes nothing"
    assert taking.keep(given)
    assert (home.landing / "coal" / form.name).read_bytes() == form.read_bytes()
    assert [p.name for p in (home.landing / "coal").iterdir()] == [form.name]
    again = taking.gather([form], home, "coal")
    coal_import.check(again, home, AS_OF)
    assert [g.status for g in again] == ["unchanged"] and not taking.keep(again)


def test_a_bad_or_empty_file_is_not_copied(home, form, tmp_path):
    bad, empty = tmp_path / "坏.xlsx", tmp_path / "空.xlsx"
    bad.write_bytes(form.read_bytes()[:900])
    write_template(form_of("coal_target"), empty)
    given = taking.gather([bad, empty], home, "coal")
    coal_import.check(given, home, AS_OF)
    assert [g.status for g in given] == ["rejected", "empty"]
    assert not taking.keep(given) and not home.landing.exists()
    told = coal_import.document_of(given, home, AS_OF, check_only=True, report=None, changes=[])
    assert (
        told["n_rejected"] == 2 and told["files"][0]["n_errors"] >= 1 and told["files"][0]["landed"] is None
    )


def test_files_given_together_meet_each_other(home, tmp_path):
    paths = []
    for month, amount in (("2026-08", 300_000), ("2026-09", 3_000_000_000)):
        row = {"credit_code": "91610000000000000X", "month": month, "product": "原煤", "unit_text": "吨", "use_t": amount,
               "city_name": "渭南市"}  # fmt: skip
        paths.append(tmp_path / f"{month}.xlsx")
        write_template(form_of("energy_205_1"), paths[-1], [row])
    for files, statuses in ((paths, ["accepted", "rejected"]), (paths[1:], ["accepted"])):
        given = taking.gather(files, home, "coal")
        coal_import.check(given, home, AS_OF)
        assert [g.status for g in given] == statuses, given[-1].findings
    assert not home.root.exists()


@pytest.mark.parametrize("name", [".x.xlsx", "~$x.xlsx", "x.xlsx.part"])
def test_hidden_and_unfinished_files_are_refused_by_name(home, tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UseError, match="rename"):
        taking.gather([tmp_path / name], home, "coal")


def test_what_is_no_file_of_its_own_name_is_refused(home, form, tmp_path):
    twin = tmp_path / "sub" / form.name
    twin.parent.mkdir()
    twin.write_bytes(b"x")
    small = replace(home, settings=replace(home.settings, max_file_mb=0))
    for files, where, said in (
        ([tmp_path], home, "folder"),
        ([tmp_path / "none.xlsx"], home, "does not exist"),
        ([form, twin], home, "twice"),
        ([form], small, "larger than"),
    ):
        with pytest.raises(UseError, match=said):
            taking.gather(files, where, "coal")


def test_nothing_is_copied_while_a_run_is_at_work(home, form):
    given = taking.gather([form], home, "coal")
    coal_import.check(given, home, AS_OF)
    with file_lock(home.run_lock, "run"), pytest.raises(LockedError, match=str(os.getpid())):
        coal_import.take_in(given, home, AS_OF, lambda: pytest.fail("no run"))
    assert not home.landing.exists()


def test_a_copy_that_fails_leaves_the_file_before_as_it_was(home, form, monkeypatch):
    target = home.landing / "coal" / form.name
    target.parent.mkdir(parents=True)
    target.write_bytes(b"before")
    given = taking.gather([form], home, "coal")
    coal_import.check(given, home, AS_OF)
    monkeypatch.setattr(Path, "replace", lambda *a: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        taking.keep(given)
    assert target.read_bytes() == b"before" and [p.name for p in target.parent.iterdir()] == [form.name]
