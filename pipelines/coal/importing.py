"""Take in one coal document: check it against its form and the past, then load all of it or nothing."""

import hashlib
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.coal.form_checks import check_form
from pipelines.coal.history_checks import check_history, empty_warehouse, unchecked_finding
from pipelines.coal.loading import Change, load_rows
from pipelines.coal.rows import normalised
from sources.bureau_forms.model import Document, Finding, FormTable
from warehouse.store import one_row

KIND = "coal"
"""Kind of these files in the account of files."""


@dataclass(frozen=True)
class Validation:
    """A document, what was found in it, and its rows as they would be kept."""

    document: Document
    path: str
    sha256: str
    modified_ns: int
    as_of: datetime
    findings: tuple[Finding, ...]
    tables: tuple[tuple[FormTable, pa.Table], ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the whole file out."""
        return tuple(found for found in self.findings if found.level == "error")

    @property
    def loadable(self) -> bool:
        """No error, and something to load."""
        return not self.errors and any(rows.num_rows for _, rows in self.tables)

    @property
    def rows(self) -> int:
        """Number of rows that would be loaded."""
        return sum(rows.num_rows for _, rows in self.tables)


def validate(
    con: duckdb.DuckDBPyConnection | None,
    document: Document,
    *,
    sha256: str,
    path: str,
    as_of: datetime,
    modified_ns: int = 0,
) -> Validation:
    """Check a document against its forms and, where there is a warehouse, against the past.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection or None
        The warehouse, only read; without one nothing is compared with earlier data, which the findings say.
    document : Document
        As read from the file.
    sha256, path : str
        Fingerprint and path of the file.
    as_of : datetime
        What counts as now.
    modified_ns : int
        Place of the file among others: later ones win where keys meet [ns].
    """
    found, tables = list(document.findings), []
    for table in document.tables:
        rows, more = normalised(table)
        found += more
        tables.append((table, rows))
    with nullcontext(con) if con is not None else empty_warehouse() as compared:
        for table, rows in tables:
            found += check_form(compared, table, rows)
        found += check_history(compared, tables, as_of)
    if con is None:
        found.append(unchecked_finding())
    return Validation(document, path, sha256, modified_ns, as_of, tuple(_once(found)), tuple(tables))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Leave out what two checks say of the same cell in the same words."""
    return list(dict.fromkeys(found))


def load(con: duckdb.DuckDBPyConnection, validation: Validation) -> list[Change]:
    """Put a document in place of what its path brought before; the caller owns the transaction.

    Newer files win where keys meet; what they overrule stands again when they go. The same content again changes
    nothing. A document with errors is not to be loaded.

    Returns
    -------
    list of Change
        What differs in the rows in force, when an earlier content of this path was replaced.

    Raises
    ------
    ValueError
        The document has errors.
    """
    if validation.errors:
        raise ValueError(f"{validation.path}: 有错误，不入库 has errors and is not loaded")
    return load_rows(
        con, validation.tables, path=validation.path, sha256=validation.sha256,
        modified_ns=validation.modified_ns, seen_at=validation.as_of,
    )  # fmt: skip


def record_findings(con: duckdb.DuckDBPyConnection, validation: Validation) -> None:
    """Keep the findings of a file in place of those of its path before."""
    con.execute("DELETE FROM coal.import_finding WHERE path = ?", [validation.path])
    if not validation.findings:
        return
    names = ("sheet", "cell", "level", "rule", "found", "reason_zh", "reason_en", "fix_zh", "fix_en")
    rows = [
        dict(
            zip(
                names,
                (f.sheet, f.cell, f.level, f.rule, f.found, f.zh, f.en, f.fix_zh, f.fix_en),
                strict=True,
            )
        )
        for f in validation.findings
    ]
    con.register("incoming", pd.DataFrame(rows).assign(path=validation.path, sha256=validation.sha256))
    con.execute("INSERT INTO coal.import_finding BY NAME SELECT * FROM incoming")
    con.unregister("incoming")


@dataclass(frozen=True)
class Taken:
    """What became of one document."""

    status: str
    validation: Validation
    changes: tuple[Change, ...]

    @property
    def account(self) -> dict[str, Any]:
        """Columns of ``ops.source_file`` that this module decides: kind, status, reason, number of rows."""
        errors = self.validation.errors
        row: dict[str, Any] = {
            "kind": KIND,
            "status": self.status,
            "reason_code": None,
            "reason_zh": None,
            "reason_en": None,
            "n_values": self.validation.rows if self.status == "loaded" else 0,
            "n_rejected": len(errors),
        }
        if errors:
            first, n = errors[0], len(errors)
            where = "!".join(part for part in (first.sheet, first.cell) if part)
            zh = f"{n} 处错误，整份未入库；例如 {where} {first.zh}".replace("  ", " ")
            en = f"{n} errors, nothing was loaded; for example {where} {first.en}".replace("  ", " ")
            row |= {"reason_code": "coal_errors", "reason_zh": zh, "reason_en": en}
        elif self.status == "empty":
            zh, en = "没有可入库的行", "no row to load"
            row |= {"reason_code": "no_rows", "reason_zh": zh, "reason_en": en}
        return row


def take_coal_document(
    con: duckdb.DuckDBPyConnection,
    document: Document,
    *,
    path: str,
    sha256: str,
    modified_ns: int,
    as_of: datetime,
) -> Taken:
    """Check a document and load it unless it has errors; the caller owns the transaction and the account of files.

    The findings are kept either way. A document with errors leaves what its path brought before in force.
    """
    validation = validate(con, document, sha256=sha256, path=path, as_of=as_of, modified_ns=modified_ns)
    record_findings(con, validation)
    if validation.errors:
        return Taken("rejected", validation, ())
    if not validation.loadable:
        return Taken("empty", validation, ())
    return Taken("loaded", validation, tuple(load(con, validation)))


def same_content(con: duckdb.DuckDBPyConnection, path: str, data: bytes) -> bool:
    """Tell whether a path brought just these bytes last time."""
    row = one_row(
        con.execute(
            "SELECT sha256 FROM ops.source_file WHERE path = ? AND kind = ? AND status <> 'superseded'",
            [path, KIND],
        )
    )
    return row is not None and row[0] == hashlib.sha256(data).hexdigest()
