"""Rows of a query on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.tables.model import text
from dashboards.terminal.screen import add, as_is, simulated_line, table

_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL", "NUMBER", "REAL")

_LONGEST = 2_000
"""Letters of one cell that are shown; a table of texts without end takes minutes to lay out, and nobody reads it."""


def render_rows(
    headings: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    more: bool,
    about: Mapping[str, Any],
) -> Iterator[RenderableType]:
    """Turn rows into a table with a line below that says how many and what they are.

    Parameters
    ----------
    headings, types : sequence of str
    rows : sequence of sequences
    more : bool
        There are more rows than these.
    about : mapping
        Keys ``simulated`` and ``data_until``.
    """
    figures = [
        n
        for n, kind in enumerate(types)
        if any(sign in kind.upper() for sign in _NUMBERS) and "[" not in kind
    ]
    if headings:
        made = table(headings, right=figures, fold=False)
        for row in rows:
            add(made, *(None if value is None else _shown(value) for value in row))
        yield made
    count = (
        f"前 {len(rows):,} 行，后面还有 first {len(rows):,} rows, there are more（--limit，--to）"
        if more
        else f"{len(rows):,} 行 rows"
    )
    yield as_is(f"{count}；数据截至 data until {about.get('data_until') or '—'}")
    if about.get("simulated"):
        yield simulated_line()


def _shown(value: Any) -> str:
    """A value as text; a very long one is cut, and says so."""
    said = text(value)
    rest = len(said) - _LONGEST
    return said if rest <= 0 else f"{said[:_LONGEST]}…（另有 {rest:,} 字，见 --to | {rest:,} more, see --to）"
