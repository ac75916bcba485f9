"""The imprint at the foot of the last page of an official letter: copies, who printed it and when."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from dashboards import official_page as page

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WIDTHS = (Mm(92), Mm(64))
_THICK, _THIN = 8, 6
"""Lines of the imprint in eighths of a point: the first and the last 0.35 mm, those between 0.25 mm."""


def add_imprint(made: Any, copies: Sequence[str], issuer: str, printed: str) -> None:
    """Add the imprint at the foot of the page it falls on; below the text in programs without floating tables.

    Parameters
    ----------
    made : docx.document.Document
    copies : sequence of str
        Whom copies go to; the line is left out where there is nobody.
    issuer, printed : str
        Last line, left and right.
    """
    rows = [("抄送：" + "，".join(copies).rstrip("。") + "。", "")] if copies else []
    rows.append((issuer, printed))
    table = made.add_table(rows=len(rows), cols=2)
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    _place(table)
    for number, (left, right) in enumerate(rows):
        cells = table.rows[number].cells
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = width
        if right:
            _write(cells[0], left, ALIGN.LEFT)
            _write(cells[1], right, ALIGN.RIGHT)
        else:
            line = _write(cells[0].merge(cells[1]), left, ALIGN.LEFT, hanging=True)
            line.paragraph_format.keep_with_next = True
    # A body ends with a paragraph: this one takes no room.
    last = made.add_paragraph().paragraph_format
    last.line_spacing_rule, last.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _place(table: Any) -> None:
    properties = table._tbl.tblPr
    place = parse_xml(
        f'<w:tblpPr {_W} w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin"'
        ' w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    )
    lines = parse_xml(
        f'<w:tblBorders {_W}><w:top w:val="single" w:sz="{_THICK}"/><w:bottom w:val="single" w:sz="{_THICK}"/>'
        f'<w:insideH w:val="single" w:sz="{_THIN}"/></w:tblBorders>'
    )
    edges = parse_xml(
        f'<w:tblCellMar {_W}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    properties.insert_element_before(edges, "w:tblLook")
    properties.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(
        place, "w:tblOverlap", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblLook"
    )
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {_W}/>"))


def _write(cell: Any, text: str, align: Any, *, hanging: bool = False) -> Any:
    line = cell.paragraphs[0]
    line.alignment = align
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(24)
    one = Pt(page.SIZE_4)
    if align == ALIGN.RIGHT or hanging:
        form.right_indent = one
    if align == ALIGN.LEFT:
        form.left_indent = one * 4 if hanging else one
    if hanging:
        form.first_line_indent = -one * 3
    run = line.add_run(text)
    page.set_fonts(run.font, run._r.get_or_add_rPr(), page.BODY)
    run.font.size = Pt(page.SIZE_4)
    return line
