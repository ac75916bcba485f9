"""What is read from a grid, and how a refusal is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sources.reasons import describe

if TYPE_CHECKING:
    from shapely import Geometry


class GridError(ValueError):
    """A file, or a variable of it, that cannot be used as a forecast.

    Attributes
    ----------
    code : str
        Key of `sources.reasons.REASONS`.
    zh, en : str
        The reason in both languages.
    """

    def __init__(self, code: str, *, item: str = "", text: object = "") -> None:
        self.code, self.item, self.text = code, item, str(text)
        self.zh, self.en = describe(code, item=item, text=text)
        super().__init__(f"{self.zh} | {self.en}")


@dataclass(frozen=True)
class Note:
    """Something a user should know of a file that is taken all the same."""

    code: str
    item: str
    text: str


@dataclass(frozen=True)
class Points:
    """Places at which a grid is read.

    Attributes
    ----------
    city_code : ndarray of str, (n_points,)
    lon, lat : ndarray of float64, (n_points,)
        [degrees]; NaN of cities read by their outline.
    kind : ndarray of str, (n_points,)
        ``station``, ``city_point`` or ``area``: the whole city, each cell by its share of it.
    shapes : mapping of str to geometry
        Outlines of the cities of the kind ``area``, as in `sources.gridded.outlines.Outlines`.
    shapes_mark : str
        Fingerprint of the outlines.
    """

    city_code: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    kind: np.ndarray
    shapes: Mapping[str, Geometry] = field(default_factory=dict)
    shapes_mark: str = ""

    def __len__(self) -> int:
        return len(self.city_code)

    @property
    def mark(self) -> str:
        """Fingerprint of where and how the grid is read."""
        rows = zip(self.city_code, self.kind, self.lon, self.lat, strict=True)
        text = "\n".join(f"{code} {kind} {lon:.6f} {lat:.6f}" for code, kind, lon, lat in rows)
        return hashlib.sha256(f"{text}\n{self.shapes_mark}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Issue:
    """One run of a model at the points.

    Attributes
    ----------
    issued_at : datetime64[s]
        Start of the forecast, Beijing time.
    hour_end : ndarray of datetime64[s], (n_hours,)
        Ends of the hours, Beijing time, without gaps.
    values : mapping of str to ndarray of float64, (n_hours, n_points)
        Means of the hours [µg/m³; CO mg/m³], NaN where absent.
    """

    issued_at: np.datetime64
    hour_end: np.ndarray
    values: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class GridForecast:
    """A file as it was understood.

    Attributes
    ----------
    n_cells : ndarray of int64, (n_points,)
        Cells of the grid that each point was read from, of the variable with the most.
    """

    model: str
    method: str
    issues: tuple[Issue, ...]
    notes: tuple[Note, ...]
    n_cells: np.ndarray
