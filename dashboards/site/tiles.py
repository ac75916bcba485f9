"""A schematic map: one hexagon a city, placed as the cities lie to each other. It shows no boundaries."""

from math import cos, pi, radians, sin, sqrt

import numpy as np
from scipy.optimize import linear_sum_assignment

_CLOSE = 0.92
"""Tiles per city that the cells reckon with; below 1 draws the tiles together."""


def place(points: dict[str, tuple[float, float]], without: list[str]) -> dict[str, tuple[float, float]]:
    """Give the centre of the hexagon of each city.

    Parameters
    ----------
    points : dict
        Longitude and latitude of cities [°].
    without : list of str
        Cities whose place is unknown; they come in rows below.

    Returns
    -------
    dict
        Centres in units of the radius of a hexagon, x to the east, y to the north.
    """
    codes = sorted(points)
    cells = _assigned(np.array([points[c] for c in codes], dtype=float)) if codes else np.empty((0, 2))
    placed = {code: (float(x), float(y)) for code, (x, y) in zip(codes, cells, strict=True)}
    low = min((y for _, y in placed.values()), default=0.0) - 2.5
    left = min((x for x, _ in placed.values()), default=0.0)
    for n, code in enumerate(sorted(without)):
        placed[code] = (left + sqrt(3) * (n % 5), low - 1.9 * (n // 5))
    return placed


def _assigned(points: np.ndarray) -> np.ndarray:
    """Cells nearest to the points, one each, the sum of the squared distances least."""
    n = len(points)
    flat = points * [cos(radians(float(points[:, 1].mean()))), 1.0]
    flat = flat - flat.mean(axis=0)
    spread = max(float(np.linalg.norm(flat, axis=1).mean()), 1e-6)
    # A disc of n hexagons (area 3√3/2 each) has a mean distance of 2/3 of its radius from its centre.
    radius = sqrt(n * 1.5 * sqrt(3) / pi)
    scaled = flat / spread * (radius * 2 / 3) * _CLOSE
    reach = int(n**0.5) + int(np.abs(scaled).max()) + 2
    cells = np.array(
        [
            (sqrt(3) * (q + r / 2), -1.5 * r)
            for r in range(-reach, reach + 1)
            for q in range(-2 * reach, 2 * reach + 1)
        ]
    )
    distance = ((scaled[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    rows, chosen = linear_sum_assignment(distance)
    return cells[chosen[np.argsort(rows)]]


def hexagon(x: float, y: float, radius: float = 0.97) -> tuple[list[float], list[float]]:
    """Corners of the hexagon around a centre, the first one again at the end."""
    angles = [pi / 6 + k * pi / 3 for k in range(7)]
    return (
        [round(x + radius * cos(a), 3) for a in angles],
        [round(y + radius * sin(a), 3) for a in angles],
    )
