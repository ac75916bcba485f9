"""One beat of mail: put in what is due, then deliver. For schedules and sensors; harmless at any rate."""

from datetime import datetime

from pipelines.home import Home
from pipelines.home import now as present
from pipelines.mail.alarms import queue_due
from pipelines.mail.extras import Giver
from pipelines.mail.send import Delivery, deliver
from pipelines.mail.warnings import queue_warnings


def tick(
    home: Home,
    now: datetime | None = None,
    *,
    extras: Giver | None = None,
) -> Delivery:
    """Put in letters of warnings, the daily brief and alarms of missing data, and deliver the outbox.

    Parameters
    ----------
    home : Home
    now : datetime, optional
        What the home takes as now, Beijing time; its own present if not given. Letters found so are delivered by it as
        well; without it delivery goes by the clock, also where the data do not.
    extras : callable, optional
        See `pipelines.mail.warnings.queue_warnings`.
    """
    moment = now or present(home)
    queue_warnings(home, moment, extras)
    queue_due(home, moment)
    return deliver(home, now)
