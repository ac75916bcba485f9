"""Bulletins that are made by themselves: yesterday's each morning, last month's on a set day, as the settings say."""

from typing import Any

import dagster as dg

from pipelines.bulletin.settings import DAY, MONTH, BulletinSettings, bulletin_settings
from pipelines.defs.air import PUBLISHED
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import OWNER, WRITER_POOL
from pipelines.home import HomeError, default_root, open_home

GROUP = "bulletins"
DAY_KEY = dg.AssetKey(["outbox", "bulletin_of_day"])
MONTH_KEY = dg.AssetKey(["outbox", "bulletin_of_month"])


def _made(context: dg.AssetExecutionContext, home: HomeResource, kind: str) -> dg.MaterializeResult:
    # Here and not above: what draws charts is slow to load, and a run of data needs none of it.
    from pipelines.bulletin.standing_order import make_due

    run = home.context(context.run.run_id)
    done = make_due(run.home, kind, run.as_of)
    for text in (*done.waiting, *done.notes):
        context.log.warning(text)
    return dg.MaterializeResult(
        metadata={
            "files": [path.name for path in done.files],
            "n_letters_new": done.n_letters,
            "waiting": done.waiting,
        }
    )


@dg.asset(
    key=DAY_KEY,
    deps=[PUBLISHED],
    group_name=GROUP,
    owners=[OWNER],
    kinds={"docx", "pdf"},
    pool=WRITER_POOL,
    description="昨日的日报，写入 outbox/bulletin；fenwei.toml 的 [bulletin] 未设 day_at 时不做"
    " | yesterday's bulletin in outbox/bulletin; nothing without bulletin.day_at",
)
def bulletin_of_day(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """Make yesterday's bulletins where they are lacking."""
    return _made(context, home, DAY)


@dg.asset(
    key=MONTH_KEY,
    deps=[PUBLISHED],
    group_name=GROUP,
    owners=[OWNER],
    kinds={"docx", "pdf"},
    pool=WRITER_POOL,
    description="上月的月报，写入 outbox/bulletin；fenwei.toml 的 [bulletin] 未设 month_at 时不做"
    " | last month's bulletin in outbox/bulletin; nothing without bulletin.month_at",
)
def bulletin_of_month(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """Make last month's bulletins where they are lacking."""
    return _made(context, home, MONTH)


day_bulletins = dg.define_asset_job(
    "day_bulletins",
    selection=dg.AssetSelection.assets(DAY_KEY),
    executor_def=dg.in_process_executor,
    description="昨日的日报 | yesterday's bulletins",
)
month_bulletins = dg.define_asset_job(
    "month_bulletins",
    selection=dg.AssetSelection.assets(MONTH_KEY),
    executor_def=dg.in_process_executor,
    description="上月的月报 | last month's bulletins",
)


def schedules() -> list[dg.ScheduleDefinition]:
    """Give the schedules that the settings of the home switch on when Dagster loads them; none by default, running where set."""
    try:
        settings = bulletin_settings(open_home(default_root()))
    except HomeError:
        # A wrong setting must not take every other schedule away; `fenwei doctor` tells of it.
        settings = BulletinSettings()
    made = []
    for kind, cron, job in (
        (DAY, settings.day_cron(), day_bulletins),
        (MONTH, settings.month_cron(), month_bulletins),
    ):
        if cron:
            made.append(_schedule(kind, cron, job))
    return made


def _schedule(kind: str, cron: str, job: Any) -> dg.ScheduleDefinition:
    @dg.schedule(
        job=job,
        cron_schedule=cron,
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        name=f"{kind}_bulletins_when_due",
        description="到点后每小时看一次，缺则补 | looks every hour from its time on and makes what is lacking",
    )
    def when_due(context: dg.ScheduleEvaluationContext, home: HomeResource) -> dg.RunRequest | dg.SkipReason:
        from pipelines.bulletin.standing_order import due

        run = home.context("schedule")
        if not due(run.home, kind, run.as_of):
            return dg.SkipReason("已有，或尚未发布数据 | it is there, or nothing is published yet")
        return dg.RunRequest(run_key=None)

    return when_due
