"""The outbox against mail servers: a real one, and one that fails in every way. Nobody is missed, nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from mail_homes import NOON, PASSWORD_VARIABLE, PEOPLE, live_home, put, states
from mail_servers import PASSWORD, Authority, FaultyServer, by_recipient, free_port, real_server

from pipelines.home import remember
from pipelines.mail import smtp
from pipelines.mail.send import deliver
from pipelines.mail.standing import mail_finding, mail_standing
from warehouse import outbox
from warehouse.lock import file_lock

EVERYBODY = {p.address for p in PEOPLE}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority.made(tmp_path_factory.mktemp("ca"))


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)


@pytest.fixture
def short_patience(monkeypatch):
    """One time-out for a whole letter."""
    monkeypatch.setattr(smtp, "DEADLINE", 1)


@pytest.fixture
def server(authority):
    made = FaultyServer(authority)
    yield made
    made.close()


@pytest.fixture
def home(tmp_path, server, authority):
    return live_home(tmp_path / "home", server.port, authority.ca_file)


def until_done(home, start=NOON, rounds=5):
    """Deliver again and again as time goes by."""
    for n in range(rounds):
        deliver(home, start + timedelta(minutes=31 * n))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_real_server_gets_every_letter_once(tmp_path, authority, security):
    with real_server(authority, security) as (port, received):
        home = live_home(tmp_path, port, authority.ca_file, security=security)
        put(home)
        done = deliver(home, NOON)
        again = deliver(home, NOON + timedelta(hours=1))
    assert (done.sent, done.trouble, again.sent) == (3, None, 0)
    assert {r.recipient for r in received} == EVERYBODY
    assert len(received) == 3
    letter = received[0].message
    assert letter["Subject"] == "重污染天气橙色预警：西安"
    assert letter["To"].addresses[0].addr_spec == received[0].recipient
    assert {(r["sent_by"], r["state"]) for r in outbox.rows(home.state)} == {("live", "sent")}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_password_loses_nothing_and_is_told(tmp_path, authority, security, monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, "wrong secret")
    with real_server(authority, security) as (port, received):
        home = live_home(tmp_path, port, authority.ca_file, security=security)
        put(home)
        done = deliver(home, NOON)
        assert received == []
        assert "535" in str([r["last_code"] for r in outbox.rows(home.state)])
        assert "dead" not in states(home).values()
        assert mail_finding(home).outcome == "fail"
        assert "wrong secret" not in json.dumps(mail_standing(home, NOON)) + str(done)
        monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
        until_done(home, NOON + timedelta(minutes=31), 2)
        assert {r.recipient for r in received} == EVERYBODY
    assert mail_finding(home).outcome == "ok"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_authority_is_refused(tmp_path, authority, security):
    other = Authority.made(tmp_path)
    with real_server(authority, security) as (port, received):
        home = live_home(tmp_path / "home", port, other.ca_file, security=security)
        put(home)
        done = deliver(home, NOON)
    assert "certificate refused" in (done.trouble or "")
    assert (received, set(states(home).values())) == ([], {"queued", "retry"})


def test_a_certificate_for_another_name_is_refused(tmp_path):
    other = Authority.made(tmp_path, "mail.example.org")
    with real_server(other, "tls") as (port, received):
        home = live_home(tmp_path / "home", port, other.ca_file)
        put(home)
        assert "certificate refused" in (deliver(home, NOON).trouble or "")
    assert received == []


def test_a_server_without_starttls_gets_neither_password_nor_letter(tmp_path, authority):
    from aiosmtpd.controller import Controller
    from mail_servers import _Sink

    sink = _Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        home = live_home(tmp_path, controller.port, authority.ca_file, security="starttls")
        put(home)
        done = deliver(home, NOON)
    finally:
        controller.stop()
    assert "STARTTLS" in (done.trouble or "")
    assert sink.received == []


def test_a_refused_connection_leaves_all_waiting(tmp_path, authority):
    home = live_home(tmp_path, free_port(), authority.ca_file)
    put(home)
    done = deliver(home, NOON)
    assert done.sent == 0 and done.trouble
    assert set(states(home).values()) <= {"queued", "retry"}
    assert {a["code"] for a in mail_standing(home, NOON)["alarms"]} == {"server"}


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
