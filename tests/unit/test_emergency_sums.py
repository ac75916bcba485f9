"""What stands in internal tables instead of firms: sums of three members at least, blocks of drafts, numbers of answers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepared import fresh

from pipelines.emergency.emission_list.sums import FEW, OTHER, Part, folded, keep_sums
from pipelines.emergency.life.looks import status_of
from pipelines.emergency.receipts import answer_state


def part(name: str, members: set[str], cut: int = 1) -> Part:
    few = members if len(members) < FEW else set()
    amount = Decimal(cut)
    return Part(name, amount * 2, amount, amount, len(members), len(members), set(few), set(few))


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), max_size=6))
def test_no_sum_is_of_fewer_than_three(groups):
    parts = [part(f"p{n}", members, 10 - n) for n, members in enumerate(groups)]
    total = sum(p.cut_kgd for p in parts)
    told = folded(parts)
    assert all(p.n_members >= FEW for p in told)
    assert sum(p.cut_kgd for p in told) == total or not any(p.part == OTHER for p in told)


def test_a_firm_in_two_trades_counts_once():
    told = folded([part("甲", {"a", "b"}), part("乙", {"a"})])
    assert told == []
    told = folded([part("丙", {"a", "b", "c", "d"}, 9), part("甲", {"a", "b"}), part("乙", {"a"})])
    assert [(p.part, p.cut_kgd) for p in told] == [(OTHER, Decimal(11))]


def test_vehicles_are_no_firms():
    assert [p.part for p in folded([part("mobile", {"v"})])] == ["mobile"]


@pytest.mark.parametrize(
    ("block", "status"),
    [
        ({"in_process": True, "aqi_24h_block": 151}, "counted"),
        ({"in_process": True, "aqi_24h_block": 150}, "merged"),
        ({"in_process": True, "aqi_24h_block": None, "reason": "dust"}, "merged"),
        ({"in_process": False, "aqi_24h_block": 94}, "below"),
        ({"in_process": False, "aqi_24h_block": None, "reason": "dust"}, "excluded"),
        ({"in_process": False, "aqi_24h_block": None, "reason": "missing"}, "missing"),
    ],
)
def test_what_became_of_a_block(block, status):
    assert status_of(block) == status


def counts(name: str, expected: int) -> dict[str, object]:
    numbers = dict.fromkeys(("in_time", "late", "missing", "done", "partial", "unable"), 0)
    return numbers | {"county_name": name, "expected": expected, "waiting": expected}


def test_counties_of_few_firms_are_put_together():
    told = answer_state.folded([counts("甲县", 5), counts("乙县", 2), counts("丙县", 2)])
    assert [(name, c["expected"]) for name, c in told] == [("甲县", 5), (answer_state.OTHER, 4)]
    told = answer_state.folded([counts("甲县", 5), counts("乙县", 2)])
    assert [(name, c["expected"]) for name, c in told] == [(answer_state.OTHER, 7)]
    assert answer_state.folded([counts("乙县", 2)]) == []


def test_sums_of_a_list_that_is_not_there():
    con = fresh()
    keep_sums(con, "L-610100-2026-1", date(2026, 3, 10), findings=True)
    assert con.execute("SELECT count(*) FROM emergency.cut_part").fetchall() == [(0,)]
    assert con.execute("SELECT count(*) FROM emergency.reduction WHERE ratio_pct IS NOT NULL").fetchall() == [
        (0,)
    ]
