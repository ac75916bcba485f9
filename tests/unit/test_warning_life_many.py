"""Several cities under one document; drafts closed for a whole home; rules kept with drafts; regions side by side."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warning_homes import FULL, NOW, ORANGE, context, drafted, forecast, kept

from pipelines.emergency.life import commands, drafts, many, rule, store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.proposal.draft import draft
from pipelines.emergency.proposal.own_profile import read_own, read_text
from pipelines.emergency.proposal.profiles import BLOCK_H, own
from pipelines.emergency.proposal.regions import regions_of, with_regions
from pipelines.emergency.proposal.shipped import names, profile, with_precaution
from warehouse import state

RED = (210, 220, 310, 120, 110)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def states(path: Path) -> dict[str, str]:
    with state.reading(path) as con:
        return {r.warning_id: r.state for r in store.select(con)}


def test_several_cities_are_approved_under_one_number(path: Path) -> None:
    ids = [kept(path, city=code).warning_id for code in ("610100", "610500", "610300")]
    done = many.approve_all(context(path), ids, FULL)
    assert [one for one, _ in done] == ids
    assert {d.record.document_no for _, d in done if isinstance(d, commands.Done)} == {FULL.document}
    assert all(isinstance(d, commands.Done) and d.changed for _, d in done)
    again = many.approve_all(context(path), ids, FULL)
    assert all(isinstance(d, commands.Done) and not d.changed for _, d in again)


def test_one_refused_leaves_the_others_as_they_are(path: Path) -> None:
    orange, red = kept(path).warning_id, kept(path, *RED, city="610500").warning_id
    papers = replace(FULL, signatory="")
    done = dict(many.approve_all(context(path), [red, "W-0", orange], papers))
    assert [getattr(done[one], "code", None) for one in (red, "W-0", orange)] == [
        "needs_signatory",
        "unknown_warning",
        None,
    ]
    assert states(path) == {orange: "approved", red: "draft"}


def test_the_drafts_of_a_day_are_those_that_wait_and_have_a_level(path: Path) -> None:
    first, second = kept(path).warning_id, kept(path, city="610500").warning_id
    kept(path, 80, 80, city="610300")
    kept(path, city="610200", as_of=NOW - timedelta(days=1), issued=NOW - timedelta(days=1))
    assert many.drafts_of(path, NOW.date()) == [first, second]
    assert many.drafts_of(path, NOW.date(), ["610500"]) == [second]
    commands.approve(context(path), first, FULL)
    assert many.drafts_of(path, NOW.date()) == [second]
    assert many.drafts_of(path.with_name("none"), NOW.date()) == [] and not path.with_name("none").exists()


@pytest.mark.parametrize("typed", ["张三", " 张三", "张 三", "张\u3000三"])
def test_the_higher_signatory_is_another_person_however_the_name_is_typed(path: Path, typed: str) -> None:
    one = kept(path, *RED).warning_id
    with pytest.raises(LifeError) as error:
        commands.approve(context(path), one, replace(FULL, by="张三", signatory=typed))
    assert error.value.code == "same_signatory"


def test_drafts_are_closed_for_the_whole_home_and_a_replay_leaves_real_ones_alone(path: Path) -> None:
    real, drill = kept(path).warning_id, kept(path, city="610500", drill=True).warning_id
    late = datetime(2027, 2, 1)
    assert commands.expire(context(path, late, clock=NOW)) == [drill], "a look at another day"
    assert states(path) == {real: "draft", drill: "expired"}
    drafts.save(
        context(path, late, clock=NOW), [drafted(160, 170, 180, first=late.date(), issued=late, as_of=late)]
    )
    assert states(path)[real] == "draft"
    assert commands.expire(context(path, late)) == [real] and commands.expire(context(path, late)) == []


def test_the_text_of_every_profile_is_the_profile() -> None:
    for name in names():
        made = with_precaution(profile(name, confirmed_by="李四"))
        assert read_text(made.text).version == made.version


levels = st.sampled_from(["precaution", "blue", "yellow", "orange", "red"])
rows = st.lists(
    st.tuples(levels, st.integers(100, 400), st.integers(1, 4)),
    min_size=1,
    max_size=6,
    unique_by=lambda r: r[0],
)


@given(
    rows,
    st.text(alphabet="甲,\" a\u0041'=", min_size=1, max_size=8).map(str.strip).filter(bool),
    st.integers(12, 72),
)
def test_any_own_rule_is_read_again_from_its_text(given_rows, name, hours) -> None:
    made = own(
        [(level, 1, 1, "run", gt, n * BLOCK_H) for level, gt, n in given_rows], name=name, lift_h=hours
    )
    assert read_text(made.text).version == made.version


def test_a_decision_by_an_own_rule_can_be_made_again_from_what_was_kept(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "本市.csv"
    file.write_text("级别,AQI大于,持续小时,解除小时\n黄色,120,48,24\n橙色,130,72,\n", encoding="utf-8")
    mine = read_own(file)
    found = forecast(140, 150, 145, 90)
    made = draft(found, mine, [], NOW)
    assert made["level"] == "orange" and made["profile_file"] == "本市.csv"
    record = drafts.save(context(path), [made])[0].record
    assert record is not None
    file.unlink()
    with state.reading(path) as con:
        held = store.document(con, record.draft_sha256)
    again = rule.profile_of(record, held)
    assert again == replace(mine, source=again.source) and again.file_sha256 == mine.file_sha256
    assert draft(found, again, [], NOW) == made
    assert rule.profile_of(record, held | {"profile_text": mine.text.replace("130", "131")}) is None, (
        "not that rule"
    )
    assert rule.profile_of(record, held | {"profile_text": "level\nred"}) is None


def test_the_same_rule_from_another_file_is_the_same_draft(path: Path, tmp_path: Path) -> None:
    text = "级别,AQI大于,持续小时\n黄色,120,48\n"
    kept_ids = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made = draft(forecast(140, 150, 90), read_own(tmp_path / name), [], NOW)
        saved = drafts.save(context(path), [made])[0]
        kept_ids.append((saved.record.warning_id, saved.new))
    assert kept_ids == [(kept_ids[0][0], True), (kept_ids[0][0], False)]


def test_cities_of_a_region_side_by_side_infer_no_regional_level() -> None:
    made = [
        drafted(*ORANGE, city="610100"), drafted(160, 170, 90, city="610500"), drafted(80, 80, city="140100"),
        drafted(*RED, city="410300"),
    ]  # fmt: skip
    found = {r["region_id"]: r for r in regions_of(made, date(2026, 12, 1))}
    fenwei = found["fenwei_2023"]
    assert (fenwei["level"], fenwei["n_drafted"], fenwei["n_cities"]) == ("orange", 3, 13), (
        "Luoyang is not in it"
    )
    assert {level: len(cities) for level, cities in fenwei["cities"].items()} == {
        "orange": 1,
        "yellow": 1,
        "none": 1,
    }
    assert "fenwei_2018" not in found and "shanxi_fenwei_2023" not in found, "one city makes no region"
    told = with_regions(made, list(found.values()))
    assert [d["level"] for d in told] == [d["level"] for d in made]
    assert [any(r["region_id"] == "fenwei_2023" for r in d["regions"]) for d in told] == [
        True,
        True,
        True,
        False,
    ]
    assert "regions" not in made[0]
