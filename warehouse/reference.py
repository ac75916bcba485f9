"""Bring the facts of the CSV files into an open warehouse: schema ``ref``, and the official targets beside imported ones."""

from functools import cache

import duckdb
import pyarrow as pa

from warehouse import standards

OFFICIAL_TARGETS = {"target": "ref.target", "coal_target": "coal.target"}
"""Fact tables whose rows live in one table with imported ones, told apart by the file they came from."""


def load_reference(con: duckdb.DuckDBPyConnection) -> None:
    """Replace the facts by those of the CSV files; stations and imported targets stay.

    An imported target takes the place of the official one with its id.
    """
    for name, rows in _facts().items():
        if name in OFFICIAL_TARGETS:
            con.execute(f"DELETE FROM {OFFICIAL_TARGETS[name]} WHERE coalesce(sha256, '') = ''")
            add_official_targets(con, name)
            continue
        con.execute(f'DELETE FROM ref."{name}"')
        con.register("incoming", rows)
        con.execute(f'INSERT INTO ref."{name}" BY NAME SELECT * FROM incoming')
        con.unregister("incoming")


@cache
def _facts() -> dict[str, pa.Table]:
    """Every fact table as Arrow, which a database reads without looking at each cell."""
    return {
        name: pa.Table.from_pandas(frame, preserve_index=False)
        for name, frame in standards.load_all().items()
    }


def add_official_targets(con: duckdb.DuckDBPyConnection, name: str = "target") -> None:
    """Add the official targets of ``target`` or ``coal_target`` that no imported one with the same id has replaced."""
    table = OFFICIAL_TARGETS[name]
    con.register("incoming", standards.load(name))
    con.execute(
        f"INSERT INTO {table} BY NAME SELECT * FROM incoming"
        f" WHERE target_id NOT IN (SELECT target_id FROM {table})"
    )
    con.unregister("incoming")
