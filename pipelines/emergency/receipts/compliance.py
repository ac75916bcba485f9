"""Compliance with a response: what of the promised cut is confirmed, denied, unknown. Pure; says nothing of the air.

An answer is a claim and confirms nothing; it denies where the firm itself says that it cannot. A line nobody has
checked is unknown, whatever was answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipelines.emergency.receipts.answers import BySender, by_sender, newest, of_firm
from pipelines.emergency.receipts.filed_list import FiledList, Firm, Unit, same_place
from pipelines.emergency.receipts.model import Receipt, Verification
from pipelines.emergency.receipts.verdict import Evidence, confirmed_share, rules
from sources.receipts.words import VERDICTS
from warehouse.standards.list_spec import LIST_POLLUTANTS

PARTS = ("promised", "confirmed", "denied", "unknown")
NOT_CHECKED = "not_checked"
_WORST = ("fail", "partial", "no_data", "ok")
"""Verdicts of the lines on one furnace, the one that counts for all of them first."""


def compliance_of(
    level: str,
    filed: FiledList,
    units: Sequence[Unit],
    others: Mapping[str, float],
    answers: Mapping[str, Any],
    receipts: Sequence[Receipt],
    checks: Sequence[Verification],
    as_of: datetime,
    since: datetime,
) -> dict[str, Any]:
    """Tell how far a response was carried out, by county, grade and verdict.

    Parameters
    ----------
    level : str
        The highest level that was in force: its measures are looked at.
    filed : FiledList
    units, others
        What was promised: see `filed_list.promised` [kg/d].
    answers : mapping
        See `receipts.answers_of`.
    receipts, checks : sequence
        In order of their entry.
    as_of : datetime
        Later ones are not known yet.
    since : datetime
        When that level was ordered: answers and checks from before it say nothing of it.

    Returns
    -------
    dict
        ``status``: no_data (nothing recorded), partly (some of the cut unknown) or known; ``receipts``,
        ``verification``, ``cut_kgd`` by pollutant with ``confirmed_pct`` and so on, ``by_county``, ``by_grade``,
        ``by_verdict``, ``notes``.
    """
    seen = [c for c in checks if c.checked_at <= as_of and c.level == level]
    said = [r for r in receipts if since.replace(second=0, microsecond=0) <= r.answered_at <= as_of]
    firms = {firm.enterprise_id: firm for firm in filed.firms}
    asked = {firm.enterprise_id for firm in filed.asked(level)}
    checked: dict[str, list[Verification]] = {}
    for check in seen:
        checked.setdefault(check.credit_code, []).append(check)
    senders = by_sender(said)
    rows = [
        _of_unit(unit, firm, checked.get(firm.credit_code, ()), senders)
        for unit in units
        if unit.enterprise_id in asked and (firm := firms[unit.enterprise_id])
    ]
    outside = {
        "county": None, "grade": None, "verdict": NOT_CHECKED, "by": None, "counted": False,
        "cut": {p: (others[p], 0.0, 0.0, others[p]) for p in LIST_POLLUTANTS},
    }  # fmt: skip
    everything = [*rows, outside] if filed.version is not None else rows
    lines = _count_verdicts(rows)
    document = {
        "level": level,
        "list_version": filed.version_id,
        "receipts": dict(answers["counts"]),
        "verification": {"n_records": len(seen), "n_other_levels": len(checks) - len(seen), **lines},
        "cut_kgd": _cuts(everything),
        "by_county": _grouped(rows, "county", lambda key: filed.counties.get(key, key), answers),
        "by_grade": _grouped(rows, "grade", lambda key: key),
        "by_verdict": _grouped(rows, "verdict", _verdict_name),
        "other_sources": _cuts([outside]) if filed.version is not None else {},
        "thresholds_verified": rules().verified,
    }
    return _headline(document, any(r["counted"] for r in rows), len(receipts), len(seen)) | document


def _of_unit(unit: Unit, firm: Firm, checks: Sequence[Verification], receipts: BySender) -> dict[str, Any]:
    """Split what a unit promises into confirmed, denied and unknown."""
    verdict, share = _verdict_of(unit, firm, checks)
    by = "verification" if verdict != NOT_CHECKED else None
    if share is None and verdict in (NOT_CHECKED, "no_data"):
        last = newest(of_firm(firm, receipts))
        if last is not None and last.status == "unable":
            share, by = 0.0, "receipt"
    cut = {}
    for pollutant in LIST_POLLUTANTS:
        whole = unit.cut_kgd[pollutant]
        yes, no = (0.0, 0.0) if share is None else (whole * share, whole * (1 - share))
        cut[pollutant] = (whole, yes, no, whole if share is None else 0.0)
    return {
        "county": firm.county_key, "grade": firm.grade, "verdict": verdict, "by": by,
        "counted": share is not None, "cut": cut,
    }  # fmt: skip


def _verdict_of(unit: Unit, firm: Firm, checks: Sequence[Verification]) -> tuple[str, float | None]:
    """Find the verdict of a unit, of the newest check of each of its lines or of the whole firm.

    Where the measure counts lines of the firm, only a check of the whole firm tells whether enough of them stood still.
    """
    own = [c for c in checks if c.site is None or same_place(c.site) == same_place(firm.site)]
    lines: Iterable[str | None] = (None,) if unit.grouped else unit.line_ids
    found: list[tuple[str, float | None]] = []
    for line in lines:
        last = max(
            ((n, c) for n, c in enumerate(own) if c.line_id is None or c.line_id == line),
            key=lambda n: (n[1].checked_at, n[1].line_id is not None, n[0]),
            default=None,
        )
        found.append((NOT_CHECKED, None) if last is None else (last[1].verdict, _share(last[1], unit)))
    worst = min(
        found, key=lambda f: _WORST.index(f[0]) if f[0] in _WORST else 2.5, default=(NOT_CHECKED, None)
    )
    return worst


def _share(check: Verification, unit: Unit) -> float | None:
    expected = check.expected_ratio if check.expected_ratio is not None else unit.ratio
    hours = (check.window_end - check.window_start).total_seconds() / 3600
    seen = Evidence(
        hours,
        expected,
        check.cems_load_ratio,
        check.power_ratio,
        check.truck_violations,
        check.cems_missing_h,
    )
    return confirmed_share(check.verdict, seen)


def _count_verdicts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {
        "n_units": len(rows),
        **{verdict: sum(r["verdict"] == verdict for r in rows) for verdict in (*VERDICTS, NOT_CHECKED)},
        "denied_by_receipt": sum(r["by"] == "receipt" for r in rows),
    }


def _cuts(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """Add the cuts up by pollutant [kg/d], with the shares of what was promised [%]."""
    made = {}
    for pollutant in LIST_POLLUTANTS:
        sums = [round(sum(r["cut"][pollutant][n] for r in rows), 3) for n in range(len(PARTS))]
        whole = sums[0]
        shares = {
            f"{part}_pct": round(100 * s / whole, 1) if whole else None
            for part, s in zip(PARTS[1:], sums[1:], strict=True)
        }
        made[pollutant] = dict(zip(PARTS, sums, strict=True)) | shares
    return made


def _grouped(
    rows: Sequence[Mapping[str, Any]],
    by: str,
    name: Callable[[str], str],
    answers: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    told = {c["county_code"]: c for c in answers["by_county"]} if answers else {}
    made = []
    order = [*VERDICTS, NOT_CHECKED]
    keys = {str(r[by]) for r in rows}
    for key in sorted(keys, key=lambda k: (order.index(k) if k in order else 0, k)):
        own = [r for r in rows if r[by] == key]
        group = {"key": key, "name": name(key)} | _count_verdicts(own) | {"cut_kgd": _cuts(own)}
        if answers:
            counts = told.get(key, {})
            group["receipts"] = {
                n: counts.get(n, 0) for n in ("expected", "answered", "late", "missing", "unable")
            }
        made.append(group)
    return made


def _verdict_name(verdict: str) -> str:
    return "未核查 not checked" if verdict == NOT_CHECKED else " ".join(VERDICTS[verdict][:2])


def _headline(document: Mapping[str, Any], counted: bool, n_receipts: int, n_checks: int) -> dict[str, str]:
    """Say in one line what is known."""
    if not n_receipts and not n_checks:
        return {
            "status": "no_data",
            "zh": "无数据：未录入各单位落实情况",
            "en": "no data: nothing was recorded about measures carried out",
        }
    if document["list_version"] is None:
        return {
            "status": "no_list",
            "zh": f"回执 {n_receipts} 份、核查 {n_checks} 条；无备案清单，无法折算减排量",
            "en": f"{n_receipts} answers, {n_checks} checks; no filed list to count the cuts by",
        }
    counts, cuts = document["receipts"], document["cut_kgd"]
    unknown = any(c["unknown"] for c in cuts.values())
    shares = "、".join(f"{p} {c['confirmed_pct']:g}%" for p, c in cuts.items() if c["promised"])
    status = "known" if not unknown else "partly" if counted else "unknown"
    return {
        "status": status,
        "zh": f"应回执 {counts['expected']}，已回执 {counts['answered']}；核查 {n_checks} 条；承诺减排已核实 {shares or '—'}",
        "en": f"{counts['answered']} of {counts['expected']} answered; {n_checks} checks; of the promised cut is confirmed"
        f" {shares or '-'}",
    }
