from datetime import date

import pytest

from pipelines.air.episodes import rebuild_episodes

XIAN = "610100"


def episodes(warehouse, kind="city"):
    rebuild_episodes(warehouse.con)
    return warehouse.rows(
        "SELECT * FROM air.episode WHERE area_kind = $kind ORDER BY episode_id", {"kind": kind}
    )


def spans(rows):
    return [(r["area_code"], r["day_first"].day, r["day_last"].day, r["n_heavy_days"]) for r in rows]


@pytest.mark.parametrize(
    ("aqi", "expected"),
    [
        ([150, 201, 250, 150, 150], [(2, 3, 2)]),
        ([150, 201, 150, 150, 150], []),
        ([201, 200, 201, 150, 150], []),
        ([201, 250, 120, 210, 150], [(1, 4, 3)]),
        ([201, 250, None, 210, 150], [(1, 4, 3)]),
        ([201, 250, 120, 110, 210, 220], [(1, 2, 2), (5, 6, 2)]),
        ([200, 200, 200, 200, 200], []),
        ([501, None, None, 300, 301], [(4, 5, 2)]),
    ],
)
def test_runs_above_200_with_gaps_of_one_day_bridged(warehouse, aqi, expected):
    warehouse.fill(XIAN, "2019-01-01", f"2019-01-{len(aqi):02d}", aqi=aqi)
    assert spans(episodes(warehouse)) == [(XIAN, *span) for span in expected]


def test_a_day_without_a_row_is_a_gap(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-01-02", aqi=250)
    warehouse.fill(XIAN, "2019-01-04", "2019-01-05", aqi=250)
    warehouse.fill(XIAN, "2019-01-08", "2019-01-09", aqi=250)
    assert spans(episodes(warehouse)) == [(XIAN, 1, 5, 4), (XIAN, 8, 9, 2)]


def test_what_an_episode_tells(warehouse):
    warehouse.fill(
        XIAN,
        "2019-01-01",
        "2019-01-06",
        aqi=[100, 201, 300, 150, 300, 90],
        pm25_ugm3=[70.0, 150.0, 250.0, None, 200.0, 60.0],
        primary_pollutants=["PM2.5", "PM2.5", "PM2.5,PM10", "O3", "PM10,NO2,PM2.5", "O3"],
    )
    [row] = episodes(warehouse)
    assert row["episode_id"] == "city-610100-2019-01-02"
    assert (row["n_days"], row["n_heavy_days"], row["max_aqi"]) == (4, 3, 300)
    assert row["max_aqi_day"] == date(2019, 1, 3), "the first of equal days"
    assert row["mean_pm25_ugm3"] == 200
    assert row["primary_pollutants"] == "PM2.5,PM10,NO2"
    assert row["cities"] == XIAN and row["ongoing"] is False


def test_ongoing_until_the_last_day_of_data(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-01-03", aqi=[100, 250, 250])
    assert [r["ongoing"] for r in episodes(warehouse)] == [True]
    warehouse.fill("110000", "2019-01-04", "2019-01-04")
    assert [r["ongoing"] for r in episodes(warehouse)] == [False]


def test_a_region_needs_three_cities_on_two_days(warehouse):
    for n, code in enumerate(("610100", "610200", "610300", "610400")):
        aqi = [250 if n < k else 80 for k in (2, 3, 4, 2, 3, 0)]
        warehouse.fill(code, "2019-01-01", "2019-01-06", aqi=aqi, pm25_ugm3=100.0 + n)
    rows = [r for r in episodes(warehouse, "region") if r["area_code"] == "fenwei_2018"]
    assert spans(rows) == [("fenwei_2018", 2, 5, 3 + 4 + 2 + 3)]
    assert rows[0]["cities"] == "610100,610200,610300,610400"
    assert rows[0]["mean_pm25_ugm3"] == 101.5 and rows[0]["n_days"] == 4


def test_a_region_is_judged_by_the_list_of_the_day(warehouse):
    """Luoyang and Sanmenxia leave on 2023-11-30, so that only two member cities remain polluted."""
    for code in ("410300", "411200", "610100", "610200"):
        warehouse.fill(code, "2023-11-28", "2023-12-01", aqi=250)
    rows = episodes(warehouse, "region")
    assert {(r["area_code"], r["day_first"].day, r["day_last"].day) for r in rows} == {
        ("fenwei_2018", 28, 29)
    }


def test_rebuilding_replaces_everything(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-01-03", aqi=250)
    assert len(episodes(warehouse)) == 1
    warehouse.con.execute("UPDATE air.city_day SET aqi = 100")
    assert episodes(warehouse) == []
