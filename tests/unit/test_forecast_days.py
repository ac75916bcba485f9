"""Cities out of grids: days by the rules of the standard, AQI from its tables, files put together, correction."""

import hashlib
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from forecast_files import cmaq, old_cams, to_bytes
from hypothesis import given
from hypothesis import strategies as st

from pipelines.emergency.proposal.forecasts import newest_published
from pipelines.forecast.gridded import city_days, daily, points_of
from pipelines.forecast.index import judge
from pipelines.forecast.rebuild import rebuild_forecasts, rebuild_grids, rebuild_verification
from pipelines.landing.grid import take_grid
from sources.gridded import Issue, read
from warehouse.standards import POLLUTANTS

AS_OF = datetime(2026, 1, 31, 9)
JUDGED = """
    SELECT aqi_row("PM2.5", PM10, SO2, NO2, O3, hour, CO, $1) AS r FROM six ORDER BY n
"""


def issue(values, first="2026-01-10T01:00"):
    n = len(next(iter(values.values())))
    hours = np.datetime64(first, "s") + np.arange(n).astype("timedelta64[h]")
    return Issue(
        np.datetime64("2026-01-10T00:00:00"),
        hours,
        {p: np.asarray(v, float)[:, None] for p, v in values.items()},
    )


def test_a_day_is_the_hours_ending_at_1_to_24():
    series = np.r_[np.full(24, 10.0), np.full(24, 90.0)]
    days, values = daily(issue({"PM2.5": series}))
    assert days.astype(str).tolist() == ["2026-01-10", "2026-01-11"]
    assert values["PM2.5"][:, 0].tolist() == [10.0, 90.0]


@pytest.mark.parametrize(("hours", "valid"), [(19, False), (20, True)])
def test_a_mean_needs_twenty_hours(hours, valid):
    series = np.r_[np.full(hours, 50.0), np.full(24 - hours, np.nan)]
    _, values = daily(issue({"PM2.5": series}))
    assert np.isfinite(values["PM2.5"][0, 0]) == valid


def test_mda8_takes_no_window_from_the_day_before():
    series = np.r_[np.full(8, 200.0), np.full(16, 40.0), np.full(7, 300.0), np.full(17, 10.0)]
    _, values = daily(issue({"O3": series}))
    # the first window of the second day ends at 8: seven hours of 300 and one of 10
    assert values["O3"][:, 0].tolist() == [200.0, (7 * 300 + 10) / 8]
    assert values["O3_1h"][:, 0].tolist() == [200.0, 300.0]


def test_mda8_with_few_windows_stands_only_above_the_limit():
    for level, stands in ((100.0, False), (161.0, True)):
        series = np.r_[np.full(12, np.nan), np.full(12, level)]
        _, values = daily(issue({"O3": series}))
        assert np.isfinite(values["O3"][0, 0]) == stands


def test_the_index_is_that_of_the_database(warehouse):
    rng = np.random.default_rng(4)
    scale = {"PM2.5": 400, "PM10": 700, "SO2": 900, "NO2": 500, "O3": 900, "CO": 60}
    for name in ("2012", "2026_transition"):
        values = {p: rng.uniform(0, scale[p], 60) for p in POLLUTANTS}
        values["PM2.5"][:9] = 20.0
        values["O3"][3:20:5], values["CO"][5:30:4] = np.nan, np.nan
        found = judge(values, values["O3"] * 1.1, name)
        table = pd.DataFrame({p: values[p] for p in POLLUTANTS}).assign(hour=values["O3"] * 1.1, n=range(60))
        warehouse.con.register("six", table)
        rows = warehouse.rows(JUDGED, [name])
        for n, row in enumerate(r["r"] for r in rows):
            published = None if np.isnan(found.published[n]) else int(found.published[n])
            assert (row["aqi_of_available"], row["aqi"]) == (int(found.available[n]), published)
            assert row["primary_pollutants"] == found.primary[n]


@given(st.lists(st.floats(0, 600), min_size=2, max_size=20))
def test_more_pollution_is_never_a_lower_index(values):
    ordered = np.sort(np.array(values))
    found = judge({"PM2.5": ordered}, None, "2026_transition")
    assert (np.diff(found.available) >= 0).all()


def land(warehouse, data, name="a.nc", as_of=AS_OF, at=1):
    sha256 = hashlib.sha256(data).hexdigest()
    account, rejects = take_grid(warehouse.con, name, data, sha256, as_of)
    warehouse.con.execute(
        "INSERT INTO ops.source_file BY NAME SELECT $p AS path, 'forecast_grid' AS kind, $s AS sha256, 1 AS size_bytes,"
        " $at AS modified_ns, $at AS age_ns, $status AS status, $seen AS seen_at, 'x' AS run_id",
        {"p": name, "s": sha256, "at": at, "status": account["status"], "seen": as_of},
    )
    return account, rejects


def no_transaction(monkeypatch):
    """The fixture holds a transaction open; inner ones join it."""
    from contextlib import nullcontext

    import pipelines.forecast.rebuild as module

    monkeypatch.setattr(module, "transaction", lambda con: nullcontext(con))


def run(start, value, hours=40):
    return old_cams({"pm2p5": (np.full(hours, value), "ug m-3")}, start=np.datetime64(start, "ns"))


def test_a_grid_becomes_days_of_every_city(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    data = to_bytes(run("2026-01-09T16:00", 120.0))
    account, rejects = land(warehouse, data)
    assert account["status"] == "partial", "the assumed start of the run is told"
    assert rejects["reason_code"].tolist() == ["grid_issue_assumed"]
    rebuild_grids(warehouse.con, AS_OF)
    row = warehouse.row("forecast.city_day", city_code="610100", model="cams")
    assert (row["issued_at"], row["day"]) == (datetime(2026, 1, 10), date(2026, 1, 10))
    assert row["pm25_ugm3"] == pytest.approx(120.0)
    assert (row["iaqi_pm25"], row["aqi"], row["aqi_of_available"]) == (158, 158, 158)
    assert (row["primary_pollutants"], row["n_points"], row["method"]) == ("PM2.5", 1, "instant_1h")
    hours = warehouse.rows("SELECT count(*) AS n FROM forecast.city_hour WHERE city_code = '610100'")
    assert hours == [{"n": 39}]


def test_an_incomplete_index_of_100_and_below_is_not_published_from_2026_on(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    start = "2026-03-09T16:00"
    land(warehouse, to_bytes(run(start, 30.0)), as_of=datetime(2026, 3, 20))
    rebuild_grids(warehouse.con, datetime(2026, 3, 20))
    row = warehouse.row("forecast.city_day", city_code="610100", model="cams")
    assert (row["standard_set"], row["aqi"], row["aqi_of_available"]) == ("2026_transition", None, 43)


def test_stations_are_read_where_there_are_any(warehouse):
    warehouse.con.execute(
        "INSERT INTO ref.station BY NAME SELECT code AS station_code, '610100' AS city_code, '西安市' AS city_name,"
        " 106.0 AS lon_deg, lat AS lat_deg, false AS is_control, true AS counts FROM (VALUES ('1A', 38.0), ('2A', 36.0)) t(code, lat)"
    )
    points = points_of(warehouse.con)
    assert (points.city_code == "610100").sum() == 2
    dataset = run("2026-01-09T16:00", 0.0)
    dataset["pm2p5"].values[:, 0, 0], dataset["pm2p5"].values[:, 1, 0] = 40.0, 60.0
    days = city_days(read(to_bytes(dataset), points), points).set_index("city_code")
    assert days.loc["610100", ["pm25_ugm3", "n_points"]].tolist() == [50.0, 2]
    assert days.loc["610300", "n_points"] == 1


def test_two_files_of_one_run_are_put_together_and_the_newer_wins(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    land(warehouse, to_bytes(run("2026-01-09T16:00", 120.0)), "sfc.nc", at=1)
    gas = old_cams({"go3": (np.full(40, 5e-8), "kg kg**-1")}, start=np.datetime64("2026-01-09T16:00", "ns"))
    land(warehouse, to_bytes(gas), "mlev.nc", at=2)
    land(warehouse, to_bytes(run("2026-01-09T16:00", 130.0)), "sfc again.nc", at=3)
    rebuild_grids(warehouse.con, AS_OF)
    row = warehouse.row("forecast.city_day", city_code="610100", model="cams")
    assert row["pm25_ugm3"] == pytest.approx(130.0)
    assert row["o3_mda8_ugm3"] == pytest.approx(5e-8 * 1e9 * 101_325 / (287.05 * 298.15))


def test_a_run_of_the_future_and_a_broken_file_leave_nothing(warehouse):
    data = to_bytes(run("2026-01-09T16:00", 120.0))
    for sent, as_of, code in (
        (data, datetime(2026, 1, 9), "issued_in_future"),
        (data[:3000], AS_OF, "grid_unreadable"),
    ):
        account, _ = land(warehouse, sent, f"{code}.nc", as_of)
        assert (account["status"], account["reason_code"]) == ("rejected", code)
    assert (
        warehouse.rows("SELECT * FROM forecast.grid_day UNION ALL BY NAME SELECT * FROM forecast.city_hour")
        == []
    )


def test_correction_uses_only_what_was_known_before_the_issue(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    for n in range(1, 13):
        land(warehouse, to_bytes(run(f"2026-01-{n:02d}T16:00", 50.0)), f"{n}.nc")
    warehouse.fill("610100", "2026-01-02", "2026-01-11", pm25_ugm3=100.0)
    warehouse.fill("610100", "2026-01-12", "2026-01-13", pm25_ugm3=900.0)
    rebuild_grids(warehouse.con, AS_OF)
    found = warehouse.rows(
        "SELECT issued_at, pm25_ugm3, iaqi_pm25, method FROM forecast.city_day WHERE model = 'cams_corrected'"
        " AND city_code = '610100' ORDER BY 1"
    )
    # the first issue with ten earlier days is that of the 12th: 100 observed over 50 forecast
    assert [r["issued_at"] for r in found] == [datetime(2026, 1, 12), datetime(2026, 1, 13)]
    assert found[0]["pm25_ugm3"] == pytest.approx(100.0)
    assert (found[0]["iaqi_pm25"], found[0]["method"]) == (132, "instant_1h; mean_ratio_28d")
    assert found[1]["pm25_ugm3"] == pytest.approx(50.0 * 1900 / 550, abs=1e-3)
    raw = warehouse.rows("SELECT DISTINCT pm25_ugm3 FROM forecast.city_day WHERE model = 'cams'")
    assert raw == [{"pm25_ugm3": 50.0}]
    assert rebuild_grids(warehouse.con, AS_OF) == 0, "nothing changed, nothing is done"


def forecast(warehouse, issued, day, model, aqi, pm25=None, city="610100", **more):
    warehouse.con.execute(
        "INSERT INTO forecast.city_day (issued_at, city_code, day, model, aqi, pm25_ugm3, aqi_low, aqi_high, standard_set)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '2012')",
        [issued, city, day, model, aqi, pm25, more.get("low"), more.get("high")],
    )


def test_scores_worked_out_by_hand(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    observed = {9: 100, 10: 180, 11: 220, 12: 140, 13: 90}
    for day, aqi in observed.items():
        warehouse.fill("610100", f"2026-01-{day:02d}", f"2026-01-{day:02d}", aqi=aqi, pm25_ugm3=aqi / 2)
    for day, aqi in ((10, 160), (11, 190), (12, 210), (13, 90)):
        forecast(
            warehouse,
            datetime(2026, 1, day - 1, 16),
            date(2026, 1, day),
            "bulletin",
            aqi,
            low=aqi - 20,
            high=aqi + 20,
        )
    forecast(warehouse, datetime(2026, 1, 9, 9), date(2026, 1, 10), "bulletin", 400)  # replaced at 16:00
    assert rebuild_verification(warehouse.con, AS_OF) == ["2026"]
    row = warehouse.row(
        "forecast.verification",
        city_code="610100",
        model="bulletin",
        period="2026-01",
        item="AQI",
        lead_days=1,
    )
    # errors −20, −30, 70, 0
    assert (row["n"], row["bias"], row["mae"]) == (4, 5.0, 30.0)
    assert row["rmse"] == pytest.approx((400 + 900 + 4900) ** 0.5 / 2, abs=1e-6)
    assert row["level_hit_rate"] == 0.5  # the 10th and the 13th
    assert row["range_hit_rate"] == 0.5
    assert (row["n_hit_150"], row["n_miss_150"], row["n_false_150"]) == (2, 0, 1)
    assert row["false_alarm_ratio_150"] == pytest.approx(1 / 3, abs=1e-6)
    assert row["csi_150"] == pytest.approx(2 / 3, abs=1e-6)
    assert (row["n_hit_200"], row["n_miss_200"], row["n_false_200"], row["csi_200"]) == (0, 1, 1, 0.0)
    # persistence knows the day before the issue: the 9th for the 11th, 10th for the 12th, 11th for the 13th
    assert row["n_persistence"] == 3
    before = [100 - 220, 180 - 140, 220 - 90]
    assert row["rmse_persistence"] == pytest.approx((sum(e * e for e in before) / 3) ** 0.5, abs=1e-6)
    assert row["skill"] == pytest.approx(1 - (900 + 4900) / sum(e * e for e in before), abs=1e-6)
    assert rebuild_verification(warehouse.con, AS_OF) == []


def test_days_that_are_not_over_are_not_scored(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    warehouse.fill("610100", "2026-01-10", "2026-01-11", aqi=100)
    for day in (10, 11):
        forecast(warehouse, datetime(2026, 1, 9, 16), date(2026, 1, day), "bulletin", 100)
    rebuild_verification(warehouse.con, datetime(2026, 1, 11, 9))
    rows = warehouse.rows("SELECT DISTINCT lead_days FROM forecast.verification")
    assert rows == [{"lead_days": 1}]


def test_a_draft_never_takes_a_level_from_the_baseline_or_a_grid(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    for model in (
        "baseline_persistence",
        "baseline_learned",
        "baseline_climatology",
        "cams",
        "cams_corrected",
    ):
        for day in (10, 11, 12):
            forecast(warehouse, datetime(2026, 1, 9, 16), date(2026, 1, day), model, 480, pm25=480.0)
    assert newest_published(warehouse.con, datetime(2026, 1, 9, 18)) == []


def test_nothing_at_all_is_fine(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    assert set(rebuild_forecasts(warehouse.con, AS_OF).values()) == {0}


def test_means_of_cmaq_make_days_too(warehouse, monkeypatch):
    no_transaction(monkeypatch)
    data = to_bytes(cmaq({"PM25": (80.0, "ug m-3"), "PM10": (120.0, "ug m-3")}))
    assert land(warehouse, data)[0]["n_values"] > 0
    rebuild_grids(warehouse.con, AS_OF)
    row = warehouse.row("forecast.city_day", city_code="610100", model="wrf_cmaq", day=date(2026, 1, 11))
    assert (row["pm25_ugm3"], row["pm10_ugm3"], row["aqi_of_available"]) == (80.0, 120.0, 107)
