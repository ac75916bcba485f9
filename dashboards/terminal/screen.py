"""Tables and lines on a terminal or in a pipe: data are shown as they are, and nothing is cut.

Text from outside is never taken as markup; control characters are shown by their pictures, so that a file name cannot
move the cursor. Where the output is not a terminal, a table is as wide as it needs.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any

from rich import box
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from warehouse.standards import marks

PIPE_WIDTH = 160
"""Width of output that is not a terminal [columns]; wider tables get what they need."""

SIMULATED = f"{marks.EXERCISE}{marks.SIMULATED}"
NOTHING = "—"

_TWO_LANGUAGES = re.compile(r"^(\S*[\u4e00-\u9fff]\S*(?: %)?) (?=[A-Za-z])")

_PICTURES: dict[int, int | str] = {127: 0x2421}
_PICTURES |= {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_PICTURES |= dict.fromkeys((*range(128, 160), *range(0xD800, 0xE000)), 0xFFFD)
# What turns the order of writing, or hides, is shown by its number; joiners are part of emoji and of names.
_TURNING = (0x00AD, 0x061C, 0x180E, 0x200B, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070),
            0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))  # fmt: skip
_PICTURES |= {code: f"⟨U+{code:04X}⟩" for code in _TURNING}


def harmless(text: str) -> str:
    """Text with control characters and marks that turn the order of writing made visible."""
    return text.translate(_PICTURES)


def as_is(value: Any, style: str = "") -> Text:
    """Text of a value with control characters made visible; None is a dash."""
    text = NOTHING if value is None else str(value)
    return Text(harmless(text).replace("\t", "    "), style=style)


class PlainConsole(Console):
    """A console that shows texts as they are, wherever they came from: a file name cannot turn a line around."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print; texts lose what could move the cursor or hide a part of them."""
        super().print(*(harmless(o) if isinstance(o, str) else o for o in objects), **options)


def console_for(file: IO[str] | None = None) -> Console:
    """Make a console that takes nothing as markup or emoji and is wide where it is no terminal."""
    console = PlainConsole(file=file or sys.stdout, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(PIPE_WIDTH, console.width)
    return console


def show(console: Console, *documents: RenderableType) -> None:
    """Print documents one below the other, each as wide as its figures need."""
    usual = console.width
    for document in documents:
        if isinstance(document, Table):
            if document.title:
                # A title of its own is not broken at the width of its table.
                console.print()
                console.print(document.title, soft_wrap=True, style="bold")
                document.title = None
            needed = Measurement.get(console, console.options.update(max_width=100_000), document)
            console.width = max(usual, needed.minimum if console.is_terminal else needed.maximum)
        console.print(document, soft_wrap=isinstance(document, (str, Text)))
        console.width = usual


def table(
    headings: Sequence[str], *, right: Iterable[int] = (), title: str | None = None, fold: bool = True
) -> Table:
    """Make an empty table.

    Parameters
    ----------
    headings : sequence of str
    right : iterable of int
        Numbers of the columns of figures: set to the right and never broken.
    title : str, optional
    fold : bool
        Set the English part of a heading below the Chinese one.
    """
    made = Table(title=as_is(title) if title else None, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    figures = set(right)
    for number, given in enumerate(headings):
        heading = _TWO_LANGUAGES.sub(r"\1\n", given) if fold else given
        if number in figures:
            made.add_column(as_is(heading), justify="right", no_wrap=True)
        else:
            made.add_column(as_is(heading), overflow="fold")
    return made


def add(made: Table, *cells: Any) -> None:
    """Add a row; a cell that is no `rich.text.Text` is shown as it is."""
    made.add_row(*(cell if isinstance(cell, Text) else as_is(cell) for cell in cells))


def digits(value: float | None, n: int) -> str:
    """Print a value that was already rounded, with exactly ``n`` decimals."""
    return NOTHING if value is None else f"{value:,.{n}f}"


def to_minute(moment: datetime | None) -> str:
    """Write a moment to the minute; nothing is a dash."""
    return NOTHING if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def simulated_line() -> Text:
    """Give the line that stands above and below everything simulated."""
    return Text(SIMULATED, style="bold magenta")


def ranges_of(items: Sequence[Any], shown: int) -> tuple[Sequence[Any], int]:
    """Split a list into what is shown and how many more there are."""
    return items[:shown], max(0, len(items) - shown)
