"""煤炭目标核验 | checking every coal target as of the last finished month."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.coal.amounts import Amount, amount_of, with_named
from pipelines.coal.exclusions import GROSS
from pipelines.coal.households import make_households
from pipelines.coal.projection import NewProject
from pipelines.coal.state_targets import judge_state
from pipelines.coal.target_areas import TargetArea, resolve
from pipelines.coal.target_rows import row_of
from pipelines.coal.target_texts import REASONS
from pipelines.coal.verdicts import NEEDS_BASELINE, Check, Target, judge
from warehouse.store import insert, model_sql, one_row, rows_of

_AREAS = """
CREATE OR REPLACE TEMP TABLE asked_coal_area (
    target_id VARCHAR, area_kind VARCHAR, area_code VARCHAR, years INTEGER[]
)
"""
_MEMBERS = "CREATE OR REPLACE TEMP TABLE asked_coal_member (target_id VARCHAR, member_kind VARCHAR, member_code VARCHAR)"


def last_finished_month(as_of: datetime | date) -> str:
    """Name the last month that is over on a day; months after it are never judged."""
    before = as_of.replace(day=1) - timedelta(days=1)
    return f"{before.year:04d}-{before.month:02d}"


def rebuild_targets(con: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Replace ``coal.target_check`` by the checks as of a moment; the caller owns the transaction.

    Returns
    -------
    int
        Targets checked.
    """
    con.execute("DELETE FROM coal.target_check")
    rows = query_targets(con, as_of)
    schema = con.execute("SELECT * FROM coal.target_check LIMIT 0").to_arrow_table().schema
    return insert(con, "coal.target_check", pa.Table.from_pylist(rows, schema)) if rows else 0


def query_targets(
    con: duckdb.DuckDBPyConnection,
    as_of: datetime | date,
    *,
    areas: Collection[str] | None = None,
    year: int | None = None,
    target_id: str | None = None,
) -> list[dict[str, Any]]:
    """Check targets without writing; also on a connection that may only read.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : datetime or date
        The last month finished before it is the last that counts.
    areas : collection of str, optional
        Codes of areas; their own targets only.
    year : int, optional
        Year of the targets.
    target_id : str, optional

    Returns
    -------
    list of dict
        Rows of ``coal.target_check``, by year, area and target.
    """
    month = last_finished_month(as_of)
    asked = [
        (
            stored,
            resolve(con, stored["area_kind"], stored["area_code"], stored["area_name"], stored["stat_year"]),
        )
        for stored in rows_of(con, model_sql("coal_target_asked"))
        if year in (None, stored["stat_year"]) and target_id in (None, stored["target_id"])
    ]
    asked = [(s, a) for s, a in asked if areas is None or (a is not None and a.code in areas)]
    _prepare(con, asked)
    if any(stored["kind"] == "state" for stored, _ in asked):
        make_households(con, as_of, "asked_coal_household")
    amounts = _amounts(con, month)
    sources = _sources(con, month)
    rows = [_check(con, stored, found, amounts, sources, month, as_of) for stored, found in asked]
    columns = [name for name, *_ in con.execute("DESCRIBE coal.target_check").fetchall()]
    rows = [{name: row.get(name) for name in columns} for row in rows]
    return sorted(rows, key=lambda r: (-r["stat_year"], r["area_kind"], r["area_code"], r["target_id"]))


def _prepare(
    con: duckdb.DuckDBPyConnection, asked: Sequence[tuple[dict[str, Any], TargetArea | None]]
) -> None:
    con.execute(_AREAS)
    con.execute(_MEMBERS)
    areas, places = [], []
    for stored, area in asked:
        if area is None:
            continue
        year, key = stored["stat_year"], stored["target_id"]
        years = sorted({year, year - 1, stored["baseline_year"]})
        areas += [(key, area.kind, code, years) for code in area.codes]
        places += [(key, kind, code) for kind, code in area.members]
    if areas:
        con.executemany("INSERT INTO asked_coal_area VALUES (?, ?, ?, ?)", areas)
        con.executemany("INSERT INTO asked_coal_member VALUES (?, ?, ?)", places)


def _amounts(con: duckdb.DuckDBPyConnection, month: str) -> dict[str, list[Amount]]:
    coverage = _rule(con, "coverage_pct", 100)
    found: dict[str, list[Amount]] = {}
    for row in rows_of(con, model_sql("coal_target_amount"), {"as_of_month": month}):
        found.setdefault(row["target_id"], []).append(amount_of(row, coverage))
    return {target: with_named(rows) for target, rows in found.items()}


def _rule(con: duckdb.DuckDBPyConnection, rule: str, otherwise: float) -> float:
    row = one_row(
        con.execute("SELECT max(value) FROM ref.coal_rule WHERE rule = ? AND valid_to IS NULL", [rule])
    )
    return float(row[0]) if row and row[0] is not None else otherwise


def _sources(con: duckdb.DuckDBPyConnection, month: str) -> dict[tuple[str, str], str]:
    rows = rows_of(con, model_sql("coal_target_source"), {"as_of_month": month})
    found = {(row["target_id"], row["origin"]): row["sha256"] for row in rows}
    return found | {(t, "children"): sha for (t, origin), sha in found.items() if origin == "firms"}


def _check(
    con: duckdb.DuckDBPyConnection,
    stored: dict[str, Any],
    area: TargetArea | None,
    amounts: dict[str, list[Amount]],
    sources: dict[tuple[str, str], str],
    month: str,
    as_of: datetime | date,
) -> dict[str, Any]:
    if area is None:
        return _unknown_area(stored, month)
    stored = stored | {"area_kind": area.kind, "area_code": area.code, "area_name_en": area.name_en}
    if stored["kind"] == "state":
        return judge_state(con, stored, month, area)
    target = _target(con, stored, area)
    check = judge(target, amounts.get(target.target_id, []), month, _projects(con, target, as_of))
    check = _panel_doubt(con, check, area)
    found = check.main.picked.found
    row = row_of(check, stored, month)
    row["source_sha256"] = sources.get((target.target_id, found.origin)) if found else None
    return row


def _target(con: duckdb.DuckDBPyConnection, stored: dict[str, Any], area: TargetArea) -> Target:
    unread = [] if stored["verified"] else ["目标 | the target"]
    if not area.verified:
        unread.append("区域名单 | list of the region")
    return Target(
        stored["target_id"], stored["kind"], stored["scope"], stored["basis"], stored["stat_year"],
        stored["baseline_year"], area.perimeter, stored["exclusions"], _exact(stored["target_t"]),
        _exact(stored["target_pct"]), _exact(stored["baseline_t"]), _excluded_by_rule(con, stored["stat_year"]),
        tuple(unread), area.ended, int(_rule(con, "target_months_late", 2)),
    )  # fmt: skip


def _exact(value: Any) -> Fraction | None:
    """Take a number as it is written, so that -0.1 stays one tenth."""
    return None if value is None else Fraction(str(value))


def _excluded_by_rule(con: duckdb.DuckDBPyConnection, year: int) -> frozenset[str]:
    """What every assessment of a year leaves out: the rules in force on its first day."""
    rows = con.execute(
        "SELECT exclusion FROM ref.coal_exclusion WHERE area_code = '*' AND kind <> 'unit'"
        " AND $day BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')",
        {"day": date(year, 1, 1)},
    ).fetchall()
    return frozenset(r[0] for r in rows) or GROSS


def _projects(con: duckdb.DuckDBPyConnection, target: Target, as_of: datetime | date) -> list[NewProject]:
    if target.scope == "scattered":
        return []
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    asked = {"target_id": target.target_id, "stat_year": target.year, "as_of_day": day, "scope": target.scope}
    return [
        NewProject(
            row["project_code"],
            coal,
            row["start_day"],
            _exact(row[f"feedstock_{target.basis}"]) or Fraction(0),
        )
        for row in rows_of(con, model_sql("coal_target_project"), asked)
        if (coal := _exact(row[f"coal_{target.basis}"])) is not None
    ]


def _panel_doubt(con: duckdb.DuckDBPyConnection, check: Check, area: TargetArea) -> Check:
    """Let a fall wait for verification that comes from firms that left, while those that continue did not burn less.

    A firm that was shut down is a cut; one that only left the statistics is none. The data do not say which.
    """
    target, found = check.target, check.main.picked.found
    if found is None or found.origin not in ("firms", "children") or target.baseline_year != target.year - 1:
        return check
    fell = target.kind in NEEDS_BASELINE and check.main.result in ("pass", "on_schedule")
    row = one_row(
        con.execute(
            "SELECT 1 FROM coal.panel p WHERE area_kind = ? AND area_code = ? AND period_kind = 'ytd' AND period = ?"
            " AND scope = ? AND panel_group = 'total' AND growth = 'not_negative_growth'"
            " AND (scope_rule = 'all' OR scope_rule IN (SELECT scope_rule FROM ref.coal_scope_rule WHERE is_default))",
            [area.kind, area.code, f"{found.year}-01..{found.months:02d}", target.scope],
        )
    )
    return replace(check, verdict="unverified", reason="leaving_firms") if fell and row else check


def _unknown_area(stored: dict[str, Any], month: str) -> dict[str, Any]:
    reason = REASONS["unknown_area"]
    name = stored["area_name"] or stored["area_code"]
    return {
        **{k: stored[k] for k in ("target_id", "area_name", "stat_year", "kind", "metric", "scope", "basis")},
        **{k: stored[k] for k in ("document_no", "clause", "source", "verified")},
        "area_kind": stored["area_kind"] or "unknown",
        "area_code": stored["area_code"] or "",
        "as_of_month": month,
        "unit": stored["basis"],
        "year_finished": f"{stored['stat_year']}-12" <= month,
        "verdict": "insufficient",
        "result": "insufficient",
        "reason": "unknown_area",
        "verdict_zh": f"{name}：数据不足；{reason[0]}",
        "verdict_en": f"{name}: insufficient data; {reason[1]}",
    }
