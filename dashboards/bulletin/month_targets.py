"""Targets of air quality in the bulletin of a month."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import words
from dashboards.bulletin.words import DASH
from dashboards.clean import one_line

_METRICS = {
    "pm25_mean": ("PM2.5平均浓度（微克/立方米）", 1),
    "good_days": ("优良天数（天）", 0),
    "good_days_pct": ("优良天数比例（%）", 1),
    "heavy_days": ("重度及以上污染天数（天）", 0),
    "pm25_mean_change_pct": ("PM2.5同比（%）", 1),
    "heavy_days_change_pct": ("重污染天数同比（%）", 1),
}
_VERDICTS = {
    "met": "完成",
    "failed": "未完成",
    "on_track": "正常",
    "behind": "落后",
    "out_of_reach": "已无法完成",
    "insufficient": "数据不足",
}


_METHODS = {
    "rest_as_last_year": "其余时段按上年同期",
    "rest_as_so_far": "其余时段按目前水平",
}


def targets_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how the verdicts were reckoned, or that there are no targets."""
    if not rows:
        return "本时段没有已录入的空气质量目标。"
    how = "；".join(text for code, text in _METHODS.items() if any(r["method"] == code for r in rows))
    return f"目标{len(rows)}项，截至{words.day_zh(rows[0]['as_of_day'])}" + (
        f"；未结束的，结论按推算（{how}）。" if how else "。"
    )


def target_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of targets: value so far, what the rest of the period may average, verdict."""
    made = []
    for row in rows:
        metric, digits = _METRICS.get(row["metric"], (one_line(row["metric"], 40), 1))
        known = row["verdict"] != "insufficient"
        made.append(
            {
                "name": one_line(row["name_zh"], 40),
                "period": words.period_zh(row["period"]),
                "metric": metric,
                "target": words.figure(row["target_value"], digits),
                "so_far": words.figure(row["value_so_far"], digits) if known else words.LACKING,
                "rest": _rest(row) if known else DASH,
                "days_left": str(row["n_days_left"]),
                "verdict": _VERDICTS.get(row["verdict"], one_line(row["verdict"], 20)),
                "as_of": words.day_zh(row["as_of_day"]),
                "document_no": one_line(row["document_no"], 60) or DASH,
            }
        )
    return made


def _rest(row: Mapping[str, Any]) -> str:
    if row["allowed_mean_rest_ugm3"] is not None:
        return f"其余平均不超过{words.figure(row['allowed_mean_rest_ugm3'], 1)}"
    if row["good_days_needed"] is not None:
        return f"还需优良{words.count_days(max(0.0, row['good_days_needed']))}天"
    if row["heavy_days_left"] is not None:
        return f"重污染余额{words.count_days(row['heavy_days_left'])}天"
    return DASH
