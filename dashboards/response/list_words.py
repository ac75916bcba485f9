"""Words of the list's documents: levels, verdicts, doubts."""

from datetime import date, datetime, timedelta
from typing import Any

from dashboards.clean import one_line
from dashboards.response.model import Line, Response
from warehouse.standards.warning_words import RESPONSES, SHORT_NAMES, response_name

VERDICTS = {"met": "✔ 达到", "doubtful": "? 待核实", "not_met": "✘ 未达到", "insufficient": "— 数据不足"}
DOUBTS = {
    "self_directed": "自主减排类，所填比例不强制，未计",
    "task_limited": "按保障任务执行，所填比例未计",
    "no_measure": "只有比例、没有措施，未计",
    "paper": "当前产量已不高于限产后产量（纸面减排），未计",
    "differs": "所填比例与措施文字不一致，按小者计",
    "lines": "按线停产的线数不为整数，按少计",
    "which_lines": "未指明停哪条线，按排放较小的线计",
}
NO_COUNTY = "未注明县区"
NO_INDUSTRY = "未注明行业"
KINDS = {"mobile": "移动源", "nonroad": "非道路移动机械", "dust": "扬尘源"}
SECTORS = {
    "total": "全社会合计", "industry": "工业", "mobile": "移动源", "nonroad": "非道路移动机械", "dust": "扬尘",
    "residential": "生活", "other": "其他",
}  # fmt: skip
LONGEST_TEXT = 1000
"""Longest text of a line of the list [characters]."""


def headline(response: Response) -> str:
    """City, level and response, without marks: 西安市橙色预警Ⅱ级响应."""
    level = response.level
    city = one_line(str(response.warning["city_name"]), 40)
    if level not in RESPONSES:
        return f"{city}{one_line(str(response.warning['level_zh']), 20)}"
    return f"{city}{SHORT_NAMES[level]}预警{response_name(level)[0]}"


def measure_heading(response: Response, level: str) -> str:
    """Heading of the measures of a level; those in force are said to be so, those of a warning that is over are not."""
    now = level == response.level and response.notice not in ("lift", "suspend")
    return f"{SHORT_NAMES[level]}措施" + ("（现在执行）" if now else "")


def list_named(response: Response, limit: int = 60) -> str:
    """Filed version and the number it was filed under."""
    used = response.list_version
    if used is None:
        return "没有已备案的清单"
    return f"{used['version_id']}（备案文号 {one_line(used['document_no'], limit) or '—'}）"


def moment(value: datetime | None, *, last: bool = False) -> str:
    """Day and hour; the end of a day is its 24th hour."""
    if value is None:
        return "另行通知" if last else "待定"
    whole = last and value.hour == 0 and value.minute == 0
    day = value - timedelta(days=1) if whole else value
    minutes = f"{value.minute:02}分" if value.minute else ""
    return f"{day.year}年{day.month}月{day.day}日{24 if whole else value.hour}时{minutes}"


def day_of(value: Any) -> str:
    """Day of a date or moment."""
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else one_line(str(value or ""), 20)


def measure_of(line: Line, level: str) -> str:
    """What a line does at a level, in the words of the list."""
    return one_line(line.measures.get(level), LONGEST_TEXT) or "—"


def remark(line: Line) -> str:
    """What must be known of a line on the response day."""
    parts = []
    if line.stopped:
        parts.append(
            f"响应日已停运{f'（{one_line(line.stops_text, 120)}）' if line.stops_text else ''}，不另计减排"
        )
    elif line.doubt:
        parts.append(DOUBTS.get(line.doubt, line.doubt))
    if line.shared_id:
        parts.append(f"共用炉窑或烟囱 {one_line(line.shared_id, 40)}，合计一次")
    if not line.graded:
        parts.append("未评级，按最低等级")
    return "；".join(parts)


def line_named(line: Line) -> str:
    """Name of a line, else its number."""
    return one_line(line.line_name, 120) or f"{one_line(line.line_id, 40)} 号"
