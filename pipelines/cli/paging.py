"""Long tables on a terminal, through the user's pager."""

import os
import shlex
import shutil
import subprocess
import sys

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from dashboards.terminal.screen import show


def page(console: Console, *documents: RenderableType) -> None:
    """Print documents, through a pager where they do not fit on the screen that somebody sits at.

    The pager is that of ``PAGER``, else ``less``; with ``PAGER=cat`` everything is printed at once.
    """
    command = pager() if console.is_terminal and sys.stdin.isatty() else []
    if not command:
        show(console, *documents)
        return
    with console.capture() as captured:
        show(console, *documents)
    text = captured.get()
    if fits(text, console.width, console.height) or not _through(command, text):
        console.file.write(text)
        console.file.flush()


def pager() -> list[str]:
    """Give the command of the pager; empty where there is none."""
    given = os.environ.get("PAGER", "").strip()
    command = shlex.split(given) if given else ["less"]
    if not shutil.which(command[0]):
        return []
    return [*command, "-FRSX"] if command == ["less"] else command


def fits(text: str, width: int, height: int) -> bool:
    """Tell whether a text is shown whole on a screen of so many columns and rows."""
    lines = Text.from_ansi(text).plain.split("\n")
    return len(lines) < height and all(cell_len(line) <= width for line in lines)


def _through(command: list[str], text: str) -> bool:
    """Hand a text to the pager and wait for it; false where it cannot be started."""
    environment = os.environ | {"LESSCHARSET": "utf-8"}
    try:
        # The command is the user's own.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    except OSError:
        return False
    try:
        process.communicate(text.encode("utf-8", "replace"))
    except KeyboardInterrupt:
        process.wait()
    except BrokenPipeError:
        process.wait()
    return True
