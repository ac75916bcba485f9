"""The page of an official letter (GB/T 9704-2012): paper, grid, fonts with fallbacks, headers, page numbers, saving."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboards.tables.model import staged

SONG, SONG_TITLE, BODY, BLACK, KAI = "宋体", "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
FALLBACKS = {
    SONG_TITLE: ("方正小标宋_GBK", "华文中宋", "Source Han Serif SC", "Noto Serif CJK SC"),
    BODY: ("仿宋", "FangSong", "方正仿宋_GBK", "Noto Serif CJK SC"),
    KAI: ("楷体", "KaiTi", "方正楷体_GBK", "Noto Serif CJK SC"),
    BLACK: ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC"),
    SONG: ("SimSun", "Noto Serif CJK SC"),
}
"""Fonts a program takes where the named one is missing, the nearest first."""
SIZE_3, SIZE_2, SIZE_4 = 16.0, 22.0, 14.0
"""Sizes 三号, 二号 and 四号 [pt]."""
LINES, LETTERS = 22, 28
LINE_PT = 28.95
"""Height of a line [pt]: 22 of them fill the 225 mm of text."""
CLOSER_PT = -0.25
"""Added to the width of a letter [pt], so that 28 of 16 pt fill the 156 mm of text."""
RED = RGBColor(0xE6, 0x00, 0x00)
TEXT_WIDTH_PT = 156 / 25.4 * 72
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LATIN = "Times New Roman"


def new_letter(title: str, author: str, at: datetime) -> Any:
    """Make an empty letter: A4, margins 37, 35, 28 and 26 mm, 22 lines of 28 characters."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Letters are set closer by the style and not by a grid of letters: programs differ in what such a grid is counted from.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_PT * 20)))
    normal = made.styles["Normal"]
    set_fonts(normal.font, normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(SIZE_3)
    _set_closer(normal.element.get_or_add_rPr(), CLOSER_PT)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PT)
    about = made.core_properties
    about.title, about.author, about.last_modified_by = title[:255], author[:255], author[:255]
    about.comments, about.language = "", "zh-CN"
    about.created = about.modified = at.replace(tzinfo=None, microsecond=0)
    _name_fallbacks(made)
    return made


def _set_closer(properties: Any, points: float) -> None:
    made = OxmlElement("w:spacing")
    made.set(qn("w:val"), str(round(points * 20)))
    properties.insert_element_before(made, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def set_fonts(font: Any, properties: Any, east: str) -> None:
    """Set the Chinese and the Latin font of a style or a run."""
    font.name = _LATIN if east != SONG else east
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), east)


def _name_fallbacks(made: Any) -> None:
    """Name in the font table what may stand in for each font."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    part = next(p for p in made.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    part._blob = re.sub(rb"</w:fonts>\s*$", fonts.encode() + b"</w:fonts>", part._blob)


def paragraph(
    into: Any,
    *runs: tuple[str, str],
    size: float = SIZE_3,
    align: Any = ALIGN.JUSTIFY,
    first: float = 0,
    left: float = 0,
    right: float = 0,
    line: float | None = None,
    colour: RGBColor | None = None,
) -> Any:
    """Add a paragraph; each run is a font and its text, indents are counted in characters of ``size``."""
    made = into.add_paragraph()
    form = made.paragraph_format
    made.alignment = align
    form.first_line_indent, form.left_indent, form.right_indent = (
        Pt(size * n) if n else None for n in (first, left, right)
    )
    if line is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    for font, text in runs:
        run = made.add_run(text)
        set_fonts(run.font, run._r.get_or_add_rPr(), font)
        run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour
    return made


def border_below(made: Any, colour: str, eighths: int, space: int) -> None:
    """Draw a line below a paragraph: thickness in eighths of a point, distance in points."""
    border = parse_xml(
        f'<w:pBdr {_W}><w:bottom w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )
    later = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
    made._p.get_or_add_pPr().insert_element_before(border, *later)


def set_headers(made: Any, text: str, watermark: str) -> None:
    """Put a mark into the header of every page, and across it; nothing where the text is empty."""
    section = made.sections[0]
    made.settings.odd_and_even_pages_header_footer = True
    for number, header in enumerate((section.header, section.even_page_header)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.alignment = ALIGN.CENTER
        if not text:
            continue
        run = line.add_run(text)
        set_fonts(run.font, run._r.get_or_add_rPr(), BLACK)
        run.font.size, run.font.color.rgb = Pt(SIZE_4), RED
        line.add_run()._r.append(parse_xml(_watermark(watermark, number)))


def _watermark(text: str, number: int) -> str:
    return (
        f'<w:pict {_W} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
        '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="mark{number}" o:spid="_x0000_s{2049 + number}" type="#_x0000_t136" '
        'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:90pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".45"/>'
        f"<v:textpath style=\"font-family:'{BLACK}';font-size:1pt\" string={quoteattr(text)}/></v:shape></w:pict>"
    )


def set_page_numbers(made: Any) -> None:
    """Number the pages — 1 —, on the outer side: odd pages at the right, even pages at the left."""
    section = made.sections[0]
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = align
        form = line.paragraph_format
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        if align == ALIGN.RIGHT:
            form.right_indent = Pt(SIZE_4)
        else:
            form.left_indent = Pt(SIZE_4)
        for part in ("— ", None, " —"):
            run = line.add_run(part or "")
            set_fonts(run.font, run._r.get_or_add_rPr(), SONG)
            run.font.size = Pt(SIZE_4)
            if part is None:
                _page_field(run)


def _page_field(run: Any) -> None:
    for kind in ("begin", "instr", "separate", "text", "end"):
        if kind == "instr":
            made = OxmlElement("w:instrText")
            made.text = " PAGE "
        elif kind == "text":
            made = OxmlElement("w:t")
            made.text = "1"
        else:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        run._r.append(made)


def save(made: Any, path: Path) -> None:
    """Write a letter whole; the same letter gives the same bytes."""
    held = io.BytesIO()
    made.save(held)
    with staged(path) as part, zipfile.ZipFile(held) as before, zipfile.ZipFile(part, "w") as after:
        for name in before.namelist():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(about, before.read(name))
