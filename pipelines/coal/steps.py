"""The coal steps of a run."""

from pipelines.coal.judging import rebuild_use, rebuild_verdicts
from pipelines.steps import RunContext


def use_step(context: RunContext) -> dict[str, int]:
    """Compute use by firm and balances by area when a form changed."""
    with context.store().writing(f"{context.command}: coal use") as con:
        return rebuild_use(con)


def judge_step(context: RunContext) -> dict[str, int]:
    """Judge targets, replacement, inspections and households when a form or the day changed."""
    with context.store().writing(f"{context.command}: coal verdicts") as con:
        return rebuild_verdicts(con, context.as_of)
