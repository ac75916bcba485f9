"""Kinds of letters: who gets them, and which may break the quiet hours."""

from dataclasses import dataclass


class MailError(ValueError):
    """A letter cannot be made or put in."""


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    Attributes
    ----------
    by_city : bool
        Only recipients of the letter's cities get it; others get it whatever their cities.
    """

    name: str
    zh: str
    en: str
    roles: frozenset[str]
    urgent: bool = False
    by_city: bool = False


ROLES = {
    "duty": ("值班", "duty officer"),
    "manager": ("数据管理", "data manager"),
    "analyst": ("分析", "analyst"),
    "leader": ("领导", "leader"),
    "member": ("成员单位", "member of the command"),
}

KINDS = {
    kind.name: kind
    for kind in (
        Kind("daily_brief", "日报", "daily brief", frozenset({"duty", "manager", "analyst", "leader"})),
        Kind("missing_data", "缺数告警", "missing data", frozenset({"duty", "manager"})),
        Kind(
            "bulletin",
            "空气质量日报月报",
            "bulletin",
            frozenset({"duty", "manager", "analyst", "leader", "member"}),
            by_city=True,
        ),
        Kind(
            "bulletin_internal",
            "空气质量日报月报（内部）",
            "internal bulletin",
            frozenset({"duty", "manager", "analyst", "leader"}),
            by_city=True,
        ),
        Kind("run_failure", "运行失败", "run failure", frozenset({"duty", "manager"})),
        Kind("warning_draft", "预警草稿", "warning draft", frozenset({"duty"}), urgent=True, by_city=True),
        Kind(
            "warning_notice",
            "预警通知",
            "warning notice",
            frozenset({"duty", "leader", "member"}),
            urgent=True,
            by_city=True,
        ),
    )
}
"""A draft goes to duty officers only: nothing leaves for others before approval; internal data stay within the office."""

LIVE_REFUSED = (
    "模拟或回放的家目录不得正式发信：邮件留在发件箱",
    "a simulated or replayed home may not send live mail: letters stay in the outbox",
)
