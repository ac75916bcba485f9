"""状态要求 | targets that ask for a state: households replaced, clean-heating rate, scattered coal left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb

from pipelines.coal.target_areas import TargetArea
from pipelines.coal.target_texts import NOTES, REASONS, RULING, VERDICTS, period_en, period_zh
from pipelines.coal.target_words import area_in, decimal
from pipelines.coal.verdicts import months_elapsed
from warehouse.store import model_sql, rows_of

_METRICS = {
    "households": ("替代户数（户）", "households replaced", "household"),
    "clean_heating_pct": ("清洁取暖率（%）", "clean-heating rate (%)", "%"),
    "scattered_coal_t": ("剩余散煤（吨）", "scattered coal left (t)", "t"),
}


@dataclass(frozen=True)
class State:
    """A state measured: what is, what is wanted, and of households the share of the year passed."""

    metric: str
    wanted: Decimal
    actual: Decimal
    months: int

    @property
    def reached(self) -> bool:
        """The state wanted is there; scattered coal must not be above it, the others not below."""
        return self.actual <= self.wanted if self.metric == "scattered_coal_t" else self.actual >= self.wanted

    @property
    def on_line(self) -> bool:
        """Households keep to the line by months; a rate or an amount has no line."""
        if self.metric == "households":
            return self.actual * 12 >= self.wanted * self.months
        return self.reached

    @property
    def result(self) -> str:
        """Verdict on the state."""
        if self.months == 12:
            return "pass" if self.reached else "fail"
        return "on_schedule" if self.on_line else "behind"


def judge_state(
    con: duckdb.DuckDBPyConnection, stored: Mapping[str, Any], month: str, area: TargetArea
) -> dict[str, Any]:
    """Return the row of ``coal.target_check`` for a target of kind ``state``.

    The ledgers of households say how things stand; where there are none, a published figure does, and the verdict
    waits for verification.
    """
    metric, wanted = stored["metric"], stored["target_value"]
    months = months_elapsed(stored["stat_year"], month)
    found = _measured(con, stored, month) if metric in _METRICS else None
    reason = "perimeter_ended" if area.ended and months else _missing(metric, wanted, months, found)
    if reason or found is None:
        return _row(stored, month, None, found, reason or "no_data", ())
    state = State(metric, Decimal(wanted), Decimal(found["actual"]), min(months, found["months"]))
    unread = [] if stored["verified"] else ["目标 | the target"]
    if not area.verified:
        unread.append("区域名单 | list of the region")
    if found["origin"] == "published" and not found["verified"]:
        unread.append("公布的实绩 | published figures")
    return _row(stored, month, state, found, "facts_unread" if unread else "judged", tuple(unread))


def _missing(metric: str | None, wanted: Any, months: int, found: Mapping[str, Any] | None) -> str:
    if months == 0:
        return "not_started"
    if metric not in _METRICS or wanted is None:
        return "no_value"
    if found is None or found["actual"] is None:
        return "no_data"
    return "missing_months" if months == 12 and found["months"] < 12 else ""


def _measured(con: duckdb.DuckDBPyConnection, stored: Mapping[str, Any], month: str) -> dict[str, Any] | None:
    rows = rows_of(
        con,
        model_sql("coal_target_state"),
        {
            "metric": stored["metric"],
            "area_kind": "county" if stored["area_kind"] == "unit" else stored["area_kind"],
            "area_code": stored["area_code"],
            "stat_year": stored["stat_year"],
            "terrain": "plain" if "平原" in (stored["target_state"] or "") else "all",
            "as_of_month": month,
        },
    )
    return rows[0] if rows else None


def _row(
    stored: Mapping[str, Any],
    month: str,
    state: State | None,
    found: Mapping[str, Any] | None,
    reason: str,
    unread: tuple[str, ...],
) -> dict[str, Any]:
    result = (
        "not_comparable" if reason == "perimeter_ended" else "insufficient" if state is None else state.result
    )
    verdict = "unverified" if unread else result
    period = str(found["period"]) if found else month
    base: dict[str, Any] = {
        **{
            k: stored[k]
            for k in ("target_id", "area_kind", "area_code", "area_name", "stat_year", "kind", "metric")
        },
        **{k: stored[k] for k in ("scope", "basis", "document_no", "clause", "source")},
        "as_of_month": month,
        "unit": _METRICS.get(stored["metric"] or "", ("", "", "t"))[2],
        "perimeter": stored["area_code"],
        "year_finished": months_elapsed(stored["stat_year"], month) == 12,
        "target_amount": stored["target_value"],
        "verified": bool(stored["verified"]) and not unread,
        "verdict": verdict,
        "result": result,
        "reason": reason,
        "verdict_zh": _sentence(stored, state, verdict, result, reason, unread, period, 0),
        "verdict_en": _sentence(stored, state, verdict, result, reason, unread, period, 1),
    }
    if state is None or found is None:
        return base
    return base | _figures(state, found)


def _figures(state: State, found: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "actual_amount": state.actual,
        "months_elapsed": state.months,
        "period_kind": "year" if state.months == 12 else "ytd",
        "period": found["period"],
        "origin": found["origin"],
        "source_table": "ref.coal_published_actual"
        if found["origin"] == "published"
        else "coal.household_progress",
        "source_periods": found["period"],
        "ruling_line": "final" if state.months == 12 else "none",
    }
    if state.metric != "households":
        return row | {"notes_zh": NOTES["state_no_line"][0], "notes_en": NOTES["state_no_line"][1]}
    ruling = "final" if state.months == 12 else "linear"
    share = state.actual * 100 / state.wanted if state.wanted else None
    return row | {
        "task_amount": state.wanted,
        "achieved_amount": state.actual,
        "task_share_pct": None if share is None else float(share),
        "time_share_linear_pct": state.months * 100 / 12,
        "linear_amount": decimal(Fraction(state.wanted) * state.months / 12),
        "linear_verdict": state.result,
        "ruling_line": ruling,
        "ruling_zh": RULING[ruling][0],
        "ruling_en": RULING[ruling][1],
        "rest_amount": state.wanted - state.actual,
        "rest_months": 12 - state.months,
        "rest_month_amount": decimal(Fraction(state.wanted - state.actual) / (12 - state.months))
        if state.months < 12
        else None,
    }


def _number(value: Decimal) -> str:
    text = f"{value:.2f}"
    return text.removesuffix(".00")


def _sentence(
    stored: Mapping[str, Any],
    state: State | None,
    verdict: str,
    result: str,
    reason: str,
    unread: tuple[str, ...],
    period: str,
    language: int,
) -> str:
    zh = language == 0
    what = _METRICS.get(stored["metric"] or "", (stored["metric"] or "", stored["metric"] or "", ""))[
        language
    ]
    name = area_in(stored, language)
    parts = []
    if state is not None:
        of = "目标" if zh else "target"
        parts.append(f"{what} {_number(state.actual)}{'，' if zh else ', '}{of} {_number(state.wanted)}")
    text = VERDICTS[verdict][language]
    if verdict == "unverified":
        text += f"（如属实：{VERDICTS[result][0]}）" if zh else f" (if it holds: {VERDICTS[result][1]})"
    parts.append(text)
    if reason != "judged":
        words = {
            "unread_zh": "、".join(u.split(" | ")[0] for u in unread),
            "unread_en": ", ".join(u.split(" | ")[1] for u in unread),
            "period_zh": period_zh(period),
            "period_en": period_en(period),
            "wanted_perimeter": stored["area_code"],
        }
        parts.append(REASONS[reason][language].format_map(words))
    head = f"{name} {stored['stat_year']} 年" if zh else f"{name}, {stored['stat_year']}"
    return ("：" if zh else ": ").join([head, ("；" if zh else "; ").join(parts)])
