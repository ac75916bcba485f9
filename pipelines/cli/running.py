"""Run the job under the eyes of the person who asked for it."""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.cli.common import INTERNAL, REJECTED, err
from pipelines.home import Home


def run_shown(
    home: Home,
    moment: datetime,
    command: str,
    window: tuple[date, date] | None,
    force: bool,
    page: bool = True,
) -> Any:
    """Run the job with a progress bar on a terminal."""
    from pipelines.run import run_job
    from pipelines.steps import RunContext

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )
    with bar if err.is_terminal else nullcontext():
        task = bar.add_task("月份 months", total=None)

        def listen(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"月份 month {what}")

        context = RunContext(home, moment, command=command, page=page)
        return run_job(context, window=window, force=force, listener=listen)


def failure_code(errors: Iterable[str]) -> int:
    """Exit code of a run that failed: data that may not be published are the user's to mend, all else is not."""
    mendable = any("BlockedError" in error or "StoreError" in error for error in errors)
    return REJECTED if mendable else INTERNAL
