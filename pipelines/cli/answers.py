"""How the rows of a query leave: on the terminal, on standard output, in a file."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from dashboards.tables.model import Rows, TooManyRowsError
from dashboards.tables.texts import print_csv, write_csv, write_json
from dashboards.tables.texts import print_json as print_rows_json
from dashboards.tables.workbook import write_workbook
from dashboards.terminal.rows import render_rows
from dashboards.terminal.screen import SIMULATED, console_for
from pipelines.cli.common import UseError, err
from pipelines.cli.paging import page
from pipelines.export import suffix_of
from pipelines.home import Home
from pipelines.query import QueryError, about_published, run_query
from pipelines.query_limits import Budget

SHOWN = 200
"""Rows of a query shown on a terminal unless more are asked for."""


class Format(StrEnum):
    """How rows are printed."""

    pretty = "pretty"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


_WRITERS = {Format.csv: write_csv, Format.json: write_json, Format.xlsx: write_workbook}


def say_simulated(about: dict[str, Any]) -> None:
    """Tell on standard error that data are simulated, where the format has no place for it."""
    if about.get("simulated"):
        err.print(SIMULATED, markup=False)


def target(path: Path) -> Path:
    """Return a path that a file can be written to.

    Raises
    ------
    UseError
        Its folder does not exist or cannot be written, or the path is a folder itself.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise UseError(f"{path}: 应为已有文件夹中的文件名 expected a file name in a folder that exists")
    if not os.access(path.parent, os.W_OK):
        raise UseError(f"{path.parent}: 没有写入权限 no permission to write here")
    return path


def workbook_target(path: Path, option: str) -> Path:
    """Return a path that a workbook can be written to.

    Raises
    ------
    UseError
        It does not end in .xlsx, or its folder does not exist or cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UseError(f"{option} {path}: 应以 .xlsx 结尾 expected a name ending in .xlsx")
    return target(path)


def format_of(form: Format | None, to: Path | None, as_json: bool) -> Format:
    """Return the format: as asked for, else by the file's suffix, else for reading."""
    if as_json and form not in (None, Format.json):
        raise UseError(f"--json 与 --format {form} 矛盾 contradict each other")
    if as_json:
        return Format.json
    if to is None:
        if form is Format.xlsx:
            raise UseError("xlsx 需要 --to 文件 | xlsx needs --to FILE")
        return form or Format.pretty
    if form is None:
        return Format(suffix_of(to, tuple(f.value for f in _WRITERS)))
    if form is Format.pretty:
        raise UseError("--to 需要 csv、json 或 xlsx | --to needs csv, json or xlsx")
    return form


def answer(
    home: Home,
    con: duckdb.DuckDBPyConnection,
    text: str,
    form: Format,
    to: Path | None,
    limit: int | None,
    seconds: float = 0,
) -> None:
    """Run a query and print or write its rows; standard output holds the rows and nothing else.

    Raises
    ------
    UseError
        The query cannot be run, or the format cannot hold its rows.
    """
    try:
        about = about_published(home, con) | {"query": text.strip()}
        rows = run_query(con, text, about, Budget(seconds))
        if limit and form is not Format.pretty:
            rows = _first(rows, limit)
        if to is not None:
            n = _WRITERS[form](rows, target(to))
            err.print(f"{to}：{n:,} 行 rows", markup=False)
            say_simulated(about)
        elif form is Format.pretty:
            pretty(rows, limit or SHOWN)
        elif form is Format.csv:
            print_csv(rows, sys.stdout)
            say_simulated(about)
        else:
            print_rows_json(rows, sys.stdout)
    except (QueryError, TooManyRowsError) as error:
        raise UseError(str(error)) from None


def _first(rows: Rows, limit: int) -> Rows:
    """Cut a result after so many rows."""
    left = [limit]

    class Cut:
        def fetchmany(self, size: int = 1) -> list[Any]:
            batch = rows.cursor.fetchmany(min(size, left[0])) if left[0] else []
            left[0] -= len(batch)
            return batch

    return Rows(rows.headings, rows.types, Cut(), rows.about)


def pretty(rows: Rows, limit: int) -> None:
    """Print the first rows as a table."""
    found = rows.cursor.fetchmany(limit + 1)
    more = len(found) > limit
    page(console_for(), *render_rows(rows.headings, rows.types, found[:limit], more=more, about=rows.about))
