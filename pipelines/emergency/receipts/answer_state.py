"""How far responses were answered, as numbers by county: no firm is named, and fewer than three are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.emergency.life import store
from pipelines.emergency.life.records import Record
from pipelines.emergency.receipts.answers import answers_of
from pipelines.emergency.receipts.filed_list import NO_COUNTY, FiledList, filed_list_of
from pipelines.emergency.receipts.store import receipts
from pipelines.emergency.receipts.warning_with_list import ANSWERED
from pipelines.emergency.response.gather import list_of
from warehouse import state

FEW = 3
ALL, OTHER, NONE = "~all", "~other", "~none"
_NUMBERS = ("expected", "in_time", "late", "waiting", "missing", "done", "partial", "unable")
_COLUMNS = ("warning_id", "sender_kind", "part", "version_id", "due_at", *(f"n_{name}" for name in _NUMBERS))
Counts = Mapping[str, Any]


def keep_answers(con: duckdb.DuckDBPyConnection, state_path: Path, as_of: datetime) -> int:
    """Fill ``emergency.answer_state`` anew and return its rows; the caller owns the transaction."""
    con.execute("DELETE FROM emergency.answer_state")
    if not state_path.exists():
        return 0
    with state.reading(state_path) as held:
        known = [(r, store.events(held, r.warning_id)) for r in store.select(held, states=ANSWERED)]
    list_of_version = cache(lambda version: filed_list_of(con, version))
    rows: list[tuple[object, ...]] = []
    for record, events in known:
        filed: FiledList = list_of_version(list_of(con, record, as_of))
        told = answers_of(record, events, filed, receipts(state_path, record.warning_id), as_of)
        rows += _rows(record, told)
    if rows:
        marks = ", ".join("?" * len(_COLUMNS))
        con.executemany(f"INSERT INTO emergency.answer_state ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)
    return len(rows)


def _rows(record: Record, told: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """Numbers of one warning; nothing where nobody is known who should answer."""
    if not told["counts"]["expected"]:
        return []
    parts = [("enterprise", ALL, told["counts"]), ("county", ALL, told["counts"]["counties"])]
    parts += [("enterprise", name, counts) for name, counts in folded(told["by_county"])]
    return [
        (record.warning_id, kind, part, told["list_version"], told["due_at"], *(c[n] for n in _NUMBERS))
        for kind, part, c in parts
    ]


def folded(by_county: Iterable[Counts]) -> list[tuple[str, dict[str, int]]]:
    """Put counties of fewer than three firms together, with the smallest of the others where that is not enough."""
    named: dict[str, dict[str, int]] = {}
    for counts in by_county:
        name = NONE if counts["county_name"] == NO_COUNTY else str(counts["county_name"])
        _add(named.setdefault(name, dict.fromkeys(_NUMBERS, 0)), counts)
    ordered = sorted(named.items(), key=lambda item: (-item[1]["expected"], item[0]))
    kept = [(name, counts) for name, counts in ordered if counts["expected"] >= FEW]
    few = [counts for _, counts in ordered if counts["expected"] < FEW]
    rest = dict.fromkeys(_NUMBERS, 0)
    for counts in few:
        _add(rest, counts)
    while few and rest["expected"] < FEW and kept:
        _add(rest, kept.pop()[1])
    return [*kept, (OTHER, rest)] if rest["expected"] >= FEW else kept


def _add(total: dict[str, int], counts: Counts) -> None:
    for name in _NUMBERS:
        total[name] += int(counts[name])
