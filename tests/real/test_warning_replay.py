"""January 2019 replayed: measured hours as a perfect forecast, level and dates by city.

Two cities were worked out by hand from the daily means; the other figures hold what was found then.
"""

import os
import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines import steps
from pipelines.emergency.proposal.blocks import DayForecast, HourSeries, of_days
from pipelines.emergency.proposal.draft import draft
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.places import members
from pipelines.emergency.proposal.shipped import profile
from pipelines.home import Home, Settings

_ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", _ROOT.parent / "shared" / "data"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.exists(), reason=f"measured data not here: {DATA}"),
]
ISSUED = datetime(2018, 12, 31, 16)
HOURS = (
    "SELECT pm25_ugm3, pm10_ugm3 FROM generate_series(TIMESTAMP '2019-01-01 01:00', TIMESTAMP '2019-01-16 00:00',"
    " INTERVAL 1 HOUR) t(h) LEFT JOIN air.city_hour c ON c.hour_end = t.h AND c.city_code = ?"
    " AND c.n_stations * 2 >= c.n_stations_expected ORDER BY t.h"
)
# Level with episodes merged, strict, by natural days; first and last hour of the gravest episode (day hour of January).
EXPECTED = {
    "140100": ("太原市", "red", "red", "red", "02 00", "13 00"),
    "140300": ("阳泉市", "orange", "orange", "orange", "03 00", "13 00"),
    "140400": ("长治市", "red", "red", "red", "04 00", "13 00"),
    "140500": ("晋城市", "orange", "orange", "orange", "03 00", "13 00"),
    "140700": ("晋中市", "orange", "orange", "orange", "03 00", "13 00"),
    "140800": ("运城市", "red", "red", "red", "01 00", "15 00"),
    "141000": ("临汾市", "red", "red", "red", "01 00", "15 00"),
    "141100": ("吕梁市", "orange", "orange", "orange", "03 00", "08 00"),
    "410300": ("洛阳市", "red", "red", "orange", "01 07", "15 07"),
    "411200": ("三门峡市", "red", "red", "red", "02 00", "15 00"),
    "610100": ("西安市", "red", "red", "red", "01 00", "15 00"),
    "610200": ("铜川市", "red", "orange", "orange", "01 11", "14 11"),
    "610300": ("宝鸡市", "red", "red", "red", "01 00", "14 00"),
    "610400": ("咸阳市", "red", "red", "red", "01 00", "15 00"),
    "610500": ("渭南市", "red", "red", "red", "01 00", "15 00"),
}
# Means of PM2.5 of the city's hours by natural day, read off the measured hours; IAQI of each from HJ 633-2012 by hand.
BY_HAND = {
    "141100": {
        "pm25": [97, 110, 143, 119, 151, 211, 127, 56, 99, 115, 127, 98, 76, 60, 14],
        "iaqi": [128, 144, 190, 156, 201, 261, 168, 77, 130, 150, 168, 129, 102, 82, 20],
    },
    "610100": {
        "pm25": [164, 227, 286, 246, 212, 296, 187, 100, 143, 152, 185, 215, 237, 225, 34],
        "iaqi": [214, 277, 336, 296, 262, 346, 237, 132, 190, 202, 235, 265, 287, 275, 49],
    },
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """A published home of the first sixteen days of 2019, opened for reading."""
    root = tmp_path_factory.mktemp("replay")
    landing = root / "landing"
    landing.mkdir()
    for n in range(1, 17):
        shutil.copy(DATA / "fenwei_2019" / f"china_sites_201901{n:02}.csv", landing)
    home = Home(
        root,
        Settings(
            landing=str(landing),
            stations=str(DATA / "stations" / "stations_2022-02-13_gbk.csv"),
            publish_parquet=False,
            publish_site=False,
        ),
    )
    run = steps.RunContext(home, datetime(2019, 1, 17))
    steps.land_step(run)
    steps.refresh_step(run, None, force=False)
    steps.city_day_step(run)
    steps.judge_step(run)
    steps.publish_step(run)
    con = duckdb.connect(str(home.published), read_only=True)
    yield con
    con.close()


def of_hours(con, code):
    rows = con.execute(HOURS, [code]).fetchall()
    series = HourSeries(datetime(2019, 1, 1, 1), [r[0] for r in rows], [r[1] for r in rows])
    return CityForecast(code, ISSUED, hours=series, model="observed")


def replay(con, name):
    """Level merged and strict, natural-day level, start and end of each city of the plain, and its name."""
    rule = profile(name)
    found = {}
    for code in sorted({*members("fenwei_2018"), *members("fenwei_2023")}):
        d = draft(of_hours(con, code), rule, (), ISSUED)
        found[code] = (d["city_name"], d["level"], d["level_strict"], d["natural_day_level"],
                       d["start"] and f"{d['start']:%d %H}", d["end"] and f"{d['end']:%d %H}")  # fmt: skip
    return found


def test_levels_and_dates_under_the_rule_of_2024(measured):
    assert replay(measured, "national-2024") == EXPECTED


@pytest.mark.parametrize("code", sorted(BY_HAND))
def test_two_cities_by_hand(measured, code):
    found = of_hours(measured, code).cuts()[0]
    assert [round(b.given.pm25_high) for b in found] == BY_HAND[code]["pm25"]
    assert [b.high for b in found] == BY_HAND[code]["iaqi"]


def test_what_the_hands_made_of_them():
    luliang, xian = (judge(BY_HAND[c]["iaqi"], profile("national-2024")) for c in ("141100", "610100"))
    # 吕梁: above 150 on the 3rd to 7th (120 h), above 200 on the 5th and 6th only (48 h): orange, not red.
    assert (luliang.level, luliang.spans) == ("orange", ((2, 7), (4, 6)))
    # 西安: above 200 on the 1st to 7th with 336 and 346 inside: red; the 8th (132, 24 h) joins the days after it.
    assert (xian.level, xian.spans) == ("red", ((0, 7),))
    joined = judge(BY_HAND["610100"]["iaqi"], profile("national-2024"), merged=True)
    assert joined.level == "red"
    former = [judge(BY_HAND[c]["iaqi"], profile("national-2019")).level for c in ("141100", "610100")]
    assert former == ["yellow", "orange"], "336 and 346 are not on consecutive days"


def test_a_bulletin_of_the_measured_days_gives_the_natural_day_level(measured):
    rule = profile("national-2024")
    for code in BY_HAND:
        days = [
            DayForecast(date(2019, 1, n), i, i, ("PM2.5",))
            for n, i in enumerate(BY_HAND[code]["iaqi"], start=1)
        ]
        found = draft(CityForecast(code, ISSUED, tuple(days)), rule, (), ISSUED)
        assert (found["level"], found["natural_day_level"]) == (EXPECTED[code][3], EXPECTED[code][3])
        assert [b.high for b in of_days(days)] == BY_HAND[code]["iaqi"]


def test_former_rules_are_milder(measured):
    levels = {
        name: [row[1] for row in replay(measured, name).values()]
        for name in ("national-2019", "national-2017")
    }
    assert levels["national-2019"].count("red") == 9 and levels["national-2017"].count("red") == 9
    assert levels["national-2019"].count("orange") == 5 and levels["national-2017"].count("orange") == 2
