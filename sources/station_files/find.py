"""Which files lie in a folder or an archive, without ever leaving it or being overwhelmed by it."""

from __future__ import annotations

import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from sources.station_files import archive
from sources.station_files.model import StationFileError, UnreadableFile

MAX_BYTES = 268_435_456
_UNFINISHED = (".part", ".tmp", ".crdownload")
_DAY = re.compile(r"(?<!\d)(20\d\d)(-?)(\d\d)\2(\d\d)(?!\d)", re.ASCII)


@dataclass(frozen=True)
class FileRef:
    """
    A file that can be read.

    Attributes
    ----------
    path : str
        For people and tables; a member of an archive is ``archive.zip!member.csv``.
    size_bytes : int
        Size when found (of an archive's member: as its archive declares it).
    modified_ns : int
        When the file, or its archive, was modified last [ns since 1970].
    day_in_name : date or None
        The one day that its name holds as ``yyyymmdd`` or ``yyyy-mm-dd``.
    """

    path: str
    size_bytes: int
    modified_ns: int
    day_in_name: date | None
    file: Path = field(repr=False)
    member: str | None = field(default=None, repr=False)
    max_bytes: int = field(default=MAX_BYTES, repr=False)

    def read_bytes(self) -> bytes:
        """
        Read the file, decompressed.

        Raises
        ------
        UnreadableFile
            ``unreadable``, ``too_large``, ``zip_bomb``, ``zip_corrupt`` or ``zip_encrypted``.
        """
        try:
            if self.member is not None:
                return archive.read_member(self.file, self.member, self.max_bytes)
            if self.file.name.lower().endswith(".csv.gz"):
                return _read_gzip(self.file, self.max_bytes)
            with self.file.open("rb") as stream:
                return _read_all(stream, self.max_bytes)
        except (OSError, MemoryError) as error:
            raise UnreadableFile("unreadable", found=archive.told(error)) from error


@dataclass(frozen=True)
class Refusal:
    """
    A file that is not read, and why.

    Attributes
    ----------
    path : str
        As in `FileRef`.
    reason_code : str
        Key of `sources.reasons.REASONS`.
    values : dict
        What `sources.reasons.describe` fills in.
    size_bytes, modified_ns : int
        As in `FileRef`; 0 where unknown.
    """

    path: str
    reason_code: str
    values: dict[str, object] = field(default_factory=dict)
    size_bytes: int = 0
    modified_ns: int = 0


def find(folder: Path, max_bytes: int = MAX_BYTES) -> tuple[list[FileRef], list[Refusal]]:
    """
    List the files of a folder and its subfolders, of an archive, or the one file given.

    Files of every kind are listed, zip archives opened; hidden files and unfinished downloads passed over.
    A link that stays in the folder is followed, unless it is a folder, whose files are found anyway.

    Parameters
    ----------
    folder : Path
        Folder, file or zip archive.
    max_bytes : int
        Largest file that may be read, decompressed [byte].

    Returns
    -------
    files : list of FileRef
        In the order of modification time and path.
    refusals : list of Refusal
        What must not or cannot be read, in the order of paths.

    Raises
    ------
    FileNotFoundError
        When there is no such folder or file.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"没有这个文件或文件夹 | no such file or folder: {folder}")
    files: list[FileRef] = []
    refusals: list[Refusal] = []
    for item in _walk(folder) if folder.is_dir() else [folder]:
        found = item if isinstance(item, Refusal) else _examine(item, folder, max_bytes)
        if isinstance(found, Refusal):
            refusals.append(found)
        elif found.file.suffix.lower() == ".zip":
            _open_archive(found, files, refusals)
        else:
            files.append(found)
    return sorted(files, key=lambda f: (f.modified_ns, f.path)), sorted(refusals, key=lambda r: r.path)


def day_in_name(name: str) -> date | None:
    """Return the one valid day of 2000–2099 that a file name holds, or None when it holds none or several."""
    days = set()
    for year, _, month, day in _DAY.findall(name):
        try:
            days.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    failures: list[OSError] = []
    for parent, subfolders, names in os.walk(folder, onerror=failures.append):
        linked = [name for name in subfolders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in [*names, *linked] if not _passed_over(name))
        subfolders[:] = [name for name in subfolders if not _passed_over(name)]
    for error in failures:
        yield Refusal(archive.shown(str(error.filename)), "unreadable", {"found": archive.told(error)})


def _examine(path: Path, folder: Path, max_bytes: int) -> FileRef | Refusal:
    shown = archive.shown(str(path))
    try:
        if (
            path != folder
            and path.is_symlink()
            and not path.resolve(strict=True).is_relative_to(folder.resolve())
        ):
            return Refusal(shown, "path_escapes")
        status = path.stat()
    except (OSError, RuntimeError) as error:
        return Refusal(shown, "unreadable", {"found": archive.told(error)})
    known: dict[str, Any] = {"size_bytes": status.st_size, "modified_ns": status.st_mtime_ns}
    if not stat.S_ISREG(status.st_mode):
        return Refusal(shown, "not_regular_file", {}, **known)
    if status.st_size > max_bytes and path.suffix.lower() != ".zip":
        return Refusal(shown, "too_large", {"size_bytes": status.st_size, "limit": max_bytes}, **known)
    return FileRef(shown, day_in_name=day_in_name(path.name), file=path, max_bytes=max_bytes, **known)


def _open_archive(found: FileRef, files: list[FileRef], refusals: list[Refusal]) -> None:
    try:
        members = archive.list_members(found.file, found.max_bytes)
    except StationFileError as error:
        refusals.append(
            Refusal(found.path, error.reason_code, error.values, found.size_bytes, found.modified_ns)
        )
        return
    for member in members:
        base = member.shown.rsplit("/", 1)[-1]
        hidden = any(_passed_over(part) for part in member.shown.split("/"))
        if member.reason_code != "path_escapes" and (hidden or member.shown.startswith("__MACOSX/")):
            continue
        path = f"{found.path}!{member.shown}"
        if member.reason_code:
            refusals.append(
                Refusal(path, member.reason_code, member.values, member.size_bytes, found.modified_ns)
            )
        else:
            day = day_in_name(base)
            files.append(
                FileRef(
                    path, member.size_bytes, found.modified_ns, day, found.file, member.name, found.max_bytes
                )
            )


def _read_all(stream: IO[bytes], max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise UnreadableFile("too_large", size_bytes=f"> {max_bytes}", limit=max_bytes)
    return data


def _read_gzip(path: Path, max_bytes: int) -> bytes:
    packed = path.stat().st_size
    try:
        with gzip.open(path, "rb") as stream:
            return archive.read_counted(cast(IO[bytes], stream), packed, max_bytes)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile("zip_corrupt", found=archive.told(error)) from error
