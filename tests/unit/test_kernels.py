"""The kernels against a slow oracle in exact fractions, written from the standards' text."""

from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.air import day_kernels, kernels
from pipelines.air.kernels import BAD, MISSING
from warehouse import standards
from warehouse.standards import DAY_ITEM, HOUR_ITEM, ITEMS, POLLUTANTS

SETS = ("2012", "2026_transition")
TABLES = standards.aqi_tables(SETS)
HOUR_ITEMS = np.array([ITEMS.index(HOUR_ITEM[p]) for p in POLLUTANTS], np.int64)
DAY_ITEMS = np.array([ITEMS.index(DAY_ITEM[p]) for p in POLLUTANTS], np.int64)
VALIDITY = np.array([20, 6, 14], np.int64)
O3_LIMIT = np.array([160.0, 160.0])
IAQI = (0, 50, 100, 150, 200, 300, 400, 500)

# HJ 633-2012 table 1; HJ 633-2026 table 3 differs in PM2.5 and PM10 only.
POINTS = {
    "SO2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "SO2_1h": (0, 150, 500, 650, 800),
    "NO2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "NO2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "PM10_24h": (0, 50, 150, 250, 350, 420, 500, 600),
    "PM2.5_24h": (0, 35, 75, 115, 150, 250, 350, 500),
    "CO_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "CO_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "O3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "O3_8h": (0, 100, 160, 215, 265, 800),
}
POINTS_2026 = POINTS | {
    "PM10_24h": (0, 50, 120, 250, 350, 420, 500, 600),
    "PM2.5_24h": (0, 35, 60, 115, 150, 250, 350, 500),
}


def iaqi(item: str, value: Fraction, new: bool) -> int | None:
    """HJ 633 formula (1), rounded up; above the last breakpoint as the standard or the platform's practice says."""
    points = (POINTS_2026 if new else POINTS)[item]
    for (low, high), (i_low, i_high) in zip(pairwise(points), pairwise(IAQI), strict=False):
        if value <= high:
            return ceil(Fraction(i_high - i_low, high - low) * (value - low) + i_low)
    if item == "O3_8h":
        return 300 if new else None
    return 200 if item == "SO2_1h" else 500


def rounded(value: Fraction, pollutant: str) -> Fraction:
    """GB/T 8170: half to even; CO to one decimal, the others to whole numbers."""
    return Fraction(round(value * 10), 10) if pollutant == "CO" else Fraction(round(value))


def summary(parts: list[int | None], above_100: bool) -> tuple[int, int, int]:
    """AQI of what is there, AQI that may be published, primary pollutants as bits."""
    there = [p for p in parts if p is not None]
    if not there:
        return -1, -1, 0
    best = max(there)
    published = -1 if len(there) < 6 and above_100 and best <= 100 else best
    bits = sum(1 << i for i, p in enumerate(parts) if published > 50 and p == best)
    return best, published, bits


def concentration(number: int, pollutant: str) -> Fraction:
    return Fraction(number, 10) if pollutant == "CO" else Fraction(number)


Cube = tuple[np.ndarray, np.ndarray]


@st.composite
def cubes(draw: st.DrawFn, n_days: int = 2, n_stations: int = 2) -> Cube:
    """Values at and about the breakpoints, with gaps, and bad and doubtful flags."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    near = np.unique([n + d for p in POINTS.values() for n in p for d in (-1, 0, 1)])
    shape = (6, 24 * n_days, n_stations)
    values = rng.choice(near[near >= 0], shape).astype(np.int32)
    ordinary = rng.random(shape[0]) < draw(st.sampled_from([0.3, 0.9]))
    values[ordinary] = rng.integers(0, draw(st.sampled_from([40, 130, 400])), shape)[ordinary]
    gaps = draw(st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0]))
    values[rng.random(shape) < gaps] = MISSING
    if draw(st.booleans()):
        values[rng.integers(6)] = MISSING
    flags = rng.choice(np.array([0, 0, 0, 0, 0, 0, 1, BAD], np.uint8), shape)
    return values, flags if draw(st.booleans()) else np.zeros(shape, np.uint8)


def usable(cube: Cube, p: int, h: int, s: int) -> int | None:
    values, flags = cube
    return None if values[p, h, s] == MISSING or flags[p, h, s] == BAD else int(values[p, h, s])


SET_OF_DAY = np.array([0, 1], np.int64)


@settings(max_examples=30, deadline=None)
@given(cube=cubes())
def test_station_hours(cube: Cube) -> None:
    available, published, primary = kernels.station_hours(
        *cube, SET_OF_DAY, TABLES.lut, TABLES.max_step, HOUR_ITEMS, TABLES.missing_hour
    )
    for h in range(48):
        new = h >= 24
        for s in range(2):
            parts = []
            for p, name in enumerate(POLLUTANTS):
                v = usable(cube, p, h, s)
                parts.append(None if v is None else iaqi(HOUR_ITEM[name], concentration(v, name), new))
            assert (available[h, s], published[h, s], primary[h, s]) == summary(parts, above_100=new)


def eight_hours(cube: Cube, d: int, s: int) -> tuple[Fraction | None, int, int | None]:
    """HJ 663: windows ending at 8 … 24 o'clock with at least six values; largest mean, windows, 1 h maximum."""
    day = [usable(cube, POLLUTANTS.index("O3"), 24 * d + k, s) for k in range(24)]
    means = []
    for end in range(8, 25):
        window = [v for v in day[end - 8 : end] if v is not None]
        if len(window) >= 6:
            means.append(Fraction(sum(window), len(window)))
    there = [v for v in day if v is not None]
    return max(means, default=None), len(means), max(there, default=None)


def daily(cube: Cube, d: int, s: int, p: int, name: str) -> tuple[Fraction | None, int]:
    there = [v for h in range(24 * d, 24 * d + 24) if (v := usable(cube, p, h, s)) is not None]
    if name == "O3":
        best, n_windows, _ = eight_hours(cube, d, s)
        valid = best is not None and (n_windows >= 14 or rounded(best, name) > 160)
        return (best if valid else None), len(there)
    mean = concentration(1, name) * Fraction(sum(there), len(there)) if len(there) >= 20 else None
    return mean, len(there)


@settings(max_examples=60, deadline=None)
@given(cube=cubes())
def test_station_days(cube: Cube) -> None:
    result = day_kernels.station_days(
        *cube, SET_OF_DAY, TABLES.lut, TABLES.max_step, DAY_ITEMS, ITEMS.index("O3_1h"),
        TABLES.missing_day, VALIDITY, O3_LIMIT,
    )  # fmt: skip
    statistic, steps, n_hours, n_windows, o3_max, available, published, primary = result
    for d in range(2):
        for s in range(2):
            parts: list[int | None] = []
            _, windows, maximum = eight_hours(cube, d, s)
            assert n_windows[d, s] == windows
            assert o3_max[d, s] == (MISSING if maximum is None else maximum)
            for p, name in enumerate(POLLUTANTS):
                mean, count = daily(cube, d, s, p, name)
                assert n_hours[p, d, s] == count
                if mean is None:
                    assert np.isnan(statistic[p, d, s]) and steps[p, d, s] == MISSING
                    parts.append(None)
                    continue
                unit = 10 if name == "CO" else 1
                assert statistic[p, d, s] == pytest.approx(float(mean * unit), rel=1e-12)
                assert steps[p, d, s] == rounded(mean, name) * unit
                part = iaqi(DAY_ITEM[name], rounded(mean, name), d == 1)
                if part is None:
                    part = iaqi("O3_1h", Fraction(maximum or 0), d == 1)
                parts.append(part)
            found = (available[d, s], published[d, s], primary[d, s])
            assert found == summary(parts, above_100=True)


@settings(max_examples=30, deadline=None)
@given(cube=cubes(n_stations=5), needed=st.integers(1, 3))
def test_city_hours(cube: Cube, needed: int) -> None:
    city_of = np.array([0, 1, 0, -1, 0], np.int64)
    mean, reporting, available, published, primary = kernels.city_hours(
        *cube, city_of, 2, np.full((2, 2), needed, np.int64), SET_OF_DAY, TABLES.lut, TABLES.max_step,
        HOUR_ITEMS, TABLES.missing_hour,
    )  # fmt: skip
    for h in range(48):
        for c in range(2):
            members = np.flatnonzero(city_of == c).tolist()
            parts: list[int | None] = []
            for p, name in enumerate(POLLUTANTS):
                there = [v for s in members if (v := usable(cube, p, h, s)) is not None]
                if not there:
                    assert np.isnan(mean[p, h, c])
                    parts.append(None)
                    continue
                assert mean[p, h, c] == pytest.approx(sum(there) / len(there), rel=1e-12)
                value = rounded(concentration(1, name) * Fraction(sum(there), len(there)), name)
                parts.append(iaqi(HOUR_ITEM[name], value, h >= 24) if len(there) >= needed else None)
            assert (available[h, c], published[h, c], primary[h, c]) == summary(parts, above_100=h >= 24)
            some = [any(usable(cube, p, h, s) is not None for p in range(6)) for s in members]
            assert reporting[h, c] == sum(some)


def one_day(o3: list[int | None]) -> Cube:
    values = np.full((6, 48, 1), 10, np.int32)
    values[POLLUTANTS.index("O3"), :24, 0] = [MISSING if v is None else v for v in o3]
    return values, np.zeros(values.shape, np.uint8)


@pytest.mark.parametrize(
    ("o3", "windows", "valid"),
    [
        ([100] * 24, 17, True),
        ([None] * 5 + [100] * 19, 14, True),
        ([None] * 6 + [100] * 18, 13, False),
        ([None] * 6 + [161] * 18, 13, True),
        ([None] * 6 + [160] * 18, 13, False),
        ([None] * 24, 0, False),
    ],
)
def test_ozone_needs_fourteen_windows_or_an_exceedance(
    o3: list[int | None], windows: int, valid: bool
) -> None:
    cube = one_day(o3)
    statistic, _, _, n_windows, *_ = day_kernels.station_days(
        *cube, SET_OF_DAY, TABLES.lut, TABLES.max_step, DAY_ITEMS, ITEMS.index("O3_1h"),
        TABLES.missing_day, VALIDITY, O3_LIMIT,
    )  # fmt: skip
    assert n_windows[0, 0] == windows
    assert np.isnan(statistic[POLLUTANTS.index("O3"), 0, 0]) != valid


def test_the_share_of_stations_a_city_value_needs(warehouse) -> None:  # type: ignore[no-untyped-def]
    from pipelines.air.reference import read_reference

    ref = read_reference(warehouse.con)
    for n in range(1, 40):
        share = Fraction(1, 2) if n < 4 else Fraction(3, 4)
        assert ref.needed(np.array([n]))[0] == ceil(n * share), n


def test_the_constants_of_this_oracle_are_those_in_use(warehouse) -> None:  # type: ignore[no-untyped-def]
    from pipelines.air.reference import read_reference

    ref = read_reference(warehouse.con)
    assert ref.validity.tolist() == VALIDITY.tolist()
    assert set(ref.o3_limit) == {160.0}
