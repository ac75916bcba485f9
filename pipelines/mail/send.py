"""Deliver the outbox: at least once, in order of urgency, never faster than allowed, never to the wrong people."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from pipelines.home import BEIJING, Home, HomeError
from pipelines.mail import smtp
from pipelines.mail.box import folder, is_exercise, stored
from pipelines.mail.kinds import LIVE_REFUSED, MailError
from pipelines.mail.settings import MailSettings, login, mail_settings
from pipelines.mail.smtp import Answer, Transport
from warehouse import outbox
from warehouse.lock import LockedError, file_lock
from warehouse.outbox import Result

_BREAKS = 2
"""After so many broken connections in a row the server is left alone until the next round."""


class Carrier(Protocol):
    """What takes letters away."""

    def send(self, sender: str, recipient: str, data: bytes) -> Answer:
        """Hand one letter over."""

    def close(self, *, politely: bool = False) -> None:
        """Let go."""


@dataclass
class Delivery:
    """What a round did.

    Attributes
    ----------
    recovered : int
        Letters left in doubt by a process that died.
    left : int
        Letters due that this round did not come to: rate limit, trouble with the server.
    trouble : str or None
        What a person must mend.
    """

    mode: str
    sent: int = 0
    retry: int = 0
    dead: int = 0
    held: int = 0
    left: int = 0
    recovered: int = 0
    busy: bool = False
    trouble: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able."""
        return asdict(self)


def deliver(
    home: Home, now: datetime | None = None, *, carrier: Callable[[], Carrier] | None = None
) -> Delivery:
    """Send what is due; safe to call at any time, from any process, after any crash.

    Parameters
    ----------
    home : Home
    now : datetime, optional
        Beijing time; the clock if not given. Mail lives by the clock even where the data do not.
    carrier : callable, optional
        Makes what takes letters away; the mail server of the settings if not given.

    Raises
    ------
    HomeError
        The settings of mail cannot be used.
    """
    settings = mail_settings(home)
    now = now or datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)
    done = Delivery(settings.mode)
    if not home.state.exists():
        return done
    try:
        with file_lock(folder(home) / ".lock", "mail"):
            _round(home, settings, now, carrier, done)
    except LockedError:
        done.busy = True
    return done


def _round(
    home: Home, s: MailSettings, now: datetime, carrier: Callable[[], Carrier] | None, done: Delivery
) -> None:
    done.recovered = outbox.recover(home.state)
    if s.mode == "live" and is_exercise(home):
        _trouble(home, now, done, *LIVE_REFUSED)
        done.left = len(outbox.due(home.state, now))
        return
    if s.mode != "file" and (until := s.quiet_end(now)):
        done.held = outbox.hold(home.state, now, until)
    rows = outbox.due(home.state, now)
    if not rows:
        return
    taken: Carrier | None = None
    if s.mode != "file":
        try:
            taken = carrier() if carrier else Transport(s, login(home, s), home.path_of(s.ca_file or None))
        except HomeError as error:
            _trouble(home, now, done, str(error), str(error))
            done.left = len(rows)
            return
    try:
        _send_all(home, s, now, rows, taken, done)
    finally:
        if taken:
            taken.close(politely=True)


def _send_all(
    home: Home,
    s: MailSettings,
    now: datetime,
    rows: list[dict[str, Any]],
    carrier: Carrier | None,
    done: Delivery,
) -> None:
    allowed = len(rows)
    if carrier:
        allowed = max(0, s.per_minute - outbox.tried_between(home.state, now - timedelta(minutes=1), now))
    breaks = 0
    for number, row in enumerate(rows):
        if number >= allowed or breaks >= _BREAKS:
            done.left = len(rows) - number
            return
        if not outbox.claim(home.state, row["message_id"], now):
            continue
        answer = _attempt(home, s, row, carrier)
        _settle(home, s, now, row, answer, done)
        breaks = breaks + 1 if answer.outcome == smtp.LOST else 0
        if answer.outcome == smtp.TROUBLE:
            breaks = _BREAKS


def _attempt(home: Home, s: MailSettings, row: dict[str, Any], carrier: Carrier | None) -> Answer:
    try:
        data = stored(home, row)
    except MailError as error:
        return Answer(smtp.DEAD, None, str(error))
    if s.mode == "live" and row["exercise"]:
        return Answer(smtp.DEAD, None, "演练邮件不发往真实收件人 an exercise is not sent to real recipients")
    if carrier is None:
        return Answer(smtp.SENT)
    if s.mode == "redirect":
        note = f"X-Fenwei-Redirected-From: {outbox.masked(row['recipient'])}\r\n"
        return carrier.send(s.sender, s.redirect_to, note.encode("ascii", "replace") + data)
    return carrier.send(s.sender, row["recipient"], data)


def _settle(
    home: Home, s: MailSettings, now: datetime, row: dict[str, Any], answer: Answer, done: Delivery
) -> None:
    """Write down what came of an attempt; the log comes after, since the list is what counts."""
    attempts = row["attempts"] + 1
    state = "retry" if answer.outcome in (smtp.LOST, smtp.TROUBLE) else answer.outcome
    age = now - datetime.fromisoformat(row["first_tried_at"] or outbox.text_of(now))
    if answer.outcome == smtp.RETRY and age > timedelta(hours=s.give_up_hours):
        state = "dead"
    again = now + backoff(attempts, urgent=bool(row["urgent"])) if state == "retry" else None
    result = Result(state, answer.code, answer.error, again, s.mode if state == "sent" else None)
    outbox.settle(home.state, row["message_id"], now, result)
    setattr(done, state, getattr(done, state) + 1)
    _log(home, now, row, attempts, result)
    if answer.outcome in (smtp.LOST, smtp.TROUBLE):
        _trouble(
            home,
            now,
            done,
            f"邮件服务器：{answer.error or answer.code}",
            f"mail server: {answer.error or answer.code}",
        )
    elif s.mode != "file":
        outbox.forget(home.state, "server")


def backoff(attempts: int, *, urgent: bool) -> timedelta:
    """Wait before the next attempt: 1, 2, 4 … minutes, at most 5 for urgent letters and 30 for others."""
    return timedelta(minutes=min(2 ** min(attempts - 1, 10), 5 if urgent else 30))


def _trouble(home: Home, now: datetime, done: Delivery, zh: str, en: str) -> None:
    done.trouble = zh if zh == en else f"{zh} | {en}"
    outbox.note(home.state, "server", zh, en, now)


def _log(home: Home, now: datetime, row: dict[str, Any], attempt: int, result: Result) -> None:
    """Append one line to the log of mail; without addresses or content."""
    line = {
        "at": outbox.text_of(now),
        "message_id": row["message_id"],
        "kind": row["kind"],
        "to": outbox.masked(row["recipient"]),
        "attempt": attempt,
        "state": result.state,
        "by": result.sent_by,
        "code": result.code,
        "error": result.error,
    }
    home.logs.mkdir(parents=True, exist_ok=True)
    handle = os.open(home.logs / "mail.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
