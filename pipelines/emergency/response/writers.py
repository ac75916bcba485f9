"""Which module writes which document of a response; the modules are loaded when they are used, for some are heavy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards.clean import one_line
from dashboards.response.model import Enterprise, Response
from dashboards.response.names import document_name

KINDS = ("workbook", "notices", "placards", "letter", "sms", "public", "long_image", "json", "cap")
"""Kinds of documents, in the order they are told."""
OF_DRAFTS = ("workbook", "letter", "json")
"""Kinds a draft has, watermarked; nothing for outside is made of it."""
OF_LISTS = ("notices", "placards")
"""Kinds that need a filed list."""


@dataclass(frozen=True)
class Product:
    """One document: its kind, how many it holds (lines, enterprises, messages; else 1), and where it is."""

    name: str
    path: Path
    kind: str
    n: int


Writer = Callable[[Response, Path], int]


def write_kind(
    kind: str,
    response: Response,
    folder: Path,
    firms: Sequence[Enterprise] | None = None,
    agency: str | None = None,
) -> list[Product]:
    """Write the documents of one kind into a folder.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    response : Response
    folder : Path
    firms : sequence of Enterprise, optional
        Notices and placards of these only.
    agency : str, optional
        Code of the bureau for CAP.
    """
    if kind in OF_LISTS:
        return _pages(kind, response, folder, firms)
    path = folder / document_name(response, kind)
    if kind == "cap":
        return [Product(path.name, path, kind, _cap(response, path, agency))]
    return [Product(path.name, path, kind, _WRITERS[kind](response, path))]


def _pages(kind: str, response: Response, folder: Path, firms: Sequence[Enterprise] | None) -> list[Product]:
    from dashboards.response.printed.notice import write_notices
    from dashboards.response.printed.page import parts_of
    from dashboards.response.printed.placard import write_placards

    write = write_notices if kind == "notices" else write_placards
    parts = [(one_line(firms[0].firm_name, 60), firms)] if firms else list(parts_of(response))
    made = []
    for place, some in parts:
        path = _free(folder, response, kind, place)
        write(response, some, path, place)
        made.append(Product(path.name, path, kind, len(some)))
    return made


def _free(folder: Path, response: Response, kind: str, place: str) -> Path:
    """Give a name that no other county has; names differ less once they fit a file system."""
    number, path = 1, folder / document_name(response, kind, place)
    while path.exists():
        number += 1
        path = folder / document_name(response, kind, f"{place[:30]}_{number}")
    return path


def _workbook(response: Response, path: Path) -> int:
    from dashboards.response.workbook.writing import write_workbook

    write_workbook(response, path)
    return sum(len(firm.lines) for firm in response.enterprises)


def _letter(response: Response, path: Path) -> int:
    from dashboards.response.letter.writing import write_letter

    write_letter(response, path)
    return 1


def _sms(response: Response, path: Path) -> int:
    from dashboards.response.sms import write_sms

    return write_sms(response, path)


def _public(response: Response, path: Path) -> int:
    from dashboards.response.public_text import write_public_text

    write_public_text(response, path)
    return 1


def _long_image(response: Response, path: Path) -> int:
    from dashboards.pictures.long_image import write_long_image

    write_long_image(response, path)
    return 1


def _json(response: Response, path: Path) -> int:
    from dashboards.response.document import write_document

    write_document(response, path)
    return 1


def _cap(response: Response, path: Path, agency: str | None) -> int:
    from dashboards.response.cap.message import write_cap

    write_cap(response, path, agency=agency)
    return 1


_WRITERS: dict[str, Writer] = {
    "workbook": _workbook,
    "letter": _letter,
    "sms": _sms,
    "public": _public,
    "long_image": _long_image,
    "json": _json,
}
