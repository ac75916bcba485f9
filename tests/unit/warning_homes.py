"""A state file with a draft in it, and the commands in the shortest words, for tests of the life of a warning."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pipelines.emergency.life import adjust, commands, drafts
from pipelines.emergency.life.papers import Context, Papers
from pipelines.emergency.proposal.blocks import DayForecast
from pipelines.emergency.proposal.draft import Options, draft
from pipelines.emergency.proposal.forecasts import CityForecast
from pipelines.emergency.proposal.shipped import profile
from warehouse import state

NOW = datetime(2026, 12, 1, 16)
FIRST = date(2026, 12, 3)
NATIONAL = profile("national-2024")
FULL = Papers("张三", "副市长", "西安市生态环境保护委员会办公室", "市预警〔2026〕1号", "李四", "会商决定")
ORANGE = (160, 170, 180, 120, 110)


def forecast(*values, city="610100", first=FIRST, issued=NOW):
    days = [
        DayForecast(first + timedelta(days=n), v, v, ("PM2.5",))
        for n, v in enumerate(values)
        if v is not None
    ]
    return CityForecast(city, issued, tuple(days), sha256="f" * 64)


def drafted(*values, city="610100", first=FIRST, issued=NOW, orders=(), as_of=NOW, in_force=None):
    found = forecast(*values, city=city, first=first, issued=issued)
    return draft(found, NATIONAL, orders, as_of, Options(in_force=in_force))


def context(path: Path, as_of: datetime = NOW, clock: datetime | None = None, **more) -> Context:
    return Context(path, as_of, clock or as_of, "20261201T150000", **more)


def kept(path: Path, *values, **more):
    """A stored draft."""
    drill = more.pop("drill", False)
    saved = drafts.save(
        context(path, more.get("as_of", NOW)),
        [drafted(*(values or ORANGE), **more)],
        drill=drill,
        even_none=True,
    )
    return saved[0].record


def approved(path: Path, *values, papers: Papers = FULL, **more):
    return commands.approve(context(path), kept(path, *values, **more).warning_id, papers).record


def running(path: Path, *values, **more):
    return commands.start(context(path), approved(path, *values, **more).warning_id, FULL).record


def in_state(path: Path, wanted: str):
    """A warning brought into a state by commands alone."""
    if wanted in ("draft", "cancelled", "expired", "superseded"):
        record = kept(path)
        if wanted == "cancelled":
            commands.cancel(context(path), record.warning_id, FULL)
        elif wanted == "expired":
            commands.expire(context(path, datetime(2027, 1, 1)))
        elif wanted == "superseded":
            kept(path, 210, 220, 180)
        return record.warning_id
    record = approved(path)
    at, one = context(path), record.warning_id
    if wanted == "approved":
        return one
    commands.start(at, one, FULL)
    if wanted == "upgraded":
        adjust.change_level(at, one, FULL, "red", None)
    elif wanted == "downgraded":
        adjust.change_level(at, one, FULL, "yellow", None)
    elif wanted == "extended":
        adjust.extend(at, one, FULL, record.end_at + timedelta(days=1), None)
    elif wanted in ("suspended", "resumed"):
        adjust.suspend(at, one, FULL)
        if wanted == "resumed":
            adjust.resume(at, one, FULL)
    elif wanted in ("lifted", "evaluated"):
        adjust.lift(at, one, FULL, None)
        if wanted == "evaluated":
            commands.evaluate(at, one, FULL, {"seen": 1})
    return one


def do(path: Path, one: str, action: str, papers: Papers | None = None):
    """Carry out an action with everything it could need; other words than `in_state` uses."""
    words = papers or replace(FULL, reason="另一次会商")
    at = context(path)
    with state.reading(path) as con:
        end = con.execute("SELECT end_at FROM warning WHERE warning_id = ?", (one,)).fetchone()[0]
        level = con.execute("SELECT level FROM warning WHERE warning_id = ?", (one,)).fetchone()[0]
    later = datetime.fromisoformat(end) + timedelta(days=2)
    up = {"yellow": "orange", "orange": "red", "red": "red"}[level]
    down = {"red": "yellow", "orange": "yellow", "yellow": "precaution"}[level]
    return {
        "approve": lambda: commands.approve(at, one, words),
        "start": lambda: commands.start(at, one, words),
        "upgrade": lambda: adjust.change_level(at, one, words, up, None),
        "downgrade": lambda: adjust.change_level(at, one, words, down, None),
        "extend": lambda: adjust.extend(at, one, words, later, None),
        "suspend": lambda: adjust.suspend(at, one, words),
        "resume": lambda: adjust.resume(at, one, words),
        "lift": lambda: adjust.lift(at, one, words, None),
        "evaluate": lambda: commands.evaluate(at, one, words, {"seen": 2}),
        "cancel": lambda: commands.cancel(at, one, words),
    }[action]()
