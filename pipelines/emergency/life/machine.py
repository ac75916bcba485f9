"""States of a warning and what may follow what: a table, and nothing else decides it."""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.standards.warning_words import NOTICE_NAMES

IN_RESPONSE = ("started", "upgraded", "downgraded", "extended", "resumed")
"""States in which the emergency response runs; each is named after what was decided last."""
LIVE = ("approved", *IN_RESPONSE, "suspended")
"""States of a warning in force; a city has at most one such warning of a kind."""
STATES = ("draft", *LIVE, "lifted", "evaluated", "expired", "cancelled", "superseded")
NOTES = ("order", "order_lifted")
"""What is only noted in the history of a warning in force and leaves it as it is."""
ONCE = ("approve", "start", "lift", "evaluate", "cancel")
"""Actions that a warning meets once at most."""
ACTIONS = (
    "draft", "approve", "start", "upgrade", "downgrade", "extend", "suspend", "resume", "lift", "evaluate",
    "expire", "cancel", "supersede", *NOTES,
)  # fmt: skip

_RUNNING = {
    "upgrade": "upgraded",
    "downgrade": "downgraded",
    "extend": "extended",
    "suspend": "suspended",
    "lift": "lifted",
}
TRANSITIONS: Mapping[tuple[str | None, str], str] = {
    (None, "draft"): "draft",
    ("draft", "approve"): "approved",
    ("draft", "expire"): "expired",
    ("draft", "cancel"): "cancelled",
    ("draft", "supersede"): "superseded",
    ("approved", "start"): "started",
    # The warning stands before the response starts: its level may change without a response having begun.
    ("approved", "upgrade"): "approved",
    ("approved", "downgrade"): "approved",
    ("approved", "extend"): "approved",
    ("approved", "lift"): "lifted",
    **{(state, action): after for state in IN_RESPONSE for action, after in _RUNNING.items()},
    ("suspended", "resume"): "resumed",
    ("suspended", "lift"): "lifted",
    ("lifted", "evaluate"): "evaluated",
    **{(state, note): state for state in LIVE for note in NOTES},
}
"""State after an action by the state before it (None: there is none yet); whatever is not here is forbidden."""

STATE_NAMES = {
    "draft": ("草稿", "draft"),
    "approved": ("已批准", "approved"),
    "started": ("响应已启动", "response started"),
    "upgraded": ("已升级", "upgraded"),
    "downgraded": ("已降级", "downgraded"),
    "extended": ("已延长", "extended"),
    "suspended": ("已暂停", "suspended"),
    "resumed": ("已恢复", "resumed"),
    "lifted": ("已解除", "lifted"),
    "evaluated": ("已评估", "evaluated"),
    "expired": ("草稿已过期", "draft expired"),
    "cancelled": ("草稿已作废", "draft cancelled"),
    "superseded": ("草稿已被取代", "draft superseded"),
}
ACTION_NAMES = {
    "draft": ("保存草稿", "draft kept"),
    "approve": ("批准", "approved"),
    "start": ("启动响应", "response started"),
    **{kind: names for kind, names in NOTICE_NAMES.items() if kind != "issue"},
    "evaluate": ("评估", "evaluated"),
    "expire": ("草稿过期", "draft expired"),
    "cancel": ("草稿作废", "draft cancelled"),
    "supersede": ("草稿被取代", "draft superseded"),
    "order": ("上级或区域指令", "order by others"),
    "order_lifted": ("上级或区域指令解除", "order by others lifted"),
}


class LifeError(ValueError):
    """What was asked for is not allowed; ``code`` says which rule is against it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.code, self.zh, self.en = code, zh, en


def after(state: str | None, action: str) -> str:
    """Return the state an action leads to.

    Raises
    ------
    LifeError
        The action is forbidden in this state.
    """
    found = TRANSITIONS.get((state, action))
    if found is not None:
        return found
    zh, en = STATE_NAMES[state] if state else ("无", "none")
    verb = {"cancel": ("作废", "given up"), "start": ("启动响应", "started")}.get(
        action, ACTION_NAMES[action]
    )
    may = [ACTION_NAMES[a] for s, a in TRANSITIONS if s == state and a not in NOTES]
    raise LifeError(
        "forbidden_transition",
        f"状态为“{zh}”，不能{verb[0]}；可以：{'、'.join(m[0] for m in may) or '无'}",
        f"its state is {en}: it cannot be {verb[1]}; allowed: {', '.join(m[1] for m in may) or 'nothing'}",
    )
