"""Lists of monitoring stations: which station stands where, in which city, and whether it counts there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sources import cells
from sources.areas import Area, Areas
from sources.tables import Column, Rejects, Row, read_table
from warehouse import standards

__all__ = ["COLUMNS", "COUNTS_NAME", "COUNTS_OVERRIDE", "COUNTS_UNIT", "read"]

COLUMNS = (
    "station_code",
    "name_zh",
    "city_code",
    "unit_id",
    "city_name",
    "province_zh",
    "lon_deg",
    "lat_deg",
    "is_control",
    "counts",
    "counts_reason",
)
COUNTS_NAME = "名称含“对照点” | the name says control point"
COUNTS_UNIT = "所在单元不计入设区市均值 | its unit is outside the mean of the city"
COUNTS_OVERRIDE = "覆盖表 | list of overrides"
CONTROL_WORD = "对照点"
# Box around the territory of China.
LON_RANGE, LAT_RANGE = (73.0, 136.0), (3.0, 54.0)

_CODE = re.compile(r"[0-9A-Z]{2,12}", re.ASCII)
_LIST = (
    Column("station_code", ("监测点编码", "站点编码", "点位编码")),
    Column("name_zh", ("监测点名称", "站点名称", "点位名称", "station_name")),
    Column("city_name", ("城市", "城市名称", "city")),
    Column("lon_deg", ("经度", "longitude", "lon"), required=False),
    Column("lat_deg", ("纬度", "latitude", "lat"), required=False),
    Column("is_control", ("对照点", "是否对照点"), required=False),
    Column("province_zh", ("省级行政区", "省份", "省", "province"), required=False),
    Column("prefecture", ("地级行政区", "地级市", "prefecture"), required=False),
)
_OVERRIDES = (
    Column("station_code", ("监测点编码", "站点编码", "点位编码")),
    Column("counts", ("是否计入", "计入", "参评"), required=False),
    Column("unit_id", ("考核单元", "单元编码", "unit"), required=False),
    Column("reason", ("原因", "理由", "说明"), required=False),
)
_YES = {"是", "y", "yes", "true", "1"}
_NO = {"否", "n", "no", "false", "0"}


@dataclass(frozen=True)
class _Override:
    line: int
    counts: bool | None
    unit: Area | None
    reason: str


def read(
    path: Path | bytes,
    cities: pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
    *,
    overrides: Path | bytes | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a station list (2020 layout of five columns or 2022 layout of eight).

    A station counts for its city unless its name says 对照点, the overrides say so, or it is listed under a
    place that `assessment_unit` keeps out of the city mean (counties listed on their own). The flag
    对照点 = Y alone removes nothing: the 2022 list sets it for closed stations too.

    Parameters
    ----------
    path : Path or bytes
        CSV or XLSX with the headings of the national lists.
    cities, units : pandas.DataFrame, optional
        Tables as `standards.load` gives them; loaded if not given.
    overrides : Path or bytes, optional
        Table with station_code, counts (是/否/true/false/1/0), unit_id, reason.

    Returns
    -------
    tuple of pandas.DataFrame
        Stations with the columns of `COLUMNS`, one per code (city_code is NULL where no table knows the city;
        lon_deg, lat_deg [degree]); rejected lines and cells (line, item, text, reason_code).

    Raises
    ------
    TableError
        A file as a whole cannot be read.
    """
    areas = Areas(
        standards.load("city") if cities is None else cities,
        standards.load("assessment_unit") if units is None else units,
    )
    table = read_table(path, _LIST)
    stations: dict[str, dict[str, object]] = {}
    for row in table.rows:
        _keep(_station(row, areas, table.rejects), row, stations, table.rejects)
    if overrides is not None:
        _apply(_read_overrides(overrides, areas, table.rejects), stations, table.rejects)
    return _frame(stations), table.rejects.frame()


def _station(row: Row, areas: Areas, rejects: Rejects) -> dict[str, object] | None:
    code = cells.as_text(row.cells["station_code"]).upper()
    if not _CODE.fullmatch(code):
        rejects.add(
            row.line, "station_code", cells.as_text(row.cells["station_code"]), "station_code_invalid"
        )
        return None
    name = cells.as_text(row.cells["name_zh"])
    city_name = cells.as_text(row.cells["city_name"])
    prefecture = cells.as_text(row.cells.get("prefecture"))
    area = _area(prefecture, city_name, areas)
    lon, lat = _position(row, rejects)
    named = CONTROL_WORD in name
    outside = area is not None and not area.in_city_mean
    reason = COUNTS_NAME if named else COUNTS_UNIT if outside else None
    return {
        "station_code": code,
        "name_zh": name,
        "city_code": area.city_code if area else None,
        "unit_id": area.code if area and area.kind == "unit" else None,
        "city_name": city_name or prefecture,
        "province_zh": cells.as_text(row.cells.get("province_zh")) or None,
        "lon_deg": lon,
        "lat_deg": lat,
        "is_control": named or _flag(row, rejects),
        "counts": reason is None,
        "counts_reason": reason,
    }


def _area(prefecture: str, city_name: str, areas: Areas) -> Area | None:
    """Resolve the city first, the prefecture where that is unknown.

    The city is the narrower of the two: the 2022 list puts 石河子 under 阿勒泰地区, where it is not.
    """
    return areas.of_name(city_name) or areas.of_name(prefecture)


def _position(row: Row, rejects: Rejects) -> tuple[float | None, float | None]:
    """Read both coordinates; impossible ones (outside China, exchanged, one only) become None."""
    found: list[float | None] = []
    for name in ("lon_deg", "lat_deg"):
        try:
            found.append(cells.as_number(row.cells.get(name)))
        except cells.CellError as error:
            rejects.add(row.line, name, cells.as_text(row.cells[name]), error.code)
            return None, None
    lon, lat = found
    if lon is None and lat is None:
        return None, None
    if lon is not None and lat is not None and _inside(lon, lat):
        return lon, lat
    swapped = lon is not None and lat is not None and _inside(lat, lon)
    code = "position_swapped" if swapped else "position_impossible"
    rejects.add(row.line, "lon_deg,lat_deg", f"{lon}, {lat}", code)
    return None, None


def _inside(lon: float, lat: float) -> bool:
    return LON_RANGE[0] <= lon <= LON_RANGE[1] and LAT_RANGE[0] <= lat <= LAT_RANGE[1]


def _flag(row: Row, rejects: Rejects) -> bool:
    text = cells.as_text(row.cells.get("is_control")).lower()
    if text and text not in _YES | _NO:
        rejects.add(row.line, "is_control", text, "value_not_yes_no")
    return text in _YES


def _keep(
    station: dict[str, object] | None, row: Row, stations: dict[str, dict[str, object]], rejects: Rejects
) -> None:
    if station is None:
        return
    code = str(station["station_code"])
    if code in stations and stations[code] != station:
        rejects.add(row.line, "station_code", code, "row_repeated")
    stations.setdefault(code, station)


def _read_overrides(source: Path | bytes, areas: Areas, rejects: Rejects) -> dict[str, _Override]:
    table = read_table(source, _OVERRIDES)
    for line, item, text, code in table.rejects.records:
        rejects.add(line, f"overrides {item}", text, code)
    found: dict[str, _Override] = {}
    for row in table.rows:
        code = cells.as_text(row.cells["station_code"]).upper()
        counts = cells.as_text(row.cells.get("counts")).lower()
        unit = cells.as_text(row.cells.get("unit_id"))
        area = areas.of_code(unit) or areas.of_name(unit)
        if counts not in _YES | _NO | {""}:
            rejects.add(row.line, "overrides counts", counts, "value_not_yes_no")
        elif unit and (area is None or area.kind != "unit"):
            rejects.add(row.line, "overrides unit_id", unit, "area_unknown")
        elif code in found:
            rejects.add(row.line, "overrides station_code", code, "row_repeated")
        else:
            decided = None if not counts else counts in _YES
            found[code] = _Override(row.line, decided, area, cells.as_text(row.cells.get("reason")))
    return found


def _apply(overrides: dict[str, _Override], stations: dict[str, dict[str, object]], rejects: Rejects) -> None:
    for code, override in overrides.items():
        station = stations.get(code)
        if station is None:
            rejects.add(override.line, "overrides station_code", code, "station_unknown")
            continue
        if override.unit is not None:
            station["unit_id"], station["city_code"] = override.unit.code, override.unit.city_code
        if override.counts is not None:
            station["counts"] = override.counts
            station["counts_reason"] = f"{COUNTS_OVERRIDE}: {override.reason}".removesuffix(": ")


def _frame(stations: dict[str, dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(stations.values()), columns=list(COLUMNS))
    texts = [name for name in COLUMNS if name not in ("lon_deg", "lat_deg", "is_control", "counts")]
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(("lon_deg", "lat_deg"), "float64")
    return frame.astype(kinds | dict.fromkeys(("is_control", "counts"), "bool")).sort_values(
        "station_code", ignore_index=True
    )
