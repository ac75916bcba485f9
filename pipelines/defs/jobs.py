"""The one job, and when it runs."""

import dagster as dg
from dagster import RunRequest, SkipReason

from pipelines.defs.resources import HomeResource
from pipelines.due import due
from pipelines.home import FIRST_DAY
from pipelines.mail.tick import tick

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"

daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="落地 → 小时与日 → 评价 → 检查 → 发布 | land, hours and days, judge, check, publish",
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
