"""``fenwei forecast`` and ``fenwei warning`` as a user meets them: bulletin in, proposed level out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from warehouse.lock import file_lock
from warehouse.store import open_read_only

AS_OF = ("--as-of", "2026-12-01T16:00")
HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause,forecaster\n"


def fenwei(*words: str | Path) -> tuple[int, str, str]:
    """Exit code, output, and messages."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def bulletin(path: Path, *series: tuple[str, str], issued: str = "2026-12-01 15:30", day: int = 3) -> Path:
    """A bulletin of daily AQI by city; ranges as ``140-165``."""
    lines = []
    for city, values in series:
        for n, value in enumerate(values.split()):
            low, _, high = value.partition("-")
            lines.append(f"{issued},{city},2026-12-{day + n:02},{low},{high or low},PM2.5,,,,\n")
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def drafts(*words: str | Path) -> dict[str, dict]:
    code, told, messages = fenwei("warning", "draft", *words, "--json")
    assert code == 0, messages
    found = json.loads(told)
    assert isinstance(found, list)
    return {d["city_code"]: d for d in found}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which one bulletin was imported and a wrong one was not."""
    root = tmp_path_factory.mktemp("warning")
    remember(open_home(root / "home"), publish_site=False)
    good = bulletin(root / "good.csv", ("610100", "160 170 180 120 110"), ("渭南", "205 140 205 120 100"))
    wrong = bulletin(root / "wrong.csv", ("610100", "160 170 180"))
    wrong.write_text(wrong.read_text().replace("2026-12-04", "2026-13-04"), encoding="utf-8")
    code, told, _ = fenwei("forecast", "import", good, wrong, "--home", root / "home", *AS_OF, "--json")
    (root / "told.json").write_text(told, encoding="utf-8")
    assert code == 1, "one of the two was sent back"
    return root / "home"


def test_an_import_says_line_cell_and_why_and_keeps_the_good_file(home: Path) -> None:
    told = json.loads((home.parent / "told.json").read_text(encoding="utf-8"))
    good, wrong = told["files"]
    assert (good["status"], good["n_rows"], good["n_cities"], good["findings"]) == ("accepted", 10, 2, [])
    assert (wrong["status"], wrong["n_errors"]) == ("rejected", 1)
    finding = wrong["findings"][0]
    assert (finding["line"], finding["item"], finding["found"]) == (3, "day", "2026-13-04")
    assert finding["zh"] and finding["en"]
    assert [p.name for p in (home / "landing" / "forecast").iterdir()] == ["good.csv"]
    assert told["run"]["success"]


def test_the_bulletin_is_published_with_its_origin(home: Path) -> None:
    con = open_read_only(home / "publish" / "fenwei.duckdb")
    rows = con.execute(
        "SELECT city_code, count(*), min(model), count(DISTINCT f.sha256), min(s.kind), min(s.status)"
        " FROM forecast.city_day f JOIN ops.source_file s USING (sha256) GROUP BY city_code ORDER BY city_code"
    ).fetchall()
    names = [c[0] for c in con.execute('SELECT * FROM 中文."城市预报" LIMIT 1').description or []]
    rules = con.execute("SELECT count(*) FROM ref.warning_rule WHERE profile = 'national-2024'").fetchall()
    con.close()
    assert rows == [(city, 5, "bulletin", 1, "forecast_bulletin", "loaded") for city in ("610100", "610500")]
    assert "预报日期" in names and rules == [(6,)]


def test_the_newest_published_bulletin_gives_the_draft(home: Path) -> None:
    found = drafts("--home", home, *AS_OF)
    assert {code: d["level"] for code, d in found.items()} == {"610100": "orange", "610500": "orange"}
    assert (found["610500"]["level_strict"], found["610100"]["level_strict"]) == ("yellow", "orange")
    assert (found["610100"]["start"], found["610100"]["end"]) == (
        "2026-12-03 00:00:00",
        "2026-12-06 00:00:00",
    )
    assert found["610100"]["end_confirmed"] and found["610100"]["sha256"]


def test_published_and_file_give_the_same_draft(home: Path) -> None:
    assert drafts("--home", home, *AS_OF) == drafts(
        "--home", home, "--forecast", home.parent / "good.csv", *AS_OF
    )


def test_a_bulletin_that_is_over_or_not_out_yet_gives_no_level(home: Path) -> None:
    for moment in ("2026-12-09T08:00", "2026-12-01T15:00"):
        code, told, _ = fenwei("warning", "draft", "--home", home, "--as-of", moment)
        assert code == 1 and "会商参考" in told
    code, told, _ = fenwei("warning", "draft", "--home", home, "--as-of", "2026-12-07T08:00")
    assert code == 0 and "会商参考" not in told


def test_importing_again_does_nothing_and_a_later_issue_takes_over(home: Path, tmp_path: Path) -> None:
    code, told, _ = fenwei("forecast", "import", home.parent / "good.csv", "--home", home, *AS_OF, "--json")
    document = json.loads(told)
    assert (code, document["files"][0]["status"], document["run"]) == (0, "unchanged", None)
    later = bulletin(tmp_path / "later.csv", ("610100", "210 220 310"), issued="2026-12-02 09:00")
    code, told, _ = fenwei("forecast", "import", later, "--home", home, *AS_OF, "--json")
    assert code == 1 and "issued_in_future" in told
    code, _, messages = fenwei("forecast", "import", later, "--home", home, "--as-of", "2026-12-02T10:00")
    assert code == 0, messages
    assert drafts("--home", home, "--as-of", "2026-12-02T10:00")["610100"]["level"] == "red"
    assert drafts("--home", home, *AS_OF)["610100"]["level"] == "orange", "as it was known the day before"


def test_nothing_is_copied_while_a_run_is_at_work(home: Path, tmp_path: Path) -> None:
    path = bulletin(tmp_path / "other.csv", ("610400", "160"))
    with file_lock(open_home(home).run_lock, "a run"):
        code, _, _ = fenwei("forecast", "import", path, "--home", home, *AS_OF)
    assert code == 3
    assert not (home / "landing" / "forecast" / "other.csv").exists()


def test_a_new_home_without_a_bulletin_gives_no_level(tmp_path: Path) -> None:
    code, told, _ = fenwei("warning", "draft", "--home", tmp_path / "none", *AS_OF)
    assert code == 1 and "会商参考" in told and "DRAFT" in told
    code, told, _ = fenwei("warning", "draft", "--home", tmp_path / "none", *AS_OF, "--json")
    assert (code, json.loads(told)) == (1, [])
    assert not (tmp_path / "none").exists()


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    path = bulletin(
        tmp_path / "b.csv",
        ("610100", "140-165 150-175 145-160"),
        ("610500", "120 110"),
        ("140100", "210 220 310"),
    )
    return ("--home", tmp_path / "none", "--forecast", path, *AS_OF)


def test_the_terminal_shows_draft_blocks_and_reasons(given: tuple[str | Path, ...]) -> None:
    code, told, _ = fenwei("warning", "draft", *given)
    assert code == 0
    for words in ("草稿 DRAFT", "橙色 orange", "140–165", "会商确定", "national-2024", "太原市", "PM2.5"):
        assert words in told
    assert "演练" not in told


def test_a_simulated_home_says_so(given: tuple[str | Path, ...], tmp_path: Path) -> None:
    remember(open_home(tmp_path / "none"), simulated=True)
    code, told, _ = fenwei("warning", "draft", *given)
    assert code == 0 and told.count("【演练】") >= 2
    assert all(d["simulated"] and "【演练】" in d["watermark"] for d in drafts(*given).values())


def test_region_city_and_profile(given: tuple[str | Path, ...]) -> None:
    assert set(drafts(*given, "--city", "西安")) == {"610100"}
    assert set(drafts(*given, "--region", "汾渭平原")) == {"610100", "610500", "140100"}
    assert set(drafts(*given, "--region", "guanzhong")) == {"610100", "610500"}
    former = drafts(*given, "--profile", "national-2019")
    assert {code: d["level"] for code, d in former.items()} == {
        "610100": "none",
        "610500": "none",
        "140100": "orange",
    }
    assert {d["profile"] for d in former.values()} == {"national-2019"}
    below = drafts(*given, "--precaution")
    assert below["610500"]["level"] == "precaution"


def test_orders_raise_the_final_level(given: tuple[str | Path, ...]) -> None:
    found = drafts(*given, "--order", "渭南=橙色", "--order", "汾渭平原=yellow")
    assert (found["610500"]["level"], found["610500"]["final_level"], found["610500"]["final_basis"]) == (
        "none", "orange", "superior",
    )  # fmt: skip
    assert (found["140100"]["final_level"], found["140100"]["final_basis"]) == ("red", "own")
    alone = drafts(*given, "--order", "汾渭平原=orange")["610500"]
    assert (alone["final_level"], alone["final_basis"]) == ("orange", "regional")


def test_the_level_in_force_is_looked_at(given: tuple[str | Path, ...]) -> None:
    found = drafts(*given, "--in-force", "渭南=橙")
    assert found["610500"]["lift"]["action"] == "lift" and found["610100"]["lift"] is None


def test_hours_show_what_natural_days_hide(tmp_path: Path) -> None:
    values = [80] * 12 + [170] * 48 + [60] * 12
    lines = [
        f"610100,2026-12-{3 + (n + 1) // 24:02} {(n + 1) % 24:02}:00,{v}\n" for n, v in enumerate(values)
    ]
    path = tmp_path / "h.csv"
    path.write_text("city_code,hour_end,pm25_ugm3\n" + "".join(lines), encoding="utf-8")
    found = drafts("--home", tmp_path / "none", "--hours", path, *AS_OF)["610100"]
    assert (found["level"], found["natural_day_level"]) == ("orange", "yellow")
    assert found["start"] == "2026-12-03 12:00:00"


def test_rejected_lines_are_told_and_the_rest_counts(given: tuple[str | Path, ...], tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(
        path.read_text() + "2026-12-01 15:30,某市,2026-12-03,100,100,PM2.5,,,,\n", encoding="utf-8"
    )
    code, told, messages = fenwei("warning", "draft", *given, "--json")
    assert code == 1 and len(json.loads(told)) == 3
    assert "某市" in messages and "line 10" in messages


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "national-2020"), "national-2019"),
        (("--profile", "xian-2024-observed"), "--confirmed-by"),
        (("--profile", "nowhere.csv"), "nowhere.csv"),
        (("--order", "西安=紫"), "紫"),
        (("--order", "某市=橙"), "某市"),
        (("--city", "某市"), "某市"),
        (("--city", "西安", "--region", "fenwei"), "at most one"),
        (("--hours", "nowhere.csv"), "at most one"),
    ],
)
def test_wrong_use_is_told(given: tuple[str | Path, ...], words: tuple[str, ...], said: str) -> None:
    code, told, messages = fenwei("warning", "draft", *given, *words)
    assert code == 2 and said in messages and not told


def test_wrong_files_are_told(tmp_path: Path) -> None:
    code, _, messages = fenwei(
        "warning", "draft", "--forecast", tmp_path / "no.csv", "--home", tmp_path / "h"
    )
    assert code == 2 and "no.csv" in messages
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code, _, messages = fenwei("warning", "draft", "--forecast", tmp_path / "a.csv", "--home", tmp_path / "h")
    assert code == 2 and "issued_at" in messages
    code, told, _ = fenwei("forecast", "import", tmp_path / "a.csv", "--home", tmp_path / "h", "--json")
    assert code == 1 and json.loads(told)["files"][0]["status"] == "rejected"
    assert not (tmp_path / "h" / "landing").exists()


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_an_empty_template_is_told_to_be_empty(tmp_path: Path, name: str) -> None:
    code, told, messages = fenwei("forecast", "template", "--to", tmp_path / name)
    assert code == 0, messages
    code, told, _ = fenwei("forecast", "import", tmp_path / name, "--home", tmp_path / "h", *AS_OF, "--json")
    assert (code, json.loads(told)["files"][0]["status"]) == (1, "empty")


def test_a_template_needs_a_known_ending(tmp_path: Path) -> None:
    assert fenwei("forecast", "template", "--to", tmp_path / "t.txt")[0] == 2
    assert fenwei("forecast", "template", "--to", tmp_path / "no" / "t.csv")[0] == 2
