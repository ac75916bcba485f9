"""The 煤炭进度表 as a workbook: the table of targets with lights, the lists behind it, and what its words mean."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dashboards.coal import words
from dashboards.coal.columns import Column, Section, hides, printed, rows_of, style_of, value_of
from dashboards.coal.sections import SECTIONS, TARGETS
from dashboards.coal.sheet import SIMULATED, fit, on_paper, say, workbook
from warehouse.standards.marks import marks

_TOP = 4
_COLOURS = {"green": "good", "red": "bad", "yellow": "warn", "": "text"}
_FORMATS = {"wan": "amount", "unit": "amount", "amount": "amount", "pct": "percent", "count": "count"}
_MEANING = (
    ("煤合计", "原煤、洗精煤、其他煤炭之和；焦炭、兰炭不在其内", "raw, washed and other coal; coke and semi-coke are outside"),
    ("口径", "全社会、规上工业、规上工业非电、散煤；口径、计量、剔除项、范围、时段任一不同即不可比",
     "scope; another scope, basis, exclusion, perimeter or period is not comparable"),
    ("负增长", "按未修约数严格小于同期；0.00 % 为持平，不是负增长", "strictly less than the base, unrounded; 0.00 % is flat"),
    ("序时%（线性）", "已过月数 ÷ 12", "months elapsed / 12"),
    ("序时%（上年曲线）", "按上年各月用煤占全年的比重累计", "by last year's share of each month"),
    ("年度任务", "按目标折算的全年应削减量；完成任务% = 已完成 ÷ 年度任务", "cut the year asks for; share = achieved / task"),
    ("余量", "控制量减累计；月均可用 = 余量 ÷ 剩余月数", "limit less use to date; a month: divided by the months left"),
    ("年末预测", "方法见说明；含本年投产的已批项目", "method in the notes; approved projects starting this year included"),
    ("待核实", "所依据的目标或事实未见官方原文", "a target or fact behind it was not read in an official text"),
)  # fmt: skip


def write_progress(document: Mapping[str, Any], path: Path) -> None:
    """Write a coal check as a workbook.

    Parameters
    ----------
    document : mapping
        Keys ``about`` (``area_name``, ``stat_year``, ``as_of``, ``data_until``, ``simulated``), ``targets`` and those of
        `dashboards.coal.sections.SECTIONS`.
    path : Path
        The file appears whole or not at all.
    """
    with workbook(path) as (book, formats):
        fine = {"border": 1, "font_size": 9, "num_format": "0.00######", "valign": "top"}
        formats = formats | {"fine": book.add_format(fine)}
        simulated = bool(document["about"].get("simulated"))
        _targets(book.add_worksheet(TARGETS.sheet), document, simulated, formats)
        for section in SECTIONS:
            if section.sheet and rows_of(document, section.path):
                _section(book.add_worksheet(section.sheet), section, document, simulated, formats)
        _meaning(book.add_worksheet("口径说明"), simulated, formats)


def _targets(sheet: Any, document: Mapping[str, Any], simulated: bool, formats: dict[str, Any]) -> None:
    about = document["about"]
    last = len(TARGETS.columns) - 1
    mark = marks(exercise=simulated)
    title = f"{mark}{about.get('area_name') or ''}{about.get('stat_year') or ''}年煤炭消费进度表"
    sheet.merge_range(0, 0, 0, last, title, formats["title"])
    sheet.set_row(0, 28)
    until = f"数据截至：{about.get('data_until') or '—'}    评价时间：{about.get('as_of') or '—'}"
    sheet.write_string(1, 0, until, formats["line"])
    sheet.write_string(1, last - 1, "单位：万吨（另注者除外）", formats["line"])
    sheet.write_string(2, 0, SIMULATED if simulated else "", formats["mark"])
    n = _table(sheet, 3, TARGETS, document, formats)
    _foot(sheet, 3 + n + 1, last, formats)
    sheet.set_row(3, 42)
    sheet.freeze_panes(_TOP, 1)
    on_paper(sheet, repeat=(3, 3), simulated=simulated)


def _foot(sheet: Any, line: int, last: int, formats: dict[str, Any]) -> None:
    """Legend of the lights, and who stands for the table."""
    sheet.write_string(line, 0, f"判定：{words.legend()}", formats["line"])
    sheet.write_string(line + 1, 0, f"注：{TARGETS.note}", formats["line"])
    step = max(1, (last + 1) // 3)
    for n, who in enumerate(("填报人：____________", "审核人：____________", "日期：______年____月____日")):
        sheet.write_string(line + 3, n * step, who, formats["line"])


def _section(
    sheet: Any, section: Section, document: Mapping[str, Any], simulated: bool, formats: dict[str, Any]
) -> None:
    mark = marks(exercise=simulated)
    sheet.write_string(0, 0, f"{mark}{section.title_zh} | {section.title_en}", formats["name"])
    sheet.write_string(1, 0, section.note, formats["line"])
    n = _table(sheet, 3, section, document, formats)
    sheet.autofilter(3, 0, 2 + n, len(section.columns) - 1)
    sheet.set_row(3, 42)
    sheet.freeze_panes(_TOP, 1)
    on_paper(sheet, repeat=(3, 3), simulated=simulated)


def _table(
    sheet: Any, top: int, section: Section, document: Mapping[str, Any], formats: dict[str, Any]
) -> int:
    """Write headings and rows; returns how many lines were used."""
    widths: dict[int, list[Any]] = {}
    for n, column in enumerate(section.columns):
        sheet.write_string(top, n, _heading(column), formats["head"])
        widths[n] = [_heading(column)]
    rows = rows_of(document, section.path)
    for line, row in enumerate(rows, start=top + 1):
        for n, column in enumerate(section.columns):
            value = value_of(column, row)
            say(sheet, line, n, value, formats[_format(column, row, value)])
            widths[n].append(printed(column, row) if column.is_figure else value)
    if not rows:
        sheet.write_string(top + 1, 0, "没有目标 no targets", formats["line"])
    fit(sheet, widths, most=30)
    return 1 + max(1, len(rows))


def _heading(column: Column) -> str:
    """Heading in short lines: Chinese, its qualification, English."""
    return f"{column.zh.replace('（', chr(10) + '（')}\n{column.en}"


def _format(column: Column, row: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, date):
        return "day"
    if not column.is_figure:
        return _COLOURS.get(style_of(column, row), "text")
    return "fine" if column.kind != "count" and value is not None and hides(value) else _FORMATS[column.kind]


def _meaning(sheet: Any, simulated: bool, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, "口径说明 | what the words mean", formats["name"])
    for n, head in enumerate(("词 word", "含义", "meaning")):
        sheet.write_string(2, n, head, formats["head"])
    lights = [(f"{s} {zh}", zh, en) for s, zh, en, _ in words.VERDICTS.values()]
    for line, cells in enumerate((*_MEANING, *lights), start=3):
        for n, cell in enumerate(cells):
            sheet.write_string(line, n, cell, formats["text"])
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 60)
    on_paper(sheet, repeat=(2, 2), simulated=simulated)
