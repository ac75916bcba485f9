"""A row that was read becomes a receipt or a record of a check, or is told to be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.emergency.life.records import Record
from pipelines.emergency.receipts.filed_list import FiledList, Firm, same_place
from pipelines.emergency.receipts.model import Receipt, Verification
from pipelines.emergency.receipts.verdict import Evidence, unfounded, verdict_of
from pipelines.emergency.receipts.warning_with_list import WarningWithList, level_at
from sources.receipts.reading import Bad, Values


def receipt_of(line: int, values: Values, about: WarningWithList, as_of: datetime) -> Receipt | Bad:
    """Make a receipt of a row, or say why not."""
    answered, record = values["answered_at"], about.record
    wrong = _wrong_moment(line, "answered_at", answered, record, as_of)
    sender = _sender(line, values, about.filed)
    if wrong is not None:
        return wrong
    if isinstance(sender, Bad):
        return sender
    status = values["status"]
    kind, sender_id, name = sender
    return Receipt(
        record.warning_id, kind, sender_id, name, answered, values["answered_by"], values["channel"], status,
        values.get("site") if kind == "enterprise" else None,
        values.get("reason") if status != "done" else None, values.get("note"), source_line=line,
    )  # fmt: skip


def _sender(line: int, values: Values, filed: FiledList) -> tuple[str, str, str] | Bad:
    """Give kind, id and name of who answers, or what is wrong."""
    if values.get("credit_code"):
        firms = _firms_of(line, values, filed)
        if isinstance(firms, Bad):
            return firms
        name = firms[0].firm_name if firms else values.get("firm_name")
        return "enterprise", values["credit_code"], name or values["credit_code"]
    if values.get("department"):
        return "department", values["department"], values["department"]
    key = filed.county_of(values["county"])
    if key is not None:
        return "county", key, filed.counties[key]
    if filed.version is not None:
        known = "、".join(filed.counties.values())
        return Bad(
            line, "county", values["county"], f"在用清单中没有区县“{values['county']}”；有：{known}",
            f"the list in use has no county “{values['county']}”; it has: {known}",
        )  # fmt: skip
    return "county", same_place(values["county"]), values["county"]


def _firms_of(line: int, values: Values, filed: FiledList) -> list[Firm] | Bad:
    """Find the sites of a firm in the list in use; an empty list where no list is filed."""
    code, site = values["credit_code"], values.get("site")
    if filed.version is None:
        return []
    own = filed.sites.get(code, [])
    if not own:
        version = filed.version_id
        return Bad(
            line, "credit_code", code, f"“{code}”不在在用清单 {version} 中；请核对代码",
            f"“{code}” is not in the list in use, {version}: check the code",
        )  # fmt: skip
    found = [firm for firm in own if same_place(firm.site) == same_place(site)] if site else own
    if not found:
        known = "、".join(firm.site or "—" for firm in own)
        zh, en = f"该企业没有厂区“{site}”；有：{known}", f"the firm has no site “{site}”; it has: {known}"
        return Bad(line, "site", str(site), zh, en)
    return found


def _wrong_moment(line: int, item: str, moment: datetime, record: Record, as_of: datetime) -> Bad | None:
    """Refuse a moment before the warning was approved, or after now."""
    first = record.approved_at
    if first is not None and moment < first.replace(second=0, microsecond=0):
        zh, en = f"早于批准时间 {first:%Y-%m-%d %H:%M}", f"is before the approval at {first:%Y-%m-%d %H:%M}"
    elif moment > as_of:
        zh, en = f"晚于现在 {as_of:%Y-%m-%d %H:%M}", f"is after now, {as_of:%Y-%m-%d %H:%M}"
    else:
        return None
    return Bad(
        line,
        item,
        f"{moment:%Y-%m-%d %H:%M}",
        f"{moment:%Y-%m-%d %H:%M} {zh}",
        f"{moment:%Y-%m-%d %H:%M} {en}",
    )


def verification_of(line: int, values: Values, about: WarningWithList, as_of: datetime) -> Verification | Bad:
    """Make a record of a check of a row, or say why not; without a verdict the rule gives one."""
    record = about.record
    firms = _firms_of(line, values, about.filed)
    if isinstance(firms, Bad):
        return firms
    line_id = values.get("line_id")
    known = {one for firm in firms for one in about.filed.line_ids.get(firm.enterprise_id, ())}
    if line_id is not None and known and line_id not in known:
        shown = "、".join(sorted(known))
        zh, en = (
            f"该企业没有生产线“{line_id}”；有：{shown}",
            f"the firm has no line “{line_id}”; it has: {shown}",
        )
        return Bad(line, "line_id", line_id, zh, en)
    checked = values.get("checked_at") or values["window_end"]
    wrong = _wrong_moment(line, "checked_at", checked, record, as_of) or _wrong_moment(
        line, "window_end", values["window_end"], record, as_of
    )
    if wrong:
        return wrong
    level = values.get("level") or level_at(about.events, values["window_start"]) or record.level
    expected, source = values.get("expected_ratio"), values.get("expected_source")
    if expected is None:
        expected, source = _ratio_of_list(firms, line_id, about, level), "list"
    hours = (values["window_end"] - values["window_start"]).total_seconds() / 3600
    seen = Evidence(
        hours, expected, values.get("cems_load_ratio"), values.get("power_ratio"), values.get("truck_violations"),
        values.get("cems_missing_h"),
    )  # fmt: skip
    stated = values.get("verdict")
    objection = unfounded(stated, seen, has_words=bool(values.get("evidence"))) if stated else None
    if objection:
        return Bad(line, "verdict", str(stated), *objection)
    verdict, why = (stated, None) if stated else verdict_of(seen)
    taken = {n: values.get(n) for n in (
        "site", "line_id", "cems_load_ratio", "power_ratio", "truck_violations", "cems_missing_h", "evidence",
        "checked_by", "note",
    )}  # fmt: skip
    return Verification(
        record.warning_id, values["credit_code"],
        firms[0].firm_name if firms else values.get("firm_name") or values["credit_code"],
        level, values["window_start"], values["window_end"], str(verdict), checked, **taken,
        expected_ratio=expected, expected_source=source if expected is not None else None,
        verdict_by="stated" if stated else "rule", verdict_why=why, source_line=line,
    )  # fmt: skip


def _ratio_of_list(
    firms: Sequence[Firm], line_id: str | None, about: WarningWithList, level: str
) -> float | None:
    """Give what the list asks of a line, or of all lines of a firm where they are asked the same."""
    ratios = about.ratios(level) if firms else {}
    found = {
        ratios.get((firm.enterprise_id, one))
        for firm in firms
        for one in ((line_id,) if line_id is not None else about.filed.line_ids.get(firm.enterprise_id, ()))
    }
    return found.pop() if len(found) == 1 else None
