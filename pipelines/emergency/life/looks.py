"""What a warning was drafted from, out of its stored draft: blocks of 24 hours, and the levels other readings give."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

_READINGS = {
    "own": "level",
    "strict": "level_strict",
    "natural_day": "natural_day_level",
    "natural_day_strict": "natural_day_level_strict",
    "low": "level_low",
    "all_counted": "level_if_all_counted",
    "unknown_left_out": "level_if_unknown_left_out",
    "bridged": "level_if_bridged",
    "final": "final_level",
}
"""Readings with the name of each in a draft."""
LOWEST = 150
"""Index that every episode of a warning lies above, the short gaps within it excepted."""
BLOCK = (
    "warning_id", "block", "start_at", "end_at", "status", "reason", "basis", "index_low", "index_high",
    "index_if_counted", "in_process", "primary_pollutants", "pm25_low_ugm3", "pm25_high_ugm3", "n_hours", "standard_set",
)  # fmt: skip
READING = ("warning_id", "reading", "level")
Row = tuple[object, ...]


def looks_of(held: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
    """Read blocks and readings of every warning of a state file, in the columns `BLOCK` and `READING`."""
    blocks: list[Row] = []
    readings: list[Row] = []
    found = held.execute(
        "SELECT w.warning_id, d.content FROM warning AS w JOIN warning_document AS d ON d.sha256 = w.draft_sha256"
        " WHERE d.kind = 'draft' ORDER BY w.warning_id"
    )
    for warning_id, content in found:
        draft = json.loads(content)
        blocks += [_block(warning_id, n, block) for n, block in enumerate(draft.get("blocks", ()))]
        readings += [
            (warning_id, reading, draft[name]) for reading, name in _READINGS.items() if draft.get(name)
        ]
    return blocks, readings


def _block(warning_id: str, n: int, block: Mapping[str, Any]) -> Row:
    given = {
        "warning_id": warning_id,
        "block": n,
        "start_at": block["start"],
        "end_at": block["end"],
        "status": status_of(block),
        "index_low": block.get("aqi_24h_block_low"),
        "index_high": block.get("aqi_24h_block"),
        "index_if_counted": block.get("aqi_if_counted"),
        "in_process": bool(block.get("in_process")),
        "primary_pollutants": block.get("primary_pollutants") or "",
        "reason": block.get("reason") or "",
        "basis": block.get("basis") or "",
        "standard_set": block.get("standard_set") or "",
    }
    return tuple(given.get(name, block.get(name)) for name in BLOCK)


def status_of(block: Mapping[str, Any]) -> str:
    """Tell what became of a block: counted, merged over a short gap, below the trigger, excluded or missing."""
    high = block.get("aqi_24h_block")
    if block.get("in_process"):
        return "counted" if high is not None and high > LOWEST else "merged"
    if block.get("reason") == "missing":
        return "missing"
    return "excluded" if high is None else "below"
