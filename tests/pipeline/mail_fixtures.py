"""A mail server that fails as told, and a home that sends to it."""

import pytest
from mail_homes import PASSWORD_VARIABLE, live_home
from mail_servers import PASSWORD, Authority, FaultyServer

from pipelines.mail import smtp

__all__ = ["authority", "home", "secret", "server", "short_patience"]


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
