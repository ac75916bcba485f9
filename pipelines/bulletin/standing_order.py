"""Bulletins that are made by themselves: yesterday's each morning, last month's on a set day; each once.

What is there stays as it is, since a person may have changed it: a file that was taken away is made anew. A process that
died between the files and the letters leaves the letters to the next; whoever has a letter gets no other.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import time as clock
from typing import Any

from dashboards.clean import safe_name
from pipelines.air import periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.bulletin.asked import Asked, gathered, outlined
from pipelines.bulletin.mailed import ATTACHED, addressed, letter_key, queue_bulletin
from pipelines.bulletin.products import read_template, stem, write
from pipelines.bulletin.settings import DAY, BulletinSettings, bulletin_settings, own_templates
from pipelines.emergency.drafting import lives_at
from pipelines.home import Home
from pipelines.mail.box import folder, is_exercise
from warehouse import outbox
from warehouse.store import open_read_only

LEFT_S = 3600.0
"""A file half written that is older was left by a process that died [s]."""
PATIENT_UNTIL = time(12)
"""Until this time of the day yesterday's bulletin waits for cities that have no AQI yet."""


@dataclass
class Ordered:
    """What was made.

    Attributes
    ----------
    files : list of Path
        New ones.
    n_letters : int
        New ones.
    waiting : list of str
        Why a bulletin could not be made yet: there are no data of it.
    notes : list of str
        What could not be made as asked, such as PDF.
    """

    files: list[Path] = field(default_factory=list)
    n_letters: int = 0
    waiting: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def made_for(kind: str, now: datetime) -> date:
    """Return the day, or the first day of the month, that is told of at a moment: yesterday, or last month."""
    if kind == DAY:
        return now.date() - timedelta(days=1)
    return (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)


def due(home: Home, kind: str, now: datetime) -> bool:
    """Tell whether a bulletin of yesterday or of last month is lacking: its files, or its letters."""
    settings = bulletin_settings(home)
    return any(True for _ in _lacking(home, settings, kind, now))


def make_due(home: Home, kind: str, now: datetime) -> Ordered:
    """Make what is lacking; called as often as one likes.

    Parameters
    ----------
    home : Home
    kind : {"day", "month"}
    now : datetime
        What the home takes as now, Beijing time.

    Raises
    ------
    HomeError
        The settings cannot be used.
    UnknownAreaError
        The settings name a region or a city that does not exist.
    BulletinTemplateError
        One's own template cannot be used.
    MailError
        The letters cannot be made.
    """
    done, settings = Ordered(), bulletin_settings(home)
    _sweep(folder(home) / "bulletin")
    for asked, klass in _lacking(home, settings, kind, now):
        document = _document(home, asked, klass, now)
        if isinstance(document, str):
            done.waiting.append(document)
        else:
            _make(home, settings, document, now, done)
    return done


def _sweep(place: Path) -> None:
    """Remove what processes that died left half written; what is younger than an hour may still be at work."""
    for part in place.glob(".*.part"):
        with suppress(OSError):
            if clock() - part.stat().st_mtime > LEFT_S:
                part.unlink()


def _lacking(home: Home, settings: BulletinSettings, kind: str, now: datetime) -> Iterator[tuple[Asked, str]]:
    """Go through what is asked for and is not there, or not in the outbox."""
    if not (settings.day_at if kind == DAY else settings.month_at) or not home.published.exists():
        return
    for asked, klass in _orders(settings, kind, now):
        with closing(open_read_only(home.build(klass))) as con:
            outline = outlined(con, asked, klass, exercise=is_exercise(home))
        if not _text_file(home, outline).exists() or _letters_lacking(home, settings, outline, now):
            yield asked, klass


def _orders(settings: BulletinSettings, kind: str, now: datetime) -> Iterator[tuple[Asked, str]]:
    told = made_for(kind, now)
    when: dict[str, Any] = {"day": told} if kind == DAY else {"month": periods.month(told.year, told.month)}
    # The internal one first: who gets it by mail needs no public one.
    for klass in sorted(settings.listed("classes")):
        if settings.region:
            yield Asked(**when, region=settings.region), klass
        for city in settings.listed("cities"):
            yield Asked(**when, city=city), klass


def _document(home: Home, asked: Asked, klass: str, now: datetime) -> dict[str, Any] | str:
    """Collect a bulletin, or say why there is none yet."""
    with closing(open_read_only(home.build(klass))) as con:
        try:
            document = gathered(con, asked, now, klass, exercise=is_exercise(home))
        except NothingToEvaluateError as error:
            return str(error)
    places = document.get("cities") or [p for p in document.get("places", ()) if p["place_kind"] == "city"]
    short = [p for p in places if p["aqi"] is None]
    if short and now.time() < PATIENT_UNTIL:
        names = "、".join(str(p["name_zh"]) for p in short)
        return (
            f"{document['day']} {names} 尚无日 AQI，{PATIENT_UNTIL:%H:%M} 前等待"
            f" | {len(short)} cities have no AQI yet: waiting until {PATIENT_UNTIL:%H:%M}"
        )
    return document


def _text_file(home: Home, document: Mapping[str, Any]) -> Path:
    return folder(home) / "bulletin" / safe_name(f"{stem(document)}.txt")


def _letters_lacking(
    home: Home, settings: BulletinSettings, document: Mapping[str, Any], now: datetime
) -> bool:
    if not settings.mail or not home.state.exists() or not lives_at(home, now):
        return False
    return bool(addressed(home, document)) and not outbox.known(home.state, letter_key(document))


def _make(
    home: Home, settings: BulletinSettings, document: dict[str, Any], now: datetime, done: Ordered
) -> None:
    text_file = _text_file(home, document)
    fresh = not text_file.exists()
    if fresh:
        templates = dict(read_template(path) for path in own_templates(home, settings, document["kind"]))
        # The text is first and so put in place last: where it stands, the others stand beside it.
        formats = list(dict.fromkeys(["txt", *settings.listed("formats")]))
        made = write(document, formats, folder=text_file.parent, templates=templates)
        done.files += made.files
        done.notes += [f"{zh} | {en}" for zh, en in made.notes]
    if settings.mail and lives_at(home, now) and (fresh or _letters_lacking(home, settings, document, now)):
        files = [path for suffix in ATTACHED if (path := text_file.with_suffix(suffix)).exists()]
        queued = queue_bulletin(home, document, text_file.read_text(encoding="utf-8-sig"), files, now)
        done.n_letters += queued.n_new
