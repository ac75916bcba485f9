"""Read the next file while the one before it is being kept: reading is Python's work, keeping the database's."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.landing.coal import as_coal
from sources.bureau_forms.model import Document
from sources.gridded import looks_like_grid
from sources.station_files import FileRef, UnreadableFile

AHEAD = 1
"""Files read before their turn, so that no more than this many are held in memory beside the current one."""


@dataclass(frozen=True)
class Opened:
    """A file that was read: its bytes, and its tables if it is a coal form; or why it could not be read."""

    ref: FileRef
    data: bytes = b""
    sha256: str = ""
    is_grid: bool = False
    form: Document | None = None
    error: UnreadableFile | None = None


def open_file(ref: FileRef, landing: Path, as_of: datetime) -> Opened:
    """Read one file as far as that can be done without the warehouse."""
    try:
        data = ref.read_bytes()
    except UnreadableFile as error:
        return Opened(ref, error=error)
    sha256 = hashlib.sha256(data).hexdigest()
    if looks_like_grid(data):
        return Opened(ref, data, sha256, is_grid=True)
    return Opened(ref, data, sha256, form=as_coal(ref, data, landing, as_of))


def open_files(refs: Iterable[FileRef], landing: Path, as_of: datetime) -> Iterator[Opened]:
    """Read files in their order, each while the one before it is in use."""
    with ThreadPoolExecutor(1) as pool:
        waiting: deque[Future[Opened]] = deque()
        for ref in refs:
            waiting.append(pool.submit(open_file, ref, landing, as_of))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
