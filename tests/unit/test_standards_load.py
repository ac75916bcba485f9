import copy
import csv
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.standards import StandardsError, checks, fingerprint
from warehouse.standards.load import FOLDER, read_all, read_table
from warehouse.standards.names import POLLUTANTS
from warehouse.standards.spec import TABLES


@pytest.fixture
def folder(tmp_path):
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def rows_of(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(folder, name, rows):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def change(folder, name, where, **cells):
    """Set cells of the first row that has the values ``where``; returns its line."""
    rows = rows_of(folder, name)
    head = rows[0]
    for line, row in enumerate(rows[1:], 2):
        if all(row[head.index(k)] == v for k, v in where.items()):
            for column, text in cells.items():
                row[head.index(column)] = text
            write(folder, name, rows)
            return line
    raise AssertionError(where)


def test_the_shipped_files_are_right():
    frames = read_all()
    assert set(frames) == set(TABLES)
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(TABLES)
    for name, frame in frames.items():
        assert list(frame.columns) == [column.name for column in TABLES[name].columns]


def test_frames_have_types(folder):
    frames = read_all(folder)
    limit = frames["limit"]
    assert str(limit["valid_from"].dtype).startswith("datetime64")
    assert limit["verified"].dtype == bool
    assert limit["limit_value"].dtype == "float64"
    assert limit["grade"].dtype == "Int64"
    assert frames["city"]["city_code"].iloc[0] == "110000"


CELLS = [
    ("limit", {"pollutant": "PM2.5"}, {"limit_value": "35 "}),
    ("limit", {"pollutant": "PM2.5"}, {"limit_value": "abc"}),
    ("limit", {"pollutant": "PM2.5"}, {"limit_value": "nan"}),
    ("limit", {"pollutant": "PM2.5"}, {"limit_value": "1e3"}),
    ("limit", {"pollutant": "PM2.5"}, {"limit_value": ""}),
    ("limit", {"pollutant": "PM2.5"}, {"unit": "mg/m3"}),
    ("limit", {"pollutant": "CO"}, {"unit": "ug/m3"}),
    ("limit", {"pollutant": "PM2.5"}, {"unit": "µg/m³"}),
    ("limit", {"pollutant": "SO2"}, {"pollutant": "SO3"}),
    ("limit", {"pollutant": "SO2"}, {"grade": "1.5"}),
    ("limit", {"pollutant": "SO2"}, {"averaging": "daily"}),
    ("limit", {"pollutant": "SO2"}, {"verified": "yes"}),
    ("limit", {"pollutant": "SO2"}, {"verified": "True"}),
    ("limit", {"pollutant": "SO2"}, {"verified": ""}),
    ("limit", {"pollutant": "SO2"}, {"valid_from": "2013/01/01"}),
    ("limit", {"pollutant": "SO2"}, {"valid_from": "2013-02-30"}),
    ("limit", {"pollutant": "SO2"}, {"valid_to": "2012-12-31"}),
    ("limit", {"pollutant": "SO2"}, {"source": ""}),
    ("limit", {"pollutant": "SO2"}, {"clause": ""}),
    ("iaqi_breakpoint", {"item": "CO_1h"}, {"unit": "ug/m3"}),
    ("iaqi_breakpoint", {"item": "CO_1h"}, {"item": "CO_3h"}),
    ("iaqi_breakpoint", {"item": "CO_24h", "iaqi": "100"}, {"concentration": "4.05"}),
    ("iaqi_breakpoint", {"item": "O3_8h", "iaqi": "0"}, {"concentration": "1"}),
    ("iaqi_breakpoint", {"item": "O3_8h", "iaqi": "150"}, {"concentration": "160"}),
    ("iaqi_breakpoint", {"item": "O3_8h", "iaqi": "150"}, {"concentration": "100"}),
    ("iaqi_breakpoint", {"item": "O3_8h", "iaqi": "150"}, {"iaqi": "99"}),
    ("standard_set", {"standard_set": "2026_transition"}, {"valid_from": "2026-02-28"}),
    ("standard_set", {"standard_set": "2026_transition"}, {"valid_from": "2026-03-02"}),
    ("standard_set", {"standard_set": "2026_final"}, {"valid_to": "2099-12-31"}),
    ("reference_state", {"pollutant": "SO2", "valid_from": "2018-09-01"}, {"valid_from": "2018-09-02"}),
    ("region_city", {"area_code": "610100"}, {"area_code": "619900"}),
    ("region_city", {"area_code": "610403"}, {"role": "city"}),
    ("region_city", {"area_code": "610100"}, {"role": "unit"}),
    ("region_city", {"area_code": "610100"}, {"role": "member"}),
    ("region_city", {"area_code": "610100"}, {"region_id": "fenwei"}),
    ("region_city", {"region_id": "fenwei_2018"}, {"valid_to": "2024-01-01"}),
    ("assessment_unit", {"unit_id": "xixian"}, {"city_code": "619900"}),
    ("assessment_unit", {"unit_id": "xixian"}, {"list_names": "西安"}),
    ("city", {"city_code": "610100"}, {"city_code": "61010"}),
    ("city", {"city_code": "610100"}, {"province_code": "620000"}),
    ("city", {"city_code": "610200"}, {"short_zh": "西安"}),
    ("aqi_level", {"level": "3"}, {"aqi_low": "102"}),
    ("quality_rule", {"kind": "range"}, {"flag": "worst"}),
]


@pytest.mark.parametrize(("name", "where", "cells"), CELLS, ids=lambda value: str(value)[:60])
def test_a_wrong_cell_is_named_with_its_line(folder, name, where, cells):
    line = change(folder, name, where, **cells)
    with pytest.raises(StandardsError) as caught:
        read_all(folder)
    assert (caught.value.file, caught.value.line) == (f"{name}.csv", line)
    text = str(caught.value)
    assert f"{name}.csv 第 {line} 行" in text
    assert f"{name}.csv, line {line}:" in text
    assert all((caught.value.found, caught.value.expected, caught.value.action))


def test_the_same_fact_twice(folder):
    rows = rows_of(folder, "limit")
    write(folder, "limit", [*rows, rows[3]])
    with pytest.raises(StandardsError) as caught:
        read_all(folder)
    assert (caught.value.file, caught.value.line) == ("limit.csv", len(rows) + 1)


def test_the_same_key_twice_in_an_undated_table(folder):
    rows = rows_of(folder, "published_result")
    write(folder, "published_result", [*rows, rows[1]])
    with pytest.raises(StandardsError, match="重复"):
        read_all(folder)


def test_overlapping_windows_of_one_key(folder):
    rows = rows_of(folder, "region_city")
    row = list(rows[1])
    row[rows[0].index("valid_from")] = "2020-01-01"
    write(folder, "region_city", [*rows, row])
    with pytest.raises(StandardsError) as caught:
        read_all(folder)
    assert (caught.value.file, caught.value.line) == ("region_city.csv", len(rows) + 1)


def test_a_window_that_ends_before_its_set_does(folder):
    line = change(folder, "limit", {"pollutant": "PM2.5", "grade": "2"}, valid_to="2025-12-31")
    with pytest.raises(StandardsError) as caught:
        read_all(folder)
    assert (caught.value.file, caught.value.line) == ("limit.csv", line)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_columns_are_fixed(folder, name):
    rows = rows_of(folder, name)
    for changed in ([c + "x" if i == 0 else c for i, c in enumerate(rows[0])], rows[0][:-1], rows[0][::-1]):
        write(folder, name, [changed, *rows[1:]])
        with pytest.raises(StandardsError) as caught:
            read_table(name, folder)
        assert (caught.value.file, caught.value.line) == (f"{name}.csv", 1)


def test_a_row_with_a_cell_too_many(folder):
    rows = rows_of(folder, "limit")
    rows[4].append("x")
    write(folder, "limit", rows)
    with pytest.raises(StandardsError) as caught:
        read_table("limit", folder)
    assert caught.value.line == 5


def test_damaged_files(folder):
    path = folder / "limit.csv"
    whole = path.read_bytes()
    lines = whole.split(b"\n")
    for data, line in (
        (b"", 1),
        (lines[0] + b"\n", 1),
        (b"\n".join([*lines[:2], "限值".encode("gb18030")]), 3),
        (b"\xef\xbb\xbf" + whole, 1),
        (b"\n".join([*lines[:6], b'"open']), 7),
    ):
        path.write_bytes(data)
        with pytest.raises(StandardsError) as caught:
            read_table("limit", folder)
        assert caught.value.line == line
    path.unlink()
    with pytest.raises(StandardsError):
        read_table("limit", folder)


ROWS = {name: read_table(name) for name in TABLES}
NEEDED = [("limit", i) for i in range(len(ROWS["limit"]))] + [
    (name, i)
    for name in ("iaqi_breakpoint", "aqi_level", "index_limit", "rounding", "standard_set")
    for i, row in enumerate(ROWS[name])
    if name not in ("rounding", "iaqi_breakpoint") or row["item"] in POLLUTANTS or row.get("iaqi") == 0
]


@given(st.sampled_from(NEEDED))
def test_nothing_a_standard_needs_may_be_missing(which):
    name, index = which
    rows = dict(ROWS)
    rows[name] = [row for i, row in enumerate(ROWS[name]) if i != index]
    if name == "standard_set" and index != 1:
        return
    with pytest.raises(StandardsError) as caught:
        checks.check_together(rows)
    assert caught.value.file == f"{name}.csv"


@given(st.integers(0, len(ROWS["iaqi_breakpoint"]) - 2))
def test_breakpoints_out_of_order(index):
    table = copy.deepcopy(ROWS["iaqi_breakpoint"])
    a, b = table[index], table[index + 1]
    if (a["aqi_standard"], a["item"]) != (b["aqi_standard"], b["item"]):
        return
    table[index], table[index + 1] = b, a
    with pytest.raises(StandardsError, match="iaqi_breakpoint"):
        checks.check_together(ROWS | {"iaqi_breakpoint": table})


def test_a_breakpoint_left_out():
    rows = ROWS["iaqi_breakpoint"]
    for i, row in enumerate(rows[:-1]):
        if row["item"] != rows[i + 1]["item"]:
            continue
        with pytest.raises(StandardsError, match="iaqi_breakpoint"):
            checks.check_together(ROWS | {"iaqi_breakpoint": rows[:i] + rows[i + 1 :]})


CHECKED = [
    (name, column.name)
    for name, table in TABLES.items()
    for column in table.columns
    if column.kind != "text" or column.choices
]


@given(data=st.data())
def test_junk_in_any_typed_cell_is_found(data, tmp_path_factory):
    name, column = data.draw(st.sampled_from(CHECKED))
    junk = data.draw(st.text("xyz年月?-", min_size=1, max_size=5))
    rows = rows_of(FOLDER, name)
    line = data.draw(st.integers(2, len(rows)))
    rows[line - 1][rows[0].index(column)] = junk
    folder = tmp_path_factory.mktemp("junk")
    write(folder, name, rows)
    with pytest.raises(StandardsError) as caught:
        read_table(name, folder)
    first = line + sum(cell.count("\n") for row in rows[: line - 1] for cell in row)
    assert (caught.value.file, caught.value.line) == (f"{name}.csv", first)
    assert junk in caught.value.found


def test_fingerprint_follows_the_contents(folder):
    assert fingerprint(folder) == fingerprint() == fingerprint()
    change(folder, "limit", {"pollutant": "PM2.5"}, note="x")
    assert fingerprint(folder) != fingerprint()
