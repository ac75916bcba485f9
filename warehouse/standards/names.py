"""Names of pollutants, IAQI items and columns that every other module shares."""

POLLUTANTS = ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO")
"""The six pollutants in the order used everywhere."""

ITEMS = (
    "SO2_24h",
    "SO2_1h",
    "NO2_24h",
    "NO2_1h",
    "CO_24h",
    "CO_1h",
    "O3_8h",
    "O3_1h",
    "PM10_24h",
    "PM2.5_24h",
)
"""IAQI items in the order of the columns of HJ 633 (breakpoint table)."""

UNIT = {"PM2.5": "ug/m3", "PM10": "ug/m3", "SO2": "ug/m3", "NO2": "ug/m3", "O3": "ug/m3", "CO": "mg/m3"}
DIGITS = {"PM2.5": 0, "PM10": 0, "SO2": 0, "NO2": 0, "O3": 0, "CO": 1}
"""Digits of a concentration before its IAQI is looked up (HJ 633-2026, 4.2.2 and 4.2.3)."""

HOUR_COLUMN = {
    "PM2.5": "pm25_ugm3",
    "PM10": "pm10_ugm3",
    "SO2": "so2_ugm3",
    "NO2": "no2_ugm3",
    "O3": "o3_ugm3",
    "CO": "co_mgm3",
}
DAY_COLUMN = HOUR_COLUMN | {"O3": "o3_mda8_ugm3"}
HOUR_ITEM = {
    "PM2.5": "PM2.5_24h",
    "PM10": "PM10_24h",
    "SO2": "SO2_1h",
    "NO2": "NO2_1h",
    "O3": "O3_1h",
    "CO": "CO_1h",
}
DAY_ITEM = {
    "PM2.5": "PM2.5_24h",
    "PM10": "PM10_24h",
    "SO2": "SO2_24h",
    "NO2": "NO2_24h",
    "O3": "O3_8h",
    "CO": "CO_24h",
}
CUBE_NAME = {"PM2.5": "pm25", "PM10": "pm10", "SO2": "so2", "NO2": "no2", "O3": "o3", "CO": "co"}


def pollutant_of(item: str) -> str:
    """Return the pollutant an IAQI item belongs to, for example ``"O3"`` for ``"O3_8h"``.

    Raises
    ------
    KeyError
        The item is none of ``ITEMS``.
    """
    if item not in ITEMS:
        raise KeyError(item)
    return item.rsplit("_", 1)[0]
