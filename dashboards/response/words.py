"""Words that every document of a response shares: times, numbers, marks and lines of a notice."""

import re
from datetime import datetime, timedelta
from typing import Any

from dashboards import clean
from dashboards.clean import one_line
from dashboards.response.model import Response
from warehouse.standards.marks import DRAFT, DRAFT_MEANS, EXERCISE, EXERCISE_MEANS

HOTLINE = "12369"
_YEAR = re.compile(r"[\[［(（【〔]\s*((?:19|20)\d\d)\s*[\]］)）】〕]")


def filled_lines(value: object, limit: int = 20_000) -> list[str]:
    """Give the lines of a longer text, each of which any document can hold; empty ones are left out."""
    return [line.strip() for line in clean.lines(value, limit) if line.strip()]


def document_number(value: object) -> str:
    """Give the number of a document with the year in the brackets the standard asks for: 〔2026〕."""
    return _YEAR.sub(r"〔\1〕", one_line(value, 200))


def body_lines(response: Response) -> list[str]:
    """Give the paragraphs of a notice without its number above and its issuing body, day and marks below."""
    lines = filled_lines(response.body)
    if lines and "文号：" in lines[0]:
        lines = lines[1:]
    issuer = one_line(response.warning.get("issuing_body"), 400) or "发布单位：待定"
    feet = [i for i, line in enumerate(lines) if line == issuer]
    return lines[: feet[-1]] if feet else lines


def without_mark(title: str) -> str:
    """Give a title without the marks that stand before it."""
    while title.startswith((EXERCISE, DRAFT)):
        title = title.removeprefix(EXERCISE).removeprefix(DRAFT)
    return title


def mark_meaning(response: Response) -> tuple[str, str]:
    """Tell what the marks of a response mean, in Chinese and English; empty where there is none."""
    meant = [(EXERCISE, EXERCISE_MEANS), (DRAFT, DRAFT_MEANS)]
    told = [means for mark, means in meant if mark in response.mark]
    return "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)


def moment(value: Any) -> datetime | None:
    """Read a moment that is one already or its ISO text."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value))


def when(value: Any, *, last: bool = False, year: bool = False) -> str:
    """Give day and hour in Chinese; the end of a day is its 24th hour."""
    at = moment(value)
    if at is None:
        return "时间待定"
    whole = last and at.hour == 0 and at.minute == 0
    day = at - timedelta(days=1) if whole else at
    minutes = f"{at.minute:02}分" if at.minute else ""
    return (
        f"{day.year}年" if year else ""
    ) + f"{day.month}月{day.day}日{24 if whole else at.hour}时{minutes}"


def when_en(value: Any, *, last: bool = False) -> str:
    """Give day and hour as they are written in both languages' figures: 2026-11-23 12:00."""
    at = moment(value)
    if at is None:
        return "a time to be announced"
    if last and at.hour == 0 and at.minute == 0:
        return f"{at - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{at:%Y-%m-%d %H:%M}"


def since(response: Response) -> datetime | None:
    """Moment from which a level that was changed holds: the decision, or the start where that is still to come."""
    decided = moment(response.warning.get("decided_at") or response.warning.get("drafted_at"))
    start = moment(response.warning.get("start_at"))
    return max(decided, start) if decided and start else decided or start


def decided_at(response: Response) -> datetime | None:
    """Moment a notice is dated by: approval or last decision, else the draft."""
    warning = response.warning
    first = "approved_at" if response.notice == "issue" else "decided_at"
    return moment(warning.get(first) or warning.get("decided_at") or warning.get("drafted_at"))
