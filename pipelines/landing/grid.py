"""Gridded forecasts among the files that land: read over the cities or at their stations, kept file by file."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines.forecast.gridded import city_days, city_hours, points_of
from sources import gridded
from sources.gridded import GridError, Points, read_outlines
from sources.reasons import describe
from sources.station_files import FileRef
from warehouse.store import one_row

KIND = "forecast_grid"
TABLES = ("forecast.grid_day", "forecast.city_hour")
_MARK = "forecast_places"
_NAMES = (".nc", ".nc4", ".netcdf", ".cdf")


def grids_last(refs: Iterable[FileRef]) -> list[FileRef]:
    """Order files so that grids come after the list of stations they are read at."""
    return sorted(refs, key=lambda r: r.path.lower().endswith(_NAMES))


class Places:
    """Where grids are read: by the outlines the user gave, the stations of the warehouse, and the points of cities.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    outlines : Path or None
        File or folder of outlines.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, outlines: Path | None = None):
        self.con, self.outlines = con, outlines

    @cached_property
    def points(self) -> Points:
        """Places as a grid is read at.

        Raises
        ------
        GridError
            The outlines cannot be used.
        """
        return points_of(self.con, read_outlines(self.outlines) if self.outlines else None)

    @cached_property
    def mark(self) -> str:
        """Fingerprint of the places; of unusable outlines, why they are."""
        try:
            return self.points.mark
        except GridError as error:
            return str(error)

    def changed(self) -> bool:
        """Tell whether grids were read at other places than these."""
        row = one_row(self.con.execute("SELECT value FROM ops.about WHERE key = $key", {"key": _MARK}))
        has_grids = "SELECT count(*) FROM ops.source_file WHERE kind = $kind AND status <> 'superseded'"
        count = one_row(self.con.execute(has_grids, {"kind": KIND}))
        return bool(count and count[0]) and (row is None or row[0] != self.mark)

    def keep(self) -> None:
        """Note that all grids were read at these places."""
        self.con.execute(
            "INSERT OR REPLACE INTO ops.about VALUES ($key, $mark)", {"key": _MARK, "mark": self.mark}
        )


def take_grid(
    con: duckdb.DuckDBPyConnection,
    path: str,
    data: bytes,
    sha256: str,
    as_of: datetime,
    places: Places | None = None,
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
        points = (places or Places(con)).points
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


__all__ = ["KIND", "Places", "grids_last", "take_grid"]
