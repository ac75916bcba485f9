"""What the rules ask beside the order of steps: papers, reasons, the higher signatory, orders of others, exercises."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from warning_homes import FULL, NOW, ORANGE, approved, context, drafted, kept, running

from pipelines.emergency.life import adjust, commands, drafts, rule, store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.orders import enter, standing
from pipelines.emergency.life.papers import Papers
from pipelines.emergency.proposal.orders import Order
from pipelines.emergency.proposal.shipped import profile
from warehouse import state

PLAIN = replace(FULL, reason="", signatory="")
RED = (210, 220, 310, 120, 110)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.sqlite"


def refused(code, call, *args, **more):
    with pytest.raises(LifeError) as error:
        call(*args, **more)
    assert error.value.code == code, error.value
    return str(error.value)


def history(path, one):
    with state.reading(path) as con:
        return store.events(con, one)


def test_a_draft_approved_as_it_stands_needs_no_reason_and_keeps_its_inputs(path):
    record = kept(path)
    assert (record.state, record.level, record.kind) == ("draft", "orange", "real")
    assert record.warning_id == "W-610100-2026120116-1"
    done = commands.approve(context(path, clock=NOW + timedelta(minutes=3)), record.warning_id, PLAIN)
    assert done.changed and done.rule_met is True
    made, approved_event = history(path, record.warning_id)
    assert (made.action, made.state_from, made.decided_by) == ("draft", None, None)
    e = approved_event
    assert (e.action, e.state_from, e.state_to, e.level_from, e.level, e.level_rule) == (
        "approve", "draft", "approved", "orange", "orange", "orange",
    )  # fmt: skip
    assert (e.decided_by, e.office, e.issuing_body, e.document_no) == (
        FULL.by, FULL.office, FULL.body, FULL.document,
    )  # fmt: skip
    assert (e.start_at, e.end_at) == (datetime(2026, 12, 3), datetime(2026, 12, 6))
    assert (e.as_of, e.recorded_at) == (NOW, NOW + timedelta(minutes=3))
    assert (e.forecast_issued_at, e.forecast_sha256, e.snapshot) == (NOW, "f" * 64, "20261201T150000")
    assert (e.profile, e.profile_version) == ("national-2024", profile("national-2024").version)
    with state.reading(path) as con:
        assert store.document(con, e.document_sha256)["blocks"][0]["aqi_24h_block"] == 160


@pytest.mark.parametrize("missing", ["by", "office", "body", "document"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_nothing_is_approved_without_person_office_body_and_number(path, missing, blank):
    record = kept(path)
    refused(
        f"needs_{missing}",
        commands.approve,
        context(path),
        record.warning_id,
        replace(FULL, **{missing: blank}),
    )
    assert store.load(path, record.warning_id).state == "draft"


@pytest.mark.parametrize(
    "given",
    [
        {"level": "yellow"},
        {"level": "red"},
        {"start": datetime(2026, 12, 2, 12)},
        {"end": datetime(2026, 12, 7)},
        {"open_end": True},
    ],
)
def test_what_differs_from_the_rule_needs_a_reason(path, given):
    record = kept(path)
    papers = replace(FULL, reason="")
    told = refused("needs_reason", commands.approve, context(path), record.warning_id, papers, **given)
    assert "橙色" in told and "2026-12-03" in told, "the level of the rule stands beside the other"
    done = commands.approve(context(path), record.warning_id, FULL, **given)
    assert done.rule_met is False
    event = history(path, record.warning_id)[-1]
    assert (event.reason, event.level_rule, event.rule_met) == (FULL.reason, "orange", False)


def test_an_end_the_forecast_does_not_show_may_be_left_open(path):
    record = kept(path, 160, 170, 180)
    done = commands.approve(context(path), record.warning_id, PLAIN, open_end=True)
    assert (done.rule_met, done.record.end_at) == (True, None)


def test_red_needs_the_higher_signatory_who_is_another_person(path):
    record = kept(path, *RED)
    assert record.level == "red"
    for wrong, code in (("", "needs_signatory"), (FULL.by, "same_signatory")):
        refused(code, commands.approve, context(path), record.warning_id, replace(FULL, signatory=wrong))
    assert commands.approve(context(path), record.warning_id, FULL).record.signatory == FULL.signatory


def test_an_upgrade_to_red_needs_signatory_and_number(path):
    record = running(path)
    at = context(path)
    refused(
        "needs_signatory",
        adjust.change_level,
        at,
        record.warning_id,
        replace(FULL, signatory=""),
        "red",
        None,
    )
    refused(
        "needs_document", adjust.change_level, at, record.warning_id, replace(FULL, document=""), "red", None
    )
    assert adjust.change_level(at, record.warning_id, FULL, "red", None).record.state == "upgraded"


def test_a_draft_without_a_level_is_approved_only_with_one_and_a_reason(path):
    record = kept(path, 100, 90, 80)
    assert record.level == "none"
    at = context(path)
    refused("no_level", commands.approve, at, record.warning_id, FULL)
    refused("needs_start", commands.approve, at, record.warning_id, FULL, level="yellow")
    window = {"start": datetime(2026, 12, 3), "end": datetime(2026, 12, 4)}
    refused("needs_reason", commands.approve, at, record.warning_id, PLAIN, level="yellow", **window)
    assert commands.approve(at, record.warning_id, FULL, level="yellow", **window).record.level == "yellow"


def test_the_end_is_after_the_start(path):
    record = kept(path)
    refused(
        "end_before_start",
        commands.approve,
        context(path),
        record.warning_id,
        FULL,
        end=datetime(2026, 12, 3),
    )


@pytest.mark.parametrize("bad", ["甲\n乙", "甲\r\nBcc: x", "甲\u202e乙", "x" * 201, "a\x00b"])
def test_names_are_one_line_of_printable_text(path, bad):
    record = kept(path)
    for field in ("by", "office", "body", "document", "signatory"):
        with pytest.raises(LifeError):
            commands.approve(context(path), record.warning_id, replace(FULL, **{field: bad}))
    assert store.load(path, record.warning_id).state == "draft"


def test_the_same_approval_again_changes_nothing_and_another_one_is_refused(path):
    record = kept(path)
    first = commands.approve(context(path), record.warning_id, FULL)
    later = context(path, NOW + timedelta(hours=1))
    again = commands.approve(later, record.warning_id, FULL)
    assert (again.changed, again.record) == (False, first.record)
    refused("forbidden_transition", commands.approve, later, record.warning_id, replace(FULL, by="王五"))
    commands.start(later, record.warning_id, FULL)
    assert not commands.approve(later, record.warning_id, FULL).changed
    assert [e.action for e in history(path, record.warning_id)] == ["draft", "approve", "start"]


def test_a_city_has_one_warning_in_force(path):
    first = approved(path)
    second = kept(path, 210, 220, 180)
    assert first.warning_id in refused(
        "already_in_force", commands.approve, context(path), second.warning_id, FULL
    )
    drill = kept(path, 210, 220, 180, drill=True)
    assert commands.approve(context(path), drill.warning_id, FULL).record.kind == "drill"
    elsewhere = kept(path, city="610500")
    assert commands.approve(context(path), elsewhere.warning_id, FULL).changed


def test_the_same_draft_is_kept_once_and_a_newer_one_replaces_it(path):
    first = kept(path)
    with state.reading(path) as con:
        n = len(store.events(con))
    assert kept(path, as_of=NOW + timedelta(minutes=5)).warning_id == first.warning_id
    with state.reading(path) as con:
        assert len(store.events(con)) == n
    second = kept(path, 210, 220, 180)
    old = store.load(path, first.warning_id)
    assert (old.state, old.superseded_by) == ("superseded", second.warning_id)
    refused("forbidden_transition", commands.approve, context(path), first.warning_id, FULL)
    gone = drafts.save(context(path), [drafted(90, 80)])[0]
    assert (gone.record, gone.superseded) == (None, (second.warning_id,))


def test_a_draft_whose_time_is_over_is_not_approved(path):
    record = kept(path)
    late = context(path, datetime(2026, 12, 6))
    assert commands.expire(context(path, datetime(2026, 12, 5, 23))) == []
    refused("forbidden_transition", commands.approve, late, record.warning_id, FULL)
    assert store.load(path, record.warning_id).state == "expired"


def test_a_draft_that_was_tampered_with_is_not_approved(path):
    record = kept(path)
    with state.writing(path) as con:
        con.execute("DROP TRIGGER warning_document_is_not_changed")
        con.execute("UPDATE warning_document SET content = replace(content, '160', '260')")
    refused("document_changed", commands.approve, context(path), record.warning_id, FULL)


def test_changes_are_compared_with_the_newest_forecast(path):
    record = running(path)
    at, one = context(path), record.warning_id
    red = drafted(*RED, in_force="orange")
    refused("needs_reason", adjust.change_level, at, one, replace(FULL, reason=""), "red", drafted(*ORANGE))
    done = adjust.change_level(at, one, replace(FULL, reason=""), "red", red)
    assert (done.rule_met, done.record.level, done.record.level_before) == (True, "red", "orange")
    assert history(path, one)[-1].document_sha256 != record.draft_sha256
    longer = drafted(210, 220, 310, 210, 110, in_force="red")
    until = datetime(2026, 12, 7)
    refused("needs_reason", adjust.extend, at, one, PLAIN, until, red)
    assert adjust.extend(at, one, PLAIN, until, longer).rule_met is True
    refused("not_later", adjust.extend, at, one, FULL, until, longer)
    lower = drafted(180, 180, 120, in_force="red")
    refused("needs_reason", adjust.change_level, at, one, PLAIN, "precaution", lower)
    assert adjust.change_level(at, one, PLAIN, "yellow", lower).rule_met is True


def test_lifting_follows_the_rule_of_36_hours_or_says_why_not(path):
    record = running(path)
    at, one = context(path), record.warning_id
    short = drafted(140, 170, in_force="orange")
    assert short["lift"]["below_h"] == 24
    assert "24" in refused("needs_reason", adjust.lift, at, one, PLAIN, short)
    refused("needs_reason", adjust.lift, at, one, PLAIN, None)
    clear = drafted(140, 150, in_force="orange")
    done = adjust.lift(at, one, PLAIN, clear)
    assert (done.rule_met, done.record.state, done.record.lifted_at) == (True, "lifted", NOW)
    assert not adjust.lift(at, one, PLAIN, short).changed


def test_the_rule_today_uses_the_profile_of_the_draft(path):
    record = running(path)
    with state.reading(path) as con:
        made = store.document(con, record.draft_sha256)
    how = rule.profile_of(record, made)
    assert how is not None and how.version == record.profile_version
    from warning_homes import forecast

    found = rule.today(record, how, [forecast(140, 150)], [], NOW)
    assert found["lift"]["action"] == "lift"
    assert rule.today(record, how, [forecast(140, 150, city="610500")], [], NOW) is None
    assert rule.profile_of(replace(record, profile_version="0" * 16), made) is None
    held = {name: value for name, value in made.items() if name != "profile_text"}
    assert rule.profile_of(replace(record, profile="own"), held) is None, (
        "a draft from before texts were kept"
    )


ORDER = Order("610100", "red", "superior", None, None, "省调度令1号", "省指挥部")


def test_final_is_the_gravest_of_own_and_orders_and_nobody_goes_below(path):
    enter(context(path), [ORDER], Papers("值班员"))
    orders = standing(path, "real", NOW)
    assert orders == [ORDER]
    record = kept(path, orders=orders)
    assert (record.level, record.basis) == ("red", "superior")
    at, window = context(path), {"start": datetime(2026, 12, 3)}
    refused("below_order", commands.approve, at, record.warning_id, FULL, level="orange", **window)
    done = commands.approve(at, record.warning_id, replace(FULL, reason=""), **window)
    assert (done.record.level, done.record.basis, done.rule_met) == ("red", "superior", True)
    refused("below_order", adjust.change_level, at, record.warning_id, FULL, "orange", None)
    commands.start(at, record.warning_id, FULL)
    refused("order_in_force", adjust.suspend, at, record.warning_id, FULL)


def test_what_others_ordered_ends_only_with_their_order(path):
    enter(context(path), [replace(ORDER, level="orange")], Papers("值班员"))
    record = kept(path, 100, 90, 80, orders=standing(path, "real", NOW))
    at, one = context(path), record.warning_id
    commands.approve(at, one, PLAIN, start=datetime(2026, 12, 3))
    commands.start(at, one, FULL)
    clear = drafted(100, 90, 80, in_force="orange")
    refused("order_in_force", adjust.lift, at, one, FULL, clear)
    lifted = replace(ORDER, level="none")
    refused("no_order", enter, at, [replace(lifted, document_no="别的")], Papers("值班员"))
    assert enter(at, [lifted], Papers("值班员"))
    assert standing(path, "real", NOW) == []
    refused("needs_reason", adjust.lift, at, one, PLAIN, drafted(*ORANGE, in_force="orange"))
    done = adjust.lift(at, one, PLAIN, clear)
    assert (done.record.state, done.rule_met) == ("lifted", True)
    assert [e.action for e in history(path, one)] == ["draft", "approve", "start", "order_lifted", "lift"]


def test_an_order_that_comes_later_is_noted_and_blocks_lifting(path):
    record = running(path)
    assert enter(context(path), [ORDER], Papers("值班员")) == ["O-610100-2026120116-1"]
    assert enter(context(path), [ORDER], Papers("值班员")) == []
    note = history(path, record.warning_id)[-1]
    assert (note.action, note.state_from, note.state_to, note.level_rule, note.related_id) == (
        "order", "started", "started", "red", "O-610100-2026120116-1",
    )  # fmt: skip
    assert store.load(path, record.warning_id).level == "orange"
    refused("order_in_force", adjust.lift, context(path), record.warning_id, FULL, None)
    with_order = drafted(*ORANGE, orders=[ORDER], in_force="orange")
    done = adjust.change_level(context(path), record.warning_id, replace(FULL, reason=""), "red", with_order)
    assert (done.rule_met, done.record.basis) == (True, "superior")


def test_an_order_binds_its_city_its_kind_and_its_time(path):
    record = running(path)
    other = replace(ORDER, city_code="610500")
    over = replace(ORDER, end=NOW - timedelta(hours=1))
    enter(context(path), [other, over], Papers("值班员"))
    enter(context(path), [ORDER], Papers("值班员"), drill=True)
    assert adjust.lift(context(path), record.warning_id, FULL, None).record.state == "lifted"


def test_orders_given_with_a_draft_are_on_record_once_it_is_approved(path):
    record = kept(path, orders=[ORDER])
    assert standing(path, "real", NOW) == []
    commands.approve(context(path), record.warning_id, FULL, start=datetime(2026, 12, 3))
    assert standing(path, "real", NOW) == [ORDER]


def test_a_draft_resting_on_an_order_lifted_since_is_not_approved(path):
    enter(context(path), [ORDER], Papers("值班员"))
    record = kept(path, orders=[ORDER])
    enter(context(path), [replace(ORDER, level="none")], Papers("值班员"))
    refused(
        "order_lifted", commands.approve, context(path), record.warning_id, FULL, start=datetime(2026, 12, 3)
    )
    assert standing(path, "real", NOW) == []


def test_a_simulated_home_knows_exercises_only(path):
    at = context(path, simulated=True)
    saved = drafts.save(at, [drafted(*ORANGE)], drill=False)[0].record
    assert saved.kind == "drill" and saved.watermark == "【演练】草稿 DRAFT"
    assert commands.approve(at, saved.warning_id, FULL).record.watermark == "【演练】"
    real = kept(path, city="610500")
    assert real.kind == "real"
    for call in (commands.approve, commands.cancel):
        refused("simulated_home", call, at, real.warning_id, FULL)
    enter(at, [replace(ORDER, city_code="610500")], Papers("值班员"))
    assert standing(path, "real", NOW) == []


@pytest.mark.parametrize(("hours", "kind"), [(-25, "drill"), (-23, "real"), (23, "real"), (25, "drill")])
def test_a_replay_is_an_exercise(path, hours, kind):
    at = context(path, NOW, NOW + timedelta(hours=hours))
    assert drafts.save(at, [drafted(*ORANGE)])[0].record.kind == kind


def test_an_unknown_warning_is_told(path):
    refused("unknown_warning", commands.approve, context(path), "W-1", FULL)


def test_a_draft_of_a_forecast_that_is_over_is_not_kept_and_replaces_nothing(path):
    late = datetime(2026, 12, 20, 9)
    waiting = kept(path, first=late.date(), issued=late, as_of=late)
    stale = drafted(210, 220, 310, as_of=late)
    saved = drafts.save(context(path, late), [stale], even_none=True)[0]
    assert (saved.record, saved.over, saved.superseded) == (None, True, ())
    with state.reading(path) as con:
        assert [(r.warning_id, r.state) for r in store.select(con)] == [(waiting.warning_id, "draft")]


@pytest.mark.parametrize("values", [RED, (80, 80)])
def test_a_draft_of_an_older_issue_does_not_replace_one_of_a_newer(path, values):
    waiting = kept(path)
    before = NOW - timedelta(hours=8)
    saved = drafts.save(context(path), [drafted(*values, issued=before)])[0]
    assert (saved.record, saved.new, saved.superseded, saved.newer) == (None, False, (), waiting.warning_id)
    hours = drafted(*RED, issued=before) | {"model": "hours"}
    assert drafts.save(context(path), [hours])[0].superseded == (waiting.warning_id,), "another forecast"


def test_a_draft_of_the_same_issue_mended_or_of_an_older_one_after_a_cancel_is_kept(path):
    first = kept(path)
    mended = drafts.save(context(path), [drafted(*RED)])[0]
    assert mended.superseded == (first.warning_id,) and mended.newer is None
    commands.cancel(context(path), mended.record.warning_id, FULL)
    assert drafts.save(context(path), [drafted(*ORANGE, issued=NOW - timedelta(hours=8))])[0].new


def test_nothing_real_is_dated_back_or_ahead_by_a_replay(path):
    record = kept(path)
    for moved in (timedelta(days=-60), timedelta(days=2)):
        refused("replay", commands.approve, context(path, NOW + moved, NOW), record.warning_id, PLAIN)
    assert commands.approve(context(path, NOW, NOW + timedelta(hours=20)), record.warning_id, PLAIN).changed
    (order,) = [Order("610100", "red", document_no="督〔2026〕9号")]
    enter(context(path, NOW, NOW + timedelta(days=90)), [order], PLAIN)
    assert standing(path, "real", NOW) == [] and standing(path, "drill", NOW) == [order]


def test_nothing_is_decided_before_its_draft(path):
    one = kept(path).warning_id
    refused("before_draft", commands.approve, context(path, NOW - timedelta(hours=1), NOW), one, FULL)


@pytest.mark.parametrize("at", [datetime(2020, 1, 1), NOW - timedelta(minutes=1), datetime(2026, 12, 6)])
def test_a_response_starts_within_the_warning(path, at):
    one = approved(path).warning_id
    refused("start_outside", commands.start, context(path), one, PLAIN, at)
    assert commands.start(context(path), one, PLAIN, datetime(2026, 12, 3, 6)).record.response_at.hour == 6


def test_a_warning_is_lifted_after_it_began_and_not_beyond_its_end(path):
    one = running(path).warning_id
    for at in (datetime(2020, 1, 1), datetime(2026, 12, 6, 1)):
        refused("lift_outside", adjust.lift, context(path), one, FULL, None, at)
    late = context(path, datetime(2026, 12, 8))
    assert adjust.lift(late, one, FULL, None).record.lifted_at == datetime(2026, 12, 8)
