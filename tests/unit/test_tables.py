from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import cells
from sources.reasons import REASONS, describe
from sources.tables import Column, TableError, decode, read_table

COLUMNS = (
    Column("code", ("编码",)),
    Column("value", ("数值", "PM2.5"), unit="µg/m³"),
    Column("note", ("备注",), required=False),
)


def workbook(rows: list[list[object]], name: str = "表") -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(line, column, cell, day)
            elif cell is not None:
                sheet.write(line, column, cell)
    book.close()
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_give_the_same_rows(encoding: str) -> None:
    table = read_table("编码,数值,备注\n甲,1,乙\n".encode(encoding), COLUMNS)
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (2, {"code": "甲", "value": "1", "note": "乙"})
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("编码,数值\n甲,1\n".encode("utf-16"), "encoding_utf16"),
        ("编码,数值\n甲,1\n".encode("utf-16-le"), "encoding_utf16"),
        (b"caf\xe9,\xff\xff\n1,2\n", "encoding_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "table_old_excel"),
        (b"PK\x03\x04 nothing", "workbook_damaged"),
        (b"  \n", "table_empty"),
        ("编码\t数值\n甲\t1\n".encode(), "delimiter_wrong"),
        ("编码;数值\n甲;1\n".encode(), "delimiter_wrong"),
        ("编码，数值\n甲，1\n".encode(), "delimiter_wrong"),
        ("编码,备注\n甲,1\n".encode(), "heading_missing"),
        ("编码,数值,PM2.5\n甲,1,2\n".encode(), "heading_doubled"),
        ("编码,PM2.5(mg/m3)\n甲,1\n".encode(), "heading_unit"),
        ('编码,数值\n"甲,1\n乙,2\n'.encode(), "csv_damaged"),
    ],
)
def test_whole_files_are_refused_with_their_reason(data: bytes, code: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(data, COLUMNS)
    assert caught.value.code == code
    assert caught.value.zh in str(caught.value) and caught.value.en in str(caught.value)


def test_missing_heading_names_it_and_what_was_expected() -> None:
    with pytest.raises(TableError, match=r"数值 \(value\)") as caught:
        read_table("编码\n甲\n".encode(), COLUMNS)
    assert "编码、数值、备注" in caught.value.zh


def test_unknown_heading_is_ignored_and_reported() -> None:
    table = read_table("编码,数值,颜色\n甲,1,红\n".encode(), COLUMNS)
    assert table.rejects.frame()[["line", "text", "reason_code"]].values.tolist() == [
        [1, "颜色", "heading_unknown"]
    ]
    assert "note" not in table.columns and len(table.rows) == 1


def test_heading_matches_over_width_case_unit_and_title_rows() -> None:
    data = "某市统计表,,\n\n 编 码 ,ｐｍ２．５（μg/m³）,备注\n甲,3,\n".encode()
    table = read_table(data, COLUMNS)
    assert [(row.line, row.cells["value"]) for row in table.rows] == [(4, "3")]


def test_cut_and_overlong_lines_are_rejected_with_their_number() -> None:
    table = read_table("编码,数值,备注\n甲,1,乙\n丙,2,丁,3\n戊,1".encode(), COLUMNS)
    assert [row.line for row in table.rows] == [2]
    assert table.rejects.frame()[["line", "reason_code"]].values.tolist() == [
        [3, "row_too_long"],
        [4, "row_cut"],
    ]


def test_text_cut_inside_a_character_is_rejected_not_misread() -> None:
    table = read_table("编码,数值\n甲,1\n乙,2\n丙,中".encode()[:-1], COLUMNS)
    assert [row.line for row in table.rows] == [2, 3]
    assert table.rejects.frame()["reason_code"].tolist() == ["row_cut"]


def test_line_numbers_count_lines_inside_quotes() -> None:
    table = read_table('编码,数值,备注\n甲,1,"a\nb"\n乙,2,\n'.encode(), COLUMNS)
    assert [row.line for row in table.rows] == [2, 4]


def test_xlsx_sheets_and_line_numbers() -> None:
    data = workbook(
        [[None], ["编码", "数值", "备注"], [610100, 2.5, datetime(2026, 4, 10, 3)], [None], ["乙", 1, None]]
    )
    table = read_table(data, COLUMNS)
    assert [row.line for row in table.rows] == [3, 5]
    first = table.rows[0].cells
    assert cells.as_text(first["code"]) == "610100"
    assert cells.as_hour(first["note"]) == datetime(2026, 4, 10, 3)
    with pytest.raises(TableError) as caught:
        read_table(data, COLUMNS, sheet="无")
    assert caught.value.code == "sheet_missing"


def test_named_sheet_is_read() -> None:
    assert len(read_table(workbook([["编码", "数值"], ["甲", 1]], "数据"), COLUMNS, sheet="数据").rows) == 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("１２．５", 12.5),
        (" 1 234 ", 1234.0),
        ("1,234.5", 1234.5),
        ("−3", -3.0),
        ("1e2", 100.0),
        ("—", None),
        ("NA", None),
        (7.0, 7.0),
    ],
)
def test_numbers(cell: cells.Cell, value: float | None) -> None:
    assert cells.as_number(cell) == value


@pytest.mark.parametrize(
    "cell", ["12a", "1,23", "inf", "1e999", "0x10", "#N/A", True, date(2026, 1, 1), "75%"]
)
def test_what_is_no_number_is_refused(cell: cells.Cell) -> None:
    with pytest.raises(cells.CellError):
        cells.as_number(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2019/1/1",
        "2019-01-01",
        "20190101",
        "2019年1月1日",
        "２０１９-1-1",
        "2019.1.1",
        "43466",
        43466.0,
        date(2019, 1, 1),
        datetime(2019, 1, 1),
        "2019-01-01 00:00:00",
    ],
)
def test_days(cell: cells.Cell) -> None:
    assert cells.as_day(cell) == date(2019, 1, 1)


@pytest.mark.parametrize(
    "cell", ["2019-13-01", "2019-02-29", "1019-01-01", "01/02/2019", "2019-01/01", "昨天", 1.5, True]
)
def test_what_is_no_day_is_refused(cell: cells.Cell) -> None:
    with pytest.raises(cells.CellError):
        cells.as_day(cell)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("2026-04-10 03:00", datetime(2026, 4, 10, 3)),
        ("2026-04-10T03:00:00", datetime(2026, 4, 10, 3)),
        ("2026年4月10日3时", datetime(2026, 4, 10, 3)),
        ("2026041003", datetime(2026, 4, 10, 3)),
        ("2026-04-10 24:00", datetime(2026, 4, 11)),
        ("2026-12-31 24:00", datetime(2027, 1, 1)),
        (46122.125, datetime(2026, 4, 10, 3)),
    ],
)
def test_hours(cell: cells.Cell, hour: datetime) -> None:
    assert cells.as_hour(cell) == hour


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-04-10", "hour_missing"),
        (date(2026, 4, 10), "hour_missing"),
        ("2026-04-10 03:30", "hour_not_whole"),
        ("2026-04-10 24:30", "value_not_hour"),
        ("2026-04-10 25:00", "value_not_hour"),
        (1e300, "value_not_hour"),
    ],
)
def test_what_is_no_hour_is_refused(cell: cells.Cell, code: str) -> None:
    with pytest.raises(cells.CellError) as caught:
        cells.as_hour(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-12-02 08:25", datetime(2026, 12, 2, 8, 25)),
        ("2026-12-02 8:05:59", datetime(2026, 12, 2, 8, 5)),
        ("2026年12月2日8时25分", datetime(2026, 12, 2, 8, 25)),
        ("2026-12-2 8", datetime(2026, 12, 2, 8)),
        ("2026-12-02 24:00", datetime(2026, 12, 3)),
        (datetime(2026, 12, 2, 8, 25, 59), datetime(2026, 12, 2, 8, 25)),
        (46358.350694444445, datetime(2026, 12, 2, 8, 25)),
        (46358.0, datetime(2026, 12, 2)),
        (2026120208.0, datetime(2026, 12, 2, 8)),
        ("—", None),
    ],
)
def test_moments(cell: cells.Cell, moment: datetime | None) -> None:
    assert cells.as_moment(cell) == moment


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-12-02", "hour_missing"),
        (date(2026, 12, 2), "hour_missing"),
        (20261202.0, "hour_missing"),
        ("2026-12-02 08:60", "value_not_moment"),
        ("2026-12-02 08:25:60", "value_not_moment"),
        ("2026-12-02 24:01", "value_not_moment"),
        ("2026-02-30 08:00", "value_not_day"),
        ("昨天", "value_not_moment"),
        (1e300, "value_not_moment"),
        (1.0, "day_out_of_range"),
    ],
)
def test_what_is_no_moment_is_refused(cell: cells.Cell, code: str) -> None:
    with pytest.raises(cells.CellError) as caught:
        cells.as_moment(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a\r\nb\x00c ", "a b c"),
        ("左\u202e右\u200b下", "左右下"),
        ("\ud800", "\ufffd"),
        (7.0, "7"),
        (None, ""),
        ("甲" * 21, "甲" * 19 + "…"),
    ],
)
def test_lines(text: cells.Cell, line: str) -> None:
    assert cells.as_line(text, 20) == line


def test_reasons_stand_in_order_and_in_both_languages() -> None:
    assert list(REASONS) == sorted(REASONS)
    assert all(zh and en and zh != en for zh, en in REASONS.values())
    assert describe("heading_unit", item="µg/m³", text="CO")[0].count("µg/m³") == 1


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.binary(max_size=120).map(lambda tail: "编码,数值\n".encode() + tail)
    )
)
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read_table(data, COLUMNS)
    except TableError as error:
        assert error.code in REASONS
    else:
        assert set(table.rejects.frame()["reason_code"]) <= set(REASONS)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20), st.floats(), st.datetimes(), st.dates(), st.times(), st.booleans(), st.none()
    )
)
def test_cells_never_crash(cell: cells.Cell) -> None:
    for read in (cells.as_number, cells.as_day, cells.as_hour, cells.as_moment):
        try:
            read(cell)
        except cells.CellError as error:
            assert error.code in REASONS


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=50))
def test_utf8_text_survives(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
