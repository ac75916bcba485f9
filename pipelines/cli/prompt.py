"""The interactive prompt of ``fenwei sql``: statements end with a semicolon, commands begin with a full stop."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from pipelines.query import QueryError

HELP = """以 ; 结束一条查询；可用：
  .tables            全部表 | all tables
  .describe 表名     列、单位与说明 | columns, units and meaning of a table
  .recipes           现成的查询及其参数 | queries ready made, and their parameters
  .recipe 名称 [参数=值 …]   运行一个 | run one, e.g. .recipe coal_gap year=2026
  .class [级别]      现读哪一级副本；换一级 | which copy is read; read another: public, internal, restricted
  .help              本说明 | this help
  .quit              离开（或 Ctrl-D）| leave (or Ctrl-D)
A query ends with a semicolon and may take several lines; Ctrl-C drops what was typed, or stops a query."""

FIRST, NEXT = "fenwei> ", "   ...> "
COMMANDS = (".tables", ".describe", ".recipes", ".recipe", ".class", ".help", ".quit")
HISTORY_LINES = 1000

# Texts in quotes and comments may hold a semicolon; what is still open takes the rest.
_ASIDE = re.compile(
    r"'(?:[^']|'')*(?:'|$)|\"(?:[^\"]|\"\")*(?:\"|$)|(\$\w*\$).*?(?:\1|$)|--[^\n]*|/\*.*?(?:\*/|$)", re.DOTALL
)
_OPEN = re.compile(r"'(?:[^']|'')*|\"(?:[^\"]|\"\")*|(\$\w*\$)(?:(?!\1).)*|/\*(?:(?!\*/).)*", re.DOTALL)


class Partner(Protocol):
    """What the prompt talks to; each method raises `QueryError` for what cannot be done."""

    def run(self, text: str) -> None:
        """Run a statement and show its rows."""

    def describe(self, name: str) -> None:
        """Show a table, or the list of tables for the empty text."""

    def recipe(self, name: str, values: list[str]) -> None:
        """Run a recipe with ``name=value`` parameters, or list the recipes for the empty text."""

    def read_class(self, klass: str) -> None:
        """Read the copy of another class, or tell the one that is read for the empty text."""

    def say(self, line: str) -> None:
        """Print a line."""


def run_prompt(partner: Partner, read: Callable[[str], str] = input) -> None:
    """Read statements and run them until the user leaves.

    Parameters
    ----------
    partner : Partner
    read : callable
        Gives a typed line; raises EOFError at the end.
    """
    partner.say(".help 说明 help，.quit 离开 leave")
    typed: list[str] = []
    while True:
        try:
            line = read(NEXT if typed else FIRST)
        except EOFError:
            return
        except KeyboardInterrupt:
            typed = []
            partner.say("")
            continue
        if not typed and line.strip().rstrip(";； ") in (".quit", ".exit"):
            return
        try:
            typed = _take(line, typed, partner)
        except QueryError as error:
            typed = []
            partner.say(str(error))
        except KeyboardInterrupt:
            typed = []
            partner.say("已中断 interrupted")


def _take(line: str, typed: list[str], partner: Partner) -> list[str]:
    """Do what a line asks for and return what is still being typed."""
    if not typed and line.strip().startswith("."):
        if not obey(line, partner):
            partner.say(HELP)
        return []
    if not typed and not line.strip():
        return []
    typed = [*typed, line]
    text = "\n".join(typed)
    if not ended(text):
        return typed
    if meant(text):
        partner.run(_without_wide_end(text))
    return []


def obey(line: str, partner: Partner) -> bool:
    """Do what a command that begins with a full stop asks for; false where there is no such command."""
    command, *words = line.strip().rstrip(";；").split()
    match command, words:
        case ".tables", []:
            partner.describe("")
        case ".describe" | ".schema", [_, *_]:
            partner.describe(" ".join(words))
        case ".recipes", []:
            partner.recipe("", [])
        case ".recipe", [name, *values]:
            partner.recipe(name, values)
        case ".class", [] | [_]:
            partner.read_class(*words or [""])
        case _:
            return False
    return True


def meant(text: str) -> str:
    """Give what is left of statements without comments, texts in quotes and semicolons."""
    return _bare(text).strip(" \t\r\n;；")


def ended(text: str) -> bool:
    """Tell whether statements are complete: a semicolon at the end, outside quotes and comments."""
    for aside in _ASIDE.finditer(text):
        if not aside[0].startswith("--") and aside.end() == len(text) and _OPEN.fullmatch(aside[0]):
            return False
    return _bare(text).rstrip().endswith((";", "；"))


def _bare(text: str) -> str:
    """Give statements without comments, each text in quotes as one letter."""
    return _ASIDE.sub(lambda m: "" if m[0].startswith(("--", "/*")) else "x", text)


def _without_wide_end(text: str) -> str:
    """Take a full-width semicolon at the end for what it was meant to be."""
    return text.rstrip().rstrip("；") if text.rstrip().endswith("；") else text


@contextlib.contextmanager
def history(path: Path, words: Iterable[str] = ()) -> Iterator[None]:
    """Keep typed lines in a file between sessions, where readline and the folder allow it.

    Parameters
    ----------
    path : Path
    words : iterable of str
        What the tabulator key completes: commands, tables, columns, recipes.
    """
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(HISTORY_LINES)
    _complete(readline, sorted({*COMMANDS, *words}))
    try:
        yield
    finally:
        readline.set_completer(None)
        with contextlib.suppress(OSError):
            # Made before it is filled, so that nobody else can read it even for a moment.
            path.touch(mode=0o600)
            path.chmod(0o600)
            readline.write_history_file(path)
            path.chmod(0o600)


def _complete(readline: Any, words: list[str]) -> None:
    def complete(text: str, state: int) -> str | None:
        found = [word for word in words if word.casefold().startswith(text.casefold())] if text else []
        return found[state] if state < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n,()=<>+-*/;'\"")
    readline.parse_and_bind("tab: complete")
