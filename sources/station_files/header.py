"""Whether bytes are a station file at all, and which stations its columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sources.station_files.model import StationFileError

_BOM = b"\xef\xbb\xbf"
_HEAD = re.compile(
    rb'[ \t"]*date[ \t"]*([,;\t|])[ \t"]*hour[ \t"]*\1[ \t"]*type[ \t"]*(?:\1|$)', re.IGNORECASE
)
_TEXT = re.compile(rb"[^ \t\r\n\f\v]")
_CODE = re.compile(r"[0-9A-Za-z_-]{1,20}")
_MAX_HEADER_BYTES = 8_388_608
_SEPARATORS = {b";": "分号 | semicolons", b"\t": "制表符 | tabs", b"|": "竖线 | vertical bars"}
_KINDS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip/xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls/doc"),
    (b"\x1f\x8b", "gzip"),
    (b"<", "HTML/XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


@dataclass(frozen=True)
class Header:
    """
    The first line of a station file.

    Attributes
    ----------
    end : int
        Offset of the first data line.
    names : tuple of str
        Names of the columns after ``type``, as they stand.
    station_codes : tuple of str
        Stations, each once, in the order of the header.
    columns : ndarray of int32
        Index of the station of each column, -1 where the name is no station code.
    """

    end: int
    names: tuple[str, ...]
    station_codes: tuple[str, ...]
    columns: np.ndarray


def looks_like_station_file(head: bytes) -> bool:
    """
    Tell from its beginning whether a file means to be a station file.

    Files of the right kind that cannot be used (semicolons, UTF-16) count too: `parse` says what to do.

    Parameters
    ----------
    head : bytes
        The first bytes of the file; 200 are enough.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:400].decode(encoding, errors="replace").encode()
    return _match(head[:400]) is not None


def _match(head: bytes) -> re.Match[bytes] | None:
    first = head.removeprefix(_BOM).lstrip(b" \t\r\n").split(b"\n", 1)[0].split(b"\r", 1)[0]
    return _HEAD.match(first)


def read_header(data: bytes) -> Header:
    """
    Check that the bytes are a comma-separated UTF-8 station file and read its header.

    Raises
    ------
    StationFileError
        ``empty_file``, ``encoding``, ``not_station_file``, ``wrong_separator``, ``header_too_long``,
        ``no_stations`` or ``header_only``.
    """
    _refuse_other_kinds(data)
    start = 3 if data.startswith(_BOM) else 0
    while data[start : start + 1] in (b" ", b"\t", b"\r", b"\n"):
        start += 1
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    if end - start > _MAX_HEADER_BYTES:
        raise StationFileError("header_too_long", limit=_MAX_HEADER_BYTES)
    names, codes, columns = _columns(data[start:end])
    if not codes:
        raise StationFileError("no_stations")
    if not _holds_text(data, end):
        raise StationFileError("header_only")
    return Header(end + 1, names, codes, columns)


def _holds_text(data: bytes, start: int) -> bool:
    return _TEXT.search(data, start) is not None


def _refuse_other_kinds(data: bytes) -> None:
    if not _holds_text(data, len(_BOM) if data.startswith(_BOM) else 0):
        raise StationFileError("empty_file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise StationFileError("encoding", found="UTF-16")
    for start, kind in _KINDS:
        if data[:200].removeprefix(_BOM).lstrip().startswith(start):
            raise StationFileError("not_station_file", found=kind)
    if b"\0" in data:
        raise StationFileError("encoding", found="UTF-16 / NUL")
    match = _match(data[:400])
    if match is None:
        first = data[:80].removeprefix(_BOM).decode("utf-8", errors="replace").strip().split("\n")[0]
        raise StationFileError("not_station_file", found=first.strip())
    if match[1] != b",":
        raise StationFileError("wrong_separator", found=_SEPARATORS[match[1]])


def _unquoted(name: str) -> str:
    name = name.strip()
    if len(name) >= 2 and name[0] == name[-1] == '"':
        name = name[1:-1].strip()
    return name


# the files of a year share a few headers, and reading 1,800 names takes as long as reading their values
@lru_cache(maxsize=32)
def _columns(line: bytes) -> tuple[tuple[str, ...], tuple[str, ...], np.ndarray]:
    fields = line.decode("utf-8", errors="replace").split(",")
    names = tuple(_unquoted(name) for name in fields[3:])
    index: dict[str, int] = {}
    columns = np.full(len(names), -1, dtype=np.int32)
    for i, name in enumerate(names):
        if _CODE.fullmatch(name):
            columns[i] = index.setdefault(name, len(index))
    columns.flags.writeable = False
    return names, tuple(index), columns
