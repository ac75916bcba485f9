"""Bulletins by mail: put into the outbox once for each recipient who may see their class."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dashboards.bulletin.render import as_text
from dashboards.mail.bulletin import bulletin_letter
from dashboards.mail.model import Letter
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.bulletin.asked import Asked, gathered
from pipelines.bulletin.products import context_of
from pipelines.home import Home
from pipelines.mail.box import Queued, enqueue, is_exercise
from pipelines.mail.compose import Attachment, read_attachments
from pipelines.mail.kinds import KINDS, MailError
from pipelines.mail.recipients import Recipient, chosen
from warehouse import outbox
from warehouse.classes import INTERNAL, PUBLIC
from warehouse.store import open_read_only

KIND_OF = {PUBLIC: "bulletin", INTERNAL: "bulletin_internal"}
"""Kind of the letter by class of the data: internal ones stay within the office, of restricted data there are none."""
ATTACHED = (".docx", ".pdf")


def letter_key(document: Mapping[str, Any], correction: str = "", *, klass: str | None = None) -> str:
    """Name a bulletin's letter: what it is of, the area, the day or month, the class; made anew it is the same letter."""
    told = document["day"] if "day" in document else document["month"]["period"]["name"]
    mended = ":correction:" + hashlib.sha256(correction.encode()).hexdigest()[:12] if correction else ""
    named = f"{document['kind']}:{document['region']['region_id']}:{told}"
    return f"bulletin:{named}:{klass or document['about']['class']}{mended}"


def addressed(home: Home, document: Mapping[str, Any], correction: str = "") -> list[Recipient]:
    """Return whom a bulletin is for: who may see its class, and where it is public has not the internal one of the same.

    A region's bulletin is for everybody, that of a city for those of the city and of all cities.
    """
    klass = document["about"]["class"]
    told = chosen(home.state, KINDS[check_class(klass)], cities_of(document))
    if klass != PUBLIC or not told:
        return told
    better = outbox.known(home.state, letter_key(document, correction, klass=INTERNAL))
    return [to for to in told if to.address not in better]


def check_class(klass: str) -> str:
    """Return the kind of letter for a class.

    Raises
    ------
    MailError
        Data of this class are not mailed.
    """
    if klass not in KIND_OF:
        raise MailError(
            "限制级不随邮件发出：用 --class internal 或 --class public"
            " | restricted data are not mailed: use --class internal or --class public"
        )
    return KIND_OF[klass]


def queue_bulletin(
    home: Home,
    document: Mapping[str, Any],
    text: str,
    files: Sequence[Path],
    now: datetime,
    *,
    correction: str = "",
) -> Queued:
    """Put a bulletin into the outbox for everybody whom it is for; who has it already gets nothing.

    Parameters
    ----------
    home : Home
    document : mapping
        Of `pipelines.bulletin.asked.gathered`.
    text : str
        The bulletin as text.
    files : sequence of Path
        Files of the bulletin; DOCX and PDF are attached.
    now : datetime
        Date of the letter, Beijing time.
    correction : str
        What a corrected bulletin mends: it is another letter than the first, sent once to everybody.

    Raises
    ------
    MailError
        The class is not mailed, a file cannot be read, or the files are too large.
    """
    kind = check_class(document["about"]["class"])
    key, told = letter_key(document, correction), addressed(home, document, correction)
    anybody = len(chosen(home.state, KINDS[kind], cities_of(document)))
    if anybody and not told:
        return Queued(key, 0, anybody, anybody)
    attachments = attached(files)
    letter = bulletin_letter(
        kind,
        context_of(document),
        text,
        [a.name for a in attachments],
        exercise=bool(document["about"]["simulated"]),
        correction=correction,
    )
    return enqueue(home, letter, key, now, attachments=attachments, recipients=told)


def cities_of(document: Mapping[str, Any]) -> list[str]:
    """Return the city a bulletin is of; none for that of a region."""
    return [document["region"]["region_id"]] if document["kind"].startswith("city_") else []


def attached(files: Sequence[Path]) -> list[Attachment]:
    """Read the files that go with a letter."""
    return read_attachments([path for path in files if path.suffix in ATTACHED])


def letter_of_yesterday(home: Home, kind: str, now: datetime) -> Letter:
    """Make the letter of the region's bulletin of the day before, without files, to look at.

    Raises
    ------
    MailError
        Nothing is published, or there are no data of that day.
    """
    klass = next(klass for klass, named in KIND_OF.items() if named == kind)
    path = home.build(klass)
    if not path.exists():
        raise MailError(f"{path}: 尚未发布数据 nothing is published here yet")
    asked = Asked(day=(now - timedelta(days=1)).date())
    try:
        with closing(open_read_only(path)) as con:
            document = gathered(con, asked, now, klass, exercise=is_exercise(home))
    except NothingToEvaluateError as error:
        raise MailError(str(error)) from None
    context, exercise = context_of(document), bool(document["about"]["simulated"])
    return bulletin_letter(kind, context, as_text("day", context), [], exercise=exercise)
