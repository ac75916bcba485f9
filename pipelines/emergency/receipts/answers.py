"""Who has answered a response, who has not, how late: events, list and receipts in, one document out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from pipelines.emergency.life.records import Event, Record
from pipelines.emergency.receipts.filed_list import FiledList, Firm, same_place
from pipelines.emergency.receipts.model import Receipt
from pipelines.emergency.receipts.warning_with_list import LEVELLED

STATES = {
    "in_time": ("按时", "in time"),
    "late": ("迟回", "late"),
    "waiting": ("待回执", "not yet due"),
    "missing": ("逾期未回", "overdue"),
}


def asked_at(record: Record, events: Sequence[Event], as_of: datetime) -> datetime:
    """Give the moment from which answers count: the last order that changed what is to be done."""
    orders = [e.as_of for e in events if e.action in LEVELLED and e.as_of <= as_of]
    return max(orders, default=record.approved_at or record.drafted_at)


def due_at(record: Record, asked: datetime, within_h: float | None) -> datetime:
    """Give the moment by which answers are due: so many hours after the order, else the start of the response."""
    if within_h is not None:
        return asked + timedelta(hours=within_h)
    return max(asked, record.start_at or asked)


def answers_of(
    record: Record,
    events: Sequence[Event],
    filed: FiledList,
    receipts: Sequence[Receipt],
    as_of: datetime,
    *,
    within_h: float | None = None,
    has_database: bool = True,
) -> dict[str, Any]:
    """Hold the receipts of a warning against those who were to answer.

    Parameters
    ----------
    record, events
        The warning and its history.
    filed : FiledList
        The filed list in use.
    receipts : sequence of Receipt
        In order of their entry.
    as_of : datetime
        Later answers are not known yet.
    within_h : float, optional
        Hours after the order within which answers are due [h]; else they are due at the start of the response.
    has_database : bool
        Whether there is a published database to have a list in.

    Returns
    -------
    dict
        ``counts``, ``by_county``, ``enterprises`` (one a site), ``counties``, ``others`` and ``notes``.
    """
    asked = asked_at(record, events, as_of)
    due = due_at(record, asked, within_h)
    known = [r for r in receipts if r.answered_at <= as_of]
    counted = [r for r in known if r.answered_at >= asked.replace(second=0, microsecond=0)]
    firms = filed.asked(record.level)
    senders = by_sender(counted)
    enterprises = [_of_firm(firm, senders, due, as_of) for firm in firms]
    expected = {firm.county_key for firm in firms}
    counties = [
        {"county_code": key, "county_name": filed.counties[key]}
        | _standing(senders.get(("county", key), ()), due, as_of)
        for key in sorted(expected)
    ]
    return {
        "warning_id": record.warning_id,
        "kind": record.kind,
        "watermark": record.watermark,
        "city_code": record.city_code,
        "city_name": record.describe()["city_name"],
        "level": record.level,
        "state": record.state,
        "as_of": as_of,
        "asked_at": asked,
        "due_at": due,
        "list_version": filed.version_id,
        "list_document_no": filed.version["document_no"] if filed.version else None,
        "counts": _counts(enterprises)
        | {"counties": _counts(counties), "not_asked": len(filed.firms) - len(firms)},
        "by_county": _by_county(enterprises, filed),
        "enterprises": enterprises,
        "counties": counties,
        "others": _others(counted, {f.credit_code for f in firms}, expected),
        "n_before": len(known) - len(counted),
        "notes": _notes(record, filed, len(known) - len(counted), has_database),
    }


BySender = Mapping[tuple[str, str], Sequence[Receipt]]


def by_sender(receipts: Iterable[Receipt]) -> BySender:
    """Put receipts in order under their senders."""
    found: dict[tuple[str, str], list[Receipt]] = {}
    for receipt in receipts:
        found.setdefault((receipt.sender_kind, receipt.sender_id), []).append(receipt)
    return found


def of_firm(firm: Firm, receipts: BySender) -> list[Receipt]:
    """Give the receipts of a firm that hold for this site of it."""
    own = receipts.get(("enterprise", firm.credit_code), ())
    return [r for r in own if r.site is None or same_place(r.site) == same_place(firm.site)]


def newest(receipts: Sequence[Receipt]) -> Receipt | None:
    """Pick the answer that counts: the last one given, of equal moments the one entered last."""
    return max(enumerate(receipts), key=lambda n: (n[1].answered_at, n[0]), default=(0, None))[1]


def _of_firm(firm: Firm, receipts: BySender, due: datetime, as_of: datetime) -> dict[str, Any]:
    about = {name: value for name, value in asdict(firm).items() if name != "levels"}
    return about | {"county_key": firm.county_key} | _standing(of_firm(firm, receipts), due, as_of)


def _standing(own: Sequence[Receipt], due: datetime, as_of: datetime) -> dict[str, Any]:
    """Tell whether somebody has answered, when first, what last, and how late [h]."""
    last = newest(own)
    first = min((r.answered_at for r in own), default=None)
    late = max(0.0, ((first or as_of) - due).total_seconds() / 3600)
    state = ("late" if late else "in_time") if own else ("missing" if late else "waiting")
    return {
        "answer": state,
        "late_h": round(late, 2),
        "first_answered_at": first,
        "answered_at": last.answered_at if last else None,
        "answered_by": last.answered_by if last else None,
        "channel": last.channel if last else None,
        "status": last.status if last else None,
        "reason": last.reason if last else None,
        "note": last.note if last else None,
        "n_receipts": len(own),
    }


def _counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    answered = [r for r in rows if r["n_receipts"]]
    return {
        "expected": len(rows),
        "answered": len(answered),
        **{state: sum(r["answer"] == state for r in rows) for state in STATES},
        **{status: sum(r["status"] == status for r in rows) for status in ("done", "partial", "unable")},
    }


def _by_county(enterprises: Sequence[Mapping[str, Any]], filed: FiledList) -> list[dict[str, Any]]:
    keys = sorted({str(e["county_key"]) for e in enterprises})
    return [
        {"county_code": key, "county_name": filed.counties[key]}
        | _counts([e for e in enterprises if e["county_key"] == key])
        for key in keys
    ]


def _others(receipts: Sequence[Receipt], firms: set[str], counties: set[str]) -> list[dict[str, Any]]:
    """Give the answers of those the list asks nothing of: departments, firms without measures."""
    wanted = {"enterprise": firms, "county": counties}
    found = [r for r in receipts if r.sender_id not in wanted.get(r.sender_kind, set())]
    return [asdict(r) for r in found]


def _notes(record: Record, filed: FiledList, before: int, has_database: bool) -> list[dict[str, str]]:
    notes = []
    if filed.version is None:
        notes.append(
            (
                "no_list",
                "该城市没有备案清单：无法判断谁应回执",
                "no list of the city is filed: who should answer is not known",
            )
            if has_database
            else (
                "nothing_published",
                "尚未发布数据：没有清单可对照",
                "nothing is published: there is no list to compare with",
            )
        )
    if filed.version is not None and not filed.asked(record.level):
        notes.append(
            ("nobody_asked", "清单中没有该级别的企业措施", "the list has no measures of firms at this level")
        )
    if before:
        notes.append(
            ("before", f"{before} 份回执早于最近一次级别变更，须重新回执",
             f"{before} answers were given before the level last changed and do not count")
        )  # fmt: skip
    return [{"code": code, "zh": zh, "en": en} for code, zh, en in notes]
