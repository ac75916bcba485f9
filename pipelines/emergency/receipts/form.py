"""What stands in a form of receipts or of checks: headings, words to choose from, the firms and counties asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboards.response.receipt_form import Form, write_form
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.receipts.gather import warning_with_list
from pipelines.emergency.receipts.warning_with_list import ANSWERED, WarningWithList, highest
from pipelines.home import Home
from sources.receipts.columns import COLUMNS, NEEDED, heading
from sources.receipts.words import CHANNELS, LEVEL_WORDS, SOURCES, STATUSES, VERDICTS

TITLES = {
    "receipt": "应急响应回执 answers to a response",
    "verification": "应急响应执行核查 checks of execution",
}
HINTS = {
    "receipt": "黄底必填；企业填信用代码，区县、部门填名称；部分执行、不能执行须写原因 | yellow: required; a reason unless carried out",
    "verification": "黄底必填；结论不填则按证据得出；没有数据写“无数据”，不得写“落实” | without a verdict the evidence decides",
}
_WORDS = {
    "channel": CHANNELS, "status": STATUSES, "verdict": VERDICTS, "expected_source": SOURCES, "level": LEVEL_WORDS,
}  # fmt: skip


def write_template(path: Path, home: Home, warning_id: str | None = None, *, checks: bool = False) -> int:
    """Write a form, with a row for everybody who is to answer a warning; returns the number of rows filled in.

    Raises
    ------
    LifeError
        There is no such warning, or nobody has approved it.
    """
    kind = "verification" if checks else "receipt"
    about = warning_with_list(home, warning_id) if warning_id else None
    if about is not None and about.record.state not in ANSWERED:
        raise LifeError(
            "not_approved", f"{warning_id} 未经批准，没有可回执的响应", f"{warning_id} was not approved"
        )
    rows = [] if about is None else _checks(about) if checks else _receipts(about)
    columns = COLUMNS[kind]
    mark = about.record.watermark if about is not None else ""
    form = Form(
        mark + TITLES[kind], HINTS[kind], {c.name: heading(c) for c in columns}, NEEDED[kind],
        {name: [names[0] for names in words.values()] for name, words in _WORDS.items()},
    )  # fmt: skip
    write_form(path, form, rows)
    return len(rows)


def _receipts(about: WarningWithList) -> list[dict[str, Any]]:
    firms = about.filed.asked(about.record.level)
    one: dict[str, Any] = {"warning_id": about.record.warning_id}
    counties = dict.fromkeys(firm.county_key for firm in firms)
    return [
        one
        | {"credit_code": f.credit_code, "firm_name": f.firm_name, "site": f.site, "county": f.county_name}
        for f in firms
    ] + [one | {"county": about.filed.counties[key]} for key in counties]


def _checks(about: WarningWithList) -> list[dict[str, Any]]:
    level = highest(about.record, about.events)
    ratios = about.ratios(level)
    names = {code: words[0] for code, words in LEVEL_WORDS.items()}
    rows = []
    for firm in about.filed.asked(level):
        for line in sorted(about.filed.line_ids.get(firm.enterprise_id, ())):
            ratio = ratios.get((firm.enterprise_id, line))
            rows.append(
                {
                    "warning_id": about.record.warning_id, "credit_code": firm.credit_code, "firm_name": firm.firm_name,
                    "site": firm.site, "line_id": line, "level": names.get(level),
                    "expected_ratio": None if ratio is None else f"{ratio:.6g}",
                    "expected_source": "清单" if ratio is not None else None,
                }
            )  # fmt: skip
    return rows
