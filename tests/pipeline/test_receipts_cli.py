"""Answers and checks as a user enters them: form, file, single entry, list of those who have not answered, review."""

import csv
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from list_worlds import line, totals

from dashboards.emission_list.template import write_list
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from sources.simulation.coal.codes import credit_code
from warehouse.store import open_read_only

HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause,forecaster\n"
ONE = "W-610100-2026120116-1"
CODE = {n: credit_code("610100", n) for n in (1, 2, 3)}
EVIL = "恶意\u202e企业\x1b[31m=HYPERLINK(1)𬘡😀"
BEFORE, AFTER = ("--as-of", "2026-12-01T16:00"), ("--as-of", "2026-12-05T12:00")


def fenwei(*words: object, code: int = 0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    failed = result.exception is not None and not isinstance(result.exception, SystemExit)
    found = report_error(result.exception) if failed and result.exception else result.exit_code
    assert found == code, (result.output, result.exception)
    return json.loads(result.stdout) if "--json" in words and code != 2 else result.output


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a filed list and an approved exercise."""
    root = tmp_path_factory.mktemp("receipts")
    home = root / "home"
    remember(open_home(home), simulated=True, publish_site=False)
    rows = [
        line(
            1,
            1,
            firm_name=EVIL,
            county_code="610102",
            county_name="新城区",
            orange_text="停产",
            base_so2_kgd=100,
        ),
        line(2, 1, county_code="610103", county_name="碑林区", orange_text="限产20%", base_so2_kgd=500),
        line(3, 1, county_code="610103", county_name="碑林区", red_text="停产", base_so2_kgd=70),
    ]
    write_list(root / "list.xlsx", {"enterprise": rows, "total": totals()})
    fenwei(
        "list", "import", root / "list.xlsx", "--city", "西安", "--year", 2026, "--file", "--by", "张三", "--document",
        "备1号", "--home", home, "--as-of", "2026-11-20T09:00",
    )  # fmt: skip
    days = ((3, 160), (4, 170), (5, 180), (6, 90), (7, 90))
    bulletin = [f"2026-12-01 15:30,610100,2026-12-{day:02},{v},{v},PM2.5,,,,\n" for day, v in days]
    (root / "b.csv").write_text(HEAD + "".join(bulletin))
    fenwei("warning", "draft", "--forecast", root / "b.csv", "--save", "--home", home, *BEFORE)
    return home


@pytest.fixture
def home(ready: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(ready, tmp_path / "home", symlinks=True)
    fenwei(
        "warning", "approve", ONE, "--by", "张三", "--office", "副市长", "--body", "环委办", "--document", "1号", "--home",
        tmp_path / "home", *BEFORE,
    )  # fmt: skip
    return tmp_path / "home"


def filled(form: Path, to: Path, *values: dict[str, str], encoding: str = "utf-8") -> Path:
    with form.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row, value in zip(rows, values, strict=False):
        row |= value
    with to.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return to


def test_from_the_form_to_the_review(home: Path, tmp_path: Path) -> None:
    base = ("--home", home, "--json")
    form = tmp_path / "f.csv"
    assert fenwei("warning", "receipt", "template", "--to", form, "--warning", ONE, *base)["n_rows"] == 4
    text = form.read_text(encoding="utf-8-sig")
    assert CODE[1] in text and CODE[3] not in text and "新城区" in text, "firm 3 is asked nothing at orange"
    answer = {"回执时间": "2026-12-02 09:00", "回执人": "王", "方式": "短信", "状态": "已执行"}
    file = filled(form, tmp_path / "r.csv", answer)
    bad = filled(form, tmp_path / "bad.csv", answer, answer | {"状态": "也许"})
    refused = fenwei("warning", "receipt", "import", bad, *base, *AFTER, code=1)
    assert (refused["status"], refused["n_new"], refused["findings"][0]["line"]) == ("rejected", 0, 3)
    assert fenwei("warning", "receipts", ONE, *base, *AFTER)["counts"]["answered"] == 0
    done = fenwei("warning", "receipt", "import", file, "--by", "值班员", *base, *AFTER)
    assert (done["status"], done["n_new"], done["n_blank"]) == ("loaded", 1, 3)
    assert fenwei("warning", "receipt", "import", file, *base, *AFTER)["status"] == "unchanged"
    found = fenwei("warning", "receipts", ONE, *base, *AFTER)
    assert {e["credit_code"]: e["answer"] for e in found["enterprises"]} == {
        CODE[1]: "in_time",
        CODE[2]: "missing",
    }
    assert found["list_version"] == "L-610100-2026-1" and found["watermark"] == "【演练】"
    checks = tmp_path / "v.csv"
    fenwei("warning", "receipt", "template", "--to", checks, "--warning", ONE, "--checks", *base)
    seen = {"核查时段开始": "2026-12-03 00:00", "核查时段结束": "2026-12-04 00:00"}
    records = filled(
        checks, tmp_path / "w.csv", seen | {"在线监控负荷比": "0"}, seen | {"在线监控负荷比": "90%"}
    )
    assert fenwei("warning", "receipt", "import", records, *base, *AFTER)["n_new"] == 2
    review = fenwei("warning", "review", ONE, *base, *AFTER)
    cut = review["compliance"]["cut_kgd"]["SO2"]
    assert (cut["promised"], cut["confirmed"], cut["denied"], cut["unknown"]) == (200, 150, 50, 0)
    assert review["air_effect"]["status"] == "no_data", "apart from the air"
    fenwei("warning", "lift", ONE, "--by", "张三", "--reason", "结束", "--home", home, *AFTER)
    fenwei("warning", "review", ONE, "--by", "王五", *base, *AFTER)
    events = fenwei("warning", "history", ONE, *base)
    from pipelines.emergency.life import store
    from warehouse import state

    with state.reading(home / "state.sqlite") as con:
        kept = store.document(con, events[-1]["document_sha256"])
    assert kept is not None and kept["compliance"]["cut_kgd"]["SO2"]["confirmed"] == 150


def test_one_answer_at_a_time(home: Path) -> None:
    add = ("warning", "receipt", "add", ONE, "--by", "王", "--home", home, "--json", *AFTER)
    assert fenwei(*add, "--firm", CODE[1])["changed"] is True
    assert fenwei(*add, "--firm", CODE[1])["changed"] is False
    assert fenwei(*add, "--firm", CODE[2], "--status", "不能执行", code=1)["findings"][0]["item"] == "reason"
    assert fenwei(*add, "--firm", CODE[2], "--status", "不能执行", "--reason", "供暖")["changed"] is True
    assert (
        fenwei(*add, "--county", "新城区", "--channel", "系统", "--at", "2026-12-02 10:30")["changed"] is True
    )
    found = fenwei("warning", "receipts", ONE, "--home", home, "--json", *AFTER)
    assert found["counts"] | {"answered": 2, "late": 2, "unable": 1} == found["counts"]
    assert next(c for c in found["counties"] if c["county_name"] == "新城区")["answer"] == "in_time"
    fenwei(*add, "--firm", CODE[1], "--county", "x", code=2)
    fenwei(*add, code=2)


def test_screens_tell_who_has_not_answered_and_obey_nobody(home: Path, tmp_path: Path) -> None:
    told = fenwei("warning", "receipts", ONE, "--home", home, *AFTER)
    for words in ("【演练】", "L-610100-2026-1", "逾期未回 overdue", "新城区", "备1号", CODE[2], "𬘡"):
        assert words in told
    assert not set(told) & set("\u202e\x1b"), "marks that turn the line are shown by their number, or gone"
    assert CODE[3] not in told
    evil = tmp_path / "r\u202evsc.csv"
    evil.write_text(
        "预警编号,统一社会信用代码,回执时间,回执人,方式,状态\nW-1,,,,,\n"
        + f"{ONE},{CODE[1]},昨\u202e天,王,短信,已执行\n"
    )
    told = fenwei("warning", "receipt", "import", evil, "--home", home, *AFTER, code=1)
    assert "\u202e" not in told and "整份未导入" in told
    fenwei("warning", "receipt", "import", tmp_path / "no\u202e.csv", "--home", home, code=2)


def test_what_is_published_and_who_may_read_it(home: Path, tmp_path: Path) -> None:
    fenwei("warning", "receipt", "add", ONE, "--by", "王", "--firm", CODE[1], "--home", home, *AFTER)
    path = tmp_path / "again.xlsx"
    write_list(path, {"enterprise": [line(1, orange_text="停产", base_so2_kgd=1)], "total": totals()})
    fenwei("list", "import", path, "--city", "宝鸡", "--year", 2026, "--home", home, *AFTER)
    with open_read_only(open_home(home).published) as con:
        assert con.execute("SELECT sender_id, status FROM emergency.receipt").fetchall() == [
            (CODE[1], "done")
        ]
        (comment,) = con.execute(
            "SELECT comment FROM duckdb_tables() WHERE schema_name = 'emergency' AND table_name = 'receipt'"
        ).fetchall()[0]
        from warehouse.recipes import all_recipes

        recipe = next(r for r in all_recipes() if r.name == "emergency_no_receipt")
        rows = con.execute(recipe.sql).fetchall()
    assert comment.endswith("| 限制") and [row[5] for row in rows] == [CODE[2]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("receipts", "W-1"), 1),
        (("receipt", "template", "--to", "{}/f.csv", "--warning", "W-1"), 1),
        (("receipt", "template", "--to", "{}/no/such/f.csv"), 2),
        (("receipt", "import", "{}/none.csv"), 2),
        (("receipts", ONE, "--within", "-1"), 2),
    ],
)
def test_wrong_use_is_told(home: Path, tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    told = fenwei("warning", *(w.format(tmp_path) for w in words), "--home", home, code=code)
    assert told.strip() or code == 2


def test_a_draft_is_not_answered_and_a_home_without_a_list_says_so(tmp_path: Path, ready: Path) -> None:
    import shutil

    shutil.copytree(ready, tmp_path / "home", symlinks=True)
    base = ("--home", tmp_path / "home", "--json")
    assert (
        fenwei("warning", "receipt", "add", ONE, "--by", "王", "--firm", CODE[1], *base, *AFTER, code=1)[
            "changed"
        ]
        is False
    )
    assert (
        fenwei("warning", "receipt", "template", "--to", tmp_path, "--warning", ONE, *base, code=1)["refused"]
        == "not_approved"
    )
    shutil.rmtree(tmp_path / "home" / "publish")
    found = fenwei("warning", "receipts", ONE, *base, *AFTER)
    assert found["notes"][0]["code"] == "nothing_published"


def test_the_form_is_a_workbook_that_can_be_read_back(home: Path, tmp_path: Path) -> None:
    from sources.receipts.reading import read_file

    for flag, name in ((), "回执样表.xlsx"), (("--checks",), "执行核查样表.xlsx"):
        fenwei("warning", "receipt", "template", "--to", tmp_path, "--warning", ONE, *flag, "--home", home)
        first = (tmp_path / name).read_bytes()
        found = read_file(first)
        assert not found.bad and found.rows == () and found.n_blank
        fenwei("warning", "receipt", "template", "--to", tmp_path, "--warning", ONE, *flag, "--home", home)
        assert (tmp_path / name).read_bytes() == first, "the same form in the same bytes"
