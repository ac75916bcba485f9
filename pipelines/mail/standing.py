"""How mail stands: what waits, what failed for good, what a person must mend; for status and doctor."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from pipelines.finding import Finding, fail, ok, warn
from pipelines.home import BEIJING, Home, HomeError
from pipelines.mail.box import is_exercise
from pipelines.mail.kinds import LIVE_REFUSED
from pipelines.mail.settings import login, mail_settings
from warehouse import outbox
from warehouse.state import StateError

MANY = 3
"""A letter that has failed so often is told of."""
_LATE = timedelta(minutes=15)
_SHOWN = (
    "message_id",
    "kind",
    "subject",
    "state",
    "attempts",
    "next_try",
    "last_code",
    "last_error",
    "created",
)


def mail_standing(home: Home, moment: datetime | None = None) -> dict[str, Any]:
    """Return how mail stands.

    Parameters
    ----------
    home : Home
    moment : datetime, optional
        What the letters' age is counted to; the clock if not given.

    Returns
    -------
    dict
        ``mode``, ``counts`` by state, ``by`` (how sent letters went), ``next_try``, ``alarms`` (code, zh, en), ``failing``
        and ``dead`` letters with masked addresses. Makes no file.
    """
    now = moment or datetime.now(BEIJING).replace(tzinfo=None)
    alarms: list[dict[str, str]] = []
    mode = "?"
    rows: list[dict[str, Any]] = []
    try:
        settings = mail_settings(home)
        mode = settings.mode
        if mode != "file":
            login(home, settings)
        if mode == "live" and is_exercise(home):
            alarms.append(_alarm("live_refused", *LIVE_REFUSED))
    except HomeError as error:
        alarms.append(_alarm("settings", str(error), str(error)))
    try:
        rows = outbox.rows(home.state)
        alarms += [_alarm(n["name"], n["zh"], n["en"]) for n in outbox.notes(home.state)]
    except StateError as error:
        alarms.append(_alarm("state", str(error), str(error)))
    dead = [_shown(r) for r in rows if r["state"] == "dead"]
    failing = [_shown(r) for r in rows if r["state"] == "retry" and r["attempts"] >= MANY]
    waiting = [r for r in rows if r["state"] in (*outbox.WAITING, "sending")]
    late = [r for r in waiting if r["urgent"] and now - datetime.fromisoformat(r["created"]) > _LATE]
    if dead:
        alarms.append(
            _alarm("dead", f"{len(dead)} 封邮件未能送达", f"{len(dead)} letters could not be delivered")
        )
    if failing:
        alarms.append(
            _alarm("failing", f"{len(failing)} 封邮件多次发送失败", f"{len(failing)} letters keep failing")
        )
    if late:
        alarms.append(
            _alarm("late", f"{len(late)} 封紧急邮件尚未发出", f"{len(late)} urgent letters have not left")
        )
    return {
        "mode": mode,
        "counts": {state: n for state in outbox.STATES if (n := Counter(r["state"] for r in rows)[state])},
        "sent_by": dict(sorted(Counter(r["sent_by"] for r in rows if r["sent_by"]).items())),
        "next_try": min((r["next_try"] for r in waiting if r["next_try"]), default=None),
        "alarms": alarms,
        "failing": failing,
        "dead": dead,
    }


def _alarm(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {"recipient": outbox.masked(row["recipient"]), "name": row["recipient_name"]} | {
        name: row[name] for name in _SHOWN
    }


def mail_finding(home: Home) -> Finding:
    """Mail can leave, and none is lost."""
    standing = mail_standing(home)
    waiting = sum(standing["counts"].get(state, 0) for state in (*outbox.WAITING, "sending"))
    zh = f"邮件：mail.mode = {standing['mode']}，待发 {waiting}"
    en = f"mail: mail.mode = {standing['mode']}, {waiting} waiting"
    if not standing["alarms"]:
        return ok("mail", zh, en)
    texts = [f"{a['zh']}" if a["zh"] == a["en"] else f"{a['zh']} | {a['en']}" for a in standing["alarms"]]
    found = (f"{zh}；{'；'.join(a['zh'] for a in standing['alarms'])}", f"{en}; {'; '.join(texts)}")
    todo = (
        "fenwei mail status 查看；改正后 fenwei mail send --dead 重发退信",
        "see `fenwei mail status`; once mended, `fenwei mail send --dead` sends dead letters again",
    )
    grave = {"dead", "settings", "state", "server"} & {a["code"] for a in standing["alarms"]}
    return (fail if grave else warn)("mail", found, todo)
