from datetime import date, datetime

import numpy as np
import pytest

from sources.reasons import REASONS, describe
from sources.station_files import (
    ALL_TYPES,
    HOUR_TYPES,
    MISSING,
    StationFileError,
    looks_like_station_file,
    parse,
)

HEAD = "date,hour,type,1001A,1002A,1003A\n"
ALPHA = np.datetime64("2019-01-02T00:00:00")


def rows(*lines, head=HEAD, end="\n"):
    return (head + "\n".join(lines) + end).encode()


def value(hours, kind="PM2.5", hour=ALPHA, station="1001A"):
    at = hours.types.index(kind), list(hours.hour_end).index(hour), hours.station_codes.index(station)
    return int(hours.values[at])


def codes(hours):
    return list(hours.rejects["reason_code"])


def only(hours):
    assert len(hours.rejects) == 1, hours.rejects
    return hours.rejects.iloc[0]


def failure(data, **options):
    with pytest.raises(StationFileError) as caught:
        parse(data, **options)
    zh, en = describe(caught.value.reason_code, **caught.value.values)
    assert "?" not in zh and "{" not in en
    return caught.value


def test_a_plain_file_is_read_in_units_of_the_cube():
    hours = parse(rows("20190102,0,PM2.5,35,,7", "20190102,0,CO,1.3,2,", "20190102,23,O3,1,2,3"))
    assert hours.station_codes == ("1001A", "1002A", "1003A")
    assert hours.types == HOUR_TYPES
    assert hours.hour_end.dtype == "datetime64[s]"
    assert list(hours.hour_end) == [ALPHA, ALPHA + np.timedelta64(23, "h")]
    assert hours.values.dtype == np.int32 and hours.values.shape == (6, 2, 3)
    assert hours.values[0, 0].tolist() == [35, MISSING, 7]
    assert hours.values[5, 0].tolist() == [13, 20, MISSING]
    assert hours.values[4].tolist() == [[MISSING] * 3, [1, 2, 3]]
    assert (hours.n_values, hours.n_rejected, len(hours.rejects)) == (7, 0, 0)


def test_every_type_is_told_from_the_others_and_returned_in_the_order_asked_for():
    lines = [f"20190102,5,{kind},{i},," for i, kind in enumerate(ALL_TYPES)]
    wanted = tuple(reversed(ALL_TYPES))
    hours = parse(rows(*lines), wanted)
    scale = [10 if kind in ("CO", "CO_24h") else 1 for kind in wanted]
    assert hours.types == wanted
    assert hours.values[:, 0, 0].tolist() == [
        ALL_TYPES.index(k) * s for k, s in zip(wanted, scale, strict=True)
    ]


def test_unknown_types_asked_for_are_a_programming_error():
    with pytest.raises(ValueError, match="O4"):
        parse(rows("20190102,0,O3,1,2,3"), ("O4",))


def test_hours_may_be_absent_and_out_of_order():
    hours = parse(rows("20190102,7,O3,1,2,3", "20190102,2,O3,4,5,6"))
    assert [str(h)[11:13] for h in hours.hour_end] == ["02", "07"]
    assert hours.values[4, :, 0].tolist() == [4, 1]


def test_an_hour_whose_lines_are_all_rejected_is_absent():
    hours = parse(rows("20190102,0,O3,1,2,3", "20190102,1,O3,4,5"))
    assert list(hours.hour_end) == [ALPHA]


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        ("35", "PM2.5", 35),
        (" 35 ", "PM2.5", 35),
        ('"35"', "PM2.5", 35),
        (' " 35 " ', "PM2.5", 35),
        ("35.0", "PM2.5", 35),
        ("35.", "PM2.5", 35),
        ("+35", "PM2.5", 35),
        ("035", "PM2.5", 35),
        ("-7", "PM2.5", -7),
        ("99999", "PM2.5", 99999),
        ("000000000012", "PM2.5", 12),
        ("2147483646", "PM2.5", 2147483646),
        ("0.80", "CO", 8),
        (".5", "CO", 5),
        ("12", "CO", 120),
        ("12.3", "CO", 123),
        ('"0.8"', "CO", 8),
        ("-0.1", "CO", -1),
        *[
            (mark, "PM2.5", MISSING)
            for mark in ("", " ", '""', "NA", "NaN", "nan", "-", "—", "null", "NULL", "None")
        ],
        ("NA", "CO", MISSING),
    ],
)
def test_spellings_of_a_value(cell, kind, expected):
    hours = parse(rows(f"20190102,0,{kind},{cell},2,3"))
    assert value(hours, kind) == expected
    assert value(hours, kind, station="1002A") == (20 if kind == "CO" else 2)
    assert codes(hours) == []


@pytest.mark.parametrize(
    ("cell", "kind", "reason"),
    [
        ("abc", "PM2.5", "not_a_number"),
        ("3 5", "PM2.5", "not_a_number"),
        ("1e3", "PM2.5", "not_a_number"),
        ("0x10", "PM2.5", "not_a_number"),
        ("--5", "PM2.5", "not_a_number"),
        ("1.2.3", "CO", "not_a_number"),
        (".", "CO", "not_a_number"),
        ("<3", "PM2.5", "not_a_number"),
        ("３５", "PM2.5", "not_a_number"),
        ("inf", "PM2.5", "not_a_number"),
        ('3"5', "PM2.5", "not_a_number"),
        ("35.4", "PM2.5", "decimals_in_integer"),
        ("0.853", "CO", "too_many_decimals"),
        ("2147483647", "PM2.5", "value_out_of_range"),
        ("-2147483648", "PM2.5", "value_out_of_range"),
        ("214748364.7", "CO", "value_out_of_range"),
        ("9" * 300, "PM2.5", "value_out_of_range"),
    ],
)
def test_a_bad_cell_is_rejected_alone(cell, kind, reason):
    hours = parse(rows(f"20190102,0,{kind},1,{cell},3"))
    reject = only(hours)
    assert (reject.line, reject.station_code, reject["item"], reject.hour_end) == (2, "1002A", kind, ALPHA)
    assert reject.reason_code == reason
    assert reject.text.startswith(cell[:100]) and len(reject.text) <= 200
    assert value(hours, kind, station="1002A") == MISSING
    assert value(hours, kind, station="1003A") == (30 if kind == "CO" else 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("20191301,0,PM2.5,1,2,3", "bad_date"),
        ("20190229,0,PM2.5,1,2,3", "bad_date"),
        ("2019-13-01,0,PM2.5,1,2,3", "bad_date"),
        (",0,PM2.5,1,2,3", "bad_date"),
        ("10190102,0,PM2.5,1,2,3", "bad_date"),
        ("20190102,24,PM2.5,1,2,3", "bad_hour"),
        ("20190102,,PM2.5,1,2,3", "bad_hour"),
        ("20190102,-1,PM2.5,1,2,3", "bad_hour"),
        ("20190102,1.5,PM2.5,1,2,3", "bad_hour"),
        ("20190102,000,PM2.5,1,2,3", "bad_hour"),
        ("20190102,0,PM2,1,2,3", "unknown_type"),
        ("20190102,0,pm2.5,1,2,3", "unknown_type"),
        ("20190102,0,PM2.5_24hh,1,2,3", "unknown_type"),
        ("20190102,0,,1,2,3", "unknown_type"),
        ("20190102,0,PM2.5,1,2", "short_line"),
        ("hello", "short_line"),
        ("20190102,0,PM2.5,1,2,3,4", "long_line"),
        ("20190102,0,PM2.5,1,2,3,", "long_line"),
        ('20190102,0,PM2.5,1,"2,3"', "bad_quotes"),
        ('20190102,0,PM2.5,1,"2,3', "bad_quotes"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number(line, reason):
    hours = parse(rows("20190102,1,O3,1,2,3", line, "20190102,2,O3,1,2,3"))
    reject = only(hours)
    assert (reject.line, reject.reason_code, reject.text) == (3, reason, line)
    assert hours.n_values == 6


@pytest.mark.parametrize("head", ['"20190102","0","PM2.5"', " 20190102 , 0 , PM2.5 ", "2019-01-02,00,PM2.5"])
def test_other_spellings_of_date_hour_and_type(head):
    hours = parse(rows(f"{head},35,2,3"))
    assert value(hours) == 35 and codes(hours) == []


def test_blank_lines_count_in_line_numbers():
    assert only(parse(rows("", "20190102,0,O3,1,2,3", "  ", "bad"))).line == 5


def test_a_truncated_last_line_is_rejected_whole():
    hours = parse(rows("20190102,0,O3,1,2,3", "20190102,0,CO,1.3,2", end=""))
    reject = only(hours)
    assert (reject.line, reject.reason_code, reject["item"]) == (3, "truncated_line", "CO")
    assert hours.n_values == 3


def test_of_a_full_last_line_without_line_end_only_the_last_value_is_distrusted():
    hours = parse(rows("20190102,0,O3,1,2,3", end=""))
    reject = only(hours)
    assert (reject.line, reject.station_code, reject.text) == (2, "1003A", "3")
    assert reject.reason_code == "unfinished_cell"
    assert hours.values[4, 0].tolist() == [1, 2, MISSING]


@pytest.mark.parametrize("data", [rows("20190102,0,O3,1,2,", end=""), rows("20190102,0,AQI,1,2,3", end="")])
def test_without_line_end_nothing_is_distrusted_where_no_wanted_value_touches_the_end(data):
    assert codes(parse(data)) == []


def test_duplicated_column():
    head = "date,hour,type,1001A,3207A,3207A\n"
    hours = parse(rows("20190102,0,O3,1,5,5", "20190102,1,O3,1,5,", "20190102,2,O3,1,,6", head=head))
    assert hours.station_codes == ("1001A", "3207A")
    assert hours.values[4, :, 1].tolist() == [5, 5, 6] and codes(hours) == []
    hours = parse(rows("20190102,0,CO,1,0.5,0.6", head=head))
    reject = only(hours)
    assert (reject.reason_code, reject.station_code, reject.text) == (
        "duplicate_column",
        "3207A",
        "0.5 | 0.6",
    )
    assert hours.values[5, 0].tolist() == [10, MISSING]


def test_an_hour_twice():
    once = "20190102,0,O3,1,2,3"
    assert codes(parse(rows(once, once))) == []
    assert parse(rows("20190102,0,O3,1,,3", once)).values[4, 0].tolist() == [1, 2, 3]
    hours = parse(rows(once, "20190102,0,O3,1,9,3"))
    reject = only(hours)
    assert (reject.line, reject.station_code, reject.text) == (3, "1002A", "2 | 9")
    assert reject.reason_code == "duplicate_hour"
    assert hours.values[4, 0].tolist() == [1, MISSING, 3]


def test_no_later_value_revives_a_contradicted_one():
    hours = parse(rows(*(f"20190102,0,O3,1,{n},3" for n in (2, 9, 9, 2))))
    assert value(hours, "O3", station="1002A") == MISSING
    assert set(hours.rejects["line"]) == {3, 4, 5}


def test_a_column_that_names_no_station_is_rejected_and_named():
    hours = parse(rows("20190102,0,O3,1,2,3", head="date,hour,type,1001A,站点,1003A\n"))
    reject = only(hours)
    assert (reject.line, reject.station_code, reject.reason_code) == (1, "站点", "bad_column_name")
    assert hours.station_codes == ("1001A", "1003A")
    assert hours.values[4, 0].tolist() == [1, 3]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_byte_order_mark_and_other_line_ends(newline):
    text = rows("20190102,0,O3,1,2,3", "20190102,0,CO,1.3,2,0.4").decode().replace("\n", newline)
    hours = parse(b"\xef\xbb\xbf" + text.encode())
    assert hours.values[[4, 5], 0].tolist() == [[1, 2, 3], [13, 20, 4]] and codes(hours) == []


def test_quoted_header():
    assert parse(rows("20190102,0,O3,1", head='"date","hour","type","1001A"\n')).station_codes == ("1001A",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (HEAD.encode(), "header_only"),
        (HEAD.encode() + b"\n \n", "header_only"),
        (b"date,hour,type\n20190102,0,O3\n", "no_stations"),
        (rows("20190102,0,O3,1,2,3").decode().encode("utf-16"), "encoding"),
        (rows("20190102,0,O3,1,2,3").decode().encode("utf-16-le"), "encoding"),
        (rows("20190102,0,O3,1,\0,3"), "encoding"),
        (rows("20190102,0,O3,1,2,3").replace(b",", b";"), "wrong_separator"),
        (rows("20190102,0,O3,1,2,3").replace(b",", b"\t"), "wrong_separator"),
        (b"<!DOCTYPE html><html>", "not_station_file"),
        (b"%PDF-1.7\n", "not_station_file"),
        (b"PK\x03\x04\0\0", "not_station_file"),
        (b"\x1f\x8b\x08\0", "not_station_file"),
        (b'{"a": 1}', "not_station_file"),
        (b"station,lon,lat\n1001A,1,2\n", "not_station_file"),
        (b"date,hour,type," + b"A," * 5_000_000, "header_too_long"),
    ],
)
def test_a_file_that_is_none(data, reason):
    assert failure(data).reason_code == reason


def test_another_day_than_the_name_says():
    data = rows("20190102,0,O3,1,2,3", "20190103,0,O3,4,5,6")
    hours = parse(data, day_in_name=date(2019, 1, 2))
    assert (only(hours).line, only(hours).reason_code, hours.n_values) == (3, "date_not_in_name", 3)
    error = failure(data, day_in_name=date(2019, 1, 5))
    assert error.reason_code == "date_mismatch"
    assert "2019-01-05" in str(error) and "2019-01-02, 2019-01-03" in str(error)


def test_hours_of_the_future():
    data = rows("20190102,0,O3,1,2,3", "20190102,1,O3,4,5,6")
    assert parse(data, latest_hour_end=datetime(2019, 1, 2, 1)).n_values == 6
    hours = parse(data, latest_hour_end=datetime(2019, 1, 2, 0, 59))
    assert (only(hours).line, only(hours).reason_code, hours.n_values) == (3, "future_hour", 3)
    assert failure(data, latest_hour_end=datetime(2019, 1, 1)).reason_code == "future"


def test_rejects_do_not_explode():
    stations = ",".join(f"{i}A" for i in range(1000))
    line = "20190102,{},O3," + ",".join(["x"] * 1000)
    hours = parse(rows(*(line.format(h) for h in range(12)), "bad", head=f"date,hour,type,{stations}\n"))
    assert len(hours.rejects) == 10_001 and hours.n_rejected == 12_001
    last = hours.rejects.iloc[-1]
    assert (last.reason_code, last.text) == ("too_many_rejects", "2001")
    many = parse(rows("20190102,0,O3,1,2,3", *["bad"] * 20_000))
    assert len(many.rejects) == 10_001 and many.rejects["text"].iloc[-1] == "10000" and many.n_values == 3


def test_reasons_of_lines_need_only_the_columns_of_a_rejects_frame():
    hours = parse(rows("20190102,0,O3,1,x,3", "bad", "20190102,0,CO,1,1.23,3"))
    for row in hours.rejects.to_dict("records"):
        assert all("?" not in text.replace("download?", "") for text in describe(row["reason_code"], **row))


def test_reasons_are_sorted_and_complete_in_both_languages():
    assert list(REASONS) == sorted(REASONS)
    for zh, en in REASONS.values():
        assert zh and en and zh != en
    assert describe("not_a_number", line=None)[1].startswith("line ?")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (HEAD.encode(), True),
        (b"\xef\xbb\xbf" + HEAD.encode(), True),
        (b"date;hour;type;1001A\r\n", True),
        (HEAD.encode("utf-16"), True),
        (b"date,day,type", False),
        (b"\xd0\xcf\x11\xe0", False),
        (b"", False),
    ],
)
def test_sniffing(head, expected):
    assert looks_like_station_file(head) is expected
