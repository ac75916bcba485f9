import math
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.standards import round_8170

PUBLISHED = [
    (12.1498, 0, 12),
    (12.1498, 1, 12.1),
    (10.5002, 0, 11),
    (1.050, 1, 1.0),
    (0.35, 1, 0.4),
    (2500, -3, 2000),
    (3500, -3, 4000),
    (1268, -2, 1300),
    (28.175, 2, 28.18),
    (28.165, 2, 28.16),
    (-0.0365, 3, -0.036),
    (-355, -1, -360),
    (-325, -1, -320),
    (15.4546, 0, 15),
]


@pytest.mark.parametrize(("x", "digits", "expected"), PUBLISHED)
def test_examples_of_the_standard(x, digits, expected):
    assert round_8170(x, digits) == expected


def test_ties_that_binary_rounding_misses():
    assert round_8170(2.675, 2) == 2.68
    assert round_8170(60.5, 0) == 60
    assert round_8170(61.5, 0) == 62
    assert round_8170(np.mean([0.1, 0.2, 0.15]) + 0.2, 1) == 0.4


def test_a_mean_computed_in_floats_is_the_tie_it_stands_for():
    below = np.nextafter(60.5, 0)
    assert [round_8170(x, 0) for x in (below, np.nextafter(60.5, 99), 61.5 - 1e-12)] == [60, 60, 62]
    assert round_8170(60.5 + 1e-6, 0) == 61


def test_no_negative_zero_nan_stays():
    assert math.copysign(1, round_8170(-0.4, 0)) == 1
    assert math.isnan(round_8170(math.nan, 1))
    out = round_8170(np.array([[0.5, 1.5], [math.nan, -2.5]]), 0)
    assert out.shape == (2, 2)
    np.testing.assert_array_equal(out, [[0, 2], [math.nan, -2]])


def test_large_values_are_not_taken_for_ties():
    assert round_8170(1_234_567_890.3, 0) == 1_234_567_890
    assert round_8170(1_234_567_891.7, 0) == 1_234_567_892


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(-3, 4))
def test_agrees_with_decimal_half_even(n, decimals, digits):
    exact = Decimal(n).scaleb(-decimals)
    expected = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    assert round_8170(float(exact), digits) == float(expected)


@given(st.integers(-(10**6), 10**6), st.integers(-2, 3))
def test_ties_go_to_even(k, digits):
    tie = (Decimal(k) + Decimal("0.5")).scaleb(-digits)
    expected = Decimal(k if k % 2 == 0 else k + 1).scaleb(-digits)
    assert round_8170(float(tie), digits) == float(expected)
