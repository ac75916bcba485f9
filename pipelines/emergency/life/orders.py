"""Levels ordered by others, entered and lifted as events; while one is in force nobody goes below it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.emergency.life import store
from pipelines.emergency.life.entries import make_event
from pipelines.emergency.life.machine import LIVE, LifeError
from pipelines.emergency.life.papers import Context, Papers, command_key, need, one_line, tidy
from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal.orders import Order
from warehouse import state

_ACTIVE = (
    "SELECT * FROM superior_order_event e WHERE action = 'enter' AND (?1 IS NULL OR kind = ?1)"
    " AND (?2 IS NULL OR city_code = ?2) AND NOT EXISTS (SELECT 1 FROM superior_order_event l"
    " WHERE l.order_id = e.order_id AND l.action = 'lift') AND (end_at IS NULL OR end_at > ?3) ORDER BY event_id"
)


@dataclass(frozen=True)
class Standing:
    """An order on record."""

    order_id: str
    order: Order


def active(
    con: sqlite3.Connection, kind: str | None, city_code: str | None, as_of: datetime
) -> list[Standing]:
    """Read the orders that are neither lifted nor over."""
    rows = con.execute(_ACTIVE, (kind, city_code, as_of.isoformat(sep=" "))).fetchall()
    return [Standing(r["order_id"], _order_of(r)) for r in rows]


def binding(con: sqlite3.Connection, kind: str, city_code: str, as_of: datetime) -> list[Order]:
    """Read the orders a city is bound by."""
    return [s.order for s in active(con, kind, city_code, as_of)]


def standing(path: Path, kind: str, as_of: datetime) -> list[Order]:
    """Read all orders in force from the state file of a home; none where there is no file yet."""
    if not path.exists():
        return []
    with state.reading(path) as con:
        return [s.order for s in active(con, kind, None, as_of)]


def _order_of(row: Mapping[str, Any]) -> Order:
    start, end = (datetime.fromisoformat(row[c]) if row[c] else None for c in ("start_at", "end_at"))
    return Order(
        row["city_code"],
        row["level"],
        row["order_kind"],
        start,
        end,
        row["document_no"] or "",
        row["issued_by"] or "",
    )


def enter(context: Context, given: Sequence[Order], papers: Papers, *, drill: bool = False) -> list[str]:
    """Enter orders of others; one that is on record already is not entered twice.

    Parameters
    ----------
    context : Context
    given : sequence of Order
        One of level ``none`` lifts those of its city: all, or those of its document number.
    papers : Papers
        The person who enters them.
    drill : bool
        Orders of an exercise; in a simulated home and in a replay all are.

    Returns
    -------
    list of str
        Orders entered or lifted.

    Raises
    ------
    LifeError
        No person is named, or there is nothing to lift.
    """
    papers = tidy(papers)
    need(papers, "by")
    kind = "drill" if drill or context.replay or context.simulated else "real"
    with state.writing(context.state) as con:
        touched = []
        for order in given:
            if order.level == "none":
                touched += _lift(con, context, kind, order, papers)
            else:
                touched += _enter(con, context, kind, order, papers)
        return touched


def enter_of_draft(
    con: sqlite3.Connection, context: Context, record: Record, draft: Mapping[str, Any], papers: Papers
) -> None:
    """Put the orders a draft was made with on record once it is approved."""
    for told in draft["orders"]:
        moments = {c: datetime.fromisoformat(told[c]) if told[c] else None for c in ("start", "end")}
        order = Order(**dict(told) | moments)
        known = [s.order for s in active(con, record.kind, order.city_code, context.as_of)]
        if order.level != "none" and (order.end is None or order.end > context.as_of) and order not in known:
            if _was_lifted(con, record.kind, order):
                raise LifeError(
                    "order_lifted",
                    "草稿所依据的上级或区域指令已解除，请重新生成草稿",
                    "the order the draft rests on was lifted: make a new draft",
                )
            _enter(con, context, record.kind, order, papers)


def _was_lifted(con: sqlite3.Connection, kind: str, order: Order) -> bool:
    """Tell whether exactly this order was on record and is lifted."""
    rows = con.execute(
        "SELECT e.* FROM superior_order_event e JOIN superior_order_event l ON l.order_id = e.order_id"
        " AND l.action = 'lift' WHERE e.action = 'enter' AND e.kind = ? AND e.city_code = ?",
        (kind, order.city_code),
    )
    return any(_order_of(r) == order for r in rows)


def _enter(con: sqlite3.Connection, context: Context, kind: str, order: Order, papers: Papers) -> list[str]:
    if any(s.order == order for s in active(con, kind, order.city_code, context.as_of)):
        return []
    stem = f"O-{order.city_code}-{context.as_of:%Y%m%d%H}-"
    row = con.execute(
        "SELECT count(*) FROM superior_order_event WHERE action = 'enter' AND substr(order_id, 1, ?) = ?",
        (len(stem), stem),
    ).fetchone()
    order_id = f"{stem}{row[0] + 1}"
    _write(con, context, order_id, "enter", kind, order, papers)
    _note(con, context, kind, order, order_id, papers, "order")
    return [order_id]


def _lift(con: sqlite3.Connection, context: Context, kind: str, order: Order, papers: Papers) -> list[str]:
    found = [
        s
        for s in active(con, kind, order.city_code, context.as_of)
        if not order.document_no or s.order.document_no == order.document_no
    ]
    if not found:
        raise LifeError(
            "no_order",
            f"{order.city_code}：没有可解除的上级或区域指令",
            f"{order.city_code}: there is no order in force to lift",
        )
    for each in found:
        _write(con, context, each.order_id, "lift", kind, each.order, papers)
        _note(con, context, kind, each.order, each.order_id, papers, "order_lifted")
    return [s.order_id for s in found]


def _write(
    con: sqlite3.Connection,
    context: Context,
    order_id: str,
    action: str,
    kind: str,
    order: Order,
    papers: Papers,
) -> None:
    con.execute(
        "INSERT INTO superior_order_event (order_id, action, kind, city_code, order_kind, level, start_at, end_at,"
        " document_no, issued_by, entered_by, reason, as_of, recorded_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            order_id, action, kind, order.city_code, order.kind, order.level, _text(order.start), _text(order.end),
            one_line("document", order.document_no), one_line("body", order.issued_by), papers.by, papers.reason or None,
            _text(context.as_of), _text(context.clock),
        ),
    )  # fmt: skip


def _note(
    con: sqlite3.Connection,
    context: Context,
    kind: str,
    order: Order,
    order_id: str,
    papers: Papers,
    action: str,
) -> None:
    """Write into the history of the city's warning in force that an order came or went."""
    for record in store.select(con, city_code=order.city_code, kind=kind, states=LIVE):
        key = command_key(action, papers, {"order": order_id})
        fields = {"level_rule": order.level, "related_id": order_id, "document_no": order.document_no or None}
        store.append(con, record, make_event(con, context, record, action, key, papers, fields))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(sep=" ")
