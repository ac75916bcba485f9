"""Quality rules: what is flagged, how badly, and that every flag is an event and every event a flag."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.air.kernels import BAD, DOUBTFUL, MISSING
from pipelines.air.quality import compile_rules, flag_values, impossible
from warehouse import standards
from warehouse.standards import POLLUTANTS

RULES = compile_rules(standards.load("quality_rule"))
PM25, PM10, SO2, O3, CO = (POLLUTANTS.index(p) for p in ("PM2.5", "PM10", "SO2", "O3", "CO"))
HIGHEST = {"PM2.5": 5000, "PM10": 20000, "SO2": 5000, "NO2": 5000, "O3": 1500, "CO": 2000}


def empty(days: int = 1, stations: int = 1) -> np.ndarray:
    return np.full((6, 24 * days, stations), MISSING, np.int32)


def series(pollutant: int, numbers: Sequence[int | None], start: int = 0, days: int = 1) -> np.ndarray:
    values = empty(days)
    values[pollutant, start : start + len(numbers), 0] = [MISSING if n is None else n for n in numbers]
    return values


def flagged(values: np.ndarray) -> dict[tuple[str, int], int]:
    """Flag by rule and hour of the events raised."""
    _, events = flag_values(values, RULES)
    return {(RULES.names[r], int(h)): int(RULES.flag[r]) for h, _, _, r in events}


@pytest.mark.parametrize("name", POLLUTANTS)
def test_range(name: str) -> None:
    highest, rule = HIGHEST[name], f"range_{name.lower().replace('.', '')}"
    found = flagged(series(POLLUTANTS.index(name), [0, -1, highest, highest + 1, None, -999]))
    assert {k: f for k, f in found.items() if k[0] == rule} == {(rule, h): BAD for h in (1, 3, 5)}


def test_constant_run_needs_its_length_within_one_day() -> None:
    assert {h for r, h in flagged(series(PM25, [20] * 8, start=3)) if r == "constant_pm25"} == set(
        range(3, 11)
    )
    assert not flagged(series(PM25, [20] * 7, start=3))
    assert not flagged(series(PM25, [9] * 20)), "low values often stand still"
    assert not flagged(series(PM25, [20] * 14, start=17, days=2)), "seven hours of each day"
    assert {h for _, h in flagged(series(PM25, [20] * 15, start=17, days=2))} == set(range(24, 32))
    assert not flagged(series(PM25, [20] * 4 + [None] + [20] * 4))
    assert {h for _, h in flagged(series(PM25, [20] * 8, start=16))} == set(range(16, 24))


def test_constant_rule_of_co_is_in_its_own_unit() -> None:
    assert {r for r, _ in flagged(series(CO, [5] * 12))} == {"constant_co"}
    assert not flagged(series(CO, [4] * 12))
    assert not flagged(series(CO, [5] * 11))


@pytest.mark.parametrize(
    ("fine", "coarse", "doubtful"),
    [
        (141, 100, True),
        (120, 100, False),
        (121, 100, True),
        (24, 10, False),
        (31, 10, True),
        (30, 10, False),
        (235, 200, False),
    ],
)
def test_relation_needs_factor_and_margin(fine: int, coarse: int, doubtful: bool) -> None:
    values = empty()
    values[PM25, 5, 0], values[PM10, 5, 0] = fine, coarse
    flags, events = flag_values(values, RULES)
    assert (flags[PM25, 5, 0], flags[PM10, 5, 0]) == ((DOUBTFUL, DOUBTFUL) if doubtful else (0, 0))
    assert len(events) == (2 if doubtful else 0)


@pytest.mark.parametrize(
    ("before", "value", "after", "doubtful"),
    [
        (50, 251, 50, True),
        (50, 250, 50, False),
        (100, 401, 90, True),
        (100, 400, 90, False),
        (50, 251, None, False),
        (50, 300, 200, False),
    ],
)
def test_spike_stands_above_both_neighbours(
    before: int, value: int, after: int | None, doubtful: bool
) -> None:
    found = flagged(series(PM25, [before, value, after], start=9))
    assert found == ({("spike_pm25", 10): DOUBTFUL} if doubtful else {})


def test_spike_does_not_look_across_midnight() -> None:
    for start in (22, 23):
        assert not flagged(series(PM25, [50, 900, 50], start=start, days=2))


def test_bad_values_take_no_part_in_other_rules() -> None:
    found = flagged(series(PM25, [50, 9000, 50], start=9))
    assert found == {("range_pm25", 10): BAD}
    assert not [r for r, _ in flagged(series(O3, [9999] * 12)) if r.startswith("constant")]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), spread=st.sampled_from([3, 50, 6000]))
def test_events_are_the_flags(seed: int, spread: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(-2, spread, (6, 48, 3)).astype(np.int32)
    values[:, :, 1] = np.repeat(values[:, ::8, 1], 8, axis=1)
    values[rng.random(values.shape) < 0.1] = MISSING
    untouched = values.copy()
    flags, events = flag_values(values, RULES)
    assert (values == untouched).all()
    again = np.zeros_like(flags)
    for h, s, p, r in events:
        again[p, h, s] = max(again[p, h, s], RULES.flag[r])
    assert (again == flags).all()
    assert len({tuple(e) for e in events.tolist()}) == len(events)
    assert not flags[values == MISSING].any()
    assert ((flags == BAD) == impossible(values, RULES)).all()


def test_more_events_than_expected_are_all_noted() -> None:
    values = np.full((6, 24 * 40, 4), -1, np.int32)
    flags, events = flag_values(values, RULES)
    assert len(events) == values.size and (flags == BAD).all()


def test_rules_without_bad_ones_still_compile() -> None:
    rules = standards.load("quality_rule")
    only = compile_rules(rules[rules["kind"] == "spike"])
    assert set(only.flag) == {DOUBTFUL}
    assert isinstance(rules, pd.DataFrame) and len(only.names) == 6
