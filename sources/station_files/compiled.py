"""How loops over bytes are compiled, and how words are handed to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function that releases the interpreter, and keep the compiled code for the next start."""
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder can be written for the compiled code: compile at each start instead
        return numba.njit(nogil=True)(function)


def byte_table(words: tuple[str, ...]) -> np.ndarray:
    """Lay words out as a zero-padded table of bytes, shape (n_words, longest + 1)."""
    rows = [word.encode() for word in words]
    table = np.zeros((len(rows), max(map(len, rows)) + 1), dtype=np.uint8)
    for i, row in enumerate(rows):
        table[i, : len(row)] = np.frombuffer(row, dtype=np.uint8)
    return table
