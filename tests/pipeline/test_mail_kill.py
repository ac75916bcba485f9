"""A sender that is killed at any point: nobody is missed, and a letter in doubt comes again under the same Message-ID."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from mail_homes import NOON, PASSWORD_VARIABLE, PEOPLE, live_home, put, states
from mail_servers import PASSWORD, Authority, FaultyServer, by_recipient

from pipelines.mail.send import deliver
from warehouse import outbox

EVERYBODY = {p.address for p in PEOPLE}
CHILD = """
import os, signal, sys
sys.path.insert(0, {here!r})
from pathlib import Path
from mail_homes import NOON, put
from pipelines.home import open_home
from pipelines.mail import box, send, smtp
from warehouse import outbox

def kill(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def after(real):
    def both(*args, **options):
        real(*args, **options)
        kill()
    return both

home = open_home(Path({home!r}))
{patch}
put(home)
send.deliver(home, NOON)
"""


@pytest.fixture
def server(tmp_path):
    made = FaultyServer(Authority.made(tmp_path))
    yield made
    made.close()


@pytest.fixture
def home(tmp_path, server, monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    return live_home(tmp_path / "home", server.port, server.authority.ca_file)


def child(home, patch=""):
    code = CHILD.format(here=str(Path(__file__).parent), home=str(home.root), patch=patch)
    return subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])


def all_get_it(home, server):
    """What the next processes do: put in again (the caller did not hear back) and deliver."""
    put(home)
    for n in range(1, 4):
        deliver(home, NOON + timedelta(hours=n))
    assert set(states(home).values()) == {"sent"}
    got = by_recipient(server.received)
    assert got.keys() == EVERYBODY
    assert all(len(ids) == 1 for ids in got.values())


@pytest.mark.parametrize(
    ("patch", "n_taken", "n_in_doubt"),
    [
        ("outbox.put = kill", 0, 0),
        ("outbox.put = after(outbox.put)", 0, 0),
        ("outbox.claim = after(outbox.claim)", 0, 1),
        ("outbox.settle = kill", 1, 1),
        ("outbox.settle = after(outbox.settle)", 1, 0),
    ],
    ids=[
        "letter on disk, not in the list",
        "put in",
        "before sending",
        "taken, not written down",
        "written down",
    ],
)
def test_killed_at_a_step(home, server, patch, n_taken, n_in_doubt):
    assert child(home, patch).wait(60) == -signal.SIGKILL
    assert len(server.received) == n_taken
    all_get_it(home, server)
    assert sum(row["doubtful"] for row in outbox.rows(home.state)) == n_in_doubt
    assert len(server.received) == len(EVERYBODY) + (n_taken and n_in_doubt)


@pytest.mark.parametrize("fault", ["rcpt hang", "data hang after taking"])
def test_killed_while_the_server_has_the_letter(home, server, fault):
    server.faults[:] = [fault]
    process = child(home)
    try:
        assert server.stalled.wait(60)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(60)
    assert "sending" in states(home).values()
    all_get_it(home, server)
