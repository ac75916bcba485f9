"""Coal verdicts, files, checks and runs for tests of the page."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb
from site_worlds import AS_OF, insert

REGION = "fenwei_2023"
TABLES = (
    *(
        "coal.target_check",
        "coal.balance",
        "coal.early_warning",
        "coal.contribution",
        "coal.contribution_industry",
        "coal.replacement_summary",
    ),
    *("coal.inspection_rate", "coal.household_progress"),
)
"""Tables that `fill` fills."""
MONTHS_THEN = 12
CUT_T = 120_000
"""Cut asked for in 2026; the year before used 100,000 t a month, this year 90,000 t [t]."""


def _target(target_id: str, city: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "target_id": target_id, "as_of_month": "2026-02", "area_kind": "city", "area_code": city, "area_name": text,
        "stat_year": 2026, "kind": "cut", "scope": "above_scale", "basis": "t", "unit": "t", "exclusions": "",
        "actual_exclusions": "", "baseline_exclusions": "", "perimeter": city, "baseline_perimeter": city, "origin": "firms",
        "baseline_origin": "firms", "vintage": "flash", "baseline_vintage": "annual", "period_kind": "ytd",
        "period": "2026-01..02", "baseline_period": "2025-01..02", "year_finished": False, "verified": True,
        "verdict": "on_schedule", "result": "on_schedule", "reason": "judged", "verdict_zh": text, "verdict_en": text,
        "notes_zh": text, "notes_en": text, "document_no": text, "clause": text, "source": text,
    } | more  # fmt: skip


def _targets(text: str, strange: str) -> list[dict[str, Any]]:
    by_cut = {
        "months_elapsed": 2, "target_amount": CUT_T, "actual_amount": 180_000, "baseline_amount": 200_000,
        "baseline_year_amount": 1_200_000, "change_amount": -20_000, "change_pct": -10.0, "limit_amount": 1_080_000,
        "task_amount": CUT_T, "achieved_amount": 20_000, "task_share_pct": 100 / 6, "time_share_linear_pct": 100 / 6,
        "time_share_profile_pct": 100 / 6, "linear_amount": 20_000, "profile_amount": 20_000, "line_form": "reduction",
        "ruling_line": "linear", "rest_amount": 900_000, "rest_months": 10, "rest_month_amount": 90_000,
        "projection_method": "last_year_profile", "projected_amount": 1_080_000, "projected_verdict": "pass",
        "growth": "negative_growth",
    }  # fmt: skip
    by_use = by_cut | {
        "kind": "cap", "scope": "society", "origin": "reported", "line_form": "amount", "target_amount": 150_000,
        "limit_amount": 150_000, "linear_amount": 25_000, "profile_amount": None, "rest_amount": -30_000,
        "rest_month_amount": -3_000, "verdict": "unverified", "result": "behind", "verified": False, "exclusions": None,
    }  # fmt: skip
    return [
        _target("T1", "610100", text, **by_cut),
        _target(f"T2{text}", "610100", text, **by_use),
        _target("T3", strange, text, verdict="not_comparable", result="not_comparable", exclusions=f"unit:{text}"),
        _target("T4", "610500", text, kind="state", scope="scattered", unit="%", metric="clean_heating_pct", target_amount=98,
                actual_amount=92.5, verdict="behind", result="behind"),
    ]  # fmt: skip


def _balance(city: str, year: int, months: int, monthly_t: int) -> list[dict[str, Any]]:
    common = {
        "area_kind": "city",
        "area_code": city,
        "perimeter": city,
        "scope": "above_scale",
        "origin": "firms",
    }
    return [
        common
        | {"period_kind": "ytd", "period": f"{year}-01..{m:02d}", "item": "coal_total", "exclusions": ""}
        | {"stat_year": year, "quantity_t": m * monthly_t, "n_firms": 3}
        for m in range(1, months + 1)
    ] + [
        common
        | {
            "period_kind": "year",
            "period": str(year),
            "item": f"use:{use}",
            "exclusions": "",
            "scope": "society",
        }
        | {"origin": "reported", "stat_year": year, "quantity_t": amount, "vintage": "annual"}
        for use, amount in (("power", 700_000), ("industry", 500_000 + year))
        if months == MONTHS_THEN
    ]


def _warnings(text: str, strange: str) -> list[dict[str, Any]]:
    return [
        {
            "area_kind": kind, "area_code": code, "month": month, "scope_rule": rule, "scope_rule_zh": text, "scope_rule_en": text,
            "is_default": rule == "non_power_division", "n_firms": 4, "n_not_reporting": 1, "month_now_t": 50_000,
            "month_then_t": 48_000, "month_change_pct": 4.17, "ytd_now_t": 100_000, "ytd_then_t": 98_000,
            "ytd_change_pct": 2.04, "continuing_change_pct": 1.0, "deciding_change_pct": 2.04, "yellow_from_pct": -1.0,
            "orange_from_pct": 0.0, "red_from_pct": 3.0, "level": level, "symbol": "▲", "level_zh": text, "level_en": text,
            "verified": False, "note_zh": text, "note_en": text,
        }
        for kind, code in (("region", REGION), ("city", "610100"), ("city", strange))
        for month, level in (("2026-01", "orange"), ("2026-02", "insufficient"))
        for rule in ("non_power_division", "non_power_purpose")
    ]  # fmt: skip


def _households(strange: str) -> list[dict[str, Any]]:
    zeros = (
        "n_electricity",
        "n_gas",
        "n_heat",
        "n_clean_coal",
        "n_other_clean",
        "n_done_reported",
        "n_villages_coal",
    )
    more = (
        "n_order_unknown",
        "n_supply_not_ready",
        "n_ban_zone_villages",
        "n_ban_zone_coal",
        "n_ledger",
        "n_ledger_done",
    )
    rest = ("n_ledger_order", "n_ledger_differs", "n_double", "n_order_violations")
    return [
        dict.fromkeys((*zeros, *more, *rest), 0)
        | {
            "area_kind": kind,
            "area_code": code,
            "stat_year": 2026,
            "terrain": "all",
            "n_villages": 2,
            "n_households": 900,
        }
        | {
            "n_target": 100,
            "n_done": 40,
            "done_pct": 40.0,
            "time_share_pct": 100 / 6,
            "n_rest": 60,
            "verdict": "on_schedule",
        }
        | {
            "clean_heating_pct": 91.25,
            "n_visited": 50,
            "n_relapsed": 5,
            "n_relapse_open": 2,
            "relapse_pct": 10.0,
        }
        | {"as_of_day": AS_OF.date()}
        for kind, code in (("region", REGION), ("city", "610100"), ("city", strange))
    ]


def _inspections() -> list[dict[str, Any]]:
    zeros = (
        "n_insufficient",
        "n_not_judged",
        "n_reported",
        "n_reported_passed",
        "n_differs",
        "n_open",
        "n_unregistered",
    )
    return [
        dict.fromkeys(zeros, 0)
        | {
            "area_kind": "city",
            "area_code": "610100",
            "period_kind": "quarter",
            "period": "2026Q1",
            "stage": stage,
        }
        | {
            "product_type": "all",
            "n_samples": 4,
            "n_inspected": 4,
            "n_passed": n,
            "n_failed": 4 - n,
            "n_unverified": 1,
        }
        | {
            "pass_rate_pct": 25.0 * n,
            "n_registered": 10,
            "n_entities": 4,
            "coverage_pct": 40.0,
            "as_of_day": AS_OF.date(),
        }
        for stage, n in (("production", 3), ("use", 4))
    ]


def fill(con: duckdb.DuckDBPyConnection, text: str = "示例", strange: str = "140100") -> None:
    """Targets, use, warnings, projects, inspections and households; ``text`` stands wherever people write.

    Parameters
    ----------
    text : str
        Names, notes and documents.
    strange : str
        Code of a second city.
    """
    insert(con, "coal.target_check", _targets(text, strange))
    insert(
        con, "coal.balance", [*_balance("610100", 2025, 12, 100_000), *_balance("610100", 2026, 2, 90_000)]
    )
    insert(con, "coal.early_warning", _warnings(text, strange))
    insert(con, "coal.household_progress", _households(strange))
    insert(con, "coal.inspection_rate", _inspections())
    insert(
        con,
        "coal.contribution",
        [
            {"area_kind": "region", "area_code": REGION, "period_kind": "ytd", "period": "2026-01..02", "scope": "above_scale",
             "then_period": "2025-01..02", "scope_rule": "all", "contributor_kind": "city", "contributor_code": code,
             "contributor_name": text, "rank": n, "now_t": 180_000, "then_t": 200_000, "change_t": change, "share_pct": 50.0}
            for n, (code, change) in enumerate((("610100", -20_000), (strange, 5_000)), start=1)
        ],
    )  # fmt: skip
    insert(
        con,
        "coal.contribution_industry",
        [
            {"area_kind": "city", "area_code": "610100", "period_kind": "ytd", "period": "2026-01..02", "scope": "above_scale",
             "then_period": "2025-01..02", "industry": industry, "rank": n, "n_firms": 3 + n, "now_t": 100_000, "then_t": then,
             "change_t": 100_000 - then, "share_pct": 50.0}
            for n, (industry, then) in enumerate((("44", 130_000), ("99", 95_000), ("~other", 110_000)), start=1)
        ],
    )  # fmt: skip
    insert(
        con,
        "coal.replacement_summary",
        [
            {"area_kind": kind, "area_code": code, "stage": stage, "period": period, "verdict": verdict, "n_projects": n,
             "demand_t": 1_690_000 if n > 2 else None, "n_unverified": 1, "as_of_day": AS_OF.date()}
            for kind, code in (("all", "*"), ("province", strange))
            for stage, period, verdict, n in (("approval", "all", "pass", 5), ("operation", "2025", "fail", 1))
        ],
    )  # fmt: skip


def fill_intake(con: duckdb.DuckDBPyConnection, text: str = "示例") -> None:
    """Files of every outcome, hours, checks, a run, and station days: one station of the list has none."""
    now = datetime(2026, 3, 10, 8)
    insert(
        con,
        "ops.source_file",
        [
            {"path": f"/home/{text}/landing/a/{text}{n}.csv", "kind": kind, "sha256": f"{n}", "size_bytes": 1, "modified_ns": 1,
             "status": status, "reason_code": "x" if status != "loaded" else None, "reason_zh": reason, "reason_en": reason,
             "day_first": date(2026, 3, 1), "day_last": date(2026, 3, 1), "n_values": 9, "n_rejected": 2, "seen_at": now}
            for n, (kind, status, reason) in enumerate(
                [("station_hours", "loaded", None), ("station_hours", "held", text), ("coal", "rejected", None), (text, "partial", text)]
            )
        ],
    )  # fmt: skip
    insert(
        con,
        "ops.hour_source",
        [
            {
                "hour_end": datetime(2026, 3, 9) + timedelta(hours=h),
                "sha256": "0",
                "path": "x",
                "modified_ns": 1,
            }
            for h in range(1, 23)
        ],
    )
    insert(
        con,
        "ops.check_result",
        [
            {"check_name": "coal_use_no_jump", "table_name": "coal.use_month", "consequence": "flag", "passed": False, "n_bad": 3},
            {"check_name": text, "table_name": text, "consequence": "block", "passed": False, "n_bad": 1, "detail_zh": text,
             "detail_en": text},
            {"check_name": "station_day_unique", "table_name": "air.station_day", "consequence": "block", "passed": True, "n_bad": 0},
        ],
    )  # fmt: skip
    insert(
        con,
        "ops.run",
        [{"run_id": "r1", "command": text, "as_of": now, "started_at": now, "ended_at": now + timedelta(minutes=3),
          "status": "done", "n_files": 4, "n_days": 2, "message": text}],
    )  # fmt: skip
    hours = {f"n_hours_{p}": 24 for p in ("pm25", "pm10", "so2", "no2", "o3")} | {"n_hours_co": 12}
    insert(
        con,
        "air.station_day",
        [
            {"station_code": "9001A", "day": date(2026, 3, d), "n_windows_o3": 17, "standard_set": "2026_transition", "state": "complete"}
            | hours
            for d in range(1, 10)
        ],
    )  # fmt: skip
    insert(
        con,
        "ref.station",
        [
            {
                "station_code": code,
                "name_zh": text,
                "city_code": "610100",
                "is_control": False,
                "counts": True,
            }
            for code in ("9001A", "9002A")
        ],
    )
