"""Values of a grid at points and over cities.

A point lies between the four nearest cells of a regular grid, or in the nearest cell of a curved one. A city is the mean
of the cells within its outline, each by its share of the city.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy.sparse import csr_array

from sources.gridded.area import COVERED, shares
from sources.gridded.model import GridError, Points
from sources.gridded.names import dimension, find

EARTH_KM = 6371.0
AREA = "area"
_ENOUGH = 1e-9
_KEPT = 8
_Four = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_Maker = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], _Four]
_known: OrderedDict[str, Weights] = OrderedDict()
"""Weights of the grids read last: files of one model come with the same grid over and over."""


@dataclass(frozen=True)
class Weights:
    """Cells by which points are read.

    Attributes
    ----------
    y_dim, x_dim : str
    y, x : ndarray of int64, (n_cells,)
        The cells.
    weight : csr_array, (n_points, n_cells)
        The weights of a point sum to one where it is inside.
    needed : ndarray of float64, (n_points,)
        Share of its weight that must have a value for the point to have one.
    covered : ndarray of float64, (n_points,)
        Share of the city, or of the cells around the point, that the grid covers.
    """

    y_dim: str
    x_dim: str
    y: np.ndarray
    x: np.ndarray
    weight: csr_array
    needed: np.ndarray
    covered: np.ndarray

    @property
    def inside(self) -> np.ndarray:
        """Points the grid covers, bool (n_points,)."""
        return np.asarray(self.covered >= self.needed - _ENOUGH)

    @property
    def n_cells(self) -> np.ndarray:
        """Cells of each point, int64 (n_points,)."""
        return np.diff(self.weight.indptr).astype(np.int64)

    def read(self, array: xr.DataArray) -> np.ndarray:
        """Values at the points: the other dimensions in their order, points last [unit of the array]."""
        taken = array.isel(
            {
                self.y_dim: xr.DataArray(self.y, dims=("_cell",)),
                self.x_dim: xr.DataArray(self.x, dims=("_cell",)),
            }
        )
        others = [d for d in taken.dims if d != "_cell"]
        values = taken.transpose(*others, "_cell").to_numpy().astype(np.float64)
        flat = values.reshape(-1, values.shape[-1]).T
        known = np.isfinite(flat)
        total = self.weight @ np.where(known, flat, 0.0)
        there = self.weight @ known.astype(np.float64)
        enough = (there >= self.needed[:, None] - _ENOUGH) & self.inside[:, None]
        found = np.where(enough, total / np.where(there > 0, there, 1.0), np.nan)
        return np.asarray(found.T.reshape(*values.shape[:-1], len(self.needed)))


def weights(dataset: xr.Dataset, array: xr.DataArray, points: Points) -> Weights:
    """Work out how points are read from a grid, or take what was worked out for the same grid before.

    Raises
    ------
    GridError
        The grid has no coordinates, or they are not those of a grid.
    """
    names = find(dataset, "latitude"), find(dataset, "longitude")
    if names[0] is None or names[1] is None:
        raise GridError("grid_layout_unknown", text="latitude, longitude")
    lat, lon = (dataset[n].squeeze() for n in names)
    regular = lat.ndim == lon.ndim == 1 and lat.size > 1 and lon.size > 1
    curved = lat.ndim == lon.ndim == 2 and lat.shape == lon.shape and min(lat.shape) > 1
    if not (regular or curved):
        raise GridError("grid_layout_unknown", text=f"{names[0]} {lat.shape}, {names[1]} {lon.shape}")
    dims = (str(lat.dims[0]), str(lon.dims[-1]))
    if not set(dims) <= set(array.dims):
        raise GridError("grid_layout_unknown", text=f"{array.name}: {', '.join(map(str, array.dims))}")
    at_lat, at_lon = (a.to_numpy().astype(np.float64) for a in (lat, lon))
    if not (np.isfinite(at_lat).all() and np.isfinite(at_lon).all()):
        raise GridError("grid_layout_unknown", text=f"{lat.name}, {lon.name}: NaN")
    digest = hashlib.sha256(at_lat.tobytes() + b"|" + at_lon.tobytes())
    key = f"{digest.hexdigest()} {at_lat.shape} {dims} {points.mark}"
    if key not in _known:
        make = _regular if regular else _curved
        _known[key] = _joined(dims, at_lat, at_lon, points, make)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    _known.move_to_end(key)
    return _known[key]


def _joined(dims: tuple[str, str], lat: np.ndarray, lon: np.ndarray, points: Points, make: _Maker) -> Weights:
    """Weights of points and of whole cities in one matrix over the cells that any of them needs."""
    n = len(points)
    row, cell, weight = (np.empty(0, t) for t in (np.int64, np.int64, np.float64))
    needed, covered = np.ones(n), np.zeros(n)
    single = np.flatnonzero(points.kind != AREA)
    if len(single):
        y, x, part, inside = make(lat, lon, points.lat[single], points.lon[single])
        covered[single] = inside
        row, cell = np.repeat(single, part.shape[1]), (y * lon.shape[-1] + x).reshape(-1)
        weight = part.reshape(-1)
    whole = np.flatnonzero(points.kind == AREA)
    if len(whole):
        needed[whole] = COVERED
        grid = np.meshgrid(lat, lon, indexing="ij") if lat.ndim == 1 else (lat, lon)
        number, own, share = shares([points.shapes[points.city_code[i]] for i in whole], *grid)
        covered[whole] = np.bincount(number, share, minlength=len(whole))
        row, cell = np.concatenate([row, whole[number]]), np.concatenate([cell, own])
        weight = np.concatenate([weight, share / np.maximum(covered[whole[number]], 1e-300)])
    # Cells that do not count are dropped: they must not spoil a point where they are missing.
    row, cell, weight = (a[weight > 0] for a in (row, cell, weight))
    cells, at = np.unique(cell, return_inverse=True)
    matrix = csr_array((weight, (row, at)), shape=(n, len(cells)))
    return Weights(*dims, cells // lon.shape[-1], cells % lon.shape[-1], matrix, needed, covered)


def _regular(lat: np.ndarray, lon: np.ndarray, at_lat: np.ndarray, at_lon: np.ndarray) -> _Four:
    """Rows, columns and weights, (n_points, 4) each, and whether the points are inside, of a regular grid."""
    y_low, y_part, y_in = _between(lat, at_lat, "latitude")
    east = np.where(at_lon < lon.min(), at_lon + 360.0, at_lon)
    x_low, x_part, x_in = _between(lon, np.where(east > lon.max(), east - 360.0, east), "longitude")
    y = np.stack([y_low, y_low, y_low + 1, y_low + 1], axis=-1)
    x = np.stack([x_low, x_low + 1, x_low, x_low + 1], axis=-1)
    weight = np.stack(
        [(1 - y_part) * (1 - x_part), (1 - y_part) * x_part, y_part * (1 - x_part), y_part * x_part], axis=-1
    )
    return y, x, weight, y_in & x_in


def _between(axis: np.ndarray, at: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lower neighbour on an axis, part of the way to the next, and whether the point lies on the axis at all."""
    steps = np.diff(axis)
    if not np.isfinite(axis).all() or not ((steps > 0).all() or (steps < 0).all()):
        raise GridError("grid_layout_unknown", text=f"{name}: not monotonic")
    rising = axis if steps[0] > 0 else axis[::-1]
    low = np.clip(np.searchsorted(rising, at, side="right") - 1, 0, len(axis) - 2)
    if steps[0] < 0:
        low = len(axis) - 2 - low
    part = (at - axis[low]) / (axis[low + 1] - axis[low])
    return low, np.clip(part, 0.0, 1.0), (at >= rising[0]) & (at <= rising[-1])


def _curved(lat: np.ndarray, lon: np.ndarray, at_lat: np.ndarray, at_lon: np.ndarray) -> _Four:
    """Row, column and weight of the nearest cell, (n_points, 1) each, and whether the points are inside."""
    phi, lam = np.radians(lat), np.radians(lon)
    spacing = max(_km(phi[:-1], lam[:-1], phi[1:], lam[1:]).max(),
                  _km(phi[:, :-1], lam[:, :-1], phi[:, 1:], lam[:, 1:]).max())  # fmt: skip
    nearest, inside = [], []
    for p, m in zip(np.radians(at_lat), np.radians(at_lon), strict=True):
        away = _km(phi, lam, p, m)
        nearest.append(np.unravel_index(int(away.argmin()), away.shape))
        inside.append(bool(away.min() <= spacing * np.sqrt(0.5)))
    cells = np.array(nearest, dtype=np.int64).reshape(-1, 2)
    return cells[:, :1], cells[:, 1:], np.ones((len(cells), 1)), np.array(inside, dtype=bool)


def _km(phi: np.ndarray, lam: np.ndarray, phi2: np.ndarray | float, lam2: np.ndarray | float) -> np.ndarray:
    """Distance on the sphere [km]."""
    half = np.sin((phi2 - phi) / 2) ** 2 + np.cos(phi) * np.cos(phi2) * np.sin((lam2 - lam) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def one_layer(array: xr.DataArray) -> xr.DataArray:
    """Drop a level dimension of one layer.

    Raises
    ------
    GridError
        There are several: which of them is the lowest is not for a program to guess.
    """
    level = dimension(array, "level")
    if level is None:
        return array
    if array.sizes[level] != 1:
        raise GridError("grid_layout_unknown", item=str(array.name), text=f"{level}: {array.sizes[level]}")
    return array.isel({level: 0}, drop=True)
