"""Coal assets: use and balances, verdicts."""

from collections.abc import Iterator

import dagster as dg

from pipelines import steps
from pipelines.coal import steps as coal_steps
from pipelines.defs.checks import declare
from pipelines.defs.lists import COAL_JUDGED, COAL_LANDED, COAL_USE
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import MORNING, WRITER_POOL, materialized, table_spec


@dg.multi_asset(
    name="coal_use",
    specs=[
        table_spec(t, COAL_LANDED, group="coal").replace_attributes(freshness_policy=MORNING)
        for t in COAL_USE
    ],
    pool=WRITER_POOL,
)
def coal_use(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Turn reported forms into coal use by firm and balances by area."""
    run = home.context(context.run.run_id)
    context.log.info(str(coal_steps.use_step(run)))
    yield from materialized(steps.count_rows(run, COAL_USE), COAL_USE)


@dg.multi_asset(
    name="coal_judged",
    specs=[
        table_spec(t, (*COAL_LANDED, *COAL_USE), group="coal").replace_attributes(freshness_policy=MORNING)
        for t in COAL_JUDGED
    ],
    pool=WRITER_POOL,
)
def coal_judged(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Judge targets, replacement, inspections and households."""
    run = home.context(context.run.run_id)
    context.log.info(str(coal_steps.judge_step(run)))
    yield from materialized(steps.count_rows(run, COAL_JUDGED), COAL_JUDGED)


coal_landing_checks = declare(COAL_LANDED, "coal_landing_checks")
coal_use_checks = declare(COAL_USE, "coal_use_checks")
coal_judged_checks = declare(COAL_JUDGED, "coal_judged_checks")
