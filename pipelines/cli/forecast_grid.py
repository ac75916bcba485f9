"""Checking a gridded forecast that somebody wants to import."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.forecast.gridded import city_days, points_of
from pipelines.home import Home
from sources import gridded
from sources.gridded import GridError, read_outlines
from sources.reasons import describe
from warehouse.store import open_read_only

if TYPE_CHECKING:
    from pipelines.cli.forecast_import import Bulletin


def checked(found: Bulletin, home: Home, moment: datetime) -> Bulletin:
    """Read a grid over the cities, or at the stations of the published database, and say what is wrong with it.

    Nothing is written.

    A variable that cannot be used is a warning: the others are taken. The file is sent back when none can be.
    """
    try:
        named = home.path_of(home.settings.city_outlines)
        outlines = read_outlines(named) if named else None
        if home.published.exists():
            with closing(open_read_only(home.published)) as con:
                points = points_of(con, outlines)
        else:
            points = points_of(None, outlines)
        forecast = gridded.read(found.given.data, points)
        late = [i.issued_at for i in forecast.issues if i.issued_at > np.datetime64(moment)]
        if late:
            raise GridError("issued_in_future", item="issued_at", text=late[0])
        days = city_days(forecast, points)
    except GridError as error:
        found.given.status = "rejected"
        found.findings = [_finding(error.code, error.item, error.text, "error")]
        return found
    found.findings = [_finding(n.code, n.item, n.text, "warning") for n in forecast.notes]
    found.n_rows, found.n_cities = len(days), int(days["city_code"].nunique())
    counted = days.groupby("weighting")["city_code"].nunique()
    found.weighting = {str(kind): int(n) for kind, n in counted.items()}
    if days.empty:
        found.given.status = "empty"
    elif found.given.target.exists() and found.given.target.read_bytes() == found.given.data:
        found.given.status = "unchanged"
    return found


def _finding(code: str, item: str, text: str, level: str) -> dict[str, Any]:
    zh, en = describe(code, item=item, text=text)
    return {"line": None, "item": item, "found": text, "rule": code, "level": level, "zh": zh, "en": en}
