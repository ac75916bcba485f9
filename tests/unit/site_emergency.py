"""Warnings, lists, answers and scores of forecasts for tests of the page."""

from datetime import date, datetime, timedelta
from typing import Any

import duckdb
from site_worlds import AS_OF, insert

LIST = "L-610100-2026-1"
TABLES = (
    *("emergency.warning", "emergency.warning_event", "emergency.warning_block", "emergency.warning_reading"),
    *("emergency.list_version", "emergency.reduction", "emergency.cut_part", "emergency.list_quality"),
    *("emergency.answer_state", "forecast.verification", "forecast.verification_event"),
)
"""Tables that `fill` fills."""
BLOCKS = (
    # status, reason, low, high, if counted
    ("counted", "", 190, 223, 223),
    ("merged", "", 120, 140, 140),
    ("counted", "cause_unknown", 155, 205, 205),
    ("excluded", "dust", None, None, 312),
    ("below", "", 60, 94, 94),
    ("missing", "missing", None, None, None),
)
CUTS = {"砖瓦窑": 534.0, "焦化": 347.1, "~other": 956.64, "~none": 1.0}
RATIOS = {
    "SO2": (21.0, "met"),
    "NOx": (17.99, "not_met"),
    "PM": (None, "insufficient"),
    "VOCs": (19.5, "doubtful"),
}


def warning(warning_id: str, city: str, state: str, level: str = "orange", **more: Any) -> dict[str, Any]:
    """A warning that begins the day after the page's now."""
    approved = None if state in ("draft", "superseded") else AS_OF - timedelta(hours=2)
    return {
        "warning_id": warning_id, "kind": "drill", "state": state, "city_code": city, "level": level,
        "level_rule": level, "basis": "own", "start_at": AS_OF - timedelta(hours=1), "profile": "national-2024",
        "end_at": AS_OF + timedelta(days=3), "approved_at": approved, "profile_version": "x", "model": "bulletin",
        "forecast_issued_at": AS_OF - timedelta(hours=3), "draft_sha256": "0", "draft_key": "0",
        "drafted_at": AS_OF - timedelta(hours=3), "decided_at": AS_OF - timedelta(hours=2),
    } | more  # fmt: skip


def _events(warning_id: str, *told: tuple[str, datetime]) -> list[dict[str, Any]]:
    return [
        {
            "event_id": int(warning_id[1:]) * 100 + n, "warning_id": warning_id, "seq": n, "action": state,
            "state_to": state, "level": "orange", "basis": "own", "as_of": at, "recorded_at": at, "command_key": "0",
        }
        for n, (state, at) in enumerate(told, start=1)
    ]  # fmt: skip


def fill(con: duckdb.DuckDBPyConnection, text: str = "示例", strange: str = "140100") -> None:
    """One city in response, one with a draft, one lifted the year before; ``text`` stands wherever people write.

    Parameters
    ----------
    strange : str
        Code of the city that was lifted.
    """
    last = AS_OF - timedelta(days=200)
    insert(
        con,
        "emergency.warning",
        [
            warning("W1", "610100", "started", response_at=AS_OF, document_no=text, issuing_body=text),
            warning("W2", "610500", "draft", "yellow"),
            warning("W3", "610500", "superseded", "red"),
            warning(
                "W4", strange, "lifted", start_at=last, end_at=last + timedelta(days=2), kind="real",
                approved_at=last, response_at=last, lifted_at=last + timedelta(days=2), document_no=text,
            ),
        ],
    )  # fmt: skip
    insert(
        con,
        "emergency.warning_event",
        [
            *_events("W1", ("draft", AS_OF - timedelta(hours=3)), ("approved", AS_OF - timedelta(hours=2)), ("started", AS_OF)),
            *_events("W2", ("draft", AS_OF - timedelta(hours=3))),
            *_events("W4", ("draft", last), ("started", last), ("lifted", last + timedelta(days=2))),
        ],
    )  # fmt: skip
    insert(
        con,
        "emergency.warning_block",
        [
            {
                "warning_id": "W1", "block": n, "start_at": datetime(2026, 3, 10, 14) + timedelta(days=n),
                "end_at": datetime(2026, 3, 11, 14) + timedelta(days=n), "status": status, "reason": reason,
                "basis": "IAQI(PM2.5)" if high else "", "index_low": low, "index_high": high, "index_if_counted": other,
                "in_process": n < 3, "primary_pollutants": "PM2.5", "standard_set": "2026_transition",
            }
            for n, (status, reason, low, high, other) in enumerate(BLOCKS)
        ],
    )  # fmt: skip
    readings = {
        "own": "orange",
        "natural_day": "yellow",
        "strict": "none",
        "low": "precaution",
        "final": "orange",
    }
    insert(
        con,
        "emergency.warning_reading",
        [{"warning_id": "W1", "reading": r, "level": level} for r, level in readings.items()],
    )
    _lists(con, text)
    _scores(con, text)


def _lists(con: duckdb.DuckDBPyConnection, text: str) -> None:
    about = {"city_code": "610100", "list_year": 2026, "sha256": "0", "file_name": text, "imported_at": AS_OF}
    about |= {"simulated": True, "n_enterprises": 28, "n_lines": 52, "n_other": 13}
    filed = {"state": "filed", "filed_at": AS_OF - timedelta(days=40), "document_no": text}
    insert(
        con,
        "emergency.list_version",
        [
            about | {"version_id": LIST, "version_no": 1} | filed,
            about | {"version_id": "L-610100-2026-2", "version_no": 2, "state": "draft"},
        ],
    )
    head = {"version_id": LIST, "city_code": "610100", "stopped_kgd": 0, "verified": True}
    insert(
        con,
        "emergency.reduction",
        [
            head
            | {
                "basis": basis, "response_day": date(2026, 3, 10), "level": level, "pollutant": p, "total_kgd": 1000,
                "cut_kgd": 100, "cut_high_kgd": 120, "ratio_pct": ratio, "ratio_high_pct": ratio and ratio + 2,
                "required_pct": required, "verdict": verdict,
            }
            for basis in ("filed", "day")
            for level, required in (("yellow", 10), ("orange", 20), ("red", 30))
            for p, (ratio, verdict) in RATIOS.items()
        ],
    )  # fmt: skip
    insert(
        con,
        "emergency.cut_part",
        [
            {
                "version_id": LIST, "basis": "filed", "level": "orange", "pollutant": "PM", "part_kind": kind,
                "part": part, "n_members": 4, "base_kgd": cut * 2, "cut_kgd": cut, "cut_high_kgd": cut,
            }
            for kind in ("industry", "county")
            for part, cut in (CUTS | {text: 2.0}).items()
        ],
    )  # fmt: skip
    counts = {
        "n_firms": 28,
        "n_firms_ungraded": 1,
        "n_lines_ungraded": 2,
        "n_measures_all": 190,
        "n_measures_none": 5,
    }
    found = [("ungraded", "warning", 2), ("stopped_with_baseline", "error", 1)]
    insert(
        con,
        "emergency.list_quality",
        [
            {"version_id": LIST, "item": i, "kind": k, "n": n}
            for i, k, n in [*found, *((name, "count", n) for name, n in counts.items())]
        ],
    )
    numbers = ("expected", "in_time", "late", "waiting", "missing", "done", "partial", "unable")
    insert(
        con,
        "emergency.answer_state",
        [
            {"warning_id": "W1", "sender_kind": kind, "part": part, "due_at": AS_OF}
            | {f"n_{name}": n for name, n in zip(numbers, given, strict=True)}
            for kind, part, given in (
                ("enterprise", "~all", (28, 20, 3, 0, 5, 19, 3, 1)),
                ("enterprise", text, (20, 15, 3, 0, 2, 15, 2, 1)),
                ("enterprise", "~other", (8, 5, 0, 0, 3, 4, 1, 0)),
                ("county", "~all", (13, 12, 0, 1, 0, 12, 0, 0)),
            )
        ],
    )


def _scores(con: duckdb.DuckDBPyConnection, text: str) -> None:
    insert(
        con,
        "forecast.verification",
        [
            {
                "city_code": city, "model": model, "lead_days": lead, "period": "2026", "item": item, "n": 60, "bias": 1.5,
                "rmse": 20.0 + lead, "range_hit_rate": 0.7, "level_hit_rate": 0.6, "n_persistence": 60,
                "rmse_persistence": 25.0 + lead, "skill": 0.3, "n_range": 60, "share_below_low": 0.1,
            }
            for city in ("all", "610100")
            for model in ("bulletin", text)
            for lead in (1, 2, 3)
            for item in ("AQI", "PM2.5")
        ],
    )  # fmt: skip
    insert(
        con,
        "forecast.verification_event",
        [
            {
                "city_code": "610100", "model": "bulletin", "lead_days": lead, "period": "2026", "threshold": 150,
                "said_by": said, "n": 60, "n_observed": 5, "n_hit": 3, "n_miss": 2, "n_false": 1, "hit_rate": 0.6,
                "false_alarm_ratio": 0.25, "csi": 0.5, "brier": 0.1,
            }
            for lead in (1, 2, 3)
            for said in ("aqi", "aqi_high", "called", "persistence")
        ],
    )  # fmt: skip
