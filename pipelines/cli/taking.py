"""Files that somebody names to be taken in: read once, kept whole in the landing folder, never while a run is at work."""

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.cli.common import UseError
from pipelines.home import Home
from warehouse.lock import LockedError, is_locked

_UNFINISHED = (".part", ".tmp", ".crdownload")


@dataclass
class Given:
    """A file somebody wants to import: its bytes, where they would go, and what the check said."""

    source: Path
    data: bytes
    target: Path
    status: str = "accepted"
    findings: list[dict[str, str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def describe(self) -> dict[str, Any]:
        """Give what is told about the file."""
        levels = Counter(f["level"] for f in self.findings)
        return {
            "name": self.source.name,
            "path": str(self.source),
            "sha256": self.sha256,
            "status": self.status,
            "landed": str(self.target) if self.status in ("accepted", "unchanged", "not_loaded") else None,
            "n_errors": levels["error"],
            "n_warnings": levels["warning"],
            "n_unchecked": levels["unchecked"],
            "tables": self.tables,
            "findings": self.findings,
        }


def gather(files: Sequence[Path], home: Home, folder: str) -> list[Given]:
    """Read the files that were named, to be kept in a folder of the landing folder.

    Raises
    ------
    UseError
        One is no file, is hidden, or two have the same name.
    """
    given = []
    for path in files:
        if not path.is_file():
            what = (
                "是文件夹，请给出文件 is a folder: name its files"
                if path.is_dir()
                else "不存在 does not exist"
            )
            raise UseError(f"{path}: {what}")
        if path.name.startswith((".", "~$")) or path.name.lower().endswith(_UNFINISHED):
            raise UseError(f"{path}: 隐藏或未完成的文件，请改名 hidden or unfinished: rename it")
        if path.stat().st_size > home.settings.max_file_mb * 2**20:
            raise UseError(
                f"{path}: 超过 larger than {home.settings.max_file_mb} MB（fenwei.toml: max_file_mb）"
            )
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UseError(f"{path}: 无法读取 cannot be read: {error.strerror}") from None
        given.append(Given(path, data, home.landing / folder / path.name))
    twice = [name for name, n in Counter(g.source.name for g in given).items() if n > 1]
    if twice:
        raise UseError(f"{', '.join(twice)}: 同名文件给了两次，请改名 given twice: rename one")
    return given


def keep(given: Sequence[Given]) -> bool:
    """Copy the accepted files into the landing folder, each whole or not at all; tells whether there were any."""
    accepted = [file for file in given if file.status == "accepted"]
    for file in accepted:
        file.target.parent.mkdir(parents=True, exist_ok=True)
        part = file.target.with_name(f".{file.target.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as stream:
                stream.write(file.data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file.target)
        finally:
            part.unlink(missing_ok=True)
    return bool(accepted)


def refuse_while_running(home: Home) -> None:
    """Refuse to copy files under a run that has looked at the folder already.

    Raises
    ------
    LockedError
        A run is at work.
    """
    owner = is_locked(home.run_lock)
    if owner:
        raise LockedError(
            f"{home.run_lock}: 正被占用 held by {owner}；未复制文件，请等它结束后重试"
            " | nothing was copied, wait for it to finish and try again"
        )
