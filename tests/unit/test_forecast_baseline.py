"""The baseline: nothing of the day of issue or after it is used, short histories are refused, the same twice."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta

import numpy as np
import pytest

import pipelines.forecast.rebuild as module
from pipelines.forecast.baseline import CLIMATOLOGY, LEARNED, MODELS, PERSISTENCE, at_day, month_of_issues
from pipelines.forecast.history import History, read_history
from pipelines.forecast.learned import LEADS, features, fit, lagged
from pipelines.forecast.rebuild import rebuild_baseline
from pipelines.forecast.simple import persistence, weekday_factors

CITIES = ("610100", "610300", "610400")
COLUMNS = {"PM2.5": 60.0, "PM10": 100.0, "SO2": 10.0, "NO2": 30.0, "O3": 90.0, "CO": 0.8}


def made(n_days, first=date(2024, 1, 1), seed=1, n_cities=3):
    """Air that remembers the day before, with a winter, as long as asked for."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.5 * np.cos(2 * np.pi * (np.arange(n_days + 1) + first.timetuple().tm_yday) / 365.25)
    state = np.zeros((n_days + 1, n_cities))
    for n in range(1, n_days + 1):
        state[n] = 0.7 * state[n - 1] + 0.25 * rng.normal(size=n_cities)
    values = {p: level * season[:, None] * np.exp(state) for p, level in COLUMNS.items()}
    values["O3"] = COLUMNS["O3"] * (2 - season)[:, None] * np.exp(0.3 * state)
    for v in values.values():
        v[-1] = np.nan
    return History(first, CITIES[:n_cities], values, {"2012": values["PM2.5"] * 1.3})


def issues(month, n=28):
    return [month + timedelta(days=d) for d in range(n)]


def test_persistence_is_the_newest_day_before_the_issue():
    history = made(20)
    history.values["PM2.5"][17:20, 1] = np.nan
    history.values["PM2.5"][19, 2] = np.nan
    found = persistence(history, date(2024, 1, 21))["PM2.5"]
    assert found[0] == history.values["PM2.5"][19, 0]
    assert np.isnan(found[1]), "three days back is as far as it looks"
    assert found[2] == history.values["PM2.5"][18, 2]


def test_what_comes_later_changes_nothing():
    history, later = made(500), made(500)
    cut = later.row(date(2025, 4, 1))
    for values in (*later.values.values(), *later.aqi.values()):
        values[cut:] = 9999.0
    one, _ = month_of_issues(history, issues(date(2025, 4, 1), 1))
    two, _ = month_of_issues(later, issues(date(2025, 4, 1), 1))
    assert set(one["model"]) == set(MODELS)
    assert one.equals(two)


def test_what_is_learned_is_learned_before_the_month():
    history, later = made(500), made(500)
    cut = later.row(date(2025, 4, 1))
    for p, values in later.values.items():
        values[cut : cut + 5] *= 3 if p == "O3" else 1
    base = lagged(history, history.values["O3"])
    for lead in LEADS:
        one = fit(history, history.values["O3"], features(history, base, lead), lead, date(2025, 4, 1))
        other = lagged(later, later.values["O3"])
        two = fit(later, later.values["O3"], features(later, other, lead), lead, date(2025, 4, 1))
        assert one is not None
        assert two is not None
        assert np.array_equal(one.weights, two.weights)
        assert np.array_equal(one.errors, two.errors)


def test_twice_is_the_same():
    days = issues(date(2025, 4, 1), 5)
    assert month_of_issues(made(500), days)[0].equals(month_of_issues(made(500), days)[0])


def test_the_learned_model_beats_persistence_on_air_it_can_learn():
    history = made(720)
    frame, refused = month_of_issues(history, issues(date(2025, 10, 1)))
    assert refused == []
    error = {}
    for model in (PERSISTENCE, LEARNED):
        own = frame[(frame["model"] == model) & ((frame["day"] - frame["issued_at"]).dt.days == 3)]
        row = [history.row(d.date()) for d in own["day"]]
        column = [CITIES.index(c) for c in own["city_code"]]
        error[model] = np.mean((own["pm25_ugm3"] - history.values["PM2.5"][row, column]) ** 2)
    assert error[LEARNED] < error[PERSISTENCE]


def test_ranges_are_in_order_and_hold_what_they_say():
    history = made(720)
    frame, _ = month_of_issues(history, issues(date(2025, 10, 1)))
    own = frame[frame["model"] == LEARNED]
    assert (own["pm25_low_ugm3"] <= own["pm25_ugm3"]).all()
    assert (own["pm25_ugm3"] <= own["pm25_high_ugm3"]).all()
    row = [history.row(d.date()) for d in own["day"]]
    observed = history.values["PM2.5"][row, [CITIES.index(c) for c in own["city_code"]]]
    inside = ((own["pm25_low_ugm3"] <= observed) & (observed <= own["pm25_high_ugm3"])).mean()
    assert 0.6 < inside < 0.95


@pytest.mark.parametrize(
    ("days", "models"), [(60, {PERSISTENCE}), (121, {PERSISTENCE, LEARNED}), (400, set(MODELS))]
)
def test_short_histories_are_refused_with_the_reason(days, models):
    history = made(days)
    issue = history.first + timedelta(days=days)
    frame, refused = month_of_issues(history, [issue])
    assert set(frame["model"]) == models
    assert {r.model for r in refused} == set(MODELS) - models
    for r in refused:
        assert str(r.n_days) in r.reasons[0]
        assert str(r.n_days_needed) in r.reasons[1]
        assert r.n_days < r.n_days_needed


def test_a_city_with_a_short_history_is_refused_alone():
    history = made(400)
    history.values["PM2.5"][:340, 1] = np.nan
    frame, refused = month_of_issues(history, [history.first + timedelta(days=400)])
    assert {(r.model, r.city_code) for r in refused} == {(CLIMATOLOGY, CITIES[1]), (LEARNED, CITIES[1])}
    assert set(frame[frame["model"] == LEARNED]["city_code"]) == {CITIES[0], CITIES[2]}


def test_weekdays_of_even_air_are_alike_and_a_dirty_sunday_shows():
    history = made(364)
    even = History(history.first, CITIES, {p: np.full_like(v, 50.0) for p, v in history.values.items()})
    cutoff = even.first + timedelta(days=364)
    assert weekday_factors(even, "PM2.5", cutoff) == pytest.approx(np.ones(7))
    even.values["PM2.5"][6 - even.first.weekday() :: 7] = 100.0
    assert weekday_factors(even, "PM2.5", cutoff).argmax() == 6


@pytest.fixture
def filled(warehouse, monkeypatch):
    monkeypatch.setattr(module, "transaction", lambda con: nullcontext(con))
    history = made(460, n_cities=2)
    for n, code in enumerate(CITIES[:2]):
        columns = {"pm25_ugm3": "PM2.5", "pm10_ugm3": "PM10", "o3_mda8_ugm3": "O3"}
        given = {c: history.values[p][:460, n] for c, p in columns.items()}
        warehouse.fill(code, "2024-01-01", "2025-04-04", **given)
    return warehouse


AS_OF = datetime(2025, 4, 5, 9)
ROWS = "SELECT * FROM forecast.city_day ORDER BY ALL"


def test_months_are_made_once_and_again_when_a_day_of_theirs_changes(filled):
    months = rebuild_baseline(filled.con, AS_OF)
    assert (months[0], months[-1], len(months)) == ("2024-04", "2025-04", 13)
    rows = filled.rows(
        "SELECT model, min(issued_at) AS first, max(issued_at) AS last FROM forecast.city_day GROUP BY 1 ORDER BY 1"
    )
    assert [r["model"] for r in rows] == sorted(MODELS)
    assert rows[0]["first"] == datetime(2024, 12, 1), "330 days are there from the end of November on"
    assert {r["last"] for r in rows} == {datetime(2025, 4, 5)}
    assert rebuild_baseline(filled.con, AS_OF) == []
    before = filled.rows(ROWS)
    filled.con.execute(
        "UPDATE air.city_day SET pm25_ugm3 = 300 WHERE day = '2025-03-02' AND city_code = '610100'"
    )
    assert rebuild_baseline(filled.con, AS_OF) == ["2025-03", "2025-04"]
    changed = filled.rows(ROWS)
    assert [r for r in changed if r["issued_at"] <= datetime(2025, 3, 2)] == [
        r for r in before if r["issued_at"] <= datetime(2025, 3, 2)
    ]
    assert changed != before


def test_step_by_step_gives_what_one_run_gives(filled):
    for day in (1, 2, 5):
        rebuild_baseline(filled.con, datetime(2025, 4, day, 9))
    steps = filled.rows(ROWS)
    filled.con.execute("DELETE FROM forecast.city_day")
    filled.con.execute("DELETE FROM ops.period_state WHERE table_name = 'forecast.baseline'")
    rebuild_baseline(filled.con, AS_OF)
    assert filled.rows(ROWS) == steps


def test_the_index_of_the_baseline_is_that_of_the_day_forecast(filled):
    rebuild_baseline(filled.con, AS_OF)
    row = filled.row(
        "forecast.city_day",
        model=PERSISTENCE,
        city_code="610100",
        issued_at=datetime(2025, 4, 5),
        day=date(2025, 4, 7),
    )
    last = filled.row("air.city_day", city_code="610100", day=date(2025, 4, 4))
    assert row["pm25_ugm3"] == pytest.approx(last["pm25_ugm3"], abs=0.05)
    assert row["standard_set"] == "2012"
    wanted = filled.rows(
        "SELECT (aqi_row($1, $2, $3, $4, $5, NULL, $6, '2012')).aqi AS aqi",
        [row[c] for c in ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "o3_mda8_ugm3", "co_mgm3")],
    )
    assert row["aqi"] == wanted[0]["aqi"]


def test_one_day_without_keeping_it_is_the_same_as_the_one_kept(filled):
    rebuild_baseline(filled.con, AS_OF)
    rows, refused = at_day(filled.con, AS_OF.date())
    kept = filled.rows(
        "SELECT * FROM forecast.city_day WHERE issued_at = '2025-04-05' ORDER BY city_code, day, model"
    )
    assert refused == []
    assert len(rows) == len(kept) == 2 * 3 * len(LEADS)
    for shown, stored in zip(rows, kept, strict=True):
        assert (shown["model"], shown["aqi"], shown["pm25_ugm3"]) == (
            stored["model"],
            stored["aqi"],
            stored["pm25_ugm3"],
        )


def test_history_reads_nothing_of_the_day_of_issue(filled):
    history = read_history(filled.con, date(2025, 4, 1), ["2012"])
    assert history is not None
    assert history.first + timedelta(days=history.n_days) == date(2025, 4, 1)
    assert np.isnan(history.values["PM2.5"][-1]).all()
    assert np.isnan(history.aqi["2012"][-1]).all()
    assert read_history(filled.con, date(2024, 1, 1)) is None
