"""The validation report as a workbook: a summary, the findings of each file, the changes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboards.coal.sheet import SIMULATED, fit, on_paper, say, workbook
from dashboards.coal.validation import CHANGES, LEVELS, STATUS, in_order

_FINDING_HEADS = (
    "工作表 sheet", "单元格 cell", "级别 level", "发现的内容 found", "问题", "改法", "problem", "how to mend it",
    "规则 rule",
)  # fmt: skip
_CHANGE_HEADS = (
    "文件 file", "表 form", "记录 record", "列 column", "变化 change", "原值 old", "新值 new",
)  # fmt: skip
_COLOURS = {2: {"错误 error": "bad", "警告 warning": "warn", "无从核对 unchecked": "warn"}}
_FILE_HEADS = (
    "文件 file", "结果 outcome", "错误 errors", "警告 warnings", "无从核对 unchecked", "表与行数 tables and rows", "内容指纹 sha256",
)  # fmt: skip


def write_report(document: Mapping[str, Any], path: Path) -> None:
    """Write the whole report as a workbook: a summary, a sheet for each file with findings, the changes."""
    with workbook(path) as (book, formats):
        summary = book.add_worksheet("汇总")
        names = _sheet_names([f["name"] for f in document["files"]])
        _summary(summary, document, names, formats)
        for file, name in zip(document["files"], names, strict=True):
            if file["findings"]:
                _findings(book.add_worksheet(name), file, document["simulated"], formats)
        if document["changes"]:
            _change_sheet(book.add_worksheet("变更"), document, formats)


def _sheet_names(files: Sequence[str]) -> list[str]:
    """Names of sheets for files: 31 letters, none twice."""
    taken = {"汇总", "变更", "history"}
    names = []
    for number, file in enumerate(files, start=1):
        plain = "".join("_" if c in "[]:*?/\\'" or not c.isprintable() else c for c in Path(file).stem)[
            :31
        ].strip()
        name = plain or str(number)
        if name.casefold() in taken:
            name = f"{plain[: 30 - len(str(number))]}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _summary(sheet: Any, document: Mapping[str, Any], names: Sequence[str], formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, "导入检查报告 | validation report", formats["name"])
    line = 1
    if document["simulated"]:
        sheet.write_string(line, 0, SIMULATED, formats["mark"])
        line += 1
    checked = "只检查，未导入 checked only" if document["check_only"] else "导入 imported"
    sheet.write_string(line, 0, f"{checked}；时间 as of {document['as_of']}", formats["line"])
    rows = [
        (
            file["name"],
            " ".join(STATUS[file["status"]][:2]),
            file["n_errors"],
            file["n_warnings"],
            file["n_unchecked"],
            "；".join(f"{t['sheet']}：{t['name_zh']} {t['n_rows']}".lstrip("：") for t in file["tables"])
            + (f"（明细见工作表 see sheet {name}）" if file["findings"] else ""),
            file["sha256"],
        )
        for file, name in zip(document["files"], names, strict=True)
    ]
    _rows(sheet, line + 2, _FILE_HEADS, rows, formats)
    on_paper(sheet, simulated=document["simulated"])


def _findings(sheet: Any, file: Mapping[str, Any], simulated: bool, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, file["name"], formats["name"])
    rows = [
        (
            f["sheet"], f["cell"], " ".join(LEVELS[f["level"]][:2]), f["found"], f["zh"], f["fix_zh"], f["en"],
            f["fix_en"], f["rule"],
        )
        for f in in_order(file["findings"])
    ]  # fmt: skip
    _rows(sheet, 2, _FINDING_HEADS, rows, formats, _COLOURS)
    sheet.autofilter(2, 0, 2 + len(rows), len(_FINDING_HEADS) - 1)
    sheet.freeze_panes(3, 0)
    on_paper(sheet, repeat=(2, 2), simulated=simulated)


def _change_sheet(sheet: Any, document: Mapping[str, Any], formats: dict[str, Any]) -> None:
    rows = [
        (
            c["name"], c["form_zh"], c["row_key"], c["column_zh"], " ".join(CHANGES.get(c["change"], (c["change"],))),
            c["old_value"], c["new_value"],
        )
        for c in document["changes"]
    ]  # fmt: skip
    _rows(sheet, 0, _CHANGE_HEADS, rows, formats)
    sheet.freeze_panes(1, 0)
    on_paper(sheet, repeat=(0, 0), simulated=document["simulated"])


def _rows(
    sheet: Any,
    top: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    formats: dict[str, Any],
    colours: Mapping[int, Mapping[str, str]] | None = None,
) -> None:
    """Write headings and rows; ``colours`` gives the style of a cell by its column and text."""
    for n, head in enumerate(heads):
        sheet.write_string(top, n, head, formats["head"])
    for line, row in enumerate(rows, start=top + 1):
        for n, value in enumerate(row):
            style = (colours or {}).get(n, {}).get(str(value), "text")
            say(sheet, line, n, value, formats[style])
    fit(sheet, {n: [heads[n], *(row[n] for row in rows[:200])] for n in range(len(heads))})
