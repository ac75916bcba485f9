"""What the account of files says of a path, and whether the path has to be looked at again."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from sources.station_files import FileRef


@dataclass(frozen=True)
class KnownFile:
    """The latest account of a path.

    Attributes
    ----------
    again_at : datetime or None
        When hours of the file that lay in the future will have passed.
    age_ns : int
        Place of the content among files, see ``ops.source_file``.
    """

    size_bytes: int
    modified_ns: int
    status: str
    sha256: str
    kind: str
    reason_code: str | None
    again_at: datetime | None
    age_ns: int = 0


_KNOWN = """
WITH waiting AS (
    SELECT path, sha256, min(hour_end) AS hour_end
    FROM ops.rejected_value WHERE reason_code = 'future_hour' GROUP BY ALL
)
SELECT f.path, f.size_bytes, f.modified_ns, f.status, f.sha256, f.kind, f.reason_code,
    CASE WHEN f.status = 'future' THEN f.day_first::TIMESTAMP ELSE w.hour_end END,
    coalesce(f.age_ns, f.modified_ns)
FROM ops.source_file f LEFT JOIN waiting w USING (path, sha256)
WHERE f.status <> 'superseded'
"""


def known_files(con: duckdb.DuckDBPyConnection) -> dict[str, KnownFile]:
    """Latest account of every path seen so far."""
    return {path: KnownFile(*rest) for path, *rest in con.execute(_KNOWN).fetchall()}


def is_due(
    ref: FileRef, known: KnownFile | None, accepted: frozenset[tuple[str, str]], as_of: datetime
) -> bool:
    """Tell whether a file has to be looked at.

    It has when it is new or changed, when it can be opened again, when hours of it that lay in the future have
    passed, or when a person accepted it since it was held.
    """
    if known is None or (known.size_bytes, known.modified_ns) != (ref.size_bytes, ref.modified_ns):
        return True
    if known.reason_code == "unreadable":
        return _opens(ref)
    if known.again_at is not None and known.again_at <= as_of:
        return True
    return known.status == "held" and (ref.path, known.sha256) in accepted


def _opens(ref: FileRef) -> bool:
    try:
        with ref.file.open("rb") as stream:
            stream.read(1)
    except OSError:
        return False
    return True
