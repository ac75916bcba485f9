"""Letters of the warnings kept in the state file: drafts for duty officers, notices for recipients by role and city.

They are found from the events, not handed over: a process that died between an approval and its letters misses nobody.
Decisions of the same day that do the same at the same level reach a recipient in one letter about his cities; one that is
taken later makes its own. The key of a letter names the decisions it tells of: each is told once to everybody.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dashboards.mail.model import Letter
from dashboards.mail.warning import warning_letter
from pipelines.home import Home
from pipelines.mail.box import Queued, enqueue, folder, is_exercise, nobody
from pipelines.mail.compose import Attachment
from pipelines.mail.decided import Decided, decided, key_of, told_by
from pipelines.mail.extras import Extras, Giver, without_fail
from pipelines.mail.grouped import fitting, together
from pipelines.mail.kinds import KINDS, Kind
from pipelines.mail.recipients import Recipient, chosen
from pipelines.mail.settings import mail_settings
from warehouse import outbox
from warehouse.lock import LockedError, file_lock

_PATIENCE_S = 60.0

__all__ = ["Extras", "letter_about", "queue_warnings", "standard_extras"]


def queue_warnings(home: Home, now: datetime, extras: Giver | None = None) -> list[Queued]:
    """Put in the letters of every warning's last decision; called as often as one likes.

    Parameters
    ----------
    home : Home
    now : datetime
        What the home takes as now; decisions older than `pipelines.mail.decided.RECENT` are passed over.
    extras : callable, optional
        Gives what belongs to a warning's record from elsewhere; charts, ratios and the list if not given.
    """
    groups = decided(home, now)
    if not groups:
        return []
    give = _Remembered(extras or standard_extras(home, now))
    try:
        # Two processes that saw different decisions would tell of the same one in two letters.
        with file_lock(folder(home) / ".warnings", "mail", wait_s=_PATIENCE_S):
            return [queued for group in groups for queued in _group(home, now, group, give)]
    except LockedError:
        return []


def standard_extras(home: Home, now: datetime) -> Giver:
    """Give what finds the chart, the ratios and the list of a warning."""

    def give(record: dict[str, Any]) -> Extras:
        # Here and not above: where what draws charts is broken, warnings are still told.
        from pipelines.emergency.response.mailed import extras_of

        return extras_of(home, now)(record)

    return give


class _Remembered:
    """What belongs to a decision is made once, however many letters tell of it."""

    def __init__(self, giver: Giver) -> None:
        self._giver = giver
        self._made: dict[str, Extras] = {}

    def __call__(self, record: dict[str, Any]) -> Extras:
        name = f"{record['warning_id']}#{record['event']}"
        if name not in self._made:
            self._made[name] = without_fail(self._giver, record)
        return self._made[name]


def _group(home: Home, now: datetime, group: Sequence[Decided], give: _Remembered) -> list[Queued]:
    kind = KINDS["warning_draft" if group[0].is_draft else "warning_notice"]
    known = _known(home)
    letters: dict[tuple[Decided, ...], list[Recipient]] = defaultdict(list)
    n_known, reached = 0, set()
    for to in chosen(home.state, kind):
        his = tuple(d for d in group if _concerns(to, d))
        reached |= {d.name for d in his}
        new = tuple(d for d in his if d.name not in known[to.address])
        if new:
            letters[new].append(to)
        else:
            n_known += bool(his)
    done = [
        _put(home, now, told, to, give) for told, to in sorted(letters.items(), key=lambda x: key_of(x[0]))
    ]
    if not done and n_known:
        done = [Queued(key_of(group), 0, n_known, n_known)]
    return done + _unreached(home, now, kind, [d for d in group if d.name not in reached])


def _unreached(home: Home, now: datetime, kind: Kind, left: Sequence[Decided]) -> list[Queued]:
    return [nobody(home, kind, key_of(left), now)] if left else []


def _concerns(to: Recipient, decision: Decided) -> bool:
    return not to.city_codes or bool(set(to.city_codes) & set(decision.record.city_codes))


def _known(home: Home) -> dict[str, set[str]]:
    """Names of the decisions that each address has a letter of."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in outbox.rows(home.state):
        known[row["recipient"]] |= told_by(row["letter_key"])
    return known


def _put(
    home: Home, now: datetime, told: tuple[Decided, ...], to: Sequence[Recipient], give: _Remembered
) -> Queued:
    letter, attachments = letter_about(home, told, give)
    return enqueue(home, letter, key_of(told), now, attachments=attachments, recipients=to)


def letter_about(home: Home, told: Sequence[Decided], give: Giver) -> tuple[Letter, list[Attachment]]:
    """Make the letter about decisions that are alike, and the files that go with it."""
    records = [d.described() for d in told]
    extras = [without_fail(give, record) for record in records]
    attachments, pictures, remarks = fitting(extras, mail_settings(home).max_mb * 1_000_000)
    letter = warning_letter(
        together(records, extras) | {"remarks": remarks},
        draft=told[0].is_draft,
        exercise=is_exercise(home),
        pictures=pictures,
    )
    return letter, attachments
