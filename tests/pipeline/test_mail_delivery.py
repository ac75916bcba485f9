"""The rules of delivery: how fast, when, to whom; and what is never told."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from mail_fixtures import authority, home, secret, server
from mail_homes import EVERYBODY, NOON, PASSWORD_VARIABLE, PEOPLE, live_home, put, states, until_done
from mail_servers import PASSWORD, by_recipient

from pipelines.home import remember
from pipelines.mail.send import deliver
from pipelines.mail.standing import mail_finding, mail_standing
from warehouse import outbox
from warehouse.lock import file_lock

__all__ = ["authority", "home", "secret", "server"]


def test_never_more_than_so_many_a_minute(tmp_path, server, authority):
    home = live_home(tmp_path, server.port, authority.ca_file, per_minute=2)
    put(home)
    assert (deliver(home, NOON).sent, deliver(home, NOON + timedelta(seconds=30)).sent) == (2, 0)
    assert deliver(home, NOON + timedelta(seconds=60)).sent == 1


def test_quiet_hours_hold_what_is_not_urgent(home, server):
    night = datetime(2026, 12, 3, 23, 30)
    put(home, "brief", kind="daily_brief", now=night)
    put(home, "warning", kind="warning_notice", people=PEOPLE[:1], now=night)
    done = deliver(home, night)
    assert (done.sent, done.held) == (1, 3)
    assert deliver(home, datetime(2026, 12, 4, 6, 59)).sent == 0
    assert deliver(home, datetime(2026, 12, 4, 7, 0)).sent == 3


def test_the_same_letter_is_put_in_once_and_newcomers_are_added(home, server):
    assert put(home, people=PEOPLE[:2]).n_new == 2
    again = put(home)
    assert (again.n_new, again.n_known) == (1, 2)
    deliver(home, NOON)
    assert sorted(r.recipient for r in server.received) == sorted(EVERYBODY)


def test_redirected_letters_reach_one_address_only(tmp_path, server, authority):
    home = live_home(
        tmp_path, server.port, authority.ca_file, mode="redirect", redirect_to="test@example.net"
    )
    put(home)
    assert deliver(home, NOON).sent == 3
    assert {r.recipient for r in server.received} == {"test@example.net"}
    assert "a***@e***.org" in {r.message["X-Fenwei-Redirected-From"] for r in server.received}


@pytest.mark.parametrize("changes", [{"simulated": True}, {"as_of": "2019-01-05T08:00"}])
def test_live_mail_is_refused_from_simulated_and_replayed_homes(home, server, changes):
    put(home)
    made_up = remember(home, **changes)
    done = deliver(made_up, NOON)
    assert (done.sent, done.left, server.received) == (0, 3, [])
    assert "simulated or replayed" in (done.trouble or "")
    assert "live_refused" in {a["code"] for a in mail_standing(made_up, NOON)["alarms"]}


def test_a_missing_password_is_told_before_and_after(home, server, monkeypatch):
    monkeypatch.delenv(PASSWORD_VARIABLE)
    assert [a["code"] for a in mail_standing(home, NOON)["alarms"]] == ["settings"]
    put(home)
    done = deliver(home, NOON)
    assert (done.left, set(states(home).values())) == (3, {"queued"})
    assert PASSWORD_VARIABLE in (done.trouble or "")


def test_a_clock_that_was_wrong_holds_nothing_up(home, server):
    put(home)
    server.faults[:] = ["rcpt 450 later"] * 3
    deliver(home, NOON + timedelta(days=400))
    assert deliver(home, NOON).sent == 3


def test_two_processes_may_put_the_same_letter_in_at_once(home, server):
    def once(minute):
        put(home, now=NOON + timedelta(minutes=minute))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(4)))
    assert deliver(home, NOON + timedelta(hours=1)).sent == 3
    assert {len(ids) for ids in by_recipient(server.received).values()} == {1}


def test_a_letter_of_an_exercise_is_not_sent_live_later(tmp_path, server, authority):
    made_up = remember(live_home(tmp_path, server.port, authority.ca_file), simulated=True)
    put(made_up)
    real = remember(made_up, simulated=False)
    assert deliver(real, NOON).dead == 3
    assert server.received == []


def test_without_a_setting_nothing_leaves_but_files_are_there(home, server):
    put(home)
    quiet = remember(home, mail={})
    assert deliver(quiet, NOON).sent == 3
    assert server.received == []
    assert {r["sent_by"] for r in outbox.rows(home.state)} == {"file"}
    assert len(list((home.root / "outbox").rglob("*.eml"))) == 3


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_letter_that_is_not_what_was_put_in_is_told_of_and_not_sent(home, server, harm):
    put(home, people=PEOPLE[:1])
    (file,) = (home.root / "outbox").rglob("*.eml")
    file.write_bytes(b"other") if harm == "changed" else file.unlink()
    assert deliver(home, NOON).dead == 1
    assert server.received == []


def test_addresses_and_secrets_are_shown_nowhere(home, server):
    put(home)
    server.faults[:] = ["rcpt 550 <an@example.org>: no mailbox an@example.org"]
    server.login_reply = f"535 {PASSWORD} is wrong for fenwei@example.org".encode()
    deliver(home, NOON)
    server.login_reply = b"235 ok"
    until_done(home, NOON + timedelta(minutes=31), 2)
    told = (home.logs / "mail.log").read_text(encoding="utf-8")
    told += json.dumps(mail_standing(home, NOON), default=str) + str(mail_finding(home))
    assert "550" in told and "535" in told
    for private in (*EVERYBODY, PASSWORD):
        assert private not in told


def test_one_process_sends_at_a_time(home, server):
    put(home)
    with file_lock(home.root / "outbox" / ".lock", "test"):
        assert deliver(home, NOON).busy
    assert server.received == []
    assert deliver(home, NOON).sent == 3


def test_letters_lie_where_only_their_owner_looks(home):
    put(home, people=PEOPLE[:1])
    (file,) = (home.root / "outbox").rglob("*.eml")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
