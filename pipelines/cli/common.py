"""What all commands share: options, where output goes, how errors are told."""

import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from dashboards.terminal.screen import PlainConsole
from pipelines.home import BEIJING, FIRST_DAY, Home, HomeError, default_root, now, open_home
from warehouse.classes import RESTRICTED, WORDS
from warehouse.lock import LockedError
from warehouse.state import StateError
from warehouse.store import StoreError, open_read_only

DONE, REJECTED, WRONG_USE, INTERNAL = 0, 1, 2, 3

# Typer carries its own copy of click from 0.2x on; the base of its errors is found without naming either.
_CLICK_ERRORS = tuple(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


class Klass(StrEnum):
    """Classes of published copies."""

    public = "public"
    internal = "internal"
    restricted = "restricted"


HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="家目录 | home folder (FENWEI_HOME, else ./fenwei-home)", show_default=False),
]
ClassOption = Annotated[
    Klass,
    typer.Option(
        "--class",
        help="读哪一级的副本：public 公开，internal 内部，restricted 限制（含企业与个人）"
        " | which copy to read: public, internal, or restricted (with firms and persons)",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="以此为“现在”| take this as now, e.g. 2026-01-31T08:30", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档 | print one JSON document")]

out = PlainConsole(highlight=False, soft_wrap=True)
err = PlainConsole(stderr=True, highlight=False, soft_wrap=True)


class UseError(ValueError):
    """The command was used in a way it cannot be."""


class NothingPublishedError(UseError):
    """There is no published database yet."""


def print_json(document: Any) -> None:
    """Print one JSON document on standard output."""
    told = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    # A file name that is not UTF-8 comes as lone surrogates, which no output can carry.
    sys.stdout.write(told.encode("utf-8", "replace").decode("utf-8") + "\n")


def read_published(
    home: Home, klass: str = RESTRICTED, settings: Mapping[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a published database for reading only: the one that holds everything, or that of a class.

    Parameters
    ----------
    home : Home
    klass : str
    settings : mapping, optional
        More settings of the connection.

    Raises
    ------
    NothingPublishedError
        Nothing has been published in this home, or nothing since there are classes.
    UseError
        Whoever runs this may not read that class.
    """
    path = home.build(klass)
    try:
        there = path.exists()
    except PermissionError:
        there = True
    if there and not os.access(path, os.R_OK):
        raise UseError(
            f"{path}: 没有读取“{WORDS[klass]}”级副本的权限；可用 --class internal 或 --class public"
            f" | no permission to read the {klass} copy: try --class internal or --class public"
        )
    if not there and home.published.exists():
        raise NothingPublishedError(
            f"{path}: 现有版本发布时尚未分级，请运行 fenwei run 重新发布"
            " | what is published was made before there were classes: run `fenwei run` to publish again"
        )
    if not there:
        raise NothingPublishedError(
            f"{path}: 尚未发布数据，请先运行 fenwei run 或 fenwei demo"
            " | nothing is published here yet: run `fenwei run` or `fenwei demo` first"
        )
    return open_read_only(path, settings)


def is_simulated(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a published database holds simulated data."""
    row = con.execute("SELECT value FROM ops.about WHERE key = 'simulated'").fetchone()
    return bool(row and row[0] == "true")


def the_home(home: Path | None) -> Home:
    """Open the home a command was given."""
    return open_home(home or default_root())


def the_moment(home: Home, as_of: str | None) -> datetime:
    """What a command takes as now."""
    return now(home, as_of)


def day_option(text: str, option: str, *, judged: bool = False) -> date:
    """Read a day given as an option; one that is judged lies within the standards.

    Raises
    ------
    UseError
        It is no day, or one before any standard set.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UseError(f"{option} {text!r}: 应为日期 expected a date such as 2026-01-31") from None
    if judged and day < FIRST_DAY:
        raise UseError(f"{option} {text}: 早于 is before {FIRST_DAY}，此前没有标准 before any standard set")
    return day


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Tell in one message that a file or folder cannot be written.

    Raises
    ------
    UseError
        It cannot.
    """
    try:
        yield
    except OSError as error:
        raise UseError(f"{place}: 无法写入 cannot be written: {error.strerror or error}") from None


def command_group(help_text: str) -> typer.Typer:
    """Make a group of commands that looks like the others."""
    return typer.Typer(
        help=help_text,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def report_error(error: BaseException) -> int:
    """Tell a failure in one message on standard error and give its exit code."""
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if isinstance(error, _CLICK_ERRORS):
        error.show(file=sys.stderr)  # type: ignore[attr-defined]
        return WRONG_USE
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        err.print("已中断，已完成的部分有效 | interrupted; what was done is kept", markup=False)
        return INTERNAL
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if isinstance(error, LockedError):
        err.print(str(error), markup=False)
        return INTERNAL
    if isinstance(error, (UseError, HomeError, FileNotFoundError, NotADirectoryError)) or _is_users(error):
        err.print(f"错误 error: {error}", markup=False)
        return WRONG_USE
    if type(error).__name__ == "NothingToEvaluateError":
        err.print(f"无可评价 nothing to evaluate: {error}", markup=False)
        return REJECTED
    if isinstance(error, (StoreError, StateError)):
        err.print(f"错误 error: {error}", markup=False)
        return INTERNAL
    err.print(f"内部错误 internal error: {type(error).__name__}: {error}", markup=False)
    path = _keep_traceback(error)
    if path:
        err.print(f"详情 details: {path}", markup=False)
    return INTERNAL


def _is_users(error: BaseException) -> bool:
    """Errors that say the user asked for something that does not exist; they come from the subjects' own modules."""
    return type(error).__name__ in {
        "PeriodError",
        "UnknownAreaError",
        "TableError",
        "UnknownTableError",
        "UnknownVersionError",
    }


def _keep_traceback(error: BaseException) -> Path | None:
    if os.environ.get("FENWEI_DEBUG"):
        traceback.print_exception(error)
        return None
    folder = default_root().absolute() / "logs"
    if not folder.parent.exists():
        return None
    try:
        folder.mkdir(exist_ok=True)
        stamp = datetime.now(BEIJING).strftime("%Y%m%dT%H%M%S")
        path = folder / f"error-{stamp}.txt"
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path
