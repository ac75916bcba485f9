"""Which index of a 24-hour block counts, and why another does not."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.emergency.proposal.blocks import (
    CAUSES,
    DayForecast,
    HourSeries,
    min_hours,
    of_day,
    of_days,
    of_hours,
)
from pipelines.emergency.proposal.draft import outcome
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.profiles import rank
from pipelines.emergency.proposal.shipped import profile

NATIONAL = profile("national-2024")
DAY = date(2026, 12, 2)
FIRST = datetime(2026, 12, 2, 1)
POINTS = (0, 35, 60, 115, 150, 250, 350, 500)
INDEX = (0, 50, 100, 150, 200, 300, 400, 500)


def day(aqi, primary="PM2.5", **more):
    return of_day(DayForecast(DAY, aqi, aqi, tuple(p for p in primary.split(",") if p), **more))


def exact_index(total, n):
    """IAQI of PM2.5 under HJ 633-2026 from a sum of whole µg/m³ over n hours, in whole numbers only."""
    c, rest = divmod(total, n)
    c += 2 * rest > n or (2 * rest == n and c % 2)
    if c > 500:
        return 500
    k = next(i for i in range(1, 8) if c <= POINTS[i])
    rise = (INDEX[k] - INDEX[k - 1]) * (c - POINTS[k - 1])
    return -(-rise // (POINTS[k] - POINTS[k - 1])) + INDEX[k - 1]


@pytest.mark.parametrize(
    ("primary", "more", "counted", "reason"),
    [
        ("PM2.5", {}, 210, ""),
        ("PM2.5,O3", {}, 210, ""),
        ("O3", {}, None, "o3"),
        ("O3", {"pm25_low": 80, "pm25_high": 90}, 128, ""),
        ("PM10", {}, None, "needs_analyst"),
        ("NO2", {}, None, "needs_analyst"),
        ("PM10,O3", {}, None, "needs_analyst"),
        ("PM10", {"pm25_high": 160.0}, 210, ""),
        ("", {}, 210, "cause_unknown"),
        ("", {"cause_kind": "o3"}, None, "o3"),
        ("PM2.5", {"cause_kind": "dust"}, 210, ""),
        ("PM2.5", {"cause_kind": "dust", "forecaster": " "}, 210, ""),
        ("PM2.5", {"cause_kind": "dust", "forecaster": "李四"}, None, "dust"),
        ("PM10", {"cause_kind": "dust", "forecaster": "李四", "pm25_high": 160.0}, 210, ""),
        ("PM2.5", {"cause_kind": "wildfire_smoke", "forecaster": "李四", "pm25_high": 160.0}, None, "wildfire_smoke"),
        ("PM2.5", {"cause_kind": "cross_border", "forecaster": "李四"}, None, "cross_border"),
        ("PM2.5", {"cause": "静稳", "forecaster": "李四"}, 210, ""),
    ],
)  # fmt: skip
def test_what_counts(primary, more, counted, reason):
    block = day(210, primary, **more)
    assert (block.high, block.reason) == (counted, reason)
    assert block.otherwise == 210, "what it would be if nothing were left out stays visible"


def test_clean_days_need_no_primary_pollutant():
    assert (day(50, "").high, day(50, "").reason) == (50, "")


def test_ranges_keep_both_ends_and_one_end_is_both():
    block = of_day(DayForecast(DAY, 140, 165, ("PM2.5",)))
    assert (block.low, block.high) == (140, 165)
    block = of_day(DayForecast(DAY, 140, 165, ("PM2.5",), 100.0, 130.0))
    assert (block.low, block.high, block.basis) == (137, 172, "IAQI(PM2.5)")
    assert of_day(DayForecast(DAY, None, 165, ("PM2.5",))).low == 165


def test_the_edition_of_the_day_is_used():
    before = of_day(DayForecast(date(2026, 2, 28), 90, 90, ("PM2.5",), 60.0, 60.0))
    after = of_day(DayForecast(date(2026, 3, 1), 90, 90, ("PM2.5",), 60.0, 60.0))
    assert (before.high, before.standard_set) == (82, "2012")
    assert (after.high, after.standard_set) == (100, "2026_transition")


def test_a_day_nobody_wrote_about_breaks_the_run():
    blocks = of_days([DayForecast(DAY + timedelta(days=n), 160, 160, ("PM2.5",)) for n in (0, 1, 3)])
    assert [b.reason for b in blocks] == ["", "", "missing", ""]
    assert judge([b.high for b in blocks], NATIONAL, merged=True).level == "yellow"
    assert of_days([]) == []


X1 = [80] * 12 + [170] * 48 + [60] * 12


def test_x1_blocks_may_cross_midnight():
    cuts = of_hours(HourSeries(FIRST, X1))
    assert [b.high for b in cuts[0]] == [165, 220, 150]
    assert [b.high for b in cuts[12]] == [220, 220]
    natural = outcome({0: cuts[0]}, NATIONAL, lambda b: b.high, merged=True)
    floating = outcome(cuts, NATIONAL, lambda b: b.high, merged=True)
    assert (natural.level, floating.level, floating.clock) == ("yellow", "orange", 12)
    assert cuts[12][0].start == datetime(2026, 12, 2, 12) and cuts[12][1].end == datetime(2026, 12, 4, 12)


def test_every_cut_has_whole_blocks_only():
    cuts = of_hours(HourSeries(datetime(2026, 12, 2, 6), [100] * 50))
    assert sorted(cuts) == list(range(24))
    for clock, blocks in cuts.items():
        assert all(b.start.hour == clock for b in blocks)
        assert all(datetime(2026, 12, 2, 5) <= b.start and b.end <= datetime(2026, 12, 4, 7) for b in blocks)
    assert [len(cuts[c]) for c in (4, 5, 7, 8)] == [1, 2, 2, 1]
    assert all(not blocks for blocks in of_hours(HourSeries(FIRST, [100] * 23)).values())


def test_a_block_needs_twenty_hours():
    assert min_hours() == 20
    enough, short = [170] * 20 + [None] * 4, [170] * 19 + [None] * 4 + [float("nan")]
    assert of_hours(HourSeries(FIRST, enough))[0][0].high == 220
    block = of_hours(HourSeries(FIRST, short))[0][0]
    assert (block.high, block.reason, block.n_hours) == (None, "missing", 19)


def test_pm10_does_not_count_but_is_seen():
    block = of_hours(HourSeries(FIRST, [60] * 24, [400] * 24))[0][0]
    assert (block.high, block.otherwise, block.given.primary) == (100, 272, ("PM10",))


@settings(deadline=None)
@given(st.lists(st.integers(0, 700), min_size=24, max_size=24))
def test_the_index_of_a_block_is_exact(hours):
    assert of_hours(HourSeries(FIRST, hours))[0][0].high == exact_index(sum(hours), 24)


def test_means_in_floating_point_are_the_decimals_they_stand_for():
    halves = [115.0, 116.0] * 12
    assert of_hours(HourSeries(FIRST, halves))[0][0].high == 152, "115.5 rounds to even, 116"
    thirds = [115.1, 115.2, 116.2] * 8
    assert of_hours(HourSeries(FIRST, thirds))[0][0].high == 152
    assert of_hours(HourSeries(FIRST, [114.5] * 24))[0][0].high == exact_index(114, 1)


def blocks_from(hours, offset):
    return [exact_index(sum(hours[i : i + 24]), 24) for i in range(offset, len(hours) - 23, 24)]


def heavy_runs(aqi, above):
    best = cur = 0
    for a in aqi:
        cur = cur + 1 if a > above else 0
        best = max(best, cur)
    return best


def test_floating_levels_agree_with_a_plain_scan_of_the_offsets():
    dice = random.Random(7)
    reached = set()
    for _ in range(150):
        hours, at = [], dice.randint(40, 200)
        for _ in range(dice.randint(24, 120)):
            at = max(5, min(420, at + dice.randint(-25, 25)))
            hours.append(at)
        found = outcome(of_hours(HourSeries(FIRST, hours)), NATIONAL, lambda b: b.high, merged=False).level
        expected = "none"
        for offset in range(24):
            aqi = blocks_from(hours, offset)
            d150, d200 = heavy_runs(aqi, 150), heavy_runs(aqi, 200)
            level = "none"
            if d200 >= 1 or d150 >= 2:
                level = "yellow"
            if d200 >= 2 or d150 >= 3:
                level = "orange"
            for i in range(len(aqi) - 2):
                j = i
                while j < len(aqi) and aqi[j] > 200:
                    j += 1
                if j - i >= 3 and max(aqi[i:j]) > 300:
                    level = "red"
            expected = max(expected, level, key=rank)
        assert found == expected, hours
        reached.add(found)
    assert reached == {"none", "yellow", "orange", "red"}


HOURS = st.lists(st.one_of(st.none(), st.integers(0, 450)), min_size=24, max_size=100)


@settings(deadline=None, max_examples=50)
@given(HOURS, st.integers(1, 200))
def test_more_pollution_in_every_hour_never_lowers_a_level(hours, more):
    def level(values):
        return rank(
            outcome(of_hours(HourSeries(FIRST, values)), NATIONAL, lambda b: b.high, merged=True).level
        )

    assert level([None if h is None else h + more for h in hours]) >= level(hours)


@settings(deadline=None, max_examples=50)
@given(HOURS, st.integers(1, 5))
def test_the_calendar_does_not_matter(hours, days):
    def found(first):
        return outcome(of_hours(HourSeries(first, hours)), NATIONAL, lambda b: b.high, merged=True)

    was, later = found(FIRST), found(FIRST + timedelta(days=days))
    assert later == was


@settings(deadline=None, max_examples=50)
@given(HOURS)
def test_natural_days_never_give_more_than_all_cuts(hours):
    cuts = of_hours(HourSeries(FIRST, hours))
    natural = outcome({0: cuts[0]}, NATIONAL, lambda b: b.high, merged=True).level
    assert rank(natural) <= rank(outcome(cuts, NATIONAL, lambda b: b.high, merged=True).level)


def test_every_cause_has_a_name_in_both_languages():
    assert all(zh and en for zh, en in CAUSES.values())
