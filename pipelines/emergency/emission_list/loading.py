"""Put a whole version of a list into the warehouse, or nothing of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.emergency.emission_list.rows import measure_rows, stop_rows, total_rows
from sources.emission_list.findings import Finding, thinned
from sources.emission_list.reading import ListDocument
from warehouse.store import insert, model_sql

OTHER = {"mobile": "mobile_source", "nonroad": "nonroad_source", "dust": "dust_source"}
TABLES = (
    "enterprise",
    "line",
    "line_stop",
    "measure",
    *OTHER.values(),
    "source_total",
    "reduction",
    "cut_part",
    "list_quality",
    "list_version",
)
"""Tables of ``emergency`` that hold rows of a version."""


@dataclass(frozen=True)
class Prepared:
    """A list ready to be kept: its rows by table and everything that was found in it."""

    document: ListDocument
    measures: pa.Table
    stops: pa.Table
    totals: pa.Table
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the whole list out."""
        return tuple(found for found in self.findings if found.level == "error")

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of enterprises, lines and other sources."""
        lines = self.document.tables.get("enterprise")
        others = sum(self.document.tables[f].num_rows for f in OTHER if f in self.document.tables)
        return {
            "n_enterprises": pc.count_distinct(lines["enterprise_id"]).as_py() if lines is not None else 0,
            "n_lines": lines.num_rows if lines is not None else 0,
            "n_other": others,
        }


def prepare_list(document: ListDocument) -> Prepared:
    """Work out measures, stops and totals of a list that was read."""
    if document.errors or not {"enterprise", "total"} <= document.tables.keys():
        nothing = pa.table({})
        found = tuple(document.findings)
        if "enterprise" in document.tables:
            found += tuple(measure_rows(document)[1])
        return Prepared(document, nothing, nothing, nothing, tuple(thinned(found)))
    measures, more = measure_rows(document)
    findings = tuple(thinned([*document.findings, *more]))
    return Prepared(document, measures, stop_rows(document), total_rows(document), findings)


def load_version(con: duckdb.DuckDBPyConnection, prepared: Prepared, head: dict[str, Any]) -> None:
    """Insert a version; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    prepared : Prepared
        Without errors.
    head : dict
        Columns of ``emergency.list_version`` but for the counts.

    Raises
    ------
    ValueError
        The list has errors.
    """
    if prepared.errors:
        raise ValueError(f"{prepared.document.name}: 有错误，不入库 has errors and is not loaded")
    version = {"version": head["version_id"]}
    lines = _with_name_key(prepared.document.tables["enterprise"])
    con.register("incoming_line", lines)
    for table, model in (("enterprise", "list_enterprise"), ("line", "list_line")):
        con.execute(f"INSERT INTO emergency.{table} BY NAME {model_sql(model)}", version)
    con.unregister("incoming_line")
    for table, rows in (
        ("line_stop", prepared.stops), ("measure", prepared.measures), ("source_total", prepared.totals),
    ):  # fmt: skip
        insert(con, f"emergency.{table}", _of(rows, head["version_id"]))
    for form, table in OTHER.items():
        if form in prepared.document.tables:
            own = [n for n, *_ in con.execute(f"DESCRIBE emergency.{table}").fetchall() if n != "version_id"]
            insert(
                con, f"emergency.{table}", _of(prepared.document.tables[form].select(own), head["version_id"])
            )
    row = head | prepared.counts
    names = ", ".join(row)
    con.execute(
        f"INSERT INTO emergency.list_version ({names}) VALUES ({', '.join('?' * len(row))})",
        list(row.values()),
    )


def _of(rows: pa.Table, version: str) -> pa.Table:
    return rows.append_column("version_id", pa.array([version] * rows.num_rows, pa.string()))


def _with_name_key(lines: pa.Table) -> pa.Table:
    """Add the name without width, case, blanks and punctuation, by which names are compared."""
    shown = pc.utf8_lower(pc.utf8_normalize(lines["firm_name"], form="NFKC"))
    key = pc.replace_substring_regex(shown, r"[\s\p{P}\p{S}]", "")
    return lines.append_column("name_key", pc.if_else(pc.equal(key, ""), shown, key))


def remove_version(con: duckdb.DuckDBPyConnection, version: str) -> None:
    """Take a version out of the warehouse; the caller owns the transaction."""
    for table in TABLES:
        con.execute(f"DELETE FROM emergency.{table} WHERE version_id = ?", [version])


def mark_filed(con: duckdb.DuckDBPyConnection, version: str, by: str, at: datetime, document_no: str) -> None:
    """Mark a version as filed; one that is filed already stays as it is."""
    con.execute(
        "UPDATE emergency.list_version SET state = 'filed', filed_by = ?, filed_at = ?, document_no = ?"
        " WHERE version_id = ? AND state = 'draft'",
        [by, at, document_no, version],
    )
