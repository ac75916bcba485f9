"""Opening a NetCDF file that somebody sent: known by its first bytes, bounded in size, without ways out of the file."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager

import h5py
import numpy as np
import xarray as xr

from sources.gridded.model import GridError

HDF5 = b"\x89HDF\r\n\x1a\n"
CLASSIC = (b"CDF\x01", b"CDF\x02")
FIVE = b"CDF\x05"
MAX_VALUES = 2**29
"""Values of one variable beyond which a file is not opened: a few bytes can declare any size."""
MAX_VARIABLES = 2_000


def looks_like_grid(head: bytes) -> bool:
    """Tell a NetCDF file by its first bytes."""
    return head.startswith((HDF5, *CLASSIC, FIVE))


@contextmanager
def opened(data: bytes) -> Iterator[xr.Dataset]:
    """Open the bytes of a NetCDF file, nothing loaded yet.

    Raises
    ------
    GridError
        It is damaged, too large, of an unsupported kind, or points outside itself.
    """
    if data.startswith(FIVE):
        raise GridError("grid_cdf5")
    if not looks_like_grid(data):
        raise GridError("grid_unreadable", text="not NetCDF")
    engine = "h5netcdf" if data.startswith(HDF5) else "scipy"
    if engine == "h5netcdf":
        _look_inside(data)
    else:
        _complete(data)
    try:
        dataset = xr.open_dataset(io.BytesIO(data), engine=engine, decode_timedelta=True)
    except GridError:
        raise
    except Exception as error:  # whatever a damaged file makes the libraries say
        raise GridError("grid_unreadable", text=_short(error)) from None
    try:
        _check_sizes({str(n): v.size for n, v in dataset.variables.items()})
        yield dataset
    except GridError:
        raise
    except Exception as error:  # a byte changed anywhere may show only when values or attributes are used
        raise GridError("grid_unreadable", text=_short(error)) from None
    finally:
        dataset.close()


def _look_inside(data: bytes) -> None:
    """Refuse links and storage outside the file, and declared sizes beyond reason, before anything is read."""
    try:
        with h5py.File(io.BytesIO(data), "r") as file:
            sizes = {}
            for name in file:
                link = file.get(name, getlink=True)
                if not isinstance(link, h5py.HardLink):
                    raise GridError("grid_link", item=name)
                thing = file[name]
                if not isinstance(thing, h5py.Dataset):
                    continue
                if thing.is_virtual or thing.external:
                    raise GridError("grid_link", item=name)
                sizes[name] = math.prod(thing.shape or (1,))
            _check_sizes(sizes)
    except GridError:
        raise
    except Exception as error:  # whatever a damaged file makes the library say
        raise GridError("grid_unreadable", text=_short(error)) from None


def _complete(data: bytes) -> None:
    """Refuse a classic file that ends before its data do; the library would fill up or map beyond the end."""
    from scipy.io import netcdf_file

    try:
        with netcdf_file(io.BytesIO(data), "r", mmap=False) as file:
            _check_sizes({n: int(np.prod(v.shape, dtype=np.int64)) for n, v in file.variables.items()})
    except GridError:
        raise
    except Exception as error:  # whatever a damaged file makes the library say
        raise GridError("grid_unreadable", text=_short(error)) from None


def _check_sizes(sizes: dict[str, int]) -> None:
    if len(sizes) > MAX_VARIABLES:
        raise GridError("grid_too_large", item="", text=f"{len(sizes)} variables")
    for name, size in sizes.items():
        if size > MAX_VALUES:
            raise GridError("grid_too_large", item=name, text=f"{size:,}")


def _short(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:160]
