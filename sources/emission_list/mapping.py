"""Other bureaus' headings: a small CSV that says which of their headings is which column of ours."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from sources.bureau_forms.words import heading_keys
from sources.emission_list.forms import FORMS, list_forms, word_key
from sources.tables import TableError, decode

__all__ = ["Mapping", "MappingError", "read_mapping"]

_HEADS = {
    "form": ("form", "表", "表单"),
    "heading": ("heading", "对方表头", "表头"),
    "column": ("column", "本系统列", "列"),
}
IGNORE = ("-", "忽略", "ignore")


class MappingError(ValueError):
    """A mapping file that cannot be used; the message names the line and what to do."""


@dataclass(frozen=True)
class Mapping:
    """Columns by form and key of a heading; None where a heading is to be passed over."""

    columns: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def of(self, form: str) -> dict[str, str | None]:
        """Give the headings of one form."""
        return {key: column for (name, key), column in self.columns.items() if name == form}


def read_mapping(source: Path | bytes) -> Mapping:
    """Read a mapping: columns form (empty: enterprise), heading, column (a column, its heading, or - to pass over).

    Raises
    ------
    MappingError
        A form or column is unknown, or one heading is mapped twice.
    """
    try:
        text = decode(source if isinstance(source, bytes) else source.read_bytes())
    except TableError as error:
        raise MappingError(f"{error.zh} | {error.en}") from error
    rows = list(csv.reader(io.StringIO(text)))
    if not rows:
        raise MappingError("空文件 empty file；应有列 expected columns: form,heading,column")
    places = _places(rows[0])
    known = {name: _names(name) for name in FORMS}
    titles = {word_key(way): f.name for f in list_forms() for way in (f.name, f.zh, f.en)}
    found: dict[tuple[str, str], str | None] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        form = titles.get(word_key(cells.get("form") or "enterprise"))
        if form is None:
            raise MappingError(
                f"第 {line} 行 line {line}: 表 form {cells['form']!r}；可用 known: {', '.join(FORMS)}"
            )
        column = None if cells["column"] in IGNORE else known[form].get(word_key(cells["column"]))
        if column is None and cells["column"] not in IGNORE:
            raise MappingError(
                f"第 {line} 行 line {line}: 未知的列 unknown column {cells['column'][:80]!r}；"
                f"可用 known: {', '.join(sorted(set(known[form].values())))}"
            )
        keys = heading_keys(cells["heading"])[:1]
        if not keys:
            raise MappingError(f"第 {line} 行 line {line}: 缺少对方表头 the heading is missing")
        if found.setdefault((form, keys[0]), column) != column:
            raise MappingError(
                f"第 {line} 行 line {line}: 表头重复 heading mapped twice: {cells['heading'][:80]!r}"
            )
    return Mapping(found)


def _places(head: list[str]) -> dict[str, int]:
    shown = [word_key(cell) for cell in head]
    places = {}
    for name, ways in _HEADS.items():
        at = next((shown.index(word_key(way)) for way in ways if word_key(way) in shown), None)
        if at is not None:
            places[name] = at
        elif name != "form":
            raise MappingError(f"缺少列 missing column {'/'.join(ways)}；应有 expected: form,heading,column")
    return places


def _names(form: str) -> dict[str, str]:
    own = next(f for f in list_forms() if f.name == form)
    return {word_key(way): c.name for c in own.columns.values() for way in (c.name, *c.headings)}
