"""A letter as plain text that suffices alone."""

import unicodedata
from collections.abc import Iterator

from dashboards.clean import one_line
from dashboards.mail.model import DRAFT_LINE, EXERCISE_LINE, Grid, Letter, Lines


def as_text(letter: Letter) -> str:
    """Give the plain text of a letter, lines ended by LF."""
    return "\n".join(_parts(letter)) + "\n"


def _parts(letter: Letter) -> Iterator[str]:
    warnings = [line for on, line in ((letter.exercise, EXERCISE_LINE), (letter.draft, DRAFT_LINE)) if on]
    yield letter.marks + one_line(letter.lead[0]) if letter.lead else letter.marks
    yield from (one_line(line) for line in letter.lead[1:])
    yield from warnings
    for block in letter.blocks:
        yield ""
        if block.title:
            yield f"■ {one_line(block.title)}"
        yield from (one_line(x, 4000) for x in block.lines) if isinstance(block, Lines) else _grid(block)
    for picture in letter.pictures:
        yield ""
        yield f"［图 chart］{one_line(picture.alt, 2000)}"
    yield ""
    yield from warnings
    yield "-- "
    yield "本邮件由汾渭系统自动生成，请勿直接回复 | sent by the Fenwei system; please do not reply"


def width(text: str) -> int:
    """Columns a text takes where Chinese characters take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _grid(grid: Grid) -> Iterator[str]:
    if not grid.rows:
        yield "（无 none）"
    else:
        rows = [tuple(one_line(text) for text in grid.headings)]
        rows += [tuple(one_line(cell.text) for cell in row) for row in grid.rows]
        widths = [min(max(width(row[n]) for row in rows), 40) for n in range(len(grid.headings))]
        for row in rows:
            cells = [_padded(text, widths[n], right=n in grid.right) for n, text in enumerate(row)]
            yield "  ".join(cells).rstrip()
    if grid.note:
        yield one_line(grid.note)


def _padded(text: str, columns: int, *, right: bool) -> str:
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap
