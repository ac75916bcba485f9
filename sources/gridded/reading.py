"""A NetCDF forecast at points: hourly means in the units and the state of the standard, Beijing time."""

from __future__ import annotations

from datetime import date

import numpy as np
import xarray as xr

from sources.gridded import ioapi, times
from sources.gridded.model import GridError, GridForecast, Issue, Note, Points
from sources.gridded.names import find, pollutants
from sources.gridded.opening import opened
from sources.gridded.places import AREA, Weights, one_layer, weights
from sources.gridded.state import Air, State, convert, known_unit, state_of
from sources.gridded.times import Run

_MODELS = (("cmaq", "wrf_cmaq"), ("wrf-chem", "wrf_chem"), ("wrf_chem", "wrf_chem"), ("camx", "camx"))
_HELPERS = {"temperature": (150.0, 350.0), "pressure": (40_000.0, 110_000.0), "humidity": (0.0, 0.1)}


def read(data: bytes, points: Points) -> GridForecast:
    """Read a NetCDF file at points.

    Parameters
    ----------
    data : bytes
        CAMS with a ``time`` dimension, or with ``forecast_reference_time`` and ``forecast_period``; any file after the
        CF conventions whose names are in ``names.csv``; or CMAQ in the layout of IOAPI.
    points : Points

    Returns
    -------
    GridForecast
        Variables that cannot be used are left out and noted.

    Raises
    ------
    GridError
        The file is damaged or hostile, its layout is unknown, or no variable of it can be used.
    """
    with opened(data) as given:
        notes: dict[tuple[str, str], Note] = {}
        dataset, model = given, _model(given)
        if ioapi.is_ioapi(given):
            dataset, said = ioapi.as_cf(given)
            notes |= {(n.code, n.item): n for n in said}
            model = "wrf_cmaq" if model == "grid" else model
        variables = pollutants(dataset)
        if not variables:
            raise GridError("grid_no_pollutant", text=", ".join(sorted(map(str, dataset.data_vars)))[:120])
        found: dict[tuple[np.datetime64, str], tuple[np.ndarray, np.ndarray]] = {}
        methods: set[str] = set()
        n_cells = np.zeros(len(points), dtype=np.int64)
        refusal: GridError | None = None
        for pollutant, name in variables.items():
            try:
                known_unit(name, dataset[name].attrs.get("units"))
                at = _weights(dataset, name, points, notes)
                taken, method = _variable(dataset, pollutant, name, at, notes)
            except GridError as error:
                refusal = refusal or error
                notes[error.code, name] = Note(error.code, error.item or name, error.text)
                continue
            methods.add(method)
            n_cells = np.maximum(n_cells, at.n_cells)
            found |= {(issued, pollutant): series for issued, series in taken.items()}
        if not found:
            raise refusal or GridError("grid_no_pollutant", text=", ".join(variables.values()))
        issues = _issues(found, len(points))
        return GridForecast(model, "+".join(sorted(methods)), issues, tuple(notes.values()), n_cells)


def _weights(dataset: xr.Dataset, name: str, points: Points, notes: dict[tuple[str, str], Note]) -> Weights:
    """How the points are read; cities that the grid covers in part are noted and have no value."""
    at = weights(dataset, one_layer(dataset[name]), points)
    if not at.inside.any():
        raise GridError("grid_outside", item=name)
    for n in np.flatnonzero((points.kind == AREA) & ~at.inside):
        code = str(points.city_code[n])
        notes["grid_city_uncovered", code] = Note("grid_city_uncovered", code, f"{at.covered[n] * 100:.0f}%")
    return at


def _variable(
    dataset: xr.Dataset, pollutant: str, name: str, at: Weights, notes: dict[tuple[str, str], Note]
) -> tuple[dict[np.datetime64, tuple[np.ndarray, np.ndarray]], str]:
    """Hour ends [UTC] and values of one pollutant by run."""
    array = one_layer(dataset[name])
    found, method = {}, times.INSTANT
    for run in times.runs(dataset, array):
        if run.assumed:
            notes["grid_issue_assumed", ""] = Note("grid_issue_assumed", "", str(run.issued_at))
        kind = times.kind_of(array, run)
        values = _points(array, run, at)
        air = Air(**{role: _helper(dataset, role, run, at, values.shape) for role in _HELPERS})
        converted = convert(pollutant, name, values, array.attrs.get("units"), air, _state(pollutant, run))
        hours = times.hour_ends(run)
        if run.issued_at in found:
            raise GridError("grid_time_wrong", item=name, text=run.issued_at)
        found[run.issued_at] = (hours, times.hourly(converted, run, kind, hours))
        step = int(np.median(np.diff(run.ends)) / times.HOUR)
        method = f"{kind}_{step}h"
    return found, method


def _state(pollutant: str, run: Run) -> State:
    return state_of(pollutant, date.fromisoformat(str(run.issued_at + times.BEIJING)[:10]))


def _points(array: xr.DataArray, run: Run, at: Weights) -> np.ndarray:
    """Values of one run, (n_steps, n_points)."""
    one = array.isel(run.select)
    if set(one.dims) != {run.step_dim, at.y_dim, at.x_dim}:
        raise GridError("grid_layout_unknown", item=str(array.name), text=", ".join(map(str, array.dims)))
    return at.read(one.transpose(run.step_dim, ...))


def _helper(
    dataset: xr.Dataset, role: str, run: Run, at: Weights, shape: tuple[int, ...]
) -> np.ndarray | None:
    """Temperature [K], pressure [Pa] or humidity [kg/kg] at the same points and times; None where it is not there."""
    name = find(dataset, role)
    if name is None or name in dataset.dims:
        return None
    array = one_layer(dataset[name])
    kind, factor = known_unit(name, array.attrs.get("units"))
    if kind != {"humidity": "mass_ratio"}.get(role, role):
        raise GridError("grid_unit_unknown", item=name, text=array.attrs.get("units"))
    values = _points(array, run, at) * factor
    low, high = _HELPERS[role]
    if values.shape != shape or (values < low).any() or (values > high).any():
        raise GridError("grid_values_impossible", item=name, text=array.attrs.get("units"))
    return values


def _issues(
    found: dict[tuple[np.datetime64, str], tuple[np.ndarray, np.ndarray]], n_points: int
) -> tuple[Issue, ...]:
    issues = []
    for issued in sorted({i for i, _ in found}):
        own = {p: series for (i, p), series in found.items() if i == issued}
        first, last = min(h[0] for h, _ in own.values()), max(h[-1] for h, _ in own.values())
        hours = np.arange(first, last + times.HOUR, times.HOUR)
        values = {}
        for pollutant, (ends, series) in own.items():
            values[pollutant] = np.full((len(hours), n_points), np.nan)
            values[pollutant][np.searchsorted(hours, ends)] = series
        issues.append(Issue(issued + times.BEIJING, hours + times.BEIJING, values))
    return tuple(issues)


def _model(dataset: xr.Dataset) -> str:
    """Name of the model by what the file says of itself."""
    said = " ".join(str(v) for v in dataset.attrs.values()).casefold()
    for word, model in _MODELS:
        if word in said:
            return model
    ecmwf = "ecmwf" in said or "ecmf" in said or "cams" in said or "copernicus" in said
    return "cams" if ecmwf or {"pm2p5", "go3"} & set(map(str, dataset.variables)) else "grid"
