"""Read the fact tables beside this file and refuse anything that breaks their promises."""

import csv
import functools
import hashlib
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from warehouse.standards import checks, coal_references, references
from warehouse.standards.errors import StandardsError
from warehouse.standards.spec import TABLES, Column, Table

FOLDER = Path(__file__).parent
_DTYPES = {
    "text": "str",
    "int": "Int64",
    "number": "float64",
    "decimal": "float64",
    "bool": "bool",
    "date": "datetime64[s]",
}


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise ValueError
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError
    return float(text)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


_PARSERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (str, "文字 | text"),
    "int": (_integer, "整数 | a whole number"),
    "number": (_number, "十进制数 | a decimal number"),
    "decimal": (_number, "十进制数 | a decimal number"),
    "bool": (_boolean, "true 或 false | true or false"),
    "date": (date.fromisoformat, "日期 YYYY-MM-DD | a date YYYY-MM-DD"),
}


def _cell(table: Table, column: Column, text: str, line: int) -> Any:
    """Turn one cell into a value; an empty cell is None."""
    parse, kind = _PARSERS[column.kind]
    where = f"{column.name} = “{text}”"
    if text != text.strip():
        raise StandardsError(
            table.file, line, where, "无首尾空格 | no blanks at either end", "删去空格 | remove them"
        )
    if not text:
        if column.optional:
            return None
        raise StandardsError(table.file, line, f"{column.name} 为空 | empty", kind, "补上 | fill it in")
    try:
        value = parse(text)
    except (ValueError, KeyError):
        raise StandardsError(table.file, line, where, kind, "改正该格 | correct the cell") from None
    if column.choices and text not in column.choices:
        raise StandardsError(
            table.file, line, where, ", ".join(column.choices), "改用其中之一 | use one of them"
        )
    return value


def _rows(table: Table, data: bytes) -> list[dict[str, Any]]:
    """Parse one file into rows, each with its line number under ``line``."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise StandardsError(
            table.file, line, f"字节 {data[error.start]:#04x}", "UTF-8", "另存为 UTF-8 | save as UTF-8"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [column.name for column in table.columns]
    rows = []
    line = 1
    try:
        heading = next(reader, [])
        if heading != names:
            raise StandardsError(
                table.file,
                1,
                ",".join(heading),
                ",".join(names),
                "列名与次序照此改 | use these columns in this order",
            )
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(names):
                raise StandardsError(
                    table.file,
                    line,
                    f"{len(cells)} 列",
                    f"{len(names)} 列",
                    "核对逗号与引号 | check commas and quotes",
                )
            pairs = zip(table.columns, cells, strict=True)
            rows.append({c.name: _cell(table, c, text, line) for c, text in pairs} | {"line": line})
            line = reader.line_num + 1
    except csv.Error as error:
        raise StandardsError(table.file, line, str(error), "CSV", "核对引号 | check the quotes") from None
    if not rows:
        raise StandardsError(
            table.file, 1, "无数据行 | no rows", "至少一行 | at least one", "补上 | add them"
        )
    return rows


def _frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            c.name: pd.Series([row[c.name] for row in rows], dtype="object").astype(_DTYPES[c.kind])  # type: ignore[call-overload]
            for c in table.columns
        }
    )


def read_table(name: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """Read and check one fact table on its own.

    Parameters
    ----------
    name : str
        Table name, for example ``"limit"``.
    folder : Path, optional
        Where the CSV lies; the package's own folder when left out.

    Returns
    -------
    list of dict
        One a row, values by column name and the line number under ``line``.

    Raises
    ------
    StandardsError
        The file breaks a promise of its table.
    """
    table = TABLES[name]
    path = (folder or FOLDER) / table.file
    if not path.is_file():
        raise StandardsError(
            table.file, 1, "无此文件 | no such file", str(path.name), "放回该文件 | put it back"
        )
    rows = _rows(table, path.read_bytes())
    checks.check_table(table, rows)
    return rows


def read_all(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Read every fact table, check each and all together, and return them as frames by name.

    Raises
    ------
    StandardsError
        A file breaks a promise of its table, or two tables contradict each other.
    """
    rows = {name: read_table(name, folder) for name in TABLES}
    checks.check_together(rows)
    references.check_references(rows)
    coal_references.check_coal(rows)
    return {name: _frame(TABLES[name], part) for name, part in rows.items()}


@functools.cache
def _all() -> dict[str, pd.DataFrame]:
    return read_all()


def load(name: str) -> pd.DataFrame:
    """Return one validated fact table, or the computed table ``"iaqi"``.

    Dates are ``datetime64[s]`` (an open end is NaT), texts ``str``, whole numbers ``Int64``.

    Raises
    ------
    StandardsError
        A fact table is wrong; the message names file and line.
    KeyError
        No table has that name.
    """
    if name == "iaqi":
        from warehouse.standards.iaqi import iaqi_frame

        return iaqi_frame()
    frame = _all()[name].copy()
    if name == "target":
        frame["sha256"] = frame["sha256"].fillna("")
    return frame


def load_all() -> dict[str, pd.DataFrame]:
    """Return every reference table by name, including the computed ``"iaqi"``.

    Raises
    ------
    StandardsError
        A fact table is wrong; the message names file and line.
    """
    return {name: load(name) for name in (*TABLES, "iaqi")}


def fingerprint(folder: Path | None = None) -> str:
    """Return the SHA-256 over the contents of all fact tables, in name order."""
    digest = hashlib.sha256()
    for name in sorted(TABLES):
        data = ((folder or FOLDER) / TABLES[name].file).read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
