"""Tell files apart by their first lines, never by their names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from sources import dust_hours, forecast_bulletin, reviewed_days, station_list, targets
from sources.station_files import FileRef, UnreadableFile, looks_like_station_file
from sources.tables import TableError

Reader = Callable[[bytes], tuple[pd.DataFrame, pd.DataFrame]]
HEAD_BYTES = 4096


@dataclass(frozen=True)
class TableKind:
    """A kind of small table: how it is read and the table it fills."""

    name: str
    table: str
    read: Reader
    keys: tuple[str, ...]


KINDS = (
    TableKind("targets", "ref.target", targets.read, ("target_id",)),
    TableKind("dust_hours", "air.dust_hour", dust_hours.read, ("area_code", "hour_end")),
    TableKind("reviewed_days", "air.reviewed_day", reviewed_days.read, ("area_code", "day")),
    TableKind(
        "forecast_bulletin",
        "forecast.city_day",
        forecast_bulletin.read,
        ("issued_at", "city_code", "day", "model"),
    ),
    TableKind("stations", "ref.station", station_list.read, ("station_code",)),
)
"""In the order tried; each reader refuses the headings of the others."""


def is_station_file(ref: FileRef) -> bool:
    """Tell whether a file is a station file by its first bytes; a damaged one named like one is refused there."""
    if "china_sites" in ref.path.replace("!", "/").rsplit("/", 1)[-1]:
        return True
    try:
        if ref.member is None and not ref.file.name.lower().endswith(".gz"):
            with ref.file.open("rb") as stream:
                return looks_like_station_file(stream.read(HEAD_BYTES))
        return looks_like_station_file(ref.read_bytes()[:HEAD_BYTES])
    except (OSError, UnreadableFile):
        return False


def recognise(
    data: bytes, target_ids: Iterable[str] = ()
) -> tuple[TableKind, pd.DataFrame, pd.DataFrame] | TableError:
    """Read a small table as the first kind whose headings fit.

    Parameters
    ----------
    data : bytes
    target_ids : iterable of str
        Targets kept before; a parent may be one of them.

    Returns
    -------
    tuple or TableError
        Kind, rows and rejected lines; or the most telling refusal.
    """
    refusal: TableError | None = None
    for kind in KINDS:
        try:
            if kind.name == "targets":
                rows, rejects = targets.read(data, known_ids=target_ids)
            else:
                rows, rejects = kind.read(data)
        except TableError as error:
            if refusal is None or error.code not in _HEADING_CODES:
                refusal = error
            continue
        return kind, rows, rejects
    assert refusal is not None
    return TableError("unknown_kind") if refusal.code in _HEADING_CODES else refusal


_HEADING_CODES = frozenset({"heading_missing"})
