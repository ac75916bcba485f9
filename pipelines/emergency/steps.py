"""The steps of emergency: lists, drafts and warnings, letters; each opens the warehouse for as short as it can."""

from pipelines.emergency.drafting import Drafted, draft_due, lives_at
from pipelines.emergency.emission_list.versions import sync_lists
from pipelines.emergency.life.mirror import mirror as mirror_warnings
from pipelines.emergency.receipts.answer_state import keep_answers
from pipelines.home import HomeError
from pipelines.steps import RunContext
from warehouse import outbox
from warehouse.outbox import mirror as mirror_outbox
from warehouse.store import transaction

_DRAFTS, _LETTERS = "drafts_of_warnings", "letters_of_warnings"
"""Names under which the outbox remembers that drafts of warnings, or their letters, could not be made."""


def lists_step(context: RunContext) -> list[str]:
    """Bring the kept versions of emission lists into the warehouse and work out what they amount to."""
    with context.store().writing(f"{context.command}: lists") as con:
        return sync_lists(con, context.home.root, context.home.state, context.as_of)


def warnings_step(context: RunContext) -> Drafted:
    """Draft from a new bulletin, close drafts whose time is over, copy warnings into the warehouse; approves nothing.

    A rule that cannot be used is remembered in the outbox: it must not keep what was measured from being published.
    """
    state = context.home.state
    with context.store().writing(f"{context.command}: warnings") as con:
        try:
            done = draft_due(con, context.home, context.as_of)
            if state.exists():
                outbox.forget(state, _DRAFTS)
        except HomeError as error:
            outbox.note(
                state, _DRAFTS, f"未能起草预警：{error}", f"no drafts of warnings: {error}", context.as_of
            )
            done = Drafted()
        with transaction(con):
            mirror_warnings(con, state)
            keep_answers(con, state, context.as_of)
        return done


def letters_step(context: RunContext) -> int:
    """Put the letters of warnings into the outbox; what is wrong with mail is remembered there and fails no run.

    Returns
    -------
    int
        Letters that are new; delivering them is the work of the sensor and of ``fenwei mail send``.
    """
    from pipelines.mail.kinds import MailError
    from pipelines.mail.warnings import queue_warnings

    home = context.home
    if not home.state.exists() or not lives_at(home, context.as_of):
        return 0
    try:
        n_new = sum(queued.n_new for queued in queue_warnings(home, context.as_of))
        outbox.forget(home.state, _LETTERS)
    except (MailError, HomeError) as error:
        outbox.note(home.state, _LETTERS, str(error), str(error), context.as_of)
        return 0
    finally:
        with context.store().writing(f"{context.command}: letters") as con, transaction(con):
            mirror_outbox(con, home.state)
    return n_new
