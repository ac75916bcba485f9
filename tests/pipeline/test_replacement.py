"""Replacement: the unit is the hour, newer replaces, nothing valid is erased unasked, and order does not matter."""

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from homes import CODES, D5, D6, D7, SECOND, Town, expected, name_of, station_text, told

STATES = "SELECT day, input_hash FROM ops.day_state WHERE table_name = 'air.station_hour' ORDER BY day"
EVENING = datetime(2019, 1, 5, 20)
FIRST = CODES[0]


def at_hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path / "home")


def test_newer_file_replaces_its_hours_only(town: Town) -> None:
    town.day(D5, at=100)
    town.take()
    town.day(D5, at=200, name=f"fix/{name_of(D5)}", hours=[3, 20], add=1)
    town.take()
    assert town.hours(D5) == expected(D5) | expected(D5, [3, 20], add=1)
    sources = town.rows("SELECT path, count(*) FROM ops.hour_source GROUP BY ALL ORDER BY 2")
    assert [n for _, n in sources] == [2, 22]


def test_older_file_that_comes_later_fills_only_absent_hours(town: Town) -> None:
    town.day(D5, at=200, hours=[3, 4], add=1)
    town.take()
    town.day(D5, at=100, name=f"old/{name_of(D5)}")
    town.take()
    assert town.hours(D5) == expected(D5) | expected(D5, [3, 4], add=1)


def test_with_equal_times_the_path_decides(town: Town) -> None:
    town.day(D5, name=f"b/{name_of(D5)}", add=2)
    town.take()
    town.day(D5, name=f"a/{name_of(D5)}", add=1)
    town.take()
    assert town.hours(D5) == expected(D5, add=2)
    town.day(D5, name=f"c/{name_of(D5)}", add=3)
    town.take()
    assert town.hours(D5) == expected(D5, add=3)


def lacking(day: date = D5, hour: int = 3, add: int = 1) -> str:
    """A whole day whose hour lacks one value, all others raised."""
    return station_text(day, values={(hour, "SO2", FIRST): None}, add=add)


def test_hours_that_would_lose_a_value_are_held_and_accepted(town: Town) -> None:
    town.day(D5)
    town.take()
    path = town.put(f"new/{name_of(D5)}", lacking(), at=200)
    town.take()
    others = [h for h in range(24) if h != 3]
    assert town.hours(D5) == expected(D5) | expected(D5, others, add=1)
    account = town.file(path)
    assert (account["status"], account["reason_code"]) == ("held", "would_remove")
    assert told(account)
    held = town.dicts("SELECT * FROM ops.held_value ORDER BY offered NULLS FIRST")
    assert len(held) == 24
    assert (held[0]["station_code"], held[0]["pollutant"], held[0]["hour_end"], held[0]["offered"]) == (
        FIRST,
        "SO2",
        at_hour(D5, 3),
        None,
    )
    assert town.due().n_files == 0
    town.accept(path)
    assert town.due().n_files == 1
    town.run()
    assert town.file(path)["status"] == "loaded"
    assert town.value(FIRST, at_hour(D5, 3), "SO2") is None
    assert town.value(FIRST, at_hour(D5, 3), "CO") == expected(D5, [3], add=1)[FIRST, at_hour(D5, 3), "CO"]
    assert town.rows("SELECT * FROM ops.held_value") == []
    assert town.rows("SELECT subject, decided_by FROM ops.decision") == [(str(path), "王工")]
    assert not town.due().anything


def test_impossible_values_may_vanish_without_asking(town: Town) -> None:
    town.day(D5, values={(3, "SO2", FIRST): -999, (4, "O3", FIRST): 9999})
    town.take()
    path = town.day(
        D5, at=200, name=f"b/{name_of(D5)}", values={(3, "SO2", FIRST): None, (4, "O3", FIRST): None}
    )
    town.take()
    assert town.file(path)["status"] == "loaded"
    assert town.value(FIRST, at_hour(D5, 3), "SO2") is None
    assert town.value(FIRST, at_hour(D5, 4), "O3") is None


def test_only_valid_values_are_counted_as_lost(town: Town) -> None:
    town.day(D5, values={(3, "SO2", FIRST): -999})
    town.take()
    path = town.day(D5, 200, f"b/{name_of(D5)}", values={(3, "SO2", FIRST): None, (3, "CO", FIRST): None})
    town.take()
    assert "remove 1 valid values in 1 hours" in town.file(path)["reason_en"]


def test_new_content_at_the_path_of_a_held_file_takes_its_place(town: Town) -> None:
    town.day(D5)
    town.take()
    path = town.put(f"new/{name_of(D5)}", lacking(), at=200)
    town.take()
    town.accept(path)
    town.day(D5, at=300, name=f"new/{name_of(D5)}", add=5, values={(7, "CO", FIRST): None})
    town.take()
    account = town.file(path)
    assert account["status"] == "held", "whoever accepted the old content did not see the new one"
    hours = {hour for (hour,) in town.rows("SELECT DISTINCT hour_end FROM ops.held_value")}
    assert hours == {at_hour(D5, 7)}
    assert town.value(FIRST, at_hour(D5, 3), "SO2") == expected(D5, [3], add=5)[FIRST, at_hour(D5, 3), "SO2"]
    statuses = town.rows("SELECT status FROM ops.source_file WHERE path = ? ORDER BY 1", [str(path)])
    assert statuses == [("held",), ("superseded",)]


def test_an_accepted_file_may_empty_a_day(town: Town) -> None:
    town.day(D5, hours=[5], stations=[FIRST])
    town.take()
    blank = {(5, kind, FIRST): None for kind in ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO")}
    path = town.day(D5, at=200, name=f"b/{name_of(D5)}", hours=[5], stations=[FIRST], values=blank)
    town.take()
    assert town.file(path)["status"] == "held"
    town.accept(path)
    town.take()
    assert town.file(path)["status"] == "loaded"
    assert town.hours(D5) == {}
    town.day(D5, at=300, name=f"c/{name_of(D5)}")
    town.take()
    assert town.hours(D5) == expected(D5)


def test_same_bytes_under_another_name_are_a_duplicate(town: Town) -> None:
    first = town.day(D5)
    town.take()
    before = town.air()
    copy = town.day(D5, at=200, name=f"copy/{name_of(D5)}")
    town.take()
    account = town.file(copy)
    assert (account["status"], account["reason_code"]) == ("duplicate", "duplicate_content")
    assert str(first) in account["reason_zh"] and told(account)
    assert town.air() == before


def test_a_copy_of_a_held_file_waits_for_the_same_decision(town: Town) -> None:
    town.day(D5)
    held = town.put(f"b/{name_of(D5)}", lacking(), at=200)
    copy = town.put(f"c/{name_of(D5)}", lacking(), at=300)
    town.take()
    assert (town.file(held)["status"], town.file(copy)["status"]) == ("held", "duplicate")
    again = town.put(f"d/{name_of(D5)}", lacking(), at=400)
    town.take()
    assert town.file(again)["status"] == "duplicate"
    assert town.value(FIRST, at_hour(D5, 3), "SO2") is not None


def test_a_file_with_a_wrong_name_does_not_block_the_right_one(town: Town) -> None:
    wrong = town.put(name_of(D6), station_text(D5))
    town.take()
    assert town.file(wrong)["reason_code"] == "date_mismatch"
    right = town.put(name_of(D5), station_text(D5))
    town.take()
    assert town.file(right)["status"] == "loaded"
    assert town.hours(D5) == expected(D5)


def test_a_file_with_a_wrong_name_counts_once_accepted(town: Town) -> None:
    wrong = town.put(name_of(D6), station_text(D5))
    town.take()
    assert town.hours(D5) == {}
    town.accept(wrong)
    town.take()
    assert town.file(wrong)["status"] == "loaded"
    assert town.hours(D5) == expected(D5)


def test_a_touched_file_changes_nothing(town: Town) -> None:
    path = town.day(D5)
    town.take()
    before = town.air()
    os.utime(path, ns=(500 * SECOND, 500 * SECOND))
    town.take()
    assert town.file(path)["status"] == "loaded"
    assert town.air() == before


def test_a_touched_old_file_still_never_erases(town: Town) -> None:
    old = town.day(D5, at=100, values={(3, "SO2", FIRST): None})
    town.day(D5, at=200, name=f"full/{name_of(D5)}", add=1)
    town.take()
    kept = town.value(FIRST, at_hour(D5, 3), "SO2")
    os.utime(old, ns=(300 * SECOND, 300 * SECOND))
    town.take()
    assert town.value(FIRST, at_hour(D5, 3), "SO2") == kept
    assert town.file(old)["status"] == "ignored"


def test_the_growing_file_of_today(town: Town) -> None:
    town.as_of = at_hour(D5, 8)
    town.day(D5, at=100, hours=range(9))
    town.take()
    assert town.hours(D5) == expected(D5, range(9))
    town.as_of = at_hour(D5, 9)
    path = town.day(D5, at=200, hours=range(10))
    town.take()
    assert town.file(path)["status"] == "loaded"
    assert town.hours(D5) == expected(D5, range(10))
    assert town.rows("SELECT DISTINCT state FROM air.station_day WHERE day = ?", [D5]) == [("partial",)]


def test_a_late_file_recomputes_its_two_days_only(town: Town) -> None:
    days = [D5 + timedelta(days=n) for n in range(4)]
    for day in days:
        if day != D6:
            town.day(day)
    town.take()
    before = dict(town.rows(STATES))
    town.day(D6, at=200)
    town.take()
    after = dict(town.rows(STATES))
    assert {day for day in after if after[day] != before.get(day)} == {D5, D6}
    assert town.summary.days == {D5, D6}


def test_state_of_a_day(town: Town) -> None:
    town.as_of = at_hour(D6, 12)
    town.day(D5, hours=range(1, 24))
    town.take()
    state = "SELECT DISTINCT state FROM air.station_day WHERE day = ?"
    assert town.rows(state, [D5]) == [("partial",)]
    town.day(D6, hours=range(1))
    town.take()
    assert town.rows(state, [D5]) == [("complete",)]
    town.day(D7, hours=range(2))
    town.take()
    town.as_of = at_hour(D7, 0) + timedelta(days=7, minutes=-1)
    town.take()
    assert town.rows(state, [D6]) == [("partial",)]
    town.as_of = at_hour(D7, 0) + timedelta(days=7)
    assert (town.due().first, town.due().last) == (D6, D6)
    town.take()
    assert town.rows(state, [D6]) == [("closed",)]
    assert town.rows(state, [D5]) == [("complete",)]


Step = Callable[[Town], object]
STEPS: tuple[Step, ...] = (
    lambda town: town.day(D5, at=100),
    lambda town: town.day(D5, at=200, name=f"b/{name_of(D5)}", hours=range(6), add=1),
    lambda town: town.day(D6, at=150),
    lambda town: town.day(D5, at=300, name=f"c/{name_of(D5)}"),
)
"""The last has the bytes of the first: published again after a correction that was withdrawn."""


def arrive(root: Path, steps: Sequence[Step], order: Sequence[int]) -> Town:
    town = Town(root)
    for k in order:
        steps[k](town)
        town.take()
    return town


def test_any_order_of_arrival_gives_the_same_tables(tmp_path: Path) -> None:
    town = Town(tmp_path / "at once")
    for step in STEPS:
        step(town)
    town.take()
    at_once = town.air()
    assert town.hours(D5) == expected(D5)
    for order in list(permutations(range(4)))[5::9]:
        assert arrive(tmp_path / str(order), STEPS, order).air() == at_once, order


def test_stations_that_begin_in_mid_month_count_for_the_whole_month(tmp_path: Path) -> None:
    late = D5 + timedelta(days=3)

    def fill(town: Town, days: Sequence[date]) -> None:
        for day in days:
            town.day(day, stations=CODES[:2] if day < late else CODES)

    days = [D5 + timedelta(days=n) for n in range(5)]
    one, other = Town(tmp_path / "one"), Town(tmp_path / "other")
    for town, parts in ((one, [days]), (other, [days[:3], days[3:]])):
        for part in parts:
            fill(town, part)
            town.take()
        town.rest()
    expected_first = (
        "SELECT DISTINCT n_stations_expected FROM air.city_hour WHERE city_code = '610100' AND hour_end = ?"
    )
    assert other.rows(expected_first, [at_hour(D5, 1)]) == [(3,)]
    found = other.tables()
    for name, rows in one.tables().items():
        assert str(rows).replace(str(one.home.root), "") == str(found[name]).replace(
            str(other.home.root), ""
        ), name


def test_backfill_gives_identical_tables(town: Town) -> None:
    town.day(D5)
    town.day(D5, at=200, name=f"b/{name_of(D5)}", hours=[4], add=1)
    town.day(D6)
    town.run(publish=False)
    before = town.tables()
    town.run((D5, D6), force=True, publish=False)
    assert town.summary.days >= {D5, D6}
    assert town.tables() == before


def test_a_window_leaves_other_days_for_later(town: Town) -> None:
    town.day(D5)
    town.day(D5 + timedelta(days=5))
    town.take((D5, D5))
    assert town.hours(D5 + timedelta(days=5)) == {}
    assert town.due().n_files == 1
    town.take()
    assert town.hours(D5 + timedelta(days=5)) == expected(D5 + timedelta(days=5))


REVIEWED = "城市,日期,PM2.5,文号\n"


def city_day(town: Town, day: date = D5) -> dict[str, object]:
    (row,) = town.dicts("SELECT * FROM air.city_day WHERE city_code = '610100' AND day = ?", [day])
    return row


def compute(town: Town) -> None:
    from pipelines import steps

    town.take()
    steps.city_day_step(town.context())


def test_reviewed_values_and_dust_hours_reach_the_city_day(town: Town) -> None:
    town.day(D5)
    town.day(D6, hours=range(1))
    compute(town)
    measured = city_day(town)
    assert measured["state"] == "complete"
    town.put("reviewed.csv", REVIEWED + "西安,2019-01-05,33.5,审1号\n西安,2019-01-06,44,审1号\n", at=10)
    town.put("dust.csv", "城市,开始,结束,文号\n西安,2019-01-05 03:00,2019-01-05 05:00,沙1号\n", at=10)
    assert town.due().anything
    compute(town)
    row = city_day(town)
    assert (row["state"], row["pm25_ugm3"], row["n_dust_hours"]) == ("reviewed", 33.5, 3)
    assert row["pm10_ugm3"] == measured["pm10_ugm3"]
    assert row["pm25_after_dust_ugm3"] is None

    town.put("reviewed.csv", REVIEWED + "西安,2019-01-05,36,审2号\n", at=20)
    compute(town)
    assert city_day(town)["pm25_ugm3"] == 36
    assert town.rows("SELECT day, pm25_ugm3 FROM air.reviewed_day") == [(D5, 36.0)]

    town.put("again.csv", REVIEWED + "西安,2019-01-05,39,审3号\n", at=30)
    compute(town)
    assert city_day(town)["pm25_ugm3"] == 39
    town.put("older.csv", REVIEWED + "西安,2019-01-05,1,审0号\n西安,2019-01-07,7,审0号\n", at=5)
    town.take()
    assert town.rows("SELECT day, pm25_ugm3 FROM air.reviewed_day ORDER BY day") == [(D5, 39.0), (D7, 7.0)]


def test_new_bytes_of_a_path_come_after_its_old_ones_even_with_an_older_time(town: Town) -> None:
    town.day(D5, at=1000)
    town.take()
    before = town.value(FIRST, at_hour(D5, 3), "SO2")
    town.day(D5, at=500, add=5)
    town.take()
    assert town.value(FIRST, at_hour(D5, 3), "SO2") == before + 5


def test_touching_an_old_file_does_not_undo_a_correction(town: Town) -> None:
    old = town.day(D5, at=100)
    town.take()
    before = town.value(FIRST, at_hour(D5, 3), "SO2")
    town.day(D5, at=200, name=f"full/{name_of(D5)}", add=5)
    town.take()
    os.utime(old, ns=(300 * SECOND, 300 * SECOND))
    town.take()
    assert town.value(FIRST, at_hour(D5, 3), "SO2") == before + 5


def test_an_older_file_that_has_more_is_held_not_dropped(town: Town) -> None:
    town.day(D5, at=200, name=f"full/{name_of(D5)}", values={(3, "SO2", FIRST): None})
    town.take()
    assert town.value(FIRST, at_hour(D5, 3), "SO2") is None
    old = town.day(D5, at=100)
    town.take()
    assert town.file(old)["status"] == "held"
    assert town.file(old)["reason_code"] == "older_has_more"
