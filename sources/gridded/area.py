"""Weights of grid cells in the outlines of cities: the share of each city that lies in each cell, exact on the sphere."""

from __future__ import annotations

import numpy as np
import shapely

from sources.gridded.model import GridError

COVERED = 0.9
"""Share of a city a grid must cover, and of its cells that must have a value, for the city to have one."""
_FARTHEST_TURN = 180.0


def corners(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Corners of cells halfway between their centres.

    Parameters
    ----------
    lat, lon : ndarray, (n_rows, n_cols)
        Centres [degrees].

    Returns
    -------
    ndarray, ndarray, (n_rows + 1, n_cols + 1)
        Latitude and longitude of the corners; at the edge as far outside as the next ones are inside.
    """
    if (np.abs(np.diff(lon, axis=0)) > _FARTHEST_TURN).any() or (
        np.abs(np.diff(lon, axis=1)) > _FARTHEST_TURN
    ).any():
        lon = np.where(lon < 0, lon + 360.0, lon)
    return np.clip(_between(lat), -90.0, 90.0), _between(lon)


def _between(centres: np.ndarray) -> np.ndarray:
    for axis in (0, 1):
        first, second = (np.take(centres, [n], axis=axis) for n in (0, 1))
        last, before = (np.take(centres, [n], axis=axis) for n in (-1, -2))
        centres = np.concatenate([2 * first - second, centres, 2 * last - before], axis=axis)
    return (centres[:-1, :-1] + centres[1:, :-1] + centres[:-1, 1:] + centres[1:, 1:]) / 4.0


def shares(
    shapes: list[shapely.Geometry], lat: np.ndarray, lon: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share of each city in each cell it touches.

    Parameters
    ----------
    shapes : list of geometry
        As in `sources.gridded.outlines.Outlines`.
    lat, lon : ndarray, (n_rows, n_cols)
        Centres of the cells [degrees].

    Returns
    -------
    shape, cell : ndarray of int64, (n,)
        Number of the city, and of the cell counted row by row.
    share : ndarray of float64, (n,)
        Area of the city in the cell over the area of the city; they sum to less than one where the grid ends.

    Raises
    ------
    GridError
        The cells overlap: they are no grid.
    """
    at_lat, at_lon = corners(lat, lon)
    west, south, east, north = shapely.total_bounds(np.array(shapes))
    turn = 360.0 * np.round(((west + east) / 2 - (at_lon[:-1, :-1] + at_lon[1:, 1:]) / 2) / 360.0)
    sine = np.sin(np.radians(at_lat))
    x = (
        np.stack([at_lon[:-1, :-1], at_lon[:-1, 1:], at_lon[1:, 1:], at_lon[1:, :-1]], axis=-1)
        + turn[..., None]
    )
    y = np.stack([sine[:-1, :-1], sine[:-1, 1:], sine[1:, 1:], sine[1:, :-1]], axis=-1)
    near = (
        (x.max(axis=-1) >= west)
        & (x.min(axis=-1) <= east)
        & (y.max(axis=-1) >= south)
        & (y.min(axis=-1) <= north)
    )
    cells = np.flatnonzero(near.reshape(-1))
    boxes = shapely.polygons(np.stack([x, y], axis=-1).reshape(-1, 4, 2)[cells])
    tree = shapely.STRtree(boxes)
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for number, shape in enumerate(shapes):
        touched = np.sort(tree.query(shape, predicate="intersects"))
        inner = np.isin(touched, tree.query(shape, predicate="contains_properly"))
        area = shapely.area(boxes[touched])
        area[~inner] = shapely.area(shapely.intersection(boxes[touched[~inner]], shape))
        part = area / shapely.area(shape)
        if part.sum() > 1.0 + 1e-6:
            raise GridError("grid_layout_unknown", text="cells overlap")
        kept = part > 0
        found.append((np.full(int(kept.sum()), number), cells[touched[kept]], part[kept]))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))  # type: ignore[return-value]
