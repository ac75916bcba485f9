"""The page is built from whatever there is, and what it is built from cannot harm it."""

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
import site_worlds as worlds
from site_read import data_of, of_map

from dashboards.site.colours import PALETTES, THEMES, resolve, template
from dashboards.site.read import read
from pipelines.air.evaluation import rebuild_periods
from pipelines.air.periods import parse
from pipelines.site.build import build_site
from warehouse.store import open_read_only


def build(path: Path, folder: Path, **options: Any):
    return build_site(path, folder, worlds.AS_OF, **options)


def figures_of(folder: Path) -> list[dict[str, Any]]:
    return [
        figure
        for payload in data_of(folder).values()
        for chart in payload["charts"]
        for shown in chart["shown"]
        for figure in (shown["figure"], shown["phone"])
        if figure
    ]


@pytest.fixture
def database(tmp_path: Path):
    """A new file and the connection that fills it."""
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    yield path, con


def test_nothing_at_all(database, tmp_path):
    path, con = database
    worlds.close(con)
    summary = build(path, tmp_path / "site")
    assert summary.views == ("city", "coal", "data", "index", "region")
    # Coal targets of public documents come with the facts.
    assert summary.n_charts == 1
    assert "还没有小时数据" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_one_day(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 9), 1)
    worlds.judge(con)
    worlds.close(con)
    build(path, tmp_path / "site")
    data = data_of(tmp_path / "site")
    year = data["city/610100/2026"]
    calendar = next(c for c in year["charts"] if c["name"] == "calendar")
    assert [row[:2] for row in calendar["shown"][0]["rows"]] == [["2026-03-09", 68]]
    assert "region/fenwei_2023/2026-03" in data


def test_changes_are_those_of_printed_values_rounded_as_the_standard_says(database):
    """From 40.0 to 40.1 is 0.25 %, which GB/T 8170 makes 0.2."""
    _, con = database
    worlds.add_days(con, date(2025, 3, 1), 9, value=40.0)
    worlds.add_days(con, date(2026, 3, 1), 9, value=40.1)
    rebuild_periods(con, [parse("2025-03"), parse("2026-03")])
    con.execute("UPDATE air.evaluation SET value_printed = 40.1 WHERE period = '2026-03'")
    for query, parameters in (("city_to_date", {"today": date(2026, 3, 10)}), ("city_months", {})):
        rows = read(con, query, **parameters)
        row = rows[(rows["city_code"] == "610100") & (rows["year"] == 2026)].iloc[0]
        assert (row["pm25"], row["pm25_before"], row["change_pct"]) == (40.1, 40.0, 0.2), query
    worlds.close(con)


def test_days_without_any_value(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 5, value=None)
    worlds.judge(con)
    worlds.close(con)
    assert build(path, tmp_path / "site").n_charts == 1


def test_cities_that_are_missing_are_shown_as_missing(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.close(con)
    build(path, tmp_path / "site")
    found = of_map(data_of(tmp_path / "site"), "aqi")
    assert len(found) == 13 and found.count(None) == 10


def test_hostile_names_stay_text(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.judge(con)
    worlds.make_hostile(con)
    worlds.close(con)
    folder = tmp_path / "site"
    build(path, folder)
    for file in [*folder.glob("*.html"), *(folder / "data").rglob("*.js")]:
        text = file.read_text(encoding="utf-8")
        assert "<img" not in text and "\u2028" not in text and "\u202e" not in text
        assert text.count("</script>") == (3 if file.suffix == ".html" else 0)
        assert "长" * 61 not in text or file.suffix == ".js"
    assert not list(tmp_path.rglob("x.js")) and not (tmp_path.parent / "x").exists()
    keys = data_of(folder)
    assert any(re.fullmatch(r"city/x[0-9a-f]{12}/2026", key) for key in keys)
    for figure in figures_of(folder):
        assert "<img" not in json.dumps(figure) and "onerror=alert(1)>" not in json.dumps(figure)


def test_every_figure_is_one_that_plotly_takes(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.judge(con)
    worlds.close(con)
    build(path, tmp_path / "site")
    figures = figures_of(tmp_path / "site")
    assert len(figures) > 50
    looks = [(lang, palette, theme) for lang in ("zh", "en") for palette in PALETTES for theme in THEMES]
    for n, figure in enumerate(figures):
        go.Figure(resolve(figure, *looks[n % len(looks)]))
    go.Figure(layout=resolve(template())["layout"])


def test_the_same_data_give_the_same_bytes_and_nothing_is_written_twice(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.judge(con)
    worlds.close(con)
    first, second = tmp_path / "a", tmp_path / "b"
    assert build(path, first).n_written == build(path, second, previous=first).n_files
    files = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    assert all((first / f).read_bytes() == (second / f).read_bytes() for f in files)
    assert (first / "index.html").samefile(second / "index.html")
    again = build(path, first)
    assert (again.n_written, again.n_removed) == (0, 0)


def test_files_of_an_earlier_page_go_and_others_stay(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 9), 1)
    worlds.close(con)
    folder = tmp_path / "site"
    for name in ("data/city/999999/2020.js", "old.html", "note.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    assert build(path, folder).n_removed == 2
    assert (folder / "note.txt").exists()


def test_a_build_of_a_lower_class_lacks_what_it_may_not_show(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.insert(con, "emergency.warning", [worlds.warning()])
    worlds.close(con)
    build(path, tmp_path / "internal")
    con = worlds.connect(path)
    for schema in ("emergency", "forecast", "coal"):
        con.execute(f"DROP SCHEMA {schema} CASCADE")
    worlds.close(con)
    summary = build(path, tmp_path / "public")
    assert summary.views == ("city", "data", "index", "region")
    badges = [of_map(data_of(tmp_path / f), "warning") for f in ("internal", "public")]
    assert [found.count("orange") for found in badges] == [1, 0]


@pytest.mark.parametrize("simulated", [False, True])
def test_every_view_tells_simulated_from_measured(database, tmp_path, simulated):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    con.execute("DELETE FROM ops.about WHERE key = 'simulated'")
    con.execute("INSERT INTO ops.about VALUES ('simulated', ?)", ["true" if simulated else "false"])
    worlds.close(con)
    build(path, tmp_path / "site")
    pages = sorted((tmp_path / "site").glob("*.html"))
    assert len(pages) > 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for mark in ("【模拟数据】", "【Simulated】"):
            # In the title, the heading, the band on top and what pictures are signed with; else nowhere.
            assert (text.count(mark) >= 3) if simulated else (mark not in text), page.name


def test_outlines_take_the_place_of_hexagons(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    members = "SELECT area_code FROM ref.region_city WHERE region_id = 'fenwei_2023' AND role = 'city'"
    codes = [row[0] for row in con.execute(members).fetchall()]
    worlds.close(con)
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": int(code)},
            "geometry": {"type": "Polygon", "coordinates": [[[n, 34], [n + 1, 34], [n + 1, 35], [n, 34]]]},
        }
        for n, code in enumerate(codes, start=105)
    ]
    given = tmp_path / "cities.geojson"
    given.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    build(path, tmp_path / "site", outlines=given)
    chart = data_of(tmp_path / "site")["now"]["charts"][0]
    assert "由使用单位提供" in chart["caption"]["zh"]
    assert min(min(t["x"]) for t in chart["shown"][0]["figure"]["data"]) == 105


def test_the_database_is_left_alone(database, tmp_path):
    path, con = database
    worlds.close(con)
    before = path.read_bytes()
    build(path, tmp_path / "site")
    assert path.read_bytes() == before
    with closing(open_read_only(path)) as reader:
        assert reader.execute("SELECT count(*) FROM air.city_day").fetchall() == [(0,)]
