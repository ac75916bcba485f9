"""What must be known of an XLS file before it is read: its container, protection, size and formulas."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sources.bureau_forms.pages import MAX_CELLS, PageError
from sources.bureau_forms.xlsx_parts import SheetPart

__all__ = ["parts_of", "streams"]

_END = 0xFFFFFFFA
_BOUNDSHEET, _FILEPASS, _EOF, _BOF = 0x85, 0x2F, 0x0A, 0x809
_FORMULA, _BOOLERR = 0x06, 0x205
_SINGLE = {0x203, 0x27E, 0xFD, 0x204, _FORMULA, _BOOLERR, 0xD6}
_MULTIPLE = {0xBD}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def parts_of(data: bytes) -> list[SheetPart]:
    """Look through the records of an XLS file.

    Raises
    ------
    PageError
        Damaged, protected, or no workbook at all.
    """
    try:
        found = streams(data)
        if "EncryptedPackage" in found:
            raise PageError("password")
        book = found.get("Workbook") or found.get("Book")
        if book is None:
            raise PageError("file_damaged", "、".join(sorted(found)) or "OLE")
        content = _content(data, *book)
        if len(content) < book[1]:
            raise PageError("file_damaged", f"{len(content):,} / {book[1]:,}")
        sheets = _sheets(content)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise PageError("file_damaged", error) from error
    for sheet in sheets:
        # The reader builds the grids of all sheets as it opens the file.
        if sheet.too_large:
            raise PageError("sheet_too_large", sheet.too_large, sheet.name)
    return sheets


def streams(data: bytes) -> dict[str, tuple[int, int]]:
    """List the streams of an OLE container: name to first sector and size."""
    directory = _chain(data, struct.unpack_from("<I", data, 48)[0], _allocation(data), _sector(data))
    found = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at + 66] == 2 and 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<II", directory, at + 116)
    return found


def _sector(data: bytes) -> int:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise PageError("file_damaged", "OLE")
    return int(1 << shift)


def _allocation(data: bytes) -> list[int]:
    """Read the table that says which sector follows which."""
    size = _sector(data)
    sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if following >= _END:
            break
        part = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += [number for number in part[:-1] if number < _END]
        following = part[-1]
    table: list[int] = []
    for number in sectors[: len(data) // size + 1]:
        table += struct.unpack_from(f"<{size // 4}I", data, (number + 1) * size)
    return table


def _chain(data: bytes, first: int, table: list[int], size: int) -> bytes:
    parts: list[bytes] = []
    while first < _END and len(parts) <= len(table):
        parts.append(data[(first + 1) * size : (first + 2) * size])
        first = table[first]
    return b"".join(parts)


def _content(data: bytes, first: int, length: int) -> bytes:
    size, table = _sector(data), _allocation(data)
    if length >= struct.unpack_from("<I", data, 56)[0]:
        return _chain(data, first, table, size)[:length]
    root = _chain(data, struct.unpack_from("<I", data, 48)[0], table, size)
    small = _chain(data, struct.unpack_from("<I", root, 116)[0], table, size)
    small_table_first = struct.unpack_from("<I", data, 60)[0]
    packed = _chain(data, small_table_first, table, size)
    small_table = list(struct.unpack(f"<{len(packed) // 4}I", packed))
    parts: list[bytes] = []
    while first < _END and len(parts) <= len(small_table):
        parts.append(small[first * 64 : (first + 1) * 64])
        first = small_table[first]
    return b"".join(parts)[:length]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Walk over records from one place on: kind, place of the body, length."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> list[SheetPart]:
    parts: list[SheetPart] = []
    for kind, at, _ in _records(stream, 0):
        if kind == _FILEPASS:
            raise PageError("password")
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            offset, _, sort = struct.unpack_from("<IBB", stream, at)
            length, wide = stream[at + 6], stream[at + 7]
            raw = stream[at + 8 : at + 8 + length * (2 if wide & 1 else 1)]
            name = raw.decode("utf-16-le" if wide & 1 else "latin-1")
            if sort == 0:
                parts.append(_part(name, stream, offset))
    return parts


def _part(name: str, stream: bytes, offset: int) -> SheetPart:
    formulas: dict[tuple[int, int], bool] = {}
    errors: dict[tuple[int, int], str] = {}
    height = width = depth = 0
    for kind, at, length in _records(stream, offset):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        if kind in _SINGLE or kind in _MULTIPLE:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind in _MULTIPLE else column
            height, width = max(height, row + 1), max(width, last + 1)
            if kind == _FORMULA:
                formulas[row, column] = True
                if stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
                    errors[row, column] = _ERRORS.get(stream[at + 8], "#N/A")
            if kind == _BOOLERR and stream[at + 7]:
                errors[row, column] = _ERRORS.get(stream[at + 6], "#N/A")
    large = f"{height:,} × {width:,}" if height * width > MAX_CELLS else ""
    return SheetPart(name, formulas=formulas, errors=errors, n_cells=height * width, too_large=large)
