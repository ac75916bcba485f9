"""Asset specs made from the contract: one asset a table, with its description and columns."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

import dagster as dg
import duckdb

from pipelines.home import FIRST_DAY
from warehouse.dictionary import Table, read_dictionary
from warehouse.store import schema_sql

WRITER_POOL = "warehouse_writer"
"""Every step that opens the warehouse for writing holds this pool, whose limit is one."""

OWNER = "team:fenwei"

MORNING = dg.FreshnessPolicy.cron(
    deadline_cron="0 8 * * *", lower_bound_delta=timedelta(hours=6), timezone="Asia/Shanghai"
)
"""By 08:00 the daily run of the night is done."""

DAILY = dg.DailyPartitionsDefinition(start_date=str(FIRST_DAY), timezone="Asia/Shanghai", end_offset=1)
"""Natural days of Beijing time; today is there because its hours arrive today."""


@cache
def contract() -> dict[str, Table]:
    """Tables of the contract by ``schema.table``."""
    con = duckdb.connect()
    try:
        con.execute(schema_sql())
        return {f"{t.schema}.{t.name}": t for t in read_dictionary(con)}
    finally:
        con.close()


def asset_key(table: str) -> dg.AssetKey:
    """Key of a table's asset: schema and name."""
    return dg.AssetKey(table.split("."))


# A table without partitions follows the newest day; by default every day since 2013 would be listed in each run.
_NEWEST = dg.LastPartitionMapping()


def table_dep(table: str, partitioned: Iterable[str] = ()) -> dg.AssetDep:
    """Depend on a table; on the newest day only, if it is one of those with partitions."""
    return dg.AssetDep(asset_key(table), partition_mapping=_NEWEST if table in set(partitioned) else None)


def table_spec(
    table: str,
    deps: Iterable[str],
    *,
    group: str,
    partitioned: bool = False,
    partitioned_deps: Iterable[str] = (),
) -> dg.AssetSpec:
    """Describe a table as an asset, columns and all."""
    described = contract()[table]
    columns = [
        dg.TableColumn(c.name, c.data_type, description=" | ".join(x for x in (c.zh, c.en, c.unit) if x))
        for c in described.columns
    ]
    return dg.AssetSpec(
        asset_key(table),
        deps=[table_dep(d, partitioned_deps) for d in deps],
        description=f"{described.zh} | {described.en}",
        group_name=group,
        owners=[OWNER],
        kinds={"duckdb"},
        partitions_def=DAILY if partitioned else None,
        metadata={
            "dagster/column_schema": dg.TableSchema(columns=columns),
            "dagster/relation_identifier": f"fenwei.{table}",
        },
    )


def materialized(rows: dict[str, int], tables: Sequence[str], **extra: int) -> Iterable[dg.MaterializeResult]:
    """One result a table, with its number of rows."""
    for table in tables:
        yield dg.MaterializeResult(
            asset_key=asset_key(table), metadata={"dagster/row_count": rows.get(table, 0), **extra}
        )
