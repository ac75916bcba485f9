"""Run the job in this process: the same assets Dagster schedules, with one summary at the end."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from pipelines import progress
from pipelines.home import FIRST_DAY, Home
from pipelines.steps import RunContext
from warehouse.lock import file_lock
from warehouse.publish import current_version
from warehouse.store import Store, keep_open, one_row

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"


@dataclass
class RunReport:
    """What a run did, as its user is told."""

    run_id: str
    success: bool
    published: str | None
    files: dict[str, int] = field(default_factory=dict)
    n_days: int = 0
    notes: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    """Drafts of warnings that wait for a person."""

    @property
    def rejected(self) -> bool:
        """Something that arrived was not taken as a whole."""
        return any(self.files.get(s) for s in ("rejected", "partial", "held", "unreadable"))


def run_job(
    context: RunContext,
    *,
    window: tuple[date, date] | None,
    force: bool,
    listener: Callable[[int, int, str], None] | None = None,
) -> RunReport:
    """Execute the job over a window of days, or over everything that is due.

    Parameters
    ----------
    context : RunContext
        Its run id is replaced by the one the job gets.
    window : (date, date) or None
    force : bool
        Read loaded files of the window again and compute its days again.
    listener : callable, optional
        Told how far the hours are.
    """
    with (
        file_lock(context.home.run_lock, context.command),
        keep_open(context.store(), context.command),
    ):
        report = _execute(context, window, force, listener or (lambda done, total, what: None))
    if not report.success:
        _tell(context, report)
    return report


def _tell(context: RunContext, report: RunReport) -> None:
    """Put a letter about a failed run into the outbox; that this fails too must not hide why the run did."""
    from pipelines.mail.alarms import queue_failure

    run = {**vars(report), "command": context.command, "as_of": context.as_of}
    try:
        queue_failure(context.home, run, context.as_of)
    except Exception as error:
        report.errors.append(f"outbox: {error}")


def _execute(
    context: RunContext,
    window: tuple[date, date] | None,
    force: bool,
    listener: Callable[[int, int, str], None],
) -> RunReport:
    import dagster as dg

    from pipelines.definitions import defs

    _quieten()
    days = window or (context.as_of.date(), context.as_of.date())
    home = {
        "root": str(context.home.root),
        "as_of": context.as_of.isoformat(),
        "command": context.command,
        "page": context.page,
    }
    hours = {
        "force": force,
        "first": str(window[0]) if window else "due",
        "last": str(window[1]) if window else "due",
    }
    persistent = bool(os.environ.get("DAGSTER_HOME"))
    tags = _range(days) if persistent or window is None else _range((days[1], days[1]))
    with dg.DagsterInstance.get() if persistent else dg.DagsterInstance.ephemeral() as instance:
        with progress.listening(listener):
            result = (
                defs()
                .resolve_job_def("daily")
                .execute_in_process(
                    instance=instance,
                    tags=tags,
                    run_config={
                        "ops": {"hours": {"config": hours}},
                        "resources": {"home": {"config": home}},
                        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                    },
                    raise_on_error=False,
                )
            )
        errors = [_cause(e) for e in result.get_step_failure_events()]
        run_id = result.run_id[:12]
    errors = [e for e in errors if e]
    report = RunReport(run_id, bool(result.success), None, errors=errors)
    _fill(context.home, report, failed=not result.success)
    present = current_version(context.home.publish)
    report.published = present.folder.name if present else None
    return report


def _range(days: tuple[date, date]) -> dict[str, str]:
    today = date.today()
    first, last = (max(min(day, today), FIRST_DAY) for day in days)
    return {RANGE_START: str(first), RANGE_END: str(last)}


def _quieten() -> None:
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    logging.getLogger("dagster").setLevel(logging.CRITICAL)


def _cause(event: Any) -> str:
    """The innermost error of a failed step; steps that only waited for it are passed over."""
    failure = event.step_failure_data
    error = failure.error if failure else None
    if error is None:
        return ""
    while error.cause is not None:
        error = error.cause
    return f"{event.step_key}: {error.message.strip()}"


def _fill(home: Home, report: RunReport, *, failed: bool) -> None:
    """Read what the run left in the warehouse's own account."""
    with suppress(duckdb.Error), Store(home.warehouse).writing("report") as con:
        if failed:
            con.execute(
                "UPDATE ops.run SET status = 'failed', message = ? WHERE run_id = ?",
                ["; ".join(report.errors)[:2000], report.run_id],
            )
        report.files = dict(
            con.execute(
                "SELECT status, count(*) FROM ops.source_file WHERE run_id = ? GROUP BY status ORDER BY status",
                [report.run_id],
            ).fetchall()
        )
        row = one_row(con.execute("SELECT n_days FROM ops.run WHERE run_id = ?", [report.run_id]))
        report.n_days = int(row[0] or 0) if row else 0
        names = ("path", "status", "zh", "en", "n_rejected")
        report.notes = [
            dict(zip(names, found, strict=True))
            for found in con.execute(
                "SELECT path, status, reason_zh, reason_en, n_rejected FROM ops.source_file"
                " WHERE run_id = ? AND reason_zh IS NOT NULL AND status <> 'superseded' ORDER BY path",
                [report.run_id],
            ).fetchall()
        ]
        report.drafts = [
            str(warning_id)
            for (warning_id,) in con.execute(
                "SELECT warning_id FROM emergency.warning WHERE state = 'draft' ORDER BY warning_id"
            ).fetchall()
        ]
        check_names = ("check", "consequence", "zh", "en")
        report.checks = [
            dict(zip(check_names, found, strict=True))
            for found in con.execute(
                "SELECT check_name, consequence, detail_zh, detail_en FROM ops.check_result WHERE NOT passed ORDER BY 2, 1"
            ).fetchall()
        ]
