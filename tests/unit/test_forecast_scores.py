"""Scores worked out by hand: heavy days by middle, upper end, chance and persistence; ranges; bounds of the chance."""

from contextlib import nullcontext
from datetime import date, datetime
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipelines.forecast.rebuild as module
from pipelines.forecast.chance import NEEDED_EVENTS, bound, called, chance, quantiles
from pipelines.forecast.rebuild import rebuild_grids, rebuild_verification

AS_OF = datetime(2026, 1, 31, 9)
KEY = {"city_code": "610100", "period": "2026-01", "lead_days": 1}


@pytest.fixture
def filled(warehouse, monkeypatch):
    """Five days observed, four of them forecast the day before with ranges and chances."""
    monkeypatch.setattr(module, "transaction", lambda con: nullcontext(con))
    for day, aqi in {9: 100, 10: 180, 11: 220, 12: 140, 13: 90}.items():
        warehouse.fill("610100", f"2026-01-{day:02d}", f"2026-01-{day:02d}", aqi=aqi, pm25_ugm3=aqi / 2)
    # day: middle, low, high, chance and call above 150, above 200
    rows = {
        10: (140, 100, 170, 0.4, True, 0.1, False),
        11: (160, 120, 230, 0.7, True, 0.3, None),
        12: (155, 150, 190, 0.6, True, 0.2, False),
        13: (80, 50, 120, 0.1, False, 0.0, False),
    }
    for day, (aqi, low, high, p150, c150, p200, c200) in rows.items():
        warehouse.con.execute(
            "INSERT INTO forecast.city_day (issued_at, city_code, day, model, aqi, aqi_low, aqi_high, prob_above_150,"
            " called_150, prob_above_200, called_200, standard_set)"
            " VALUES (?, '610100', ?, 'baseline_learned', ?, ?, ?, ?, ?, ?, ?, '2012')",
            [datetime(2026, 1, day - 1), date(2026, 1, day), aqi, low, high, p150, c150, p200, c200],
        )  # fmt: skip
    rebuild_verification(warehouse.con, AS_OF)
    return warehouse


def event(warehouse, threshold, said_by):
    return warehouse.row("forecast.verification_event", threshold=threshold, said_by=said_by, **KEY)


def test_heavy_days_by_each_way_of_saying_so(filled):
    counts = {
        by: tuple(event(filled, 150, by)[c] for c in ("n", "n_observed", "n_hit", "n_miss", "n_false"))
        for by in ("aqi", "aqi_high", "called", "persistence")
    }
    # observed above 150: the 10th and the 11th
    assert counts == {
        "aqi": (4, 2, 1, 1, 1),
        "aqi_high": (4, 2, 2, 0, 1),
        "called": (4, 2, 2, 0, 1),
        # persistence knows the 9th for the 11th, 10th for the 12th, 11th for the 13th; nothing for the 10th
        "persistence": (3, 1, 0, 1, 2),
    }
    row = event(filled, 150, "aqi")
    assert (row["hit_rate"], row["false_alarm_ratio"]) == (0.5, 0.5)
    assert row["csi"] == pytest.approx(1 / 3, abs=1e-6)
    assert event(filled, 150, "called")["csi"] == pytest.approx(2 / 3, abs=1e-6)


def test_the_brier_score_of_a_chance_and_of_yes_and_no(filled):
    assert event(filled, 150, "called")["brier"] == pytest.approx((0.36 + 0.09 + 0.36 + 0.01) / 4)
    assert event(filled, 150, "aqi")["brier"] == 0.5
    assert event(filled, 150, "persistence")["brier"] == 1.0


def test_a_day_nothing_was_called_of_is_not_counted_for_the_chance(filled):
    row = event(filled, 200, "called")
    assert (row["n"], row["n_observed"], row["hit_rate"], row["csi"]) == (3, 0, None, None)
    assert event(filled, 200, "aqi_high")["n_hit"] == 1


def test_all_cities_and_the_year_are_there_as_well(filled):
    keys = filled.rows("SELECT DISTINCT city_code, period FROM forecast.verification_event ORDER BY ALL")
    assert [tuple(k.values()) for k in keys] == [
        ("610100", "2026"), ("610100", "2026-01"), ("all", "2026"), ("all", "2026-01")
    ]  # fmt: skip


def test_ranges_and_pinball(filled):
    row = filled.row("forecast.verification", model="baseline_learned", item="AQI", **KEY)
    # outside: the 10th (180 above 170) and the 12th (140 below 150)
    assert (row["n_range"], row["range_hit_rate"], row["share_below_low"], row["share_above_high"]) == (
        4, 0.5, 0.25, 0.25
    )  # fmt: skip

    def loss(observed, *ends):
        return sum(
            max(q * (observed - v), (q - 1) * (observed - v)) for q, v in zip((0.1, 0.5, 0.9), ends, strict=True)
        ) / 3  # fmt: skip

    wanted = [loss(220, 120, 160, 230), loss(140, 150, 155, 190), loss(90, 50, 80, 120)]
    assert row["pinball"] == pytest.approx(sum(wanted) / 3, abs=1e-6)
    before = [loss(220, 100, 100, 100), loss(140, 180, 180, 180), loss(90, 220, 220, 220)]
    assert row["pinball_persistence"] == pytest.approx(sum(before) / 3, abs=1e-6)


def test_a_changed_chance_has_the_year_scored_again(filled):
    assert rebuild_verification(filled.con, AS_OF) == []
    filled.con.execute("UPDATE forecast.city_day SET called_150 = true")
    assert rebuild_verification(filled.con, AS_OF) == ["2026"]
    assert event(filled, 150, "called")["n_false"] == 2
    filled.con.execute("DELETE FROM forecast.city_day")
    rebuild_verification(filled.con, AS_OF)
    assert filled.rows("SELECT * FROM forecast.verification_event") == []


def fitted(errors, middles=(), observed=()):
    return SimpleNamespace(
        errors=np.sort(np.array(errors, float)),
        middles=np.array(middles, float),
        observed=np.array(observed, float),
    )


def test_the_chance_is_the_share_of_errors_that_lead_above():
    found = fitted([-0.2, -0.1, 0.0, 0.1, 0.2])
    middle = np.log1p(np.array([150.0, 150.0 * 1.3, 100.0]))
    assert chance(found, middle, 150).tolist() == [0.4, 1.0, 0.0]
    assert quantiles(found, middle)[1] == pytest.approx([150, 195, 100])


def test_the_bound_is_the_one_that_served_best_and_none_is_set_on_few_days():
    rng = np.random.default_rng(1)
    middles = np.log1p(rng.uniform(60, 240, 4000))
    errors = rng.normal(0, 0.25, 4000)
    observed = np.expm1(middles + errors)
    found = fitted(errors, middles, observed)
    best = bound(found, 150)
    came = observed > 150

    def index(least):
        said = chance(found, middles, 150) >= least
        return (said & came).sum() / (said | came).sum()

    assert 0.2 <= best <= 0.6
    assert all(index(best) >= index(other) for other in np.arange(0.2, 0.61, 0.02))
    few = fitted(errors, middles, np.where(np.cumsum(came) < NEEDED_EVENTS, observed, 10.0))
    assert np.isnan(bound(few, 150))
    assert np.isnan(called(np.array([0.9]), bound(few, 150))).all()


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=50), st.floats(0, 7), st.floats(0, 1))
def test_a_higher_middle_is_never_less_likely_to_be_heavy(errors, middle, more):
    found = fitted(errors)
    low, high = chance(found, np.array([middle, middle + more]), 150)
    assert 0 <= low <= high <= 1
    assert chance(found, np.array([middle]), 200)[0] <= low


def grids(warehouse, days, forecast, *, model="cams", weighting="station", city="610100", **other):
    """One run a day, each for its own day."""
    for day in days:
        warehouse.con.execute(
            "INSERT INTO forecast.grid_day BY NAME SELECT $i AS issued_at, $c AS city_code, $d AS day, $m AS model,"
            " $p AS pm25_ugm3, $q AS pm10_ugm3, 5 AS n_points, 'mean_1h' AS method, $s AS sha256, $w AS weighting",
            {"i": datetime(2026, 1, day, 8), "c": city, "d": date(2026, 1, day), "m": model, "p": forecast,
             "q": other.get("pm10"), "s": "x", "w": weighting},
        )  # fmt: skip


@pytest.fixture
def correcting(warehouse, monkeypatch):
    monkeypatch.setattr(module, "transaction", lambda con: nullcontext(con))
    warehouse.con.execute(
        "INSERT INTO ops.source_file BY NAME SELECT 'a.nc' AS path, 'forecast_grid' AS kind, 'x' AS sha256, 1 AS size_bytes,"
        " 1 AS modified_ns, 1 AS age_ns, 'loaded' AS status, TIMESTAMP '2026-01-01' AS seen_at, 'x' AS run_id"
    )
    return warehouse


def corrected(warehouse, day):
    rebuild_grids(warehouse.con, AS_OF)
    rows = warehouse.rows(
        "SELECT pm25_ugm3, pm10_ugm3 FROM forecast.city_day WHERE model = 'cams_corrected' AND issued_at = $1",
        [datetime(2026, 1, day, 8)],
    )
    return rows[0] if rows else None


def test_ten_different_days_are_needed(correcting):
    grids(correcting, range(1, 13), 50.0)
    correcting.fill("610100", "2026-01-01", "2026-01-11", pm25_ugm3=100.0)
    assert corrected(correcting, 10) is None, "nine days before it"
    assert corrected(correcting, 11)["pm25_ugm3"] == pytest.approx(100.0)


def test_days_with_dust_do_not_count_for_particles(correcting):
    grids(correcting, range(1, 16), 50.0, pm10=80.0)
    correcting.fill("610100", "2026-01-01", "2026-01-10", pm25_ugm3=100.0, pm10_ugm3=160.0)
    correcting.fill("610100", "2026-01-11", "2026-01-14", pm25_ugm3=400.0, pm10_ugm3=2000.0, n_dust_hours=9)
    found = corrected(correcting, 15)
    assert (found["pm25_ugm3"], found["pm10_ugm3"]) == (100.0, 160.0)


def test_the_factor_is_bounded_and_absurd_pairs_do_not_count(correcting):
    grids(correcting, range(1, 13), 10.0)
    correcting.fill("610100", "2026-01-01", "2026-01-11", pm25_ugm3=150.0)
    assert corrected(correcting, 12)["pm25_ugm3"] == 40.0, (
        "fifteen times as much, four times is as far as it goes"
    )
    correcting.con.execute("UPDATE air.city_day SET pm25_ugm3 = 201")
    assert corrected(correcting, 12) is None, "more than twenty times apart: a unit is wrong"


def test_pm10_is_never_below_pm25_afterwards(correcting):
    grids(correcting, range(1, 13), 50.0, pm10=60.0)
    correcting.fill("610100", "2026-01-01", "2026-01-11", pm25_ugm3=100.0, pm10_ugm3=60.0)
    found = corrected(correcting, 12)
    assert (found["pm25_ugm3"], found["pm10_ugm3"]) == (100.0, 100.0)


def test_runs_that_were_read_in_another_way_do_not_count(correcting):
    grids(correcting, range(1, 12), 50.0)
    grids(correcting, [12], 50.0, weighting="area")
    correcting.fill("610100", "2026-01-01", "2026-01-11", pm25_ugm3=100.0)
    assert corrected(correcting, 12) is None


def test_a_city_of_few_days_is_corrected_by_all_of_them_together(correcting):
    for city in ("610300", "610400", "610500"):
        grids(correcting, range(1, 13), 50.0, city=city)
        correcting.fill(city, "2026-01-01", "2026-01-11", pm25_ugm3=75.0)
    grids(correcting, [12], 60.0)
    assert corrected(correcting, 12) is not None
    rows = correcting.rows(
        "SELECT pm25_ugm3 FROM forecast.city_day WHERE model = 'cams_corrected' AND city_code = '610100'"
    )
    assert rows == [{"pm25_ugm3": 90.0}]
