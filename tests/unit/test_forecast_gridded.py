"""Gridded forecasts: both layouts of CAMS, CF files of other models, exact conversions, and files that are refused."""

from datetime import date
from functools import cache

import h5py
import numpy as np
import pytest
from forecast_files import LAT, LON, START, cmaq, new_cams, old_cams, to_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gridded import GridError, Points, looks_like_grid, read
from sources.gridded.state import MOLAR_MASS, R_DRY, Air, R, State, convert, state_of

REFERENCE = State(298.15, 101_325.0)
ACTUAL = State(None, None)


def points(*places):
    given = places or ((108.94, 34.34),)
    lon, lat = zip(*given, strict=True)
    n = len(given)
    return Points(
        np.array(["610100"] * n), np.array(lon, float), np.array(lat, float), np.array(["station"] * n)
    )


def refusal(data, at=None):
    with pytest.raises(GridError) as told:
        read(data, at or points())
    assert told.value.zh and told.value.en
    assert "{" not in told.value.zh
    return told.value.code


def test_the_old_layout_gives_beijing_hours_in_micrograms():
    data = to_bytes(old_cams({"pm2p5": (np.arange(5) * 1e-8, "kg m**-3")}))
    found = read(data, points())
    assert (found.model, found.method) == ("cams", "instant_1h")
    (issue,) = found.issues
    assert issue.issued_at == np.datetime64("2026-01-10T08:00:00")
    assert (
        issue.hour_end.tolist()
        == np.arange("2026-01-10T09", "2026-01-10T13", dtype="datetime64[h]").astype("datetime64[s]").tolist()
    )
    # 0, 10, 20, 30, 40 µg/m³ at the full hours: the hour between two of them is their middle
    assert issue.values["PM2.5"][:, 0] == pytest.approx([5, 15, 25, 35])
    assert [n.code for n in found.notes] == ["grid_issue_assumed"]


def test_the_new_layout_has_its_issues_apart():
    values = np.array([[10.0, 20.0, 30.0], [100.0, 100.0, 100.0]]) * 1e-9
    data = to_bytes(new_cams({"pm2p5": (values, "kg m**-3")}, ["2026-01-10T00", "2026-01-10T12"], [0, 1, 2]))
    found = read(data, points())
    assert [str(i.issued_at) for i in found.issues] == ["2026-01-10T08:00:00", "2026-01-10T20:00:00"]
    assert found.issues[0].values["PM2.5"][:, 0] == pytest.approx([15, 25])
    assert found.issues[1].values["PM2.5"][:, 0] == pytest.approx([100, 100])
    assert found.notes == ()


def test_both_layouts_say_the_same():
    series = np.linspace(3e-8, 9e-8, 25)
    old = read(to_bytes(old_cams({"pm2p5": (series, "kg m**-3")})), points())
    new = read(to_bytes(new_cams({"pm2p5": (series[None, :], "kg m**-3")}, [START], np.arange(25))), points())
    assert old.issues[0].hour_end.tolist() == new.issues[0].hour_end.tolist()
    assert old.issues[0].values["PM2.5"] == pytest.approx(new.issues[0].values["PM2.5"])


def test_three_hourly_moments_are_joined_by_straight_lines_and_said_so():
    data = to_bytes(old_cams({"pm2p5": (np.array([0, 30, 30]) * 1e-9, "kg m**-3")}, hours=[0, 3, 6]))
    found = read(data, points())
    assert found.method == "instant_3h"
    assert found.issues[0].values["PM2.5"][:, 0] == pytest.approx([5, 15, 25, 30, 30, 30])


def test_moments_too_far_apart_are_not_joined():
    data = to_bytes(old_cams({"pm2p5": (np.array([1, 1, 9, 9]) * 1e-8, "kg m**-3")}, hours=[0, 1, 9, 10]))
    values = read(data, points()).issues[0].values["PM2.5"][:, 0]
    assert np.isfinite(values).tolist() == [True, *[False] * 8, True]


def test_means_of_cmaq_stand_as_they_are_and_ppb_become_the_reference_state():
    data = to_bytes(cmaq({"PM25": (np.arange(49), "ug m-3"), "O3": (40.0, "ppb")}))
    found = read(data, points())
    assert (found.model, found.method) == ("wrf_cmaq", "mean_1h")
    assert found.issues[0].values["PM2.5"][:3, 0] == pytest.approx([0, 1, 2])
    assert str(found.issues[0].hour_end[0]) == "2026-01-10T09:00:00"
    assert str(found.issues[0].issued_at) == "2026-01-10T08:00:00"
    # 40 ppb × 47.998 g/mol ÷ 24.465 L/mol (25 °C, 1013.25 hPa)
    assert found.issues[0].values["O3"][:, 0] == pytest.approx(40 * 47.9982 / 24.4654, rel=1e-4)


def test_netcdf3_is_read_as_well():
    data = to_bytes(old_cams({"pm2p5": (np.ones(3) * 5e-8, "kg m**-3")}), engine="scipy")
    assert data.startswith(b"CDF")
    assert read(data, points()).issues[0].values["PM2.5"] == pytest.approx(50.0)


def test_a_mass_ratio_needs_no_temperature_for_the_reference_state():
    ratio = np.array([1e-7])
    found = convert("O3", "go3", ratio, "kg kg**-1", Air(), REFERENCE)
    assert found == pytest.approx(1e-7 * 1e9 * 101_325.0 / (R_DRY * 298.15))
    moist = convert("O3", "go3", ratio, "kg kg**-1", Air(humidity=np.array([0.01])), REFERENCE)
    assert moist == pytest.approx(found / 1.00608)


def test_the_two_ways_to_the_reference_state_agree():
    kelvin, pascal, ratio = np.array([268.15]), np.array([95_000.0]), np.array([3e-8])
    air = Air(kelvin, pascal)
    there = convert("SO2", "so2", ratio, "kg kg**-1", air, ACTUAL)  # as it is in the air
    carried = convert("SO2", "so2", there, "ug m-3", air, REFERENCE)
    assert carried == pytest.approx(convert("SO2", "so2", ratio, "kg kg**-1", Air(), REFERENCE))
    assert carried[0] < there[0], "cold dense air holds more in a cubic metre than at 25 °C"


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("kg m**-3", 8.5e-8, 85.0),
        ("kg m-3", 8.5e-8, 85.0),
        ("ug m-3", 85.0, 85.0),
        ("µg/m³", 85.0, 85.0),
        ("μg m⁻³", 85.0, 85.0),
        ("mg m-3", 0.085, 85.0),
        ("micrograms/m**3", 85.0, 85.0),
        ("ng m-3", 85_000.0, 85.0),
    ],
)
def test_units_of_concentration(unit, value, expected):
    assert convert("PM2.5", "pm2p5", np.array([value]), unit, Air(), ACTUAL) == pytest.approx(expected)


def test_carbon_monoxide_is_in_milligrams():
    found = convert("CO", "co", np.array([1.0]), "ppm", Air(), REFERENCE)
    assert found == pytest.approx(28.0101 / 24.4654, rel=1e-4)


def test_the_state_follows_the_amendment_of_2018():
    assert state_of("SO2", date(2018, 8, 31)) == State(273.0, 101_325.0)
    assert state_of("SO2", date(2018, 9, 1)) == REFERENCE
    assert state_of("PM2.5", date(2018, 8, 31)) == State(273.0, 101_325.0)
    assert state_of("PM2.5", date(2018, 9, 1)) == ACTUAL


@pytest.mark.parametrize("unit", ["1", "", None, "kg", "mol", "ug", "DU", "kg m-2"])
def test_an_unknown_unit_is_refused(unit):
    with pytest.raises(GridError) as told:
        convert("PM2.5", "pm2p5", np.array([1.0]), unit, Air(), ACTUAL)
    assert told.value.code == "grid_unit_unknown"


def test_particles_in_ppb_are_refused():
    with pytest.raises(GridError, match="ppb"):
        convert("PM2.5", "pm25", np.array([1.0]), "ppb", Air(), ACTUAL)


def test_a_gas_in_the_state_of_the_air_without_temperature_is_left_out_and_said():
    data = to_bytes(cmaq({"PM25": (50.0, "ug m-3"), "SO2": (10.0, "ug m-3")}))
    found = read(data, points())
    assert set(found.issues[0].values) == {"PM2.5"}
    assert [(n.code, n.item) for n in found.notes if n.item] == [("grid_state_unknown", "SO2")]


def test_temperature_and_pressure_of_the_file_carry_a_gas_to_the_reference_state():
    fields = {"SO2": (10.0, "ug m-3"), "T2": (273.15, "K"), "PSFC": (950.0, "hPa")}
    found = read(to_bytes(cmaq(fields)), points())
    assert found.issues[0].values["SO2"][:, 0] == pytest.approx(10 * 273.15 / 298.15 * 1013.25 / 950)


def test_values_of_a_wrong_unit_are_refused():
    assert refusal(to_bytes(old_cams({"pm2p5": (np.ones(3) * 50.0, "kg m-3")}))) == "grid_values_impossible"
    assert refusal(to_bytes(old_cams({"pm2p5": (np.ones(3) * -50.0, "ug m-3")}))) == "grid_values_impossible"


def test_a_point_is_read_between_the_four_cells_around_it():
    dataset = old_cams({"pm2p5": (np.zeros(3), "ug m-3")})
    lat, lon = np.meshgrid(LAT, LON, indexing="ij")
    dataset["pm2p5"].values[:] = lat * 2 + lon  # a plane is read exactly anywhere on the grid
    places = ((108.94, 34.34), (106.0, 38.0), (114.0, 32.0), (111.7, 36.0))
    values = read(to_bytes(dataset), points(*places)).issues[0].values["PM2.5"][0]
    assert values == pytest.approx([2 * y + x for x, y in places])


def test_longitudes_from_0_to_360_and_latitudes_upwards_are_the_same_grid():
    dataset = old_cams({"pm2p5": (np.zeros(3), "ug m-3")})
    dataset["pm2p5"].values[:] = np.arange(20).reshape(4, 5)
    turned = dataset.isel(latitude=slice(None, None, -1))
    at = points((108.94, 34.34), (113.3, 37.1))
    wanted = read(to_bytes(dataset), at).issues[0].values["PM2.5"]
    assert read(to_bytes(turned), at).issues[0].values["PM2.5"] == pytest.approx(wanted)
    west = dataset.assign_coords(longitude=dataset["longitude"] - 360.0)
    assert read(to_bytes(west), at).issues[0].values["PM2.5"] == pytest.approx(wanted)


def test_points_off_the_grid_have_no_value_and_a_grid_elsewhere_is_refused():
    data = to_bytes(old_cams({"pm2p5": (np.ones(3) * 5e-8, "kg m-3")}))
    values = read(data, points((108.9, 34.3), (120.0, 30.0))).issues[0].values["PM2.5"]
    assert np.isfinite(values[0]).tolist() == [True, False]
    assert refusal(data, points((20.0, 50.0))) == "grid_outside"
    assert refusal(to_bytes(cmaq({"PM25": (5.0, "ug m-3")})), points((20.0, 50.0))) == "grid_outside"


def test_a_missing_cell_spoils_only_points_that_need_it():
    dataset = old_cams({"pm2p5": (np.ones(3) * 5.0, "ug m-3")})
    dataset["pm2p5"].values[:, 0, 0] = np.nan
    values = read(to_bytes(dataset), points((106.0, 36.0), (107.0, 37.0))).issues[0].values["PM2.5"][0]
    assert np.isfinite(values).tolist() == [True, False]


def test_truncated_files_of_both_kinds_are_refused():
    hdf = to_bytes(old_cams({"pm2p5": (np.ones(48) * 5e-8, "kg m-3")}))
    classic = to_bytes(old_cams({"pm2p5": (np.ones(48) * 5e-8, "kg m-3")}), engine="scipy")
    for data in (hdf, classic):
        for part in (9, 64, len(data) // 2, len(data) - 8):
            assert refusal(data[:part]) == "grid_unreadable"


@settings(max_examples=60, deadline=None)
@given(engine=st.sampled_from(["h5netcdf", "scipy"]), place=st.integers(8, 9000), byte=st.integers(0, 255))
def test_a_changed_byte_never_does_more_than_refuse(engine, place, byte):
    data = bytearray(_small(engine))
    data[place % len(data)] = byte
    try:
        found = read(bytes(data), points())
    except GridError:
        return
    assert found.issues


@cache
def _small(engine: str) -> bytes:
    return to_bytes(old_cams({"pm2p5": (np.ones(3) * 5e-8, "kg m-3")}), engine=engine)


def test_other_files_are_not_grids(tmp_path):
    assert not looks_like_grid(b"date,hour,type,1001A\n")
    assert not looks_like_grid(b"PK\x03\x04")
    assert refusal(b"CDF\x05" + b"\0" * 64) == "grid_cdf5"
    assert refusal(b"\x89HDF\r\n\x1a\n" + b"\0" * 4096) == "grid_unreadable"


def test_an_hdf5_file_that_reaches_outside_itself_is_refused(tmp_path):
    path = tmp_path / "a.nc"
    with h5py.File(path, "w") as file:
        file["pm2p5"] = h5py.ExternalLink("other.h5", "/secret")
    assert refusal(path.read_bytes()) == "grid_link"
    with h5py.File(path, "w") as file:
        file.create_dataset("pm2p5", (8,), "f8", external=[(str(tmp_path / "raw"), 0, 64)])
    assert refusal(path.read_bytes()) == "grid_link"


def test_a_file_that_declares_too_much_is_refused(tmp_path):
    path = tmp_path / "a.nc"
    with h5py.File(path, "w") as file:
        file.create_dataset("pm2p5", (10_000, 10_000, 10_000), "f4", chunks=(1, 100, 100))
    assert len(path.read_bytes()) < 100_000
    assert refusal(path.read_bytes()) == "grid_too_large"


def test_layouts_that_leave_something_open_are_refused():
    assert refusal(to_bytes(cmaq({"PM25": (5.0, "ug m-3")}, layers=3))) == "grid_layout_unknown"
    assert refusal(to_bytes(cmaq({"PM25": (5.0, "ug m-3")}, bounds=False))) == "grid_bounds_missing"
    assert refusal(to_bytes(old_cams({"aod550": (np.ones(3), "1")}))) == "grid_no_pollutant"
    assert refusal(to_bytes(old_cams({"pm2p5": (np.ones(1), "ug m-3")}))) == "grid_time_wrong"
    backwards = old_cams({"pm2p5": (np.ones(4), "ug m-3")}, hours=[0, 2, 1, 3])
    assert refusal(to_bytes(backwards)) == "grid_time_wrong"
    plain = old_cams({"pm2p5": (np.ones(3), "ug m-3")}).assign_coords(time=[0, 1, 2])
    assert refusal(to_bytes(plain)) == "grid_time_wrong"
    assert (
        refusal(to_bytes(old_cams({"pm2p5": (np.ones(3), "ug m-3")}).drop_vars("latitude")))
        == "grid_layout_unknown"
    )


@given(
    kelvin=st.floats(230, 320), pascal=st.floats(60_000, 105_000), ratio=st.floats(0, 1e-6), gas=st.sampled_from(sorted(MOLAR_MASS))
)  # fmt: skip
def test_mole_ratios_and_concentrations_agree_in_any_air(kelvin, pascal, ratio, gas):
    air = Air(np.array([kelvin]), np.array([pascal]))
    there = ratio * MOLAR_MASS[gas] * 1e6 * pascal / (R * kelvin)
    carried = convert(gas, "x", np.array([there]), "ug m-3", air, REFERENCE)
    assert carried == pytest.approx(
        convert(gas, "x", np.array([ratio]), "mol mol-1", Air(), REFERENCE), abs=1e-9
    )
