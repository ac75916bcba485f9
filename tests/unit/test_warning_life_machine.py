"""What may follow what: the table itself, the commands in every state, and long random lives against a simple model."""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from warning_homes import FULL, context, do, in_state, kept

from pipelines.emergency.life import adjust, commands, store
from pipelines.emergency.life.machine import ACTIONS, NOTES, STATES, TRANSITIONS, LifeError, after
from pipelines.emergency.life.records import fold, to_row
from warehouse import state

RUNNING = {"upgrade": "upgraded", "downgrade": "downgraded", "extend": "extended", "suspend": "suspended",
           "lift": "lifted"}  # fmt: skip
ALLOWED = {
    "draft": {"approve": "approved", "expire": "expired", "cancel": "cancelled", "supersede": "superseded"},
    "approved": {"start": "started", "upgrade": "approved", "downgrade": "approved", "extend": "approved",
                 "lift": "lifted"},
    "started": RUNNING, "upgraded": RUNNING, "downgraded": RUNNING, "extended": RUNNING, "resumed": RUNNING,
    "suspended": {"resume": "resumed", "lift": "lifted"},
    "lifted": {"evaluate": "evaluated"},
    "evaluated": {}, "expired": {}, "cancelled": {}, "superseded": {},
}  # fmt: skip
"""Written by hand from the issue, not from the code."""
BY_HAND = (
    "approve",
    "start",
    "upgrade",
    "downgrade",
    "extend",
    "suspend",
    "resume",
    "lift",
    "evaluate",
    "cancel",
)


@pytest.mark.parametrize(("before", "action"), list(product(STATES, [a for a in ACTIONS if a not in NOTES])))
def test_the_table_allows_what_was_agreed_and_nothing_else(before, action):
    wanted = ALLOWED[before].get(action)
    if wanted is None:
        with pytest.raises(LifeError) as refused:
            after(before, action)
        assert refused.value.code == "forbidden_transition"
    else:
        assert after(before, action) == wanted


def test_a_warning_begins_as_a_draft_and_every_state_can_be_reached():
    assert after(None, "draft") == "draft"
    assert {s for s, _ in TRANSITIONS} - {None} | set(TRANSITIONS.values()) == set(STATES)
    assert [a for s, a in TRANSITIONS if s is None] == ["draft"]


@pytest.mark.parametrize("before", [s for s in STATES if s not in ("upgraded",)])
def test_the_commands_obey_the_table_in_every_state(tmp_path, before):
    for action in BY_HAND:
        path = tmp_path / f"{action}.sqlite"
        one = in_state(path, before)
        with state.reading(path) as con:
            assert store.get(con, one).state == before
            n = len(store.events(con, one))
        wanted = ALLOWED[before].get(action)
        if wanted is None:
            with pytest.raises(LifeError):
                do(path, one, action)
        else:
            assert do(path, one, action).record.state == wanted
        with state.reading(path) as con:
            assert store.get(con, one).state == (wanted or before)
            assert len(store.events(con, one)) == n + (wanted is not None)


def test_a_red_warning_cannot_go_higher_but_can_be_lowered_and_ended(tmp_path):
    for action, wanted in (("downgrade", "downgraded"), ("extend", "extended"), ("suspend", "suspended")):
        path = tmp_path / f"{action}.sqlite"
        assert do(path, in_state(path, "upgraded"), action).record.state == wanted
    with pytest.raises(LifeError):
        do(path, in_state(tmp_path / "up.sqlite", "upgraded"), "upgrade")


class Lives(RuleBasedStateMachine):
    """Commands in any order on one warning; the model knows state, level and end."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "state.sqlite"
        self.first = kept(self.path)
        self.one = self.first.warning_id
        self.state, self.level, self.end, self.n = "draft", "orange", self.first.end_at, 1
        self.tick = 0

    def teardown(self):
        shutil.rmtree(self.folder)

    def try_it(self, action, call, ok=True, **new):
        """Run a command and its model; ``ok`` is what the rules beside the table say."""
        self.tick += 1
        wanted = ALLOWED[self.state].get(action) if ok else None
        if wanted is None:
            with pytest.raises(LifeError):
                call(replace(FULL, reason=f"理由{self.tick}"))
            return
        papers = replace(FULL, reason=f"理由{self.tick}")
        done = call(papers)
        assert done.changed
        assert not call(papers).changed, "the same words again change nothing"
        self.state, self.n = wanted, self.n + 1
        self.level, self.end = new.get("level", self.level), new.get("end", self.end)

    @property
    def at(self):
        return context(self.path)

    @precondition(lambda self: self.state == "draft" or self.tick % 7 == 0)
    @rule()
    def approve(self):
        self.try_it("approve", lambda p: commands.approve(self.at, self.one, p))

    @rule()
    def start(self):
        self.try_it("start", lambda p: commands.start(self.at, self.one, p))

    @rule(level=st.sampled_from(["precaution", "yellow", "orange", "red"]))
    def change(self, level):
        order = ["precaution", "yellow", "orange", "red"]
        action = "upgrade" if order.index(level) > order.index(self.level) else "downgrade"
        self.try_it(
            action,
            lambda p: adjust.change_level(self.at, self.one, p, level, None),
            ok=level != self.level,
            level=level,
        )

    @rule(days=st.integers(-1, 2))
    def extend(self, days):
        until = self.end + timedelta(days=days)
        self.try_it("extend", lambda p: adjust.extend(self.at, self.one, p, until, None), days > 0, end=until)

    @rule()
    def suspend(self):
        self.try_it("suspend", lambda p: adjust.suspend(self.at, self.one, p))

    @rule()
    def resume(self):
        self.try_it("resume", lambda p: adjust.resume(self.at, self.one, p))

    @precondition(lambda self: self.tick > 12)
    @rule()
    def lift(self):
        self.try_it("lift", lambda p: adjust.lift(self.at, self.one, p, None))

    @precondition(lambda self: self.tick > 12)
    @rule()
    def evaluate(self):
        self.try_it("evaluate", lambda p: commands.evaluate(self.at, self.one, p, {"n": 1}))

    @precondition(lambda self: self.tick % 5 == 4)
    @rule()
    def cancel(self):
        self.try_it("cancel", lambda p: commands.cancel(self.at, self.one, p))

    @invariant()
    def what_is_stored_is_the_model_and_the_sum_of_its_events(self):
        with state.reading(self.path) as con:
            record, events = store.get(con, self.one), store.events(con, self.one)
        assert (record.state, record.level, record.end_at, len(events)) == (
            self.state, self.level, self.end, self.n,
        )  # fmt: skip
        assert [e.seq for e in events] == list(range(1, self.n + 1))
        summed = self.first
        for event in events[1:]:
            assert event.state_from == summed.state and event.level_from == summed.level
            summed = fold(summed, event)
        assert to_row(summed) == to_row(record)


Lives.TestCase.settings = settings(max_examples=12, stateful_step_count=30, deadline=None)
TestLives = Lives.TestCase
