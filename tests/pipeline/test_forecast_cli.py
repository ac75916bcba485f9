"""``fenwei forecast`` with grids, scores and the baseline, as a user meets them."""

import importlib.util
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pipelines import steps
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.forecast.rebuild import rebuild_forecasts
from pipelines.home import open_home, remember
from warehouse.store import open_read_only

_FILES = Path(__file__).parents[1] / "unit" / "forecast_files.py"
_SPEC = importlib.util.spec_from_file_location("forecast_files", _FILES)
assert _SPEC is not None
assert _SPEC.loader is not None
files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(files)

AS_OF = ("--as-of", "2026-01-20T16:00")
NOW = datetime(2026, 1, 20, 16)


def fenwei(*words: str | Path) -> tuple[int, str, str]:
    """Exit code, output, and messages."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def city_days(con, first: date, n: int) -> None:
    """City days of two cities, as the refresh would have made them."""
    rng = np.random.default_rng(3)
    counts = ", ".join(
        f"5 AS n_stations{s}" for s in ("", "_expected", "_pm25", "_pm10", "_so2", "_no2", "_o3", "_co")
    )
    for code in ("610100", "610300"):
        for d in range(n):
            pm25 = float(60 + 40 * np.sin(d / 9) + rng.normal() * 8)
            con.execute(
                "INSERT INTO air.city_day BY NAME SELECT $c AS city_code, $d AS day, $p AS pm25_ugm3, $p * 1.6 AS pm10_ugm3,"
                " 10 AS so2_ugm3, 30 AS no2_ugm3, 90 AS o3_mda8_ugm3, 0.8 AS co_mgm3, 0 AS n_dust_hours,"
                f" iaqi('PM2.5_24h', $p, '2012') AS aqi, '2012' AS standard_set, 'complete' AS state, {counts}",
                {"c": code, "d": first + timedelta(days=d), "p": pm25},
            )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a grid that was taken in, one that was sent back, and 130 city days."""
    root = tmp_path_factory.mktemp("grids")
    remember(open_home(root / "home"), publish_site=False)
    fields = {"pm2p5": (np.full(121, 9e-8), "kg m**-3"), "so2": (np.full(121, 1.0), "furlong")}
    good = files.to_bytes(files.old_cams(fields, start=np.datetime64("2026-01-13T16:00", "ns")))
    (root / "cams.nc").write_bytes(good)
    (root / "cut.nc").write_bytes(good[: len(good) // 2])
    code, told, _ = fenwei(
        "forecast", "import", root / "cams.nc", root / "cut.nc", "--home", root / "home", *AS_OF, "--json"
    )
    (root / "told.json").write_text(told, encoding="utf-8")
    assert code == 1, "one of the two was sent back"
    context = steps.RunContext(open_home(root / "home"), NOW)
    with context.store().writing("test") as con:
        city_days(con, date(2025, 9, 12), 130)
        rebuild_forecasts(con, NOW)
    steps.publish_step(context)
    return root / "home"


def test_an_import_of_grids_says_what_was_left_out_and_why_one_was_sent_back(home: Path) -> None:
    told = json.loads((home.parent / "told.json").read_text(encoding="utf-8"))
    good, cut = told["files"]
    assert (good["status"], good["n_cities"]) == ("accepted", 15)
    assert {(f["rule"], f["item"], f["level"]) for f in good["findings"]} == {
        ("grid_issue_assumed", "", "warning"),
        ("grid_unit_unknown", "so2", "warning"),
    }
    assert cut["status"] == "rejected"
    assert [f["rule"] for f in cut["findings"]] == ["grid_unreadable"]
    assert (home / "landing" / "forecast" / "cams.nc").exists()
    assert not (home / "landing" / "forecast" / "cut.nc").exists()


def test_the_same_file_again_changes_nothing(home: Path) -> None:
    code, told, _ = fenwei(
        "forecast", "import", home.parent / "cams.nc", "--home", home, *AS_OF, "--json", "--check-only"
    )
    assert code == 0
    assert json.loads(told)["files"][0]["status"] == "unchanged"


def test_what_was_taken_in_is_published_in_days_and_hours(home: Path) -> None:
    con = open_read_only(home / "publish" / "fenwei.duckdb")
    found = con.execute(
        "SELECT model, count(*), min(round(pm25_ugm3, 6)), max(aqi) FROM forecast.city_day WHERE city_code = '610100'"
        " AND model NOT LIKE 'baseline%' GROUP BY 1"
    ).fetchall()
    # five days of a run from 00:00 of the 14th on, 90 µg/m³ → 119 under the standard of 2012
    assert found == [("cams", 5, 90.0, 119)]
    assert con.execute("SELECT count(*) FROM forecast.city_hour WHERE city_code = '610100'").fetchall() == [
        (120,)
    ]
    assert con.execute('SELECT count(*) FROM 中文."预报检验"').fetchall()[0][0] > 0
    con.close()


def scores(home: Path, *words: str) -> dict:
    code, told, _ = fenwei("forecast", "verify", "--home", home, *words, "--json")
    assert code == 0, told
    return json.loads(told)


def test_scores_by_model_and_lead(home: Path) -> None:
    found = scores(home, "--model", "cams", "--city", "西安", "--period", "2026-01")
    assert {s["lead_days"] for s in found["scores"]} == {0, 1, 2, 3, 4}
    assert {s["item"] for s in found["scores"]} == {"AQI", "PM2.5"}
    assert {s["n"] for s in found["scores"]} == {1}
    assert {e["threshold"] for e in found["events"]} == {150, 200}
    assert {e["said_by"] for e in found["events"]} == {"aqi", "persistence"}
    one = scores(
        home, "--model", "cams", "--city", "西安", "--period", "2026-01", "--lead", "2", "--item", "PM2.5"
    )
    assert [(s["lead_days"], s["item"]) for s in one["scores"]] == [(2, "PM2.5")]
    assert one["events"] == []


def test_scores_of_every_city_by_name(home: Path) -> None:
    found = scores(home, "--city", "each", "--model", "baseline_persistence", "--lead", "1")
    assert {s["city_zh"] for s in found["scores"]} == {"西安市", "宝鸡市"}
    code, text, _ = fenwei("forecast", "verify", "--home", home, "--city", "each", "--lead", "1")
    assert code == 0
    assert "西安市 Xi'an" in text


def test_scores_say_where_they_rest_on_too_little(home: Path) -> None:
    found = scores(home, "--model", "cams", "--city", "西安")
    assert {s["insufficient"] for s in (*found["scores"], *found["events"])} == {True}
    long = scores(home, "--model", "baseline_persistence", "--lead", "0", "--period", "2025")
    assert {(s["n"] >= 30, s["insufficient"]) for s in long["scores"]} == {(True, False)}
    code, text, _ = fenwei("forecast", "verify", "--home", home)
    assert code == 0
    assert "样本不足 too few" in text
    assert "30 pairs or 10 heavy days" in text
    for said in (
        "baseline_learned",
        "上限 upper end",
        "持续性 persistence",
        "AQI > 150",
        "AQI > 200",
        "CSI",
        "Brier",
    ):
        assert said in text


def test_chances_of_the_baseline_are_shown(home: Path) -> None:
    _, text, _ = fenwei("forecast", "baseline", "--home", home, "--day", "2026-01-10", "--city", "610100")
    assert "chance >150" in text
    _, told, _ = fenwei(
        "forecast", "baseline", "--home", home, "--day", "2026-01-10", "--city", "610100", "--json"
    )
    learned = [f for f in json.loads(told)["forecasts"] if f["model"] == "baseline_learned"]
    assert all(0 <= f["prob_above_200"] <= f["prob_above_150"] <= 1 for f in learned)
    others = [f for f in json.loads(told)["forecasts"] if f["model"] != "baseline_learned"]
    assert {f["prob_above_150"] for f in others} == {None}


@pytest.mark.parametrize(
    "words",
    [
        ("--model", "nobody"),
        ("--period", "january"),
        ("--item", "SO2"),
        ("--city", "Atlantis"),
        ("--lead", "-1"),
    ],
)
def test_a_wrong_question_is_told(home: Path, words: tuple[str, ...]) -> None:
    assert fenwei("forecast", "verify", "--home", home, *words)[0] == 2


def test_the_baseline_of_a_day_is_for_consultation_only_and_says_what_was_refused(home: Path) -> None:
    code, told, _ = fenwei(
        "forecast", "baseline", "--home", home, "--day", "2026-01-10", "--city", "610100", "--json"
    )
    assert code == 0
    document = json.loads(told)
    assert "会商参考" in document["use"]
    assert {f["model"] for f in document["forecasts"]} == {"baseline_persistence", "baseline_learned"}
    assert {f["issued_at"][:10] for f in document["forecasts"]} == {"2026-01-10"}
    assert [(r["model"], r["n_days_needed"]) for r in document["not_made"]] == [("baseline_climatology", 330)]
    code, text, _ = fenwei("forecast", "baseline", "--home", home, *AS_OF)
    assert code == 0
    assert "会商参考" in text
    assert "历史不足" in text
    assert fenwei("forecast", "baseline", "--home", home, "--day", "2020-01-01")[0] == 1
    assert fenwei("forecast", "baseline", "--home", home, "--day", "soon")[0] == 2


def test_no_level_is_drafted_from_a_grid_or_the_baseline(home: Path) -> None:
    code, told, _ = fenwei("warning", "draft", "--home", home, *AS_OF, "--json")
    assert code == 1
    assert json.loads(told) in ([], {"drafts": []}) or "610100" not in told
