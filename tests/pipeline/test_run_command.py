"""``fenwei run`` as a user meets it: summary, exit codes, one run at a time, readers undisturbed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from homes import CODES, D5, D6, STATION_LIST, Town, expected, name_of, station_text
from typer.testing import CliRunner

from pipelines.cli.common import report_error
from pipelines.cli.main import app
from warehouse.lock import file_lock

AS_OF = ("--as-of", "2019-01-20T12:00")


def fenwei(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("FENWEI_HOME", "DAGSTER_HOME")}
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli.main", words[0], "--home", str(home), *words[1:]],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        cwd=Path(__file__).parents[2],
    )


def within(home: Path, *words: str) -> tuple[int, str]:
    """The same in this process: exit code, and output or the message of the error."""
    result = CliRunner().invoke(app, [words[0], "--home", str(home), *words[1:]])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), str(result.exception)
    return result.exit_code, result.stdout


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town(tmp_path_factory.mktemp("run") / "home", prepared=False)
    town.put("stations.csv", STATION_LIST, at=1)
    town.day(D5, at=50)
    return town


@pytest.fixture(scope="module")
def first(town: Town) -> subprocess.CompletedProcess[str]:
    """A run over good and bad files."""
    town.put(name_of(D6), station_text(D6)[:-12])
    town.put("bad.csv", "%PDF")
    town.put(f"later/{name_of(D5)}", station_text(D5, stations=CODES[:3]), at=200)
    return fenwei(town.home.root, "run", *AS_OF)


def test_summary_and_exit_code_of_a_run_with_bad_files(
    town: Town, first: subprocess.CompletedProcess[str]
) -> None:
    assert first.returncode == 1, first.stdout + first.stderr
    for said in (
        "已入库 2",
        "部分入库 1",
        "待确认 1",
        "拒收 1",
        "已发布版本",
        "would remove",
        "fenwei accept",
    ):
        assert said in first.stdout, first.stdout
    assert "Traceback" not in first.stdout + first.stderr
    assert town.hours(D5) == expected(D5)
    (row,) = town.rows("SELECT status, n_files, ended_at IS NOT NULL FROM ops.run")
    assert row[0] == "done" and row[2]


def test_second_run_then_accept_while_a_reader_is_at_work(
    town: Town, first: subprocess.CompletedProcess[str]
) -> None:
    before = town.tables()
    code, text = within(town.home.root, "run", *AS_OF, "--json")
    assert code == 0, text
    document = json.loads(text)
    assert document["files"] == {} and document["n_days"] == 0
    assert town.tables() == before

    reader = duckdb.connect(str(town.home.published), read_only=True)
    count = "SELECT count(*) FROM air.station_hour WHERE station_code = ? AND hour_end < '2019-01-06 00:00'"
    seen = reader.execute(count, [CODES[3]]).fetchone()
    assert seen == (24,)
    held = f"later/{name_of(D5)}"
    assert within(town.home.root, "accept", held, "--by", " ", *AS_OF)[0] == 2
    assert within(town.home.root, "accept", "nowhere.csv", "--by", "王工", *AS_OF)[0] == 2
    code, text = within(town.home.root, "accept", held, "--by", "王工", *AS_OF)
    assert code == 0, text
    assert town.file(town.home.landing / held)["status"] == "loaded"
    assert reader.execute(count, [CODES[3]]).fetchone() == seen, "the version a reader opened stays whole"
    reader.close()
    now = duckdb.connect(str(town.home.published), read_only=True)
    assert now.execute(count, [CODES[3]]).fetchone() == (0,)
    assert now.execute("SELECT decided_by FROM ops.decision").fetchall() == [("王工",)]
    now.close()


def test_a_run_beside_a_run_is_told_who_holds_the_lock(town: Town, first: object) -> None:
    town.put(name_of(D6), station_text(D6), at=900)
    with file_lock(town.home.run_lock, "run"):
        refused = fenwei(town.home.root, "run", *AS_OF)
    assert refused.returncode == 3
    assert str(os.getpid()) in refused.stderr and "run.lock" in refused.stderr
    assert "held by" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "words",
    [("run", "--day", "5.1.2019"), ("run", "--stations", "nowhere.csv"), ("run", "--as-of", "yesterday")],
)
def test_wrong_use_is_one_message(town: Town, words: tuple[str, ...]) -> None:
    code, message = within(town.home.root, *words)
    assert code == 2
    assert words[-1] in message
