"""The traps of the rule, each with the tests that watch it, and the vectors of the note: none of them may lose its test."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from warning_homes import FULL, NATIONAL, ORANGE, context, drafted, kept

from pipelines.emergency.life import adjust, commands
from pipelines.emergency.proposal import places

FOLDER = Path(__file__).parents[1]
TRAPS = {
    1: ("test_vectors",),
    2: ("test_vectors",),
    3: ("test_vectors", "test_concentrations_are_rounded_half_to_even_before_the_index_is_rounded_up"),
    4: ("test_vectors",),
    5: ("test_x1_floating_and_natural_days", "test_x1_blocks_may_cross_midnight"),
    6: ("test_d1_a_dust_day_counts_on_its_pm25", "test_t16_an_excluded_day_is_bridged_only_on_demand"),
    7: ("test_the_edition_of_the_day_is_used", "test_e2_editions_differ_below_150"),
    8: ("test_l1_l2_l3_lifting_and_lowering", "test_two_clean_blocks_part_two_episodes_and_one_does_not"),
    9: ("test_a_draft_approved_as_it_stands_needs_no_reason_and_keeps_its_inputs",),
    10: ("test_r1_a_regional_level_stands_above_an_own_none", "test_what_others_ordered_ends_only_with_their_order"),
    11: ("test_the_practice_of_xian_is_off_until_somebody_confirms_it", "test_the_profile_of_a_draft_is_kept_and_named"),
    12: ("test_trap_12_issued_started_and_ended_are_three_moments",),
    13: ("test_blue_is_kept_in_its_order",),
    14: ("test_s1_each_pollutant_by_itself",),
    15: ("test_trap_15_self_directed_and_guarantee_firms_contribute_nothing_certain",),
    16: ("test_trap_16_half_of_the_lines", "test_trap_16_a_plant_at_lower_load_owes_nothing"),
    17: ("test_trap_17_long_stopped_lines_cut_nothing", "test_trap_17_stops_in_force_are_taken_out_above_and_below"),
    18: ("test_trap_18_a_shared_furnace_counts_once", "test_trap_18_several_industries_give_the_worst_grade"),
    19: ("test_trap_19_names_and_codes",),
    20: ("test_trap_20_ungraded_is_the_lowest_grade_and_not_exempt",),
    21: ("test_trap_21_levels_go_by_heading",),
    22: ("test_stages_are_the_same_however_written", "test_mobile_and_dust_sources_count_by_their_own_stage"),
    23: ("test_verdicts_by_rule", "test_ok_always_rests_on_enough_cems"),
    24: ("test_exercises_and_drafts_are_marked_everywhere", "test_nothing_is_approved_without_person_office_body_and_number"),
    25: ("test_what_differs_from_the_rule_needs_a_reason",),
    26: ("test_trap_26_no_level_comes_from_the_grades_of_other_pages",),
    27: ("test_trap_27_two_kinds_of_daily_index_have_two_names",),
    28: ("test_means_in_floating_point_are_the_decimals_they_stand_for", "test_e1_triggers_are_the_same_in_both_editions"),
    29: ("test_trap_29_each_list_of_cities_has_its_time",),
}  # fmt: skip
VECTORS = {
    **{f"T{n:02}": "test_vectors" for n in range(1, 21)},
    "X1": "test_x1_floating_and_natural_days",
    "L1": "test_l1_l2_l3_lifting_and_lowering",
    "L2": "test_l1_l2_l3_lifting_and_lowering",
    "L3": "test_l1_l2_l3_lifting_and_lowering",
    "R1": "test_r1_a_regional_level_stands_above_an_own_none",
    "O1": "test_o1_ozone_gives_health_advice_and_no_level",
    "D1": "test_d1_a_dust_day_counts_on_its_pm25",
    "F1": "test_f1_both_ends_are_shown_where_no_rule_decides",
    "E1": "test_e1_triggers_are_the_same_in_both_editions",
    "E2": "test_e2_editions_differ_below_150",
    "C1": "test_c1_cement_is_counted_from_the_least_of_three",
    "C2": "test_c2_glass_feed",
    "S1": "test_s1_each_pollutant_by_itself",
}


@pytest.fixture(scope="module")
def known() -> set[str]:
    texts = [p.read_text(encoding="utf-8") for p in FOLDER.glob("*/test_*.py")]
    return {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.M)}


@pytest.mark.parametrize("number", range(1, 30))
def test_every_trap_is_watched(number: int, known: set[str]) -> None:
    assert TRAPS[number] and set(TRAPS[number]) <= known


def test_every_vector_is_watched(known: set[str]) -> None:
    assert len(VECTORS) == 33 and set(VECTORS.values()) <= known


def test_trap_12_issued_started_and_ended_are_three_moments(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    one = kept(path, *ORANGE).warning_id
    issued = commands.approve(context(path), one, FULL).record
    assert issued.approved_at is not None and issued.response_at is None
    started = commands.start(context(path, datetime(2026, 12, 3, 6)), one, FULL).record
    assert started.response_at == datetime(2026, 12, 3, 6) != started.approved_at
    assert started.start_at == datetime(2026, 12, 3), "the start that was announced stays what it was"
    ended = adjust.lift(context(path, datetime(2026, 12, 6, 12)), one, FULL, None).record
    assert (ended.lifted_at, ended.end_at) == (datetime(2026, 12, 6, 12), datetime(2026, 12, 6))


@pytest.mark.parametrize("value", [101, 120, 150])
def test_trap_26_no_level_comes_from_the_grades_of_other_pages(value: int) -> None:
    assert drafted(value, value, value, value)["level"] == "none", "“blue at 100–150” is no rule"
    assert [drafted(v)["level"] for v in (160, 250, 400)] == ["none", "yellow", "yellow"], (
        "nor one day by its colour"
    )
    assert [name for name, _ in NATIONAL.levels] == ["red", "orange", "yellow"]


def test_trap_27_two_kinds_of_daily_index_have_two_names() -> None:
    blocks = drafted(160, 170)["blocks"]
    assert all("aqi_24h_block" in b and "aqi" not in b and "aqi_daily" not in b for b in blocks)


def test_trap_29_each_list_of_cities_has_its_time() -> None:
    old = set(places.members(places.region("fenwei", date(2023, 11, 29))))
    new = set(places.members(places.region("fenwei", date(2023, 11, 30))))
    assert {"410300", "411200"} <= old - new, "Luoyang and Sanmenxia left"
    assert {"140100", "140300", "140400", "140500"} == new - old, "Taiyuan, Yangquan, Changzhi, Jincheng came"
    assert (len(old), len(new)) == (11, 13)
