"""The draft for a city: both results where there are two, window, lifting, orders, what would change it."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.emergency.proposal.blocks import DayForecast, HourSeries, of_days
from pipelines.emergency.proposal.draft import Options, draft
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.lift import lift
from pipelines.emergency.proposal.orders import Order, OrderError, level_of, read_orders
from pipelines.emergency.proposal.profiles import rank
from pipelines.emergency.proposal.shipped import profile

NATIONAL = profile("national-2024")
ISSUED = datetime(2026, 12, 1, 15, 30)
FIRST = date(2026, 12, 3)


def days(*values, start=FIRST, **more):
    """Days of a bulletin: a number, a range as a pair, or a whole DayForecast; None leaves the day out."""
    found = []
    for n, value in enumerate(values):
        day = start + timedelta(days=n)
        if isinstance(value, DayForecast):
            found.append(replace(value, day=day))
        elif value is not None:
            low, high = value if isinstance(value, tuple) else (value, value)
            found.append(DayForecast(day, low, high, ("PM2.5",), **more))
    return found


def drafted(*values, rule=NATIONAL, orders=(), as_of=ISSUED, **how):
    forecast = CityForecast("610100", ISSUED, tuple(days(*values)))
    return draft(forecast, rule, orders, as_of, Options(**how))


def codes(document):
    return {note["code"] for note in document["notes"]}


def test_the_document_has_what_was_agreed():
    found = drafted(160, 170, 180, 120)
    agreed = {"city_code", "level", "level_strict", "start", "end", "profile", "standard_set", "blocks",
              "natural_day_level", "notes", "final_level", "status"}  # fmt: skip
    assert agreed <= set(found)
    assert (found["level"], found["level_strict"], found["natural_day_level"]) == ("orange",) * 3
    assert (found["start"], found["end"]) == (datetime(2026, 12, 3), datetime(2026, 12, 6))
    assert [b["aqi_24h_block"] for b in found["blocks"]] == [160, 170, 180, 120]
    assert (found["profile"], found["standard_set"], found["response"]) == (
        "national-2024",
        "2026_transition",
        "Ⅱ",
    )
    assert found["status"] == "draft" and "DRAFT" in found["watermark"] and "演练" not in found["watermark"]
    assert "演练" in drafted(160, simulated=True)["watermark"]
    json.dumps(found, default=str)


def test_the_same_input_gives_the_same_draft():
    assert drafted(160, 210, (140, 220)) == drafted(160, 210, (140, 220))


def test_strict_and_merged_stand_side_by_side():
    found = drafted(205, 140, 205, 120)
    assert (found["level_strict"], found["level"]) == ("yellow", "orange")
    assert "merged" in codes(found)
    assert (found["start"], found["end"]) == (datetime(2026, 12, 3), datetime(2026, 12, 6))


def test_t16_an_excluded_day_is_bridged_only_on_demand():
    ozone = DayForecast(FIRST, 180, 180, ("O3",))
    found = drafted(160, 160, ozone, 160)
    assert (found["level"], found["level_if_bridged"], found["level_if_all_counted"]) == (
        "yellow",
        "orange",
        "orange",
    )
    assert {"bridging", "cause_o3"} <= codes(found)
    assert drafted(160, 160, ozone, 160, bridge=True)["level"] == "orange"


def test_x1_floating_and_natural_days():
    hours = HourSeries(datetime(2026, 12, 3, 1), [80] * 12 + [170] * 48 + [60] * 12)
    found = draft(CityForecast("610100", ISSUED, hours=hours), NATIONAL, (), ISSUED)
    assert (found["level"], found["natural_day_level"]) == ("orange", "yellow")
    assert [b["aqi_24h_block"] for b in found["blocks"]] == [220, 220]
    assert (found["start"], found["end"]) == (datetime(2026, 12, 3, 12), datetime(2026, 12, 5, 12))
    assert "floating" in codes(found)


def test_o1_ozone_gives_health_advice_and_no_level():
    ozone = [DayForecast(FIRST, a, a, ("O3",), 65.0, 65.0) for a in (210, 215, 220)]
    found = drafted(*ozone)
    assert (found["level"], found["start"], found["level_if_all_counted"]) == ("none", None, "orange")
    assert {"o3_health", "all_counted"} <= codes(found)
    without = [replace(each, pm25_low=None, pm25_high=None) for each in ozone]
    assert drafted(*without)["level"] == "none" and "cause_o3" in codes(drafted(*without))


def test_d1_a_dust_day_counts_on_its_pm25():
    dust = DayForecast(FIRST, 260, 260, ("PM10",), 160.0, 160.0, "沙尘", "dust", "李四")
    found = drafted(dust, 205)
    assert (found["level"], found["blocks"][0]["aqi_24h_block"]) == ("orange", 210)
    without = drafted(replace(dust, pm25_low=None, pm25_high=None), 205)
    assert (without["level"], without["level_if_all_counted"]) == ("yellow", "orange")
    assert {"cause_dust", "all_counted"} <= codes(without)


def test_dust_without_a_name_is_not_used():
    unsigned = DayForecast(FIRST, 260, 260, ("PM2.5",), cause="沙尘", cause_kind="dust")
    found = drafted(unsigned, 205)
    assert found["level"] == "orange" and "cause_unsigned" in codes(found)


def test_other_pollutants_and_unknown_ones_show_both_results():
    found = drafted(DayForecast(FIRST, 260, 260, ("PM10",)), 205)
    assert (found["level"], found["level_if_all_counted"]) == ("yellow", "orange")
    assert "needs_analyst" in codes(found)
    found = drafted(DayForecast(FIRST, 260, 260), 205)
    assert (found["level"], found["level_if_unknown_left_out"]) == ("orange", "yellow")
    assert "cause_unknown" in codes(found)


def test_f1_both_ends_are_shown_where_no_rule_decides():
    found = drafted((140, 165), (150, 175), (145, 160))
    assert (found["level"], found["level_low"], found["upper_bound"]) == ("orange", "none", "both_shown")
    assert "both_ends" in codes(found)


def test_three_possible_heavy_days_are_graded_by_the_upper_end():
    found = drafted((180, 230), (190, 240), (180, 310))
    assert (found["level"], found["level_low"], found["upper_bound"]) == ("red", "orange", "by_rule")
    assert "upper_by_rule" in codes(found)
    assert drafted((180, 230), (190, 240), (180, 200))["upper_bound"] == "both_shown"
    assert drafted(180, 230)["upper_bound"] == "no_range"


@pytest.mark.parametrize(
    ("in_force", "ahead", "action", "level", "below_h", "reason"),
    [
        ("orange", [140, 150], "lift", "none", 48, ""),
        ("orange", [140, 170], "keep", "orange", 24, "above"),
        ("red", [180, 180], "downgrade", "yellow", 48, ""),
        ("red", [180, 180, 180], "downgrade", "orange", 72, ""),
        ("red", [200, 201], "keep", "red", 24, "above"),
        ("yellow", [140], "keep", "yellow", 24, "short"),
        ("yellow", [140, None, 140], "keep", "yellow", 24, "missing"),
        ("yellow", [], "keep", "yellow", 0, "short"),
    ],
)
def test_l1_l2_l3_lifting_and_lowering(in_force, ahead, action, level, below_h, reason):
    found = lift(in_force, of_days(days(*ahead)), NATIONAL)
    assert (found.action, found.level, found.below_h, found.reason) == (action, level, below_h, reason)


def test_pollution_that_comes_back_is_told_with_the_lifting():
    found = lift("orange", of_days(days(140, 130, 220, 230)), NATIONAL)
    assert (found.action, found.returns) == ("lift", "orange")


def test_ozone_does_not_hold_a_level_up_but_a_day_for_the_analyst_does():
    ozone, coarse = (DayForecast(FIRST, 220, 220, (p,)) for p in ("O3", "PM10"))
    assert lift("yellow", of_days(days(ozone, ozone)), NATIONAL).action == "lift"
    assert lift("yellow", of_days(days(coarse, coarse)), NATIONAL).action == "keep"


def test_a_draft_looks_at_the_level_in_force_from_now_on():
    found = drafted(220, 140, 150, in_force="orange", as_of=datetime(2026, 12, 4, 8))
    assert (found["lift"]["action"], found["lift"]["from"]) == ("lift", datetime(2026, 12, 4))
    assert drafted(220, 140, 150)["lift"] is None


def test_only_hours_to_come_count_towards_the_36_of_lifting():
    evening = drafted(220, 140, 150, in_force="orange", as_of=datetime(2026, 12, 4, 20))
    assert (evening["lift"]["action"], evening["lift"]["below_h"]) == ("keep", 28)
    noon = drafted(220, 140, 150, in_force="orange", as_of=datetime(2026, 12, 4, 12))
    assert (noon["lift"]["action"], noon["lift"]["below_h"]) == ("lift", 36)


def test_a_forecast_of_the_past_says_so():
    over = drafted(220, 210, as_of=datetime(2026, 12, 5))
    assert "forecast_over" in [n["code"] for n in over["notes"]] and over["level"] == "orange"
    assert "forecast_over" not in [n["code"] for n in drafted(220, 210)["notes"]]


def test_r1_a_regional_level_stands_above_an_own_none():
    regional = Order("610100", "orange", "regional", datetime(2026, 12, 3), datetime(2026, 12, 6))
    found = drafted(120, 110, orders=[regional, Order("610500", "red")])
    assert (found["level"], found["final_level"], found["final_basis"]) == ("none", "orange", "regional")
    assert (found["final_start"], found["final_end"], found["response"]) == (
        regional.start,
        regional.end,
        "Ⅱ",
    )
    assert "ordered" in codes(found) and len(found["orders"]) == 1


@pytest.mark.parametrize(
    ("order", "final", "basis"),
    [
        (Order("610100", "yellow"), "orange", "own"),
        (Order("610100", "orange"), "orange", "own"),
        (Order("610100", "red"), "red", "superior"),
        (Order("610100", "none"), "orange", "own"),
        (Order("610100", "red", end=datetime(2026, 12, 1)), "orange", "own"),
        (Order("610100", "red", start=datetime(2027, 1, 1)), "orange", "own"),
    ],
)
def test_the_final_level_is_the_gravest_in_force(order, final, basis):
    found = drafted(160, 170, 180, orders=[order])
    assert (found["final_level"], found["final_basis"]) == (final, basis)


def test_orders_are_read_from_words_and_files(tmp_path):
    day = date(2026, 12, 1)
    assert read_orders(["西安=橙色"], day) == [Order("610100", "orange")]
    region = read_orders(["汾渭平原=黄"], day)
    assert len(region) == 13 and {o.kind for o in region} == {"regional"}
    assert len(read_orders(["汾渭平原=黄"], date(2019, 1, 1))) == 11
    path = tmp_path / "o.csv"
    path.write_text(
        "对象,级别,类别,开始,结束,文号\n西安,红,上级,2026-12-02 08:00,2026-12-04,令4号\n", encoding="utf-8"
    )
    assert read_orders([str(path)], day) == [
        Order("610100", "red", "superior", datetime(2026, 12, 2, 8), datetime(2026, 12, 5), "令4号")
    ]
    for wrong in ("西安=紫", "西安", "nowhere.csv"):
        with pytest.raises(OrderError):
            read_orders([wrong], day)
    path.write_text("对象,级别\n西安,黄\n咸阳,紫\n", encoding="utf-8")
    with pytest.raises(OrderError, match="3 行"):
        read_orders([str(path)], day)
    assert level_of(" Red ") == level_of("Ⅰ级") == "red"


def test_the_end_is_open_until_the_forecast_shows_36_hours_below():
    assert drafted(210, 140)["end_confirmed"] is False
    assert drafted(210, 140, 130)["end_confirmed"] is True
    assert drafted(210, 140, None, 130)["end_confirmed"] is False
    assert "end_open" in codes(drafted(210, 140)) and "end_open" not in codes(drafted(210, 140, 130))


def test_short_notice_is_told():
    assert "lead_time" not in codes(drafted(210))
    assert "lead_time" in codes(drafted(210, as_of=datetime(2026, 12, 2, 1)))


def test_every_episode_is_listed_and_the_gravest_decides():
    found = drafted(205, 100, 100, 210, 220, 100)
    assert [(p["level"], p["hours"]) for p in found["processes"]] == [("yellow", 24), ("orange", 48)]
    assert found["start"] == datetime(2026, 12, 6)


def test_blue_is_kept_in_its_order():
    found = drafted(210, rule=profile("national-2017"))
    assert (found["level"], found["level_by_profile"], found["level_zh"]) == ("precaution", "blue", "蓝色")
    assert {"blue", "profile_unverified"} <= codes(found)


def test_a_pm25_that_contradicts_its_aqi_is_told():
    assert "pm25_above_aqi" in codes(drafted(DayForecast(FIRST, 150, 160, ("PM2.5",), 200.0, 210.0)))
    assert "pm25_above_aqi" not in codes(drafted(DayForecast(FIRST, 255, 261, ("PM2.5",), 200.0, 210.0)))


def test_what_would_change_the_level():
    found = drafted(205, 202, 120)["changes"]
    assert found["lower"] == {"aqi": 2, "level": "yellow"}
    assert found["higher"] == {"aqi": 96, "level": "red"}
    assert {(p["aqi_gt"], p["hours"]) for m in found["hours_more"] for p in m["parts"]} == {
        (200, 24),
        (300, 24),
    }
    assert found["hours_less"] == [{"level": "orange", "parts": [{"aqi_gt": 200, "hours": 24}]}]
    clean = drafted(120)["changes"]
    assert clean["lower"] is None and clean["hours_less"] == []
    assert clean["higher"] == {"aqi": 81, "level": "yellow"}
    assert [m["parts"] for m in clean["hours_more"]] == [
        [{"aqi_gt": 200, "hours": 24}],
        [{"aqi_gt": 150, "hours": 48}],
    ]


def test_a_shift_of_pm25_is_given_in_its_own_unit():
    hours = HourSeries(datetime(2026, 12, 3, 1), [151] * 24)
    found = draft(CityForecast("610100", ISSUED, hours=hours), NATIONAL, (), ISSUED)["changes"]
    assert found["lower"] == {"aqi": 1, "level": "none", "pm25_ugm3": 1}
    assert found["higher"] is None, "one block can only be yellow"


@settings(deadline=None)
@given(st.lists(st.integers(0, 450), min_size=1, max_size=8))
def test_the_shifts_are_the_smallest_that_change_the_level(values):
    found = drafted(*values)
    level = rank(found["level"])
    for side, sign in (("higher", 1), ("lower", -1)):
        if found["changes"][side] is None:
            continue
        step = found["changes"][side]["aqi"]
        at, before = (
            rank(judge([v + sign * k for v in values], NATIONAL, merged=True).level) for k in (step, step - 1)
        )
        assert (at - level) * sign > 0 and before == level


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=8), st.integers(1, 20))
def test_days_later_the_same_draft_comes_days_later(values, shift):
    if values[0] is None:
        return
    later = timedelta(days=shift)
    was = drafted(*values)
    now = draft(
        CityForecast("610100", ISSUED + later, tuple(days(*values, start=FIRST + later))),
        NATIONAL, (), ISSUED + later,
    )  # fmt: skip
    for key in ("level", "level_strict", "natural_day_level", "level_low", "final_level", "changes"):
        assert now[key] == was[key]
    for key in ("start", "end"):
        assert now[key] == (was[key] and was[key] + later)
