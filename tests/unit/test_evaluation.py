from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

XIAN, BAOJI = "610100", "610300"


def missing_on(value, *days):
    """A column that lacks the given days (text, or day numbers of every month)."""
    absent = {date.fromisoformat(d) for d in days}
    return lambda day: None if day in absent else value


def missing_last_days_of(month, n, value=20.0):
    return lambda day: None if (day + timedelta(days=n)).month != day.month == month else value


def test_percentile_lies_between_the_37th_and_38th_highest_of_365(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-12-31", o3_mda8_ugm3=[float(v) for v in range(1, 366)])
    warehouse.rebuild("2019")
    row = warehouse.item(XIAN, "2019", "O3", "p90")
    assert row["value"] == pytest.approx(328.6, abs=1e-9)
    assert 365 - 37 <= row["value"] <= 365 - 36
    assert row["value_printed"] == 329 and row["limit_value"] == 160 and row["attained"] is False


def test_percentiles_of_the_other_items(warehouse):
    ramp = [float(v) for v in range(1, 366)]
    warehouse.fill(
        XIAN, "2019-01-01", "2019-12-31", pm25_ugm3=ramp, no2_ugm3=ramp, co_mgm3=[v / 100 for v in ramp]
    )
    warehouse.rebuild("2019")
    assert warehouse.item(XIAN, "2019", "PM2.5", "p95")["value"] == pytest.approx(346.8)
    assert warehouse.item(XIAN, "2019", "NO2", "p98")["value"] == pytest.approx(357.72)
    assert warehouse.item(XIAN, "2019", "CO", "p95")["value_printed"] == 3.5
    assert warehouse.item(XIAN, "2019", "PM2.5", "mean")["value"] == 183


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(0, 1000), min_size=30, max_size=30), st.sets(st.integers(0, 29), max_size=3))
def test_values_agree_with_numpy(warehouse, values, gaps):
    warehouse.con.execute("DELETE FROM air.city_day")
    kept = [None if n in gaps else v for n, v in enumerate(values)]
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", so2_ugm3=kept, o3_mda8_ugm3=kept)
    warehouse.rebuild("2019-06")
    real = [v for v in kept if v is not None]
    assert warehouse.item(XIAN, "2019-06", "SO2", "mean")["value"] == pytest.approx(np.mean(real), abs=1e-8)
    assert warehouse.item(XIAN, "2019-06", "SO2", "p98")["value"] == pytest.approx(np.percentile(real, 98))
    row = warehouse.item(XIAN, "2019-06", "O3", "p90")
    assert row["value"] == pytest.approx(np.percentile(real, 90)) and row["n_valid_days"] == len(real)


@pytest.mark.parametrize(
    ("mean", "printed", "attained", "exceedance"),
    [
        (35.0, 35, True, None),
        (35.49, 35, True, None),
        (34.5, 34, True, None),
        (35.5, 36, False, 0.03),
        (70.0, 70, False, 1.0),
    ],
)
def test_equal_to_the_limit_attains_after_rounding(warehouse, mean, printed, attained, exceedance):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=mean)
    warehouse.rebuild("2019-06")
    row = warehouse.item(XIAN, "2019-06", "PM2.5", "mean")
    found = (row["value"], row["value_printed"], row["attained"], row["exceedance_multiple"])
    assert found == (mean, printed, attained, exceedance)


@pytest.mark.parametrize(
    ("period", "month", "n_missing", "sufficient"),
    [
        ("2019-06", 6, 3, True),
        ("2019-06", 6, 4, False),
        ("2019-02", 2, 3, True),
        ("2019-02", 2, 4, False),
        ("2019-Q2", 6, 4, False),
        ("2018-winter", 2, 4, False),
        ("2019", 6, 3, True),
        ("2019", 6, 4, False),
        ("2019-06-11..2019-06-30", 6, 2, True),
        ("2019-06-11..2019-06-30", 6, 3, False),
    ],
)
def test_validity_by_month(warehouse, period, month, n_missing, sufficient):
    warehouse.fill(XIAN, "2018-10-01", "2019-12-31", pm25_ugm3=missing_last_days_of(month, n_missing))
    warehouse.rebuild(period)
    row = warehouse.item(XIAN, period, "PM2.5", "mean")
    assert row["sufficient"] is sufficient
    assert row["attained"] is (True if sufficient else None)
    assert warehouse.item(XIAN, period, "SO2", "mean")["sufficient"]


@pytest.mark.parametrize(("n_missing_in_december", "sufficient"), [(3, True), (4, False)])
def test_a_year_needs_324_days_as_well(warehouse, n_missing_in_december, sufficient):
    """Every month keeps its 27 days here; 324 of 365 allow 41 missing in all."""
    lacking = (
        dict.fromkeys((1, 3, 5, 7, 8, 10), 4)
        | dict.fromkeys((4, 6, 9, 11), 3)
        | {2: 2, 12: n_missing_in_december}
    )
    assert sum(lacking.values()) == (41 if sufficient else 42)
    warehouse.fill(
        XIAN,
        "2019-01-01",
        "2019-12-31",
        so2_ugm3=lambda d: None if (d + timedelta(days=lacking[d.month])).month != d.month else 10.0,
    )
    warehouse.rebuild("2019", "2019-12")
    row = warehouse.item(XIAN, "2019", "SO2", "mean")
    assert (row["n_valid_days"], row["sufficient"]) == ((324, True) if sufficient else (323, False))
    assert warehouse.item(XIAN, "2019-12", "SO2", "mean")["sufficient"]


def test_a_month_without_any_row_makes_the_year_insufficient(warehouse):
    warehouse.fill(XIAN, "2019-02-01", "2019-12-31")
    warehouse.rebuild("2019")
    row = warehouse.item(XIAN, "2019", "PM10", "mean")
    assert row["n_valid_days"] == 334 and not row["sufficient"] and row["attained"] is None


def test_an_unfinished_period_is_judged_on_its_elapsed_part(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-06-20")
    warehouse.rebuild("2019", "2019-06", "2019-07", "2019-winter")
    row = warehouse.item(XIAN, "2019", "PM2.5", "mean")
    assert (row["n_days"], row["day_last"], row["day_until"]) == (171, date(2019, 12, 31), date(2019, 6, 20))
    assert row["sufficient"] and row["attained"]
    names = {r["period"] for r in warehouse.rows("SELECT DISTINCT period FROM air.evaluation")}
    assert names == {"2019", "2019-06"}


def test_insufficient_and_exceeding_stays_open_unless_the_rule_is_active(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=missing_last_days_of(6, 10, 80.0))
    warehouse.rebuild("2019-06")
    row = warehouse.item(XIAN, "2019-06", "PM2.5", "mean")
    assert (row["attained"], row["sufficient"], row["exceedance_multiple"]) == (None, False, 1.29)
    warehouse.con.execute(
        "INSERT INTO ref.validity_rule BY NAME"
        " SELECT * REPLACE ('exceeding_counts_when_insufficient' AS rule, 1 AS value)"
        " FROM ref.validity_rule WHERE standard_set = '2012' AND rule = 'station_share'"
    )
    warehouse.rebuild("2019-06")
    assert warehouse.item(XIAN, "2019-06", "PM2.5", "mean")["attained"] is False


def test_sand_deduction_has_its_own_rows_and_does_not_make_data_insufficient(warehouse):
    dust = {date(2019, 4, d) for d in range(1, 11)}
    warehouse.fill(
        XIAN,
        "2019-04-01",
        "2019-04-30",
        pm10_ugm3=lambda d: 400.0 if d in dust else 70.0,
        pm10_after_dust_ugm3=lambda d: None if d in dust else 70.0,
    )
    warehouse.rebuild("2019-04")
    before = warehouse.item(XIAN, "2019-04", "PM10", "mean")
    after = warehouse.item(XIAN, "2019-04", "PM10", "mean", "after_dust")
    assert (before["value"], before["attained"], before["n_valid_days"]) == (180, False, 30)
    assert (after["value"], after["attained"], after["n_valid_days"], after["sufficient"]) == (
        70,
        True,
        20,
        True,
    )
    bases = warehouse.rows(
        "SELECT DISTINCT pollutant FROM air.evaluation WHERE basis = 'after_dust' ORDER BY 1"
    )
    assert [b["pollutant"] for b in bases] == ["PM10", "PM2.5"]


def test_states_are_composed(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-20", state="reviewed")
    warehouse.fill(XIAN, "2019-06-21", "2019-06-30", state=["complete"] * 8 + ["closed", "partial"])
    warehouse.rebuild("2019-06")
    assert (
        warehouse.item(XIAN, "2019-06", "CO", "p95")["states"]
        == "partial 1, complete 8, closed 1, reviewed 20"
    )


def test_units_are_judged_on_their_own(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=30.0)
    warehouse.fill("xixian", "2019-06-01", "2019-06-30", kind="unit", pm25_ugm3=60.0)
    warehouse.rebuild("2019-06")
    assert warehouse.item("xixian", "2019-06", "PM2.5", "mean")["value"] == 60
    assert warehouse.item("fenwei_2018", "2019-06", "PM2.5", "mean")["value"] == 30


def test_rebuilding_replaces_only_the_periods_asked_for_and_changes_nothing_else(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-03-31")
    warehouse.rebuild("2019-01", "2019-02")
    everything = "SELECT * FROM air.evaluation ORDER BY ALL"
    once = warehouse.rows(everything)
    warehouse.rebuild("2019-01")
    assert warehouse.rows(everything) == once
    warehouse.con.execute("UPDATE air.city_day SET pm25_ugm3 = 50")
    warehouse.rebuild("2019-01")
    assert warehouse.item(XIAN, "2019-01", "PM2.5", "mean")["value"] == 50
    assert warehouse.item(XIAN, "2019-02", "PM2.5", "mean")["value"] == 20


def test_a_period_that_lost_its_data_loses_its_rows(warehouse):
    warehouse.fill(XIAN, "2019-01-01", "2019-02-28")
    warehouse.rebuild("2019-01")
    warehouse.con.execute("DELETE FROM air.city_day WHERE day < '2019-02-01'")
    warehouse.rebuild("2019-01")
    assert warehouse.rows("SELECT * FROM air.evaluation WHERE period = '2019-01'") == []


def test_results_do_not_depend_on_the_order_of_rows_or_threads(warehouse):
    rng = np.random.default_rng(7)
    for code in (XIAN, BAOJI, "610200", "610400"):
        warehouse.fill(
            code, "2019-01-01", "2019-12-31", pm25_ugm3=rng.gamma(3, 20, 365), co_mgm3=rng.gamma(3, 0.3, 365)
        )
    everything = "SELECT * FROM air.evaluation ORDER BY ALL"
    warehouse.rebuild("2019", "2019-Q1")
    once = warehouse.rows(everything)
    warehouse.con.execute(
        "CREATE TEMP TABLE mixed AS SELECT * FROM air.city_day ORDER BY hash(city_code || day)"
    )
    warehouse.con.execute("DELETE FROM air.city_day")
    warehouse.con.execute("INSERT INTO air.city_day SELECT * FROM mixed")
    warehouse.rebuild("2019", "2019-Q1")
    assert warehouse.rows(everything) == once
