"""Reviewed (审核) daily values of cities, assessment units and stations, as a document announces them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sources import cells
from sources.areas import Area, Areas
from sources.tables import Column, Rejects, Row, read_table
from warehouse import standards
from warehouse.standards import DAY_COLUMN, POLLUTANTS

__all__ = ["COLUMNS", "read"]

VALUES = tuple(DAY_COLUMN[pollutant] for pollutant in POLLUTANTS)
COLUMNS = ("area_kind", "area_code", "area_name", "day", *VALUES, "document_no")
# Above any daily value ever measured in the plain, dust storms included [µg/m³, CO mg/m³].
HIGHEST = dict.fromkeys(POLLUTANTS, 2000.0) | {"PM10": 10000.0, "CO": 100.0}
_HEADINGS = {"O3": ("O3", "O3_8h", "O3-8h", "O3日最大8小时", "臭氧", "o3_mda8")} | {
    name: (name, zh)
    for name, zh in (
        ("PM2.5", "细颗粒物"),
        ("PM10", "可吸入颗粒物"),
        ("SO2", "二氧化硫"),
        ("NO2", "二氧化氮"),
        ("CO", "一氧化碳"),
    )
}
_COLUMNS = (
    Column("area_code", ("代码", "区域代码", "城市代码", "站点编码"), required=False),
    Column("area_name", ("名称", "城市", "区域名称"), required=False),
    Column("day", ("日期", "date")),
    *(
        Column(DAY_COLUMN[p], _HEADINGS[p], required=False, unit="mg/m³" if p == "CO" else "µg/m³")
        for p in POLLUTANTS
    ),
    Column("document_no", ("文号", "依据文号")),
)


def read(
    path: Path | bytes, cities: pd.DataFrame | None = None, units: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read reviewed daily values.

    Parameters
    ----------
    path : Path or bytes
        CSV or XLSX: area_code or area_name, day, up to six values (any may be empty), document_no.
    cities, units : pandas.DataFrame, optional
        Tables as `standards.load` gives them; loaded if not given.

    Returns
    -------
    tuple of pandas.DataFrame
        One row per area and day with the columns of `COLUMNS` [µg/m³, CO mg/m³]; rejected lines
        (line, item, text, reason_code). One bad value rejects its whole line.

    Raises
    ------
    TableError
        The file as a whole cannot be read.
    """
    areas = Areas(
        standards.load("city") if cities is None else cities,
        standards.load("assessment_unit") if units is None else units,
    )
    table = read_table(path, _COLUMNS)
    kept: dict[tuple[object, object], dict[str, object]] = {}
    for row in table.rows:
        reviewed = _reviewed(row, areas, table.rejects)
        if reviewed is None:
            continue
        key = (reviewed["area_code"], reviewed["day"])
        if key in kept and kept[key] != reviewed:
            table.rejects.add(row.line, "day", f"{key[0]} {key[1]}", "row_repeated")
        kept.setdefault(key, reviewed)
    frame = pd.DataFrame(list(kept.values()), columns=list(COLUMNS))
    kinds = dict.fromkeys(("area_kind", "area_code", "area_name", "document_no"), "str")
    frame = frame.astype(kinds | dict.fromkeys(VALUES, "float64") | {"day": "datetime64[s]"})
    return frame, table.rejects.frame()


def resolve(row: Row, areas: Areas, rejects: Rejects) -> Area | None:
    """Find the area a line is for, by its code, else by its name; both must agree where both are given."""
    code, name = (cells.as_text(row.cells.get(part)) for part in ("area_code", "area_name"))
    by_code, by_name = areas.of_code(code), areas.of_name(name)
    if not code and not name:
        rejects.add(row.line, "area_code", "", "cell_required")
        return None
    area = by_code if code else by_name
    if area is None:
        rejects.add(row.line, "area_code" if code else "area_name", code or name, "area_unknown")
        return None
    if by_code is not None and by_name is not None and by_code != by_name and by_code.kind != "station":
        rejects.add(row.line, "area_code,area_name", f"{code}, {name}", "area_differs")
        return None
    return area


def _reviewed(row: Row, areas: Areas, rejects: Rejects) -> dict[str, object] | None:
    area = resolve(row, areas, rejects)
    if area is None:
        return None
    item = "document_no"
    document = cells.as_text(row.cells[item])
    try:
        if cells.is_blank(document):
            raise cells.CellError("document_missing")
        item = "day"
        day = cells.as_day(row.cells[item])
        if day is None:
            raise cells.CellError("cell_required")
        values: dict[str, object] = {}
        for pollutant in POLLUTANTS:
            item = DAY_COLUMN[pollutant]
            values[item] = _value(row.cells.get(item), pollutant)
        if all(value is None for value in values.values()):
            raise cells.CellError("values_all_missing")
    except cells.CellError as error:
        rejects.add(row.line, item, cells.as_text(row.cells.get(item)), error.code)
        return None
    name = area.name or cells.as_text(row.cells.get("area_name"))
    named = {"area_kind": area.kind, "area_code": area.code, "area_name": name, "day": pd.Timestamp(day)}
    return {**named, **values, "document_no": document}


def _value(cell: cells.Cell, pollutant: str) -> float | None:
    value = cells.as_number(cell)
    if value is not None and not 0 <= value <= HIGHEST[pollutant]:
        raise cells.CellError("value_impossible")
    return value
