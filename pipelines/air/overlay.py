"""Lay files over what is kept: the unit of replacement is the hour, and nothing valid is erased unasked.

Pure array logic: no database, no file system.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.air.kernels import HOURS_PER_DAY, MISSING
from pipelines.air.quality import QualityRules, impossible
from warehouse.standards import POLLUTANTS


class HourOrigin(NamedTuple):
    """The file an hour came from; tuples order by age, then path."""

    modified_ns: int
    path: str
    sha256: str


@dataclass
class HourCube:
    """Concentrations of a run of hours with the origin of each hour.

    Attributes
    ----------
    hour_end : datetime64[s] (hours,)
        Complete hourly grid.
    stations : list of str
    values : int32 (6, hours, stations)
        Cube units, ``MISSING`` where absent.
    origin : list of HourOrigin or None (hours,)
        None for an hour never received.
    """

    hour_end: np.ndarray
    stations: list[str]
    values: np.ndarray
    origin: list[HourOrigin | None]

    @classmethod
    def empty(cls, first_hour: datetime, n_hours: int, stations: Sequence[str]) -> "HourCube":
        """A cube in which nothing has been received."""
        start = np.datetime64(first_hour, "s")
        return cls(
            hour_end=start + np.arange(n_hours) * np.timedelta64(3600, "s"),
            stations=list(stations),
            values=np.full((6, n_hours, len(stations)), MISSING, np.int32),
            origin=[None] * n_hours,
        )

    def row_of(self, hour_end: np.ndarray) -> np.ndarray:
        """Row of each hour; may lie outside the cube."""
        return ((hour_end - self.hour_end[0]) // np.timedelta64(3600, "s")).astype(np.int64)


@dataclass(frozen=True)
class OverlayResult:
    """What a file did to the cube.

    Attributes
    ----------
    n_taken, n_same, n_older : int
        Hours taken; those of them that held the same bytes before; hours left because a newer file has them.
    n_lost : int
        Valid values that the hours held back would remove.
    n_more : int
        Valid values of an older file that the newer one lacks: not taken unasked either.
    held : DataFrame
        Differences of the hours held back.
    """

    n_taken: int
    n_same: int
    n_older: int
    n_lost: int
    n_more: int
    held: pd.DataFrame


HELD_COLUMNS = ["station_code", "hour_end", "pollutant", "kept", "offered"]


def overlay(
    cube: HourCube,
    hour_end: np.ndarray,
    stations: Sequence[str],
    values: np.ndarray,
    origin: HourOrigin,
    rules: QualityRules,
    *,
    trusted: bool,
) -> OverlayResult:
    """Lay one file over the cube, hour by hour.

    An hour is taken when nothing was received for it or when the file is newer than the hour's origin. An hour that
    would lose a valid value is held back, unless a person accepted the file or the hour came from the same bytes.

    Parameters
    ----------
    cube : HourCube
        Changed in place; every station of the file must be in it. Hours outside the cube are passed over.
    hour_end : datetime64[s] (n,)
    stations : sequence of str (m,)
    values : int32 (6, n, m)
    origin : HourOrigin
    rules : QualityRules
        Tell which kept values are impossible and may vanish without asking.
    trusted : bool
        A person accepted the file.
    """
    column = {code: i for i, code in enumerate(cube.stations)}
    columns = _columns(np.array([column[code] for code in stations], np.int64))
    held: list[pd.DataFrame] = []
    n_taken = n_same = n_older = n_lost = n_more = 0
    for i, row in enumerate(cube.row_of(hour_end)):
        if not 0 <= row < len(cube.hour_end):
            continue
        before = cube.origin[row]
        same = before is not None and before.sha256 == origin.sha256
        newer = before is None or origin[:2] > before[:2]
        new = np.full((6, len(cube.stations)), MISSING, np.int32)
        new[:, columns] = values[:, i, :]
        if not same and not newer:
            more = _lost(new, cube.values[:, row, :], rules)
            if not more.any():
                n_older += 1
            elif trusted:
                cube.values[:, row, :][more] = new[more]
                n_taken += 1
            else:
                n_more += int(more.sum())
                held.append(_differences(cube, int(row), np.where(more, new, cube.values[:, row, :])))
            continue
        if before is not None and not same and not trusted:
            lost = int(_lost(cube.values[:, row, :], new, rules).sum())
            if lost:
                n_lost += lost
                held.append(_differences(cube, int(row), new))
                continue
        cube.values[:, row, :] = new
        if newer or before is None or before.path == origin.path:
            cube.origin[row] = origin
        n_same += same
        n_taken += 1
    frame = pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=HELD_COLUMNS)
    return OverlayResult(n_taken, n_same, n_older, n_lost, n_more, frame)


def _columns(columns: np.ndarray) -> np.ndarray | slice:
    """Columns as a slice where they stand side by side, which copies many times faster."""
    if len(columns) and (np.diff(columns) == 1).all():
        return slice(int(columns[0]), int(columns[-1]) + 1)
    return columns


def _lost(old: np.ndarray, new: np.ndarray, rules: QualityRules) -> np.ndarray:
    """Valid values that would vanish (boolean (6, stations))."""
    valid = (old != MISSING) & ~impossible(old[:, None, :], rules)[:, 0, :]
    return valid & (new == MISSING)


def _differences(cube: HourCube, row: int, new: np.ndarray) -> pd.DataFrame:
    old = cube.values[:, row, :]
    p, s = np.nonzero(old != new)
    scale = np.where(np.array(POLLUTANTS) == "CO", 10.0, 1.0)[p]
    return pd.DataFrame(
        {
            "station_code": np.array(cube.stations, dtype=object)[s],
            "hour_end": cube.hour_end[row],
            "pollutant": np.array(POLLUTANTS, dtype=object)[p],
            "kept": np.where(old[p, s] == MISSING, np.nan, old[p, s] / scale),
            "offered": np.where(new[p, s] == MISSING, np.nan, new[p, s] / scale),
        }
    )


def day_states(cube: HourCube, days: Sequence[date], as_of: datetime, close_after_days: int) -> list[str]:
    """State of each day of a cube that begins at hour 1 of ``days[0]``.

    ``complete`` with all 24 hours received, ``closed`` when hours are missing and the day ended more than
    ``close_after_days`` ago, else ``partial``.
    """
    states = []
    for d, day in enumerate(days):
        hours = cube.origin[d * HOURS_PER_DAY : (d + 1) * HOURS_PER_DAY]
        if len(hours) == HOURS_PER_DAY and all(hours):
            states.append("complete")
        else:
            states.append(state_of_incomplete(day, as_of, close_after_days))
    return states


def state_of_incomplete(day: date, as_of: datetime, close_after_days: int) -> str:
    """State of a day that lacks hours."""
    closes = datetime.combine(day, datetime.min.time()) + timedelta(days=1 + close_after_days)
    return "closed" if as_of >= closes else "partial"
