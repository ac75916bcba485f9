"""Gate placards (公示牌): A3 landscape, every line at yellow, orange and red, the person responsible, 12369, a code to scan."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno

from dashboards.clean import one_line
from dashboards.response.list_words import headline, line_named, list_named, measure_of
from dashboards.response.model import LEVELS, Enterprise, Response
from dashboards.response.printed.page import e, mark_line, write_pages
from dashboards.response.words import HOTLINE
from warehouse.standards.warning_words import RESPONSES, SHORT_NAMES, SIGNS

_STYLE = """
@page{size:A3 landscape;margin:12mm}
body{font-size:15pt;line-height:1.35}
.page{break-after:page}
.page:last-child{break-after:auto}
@media screen{.page{width:420mm;min-height:297mm;padding:12mm}}
h1{font-size:34pt;text-align:center;margin:0 0 4mm;letter-spacing:1mm}
.head{display:flex;gap:8mm;align-items:stretch}
.head table{flex:1}
.head th{width:40mm;white-space:nowrap}
.head .grade{font-size:26pt;font-weight:700;text-align:center}
.code{width:46mm;text-align:center;font-size:10pt}
.code svg{width:44mm;height:44mm;display:block;margin:0 auto 1mm}
.lines{margin-top:5mm}
.lines th{text-align:center}
.foot{margin-top:4mm;display:flex;justify-content:space-between;gap:8mm;font-size:17pt;font-weight:700}
.small{font-size:11pt;font-weight:400;margin-top:2mm}
.many{font-size:11pt}
.few{font-size:21pt}
.few td{padding:4.5mm 3mm}
"""
_FEW, _MANY = 5, 9
"""Lines up to which the letters are very large, and from which they are small."""


def write_placards(response: Response, firms: Sequence[Enterprise], path: Path, place: str = "") -> None:
    """Write the placards of some enterprises as one document to print.

    Parameters
    ----------
    response : Response
    firms : sequence of Enterprise
    path : Path
    place : str
        County or firm, for the title of the document.
    """
    title = f"{response.mark}{headline(response)}公示牌 {one_line(place, 60)}".strip()
    write_pages(path, title, _STYLE, (placard_page(response, firm) for firm in firms))


def placard_page(response: Response, firm: Enterprise) -> str:
    """Give the placard of one enterprise."""
    city = e(response.warning["city_name"], 40)
    return "".join(
        (
            '<section class="page">',
            mark_line(response),
            f"<h1>{city}重污染天气应急减排措施公示牌</h1>",
            f'<div class="head">{_head(firm)}<div class="code">{_code(_facts(response, firm))}扫码核对基本信息</div></div>',
            _lines(firm),
            f'<div class="foot"><span>责任人：{e(firm.contact, 60) or "清单未填"}　{e(firm.phone, 40)}</span>'
            f"<span>监督举报电话：{HOTLINE}</span></div>",
            f'<div class="small">依据：已备案应急减排清单 {e(list_named(response), 160)}。'
            "按所发布预警级别执行相应一栏；措施以清单为准，不得擅自更改。</div>",
            "</section>",
        )
    )


def _head(firm: Enterprise) -> str:
    site = f"（{e(firm.site, 60)}）" if firm.site else ""
    grade = e(firm.grade, 20) + ("" if firm.graded else "<br><small>未评级</small>")
    return (
        f'<table><tr><th>企业名称</th><td colspan="3">{e(firm.firm_name, 200)}{site}</td>'
        f'<th rowspan="3" style="width:24mm;text-align:center">绩效<br>等级</th><td rowspan="3" class="grade">{grade}</td></tr>'
        f"<tr><th>统一社会信用代码</th><td>{e(firm.credit_code, 40)}</td><th>排污许可证</th><td>{e(firm.permit_no, 40) or '—'}</td></tr>"
        f"<tr><th>地址</th><td>{e(firm.address, 120) or e(firm.county_name, 60) or '—'}</td>"
        f"<th>管控类别</th><td>{e(firm.category, 40) or '—'}</td></tr></table>"
    )


def _lines(firm: Enterprise) -> str:
    heads = "".join(
        f'<th style="background:{SIGNS[level][0]};color:{SIGNS[level][1]}">{SHORT_NAMES[level]}预警（{RESPONSES[level]}级）</th>'
        for level in LEVELS
    )
    rows = "".join(
        f"<tr><td>{e(line_named(line), 120)}</td><td>{e(line.equipment, 120) or '—'}</td>"
        + "".join(f"<td>{e(measure_of(line, level), 600)}</td>" for level in LEVELS)
        + f"<td>{_stop(line.stops_text, line.stopped)}</td></tr>"
        for line in firm.lines
    )
    size = " few" if len(firm.lines) <= _FEW else " many" if len(firm.lines) > _MANY else ""
    return (
        f'<table class="lines{size}"><thead><tr><th style="width:15%">生产线</th><th style="width:12%">停限设备</th>{heads}'
        f'<th style="width:15%">停产时段</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _stop(text: str | None, stopped: bool) -> str:
    return e(text, 120) or ("长期停产" if stopped else "—")


def _facts(response: Response, firm: Enterprise) -> str:
    """Give the plain facts of a code to scan: short, so that it can be read off paper."""
    used = response.list_version or {}
    parts = (
        f"{response.mark}{one_line(firm.firm_name, 40)}",
        one_line(firm.credit_code, 24),
        f"绩效等级 {one_line(firm.grade, 10)}",
        f"清单 {used.get('version_id', '')}",
        f"举报 {HOTLINE}",
    )
    return "\n".join(parts)


@lru_cache(maxsize=1)
def _code(text: str) -> str:
    """Draw a code as SVG; the mask is fixed, for trying all eight takes most of the time and shows no difference."""
    code = segno.make_qr(text, error="m", mask=2, encoding="utf-8", boost_error=False)
    out = BytesIO()
    code.save(
        out,
        kind="svg",
        border=2,
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode("utf-8")
