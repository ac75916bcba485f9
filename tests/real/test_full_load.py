"""The measured year through the real steps: every numeric 1 h value is kept or accounted for."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines import steps
from pipelines.defs import air
from pipelines.home import Home, Settings

_ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", _ROOT.parent / "shared" / "data"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.exists(), reason=f"measured data not here: {DATA}"),
]

COLUMNS = {
    "PM2.5": "pm25_ugm3",
    "PM10": "pm10_ugm3",
    "SO2": "so2_ugm3",
    "NO2": "no2_ugm3",
    "O3": "o3_ugm3",
    "CO": "co_mgm3",
}


def take_in(root: Path, landing: Path, as_of: datetime) -> Home:
    """All steps of a run on a folder of measured files."""
    home = Home(
        root,
        Settings(
            landing=str(landing),
            stations=str(DATA / "stations" / "stations_2022-02-13_gbk.csv"),
            publish_parquet=False,
            publish_site=False,
        ),
    )
    run = steps.RunContext(home, as_of)
    steps.land_step(run)
    steps.refresh_step(run, None, force=False)
    steps.city_day_step(run)
    steps.judge_step(run)
    steps.check_step(run, frozenset((*air.LANDED, *air.HOURS, *air.CITY_DAYS, *air.JUDGED)))
    steps.publish_step(run)
    return home


def count_by_hand(folder: Path) -> dict[str, tuple[int, float]]:
    """Numeric cells and their sum by type, by nothing but splitting at commas."""
    totals = {name: [0, 0.0] for name in COLUMNS}
    for path in sorted(folder.glob("*.csv")):
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
            cells = line.split(",")
            if len(cells) > 3 and cells[2] in totals:
                numbers = [float(c) for c in cells[3:] if c.strip()]
                totals[cells[2]][0] += len(numbers)
                totals[cells[2]][1] += sum(numbers)
    return {name: (n, total) for name, (n, total) in totals.items()}


def whole_days(folder: Path) -> set[date]:
    """Days of which all 24 hours stand in some file; hour 0 belongs to the day before."""
    hours: dict[date, set[int]] = {}
    for path in folder.glob("*.csv"):
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
            day, hour, kind = line.split(",", 3)[:3]
            if kind in COLUMNS:
                label = datetime.strptime(day, "%Y%m%d").date()
                natural = label - timedelta(days=1) if hour == "0" else label
                hours.setdefault(natural, set()).add(int(hour))
    return {day for day, found in hours.items() if len(found) == 24}


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    home = take_in(tmp_path_factory.mktemp("home"), DATA / "fenwei_2019", datetime(2020, 1, 2, 8, 0))
    with duckdb.connect(str(home.published), read_only=True) as con:
        yield con


def test_every_numeric_value_is_kept(year):
    rejected = year.execute("SELECT count(*) FROM ops.rejected_value").fetchone()[0]
    assert rejected == 0
    for name, (n, total) in count_by_hand(DATA / "fenwei_2019").items():
        column = COLUMNS[name]
        found = year.execute(
            f"SELECT count({column}), sum({column}::DECIMAL(18, 1)) FROM air.station_hour"
        ).fetchone()
        assert found[0] == n, name
        assert float(found[1]) == pytest.approx(total), name


def test_no_blocking_check_fails(year):
    failed = year.execute(
        "SELECT check_name FROM ops.check_result WHERE consequence = 'block' AND NOT passed"
    ).fetchall()
    assert failed == []


def test_the_year_of_the_eleven_cities_is_evaluated(year):
    rows = dict(
        year.execute(
            "SELECT pollutant || ' ' || statistic, value_printed FROM air.evaluation"
            " WHERE area_code = 'fenwei_2018' AND period = '2019' AND standard_set = '2012' AND basis = 'before_dust'"
        ).fetchall()
    )
    assert 50 <= rows["PM2.5 mean"] <= 62
    assert set(rows) >= {"PM10 mean", "PM10 p95", "SO2 mean", "NO2 p98", "CO p95", "O3 p90"}
    n = year.execute(
        "SELECT count(DISTINCT area_code) FROM air.evaluation WHERE area_kind = 'city' AND period = '2019'"
    ).fetchone()[0]
    assert n == 15


def test_days_that_lack_hours_are_closed_and_the_rest_complete(year):
    states = dict(
        year.execute("SELECT state, count(DISTINCT day) FROM air.station_day GROUP BY state").fetchall()
    )
    assert states["complete"] == len(whole_days(DATA / "fenwei_2019"))
    assert set(states) <= {"complete", "closed", "partial"}
    missing = date(2019, 2, 20)
    assert year.execute("SELECT DISTINCT state FROM air.station_day WHERE day = ?", [missing]).fetchall() in (
        [],
        [("closed",)],
    )


def test_a_truncated_download_counts_as_far_as_it_goes(tmp_path):
    home = take_in(tmp_path, DATA / "damaged", datetime(2019, 2, 21, 8, 0))
    with duckdb.connect(str(home.published), read_only=True) as con:
        status, n_hours = con.execute(
            "SELECT status, n_hours FROM ops.source_file WHERE kind = 'station_hours'"
        ).fetchone()
        assert (status, n_hours) == ("partial", 7)
        line, code = con.execute("SELECT line, reason_code FROM ops.rejected_value").fetchone()
        assert (line, code) == (107, "truncated_line")
        assert con.execute("SELECT count(DISTINCT hour_end) FROM air.station_hour").fetchone()[0] == 7
