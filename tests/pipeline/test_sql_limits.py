"""``fenwei sql``: what a query may not do, how long it may take, and the commands that begin with a full stop."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.cli.paging import fits, pager
from pipelines.home import open_home
from pipelines.query import QueryError, about_published, run_query
from pipelines.query_errors import position
from pipelines.query_limits import Budget, open_for_query

ENDLESS = "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"


@pytest.fixture
def con(small_home):
    con = open_for_query(open_home(small_home), "internal")
    yield con
    con.close()


@pytest.fixture
def ask(small_home, con):
    about = about_published(open_home(small_home), con)

    def query(sql, seconds=0.0):
        return run_query(con, sql, about, Budget(seconds)).cursor.fetchmany(5)

    return query


def fenwei(home, *words):
    result = CliRunner().invoke(app, ["sql", *words, "--home", str(home)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), str(result.exception)
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{folder}/x.csv'", "COPY (SELECT 1) TO '/dev/stdout'", "COPY FROM DATABASE fenwei TO temp",
        "EXPORT DATABASE '{folder}/x'", "IMPORT DATABASE '{folder}/x'", "ATTACH '{folder}/x.duckdb'", "ATTACH ':memory:' AS m",
        "ATTACH '{restricted}' AS r", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_blob('{restricted}')",
        "SELECT * FROM read_json('/etc/passwd')", "SELECT * FROM sniff_csv('/etc/passwd')", "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'", "SELECT * FROM 'https://example.org/a.csv'", "INSTALL httpfs", "LOAD httpfs",
        "FORCE INSTALL spatial FROM community", "UPDATE EXTENSIONS", "CALL start_ui()", "SET enable_external_access = true",
        "SET memory_limit = '9GB'", "RESET memory_limit", "SET lock_configuration = false", "PRAGMA threads = 9",
        "PRAGMA profiling_output = '{folder}/p'", "PRAGMA enable_profiling = 'json'", "CREATE TABLE x AS SELECT 1",
        "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')", "INSERT INTO ops.about VALUES ('a', 'b')",
        "UPDATE ops.about SET value = ''", "DELETE FROM ops.about", "DROP TABLE air.city_day", "ALTER TABLE ops.about ADD COLUMN x INT",
        "COMMENT ON TABLE ops.about IS 'x'", "CHECKPOINT", "VACUUM", "BEGIN", "SELECT 1; DROP TABLE ops.about",
        "CALL enable_logging('QueryLog', storage = 'file', storage_path = '{folder}/log')",
        "FROM enable_logging('QueryLog', storage = 'file', storage_path = '{folder}/log')",
        "FROM query('FROM ena' || 'ble_logging()')", 'FROM "query"(\'SELECT 1\')', "SELECT getenv('HOME')", "SELECT * FROM con",
    ],
)  # fmt: skip
def test_a_query_changes_nothing_and_reaches_nothing(ask, small_home, tmp_path, query):
    restricted = open_home(small_home).build("restricted")
    with pytest.raises(QueryError) as told:
        ask(query.format(folder=tmp_path, restricted=restricted))
    assert len(str(told.value).splitlines()) == 1
    assert " | " in str(told.value), "told in both languages"
    assert list(tmp_path.iterdir()) == []
    assert ask("SELECT 1") == [(1,)], "the session goes on"


def test_the_manifest_is_not_read_for_a_query(small_home, con, monkeypatch):
    """It counts the rows of every build, so readers of the public one need not have it."""
    home = open_home(small_home)
    wanted = (home.publish / "current").resolve().name

    def refused(path, *words, **more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_text", refused)
    assert about_published(home, con)["version"] == wanted


def test_what_analysts_need_beside_select_works(ask):
    assert ask("PIVOT (SELECT 1 AS a, 2 AS b) ON a USING sum(b)") == [(2,)]
    assert ask("SET VARIABLE city = '西安'; SELECT getvariable('city')") == [("西安",)]
    ask("CREATE TEMP TABLE mine AS SELECT 7 AS n")
    assert ask("FROM mine") == [(7,)]
    assert (
        ask("DESCRIBE air.city_day")
        and ask("SHOW TABLES")
        and ask("EXPLAIN SELECT 1")
        and ask("SUMMARIZE ops.about")
    )


def test_memory_and_threads_are_those_of_the_settings(ask):
    memory, threads = ask("SELECT current_setting('memory_limit'), current_setting('threads')")[0]
    assert (memory, threads) == ("667.5 MiB", 2)
    folder = ask("SELECT current_setting('temp_directory')")[0][0]
    assert "publish" not in folder


def test_a_query_that_takes_too_long_is_stopped_and_the_session_goes_on(ask):
    with pytest.raises(QueryError, match=r"超过 0\.2 秒.*--timeout"):
        ask(ENDLESS, seconds=0.2)
    assert ask("SELECT 1", seconds=0.2) == [(1,)]


def test_time_in_which_rows_wait_to_be_read_does_not_count(con, small_home):
    rows = run_query(con, "FROM range(50000)", about_published(open_home(small_home), con), Budget(0.3))
    time.sleep(0.4)
    assert len(rows.cursor.fetchmany(50000)) == 50000


def _wait_until_open(process: subprocess.Popen[str], name: str) -> None:
    """Wait until a process has a file open: on a busy machine it may still be importing after seconds."""
    for _ in range(600):
        files = Path(f"/proc/{process.pid}/fd").glob("*")
        if process.poll() is not None or any(name in os.path.realpath(f) for f in files):
            return
        time.sleep(0.1)


def test_an_interrupted_query_stops_and_writes_no_file(small_home, tmp_path):
    to = tmp_path / "x.csv"
    command = [
        sys.executable,
        "-m",
        "pipelines.cli.main",
        "sql",
        ENDLESS,
        "--to",
        str(to),
        "--home",
        str(small_home),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _wait_until_open(process, "fenwei.duckdb")
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 3
    assert "中断" in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT a,\n  b FROM nope.t", "第 2 行第 10 个字"),
        ("SELEC 1", "第 1 行第 1 个字“SELEC”"),
        ("SELECT 西安, x FROM (SELECT 1 AS 西安)", "第 1 行第 12 个字“x”"),
        ("SELECT 西安, x FROM (SELECT 1 AS 西安)", "相近的：西安"),
        ("SELECT * FROM air.city_dya", "air.city_day"),
        ("SELECT pm25 FROM air.city_day", "pm25_ugm3"),
        ("SELECT 1;\nSELECT x FROM range(2)", "第 2 行第 8 个字“x”"),
        ("SELECT * FROM range（3）", "全角"),
        ("SELECT CAST('a' AS INTEGER)", "值不能这样换算"),
        ("SELECT foo(1)", "没有这个函数"),
        ("SELECT city_code, avg(aqi) FROM air.city_day", "GROUP BY"),
    ],
)
def test_an_error_says_in_plain_words_what_and_where(ask, query, said):
    with pytest.raises(QueryError) as told:
        ask(query)
    assert said in str(told.value)


def test_the_place_of_an_error_in_a_long_line():
    sql = "SELECT " + ", ".join(f"{n} AS column_{n}" for n in range(60)) + ", nope FROM (SELECT 1)"
    shown = "LINE 1: ... column_57, 58 AS column_58, 59 AS column_59, nope FROM (SELECT 1)"
    caret = " " * shown.index("nope") + "^"
    assert position(f"Binder Error: x\n\n{shown}\n{caret}", sql) == sql.index("nope")
    assert position("Parser Error: syntax error at end of input", sql) is None


def test_commands_by_themselves(small_home):
    code, told = fenwei(small_home, ".tables")
    assert code == 0 and "air.city_day" in told and "城市日报" in told
    code, told = fenwei(small_home, ".describe 城市日报", "--json")
    assert code == 0 and json.loads(told)["tables"][0]["name"] == "city_day"
    code, told = fenwei(small_home, ".recipes")
    assert code == 0 and "air_bad_day" in told
    code, told = fenwei(small_home, ".recipe air_bad_day city=西安 day=2026-03-05")
    assert code == 0 and "西安市" in told and "2026-03-05" in told
    assert json.loads(fenwei(small_home, ".class", "--json")[1])["class"] == "internal"
    code, told = fenwei(small_home, ".class public")
    assert code == 0 and told.splitlines()[1].startswith("公开 public：")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((".nonsense",), ".tables"),
        ((".describe nope",), "没有表"),
        ((".describe coal.firm",), "--class restricted"),
        ((".recipe nope",), "没有配方"),
        ((".recipe coal_gap year",), "名称=值"),
        ((".class top",), "public, internal, restricted"),
        ((".tables", "--format", "csv"), "--format"),
        (("SELECT 1", "--timeout", "-1"), ""),
    ],
)
def test_commands_used_wrongly(small_home, words, said):
    code, told = fenwei(small_home, *words)
    assert code == 2 and said in told


def test_a_conversation_changes_its_class(small_home, capsys):
    from contextlib import closing

    from pipelines.cli.conversation import Conversation

    with closing(Conversation(open_home(small_home), "internal")) as partner:
        with pytest.raises(QueryError, match="--class restricted"):
            partner.run("SELECT count(*) FROM coal.firm")
        partner.read_class("限制")
        partner.run("SELECT count(*) AS 企业数 FROM coal.firm")
        assert {"air.city_day", "coal_gap", "pm25_ugm3"} <= partner.words()
    assert "企业数" in capsys.readouterr().out


def test_a_pager_is_used_where_the_screen_is_too_small(monkeypatch):
    assert fits("西安\n", 4, 3) and not fits("西安x\n", 4, 3) and not fits("a\nb\nc\n", 4, 3)
    assert fits("\x1b[1m西安\x1b[0m\n", 4, 3), "colours take no room"
    monkeypatch.setenv("PAGER", "no-such-pager --x")
    assert pager() == []
    monkeypatch.setenv("PAGER", f"{sys.executable} -V")
    assert pager() == [sys.executable, "-V"]


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_the_prompt_on_a_terminal_pages_long_results(small_home, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipelines.cli.main", "sql", "--home", str(small_home)]
    seen = tmp_path / "paged.txt"
    script = tmp_path / "pager.sh"
    script.write_text(f"#!/bin/sh\ncat > {seen}\n")
    script.chmod(0o700)
    environment = os.environ | {"PAGER": str(script), "TERM": "xterm", "LINES": "10", "COLUMNS": "80"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.write(ours, "SELECT range AS 数 FROM range(100);\n.class\n.quit\n".encode())
    output = b""
    os.close(theirs)
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        output += piece
    process.wait(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert "内部 internal" in output.decode()
    assert "99" in seen.read_text() and "数" in seen.read_text()
    assert "range(100)" in (small_home / "sql_history").read_text()
    (small_home / "sql_history").unlink()
