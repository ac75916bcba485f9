"""When the values of a grid hold: runs of the model, moments or means, and the hours of Beijing they become."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sources.gridded.model import GridError
from sources.gridded.names import dimension, find

BEIJING = np.timedelta64(8 * 3600, "s")
HOUR = np.timedelta64(3600, "s")
MAX_GAP = np.timedelta64(6 * 3600, "s")
"""Moments farther apart are not joined."""
MAX_STEPS = 24 * 16
INSTANT, MEAN = "instant", "mean"


@dataclass(frozen=True)
class Run:
    """One run: where it lies in the file, its start and its steps [UTC]."""

    select: dict[str, int]
    step_dim: str
    issued_at: np.datetime64
    starts: np.ndarray | None
    ends: np.ndarray
    assumed: bool = False


def runs(dataset: xr.Dataset, array: xr.DataArray) -> list[Run]:
    """Find the runs of a file in either layout.

    Raises
    ------
    GridError
        Times are missing, not times, out of order, or the layout is another.
    """
    reference, period = dimension(array, "reference"), dimension(array, "period")
    if period is not None:
        if reference is None:
            issues = np.atleast_1d(_moments(_scalar(dataset)))
            places: list[dict[str, int]] = [{}]
        else:
            issues = _moments(dataset[reference])
            places = [{reference: n} for n in range(len(issues))]
        steps = _steps(dataset[period])
        return [_run(place, period, at, at + steps) for place, at in zip(places, issues, strict=True)]
    time = dimension(array, "time")
    if time is None or reference is not None:
        raise GridError("grid_layout_unknown", item=str(array.name), text=", ".join(map(str, array.dims)))
    ends = _moments(dataset[time])
    found = find(dataset, "reference")
    start = ends[0] if found is None else np.atleast_1d(_moments(dataset[found]))[0]
    run = _run({}, time, start, ends, assumed=found is None)
    bounds = dataset[time].attrs.get("bounds") or dataset[time].encoding.get("bounds")
    if bounds in dataset.variables:
        edges = _moments(dataset[bounds])
        if edges.shape != (len(ends), 2) or not (edges[:, 1] > edges[:, 0]).all():
            raise GridError("grid_time_wrong", item=str(bounds), text=edges.shape)
        start = edges[0, 0] if run.assumed else start
        run = Run({}, time, start, edges[:, 0], edges[:, 1], assumed=run.assumed)
    return [run]


def _run(place: dict[str, int], dim: str, start: np.datetime64, ends: np.ndarray, **how: bool) -> Run:
    if not 2 <= len(ends) <= MAX_STEPS or not (np.diff(ends) > np.timedelta64(0, "s")).all():
        raise GridError("grid_time_wrong", item=dim, text=f"{len(ends)} steps")
    if np.isnat(start) or not np.datetime64("2013-01-01") <= start <= np.datetime64("2100-01-01"):
        raise GridError("grid_time_wrong", item=dim, text=start)
    return Run(place, dim, start, None, ends, **how)


def _scalar(dataset: xr.Dataset) -> xr.DataArray:
    name = find(dataset, "reference")
    if name is None or dataset[name].size != 1:
        raise GridError("grid_layout_unknown", text="forecast_reference_time")
    return dataset[name]


def _moments(array: xr.DataArray) -> np.ndarray:
    if not np.issubdtype(array.dtype, np.datetime64):
        raise GridError("grid_time_wrong", item=str(array.name), text=array.attrs.get("units", array.dtype))
    return array.to_numpy().astype("datetime64[s]")


def _steps(array: xr.DataArray) -> np.ndarray:
    if np.issubdtype(array.dtype, np.timedelta64):
        return array.to_numpy().astype("timedelta64[s]")
    if np.issubdtype(array.dtype, np.number) and str(array.attrs.get("units", "")).lower() in ("hours", "h"):
        return (array.to_numpy() * 3600).astype("timedelta64[s]")
    raise GridError("grid_time_wrong", item=str(array.name), text=array.attrs.get("units", array.dtype))


def kind_of(array: xr.DataArray, run: Run) -> str:
    """Tell whether values are of a moment or means over a span.

    Raises
    ------
    GridError
        They are means, and the file does not say over what.
    """
    said = f"{array.attrs.get('cell_methods', '')} {array.attrs.get('GRIB_stepType', '')}".casefold()
    mean = ("time: mean" in said) or "avg" in said.split()
    if mean and run.starts is None:
        raise GridError("grid_bounds_missing", item=str(array.name))
    return MEAN if mean else INSTANT


def hour_ends(run: Run) -> np.ndarray:
    """Ends of the whole hours that a run covers [UTC].

    Raises
    ------
    GridError
        There are none.
    """
    first = run.ends[0] if run.starts is None else min(run.starts[0], run.ends[0])
    start = first.astype("datetime64[h]")
    start = start + (1 if start < first else 0)
    hours = np.arange(start + 1, run.ends[-1].astype("datetime64[h]") + 1).astype("datetime64[s]")
    if not len(hours):
        raise GridError("grid_time_wrong", item=run.step_dim, text="< 1 h")
    return hours


def hourly(values: np.ndarray, run: Run, kind: str, hours: np.ndarray) -> np.ndarray:
    """Means of hours from moments or spans.

    Parameters
    ----------
    values : ndarray, (n_steps, n_points)
    run : Run
    kind : {"instant", "mean"}
    hours : ndarray of datetime64[s], (n_hours,)
        Ends of the hours [UTC].

    Returns
    -------
    ndarray, (n_hours, n_points)
        Of moments: the mean of the straight line between them at both ends of the hour; of spans: the span the hour
        lies in. NaN where neither covers the hour.
    """
    if kind == MEAN:
        assert run.starts is not None
        at = np.searchsorted(run.ends, hours, side="left")
        held = np.clip(at, 0, len(run.ends) - 1)
        inside = (at < len(run.ends)) & (run.starts[held] <= hours - HOUR)
        return np.where(inside[:, None], values[held], np.nan)
    ends, starts = _at(values, run.ends, hours), _at(values, run.ends, hours - HOUR)
    return (ends + starts) / 2.0


def _at(values: np.ndarray, moments: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Values on the straight line between neighbouring moments."""
    low = np.clip(np.searchsorted(moments, wanted, side="right") - 1, 0, len(moments) - 2)
    gap = (moments[low + 1] - moments[low]) / np.timedelta64(1, "s")
    part = ((wanted - moments[low]) / np.timedelta64(1, "s") / gap)[:, None]
    # A moment that is there stands by itself, whatever its neighbour is.
    left = np.where(part == 1.0, 0.0, values[low] * (1 - part))
    right = np.where(part == 0.0, 0.0, values[low + 1] * part)
    near = (gap <= MAX_GAP / np.timedelta64(1, "s")) & (part[:, 0] >= 0) & (part[:, 0] <= 1)
    covered = near | (part[:, 0] == 0) | (part[:, 0] == 1)
    return np.where(covered[:, None], left + right, np.nan)
