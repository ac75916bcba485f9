"""Effective-dated standards: limits, AQI, levels, rules, regions and cities, each row with its source."""

from warehouse.standards.errors import StandardsError
from warehouse.standards.iaqi import NO_IAQI, AqiTables, applied_rules, aqi_tables, iaqi_frame
from warehouse.standards.in_force import rows_on, set_in_force
from warehouse.standards.load import fingerprint, load, load_all
from warehouse.standards.names import (
    CUBE_NAME,
    DAY_COLUMN,
    DAY_ITEM,
    DIGITS,
    HOUR_COLUMN,
    HOUR_ITEM,
    ITEMS,
    POLLUTANTS,
    UNIT,
    pollutant_of,
)
from warehouse.standards.rounding import round_8170

__all__ = [
    "CUBE_NAME",
    "DAY_COLUMN",
    "DAY_ITEM",
    "DIGITS",
    "HOUR_COLUMN",
    "HOUR_ITEM",
    "ITEMS",
    "NO_IAQI",
    "POLLUTANTS",
    "UNIT",
    "AqiTables",
    "StandardsError",
    "applied_rules",
    "aqi_tables",
    "fingerprint",
    "iaqi_frame",
    "load",
    "load_all",
    "pollutant_of",
    "round_8170",
    "rows_on",
    "set_in_force",
]
