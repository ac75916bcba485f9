"""Levels of a series of 24-hour blocks: the published vectors, an oracle, and rules any series must keep."""

import random
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.emergency.proposal.blocks import iaqi
from pipelines.emergency.proposal.levels import deciding, judge, processes
from pipelines.emergency.proposal.merge import flags, longest, runs
from pipelines.emergency.proposal.profiles import own, rank
from pipelines.emergency.proposal.shipped import profile

NATIONAL, FORMER, FIRST = profile("national-2024"), profile("national-2019"), profile("national-2017")
# id, blocks (· does not count), strict and merged under 2024, strict under 2019
VECTORS = """
T01,120 140 150 150,none,none,none
T02,120 151 140 130,none,none,none
T03,155 160 140 130,yellow,yellow,none
T04,201 120 110 100,yellow,yellow,none
T05,160 170 180 120,orange,orange,none
T06,160 210 160 120,orange,orange,none
T07,210 160 120 110,yellow,yellow,none
T08,210 205 120 110,orange,orange,yellow
T09,310 120 110 100,yellow,yellow,none
T10,210 310 120 110,orange,orange,yellow
T11,210 220 310 120,red,red,orange
T12,310 220 210 180,red,red,orange
T13,210 220 230 250,orange,orange,orange
T14,200 200 200 200,orange,orange,none
T15,210 220 300 260,orange,orange,orange
T16,160 160 · 160,yellow,yellow,none
T17,205 140 205 120,yellow,orange,none
T18,310 220 180 230 240,orange,red,yellow
T19,500 120 110 100,yellow,yellow,red
T20,220 230 240 310 320,red,red,red
"""


def series(text):
    return [None if word == "·" else int(word) for word in text.split()]


CASES = [line.split(",") for line in VECTORS.split("\n") if line]


@pytest.mark.parametrize(
    ("blocks", "strict", "merged", "former"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_vectors(blocks, strict, merged, former):
    values = series(blocks)
    assert judge(values, NATIONAL).level == strict
    assert judge(values, NATIONAL, merged=True).level == merged
    assert judge(values, FORMER).level == former


def test_all_vectors_are_there():
    assert [case[0] for case in CASES] == [f"T{n:02}" for n in range(1, 21)]


def test_an_excluded_block_is_bridged_only_by_an_analyst():
    values = series("160 160 · 160")
    assert judge(values, NATIONAL, merged=True).level == "yellow"
    assert judge(values, NATIONAL, merged=True, bridge=True).level == "orange"
    assert judge(values, NATIONAL, bridge=True).level == "yellow", "bridging is part of merging"


# The reference of the rule text, kept as it was published; None is an excluded block, which it bridges when merging.
def _runs(f):
    best = cur = 0
    for x in f:
        cur = cur + 1 if x else 0
        best = max(best, cur)
    return best


def reference(aqi, merge_gap=0):
    def fl(t):
        f = [a is not None and a > t for a in aqi]
        if merge_gap:
            on = [i for i, x in enumerate(f) if x]
            for a, b in pairwise(on):
                if 0 < b - a - 1 <= merge_gap:
                    for k in range(a + 1, b):
                        f[k] = True
        return f

    f2 = fl(200)
    i = 0
    while i < len(f2):
        if f2[i]:
            j = i
            while j < len(f2) and f2[j]:
                j += 1
            if j - i >= 3 and any(a is not None and a > 300 for a in aqi[i:j]):
                return "red"
            i = j
        else:
            i += 1
    d200, d150 = _runs(f2), _runs(fl(150))
    if d200 >= 2 or d150 >= 3:
        return "orange"
    if d200 >= 1 or d150 >= 2:
        return "yellow"
    return "none"


def test_ten_thousand_series_agree_with_the_reference():
    dice = random.Random(20260301)
    edges = [149, 150, 151, 199, 200, 201, 299, 300, 301, 499, 500, 60, None]
    found = dict.fromkeys(("none", "yellow", "orange", "red"), 0)
    for _ in range(10_000):
        usual = dice.choice([120, 170, 210, 290])
        values = [
            dice.choice(edges) if dice.random() < 0.5 else max(0, min(500, int(dice.gauss(usual, 60))))
            for _ in range(dice.randint(1, 10))
        ]
        assert judge(values, NATIONAL).level == reference(values), values
        bridged = judge(values, NATIONAL, merged=True, bridge=True).level
        assert bridged == reference(values, 1), values
        parts = [list(part) for counts, part in groupby(values, lambda v: v is not None) if counts]
        merged = max((reference(part, 1) for part in parts), key=rank, default="none")
        assert judge(values, NATIONAL, merged=True).level == merged, values
        found[merged] += 1
    assert min(found.values()) > 500, "the series must try every level"


VALUE = st.one_of(st.none(), st.integers(0, 500), st.sampled_from([150, 151, 200, 201, 300, 301, 500]))
VALUES = st.lists(VALUE, max_size=12)
PROFILE = st.sampled_from([NATIONAL, FORMER, FIRST, profile("national-2024", precaution=True)])
WAYS = st.sampled_from([{"merged": False}, {"merged": True}, {"merged": True, "bridge": True}])


def level(values, rule, **how):
    return rank(judge(values, rule, **how).level)


@settings(deadline=None)
@given(VALUES, PROFILE, WAYS, st.data())
def test_more_pollution_never_lowers_a_level(values, rule, how, data):
    more = [None if v is None else data.draw(st.integers(v, max(v, 500)), label="more") for v in values]
    assert level(more, rule, **how) >= level(values, rule, **how)


@settings(deadline=None)
@given(VALUES, PROFILE, WAYS)
def test_leaving_a_block_out_never_raises_a_level(values, rule, how):
    if how.get("bridge"):
        return
    for i in range(len(values)):
        fewer = [*values[:i], None, *values[i + 1 :]]
        assert level(fewer, rule, **how) <= level(values, rule, **how)


@settings(deadline=None)
@given(VALUES, PROFILE)
def test_strict_merged_and_bridged_are_in_order(values, rule):
    strict, merged = level(values, rule), level(values, rule, merged=True)
    assert strict <= merged <= level(values, rule, merged=True, bridge=True)


@settings(deadline=None)
@given(VALUES, PROFILE, WAYS, st.integers(1, 4))
def test_clean_days_before_move_everything_by_as_much(values, rule, how, days):
    later = [0] * days + values
    was, now = judge(values, rule, **how), judge(later, rule, **how)
    assert (now.level, now.alternatives) == (was.level, was.alternatives)
    assert now.spans == tuple((a + days, b + days) for a, b in was.spans)
    moved = [(p.start + days, p.end + days, p.level) for p in processes(values, rule, **how)]
    assert [(p.start, p.end, p.level) for p in processes(later, rule, **how)] == moved


@settings(deadline=None)
@given(VALUES, PROFILE, WAYS)
def test_reading_backwards_changes_nothing(values, rule, how):
    assert level(values[::-1], rule, **how) == level(values, rule, **how)


@settings(deadline=None)
@given(VALUES, PROFILE, WAYS)
def test_the_gravest_episode_has_the_level(values, rule, how):
    verdict, found = judge(values, rule, **how), processes(values, rule, **how)
    top = deciding(found)
    assert (top.level if top else "none") == verdict.level
    assert all(a.end < b.start for a, b in pairwise(found))
    if top:
        assert any(top.start <= a and b <= top.end for a, b in verdict.spans)


def test_an_episode_begins_and_ends_with_the_pollution():
    values = series("120 160 210 220 310 170 120 120 205 100")
    assert [(p.start, p.end, p.level) for p in processes(values, NATIONAL)] == [
        (1, 6, "red"),
        (8, 9, "yellow"),
    ]


def test_two_clean_blocks_part_two_episodes_and_one_does_not():
    assert judge(series("205 140 205"), NATIONAL, merged=True).level == "orange"
    assert judge(series("205 140 140 205"), NATIONAL, merged=True).level == "yellow"


def test_rules_of_former_years():
    assert judge(series("201 100"), FIRST).level == "blue"
    assert judge(series("210 220 230"), FIRST).level == "yellow", "orange of 2017 asked for a block above 300"
    assert judge(series("210 220 310"), FIRST).level == "orange"
    assert judge(series("210 310 310 210"), FORMER).level == "red"
    assert judge(series("210 310 210 310"), FORMER).level == "orange", "48 h above 300 must be one run"
    assert judge(series("310 310 100 100 210 210 210 210"), FORMER).level == "orange"
    assert judge(series("499"), FORMER).level == "none" and judge(series("500"), FORMER).level == "red"


def test_below_yellow_is_off_unless_asked_for():
    assert judge(series("151 100"), NATIONAL).level == "none"
    added = profile("national-2024", precaution=True)
    assert judge(series("151 100"), added).level == "precaution"
    assert judge(series("101 101"), added).level == "precaution"
    assert judge(series("101 100 90"), added).level == "none"
    assert judge(series("151 151"), added).level == "yellow"


def test_a_part_that_is_a_run_may_lie_elsewhere():
    rule = own([("red", 1, 1, "run", 200, 48), ("red", 1, 2, "run", 300, 24)])
    assert judge(series("210 220 100 310"), rule).level == "red"
    inside = own([("red", 1, 1, "run", 200, 48), ("red", 1, 2, "inside", 300, 24)])
    assert judge(series("210 220 100 310"), inside).level == "none"
    assert judge(series("210 310 100 210"), inside).level == "red"


def test_flags_and_runs():
    assert flags([5, 1, 5, 1, 1, 5], 4, 1) == [True, True, True, False, False, True]
    assert runs([True, True, False, True]) == [(0, 2), (3, 4)]
    assert longest([]) == 0 and longest([False, True, True]) == 2


@pytest.mark.parametrize("known_set", ["2012", "2026_transition", "2026_final"])
@pytest.mark.parametrize(
    ("ugm3", "index"), [(115, 150), (116, 152), (150, 200), (151, 201), (250, 300), (251, 301)]
)
def test_e1_triggers_are_the_same_in_both_editions(known_set, ugm3, index):
    assert iaqi("PM2.5", ugm3, known_set) == index


@pytest.mark.parametrize(
    ("ugm3", "old", "new"), [(60, 82, 100), (61, 83, 101), (70, 94, 110), (75, 100, 114)]
)
def test_e2_editions_differ_below_150(ugm3, old, new):
    assert (iaqi("PM2.5", ugm3, "2012"), iaqi("PM2.5", ugm3, "2026_transition")) == (old, new)


def test_concentrations_are_rounded_half_to_even_before_the_index_is_rounded_up():
    assert iaqi("PM2.5", 115.5, "2012") == iaqi("PM2.5", 116, "2012") == 152
    assert iaqi("PM2.5", 114.5, "2012") == iaqi("PM2.5", 114, "2012") != iaqi("PM2.5", 115, "2012")
    assert iaqi("PM10", 251, "2012") == iaqi("PM10", 251, "2026_transition") == 151
    assert iaqi("PM2.5", 5000, "2012") == 500
