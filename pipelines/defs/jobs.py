"""The jobs, and when they run."""

import dagster as dg
from dagster import RunRequest, SkipReason

from pipelines.defs import bulletins
from pipelines.defs.air import PUBLISHED
from pipelines.defs.lists import COAL_LANDED, LANDED, LISTS, OUTBOX, WARNINGS
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import asset_key
from pipelines.due import due
from pipelines.emergency.settings import WarningSettings, warning_settings
from pipelines.home import FIRST_DAY, HomeError, default_root, open_home
from pipelines.mail.tick import tick

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"

daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups(bulletins.GROUP),
    executor_def=dg.in_process_executor,
    description="落地 → 小时与日 → 评价 → 预警草稿 → 检查 → 发布 → 邮件入箱"
    " | land, hours and days, judge, drafts of warnings, check, publish, letters",
)

warning_drafts = dg.define_asset_job(
    "warning_drafts",
    selection=dg.AssetSelection.assets(
        *(asset_key(t) for t in (*LANDED, *COAL_LANDED, *LISTS, *WARNINGS, *OUTBOX)), PUBLISHED
    ),
    executor_def=dg.in_process_executor,
    description="取入新简报 → 预警草稿（不批准）→ 检查 → 发布 → 邮件入箱"
    " | takes in a new bulletin, drafts warnings (approves none), checks, publishes, puts letters in",
)


def _request(context: dg.ScheduleEvaluationContext, home: HomeResource) -> RunRequest | SkipReason:
    now = due(home.context("schedule"))
    if not now.anything:
        return SkipReason("没有新数据 | nothing new")
    last = context.scheduled_execution_time.date()
    end = max(min(now.last or last, last), FIRST_DAY)
    start = max(min(now.first or end, end), FIRST_DAY)
    return RunRequest(
        run_key=None,
        tags={RANGE_START: str(start), RANGE_END: str(end)},
        run_config={"ops": {"hours": {"config": {"force": False, "first": "due"}}}},
    )


@dg.schedule(
    job=daily,
    cron_schedule="30 2 * * *",
    execution_timezone="Asia/Shanghai",
    name="daily_0230",
    description="每日 02:30 补齐前日 | completes the day before",
)
def daily_0230(context: dg.ScheduleEvaluationContext, home: HomeResource) -> RunRequest | SkipReason:
    """Complete the day before, and whatever else is due."""
    return _request(context, home)


@dg.schedule(
    job=daily,
    cron_schedule="25 * * * *",
    execution_timezone="Asia/Shanghai",
    name="hourly_25",
    description="每小时 25 分处理新到文件 | takes in what arrived",
)
def hourly_25(context: dg.ScheduleEvaluationContext, home: HomeResource) -> RunRequest | SkipReason:
    """Take in what arrived."""
    return _request(context, home)


@dg.sensor(
    name="letters",
    minimum_interval_seconds=60,
    description="把到期的邮件放入发件箱并投递 | puts due letters into the outbox and delivers it",
)
def letters(context: dg.SensorEvaluationContext, home: HomeResource) -> SkipReason:
    """Queue letters of warnings, the daily brief and alarms, and deliver what is due; starts no run."""
    return SkipReason(str(tick(home.context("letters").home)))


def drafts_of_bulletins() -> dg.ScheduleDefinition:
    """Run the job of drafts at the times of the bulletins, as the settings of the home say when Dagster loads them."""
    try:
        times = warning_settings(open_home(default_root()))
    except HomeError:
        # A wrong setting must not take every other schedule away; the step that drafts tells of it.
        times = WarningSettings()
    return dg.ScheduleDefinition(
        name="warning_drafts_at_bulletins",
        job=warning_drafts,
        cron_schedule=times.crons(),
        execution_timezone="Asia/Shanghai",
        description=f"每日 {times.draft_at} 由最新简报起草预警 | drafts warnings from the newest bulletin",
    )
