"""From a letter to the bytes of an e-mail: text, HTML, pictures, attachments. The same input gives the same bytes."""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from dashboards.clean import file_name, header
from dashboards.mail.html import as_html
from dashboards.mail.model import Letter
from dashboards.mail.text import as_text
from pipelines.home import BEIJING
from pipelines.mail.kinds import KINDS, MailError
from warehouse.standards.marks import EXERCISE

MAX_SUBJECT = 180
MAX_NAME = 60
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xml": "application/xml",
}


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    data: bytes

    @property
    def media_type(self) -> tuple[str, str]:
        """Main type and subtype by the ending of the name."""
        ending = Path(self.name).suffix.lower()
        guessed = _TYPES.get(ending) or mimetypes.guess_type(f"x{ending}")[0] or "application/octet-stream"
        main, _, sub = guessed.partition("/")
        # Text parts would be decoded and encoded again: a file must arrive byte for byte.
        return (
            (main, sub)
            if main in ("application", "image", "audio", "video")
            else ("application", "octet-stream")
        )


@dataclass(frozen=True)
class Sender:
    """Whom letters come from."""

    name: str
    address: str


def read_attachments(paths: Sequence[Path]) -> list[Attachment]:
    """Read files to attach.

    Raises
    ------
    MailError
        A file cannot be read.
    """
    try:
        return [Attachment(path.name, path.read_bytes()) for path in paths]
    except OSError as error:
        raise MailError(
            f"附件无法读取 attachment cannot be read: {error.filename}: {error.strerror}"
        ) from None


def subject_of(letter: Letter) -> str:
    """Subject with its marks, one harmless line."""
    return letter.marks + header(letter.subject, MAX_SUBJECT)


def compose(
    letter: Letter,
    *,
    sender: Sender,
    to: Sender,
    message_id: str,
    at: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Give a letter to one recipient as the bytes that go over the wire (ASCII, lines ended by CRLF).

    Parameters
    ----------
    letter : Letter
    sender, to : Sender
        Names may be any text; addresses must have been checked.
    message_id : str
        With angle brackets.
    at : datetime
        Date of the letter, Beijing time without zone.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject_of(letter)
    message["From"] = _address(sender)
    message["To"] = _address(to)
    message["Date"] = format_datetime(at.replace(tzinfo=BEIJING))
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["X-Fenwei-Kind"] = letter.kind
    if letter.exercise:
        message["X-Fenwei-Exercise"] = "yes"
    if KINDS[letter.kind].urgent:
        message["Importance"] = "high"
    _body(message, letter, hashlib.sha256(message_id.encode()).hexdigest()[:24])
    for attachment in attachments:
        main, sub = attachment.media_type
        name = file_name(attachment.name)
        if letter.exercise and not name.startswith(EXERCISE):
            name = EXERCISE + name
        message.add_attachment(attachment.data, maintype=main, subtype=sub, filename=name)
    _fix_boundaries(message, message_id)
    return message.as_bytes()


def _address(who: Sender) -> Address:
    return Address(display_name=header(who.name, MAX_NAME), addr_spec=who.address)


def _body(message: EmailMessage, letter: Letter, mark: str) -> None:
    """Plain text, and HTML with its pictures beside it as the better choice."""
    cids = {p.name: f"p{n}.{mark}@fenwei" for n, p in enumerate(letter.pictures)}
    message.set_content(as_text(letter), cte="base64")
    message.add_alternative(as_html(letter, cids), subtype="html", cte="base64")
    html = message.get_payload()[1]  # type: ignore[index]
    for picture in letter.pictures:
        html.add_related(  # type: ignore[union-attr]
            picture.png,
            "image",
            "png",
            cid=f"<{cids[picture.name]}>",
            filename=file_name(picture.name),
            disposition="inline",
        )


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries made from the Message-ID instead of chance; all parts are base64, so none can occur in one."""
    mark = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_{mark}_{number}")
