"""Files of CMAQ as its tools write them: time flags, cells on a Lambert map, padded units, one layer at the ground."""

import numpy as np
import pytest
import xarray as xr
from forecast_files import to_bytes

from sources.gridded import GridError, Points, read
from sources.gridded.ioapi import from_lambert

N_ROWS, N_COLS, CELL = 60, 70, 27_000.0


def flags(n, first=(2026, 10, 0)):
    """<YYYYDDD, HHMMSS> of hourly steps."""
    year, day, hour = first
    hours = hour + np.arange(n)
    date = year * 1000 + day + hours // 24
    return np.stack([date, hours % 24 * 10_000], axis=1).astype(np.int32)


def ioapi(fields, n=24, layers=1, times=None, **attrs):
    """A file with the dimensions, attributes and padding of IOAPI; ``fields``: {name: (values, units)}."""
    dims = ("TSTEP", "LAY", "ROW", "COL")
    shape = (n, layers, N_ROWS, N_COLS)
    data = {
        name: (
            dims,
            np.broadcast_to(np.asarray(value, np.float32), shape).copy(),
            {"long_name": name.ljust(16), "units": unit.ljust(16), "var_desc": name.ljust(80)},
        )
        for name, (value, unit) in fields.items()
    }
    stamps = np.repeat((flags(n) if times is None else times)[:, None, :], len(fields), axis=1)
    given = {
        "IOAPI_VERSION": "ioapi-3.2".ljust(80), "EXEC_ID": "combine".ljust(80), "FTYPE": np.int32(1),
        "SDATE": np.int32(2026010), "STIME": np.int32(0), "TSTEP": np.int32(10000), "NTHIK": np.int32(1),
        "NCOLS": np.int32(N_COLS), "NROWS": np.int32(N_ROWS), "NLAYS": np.int32(layers), "NVARS": np.int32(len(fields)),
        "GDTYP": np.int32(2), "P_ALP": 25.0, "P_BET": 40.0, "P_GAM": 110.0, "XCENT": 110.0, "YCENT": 34.0,
        "XORIG": -N_COLS / 2 * CELL, "YORIG": -N_ROWS / 2 * CELL, "XCELL": CELL, "YCELL": CELL,
        "GDNAM": "FENWEI27".ljust(16), "UPNAM": "COMBINE".ljust(16), "VAR-LIST": "".join(v.ljust(16) for v in fields),
    } | attrs  # fmt: skip
    return xr.Dataset(
        {"TFLAG": (("TSTEP", "VAR", "DATE-TIME"), stamps, {"units": "<YYYYDDD,HHMMSS>"})} | data,
        attrs={k: v for k, v in given.items() if v is not None},
    )


def at(*places):
    lon, lat = zip(*places, strict=True)
    n = len(places)
    return Points(
        np.array(["610100"] * n), np.array(lon, float), np.array(lat, float), np.array(["station"] * n)
    )


XIAN = at((108.94, 34.34))


def refusal(dataset):
    with pytest.raises(GridError) as told:
        read(to_bytes(dataset, engine="scipy"), XIAN)
    return told.value.code


@pytest.mark.parametrize(
    ("x", "y", "lon", "lat"),
    [
        # worked out by PROJ: +proj=lcc +lat_1=25 +lat_2=40 +lat_0=34 +lon_0=110 +R=6370000
        (0, 0, 110.0, 34.0),
        (300_000, 200_000, 113.349819, 35.770098),
        (-500_000, -350_000, 104.724503, 30.712623),
        (13_500, 40_500, 110.148307, 34.367202),
    ],
)
def test_the_lambert_map_is_that_of_proj(x, y, lon, lat):
    found = from_lambert(np.array([float(x)]), np.array([float(y)]), 25, 40, 110, 34)
    assert (found[0][0], found[1][0]) == pytest.approx((lon, lat), abs=2e-6)


def test_one_standard_parallel():
    found = from_lambert(np.array([400_000.0]), np.array([600_000.0]), 30, 30, 105, 30)
    assert (found[0][0], found[1][0]) == pytest.approx((109.391207, 35.320065), abs=2e-6)


def test_whole_days_are_means_that_begin_at_their_time():
    values = np.arange(24.0)[:, None, None, None]
    found = read(
        to_bytes(ioapi({"PM25_TOT": (values, "ug m-3"), "O3": (40.0, "ppbV")}), engine="scipy"), XIAN
    )
    assert (found.model, found.method) == ("wrf_cmaq", "mean_1h")
    (issue,) = found.issues
    # 00:00 UTC of the tenth is 08:00 in Beijing: the first hour ends at 09:00
    assert (str(issue.issued_at), str(issue.hour_end[0])) == ("2026-01-10T08:00:00", "2026-01-10T09:00:00")
    assert issue.values["PM2.5"][:, 0].tolist() == list(range(24))
    assert issue.values["O3"][:, 0] == pytest.approx(40 * 47.9982 / 24.4654, rel=1e-4)
    assert {n.code for n in found.notes} == {"grid_ioapi_means", "grid_issue_assumed"}


def test_with_the_last_moment_they_are_moments():
    values = np.arange(25.0)[:, None, None, None]
    found = read(to_bytes(ioapi({"PM25_TOT": (values, "ug m-3")}, n=25)), XIAN)
    assert found.method == "instant_1h"
    assert found.issues[0].values["PM2.5"][:3, 0] == pytest.approx([0.5, 1.5, 2.5])
    assert "grid_ioapi_moments" in {n.code for n in found.notes}


def test_cells_are_where_the_map_puts_them():
    row, column = 40, 12
    field = np.zeros((1, 1, N_ROWS, N_COLS))
    field[..., row, column] = 90.0
    x, y = ((column + 0.5) - N_COLS / 2) * CELL, ((row + 0.5) - N_ROWS / 2) * CELL
    lon, lat = from_lambert(np.array([x]), np.array([y]), 25, 40, 110, 34)
    data = to_bytes(ioapi({"PM25_TOT": (field, "ug m-3")}), engine="scipy")
    values = read(data, at((lon[0], lat[0]), (lon[0] + 0.5, lat[0]))).issues[0].values["PM2.5"][0]
    assert values.tolist() == [90.0, 0.0]


def test_the_first_layer_is_the_one_at_the_ground():
    field = np.array([5.0, 90.0, 90.0])[None, :, None, None]
    found = read(to_bytes(ioapi({"PM25_TOT": (field, "ug m-3")}, layers=3), engine="scipy"), XIAN)
    assert found.issues[0].values["PM2.5"][0, 0] == 5.0


def test_the_turn_of_the_year():
    times = flags(48, first=(2025, 365, 0))
    times[24:, 0] = 2026001
    found = read(to_bytes(ioapi({"PM25_TOT": (5.0, "ug m-3")}, n=48, times=times), engine="scipy"), XIAN)
    hours = found.issues[0].hour_end
    assert (str(hours[0]), str(hours[-1])) == ("2025-12-31T09:00:00", "2026-01-02T08:00:00")


def test_longitude_and_latitude():
    attrs = {"GDTYP": np.int32(1), "XORIG": 100.0, "YORIG": 30.0, "XCELL": 0.25, "YCELL": 0.25}
    found = read(to_bytes(ioapi({"PM25_TOT": (7.0, "ug m-3")}, **attrs), engine="scipy"), XIAN)
    assert found.issues[0].values["PM2.5"][0, 0] == 7.0


@pytest.mark.parametrize(
    ("attrs", "code"),
    [
        ({"GDTYP": np.int32(6)}, "grid_projection"),
        ({"XCENT": 105.0}, "grid_projection"),
        ({"P_ALP": -30.0, "P_BET": 30.0}, "grid_projection"),
        ({"P_GAM": None}, "grid_layout_unknown"),
        ({"XCELL": 0.0}, "grid_layout_unknown"),
        ({"NCOLS": np.int32(71)}, "grid_layout_unknown"),
        ({"NCOLS": np.int32(2_000_000_000)}, "grid_layout_unknown"),
        ({"YORIG": float("nan")}, "grid_layout_unknown"),
    ],
)
def test_grids_that_are_not_understood_are_refused(attrs, code):
    assert refusal(ioapi({"PM25_TOT": (7.0, "ug m-3")}, **attrs)) == code


@pytest.mark.parametrize(("at_step", "flag"), [(3, (2026010, 250_000)), (3, (0, 0)), (3, (2026010, 10_000))])
def test_times_that_cannot_be_are_refused(at_step, flag):
    times = flags(24)
    times[at_step] = flag
    assert refusal(ioapi({"PM25_TOT": (7.0, "ug m-3")}, times=times)) == "grid_time_wrong"
