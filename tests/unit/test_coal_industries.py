"""Industries of a change of coal use: what is told adds up, and tells of no single firm."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_coal_panel import MOMENT, WEINAN, XIAN, Firms, both_years

from pipelines.coal.industries import FEW, OTHER, UNKNOWN, Industry, folded
from pipelines.coal.panel import rebuild_panel


@pytest.fixture
def firms(warehouse):
    return Firms(warehouse.con)


def industries(firms, area):
    rebuild_panel(firms.con, MOMENT)
    return firms.con.execute(
        "SELECT industry, rank, n_firms, change_t, share_pct FROM coal.contribution_industry"
        " WHERE area_code = ? AND period = '2026-01..03' ORDER BY rank",
        [area],
    ).fetchall()


def several(firms, division, n, now, *, city=XIAN, county="610102"):
    for k in range(n):
        code = f"{city}-{division}-{k}"
        both_years(firms, code, [100] * 3, [now] * 3, division=division, city=city, county=county)


def test_industries_of_few_firms_stand_together(firms):
    several(firms, "44", 4, 90)
    several(firms, "30", 3, 101)
    several(firms, "25", 2, 50)
    several(firms, "26", 1, 500)
    assert industries(firms, XIAN) == [
        ("44", 1, 4, Decimal(-120), pytest.approx(-100 * 120 / 789)),
        ("30", 2, 3, Decimal(9), pytest.approx(100 * 9 / 789)),
        (OTHER, 3, 3, Decimal(900), pytest.approx(100 * 900 / 789)),
    ]


def test_where_the_rest_would_tell_of_a_firm_the_smallest_industry_joins_it(firms):
    several(firms, "44", 4, 90)
    several(firms, "30", 3, 101)
    several(firms, "26", 1, 500)
    assert [(r[0], r[2], r[3]) for r in industries(firms, XIAN)] == [
        ("44", 4, Decimal(-120)),
        (OTHER, 4, Decimal(1209)),
    ]


def test_a_city_of_two_firms_tells_nothing_and_its_region_does_not_either(firms):
    several(firms, "44", 4, 90)
    several(firms, "26", 2, 50, city=WEINAN, county="610502")
    assert industries(firms, WEINAN) == []
    assert [(r[0], r[3]) for r in industries(firms, "fenwei_2023")] == [("44", Decimal(-120))]


def test_a_region_tells_what_its_cities_tell(firms):
    several(firms, "30", 3, 90)
    several(firms, "30", 1, 500, city=WEINAN, county="610502")
    several(firms, "44", 3, 90, city=WEINAN, county="610502")
    # The one cement works of Weinan would be the region's less Xi'an's.
    assert [(r[0], r[2], r[3]) for r in industries(firms, "fenwei_2023")] == [
        ("30", 3, Decimal(-90)),
        (OTHER, 4, Decimal(1110)),
    ]


def test_an_industry_whose_firms_are_new_to_the_statistics_tells_of_those_before(firms):
    several(firms, "44", 4, 90)
    several(firms, "30", 1, 100)
    for k in range(3):
        firms.firm(f"new{k}", division="30")
        firms.use(f"new{k}", 2026, [100] * 3)
    assert [r[0] for r in industries(firms, XIAN)] == [OTHER]


def test_firms_without_a_division_stand_with_the_rest(firms):
    several(firms, "44", 4, 90)
    several(firms, None, 4, 80)
    assert [r[0] for r in industries(firms, XIAN)] == ["44", OTHER]


COUNTS = st.integers(0, 6)


@given(st.lists(st.tuples(COUNTS, COUNTS, st.integers(0, 999), st.integers(0, 999)), max_size=12))
def test_whatever_is_told_is_of_three_firms_and_adds_up(given_rows):
    rows = [
        Industry(UNKNOWN if n == 11 else f"{n:02d}", max(now, then), now, then, Decimal(a), Decimal(b))
        for n, (now, then, a, b) in enumerate(given_rows)
    ]
    rows.sort(key=lambda i: -abs(i.now_t - i.then_t))
    told = folded(rows)
    assert all(n == 0 or n >= FEW for i in told for n in (i.n_now, i.n_then))
    assert UNKNOWN not in {i.industry for i in told}
    for name in ("n_firms", "now_t", "then_t"):
        if told:
            assert sum(getattr(i, name) for i in told) == sum(getattr(i, name) for i in rows)
    kept = [abs(i.now_t - i.then_t) for i in told if i.industry != OTHER]
    assert all(a >= b for a, b in pairwise(kept))
