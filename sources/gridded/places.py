"""Values of a grid at points: between the four nearest cells of a regular grid, the nearest cell of a curved one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sources.gridded.model import GridError, Points
from sources.gridded.names import dimension, find

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Weights:
    """Cells and weights by which points are read: (n_points, n_cells) each; the weights of a point sum to one."""

    y_dim: str
    x_dim: str
    y: np.ndarray
    x: np.ndarray
    weight: np.ndarray
    inside: np.ndarray

    def read(self, array: xr.DataArray) -> np.ndarray:
        """Values at the points: the other dimensions in their order, points last [unit of the array]."""
        taken = array.isel(
            {
                self.y_dim: xr.DataArray(self.y, dims=("_point", "_cell")),
                self.x_dim: xr.DataArray(self.x, dims=("_point", "_cell")),
            }
        )
        others = [d for d in taken.dims if d not in ("_point", "_cell")]
        values = taken.transpose(*others, "_point", "_cell").to_numpy().astype(np.float64)
        # A cell that does not count must not spoil the point, even where it is missing.
        parts = np.where(self.weight == 0.0, 0.0, values * self.weight)
        return np.where(self.inside, parts.sum(axis=-1), np.nan)


def weights(dataset: xr.Dataset, array: xr.DataArray, points: Points) -> Weights:
    """Work out how points are read from a grid.

    Raises
    ------
    GridError
        The grid has no coordinates, or they are not those of a grid.
    """
    names = find(dataset, "latitude"), find(dataset, "longitude")
    if names[0] is None or names[1] is None:
        raise GridError("grid_layout_unknown", text="latitude, longitude")
    lat, lon = (dataset[n].squeeze() for n in names)
    if lat.ndim == lon.ndim == 1 and lat.size > 1 and lon.size > 1:
        return _regular(lat, lon, points)
    if lat.ndim == lon.ndim == 2 and lat.shape == lon.shape and min(lat.shape) > 1:
        return _curved(array, lat, lon, points)
    raise GridError("grid_layout_unknown", text=f"{names[0]} {lat.shape}, {names[1]} {lon.shape}")


def _regular(lat: xr.DataArray, lon: xr.DataArray, points: Points) -> Weights:
    y_low, y_part, y_in = _between(lat.to_numpy().astype(float), points.lat, str(lat.name))
    across = lon.to_numpy().astype(float)
    at = np.where(points.lon < across.min(), points.lon + 360.0, points.lon)
    x_low, x_part, x_in = _between(across, np.where(at > across.max(), at - 360.0, at), str(lon.name))
    y = np.stack([y_low, y_low, y_low + 1, y_low + 1], axis=-1)
    x = np.stack([x_low, x_low + 1, x_low, x_low + 1], axis=-1)
    weight = np.stack(
        [(1 - y_part) * (1 - x_part), (1 - y_part) * x_part, y_part * (1 - x_part), y_part * x_part], axis=-1
    )
    return Weights(str(lat.dims[0]), str(lon.dims[0]), y, x, weight, y_in & x_in)


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


def _curved(array: xr.DataArray, lat: xr.DataArray, lon: xr.DataArray, points: Points) -> Weights:
    y_dim, x_dim = (str(d) for d in lat.dims)
    if not {y_dim, x_dim} <= set(array.dims):
        raise GridError("grid_layout_unknown", text=f"{array.name}: {', '.join(map(str, array.dims))}")
    phi, lam = np.radians(lat.to_numpy().astype(float)), np.radians(lon.to_numpy().astype(float))
    if not (np.isfinite(phi).all() and np.isfinite(lam).all()):
        raise GridError("grid_layout_unknown", text=f"{lat.name}, {lon.name}: NaN")
    spacing = max(_km(phi[:-1], lam[:-1], phi[1:], lam[1:]).max(),
                  _km(phi[:, :-1], lam[:, :-1], phi[:, 1:], lam[:, 1:]).max())  # fmt: skip
    nearest, inside = [], []
    for p, m in zip(np.radians(points.lat), np.radians(points.lon), strict=True):
        away = _km(phi, lam, p, m)
        nearest.append(np.unravel_index(int(away.argmin()), away.shape))
        inside.append(bool(away.min() <= spacing * np.sqrt(0.5)))
    cells = np.array(nearest, dtype=np.int64).reshape(-1, 2)
    one = np.ones((len(points), 1))
    return Weights(y_dim, x_dim, cells[:, :1], cells[:, 1:], one, np.array(inside, dtype=bool))


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
