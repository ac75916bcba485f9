"""Emergency assets: emission lists and what they amount to, drafts and warnings, their letters."""

from collections.abc import Iterator

import dagster as dg

from pipelines import steps
from pipelines.defs.air import PUBLISHED
from pipelines.defs.checks import declare
from pipelines.defs.lists import LISTS, OUTBOX, WARNINGS
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import WRITER_POOL, asset_key, materialized, table_spec
from pipelines.emergency import steps as emergency_steps


@dg.multi_asset(
    name="lists",
    specs=[table_spec(t, (), group="emergency") for t in LISTS],
    pool=WRITER_POOL,
)
def lists(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Bring the kept versions of emission lists into the warehouse and work out what they amount to."""
    run = home.context(context.run.run_id)
    changed = emergency_steps.lists_step(run)
    yield from materialized(steps.count_rows(run, LISTS), LISTS, n_versions_changed=len(changed))


@dg.multi_asset(
    name="warnings",
    specs=[table_spec(t, ("forecast.city_day", *LISTS), group="emergency") for t in WARNINGS],
    pool=WRITER_POOL,
)
def warnings(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Draft from a new bulletin, close drafts whose time is over, copy warnings; approving is left to people."""
    run = home.context(context.run.run_id)
    done = emergency_steps.warnings_step(run)
    context.log.info(f"drafts {done.kept}, superseded {done.superseded}, expired {done.expired}")
    counts = {"n_drafts_new": len(done.kept), "n_drafts_expired": len(done.expired)}
    yield from materialized(steps.count_rows(run, WARNINGS), WARNINGS, **counts)


@dg.multi_asset(
    name="letters_of_warnings",
    specs=[
        table_spec(t, WARNINGS, group="emergency").replace_attributes(
            deps=[PUBLISHED, *map(asset_key, WARNINGS)]
        )
        for t in OUTBOX
    ],
    pool=WRITER_POOL,
)
def letters_of_warnings(
    context: dg.AssetExecutionContext, home: HomeResource
) -> Iterator[dg.MaterializeResult]:
    """Put the letters of warnings into the outbox, with what is published; the sensor delivers them."""
    run = home.context(context.run.run_id)
    n_new = emergency_steps.letters_step(run)
    yield from materialized(steps.count_rows(run, OUTBOX), OUTBOX, n_new=n_new)


list_checks = declare(LISTS, "list_checks")
warning_checks = declare(WARNINGS, "warning_checks")
