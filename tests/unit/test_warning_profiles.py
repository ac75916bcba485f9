"""Profiles of the warning rule: the facts, which is in force, which are off, a bureau's own."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.air.regions import UnknownAreaError
from pipelines.emergency.proposal import places
from pipelines.emergency.proposal.levels import judge
from pipelines.emergency.proposal.own_profile import read_own
from pipelines.emergency.proposal.profiles import Part, ProfileError, compile_levels, own, reported
from pipelines.emergency.proposal.shipped import in_force, names, profile, with_precaution
from warehouse.standards import load


def conditions(name, **how):
    return {
        level: [tuple((p.relation, p.aqi_gt, p.run_h) for p in alternative) for alternative in alternatives]
        for level, alternatives in profile(name, **how).levels
    }


def run(gt, hours, relation="run"):
    return (relation, gt, hours)


def test_the_rule_of_2024():
    assert conditions("national-2024") == {
        "red": [(run(200, 72), run(300, 24, "inside"))],
        "orange": [(run(200, 48),), (run(150, 72),)],
        "yellow": [(run(200, 24),), (run(150, 48),)],
    }
    made = profile("national-2024")
    assert (made.lift_h, made.merge_gap_lt_h, made.merge_blocks, made.lead_time_h) == (36, 36, 1, 24)
    assert made.verified and made.enabled and made.thresholds == (150, 200, 300)


def test_the_rules_of_former_years_are_unverified():
    assert conditions("national-2019") == {
        "red": [(run(200, 96), run(300, 48, "inside")), (run(499, 24),)],
        "orange": [(run(200, 72),)],
        "yellow": [(run(200, 48),)],
    }
    assert conditions("national-2017") == {
        "red": [(run(200, 96), run(300, 48, "inside")), (run(499, 24),)],
        "orange": [(run(200, 72), run(300, 24, "inside"))],
        "yellow": [(run(200, 48),)],
        "blue": [(run(200, 24),)],
    }
    assert not profile("national-2019").verified and not profile("national-2017").verified


def test_the_practice_of_xian_is_off_until_somebody_confirms_it():
    with pytest.raises(ProfileError, match="confirmed-by"):
        profile("xian-2024-observed")
    made = profile("xian-2024-observed", confirmed_by="王五")
    assert made.confirmed_by == "王五" and not made.verified and made.area_code == "610100"
    assert made.lead_time_h == 48
    assert (
        judge([160, 160], made).level == "orange"
        and judge([160, 160], profile("national-2024")).level == "yellow"
    )


def test_every_rule_has_a_profile_and_every_profile_rules():
    assert set(load("warning_rule")["profile"]) == set(load("warning_profile")["profile"])
    assert names() == ["national-2024", "national-2019", "national-2017", "xian-2024-observed"]
    for row in load("warning_profile").merge(load("warning_rule"), on="profile").to_dict("records"):
        assert row["valid_from_x"] == row["valid_from_y"], row["profile"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2016, 1, 1), "national-2017"),
        (date(2019, 8, 31), "national-2017"),
        (date(2019, 9, 1), "national-2019"),
        (date(2024, 1, 22), "national-2019"),
        (date(2024, 1, 23), "national-2024"),
        (date(2026, 12, 1), "national-2024"),
    ],
)
def test_the_national_profile_in_force(day, name):
    assert in_force(day) == name


def test_an_unknown_profile_is_named_with_those_known():
    with pytest.raises(ProfileError, match="national-2019"):
        profile("national-2020")
    with pytest.raises(ProfileError):
        profile("precaution")


def test_below_yellow_can_be_added_once():
    made = with_precaution(profile("national-2019"))
    assert made.levels[-1][0] == "precaution" and with_precaution(made) is made
    assert made.process_trigger("yellow") == 200 and made.process_trigger("precaution") == 100
    assert reported("blue") == "precaution" and reported("red") == "red"


def test_an_own_profile_from_a_file(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "方案,级别,备选,部分,关系,AQI大于,持续小时,合并间隔小时\n"
        "某市,红,1,1,持续,200,48,72\n某市,红,1,2,其间,300,24,\n某市,橙,,,,150,48,\n某市,橙,,,,200,24,\n",
        encoding="utf-8",
    )
    made = read_own(path)
    assert (made.name, made.merge_gap_lt_h, made.merge_blocks, made.lift_h) == ("某市", 72, 2, 36)
    assert made.alternatives("red") == ((Part("run", 200, 48), Part("inside", 300, 24)),)
    assert made.alternatives("orange") == ((Part("run", 150, 48),), (Part("run", 200, 24),))
    assert not made.verified and judge([210, 100, 100, 310], made, merged=True).level == "red"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("紫,150,48", "级别"),
        ("橙,150.5,48", "aqi_gt"),
        ("橙,150,36", "run_h"),
        ("橙,500,24", "aqi_gt"),
        ("橙,150,", "run_h"),
    ],
)
def test_a_wrong_own_profile_is_refused(tmp_path, rows, said):
    path = tmp_path / "own.csv"
    path.write_text(f"级别,AQI大于,持续小时\n{rows}\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        read_own(path)


def test_conditions_begin_with_a_run():
    with pytest.raises(ProfileError, match="run"):
        compile_levels([("red", 1, 1, "inside", 200, 24)])
    with pytest.raises(ProfileError):
        own([])


def test_places_by_code_and_name():
    assert places.city("西安") == places.city("610100") == "610100"
    assert places.name("610500") == "渭南市" and places.name("000000") == "000000"
    assert places.region("汾渭平原", date(2019, 1, 5)) == "fenwei_2018"
    assert places.region("fenwei", date(2026, 1, 5)) == "fenwei_2023"
    assert places.region("fenwei_2018", date(2026, 1, 5)) == "fenwei_2018"
    assert "610403" not in places.members("fenwei_2023") and len(places.members("fenwei_2023")) == 13
    for call in (
        lambda: places.city("杨凌"),
        lambda: places.city("某地"),
        lambda: places.region("x", date(2026, 1, 1)),
    ):
        with pytest.raises(UnknownAreaError):
            call()


def test_a_version_follows_what_decides():
    made = profile("national-2024")
    assert made.version == profile("national-2024").version
    others = {
        profile("national-2019").version,
        with_precaution(made).version,
        replace(made, lift_h=24).version,
    }
    assert len(others | {made.version}) == 4
    assert replace(made, note="x").version == made.version
