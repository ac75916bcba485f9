"""Verdicts from evidence, and what of the promised cut they confirm; the unknown is never taken for carried out."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from receipt_worlds import CODE, START, World
from test_receipts_answers import LATER, take
from test_receipts_answers import given as answer
from warning_homes import NOW

from pipelines.emergency.receipts.answers import answers_of
from pipelines.emergency.receipts.compliance import compliance_of
from pipelines.emergency.receipts.filed_list import FiledList, promised
from pipelines.emergency.receipts.store import receipts, verifications
from pipelines.emergency.receipts.verdict import WHY, Evidence, confirmed_share, rules, verdict_of

DAY_H = 24.0


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        (Evidence(24), ("no_data", "nothing")),
        (Evidence(24, 0.2, cems=0.8), ("ok", "cems")),
        (Evidence(24, 0.2, cems=0.81), ("ok", "cems")),
        (Evidence(24, 0.2, cems=0.82), ("partial", "cems")),
        (Evidence(24, 0.2, cems=0.9), ("partial", "cems")),
        (Evidence(24, 0.2, cems=0.91), ("fail", "cems")),
        (Evidence(24, 1.0, cems=0.0), ("ok", "cems")),
        (Evidence(24, 1.0, cems=1.2), ("fail", "cems")),
        # Zero power is not zero emission, and low power with a high load is a bypassed meter.
        (Evidence(24, 1.0, power=0.0), ("no_data", "power_alone")),
        (Evidence(24, 1.0, power=1.0), ("fail", "power")),
        (Evidence(24, 1.0, cems=0.9, power=0.0), ("fail", "cems")),
        (Evidence(24, 1.0, cems=0.0, power=0.9), ("fail", "power")),
        # A gap of CEMS is no stop.
        (Evidence(24, 1.0, cems=0.0, missing_h=6), ("ok", "cems")),
        (Evidence(24, 1.0, cems=0.0, missing_h=7), ("no_data", "cems_missing")),
        (Evidence(24, 1.0, cems=0.0, missing_h=7, power=0.0), ("no_data", "cems_missing")),
        (Evidence(24, 1.0, cems=0.0, missing_h=7, power=1.0), ("fail", "power")),
        (Evidence(24, None, cems=0.5), ("no_data", "no_ratio")),
        (Evidence(24, 0.0, cems=1.0), ("no_data", "no_ratio")),
        (Evidence(24, 0.2, cems=0.8, trucks=1), ("partial", "trucks")),
        (Evidence(24, 0.2, cems=1.0, trucks=1), ("fail", "cems")),
        (Evidence(24, trucks=2), ("partial", "trucks")),
        (Evidence(24, trucks=0), ("no_data", "nothing")),
    ],
)
def test_verdicts_by_rule(seen: Evidence, wanted: tuple[str, str]) -> None:
    assert verdict_of(seen) == wanted and wanted[1] in WHY


ratio = st.one_of(st.none(), st.floats(0, 2).map(lambda v: round(v, 4)))
evidence = st.builds(
    Evidence,
    st.just(DAY_H),
    st.one_of(st.none(), st.floats(0, 1).map(lambda v: round(v, 4))),
    ratio,
    ratio,
    st.one_of(st.none(), st.integers(0, 5)),
    st.one_of(st.none(), st.floats(0, 24)),
)


@given(evidence)
def test_ok_always_rests_on_enough_cems(seen: Evidence) -> None:
    verdict, _ = verdict_of(seen)
    if verdict == "ok":
        assert seen.cems_usable and seen.expected and not seen.trucks
        assert (seen.missing_h or 0) <= rules().max_missing_share * DAY_H
    share = confirmed_share(verdict, seen)
    assert share is None or 0 <= share <= 1
    assert (share is None) or verdict != "no_data", "what nobody measured confirms and denies nothing"


@given(evidence, st.floats(0, 1))
def test_more_load_never_makes_a_verdict_better(seen: Evidence, more: float) -> None:
    grave = {"ok": 0, "no_data": 1, "partial": 2, "fail": 3}
    if seen.cems is None:
        return
    worse = Evidence(seen.hours, seen.expected, seen.cems + more, seen.power, seen.trucks, seen.missing_h)
    assert grave[verdict_of(worse)[0]] >= grave[verdict_of(seen)[0]]


def test_the_limits_are_told_to_be_unverified() -> None:
    assert rules().verified is False and 0 < rules().tolerance < rules().partial_share < 1


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def row(world: World, code: str, **more: str) -> dict[str, str]:
    usual = {
        "warning_id": world.one, "credit_code": code, "window_start": "2026-12-03 00:00",
        "window_end": "2026-12-04 00:00", "line_id": "", "cems_load_ratio": "", "power_ratio": "", "verdict": "",
        "evidence": "",
    }  # fmt: skip
    return usual | more


def checked(world: World, *rows: dict[str, str], **more):
    return take(world, *rows, kind="verification", **more)


def judged(world: World, level: str = "orange", as_of: datetime = LATER, since: datetime = NOW):
    about = world.around()
    units, others = promised(world.con, world.version, level, START.date())
    given_, found = receipts(world.path, world.one), verifications(world.path, world.one)
    told = answers_of(about.record, about.events, about.filed, given_, as_of)
    return compliance_of(level, about.filed, units, others, told, given_, found, as_of, since)


def so2(found) -> tuple[float, ...]:
    return tuple(found["cut_kgd"]["SO2"][part] for part in ("promised", "confirmed", "denied", "unknown"))


# Orange, SO2: firm 1 cuts 200 + 300, firm 2 400, firm 4 100 + 200, firm 5 the smaller of two lines 60.
PROMISED = 1260.0


def test_nothing_recorded_is_no_data(world: World) -> None:
    found = judged(world)
    assert found["status"] == "no_data" and found["zh"].startswith("无数据")
    assert so2(found) == (PROMISED, 0, 0, PROMISED)


def test_an_answer_confirms_nothing_and_denies_only_what_the_firm_itself_says(world: World) -> None:
    take(world, *(answer(world, credit_code=CODE[n]) for n in (1, 2)))
    assert so2(judged(world)) == (PROMISED, 0, 0, PROMISED) and judged(world)["status"] == "unknown"
    take(world, answer(world, START, credit_code=CODE[2], status="不能执行", reason="供暖"))
    found = judged(world)
    assert so2(found) == (PROMISED, 0, 400, PROMISED - 400)
    assert found["verification"]["denied_by_receipt"] == 1 and found["status"] == "partly"
    take(world, answer(world, START, credit_code=CODE[1], status="部分执行", reason="供暖"))
    assert so2(judged(world)) == so2(found), "in part: how much of it, nobody knows"
    checked(world, row(world, CODE[2], cems_load_ratio="0"))
    assert so2(judged(world))[1:3] == (400, 0), "what was measured stands above what was said"


def test_confirmed_denied_and_unknown_add_up_by_line(world: World) -> None:
    done = checked(
        world,
        row(world, CODE[1], line_id="1", cems_load_ratio="0.8"),
        row(world, CODE[1], line_id="2", cems_load_ratio="0.25"),
        row(world, CODE[2], cems_load_ratio="1"),
        row(world, CODE[4], verdict="无数据"),
    )
    assert not done.refused, done.bad
    one, two, three, four = verifications(world.path, world.one)
    assert [(c.verdict, c.verdict_by, c.expected_ratio, c.expected_source) for c in (one, two, three)] == [
        ("ok", "rule", 0.2, "list"), ("partial", "rule", 1.0, "list"), ("fail", "rule", 1.0, "list"),
    ]  # fmt: skip
    assert (four.verdict, four.verdict_by) == ("no_data", "stated")
    found = judged(world)
    # 200 whole; of 300 three quarters; of 400 nothing; 300 of firm 4 and 60 of firm 5 unknown.
    assert so2(found) == (PROMISED, 425, 475, 360)
    assert found["cut_kgd"]["SO2"]["confirmed_pct"] == pytest.approx(33.7)
    assert found["cut_kgd"]["VOCs"]["confirmed_pct"] is None, "nothing promised, no share"
    counties = {g["name"]: g for g in found["by_county"]}
    assert (
        counties["碑林区"]["cut_kgd"]["SO2"] | {"promised": 500.0, "denied": 400.0, "unknown": 100.0}
        == (counties["碑林区"]["cut_kgd"]["SO2"])
    )
    for groups in (found["by_county"], found["by_grade"], found["by_verdict"]):
        for n, part in enumerate(("promised", "confirmed", "denied", "unknown")):
            assert sum(g["cut_kgd"]["SO2"][part] for g in groups) == pytest.approx(so2(found)[n])
    assert {g["key"] for g in found["by_grade"]} == {"C", "D"} and json.dumps(found, default=str)
    assert [g["key"] for g in found["by_verdict"]] == ["ok", "partial", "fail", "no_data", "not_checked"]


def test_stop_so_many_lines_is_told_by_a_check_of_the_firm_alone(world: World) -> None:
    checked(world, row(world, CODE[5], line_id="2", cems_load_ratio="0"))
    assert so2(judged(world))[1] == 0, "one line that stands still does not tell of the two"
    checked(world, row(world, CODE[5], verdict="落实", evidence="一条线停产，现场照片"))
    assert so2(judged(world))[1] == 60


def test_no_data_is_never_written_as_ok(world: World) -> None:
    for more in (
        {},
        {"power_ratio": "0"},
        {"cems_load_ratio": "0", "cems_missing_h": "12"},
        {"cems_load_ratio": "1"},
    ):
        done = checked(world, row(world, CODE[2], verdict="落实") | more)
        assert done.refused and done.bad[0].item == "verdict", more
    assert checked(world, row(world, CODE[2], verdict="落实", evidence="封条与照片")).n_new == 1
    assert so2(judged(world))[1] == 400


def test_the_newest_check_counts_and_one_of_a_line_before_one_of_the_firm(world: World) -> None:
    checked(world, row(world, CODE[2], cems_load_ratio="0"))
    checked(world, row(world, CODE[2], cems_load_ratio="1") | {"window_end": "2026-12-04 06:00"})
    assert so2(judged(world))[1:3] == (0, 400)
    assert so2(judged(world, as_of=datetime(2026, 12, 4)))[1:3] == (400, 0), (
        "the later one was not known then"
    )
    checked(
        world,
        row(world, CODE[1], cems_load_ratio="0", expected_ratio="1", expected_source="技术指南"),
        row(world, CODE[1], line_id="1", cems_load_ratio="1"),
    )
    assert so2(judged(world))[1:3] == (300, 600)


def test_a_check_belongs_to_the_level_in_force_when_it_began(world: World) -> None:
    world.red(datetime(2026, 12, 3, 12))
    checked(world, row(world, CODE[1], line_id="2", cems_load_ratio="0"))
    checked(
        world,
        row(world, CODE[1], line_id="2", cems_load_ratio="0")
        | {"window_start": "2026-12-03 13:00", "window_end": "2026-12-04 13:00"},
    )
    assert [c.level for c in verifications(world.path, world.one)] == ["orange", "red"]
    found = judged(world, "red", since=datetime(2026, 12, 3, 12))
    assert found["verification"]["n_records"] == 1 and found["verification"]["n_other_levels"] == 1
    assert so2(found) == (1350.0, 300.0, 0, 1050.0), "red: 1000 + 300 of firm 1, 50 of firm 3"


def test_without_a_list_nothing_is_counted(world: World) -> None:
    take(world, answer(world, credit_code=CODE[1]))
    about = world.around()
    given_ = receipts(world.path, world.one)
    told = answers_of(about.record, about.events, FiledList(), given_, LATER)
    found = compliance_of(
        "orange",
        FiledList(),
        [],
        dict.fromkeys(("SO2", "NOx", "PM", "VOCs"), 0.0),
        told,
        given_,
        [],
        LATER,
        NOW,
    )
    assert found["status"] == "no_list" and found["cut_kgd"]["SO2"]["promised"] == 0


def test_a_list_in_other_words_gives_the_same_check_once(world: World) -> None:
    first = row(world, CODE[2], cems_load_ratio="0.5")
    assert [checked(world, first).n_new, checked(world, first).n_new] == [1, 0]
    world.con.execute("UPDATE emergency.measure SET stated_ratio = 0.5, parsed_ratio = 0.5")
    assert checked(world, first, as_of=LATER + timedelta(hours=1)).n_new == 0, (
        "what the inspector wrote is the same"
    )
