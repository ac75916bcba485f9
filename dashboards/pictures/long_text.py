"""What the long image of a notice says: paragraphs under their headings, moments as notices write them, the foot."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from dashboards.clean import lines, one_line
from dashboards.response.measures import measures
from dashboards.response.model import Response
from warehouse.standards.marks import DRAFT, DRAFT_MEANS, EXERCISE, EXERCISE_MEANS

HEALTH, ASKED, CUTS = "健康提示", "请您参与", "减排要求"
HOTLINE = "12369"
HOTLINE_TEXT = "发现环境违法行为，请拨打12369举报。"
_SECTIONS = (
    (HEALTH, ("健康防护", "减少外出", "户外运动")),
    (ASKED, ("倡导", "公共交通", "绿色方式")),
    (CUTS, ("各有关单位", "减排清单")),
)
_PUBLIC = "公众"
_QUIET = ("suspend", "lift")
"""Notices that ask nothing of the public any more."""
_MOST_PARAGRAPHS = 24
_NUMBER = re.compile(r"^[一二三四五六七八九十]+、")


def unmarked(text: str, mark: str) -> str:
    """Give a text without the mark it begins with."""
    return text.removeprefix(mark)


def moment_zh(value: Any, *, last: bool = False) -> str:
    """A moment as notices write it; the end of a day is its 24th hour."""
    if not isinstance(value, datetime):
        return one_line(value, 40) or "待定"
    whole = last and value.hour == value.minute == 0
    day = value - timedelta(days=1) if whole else value
    minutes = f"{value.minute:02}分" if value.minute else ""
    return f"{day.year}年{day.month}月{day.day}日{24 if whole else value.hour}时{minutes}"


def paragraphs(response: Response) -> list[tuple[str | None, str]]:
    """Give the paragraphs of the notice, each with the heading it comes under; number and foot are not among them.

    Where the fact tables know what a level advises people to do, that stands for the shorter words of the notice.
    """
    known = [] if response.notice in _QUIET else _advice(response)
    said = {heading for heading, _ in known}
    made = [row for row in _of_body(response) if row[0] not in said]
    at = next((n for n, (heading, _) in enumerate(made) if heading == CUTS), len(made))
    made[at:at] = known
    cut = made[:_MOST_PARAGRAPHS]
    return cut if len(made) == len(cut) else [*cut, (None, "……（全文见通知）")]


def _advice(response: Response) -> list[tuple[str | None, str]]:
    """Advice by group, and what everybody is asked to do."""
    found: list[tuple[str | None, str]] = []
    for m in measures(response, "health"):
        who = m.target[0] or m.topic[0]
        found.append((HEALTH, f"{who}：{m.text[0]}"))
    return found + [(ASKED, m.text[0]) for m in measures(response, "advice") if m.target[0] == _PUBLIC]


def _of_body(response: Response) -> list[tuple[str | None, str]]:
    made: list[tuple[str | None, str]] = []
    for line in lines(response.body):
        text = unmarked(line.strip(), response.mark)
        if issuer(response) in (text, line.strip()):
            break
        if text and not text.startswith("文号："):
            heading = next((h for h, words in _SECTIONS if any(w in text for w in words)), None)
            made.append((heading, one_line(_NUMBER.sub("", text), 2000)))
    return made


def issuer(response: Response) -> str:
    """Who issues the notice."""
    return one_line(response.warning.get("issuing_body") or "发布单位：待定", 120)


def foot(response: Response) -> Iterator[str]:
    """Issuing body, number, day, and what the marks mean."""
    yield issuer(response)
    if response.warning.get("document_no"):
        yield one_line(response.warning["document_no"], 80)
    day = response.warning.get("decided_at") or response.warning.get("drafted_at") or response.made_at
    if isinstance(day, datetime):
        yield f"{day.year}年{day.month}月{day.day}日"
    if EXERCISE in response.mark:
        yield f"{EXERCISE}{EXERCISE_MEANS[0]}"
    if DRAFT in response.mark:
        yield f"{DRAFT}{DRAFT_MEANS[0]}"
