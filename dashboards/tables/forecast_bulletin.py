"""The empty bulletin as a workbook: headings, formats, what goes where."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

_NOTES = (
    ("发布时间", "到分钟，如 2026-12-01 15:30 | to the minute"),
    ("城市代码、城市", "二者填一即可，如 610100 或 西安 | either is enough"),
    ("预报日期", "如 2026-12-02 | day forecast"),
    ("AQI下限、AQI上限", "0–500 的整数；只有一个值时两列相同 | whole numbers; the same where there is one value"),
    ("首要污染物", "PM2.5、PM10、SO2、NO2、O3、CO，并列用顿号；AQI≤50 可空 | ties separated; may be empty for AQI ≤ 50"),
    ("PM2.5下限、PM2.5上限", "日均浓度，µg/m³，可空；填写后按 PM2.5 分指数定级 | daily mean; where given, it decides"),
    ("成因", "沙尘、局地扬沙、山火、境外传输等，可空；须有预报员姓名方据此剔除 | cause; used only with a forecaster's name"),
    ("预报员", "姓名 | name"),
)  # fmt: skip


def write_template(path: Path, headings: Sequence[str]) -> None:
    """Write an empty bulletin.

    Parameters
    ----------
    path : Path
        Ends in .xlsx.
    headings : sequence of str
    """
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        moment, day = (
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("预报简报")
        for column, heading in enumerate(headings):
            form = moment if "时间" in heading else day if "日期" in heading else None
            form = text if "代码" in heading else form
            sheet.set_column(column, column, 16, form)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 90)
        for row, (what, how) in enumerate(_NOTES):
            notes.write_string(row, 0, what, bold)
            notes.write_string(row, 1, how)
