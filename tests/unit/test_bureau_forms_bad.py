from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from sources.bureau_forms import Document, read

TODAY = date(2026, 11, 23)
CODE, OTHER = "91610500MA6Y12345A", "91610500563789012R"
HEAD = ["统一社会信用代码", "月份", "能源名称", "消费量合计"]
ROW = [CODE, "2026-09", "原煤", 5]


def rules(document: Document) -> list[tuple[str, str]]:
    return [(found.rule, found.cell) for found in document.findings]


def csv_of(*rows: list[Any]) -> bytes:
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows).encode()


def book(fill: Callable[[Any, Any], None]) -> bytes:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"strings_to_formulas": False, "nan_inf_to_errors": True})
    page = made.add_worksheet("数据")
    page.write_row(0, 0, HEAD)
    fill(page, made)
    made.close()
    return data.getvalue()


def changed(data: bytes, member: str, change: Callable[[str], str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == member else content)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(lambda page, _: page.write_row(1, 0, ROW))


def test_the_good_file_is_good() -> None:
    document = read(GOOD, "x.xlsx", today=TODAY)
    assert document.findings == () and document.tables[0].rows["use_t"].to_pylist() == [Decimal(5)]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n\n", "file_empty"),
        (GOOD[: len(GOOD) // 2], "file_damaged"),
        (GOOD[:200] + b"\x00" * 50 + GOOD[250:], "file_damaged"),
        (b"PK\x03\x04 nothing", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_damaged"),
        (b"\xd0\xcf\x11\xe0", "file_damaged"),
        ("统一社会信用代码,月份\n".encode("utf-16"), "encoding"),
        (b"\xff\xfe\xff\xff\x80", "encoding"),
        ('统一社会信用代码,月份\n"甲,1\n'.encode(), "csv_damaged"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>", "file_other_kind"),
        (b'<?xml version="1.0"?><Workbook/>', "file_other_kind"),
        (b"%PDF-1.4", "file_other_kind"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, rule: str) -> None:
    document = read(data, "x", today=TODAY)
    assert document.tables == ()
    assert [(found.rule, found.level) for found in document.findings] == [(rule, "error")]


def test_a_workbook_that_lacks_its_sheet_or_is_another_archive() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("notes.txt", "nothing")
    assert rules(read(target.getvalue(), "x.xlsx", today=TODAY)) == [("file_damaged", "")]


@pytest.mark.parametrize("claim", ["A1:D1048576", "A1:XFD1048576", "A1:XFD2"])
def test_a_false_dimension_changes_nothing(claim: str) -> None:
    data = changed(
        GOOD, SHEET, lambda xml: re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="{claim}"/>', xml)
    )
    assert f'"{claim}"' in zipfile.ZipFile(io.BytesIO(data)).read(SHEET).decode()
    document = read(data, "x.xlsx", today=TODAY)
    assert document.findings == () and document.tables[0].rows.num_rows == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [('r="D2"', 'r="ZZZZZ2"'), ('r="D2"', 'r="zzz2"'), ('r="D2"', "r='ZZZ2'"), ('r="D2"', 'r="D99999999"')],
)
def test_a_cell_beyond_any_sheet_is_damage_and_builds_no_grid(old: str, new: str) -> None:
    data = changed(GOOD, SHEET, lambda xml: xml.replace(old, new))
    assert data != GOOD and rules(read(data, "x.xlsx", today=TODAY)) == [("file_damaged", "")]


def test_a_cell_far_below_its_row_builds_no_grid() -> None:
    data = changed(GOOD, SHEET, lambda xml: xml.replace('r="D2"', 'r="XFD1048576"'))
    table = read(data, "x.xlsx", today=TODAY).tables[0]
    assert table.rows["credit_code"].to_pylist() == [CODE]


def test_cells_at_the_far_corners_neither_fill_the_memory_nor_hide_the_table() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_row(1, 0, ROW)
        page.merge_range(1, 0, 2, 0, CODE)
        page.write_row(2, 1, ["2026-09", "焦炭", -1])
        page.write(1048575, 16383, "x")
        page.write_row(1048000, 0, [OTHER, "2026-09", "原煤", 7])

    document = read(book(fill), "x.xlsx", today=TODAY)
    table = document.tables[0]
    assert table.rows["sheet_row"].to_pylist() == [2, 3, 1048001]
    assert table.rows["credit_code"].to_pylist() == [CODE, CODE, OTHER]
    assert rules(document) == [("value_below", "D3")]


def test_a_million_rows_with_a_format_and_no_content_are_no_rows() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 1_048_577, 7))
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    data = changed(GOOD, SHEET, lambda xml: xml.replace("</sheetData>", f"{rows}{far}</sheetData>"))
    document = read(data, "x.xlsx", today=TODAY)
    assert document.findings == () and document.tables[0].rows.num_rows == 1


def test_an_archive_that_unpacks_beyond_measure_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        block = b" " * (64 * 1024 * 1024)
        for index in range(9):
            archive.writestr(f"xl/media/{index}.bin", block)
    assert rules(read(target.getvalue(), "x.xlsx", today=TODAY)) == [("file_too_large", "")]


def test_formulas_count_by_their_stored_results_with_one_warning() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_row(1, 0, ROW)
        page.write_formula(1, 3, "=1+4", value=5)
        page.write_row(2, 0, [OTHER, "2026-09", "原煤"])
        page.write_formula(2, 3, "=D2*2", value=10)

    document = read(book(fill), "x.xlsx", today=TODAY)
    assert document.tables[0].rows["use_t"].to_pylist() == [Decimal(5), Decimal(10)]
    (found,) = document.findings
    assert (found.rule, found.level, found.found) == ("formula_used", "warning", "D2、D3") and "2" in found.zh


@pytest.mark.parametrize("result", ["", "<v></v>", "<v/>", "<v>0</v>"])
def test_a_formula_that_was_never_computed_is_an_error_with_its_cell(result: str) -> None:
    data = book(lambda page, _: (page.write_row(1, 0, ROW), page.write_formula(1, 3, "=1+4", value=77)))
    data = changed(data, SHEET, lambda xml: xml.replace("<v>77</v>", result))
    assert rules(read(data, "x.xlsx", today=TODAY)) == [("formula_no_value", "D2")]


def test_a_zero_that_excel_computed_is_a_zero() -> None:
    data = book(lambda page, _: (page.write_row(1, 0, ROW), page.write_formula(1, 3, "=5-5", value=0)))
    data = changed(data, "xl/workbook.xml", lambda xml: xml.replace(' fullCalcOnLoad="1"', ""))
    document = read(data, "x.xlsx", today=TODAY)
    assert rules(document) == [("formula_used", "D2")]
    assert document.tables[0].rows["use_t"].to_pylist() == [Decimal(0)]


def test_an_error_value_is_not_a_blank() -> None:
    data = book(
        lambda page, _: (page.write_row(1, 0, ROW), page.write_formula(1, 3, "=1/0", value="#DIV/0!"))
    )
    document = read(data, "x.xlsx", today=TODAY)
    assert ("cell_error", "D2") in rules(document)
    assert ("cell_required", "D2") not in rules(document)
    assert "#DIV/0!" in next(found.zh for found in document.findings if found.rule == "cell_error")


NAME = '=HYPERLINK("http://example.invalid","某公司")'


def test_a_hyperlink_formula_as_name_is_only_text() -> None:
    head = [*HEAD, "单位名称"]
    text = f'{",".join(head)}\n{CODE},2026-09,原煤,5,"{NAME.replace(chr(34), chr(34) * 2)}"\n'
    document = read(text.encode(), "x.csv", today=TODAY)
    assert document.findings == () and document.tables[0].rows["firm_name"].to_pylist() == [NAME]

    def fill(page: Any, _: Any) -> None:
        page.write(0, 4, "单位名称")
        page.write_row(1, 0, ROW)
        page.write_formula(1, 4, NAME, value="某公司")

    document = read(book(fill), "x.xlsx", today=TODAY)
    assert rules(document) == [("formula_used", "E2")]
    assert document.tables[0].rows["firm_name"].to_pylist() == ["某公司"]


@pytest.mark.parametrize(
    ("text", "rule", "level"),
    [
        ("9.16101E+17", "code_scientific", "error"),
        ("9.16101e17", "code_scientific", "error"),
        (CODE[:15], "code_length", "error"),
        (CODE[:17], "code_length", "error"),
        (CODE + "1", "code_length", "error"),
        (CODE[:10] + "I" + CODE[11:], "code_characters", "error"),
        (CODE[:10] + "中" + CODE[11:], "code_characters", "error"),
        (CODE[:-1] + "B", "code_check", "warning"),
        (CODE.lower(), "code_case", "warning"),
    ],
)
def test_credit_codes(text: str, rule: str, level: str) -> None:
    document = read(csv_of(HEAD, [OTHER, *ROW[1:]], [text, *ROW[1:]]), "", today=TODAY)
    assert [(found.rule, found.cell, found.level) for found in document.findings] == [(rule, "A3", level)]


def test_a_credit_code_stored_as_number_has_lost_its_digits() -> None:
    data = book(lambda page, _: page.write_row(1, 0, [916101000000000000, *ROW[1:]]))
    assert rules(read(data, "x.xlsx", today=TODAY)) == [("code_scientific", "A2")]


PROJECT = ["项目代码", "年份", "实际煤炭消费量"]


@pytest.mark.parametrize("text", ["2024年", "2024年度", "2024.0"])
def test_text_years_are_read_with_the_rule(text: str) -> None:
    document = read(csv_of(PROJECT, ["P-1", text, 1]), "", today=TODAY)
    assert document.tables[0].rows["stat_year"].to_pylist() == [2024]
    expected = [] if text == "2024.0" else [("year_text", "B2", "warning")]
    assert [(found.rule, found.cell, found.level) for found in document.findings] == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("45292", "year_invalid"),
        ("24", "year_invalid"),
        ("二〇二四", "year_invalid"),
        ("2031", "year_future"),
    ],
)
def test_what_is_no_year(text: str, rule: str) -> None:
    assert rules(read(csv_of(PROJECT, ["P-1", text, 1]), "", today=TODAY)) == [(rule, "B2")]


def test_dates_as_serial_numbers_are_read_with_a_warning() -> None:
    head = ["村编号", "回访日期", "回访户数", "复燃户数"]
    rows = [["V-1", "46341", 40, 1], ["V-2", "2026年11月15日", 40, 1], ["V-3", "2026-02-30", 40, 1]]
    document = read(csv_of(head, *rows), "", today=TODAY)
    assert document.tables[0].rows["visited_on"].to_pylist() == [date(2026, 11, 15), date(2026, 11, 15), None]
    assert rules(document) == [("date_serial", "B2"), ("day_invalid", "B4")]
    assert "2026-11-15" in document.findings[0].zh
    document = read(csv_of(HEAD, [CODE, "46266", "原煤", 1]), "", today=TODAY)
    assert document.tables[0].rows["month"].to_pylist() == ["2026-09"]
    assert rules(document) == [("date_serial", "B2")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("-5", "value_below"),
        ("－５", "value_below"),
        ("NaN", "number_invalid"),
        ("nan", "number_invalid"),
        ("inf", "number_invalid"),
        ("-Infinity", "number_invalid"),
        ("1e308", "number_too_large"),
        ("1e9999", "number_too_large"),
        ("99999999999999", "number_too_large"),
        ("12%", "number_percent"),
        ("约500", "number_invalid"),
        ("500吨", "number_invalid"),
        ("1,23", "number_invalid"),
        ("1.2.3", "number_invalid"),
        ("TRUE", "number_invalid"),
        ("０x10", "number_invalid"),
        ("1_000", "number_invalid"),
    ],
)
def test_what_is_no_amount_of_coal(text: str, rule: str) -> None:
    data = csv_of(HEAD, [OTHER, *ROW[1:]], [*ROW[:3], f'"{text}"'])
    document = read(data, "", today=TODAY)
    assert rules(document) == [(rule, "D3")]
    assert document.findings[0].level == "error" and document.findings[0].found


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (-5.5, "value_below"),
        (1e308, "number_too_large"),
        (True, "number_invalid"),
        (date(2026, 1, 1), "number_invalid"),
    ],
)
def test_bad_amounts_in_cells(cell: Any, rule: str) -> None:
    def fill(page: Any, made: Any) -> None:
        page.write_row(1, 0, ROW[:3])
        if isinstance(cell, date):
            page.write_datetime(1, 3, cell, made.add_format({"num_format": "yyyy-mm-dd"}))
        else:
            page.write(1, 3, cell)

    assert rules(read(book(fill), "x.xlsx", today=TODAY)) == [(rule, "D2")]


def test_nan_and_inf_in_cells_are_errors() -> None:
    data = book(lambda page, _: (page.write_row(1, 0, ROW[:3]), page.write(1, 3, float("nan"))))
    assert ("formula_no_value", "D2") in rules(read(data, "", today=TODAY)) or ("cell_error", "D2") in rules(
        read(data, "", today=TODAY)
    )


def test_the_bounds_of_a_form_are_in_its_own_unit() -> None:
    head = ["信用代码", "年份", "主要用途", "具体用途", "投入品种", "投入量"]
    row = [CODE, 2025, "燃料", "燃烧", "原煤"]
    assert rules(read(csv_of(head, [*row, 100000]), "", today=TODAY)) == []
    assert rules(read(csv_of(head, [*row, "100000.01"]), "", today=TODAY)) == [("value_above", "F2")]
    in_tonnes = [*head[:5], "投入量（吨）"]
    assert rules(read(csv_of(in_tonnes, [*row, 100001]), "", today=TODAY)) == []


def test_a_firm_twice_is_an_error_that_names_the_first_cell() -> None:
    rows = [ROW, [OTHER, *ROW[1:]], [CODE, "2026年9月", "raw_coal", 6]]
    (found,) = read(csv_of(HEAD, *rows), "", today=TODAY).findings
    assert (found.rule, found.level, found.cell) == ("row_repeated", "error", "A4")
    assert "A2" in found.zh and "A2" in found.en
    rows[2][2] = "焦炭"
    assert read(csv_of(HEAD, *rows), "", today=TODAY).findings == ()


def test_a_firm_twice_on_two_sheets() -> None:
    def fill(page: Any, made: Any) -> None:
        page.write_row(1, 0, ROW)
        second = made.add_worksheet("又")
        second.write_row(2, 0, HEAD)
        second.write_row(3, 0, ROW)

    (found,) = read(book(fill), "x.xlsx", today=TODAY).findings
    assert (found.rule, found.sheet, found.cell) == ("row_repeated", "又", "A4") and "数据!A2" in found.zh


def test_a_month_and_the_months_up_to_it_are_two_records() -> None:
    rows = [ROW, [CODE, "2026年1-9月", "原煤", 40]]
    assert read(csv_of(HEAD, *rows), "", today=TODAY).findings == ()


def test_a_line_that_was_cut_and_one_that_is_too_long() -> None:
    data = csv_of(HEAD, ROW)
    assert rules(read(data + f"{OTHER},2026-09".encode(), "", today=TODAY)) == [
        ("row_cut", "A3"),
        ("cell_required", "C3"),
        ("cell_required", "D3"),
    ] or ("row_cut", "A3") in rules(read(data + f"{OTHER},2026-09".encode(), "", today=TODAY))
    assert rules(read(data + f"{OTHER},2026-09,原煤,1,200\n".encode(), "", today=TODAY)) == [
        ("row_too_long", "E3")
    ]


def test_many_findings_of_one_kind_are_counted_not_listed() -> None:
    rows = [[f"x{index}", "2026-09", "原煤", -1] for index in range(500)]
    document = read(csv_of(HEAD, *rows), "", today=TODAY)
    assert len([found for found in document.findings if found.rule == "code_length"]) == 100
    more = [found for found in document.findings if found.rule == "more_findings_error"]
    assert len(more) == 2 and all("400" in found.zh for found in more)


def test_every_rule_has_both_languages_and_only_known_placeholders() -> None:
    from sources.bureau_forms.model import rules as texts

    for name, row in texts().items():
        assert row["level"] in ("error", "warning"), name
        for part in ("zh", "en", "fix_zh", "fix_en"):
            assert row[part].strip(), (name, part)
            assert set(re.findall(r"{(\w+)}", row[part])) <= {"found", "item", "item_en", "n", "options"}
    assert list(texts()) == sorted(texts())


def test_what_was_found_is_cut_at_200_characters() -> None:
    (found,) = read(csv_of(HEAD, [*ROW[:3], "煤" * 900]), "", today=TODAY).findings
    assert len(found.found) == 200
