"""The outbox against a server that fails in every way: nobody is missed, nothing is lost."""

from datetime import datetime, timedelta

import pytest
from mail_fixtures import authority, home, secret, server, short_patience
from mail_homes import EVERYBODY, NOON, PEOPLE, put, states, until_done
from mail_servers import by_recipient

from pipelines.mail.send import deliver
from pipelines.mail.standing import mail_finding, mail_standing
from warehouse import outbox

__all__ = ["authority", "home", "secret", "server", "short_patience"]


@pytest.mark.parametrize(
    "fault",
    [
        "mail 421 closing",
        "mail 451 later",
        "mail drop",
        "mail garbage",
        "mail hang",
        "rcpt 421 closing",
        "rcpt 450 greylisted",
        "rcpt drop",
        "data4 451 later",
        "data drop in the middle",
        "data drop before taking",
        "data drop after taking",
        "data hang after taking",
        "data 451 later",
        "data 421 closing",
        "mail 550 sender refused",
        "mail 530 log in",
    ],
)
def test_after_any_passing_fault_everybody_gets_the_letter_under_one_id(home, server, fault):
    put(home)
    # A time-out takes its second, so it comes once; other faults come again.
    server.faults[:] = [fault] if "hang" in fault else [fault, "", fault, fault]
    until_done(home)
    assert set(states(home).values()) == {"sent"}
    got = by_recipient(server.received)
    assert got.keys() == EVERYBODY
    assert all(len(ids) == 1 for ids in got.values())
    bodies = {(r.recipient, r.data) for r in server.received}
    assert len(bodies) == len(EVERYBODY), "a letter sent again is the same letter"
    assert mail_standing(home, NOON)["alarms"] == []


@pytest.mark.parametrize("greeting", ["drop", "421 busy", "554 not you", "drip"])
def test_a_server_that_does_not_let_in_is_tried_again(home, server, greeting, short_patience):
    put(home)
    server.greetings[:] = [greeting]
    assert deliver(home, NOON).trouble
    until_done(home, NOON + timedelta(minutes=31), 3)
    assert {r.recipient for r in server.received} == EVERYBODY


def test_a_dripping_answer_is_cut_off(home, server, short_patience):
    put(home, people=PEOPLE[:1])
    server.faults[:] = ["rcpt drip"]
    assert deliver(home, NOON).retry == 1
    assert deliver(home, NOON + timedelta(hours=1)).sent == 1


@pytest.mark.parametrize(
    "fault", ["rcpt 550 no such user", "data 554 refused", "mail 552 too large", "data4 554 no"]
)
def test_a_refusal_for_good_becomes_a_dead_letter_with_an_alarm(home, server, fault):
    put(home)
    server.faults[:] = [fault]
    done = deliver(home, NOON)
    assert (done.sent, done.dead) == (2, 1)
    until_done(home, NOON + timedelta(hours=1), 2)
    assert sorted(states(home).values()) == ["dead", "sent", "sent"]
    standing = mail_standing(home, NOON)
    assert [a["code"] for a in standing["alarms"]] == ["dead"]
    assert standing["dead"][0]["last_code"] == int(fault.split()[1])
    finding = mail_finding(home)
    assert finding.outcome == "fail" and finding.todo_zh
    assert outbox.again(home.state) == 1
    deliver(home, NOON + timedelta(days=1))
    assert set(states(home).values()) == {"sent"}
    assert {r.recipient for r in server.received} == EVERYBODY


def test_a_letter_put_off_for_days_becomes_a_dead_letter(home, server):
    put(home, people=PEOPLE[:1])
    server.faults[:] = ["rcpt 450 later"] * 3
    for hours in (0, 1):
        deliver(home, NOON + timedelta(hours=hours))
        assert list(states(home).values()) == ["retry"]
    assert deliver(home, NOON + timedelta(hours=80)).dead == 1


def test_waits_grow(home, server):
    put(home, people=PEOPLE[:1], kind="missing_data")
    server.faults[:] = ["rcpt 450 later"] * 20
    now, waits = NOON, []
    for _ in range(7):
        deliver(home, now)
        then = datetime.fromisoformat(outbox.rows(home.state)[0]["next_try"])
        waits.append((then - now).seconds // 60)
        assert deliver(home, then - timedelta(seconds=1)).retry == 0
        now = then
    assert waits == [1, 2, 4, 8, 16, 30, 30]
