"""污染过程 | pollution episodes."""

from __future__ import annotations

import duckdb

from warehouse.store import model_sql, one_row


def rebuild_episodes(con: duckdb.DuckDBPyConnection) -> int:
    """Replace ``air.episode`` from all city days and return the number of rows.

    A new day can lengthen or join episodes of any age, so the whole table is made anew (well below a
    second for a national year). The caller owns the transaction.
    """
    con.execute("DELETE FROM air.episode")
    con.execute(f"INSERT INTO air.episode BY NAME {model_sql('episode')}")
    row = one_row(con.execute("SELECT count(*) FROM air.episode"))
    return int(row[0]) if row else 0
