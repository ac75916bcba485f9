"""Files of receipts and checks: headings, encodings, words, moments, and everything that can be wrong in a row."""

import io
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sources.receipts import cells as cell
from sources.receipts.cells import WrongCellError
from sources.receipts.columns import RECEIPT_COLUMNS
from sources.receipts.reading import read_file, read_row
from sources.receipts.words import CHANNELS, STATUSES, VERDICTS
from sources.tables import TableError

HEAD = "预警编号,统一社会信用代码,厂区,区县,部门,回执时间,回执人,方式,状态,原因,备注\n"
CHECK = "预警编号,统一社会信用代码,生产线编号,应减比例,核查时段开始,核查时段结束,CEMS负荷比,用电比,违规车辆,CEMS缺测小时,结论,证据\n"
ONE = "W-610100-2026120116-1"
CODE = "91610100MA6U00001X"


def receipts(*rows: str, head: str = HEAD):
    return read_file((head + "".join(f"{r}\n" for r in rows)).encode())


def row(**given: str) -> str:
    usual = {
        "one": ONE, "code": CODE, "site": "", "county": "", "department": "", "at": "2026-12-02 08:25", "by": "王",
        "channel": "短信", "status": "已执行", "reason": "", "note": "",
    }  # fmt: skip
    return ",".join((usual | given).values())


def test_a_good_file_in_every_form() -> None:
    wanted = receipts(row()).rows
    assert wanted[0].line == 2 and wanted[0].values["answered_at"] == datetime(2026, 12, 2, 8, 25)
    assert wanted[0].values | {"status": "done", "channel": "sms", "credit_code": CODE} == wanted[0].values
    assert read_file((HEAD + row() + "\n").encode("gb18030")).rows == wanted
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "应急响应回执")
    for column, heading in enumerate(HEAD.strip().split(",")):
        sheet.write_string(2, column, heading)
    for column, text in enumerate(row().split(",")):
        sheet.write_string(3, column, text)
    sheet.write_datetime(
        3, 5, datetime(2026, 12, 2, 8, 25), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    book.close()
    (found,) = read_file(stream.getvalue()).rows
    assert found.values == wanted[0].values and found.line == 4


@pytest.mark.parametrize(
    ("given", "item"),
    [
        ({"at": ""}, "answered_at"),
        ({"at": "昨天"}, "answered_at"),
        ({"at": "2026-12-02"}, "answered_at"),
        ({"at": "2026-12-02 25:00"}, "answered_at"),
        ({"at": "2026-02-30 08:00"}, "answered_at"),
        ({"by": ""}, "answered_by"),
        ({"channel": "飞鸽"}, "channel"),
        ({"status": "也许"}, "status"),
        ({"status": ""}, "status"),
        ({"status": "不能执行"}, "reason"),
        ({"status": "部分执行"}, "reason"),
        ({"code": "91610100'; DROP"}, "credit_code"),
        ({"code": ""}, "credit_code"),
        ({"one": ""}, "warning_id"),
        ({"note": "长" * 2001}, "note"),
    ],
)
def test_a_bad_row_is_told_by_line_and_column(given: dict[str, str], item: str) -> None:
    found = receipts(row(), row(**given))
    assert [(b.line, b.item) for b in found.errors] == [(3, item)] and len(found.rows) == 1
    assert all(b.zh and b.en for b in found.bad)


def test_every_error_of_a_file_is_told_at_once() -> None:
    found = receipts(row(status="?", channel="?"), row(at="?"))
    assert [(b.line, b.item) for b in found.errors] == [(2, "channel"), (2, "status"), (3, "answered_at")]


def test_rows_of_a_form_nobody_filled_in_are_no_answers_and_no_errors() -> None:
    found = receipts(row(), row(at="", by="", channel="", status=""))
    assert (len(found.rows), found.n_blank, found.bad) == (1, 1, ())
    half = receipts(row(at="", by="", channel="", status="已执行"))
    assert half.n_blank == 0 and {b.item for b in half.errors} == {"answered_at", "answered_by", "channel"}


def test_two_tales_of_the_same_moment_are_refused_and_the_same_tale_twice_is_not() -> None:
    assert not receipts(row(), row()).errors
    found = receipts(row(), row(status="部分执行", reason="锅炉"))
    assert [(b.line, "2" in b.zh) for b in found.errors] == [(3, True)]
    assert not receipts(row(), row(at="2026-12-02 09:00", status="部分执行", reason="锅炉")).errors


def test_the_warning_may_be_named_once_for_a_whole_file() -> None:
    assert receipts(row(one="")).errors
    found = read_file((HEAD + row(one="")).encode(), warning_id=ONE)
    assert found.rows[0].values["warning_id"] == ONE


def test_unknown_headings_are_noted_and_missing_ones_refused() -> None:
    found = receipts(row() + ",x", head=HEAD.replace("备注", "备注,天气"))
    assert not found.errors and [b.level for b in found.bad] == ["note"]
    with pytest.raises(TableError, match="状态"):
        read_file(HEAD.replace(",状态", ",怎样").encode() + row().encode())
    for data in (b"", b"\x00\x01\x02", b"PK\x03\x04nothing", "预警编号;状态\n".encode()):
        with pytest.raises(TableError):
            read_file(data)


def check(**given: str) -> str:
    usual = {
        "one": ONE, "code": CODE, "line": "1", "ratio": "20%", "start": "2026-12-03 00:00", "end": "2026-12-04 00:00",
        "cems": "0.8", "power": "", "trucks": "", "missing": "", "verdict": "", "evidence": "",
    }  # fmt: skip
    return ",".join((usual | given).values())


def test_the_headings_tell_a_check_from_a_receipt() -> None:
    found = receipts(check(), head=CHECK)
    assert found.kind == "verification" and receipts(row()).kind == "receipt"
    (one,) = found.rows
    assert (one.values["expected_ratio"], one.values["cems_load_ratio"], one.values["verdict"]) == (
        0.2,
        0.8,
        None,
    )
    assert one.values["line_id"] == "1"


@pytest.mark.parametrize(
    ("given", "item"),
    [
        ({"end": "2026-12-03 00:00"}, "window_end"),
        ({"end": "2027-12-03 00:00"}, "window_end"),
        ({"ratio": "120%"}, "expected_ratio"),
        ({"ratio": "-0.1"}, "expected_ratio"),
        ({"cems": "NaN%"}, "cems_load_ratio"),
        ({"cems": "11"}, "cems_load_ratio"),
        ({"trucks": "1.5"}, "truck_violations"),
        ({"missing": "25"}, "cems_missing_h"),
        ({"verdict": "大概"}, "verdict"),
        ({"code": ""}, "credit_code"),
        ({"start": ""}, "window_start"),
    ],
)
def test_a_bad_check_is_told_by_line_and_column(given: dict[str, str], item: str) -> None:
    assert [(b.line, b.item) for b in receipts(check(**given), head=CHECK).errors] == [(2, item)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-02 08:25", datetime(2026, 12, 2, 8, 25)),
        ("2026/12/2 8:05:59", datetime(2026, 12, 2, 8, 5)),
        ("2026年12月2日8时25分", datetime(2026, 12, 2, 8, 25)),
        ("2026年12月2日8时", datetime(2026, 12, 2, 8)),
        ("2026-12-02T08:25:30.5", datetime(2026, 12, 2, 8, 25)),
        ("２０２６-１２-０２ ０８：２５", datetime(2026, 12, 2, 8, 25)),
        ("2026-12-02 24:00", datetime(2026, 12, 3)),
        (46358.350694444445, datetime(2026, 12, 2, 8, 25)),
    ],
)
def test_moments_as_people_write_them(text: object, wanted: datetime) -> None:
    assert cell.moment(text) == wanted  # type: ignore[arg-type]


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\u202e\u2066\x1b\x00\r\n=+@<>&\ud800")), max_size=120
)


@given(HOSTILE)
def test_words_from_outside_are_one_harmless_line(text: str) -> None:
    found = cell.words(text)
    if found is not None:
        assert found == found.strip() and not set(found) & set("\u202e\u2066\x1b\x00\r\n\ud800")


@given(HOSTILE)
def test_no_cell_breaks_the_reader(text: str) -> None:
    for read in (
        cell.moment,
        cell.code,
        cell.words,
        lambda c: cell.share(c, most=1),
        lambda c: cell.whole(c, most=9),
    ):
        try:
            read(text)
        except WrongCellError as error:
            assert error.zh and error.en


@given(st.binary(max_size=400))
def test_bytes_that_are_no_table_are_refused_by_name(data: bytes) -> None:
    try:
        found = read_file(data)
    except TableError as error:
        assert error.zh
    else:
        assert all(b.zh and b.en for b in found.bad)


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)),
    st.sampled_from(sorted(STATUSES)),
    st.sampled_from(sorted(CHANNELS)),
    HOSTILE,
)
def test_what_is_written_is_read_again(at: datetime, status: str, channel: str, note: str) -> None:
    given = {
        "warning_id": ONE, "credit_code": CODE, "answered_at": f"{at:%Y-%m-%d %H:%M}", "answered_by": "王",
        "channel": CHANNELS[channel][0], "status": STATUSES[status][0], "reason": "锅炉", "note": note,
    }  # fmt: skip
    found = read_row("receipt", given)
    assert not found.errors
    values = found.rows[0].values
    assert values["answered_at"] == at.replace(second=0, microsecond=0)
    assert (values["status"], values["channel"]) == (status, channel)


def test_every_word_of_a_choice_is_unique() -> None:
    for words in (CHANNELS, STATUSES, VERDICTS):
        meant: dict[str, set[str]] = {}
        for code, names in words.items():
            for word in (code, *names):
                meant.setdefault("".join(word.casefold().split()), set()).add(code)
        assert all(len(codes) == 1 for codes in meant.values())
        for code, names in words.items():
            assert {cell.choice(name, words) for name in (code, *names)} == {code}
    headings = [h for c in RECEIPT_COLUMNS for h in (c.name, *c.headings)]
    assert len(headings) == len(set(headings))
