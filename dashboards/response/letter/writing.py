"""The notice as an official letter in the form of GB/T 9704-2012: text only, one for every kind of notice."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from dashboards import official_page as page
from dashboards.clean import one_line
from dashboards.response.letter.imprint import add_imprint
from dashboards.response.letter.text import (
    NUMERALS,
    WITHOUT_MEASURES,
    closing,
    even_parts,
    item_text,
    lead,
    title_lines,
)
from dashboards.response.measures import Measure, measures
from dashboards.response.model import Response
from dashboards.response.words import decided_at, document_number, mark_meaning

HEADINGS = {
    "health": "健康防护措施",
    "advice": "建议性减排措施",
    "mandatory": "强制性减排措施",
}
_LONGEST_NAME_PT, _SHORTEST_NAME_PT = 48.0, 26.0


def write_letter(response: Response, path: Path) -> None:
    """Write the letter that fits a warning as it stands: issue, upgrade, downgrade, extend, suspend, resume or lift.

    Parameters
    ----------
    response : Response
    path : Path
        Written whole or not at all; the same response gives the same bytes.
    """
    issuer = one_line(response.warning.get("issuing_body"), 200) or "（发布单位待定）"
    title = one_line(response.title, 200)
    day = decided_at(response) or response.made_at
    made = page.new_letter(title, issuer, day)
    _set_marks(made, response)
    page.set_page_numbers(made)
    _masthead(made, response, issuer)
    _title(made, title)
    _addressed(made, response)
    for line in lead(response):
        page.paragraph(made, (page.BODY, line), first=2)
    if response.notice not in WITHOUT_MEASURES:
        _blocks(made, response)
    for line in closing(response):
        page.paragraph(made, (page.BODY, line), first=2)
    _annex(made, response)
    _signed(made, response, issuer, f"{day.year}年{day.month}月{day.day}日")
    page.save(made, path)


def _set_marks(made: Any, response: Response) -> None:
    zh, en = mark_meaning(response)
    short = response.mark.replace("【", "").replace("】", " ").strip()
    page.set_headers(made, f"{response.mark}{zh} {en}" if zh else "", short)


def _masthead(made: Any, response: Response, issuer: str) -> None:
    """Red name of the issuing body 35 mm below the edge of the text, number and signatory, red line."""
    name = issuer if issuer.endswith(("文件", "）")) else f"{issuer}文件"
    fitting = page.TEXT_WIDTH_PT / max(1, len(name)) * 0.98
    size = min(_LONGEST_NAME_PT, max(_SHORTEST_NAME_PT, fitting))
    for place, part in enumerate(even_parts(name, int(page.TEXT_WIDTH_PT / size))):
        sign = page.paragraph(
            made, (page.SONG_TITLE, part), size=size, align=ALIGN.CENTER, line=size * 1.3, colour=page.RED
        )
        if place == 0:
            sign.paragraph_format.space_before = Mm(30)
    page.paragraph(made)
    page.paragraph(made)
    number = document_number(response.warning.get("document_no")) or "（文号待定）"
    signatory = one_line(response.warning.get("signatory"), 60)
    if signatory or response.level == "red":
        line = page.paragraph(
            made,
            (page.BODY, f"\u3000{number}\t签发人："),
            (page.KAI, f"{signatory or '（待定）'}\u3000"),
            align=ALIGN.LEFT,
        )
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    else:
        line = page.paragraph(made, (page.BODY, number), align=ALIGN.CENTER)
    page.border_below(line, "E60000", 16, 11)


def _title(made: Any, title: str) -> None:
    page.paragraph(made)
    page.paragraph(made)
    for line in title_lines(title):
        page.paragraph(made, (page.SONG_TITLE, line), size=page.SIZE_2, align=ALIGN.CENTER, line=34)
    page.paragraph(made)


def _addressed(made: Any, response: Response) -> None:
    names = "，".join(m.text[0].rstrip("。：:") for m in measures(response, "to"))
    page.paragraph(made, (page.BODY, f"{names}："), align=ALIGN.LEFT)


def _blocks(made: Any, response: Response) -> None:
    found = measures(response)
    kept = [(block, [m for m in found if m.block == block]) for block in HEADINGS]
    for number, (block, items) in enumerate(b for b in kept if b[1]):
        head = page.paragraph(made, (page.BLACK, f"{NUMERALS[number]}、{HEADINGS[block]}"), first=2)
        head.paragraph_format.keep_with_next = True
        topics = [(topic, list(own)) for topic, own in groupby(items, key=lambda m: m.topic[0])]
        for place, (topic, own) in enumerate(topics):
            _topic(made, response, f"（{NUMERALS[place]}）{topic}", own)


def _topic(made: Any, response: Response, head: str, items: Sequence[Measure]) -> None:
    """Write a topic: one measure runs on after its heading, several are numbered below it."""
    if len(items) == 1:
        text = item_text(response, items[0])
        page.paragraph(made, (page.KAI, f"{head}。"), (page.BODY, text), first=2)
        return
    page.paragraph(made, (page.KAI, head), first=2).paragraph_format.keep_with_next = True
    for number, item in enumerate(items, 1):
        page.paragraph(made, (page.BODY, f"{number}.{item_text(response, item)}"), first=2)


def _annex(made: Any, response: Response) -> None:
    version = response.list_version
    if version is None or response.notice in WITHOUT_MEASURES:
        return
    number = document_number(version.get("document_no"))
    told = f"，备案文号：{number}" if number else ""
    city = one_line(response.warning.get("city_name"), 40)
    text = f"附件：{city}重污染天气应急减排清单（版本{one_line(version.get('version_id'), 60)}{told}）"
    page.paragraph(made)
    page.paragraph(made, (page.BODY, text), left=5, first=-3, align=ALIGN.LEFT)


def _signed(made: Any, response: Response, issuer: str, day: str) -> None:
    """Set the issuing body over the middle of the day, which stands four characters from the right; below, the imprint."""
    # A page with a signature alone is not allowed: the last lines of text go with it.
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    for _ in range(2):
        page.paragraph(made).paragraph_format.keep_with_next = True
    width = sum(1.0 if ord(letter) > 255 else 0.5 for letter in day)
    name = float(len(issuer))
    indent = max(4.0, min((name - width) / 2, 10.0))
    above = page.paragraph(
        made, (page.BODY, issuer), align=ALIGN.RIGHT, right=max(0.0, indent + (width - name) / 2)
    )
    above.paragraph_format.keep_with_next = True
    page.paragraph(made, (page.BODY, day), align=ALIGN.RIGHT, right=indent)
    # Nothing between: on a full page an empty line would push the imprint, or an empty page, behind the text.
    add_imprint(made, [m.text[0] for m in measures(response, "copy")], issuer, f"{day}印发")
