"""One beat of mail: put in what is due, then deliver. For schedules and sensors; harmless at any rate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pipelines.home import BEIJING, Home
from pipelines.mail.alarms import queue_due
from pipelines.mail.send import Delivery, deliver
from pipelines.mail.warnings import Extras, queue_warnings


def tick(
    home: Home,
    now: datetime | None = None,
    *,
    extras: Callable[[dict[str, Any]], Extras] | None = None,
) -> Delivery:
    """Put in letters of warnings, the daily brief and alarms of missing data, and deliver the outbox.

    Parameters
    ----------
    home : Home
    now : datetime, optional
        Beijing time; the clock if not given.
    extras : callable, optional
        See `pipelines.mail.warnings.queue_warnings`.
    """
    now = now or datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)
    queue_warnings(home, now, extras)
    queue_due(home, now)
    return deliver(home, now)
