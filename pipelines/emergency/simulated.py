"""What the people of the simulated world decide about the simulated episode: invented persons, an exercise throughout."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from pipelines import steps
from pipelines.defs.lists import LISTS, WARNINGS
from pipelines.emergency.drafting import context_of
from pipelines.emergency.life import commands, store
from pipelines.emergency.life.machine import LIVE
from pipelines.emergency.life.papers import Papers
from pipelines.emergency.life.records import Record
from pipelines.emergency.steps import warnings_step
from pipelines.home import Home
from pipelines.mail import recipients
from pipelines.mail.tick import tick
from pipelines.mail.warnings import queue_warnings
from warehouse import state
from warehouse.standards.marks import EXERCISE

APPROVED = ("610100", "610400", "610500")
"""Cities whose drafts are approved; those of the others wait, so that both can be looked at."""
LEVEL = "orange"
RESPONSE_FROM = time(12)
"""The episode has begun when the bulletin comes: the response starts at noon, not at the midnight before."""
_CHIEF = "【演练】模拟总指挥"
_CLERK = "【演练】模拟值班员"
_REASON = "【演练】污染过程已开始，自批准当日12时起响应，留出安全停产时间"


@dataclass
class Decided:
    """Warnings approved and still waiting, and the documents written for the approved ones."""

    approved: list[Record] = field(default_factory=list)
    waiting: list[Record] = field(default_factory=list)
    products: list[Path] = field(default_factory=list)


def keep_recipients(home: Home, as_of: datetime) -> None:
    """Give the home the example recipients, whose addresses cannot exist, where it has none."""
    if not recipients.recipients(home.state):
        recipients.replace(home.state, recipients.EXAMPLES, as_of)


def decide(home: Home, as_of: datetime, tell: Callable[[str], None] = lambda _: None) -> Decided:
    """Approve the orange drafts of some cities, start their response, write its documents, tell everybody, publish.

    Every part may be done again: what is done already stays as it is.

    Parameters
    ----------
    home : Home
        A simulated home after its run.
    as_of : datetime
    tell : callable, optional
        Told what is being done.
    """
    tell("批准预警（演练）approving…")
    decided = {r.city_code for r in _all(home) if r.approved_at}
    for record in _of_cities(home, ("draft",)):
        if record.city_code not in decided:
            _approve(home, as_of, record)
    queue_warnings(home, as_of)
    for record in _of_cities(home, ("approved",)):
        at = datetime.combine(as_of.date(), RESPONSE_FROM)
        commands.start(context_of(home, as_of), record.warning_id, Papers(_CLERK, "【演练】模拟值班室"), at)
    tell("生成响应文件（演练）response documents…")
    done = Decided(_of_cities(home, LIVE), _all(home, ("draft",)))
    for record in done.approved:
        done.products += _documents(home, record, as_of)
    tick(home, as_of)
    _publish(home, as_of)
    return done


def _approve(home: Home, as_of: datetime, record: Record) -> None:
    number = 1 + APPROVED.index(record.city_code)
    place = record.describe()["city_name"]
    papers = Papers(
        by=_CHIEF,
        office=f"【演练】{place}重污染天气应急指挥部（模拟）",
        body=f"【演练】{place}重污染天气应急指挥部办公室（模拟）",
        document=f"【演练】模拟文号〔{as_of.year}〕{number}号",
        reason=_REASON,
    )
    start = datetime.combine(as_of.date(), RESPONSE_FROM)
    commands.approve(context_of(home, as_of), record.warning_id, papers, start=start)


def _documents(home: Home, record: Record, as_of: datetime) -> list[Path]:
    """Write the documents of a response, and the form on which those concerned answer."""
    from pipelines.emergency.receipts.form import write_template
    from pipelines.emergency.response.products import write_products

    made = [product.path for product in write_products(home, record.warning_id, as_of)]
    form = home.root / "outbox" / "receipts" / f"{EXERCISE}回执_{record.warning_id}.xlsx"
    form.parent.mkdir(parents=True, exist_ok=True)
    write_template(form, home, record.warning_id)
    return [*made, form]


def _publish(home: Home, as_of: datetime) -> None:
    """Publish what was decided, with the checks of it made again."""
    context = steps.RunContext(home, as_of, command="demo")
    warnings_step(context)
    steps.check_step(context, frozenset({*LISTS, *WARNINGS}))
    steps.publish_step(context)


def _of_cities(home: Home, states: tuple[str, ...]) -> list[Record]:
    """Give the warnings of the cities that are decided about, in their order."""
    found = [r for r in _all(home, states) if r.city_code in APPROVED and r.level == LEVEL]
    return sorted(found, key=lambda r: APPROVED.index(r.city_code))


def _all(home: Home, states: tuple[str, ...] | None = None) -> list[Record]:
    with state.reading(home.state) as con:
        return store.select(con, kind="drill", states=states)
