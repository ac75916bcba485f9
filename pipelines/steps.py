"""The steps of a run, each opening the warehouse for as short as it can; Dagster and the command line call these."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from pipelines.air import judging
from pipelines.air.city_days import rebuild_city_days
from pipelines.air.pending import forget_window, unpublished_window
from pipelines.air.plan import RefreshOptions
from pipelines.air.reference import read_reference
from pipelines.air.refresh import RefreshSummary, refresh
from pipelines.coal.judging import rebuild_coal
from pipelines.emergency.emission_list.versions import sync_lists
from pipelines.emergency.life.mirror import mirror as mirror_warnings
from pipelines.emergency.receipts.answer_state import keep_answers
from pipelines.forecast.rebuild import rebuild_forecasts
from pipelines.home import Home
from pipelines.landing.land import Landed, land
from pipelines.site.publishing import page_maker
from warehouse import checks, decisions
from warehouse.dictionary import chinese_views_sql, read_dictionary
from warehouse.outbox import mirror as mirror_outbox
from warehouse.publish import Published, content_digest, publish, table_rows
from warehouse.store import Store, detached, one_row, transaction

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class RunContext:
    """What all steps of one run share."""

    home: Home
    as_of: datetime
    run_id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    command: str = "run"
    page: bool = True
    """Whether a publication makes the page, where the settings do not switch it off."""

    def store(self) -> Store:
        """The warehouse of the home."""
        settings = self.home.settings
        return Store(self.home.warehouse, memory_limit=settings.memory_limit, threads=settings.threads)

    def accepted(self) -> frozenset[tuple[str, str]]:
        """Held files that somebody accepted."""
        return frozenset(decisions.accepted_files(self.home.state))


def _land(context: RunContext, con: duckdb.DuckDBPyConnection) -> Landed:
    home = context.home
    return land(
        con,
        home.landing,
        as_of=context.as_of,
        run_id=context.run_id,
        max_file_mb=home.settings.max_file_mb,
        stations=home.path_of(home.settings.stations),
        overrides=home.path_of(home.settings.overrides),
        outlines=home.path_of(home.settings.city_outlines),
    )


def land_step(context: RunContext) -> Landed:
    """Look at the landing folder: refuse what must not be read, keep small tables and the station list."""
    with context.store().writing(f"{context.command}: land") as con:
        con.execute(
            "INSERT OR REPLACE INTO ops.run (run_id, command, as_of, started_at, status) VALUES (?, ?, ?, ?, 'started')",
            [context.run_id, context.command, context.as_of, datetime.now()],
        )
        return _land(context, con)


def refresh_step(
    context: RunContext, window: tuple[date, date] | None, *, force: bool, progress: Progress | None = None
) -> RefreshSummary:
    """Take in due station files and compute hours and days of stations and cities."""
    with context.store().writing(f"{context.command}: refresh") as con:
        landed = _land(context, con)
        options = RefreshOptions(
            as_of=context.as_of,
            run_id=context.run_id,
            window=window,
            force=force,
            accepted=context.accepted(),
            close_after_days=context.home.settings.close_after_days,
            threads=context.home.settings.threads,
        )
        summary = refresh(con, landed.station_files, read_reference(con), options, progress)
        con.execute(
            "UPDATE ops.run SET n_files = ?, n_days = ? WHERE run_id = ?",
            [sum(summary.files.values()), len(summary.days), context.run_id],
        )
        return summary


def city_day_step(context: RunContext) -> list[str]:
    """Compute the city and unit days of changed months."""
    with context.store().writing(f"{context.command}: city days") as con:
        return rebuild_city_days(con, read_reference(con).fingerprint)


def judge_step(context: RunContext) -> dict[str, int]:
    """Judge everything whose inputs changed; returns how much was done by table."""
    with context.store().writing(f"{context.command}: judge") as con:
        return _judge(con, context.as_of)


def _judge(con: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, int]:
    return {
        judging.REGION_DAY: len(judging.rebuild_region_days(con)),
        judging.EVALUATION: len(judging.rebuild_evaluation(con, as_of)),
        judging.EPISODES: int(judging.rebuild_episode_table(con)),
        judging.TARGETS: int(judging.rebuild_targets(con, as_of)),
        judging.MONITORING: len(judging.rebuild_monitoring_months(con)),
        "forecast": sum(bool(done) for done in rebuild_forecasts(con, as_of).values()),
    }


def check_step(
    context: RunContext, tables: frozenset[str], names: frozenset[str] | None = None
) -> list[checks.CheckResult]:
    """Run the checks of some tables, all or those named, over the days changed since the last publication.

    Where there are none, the last month is checked.
    """
    with context.store().writing(f"{context.command}: checks") as con:
        wanted = (c for c in checks.all_checks() if c.table in tables and (names is None or c.name in names))
        return _run_checks(context, con, wanted)


def _run_checks(
    context: RunContext, con: duckdb.DuckDBPyConnection, wanted: Iterable[checks.Check]
) -> list[checks.CheckResult]:
    first, last = _checked_window(context, con)
    results = [checks.run_check(con, c, first=first, last=last, as_of=context.as_of) for c in wanted]
    with transaction(con):
        checks.record(con, results)
    return results


def _checked_window(context: RunContext, con: duckdb.DuckDBPyConnection) -> tuple[date, date]:
    last = context.as_of.date()
    return unpublished_window(con) or (last - timedelta(days=31), last)


class BlockedError(RuntimeError):
    """A blocking check failed: nothing is published."""


def publish_step(context: RunContext) -> Published:
    """Publish a new version when anything changed.

    Raises
    ------
    BlockedError
        A blocking check has failed.
    """
    home = context.home
    store = context.store()
    with store.writing(f"{context.command}: publish") as con:
        _complete(context, con)
        _refuse_bad(context, con)
        _finish(context, con)
        digest, rows, about = content_digest(con), table_rows(con), _about(con)
        page = page_maker(home, context.as_of) if context.page and home.settings.publish_site else None
        try:
            with detached(con, home.warehouse):
                return publish(
                    home.warehouse,
                    home.publish,
                    digest=digest,
                    rows=rows,
                    about=about,
                    now=datetime.now(),
                    keep=home.settings.keep_versions,
                    parquet=home.settings.publish_parquet,
                    extras=page,
                )
        except BaseException:
            # Interrupted while the file was closed for copying, there is nothing to write into; the cause must be told.
            with suppress(duckdb.Error):
                con.execute("UPDATE ops.run SET status = 'failed' WHERE run_id = ?", [context.run_id])
            raise


def _complete(context: RunContext, con: duckdb.DuckDBPyConnection) -> None:
    """Do what another run has left half done since, so that every table published is of one state."""
    rebuild_city_days(con, read_reference(con).fingerprint)
    _judge(con, context.as_of)
    rebuild_coal(con, context.as_of)
    sync_lists(con, context.home.root, context.home.state, context.as_of)


def _refuse_bad(context: RunContext, con: duckdb.DuckDBPyConnection) -> None:
    """Run every check over all days changed since the last publication; a failed blocking one stays until mended.

    The others too: steps before this may run in any order, and what is published tells of the state it holds.
    """
    results = _run_checks(context, con, checks.all_checks())
    blocked = [r for r in results if not r.passed and r.check.consequence == "block"]
    if blocked:
        raise BlockedError("；".join(f"{r.check.name}: {' | '.join(r.told())}" for r in blocked))


def _finish(context: RunContext, con: duckdb.DuckDBPyConnection) -> None:
    """Close the books of a run: what the warehouse is about, decisions of people, Chinese views, run done."""
    row = one_row(con.execute("SELECT max(hour_end) FROM ops.hour_source"))
    about = {
        "simulated": "true" if context.home.settings.simulated else "false",
        "data_until": str(row[0]) if row and row[0] else "",
        "basis": "实况 | unreviewed, as published in real time; reviewed days are marked",
    }
    with transaction(con):
        for key, value in about.items():
            con.execute("INSERT OR REPLACE INTO ops.about VALUES (?, ?)", [key, value])
        forget_window(con)
        con.execute("DELETE FROM ops.decision")
        for d in decisions.decisions(context.home.state):
            con.execute(
                "INSERT INTO ops.decision VALUES (?, ?, ?, ?, ?, ?, ?)",
                [d.decision_id, d.kind, d.subject, d.sha256, d.decided_by, d.decided_at, d.note],
            )
        mirror_warnings(con, context.home.state)
        keep_answers(con, context.home.state, context.as_of)
        mirror_outbox(con, context.home.state)
        con.execute(chinese_views_sql(read_dictionary(con)))
        con.execute(
            "UPDATE ops.run SET status = 'done', ended_at = ? WHERE run_id = ?",
            [datetime.now(), context.run_id],
        )


def _about(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return {"about": dict(con.execute("SELECT key, value FROM ops.about ORDER BY key").fetchall())}


def held_files(context: RunContext) -> list[tuple[str, str]]:
    """Path and SHA-256 of every file that waits for confirmation."""
    with context.store().writing(f"{context.command}: look") as con:
        return con.execute(
            "SELECT path, sha256 FROM ops.source_file WHERE status = 'held' ORDER BY path"
        ).fetchall()


def count_rows(context: RunContext, tables: Iterable[str]) -> dict[str, int]:
    """Rows of some tables as the warehouse knows them (its own statistics, no scan)."""
    with context.store().writing(f"{context.command}: count") as con:
        known = con.execute(
            "SELECT schema_name || '.' || table_name, estimated_size FROM duckdb_tables()"
            " WHERE database_name = current_database()"
        ).fetchall()
    return {name: int(size) for name, size in known if name in set(tables)}
