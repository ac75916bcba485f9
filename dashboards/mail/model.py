"""What a letter is made of, before it is text or HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from dashboards.clean import one_line
from warehouse import standards
from warehouse.standards.marks import DRAFT, EXERCISE, marks
from warehouse.standards.warning_words import BADGES

DASH = "—"
EXERCISE_LINE = f"{EXERCISE}模拟或回放数据，非监测结果，不作决策依据 | exercise: simulated or replayed, nothing here was measured"
DRAFT_LINE = f"{DRAFT}会商建议，未经批准不得对外 | draft for consultation, not to leave before approval"


@dataclass(frozen=True)
class Cell:
    """One cell: a text, and what gives it a colour (an AQI level or the level of a warning)."""

    text: str
    aqi_level: int | None = None
    warning: str | None = None


@dataclass(frozen=True)
class Lines:
    """Paragraphs under a heading; ``strong`` ones stand out."""

    title: str
    lines: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table under a heading, figures set to the right."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """An image within the letter; its alternative text states the figures."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True)
class Letter:
    """A letter.

    Attributes
    ----------
    kind : str
        One of `pipelines.mail.kinds.KINDS`.
    subject : str
        Without the marks 【演练】 and 【草稿】, which are added.
    lead : tuple of str
        First lines: what a watch face or an SMS gateway shows must suffice.
    """

    kind: str
    subject: str
    lead: tuple[str, ...]
    blocks: tuple[Lines | Grid, ...]
    exercise: bool = False
    draft: bool = False
    pictures: tuple[Picture, ...] = ()

    @property
    def marks(self) -> str:
        """Marks before the subject."""
        return marks(exercise=self.exercise, draft=self.draft)


@cache
def aqi_colours() -> dict[int, tuple[str, str, str]]:
    """Official colour (hex), category in Chinese and in English by AQI level."""
    frame = standards.load("aqi_level").sort_values("valid_from")
    return {
        int(r["level"]): (str(r["hex"]), str(r["category_zh"]), str(r["category_en"]))
        for r in frame.to_dict("records")
    }


def plain(value: object) -> Cell:
    """A cell of text; nothing is a dash."""
    return Cell(DASH if value is None or value == "" else one_line(value))


def number(value: float | int | None, digits: int = 0) -> Cell:
    """A cell with a figure; a value that is missing or no number is a dash."""
    if value is None or value != value:
        return Cell(DASH)
    return Cell(f"{value:.{digits}f}")


def aqi_cell(aqi: int | None, level: int | None) -> Cell:
    """A cell with an AQI in the colour of its level, the category beside it."""
    if aqi is None or level not in aqi_colours():
        return Cell(DASH if aqi is None else str(aqi))
    return Cell(f"{aqi} {aqi_colours()[level][1]}", aqi_level=level)


def warning_cell(level: str) -> Cell:
    """A cell with the level of a warning."""
    zh, en, *_ = BADGES.get(level, (one_line(level), ""))
    return Cell(f"{zh} {en}".strip(), warning=level if level in BADGES else None)


def moment(value: Any) -> str:
    """A moment as people write it; text that is a moment is read, other text stays."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return one_line(value) or DASH
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else DASH


def name_of(row: Mapping[str, Any]) -> str:
    """Name of a city in a row, with its code where there is no name."""
    return one_line(row.get("name_zh") or row.get("city_name") or row.get("city_code")) or DASH
