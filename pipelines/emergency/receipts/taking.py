"""Taking receipts and checks in: every row held against its warning and the list in use, then all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial

from pipelines.emergency.life import store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.papers import Context
from pipelines.emergency.receipts.gather import warning_with_list
from pipelines.emergency.receipts.model import Entry, Origin
from pipelines.emergency.receipts.rows import receipt_of, verification_of
from pipelines.emergency.receipts.store import add
from pipelines.emergency.receipts.warning_with_list import WarningLookup, may_answer
from pipelines.home import Home
from sources.receipts.reading import Bad, FileRead, Given
from warehouse import state


@dataclass(frozen=True)
class Taken:
    """What became of a file: records that are new, rows nobody has filled in, and what is wrong."""

    kind: str
    n_rows: int
    n_new: int
    bad: tuple[Bad, ...]
    n_blank: int = 0

    @property
    def refused(self) -> bool:
        """Nothing was loaded."""
        return any(b.level == "error" for b in self.bad)


def import_file(
    home: Home, context: Context, found: FileRead, origin: Origin, *, check_only: bool = False
) -> Taken:
    """Load a file of receipts or checks, whole or not at all."""
    return take_in(context, found, cache(partial(warning_with_list, home)), origin, check_only=check_only)


def take_in(
    context: Context, found: FileRead, look_up: WarningLookup, origin: Origin, *, check_only: bool = False
) -> Taken:
    """Load a file that was read, whole or not at all.

    Parameters
    ----------
    context : Context
    found : FileRead
    look_up : callable
        Gives what the rows of a warning are held against; raises `LifeError` for an unknown warning.
    origin : Origin
    check_only : bool
        Load nothing.
    """
    entries, bad = [], list(found.bad)
    for row in found.rows:
        made = _entry(context, found.kind, row, look_up)
        if isinstance(made, Bad):
            bad.append(made)
        else:
            entries.append(made)
    if any(b.level == "error" for b in bad):
        return Taken(found.kind, len(found.rows), 0, tuple(sorted(bad, key=lambda b: b.line)), found.n_blank)
    n_new = 0
    if entries and not check_only:
        with state.writing(context.state) as con:
            for one in dict.fromkeys(e.warning_id for e in entries):
                may_answer(context, store.get(con, one))
            n_new = add(con, entries, origin)
    return Taken(found.kind, len(found.rows), n_new, tuple(bad), found.n_blank)


def _entry(context: Context, kind: str, row: Given, look_up: WarningLookup) -> Entry | Bad:
    one = str(row.values["warning_id"])
    try:
        about = look_up(one)
        may_answer(context, about.record)
    except LifeError as error:
        return Bad(row.line, "warning_id", one, error.zh, error.en)
    make = receipt_of if kind == "receipt" else verification_of
    made = make(row.line, row.values, about, context.as_of)
    return made if isinstance(made, Bad) else replace(made, version_id=about.filed.version_id)
