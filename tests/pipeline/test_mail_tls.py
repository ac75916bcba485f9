"""The outbox against a real mail server: encrypted and logged in, or nothing is handed over."""

import json
from datetime import timedelta

import pytest
from mail_fixtures import authority, secret
from mail_homes import EVERYBODY, NOON, PASSWORD_VARIABLE, live_home, put, states, until_done
from mail_servers import PASSWORD, Authority, free_port, real_server

from pipelines.mail.send import deliver
from pipelines.mail.standing import mail_finding, mail_standing
from warehouse import outbox

__all__ = ["authority", "secret"]


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
