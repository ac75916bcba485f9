"""Texts of notices: what is told when a warning is issued, changed and lifted. Words come from a table, never from here.

The texts are for the public and for departments and are Chinese. A text of something nobody has approved says so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from pipelines.emergency.life.records import Record
from pipelines.emergency.proposal import places
from warehouse import standards
from warehouse.standards.marks import DRAFT_MEANS, EXERCISE_MEANS, marks
from warehouse.standards.warning_words import response_name, warning_name

KIND_OF_STATE = {
    "draft": "issue", "expired": "issue", "cancelled": "issue", "superseded": "issue", "approved": "issue",
    "started": "issue", "upgraded": "upgrade", "downgraded": "downgrade", "extended": "extend",
    "suspended": "suspend", "resumed": "resume", "lifted": "lift", "evaluated": "lift",
}  # fmt: skip
"""The notice that fits a warning as it stands."""
LONGEST_SMS = 70
"""Characters of one short message."""
_GROUNDS = {
    "superior": "根据上级重污染天气应急指令",
    "regional": "根据区域重污染天气预警提示",
    "own": "根据空气质量预报会商意见",
}


@cache
def _template(kind: str, day: date) -> dict[str, str]:
    return next(row for row in standards.rows_on("notice_text", day) if row["kind"] == kind)


def notice_text(warning: Record, kind: str | None = None) -> tuple[str, str]:
    """Write a notice.

    Parameters
    ----------
    warning : Record
        As it stands after the decision.
    kind : str, optional
        One of `KINDS`; the one that fits the state of the warning where not given.

    Returns
    -------
    title : str
        Begins with 【演练】 in an exercise and 【草稿】 before approval.
    body : str
        Paragraphs, issuing body, document number and day included.
    """
    kind = kind or KIND_OF_STATE[warning.state]
    day = _day(warning, kind)
    chosen = _template(kind, day.date())
    words = _words(warning)
    mark = _mark(warning)
    body = chosen["body"].format_map(words)
    number = f"文号：{warning.document_no}" if warning.document_no else "文号：待定"
    issuer = warning.issuing_body or "发布单位：待定"
    foot = f"{issuer}\n{day.year}年{day.month}月{day.day}日"
    if mark:
        foot += f"\n{mark}{f'{EXERCISE_MEANS[0]}。' if warning.drill else ''}"
        foot += "" if warning.approved_at else f"{DRAFT_MEANS[0]}。"
    return mark + chosen["title"].format_map(words), f"{mark}{number}\n{body}\n{foot}"


def sms_text(warning: Record, kind: str | None = None) -> str:
    """Write a notice in at most 70 characters, marks included."""
    kind = kind or KIND_OF_STATE[warning.state]
    chosen = _template(kind, _day(warning, kind).date())
    words, mark = _words(warning), _mark(warning)
    for part in ("sms", "sms_short"):
        text = mark + chosen[part].format_map(words)
        if len(text) <= LONGEST_SMS:
            return text
    return text[: LONGEST_SMS - 1] + "…"


def _day(warning: Record, kind: str) -> datetime:
    """Give the day a notice is dated."""
    issued = warning.approved_at if kind == "issue" else warning.decided_at
    return issued or warning.drafted_at


def _mark(warning: Record) -> str:
    return marks(exercise=warning.drill, draft=warning.approved_at is None)


def _words(warning: Record) -> dict[str, str]:
    """Give every word a template may ask for."""
    decided = warning.decided_at or warning.drafted_at
    ended = warning.lifted_at or decided
    since = max(decided, warning.start_at or decided)
    return {
        "city": places.name(warning.city_code),
        "what": warning_name(warning.level),
        "before": warning_name(warning.level_before or warning.level),
        "level_name": warning_name(warning.level).removeprefix("重污染天气"),
        "response": response_name(warning.level)[0],
        "measures": f"{response_name(warning.level)[0]}措施",
        "ground": _GROUNDS.get(warning.basis, _GROUNDS["own"]),
        "start": _long(warning.start_at),
        "start_short": _short(warning.start_at),
        "until": f"至{_long(warning.end_at, last=True)}" if warning.end_at else "解除时间另行通知",
        "until_short": f"至{_short(warning.end_at, last=True)}" if warning.end_at else "解除另行通知",
        "since": _long(since),
        "since_short": _short(since),
        "decided": _long(decided),
        "decided_short": _short(decided),
        "lifted": _long(ended),
        "lifted_short": _short(ended),
    }


def _short(moment: datetime | None, *, last: bool = False) -> str:
    """Give day and hour; the end of a day is its 24th hour."""
    if moment is None:
        return "（时间待定）"
    whole = moment.hour == 0 and moment.minute == 0
    day = moment - timedelta(days=1) if last and whole else moment
    hour = 24 if last and whole else moment.hour
    minutes = f"{moment.minute:02}分" if moment.minute else ""
    return f"{day.month}月{day.day}日{hour}时{minutes}"


def _long(moment: datetime | None, *, last: bool = False) -> str:
    if moment is None:
        return "（时间待定）"
    whole = last and moment.hour == 0 and moment.minute == 0
    year = (moment - timedelta(days=1)).year if whole else moment.year
    return f"{year}年{_short(moment, last=last)}"
