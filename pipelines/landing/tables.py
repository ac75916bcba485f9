"""Put the rows of a small table into the warehouse: what may be used, which file wins, what is rejected."""

from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from pipelines.landing.kinds import TableKind
from sources.reasons import describe
from warehouse.reference import add_official_targets

_TIMES = {"reviewed_days": "day", "dust_hours": "hour_end", "forecast_bulletin": "issued_at"}
"""What a row of each kind may not lie beyond now with."""


def usable(
    kind: TableKind, rows: pd.DataFrame, rejects: pd.DataFrame, as_of: datetime
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Set aside rows of the future, bulletins not issued yet, and reviewed values of stations, which nothing uses."""
    if rows.empty:
        return rows, rejects
    future, station = pd.Series(False, rows.index), pd.Series(False, rows.index)
    when = _TIMES.get(kind.name)
    named = "city_code" if kind.name == "forecast_bulletin" else "area_code"
    if when:
        future = pd.to_datetime(rows[when]) > pd.Timestamp(as_of)
    if kind.name == "reviewed_days":
        station = (rows["area_kind"] == "station") & ~future
    early = "issued_in_future" if kind.name == "forecast_bulletin" else "row_in_future"
    refused = [
        pd.DataFrame(
            {
                "line": None,
                "item": when,
                "text": rows[named][mask].astype(str) + " " + rows[when or named][mask].astype(str),
                "reason_code": code,
            }
        )
        for mask, code in ((future, early), (station, "reviewed_station_unused"))
        if mask.any()
    ]
    return rows[~(future | station)], pd.concat(
        [rejects, *refused], ignore_index=True
    ) if refused else rejects


_NEWER = """
EXISTS (
    SELECT 1 FROM {table} n JOIN ops.source_file f ON f.sha256 = n.sha256
    WHERE {keys} AND f.status <> 'superseded' AND f.path <> $path AND (f.modified_ns, f.path) > ($modified_ns, $path)
)
"""


def fill(con: duckdb.DuckDBPyConnection, kind: TableKind, rows: pd.DataFrame, source: dict[str, Any]) -> None:
    """Put the rows of a file in place of those the same path brought before; newer files win where keys meet.

    A file without a usable row replaces nothing.
    """
    if rows.empty:
        return
    if kind.name == "stations":
        con.execute("DELETE FROM ref.station")
    else:
        con.execute(
            f"DELETE FROM {kind.table} WHERE sha256 IN (SELECT sha256 FROM ops.source_file WHERE path = $path)"
            " AND sha256 NOT IN (SELECT sha256 FROM ops.source_file WHERE path <> $path AND status <> 'superseded')",
            {"path": source["path"]},
        )
        rows = rows.assign(sha256=source["sha256"])
    columns = [name for name, *_ in con.execute(f"DESCRIBE {kind.table}").fetchall() if name in rows.columns]
    con.register("incoming", rows[columns])
    query = "SELECT * FROM incoming i"
    known: dict[str, Any] = {}
    if kind.name != "stations":
        known = {"path": source["path"], "modified_ns": source["modified_ns"]}
        same = " AND ".join(f"n.{k} = i.{k}" for k in kind.keys)
        query += f" WHERE NOT {_NEWER.format(table=kind.table, keys=same)}"
    con.execute(f"CREATE OR REPLACE TEMP TABLE kept_incoming AS {query}", known)
    con.unregister("incoming")
    same = " AND ".join(f"t.{k} = i.{k}" for k in kind.keys)
    con.execute(f"DELETE FROM {kind.table} t USING kept_incoming i WHERE {same}")
    con.execute(f"INSERT INTO {kind.table} BY NAME SELECT * FROM kept_incoming")
    if kind.name == "targets":
        add_official_targets(con)
    con.execute("DROP TABLE kept_incoming")


def reject_rows(rejects: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    """Rows of ``ops.rejected_value`` for one small table."""
    if rejects.empty:
        return pd.DataFrame()
    texts = [
        describe(str(r.reason_code), path=row["path"], line=r.line, item=r.item, text=r.text)
        for r in rejects.itertuples(index=False)
    ]
    return rejects.assign(
        path=row["path"],
        sha256=row["sha256"],
        reason_zh=[zh for zh, _ in texts],
        reason_en=[en for _, en in texts],
    )
