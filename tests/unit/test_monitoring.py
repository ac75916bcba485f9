from datetime import date, datetime, timedelta

import pytest

from pipelines.air.monitoring import rebuild_monitoring
from warehouse.store import model_sql

JUNE = date(2019, 6, 1)
XIAN = "610100"


@pytest.fixture
def month(warehouse):
    """June 2019: two stations of Xi'an, one of its new area, one control point, two silent ones."""
    stations = [("1A", XIAN, None, True), ("2A", XIAN, "xixian", True), ("3A", None, "xixian", True),
                ("4A", XIAN, None, False), ("5A", XIAN, None, True),
                ("6A", "610200", None, True)]  # fmt: skip
    for code, city, unit, counts in stations:
        warehouse.con.execute(
            "INSERT INTO ref.station BY NAME SELECT $code AS station_code, $city AS city_code,"
            " $unit AS unit_id,"
            " NOT $counts AS is_control, $counts AS counts",
            {"code": code, "city": city, "unit": unit, "counts": counts},
        )
    return warehouse


def report(warehouse, station, hours, **columns):
    """Add station hours; hour n of June ends n hours after its beginning."""
    given = {"pm25_ugm3": "30", "co_mgm3": "0.5"} | columns
    values = ", ".join(f"{value} AS {name}" for name, value in given.items())
    warehouse.con.execute(
        f"INSERT INTO air.station_hour BY NAME SELECT $station AS station_code, '2012' AS standard_set,"
        f" TIMESTAMP '2019-06-01' + to_hours(n) AS hour_end, {values}"
        " FROM (SELECT unnest($hours)::INTEGER AS n)",
        {"station": station, "hours": list(hours)},
    )


def received(warehouse, first, last):
    warehouse.con.execute(
        "INSERT INTO ops.hour_source BY NAME"
        " SELECT TIMESTAMP '2019-06-01' + to_hours(n::INTEGER) AS hour_end,"
        " 'x' AS sha256, 'f' AS path, 0 AS modified_ns FROM range($a, $b) t(n)",
        {"a": first, "b": last + 1},
    )


def made(warehouse, month="2019-06"):
    rebuild_monitoring(warehouse.con, [JUNE + timedelta(days=9)])
    rows = warehouse.rows("SELECT * FROM air.monitoring_month WHERE month = $month", {"month": month})
    return {row["city_code"]: row for row in rows}


def test_counts_completeness_and_gap_of_a_whole_month(month):
    received(month, 1, 720)
    report(month, "1A", range(1, 721))
    report(month, "2A", range(1, 361), co_mgm3="NULL")
    report(month, "3A", range(1, 721), pm25_ugm3="NULL", co_mgm3="NULL")
    report(month, "4A", range(1, 721))
    row = made(month)[XIAN]
    assert (row["n_stations_listed"], row["n_stations_reporting"], row["province_zh"]) == (4, 2, "陕西省")
    assert (row["n_hours_expected"], row["n_hours_received"]) == (1440, 1080)
    assert row["completeness_pm25_pct"] == 75 and row["completeness_co_pct"] == 50
    assert row["completeness_o3_pct"] == 0 and row["longest_gap_hours"] == 0


def test_completeness_is_not_rounded_up_to_100(month):
    received(month, 1, 720)
    report(month, "1A", range(1, 720))
    report(month, "2A", range(1, 721))
    assert 99.9 < made(month)[XIAN]["completeness_pm25_pct"] < 100


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        (range(1, 721), [], 0),
        ([*range(1, 101), *range(131, 721)], range(111, 121), 10),
        (range(11, 721), [1], 9),
        (range(1, 701), [], 20),
        ([1], [720], 718),
    ],
)
def test_longest_gap_of_the_whole_city(month, first, second, gap):
    received(month, 1, 720)
    report(month, "1A", first)
    report(month, "2A", second)
    assert made(month)[XIAN]["longest_gap_hours"] == gap


def test_hours_of_neighbouring_months_do_not_count(month):
    """The hour that ends on 1 June 00:00 belongs to May, the one that ends on 1 July 00:00 to June."""
    received(month, 0, 730)
    report(month, "1A", [0, 720, 721])
    row = made(month)[XIAN]
    assert (row["n_hours_received"], row["n_hours_expected"], row["longest_gap_hours"]) == (1, 720, 719)


def test_a_month_in_progress_expects_only_the_hours_elapsed(month):
    received(month, 1, 100)
    report(month, "1A", range(1, 91))
    row = made(month)[XIAN]
    assert (row["n_hours_expected"], row["completeness_pm25_pct"], row["longest_gap_hours"]) == (100, 90, 10)


def test_a_city_without_any_report_is_all_gap(month):
    received(month, 1, 720)
    report(month, "1A", range(1, 721))
    row = made(month)["610200"]
    assert (row["n_stations_listed"], row["n_stations_reporting"], row["n_hours_expected"]) == (1, 0, 0)
    assert row["completeness_pm25_pct"] is None and row["longest_gap_hours"] == 720


def test_flags_and_valid_city_days_of_the_month(month):
    received(month, 1, 720)
    report(month, "1A", range(1, 721))
    month.fill(XIAN, "2019-05-25", "2019-07-05", aqi=lambda d: None if d.day == 3 else 60)
    for station, hour, flag in (("1A", 5, 0), ("1A", 5, 1), ("4A", 6, 1), ("1A", 0, 1), ("3A", 720, 1)):
        month.con.execute(
            "INSERT INTO air.quality_flag VALUES (?, ?, 'PM10', 'r', ?)",
            [station, datetime(2019, 6, 1) + timedelta(hours=hour), ("doubtful", "bad")[flag]],
        )
    row = made(month)[XIAN]
    assert (row["n_doubtful"], row["n_bad"], row["n_valid_city_days"]) == (1, 2, 29)


def test_a_month_that_has_not_begun_has_no_rows_and_others_stay(month):
    received(month, 1, 720)
    report(month, "1A", range(1, 721))
    assert set(made(month)) == {XIAN, "610200"}
    assert rebuild_monitoring(month.con, [date(2019, 8, 1)]) == 0
    assert rebuild_monitoring(month.con, [JUNE, date(2019, 6, 30)]) == 2
    assert len(month.rows("SELECT * FROM air.monitoring_month")) == 2


def test_provinces_add_up_their_cities(warehouse):
    warehouse.con.execute(
        "INSERT INTO air.monitoring_month BY NAME SELECT * FROM (VALUES"
        " ('2026-01', '陕西省', '610100', 9, 8, 800, 780, 90.0, 5, 3),"
        " ('2026-01', '陕西省', '610200', 5, 5, 200, 200, 50.0, 7, 0),"
        " ('2026-01', '山西省', '140100', 6, 6, 600, 600, 100.0, 0, 0)"
        ") t(month, province_zh, city_code, n_stations_listed, n_stations_reporting, n_hours_expected,"
        " n_hours_received, completeness_pm25_pct, longest_gap_hours, n_doubtful), (VALUES (31, 0)) u(n_valid_city_days, n_bad)"
    )
    rows = warehouse.con.execute(
        model_sql("monitoring_province_month").replace("GROUP BY", "AND province_zh = '陕西省' GROUP BY"),
        {"month": "2026-01"},
    ).fetchall()
    assert len(rows) == 1
    month, province, n_cities, listed, reporting, expected, received, pm25, *_ = rows[0]
    assert (month, province, n_cities, listed, reporting, expected, received) == (
        "2026-01", "陕西省", 2, 14, 13, 1000, 980,
    )  # fmt: skip
    assert pm25 == 82.0
