"""Putting letters into the outbox: composed once, on disk before they are in the list, once per recipient."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboards.clean import file_name
from dashboards.mail.model import Letter
from pipelines.home import Home
from pipelines.mail.compose import Attachment, Sender, compose, subject_of
from pipelines.mail.kinds import KINDS, Kind, MailError
from pipelines.mail.recipients import Recipient, chosen
from pipelines.mail.settings import MailSettings, is_address, mail_settings
from warehouse import outbox
from warehouse.lock import file_lock
from warehouse.publish import current_version
from warehouse.standards.marks import EXERCISE

_PATIENCE_S = 60.0
"""How long one process waits for another that puts letters in [s]."""


@dataclass(frozen=True)
class Queued:
    """What was put in: new letters, those already there, and for how many recipients."""

    letter_key: str
    n_new: int
    n_known: int
    n_recipients: int


def folder(home: Home) -> Path:
    """The outbox folder; only its owner may look in, since letters hold addresses."""
    path = home.root / "outbox"
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def is_exercise(home: Home) -> bool:
    """Tell whether what this home says is an exercise: simulated data, or a clock that was set (a replay)."""
    if home.settings.simulated or home.settings.as_of:
        return True
    present = current_version(home.publish)
    return bool(present and present.manifest.get("about", {}).get("simulated") == "true")


def message_id(home: Home, letter_key: str, address: str, settings: MailSettings) -> str:
    """Message-ID of a letter to a recipient: always the same one from the same state file."""
    mark = hashlib.sha256("\0".join((outbox.identity(home.state), letter_key, address)).encode()).hexdigest()
    return f"<{mark[:40]}@{settings.sender.rpartition('@')[2]}>"


def enqueue(
    home: Home,
    letter: Letter,
    letter_key: str,
    now: datetime,
    *,
    attachments: Sequence[Attachment] = (),
    cities: Sequence[str] = (),
    recipients: Sequence[Recipient] | None = None,
) -> Queued:
    """Put a letter in for everybody whom it concerns; a second call with the same key adds only who was not there.

    Parameters
    ----------
    home : Home
    letter : Letter
    letter_key : str
        What the letter is, e.g. ``warning:W-610100-2026120308-1:approved``.
    now : datetime
        Date of the letter (Beijing time).
    attachments : sequence of Attachment
    cities : sequence of str
        Codes of the cities it is about; empty for all.
    recipients : sequence of Recipient, optional
        Instead of the table of recipients.

    Raises
    ------
    MailError
        The attachments are too large, or an address cannot be one.
    """
    settings = mail_settings(home)
    kind = KINDS[letter.kind]
    told = list(recipients) if recipients is not None else chosen(home.state, kind, cities)
    if not told:
        return nobody(home, kind, letter_key, now)
    outbox.forget(home.state, _trouble(kind))
    _check(attachments, settings)
    # Two writers of the same letter would leave a file that is not the one the list knows.
    with file_lock(folder(home) / ".put", "mail", wait_s=_PATIENCE_S):
        there = outbox.known(home.state, letter_key)
        fresh = [r for r in told if r.address not in there]
        entries = [_written(home, settings, letter, letter_key, r, now, attachments) for r in fresh]
        new = outbox.put(home.state, entries)
    return Queued(letter_key, new, len(told) - len(fresh), len(told))


def nobody(home: Home, kind: Kind, letter_key: str, now: datetime) -> Queued:
    """Remember that nobody gets a letter, until somebody gets one of its kind."""
    outbox.note(
        home.state,
        _trouble(kind),
        f"{kind.zh}没有收件人：{letter_key}；用 fenwei mail recipients import 导入",
        f"nobody gets the {kind.en} {letter_key}: import recipients with `fenwei mail recipients import`",
        now,
    )
    return Queued(letter_key, 0, 0, 0)


def _trouble(kind: Kind) -> str:
    return f"no_recipients:{kind.name}"


def _check(attachments: Sequence[Attachment], settings: MailSettings) -> None:
    size = sum(len(a.data) for a in attachments)
    if size > settings.max_mb * 1_000_000:
        raise MailError(
            f"附件共 {size / 1e6:.1f} MB，超过 mail.max_mb = {settings.max_mb}"
            f" | attachments of {size / 1e6:.1f} MB are more than mail.max_mb"
        )


def _written(
    home: Home,
    settings: MailSettings,
    letter: Letter,
    letter_key: str,
    to: Recipient,
    now: datetime,
    attachments: Sequence[Attachment],
) -> outbox.Entry:
    """Write a letter to its file, down to the disk, and give its row."""
    if not is_address(to.address):
        raise MailError("收件地址无效 not a mail address: " + outbox.masked(to.address))
    identifier = message_id(home, letter_key, to.address, settings)
    data = compose(
        letter,
        sender=Sender(settings.from_name, settings.sender),
        to=Sender(to.name, to.address),
        message_id=identifier,
        at=now,
        attachments=attachments,
    )
    mark = EXERCISE if letter.exercise else ""
    name = f"{now:%Y-%m-%d}/{mark}{file_name(letter.kind)}-{identifier[1:17]}.eml"
    write_private(folder(home) / name, data)
    return outbox.Entry(
        message_id=identifier,
        letter_key=letter_key,
        recipient=to.address,
        recipient_name=to.name,
        kind=letter.kind,
        urgent=KINDS[letter.kind].urgent,
        exercise=is_exercise(home),
        subject=subject_of(letter),
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        created=outbox.text_of(now),
    )


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner only, and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    for opened in (path.parent, path.parent.parent):
        directory = os.open(opened, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def stored(home: Home, row: dict[str, object]) -> bytes:
    """Read the letter of a row back.

    Raises
    ------
    MailError
        The file is gone or no longer what was put in.
    """
    try:
        data = (folder(home) / str(row["file"])).read_bytes()
    except OSError as error:
        raise MailError(f"邮件文件无法读取 letter cannot be read: {row['file']}: {error.strerror}") from None
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        raise MailError(f"邮件文件与入箱时不同 letter is not what was put in: {row['file']}")
    return data
