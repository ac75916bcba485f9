"""Files of CMAQ in the layout of IOAPI, put into the layout of the CF conventions: times, coordinates, one layer.

What such a file says of time is when its steps begin; whether they are means of hours or moments it does not say. A run
of whole days without its last moment (24, 48 … steps) is taken as means (ACONC), one with it (25, 49 …) as moments (CONC).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from sources.gridded.model import GridError, Note

RADIUS_M = 6_370_000.0
"""Radius of the sphere of WRF and MCIP [m]."""
LAT_LON, LAMBERT = 1, 2
"""Kinds of grid (GDTYP) whose coordinates are worked out."""
_NEEDED = ("GDTYP", "XORIG", "YORIG", "XCELL", "YCELL", "NCOLS", "NROWS")
_HOURS_OF_DAY = 24


def is_ioapi(dataset: xr.Dataset) -> bool:
    """Tell a file of IOAPI by its time flags."""
    return "TFLAG" in dataset.variables and "TSTEP" in dataset.dims


def as_cf(dataset: xr.Dataset) -> tuple[xr.Dataset, list[Note]]:
    """Give the dataset times, coordinates and spans as the CF conventions ask for them; nothing else is loaded.

    Raises
    ------
    GridError
        Times or grid parameters are missing or impossible, or the projection is another.
    """
    begins = _begins(dataset["TFLAG"])
    lon, lat = _coordinates(dataset.attrs)
    sizes = tuple(dataset.sizes.get(d, 0) for d in ("ROW", "COL"))
    if lat.shape != sizes:
        raise GridError(
            "grid_layout_unknown", item="NROWS, NCOLS", text=f"{lat.shape} {'≠'} ROW, COL {sizes}"
        )
    made = dataset.drop_vars("TFLAG")
    if "LAY" in made.dims:
        # The first layer of IOAPI is the one at the ground.
        made = made.isel(LAY=0, drop=True)
    mean = len(begins) % _HOURS_OF_DAY == 0
    span = np.diff(begins).min()
    ends = (begins + span) if mean else begins
    made = made.rename_dims(TSTEP="time").assign_coords(
        time=("time", ends.astype("datetime64[ns]")),
        lat=(("ROW", "COL"), lat),
        lon=(("ROW", "COL"), lon),
    )
    if mean:
        made["time_bnds"] = (("time", "nv"), np.stack([begins, ends], axis=1).astype("datetime64[ns]"))
        made["time"].attrs["bounds"] = "time_bnds"
        for name in made.data_vars:
            made[name].attrs["cell_methods"] = "time: mean"
    code = "grid_ioapi_means" if mean else "grid_ioapi_moments"
    return made, [Note(code, "", str(len(begins)))]


def _begins(flags: xr.DataArray) -> np.ndarray:
    """Times of the flags <YYYYDDD, HHMMSS> of the first variable [UTC]."""
    given = flags.to_numpy()
    if given.ndim != 3 or given.shape[1] < 1 or given.shape[2] != 2 or len(given) < 2:
        raise GridError("grid_time_wrong", item="TFLAG", text=given.shape)
    date, clock = (given[:, 0, n].astype(np.int64) for n in (0, 1))
    year, day = date // 1000, date % 1000
    hour, minute, second = clock // 10_000, clock // 100 % 100, clock % 100
    good = (year >= 2013) & (year < 2100) & (day >= 1) & (day <= 366) & (hour < 24) & (minute < 60)
    if not (good & (clock >= 0) & (second < 60)).all():
        at = int(np.flatnonzero(~(good & (clock >= 0) & (second < 60)))[0])
        raise GridError("grid_time_wrong", item="TFLAG", text=f"{date[at]},{clock[at]:06d}")
    start = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + (day - 1)
    begins = start.astype("datetime64[s]") + (hour * 3600 + minute * 60 + second).astype("timedelta64[s]")
    if not (np.diff(begins) > np.timedelta64(0, "s")).all():
        raise GridError("grid_time_wrong", item="TFLAG", text=f"{date[0]} … {date[-1]}")
    return np.asarray(begins)


def _coordinates(attrs: Mapping[Any, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of the cells, (n_rows, n_cols) each [degrees]."""
    kind, x0, y0, dx, dy, n_cols, n_rows = (_number(attrs, name) for name in _NEEDED)
    if not (0 < n_cols <= 5000 and 0 < n_rows <= 5000 and dx > 0 and dy > 0):
        raise GridError("grid_layout_unknown", item="NCOLS, NROWS, XCELL, YCELL", text=f"{n_cols:g} {dx:g}")
    x, y = np.meshgrid(x0 + (np.arange(n_cols) + 0.5) * dx, y0 + (np.arange(n_rows) + 0.5) * dy)
    if kind == LAT_LON:
        lon, lat = x, y
    elif kind == LAMBERT:
        names = ("P_ALP", "P_BET", "P_GAM", "XCENT", "YCENT")
        first, second, meridian, lon0, lat0 = (_number(attrs, name) for name in names)
        if abs(lon0 - meridian) > 1e-3:
            raise GridError("grid_projection", item="XCENT ≠ P_GAM", text=f"{lon0:g} ≠ {meridian:g}")
        lon, lat = from_lambert(x, y, first, second, meridian, lat0)
    else:
        raise GridError("grid_projection", item="GDTYP", text=f"{kind:g}")
    if not (np.isfinite(lon).all() and np.isfinite(lat).all() and (np.abs(lat) <= 90).all()):
        raise GridError("grid_layout_unknown", item="XORIG, YORIG", text=f"{x0:g}, {y0:g}")
    return lon, lat


def _number(attrs: Mapping[Any, Any], name: str) -> float:
    try:
        value = float(np.asarray(attrs[name]).reshape(-1)[0])
    except (KeyError, IndexError, TypeError, ValueError):
        raise GridError("grid_layout_unknown", item=name, text=attrs.get(name, "")) from None
    if not np.isfinite(value):
        raise GridError("grid_layout_unknown", item=name, text=value)
    return value


def from_lambert(
    x: np.ndarray, y: np.ndarray, first: float, second: float, meridian: float, latitude: float
) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude in a conformal conic projection of the sphere (Snyder 1987, 15-1 to 15-11).

    Parameters
    ----------
    x, y : ndarray
        [m]
    first, second : float
        Standard parallels [degrees].
    meridian, latitude : float
        Where x and y are zero [degrees].

    Raises
    ------
    GridError
        The parallels make no cone.
    """
    one, two, origin = (np.radians(v) for v in (first, second, latitude))
    if not (0 < abs(first + second) < 180 and max(abs(first), abs(second), abs(latitude)) < 90):
        raise GridError(
            "grid_projection", item="P_ALP, P_BET, YCENT", text=f"{first:g} {second:g} {latitude:g}"
        )

    def half(angle: float | np.floating[Any]) -> float:
        return float(np.tan(np.pi / 4 + angle / 2))

    cone = float(np.sin(one))
    if abs(first - second) > 1e-9:
        cone = float(np.log(np.cos(one) / np.cos(two)) / np.log(half(two) / half(one)))
    scale = RADIUS_M * float(np.cos(one)) * half(one) ** cone / cone
    top = scale / half(origin) ** cone
    away = np.sign(cone) * np.hypot(x, top - y)
    turned = np.arctan2(np.sign(cone) * x, np.sign(cone) * (top - y))
    with np.errstate(divide="ignore"):
        lat = 2 * np.arctan((scale / away) ** (1 / cone)) - np.pi / 2
    return meridian + np.degrees(turned / cone), np.degrees(lat)
