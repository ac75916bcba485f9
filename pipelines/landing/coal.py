"""Coal forms among the files that land: told by their folder or by their headings."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.coal.importing import KIND, take_coal_document
from sources import bureau_forms
from sources.bureau_forms.model import Document
from sources.station_files import FileRef

FOLDER = "coal"
"""Sub-folder of the landing folder whose files can only be coal forms."""


def in_coal_folder(ref: FileRef, landing: Path) -> bool:
    """Tell whether a file lies in the coal folder of the landing folder."""
    try:
        return ref.file.relative_to(landing).parts[0] == FOLDER
    except ValueError:
        return False


def as_coal(ref: FileRef, data: bytes, landing: Path, as_of: datetime) -> Document | None:
    """Read a file as a coal form; None where neither its folder says that it must be one nor its headings that it is."""
    sure = in_coal_folder(ref, landing)
    name = ref.path.replace("!", "/").rsplit("/", 1)[-1]
    if not sure and not bureau_forms.looks_like_coal_form(data, name):
        return None
    document = bureau_forms.read(data, name, today=as_of.date())
    return document if sure or document.tables else None


def take_coal(
    con: duckdb.DuckDBPyConnection, ref: FileRef, document: Document, sha256: str, as_of: datetime
) -> dict[str, Any]:
    """Load a form or refuse it as a whole; gives what the account of files says of it. The caller owns the transaction."""
    taken = take_coal_document(
        con, document, path=ref.path, sha256=sha256, modified_ns=ref.modified_ns, as_of=as_of
    )
    return taken.account


def gone_files(con: duckdb.DuckDBPyConnection, landing: Path, there: Iterable[FileRef]) -> list[str]:
    """Coal files below the landing folder that are not there any more and whose rows stay in force.

    A file that was only renamed is there: its content stands under another path.
    """
    paths = {ref.path for ref in there}
    rows = con.execute(
        "SELECT path, sha256 FROM ops.source_file WHERE kind = ? AND status = 'loaded' ORDER BY ALL", [KIND]
    ).fetchall()
    kept = {sha256 for path, sha256 in rows if path in paths}
    below = f"{landing}{os.sep}"
    return [
        path for path, sha256 in rows if path not in paths and sha256 not in kept and path.startswith(below)
    ]


__all__ = ["FOLDER", "KIND", "as_coal", "gone_files", "in_coal_folder", "take_coal"]
