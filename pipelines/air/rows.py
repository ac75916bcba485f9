"""From kernel arrays to Arrow tables with the columns of the warehouse, and back to a cube."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from pipelines.air import kernels
from pipelines.air.kernels import HOURS_PER_DAY, MISSING, NO_INDEX
from pipelines.air.quality import FLAG_NAMES
from warehouse.standards import CUBE_NAME, DAY_COLUMN, HOUR_COLUMN, POLLUTANTS

_CO = POLLUTANTS.index("CO")

PRIMARY_TEXT = tuple(
    ",".join(name for p, name in enumerate(POLLUTANTS) if mask >> p & 1) or None for mask in range(64)
)
"""Text of each bit mask of primary pollutants; None where there is none."""


def _text_column(codes: np.ndarray, words: Sequence[str | None]) -> pa.Array:
    """Dictionary-encoded text from small integer codes; a code whose word is None is NULL."""
    if len(codes) and words[codes[0]] is not None and (codes == codes[0]).all():
        codes, words = np.zeros(len(codes), np.int32), [words[codes[0]]]
    empty = np.array([word is None for word in words])
    mask = empty[codes] if empty.any() else None
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32, copy=False), mask=mask), pa.array([word or "" for word in words])
    )


def _integers(values: np.ndarray, missing: int, kind: pa.DataType) -> pa.Array:
    return pa.array(values, type=kind, mask=values == missing)


def _index_columns(
    available: np.ndarray, published: np.ndarray, primary: np.ndarray, sets: np.ndarray, names: Sequence[str]
) -> dict[str, pa.Array]:
    return {
        "aqi": _integers(published, int(NO_INDEX), pa.int16()),
        "aqi_of_available": _integers(available, int(NO_INDEX), pa.int16()),
        "primary_pollutants": _text_column(primary, PRIMARY_TEXT),
        "standard_set": _text_column(sets, names),
    }


def _moments(hour_end: np.ndarray) -> pa.Array:
    return pa.array(hour_end.astype("datetime64[us]"))


def station_hour_table(
    values: np.ndarray,
    flags: np.ndarray,
    hour_end: np.ndarray,
    stations: Sequence[str],
    index: tuple[np.ndarray, np.ndarray],
    set_of_day: np.ndarray,
    set_names: Sequence[str],
) -> pa.Table:
    """Rows of ``air.station_hour``: one per station-hour with at least one value, in order of time and station."""
    hour, station, concentrations, aqi, mask, worst = kernels.flatten_hours(values, flags, *index)
    columns: dict[str, pa.Array] = {
        "station_code": _text_column(station, list(stations)),
        "hour_end": _moments(hour_end[hour]),
    }
    for p, name in enumerate(POLLUTANTS):
        picked = concentrations[p]
        columns[HOUR_COLUMN[name]] = pa.array(picked / 10.0 if p == _CO else picked, mask=picked == MISSING)
    columns |= {
        "aqi": _integers(aqi, int(NO_INDEX), pa.int16()),
        "primary_pollutants": _text_column(mask, PRIMARY_TEXT),
        "standard_set": _text_column(set_of_day[hour // HOURS_PER_DAY], set_names),
        "flag": _text_column(worst, [None, *FLAG_NAMES[1:]]),
    }
    return pa.table(columns)


def quality_flag_table(
    events: np.ndarray,
    hour_end: np.ndarray,
    stations: Sequence[str],
    rules: Sequence[str],
    flag_of_rule: np.ndarray,
) -> pa.Table:
    """Rows of ``air.quality_flag``, in order of time, station, pollutant and rule."""
    order = np.lexsort((events[:, 3], events[:, 2], events[:, 1], events[:, 0]))
    h, s, p, r = events[order].T
    return pa.table(
        {
            "station_code": _text_column(s, list(stations)),
            "hour_end": _moments(hour_end[h]),
            "pollutant": _text_column(p, POLLUTANTS),
            "rule": _text_column(r, list(rules)),
            "flag": _text_column(flag_of_rule[r], list(FLAG_NAMES)),
        }
    )


def station_day_table(
    result: tuple[np.ndarray, ...],
    flags: np.ndarray,
    values: np.ndarray,
    days: Sequence[date],
    stations: Sequence[str],
    states: Sequence[str],
    set_of_day: np.ndarray,
    set_names: Sequence[str],
) -> pa.Table:
    """Rows of ``air.station_day``: one per station-day with at least one value."""
    statistic, _, n_hours, n_windows, o3_max, available, published, primary = result
    n_days = len(days)
    by_day = (6, n_days, HOURS_PER_DAY, len(stations))
    any_value = (values[:, : n_days * HOURS_PER_DAY].reshape(by_day) != MISSING).any(axis=(0, 2))
    d, s = np.nonzero(any_value)
    worst = flags[:, : n_days * HOURS_PER_DAY].reshape(by_day).max(axis=(0, 2))[d, s]
    columns: dict[str, pa.Array] = {
        "station_code": _text_column(s, list(stations)),
        "day": pa.array(np.array(days, "datetime64[D]")[d]),
    }
    for p, name in enumerate(POLLUTANTS):
        column = statistic[p, d, s] / (10.0 if p == _CO else 1.0)
        columns[DAY_COLUMN[name]] = pa.array(column, mask=np.isnan(column))
        columns[f"n_hours_{CUBE_NAME[name]}"] = pa.array(n_hours[p, d, s])
    columns["n_windows_o3"] = pa.array(n_windows[d, s])
    o3 = o3_max[d, s]
    columns["o3_1h_max_ugm3"] = pa.array(o3.astype(np.float64), mask=o3 == MISSING)
    columns |= _index_columns(available[d, s], published[d, s], primary[d, s], set_of_day[d], set_names)
    columns["state"] = _text_column(d, list(states))
    columns["flag"] = _text_column(worst, [None, *FLAG_NAMES[1:]])
    return pa.table(columns)


def city_hour_table(
    result: tuple[np.ndarray, ...],
    hour_end: np.ndarray,
    cities: Sequence[str],
    expected: np.ndarray,
    set_of_day: np.ndarray,
    set_names: Sequence[str],
) -> pa.Table:
    """Rows of ``air.city_hour``: one per city-hour with at least one reporting station."""
    mean, reporting, available, published, primary = result
    h, c = np.nonzero(reporting)
    columns: dict[str, pa.Array] = {
        "city_code": _text_column(c, list(cities)),
        "hour_end": _moments(hour_end[h]),
    }
    for p, name in enumerate(POLLUTANTS):
        column = mean[p, h, c] / (10.0 if p == _CO else 1.0)
        columns[HOUR_COLUMN[name]] = pa.array(column, mask=np.isnan(column))
    columns["n_stations"] = pa.array(reporting[h, c])
    columns["n_stations_expected"] = pa.array(expected[h // HOURS_PER_DAY, c].astype(np.int16))
    columns |= _index_columns(
        available[h, c], published[h, c], primary[h, c], set_of_day[h // HOURS_PER_DAY], set_names
    )
    return pa.table(columns)


def into_cube(rows: pa.Table, hour_end: np.ndarray, stations: dict[str, int], values: np.ndarray) -> None:
    """Write kept station-hours (``station_code, hour_end`` and six concentrations) into cube values."""
    if rows.num_rows == 0:
        return
    codes = rows["station_code"].combine_chunks()
    if not isinstance(codes.type, pa.DictionaryType):
        codes = codes.dictionary_encode()
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    column_of = np.array([stations[c] for c in codes.dictionary.to_pylist()], np.int64)
    s = column_of[codes.indices.to_numpy()]
    when = rows["hour_end"].to_numpy().astype("datetime64[s]")
    h = ((when - hour_end[0]) // np.timedelta64(3600, "s")).astype(np.int64)
    for p, name in enumerate(POLLUTANTS):
        column = rows[HOUR_COLUMN[name]]
        filled = column.is_valid().to_numpy()
        numbers = column.fill_null(0).to_numpy()
        if p == _CO:
            numbers = np.rint(numbers * 10.0)
        values[p, h[filled], s[filled]] = numbers[filled].astype(np.int32)
