"""What the rules ask of a decision. Pure: record, draft by the rule, orders and papers in, a refusal or nothing out."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.papers import Context, Papers, need
from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal.orders import Order, gravest
from pipelines.emergency.proposal.profiles import rank
from warehouse.standards.warning_words import LEVEL_NAMES

Draft = Mapping[str, Any]
"""A draft as `pipelines.emergency.proposal.draft.draft` gives it, or as it was stored."""


def moment_of(value: Any) -> datetime | None:
    """Read a moment of a draft, which is text once it was stored."""
    return datetime.fromisoformat(value) if isinstance(value, str) and value else (value or None)


def may_touch(record: Record, context: Context) -> None:
    """Refuse a real warning in a home of simulated data, in a replay, and before its own draft.

    Raises
    ------
    LifeError
        The home is simulated, or “now” is not the present, and the warning is not an exercise; or “now” is before its draft.
    """
    if context.simulated and not record.drill:
        raise LifeError(
            "simulated_home",
            "本家目录为模拟数据，只能处理【演练】预警",
            "this home holds simulated data: only exercises are possible in it",
        )
    if context.replay and not record.drill:
        raise LifeError(
            "replay",
            f"--as-of {context.as_of:%Y-%m-%d %H:%M} 与当前时间相差超过24小时，为回放；只能处理【演练】预警，正式预警不得倒填日期",
            f"--as-of {context.as_of:%Y-%m-%d %H:%M} is over 24 h from the clock, a replay: only exercises are possible in it;"
            " nothing real is dated back or ahead",
        )
    if not record.drill and context.as_of < record.drafted_at:
        raise LifeError(
            "before_draft",
            f"现在 {context.as_of:%Y-%m-%d %H:%M} 早于起草时间 {record.drafted_at:%Y-%m-%d %H:%M}",
            f"now, {context.as_of:%Y-%m-%d %H:%M}, is before its draft of {record.drafted_at:%Y-%m-%d %H:%M}",
        )


def approval(
    draft: Draft,
    papers: Papers,
    level: str,
    start: datetime | None,
    end: datetime | None,
    orders: Sequence[Order],
) -> bool:
    """Check an approval and tell whether level, start and end are those of the rule.

    Raises
    ------
    LifeError
        Papers are missing, the window is none, the level is below an order, or it differs without a reason.
    """
    need(papers, "by", "office", "body", "document")
    if level == "none":
        raise LifeError(
            "no_level", "草稿未达任何级别；确需发布请用 --level 并说明理由",
            "the draft reaches no level; to issue one all the same give --level and a reason",
        )  # fmt: skip
    red_is_signed(level, papers)
    window(start, end)
    not_below(level, orders)
    rule_start, rule_end = moment_of(draft["final_start"]), moment_of(draft["final_end"])
    met = (
        level == draft["final_level"]
        and (rule_start is None or start == rule_start)
        and (
            end == rule_end or (rule_end is None and draft["final_basis"] != "own") or _left_open(draft, end)
        )
    )
    reason_unless(met, papers, draft["final_level"], rule_start, rule_end)
    return met


def _left_open(draft: Draft, end: datetime | None) -> bool:
    """Tell whether the end is left open where the forecast does not show it either."""
    return end is None and draft["final_basis"] == "own" and not draft["end_confirmed"]


def red_is_signed(level: str, papers: Papers) -> None:
    """Ask for the higher signatory of a red warning.

    Raises
    ------
    LifeError
        There is none, or it is the person who approves.
    """
    if level != "red":
        return
    need(papers, "signatory")
    if _person(papers.signatory) == _person(papers.by):
        raise LifeError(
            "same_signatory", "红色预警须由上级签发，不能与批准人为同一人",
            "a red warning is signed by a higher office, not by the person who approves",
        )  # fmt: skip


def _person(name: str) -> str:
    """Reduce a name to what tells two people apart, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def window(start: datetime | None, end: datetime | None) -> None:
    """Ask for a start before the end.

    Raises
    ------
    LifeError
        There is no start, or the end is not after it.
    """
    if start is None:
        raise LifeError("needs_start", "--start：需要开始时间", "--start: the start is needed")
    if end is not None and end <= start:
        raise LifeError("end_before_start", "结束不晚于开始", "the end is not after the start")


LONGEST_AHEAD = timedelta(days=15)
"""The end of a warning without end is announced at most so long before."""


def starts_when(record: Record, at: datetime) -> None:
    """Ask for a start of the response within the warning.

    Raises
    ------
    LifeError
        It is before the warning was approved and before it begins, or not before its end.
    """
    early = at < min(record.approved_at or at, record.start_at or at)
    if early or (record.end_at is not None and at >= record.end_at):
        raise LifeError(
            "start_outside",
            f"--at：响应启动时间 {at:%Y-%m-%d %H:%M} 应在批准之后、预警结束之前（{record.approved_at} 至 {record.end_at or '待定'}）",
            f"--at: the response starts after the approval and before the end of the warning ({record.approved_at}"
            f" to {record.end_at or 'open'}), not {at:%Y-%m-%d %H:%M}",
        )


def ends_when(record: Record, at: datetime, as_of: datetime) -> None:
    """Ask for an end after the beginning, and not later than a warning can last that nobody extends.

    Raises
    ------
    LifeError
        It is neither.
    """
    begun = record.response_at or record.approved_at
    latest = max(as_of, record.end_at or as_of + LONGEST_AHEAD)
    if (begun is not None and at < begun) or at > latest:
        raise LifeError(
            "lift_outside",
            f"--at：解除时间 {at:%Y-%m-%d %H:%M} 应在 {begun} 与 {latest} 之间；延后结束请用 adjust --until",
            f"--at: a warning is lifted between {begun} and {latest}, not {at:%Y-%m-%d %H:%M}; to end it later: adjust --until",
        )


def not_below(level: str, orders: Sequence[Order]) -> None:
    """Refuse a level below an order in force: final = max(own, regional, superior).

    Raises
    ------
    LifeError
        An order asks for more.
    """
    top = gravest(orders)
    if top is not None and rank(top.level) > rank(level):
        raise LifeError(
            "below_order",
            f"上级或区域指令为{LEVEL_NAMES[top.level][0]}（{top.document_no or '无文号'}），不能低于它",
            f"an order by others asks for {top.level}: the level cannot be below it",
        )


def no_order(orders: Sequence[Order], zh: str, en: str) -> None:
    """Refuse to end or pause what others ordered.

    Raises
    ------
    LifeError
        An order is in force.
    """
    top = gravest(orders)
    if top is not None and rank(top.level) > 0:
        raise LifeError(
            "order_in_force",
            f"上级或区域指令（{LEVEL_NAMES[top.level][0]}，{top.document_no or '无文号'}）仍有效，不能{zh}；指令解除后再{zh}",
            f"an order by others ({top.level}) is in force: it cannot be {en} before the order is lifted",
        )


def reason_unless(
    met: bool, papers: Papers, level: str | None, start: datetime | None = None, end: datetime | None = None
) -> None:
    """Ask for a reason where a decision is not what the rule gives.

    Raises
    ------
    LifeError
        There is none.
    """
    if met or papers.reason:
        return
    if level is None:
        raise LifeError(
            "needs_reason", "没有可用的预报，无法与规则比较：须写 --reason 理由",
            "no forecast to compare with: a reason is needed (--reason)",
        )  # fmt: skip
    said = f"{LEVEL_NAMES[level][0]}，{start or '—'} 至 {end or '—'}"
    raise LifeError(
        "needs_reason",
        f"与规则建议（{said}）不同：须写 --reason 理由",
        f"differs from what the rule gives ({level}, {start or '-'} to {end or '-'}): a reason is needed (--reason)",
    )


def upgrade_by_rule(draft: Draft | None, level: str, end: datetime | None) -> bool:
    """Tell whether the newest forecast gives this level, and does not end before ``end``."""
    if draft is None or draft["final_level"] != level:
        return False
    until = moment_of(draft["final_end"])
    return end is None or until is None or end <= until


def downgrade_by_rule(draft: Draft | None, level: str) -> bool:
    """Tell whether the rule for lowering is met down to this level by the newest forecast."""
    lift = draft["lift"] if draft is not None else None
    if not lift:
        return False
    return lift["action"] in ("downgrade", "lift") and rank(level) >= rank(lift["level"])


def extend_by_rule(draft: Draft | None, record: Record, until: datetime) -> bool:
    """Tell whether the newest forecast holds the level up until then: nobody prolongs beyond the pollution unsaid."""
    if draft is None or rank(draft["final_level"]) < rank(record.level):
        return False
    end = moment_of(draft["final_end"])
    return end is not None and until <= end


def lift_by_rule(draft: Draft | None, record: Record) -> bool:
    """Tell whether the rule for lifting is met.

    A warning of one's own: below the trigger for as long as the profile asks. One that others ordered: their order is
    lifted and the own forecast gives no level.
    """
    if draft is None:
        return False
    if record.basis in ("superior", "regional"):
        return str(draft["level"]) == "none"
    return bool(draft["lift"]) and draft["lift"]["action"] == "lift"
