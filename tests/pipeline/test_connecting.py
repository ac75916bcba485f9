"""How analysts connect: the published files read by other tools, and comments, Chinese views and macros in every build."""

import shutil
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from drill_homes import drill_home, run

from pipelines.home import open_home, remember
from warehouse.classes import CLASSES
from warehouse.recipes import all_recipes


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The demonstration of twelve days with a list and warnings, published with Parquet."""
    home = drill_home(tmp_path_factory.mktemp("connect") / "home")
    home = remember(open_home(home.root), publish_parquet=True)
    assert run(home).success
    return home


@pytest.fixture
def reading(home):
    """Open a build as any client does, without our settings."""
    opened = []

    def read(klass):
        opened.append(duckdb.connect(str(home.build(klass)), read_only=True))
        return opened[-1]

    yield read
    for con in opened:
        con.close()


@pytest.mark.parametrize("klass", CLASSES)
def test_every_table_column_and_view_of_a_build_tells_what_it_is(reading, klass):
    con = reading(klass)
    bare = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE coalesce(comment, '') NOT LIKE '% | %'"
        " UNION ALL SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND schema_name <> '中文' AND coalesce(comment, '') NOT LIKE '% | %'"
    ).fetchall()
    assert bare == []


@pytest.mark.parametrize("klass", CLASSES)
def test_chinese_views_are_there_for_every_table_that_is_and_can_be_read(reading, klass):
    con = reading(klass)
    tables = con.execute("SELECT count(*) FROM duckdb_tables()").fetchone()[0]
    views = [
        name
        for (name,) in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = '中文'"
        ).fetchall()
    ]
    assert len(views) == tables > 50
    for view in views:
        assert con.execute(f'SELECT * FROM 中文."{view}" LIMIT 1').description
    assert ("企业" in "".join(views)) or klass != "restricted"


@pytest.mark.parametrize("klass", CLASSES)
def test_macros_work_in_every_build(reading, klass):
    found = (
        reading(klass)
        .execute(
            "SELECT iaqi('PM2.5_24h', 75, '2012')::INT, aqi_category(101), round_8170(0.125, 2),"
            " (SELECT count(*) FROM air.city_day_under('2026_final')) = (SELECT count(*) FROM air.city_day)"
        )
        .fetchone()
    )
    assert found == (100, "轻度污染", 0.12, True)


@pytest.mark.parametrize("recipe", all_recipes(), ids=lambda recipe: recipe.name)
def test_every_recipe_runs_on_the_demonstration_in_any_client(reading, recipe):
    cursor = reading(recipe.klass).execute(recipe.sql)
    assert cursor.description
    rows = cursor.fetchall()
    assert rows or recipe.name.startswith(
        ("coal_", "forecast_heavy", "forecast_skill", "emergency_no_receipt")
    )


def _one(reading, name, klass="internal", **values):
    con = reading(klass)
    for key, value in values.items():
        con.execute(f"SET VARIABLE {key} = '{value}'")
    recipe = next(r for r in all_recipes() if r.name == name)
    return con, con.execute(recipe.sql).df()


def test_days_by_class_are_those_that_pandas_counts(reading):
    con, found = _one(reading, "air_days_by_class", year="2026")
    days = con.execute(
        "SELECT c.name_zh, d.aqi FROM air.city_day d JOIN ref.city c USING (city_code) WHERE year(d.day) = 2026"
    ).df()
    edges = [-1, 50, 100, 150, 200, 300, 10_000]
    words = ["优", "良", "轻度污染", "中度污染", "重度污染", "严重污染"]
    days["class"] = pd.cut(days.aqi.astype("float"), edges, labels=words)
    counted = days.groupby(["name_zh", "class"], observed=False).size().unstack()
    for row in found.to_dict("records"):
        assert [row[w] for w in words] == counted.loc[row["城市"], words].tolist()


def test_missing_hours_are_those_that_python_misses(reading):
    con, found = _one(reading, "air_missing_hours", first="2026-11-12", until="2026-11-20")
    hours = con.execute(
        "SELECT station_code, hour_end FROM air.station_hour WHERE pm25_ugm3 IS NOT NULL OR pm10_ugm3 IS NOT NULL OR so2_ugm3 IS NOT NULL"
        " OR no2_ugm3 IS NOT NULL OR o3_ugm3 IS NOT NULL OR co_mgm3 IS NOT NULL"
    ).df()
    hours["day"] = (hours.hour_end - pd.Timedelta(hours=1)).dt.normalize()
    there = hours[(hours.day >= "2026-11-12") & (hours.day <= "2026-11-20")].groupby("station_code").size()
    assert len(found) > 60
    for row in found.to_dict("records"):
        assert row["缺小时数"] == 9 * 24 - there.get(row["站点编码"], 0)
        assert len(row["逐日"]) == 9


def test_data_capture_is_that_of_the_hours_themselves(reading):
    con, found = _one(reading, "air_data_capture", year="2026")
    last = con.execute("SELECT max(day) FROM air.station_day WHERE state <> 'partial'").fetchone()[0]
    for row in found.head(5).to_dict("records"):
        n = con.execute(
            "SELECT count(pm25_ugm3) FROM air.station_hour h WHERE station_code = ? AND hour_end <= ?::TIMESTAMP + INTERVAL 1 DAY"
            " AND hour_end > (SELECT min(day) FROM air.station_day) AND NOT EXISTS (SELECT 1 FROM air.quality_flag q"
            " WHERE q.station_code = h.station_code AND q.hour_end = h.hour_end AND q.pollutant = 'PM2.5' AND q.flag = 'bad')",
            [row["站点编码"], last],
        ).fetchone()[0]
        assert row["PM2.5有效率%"] == pytest.approx(100 * n / (row["天数"] * 24), abs=0.051)


def test_the_worst_station_hour_is_the_maximum(reading):
    con, found = _one(
        reading, "air_worst_station_hours", pollutant="PM10", first="2026-11-12", until="2026-11-20"
    )
    worst = con.execute(
        "SELECT max(pm10_ugm3) FROM air.station_hour h WHERE hour_end > '2026-11-12' AND hour_end <= '2026-11-21' AND NOT EXISTS"
        " (SELECT 1 FROM air.quality_flag q WHERE (q.station_code, q.hour_end)"
        " = (h.station_code, h.hour_end) AND q.pollutant = 'PM10' AND q.flag = 'bad')"
    ).fetchone()[0]
    assert found["PM10"].iloc[0] == worst and found["PM10"].is_monotonic_decreasing


def test_ratios_against_the_minimum_are_cut_by_total(reading):
    con, found = _one(reading, "emergency_list_ratio", city="西安", level="橙色")
    assert sorted(found["污染物"]) == ["NOx", "PM", "SO2", "VOCs"]
    total = dict(
        con.execute(
            "SELECT pollutant, total_kgd FROM emergency.source_total WHERE version_id LIKE 'L-610100-%' AND sector = 'total'"
        ).fetchall()
    )
    for row in found.to_dict("records"):
        ratio = float(row["可减_千克每天"]) / float(total[row["污染物"]]) * 100
        assert row["减排比例%"] == pytest.approx(ratio, abs=0.06)
        assert row["最低要求%"] == 20 and row["结论"].startswith("✔" if ratio >= 20 else "✖")


def test_other_standards_are_those_of_the_table_macro(reading):
    con, found = _one(reading, "air_other_standard", standard="2026_final", year="2026")
    good = dict(
        con.execute(
            "SELECT c.name_zh, count(*) FILTER (d.aqi <= 100) FROM air.city_day_under('2026_final') d JOIN ref.city c USING (city_code)"
            " WHERE year(d.day) = 2026 GROUP BY 1"
        ).fetchall()
    )
    assert dict(zip(found["城市"], found["优良天数_另一标准"], strict=True)) == good


def test_pandas_reads_the_database_and_the_parquet_files(home, reading):
    folder = home.build("internal").parent / "parquet"
    days = reading("internal").execute("SELECT * FROM air.city_day ORDER BY city_code, day").df()
    (file,) = [
        f for f in Path(folder).rglob("*.parquet") if "city_day" in str(f) and "forecast" not in str(f)
    ][:1]
    read = pd.read_parquet(file)
    assert {"city_code", "day", "pm25_ugm3", "aqi"} <= set(read.columns)
    assert set(read.city_code) <= set(days.city_code) and read.city_code.iloc[0].startswith(("14", "61"))
    assert pq.ParquetFile(file).metadata.num_rows == len(read)


def test_the_command_line_tool_of_duckdb_reads_and_cannot_write(home):
    tool = shutil.which("duckdb")
    if tool is None:
        pytest.skip("the command line tool of DuckDB is not installed (pip install duckdb-cli)")
    told = subprocess.run(
        [tool, "-readonly", "-csv", str(home.build("internal")), 'SELECT count(*) AS n FROM 中文."城市日报"'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(told.stdout.split()[1]) > 100
    refused = subprocess.run(
        [tool, "-readonly", str(home.build("internal")), "DELETE FROM ops.about"],
        capture_output=True,
        text=True,
    )
    assert refused.returncode != 0 and "read-only" in refused.stderr
