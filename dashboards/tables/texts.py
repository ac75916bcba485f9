"""Rows as CSV and as JSON."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from dashboards.tables.model import Rows, plain, staged, text

_QUOTED = re.compile('[",\\r\\n]')


def print_csv(rows: Rows, handle: IO[str]) -> int:
    """Write CSV to an open text stream and return the number of rows.

    CSV is data: values are written as they are, also those that a spreadsheet would take for a formula.
    """
    handle.write(_line(rows.headings))
    n = 0
    for batch in rows.batches():
        handle.writelines(_line([text(value) for value in row]) for row in batch)
        n += len(batch)
    return n


def _line(cells: Sequence[str]) -> str:
    """Write one line; the csv module of Python before 3.13 leaves a lone carriage return unquoted."""
    if len(cells) == 1 and not cells[0]:
        return '""\n'
    return ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(c) else c for c in cells) + "\n"


def write_csv(rows: Rows, path: Path) -> int:
    """Write a CSV file in UTF-8 with the mark that Excel needs to see it, and return the number of rows."""
    with staged(path) as part, part.open("w", encoding="utf-8-sig", newline="") as handle:
        return print_csv(rows, handle)


def print_json(rows: Rows, handle: IO[str]) -> int:
    """Write one JSON document to an open text stream, row by row, and return the number of rows.

    ``{…what the rows are about…, "columns": [{"name", "type"}], "rows": [[…], …]}``.
    """
    columns = [{"name": n, "type": t} for n, t in zip(rows.headings, rows.types, strict=True)]
    head = json.dumps(plain(rows.about) | {"columns": columns}, ensure_ascii=False, indent=1)
    handle.write(head.removesuffix("\n}") + ',\n "rows": [')
    n = 0
    for batch in rows.batches():
        for row in batch:
            line = json.dumps([plain(value) for value in row], ensure_ascii=False, allow_nan=False)
            handle.write((",\n  " if n else "\n  ") + line)
            n += 1
    handle.write("\n ]\n}\n" if n else "]\n}\n")
    return n


def write_json(rows: Rows, path: Path) -> int:
    """Write a JSON file and return the number of rows."""
    with staged(path) as part, part.open("w", encoding="utf-8") as handle:
        return print_json(rows, handle)
