"""Coal in the bulletin of a month: progress against the targets of the year."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import words
from dashboards.bulletin.words import DASH
from dashboards.clean import one_line
from dashboards.coal import words as coal_words

_UNKNOWN = ("insufficient", "not_comparable")


def coal_text(rows: Sequence[Mapping[str, Any]] | None) -> str:
    """Say until when the progress goes, or why there is none."""
    if rows is None:
        return "煤炭消费进度为内部资料，公开版不列。"
    if not rows:
        return "没有本年度的煤炭消费目标。"
    months = sorted({row["as_of_month"] for row in rows})
    return f"煤炭消费目标{len(rows)}项，进度截至{'、'.join(months)}（最近已结束月份）。"


def coal_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of targets: what was used, the same part of the year before, the limit, what is left, the verdict."""
    return [_row(row) for row in rows]


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    known, state = row["verdict"] not in _UNKNOWN, row["kind"] == "state"
    return {
        "name": one_line(row["area_name"], 40),
        "scope": coal_words.name("scope", row["scope"], english=False),
        "kind": coal_words.name("kind", row["kind"], english=False),
        "unit": one_line(row["unit_zh"], 20),
        "period": _period(row["period"]),
        "actual": words.figure(row["actual"], 2) if known else DASH,
        "before": words.figure(row["baseline"], 2) if known else DASH,
        "change_pct": words.signed(row["change_pct"], 2, "%")
        if known and row["change_pct"] is not None
        else DASH,
        "limit": words.figure(row["target_amount"] if state else row["limit"], 2),
        "rest": words.figure(row["rest"], 2) if known and not state else DASH,
        "projected": words.figure(row["projected"], 2) if known else DASH,
        "verdict": coal_words.light("verdict", row["verdict"], verified=row["verified"], english=False)[0],
        "verdict_text": one_line(row["verdict_zh"], 300),
    }


def _period(text: Any) -> str:
    """Write a run of months of the year: 1—10月."""
    found = re.fullmatch(r"\d{4}-(\d\d)(?:\.\.(\d\d))?", str(text or ""))
    if not found:
        return "全年" if re.fullmatch(r"\d{4}", str(text or "")) else one_line(text, 20) or DASH
    first, last = int(found[1]), int(found[2] or found[1])
    return f"{first}月" if first == last else f"{first}—{last}月"
