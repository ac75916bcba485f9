"""Empty workbooks of the forms: an example, headings with units, drop-downs, limits, and a sheet that explains them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dashboards.coal.forms import Form, FormColumn
from dashboards.coal.sheet import fit, on_paper, say, width_of, workbook
from dashboards.coal.template_rules import choices_text, number_format, required_text, rule_for

TITLE, UNITS, EXAMPLE, HINT, HEADINGS = range(5)
"""Lines of a form's sheet, counted from 0; what is filled in follows.

The example stands above the headings: whatever reads a table by its headings passes over it, and nobody can type a real
row into it that would then be lost.
"""

LINES = 5000
"""Lines that get drop-downs and limits."""

NOTES, CHOICES = "说明", "选项"
_LONGEST_LIST = 255
_LEGEND = "黄底为必填；各列含义见“说明”表 | yellow: required; the sheet 说明 explains every column"
_HINT = "↑ 示例，不导入；请从下面的表头之下开始填写 | example above, not imported; fill in below the headings"


def write_template(form: Form, path: Path, rows: Iterable[Mapping[str, Any]] = ()) -> None:
    """Write the workbook of a form, empty or with rows.

    Parameters
    ----------
    form : Form
    path : Path
        The file appears whole or not at all.
    rows : iterable of mapping
        What is filled in, by column name, in the units of the form.
    """
    with workbook(path) as (book, formats):
        formats = formats | _template_formats(book)
        sheet = book.add_worksheet(_sheet_name(form))
        notes = book.add_worksheet(NOTES)
        _heading(sheet, form, formats)
        ranges = _long_lists(book, form)
        cells = {c.name: book.add_format({"num_format": number_format(c)}) for c in form.columns}
        for number, column in enumerate(form.columns):
            _column(cells[column.name], sheet, number, column, ranges.get(column.name))
        for line, row in enumerate(rows, start=HEADINGS + 1):
            for number, column in enumerate(form.columns):
                if row.get(column.name) is not None:
                    say(sheet, line, number, row[column.name], cells[column.name])
        _explain(notes, form, formats)


def _template_formats(book: Any) -> dict[str, Any]:
    grey = {
        "italic": True,
        "font_color": "#7F7F7F",
        "bg_color": "#F2F2F2",
        "border": 1,
        "border_color": "#D9D9D9",
    }
    return {"example": book.add_format(grey | {"num_format": "@"})}


def _sheet_name(form: Form) -> str:
    """Name of the sheet: a workbook takes 31 letters and none of these signs."""
    return "".join("_" if c in "[]:*?/\\" else c for c in form.name_zh)[:31].strip("'")


def _heading(sheet: Any, form: Form, formats: dict[str, Any]) -> None:
    sheet.write_string(TITLE, 0, form.name_zh, formats["name"])
    sheet.set_row(TITLE, 24)
    sheet.write_string(
        UNITS, 0, "；".join(part for part in (form.unit_line, _LEGEND) if part), formats["line"]
    )
    sheet.write_string(HINT, 0, _HINT, formats["mark"])
    for number, column in enumerate(form.columns):
        needed = column.required != "no"
        sheet.write_string(EXAMPLE, number, column.example, formats["example"])
        sheet.write_string(HEADINGS, number, column.shown, formats["needed" if needed else "head"])
        note = _comment(column)
        sheet.write_comment(
            HEADINGS, number, note, {"x_scale": 2, "y_scale": 0.4 + 0.28 * (1 + note.count("\n"))}
        )
    sheet.set_row(HEADINGS, 48)
    sheet.freeze_panes(HEADINGS + 1, 0)
    on_paper(sheet, repeat=(HEADINGS, HEADINGS))


def _comment(column: FormColumn) -> str:
    """What stands behind a heading: English name, unit, whether it is needed, what to write."""
    lines = [
        f"{column.heading} | {column.heading_en}",
        required_text(column),
        f"单位 unit：{column.unit_text}" if column.unit else "",
        f"{column.note_zh} | {column.note_en}" if column.note_zh or column.note_en else "",
        f"示例 example：{column.example}" if column.example else "",
    ]
    return "\n".join(line for line in lines if line)


def _long_lists(book: Any, form: Form) -> dict[str, str]:
    """Put choices too long for a drop-down of their own on a hidden sheet; returns the ranges by column."""
    long = [c for c in form.columns if c.choices and len(_joined(c)) > _LONGEST_LIST]
    if not long:
        return {}
    sheet = book.add_worksheet(CHOICES)
    sheet.hide()
    ranges = {}
    for number, column in enumerate(long):
        letter = chr(ord("A") + number)
        for line, (zh, _) in enumerate(column.choices):
            sheet.write_string(line, number, zh)
        ranges[column.name] = f"='{CHOICES}'!${letter}$1:${letter}${len(column.choices)}"
    return ranges


def _joined(column: FormColumn) -> str:
    return ",".join(zh for zh, _ in column.choices)


def _column(cell: Any, sheet: Any, number: int, column: FormColumn, listed: str | None) -> None:
    width = min(28, max(11, width_of(column.example) + 3, (width_of(column.shown) + 1) // 2 + 3))
    sheet.set_column(number, number, width, cell)
    rule = rule_for(column, listed)
    if rule:
        sheet.data_validation(HEADINGS + 1, number, HEADINGS + LINES, number, rule)


def _explain(sheet: Any, form: Form, formats: dict[str, Any]) -> None:
    """Say on a sheet of its own what every column means."""
    sheet.write_string(0, 0, form.name_zh, formats["name"])
    sheet.write_string(1, 0, form.name_en, formats["line"])
    lines = [
        "填好后导入：fenwei coal import 文件 | import it with: fenwei coal import FILE",
        "数量一律按列标题括号内的单位填写；没有数量的填 0，不知道的留空 | quantities in the unit of the heading; 0 for "
        "none, empty for not known",
        "可增删、调换各列，表头文字不要改 | columns may be moved or left out; leave the words of the headings",
    ]
    if form.note:
        lines.append(form.note)
    for n, told in enumerate(lines):
        sheet.write_string(2 + n, 0, told, formats["line"])
    heads = ("序号 no.", "列 column", "英文 English", "单位 unit", "必填 required", "可填内容 what may be written",
             "说明 note", "示例 example")  # fmt: skip
    top = 3 + len(lines)
    cells: dict[int, list[Any]] = {}
    for n, head in enumerate(heads):
        sheet.write_string(top, n, head, formats["head"])
    for line, column in enumerate(form.columns, start=1):
        row = (
            line,
            column.heading,
            column.heading_en,
            column.unit_text,
            required_text(column),
            choices_text(column),
            " | ".join(part for part in (column.note_zh, column.note_en) if part),
            column.example,
        )
        for n, value in enumerate(row):
            say(sheet, top + line, n, value, formats["text"])
            cells.setdefault(n, [heads[n]]).append(value)
    fit(sheet, cells)
    sheet.freeze_panes(top + 1, 0)
    on_paper(sheet, repeat=(top, top))
