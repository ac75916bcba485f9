"""What a list amounts to without its firms: ratios, cuts by industry, county and kind of source, numbers of findings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from typing import Any

import duckdb
import pandas as pd

from pipelines.emergency.emission_list.check import count_findings
from pipelines.emergency.emission_list.ratios import Reduction, counted, keep_reductions, reductions_of
from warehouse.store import model_sql, rows_of

FEW = 3
"""Members below which a sum would tell one of them what another does."""
OTHER = "~other"
OPEN = ("mobile",)
"""Kinds of sources whose members are no firms."""
_DIGITS = Decimal(1).scaleb(-6)


@dataclass
class Part:
    """A sum over members, amounts in kg/d; members are named only where they are few."""

    part: str
    base_kgd: Decimal
    cut_kgd: Decimal
    cut_high_kgd: Decimal
    n_members: int
    n_cutting: int
    few_members: set[str] = field(default_factory=set)
    few_cutting: set[str] = field(default_factory=set)

    @property
    def tells(self) -> bool:
        """It would tell of single members."""
        return self.part not in OPEN and (0 < self.n_members < FEW or 0 < self.n_cutting < FEW)

    def add(self, other: "Part") -> None:
        """Take another part in; who is a member of both counts once."""
        self.base_kgd += other.base_kgd
        self.cut_kgd += other.cut_kgd
        self.cut_high_kgd += other.cut_high_kgd
        self.few_members |= other.few_members
        self.few_cutting |= other.few_cutting
        self.n_members = max(self.n_members, other.n_members, len(self.few_members))
        self.n_cutting = max(self.n_cutting, other.n_cutting, len(self.few_cutting))


def folded(parts: Sequence[Part]) -> list[Part]:
    """Put parts of fewer than three members together, with the smallest of the others where that is not enough.

    Parameters
    ----------
    parts : sequence of Part
        The largest cut first.

    Returns
    -------
    list of Part
        Those that may be told, what was put together last; nothing where all of them together would tell of a member.
    """
    kept = [p for p in parts if not p.tells]
    rest = Part(OTHER, Decimal(0), Decimal(0), Decimal(0), 0, 0)
    few = [p for p in parts if p.tells]
    for part in few:
        rest.add(part)
    while few and rest.tells and kept:
        rest.add(kept.pop())
    if not few:
        return kept
    return [*kept, rest] if not rest.tells else kept


def keep_sums(con: duckdb.DuckDBPyConnection, version: str, day: date, *, findings: bool) -> None:
    """Keep the ratios of a version and its cuts by parts, as listed and on a day; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    version : str
    day : date
        Response day.
    findings : bool
        Count the findings too; they depend on the list alone, not on the day.
    """
    ratios: list[Reduction] = []
    parts: list[dict[str, Any]] = []
    for basis, at in (("filed", None), ("day", day)):
        with counted(con, version, at) as table:
            ratios += reductions_of(con, version, at, table)
            parts += _parts(con, version, basis)
            if basis == "filed" and findings:
                _replace(con, "list_quality", version, count_findings(con, version))
    keep_reductions(con, version, ratios)
    _replace(con, "cut_part", version, parts)


def _parts(con: duckdb.DuckDBPyConnection, version: str, basis: str) -> list[dict[str, Any]]:
    found = rows_of(con, model_sql("cut_parts"), {"version": version})
    head = ("level", "pollutant", "part_kind")
    made = []
    for key, group in groupby(found, key=lambda row: tuple(row[name] for name in head)):
        parts = [
            Part(
                **{k: v for k, v in row.items() if k not in (*head, "few_members", "few_cutting")},
                few_members=set(row["few_members"]),
                few_cutting=set(row["few_cutting"]),
            )
            for row in group
        ]
        about = {"version_id": version, "basis": basis} | dict(zip(head, key, strict=True))
        made += [about | _row(part) for part in folded(parts)]
    return made


def _row(part: Part) -> dict[str, Any]:
    amounts = ("base_kgd", "cut_kgd", "cut_high_kgd")
    return {"part": part.part, "n_members": part.n_members} | {
        name: Decimal(getattr(part, name)).quantize(_DIGITS, ROUND_HALF_EVEN) for name in amounts
    }


def _replace(
    con: duckdb.DuckDBPyConnection, table: str, version: str, rows: Sequence[dict[str, Any]]
) -> None:
    con.execute(f"DELETE FROM emergency.{table} WHERE version_id = ?", [version])
    if rows:
        con.register("incoming", pd.DataFrame(rows))
        con.execute(f"INSERT INTO emergency.{table} BY NAME SELECT * FROM incoming")
        con.unregister("incoming")
