"""What a station file holds once read: its names, its values, and the errors that concern it as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sources.reasons import describe

MISSING = -2147483648
"""The int32 that marks a missing value."""

HOUR_TYPES = ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO")
"""The six types that are measured 1 h values; all other types of the file are derived from them."""

ALL_TYPES = (
    "AQI",
    *("PM2.5", "PM2.5_24h", "PM10", "PM10_24h", "SO2", "SO2_24h", "NO2", "NO2_24h"),
    *("O3", "O3_24h", "O3_8h", "O3_8h_24h", "CO", "CO_24h"),
)
"""The fifteen types of a station file."""

TENTHS_TYPES = frozenset({"CO", "CO_24h"})
"""Types printed in mg/m³ with one decimal and kept as whole tenths."""

MAX_REJECTS = 10_000
"""Reject records kept of one file; one more record then counts the rest."""


class StationFileError(Exception):
    """
    A file that cannot be used as a whole.

    Attributes
    ----------
    reason_code : str
        Key of `sources.reasons.REASONS`.
    values : dict
        What `sources.reasons.describe` fills in.
    """

    def __init__(self, reason_code: str, **values: object) -> None:
        super().__init__(" | ".join(describe(reason_code, **values)))
        self.reason_code = reason_code
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.reason_code, self.values)


class UnreadableFile(StationFileError):  # noqa: N818 - the name other modules rely on
    """A file whose bytes cannot be had: permission, disk, damaged or unsafe archive."""


def _rebuild(kind: type[StationFileError], reason_code: str, values: dict[str, object]) -> StationFileError:
    return kind(reason_code, **values)


@dataclass(frozen=True, eq=False)
class FileHours:
    """
    The hours of one station file.

    Attributes
    ----------
    station_codes : tuple of str
        Stations in the order of the file's header, each once.
    hour_end : ndarray of datetime64[s]
        Ends of the hours present, ascending, Beijing time; an hour is present when at least one of its lines
        of the wanted types was accepted.
    types : tuple of str
        Types read, in the order asked for.
    values : ndarray of int32, shape (n_types, n_hours, n_stations)
        Values [µg/m³; CO and CO_24h in tenths of mg/m³; AQI without unit]; `MISSING` where there is none.
    rejects : DataFrame
        What was not used: ``line, station_code, item, hour_end, text, reason_code``.
    n_values : int
        Values that are not missing.
    n_rejected : int
        Rejected lines, columns and cells, also those beyond the `MAX_REJECTS` that are listed.
    """

    station_codes: tuple[str, ...]
    hour_end: np.ndarray
    types: tuple[str, ...]
    values: np.ndarray
    rejects: pd.DataFrame
    n_values: int
    n_rejected: int = 0
