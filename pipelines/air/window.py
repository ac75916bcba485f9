"""Everything computed from the hours of a window of natural days: pure, from cube to Arrow tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from pipelines.air import day_kernels, kernels, rows
from pipelines.air.quality import flag_values
from pipelines.air.reference import Reference


@dataclass(frozen=True)
class WindowTables:
    """Rows of the tables that come straight from the hours."""

    station_hour: pa.Table
    quality_flag: pa.Table
    station_day: pa.Table
    city_hour: pa.Table


def compute_window(
    values: np.ndarray,
    hour_end: np.ndarray,
    stations: Sequence[str],
    days: list[date],
    states: Sequence[str],
    expected: np.ndarray,
    ref: Reference,
) -> WindowTables:
    """Flag, index and average the hours of whole days.

    Parameters
    ----------
    values : int32 (6, 24 * days, stations)
        Cube values [µg/m³; CO in tenths of mg/m³].
    hour_end : datetime64[s] (24 * days,)
    stations : sequence of str
    days : list of date
    states : sequence of str (days,)
    expected : int64 (days, cities)
        City stations expected, see `Reference.cities`.
    ref : Reference
    """
    names = ref.tables.sets
    set_of_day = ref.set_rows(days)
    lut, max_step = ref.tables.lut, ref.tables.max_step
    flags, events = flag_values(values, ref.rules)
    _, published, primary = kernels.station_hours(
        values, flags, set_of_day, lut, max_step, ref.hour_items, ref.tables.missing_hour
    )
    by_day = day_kernels.station_days(
        values,
        flags,
        set_of_day,
        lut,
        max_step,
        ref.day_items,
        ref.o3_1h_item,
        ref.tables.missing_day,
        ref.validity,
        ref.o3_limit,
    )
    city_of_station = np.array([ref.city_of.get(code, -1) for code in stations], np.int64)
    by_city = kernels.city_hours(
        values,
        flags,
        city_of_station,
        len(ref.cities),
        ref.needed(expected),
        set_of_day,
        lut,
        max_step,
        ref.hour_items,
        ref.tables.missing_hour,
    )
    return WindowTables(
        station_hour=rows.station_hour_table(
            values, flags, hour_end, stations, (published, primary), set_of_day, names
        ),
        quality_flag=rows.quality_flag_table(events, hour_end, stations, ref.rules.names, ref.rules.flag),
        station_day=rows.station_day_table(by_day, flags, values, days, stations, states, set_of_day, names),
        city_hour=rows.city_hour_table(by_city, hour_end, ref.cities, expected, set_of_day, names),
    )
