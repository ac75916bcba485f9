"""Texts of notices: what is told when a warning is issued, changed and lifted. Words come from a table, never from here.

The texts are for the public and for departments and are Chinese. A text of something nobody has approved says so.
"""

from __future__ import annotations

import csv
import string
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from pipelines.emergency.life.records import DRILL_MARK, Record
from pipelines.emergency.proposal import places
from pipelines.emergency.proposal.profiles import LEVEL_NAMES, RESPONSES

KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
KIND_NAMES = {
    "issue": ("发布", "issue"),
    "upgrade": ("升级", "upgrade"),
    "downgrade": ("降级", "downgrade"),
    "extend": ("延长", "extend"),
    "suspend": ("暂停", "suspend"),
    "resume": ("恢复", "resume"),
    "lift": ("解除", "lift"),
}
KIND_OF_STATE = {
    "draft": "issue", "expired": "issue", "cancelled": "issue", "superseded": "issue", "approved": "issue",
    "started": "issue", "upgraded": "upgrade", "downgraded": "downgrade", "extended": "extend",
    "suspended": "suspend", "resumed": "resume", "lifted": "lift", "evaluated": "lift",
}  # fmt: skip
"""The notice that fits a warning as it stands."""
LONGEST_SMS = 70
"""Characters of one short message."""
DRAFT_MARK = "【草稿】"
_GROUNDS = {
    "superior": "根据上级重污染天气应急指令",
    "regional": "根据区域重污染天气预警提示",
    "own": "根据空气质量预报会商意见",
}
_PARTS = ("title", "body", "sms", "sms_short")


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = (files("pipelines.emergency.life") / "texts" / "notice_text.csv").read_text(encoding="utf-8")
    found = {row["kind"]: row for row in csv.DictReader(text.splitlines(keepends=True))}
    if set(found) != set(KINDS):
        raise ValueError(f"notice_text.csv: {sorted(set(found) ^ set(KINDS))}")
    return {kind: {part: row[part].strip() for part in _PARTS} for kind, row in found.items()}


def placeholders() -> set[str]:
    """Names that stand in any template."""
    parts = [text for row in _templates().values() for text in row.values()]
    return {name for text in parts for _, name, _, _ in string.Formatter().parse(text) if name}


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
    chosen = _templates()[kind or KIND_OF_STATE[warning.state]]
    words = _words(warning)
    mark = _mark(warning)
    body = chosen["body"].format_map(words)
    number = f"文号：{warning.document_no}" if warning.document_no else "文号：待定"
    issuer = warning.issuing_body or "发布单位：待定"
    day = _day(warning, kind or KIND_OF_STATE[warning.state])
    foot = f"{issuer}\n{day.year}年{day.month}月{day.day}日"
    if mark:
        foot += f"\n{mark}{'演练内容，不作为实际应急依据。' if warning.drill else ''}"
        foot += "" if warning.approved_at else "未经批准，不得对外发布。"
    return mark + chosen["title"].format_map(words), f"{mark}{number}\n{body}\n{foot}"


def sms_text(warning: Record, kind: str | None = None) -> str:
    """Write a notice in at most 70 characters, marks included."""
    chosen = _templates()[kind or KIND_OF_STATE[warning.state]]
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
    return (DRILL_MARK if warning.drill else "") + ("" if warning.approved_at else DRAFT_MARK)


def _words(warning: Record) -> dict[str, str]:
    """Give every word a template may ask for."""
    decided = warning.decided_at or warning.drafted_at
    ended = warning.lifted_at or decided
    since = max(decided, warning.start_at or decided)
    return {
        "city": places.name(warning.city_code),
        "what": _what(warning.level),
        "before": _what(warning.level_before or warning.level),
        "level_name": _what(warning.level).removeprefix("重污染天气"),
        "response": _response(warning.level),
        "measures": f"{_response(warning.level)}措施",
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


def _what(level: str) -> str:
    if level not in RESPONSES:
        return "不利气象条件应对"
    return f"重污染天气{LEVEL_NAMES[level][0]}预警"


def _response(level: str) -> str:
    return f"{RESPONSES[level]}级响应" if level in RESPONSES else "应对措施"


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
