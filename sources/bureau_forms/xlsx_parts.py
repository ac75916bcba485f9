"""What must be known of an XLSX file before it is read: its true size, formulas and error values.

The reader builds a full grid between the outermost cells; two cells far apart would fill the memory. Sheets with
such cells are written anew with rows and columns that hold nothing left out.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sources.bureau_forms.pages import MAX_CELLS, PageError, Range

__all__ = ["SheetPart", "parts_of", "rewritten"]

MAX_UNPACKED = 512 * 1024 * 1024
MAX_HEIGHT, MAX_WIDTH = 1_048_576, 16_384
_P = rb"(?:\w+:)?"
_ROW = re.compile(rb"<" + _P + rb"row\b[^>]*?\br=[\"'](\d+)[\"']")
_FAR = re.compile(rb"\br=[\"']([A-Za-z]{2,})\d")
_REF = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_FORMULA = re.compile(rb"<" + _P + rb"c\b([^>]*)>\s*<" + _P + rb"f\b")
_ERROR = re.compile(rb"<" + _P + rb"c\b([^>]*\bt=\"e\"[^>]*)(?<!/)>(.*?)</" + _P + rb"c>", re.DOTALL)
_VALUE = re.compile(rb"<" + _P + rb"v\b[^>]*>([^<]*)<")
_CELL = re.compile(rb"<(" + _P + rb")c\b([^>]*?)(?:/>|>(.*?)</" + _P + rb"c>)", re.DOTALL)
_DATA = re.compile(rb"<(" + _P + rb")sheetData\b[^>]*>.*</" + _P + rb"sheetData>", re.DOTALL)
_MERGE = re.compile(rb"<" + _P + rb"mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_MERGES = re.compile(rb"<" + _P + rb"mergeCells\b.*?</" + _P + rb"mergeCells>", re.DOTALL)
_SHEET = re.compile(rb"<" + _P + rb"sheet\b([^>]*)>")
_RELATION = re.compile(rb"<" + _P + rb"Relationship\b([^>]*)>")
_NOT_COMPUTED = re.compile(rb"<" + _P + rb"calcPr\b[^>]*\bfullCalcOnLoad=\"(?:1|true)\"")


@dataclass
class SheetPart:
    """What is known of a sheet; ``rows`` and ``columns`` only where it was written anew."""

    name: str
    path: str = ""
    formulas: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[Range] = ()
    rows: list[int] | None = None
    columns: list[int] | None = None
    n_cells: int = 0
    too_large: str = ""
    content: bytes = b""


def parts_of(data: bytes) -> list[SheetPart]:
    """Look through an XLSX file without building its cells.

    Raises
    ------
    PageError
        Damaged, protected or larger than can be handled when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED:
                raise PageError("file_too_large", f"{unpacked / 1e6:.0f} MB")
            if any(member.flag_bits & 1 for member in members):
                raise PageError("password")
            sheets = _sheets(archive)
            other = {member.filename for member in members} - {path for _, path in sheets}
            for name in sorted(other):
                # Reading checks length and checksum: nothing unpacks beyond what it declares.
                archive.read(name)
            not_computed = bool(_NOT_COMPUTED.search(_workbook(archive)))
            return [_part(name, path, archive.read(path), not_computed) for name, path in sheets]
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, PageError):
            raise
        raise PageError("file_damaged", error) from error


def _workbook(archive: zipfile.ZipFile) -> bytes:
    return archive.read(_workbook_path(archive))


def _workbook_path(archive: zipfile.ZipFile) -> str:
    for target, kind in _relations(archive, "_rels/.rels", "").values():
        if kind.endswith("/officeDocument"):
            return target
    return "xl/workbook.xml"


def _relations(archive: zipfile.ZipFile, path: str, folder: str) -> dict[str, tuple[str, str]]:
    if path not in archive.namelist():
        return {}
    found = {}
    for text in _RELATION.findall(archive.read(path)):
        own = _attributes(text)
        target = own.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[own.get("Id", "")] = (whole.lstrip("/"), own.get("Type", ""))
    return found


def _attributes(text: bytes) -> dict[str, str]:
    pairs = re.findall(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", text)
    return {k.decode(): html.unescape((a or b).decode("utf-8", "replace")) for k, a, b in pairs}


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """List the names of the sheets with their member of the archive."""
    path = _workbook_path(archive)
    folder, base = posixpath.split(path)
    related = _relations(archive, f"{folder}/_rels/{base}.rels", folder)
    found = []
    for text in _SHEET.findall(archive.read(path)):
        own = _attributes(text)
        ids = [value for key, value in own.items() if key.endswith(":id") or key == "id"]
        target, kind = related.get(ids[0] if ids else "", ("", ""))
        if kind.endswith("/worksheet"):
            found.append((own.get("name", ""), target))
    return found


def _part(name: str, path: str, xml: bytes, not_computed: bool) -> SheetPart:
    part = SheetPart(name, path)
    height, width = _size(xml)
    if height > MAX_HEIGHT or width > MAX_WIDTH:
        raise PageError("file_damaged", f"{name}: {height:,} × {width:,}")
    part.n_cells = height * width
    if height * width > MAX_CELLS:
        _pack(part, xml)
    part.formulas = dict(_formulas(xml, not_computed))
    if b't="e"' in xml:
        part.errors = dict(_errors(xml))
    return part


def _size(xml: bytes) -> tuple[int, int]:
    """Give the rows and columns up to the outermost cell, whatever the sheet and its rows claim."""
    height = max((int(row) for row in _ROW.findall(xml)), default=xml.count(b"<row"))
    beyond = rb"\br=[\"'][A-Za-z]{1,3}(\d{%d,})[\"']" % (len(str(height)) + 1)
    height = max((int(row) for row in re.findall(beyond, xml)), default=height)
    width = max((_column(text) + 1 for text in set(_FAR.findall(xml))), default=26)
    return height, width


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column - 1


def _reference(attributes: bytes) -> tuple[int, int] | None:
    found = _REF.search(attributes)
    return (int(found[2]) - 1, _column(found[1])) if found else None


def _formulas(xml: bytes, not_computed: bool) -> Iterator[tuple[tuple[int, int], bool]]:
    if b"<f" not in xml and b":f" not in xml:
        return
    for found in _FORMULA.finditer(xml):
        at = _reference(found[1])
        end = xml.find(b"c>", found.end())
        value = _VALUE.search(xml, found.end(), end if end >= 0 else len(xml))
        text = value[1].strip() if value else b""
        # Libraries that do not compute write 0 and ask for a computation on opening.
        is_text = b't="str"' in found[1]
        missing = (not text and not is_text) or (not_computed and text in (b"0", b""))
        if at is not None:
            yield at, not missing


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _ERROR.finditer(xml):
        at, value = _reference(found[1]), _VALUE.search(found[2])
        if at is not None:
            yield at, value[1].decode("utf-8", "replace") if value else "#N/A"


def _pack(part: SheetPart, xml: bytes) -> None:
    """Write a sheet anew without the rows and columns that hold nothing."""
    cells: dict[tuple[int, int], tuple[bytes, bytes]] = {}
    prefix = b""
    for found in _CELL.finditer(xml):
        at = _reference(found[2])
        if at is None or not (found[3] or b"").strip():
            continue
        prefix = found[1]
        cells[at] = (found[2], found[3])
        if len(cells) > MAX_CELLS:
            part.too_large = f"> {MAX_CELLS:,}"
            return
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    part.n_cells = len(rows) * len(columns)
    if part.n_cells > MAX_CELLS:
        part.too_large = f"{len(rows):,} × {len(columns):,}"
        return
    part.rows, part.columns = rows, columns
    part.merged = [(int(b) - 1, _column(a), int(d) - 1, _column(c)) for a, b, c, d in _MERGE.findall(xml)]
    written = _written(cells, rows, columns, prefix)
    part.content = _DATA.sub(lambda _: written, _MERGES.sub(b"", xml), count=1)


def _written(
    cells: Mapping[tuple[int, int], tuple[bytes, bytes]], rows: list[int], columns: list[int], prefix: bytes
) -> bytes:
    from sources.bureau_forms.pages import letters_of

    row_at = {row: index + 1 for index, row in enumerate(rows)}
    letters = {column: letters_of(index).encode() for index, column in enumerate(columns)}
    lines: dict[int, list[bytes]] = {row: [] for row in rows}
    for (row, column), (attributes, inner) in sorted(cells.items()):
        place = b'r="%s%d"' % (letters[column], row_at[row])
        own = _REF.sub(lambda _, place=place: place, attributes, count=1)  # type: ignore[misc]
        lines[row].append(b"<%sc%s>%s</%sc>" % (prefix, own, inner, prefix))
    body = b"".join(
        b'<%srow r="%d">%s</%srow>' % (prefix, row_at[row], b"".join(line), prefix)
        for row, line in lines.items()
    )
    return b"<%ssheetData>%s</%ssheetData>" % (prefix, body, prefix)


def rewritten(data: bytes, parts: Sequence[SheetPart]) -> bytes:
    """Give the archive with the sheets that were written anew, and without those too large."""
    changed = {part.path: part.content for part in parts if part.rows is not None}
    empty = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    changed |= {part.path: empty for part in parts if part.too_large}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for member in old.infolist():
            new.writestr(member.filename, changed.get(member.filename) or old.read(member))
    return target.getvalue()
