"""Outlines of cities in a home: named in ``fenwei.toml``, used by every run, told with every row."""

import importlib.util
import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pipelines import steps
from pipelines.cli.main import app
from pipelines.due import due
from pipelines.home import open_home

_FILES = Path(__file__).parents[1] / "unit" / "forecast_files.py"
_SPEC = importlib.util.spec_from_file_location("forecast_files", _FILES)
assert _SPEC is not None
assert _SPEC.loader is not None
files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(files)

NOW = datetime(2026, 1, 20, 16)


def outline(west: float, east: float, code: str = "610100") -> dict:
    ring = [[west, 33], [east, 33], [east, 35], [west, 35], [west, 33]]
    return {
        "type": "Feature",
        "properties": {"adcode": int(code)},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def draw(home: Path, *features: dict) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (home / "cities.geojson").write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a grid in its landing folder, 40 µg/m³ at 108 °E 34 °N, 100 at 110 °E, nothing elsewhere."""
    root = tmp_path / "home"
    (root / "landing").mkdir(parents=True)
    dataset = files.old_cams(
        {"pm2p5": (np.zeros(49), "ug m-3")}, start=np.datetime64("2026-01-13T16:00", "ns")
    )
    dataset["pm2p5"].values[:, 2, 1], dataset["pm2p5"].values[:, 2, 2] = 40.0, 100.0
    (root / "landing" / "cams.nc").write_bytes(files.to_bytes(dataset))
    (root / "fenwei.toml").write_text('city_outlines = "cities.geojson"\n', encoding="utf-8")
    return root


def run(home: Path) -> list[tuple]:
    context = steps.RunContext(open_home(home), NOW)
    steps.land_step(context)
    with context.store().writing("test") as con:
        steps.rebuild_forecasts(con, NOW)
        return con.execute(
            "SELECT DISTINCT round(pm25_ugm3, 3), weighting, n_points FROM forecast.city_day"
            " WHERE city_code = '610100' AND model = 'cams'"
        ).fetchall()


def test_a_city_with_an_outline_is_read_as_a_whole_and_the_others_at_their_point(home: Path) -> None:
    draw(home, outline(107, 111))
    assert run(home) == [(70.0, "area", 2)]
    with steps.RunContext(open_home(home), NOW).store().writing("test") as con:
        kinds = con.execute(
            "SELECT weighting, count(DISTINCT city_code) FROM forecast.grid_day GROUP BY 1 ORDER BY 1"
        ).fetchall()
        hours = con.execute(
            "SELECT DISTINCT weighting FROM forecast.city_hour WHERE city_code = '610100'"
        ).fetchall()
    assert kinds == [("area", 1), ("city_point", 14)]
    assert hours == [("area",)]


def test_other_outlines_have_the_grids_read_again(home: Path) -> None:
    draw(home, outline(107, 111))
    run(home)
    context = steps.RunContext(open_home(home), NOW)
    steps.publish_step(context)
    draw(home, outline(107, 109))
    assert due(steps.RunContext(open_home(home), NOW)).anything
    assert run(home) == [(40.0, "area", 1)]
    (home / "fenwei.toml").write_text("", encoding="utf-8")
    assert [row[1] for row in run(home)] == ["city_point"]


def test_the_same_outlines_have_nothing_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(home, outline(107, 111))
    run(home)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("pipelines.landing.land.take_grid", fail)
    assert run(home) == [(70.0, "area", 2)]


def test_broken_outlines_send_the_grid_back_until_they_are_mended(home: Path) -> None:
    (home / "cities.geojson").write_text("{", encoding="utf-8")
    assert run(home) == []
    with steps.RunContext(open_home(home), NOW).store().writing("test") as con:
        account = con.execute("SELECT status, reason_code, reason_zh FROM ops.source_file").fetchall()
    assert account[0][:2] == ("rejected", "outlines_unusable")
    assert "cities.geojson" in account[0][2]
    draw(home, outline(107, 111))
    assert run(home) == [(70.0, "area", 2)]


def test_an_import_says_how_cities_are_read_and_which_are_not_covered(home: Path, tmp_path: Path) -> None:
    draw(home, outline(107, 111), outline(90, 95, "610300"))
    grid = tmp_path / "other.nc"
    grid.write_bytes((home / "landing" / "cams.nc").read_bytes())
    words = [
        "forecast",
        "import",
        str(grid),
        "--home",
        str(home),
        "--as-of",
        "2026-01-20T16:00",
        "--check-only",
    ]
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["files"][0]
    assert told["weighting"] == {"area": 1, "city_point": 13}
    assert ("grid_city_uncovered", "610300") in {(f["rule"], f["item"]) for f in told["findings"]}
    shown = CliRunner().invoke(app, words).stdout
    assert "按边界面积加权 by area 1" in shown
    assert "未核实" in shown
