"""Many station files laid into one cube: a complete hourly grid by station, one variable a type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sources.reasons import describe
from sources.station_files.find import FileRef, Refusal, find
from sources.station_files.lines import Rejects
from sources.station_files.model import HOUR_TYPES, MISSING, TENTHS_TYPES, FileHours, StationFileError
from sources.station_files.parse import parse

_HOUR = np.timedelta64(1, "h")
_MAX_CUBE_BYTES = 17_179_869_184
_FILE_COLUMNS = (
    *("path", "size_bytes", "modified_ns", "status", "reason_code", "reason_zh", "reason_en"),
    *("first_hour", "last_hour", "n_hours", "n_values", "n_rejected"),
)


@dataclass(frozen=True, eq=False)
class StationRead:
    """
    What reading many files gave.

    Attributes
    ----------
    cube : Dataset
        As of `merge`.
    files : DataFrame
        One row a file, in the order of replacement: ``path, size_bytes, modified_ns, status`` (``read`` or
        ``rejected``), ``reason_code, reason_zh, reason_en, first_hour, last_hour, n_hours, n_values,
        n_rejected``.
    rejects : DataFrame
        ``path, line, station_code, item, hour_end, text, reason_code`` of all files.
    """

    cube: xr.Dataset
    files: pd.DataFrame
    rejects: pd.DataFrame


def variable_name(kind: str) -> str:
    """Return the name of a type's variable in the cube: ``pm25`` for ``PM2.5``, ``o3_8h`` for ``O3_8h``."""
    return kind.lower().replace(".", "")


def _as_hour(moment: datetime | np.datetime64) -> Any:
    """Return a moment as a numpy datetime of whole hours."""
    return np.datetime64(moment).astype("datetime64[h]")


def merge(
    files: Sequence[FileHours],
    first_hour: datetime | np.datetime64,
    last_hour: datetime | np.datetime64,
    stations: Iterable[str] | None = None,
) -> xr.Dataset:
    """
    Lay the hours of files into one cube; a later file replaces each hour that it holds as a whole.

    Parameters
    ----------
    files : sequence of FileHours
        All with the same types; hours outside the span are passed over.
    first_hour, last_hour : datetime
        First and last hour end of the cube, Beijing time.
    stations : iterable of str, optional
        Stations of the cube in this order; all stations of the files, sorted, unless given.

    Returns
    -------
    Dataset
        Variables (`variable_name`) of int32, dimensions ``hour_end`` (every hour) and ``station``
        [µg/m³; CO in tenths of mg/m³], `MISSING` where there is no value.

    Raises
    ------
    ValueError
        When types differ between files, the span is empty or the cube would not fit into memory.
    """
    types = files[0].types if files else HOUR_TYPES
    if any(file.types != types for file in files):
        raise ValueError("files read for different types cannot be merged; parse them with the same `types`")
    first, last = _as_hour(first_hour), _as_hour(last_hour)
    n_hours = int((last - first) / _HOUR) + 1
    codes = sorted({c for file in files for c in file.station_codes}) if stations is None else list(stations)
    if n_hours < 1:
        raise ValueError(f"the last hour {last} lies before the first {first}")
    if 4 * len(types) * n_hours * len(codes) > _MAX_CUBE_BYTES:
        raise ValueError(
            f"{first} to {last} at {len(codes)} stations needs more than {_MAX_CUBE_BYTES} bytes; read less"
        )
    values = np.full((len(types), n_hours, len(codes)), MISSING, dtype=np.int32)
    index = {code: i for i, code in enumerate(codes)}
    for file in files:
        _lay(values, file, first, index)
    return _dataset(values, types, first, codes)


def _lay(values: np.ndarray, file: FileHours, first: np.datetime64, index: dict[str, int]) -> None:
    source = np.full(len(index), -1, dtype=np.int64)
    here = [(index[code], i) for i, code in enumerate(file.station_codes) if code in index]
    if here:
        places, columns = zip(*here, strict=True)
        source[list(places)] = columns
    rows = ((file.hour_end.astype("datetime64[h]") - first) / _HOUR).astype(np.int64)
    inside = (rows >= 0) & (rows < values.shape[1])
    rows, given = rows[inside], file.values if inside.all() else file.values[:, inside]
    if not here:
        values[:, rows] = MISSING
    elif np.array_equal(source, np.arange(len(file.station_codes))):
        values[:, rows] = given
    else:
        laid = given.take(source, axis=2, mode="clip")
        laid[:, :, source < 0] = MISSING
        values[:, rows] = laid


def _dataset(values: np.ndarray, types: Sequence[str], first: np.datetime64, codes: list[str]) -> xr.Dataset:
    hours = (first + np.arange(values.shape[1]) * _HOUR).astype("datetime64[s]")
    cube = xr.Dataset(coords={"hour_end": hours, "station": np.array(codes, dtype=object)})
    for kind, array in zip(types, values, strict=True):
        unit = "1" if kind == "AQI" else "0.1 mg/m3" if kind in TENTHS_TYPES else "ug/m3"
        attributes = {"units": unit, "long_name": kind, "missing_value": MISSING}
        cube[variable_name(kind)] = (("hour_end", "station"), array, attributes)
    cube.attrs["time"] = "hour_end is the end of the averaging hour, Beijing time (UTC+8)"
    return cube


def read(
    paths: Iterable[str | Path | FileRef],
    types: Sequence[str] = HOUR_TYPES,
    *,
    latest_hour_end: datetime | np.datetime64 | None = None,
) -> StationRead:
    """
    Read station files, folders of them and archives into one cube.

    Parameters
    ----------
    paths : iterable of path or FileRef
        Files, folders and zip archives; where hours overlap, the file modified later replaces the earlier.
    types : sequence of str
        Types to read.
    latest_hour_end : datetime, optional
        “Now”: later hours are rejected.

    Raises
    ------
    FileNotFoundError
        When a path does not exist.
    ValueError
        When the files span more than fits into memory.
    """
    found: dict[str, FileRef] = {}
    refusals: dict[str, Refusal] = {}
    for path in paths:
        files, refused = ([path], []) if isinstance(path, FileRef) else find(Path(path))
        found.update((file.path, file) for file in files)
        refusals.update((refusal.path, refusal) for refusal in refused)
    refs = sorted(found.values(), key=lambda file: (file.modified_ns, file.path))

    def parse_one(ref: FileRef) -> FileHours | StationFileError:
        try:
            data = ref.read_bytes()
            return parse(data, types, latest_hour_end=latest_hour_end, day_in_name=ref.day_in_name)
        except StationFileError as error:
            return error

    # two threads: one waits for the disk or holds the interpreter while the other runs compiled code
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(parse_one, refs))
    return _collect(refs, results, list(refusals.values()), tuple(types))


def _collect(
    refs: list[FileRef],
    results: list[FileHours | StationFileError],
    refusals: list[Refusal],
    types: tuple[str, ...],
) -> StationRead:
    rows = [_file_row(ref, result) for ref, result in zip(refs, results, strict=True)]
    rows += [
        _file_row(refusal, StationFileError(refusal.reason_code, **refusal.values)) for refusal in refusals
    ]
    hours = [result for result in results if isinstance(result, FileHours)]
    rejects = [
        result.rejects.assign(path=ref.path)
        for ref, result in zip(refs, results, strict=True)
        if isinstance(result, FileHours) and len(result.rejects)
    ]
    frame = pd.concat(rejects, ignore_index=True) if rejects else Rejects().frame().assign(path="")
    frame = frame[["path", *(name for name in frame.columns if name != "path")]]
    files = pd.DataFrame(rows, columns=list(_FILE_COLUMNS))
    dated = [file for file in hours if file.hour_end.size]
    if not dated:
        empty = np.empty((len(types), 0, 0), dtype=np.int32)
        return StationRead(_dataset(empty, types, np.datetime64("1970-01-01T00", "h"), []), files, frame)
    first = min(file.hour_end[0] for file in dated)
    last = max(file.hour_end[-1] for file in dated)
    return StationRead(merge(hours, first, last), files, frame)


def _file_row(ref: FileRef | Refusal, result: FileHours | StationFileError) -> tuple[object, ...]:
    known = (ref.path, ref.size_bytes, ref.modified_ns)
    if isinstance(result, StationFileError):
        texts = describe(result.reason_code, **result.values)
        return (*known, "rejected", result.reason_code, *texts, pd.NaT, pd.NaT, 0, 0, 0)
    span = (result.hour_end[0], result.hour_end[-1]) if result.hour_end.size else (pd.NaT, pd.NaT)
    return (*known, "read", None, None, None, *span, result.hour_end.size, result.n_values, result.n_rejected)
