"""The workbook of an emission list: five sheets to fill in and one that explains them; empty or with rows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from dashboards.coal.sheet import fit, on_paper, say, workbook
from warehouse import standards

TITLE, HINT, HEADINGS = range(3)
LINES = 2000
"""Lines that get drop-downs."""
NOTES = "说明"
_LEGEND = "黄底为必填，各列含义见“说明”表；列可调换、删去，表头文字不要改 | yellow: required; columns may be moved or left out"
_TEXTS = ("text", "code", "id", "choice", "flag", "county")
_UNITS = {"kg/d": "千克/日", "%": "%", "°": "°", "m²": "平方米"}
_CHOICES = {"grade": "list_grade", "category": "list_category", "industry": "list_industry"}


def heading(column: Mapping[Any, Any]) -> str:
    """Give the first Chinese heading of a column with its unit in brackets."""
    first = str(column["headings_zh"]).split(";")[0]
    unit = _UNITS.get(str(column["unit"]) if isinstance(column["unit"], str) else "", "")
    return f"{first}（{unit}）" if unit else first


def write_list(path: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]] | None = None) -> None:
    """Write the workbook of a list.

    Parameters
    ----------
    path : Path
        The file appears whole or not at all.
    rows : mapping, optional
        What is filled in, by form and column name; amounts in kg/d.
    """
    listed = standards.load("list_form_column").sort_values(["form", "sort"], kind="stable")
    with workbook(path) as (book, formats):
        for form in standards.load("list_form").to_dict("records"):
            columns = listed[listed["form"] == form["form"]].to_dict("records")
            _sheet(book, formats, form, columns, (rows or {}).get(form["form"], ()))
        _notes(book, formats, listed)


def _sheet(
    book: Any,
    formats: dict[str, Any],
    form: Mapping[Any, Any],
    columns: list[dict[Any, Any]],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    sheet = book.add_worksheet(str(form["name_zh"]))
    sheet.write_string(TITLE, 0, f"{form['name_zh']} {form['name_en']}", formats["name"])
    sheet.write_string(HINT, 0, _LEGEND, formats["mark"])
    plain, text = book.add_format({"num_format": "#,##0.######"}), book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(columns):
        style = text if column["kind"] in _TEXTS else day if column["kind"] == "day" else plain
        sheet.set_column(place, place, 30 if str(column["column_name"]).endswith("_text") else 14, style)
        needed = column["required"] == "yes"
        sheet.write_string(HEADINGS, place, heading(column), formats["needed" if needed else "head"])
        words = _words(column)
        if words:
            below = {"validate": "list", "source": words, "ignore_blank": True, "error_type": "warning"}
            sheet.data_validation(HEADINGS + 1, place, HEADINGS + LINES, place, below)
    for line, row in enumerate(rows, start=HEADINGS + 1):
        for place, column in enumerate(columns):
            if row.get(column["column_name"]) is not None:
                say(sheet, line, place, row[column["column_name"]])
    if form["form"] == "total":
        for line, pollutant in enumerate(("SO2", "NOx", "PM", "VOCs"), start=HEADINGS + 1):
            sheet.write_string(line, 0, pollutant, text)
    sheet.set_row(HEADINGS, 36)
    sheet.freeze_panes(HEADINGS + 1, 2)
    on_paper(sheet, repeat=(HEADINGS, HEADINGS))


def _words(column: Mapping[Any, Any]) -> list[str]:
    """Give the words of a drop-down, none where they would be more than a cell's rule can hold."""
    name = str(column["column_name"])
    if name in _CHOICES:
        names = standards.load(_CHOICES[name])["grade" if name == "grade" else "name_zh"]
        words = [str(word) for word in names]
    elif column["kind"] == "flag":
        words = ["是", "否"]
    elif isinstance(column["choices"], str):
        words = list(
            dict.fromkeys(p.partition("=")[2].partition("/")[0] for p in column["choices"].split(";"))
        )
    else:
        return []
    return words if len(",".join(words)) <= 255 else []


def _notes(book: Any, formats: dict[str, Any], listed: pd.DataFrame) -> None:
    sheet = book.add_worksheet(NOTES)
    told = (
        "填好后导入：fenwei list import 文件 --city 城市 --year 年度 | import it with: fenwei list import FILE --city … --year …",
        "一条生产线一行；排放量为正常生产时的日均值；长期停产、错峰期内的线写明停产时段 | one line a row; daily means in normal work",
        "措施写明哪条线、限到多少，如：限产20%；停产50%（以生产线计）；由960吨降低到768吨；停用国四及以下 | name line and amount",
        "其他部门表头不同的表，可用 --mapping 列名对照（CSV：form,heading,column） | for other headings give a mapping",
    )
    for line, words in enumerate(told):
        sheet.write_string(line, 0, words, formats["line"])
    heads = (
        "表 form",
        "列 column",
        "英文 English",
        "必填 required",
        "说明 note",
        "示例 example",
        "其他表头 other headings",
    )
    top = len(told) + 1
    cells: dict[int, list[Any]] = {n: [head] for n, head in enumerate(heads)}
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head, formats["head"])
    names = standards.load("list_form").set_index("form")["name_zh"].to_dict()
    for line, c in enumerate(listed.to_dict("records"), start=top + 1):
        others = str(c["headings_zh"]).partition(";")[2].replace(";", "、")
        notes = " | ".join(str(c[n]) for n in ("note_zh", "note_en") if isinstance(c[n], str))
        row = (
            *(names[c["form"]], heading(c), str(c["headings_en"]).split(";")[0]),
            *("是 yes" if c["required"] == "yes" else "", notes, c["example"] or "", others),
        )
        for place, value in enumerate(row):
            say(sheet, line, place, value, formats["text"])
            cells[place].append(value)
    codes = standards.load("list_measure").to_dict("records")
    start = top + 3 + len(listed)
    sheet.write_string(start, 0, "措施代码 codes of measures", formats["name"])
    for line, code in enumerate(codes, start=start + 1):
        for place, value in enumerate((code["measure"], code["name_zh"], code["name_en"])):
            say(sheet, line, place, value, formats["text"])
    fit(sheet, cells)
