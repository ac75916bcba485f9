"""Where the tables of a page are: headings found by name, in any order and on any row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sources import cells
from sources.bureau_forms.forms import Form
from sources.bureau_forms.headings import Stack, candidates, has_numbers, may_be_heading, stacks_of
from sources.bureau_forms.pages import Page
from sources.bureau_forms.preamble import Note, labels_of, notes_of
from sources.bureau_forms.words import (
    Unit,
    half_width,
    heading_keys,
    span_of,
    stated_units,
    unit_of,
)

__all__ = ["Block", "Near", "blocks_of"]

MAX_HEADING_ROWS = 3
MAX_IN_VAIN = 60
"""Rows of a page that are looked at as headings without being ones."""

INHERITED = {"credit_code", "stat_year", "firm_name"}
INHERITING = ("firm_equipment", "firm_usage")
IGNORED = {"序号", "no", "标记", "mark", "行号", "示例", "甲", "乙", "丙"}


@dataclass
class Block:
    """One table: its form, where its columns stand, and what is written above it."""

    page: Page
    form: Form
    top: int
    bottom: int
    columns: dict[str, int]
    units: dict[str, tuple[Unit, ...]]
    unknown: list[tuple[int, str]]
    doubled: list[tuple[int, str, str]]
    notes: dict[str, Note] = field(default_factory=dict)
    table_units: tuple[Unit, ...] = ()
    start: int = 0
    end: int = 0
    rivals: tuple[Form, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Required columns found neither in the heading nor above it."""
        return [name for name in self.form.columns if name in self.form.required and not self.has(name)]

    def has(self, name: str) -> bool:
        """Tell whether a column stands in the heading or above it."""
        return name in self.columns or name in self.notes


@dataclass
class Near:
    """A row that looks like the heading of a form but lacks required columns."""

    row: int
    form: Form
    missing: list[str]


def blocks_of(page: Page, forms: Sequence[Form], context: str) -> tuple[list[Block], list[Near]]:
    """Find every table of a page, top to bottom; `context` is text that may name the form."""
    found: list[Block] = []
    near: list[Near] = []
    free = in_vain = 0
    for row in candidates(page, forms):
        # Rows of data may hold words that are headings elsewhere; a heading inside a table holds no number.
        if row < free or in_vain >= MAX_IN_VAIN or (found and has_numbers(page, row)):
            continue
        block = _best(page, forms, row, free, context)
        if block is None:
            continue
        if not _accepted(block, inside=bool(found)):
            in_vain += 1
            if _strong(page, row, block):
                near.append(Near(row, block.form, block.missing))
                if found:
                    found[-1].end = min(found[-1].end, block.start)
            continue
        if found:
            found[-1].end = min(found[-1].end, block.start)
        block.end = page.height
        near = [one for one in near if not block.start <= one.row <= block.bottom]
        found.append(block)
        in_vain = 0
        free = block.bottom + 1
    return found, near


def _accepted(block: Block, inside: bool) -> bool:
    missing = set(block.missing)
    if block.form.name in INHERITING:
        missing -= INHERITED
    if missing or (len(block.columns) < 2):
        return False
    return not inside or (len(block.columns) >= 3 and not has_numbers(block.page, block.bottom))


def _strong(page: Page, row: int, block: Block) -> bool:
    filled = sum(1 for column in range(len(page.columns)) if not cells.is_blank(page.cell(row, column)))
    return len(block.columns) >= 3 or (len(block.columns) >= 2 and len(block.columns) * 2 >= filled)


def _best(page: Page, forms: Sequence[Form], row: int, free: int, context: str) -> Block | None:
    """Choose the span of rows and the form that explain most headings with the fewest rows."""
    best: list[tuple[tuple[int, ...], Block]] = []
    labels = labels_of(forms)
    # A row of labels and values above the heading looks like one: the rows below it take part.
    first, last = max(free, row - MAX_HEADING_ROWS + 1), min(page.height, row + MAX_HEADING_ROWS)
    for top in range(last - 1, first - 1, -1):
        notes, table_units, start = notes_of(page, free, top, labels)
        if start > row:
            continue
        for bottom in range(top, min(page.height, top + MAX_HEADING_ROWS)):
            if bottom > top and not all(may_be_heading(page, at) for at in range(top, bottom + 1)):
                continue
            stacks = stacks_of(page, top, bottom)
            for form in forms:
                block = _match(page, form, top, bottom, stacks)
                if len(block.columns) < 2:
                    continue
                block.notes = {
                    k: note for k, note in notes.items() if k in form.columns and k not in block.columns
                }
                block.table_units, block.start = table_units, start
                _note_span(block, stacks)
                best.append((_score(block, page, context), block))
    if not best:
        return None
    score, block = max(best, key=lambda pair: pair[0])
    rivals = {b.form.name: b.form for s, b in best if s[:4] == score[:4] and b.form != block.form}
    block.rivals = tuple(rivals.values())
    return block


def _note_span(block: Block, stacks: Sequence[Stack]) -> None:
    """Take 1—本月 or 累计 over the columns for the period kind of the table, where no column gives it."""
    if "period_kind" not in block.form.columns or block.has("period_kind"):
        return
    for column in sorted(block.columns.values()):
        for text in stacks[column]:
            if span_of(text) == "ytd":
                block.notes["period_kind"] = Note("ytd", -1, -1)
                return


def _score(block: Block, page: Page, context: str) -> tuple[int, ...]:
    missing = set(block.missing)
    if block.form.name in INHERITING:
        missing -= INHERITED
    above = "".join(
        half_width(text)
        for row in range(max(0, block.start), block.top)
        for column in range(len(page.columns))
        if isinstance(text := page.cell(row, column), str)
    )
    named = any(half_width(title) in above or half_width(title) in context for title in block.form.titles)
    explained = len(block.columns) + len(block.notes)
    return (not missing, explained if not missing else explained - 2 * len(missing), named, -len(block.unknown),
            -(block.bottom - block.top), block.top)  # fmt: skip


def _match(page: Page, form: Form, top: int, bottom: int, stacks: Sequence[Stack]) -> Block:
    block = Block(page, form, top, bottom, {}, {}, [], [])
    for column, stack in enumerate(stacks):
        if not stack:
            continue
        name = _column_of(form.by_heading, stack)
        if name is None:
            if not set(heading_keys(stack[-1])) & IGNORED:
                block.unknown.append((column, " / ".join(stack)))
        elif name in block.columns:
            block.doubled.append((column, " / ".join(stack), name))
        else:
            block.columns[name] = column
            block.units[name] = tuple(
                dict.fromkeys(u for text in reversed(stack) for u in stated_units(text))
            )
    return block


def _column_of(known: Mapping[str, str], stack: Stack) -> str | None:
    """Find the column a heading names: all its levels together, fewer, or the lowest alone."""
    texts = [text for text in stack if unit_of(text) is None] or list(stack)
    for first in range(len(texts)):
        for key in _joined(texts[first:]):
            if key in known:
                return known[key]
    return None


def _joined(texts: Sequence[str]) -> Iterable[str]:
    keys = [heading_keys(text) for text in texts]
    if all(keys):
        yield "".join(part[0] for part in keys)
        yield "".join(part[-1] for part in keys)
