"""Station files as the national platform delivers them, written with reproducible bytes and file times."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.simulation.faults import IMPOSSIBLE
from sources.simulation.platform import MISSING, TYPES, Values

__all__ = ["StationFiles", "write_bytes"]

BEIJING = timezone(timedelta(hours=8))
_HIGHEST = 12_000
_TENTHS = -IMPOSSIBLE + _HIGHEST + 2


def _texts() -> NDArray[np.object_]:
    """Text of every cell that can occur: missing, whole numbers from −999 on, tenths."""
    whole = [str(number) for number in range(IMPOSSIBLE, _HIGHEST + 1)]
    tenths = [f"{number // 10}.{number % 10}" for number in range(0, 2001)]
    return np.array(["", *whole, *tenths], dtype=object)


class StationFiles:
    """Writes daily files from published values.

    Parameters
    ----------
    codes : sequence of str
        Station codes, one for each station.
    opened : sequence of date or None
        First day of a station; before it the station has no column.
    """

    def __init__(self, codes: Sequence[str], opened: Sequence[date | None]) -> None:
        self._codes = np.array(codes, dtype=object)
        self._opened = opened
        self._texts = _texts()
        self._is_tenth = np.array([kind.startswith("CO") for kind in TYPES])

    def text(self, day: date, values: Values, hours: Iterable[int]) -> str:
        """Give the text of the file of one day; values int32 [n_types, n_hours, n_stations] for `hours`."""
        shown = np.array([since is None or since <= day for since in self._opened])
        values = values[:, :, shown]
        base = np.where(self._is_tenth, _TENTHS, 1 - IMPOSSIBLE)[:, None, None]
        cells = self._texts[np.where(values == MISSING, 0, values + base)]
        stamp = f"{day:%Y%m%d}"
        lines = [",".join(["date", "hour", "type", *self._codes[shown]])]
        for position, hour in enumerate(hours):
            rows = cells[:, position].tolist()
            lines.extend(
                f"{stamp},{hour},{kind},{','.join(row)}" for kind, row in zip(TYPES, rows, strict=True)
            )
        return "\n".join(lines) + "\n"


def write_bytes(path: Path, data: bytes, moment: datetime) -> Path:
    """Write a file and set its time to a Beijing time, so that the order of delivery can be reproduced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = int(moment.replace(tzinfo=BEIJING).timestamp())
    os.utime(path, ns=(seconds * 10**9, seconds * 10**9))
    return path
