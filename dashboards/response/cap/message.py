"""The warning as a CAP 1.2 message (OASIS Common Alerting Protocol) with the identifiers used in China.

An export, not the source of truth: codes that are not verified are said to be so in the message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from dashboards.clean import one_line
from dashboards.response.cap.info import info_en, info_zh
from dashboards.response.measures import code
from dashboards.response.model import Response
from dashboards.response.words import mark_meaning, moment
from dashboards.tables.model import staged
from warehouse.standards.marks import DRAFT, EXERCISE

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
KIND_OF_ACTION = {
    "approve": "issue",
    "upgrade": "upgrade",
    "downgrade": "downgrade",
    "extend": "extend",
    "suspend": "suspend",
    "resume": "resume",
    "lift": "lift",
}
"""Actions a message is sent for, with the kind of notice each makes."""
MESSAGE_TYPES = {"issue": "Alert", "lift": "Cancel"}
"""Kinds of notices with a type of their own; every other one is an Update."""


class CapError(ValueError):
    """A message cannot be made of what was given."""


@dataclass(frozen=True)
class Message:
    """One message of a warning: its kind of notice, its identifier and when it was sent."""

    kind: str
    identifier: str
    sent: datetime

    def reference(self, sender: str) -> str:
        """Name the message in another one."""
        return f"{sender},{self.identifier},{stamp(self.sent)}"


def cap_xml(response: Response, *, agency: str | None = None) -> bytes:
    """Make the CAP message that fits a warning as it stands.

    Parameters
    ----------
    response : Response
    agency : str, optional
        Code of the issuing bureau by GB/T 4657, three digits; a placeholder that is said not to be verified where left
        out.

    Returns
    -------
    bytes
        XML in UTF-8; the same response gives the same bytes.

    Raises
    ------
    CapError
        The code of the agency is not three digits.
    """
    sender, verified = sender_of(response, agency)
    sent = messages(response, sender)
    this, earlier = sent[-1], sent[:-1]
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    kind = MESSAGE_TYPES.get(this.kind, "Update") if earlier else "Alert"
    for name, value in (
        ("identifier", this.identifier),
        ("sender", sender),
        ("sent", stamp(this.sent)),
        ("status", status_of(response)),
        ("msgType", kind),
        ("scope", "Public"),
        ("note", _note(response, verified)),
        ("references", " ".join(m.reference(sender) for m in earlier)),
        ("incidents", one_line(response.warning["warning_id"], 100)),
    ):
        if value:
            _add(root, name, value)
    for info in (info_zh(response, this.kind), info_en(response, this.kind)):
        _fill(etree.SubElement(root, f"{{{NAMESPACE}}}info"), _timed(info, response, this))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def write_cap(response: Response, path: Path, *, agency: str | None = None) -> None:
    """Write the CAP message of a response whole; see `cap_xml`."""
    made = cap_xml(response, agency=agency)
    with staged(path) as part:
        part.write_bytes(made)


def sender_of(response: Response, agency: str | None) -> tuple[str, bool]:
    """Give the fourteen characters a message is sent under, and whether its codes are verified.

    Raises
    ------
    CapError
        The code of the agency is not three digits.
    """
    day = response.response_day
    given, known = (agency, True) if agency is not None else code("agency", day)
    if not (len(given) == 3 and given.isascii() and given.isdigit()):
        raise CapError(
            f"机构代码 {given!r} 应为 GB/T 4657 的三位数字；请改正设置"
            f" | agency code {given!r}: expected three digits of GB/T 4657; correct the setting"
        )
    city = str(response.warning["city_code"])
    return f"{city}{given}{code('unit', day)[0]}{code('extension', day)[0]}", known


def messages(response: Response, sender: str) -> list[Message]:
    """Give the messages of a warning from its history, the oldest first and the present one last.

    A draft has one message, of the moment it was drafted.
    """
    found: list[Message] = []
    for event in response.events:
        kind = KIND_OF_ACTION.get(str(event.get("action")))
        at = moment(event.get("as_of"))
        if kind is not None and at is not None:
            found.append(Message(kind, _identifier(sender, at, found), at))
    if not found:
        warning = response.warning
        at = moment(warning.get("approved_at") or warning.get("drafted_at")) or response.made_at
        found.append(Message(response.notice, _identifier(sender, at, ()), at))
    return found


def _identifier(sender: str, at: datetime, earlier: Sequence[Message]) -> str:
    """Name a message by sender, second and a digit that tells messages of one second apart."""
    stem = f"{sender}_{at:%Y%m%d%H%M%S}_"
    number = sum(message.identifier.startswith(stem) for message in earlier)
    if number > 9:
        raise CapError(
            f"{stem}：同一秒内消息超过十条，请核对预警经过"
            f" | {stem}: more than ten messages within a second, check the history"
        )
    return f"{stem}{number}"


def status_of(response: Response) -> str:
    """Give the status of a message: a draft is one whatever else it is, exercises are never Actual."""
    if DRAFT in response.mark:
        return "Draft"
    return "Exercise" if EXERCISE in response.mark else "Actual"


def stamp(at: datetime) -> str:
    """Write a moment in Beijing time the way the schema asks for."""
    return f"{at:%Y-%m-%dT%H:%M:%S}+08:00"


def _note(response: Response, verified: bool) -> str:
    parts = []
    zh, en = mark_meaning(response)
    if zh:
        parts.append(f"{response.mark}{zh} | {en}")
    if not verified:
        parts.append("机构代码为占位代码，未经核实 | the agency code is a placeholder, not verified")
    if not code("event", response.response_day)[1]:
        parts.append("事件代码未经核实 | the event code is not verified")
    return "；".join(parts)


def _timed(info: dict[str, Any], response: Response, this: Message) -> dict[str, Any]:
    """Add to an info block when it holds."""
    warning = response.warning
    lifted = moment(warning.get("lifted_at")) or this.sent
    onset = lifted if this.kind == "lift" else moment(warning.get("start_at"))
    expires, basis = _expiry(response, this)
    if basis:
        info["parameter"].append(("expires_basis", basis))
    return info | {
        "urgency": _urgency(this, onset),
        "effective": stamp(this.sent),
        "onset": stamp(onset) if onset else None,
        "expires": stamp(expires) if expires else None,
    }


def _urgency(this: Message, onset: datetime | None) -> str:
    if this.kind == "lift":
        return "Past"
    if onset is None:
        return "Unknown"
    lead = onset - this.sent
    return "Immediate" if lead <= timedelta(0) else "Expected" if lead < timedelta(hours=24) else "Future"


def _expiry(response: Response, this: Message) -> tuple[datetime | None, str]:
    """Give the planned end; where it will be told later, the end of the forecast, after which it is looked at again."""
    if this.kind == "lift":
        return None, ""
    end = moment(response.warning.get("end_at"))
    if end is not None:
        return end, "planned_end"
    days = [row["day"] for row in response.forecast if row["day"] >= this.sent.date()]
    if not days:
        return None, "open"
    return datetime.combine(max(days), time()) + timedelta(days=1), "end_of_forecast"


_ORDER = (
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
    "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
    "parameter", "area",
)  # fmt: skip
"""Elements of an info block in the order of the schema."""


def _fill(parent: Any, values: Mapping[str, Any]) -> None:
    for name in _ORDER:
        value = values.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, tuple):
                _pair(etree.SubElement(parent, f"{{{NAMESPACE}}}{name}"), *each)
            elif isinstance(each, dict):
                area = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
                _add(area, "areaDesc", each["areaDesc"])
                _pair(etree.SubElement(area, f"{{{NAMESPACE}}}geocode"), *each["geocode"])
            elif each:
                _add(parent, name, each)


def _pair(parent: Any, name: str, value: str) -> None:
    _add(parent, "valueName", name)
    _add(parent, "value", value)


def _add(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
