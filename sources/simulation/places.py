"""Cities and invented stations of the simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

__all__ = ["CITIES", "City", "Station", "stations"]


@dataclass(frozen=True)
class City:
    """A city of the simulation: where it is and how polluted the simulation makes it."""

    code: str
    name: str
    province: str
    lon_deg: float
    lat_deg: float
    n_stations: int
    pm25_ugm3: float
    coarse: float
    ozone: float
    episode: float
    unit: str = ""
    n_unit_stations: int = 0
    unit_prefecture: str = ""


@dataclass(frozen=True)
class Station:
    """An invented station: code and name cannot be taken for a national one."""

    code: str
    name: str
    city: int
    city_name: str
    prefecture: str
    province: str
    lon_deg: float
    lat_deg: float
    is_control: bool
    opened: date | None


# Codes by GB/T 2260. Level of PM2.5 [µg/m³]; coarse dust, ozone and the last episode relative to the region.
CITIES = (
    City("610100", "西安", "陕西省", 108.94, 34.30, 8, 40, 1.10, 1.00, 1.10, "西咸新区", 2, "西咸新区"),
    City("610200", "铜川", "陕西省", 108.97, 34.93, 5, 32, 0.95, 0.98, 0.90),
    City("610300", "宝鸡", "陕西省", 107.18, 34.36, 6, 36, 0.90, 0.96, 0.98),
    City("610400", "咸阳", "陕西省", 108.71, 34.33, 5, 41, 1.10, 1.02, 1.12, "杨凌", 1, "咸阳市"),
    City("610500", "渭南", "陕西省", 109.51, 34.50, 5, 42, 1.10, 1.03, 1.14, "韩城", 1, "渭南市"),
    City("140700", "晋中", "山西省", 112.75, 37.69, 5, 35, 1.00, 1.03, 0.90),
    City("140800", "运城", "山西省", 111.00, 35.03, 6, 41, 1.00, 1.07, 1.10),
    City("141000", "临汾", "山西省", 111.52, 36.08, 6, 43, 1.05, 1.08, 1.12),
    City("141100", "吕梁", "山西省", 111.14, 37.52, 5, 31, 1.00, 0.97, 0.84),
    City("140100", "太原", "山西省", 112.55, 37.87, 6, 37, 1.10, 1.02, 0.92),
    City("140300", "阳泉", "山西省", 113.58, 37.86, 5, 35, 1.00, 1.04, 0.80),
    City("140400", "长治", "山西省", 113.11, 36.20, 5, 33, 0.90, 1.02, 0.78),
    City("140500", "晋城", "山西省", 112.85, 35.50, 5, 34, 0.90, 1.06, 0.82),
)
# The station (by position in its city) that opens only later, as new stations do.
_LATER = ("140700", 5, date(2025, 7, 1))
_SPREAD_DEG = 0.15


def stations(rng: np.random.Generator) -> tuple[Station, ...]:
    """Invent the stations of all cities; coordinates [degree] lie near the centre of each city."""
    found: list[Station] = []
    for index, city in enumerate(CITIES):
        for number in range(1, city.n_stations + city.n_unit_stations + 1):
            found.append(_station(rng, len(found) + 1, index, number))
    return tuple(found)


def _station(rng: np.random.Generator, serial: int, index: int, number: int) -> Station:
    city = CITIES[index]
    in_unit = number > city.n_stations
    control = city.code == "610100" and number == city.n_stations
    area = city.unit if in_unit else city.name
    east, north = (round(float(step), 4) for step in (rng.random(2) * 2 - 1) * _SPREAD_DEG)
    shown = number - city.n_stations if in_unit else number
    return Station(
        code=f"9{serial:03d}S",
        name=f"模拟{area}{shown}号" + ("(对照点)" if control else ""),
        city=index,
        city_name=area,
        prefecture=city.unit_prefecture if in_unit else f"{city.name}市",
        province=city.province,
        lon_deg=round(city.lon_deg + east, 4),
        lat_deg=round(city.lat_deg + north, 4),
        is_control=control,
        opened=_LATER[2] if (city.code, number) == _LATER[:2] else None,
    )
