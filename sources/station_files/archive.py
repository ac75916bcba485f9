"""Zip archives from outside: listed and read without trusting what they declare."""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from sources.station_files.model import UnreadableFile

MAX_MEMBERS = 5_000
MAX_TOTAL_BYTES = 4_294_967_296
MAX_RATIO = 200
_CHUNK = 1_048_576
_PACKED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name inside, the name shown, and why it must not be read, if so."""

    name: str
    shown: str
    size_bytes: int
    reason_code: str | None = None
    values: dict[str, object] = field(default_factory=dict)


def shown(text: str) -> str:
    """Make a name from outside printable: bytes that are no text are written as escapes."""
    return text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")


def told(error: BaseException) -> str:
    """Say an error of the system in one line."""
    text = getattr(error, "strerror", None) or str(error)
    return shown(f"{type(error).__name__}: {text}" if text else type(error).__name__)[:200]


def list_members(path: Path, max_bytes: int) -> list[Member]:
    """
    List the files of an archive from its directory; nothing is decompressed.

    Raises
    ------
    UnreadableFile
        ``unreadable``, ``zip_corrupt`` or ``zip_bomb`` (too many members, or too much in all).
    """
    members = [info for info in _open(path).infolist() if not info.is_dir()]
    total = sum(info.file_size for info in members)
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile("zip_bomb", found=f"{len(members)} > {MAX_MEMBERS} 个文件 | files")
    if total > MAX_TOTAL_BYTES:
        raise UnreadableFile("zip_bomb", found=f"{total} > {MAX_TOTAL_BYTES} 字节 | bytes")
    return [_examine(info, max_bytes) for info in members]


def read_member(path: Path, name: str, max_bytes: int) -> bytes:
    """
    Read one file of an archive, counting the bytes that really come out.

    Raises
    ------
    UnreadableFile
        ``unreadable``, ``zip_bomb``, ``zip_corrupt`` or ``zip_encrypted``.
    """
    try:
        archive = _open(path)
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnreadableFile("zip_encrypted")
        with archive.open(info) as stream:
            return read_counted(stream, info.compress_size, max_bytes)
    except _DAMAGE as error:
        raise UnreadableFile("zip_corrupt", found=told(error)) from error


def read_counted(stream: IO[bytes], packed_bytes: int, max_bytes: int) -> bytes:
    """
    Read a decompressing stream until its end or until it exceeds the safe size.

    Raises
    ------
    UnreadableFile
        ``zip_bomb``.
    """
    limit = min(max_bytes, MAX_RATIO * max(packed_bytes, 1))
    chunks, n = [], 0
    while chunk := stream.read(_CHUNK):
        n += len(chunk)
        if n > limit:
            raise UnreadableFile("zip_bomb", found=f"> {limit} 字节 | bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _open(path: Path) -> zipfile.ZipFile:
    try:
        status = path.stat()
        return _opened(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise UnreadableFile("unreadable", found=told(error)) from error
    except _DAMAGE as error:
        raise UnreadableFile("zip_corrupt", found=told(error)) from error


# reading the directory of a large archive once for each of its members would take minutes
@lru_cache(maxsize=2)
def _opened(path: Path, modified_ns: int, size_bytes: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


def _examine(info: zipfile.ZipInfo, max_bytes: int) -> Member:
    name, size = _member_name(info), info.file_size
    reason, values = _objection(info, max_bytes)
    return Member(info.filename, name, size, reason, values)


def _objection(info: zipfile.ZipInfo, max_bytes: int) -> tuple[str | None, dict[str, object]]:
    original = info.orig_filename.replace("\\", "/")
    path = PurePosixPath(original)
    if path.is_absolute() or ".." in path.parts or original[1:2] == ":":
        return "path_escapes", {}
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "not_regular_file", {}
    if original.lower().endswith(_PACKED):
        return "nested_zip", {}
    if info.flag_bits & 1:
        return "zip_encrypted", {}
    if info.file_size > max_bytes:
        return "zip_bomb", {"found": f"{info.file_size} > {max_bytes} 字节 | bytes"}
    if info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return "zip_bomb", {"found": f"{info.file_size} / {info.compress_size} > {MAX_RATIO}"}
    return None, {}


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name; Chinese Windows names files in GB18030 without saying so."""
    if info.flag_bits & 0x800:
        return shown(info.filename)
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return shown(info.filename)
