"""Looking back: a hand-made episode whose answers are known."""

import json
from datetime import datetime, timedelta

import pytest
from warning_homes import FULL, NATIONAL, NOW, ORANGE, context, kept, running

from pipelines.emergency.life import adjust, commands, observed, store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.review import review
from warehouse import state

LIFT = datetime(2026, 12, 6, 12)


def episode(window, levels, first=datetime(2026, 12, 3)):
    """Hours of a city: 60 µg/m³ but for whole days from ``first`` on."""
    hours = []
    end = window[0] + timedelta(hours=1)
    while end <= window[1]:
        day = (end - timedelta(hours=1) - first).days if end > first else -1
        hours.append((end, float(levels[day]) if 0 <= day < len(levels) else 60.0, None))
        end += timedelta(hours=1)
    return hours


@pytest.fixture
def lived(tmp_path):
    """An orange warning: approved 32 h ahead, response 6 h late, lifted 12 h after its end."""
    path = tmp_path / "state.sqlite"
    record = kept(path)
    one = record.warning_id
    commands.approve(context(path), one, FULL)
    commands.start(context(path, datetime(2026, 12, 3, 6)), one, FULL)
    adjust.lift(context(path, LIFT), one, FULL, None)
    return path, one


def looked_back(lived, levels, **more):
    path, one = lived
    with state.reading(path) as con:
        record, events = store.get(con, one), store.events(con, one)
        made = store.document(con, record.draft_sha256)
    window = observed.window_of(record, made)
    hours = episode(window, levels) if levels is not None else []
    return review(record, events, made, NATIONAL, hours, window, datetime(2026, 12, 20), **more)


def test_an_episode_as_forecast(lived):
    # PM2.5 125, 130, 135 µg/m³: 150 + 50/35 · (c − 115) = 164.3, 171.4, 178.6, rounded up.
    found = looked_back(lived, (125, 130, 135))
    assert found["window"] == {"start": datetime(2026, 12, 2), "end": datetime(2026, 12, 9)}
    assert found["observations"]["complete"] and found["observations"]["n_hours"] == 7 * 24
    days = found["forecast"]["days"]
    assert [(d["forecast_high"], d["observed"]) for d in days][:3] == [(160, 165), (170, 172), (180, 179)]
    assert [d["error"] for d in days][:3] == [5, 2, -1]
    assert (found["forecast"]["level_observed"], found["forecast"]["verdict"]) == ("orange", "as_forecast")
    assert (found["level"]["highest"], found["level"]["verdict"]) == ("orange", "as_rule")
    timing = found["timing"]
    assert timing["observed_start"] == datetime(2026, 12, 3) and timing["observed_end"] == datetime(
        2026, 12, 6
    )
    assert (timing["notice_h"], timing["notice_needed_h"], timing["notice_kept"]) == (32.0, 24, True)
    assert (timing["response_late_h"], timing["late"], timing["lifted_after_end_h"]) == (6.0, True, 12.0)


def test_the_level_is_held_against_the_rule_on_observations(lived):
    assert looked_back(lived, (160, 170, 260))["level"]["verdict"] == "weaker", "that was red"
    assert looked_back(lived, (125, 130))["level"]["verdict"] == "stricter", "that was yellow"
    clean = looked_back(lived, (60, 60, 60))
    assert (clean["level"]["verdict"], clean["forecast"]["verdict"]) == ("not_needed", "overforecast")
    assert clean["timing"]["late"] is None


def test_cross_midnight_pollution_is_found_with_both_results(lived):
    path, one = lived
    with state.reading(path) as con:
        record, events = store.get(con, one), store.events(con, one)
        made = store.document(con, record.draft_sha256)
    window = observed.window_of(record, made)
    begin = datetime(2026, 12, 3, 12)
    hours = [
        (e, 170.0 if begin < e <= begin + timedelta(hours=48) else 60.0, None)
        for e, _, _ in episode(window, ())
    ]
    found = review(record, events, made, NATIONAL, hours, window, datetime(2026, 12, 20))["level"]
    assert (found["observed_by_rule"], found["observed_natural_days"]) == ("orange", "yellow")


def test_compliance_and_air_effect_stand_apart_and_claim_nothing(lived):
    found = looked_back(lived, (125, 130, 135))
    assert found["compliance"]["status"] == "no_data" and "无数据" in found["compliance"]["zh"]
    air = found["air_effect"]
    assert air["status"] == "not_attributed"
    # 30 h before the response: 24 at 60 and 6 at 125; after the lifting all at 60.
    assert air["pm25_mean_ugm3"]["before"] == pytest.approx((24 * 60 + 6 * 125) / 30)
    assert air["pm25_mean_ugm3"]["after"] == 60.0 and air["n_hours"]["after"] == 60
    assert not {"compliance", "air_effect"} & set(found["level"]) and json.dumps(found, default=str)


def test_without_observations_nothing_is_claimed(lived):
    found = looked_back(lived, None)
    assert (found["forecast"]["verdict"], found["level"]["verdict"]) == ("no_data", "no_data")
    assert found["air_effect"]["status"] == found["compliance"]["status"] == "no_data"
    assert found["forecast"]["n_compared"] == 0 and found["timing"]["observed_start"] is None
    assert found["timing"]["notice_h"] == 32.0


def test_an_own_profile_that_is_not_at_hand_gives_no_verdict(lived):
    path, one = lived
    with state.reading(path) as con:
        record, events = store.get(con, one), store.events(con, one)
        made = store.document(con, record.draft_sha256)
    window = observed.window_of(record, made)
    found = review(record, events, made, None, episode(window, (200, 200)), window, NOW)
    assert found["level"]["verdict"] == "no_data" and found["forecast"]["days"][0]["observed"] == 250


def test_only_what_was_approved_is_reviewed_and_only_what_was_lifted_is_closed(tmp_path):
    path = tmp_path / "state.sqlite"
    record = kept(path)
    with state.reading(path) as con:
        made = store.document(con, record.draft_sha256)
    with pytest.raises(LifeError) as error:
        observed.window_of(record, made)
    assert error.value.code == "not_approved"
    one = running(tmp_path / "b.sqlite", *ORANGE).warning_id
    with pytest.raises(LifeError) as error:
        commands.evaluate(context(tmp_path / "b.sqlite"), one, FULL, {})
    assert error.value.code == "forbidden_transition"


def test_no_verdict_from_a_warning_hardly_measured_but_too_low_stays_too_low(lived):
    path, one = lived
    with state.reading(path) as con:
        record, events = store.get(con, one), store.events(con, one)
        made = store.document(con, record.draft_sha256)
    window = observed.window_of(record, made)
    for levels, verdict in (((125, 130, 135), "no_data"), ((300, 300, 300), "no_data")):
        seen = [h for h in episode(window, levels) if h[0] <= datetime(2026, 12, 3, 12)]
        found = review(record, events, made, NATIONAL, seen, window, datetime(2026, 12, 3, 12))
        assert (found["level"]["verdict"], found["forecast"]["verdict"]) == (verdict, verdict)
        assert not found["observations"]["covers_warning"] and found["timing"]["observed_end"] is None
    seen = [h for h in episode(window, (160, 170, 260)) if h[0] <= datetime(2026, 12, 6)]
    assert review(record, events, made, NATIONAL, seen, window, LIFT)["level"]["verdict"] == "weaker"
