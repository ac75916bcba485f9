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


def _asset(kind: str, key: dg.AssetKey, zh: str, en: str) -> dg.AssetsDefinition:
    setting = f"{kind}_at"

    @dg.asset(
        key=key,
        deps=[PUBLISHED],
        group_name=GROUP,
        owners=[OWNER],
        kinds={"docx", "pdf"},
        pool=WRITER_POOL,
        description=f"{zh}，写入 outbox/bulletin；fenwei.toml 的 [bulletin] 未设 {setting} 时不做"
        f" | {en} in outbox/bulletin; nothing without bulletin.{setting}",
    )
    def bulletins(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
        return _made(context, home, kind)

    return bulletins


bulletin_of_day = _asset(DAY, DAY_KEY, "昨日的日报", "yesterday's bulletin")
bulletin_of_month = _asset(MONTH, MONTH_KEY, "上月的月报", "last month's bulletin")

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
