"""Air assets: landing, hours and days, judgements, publication."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from pipelines import progress, steps
from pipelines.defs.checks import declare
from pipelines.defs.lists import (
    CITY_DAYS,
    COAL_JUDGED,
    COAL_LANDED,
    COAL_USE,
    HOURS,
    JUDGED,
    LANDED,
    LISTS,
    WARNINGS,
)
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import DAILY, MORNING, OWNER, WRITER_POOL, materialized, table_dep, table_spec

PUBLISHED = dg.AssetKey(["publish", "current"])


class HoursConfig(dg.Config):
    """How the hours of a run are chosen.

    Attributes
    ----------
    force : bool
        Read loaded files of the days again and compute them again.
    first, last : str
        Days instead of the run's partitions; ``due`` in both for everything that is due.
    """

    force: bool = True
    first: str = ""
    last: str = ""


@dg.multi_asset(
    name="land",
    specs=[
        table_spec(t, [], group="forecast" if t.startswith("forecast.") else "landing")
        for t in (*LANDED, *COAL_LANDED)
    ],
    pool=WRITER_POOL,
)
def land(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Look at the landing folder and keep its small tables."""
    run = home.context(context.run.run_id)
    landed = steps.land_step(run)
    context.log.info(
        f"{len(landed.station_files)} station files, {landed.n_tables} tables, {landed.n_refused} refused"
    )
    tables = (*LANDED, *COAL_LANDED)
    yield from materialized(steps.count_rows(run, tables), tables)


def _window(context: dg.AssetExecutionContext, config: HoursConfig) -> tuple[date, date] | None:
    if config.first == "due":
        return None
    if config.first:
        return date.fromisoformat(config.first), date.fromisoformat(config.last or config.first)
    keys = context.partition_key_range
    return date.fromisoformat(keys.start), date.fromisoformat(keys.end)


@dg.multi_asset(
    name="hours",
    specs=[table_spec(t, LANDED, group="air", partitioned=True) for t in HOURS],
    partitions_def=DAILY,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=WRITER_POOL,
)
def hours(
    context: dg.AssetExecutionContext, config: HoursConfig, home: HomeResource
) -> Iterator[dg.MaterializeResult]:
    """Take in station files and compute hours and days of stations and cities."""
    run = home.context(context.run.run_id)
    summary = steps.refresh_step(run, _window(context, config), force=config.force, progress=progress.report)
    context.log.info(f"files {summary.files}, days {len(summary.days)}")
    yield from materialized(steps.count_rows(run, HOURS), HOURS, n_days=len(summary.days))


@dg.multi_asset(
    name="city_days",
    specs=[
        table_spec(
            t, ("air.station_day", "air.reviewed_day", "air.dust_hour"), group="air", partitioned_deps=HOURS
        )
        for t in CITY_DAYS
    ],
    pool=WRITER_POOL,
)
def city_days(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Average the stations' days into city and unit days."""
    run = home.context(context.run.run_id)
    months = steps.city_day_step(run)
    yield from materialized(steps.count_rows(run, CITY_DAYS), CITY_DAYS, n_months=len(months))


@dg.multi_asset(
    name="judged",
    specs=[
        table_spec(
            t,
            (*CITY_DAYS, "air.city_hour", "ref.target", "forecast.grid_day"),
            group="forecast" if t.startswith("forecast.") else "judged",
            partitioned_deps=HOURS,
        )
        for t in JUDGED
    ],
    pool=WRITER_POOL,
)
def judged(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Judge what changed against standards and targets."""
    run = home.context(context.run.run_id)
    context.log.info(str(steps.judge_step(run)))
    yield from materialized(steps.count_rows(run, JUDGED), JUDGED)


@dg.asset(
    key=PUBLISHED,
    deps=[
        table_dep(t, HOURS)
        for t in (
            *LANDED,
            *HOURS,
            *CITY_DAYS,
            *JUDGED,
            *COAL_LANDED,
            *COAL_USE,
            *COAL_JUDGED,
            *LISTS,
            *WARNINGS,
        )
    ],
    group_name="publish",
    owners=[OWNER],
    kinds={"duckdb", "parquet"},
    pool=WRITER_POOL,
    freshness_policy=MORNING,
    description="发布的版本：数据库与 Parquet，读者只用它 | the published version: database and Parquet; readers use only this",
)
def published(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """Publish a version when anything changed."""
    done = steps.publish_step(home.context(context.run.run_id))
    return dg.MaterializeResult(metadata={"version": done.folder.name, "new": done.new})


# The account of files is complete only when the hours are done, so its checks come with theirs.
_ACCOUNTS = tuple(t for t in LANDED if t.startswith("ops."))
landing_checks = declare(set(LANDED) - set(_ACCOUNTS), "landing_checks")
hour_checks = declare((*HOURS, *_ACCOUNTS), "hour_checks")
city_day_checks = declare(CITY_DAYS, "city_day_checks")
judged_checks = declare(JUDGED, "judged_checks")
