"""A letter as HTML for mail programs: tables and inline styles only, nothing from elsewhere, less than 100 kB.

Some programs show no style sheets, no flexible boxes and no background images, and turn unstyled text dark on dark: every
cell states its text and background colour. A colour always stands beside a word.
"""

from collections.abc import Mapping
from html import escape

from dashboards.clean import one_line
from dashboards.mail.model import (
    DRAFT_LINE,
    EXERCISE_LINE,
    Cell,
    Grid,
    Letter,
    Lines,
    aqi_colours,
)
from dashboards.mail.text import width
from warehouse.standards.warning_words import BADGES

MAX_BYTES = 100_000
"""Mail programs cut longer HTML off."""

_WIDE, _EDGE = 600, 8
"""Width of a letter [px]: what the panes of mail programs show without scrolling; and its edge at both sides."""
_SHORT, _WORD = 8, 12
"""Columns of a cell that is not broken (names of cities, figures), and of the longest word that stays whole in others."""
_FONT = "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',Arial,sans-serif"
_BREAK = "word-break:break-word;overflow-wrap:anywhere"
_WORDS = "word-break:keep-all;overflow-wrap:normal"
_TEXT = f"{_FONT};font-size:14px;line-height:1.6;color:#222222;{_BREAK}"
_CELL = f"{_FONT};font-size:13px;line-height:1.4;padding:5px 6px;border:1px solid #999999"
_ROWS = (10_000, 400, 200, 100, 50, 25, 10, 3, 0)


def as_html(letter: Letter, cids: Mapping[str, str] | None = None) -> str:
    """Give the HTML of a letter.

    Parameters
    ----------
    letter : Letter
    cids : mapping, optional
        Content-IDs of its pictures by name; a picture without one is told by its alternative text.

    Returns
    -------
    str
        A whole document below `MAX_BYTES` in UTF-8; tables too long for that end with how many rows are left out.
    """
    for rows in _ROWS:
        made = _document(letter, cids or {}, rows, lines=max(rows, 5))
        if len(made.encode()) < MAX_BYTES:
            break
    return made


def _document(letter: Letter, cids: Mapping[str, str], rows: int, lines: int) -> str:
    title = letter.marks + one_line(letter.subject, 200)
    body = [_banner(EXERCISE_LINE, "#4B0082")] if letter.exercise else []
    body += [_banner(DRAFT_LINE, "#5A5A5A")] if letter.draft else []
    body.append(f'<h1 style="{_FONT};font-size:19px;margin:12px 0;color:#222222">{_e(title)}</h1>')
    body += [f'<p style="{_TEXT};margin:0 0 6px;font-weight:bold">{_e(x)}</p>' for x in letter.lead[:20]]
    pictures = [_picture(p.name, p.alt, cids.get(p.name)) for p in letter.pictures]
    for number, block in enumerate(letter.blocks):
        if number == 1:
            body += pictures
        if block.title:
            body.append(
                f'<h2 style="{_FONT};font-size:16px;margin:18px 0 6px;color:#222222">{_e(block.title)}</h2>'
            )
        body.append(_lines(block, lines) if isinstance(block, Lines) else _grid(block, rows))
    if len(letter.blocks) < 2:
        body += pictures
    body.append(
        f'<p style="{_FONT};font-size:12px;color:#555555;margin:18px 0 0">'
        '本邮件由汾渭系统自动生成，请勿直接回复 | <span lang="en">sent by the Fenwei system; please do not reply</span></p>'
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light only">'
        f"<title>{_e(title)}</title></head>\n"
        f'<body style="margin:0;padding:0;background-color:#FFFFFF;color:#222222" bgcolor="#FFFFFF">\n'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#FFFFFF"><tr>'
        '<td align="center" bgcolor="#FFFFFF" style="padding:12px 0">\n'
        f'<table role="presentation" width="{_WIDE}" cellpadding="0" cellspacing="0" border="0"'
        f' style="width:100%;max-width:{_WIDE}px">'
        f'<tr><td align="left" bgcolor="#FFFFFF" style="{_TEXT};padding:0 {_EDGE}px">\n'
        + "\n".join(body)
        + "\n"
        "</td></tr></table>\n</td></tr></table>\n</body></html>\n"
    )


def _e(text: object) -> str:
    return escape(one_line(text, 4000), quote=True)


def _banner(text: str, colour: str) -> str:
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>'
        f'<td bgcolor="{colour}" style="{_FONT};font-size:14px;font-weight:bold;padding:8px;color:#FFFFFF;'
        f'background-color:{colour}">{_e(text)}</td></tr></table>'
    )


def _picture(name: str, alt: str, cid: str | None) -> str:
    alt = one_line(alt, 2000)
    if cid is None:
        return f'<p style="{_TEXT};margin:8px 0">［图 chart］{_e(alt)}</p>'
    return (
        f'<p style="margin:12px 0"><img src="cid:{_e(cid)}" alt="{_e(alt)}" width="{_WIDE - 2 * _EDGE}"'
        f' style="display:block;width:100%;max-width:{_WIDE - 2 * _EDGE}px;height:auto;color:#222222'
        ';background-color:#FFFFFF;border:0"></p>'
    )


def _lines(block: Lines, most: int) -> str:
    weight = ";font-weight:bold" if block.strong else ""
    shown = block.lines[:most]
    texts = [
        f'<p style="{_TEXT};margin:0 0 4px{weight}">{_e(line) if line else "&nbsp;"}</p>' for line in shown
    ]
    if len(block.lines) > len(shown):
        texts.append(_more(len(block.lines) - len(shown), "行", "lines"))
    return "\n".join(texts)


def _more(n: int, zh: str, en: str) -> str:
    return (
        f'<p style="{_TEXT};margin:4px 0">…另有 {n} {zh}，见纯文本正文或附件'
        f' | <span lang="en">{n} more {en} in the plain text</span></p>'
    )


def _grid(grid: Grid, most: int) -> str:
    if not grid.rows:
        return f'<p style="{_TEXT};margin:0">（无 none）</p>'
    head = "".join(
        f'<th scope="col" align="{"right" if n in grid.right else "left"}" bgcolor="#E8EDF2" style="{_CELL};'
        f'background-color:#E8EDF2;color:#222222;{_breaks(text)}">{_e(text)}</th>'
        for n, text in enumerate(grid.headings)
    )
    shown = grid.rows[:most]
    rows = "\n".join(
        "<tr>" + "".join(_cell(cell, right=n in grid.right) for n, cell in enumerate(row)) + "</tr>"
        for row in shown
    )
    made = (
        '<table cellpadding="0" cellspacing="0" border="0" width="100%" style="border-collapse:collapse">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    )
    if len(grid.rows) > len(shown):
        made += _more(len(grid.rows) - len(shown), "行", "rows")
    if grid.note:
        made += (
            f'<p style="{_FONT};font-size:12px;color:#555555;margin:4px 0 0">{_e(one_line(grid.note))}</p>'
        )
    return made


def _colours(cell: Cell) -> tuple[str, str]:
    """Background and text colour of a cell."""
    if cell.aqi_level in aqi_colours():
        return aqi_colours()[int(cell.aqi_level or 0)][0], "#FFFFFF" if (
            cell.aqi_level or 0
        ) >= 5 else "#000000"
    if cell.warning in BADGES:
        return BADGES[str(cell.warning)][2:]
    return "#FFFFFF", "#222222"


def _breaks(text: str) -> str:
    """Where a cell may be broken: on a telephone, words must not fall apart nor one long name push the table out."""
    if width(text) <= _SHORT:
        return "white-space:nowrap"
    return _WORDS if max(map(width, text.split()), default=0) <= _WORD else _BREAK


def _cell(cell: Cell, *, right: bool) -> str:
    background, colour = _colours(cell)
    return (
        f'<td align="{"right" if right else "left"}" bgcolor="{background}" style="{_CELL};'
        f'background-color:{background};color:{colour};{_breaks(cell.text)}">{_e(cell.text)}</td>'
    )
