"""What the printable pages of a response share: the document, its style, names of files and how firms are grouped."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from dashboards.clean import one_line
from dashboards.response.model import Enterprise, Response
from dashboards.response.workbook.lines import by_county
from dashboards.tables.model import staged
from warehouse.standards.marks import DRAFT, EXERCISE, EXERCISE_MEANS
from warehouse.standards.warning_words import SIGNS

MOST = 400
"""Enterprises in one file; more make it slow to open and print."""
_DRAFT_LINE = "未经批准，不得对外"
_BASE = """
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;color:#111;background:#fff;
font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","SimHei",sans-serif}
table{border-collapse:collapse;width:calc(100% - 1px)}
th,td{border:1px solid #555;padding:1.6mm 2mm;text-align:left;vertical-align:middle;overflow-wrap:anywhere}
th{background:#eef2f7}
thead{display:table-header-group}
tr{break-inside:avoid}
.mark{color:#b00000;font-weight:700}
.sign{font-weight:700;padding:1mm 4mm;border:1px solid #333;display:inline-block}
@media screen{body{background:#ddd}.page{background:#fff;margin:6mm auto;box-shadow:0 0 3mm #888}}
"""


def e(value: object, limit: int = 400) -> str:
    """Text from outside for a page: one visible line, nothing of it is a tag."""
    return escape(one_line(None if value is None else str(value), limit))


def parts_of(response: Response) -> Iterator[tuple[str, Sequence[Enterprise]]]:
    """Give the enterprises file by file: one a county, more where a county has more than `MOST`."""
    for county, firms in by_county(response):
        if len(firms) <= MOST:
            yield county, firms
            continue
        for number, start in enumerate(range(0, len(firms), MOST), start=1):
            yield f"{county}_{number:02}", firms[start : start + MOST]


def mark_line(response: Response) -> str:
    """Give the line that says an exercise or a draft is one; empty for what is in force."""
    parts = [f"{EXERCISE}{EXERCISE_MEANS[0]}"] if EXERCISE in response.mark else []
    parts += [f"{DRAFT}{_DRAFT_LINE}"] if DRAFT in response.mark else []
    return f'<div class="mark">{"　".join(parts)}</div>' if parts else ""


def sign(response: Response, level: str, text: str) -> str:
    """Give a word on the ground of a level's colour."""
    ground, letters = SIGNS.get(level, ("#ffffff", "#111111"))
    return f'<span class="sign" style="background:{ground};color:{letters}">{escape(text)}</span>'


def write_pages(path: Path, title: str, style: str, pages: Iterable[str]) -> None:
    """Write a document of pages, one by one; it appears whole or not at all and loads nothing from elsewhere."""
    with staged(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
            f"<title>{escape(title)}</title>\n<style>{_BASE}{style}</style></head>\n<body>\n"
        )
        for page in pages:
            stream.write(page)
            stream.write("\n")
        stream.write("</body></html>\n")
