"""Reading what a page was made of: its data files and their tables."""

import json
import re
from pathlib import Path
from typing import Any

_CALL = re.compile(r"fenweiData\((\".*?\"),(.*)\);\n", re.DOTALL)


def data_of(folder: Path) -> dict[str, Any]:
    found = {}
    for file in sorted((folder / "data").rglob("*.js")):
        match = _CALL.fullmatch(file.read_text(encoding="utf-8"))
        assert match, file
        key = json.loads(match[1])
        assert file.relative_to(folder / "data").as_posix() == f"{key}.js"
        found[key] = json.loads(match[2])
    return found


def of_map(data: dict[str, Any], column: str) -> list[Any]:
    """A column of the table of the map."""
    chart = data["now"]["charts"][0]
    at = [c["name"] for c in chart["columns"]].index(column)
    return [row[at] for row in chart["shown"][0]["rows"]]
