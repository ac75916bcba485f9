"""Letters the system writes by itself: the daily brief, alarms of missing data, runs that failed."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, time, timedelta
from typing import Any

from dashboards.mail.letters import failure_letter, missing_letter
from pipelines.home import Home
from pipelines.mail.box import Queued, enqueue, is_exercise
from pipelines.mail.kinds import KINDS, MailError
from pipelines.mail.recipients import chosen, recipients
from pipelines.mail.settings import mail_settings
from warehouse import outbox
from warehouse.store import open_read_only


def queue_due(home: Home, now: datetime) -> list[Queued]:
    """Put in the brief of yesterday and, where data are missing, the alarm; from ``mail.brief_at`` on, once a day.

    Called as often as one likes; a home where nothing is published has nothing to tell, one without recipients nobody.
    """
    if not recipients(home.state):
        return []
    if not home.published.exists() or now.time() < time.fromisoformat(mail_settings(home).brief_at):
        return []
    day = (now - timedelta(days=1)).date()
    brief_key, missing_key = f"daily_brief:{day}", f"missing_data:{day}"
    if not _somebody_new(home, "daily_brief", brief_key):
        return []
    from pipelines.mail.brief import brief_of, read_missing

    exercise, done = is_exercise(home), []
    with closing(open_read_only(home.published)) as con:
        brief, missing = brief_of(con, day, exercise=exercise), read_missing(con, now)
    # The alarm first: the brief, once in, says that the day is done.
    if missing["n_hours_missing"] or any(c["aqi"] is None for c in missing["cities"]):
        done.append(enqueue(home, missing_letter(missing, exercise=exercise), missing_key, now))
    return [*done, enqueue(home, brief, brief_key, now)]


def _somebody_new(home: Home, kind: str, letter_key: str) -> bool:
    """Tell whether a recipient does not have a letter yet; where nobody would get it, that must be noted."""
    told = {r.address for r in chosen(home.state, KINDS[kind])}
    return not told or bool(told - outbox.known(home.state, letter_key))


def queue_brief(home: Home, now: datetime) -> Queued:
    """Put in the brief of the day before, whatever the hour.

    Raises
    ------
    MailError
        Nothing is published.
    """
    from pipelines.mail.brief import brief_of

    day = (now - timedelta(days=1)).date()
    with closing(_published(home)) as con:
        letter = brief_of(con, day, exercise=is_exercise(home))
    return enqueue(home, letter, f"daily_brief:{day}", now)


def queue_missing(home: Home, now: datetime) -> Queued:
    """Put in the alarm of missing data for the day before, whether data are missing or not.

    Raises
    ------
    MailError
        Nothing is published.
    """
    from pipelines.mail.brief import read_missing

    with closing(_published(home)) as con:
        missing = read_missing(con, now)
    letter = missing_letter(missing, exercise=is_exercise(home))
    return enqueue(home, letter, f"missing_data:{missing['day']}", now)


def _published(home: Home) -> Any:
    if not home.published.exists():
        raise MailError(f"{home.published}: 尚未发布数据 nothing is published here yet")
    return open_read_only(home.published)


def queue_failure(home: Home, run: Mapping[str, Any], now: datetime) -> Queued:
    """Put in the letter about a run that failed; the same error is told once an hour.

    Parameters
    ----------
    run : mapping
        ``run_id, command, as_of, errors, checks, files, published``, e.g. ``vars(RunReport)``.
    """
    errors = "\n".join(str(e) for e in run.get("errors") or ())
    mark = hashlib.sha256(errors.encode("utf-8", "replace")).hexdigest()[:12]
    letter = failure_letter(run, exercise=is_exercise(home))
    return enqueue(home, letter, f"run_failure:{mark}:{now:%Y-%m-%dT%H}", now)
