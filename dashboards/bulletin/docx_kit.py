"""Building blocks of the DOCX templates: page, headings, paragraphs and tables that repeat a row for each entry."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboards import official_page as page

TEXT_PT, TABLE_PT, NOTE_PT = 12.0, 8.0, 8.5
WIDTH_MM = 174.0
_EPOCH = datetime(2000, 1, 1)
_GREY = RGBColor(0x55, 0x55, 0x55)


def new_page() -> Any:
    """Make an empty A4 page with the marks above and the page number below."""
    made = page.new_letter("{{ title }}", "", _EPOCH)
    section = made.sections[0]
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.left_margin = section.right_margin = Mm(18)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    form = made.styles["Normal"].paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    page.set_page_numbers(made)
    _headers(made)
    return made


def _headers(made: Any) -> None:
    section = made.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.alignment = ALIGN.CENTER
        run = line.add_run("{{ mark_text }}")
        page.set_fonts(run.font, run._r.get_or_add_rPr(), page.BLACK)
        run.font.size, run.font.color.rgb = Pt(10), page.RED
        right = header.add_paragraph()
        right.alignment = ALIGN.RIGHT
        run = right.add_run("{{ class_mark }}")
        page.set_fonts(run.font, run._r.get_or_add_rPr(), page.BLACK)
        run.font.size = Pt(9)
    made.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "default")


def title(made: Any, text: str, below: str) -> None:
    """Add the title in red and a line below it."""
    head = page.paragraph(
        made,
        (page.SONG_TITLE, text),
        size=page.SIZE_2,
        align=ALIGN.CENTER,
        line=page.SIZE_2 * 1.4,
        colour=page.RED,
    )
    _outline(head, 0)
    line = page.paragraph(made, (page.KAI, below), size=TEXT_PT, align=ALIGN.CENTER, line=TEXT_PT * 1.7)
    page.border_below(line, "E60000", 12, 4)


def heading(made: Any, text: str) -> None:
    """Add a heading that stays with what follows."""
    line = page.paragraph(made, (page.BLACK, text), size=13, align=ALIGN.LEFT, line=24)
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = Pt(6)
    _outline(line, 1)


def _outline(line: Any, level: int) -> None:
    """Make a paragraph a heading for screen readers and the navigation pane, whatever it looks like."""
    found = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>')
    line._p.get_or_add_pPr().insert_element_before(
        found, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"
    )


def text(made: Any, *runs: tuple[str, str], size: float = TEXT_PT, first: float = 2) -> Any:
    """Add a paragraph of running text."""
    return page.paragraph(made, *runs, size=size, first=first, line=size * 1.6)


def control(made: Any, tag: str) -> None:
    """Add a paragraph that only holds a tag for the template and goes with it."""
    page.paragraph(made, (page.BODY, tag), size=6)


def each(made: Any, name: str, *, size: float = TEXT_PT, first: float = 2, numbered: bool = False) -> None:
    """Add one paragraph for each text of a list."""
    control(made, f"{{%p for line in {name} %}}")
    head = "{{ loop.index }}. " if numbered else ""
    text(made, (page.BODY, head + "{{ line }}"), size=size, first=first)
    control(made, "{%p endfor %}")


def picture(made: Any, name: str) -> None:
    """Add a centred picture, where there is one."""
    control(made, f"{{%p if {name} %}}")
    line = made.add_paragraph()
    line.alignment = ALIGN.CENTER
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    line.add_run(f"{{{{ {name} }}}}")
    control(made, "{%p endif %}")


def table(
    made: Any, loop: str, columns: Sequence[tuple[str, str, float]], *, caption: str = "", group: str = ""
) -> None:
    """Add a table with a heading row that repeats on every page and one row for each entry of a list.

    Parameters
    ----------
    made : document
    loop : str
        What is looped over: ``row in cities``.
    columns : sequence of tuple
        Heading, cell with its placeholder, share of the width.
    caption : str
        Line above.
    group : str
        Said at the right of the caption, such as the unit.
    """
    name = loop.partition(" in ")[2]
    control(made, f"{{%p if {name} %}}")
    if caption:
        line = page.paragraph(
            made, (page.BLACK, caption + (f"（{group}）" if group else "")), size=10.5, align=ALIGN.CENTER, line=18
        )  # fmt: skip
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(4)
    grid = made.add_table(rows=4, cols=len(columns))
    grid.style = made.styles["Table Grid"]
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    whole = sum(share for *_, share in columns)
    head, begin, body, end = grid.rows
    for row in (head, body):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _cell(begin.cells[0], f"{{%tr for {loop} %}}", page.BODY)
    _cell(end.cells[0], "{%tr endfor %}", page.BODY)
    for number, (title_, cell, share) in enumerate(columns):
        width = Mm(WIDTH_MM * share / whole)
        grid.columns[number].width = width
        for row in grid.rows:
            row.cells[number].width = width
        _cell(head.cells[number], title_, page.BLACK)
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E8EEF4"/>')
        head.cells[number]._tc.get_or_add_tcPr().append(shade)
        _cell(body.cells[number], cell, page.SONG)
    _tight(grid)
    control(made, "{%p endif %}")


def _cell(cell: Any, words: str, font: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line = cell.paragraphs[0]
    line.alignment = ALIGN.CENTER
    form = line.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.space_before = form.space_after = Pt(1)
    run = line.add_run(words)
    page.set_fonts(run.font, run._r.get_or_add_rPr(), font)
    run.font.size = Pt(TABLE_PT)


def _tight(grid: Any) -> None:
    """Set narrow margins within cells [twentieths of a point]."""
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
    )
    properties = grid._tbl.tblPr
    look = properties.find(f"{{{properties.nsmap['w']}}}tblLook")
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def notes(made: Any, *, run_on: bool = False) -> None:
    """Add the footnotes on how the figures were made, one below the other or in one paragraph."""
    if run_on:
        line = text(
            made,
            (page.BLACK, "口径说明："),
            (page.SONG, "{% for line in notes %}{{ loop.index }}. {{ line }}{% endfor %}"),
            size=7.5,
            first=0,
        )
        line.paragraph_format.space_before = Pt(4)
        line.paragraph_format.line_spacing = Pt(11)
        return
    line = page.paragraph(made, (page.BLACK, "口径说明"), size=10, align=ALIGN.LEFT, line=18)
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = Pt(6)
    control(made, "{%p for line in notes %}")
    made_line = text(made, (page.SONG, "{{ loop.index }}. {{ line }}"), size=NOTE_PT, first=0)
    made_line.runs[0].font.color.rgb = _GREY
    control(made, "{%p endfor %}")


def as_bytes(made: Any) -> bytes:
    """Give the template as bytes."""
    held = BytesIO()
    made.save(held)
    return held.getvalue()
