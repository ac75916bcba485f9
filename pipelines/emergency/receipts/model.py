"""What is kept of an answer to a response, and of a check of its execution."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True)
class Origin:
    """Where a record came from: who entered it, from which file and line, and when.

    Attributes
    ----------
    as_of, recorded_at : datetime
        What the command took as now, and the real clock.
    """

    as_of: datetime
    recorded_at: datetime
    entered_by: str | None = None
    source: str | None = None
    source_sha256: str | None = None


@dataclass(frozen=True)
class Receipt:
    """An answer; ``sender_id`` is a credit code, a county code or the name of a department."""

    warning_id: str
    sender_kind: str
    sender_id: str
    sender_name: str
    answered_at: datetime
    answered_by: str
    channel: str
    status: str
    site: str | None = None
    reason: str | None = None
    note: str | None = None
    version_id: str | None = None
    source_line: int | None = None

    @property
    def key(self) -> str:
        """Fingerprint of what it says, by which the same answer is known from another file."""
        return _key(self, ("source_line", "version_id", "sender_name"))


@dataclass(frozen=True)
class Verification:
    """A check of one line, or of a whole firm where ``line_id`` is None.

    Attributes
    ----------
    expected_ratio : float, optional
        Share of the emissions to be cut (0–1), from the list or the technical guide.
    cems_load_ratio, power_ratio : float, optional
        Load and power use during the response against normal work (1 is as always).
    cems_missing_h : float, optional
        Hours of the window without CEMS data [h].
    verdict_by : str
        ``stated`` by the inspector or given by the ``rule``; ``verdict_why`` then says why.
    """

    warning_id: str
    credit_code: str
    firm_name: str
    level: str
    window_start: datetime
    window_end: datetime
    verdict: str
    checked_at: datetime
    site: str | None = None
    line_id: str | None = None
    expected_ratio: float | None = None
    expected_source: str | None = None
    cems_load_ratio: float | None = None
    power_ratio: float | None = None
    truck_violations: int | None = None
    cems_missing_h: float | None = None
    verdict_by: str = "stated"
    verdict_why: str | None = None
    evidence: str | None = None
    checked_by: str | None = None
    note: str | None = None
    version_id: str | None = None
    source_line: int | None = None

    @property
    def key(self) -> str:
        """Fingerprint of what the inspector says, by which the same record is known from another file."""
        added = ["source_line", "version_id", "firm_name", "verdict_why", "expected_source"]
        added += ["expected_ratio"] if self.expected_source == "list" else []
        added += ["verdict"] if self.verdict_by == "rule" else []
        return _key(self, tuple(added))


Entry = Receipt | Verification


def _key(entry: Entry, left_out: tuple[str, ...]) -> str:
    said = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name not in left_out}
    text = json.dumps([type(entry).__name__, said], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
