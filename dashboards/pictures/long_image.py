"""The notice to the public as one long image for telephones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import aqi_colours
from dashboards.pictures.aqi_days import HATCHES, Day, days_of, level_of
from dashboards.pictures.font import width
from dashboards.pictures.long_text import HOTLINE, HOTLINE_TEXT, foot, moment_zh, paragraphs, unmarked
from dashboards.pictures.sheet import GREY, INK, Sheet
from dashboards.pictures.wrap import wrap
from dashboards.response.model import Response
from warehouse.standards.marks import EXERCISE
from warehouse.standards.warning_words import BADGES

WIDTH = 1080
"""[px]"""
_EDGE = 64
_ROOM = WIDTH - 2 * _EDGE
_TEXT, _STEP = 40, 66
_MOST_LINES = 24
"""Lines of one paragraph; the image must stay one that a telephone opens."""
_OVER = {"lift": "{level}预警已解除", "suspend": "{level}预警响应暂停"}
"""What the badge says where no response is in force; it has no colour of a warning then."""
_NO_COLOUR = ("#DDE3E8", "#000000")


@dataclass(frozen=True)
class _Block:
    """Something of a known height."""

    height: float
    kind: str
    content: Any = None


def long_image(response: Response) -> bytes:
    """Draw the image.

    Parameters
    ----------
    response : Response
        Title and body are taken as they are; the marks 【演练】 and 【草稿】 stand at the top and across.

    Returns
    -------
    bytes
        PNG, 1080 px wide.
    """
    blocks = list(_blocks(response))
    sheet = Sheet(WIDTH, int(sum(b.height for b in blocks)), "#FFFFFF")
    y = 0.0
    for block in blocks:
        _DRAW[block.kind](sheet, y, block)
        y += block.height
    if response.mark:
        _across(sheet, response.mark)
    return sheet.png(96)


def write_long_image(response: Response, path: Path) -> None:
    """Write the image whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(long_image(response))
    part.replace(path)


def _blocks(response: Response) -> Iterator[_Block]:
    if response.mark:
        yield _Block(92, "mark", response.mark)
    yield _badge_block(response)
    title = wrap(one_line(unmarked(response.title, response.mark), 200), 50, _ROOM, most=4)
    yield _Block(36 + 74 * len(title), "title", title)
    yield from _fact_blocks(response)
    days = [d for d in days_of((), response.forecast) if d.high is not None][:7]
    if days:
        yield _Block(76, "heading", "AQI 预报")
        yield _Block(170, "forecast", days)
    shown = None
    told = paragraphs(response)
    hotline = next((text for _, text in told if HOTLINE in text and len(text) <= 40), HOTLINE_TEXT)
    for heading, text in told:
        if text == hotline:
            continue
        if heading and heading != shown:
            yield _Block(76, "heading", heading)
        shown = heading or shown
        broken = wrap(text, _TEXT, _ROOM, most=_MOST_LINES)
        yield _Block(_STEP * len(broken) + 22, "text", broken)
    yield _Block(150, "hotline", hotline)
    ending = [line for text in foot(response) for line in wrap(text, 34, _ROOM, most=3)]
    yield _Block(60 + 52 * len(ending), "foot", ending)


def _badge_block(response: Response) -> _Block:
    zh, _, colour, ink = BADGES.get(response.level, BADGES["none"])
    city = one_line(response.warning.get("city_name") or response.warning.get("city_code"), 60)
    reply = response.warning.get("response")
    said = f"{zh}预警" + (f"·{one_line(reply, 6)}级响应" if reply else "")
    if response.notice in _OVER:
        said = _OVER[response.notice].format(level=zh)
        colour, ink = _NO_COLOUR
    names = wrap(city, 54, _ROOM, most=2)
    return _Block(250 + 70 * len(names), "badge", (names, said, colour, ink))


def _fact_blocks(response: Response) -> Iterator[_Block]:
    w = response.warning
    start = w.get("response_at") or w.get("start_at") or w.get("start")
    end = w.get("lifted_at") or w.get("end_at") or w.get("end")
    over = "解除" if response.notice == "lift" else "结束"
    facts = (
        ("开始", moment_zh(start)),
        (over, moment_zh(end, last=True) if end else "另行通知"),
        ("范围", one_line(w.get("city_name") or w.get("city_code"), 120)),
    )
    for name, text in facts:
        broken = wrap(text, _TEXT, _ROOM - 130, most=3)
        yield _Block(_STEP * len(broken) + 6, "fact", (name, broken))
    yield _Block(30, "rule")


def _mark(sheet: Sheet, y: float, block: _Block) -> None:
    sheet.box(0, y, WIDTH, block.height, fill="#4B0082")
    said = block.content + ("演练，不是真实预警" if EXERCISE in block.content else "未经批准")
    sheet.text(WIDTH / 2, y + 61, said, 44, colour="#FFFFFF", align="center", bold=True)


def _badge(sheet: Sheet, y: float, block: _Block) -> None:
    names, said, colour, ink = block.content
    sheet.box(0, y, WIDTH, block.height, fill=colour)
    at = y + 78
    for name in names:
        sheet.text(WIDTH / 2, at, name, 54, colour=ink, align="center", bold=True)
        at += 70
    sheet.text(WIDTH / 2, at - 4, "重污染天气预警", 40, colour=ink, align="center")
    size = min(84.0, _ROOM / max(width(said, 1), 1))
    sheet.text(WIDTH / 2, at + 108, said, size, colour=ink, align="center", bold=True)


def _title(sheet: Sheet, y: float, block: _Block) -> None:
    for number, line in enumerate(block.content):
        sheet.text(_EDGE, y + 74 * (number + 1), line, 50, bold=True)


def _fact(sheet: Sheet, y: float, block: _Block) -> None:
    name, broken = block.content
    sheet.text(_EDGE, y + 48, name, _TEXT, colour=GREY)
    for number, line in enumerate(broken):
        sheet.text(_EDGE + 130, y + 48 + _STEP * number, line, _TEXT, bold=True)


def _rule(sheet: Sheet, y: float, block: _Block) -> None:
    sheet.line([(_EDGE, y + 18), (WIDTH - _EDGE, y + 18)], "#CCCCCC", width=2)


def _heading(sheet: Sheet, y: float, block: _Block) -> None:
    sheet.box(_EDGE, y + 24, 10, 40, fill="#1F4E79")
    sheet.text(_EDGE + 26, y + 58, block.content, 42, colour="#1F4E79", bold=True)


def _text(sheet: Sheet, y: float, block: _Block) -> None:
    for number, line in enumerate(block.content):
        sheet.text(_EDGE, y + 48 + _STEP * number, line, _TEXT)


def _forecast(sheet: Sheet, y: float, block: _Block) -> None:
    days: Sequence[Day] = block.content
    wide = min(_ROOM / len(days), 180.0)
    for number, day in enumerate(days):
        level = level_of(day.high or 0)
        left = _EDGE + number * wide
        middle = left + (wide - 8) / 2
        sheet.box(
            left, y + 54, wide - 8, 90, fill=aqi_colours()[level][0], edge="#333333",
            hatch=HATCHES.get(level), hatch_colour="#B05080",
        )  # fmt: skip
        sheet.text(middle, y + 42, f"{day.day.month}-{day.day.day:02}", 28, colour=GREY, align="center")
        ink = "#FFFFFF" if level >= 5 else "#000000"
        told = f"{day.high}" if day.low == day.high else f"{day.low}–{day.high}"
        sheet.text(middle, y + 92, told, 30, colour=ink, align="center", bold=True)
        word = aqi_colours()[level][1].removesuffix("污染")
        sheet.text(middle, y + 130, word, 28, colour=ink, align="center")


def _hotline(sheet: Sheet, y: float, block: _Block) -> None:
    sheet.box(_EDGE, y + 30, _ROOM, 96, fill="#EAF1F8", round_by=16)
    size = min(40.0, (_ROOM - 40) / max(width(block.content, 1), 1))
    sheet.text(WIDTH / 2, y + 92, block.content, size, colour="#1F4E79", align="center", bold=True)


def _last(sheet: Sheet, y: float, block: _Block) -> None:
    for number, line in enumerate(block.content):
        sheet.text(WIDTH - _EDGE, y + 44 + 52 * number, line, 34, colour=INK, align="right")


_DRAW = {
    "mark": _mark, "badge": _badge, "title": _title, "fact": _fact, "rule": _rule, "heading": _heading,
    "text": _text, "forecast": _forecast, "hotline": _hotline, "foot": _last,
}  # fmt: skip


def _across(sheet: Sheet, mark: str) -> None:
    """Write the mark across, so that no part cut out of the image lacks it."""
    for y in range(560, sheet.height, 620):
        sheet.text(WIDTH / 2, y, mark, 150, colour="#4B0082", align="center", turned=30, faint=0.10)
