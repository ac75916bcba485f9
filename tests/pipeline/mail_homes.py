"""Homes with letters in their outbox."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dashboards.mail.model import Letter, Lines
from pipelines.home import Home, open_home, remember
from pipelines.mail.box import Queued, enqueue
from pipelines.mail.recipients import Recipient
from pipelines.mail.send import deliver
from pipelines.mail.settings import PASSWORD_VARIABLE
from warehouse import outbox

NOON = datetime(2026, 12, 3, 12, 0)
PEOPLE = tuple(Recipient(f"{name}@example.org", name.title(), "duty") for name in ("an", "bo", "cui"))

EVERYBODY = {p.address for p in PEOPLE}

__all__ = [
    "EVERYBODY",
    "NOON",
    "PASSWORD_VARIABLE",
    "PEOPLE",
    "letter",
    "live_home",
    "put",
    "states",
    "until_done",
]


def live_home(root: Path, port: int, ca_file: Path, **mail: Any) -> Home:
    """A home that sends to a server on loopback."""
    settings: dict[str, Any] = {
        "mode": "live",
        "host": "localhost",
        "port": port,
        "security": "tls",
        "ca_file": str(ca_file),
        "user": "fenwei@example.org",
        "from_address": "fenwei@example.org",
        "timeout_s": 1,
    }
    return remember(open_home(root), publish_site=False, mail=settings | mail)


def letter(kind: str = "warning_notice", text: str = "请落实减排措施") -> Letter:
    return Letter(kind, "重污染天气橙色预警：西安", ("橙色预警", "西安"), (Lines("通知", (text,)),))


def put(home: Home, key: str = "w1", *, people: Any = PEOPLE, now: datetime = NOON, **how: Any) -> Queued:
    return enqueue(home, letter(**how), key, now, recipients=people)


def states(home: Home) -> dict[str, str]:
    """State of each recipient's letter."""
    return {row["recipient"]: row["state"] for row in outbox.rows(home.state)}


def until_done(home: Home, start: datetime = NOON, rounds: int = 5) -> None:
    """Deliver again and again as time goes by."""
    for n in range(rounds):
        deliver(home, start + timedelta(minutes=31 * n))
