"""The rows below a heading as typed columns, with what is wrong with single cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms import kinds, numbers
from sources.bureau_forms.forms import FormColumn
from sources.bureau_forms.texts import BLANKS, Column, Problem, text_column
from sources.cells import Cell
from sources.emission_list.findings import MAX_ALIKE, Finding, finding
from sources.emission_list.heads import Head
from sources.emission_list.keys import check_keys
from sources.emission_list.words import with_words

__all__ = ["AMOUNT", "TYPES", "Work", "table_of"]

AMOUNT = pa.decimal128(18, 6)
TYPES = {
    "text": pa.string(), "code": pa.string(), "id": pa.string(), "integer": pa.int32(), "day": pa.date32(),
    "quantity": AMOUNT, "number": AMOUNT, "percent": AMOUNT, "choice": pa.string(), "flag": pa.bool_(),
    "county": pa.string(),
}  # fmt: skip
_UNSEEN = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u061c]"
_BREAKS = r"[\t\r\n\x{2028}\x{2029}]+"
_FOOT = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|填表人|填报人|审核人|单位负责人|注[:：]|备注[:：]|说明[:：]|填报日期|报出日期)"
)
_SPREAD = ("text", "code", "id", "county")
"""Kinds whose merged cells stand for every row they cover; an amount stands for its first row only."""


@dataclass
class Work:
    """One table on its way to typed columns."""

    head: Head
    rows: np.ndarray
    columns: dict[str, pa.Array] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def cell(self, at: int, name: str) -> str:
        """Give the address of a cell."""
        place = self.head.columns.get(name)
        row = int(self.rows[at])
        return (
            self.head.page.address(row, place) if place is not None else f"A{self.head.page.row_number(row)}"
        )

    def report(self, name: str, problems: Iterable[Problem]) -> None:
        """Turn problems of a column into findings; beyond a number only the count."""
        column = self.head.form.columns[name]
        english = next((text for text in column.headings if text.isascii()), column.name)
        counts: dict[str, int] = {}
        for p in problems:
            counts[p.rule] = counts.get(p.rule, 0) + 1
            if counts[p.rule] <= MAX_ALIKE + 1:
                self.add(p.rule, self.cell(p.at, name), p.found, item=column.zh, item_en=english, **p.quoted)

    def add(self, rule: str, cell: str, found: object = "", **values: object) -> None:
        """Add one finding."""
        self.findings.append(finding(rule, sheet=self.head.page.name, cell=cell, found=found, **values))


def table_of(head: Head, city_code: str) -> tuple[pa.Table, list[Finding]]:
    """Convert the rows below a heading.

    Returns
    -------
    pa.Table
        Every declared column (absent ones NULL), ``sheet`` and ``sheet_row``; quantities in kg/d.
    list of Finding
    """
    work = Work(head, _data_rows(head))
    n = len(work.rows)
    for name, column in head.form.columns.items():
        if name not in head.columns:
            work.columns[name] = pa.nulls(n, TYPES[column.kind])
            continue
        cells = _cells(head, head.columns[name], column, work.rows)
        texts = _own_text(work, name, cells) if column.kind == "text" else text_column(cells, words=False)
        _formulas(work, name)
        found = _converted(work, column, texts)
        work.columns[name] = found.values
        work.report(name, found.problems)
        if column.required == "yes":
            empty = np.flatnonzero(pc.is_null(texts).to_numpy(zero_copy_only=False))
            work.report(name, [Problem(int(at), "cell_required", "") for at in empty[: MAX_ALIKE + 1]])
    with_words(work, city_code)
    check_keys(work)
    work.columns["sheet"] = pa.array([head.page.name] * n, pa.string())
    numbers_of = [head.page.row_number(int(row)) for row in work.rows]
    work.columns["sheet_row"] = pa.array(numbers_of, pa.int32())
    return pa.table(work.columns), work.findings


def _data_rows(head: Head) -> np.ndarray:
    """Choose the rows below the heading that hold data: not blank, no totals, signatures or headings again."""
    page, start = head.page, head.bottom + 1
    places = sorted(head.columns.values())
    filled = np.zeros(max(0, page.height - start), dtype=np.int32)
    feet = np.zeros(len(filled), dtype=bool)
    for place in places:
        column = page.columns[place][start:]
        filled += np.fromiter((not _blank(cell) for cell in column), bool, len(filled))
        foot = (isinstance(c, str) and c != "" and _FOOT.match(c) is not None for c in column)
        if place == places[0] or head.form.columns[_name_at(head, place)].required == "yes":
            feet |= np.fromiter(foot, bool, len(filled))
    again = np.zeros(len(filled), dtype=bool)
    first = places[0]
    title = page.cell(head.bottom, first)
    if isinstance(title, str) and title:
        again = np.fromiter((cell == title for cell in page.columns[first][start:]), bool, len(filled))
    return np.flatnonzero((filled > 0) & ~feet & ~again) + start


def _name_at(head: Head, place: int) -> str:
    return next(name for name, at in head.columns.items() if at == place)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and (cell == "" or cell.strip() in BLANKS))


def _cells(head: Head, place: int, column: FormColumn, rows: np.ndarray) -> Sequence[Cell]:
    cells = head.page.columns[place]
    merged = [m for m in head.page.merged if m[1] <= place <= m[3] and m[2] > head.bottom and m[2] > m[0]]
    if merged and column.kind in _SPREAD:
        cells = list(cells)
        for top, left, bottom, _ in merged:
            if left == place and top > head.bottom:
                cells[top : bottom + 1] = [cells[top]] * (bottom + 1 - top)
    return [cells[int(row)] for row in rows]


def _own_text(work: Work, name: str, cells: Sequence[Cell]) -> pa.Array:
    """Give texts as written, without what cannot be seen; what is removed is told."""
    plain = [c if type(c) is str else None if c is None else _shown(c) for c in cells]
    try:
        texts = pa.array(plain, pa.string())
    except UnicodeEncodeError:
        texts = pa.array([t and t.encode("utf-8", "replace").decode() for t in plain], pa.string())
    odd = pc.fill_null(pc.match_substring_regex(texts, _re2(_UNSEEN)), False)
    broken = pc.fill_null(pc.match_substring_regex(texts, _BREAKS), False)
    if pc.any(odd).as_py():
        texts = pc.replace_substring_regex(texts, _re2(_UNSEEN), "")
        places = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
        work.report(name, [Problem(int(at), "text_cleaned", "") for at in places[: MAX_ALIKE + 1]])
    if pc.any(broken).as_py():
        texts = pc.replace_substring_regex(texts, _BREAKS, " ")
    texts = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.is_in(texts, value_set=pa.array(BLANKS, pa.string())), None, texts)


def _re2(pattern: str) -> str:
    return re.sub(r"[^\[\]-]", lambda m: f"\\x{{{ord(m[0]):04x}}}", pattern)


def _shown(cell: Any) -> str:
    return text_column([cell], words=False)[0].as_py() or ""


def _formulas(work: Work, name: str) -> None:
    place, page = work.head.columns[name], work.head.page
    wanted = set(work.rows.tolist())
    for (row, at), stored in sorted(page.formulas.items()):
        if at == place and row in wanted and not stored:
            work.add("cell_formula", page.address(row, at))
    for (row, at), error in sorted(page.errors.items()):
        if at == place and row in wanted:
            work.add("cell_error", page.address(row, at), error)


def _converted(work: Work, column: FormColumn, texts: pa.Array) -> Column:
    if column.kind == "quantity":
        return _bounded(numbers.decimals(texts, work.head.powers.get(column.name, 0), AMOUNT), column, texts)
    if column.kind == "percent":
        return _percent(work, column, texts)
    if column.kind == "number":
        return _bounded(numbers.decimals(texts, 0, AMOUNT), column, texts)
    if column.kind == "integer":
        return _bounded(numbers.integers(texts), column, texts)
    simple = {"code": kinds.codes, "day": kinds.days, "flag": kinds.flags}
    if column.kind in simple:
        return simple[column.kind](texts)
    if column.kind == "choice":
        return kinds.choices(texts, column)
    return Column(texts)


def _bounded(found: Column, column: FormColumn, texts: pa.Array) -> Column:
    bounds = (column.minimum, column.maximum)
    shown = [f"{bound.normalize():f} {column.unit}".strip() if bound is not None else "" for bound in bounds]
    return Column(found.values, found.problems + numbers.limits(found.values, texts, bounds, shown))


def _percent(work: Work, column: FormColumn, texts: pa.Array) -> Column:
    """Read per cent; a column of cells formatted as per cent holds shares up to 1."""
    found = numbers.decimals(texts, 0, AMOUNT, percent=True)
    signed = pc.any(pc.fill_null(pc.match_substring(texts, "%"), False)).as_py()
    largest = pc.max(found.values).as_py()
    if not signed and largest is not None and 0 < largest <= 1:
        work.add("pct_as_share", "", item=column.zh, item_en=column.headings[-1])
        found = numbers.decimals(texts, 2, AMOUNT, percent=True)
    return _bounded(found, column, texts)
