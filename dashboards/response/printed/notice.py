"""Notices to enterprises (响应通知单): one page of A4 each, with what every line does now and a receipt to sign."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.clean import one_line
from dashboards.response.list_words import headline, line_named, measure_of, moment
from dashboards.response.model import Enterprise, Line, Response
from dashboards.response.printed.page import e, mark_line, sign, write_pages
from dashboards.response.words import HOTLINE, since
from warehouse import standards
from warehouse.standards.warning_words import NOTICE_NAMES, RESPONSES, SHORT_NAMES, response_name

_STYLE = """
@page{size:A4 portrait;margin:14mm 15mm}
body{font-size:10.5pt;line-height:1.45}
.page{break-after:page}
.page:last-child{break-after:auto}
@media screen{.page{width:210mm;min-height:297mm;padding:14mm 15mm}}
h1{font-size:18pt;text-align:center;margin:2mm 0 3mm}
h2{font-size:11.5pt;margin:3.5mm 0 1.5mm}
p{margin:1.5mm 0}
.no{display:flex;justify-content:space-between;gap:6mm;font-size:9.5pt}
.to{font-size:13pt;font-weight:700;margin:2.5mm 0 1.5mm;overflow-wrap:anywhere}
.lines td{font-size:10pt}
.lines .now{font-weight:700;font-size:11pt}
ul{margin:1mm 0 0;padding-left:5.5mm}
li{margin:.6mm 0;font-size:10pt}
.foot{text-align:right;margin-top:3mm}
.cut{border-top:1px dashed #333;margin-top:4mm;padding-top:2.5mm;break-inside:avoid}
.cut td{height:9mm;width:25%}
.cut th{width:22mm;white-space:nowrap}
"""
_OVER = ("lift", "suspend")
_CHANGED = ("upgrade", "downgrade", "resume")
"""Notices of what holds from a moment of its own, not from the start of the warning."""


def write_notices(response: Response, firms: Sequence[Enterprise], path: Path, place: str = "") -> None:
    """Write the notices of some enterprises as one document to print.

    Parameters
    ----------
    response : Response
        Of an approved warning: a draft is told to nobody.
    firms : sequence of Enterprise
    path : Path
    place : str
        County or firm, for the title of the document.
    """
    title = f"{response.mark}{headline(response)}通知单 {one_line(place, 60)}".strip()
    write_pages(path, title, _STYLE, (notice_page(response, firm) for firm in firms))


def notice_page(response: Response, firm: Enterprise) -> str:
    """Give the notice of one enterprise."""
    w, kind = response.warning, NOTICE_NAMES[response.notice][0]
    return "".join(
        (
            '<section class="page">',
            mark_line(response),
            f'<div class="no"><span>文号：{e(w["document_no"], 120) or "待定"}</span><span>预警编号：{e(w["warning_id"], 60)}</span></div>',
            f"<h1>重污染天气应急响应通知单（{kind}）</h1>",
            f'<p class="to">致：{e(firm.firm_name, 300)}{_site(firm)}</p>',
            f"<p>{_identity(firm)}</p>",
            f"<p>{sign(response, response.level, _level(response))}　{_span(response)}</p>",
            f"<p>{_demand(response)}</p>",
            _lines(response, firm),
            _points(response, firm),
            f"<p>落实有困难或清单信息有误，请立即报告所在县区生态环境部门；违法排污举报电话 {HOTLINE}。</p>",
            f'<p class="foot">{e(w["issuing_body"], 120) or "发布单位待定"}<br>{_dated(response)}</p>',
            _receipt(response, firm),
            "</section>",
        )
    )


def _site(firm: Enterprise) -> str:
    return f"（{e(firm.site, 60)}）" if firm.site else ""


def _identity(firm: Enterprise) -> str:
    grade = firm.grade if firm.graded else f"未评级，按 {firm.grade} 级执行"
    parts = [
        f"统一社会信用代码：{e(firm.credit_code, 40)}",
        f"绩效等级：{e(grade, 40)}",
        *([f"管控类别：{e(firm.category, 40)}"] if firm.category else []),
        *([f"地址：{e(firm.address, 120)}"] if firm.address else []),
        f"责任人：{e(firm.contact, 60) or '清单未填'}　{e(firm.phone, 40)}",
    ]
    return "；".join(parts)


def _level(response: Response) -> str:
    level = response.level
    if level not in RESPONSES:
        return one_line(str(response.warning["level_zh"]), 20)
    return f"{SHORT_NAMES[level]}预警　{response_name(level)[0]}"


def _span(response: Response) -> str:
    w = response.warning
    if response.notice == "lift":
        return f"自 {moment(w['lifted_at'] or w['decided_at'])} 起解除"
    if response.notice == "suspend":
        return f"自 {moment(w['decided_at'])} 起暂停"
    start = since(response) if response.notice in _CHANGED else w["start_at"]
    return f"自 {moment(start)} 起，至 {moment(w['end_at'], last=True)}"


def _demand(response: Response) -> str:
    city, words = e(response.warning["city_name"], 40), _level(response).replace("　", "")
    if response.notice == "lift":
        return f"{city}{words}已解除。下列应急措施同步终止；错峰、季节性停产和排污许可要求仍须执行。"
    if response.notice == "suspend":
        return f"{city}{words}已暂停。下列应急措施暂停执行，恢复时另行通知；请保持随时可恢复的状态。"
    version = e((response.list_version or {}).get("version_id"), 40)
    return f"请贵单位按已备案的应急减排清单（{version}）{_since(response)}执行下列措施，并做好记录。"


def _since(response: Response) -> str:
    """Say from when: in an issue from the start of the response, afterwards from the decision."""
    if response.notice == "extend":
        return "继续"
    return f"自 {moment(since(response))} 起"


def _lines(response: Response, firm: Enterprise) -> str:
    over = response.notice in _OVER
    head = "已终止的措施" if response.notice == "lift" else "暂停的措施" if over else "现在须执行的措施"
    rows = "".join(
        f"<tr><td>{n}</td><td>{e(line_named(line), 120)}</td><td>{e(line.equipment, 120) or '—'}</td>"
        f'<td class="now">{_measure(response, line)}</td><td>{e(line.evidence, 120) or "—"}</td></tr>'
        for n, line in enumerate(firm.lines, start=1)
    )
    return (
        '<table class="lines"><thead><tr><th style="width:13mm;white-space:nowrap">序号</th><th style="width:32mm">生产线</th>'
        f'<th style="width:27mm">停限设备</th><th>{head}</th><th style="width:36mm">核查方式</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _measure(response: Response, line: Line) -> str:
    if line.stopped:
        until = f"（{e(line.stops_text, 120)}）" if line.stops_text else ""
        return f"已按要求停运{until}，响应期间不得恢复生产"
    if response.level not in RESPONSES:
        return "本级别不启动清单措施"
    text = measure_of(line, response.level)
    return "清单未列强制措施，鼓励自主减排" if text == "—" else e(text, 600)


@cache
def _points_on(day: date) -> tuple[dict[str, Any], ...]:
    """What inspectors look at, each with the codes of the measures it belongs to; none: to all."""
    return tuple(standards.rows_on("inspection_point", day))


def _points(response: Response, firm: Enterprise) -> str:
    if response.notice in _OVER:
        return ""
    said_codes = {
        code
        for line in firm.lines
        if not line.stopped
        for code in (line.codes.get(response.level) or "").split(";")
    }
    if any(line.stopped for line in firm.lines):
        said_codes.add("STOP_ALL")
    points = [
        row["text_zh"]
        for row in _points_on(response.response_day)
        if not row["codes"] or said_codes & set(row["codes"].split(";"))
    ]
    return f"<h2>检查时看什么</h2><ul>{''.join(f'<li>{e(point)}</li>' for point in points)}</ul>"


def _dated(response: Response) -> str:
    w = response.warning
    day = (w["approved_at"] if response.notice == "issue" else w["decided_at"]) or w["drafted_at"]
    return f"{day.year}年{day.month}月{day.day}日"


def _receipt(response: Response, firm: Enterprise) -> str:
    """Give the part that is signed, cut off and handed back."""
    done = "已终止应急措施" if response.notice == "lift" else "已按通知落实"
    return (
        f'<div class="cut"><h2>回执（{e(response.mark, 20)}{e(response.warning["warning_id"], 60)}）</h2>'
        f"<p>我单位 {e(firm.firm_name, 120)}（{e(firm.credit_code, 40)}）已收到{NOTICE_NAMES[response.notice][0]}通知，"
        f"于＿＿月＿＿日＿＿时＿＿分{done}。</p>"
        "<table><tr><th>签收人</th><td></td><th>职务</th><td></td></tr>"
        "<tr><th>联系电话</th><td></td><th>签收时间</th><td></td></tr>"
        '<tr><th>存在问题</th><td></td><th>单位盖章</th><td></td></tr></table></div>'
    )  # fmt: skip
