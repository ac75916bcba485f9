"""Gridded forecasts among the files that land: read at the stations of the cities, kept file by file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines.forecast.gridded import city_days, city_hours, points_of
from sources import gridded
from sources.gridded import GridError
from sources.reasons import describe
from sources.station_files import FileRef

KIND = "forecast_grid"
TABLES = ("forecast.grid_day", "forecast.city_hour")
_NAMES = (".nc", ".nc4", ".netcdf", ".cdf")


def grids_last(refs: Iterable[FileRef]) -> list[FileRef]:
    """Order files so that grids come after the list of stations they are read at."""
    return sorted(refs, key=lambda r: r.path.lower().endswith(_NAMES))


def take_grid(
    con: duckdb.DuckDBPyConnection, path: str, data: bytes, sha256: str, as_of: datetime
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Keep the cities of a grid, or refuse it as a whole; the caller owns the transaction.

    Returns
    -------
    dict
        What the account of files says of it.
    DataFrame
        Variables left out (line, item, text, reason_code).
    """
    try:
        points = points_of(con)
        forecast = gridded.read(data, points)
        late = [i.issued_at for i in forecast.issues if i.issued_at > np.datetime64(as_of)]
        if late:
            raise GridError("issued_in_future", item="issued_at", text=late[0])
        days, hours = city_days(forecast, points), city_hours(forecast, points)
    except GridError as error:
        reason = {"reason_code": error.code, "reason_zh": error.zh, "reason_en": error.en}
        return {"status": "rejected", **reason}, pd.DataFrame()
    for table, rows in zip(TABLES, (days, hours), strict=True):
        con.execute(
            f"DELETE FROM {table} WHERE sha256 = $sha256 OR (sha256 IN (SELECT sha256 FROM ops.source_file"
            " WHERE path = $path) AND sha256 NOT IN (SELECT sha256 FROM ops.source_file"
            " WHERE path <> $path AND status <> 'superseded'))",
            {"path": path, "sha256": sha256},
        )
        con.register("incoming", rows.assign(sha256=sha256))
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
        con.unregister("incoming")
    rejects = pd.DataFrame(
        [{"line": None, "item": n.item, "text": n.text, "reason_code": n.code} for n in forecast.notes],
        columns=["line", "item", "text", "reason_code"],
    )
    account: dict[str, Any] = {"n_values": len(days), "n_rejected": len(rejects), "status": "loaded"}
    if days.empty:
        account["status"] = "empty"
        zh, en = describe("no_rows", n=len(rejects))
        account |= {"reason_code": "no_rows", "reason_zh": zh, "reason_en": en}
    elif len(rejects):
        account["status"] = "partial"
        zh, en = describe("some_rejected", n=len(rejects))
        account |= {"reason_code": "some_rejected", "reason_zh": zh, "reason_en": en}
    return account, rejects


__all__ = ["KIND", "grids_last", "take_grid"]
