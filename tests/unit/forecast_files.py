"""Small NetCDF files of each layout, made by hand; values are plain numbers so that results can be worked out."""

import io
import tempfile
from pathlib import Path

import numpy as np
import xarray as xr

LAT = np.array([38.0, 36.0, 34.0, 32.0])
LON = np.array([106.0, 108.0, 110.0, 112.0, 114.0])
START = np.datetime64("2026-01-10T00:00:00", "ns")


def grid(value, steps, shape=(4, 5)):
    """A field that is the same everywhere; ``value`` is a number or one by step."""
    return np.broadcast_to(np.asarray(value, float).reshape(-1, 1, 1), (steps, *shape)).copy()


def to_bytes(dataset: xr.Dataset, engine: str = "h5netcdf", **how) -> bytes:
    if engine == "scipy":
        return bytes(dataset.to_netcdf(engine="scipy", **how))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.nc"
        dataset.to_netcdf(path, engine=engine, **how)
        return path.read_bytes()


def old_cams(fields, *, hours=None, start=START, attrs=None, lat=LAT, lon=LON) -> xr.Dataset:
    """``fields``: {name: (values by step, units)}; one time dimension."""
    n = len(next(iter(fields.values()))[0]) if hours is None else len(hours)
    at = np.arange(n) if hours is None else np.asarray(hours)
    data = {
        name: (("time", "latitude", "longitude"), grid(v, n, (len(lat), len(lon))), {"units": unit})
        for name, (v, unit) in fields.items()
    }
    return xr.Dataset(
        data,
        coords={"time": start + at.astype("timedelta64[h]"), "latitude": lat, "longitude": lon},
        attrs={"institution": "European Centre for Medium-Range Weather Forecasts"}
        if attrs is None
        else attrs,
    )


def new_cams(fields, issues, hours) -> xr.Dataset:
    """``fields``: {name: (values (issue, step), units)}; reference time × period with a 2-D valid time."""
    reference = np.array(issues, dtype="datetime64[ns]")
    period = np.asarray(hours).astype("timedelta64[h]").astype("timedelta64[ns]")
    shape = (len(reference), len(period), len(LAT), len(LON))
    dims = ("forecast_reference_time", "forecast_period", "latitude", "longitude")
    data = {
        name: (dims, np.broadcast_to(np.asarray(v, float)[:, :, None, None], shape).copy(), {"units": unit})
        for name, (v, unit) in fields.items()
    }
    return xr.Dataset(
        data,
        coords={
            "forecast_reference_time": reference,
            "forecast_period": period,
            "latitude": LAT,
            "longitude": LON,
            "valid_time": (dims[:2], reference[:, None] + period[None, :]),
        },
        attrs={"institution": "ECMWF"},
    )


def cmaq(fields, *, hours=49, mean=True, bounds=True, start=START, layers=1) -> xr.Dataset:
    """Curved grid with 2-D coordinates, a layer, means of hours with bounds."""
    lat, lon = np.meshgrid(np.linspace(32, 39, 15), np.linspace(105, 115, 21), indexing="ij")
    lon = lon + 0.02 * (lat - 35)
    begin = start + np.arange(hours).astype("timedelta64[h]")
    end = begin + np.timedelta64(1, "h")
    dims = ("time", "lev", "y", "x")
    data = {
        name: (
            dims,
            np.broadcast_to(np.asarray(v, float).reshape(-1, 1, 1, 1), (hours, layers, 15, 21)).copy(),
            {"units": unit} | ({"cell_methods": "time: mean"} if mean else {}),
        )
        for name, (v, unit) in fields.items()
    }
    dataset = xr.Dataset(
        data,
        coords={"time": end, "lat": (("y", "x"), lat), "lon": (("y", "x"), lon)},
        attrs={"title": "WRF-CMAQ v5.4 surface"},
    )
    if bounds:
        dataset["time"].attrs["bounds"] = "time_bnds"
        dataset["time"].encoding["units"] = "hours since 2026-01-01"
        dataset["time_bnds"] = (("time", "nv"), np.stack([begin, end], axis=1))
    return dataset


def stream(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)
