import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sources.station_files import HOUR_TYPES, MISSING, find, merge, parse, read, variable_name

FIRST, LAST = np.datetime64("2019-01-02T00"), np.datetime64("2019-01-02T03")


def file(*lines, stations="1A,2A"):
    return parse(("\n".join([f"date,hour,type,{stations}", *lines]) + "\n").encode())


def test_the_grid_is_complete_and_the_layout_as_promised():
    cube = merge([file("20190102,1,O3,1,2", "20190102,1,CO,0.3,")], FIRST, LAST)
    assert list(cube.data_vars) == ["pm25", "pm10", "so2", "no2", "o3", "co"]
    assert dict(cube.sizes) == {"hour_end": 4, "station": 2}
    assert cube["hour_end"].dtype == "datetime64[s]"
    assert (np.diff(cube["hour_end"].values) == np.timedelta64(3600, "s")).all()
    for array in cube.data_vars.values():
        assert array.dims == ("hour_end", "station") and array.dtype == np.int32
        assert array.values.flags.c_contiguous and array.attrs["units"]
    assert cube["o3"].values.tolist() == [[MISSING] * 2, [1, 2], [MISSING] * 2, [MISSING] * 2]
    assert cube["co"].values[1].tolist() == [3, MISSING]


def test_a_later_file_replaces_whole_hours_and_only_those():
    old = file("20190102,0,O3,1,2", "20190102,1,O3,3,4", "20190102,1,CO,1,1")
    new = file("20190102,1,O3,9", stations="2A")
    cube = merge([old, new], FIRST, LAST)
    assert cube["o3"].values[:2].tolist() == [[1, 2], [MISSING, 9]]
    assert cube["co"].values[1].tolist() == [MISSING, MISSING]
    assert merge([new, old], FIRST, LAST)["o3"].values[1].tolist() == [3, 4]


def test_columns_are_matched_by_code():
    cube = merge(
        [file("20190102,0,O3,1,2", stations="9A,1A"), file("20190102,1,O3,3", stations="5A")], FIRST, LAST
    )
    assert cube["station"].values.tolist() == ["1A", "5A", "9A"]
    assert cube["o3"].values[:2].tolist() == [[2, MISSING, 1], [MISSING, 3, MISSING]]


def test_stations_and_span_may_be_given():
    hours = file("20190101,23,O3,7,7", "20190102,3,O3,1,2", "20190102,4,O3,8,8")
    cube = merge([hours], FIRST, LAST, stations=["2A", "0A"])
    assert cube["station"].values.tolist() == ["2A", "0A"]
    assert cube["o3"].values[:, 0].tolist() == [MISSING] * 3 + [2]
    assert (cube["o3"].values[:, 1] == MISSING).all()
    assert (merge([hours], FIRST, LAST, stations=["0A"])["o3"].values == MISSING).all()


def test_no_files_give_an_empty_cube():
    assert dict(merge([], FIRST, LAST).sizes) == {"hour_end": 4, "station": 0}
    nothing = read([])
    assert dict(nothing.cube.sizes) == {"hour_end": 0, "station": 0}
    assert len(nothing.files) == len(nothing.rejects) == 0


def test_what_cannot_be_merged_is_said():
    o3 = parse(b"date,hour,type,1A\n20190102,0,O3,1\n", ("O3",))
    with pytest.raises(ValueError, match="types"):
        merge([o3, file("20190102,0,O3,1,2")], FIRST, LAST)
    with pytest.raises(ValueError, match="before"):
        merge([o3], LAST, FIRST)
    with pytest.raises(ValueError, match="bytes"):
        merge([o3], FIRST, np.datetime64("2099-01-01"), stations=map(str, range(100_000)))


def test_variable_names():
    assert [variable_name(kind) for kind in ("PM2.5", "O3_8h_24h", "CO_24h", "AQI")] == [
        *("pm25", "o3_8h_24h", "co_24h", "aqi")
    ]


def test_reading_folders_names_every_file_and_its_reason(tmp_path):
    (tmp_path / "20190102.csv").write_text("date,hour,type,1A\n20190102,0,O3,1\n20190102,1,O3,x\n")
    (tmp_path / "20190103.csv").write_text("date,hour,type,1A\n20190102,0,O3,1\n")
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "bad.zip").write_text("hello")
    result = read([tmp_path, tmp_path / "20190102.csv"])
    files = {path.rsplit("/", 1)[-1]: row for path, row in result.files.set_index("path").iterrows()}
    assert {name: row["reason_code"] for name, row in files.items() if row["status"] == "rejected"} == {
        "20190103.csv": "date_mismatch",
        "notes.txt": "not_station_file",
        "bad.zip": "zip_corrupt",
    }
    good = files["20190102.csv"]
    assert (good["status"], good["n_hours"], good["n_values"], good["n_rejected"]) == ("read", 2, 1, 1)
    assert result.rejects[["path", "line", "reason_code"]].values.tolist() == [
        [str(tmp_path / "20190102.csv"), 3, "not_a_number"]
    ]
    assert dict(result.cube.sizes) == {"hour_end": 2, "station": 1}


def test_the_file_modified_later_wins_whatever_order_is_given(tmp_path):
    for name, modified, value in (("a.csv", 9, 1), ("b.csv", 5, 2)):
        (tmp_path / name).write_text(f"date,hour,type,1A\n20190102,0,O3,{value}\n")
        os.utime(tmp_path / name, ns=(modified, modified))
    for paths in (
        [tmp_path / "a.csv", tmp_path / "b.csv"],
        [tmp_path / "b.csv", tmp_path / "a.csv"],
        find(tmp_path)[0],
    ):
        assert read(paths).cube["o3"].values.tolist() == [[1]]


def test_threads_give_the_same_as_one(rng=None):
    rng = np.random.default_rng(7)
    lines = [
        f"20190102,{h},{k}," + ",".join(map(str, rng.integers(0, 500, 50)))
        for h in range(24)
        for k in HOUR_TYPES
    ]
    data = (
        "date,hour,type," + ",".join(f"{i}A" for i in range(50)) + "\n" + "\n".join(lines) + "\n"
    ).encode()
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(parse, [data] * 16))
    assert all(np.array_equal(results[0].values, other.values) for other in results)
    assert results[0].n_values == 24 * 6 * 50
