import itertools
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from warehouse.standards import HOUR_ITEM, ITEMS, applied_rules, aqi_tables, iaqi_frame, load

INDEX = (0, 50, 100, 150, 200, 300, 400, 500)
BREAKPOINTS = {
    "SO2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "SO2_1h": (0, 150, 500, 650, 800),
    "NO2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "NO2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "CO_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "CO_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "O3_8h": (0, 100, 160, 215, 265, 800),
    "O3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "PM10_24h": (0, 50, 120, 250, 350, 420, 500, 600),
    "PM2.5_24h": (0, 35, 60, 115, 150, 250, 350, 500),
}
OLD = {"PM10_24h": (0, 50, 150, 250, 350, 420, 500, 600), "PM2.5_24h": (0, 35, 75, 115, 150, 250, 350, 500)}
SETS = ("2012", "2026_transition", "2026_final")


def exact(standard_set: str, item: str, step: int) -> int:
    """IAQI by the formula of HJ 633 in rational numbers; -1 where the item gives none."""
    old = standard_set == "2012"
    points = (OLD if old else {}).get(item, BREAKPOINTS[item])
    c = Fraction(step, 10 if item.startswith("CO") else 1)
    if c > points[-1]:
        return {"SO2_1h": 200, "O3_8h": -1 if old else 300}.get(item, 500)
    for (low, high), (i_low, i_high) in zip(
        itertools.pairwise(points), itertools.pairwise(INDEX), strict=False
    ):
        if c <= high:
            return ceil(Fraction(i_high - i_low, high - low) * (c - low) + i_low)
    raise AssertionError


@pytest.mark.parametrize("standard_set", SETS)
def test_every_step_of_every_item_is_exact(standard_set):
    tables = aqi_tables([standard_set])
    for row, item in enumerate(ITEMS):
        last = int(tables.max_step[row])
        expected = [exact(standard_set, item, step) for step in range(last + 1)]
        np.testing.assert_array_equal(tables.lut[0, row, : last + 1], expected, err_msg=item)
        points = OLD.get(item, BREAKPOINTS[item]) if standard_set == "2012" else BREAKPOINTS[item]
        assert last == points[-1] * (10 if item.startswith("CO") else 1) + 1
        assert (tables.lut[0, row, last:] == expected[-1]).all(), (
            "cells beyond the last step must agree with it"
        )


GOLDEN = """2026,PM2.5_24h,36,52
2026,PM2.5_24h,60,100
2026,PM2.5_24h,61,101
2026,PM2.5_24h,75,114
2012,PM2.5_24h,75,100
2012,PM2.5_24h,76,102
2026,PM2.5_24h,116,152
2026,PM10_24h,121,101
2026,PM10_24h,150,112
2012,PM10_24h,150,100
2026,O3_8h,161,101
2026,O3_8h,801,300
2026,SO2_1h,801,200
2012,SO2_1h,801,200
2012,O3_8h,801,-1
2026,CO_24h,2.2,55
2026,CO_1h,65.4,218
2026,PM2.5_24h,501,500"""


@pytest.mark.parametrize("line", GOLDEN.splitlines())
def test_golden_values(line):
    standard, item, concentration, expected = line.split(",")
    tables = aqi_tables(["2012" if standard == "2012" else "2026_transition"])
    step = round(float(concentration) * (10 if item.startswith("CO") else 1))
    assert tables.lut[0, ITEMS.index(item), step] == int(expected)


def test_shape_and_rules_of_the_tables():
    tables = aqi_tables(["2026_final", "2012"])
    assert tables.sets == ("2026_final", "2012")
    assert tables.lut.dtype == np.int16
    assert tables.lut.shape == (2, len(ITEMS), tables.max_step.max() + 1)
    assert tables.max_step.dtype == np.int32
    assert tables.missing_hour.tolist() == [1, 0]
    assert tables.missing_day.tolist() == [1, 1]
    assert tables.cap.tolist() == [500, 500]
    assert tables.aqi_min.tolist() == [1, 0]
    assert tables.lut.max() == 500


def test_unknown_set():
    with pytest.raises(KeyError):
        aqi_tables(["1996"])


def test_practice_decides_where_it_is_on_record():
    old, new = applied_rules("HJ633-2012"), applied_rules("HJ633-2026")
    assert old["so2_1h_above_last"] == "200"
    assert old["pm_1h"] == new["pm_1h"] == "daily_breakpoints"
    assert old["o3_8h_above_last"] == "none"
    assert old["daily_o3_1h"] == new["daily_o3_1h"] == "8h_only"
    texts = load("aqi_rule").query("aqi_standard == 'HJ633-2012' and not practice").set_index("rule")["value"]
    assert texts["so2_1h_above_last"] == "none"
    unread = load("aqi_rule").query("rule == 'missing_day' and aqi_standard == 'HJ633-2012'")
    assert not unread["verified"].any()


def test_frame_holds_the_same_numbers():
    frame = iaqi_frame()
    assert list(frame.columns) == ["aqi_standard", "item", "step", "concentration", "iaqi"]
    assert not frame.duplicated(["aqi_standard", "item", "step"]).any()
    none = frame[frame["iaqi"].isna()]
    assert none[["aqi_standard", "item", "step"]].values.tolist() == [["HJ633-2012", "O3_8h", 801]]
    co = frame.query("aqi_standard == 'HJ633-2026' and item == 'CO_24h' and step == 22").iloc[0]
    assert (co["concentration"], co["iaqi"]) == (2.2, 55)


def test_hours_use_daily_breakpoints_for_particles():
    assert HOUR_ITEM["PM2.5"] == "PM2.5_24h"
    assert HOUR_ITEM["PM10"] == "PM10_24h"
