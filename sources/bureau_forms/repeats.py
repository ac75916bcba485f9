"""Records that occur twice in one file by the keys of their form."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.bureau_forms.forms import Form
from sources.bureau_forms.model import Finding, FormTable, finding

__all__ = ["repeats"]

MAX_LISTED = 100


def repeats(tables: Sequence[FormTable], known: Sequence[Form]) -> list[Finding]:
    """Report every row whose key stands further up in the same file, naming the first cell."""
    findings: list[Finding] = []
    for form in known:
        own = [table for table in tables if table.form == form.name and table.rows.num_rows]
        if own:
            findings += _repeats(own, form)
    return findings


def _repeats(tables: Sequence[FormTable], form: Form) -> list[Finding]:
    keys = list(form.keys)
    rows = pa.concat_tables([table.rows.select(keys) for table in tables])
    joined = _joined(rows, keys, form.period).combine_chunks()
    coded = joined.dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    indices = coded.indices.to_numpy(zero_copy_only=False)
    if len(coded.dictionary) == len(indices):
        return []
    _, first = np.unique(indices, return_index=True)
    needed = [key for key in keys if key in form.required]
    whole = np.all([rows[key].is_valid().to_numpy() for key in needed], axis=0)
    again = np.flatnonzero(np.isin(np.arange(len(indices)), first, invert=True) & whole).tolist()
    found = []
    for at in again[:MAX_LISTED]:
        sheet, cell = _place(tables, form, at)
        first_sheet, first_cell = _place(tables, form, int(first[indices[at]]))
        item = first_cell if first_sheet == sheet else f"{first_sheet}!{first_cell}"
        shown = "、".join(part for part in joined[at].as_py().split("\x1f") if part)
        found.append(finding("row_repeated", sheet=sheet, cell=cell, found=shown, item=item))
    if len(again) > MAX_LISTED:
        n = len(again) - MAX_LISTED
        found.append(finding("more_findings_error", found="row_repeated", item=form.zh, item_en=form.en, n=n))
    return found


def _joined(rows: pa.Table, keys: Sequence[str], period: str) -> pa.ChunkedArray:
    defaults = {"period_kind": "month", "vintage": "flash" if period == "month" else "annual"}
    parts = [pc.fill_null(rows[key].cast(pa.string()), defaults.get(key, "")) for key in keys]
    return pc.binary_join_element_wise(*parts, "\x1f")


def _place(tables: Sequence[FormTable], form: Form, at: int) -> tuple[str, str]:
    for table in tables:
        if at < table.rows.num_rows:
            letters = next((table.letters[key] for key in form.keys if key in table.letters), "A")
            return table.sheet, f"{letters}{table.rows['sheet_row'][at].as_py()}"
        at -= table.rows.num_rows
    raise IndexError(at)
