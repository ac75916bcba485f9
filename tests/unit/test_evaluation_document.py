import json

import duckdb
import pytest

from pipelines.air.evaluation import NothingToEvaluateError, evaluate
from pipelines.air.regions import UnknownAreaError
from warehouse.store import open_read_only, prepare

XIAN = "610100"


def item(document, pollutant, statistic):
    return next(i for i in document["items"] if (i["pollutant"], i["statistic"]) == (pollutant, statistic))


def codes(document):
    return {note["code"] for note in document["notes"]}


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [(70, 79, -11.4), (46, 55, -16.4), (70, 81, -13.6), (16, 19, -15.8), (31, 37, -16.2)],
)
def test_changes_are_computed_from_printed_values(warehouse, now, before, change):
    warehouse.fill(XIAN, "2018-06-01", "2018-06-30", pm25_ugm3=before + 0.4)
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=now - 0.4)
    found = item(warehouse.evaluate("city", XIAN, "2019年6月"), "PM2.5", "mean")
    assert (found["value_printed"], found["before"], found["change_pct"]) == (now, before, change)


@pytest.mark.parametrize(("column", "item_name", "now", "before", "change"), [
    ("co_mgm3", ("CO", "p95"), 0.7, 0.8, -12.5),
    ("o3_mda8_ugm3", ("O3", "p90"), 139, 137, 1.5),
])  # fmt: skip
def test_changes_of_percentiles(warehouse, column, item_name, now, before, change):
    warehouse.fill(XIAN, "2020-07-01", "2020-07-31", **{column: before})
    warehouse.fill(XIAN, "2021-07-01", "2021-07-31", **{column: now})
    assert item(warehouse.evaluate("city", XIAN, "2021-07"), *item_name)["change_pct"] == change


def test_no_change_is_given_where_a_side_is_insufficient(warehouse):
    warehouse.fill(XIAN, "2018-06-01", "2018-06-20")
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30")
    found = item(warehouse.evaluate("city", XIAN, "2019-06"), "PM2.5", "mean")
    assert (found["before"], found["before_sufficient"], found["change_pct"]) == (20, False, None)


def test_an_unfinished_period_has_both_comparisons(warehouse):
    warehouse.fill(XIAN, "2018-01-01", "2018-03-31", pm25_ugm3=40.0)
    warehouse.fill(XIAN, "2018-04-01", "2018-12-31", pm25_ugm3=20.0)
    warehouse.fill(XIAN, "2019-01-01", "2019-03-31", pm25_ugm3=30.0)
    document = warehouse.evaluate("city", XIAN, "2019")
    found = item(document, "PM2.5", "mean")
    assert (found["before"], found["change_pct"]) == (40, -25.0)
    assert (found["before_whole"], found["change_whole_pct"]) == (25, 20.0)
    assert document["period"]["finished"] is False and document["period"]["n_days"] == 90
    assert {"unfinished", "reference_state"} <= codes(document)


def test_a_leap_day_compares_with_28_february(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-03-31", pm25_ugm3=lambda d: 40.0 if d.month < 3 else 400.0)
    warehouse.fill(XIAN, "2020-01-01", "2020-02-29", pm25_ugm3=30.0)
    document = warehouse.evaluate("city", XIAN, "2020-Q1")
    assert item(document, "PM2.5", "mean")["change_pct"] == -25.0
    assert str(document["period"]["before_until"]) == "2019-02-28"


def test_the_document_of_a_city(warehouse):
    for code, pm25 in ((XIAN, 40.0), ("610200", 30.0)):
        warehouse.fill(code, "2019-06-01", "2019-06-30", pm25_ugm3=pm25, state="reviewed")
    document = warehouse.evaluate("city", XIAN, "2019-06")
    json.dumps(document, default=str, ensure_ascii=False)
    assert document["area"]["name_zh"] == "西安市" and document["area"]["region_id"] == "fenwei_2018"
    assert [i["pollutant"] for i in document["items"]] == [
        "PM2.5", "PM2.5", "PM10", "PM10", "SO2", "SO2", "NO2", "NO2", "O3", "CO",
    ]  # fmt: skip
    assert (document["index"]["rank"], document["index"]["n_ranked"]) == (2, 2)
    assert document["ranking"][0]["name_zh"] == "铜川市"
    assert (
        document["days"]["now"]["each_day"]["good_days"]
        == document["days"]["now"]["fixed"]["good_days"]
        == 30
    )
    assert document["completeness"]["n_valid_days"] == 30 and document["completeness"]["sufficient"]
    assert document["simulated"] is False
    assert {"state", "dust", "standard_set", "annual_limits", "unverified"} <= codes(document)
    state = next(n for n in document["notes"] if n["code"] == "state")
    assert state["zh"] == "审核数据：reviewed 30"
    assert all(note["zh"] and note["en"] for note in document["notes"])


def test_simulated_insufficient_and_dust_are_said(warehouse):
    warehouse.con.execute("INSERT OR REPLACE INTO ops.about VALUES ('simulated', 'true')")
    warehouse.fill(XIAN, "2019-06-01", "2019-06-20", n_dust_hours=[8] * 2 + [0] * 18)
    warehouse.fill("610200", "2019-06-01", "2019-06-30")
    document = warehouse.evaluate("city", XIAN, "2019-06")
    assert document["simulated"] and {"simulated", "insufficient"} <= codes(document)
    assert "2 个城市日" in next(n["zh"] for n in document["notes"] if n["code"] == "dust")
    assert document["index"]["rank"] is None


def test_a_region_under_a_list_that_is_not_in_force(warehouse):
    for code in ("410300", "610100"):
        warehouse.fill(code, "2024-06-01", "2024-06-30")
    document = warehouse.evaluate("region", "fenwei", "2024-06", region="fenwei_2018")
    assert document["area"]["code"] == "fenwei_2018"
    assert {"list_not_in_force", "members"} <= codes(document)
    assert document["completeness"]["n_cities"] == 2
    assert "list_not_in_force" not in codes(warehouse.evaluate("region", "fenwei", "2024-06"))


def test_any_set_can_be_asked_for(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=33.0, o3_1h_max_ugm3=90.0)
    found = item(warehouse.evaluate("city", XIAN, "2019-06", standard_set="2026_final"), "PM2.5", "mean")
    assert (found["limit_value"], found["attained"], found["exceedance_multiple"]) == (25, False, 0.32)


@pytest.mark.parametrize(
    ("kind", "code", "period", "how", "error"),
    [
        ("city", "999999", "2019-06", {}, UnknownAreaError),
        ("town", XIAN, "2019-06", {}, UnknownAreaError),
        ("city", XIAN, "2019-06", {"standard_set": "1996"}, UnknownAreaError),
        ("city", XIAN, "2019-06", {"basis": "dust"}, UnknownAreaError),
        ("city", XIAN, "2030", {}, NothingToEvaluateError),
        ("city", "610200", "2019-06", {}, NothingToEvaluateError),
    ],
)
def test_what_cannot_be_evaluated_says_why_in_both_languages(warehouse, kind, code, period, how, error):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30")
    with pytest.raises(error, match=r" \| "):
        warehouse.evaluate(kind, code, period, **how)


def test_an_empty_warehouse_says_so(warehouse):
    with pytest.raises(NothingToEvaluateError, match="空"):
        warehouse.evaluate("city", XIAN, "2019")


def test_a_read_only_connection_is_enough_and_the_file_stays_as_it_was(tmp_path):
    path = tmp_path / "fenwei.duckdb"
    with duckdb.connect(str(path)) as con:
        prepare(con)
        con.execute(
            """
            INSERT INTO air.city_day BY NAME
            SELECT '610100' AS city_code, d::DATE AS day, 40 AS pm25_ugm3, 0 AS n_dust_hours, 1 AS n_stations,
                1 AS n_stations_expected, 1 AS n_stations_pm25, 0 AS n_stations_pm10, 0 AS n_stations_so2,
                0 AS n_stations_no2, 0 AS n_stations_o3, 0 AS n_stations_co, 56 AS aqi,
                '2012' AS standard_set, 'complete' AS state
            FROM generate_series(DATE '2019-06-01', DATE '2019-06-30', INTERVAL 1 DAY) t(d)
            """
        )
    before = path.read_bytes()
    con = open_read_only(path)
    document = evaluate(con, "city", "610100", "2019-06", basis="before_dust")
    con.close()
    assert item(document, "PM2.5", "mean")["value"] == 40
    assert path.read_bytes() == before
