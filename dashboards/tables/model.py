"""What a file of rows is made from, and how its values are written."""

import json
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

BATCH = 10_000
"""Rows held in memory at a time."""


class Cursor(Protocol):
    """What is read from: a DB-API cursor with an executed query."""

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """Next rows, empty at the end."""


class Held:
    """A cursor on rows at hand, read once."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._left = rows

    def fetchmany(self, size: int = 1, /) -> list[Any]:
        """Next rows, empty at the end."""
        batch, self._left = self._left[:size], self._left[size:]
        return list(batch)


@dataclass(frozen=True)
class Rows:
    """A result that is written to a file once.

    Attributes
    ----------
    headings : sequence of str
    types : sequence of str
        Type of each column as the database names it.
    cursor : Cursor
    about : dict
        What a reader must know: query or table, data until, simulated.
    """

    headings: Sequence[str]
    types: Sequence[str]
    cursor: Cursor
    about: dict[str, Any] = field(default_factory=dict)

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Give the rows in batches."""
        while batch := self.cursor.fetchmany(BATCH):
            yield batch


class TooManyRowsError(ValueError):
    """A format cannot hold that many rows."""


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give a temporary name beside a file; the file appears whole when the block ends well, else not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def plain(value: Any) -> Any:
    """Turn a database value into one JSON knows; a number that JSON has no word for is null.

    Decimals of more than 15 digits become text, so that no digit is lost.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value) if len(value.as_tuple().digits) <= 15 else str(value)
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return text(value)


def text(value: Any) -> str:
    """Turn a database value into text; nothing is the empty text, lists and structures are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)
