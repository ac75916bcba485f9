"""The words of an official letter, made from a response: title, grounds, measures."""

from datetime import datetime, time

from dashboards.clean import one_line
from dashboards.response.measures import Measure, plan
from dashboards.response.model import Response
from dashboards.response.words import HOTLINE, body_lines, moment, without_mark

WITHOUT_MEASURES = ("suspend", "lift")
NUMERALS = "一二三四五六七八九十"
TITLE_LETTERS = 20
"""Letters of a title that fit a line."""


def title_lines(title: str) -> list[str]:
    """Break a title where it does not fit a line: marks by themselves, then before what is warned of."""
    plain = without_mark(title)
    lines = [title.removesuffix(plain)] if plain != title else []
    place = max(plain.find(word) for word in ("重污染天气", "不利气象"))
    if len(plain) <= TITLE_LETTERS or place <= 0 or max(place, len(plain) - place) > TITLE_LETTERS:
        return [*lines, plain]
    return [*lines, plain[:place], plain[place:]]


def even_parts(name: str, most: int) -> list[str]:
    """Break a name that does not fit a line into lines of about the same length."""
    lines = -(-len(name) // max(most, 1))
    size = -(-len(name) // max(lines, 1))
    return [name[at : at + size] for at in range(0, len(name), size)]


def _is_item(line: str) -> bool:
    return line[:2] in {f"{n}、" for n in NUMERALS}


def _is_hotline(line: str) -> bool:
    return HOTLINE in line


def lead(response: Response) -> list[str]:
    """Paragraphs above the blocks: the decision, then forecast and plan it rests on."""
    with_blocks = response.notice not in WITHOUT_MEASURES
    lines = [
        line
        for line in body_lines(response)
        if not (with_blocks and _is_item(line)) and not _is_hotline(line)
    ]
    return lines[:1] + _grounds(response) + lines[1:]


def _grounds(response: Response) -> list[str]:
    parts = []
    spoken = forecast_zh(response)
    if spoken and response.notice not in WITHOUT_MEASURES:
        parts.append(spoken)
    held = plan(response)
    if held is not None:
        parts.append(f"本通知依据《{held.name[0]}》（{held.document_no}）作出。")
    return ["".join(parts)] if parts else []


def forecast_zh(response: Response) -> str:
    """Tell the forecast by its days from the start of the warning: range of AQI and primary pollutants."""
    start, end = moment(response.warning.get("start_at")), moment(response.warning.get("end_at"))
    rows = [
        row
        for row in response.forecast
        if (start is None or row["day"] >= start.date())
        and (end is None or datetime.combine(row["day"], time()) < end)
    ]
    ends = [
        value
        for row in rows
        for value in (row.get("aqi_low") or row.get("aqi"), row.get("aqi_high") or row.get("aqi"))
        if value is not None
    ]
    if not ends:
        return ""
    first, last = rows[0]["day"], rows[-1]["day"]
    days = f"{first.month}月{first.day}日" + (f"至{last.month}月{last.day}日" if last != first else "")
    range_ = f"{min(ends)}—{max(ends)}" if min(ends) != max(ends) else f"{max(ends)}"
    found = [p.strip() for row in rows for p in str(row.get("primary_pollutants") or "").split(",")]
    named = "、".join(dict.fromkeys(one_line(p, 20) for p in found if p))
    return f"据预报，{days}空气质量指数（AQI）为{range_}" + (f"，首要污染物为{named}。" if named else "。")


def closing(response: Response) -> list[str]:
    """Paragraphs below the blocks: where to report."""
    return [line for line in body_lines(response) if _is_hotline(line) and not _is_item(line)]


def item_text(response: Response, item: Measure) -> str:
    """Write a measure: department, text, whom it is for, exceptions."""
    verb = "督导" if item.department[0].endswith(("部门", "政府", "管委会")) else ""
    text = f"{item.department[0]}{verb}：{item.text[0]}"
    if item.target[0]:
        text += f"对象：{item.target[0]}。"
    if item.exceptions[0]:
        text += f"例外：{item.exceptions[0]}。"
    if item.block == "mandatory" and item.topic[0] == "工业源":
        text += _listed(response)
    return text


def _listed(response: Response) -> str:
    if response.list_version is None:
        return ""
    held = [e for e in response.enterprises if any(line.measures.get(response.level) for line in e.lines)]
    lines = sum(1 for e in held for line in e.lines if line.measures.get(response.level))
    if not held:
        return ""
    return f"本级有减排措施的企业{len(held)}家、生产线{lines}条，名单及措施见附件。"
