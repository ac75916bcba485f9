"""What Dagster is told: every table an asset, every writer pooled, partitions and schedule in Beijing time."""

from datetime import datetime

import dagster as dg
import pytest

from pipelines.definitions import defs as load
from pipelines.defs import air, bulletins, jobs
from pipelines.defs.resources import HomeResource
from pipelines.defs.tables import WRITER_POOL, asset_key, contract


@pytest.fixture(scope="module")
def defs():
    return load()


def test_definitions_are_loadable(defs):
    dg.Definitions.validate_loadable(defs)


def test_every_writer_is_in_the_pool(defs):
    ops = [a.op for a in defs.assets] + [c.op for c in defs.asset_checks]
    assert len(ops) >= 9
    assert [op.name for op in ops if op.pool != WRITER_POOL] == []


def test_every_asset_has_owner_group_description_and_columns(defs):
    specs = [s for a in defs.assets for s in a.specs]
    assert all(s.owners and s.group_name and s.description for s in specs)
    files = {air.PUBLISHED, bulletins.DAY_KEY, bulletins.MONTH_KEY}
    tables = {".".join(s.key.path): s for s in specs if s.key not in files}
    assert set(tables) <= set(contract())
    for name, spec in tables.items():
        columns = spec.metadata["dagster/column_schema"].columns
        assert [c.name for c in columns] == [c.name for c in contract()[name].columns]


def test_hours_are_daily_partitions_in_beijing_and_backfill_in_one_run():
    assert air.hours.partitions_def.timezone == "Asia/Shanghai"
    assert air.hours.backfill_policy.policy_type == dg.BackfillPolicy.single_run().policy_type


def test_every_check_has_a_decided_consequence(defs):
    declared = {spec.name: spec for c in defs.asset_checks for spec in c.check_specs}
    known = {c.name: c for c in air.steps.checks.all_checks()}
    assert set(declared) == set(known)
    for name, spec in declared.items():
        assert spec.blocking == (known[name].consequence == "block")
    assert {c.consequence for c in known.values()} == {"block", "flag", "note"}


@pytest.mark.parametrize("schedule", [jobs.daily_0230, jobs.hourly_25], ids=lambda s: s.name)
def test_schedules_ask_for_a_run_of_a_new_home(schedule, tmp_path):
    home = HomeResource(root=str(tmp_path / "home"), as_of="2026-01-05T02:30")
    context = dg.build_schedule_context(
        scheduled_execution_time=datetime(2026, 1, 5, 2, 30), resources={"home": home}
    )
    assert schedule.execution_timezone == "Asia/Shanghai"
    result = schedule(context)
    assert isinstance(result, dg.RunRequest)
    assert result.tags[jobs.RANGE_END] == "2026-01-05"
    assert result.run_config["ops"]["hours"]["config"]["force"] is False


def test_the_hours_can_be_backfilled_alone(defs):
    whole = defs.resolve_implicit_global_asset_job_def()
    keys = {asset_key(t) for t in air.HOURS}
    part = whole.get_subset(asset_selection=keys)
    assert set(part.asset_layer.selected_asset_keys) == keys
