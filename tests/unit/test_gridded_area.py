"""Cities as wholes: shares of cells exact on the sphere, outlines in both forms, and those that are refused."""

import json

import numpy as np
import pytest
import shapely
from forecast_files import LAT, LON, cmaq, old_cams, to_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gridded import GridError, Points, read, read_outlines
from sources.gridded.area import shares

STEPS = 3


def ring(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, *rings, key="city_code", kind="Polygon"):
    coordinates = list(rings) if kind == "Polygon" else [[r] for r in rings]
    return {
        "type": "Feature",
        "properties": {key: code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def written(tmp_path, *features, name="outlines.geojson", **more):
    path = tmp_path / name
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": list(features)} | more), encoding="utf-8"
    )
    return path


def over(path, *codes):
    found = read_outlines(path)
    given = codes or tuple(found.shapes)
    nothing = np.full(len(given), np.nan)
    return Points(
        np.array(given), nothing, nothing, np.array(["area"] * len(given)), found.shapes, found.mark
    )


def cells(values=None, lat=LAT, lon=LON):
    """A grid whose cells have values of their own."""
    dataset = old_cams({"pm2p5": (np.zeros(STEPS), "ug m-3")}, lat=lat, lon=lon)
    if values is not None:
        dataset["pm2p5"].values[:] = values
    return dataset


def mean(dataset, points):
    return read(to_bytes(dataset), points).issues[0].values["PM2.5"][0]


def sphere(south, north):
    """Area of a band of one degree of longitude, up to a factor."""
    return np.sin(np.radians(north)) - np.sin(np.radians(south))


def test_a_uniform_field_is_the_same_over_any_city(tmp_path):
    odd = [[107.3, 33.1], [111.9, 34.2], [110.2, 36.8], [108.8, 35.0], [107.3, 33.1]]
    points = over(
        written(tmp_path, feature("610100", odd), feature("610300", ring(106.5, 33.0, 107.2, 34.9)))
    )
    assert mean(cells(73.0), points) == pytest.approx([73.0, 73.0], abs=1e-12)
    curved = cmaq({"PM25": (73.0, "ug m-3")})
    assert mean(curved, points) == pytest.approx([73.0, 73.0], abs=1e-12)


def test_half_covered_cells_count_half(tmp_path):
    # the cells of 108 and 110 °E meet at 109 °E, those of 34 and 36 °N at 35 °N
    values = np.zeros((4, 5))
    values[2, 1], values[2, 2] = 40.0, 100.0
    points = over(written(tmp_path, feature("610100", ring(108, 33, 109.5, 35))))
    assert mean(cells(values), points) == pytest.approx([(1.0 * 40 + 0.5 * 100) / 1.5])
    values[1, 1] = 10.0
    points = over(written(tmp_path, feature("610100", ring(108, 34, 109, 36))))
    south, north = sphere(34, 35), sphere(35, 36)
    assert mean(cells(values), points) == pytest.approx([(south * 40 + north * 10) / (south + north)])


def test_a_linear_field_is_its_value_at_the_middle(tmp_path):
    lon = np.arange(104, 116.01, 0.25)
    lat = np.arange(40, 29.99, -0.25)
    values = np.broadcast_to(3 * (lon - 100), (len(lat), len(lon)))
    points = over(written(tmp_path, feature("610100", ring(107.37, 33.1, 110.63, 35.6))))
    # what half a cell adds at one end it lacks at the other: the middle is at 109 °E
    assert mean(cells(values, lat, lon), points) == pytest.approx([27.0], abs=1e-9)


def test_holes_and_parts(tmp_path):
    values = np.full((4, 5), 10.0)
    values[2, 2] = 100.0
    whole, hole = ring(107, 33, 113, 35), ring(109, 33, 111, 35)
    assert mean(cells(values), over(written(tmp_path, feature("610100", whole)))) == pytest.approx([40.0])
    inside = whole[:1] + whole[1:]
    assert mean(cells(values), over(written(tmp_path, feature("610100", inside, hole)))) == pytest.approx(
        [10.0]
    )
    parts = feature("610100", ring(107, 33, 108, 35), ring(110, 33, 111, 35), kind="MultiPolygon")
    assert mean(cells(values), over(written(tmp_path, parts))) == pytest.approx([55.0])
    two = (feature("610100", ring(107, 33, 108, 35)), feature("610100", ring(110, 33, 111, 35)))
    assert mean(cells(values), over(written(tmp_path, *two))) == pytest.approx([55.0])


def test_a_shape_that_crosses_itself_is_what_it_encloses(tmp_path):
    bow = [[107, 33], [109, 35], [109, 33], [107, 35], [107, 33]]
    points = over(written(tmp_path, feature("610100", bow)))
    assert mean(cells(5.0), points) == pytest.approx([5.0])


def test_a_city_the_grid_does_not_cover_is_refused_with_the_reason(tmp_path):
    path = written(
        tmp_path,
        feature("610100", ring(108, 33, 109, 35)),
        feature("610300", ring(100, 33, 106, 35)),
        feature("610500", ring(50, 10, 51, 11)),
    )
    found = read(to_bytes(cells(20.0)), over(path))
    assert found.issues[0].values["PM2.5"][0] == pytest.approx([20.0, np.nan, np.nan], nan_ok=True)
    told = {n.item: (n.code, n.text) for n in found.notes if n.item}
    assert told == {"610300": ("grid_city_uncovered", "17%"), "610500": ("grid_city_uncovered", "0%")}
    with pytest.raises(GridError) as error:
        read(to_bytes(cells(20.0)), over(path, "610500"))
    assert error.value.code == "grid_outside"


def test_missing_cells_are_left_out_as_long_as_most_are_there(tmp_path):
    values = np.full((4, 5), 10.0)
    values[2, 1] = np.nan
    nearly = over(written(tmp_path, feature("610100", ring(108.9, 33, 113, 35))))
    assert mean(cells(values), nearly) == pytest.approx([10.0])
    half = over(written(tmp_path, feature("610100", ring(107, 33, 111, 35))))
    assert np.isnan(mean(cells(values), half)).all()


def test_the_same_grid_turned_or_counted_from_greenwich_gives_the_same(tmp_path):
    rng = np.random.default_rng(2)
    dataset = cells(rng.uniform(5, 90, (4, 5)))
    points = over(written(tmp_path, feature("610100", ring(107.3, 33.2, 111.1, 36.9))))
    wanted = mean(dataset, points)
    assert mean(dataset.isel(latitude=slice(None, None, -1)), points) == pytest.approx(wanted)
    assert mean(dataset.assign_coords(longitude=LON - 360.0), points) == pytest.approx(wanted)


def test_stations_and_cities_of_one_file_are_read_side_by_side(tmp_path):
    area = over(written(tmp_path, feature("610100", ring(107, 33, 111, 35))))
    both = Points(
        np.array(["610100", "610300"]), np.array([np.nan, 110.0]), np.array([np.nan, 34.0]),
        np.array(["area", "station"]), area.shapes, area.shapes_mark,
    )  # fmt: skip
    values = np.zeros((4, 5))
    values[2, 2] = 30.0
    found = read(to_bytes(cells(values)), both)
    assert found.issues[0].values["PM2.5"][0] == pytest.approx([15.0, 30.0])
    assert found.n_cells.tolist() == [2, 1]


@settings(max_examples=40, deadline=None)
@given(
    west=st.floats(105.1, 109), width=st.floats(0.05, 5), south=st.floats(31.1, 34), height=st.floats(0.05, 3)
)
def test_the_shares_of_a_city_inside_the_grid_sum_to_one(west, width, south, height):
    box = shapely.box(west, np.sin(np.radians(south)), west + width, np.sin(np.radians(south + height)))
    curved = cmaq({"PM25": (1.0, "1")})
    for southern, grid in (
        (31.0, np.meshgrid(LAT, LON, indexing="ij")),
        (31.75, (curved["lat"].values, curved["lon"].values)),
    ):
        number, _, share = shares([box], *grid)
        inside = west + width <= 114.5 and south >= southern and south + height <= 38.5
        assert (number == 0).all()
        assert (share > 0).all()
        assert share.sum() <= 1 + 1e-9
        if inside:
            assert share.sum() == pytest.approx(1.0, abs=1e-9)


def test_a_folder_of_bare_shapes_named_by_code(tmp_path):
    folder = tmp_path / "shapes"
    folder.mkdir()
    for code, east in (("610100", 109.0), ("610300", 111.0)):
        shape = {"type": "MultiPolygon", "coordinates": [[ring(107, 33, east, 35)]]}
        (folder / f"{code}.geojson").write_text(json.dumps(shape), encoding="utf-8")
    (folder / "readme.txt").write_text("not a shape", encoding="utf-8")
    found = read_outlines(folder)
    assert sorted(found.shapes) == ["610100", "610300"]
    assert found.shapes["610300"].area == pytest.approx(2 * found.shapes["610100"].area)


def test_numbers_as_codes_other_keys_and_a_mark_that_follows_the_content(tmp_path):
    one = read_outlines(written(tmp_path, feature(610100, ring(107, 33, 109, 35), key="adcode")))
    assert list(one.shapes) == ["610100"]
    two = read_outlines(written(tmp_path, feature(610100, ring(107, 33, 109.1, 35), key="adcode")))
    assert one.mark != two.mark
    crs = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}
    assert read_outlines(written(tmp_path, feature("610100", ring(107, 33, 109, 35)), **crs)).shapes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        ("[1]", "FeatureCollection"),
        ("[" * 100_000, "JSON"),
        (json.dumps({"type": "FeatureCollection", "features": []}), "city_code"),
        (json.dumps({"type": "FeatureCollection", "features": [3]}), "#1"),
        (json.dumps(feature("610100", [[1, 2], [3, 4]])), "610100"),
        (json.dumps(feature("610100", ring(500_000, 3_800_000, 600_000, 3_900_000))), "500000"),
        (json.dumps(feature("610100", [["a", 1]] * 4)), "610100"),
        (json.dumps(feature("610100", [[107, 33]] * 5)), "610100"),
        (json.dumps(feature("610100", ring(1, 1, 2, 2)) | {"crs": {"properties": {"name": "EPSG:3857"}}}), "3857"),
        (json.dumps(feature("610100", ring(1, 1, 2, 2)) | {"crs": 3}), "crs"),
        (json.dumps({"type": "Feature", "properties": {"city_code": "1"}, "geometry": None}), "city_code"),
    ],
)  # fmt: skip
def test_outlines_that_cannot_be_used_are_refused_with_file_and_place(tmp_path, text, said):
    path = tmp_path / "cities.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GridError) as error:
        read_outlines(path)
    assert error.value.code == "outlines_unusable"
    assert "cities.geojson" in error.value.zh
    assert said in error.value.zh


def test_outlines_that_are_not_there_are_refused(tmp_path):
    for path in (tmp_path / "none.geojson", tmp_path):
        with pytest.raises(GridError, match="city_outlines"):
            read_outlines(path)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "crs", "city_code"]), inner, max_size=4
        ),
        max_leaves=12,
    ),
    st.sampled_from(["Feature", "FeatureCollection", "Polygon", "MultiPolygon"]),
)  # fmt: skip
def test_any_json_does_no_more_than_refuse(tmp_path_factory, given, kind):
    path = tmp_path_factory.getbasetemp() / "610100.geojson"
    made = given | {"type": kind} if isinstance(given, dict) else {"type": kind, "coordinates": given}
    path.write_text(json.dumps(made), encoding="utf-8")
    try:
        assert read_outlines(path).shapes
    except GridError as error:
        assert error.code == "outlines_unusable"
