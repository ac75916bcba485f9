import csv
import io
import json
import os
import sys
from datetime import date, datetime
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from dashboards.terminal.screen import SIMULATED
from pipelines.cli import main as door
from pipelines.export import find_table
from pipelines.home import open_home
from warehouse.lock import file_lock
from warehouse.store import Store


@pytest.fixture
def fenwei(monkeypatch, capsys, small_home):
    """Run the command line in this process; gives exit code, standard output and standard error."""

    def run(*words, home=small_home):
        at_home = [] if home is None else ["--home", str(home)]
        monkeypatch.setattr(sys, "argv", ["fenwei", *map(str, words), *at_home])
        with pytest.raises(SystemExit) as left:
            door.main()
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return run


@pytest.fixture
def ask(small_home):
    """Query the published copy directly, closing it each time: DuckDB opens a file in one way only in a process."""

    def query(sql):
        with duckdb.connect(str(small_home / "publish" / "fenwei.duckdb"), read_only=True) as con:
            return con.execute(sql).fetchall()

    return query


def test_status_tells_coverage_gaps_and_what_waits(fenwei, small_home, ask):
    code, out, err = fenwei("status", "--json")
    assert (code, err) == (0, "")
    status = json.loads(out)
    assert status["simulated"] is True
    assert status["data_until"] == "2026-03-10 08:00:00"
    assert status["coverage"]["n_station_hours"] == ask("SELECT count(*) FROM air.station_hour")[0][0]
    assert status["coverage"]["n_cities"] == 13
    # The file of the 5th is missing: 23 hours of the 5th and 24:00 of the 4th.
    assert status["gaps"] == [
        {"day_first": "2026-03-04", "day_last": "2026-03-05", "n_days": 2, "n_hours_missing": 24}
    ]
    (held,) = status["waiting"]
    assert held["path"].endswith("incomplete/china_sites_20260303.csv")
    assert held["accepted"] is False
    (refused,) = status["rejected"]
    assert refused["path"].endswith("not a 'table' [red].csv")
    assert status["city_days"]["region_id"] == "fenwei_2023"
    assert status["city_days"]["day"] == "2026-03-09"
    assert len(status["city_days"]["rows"]) == 13
    assert sum(status["days"].values()) == ask("SELECT count(DISTINCT day) FROM air.station_day")[0][0]


def test_status_for_people_shows_the_line_to_type_and_uncut_names(fenwei, small_home):
    code, out, _ = fenwei("status")
    assert code == 0
    assert out.splitlines()[0] == SIMULATED
    assert "not a 'table' [red].csv" in out
    line = next(line for line in out.splitlines() if "to accept" in line)
    held = small_home / "landing" / "station_hours" / "incomplete" / "china_sites_20260303.csv"
    assert line.endswith(f"fenwei accept --home {small_home} {held} --by 姓名")
    assert "西安市" in out and "实况" in out


def test_status_lists_files_that_arrived_since(fenwei, small_home):
    late = small_home / "landing" / "station_hours" / "china_sites_20260305.csv"
    late.write_text("date,hour,type,9001S\n", encoding="utf-8")
    try:
        status = json.loads(fenwei("status", "--json")[1])
    finally:
        late.unlink()
    assert status["landing"]["new"] == [str(late)]


def test_status_names_who_holds_the_lock(fenwei, small_home):
    with file_lock(Store(open_home(small_home).warehouse).lock_path, "a test"):
        status = json.loads(fenwei("status", "--json")[1])
    assert f"pid {os.getpid()}" in status["lock"]["warehouse"]
    assert status["lock"]["run"] is None


def test_an_empty_home_says_what_to_do(fenwei, tmp_path):
    empty = tmp_path / "none"
    code, out, _ = fenwei("status", home=empty)
    assert code == 0 and "fenwei demo" in out
    assert json.loads(fenwei("status", "--json", home=empty)[1])["published"] is None
    for words in (
        ["sql", "SELECT 1"],
        ["evaluate", "--city", "西安", "--period", "2026-03"],
        ["export", "city_day", "--to", str(tmp_path / "x.csv")],
    ):
        code, out, err = fenwei(*words, home=empty)
        assert (code, out) == (2, "")
        assert "fenwei run" in err
    code, out, _ = fenwei("dictionary", "城市日报", "--json", home=empty)
    assert code == 0 and json.loads(out)["tables"][0]["name"] == "city_day"
    assert not empty.exists()


@pytest.mark.parametrize("name", ["西安", "西安市", "610100", "Xi'an"])
def test_evaluate_finds_a_city_by_any_name(fenwei, name):
    code, out, _ = fenwei("evaluate", "--city", name, "--period", "2026-03", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["area"]["code"] == "610100"
    assert document["simulated"] is True


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--region", "fenwei"], ("region", "fenwei_2023")),
        (["--region", "汾渭平原"], ("region", "fenwei_2023")),
        (["--region", "fenwei_2018"], ("region", "fenwei_2018")),
        (["--unit", "杨陵"], ("unit", "610403")),
        (["--unit", "韩城"], ("unit", "610581")),
    ],
)
def test_evaluate_regions_and_units(fenwei, words, expected):
    code, out, _ = fenwei("evaluate", *words, "--period", "2026-03", "--json")
    area = json.loads(out)["area"]
    assert (code, (area["kind"], area["code"])) == (0, expected)


def test_evaluate_prints_the_values_of_its_document(fenwei):
    words = ("evaluate", "--city", "西安", "--period", "2026年3月", "--set", "2012", "--basis", "before_dust")
    document = json.loads(fenwei(*words, "--json")[1])
    code, out, _ = fenwei(*words)
    assert code == 0
    assert document["standard_set"]["standard_set"] == "2012"
    assert "2012年版标准" in out and "扣沙前" in out and "实况" in out
    assert out.count(SIMULATED) == 2
    for item in document["items"]:
        n = 1 if item["pollutant"] == "CO" else 0
        line = next(
            line
            for line in out.splitlines()
            if line.startswith(item["pollutant"]) and item["statistic"] in line
        )
        cells = line.split()
        assert f"{item['value_printed']:.{n}f}" in cells
        assert f"{item['n_valid_days']}/{item['n_days']}" in cells
        assert ("数据不足" in line) == (item["attained"] is None)
        assert ("超标" in line) == (item["attained"] is False)


def test_evaluate_takes_its_now_from_as_of(fenwei):
    words = ("evaluate", "--city", "西安", "--period", "2026-03", "--json", "--as-of")
    assert json.loads(fenwei(*words, "2026-03-04")[1])["period"]["day_until"] == "2026-03-04"
    assert json.loads(fenwei(*words, "2026-03-04T08:30")[1])["period"]["day_until"] == "2026-03-03"
    assert json.loads(fenwei(*words, "2027-01-01")[1])["period"]["day_until"] == "2026-03-31"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--period", "2026-03"], 2, "exactly one"),
        (["--city", "西安", "--region", "fenwei", "--period", "2026-03"], 2, "exactly one"),
        (["--city", "西按", "--period", "2026-03"], 2, "西安市"),
        (["--city", "西安", "--period", "2026-13"], 2, "2026-13"),
        (["--city", "西安", "--period", "2026-03", "--set", "2031"], 2, "2026_final"),
        (["--city", "西安", "--period", "2026-03", "--basis", "dusty"], 2, "before_dust"),
        (["--city", "西安", "--period", "2026-03", "--as-of", "soon"], 2, "soon"),
        (["--city", "西安", "--period", "2019"], 1, "2019"),
        (["--city", "西安", "--period", "2027"], 1, "2027"),
        (["--city", "西安"], 2, "--period"),
    ],
)
def test_evaluate_wrong_use_and_nothing_to_judge(fenwei, words, code, told):
    found, out, err = fenwei("evaluate", *words)
    assert (found, out) == (code, "")
    assert told in err
    assert "Traceback" not in err and "internal" not in err


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO ops.about VALUES ('a', 'b')",
        "DELETE FROM air.city_day",
        "CREATE TABLE stolen AS SELECT 1",
        "ATTACH '{folder}/x.duckdb'",
        "COPY ops.about TO '{folder}/x.csv'",
        "EXPORT DATABASE '{folder}/x'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA memory_limit='9GB'",
        "SELEC 1",
        "SELECT 1; DROP TABLE air.city_day",
        "SELECT CAST('a' AS INTEGER)",
        "  ",
    ],
)
def test_sql_refuses_in_one_line(fenwei, query, tmp_path, ask):
    before = ask("SELECT count(*) FROM air.city_day")
    code, out, err = fenwei("sql", query.format(folder=tmp_path))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1 and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
    assert ask("SELECT count(*) FROM air.city_day") == before


def test_sql_json_is_one_document_with_every_kind_of_value(fenwei):
    code, out, err = fenwei(
        "sql",
        "SELECT 123456789012345678901234567890::HUGEINT h, 1e308 * 10 i, NULL n, 'a\"b' t, DATE '2026-03-01' d,"
        " [1, 2] l, {'a': TIMESTAMP '2026-03-01 08:00:00'} s, 12.50::DECIMAL(9, 2) c, true b, 'é\n[red]' r",
        "--json",
    )
    document = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert (code, err) == (0, "")
    assert document["simulated"] is True and document["data_until"] == "2026-03-10 08:00:00"
    assert document["rows"] == [
        [
            123456789012345678901234567890,
            None,
            None,
            'a"b',
            "2026-03-01",
            [1, 2],
            {"a": "2026-03-01 08:00:00"},
            12.5,
            True,
            "é\n[red]",
        ]
    ]
    assert json.loads(fenwei("sql", "SELECT 1 WHERE false", "--json")[1])["rows"] == []


def test_sql_pretty_shows_data_as_they_are(fenwei):
    code, out, _ = fenwei(
        "sql",
        "SELECT '[red]x[/red] :smile:' AS \"a\"\"b[b]\", 1234567890123456789 AS n, chr(27) || '[2J' AS e",
    )
    assert code == 0
    assert "[red]x[/red] :smile:" in out and 'a"b[b]' in out and "1234567890123456789" in out
    assert "\x1b" not in out
    assert SIMULATED in out


def test_sql_pretty_never_cuts_a_wide_table(fenwei):
    columns = ", ".join(f"{10**15 + n} AS a_long_heading_number_{n}" for n in range(30))
    lines = fenwei("sql", f"SELECT {columns}")[1].splitlines()
    row = next(line for line in lines if str(10**15) in line).split()
    assert row == [str(10**15 + n) for n in range(30)]


def test_sql_limit_says_there_is_more(fenwei):
    out = fenwei("sql", "FROM range(1000)", "--limit", "3")[1]
    assert "first 3 rows, there are more" in out
    assert fenwei("sql", "FROM range(1000)", "--limit", "3", "--format", "csv")[1].split() == [
        "range",
        "0",
        "1",
        "2",
    ]
    assert len(fenwei("sql", "FROM range(30000)", "--format", "csv")[1].split()) == 30001


def test_sql_pivot_and_macros_work_on_the_published_copy(fenwei):
    code, out, _ = fenwei(
        "sql", "SELECT iaqi('PM2.5_24h', 75, '2012')::INT AS i, aqi_category(101) AS c", "--json"
    )
    assert (code, json.loads(out)["rows"]) == (0, [[100, "轻度污染"]])
    assert fenwei("sql", "PIVOT ops.source_file ON status USING count(*) GROUP BY kind", "--json")[0] == 0


def test_sql_csv_with_mark_in_files_only(fenwei, tmp_path):
    path = tmp_path / "formula.csv"
    query = "SELECT '=1+1' AS a, 'x,\"y\"' AS b, NULL AS c"
    code, out, err = fenwei("sql", query, "--to", path)
    assert (code, out) == (0, "") and SIMULATED in err
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows == [["a", "b", "c"], ["=1+1", 'x,"y"', ""]]
    code, out, _ = fenwei("sql", query, "--format", "csv")
    assert list(csv.reader(io.StringIO(out))) == rows


def test_sql_workbook_holds_text_not_formulas(fenwei, tmp_path):
    path = tmp_path / "a.xlsx"
    query = "SELECT '=1+1' AS f, '@x' AS g, 'http://a.b' AS u, '007' AS z, DATE '2026-03-01' AS d, 1.25 AS x, chr(1) || 'c' AS k"
    assert fenwei("sql", query, "--to", path)[0] == 0
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["说明", "数据（模拟）"]
    cover = dict(row[:2] for row in book.get_sheet_by_index(0).to_python())
    assert cover["查询 query"] == query
    assert cover["数据截至 data until"] == "2026-03-10 08:00:00"
    assert "模拟数据" in cover["【演练】"]
    head, row = book.get_sheet_by_index(1).to_python()
    assert head == ["f", "g", "u", "z", "d", "x", "k"]
    assert row[:6] == ["=1+1", "@x", "http://a.b", "007", date(2026, 3, 1), 1.25]
    with ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["SELECT 1", "--format", "xlsx"], "--to"),
        (["SELECT 1", "--to", "no/such/folder/x.csv"], "folder"),
        (["SELECT 1", "--to", "x.doc"], ".xlsx"),
        (["SELECT 1", "--file", "x.sql"], "--file"),
        (["SELECT 1", "--json", "--format", "csv"], "--json"),
        (["--file", "absent.sql"], "absent.sql"),
        ([], "empty"),
    ],
)
def test_sql_wrong_use(fenwei, words, told, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, out, err = fenwei("sql", *words)
    assert (code, out) == (2, "")
    assert told in err


def test_sql_reads_a_file_or_standard_input(fenwei, tmp_path, monkeypatch):
    script = tmp_path / "q.sql"
    script.write_text("\ufeff-- 注释\nSELECT 42 AS x;\n", encoding="utf-8")
    assert json.loads(fenwei("sql", "--file", script, "--json")[1])["rows"] == [[42]]
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 43 AS x;"))
    assert json.loads(fenwei("sql", "--json")[1])["rows"] == [[43]]


@pytest.mark.parametrize("name", ["air.city_day", "city_day", "城市日报", '中文."城市日报"'])
def test_export_finds_a_table_by_any_name(fenwei, tmp_path, name, ask):
    path = tmp_path / "t.csv"
    code, out, _ = fenwei("export", name, "--to", path, "--json")
    done = json.loads(out)
    assert (code, done["table"]) == (0, "air.city_day")
    assert done["n_rows"] == ask("SELECT count(*) FROM air.city_day")[0][0]
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == done["n_rows"] + 1


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx", "json"])
def test_export_part_of_a_table_in_every_format(fenwei, tmp_path, suffix, ask):
    path = tmp_path / f"小时.{suffix}"
    words = [
        "--from",
        "2026-03-01",
        "--until",
        "2026-03-02",
        "--city",
        "西安",
        "--city",
        "610300",
        "--chinese",
    ]
    code, out, _ = fenwei("export", "站点小时", "--to", path, *words)
    expected = ask(
        "SELECT h.* FROM air.station_hour h JOIN ref.station s USING (station_code) WHERE s.city_code IN ('610100', '610300')"
        " AND hour_end > '2026-03-01 00:00:00' AND hour_end <= '2026-03-03 00:00:00' ORDER BY ALL"
    )
    assert code == 0 and f"{len(expected):,} 行" in out and SIMULATED in out
    head, rows = _read(path)
    assert head[:3] == ["站点编码", "小时", "PM2.5 1小时浓度(µg/m³)"]
    assert sorted((str(r[0]), _hour(r[1]), _number(r[2])) for r in rows) == sorted(
        (code, str(hour), _number(value)) for code, hour, value, *_ in expected
    )
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def _hour(value):
    """Text of an hour; the reader of workbooks gives midnight as a date."""
    return (str(value) if len(str(value)) > 10 else f"{value} 00:00:00").replace("T", " ")


def _number(value):
    return -1 if value in (None, "") else int(float(value))


def _read(path):
    if path.suffix == ".csv":
        head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        return head, rows
    if path.suffix == ".json":
        document = json.loads(path.read_text(encoding="utf-8"))
        assert document["simulated"] is True
        return [c["name"] for c in document["columns"]], document["rows"]
    if path.suffix == ".xlsx":
        head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(1).to_python()
        return head, rows
    table = pq.read_table(path)
    assert json.loads(table.schema.metadata[b"fenwei"])["simulated"] is True
    return table.column_names, [list(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["city_dya", "--to", "x.csv"], "air.city_day（城市日报）"),
        (["city_day", "--to", "x.txt"], ".parquet"),
        (["region_day", "--to", "x.csv", "--city", "西安"], "--city"),
        (["ref.city", "--to", "x.csv", "--from", "2026-01-01"], "--from"),
        (["city_day", "--to", "x.csv", "--from", "yesterday"], "yesterday"),
        (["city_day", "--to", "x.csv", "--city", "'; DROP TABLE air.city_day"], "DROP"),
        (['x"; DROP TABLE air.city_day', "--to", "x.csv"], "DROP"),
    ],
)
def test_export_wrong_use(fenwei, words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = fenwei("export", *words)
    assert (code, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []


def test_export_refuses_more_rows_than_a_workbook_takes(fenwei, tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.export.MAX_ROWS", 10)
    code, _, err = fenwei("export", "city_day", "--to", tmp_path / "x.xlsx")
    assert code == 2 and ".parquet" in err
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(fenwei, tmp_path, monkeypatch):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("dashboards.tables.workbook.MAX_ROWS", 10)
    code, _, err = fenwei("sql", "FROM range(11)", "--to", path)
    assert code == 2 and ".csv" in err
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["x.xlsx"]


def test_dictionary_of_every_table_has_both_languages(fenwei):
    code, out, _ = fenwei("dictionary", "--json")
    tables = json.loads(out)["tables"]
    assert code == 0 and len(tables) > 40
    assert all(t["zh"] and t["en"] for t in tables)
    assert all(c["zh"] and c["en"] and c["data_type"] for t in tables for c in t["columns"])


def test_dictionary_looks_for_a_word(fenwei):
    found = json.loads(fenwei("dictionary", "扣沙后", "--json")[1])["tables"]
    assert {"air.city_day", "air.unit_day"} <= {f"{t['schema']}.{t['name']}" for t in found}
    assert all("扣沙后" in json.dumps(t, ensure_ascii=False) for t in found)
    (exact,) = json.loads(fenwei("dictionary", "AIR.CITY_DAY", "--json")[1])["tables"]
    assert "pm25_ugm3" in [c["name"] for c in exact["columns"]]
    code, out, err = fenwei("dictionary", "没有这个词")
    assert (code, out) == (1, "") and "没有这个词" in err


@pytest.mark.parametrize("suffix", ["md", "html", "csv"])
def test_dictionary_as_a_document(fenwei, tmp_path, suffix):
    path = tmp_path / f"d.{suffix}"
    assert fenwei("dictionary", "--to", path)[0] == 0
    text = path.read_text(encoding="utf-8-sig")
    assert "pm25_ugm3" in text and "城市日报" in text and "µg/m³" in text


def test_doctor_of_a_good_home(fenwei):
    code, out, _ = fenwei("doctor", "--json")
    document = json.loads(out)
    by_name = {f["check"]: f for f in document["findings"]}
    assert (code, document["ok"]) == (0, True)
    assert by_name["published"]["outcome"] == "ok"
    assert by_name["stations"]["zh"].startswith("站点名单")
    assert all(f["todo_zh"] and f["todo_en"] for f in document["findings"] if f["outcome"] != "ok")
    assert "正常 ok" in fenwei("doctor")[1]


def test_doctor_fails_on_settings_that_are_not_valid(fenwei, tmp_path):
    (tmp_path / "fenwei.toml").write_text("threads = 'many'\n", encoding="utf-8")
    code, out, _ = fenwei("doctor", home=tmp_path)
    assert code == 1 and "threads" in out


def test_every_command_explains_itself(fenwei):
    for command in ("status", "doctor", "evaluate", "sql", "export", "dictionary"):
        code, out, _ = fenwei(command, "--help", home=None)
        assert code == 0
        assert "--home" in out and "--json" in out and " | " in out


def test_a_table_found_by_name_is_that_table(small_home):
    con = duckdb.connect(str(small_home / "publish" / "fenwei.duckdb"), read_only=True)
    from warehouse.dictionary import read_dictionary

    tables = read_dictionary(con)
    con.close()
    for table in tables:
        assert find_table(tables, f"{table.schema}.{table.name}") == table
        assert find_table(tables, table.zh_name) == table


def test_moments_of_status_are_those_of_the_home(fenwei):
    status = json.loads(fenwei("status", "--json")[1])
    assert datetime.fromisoformat(status["as_of"]) == datetime(2026, 3, 10, 9)
    status = json.loads(fenwei("status", "--json", "--as-of", "2026-03-08")[1])
    assert datetime.fromisoformat(status["as_of"]).date() == date(2026, 3, 8)
