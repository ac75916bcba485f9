"""Words that every document of a response shares: names of kinds and levels, times, text made safe to be written."""

import re
from datetime import datetime, timedelta
from typing import Any

from dashboards import clean
from dashboards.response.model import DRAFT, EXERCISE, Response

NOTICE_NAMES = {
    "issue": ("发布", "issued"),
    "upgrade": ("升级", "upgraded"),
    "downgrade": ("降级", "downgraded"),
    "extend": ("延长", "extended"),
    "suspend": ("暂停", "suspended"),
    "resume": ("恢复", "resumed"),
    "lift": ("解除", "lifted"),
}
"""Kinds of notices, in Chinese and English."""
LEVEL_NAMES = {
    "none": ("无", "none"),
    "precaution": ("黄色以下管控", "below yellow"),
    "yellow": ("黄色", "yellow"),
    "orange": ("橙色", "orange"),
    "red": ("红色", "red"),
}
RESPONSES = {"yellow": "Ⅲ", "orange": "Ⅱ", "red": "Ⅰ"}
ROMAN = {"Ⅲ": "III", "Ⅱ": "II", "Ⅰ": "I"}
HOTLINE = "12369"
_NOT_XML = re.compile("[\\ufffe\\uffff]")
_YEAR = re.compile(r"[\[［(（【〔]\s*((?:19|20)\d\d)\s*[\]］)）】〕]")


def safe(value: object, limit: int = clean.MAX_CELL) -> str:
    """Give a value as one line that any document, XML included, can hold."""
    return clean.one_line(_NOT_XML.sub("", "" if value is None else str(value)), limit)


def safe_lines(value: object, limit: int = 20_000) -> list[str]:
    """Give the lines of a longer text, each of which any document can hold; empty ones are left out."""
    text = _NOT_XML.sub("", "" if value is None else str(value))
    return [line.strip() for line in clean.lines(text, limit) if line.strip()]


def document_number(value: object) -> str:
    """Give the number of a document with the year in the brackets the standard asks for: 〔2026〕."""
    return _YEAR.sub(r"〔\1〕", safe(value, 200))


def body_lines(response: Response) -> list[str]:
    """Give the paragraphs of a notice without its number above and its issuing body, day and marks below."""
    lines = safe_lines(response.body)
    if lines and "文号：" in lines[0]:
        lines = lines[1:]
    issuer = safe(response.warning.get("issuing_body"), 400) or "发布单位：待定"
    feet = [i for i, line in enumerate(lines) if line == issuer]
    return lines[: feet[-1]] if feet else lines


def without_mark(title: str) -> str:
    """Give a title without the marks that stand before it."""
    while title.startswith((EXERCISE, DRAFT)):
        title = title.removeprefix(EXERCISE).removeprefix(DRAFT)
    return title


def mark_meaning(response: Response) -> tuple[str, str]:
    """Tell what the marks of a response mean, in Chinese and English; empty where there is none."""
    zh, en = [], []
    if EXERCISE in response.mark:
        zh.append("演练内容，不作为实际应急依据")
        en.append("EXERCISE, not for action")
    if DRAFT in response.mark:
        zh.append("未经批准，不得对外发布")
        en.append("DRAFT, not for release")
    return "；".join(zh), "; ".join(en)


def response_name(level: str) -> tuple[str, str]:
    """Name the emergency response of a level."""
    if level not in RESPONSES:
        return "应对措施", "precautionary measures"
    return f"{RESPONSES[level]}级响应", f"Level {ROMAN[RESPONSES[level]]} response"


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
