import math

import pytest

from pipelines.air.index import change_pct_printed, composite_index
from warehouse.standards import POLLUTANTS, StandardsError


def values(so2, no2, pm10, pm25, co, o3):
    return {"SO2": so2, "NO2": no2, "PM10": pm10, "PM2.5": pm25, "CO": co, "O3": o3}


def test_published_indices():
    parts, total = composite_index(values(9, 14, 77, 23, 1.1, 96), "2012")
    assert total == 3.14
    assert list(parts) == list(POLLUTANTS)
    assert parts["CO"] == 0.28
    assert composite_index(values(3, 13, 16, 13, 0.9, 87), "2012")[1] == 1.73


def test_values_are_rounded_before_the_parts():
    assert composite_index(values(9.4, 14.5, 76.6, 22.5, 1.05, 96.4), "2012") == composite_index(
        values(9, 14, 77, 22, 1.0, 96), "2012"
    )


def test_limits_follow_the_set():
    at_limit = values(60, 40, 60, 30, 4, 160)
    assert composite_index(at_limit, "2026_transition") == (dict.fromkeys(POLLUTANTS, 1.0), 6.0)
    assert composite_index(values(20, 30, 50, 25, 4, 160), "2026_final")[1] == 6.0
    assert composite_index(values(60, 40, 70, 35, 4, 160), "2012")[1] == 6.0


def test_pm25_keeps_a_digit_from_2026():
    new = composite_index(values(0, 0, 0, 30.4, 0, 0), "2026_transition")[0]["PM2.5"]
    old = composite_index(values(0, 0, 0, 30.4, 0, 0), "2012")[0]["PM2.5"]
    assert (new, old) == (1.01, 0.86)


def test_a_missing_value_gives_no_total():
    parts, total = composite_index(values(9, None, 77, math.nan, 1.1, 96), "2012")
    assert total is None
    assert parts["NO2"] is None
    assert parts["PM2.5"] is None
    assert parts["PM10"] == 1.1


def test_weights_are_off_unless_asked_for():
    at_limit = values(60, 40, 70, 35, 4, 160)
    assert composite_index(at_limit, "2012")[1] == 6.0
    assert composite_index(at_limit, "2012", weighting="weight_unverified")[1] == 10.0


def test_unknown_set():
    with pytest.raises(StandardsError, match="2012"):
        composite_index({}, "2099")


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (70, 79, -11.4),
        (46, 55, -16.4),
        (70, 81, -13.6),
        (16, 19, -15.8),
        (31, 37, -16.2),
        (0.7, 0.8, -12.5),
        (139, 137, 1.5),
        (152, 233, -34.8),
        ("80", "80", 0.0),
        (8, 0, None),
    ],
)
def test_change_from_printed_values(now, before, expected):
    assert change_pct_printed(now, before) == expected


def test_change_is_exact_at_ties():
    assert change_pct_printed(1.0005, 1, 2) == 0.05
    assert change_pct_printed(200.25, 200, 2) == 0.12
    assert change_pct_printed(200.75, 200, 2) == 0.38
