"""Short messages of a warning as a CSV for the gateway: one row per enterprise, one for the public, one for departments.

No message is longer than 70 characters as telephones count them. What is cut first is the firm's own name, then polite
words; level, time and the head of the measure are never cut.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboards.clean import cut, one_line
from dashboards.response.model import Enterprise, Response
from dashboards.response.words import since, when
from dashboards.tables.model import staged
from warehouse import standards
from warehouse.standards.warning_words import LEVEL_NAMES, RESPONSES, response_name, warning_name

LONGEST = 70
"""UTF-16 units of one short message: what networks count."""
HEADINGS = (
    "类别 kind", "代码 code", "名称 name", "县区 county", "电话 phone", "级别 level", "短信 text", "字数 length",
    "状态 status", "原因 reason",
)  # fmt: skip
READY, NOT_READY, ELSEWHERE = "可发送 ready", "不可发送 not ready", "另行发送 sent elsewhere"
REASONS = {
    "no_phone": "清单未填手机号 | no phone in the list",
    "landline": "固定电话收不到短信 | a landline cannot receive messages",
    "bad_phone": "号码不是手机号 | not a mobile number",
    "by_directory": "按通讯录发送 | to be sent by the directory",
    "by_government": "由政府发布渠道发送 | to be sent by the government's channel",
}
_NAME_LEAST, _HEAD = 6, 12
_YOU = "贵单位"
_STILL_STOPPED = "错峰、季节或长期停产仍须执行。"
_FORMULA = tuple("=+-@＝＋－＠\t\r\n|%")
_SEVERAL = re.compile(r"[/、，,;；\s]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{9,11}|[2-9][0-9]{6,7}|400[0-9]{7}")
_ENDS = re.compile("[，。；,;]")


@dataclass(frozen=True)
class Message:
    """One row of the file."""

    kind: str
    code: str
    name: str
    county: str
    phone: str
    text: str
    reason: str

    def cells(self, level: str) -> tuple[str, ...]:
        """Give the cells in the order of `HEADINGS`."""
        status = READY if not self.reason else ELSEWHERE if self.reason.startswith("by_") else NOT_READY
        told = REASONS[self.reason] if self.reason else ""
        cells = (self.kind, self.code, self.name, self.county, self.phone, level, self.text)
        return (*cells, str(units(self.text)), status, told)


def write_sms(response: Response, path: Path) -> int:
    """Write the messages as CSV in UTF-8 with the mark Excel needs, whole, and return the number of rows."""
    level = LEVEL_NAMES.get(response.level, (response.level, ""))[0]
    n = 0
    with staged(path) as part, part.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(HEADINGS)
        for message in sms_messages(response):
            writer.writerow([harmless(cell) for cell in message.cells(level)])
            n += 1
    return n


def sms_messages(response: Response) -> Iterator[Message]:
    """Give every message of a response: public, departments, then enterprises in the order of the list."""
    words, parts = _words(response), _template(response)
    mark = response.mark
    city = one_line(response.warning["city_name"], 40)
    public = _fitted(mark + parts["public"].format_map(words), parts["public_tail"])
    yield Message("公众 public", str(response.warning["city_code"]), city, "", "", public, "by_government")
    department = _fitted(mark + parts["department"].format_map(words), "")
    yield Message("部门 department", "", "成员单位", "", "", department, "by_directory")
    for firm in response.enterprises:
        phone, reason = mobile(firm.phone)
        text = firm_text(response, firm, parts, words)
        yield Message(
            "企业 enterprise", one_line(firm.credit_code, 40), one_line(firm.firm_name, 200), one_line(firm.county_name, 60),
            phone, text, reason,
        )  # fmt: skip


def firm_text(response: Response, firm: Enterprise, parts: dict[str, str], words: dict[str, str]) -> str:
    """Write the message of one enterprise.

    The mark, what happens when, and the head of the measure stand in every message; the name of the firm is shortened
    first, then what is asked for in the end goes, then the rest of the measure.
    """
    opening = response.mark + words["city_short"] + parts["firm"].format_map(words)
    measure = "" if response.notice in ("suspend", "lift") else measure_of(firm, response.level)
    head = _head(measure)
    grade = f"（{one_line(firm.grade, 8)}级）" if firm.grade else ""
    name = one_line(firm.firm_name, 60) or _YOU
    tail = parts["firm_tail"]
    if response.notice == "lift" and firm.lines and all(line.stopped for line in firm.lines):
        tail = _STILL_STOPPED
    room = LONGEST - units(opening)
    asked = f"{measure}。" if measure else ""
    for ending in (tail, ""):
        left = room - units(f"{grade}：{asked}{ending}")
        if left >= min(_NAME_LEAST, units(name)):
            return f"{opening}{cut_units(name, left)}{grade}：{asked}{ending}"
    if units(f"{_YOU}：{asked}") <= room:
        return f"{opening}{_YOU}：{asked}"
    left = room - units(f"{_YOU}：。")
    return f"{opening}{_YOU}：{cut_units(measure, max(left, units(head)))}。"


def measure_of(firm: Enterprise, level: str) -> str:
    """Say what an enterprise does at a level: the measures of its lines, equal ones once."""
    found: dict[str, int] = {}
    for line in firm.lines:
        text = "维持停产" if line.stopped else _tidy(line.measures.get(level))
        if not text and line.doubt == "self_directed":
            text = "自主减排"
        if text:
            found[text] = found.get(text, 0) + 1
    if not found:
        return "清单未列本级强制措施，请达标排放"
    several = len(found) > 1
    return "；".join(f"{n}条线{text}" if several else text for text, n in found.items())


@lru_cache(maxsize=4096)
def _tidy(measure: str | None) -> str:
    return one_line(measure, 200).rstrip("。；;")


def _head(measure: str) -> str:
    """Give the head of a measure: its first words, a dozen characters at most."""
    return cut_units(_ENDS.split(measure, maxsplit=1)[0], _HEAD)


def mobile(phone: str | None) -> tuple[str, str]:
    """Give a number a message can be sent to, else why there is none; of several numbers the first mobile one."""
    text = one_line(phone, 60)
    if not text:
        return "", "no_phone"
    found = [_digits(part) for part in (text, *_SEVERAL.split(text))]
    for digits in found:
        if _MOBILE.fullmatch(digits):
            return digits, ""
    landline = any(_LANDLINE.fullmatch(digits) for digits in found)
    return text[:30], "landline" if landline else "bad_phone"


def _digits(text: str) -> str:
    return re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", re.sub(r"[\s()（）-]", "", text), flags=re.ASCII)


def units(text: str) -> int:
    """Count a text as networks do: characters beyond the first plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_units(text: str, limit: int) -> str:
    """Shorten a text to a number of UTF-16 units with an ellipsis."""
    if units(text) <= limit:
        return text
    n = limit
    while n > 0 and units(made := cut(text, n)) > limit:
        n -= 1
    return made if n > 0 else ""


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _fitted(text: str, tail: str) -> str:
    return text + tail if units(text + tail) <= LONGEST else cut_units(text, LONGEST)


def _template(response: Response) -> dict[str, str]:
    rows = standards.rows_on("notice_sms", response.response_day)
    return next(row for row in rows if row["kind"] == response.notice)


def _words(response: Response) -> dict[str, str]:
    warning, level = response.warning, response.level
    city = cut_units(one_line(warning["city_name"], 40), 12)
    end = warning.get("end_at")
    return {
        "city": city,
        "city_short": cut_units(city, 8),
        "level": LEVEL_NAMES[level][0] if level in RESPONSES else "管控",
        "what": warning_name(level),
        "response": response_name(level)[0],
        "start": when(warning.get("start_at")),
        "since": when(since(response)),
        "decided": when(warning.get("decided_at") or warning.get("drafted_at")),
        "lifted": when(warning.get("lifted_at") or warning.get("decided_at")),
        "until": f"至{when(end, last=True)}" if end else "，解除另行通知",
    }
