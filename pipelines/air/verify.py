"""Compare what we compute from the 1 h values with what the station files publish themselves.

The trust anchor: nothing here reads the warehouse. Hourly AQI is compared where all six pollutants are present, daily
means on days with all 24 hours, MDA8 where all 17 windows are full: only there do both sides see the same input.
Physically impossible values count as missing, as they do in the warehouse.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from pipelines.air import day_kernels, kernels
from pipelines.air.kernels import HOURS_PER_DAY, MISSING
from pipelines.air.quality import impossible
from pipelines.air.reference import Reference, days_between
from sources.reasons import describe
from sources.station_files import ALL_TYPES, FileHours, FileRef, StationFileError, parse
from warehouse.standards import POLLUTANTS

MAX_SHOWN = 20
"""Disagreements listed per column."""

_PLANE = {name: i for i, name in enumerate(ALL_TYPES)}
_MEAN_COLUMNS = {p: f"{p}_24h" for p in POLLUTANTS if p != "O3"}
COLUMNS = ("AQI", *_MEAN_COLUMNS.values(), "O3_8h_24h")
"""Published columns compared, in the order of the report."""


@dataclass
class Comparison:
    """Agreement of one published column."""

    column: str
    n_compared: int = 0
    n_equal: int = 0
    disagreements: list[dict[str, object]] = field(default_factory=list)

    @property
    def agreement_pct(self) -> float | None:
        """Share that is equal [%], None where nothing could be compared."""
        return 100.0 * self.n_equal / self.n_compared if self.n_compared else None


@dataclass
class Verification:
    """Report over all files."""

    comparisons: dict[str, Comparison] = field(default_factory=lambda: {c: Comparison(c) for c in COLUMNS})
    n_files: int = 0
    n_days: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    n_rejected: int = 0
    rejects: list[dict[str, object]] = field(default_factory=list)


def verify(
    files: Sequence[FileRef], ref: Reference, progress: Callable[[int, int, str], None] | None = None
) -> Verification:
    """Compare our values with the published columns of station files.

    Parameters
    ----------
    files : sequence of FileRef
        Any number of daily files in any order; a natural day needs its own file and hour 0 of the next.
    ref : Reference
        Standards; the station list plays no part.
    progress : callable, optional
    """
    report = Verification()
    waiting: dict[date, list[tuple[int, FileHours]]] = {}
    ordered = sorted(files, key=lambda f: (f.day_in_name or date.max, f.modified_ns, f.path))
    for i, file in enumerate(ordered):
        parsed = _parse(file, report)
        if parsed is not None:
            for day in np.unique((parsed.hour_end - 1).astype("datetime64[D]")).tolist():
                waiting.setdefault(day, []).append((file.modified_ns, parsed))
        following = ordered[i + 1].day_in_name if i + 1 < len(ordered) else None
        ready = [d for d in waiting if file.day_in_name and following and d < file.day_in_name]
        if len(ready) >= 8 or following is None:
            _compare_days(waiting, sorted(waiting if following is None else ready), ref, report)
        if progress:
            progress(i + 1, len(ordered), file.path)
    _compare_days(waiting, sorted(waiting), ref, report)
    return report


def _parse(file: FileRef, report: Verification) -> FileHours | None:
    try:
        parsed = parse(file.read_bytes(), types=ALL_TYPES, day_in_name=file.day_in_name)
    except StationFileError as error:
        report.refused.append((file.path, str(error)))
        return None
    report.n_files += 1
    report.n_rejected += parsed.n_rejected
    for row in parsed.rejects.head(max(0, MAX_SHOWN - len(report.rejects))).itertuples(index=False):
        zh, en = describe(
            str(row.reason_code),
            line=row.line,
            text=row.text,
            item=row.item,
            station_code=row.station_code,
            hour_end=row.hour_end,
        )
        report.rejects.append({"path": file.path, "line": row.line, "zh": zh, "en": en})
    return parsed


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Consecutive days together, at most 31 at once."""
    run: list[date] = []
    for day in days:
        if run and (day - run[-1] != timedelta(days=1) or len(run) >= 31):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _compare_days(
    waiting: dict[date, list[tuple[int, FileHours]]], days: list[date], ref: Reference, report: Verification
) -> None:
    for run in _runs(days):
        parts = {id(f): (m, f) for day in run for m, f in waiting.pop(day)}
        files = [f for _, f in sorted(parts.values(), key=lambda part: part[0])]
        planes, hour_end, stations = _lay_out(files, run)
        report.n_days += len(run)
        _compare(planes, hour_end, stations, days_between(run[0], run[-1]), ref, report)


def _lay_out(files: Sequence[FileHours], days: Sequence[date]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """All fifteen types of whole days, later files over earlier ones."""
    stations = sorted({code for f in files for code in f.station_codes})
    column = {code: i for i, code in enumerate(stations)}
    first = np.datetime64(days[0], "s") + np.timedelta64(3600, "s")
    hour_end = first + np.arange(len(days) * HOURS_PER_DAY) * np.timedelta64(3600, "s")
    planes = np.full((len(ALL_TYPES), len(hour_end), len(stations)), MISSING, np.int32)
    for file in files:
        rows = ((file.hour_end - first) // np.timedelta64(3600, "s")).astype(np.int64)
        inside = (rows >= 0) & (rows < len(hour_end))
        columns = np.array([column[code] for code in file.station_codes], np.int64)
        planes[:, rows[inside], :] = MISSING
        planes[np.ix_(np.arange(len(ALL_TYPES)), rows[inside], columns)] = file.values[:, inside, :]
    return planes, hour_end, stations


def _compare(
    planes: np.ndarray,
    hour_end: np.ndarray,
    stations: list[str],
    days: list[date],
    ref: Reference,
    report: Verification,
) -> None:
    values = np.ascontiguousarray(planes[[_PLANE[p] for p in POLLUTANTS]])
    values[impossible(values, ref.rules)] = MISSING
    flags = np.zeros(values.shape, np.uint8)
    sets = ref.set_rows(days)
    lut, max_step = ref.tables.lut, ref.tables.max_step
    available, _, _ = kernels.station_hours(
        values, flags, sets, lut, max_step, ref.hour_items, ref.tables.missing_hour
    )
    all_six = (values != MISSING).all(axis=0)
    where = [str(h).replace("T", " ")[:16] for h in hour_end]
    _count(report.comparisons["AQI"], available, planes[_PLANE["AQI"]], all_six, where, stations, 1)
    daily = day_kernels.station_days(
        values,
        flags,
        sets,
        lut,
        max_step,
        ref.day_items,
        ref.o3_1h_item,
        ref.tables.missing_day,
        ref.validity,
        ref.o3_limit,
    )
    rounded, n_hours = daily[1], daily[2]
    last_hour = np.arange(HOURS_PER_DAY - 1, len(hour_end), HOURS_PER_DAY)
    names = [str(day) for day in days]
    for p, name in enumerate(POLLUTANTS):
        published = planes[_PLANE["O3_8h_24h" if name == "O3" else f"{name}_24h"]][last_hour]
        full = n_hours[p] == HOURS_PER_DAY
        column = "O3_8h_24h" if name == "O3" else _MEAN_COLUMNS[name]
        scale = 10 if name == "CO" else 1
        _count(report.comparisons[column], rounded[p], published, full, names, stations, scale)


def _count(
    comparison: Comparison,
    ours: np.ndarray,
    published: np.ndarray,
    complete: np.ndarray,
    where: Sequence[str],
    stations: Sequence[str],
    scale: int,
) -> None:
    compared = complete & (published != MISSING)
    differs = compared & (ours != published)
    comparison.n_compared += int(compared.sum())
    comparison.n_equal += int(compared.sum() - differs.sum())
    for r, s in np.argwhere(differs)[: max(0, MAX_SHOWN - len(comparison.disagreements))]:
        comparison.disagreements.append(
            {
                "station_code": stations[s],
                "when": where[r],
                "ours": _plain(ours[r, s], scale),
                "published": _plain(published[r, s], scale),
            }
        )


def _plain(value: np.integer, scale: int) -> float | int | None:
    number = int(value)
    if number in (int(MISSING), -1):
        return None
    return number / scale if scale > 1 else number
