"""The interactive prompt of ``fenwei sql``: statements end with a semicolon, commands begin with a full stop."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.query import QueryError

HELP = """以 ; 结束一条查询；可用：
  .tables            全部表 | all tables
  .describe 表名     列、单位与说明 | columns, units and meaning of a table
  .recipes           现成的查询及其参数 | queries ready made, and their parameters
  .recipe 名称       运行一个（参数先 SET VARIABLE year = 2025;）| run one, parameters set before
  .help              本说明 | this help
  .quit              离开（或 Ctrl-D）| leave (or Ctrl-D)
A query ends with a semicolon and may take several lines; Ctrl-C drops what was typed."""

FIRST, NEXT = "fenwei> ", "   ...> "


def run_prompt(
    run: Callable[[str], None],
    describe: Callable[[str], None],
    say: Callable[[str], None],
    read: Callable[[str], str] = input,
    cook: Callable[[str], None] = lambda name: None,
) -> None:
    """Read statements and run them until the user leaves.

    Parameters
    ----------
    run : callable
        Takes one statement; raises `QueryError` where it cannot be run.
    describe : callable
        Takes a table's name, or the empty text for the list of tables; raises `QueryError` for an unknown one.
    say : callable
        Prints a line.
    read : callable
        Gives a typed line; raises EOFError at the end.
    cook : callable
        Takes a recipe's name and runs it, or the empty text for the list of recipes; raises `QueryError` for an unknown one.
    """
    say(".help 说明 help，.quit 离开 leave")
    typed: list[str] = []
    while True:
        try:
            line = read(NEXT if typed else FIRST)
        except EOFError:
            return
        except KeyboardInterrupt:
            typed = []
            say("")
            continue
        if not typed and line.strip() in (".quit", ".exit"):
            return
        try:
            typed = _take(line, typed, run, describe, say, cook)
        except QueryError as error:
            typed = []
            say(str(error))
        except KeyboardInterrupt:
            typed = []
            say("已中断 interrupted")


def _take(
    line: str,
    typed: list[str],
    run: Callable[[str], None],
    describe: Callable[[str], None],
    say: Callable[[str], None],
    cook: Callable[[str], None],
) -> list[str]:
    """Do what a line asks for and return what is still being typed."""
    words = line.strip().split(maxsplit=1)
    if not typed and words and words[0].startswith("."):
        if words[0] == ".tables":
            describe("")
        elif words[0] == ".describe" and len(words) == 2:
            describe(words[1].strip(" ;"))
        elif words[0] == ".recipes":
            cook("")
        elif words[0] == ".recipe" and len(words) == 2:
            cook(words[1].strip(" ;"))
        else:
            say(HELP)
        return []
    if not typed and not words:
        return []
    typed = [*typed, line]
    if not line.rstrip().endswith((";", "；")):
        return typed
    run("\n".join(typed).rstrip().rstrip("；"))
    return []


@contextlib.contextmanager
def history(path: Path) -> Iterator[None]:
    """Keep typed lines in a file between sessions, where readline and the folder allow it."""
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(1000)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            readline.write_history_file(path)
            path.chmod(0o600)
