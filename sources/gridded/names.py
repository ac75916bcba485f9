"""The small tables of names and units by which grids are understood; a new model is a new word in a CSV."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import xarray as xr

from warehouse.standards import POLLUTANTS

_FOLDER = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def roles() -> dict[str, tuple[str, ...]]:
    """Names by role: dimensions, coordinates, the six pollutants, and what a conversion needs."""
    return {row["role"]: tuple(row["names"].split(";")) for row in _rows("names.csv")}


@cache
def units() -> dict[str, tuple[str, float]]:
    """Kind and factor of every unit that is known, by its name as `plain` writes it."""
    return {
        name: (row["kind"], float(row["factor"]))
        for row in _rows("units.csv")
        for name in row["names"].split(";")
    }


def plain(unit: str) -> str:
    """Write a unit without blanks, in small letters, with one spelling of µ, powers and signs."""
    text = unit.strip().casefold().replace("μ", "u").replace("µ", "u").replace("³", "3").replace("⁻", "-")
    return re.sub(r"\s|\*\*|\^|\*|\.", "", text)


def find(dataset: xr.Dataset, role: str) -> str | None:
    """Name of the variable that plays a role, None where there is none."""
    return next((n for n in roles()[role] if n in dataset.variables), None)


def dimension(array: xr.DataArray, role: str) -> str | None:
    """Name of the dimension that plays a role."""
    return next((n for n in roles()[role] if n in array.dims), None)


def pollutants(dataset: xr.Dataset) -> dict[str, str]:
    """Variable of each pollutant that a file holds."""
    found = {p: find(dataset, p) for p in POLLUTANTS}
    return {p: name for p, name in found.items() if name is not None}
