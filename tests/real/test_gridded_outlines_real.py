"""Outlines of the cities of the plain as they come, on grids as coarse and as fine as models have."""

import os
from pathlib import Path

import numpy as np
import pytest

from sources.gridded import read_outlines
from sources.gridded.area import shares
from sources.gridded.ioapi import from_lambert

_ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "boundaries"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.exists(), reason=f"outlines not here: {DATA}")]
EARTH_KM = 6371.0
AREA_KM2 = {"610100": 10_097, "610300": 18_117, "140100": 6_988, "141100": 21_095}
"""From the statistical yearbooks of the provinces, rounded."""


@pytest.fixture(scope="module")
def cities():
    found = read_outlines(DATA)
    return {c: s for c, s in found.shapes.items() if c[2:] != "0000" and c.endswith("00")}


def test_areas_on_the_sphere_are_those_of_the_yearbooks(cities):
    assert len(cities) == 15
    for code, wanted in AREA_KM2.items():
        assert cities[code].area * np.pi / 180 * EARTH_KM**2 == pytest.approx(wanted, rel=0.02), code


@pytest.mark.parametrize("cell", [9_000, 27_000])
def test_every_city_is_covered_once_by_a_lambert_grid(cities, cell):
    n = int(1_000_000 / cell)
    x, y = np.meshgrid(*[(np.arange(n) + 0.5 - n / 2) * cell] * 2)
    lon, lat = from_lambert(x, y, 25, 40, 110.5, 35.8)
    number, _, share = shares(list(cities.values()), lat, lon)
    assert np.bincount(number, share) == pytest.approx(np.ones(15), abs=1e-9)


def test_every_city_is_covered_once_by_a_grid_of_the_globe(cities):
    lat, lon = np.meshgrid(np.arange(90, -90.1, -0.4), np.arange(0, 360, 0.4), indexing="ij")
    number, _, share = shares(list(cities.values()), lat, lon)
    assert np.bincount(number, share) == pytest.approx(np.ones(15), abs=1e-9)
