"""Empty forms: what they hold, and that what is filled in is read back without a finding that needs mending."""

import re
import zipfile
from datetime import date
from decimal import Decimal
from unicodedata import normalize

import pytest
import python_calamine

from dashboards.coal import template as made
from dashboards.coal.forms import FormColumn, UnknownFormError, form_of, forms
from dashboards.coal.template import write_template
from dashboards.coal.template_rules import rule_for
from sources import bureau_forms

TODAY = date(2026, 11, 23)
EVERY = pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)


def words(column):
    """The example without the sign that it is one: a key that says 示例 marks a row that is not read."""
    return column.example.replace("示例", "某")


def typed(column):
    """The example as somebody types it into the cell."""
    if not column.example:
        return None
    if column.kind in ("quantity", "number", "percent", "integer", "year"):
        return Decimal(column.example)
    return date.fromisoformat(column.example) if column.kind == "day" else words(column)


def read(path):
    return bureau_forms.read(path.read_bytes(), path.name, today=TODAY)


def pages(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


@EVERY
def test_an_untouched_template_is_recognised_and_empty(form, tmp_path):
    path = tmp_path / form.file_name
    write_template(form, path)
    document = read(path)
    assert [(t.form, t.rows.num_rows) for t in document.tables] == [(form.name, 0)]
    assert {f.rule for f in document.findings} == {"no_rows"}


@EVERY
def test_a_template_filled_with_its_examples_is_read_as_they_say(form, tmp_path):
    path = tmp_path / form.file_name
    write_template(form, path, [{c.name: typed(c) for c in form.columns}])
    document = read(path)
    assert [f for f in document.findings if f.level == "error"] == []
    (table,) = document.tables
    (row,) = table.rows.to_pylist()
    assert row["sheet_row"] == made.HEADINGS + 2
    for column in form.columns:
        if column.kind == "quantity" and column.example:
            factor = 10_000 if column.unit.startswith("wan_") else 1
            assert row[column.name] == Decimal(column.example) * factor, column.name
        elif column.kind in ("text", "id", "code"):
            assert (row[column.name] or "") == normalize("NFKC", words(column)), column.name
        elif not column.example:
            assert row[column.name] is None, column.name
        else:
            assert row[column.name] is not None, column.name


@EVERY
def test_headings_are_known_marked_when_needed_and_explained(form, tmp_path):
    path = tmp_path / "t.xlsx"
    write_template(form, path)
    found = pages(path)
    sheet, notes = found[made._sheet_name(form)], found[made.NOTES]
    assert sheet[made.TITLE][0] == form.name_zh
    assert [str(cell) for cell in sheet[made.HEADINGS][: len(form.columns)]] == [
        c.shown for c in form.columns
    ]
    told = {line[1]: line for line in notes}
    for column in form.columns:
        assert told[column.heading][4].startswith("必填") == (column.required == "yes")
        assert all(zh in told[column.heading][5] for zh, _ in column.choices)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        comments = archive.read("xl/comments1.xml").decode()
    assert comments.count("<comment ") == len(form.columns)
    assert "<f>" not in xml and 'state="frozen"' in xml
    days = [c for c in form.columns if c.kind == "day"]
    assert xml.count("<formula1>29221</formula1>") == len(days), "1980-01-01 as Excel counts days"
    assert xml.count("<dataValidation ") >= sum(1 for c in form.columns if c.choices)


def test_the_same_form_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_template(form_of("area_use"), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def a_column(**changed):
    usual = {"name": "c", "heading": "列", "heading_en": "c", "kind": "text", "unit": "", "required": "no", "choices": (),
             "minimum": None, "maximum": None, "note_zh": "", "note_en": "", "example": ""}  # fmt: skip
    return FormColumn(**(usual | changed))


@pytest.mark.parametrize(("column", "expected"), [
    (a_column(kind="code"), {"validate": "length", "criteria": "==", "value": 18}),
    (a_column(kind="year"), {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100}),
    (a_column(kind="quantity", unit="wan_t", minimum=0.0, maximum=100000.0), {"validate": "decimal", "minimum": 0.0, "maximum": 100000.0}),
    (a_column(kind="integer", minimum=1.0), {"validate": "integer", "minimum": 1.0}),
    (a_column(kind="flag", choices=(("是", "yes"), ("否", "no"))), {"validate": "list", "source": ["是", "否"]}),
    (a_column(kind="day"), {"validate": "date", "minimum": date(1980, 1, 1)}),
])  # fmt: skip
def test_limits_of_a_column_with_messages_in_both_languages(column, expected):
    rule = rule_for(column)
    assert expected.items() <= rule.items()
    assert (
        len(rule["input_title"]) <= 32
        and len(rule["error_message"]) <= 255
        and len(rule["input_message"]) <= 255
    )
    assert re.search("[\u4e00-\u9fff]", rule["error_message"]) and re.search("[a-z]", rule["error_message"])


def test_a_free_text_column_without_a_note_is_left_alone():
    assert rule_for(a_column()) is None


def test_long_lists_go_to_a_hidden_sheet_that_is_not_read(tmp_path):
    form = form_of("area_use")
    long = tuple((f"很长的选项名称第{n}号之一之二", f"choice {n}") for n in range(40))
    columns = tuple(
        FormColumn(**(vars(c) | {"choices": c.choices + long})) if c.name == "scope" else c
        for c in form.columns
    )
    changed = type(form)(**(vars(form) | {"columns": columns}))
    write_template(changed, tmp_path / "t.xlsx")
    assert [line[0] for line in pages(tmp_path / "t.xlsx")[made.CHOICES]][-1] == long[-1][0]
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert 'state="hidden"' in archive.read("xl/workbook.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert f"'{made.CHOICES}'!$A$1:$A$44" in sheet
    assert {f.rule for f in read(tmp_path / "t.xlsx").findings} == {"no_rows"}


def test_file_names_are_chinese_and_different():
    names = [form.file_name for form in forms()]
    assert len(set(names)) == len(names)
    assert all(re.search("[\u4e00-\u9fff]", n) and not re.search(r'[/\\:*?"<>|]', n) for n in names)


def test_a_form_is_found_by_any_of_its_names():
    for form in forms():
        assert (
            form_of(form.name)
            == form_of(form.name_zh)
            == form_of(form.name_en)
            == form_of(form.file_name)
            == form
        )
    assert form_of("205-1").name == "energy_205_1"
    for unclear in ("附表1", "no such form", ""):
        with pytest.raises(UnknownFormError, match="firm_usage"):
            form_of(unclear)


def test_choices_with_slashes_in_their_chinese_words():
    (units,) = [c.choices for c in form_of("firm_equipment").columns if c.name == "capacity_unit"]
    assert ("蒸吨/小时", "steam t per h") in units and ("千伏安", "kVA") in units
