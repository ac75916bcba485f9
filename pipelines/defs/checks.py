"""Asset checks made from the queries in ``warehouse/checks``."""

from collections.abc import Iterable, Iterator

import dagster as dg

from pipelines import steps
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import WRITER_POOL, asset_key


def declare(stage: Iterable[str], name: str) -> dg.AssetChecksDefinition:
    """Give one definition with every check of some tables."""
    tables = frozenset(stage)
    wanted = [c for c in steps.checks.all_checks() if c.table in tables]

    @dg.multi_asset_check(
        name=name,
        specs=[
            dg.AssetCheckSpec(
                c.name,
                asset=asset_key(c.table),
                blocking=c.consequence == "block",
                description=f"{c.zh} | {c.en} ({c.consequence})",
            )
            for c in wanted
        ],
        pool=WRITER_POOL,
        can_subset=True,
    )
    def run_checks(
        context: dg.AssetCheckExecutionContext, home: HomeResource
    ) -> Iterator[dg.AssetCheckResult]:
        selected = frozenset(key.name for key in context.selected_asset_check_keys)
        for result in steps.check_step(home.context(context.run.run_id), tables, selected):
            severity = (
                dg.AssetCheckSeverity.ERROR
                if result.check.consequence == "block"
                else dg.AssetCheckSeverity.WARN
            )
            yield dg.AssetCheckResult(
                check_name=result.check.name,
                asset_key=asset_key(result.check.table),
                passed=result.passed,
                severity=severity,
                metadata={
                    "n_bad": result.n_bad,
                    "sample": result.sample,
                    "consequence": result.check.consequence,
                },
            )

    return run_checks
