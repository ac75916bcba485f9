"""The data view: coverage, files, checks, runs, the dictionary and recipes of the build it is made from."""

from pathlib import Path
from typing import Any

import pytest
import site_coal
import site_worlds as worlds
from test_site_build import build, data_of
from test_site_coal import chart_of, column

from dashboards.site.views.data_coverage import MOST
from warehouse.recipes import all_recipes


@pytest.fixture
def world(tmp_path: Path) -> tuple[Path, Any]:
    """A file with what came in, and the connection that fills it."""
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    site_coal.fill_intake(con)
    return path, con


def made(world: tuple[Path, Any], tmp_path: Path) -> dict[str, Any]:
    worlds.close(world[1])
    build(world[0], tmp_path / "site")
    return data_of(tmp_path / "site")


def test_coverage_of_stations_and_those_without_data(world: tuple[Path, Any], tmp_path: Path) -> None:
    part = made(world, tmp_path)["data/all/2026"]
    coverage = chart_of(part, "coverage")
    assert column(coverage, "station_code") == ["9001A", "9002A"]
    assert column(coverage, "n_days") == [9, 0] and column(coverage, "month_3") == [92, None]
    cells = coverage["shown"][0]["figure"]["data"][0]["z"]
    assert [len(row) for row in cells] == [365, 365]
    assert cells[0][58:68] == [None] + [92] * 9 and not any(cells[1])
    assert column(chart_of(part, "without"), "station_code") == ["9002A"]


def test_cells_are_painted_as_one_picture_and_hovering_names_station_and_day(
    world: tuple[Path, Any], tmp_path: Path
) -> None:
    figure = chart_of(made(world, tmp_path)["data/all/2026"], "coverage")["shown"][0]["figure"]
    trace, rows = figure["data"][0], figure["layout"]["yaxis"]
    assert "xgap" not in trace and "ygap" not in trace  # a gap has every cell painted for itself
    assert trace["x0"] == "2026-01-01" and trace["dx"] == 86_400_000 and "%{y}" in trace["hovertemplate"]
    assert trace["y"] == rows["categoryarray"] == ["示例 9001A", "示例 9002A"]
    assert rows["automargin"] is False and rows["ticklabeloverflow"] == "allow"


def test_stations_whose_names_are_cut_alike_keep_rows_of_their_own(
    world: tuple[Path, Any], tmp_path: Path
) -> None:
    world[1].execute(
        "UPDATE ref.station SET station_code = '12345678' || station_code, name_zh = '同名' WHERE station_code LIKE '900%'"
    )
    world[1].execute("UPDATE air.station_day SET station_code = '12345678' || station_code")
    trace = chart_of(made(world, tmp_path)["data/all/2026"], "coverage")["shown"][0]["figure"]["data"][0]
    assert len(set(trace["y"])) == len(trace["z"]) == 2


def test_many_stations_are_shown_by_province(world: tuple[Path, Any], tmp_path: Path) -> None:
    worlds.insert(
        world[1],
        "ref.station",
        [
            {"station_code": f"{n}B", "name_zh": "x", "city_code": "140100" if n else None, "is_control": False, "counts": True}
            for n in range(MOST)
        ],
    )  # fmt: skip
    data = made(world, tmp_path)
    assert {
        "data/140000/2026",
        "data/610000/2026",
        "data/none/2026",
    } <= data.keys() and "data/all/2026" not in data


def test_files_and_where_a_home_lies_is_not_told(world: tuple[Path, Any], tmp_path: Path) -> None:
    part = made(world, tmp_path)["data/files"]
    files = chart_of(part, "files")
    assert column(files, "status") == ["held", "rejected", "partial", "loaded"]
    assert column(files, "file")[0] == "a/示例1.csv"
    assert [r and r["zh"] for r in column(files, "reason")] == ["示例", "x（详情不在本版）", "示例", None]
    kinds = chart_of(part, "kinds")
    assert column(files, "late_days") == [8, 8, 8, 8]
    assert column(kinds, "n_late") == [2, 1, 1] and column(kinds, "behind") == [9, 9, 9]
    assert column(chart_of(part, "hours"), "n_hours")[-1] == 22
    assert [f["value"] for f in part["facts"]] == ["4", "1", "1"]


def test_checks_say_what_follows_and_what_is_withheld(world: tuple[Path, Any], tmp_path: Path) -> None:
    checks = chart_of(made(world, tmp_path)["data/checks"], "checks")
    assert column(checks, "outcome") == ["block", "flag", "passed"]
    assert [d and d["zh"] for d in column(checks, "detail")] == ["示例", "详情不在本版", None]
    told = column(checks, "told")[1]
    assert told["zh"] != told["en"] and "coal_use_no_jump" not in told.values()


def test_runs(world: tuple[Path, Any], tmp_path: Path) -> None:
    runs = chart_of(made(world, tmp_path)["data/runs"], "runs")
    assert column(runs, "minutes") == [3.0] and column(runs, "started_at") == ["2026-03-10 08:00"]


def test_the_dictionary_holds_every_table_and_column(world: tuple[Path, Any], tmp_path: Path) -> None:
    wanted = dict(
        world[1]
        .execute(
            "SELECT schema_name || '.' || table_name, count(*) FROM duckdb_columns() WHERE database_name = current_database()"
            " AND NOT internal AND schema_name IN ('ref', 'ops', 'air', 'forecast', 'emergency', 'coal') GROUP BY ALL"
        )
        .fetchall()
    )
    tables = made(world, tmp_path)["data/dictionary"]["tables"]
    assert {t[0]: len(t[5]) for t in tables} == wanted
    pm25 = next(c for t in tables if t[0] == "air.city_day" for c in t[5] if c[0] == "pm25_ugm3")
    assert pm25[1] == "DOUBLE" and pm25[4] == "µg/m³" and pm25[5] == "public"


@pytest.mark.parametrize(
    ("word", "classes"),
    [("公开", {"public"}), ("内部", {"public", "internal"}), (None, {"public", "internal", "restricted"})],
)
def test_recipes_are_those_the_build_can_answer(
    world: tuple[Path, Any], tmp_path: Path, word: str | None, classes: set[str]
) -> None:
    if word:
        world[1].execute("INSERT OR REPLACE INTO ops.about (key, value) VALUES ('class', ?)", [word])
    made(world, tmp_path)
    html = (tmp_path / "site/data.html").read_text(encoding="utf-8")
    for recipe in all_recipes():
        assert (f'id="recipe-{recipe.name}"' in html) == (recipe.klass in classes)
        if recipe.klass in classes:
            assert recipe.zh in html or "&" in recipe.zh


def test_a_build_without_operation_tables_has_the_rest(world: tuple[Path, Any], tmp_path: Path) -> None:
    for table in ("source_file", "hour_source", "check_result", "run"):
        world[1].execute(f"DROP TABLE ops.{table}")
    data = made(world, tmp_path)
    html = (tmp_path / "site/data.html").read_text(encoding="utf-8")
    assert "data/all/2026" in data and "data/dictionary" in data
    assert 'id="checks"' not in html and 'id="coverage"' in html
