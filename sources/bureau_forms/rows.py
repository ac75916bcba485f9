"""Which rows of a table are data: without blanks, footers, totals, example and index rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources import cells
from sources.bureau_forms.blocks import Block
from sources.bureau_forms.headings import is_number
from sources.bureau_forms.texts import text_column
from sources.bureau_forms.words import half_width
from sources.cells import Cell

__all__ = ["Body", "body_of"]

FOOTER_ROWS = 20
_FOOTER = re.compile(
    r"(?:注|备注|说明|填报说明|填表说明|notes?)\s*[:：1一]|"
    r".*(?:负责人|填表人|填报人|审核人|制表人|报出日期|填报日期|联系人|复核人|prepared by|checked by)",
    re.IGNORECASE | re.DOTALL,
)
_TOTALS = {"合计", "总计", "小计", "合 计", "total", "sum"}
_EXAMPLE = r"(?i)^\s*(?:示例|例如|【示例】|[(（]示例[)）]|example)"
_EXAMPLE_MARK = r"(?i)^\s*(?:示例行?|example)(?:\s*[|｜/].*)?\s*$"
_OTHER_ENERGIES = (
    r"^\s*(?:(?:液化|压缩)?天然气|煤层气|原油|汽油|煤油|柴油|燃料油|液化石油气|炼厂干气|石脑油|润滑油|石蜡|溶剂油|石油沥青|"
    r"其[他它]石油制品|热力|电力|城市生活垃圾|生活垃圾|生物质\S*|生物燃料|余热余压|工业废料|其[他它]工业废料|其[他它]燃料|能源合计)"
    r"(?:[(（].*[)）])?\s*$"
)
_BLANK = r"^[\s\-—–/]*$"


@dataclass
class Body:
    """The cells of a table below its heading, and which of its rows are data."""

    block: Block
    changed: dict[str, list[Cell]] = field(default_factory=dict)
    at: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    totals: list[int] = field(default_factory=list)
    other_energies: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Row of the page the body begins with."""
        return self.block.bottom + 1

    @property
    def height(self) -> int:
        """Rows from the heading to the end of the table."""
        return max(self.block.end - self.first, 0)

    def cells(self, name: str) -> Sequence[Cell]:
        """Give the cells of a column, merged ones filled down."""
        if name in self.changed:
            return self.changed[name]
        return self.block.page.columns[self.block.columns[name]][self.first : self.first + self.height]

    def array(self, name: str) -> pa.Array | None:
        """Give a column that is all text as an array; None for any other."""
        if name in self.changed:
            return None
        texts = self.block.page.texts(self.block.columns[name])
        return texts.slice(self.first, self.height) if texts is not None else None

    def texts(self, name: str, *, words: bool) -> pa.Array:
        """Give the data rows of a column as half-width text."""
        texts = self.array(name)
        whole = len(self.at) == self.height
        if texts is not None:
            return text_column(texts if whole else texts.take(pa.array(self.at)), words=words)
        found = self.cells(name)
        return text_column(found if whole else [found[row] for row in self.at.tolist()], words=words)

    def matches(self, name: str, pattern: str) -> np.ndarray:
        """Tell which cells of a column are text that a pattern matches."""
        return _matches(self.array(name), self.cells(name), pattern)


def body_of(block: Block) -> Body:
    """Find the data rows of a table."""
    body = Body(block)
    _fill_down(body)
    filled = np.zeros((len(block.columns), body.height), dtype=bool)
    for index, name in enumerate(block.columns):
        filled[index] = ~_matches(body.array(name), body.cells(name), _BLANK, empty=True)
    keep = np.asarray(filled.any(axis=0))
    _drop_index_row(body, keep)
    _drop_footers(body, filled, keep)
    _drop_examples(body, keep)
    body.totals = _totals(body, keep)
    body.other_energies = _other_energies(body, keep)
    keep[body.totals + body.other_energies] = False
    body.at = np.flatnonzero(keep)
    return body


def _matches(
    texts: pa.Array | None, column: Sequence[Cell], pattern: str, *, empty: bool = False
) -> np.ndarray:
    if texts is not None:
        found = pc.match_substring_regex(texts, pattern)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
    hits = {text for text in column if type(text) is str}
    wanted: set[Cell] = {text for text in hits if re.search(pattern, text)}
    return np.fromiter(
        ((c is None or c in wanted) if empty else c in wanted for c in column), bool, len(column)
    )


def _fill_down(body: Body) -> None:
    """Let a merged cell fill the rows it covers."""
    block = body.block
    names = {column: name for name, column in block.columns.items()}
    for top, left, bottom, right in block.page.merged:
        start = top - body.first
        if bottom == top or left not in names or right - left >= 8 or not 0 <= start < body.height:
            continue
        name = names[left]
        values = body.changed.setdefault(name, list(body.cells(name)))
        for row in range(start, min(bottom - body.first + 1, body.height)):
            values[row] = values[start]


def _drop_index_row(body: Body, keep: np.ndarray) -> None:
    """Leave out the row 甲, 乙, 1, 2, 3 … that official forms have below the heading."""
    names = sorted(body.block.columns, key=lambda name: body.block.columns[name])
    for row in np.flatnonzero(keep)[:1].tolist():
        shown = [text for name in names if (text := cells.as_text(body.cells(name)[row]))]
        lettered = all((len(text) == 1 and text in "甲乙丙丁戊己庚") or text.isdigit() for text in shown)
        numbers = [int(text) for text in shown if text.isdigit() and len(text) <= 2]
        steps = all(b - a >= 1 for a, b in itertools.pairwise(numbers))
        mixed = any(not text.isdigit() for text in shown)
        if lettered and steps and (mixed or (numbers == list(range(1, len(shown) + 1)) and len(shown) >= 4)):
            keep[row] = False


def _drop_footers(body: Body, filled: np.ndarray, keep: np.ndarray) -> None:
    """Leave out the lines below a table: notes, who filled it in, who checked it, when.

    A line of text alone, such as the second one of the notes, is left out only below such a line.
    """
    page = body.block.page
    below: list[int] = []
    few = max(1, len(body.block.columns) // 3)
    for row in range(body.height - 1, max(body.height - FOOTER_ROWS, 0) - 1, -1):
        own = [page.cell(body.first + row, column) for column in range(len(page.columns))]
        texts = [cell for cell in own if not cells.is_blank(cell)]
        if not texts:
            continue
        labelled = all(isinstance(text, str) and ":" in half_width(text) for text in texts)
        if _FOOTER.match(half_width(texts[0])) and (labelled or filled[:, row].sum() <= few):
            keep[[row, *below]] = False
            below = []
        elif len(texts) <= few and all(isinstance(text, str) and not is_number(text) for text in texts):
            below.append(row)
        else:
            break


def _drop_examples(body: Body, keep: np.ndarray) -> None:
    """Leave out example rows: marked in the first two columns of the sheet, or with a key that says so."""
    block = body.block
    for name in block.form.keys:
        if name in block.columns and block.form.columns[name].kind in ("id", "text", "code"):
            keep &= ~body.matches(name, _EXAMPLE)
    used = set(block.columns.values())
    for column in range(min(2, len(block.page.columns))):
        whole = block.page.texts(column)
        texts = whole.slice(body.first, body.height) if whole is not None else None
        own = block.page.columns[column][body.first : body.first + body.height]
        keep &= ~_matches(texts, own, _EXAMPLE_MARK if column in used else _EXAMPLE)


def _totals(body: Body, keep: np.ndarray) -> list[int]:
    """Find lines of totals: 合计 in the first columns; in tables by area they are rows of their own."""
    block = body.block
    if block.form.name == "region_year":
        return []
    found = np.zeros(body.height, dtype=bool)
    pattern = rf"(?i)^\s*(?:{'|'.join(sorted(_TOTALS))})\s*$"
    for name in sorted(block.columns, key=lambda name: block.columns[name])[:3]:
        if block.form.columns[name].kind not in ("quantity", "number", "percent", "choice", "flag"):
            found |= body.matches(name, pattern)
    return [int(row) for row in np.flatnonzero(found & keep)]


def _other_energies(body: Body, keep: np.ndarray) -> list[int]:
    """Find the lines of a form for all energies that are no coal: 电力, 天然气, 能源合计 …."""
    if "product" not in body.block.columns or "energy_code" not in body.block.form.columns:
        return []
    return [int(row) for row in np.flatnonzero(body.matches("product", _OTHER_ENERGIES) & keep)]
