"""Laying files over what is kept, as pure array logic."""

from datetime import date, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.air.kernels import MISSING
from pipelines.air.overlay import (
    HourCube,
    HourOrigin,
    OverlayResult,
    day_states,
    overlay,
    state_of_incomplete,
)
from pipelines.air.quality import compile_rules
from warehouse import standards

RULES = compile_rules(standards.load("quality_rule"))
START = datetime(2019, 1, 5, 1)
STATIONS = ["1001A", "1002A"]


def cube() -> HourCube:
    return HourCube.empty(START, 24, STATIONS)


def lay(
    onto: HourCube,
    hours: list[int],
    value: int,
    at: int = 1,
    path: str = "a",
    sha: str | None = None,
    *,
    stations: list[str] = STATIONS,
    trusted: bool = False,
) -> OverlayResult:
    """Lay a file of constant values over the cube."""
    hour_end = onto.hour_end[0] + np.array(hours) * np.timedelta64(3600, "s")
    values = np.full((6, len(hours), len(stations)), value, np.int32)
    origin = HourOrigin(at, path, sha or f"{path}{value}")
    return overlay(onto, hour_end, stations, values, origin, RULES, trusted=trusted)


def test_absent_hours_are_filled_and_others_outside_passed_over() -> None:
    onto = cube()
    result = lay(onto, [-1, 0, 23, 24], 30)
    assert (result.n_taken, result.n_same, result.n_older, result.n_lost) == (2, 0, 0, 0)
    assert [r for r, o in enumerate(onto.origin) if o] == [0, 23]
    assert (onto.values[:, [0, 23]] == 30).all() and (onto.values[:, 1:23] == MISSING).all()


def test_newer_replaces_and_older_does_not() -> None:
    onto = cube()
    lay(onto, [0, 1], 30, at=5)
    assert lay(onto, [0], 31, at=4, path="b").n_older == 1
    assert lay(onto, [0], 32, at=6, path="b").n_taken == 1
    assert lay(onto, [1], 33, at=5, path="A").n_older == 1, "with equal times the greater path wins"
    assert lay(onto, [1], 34, at=5, path="c").n_taken == 1
    assert onto.values[0, :2, 0].tolist() == [32, 34]


def test_an_hour_that_would_lose_a_value_is_held_as_a_whole() -> None:
    onto = cube()
    lay(onto, [0, 1], 30)
    result = lay(onto, [0, 1, 2], 40, at=2, path="b", stations=STATIONS[:1])
    assert (result.n_taken, result.n_lost) == (1, 12)
    assert (onto.values[:, :2] == 30).all()
    assert onto.values[0, 2].tolist() == [40, MISSING]
    assert len(result.held) == 24
    gone = result.held[result.held["offered"].isna()]
    assert set(gone["station_code"]) == {"1002A"}
    co = result.held[(result.held["pollutant"] == "CO") & (result.held["station_code"] == "1001A")]
    assert co["kept"].tolist() == [3.0, 3.0] and co["offered"].tolist() == [4.0, 4.0]
    assert onto.origin[0] is not None and onto.origin[0].path == "a"


def test_trusted_files_may_remove_and_then_nothing_of_the_old_hour_stays() -> None:
    onto = cube()
    lay(onto, [0], 30)
    assert lay(onto, [0], 40, at=2, path="b", stations=STATIONS[:1], trusted=True).n_taken == 1
    assert onto.values[0, 0].tolist() == [40, MISSING]


def test_impossible_values_may_vanish() -> None:
    onto = cube()
    lay(onto, [0], -999)
    assert lay(onto, [0], int(MISSING), at=2, path="b").n_taken == 1
    assert (onto.values[:, 0] == MISSING).all()


def test_the_same_bytes_keep_the_youngest_origin() -> None:
    onto = cube()
    lay(onto, [0], 30, at=5, path="a", sha="x")
    assert lay(onto, [0], 30, at=3, path="b", sha="x").n_same == 1
    assert onto.origin[0] == HourOrigin(5, "a", "x")
    lay(onto, [0], 30, at=9, path="c", sha="x")
    assert onto.origin[0] == HourOrigin(9, "c", "x")
    assert lay(onto, [0], 31, at=7, path="d").n_older == 1


@settings(max_examples=60, deadline=None)
@given(
    files=st.lists(
        st.tuples(st.integers(1, 4), st.sets(st.integers(0, 5), min_size=1), st.integers(1, 3)),
        min_size=1,
        max_size=6,
    ),
    order=st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_cube(files: list[tuple[int, set[int], int]], order: object) -> None:
    """Files of a few contents; the same content may come under several names."""
    named = [(at, f"f{k}", sorted(hours), value) for k, (at, hours, value) in enumerate(files)]
    results = []
    for shuffled in (False, True):
        if shuffled:
            order.shuffle(named)  # type: ignore[attr-defined]
        onto = cube()
        for at, path, hours, value in named:
            lay(onto, hours, value, at, path, sha=f"{hours}{value}")
        results.append((onto.values.tolist(), [o and (o.modified_ns, o.path) for o in onto.origin]))
    assert results[0] == results[1]


def test_states_of_days() -> None:
    onto = cube()
    lay(onto, list(range(24)), 30)
    days = [date(2019, 1, 5)]
    assert day_states(onto, days, datetime(2019, 1, 5, 23), 7) == ["complete"]
    onto.origin[3] = None
    assert day_states(onto, days, datetime(2019, 1, 12, 23, 59), 7) == ["partial"]
    assert day_states(onto, days, datetime(2019, 1, 13), 7) == ["closed"]
    assert state_of_incomplete(days[0], datetime(2019, 1, 7), 1) == "closed"
