"""目标进度与分解 | progress against targets and their decomposition."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import duckdb

from pipelines.air.periods import Period, PeriodError, days, parse, previous_year, year_before
from pipelines.air.regions import UnknownAreaError, region_list
from pipelines.air.windows import PARTIAL_MONTH_SHARE, Asked, asked, prepare
from warehouse.store import model_sql, rows_of

METRICS = (
    "pm25_mean",
    "good_days",
    "good_days_pct",
    "heavy_days",
    "pm25_mean_change_pct",
    "heavy_days_change_pct",
)

_ASKED_TARGET = """
CREATE OR REPLACE TEMP TABLE asked_target (
    target_id VARCHAR, area_kind VARCHAR, area_code VARCHAR, list_code VARCHAR, period VARCHAR,
    before_period VARCHAR, metric VARCHAR, target_value DOUBLE, as_of_day DATE, day_first DATE,
    n_days_left INTEGER, now_key VARCHAR, before_key VARCHAR, rest_key VARCHAR
)
"""


def rebuild_target_progress(
    con: duckdb.DuckDBPyConnection, as_of: date, *, basis: str = "after_dust"
) -> list[dict[str, str]]:
    """Replace the rows of ``air.target_progress`` for one as-of day; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    as_of : date
        Days up to and including this one count.
    basis : {"after_dust", "before_dust"}
        Concentrations after or before sand deduction.

    Returns
    -------
    list of dict
        Targets left out because their period or metric is not known: ``target_id``, ``zh``, ``en``.
        A target of an area without data is a row with the verdict ``insufficient``.
    """
    con.execute("DELETE FROM air.target_progress WHERE as_of_day = ?", [as_of])
    rows, refused = _target_rows(con, as_of)
    if rows:
        _prepare_targets(con, rows, as_of)
        con.execute(
            f"INSERT INTO air.target_progress BY NAME {model_sql('target_progress')}",
            {"basis": basis, "partial_month_share": PARTIAL_MONTH_SHARE},
        )
    return refused


def target_progress_at(con: duckdb.DuckDBPyConnection, as_of: date, *, basis: str = "after_dust") -> bool:
    """Reckon ``air.target_progress`` as it stood on a day, into the temporary table ``progress_at``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only: only temporary tables are written.
    as_of : date
        Days up to and including this one count; targets whose period does not hold it are left out.
    basis : {"after_dust", "before_dust"}
        Concentrations after or before sand deduction.

    Returns
    -------
    bool
        False, and no table, where no target's period holds the day.
    """
    found, _ = _target_rows(con, as_of)
    rows = [r for r in found if r["day_first"] <= as_of <= parse(r["period"]).day_last]
    if rows:
        _prepare_targets(con, rows, as_of)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE progress_at AS {model_sql('target_progress')}",
            {"basis": basis, "partial_month_share": PARTIAL_MONTH_SHARE},
        )
    return bool(rows)


def rebuild_target_decomposition(con: duckdb.DuckDBPyConnection) -> None:
    """Replace ``air.target_decomposition``; the caller owns the transaction."""
    con.execute("DELETE FROM air.target_decomposition")
    con.execute(f"INSERT INTO air.target_decomposition BY NAME {model_sql('target_decomposition')}")


def _target_rows(
    con: duckdb.DuckDBPyConnection, as_of: date
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    rows, refused = [], []
    columns = "target_id, area_kind, area_code, period, metric, target_value"
    for target in rows_of(con, f"SELECT {columns} FROM ref.target ORDER BY target_id"):
        try:
            rows.append(_target_row(con, target, as_of))
        except (PeriodError, UnknownAreaError) as reason:
            zh, _, en = str(reason).partition(" | ")
            refused.append({"target_id": target["target_id"], "zh": zh, "en": en})
    return rows, refused


def _target_row(con: duckdb.DuckDBPyConnection, target: dict[str, Any], as_of: date) -> dict[str, Any]:
    period = parse(target["period"])
    if target["metric"] not in METRICS:
        known = ", ".join(METRICS)
        raise UnknownAreaError(
            f"目标指标“{target['metric']}”不可识别；可用：{known}"
            f" | unknown metric {target['metric']!r}; known: {known}"
        )
    code = target["area_code"]
    if target["area_kind"] == "region":
        with suppress(UnknownAreaError):
            code = region_list(con, code, period.day_last)
    n_left = (period.day_last - max(as_of, period.day_first - timedelta(days=1))).days
    return target | {
        "list_code": code,
        "before_period": previous_year(period).name,
        "as_of_day": as_of,
        "day_first": period.day_first,
        "n_days_left": max(n_left, 0),
        "now_key": f"{period.name}~now",
        "before_key": f"{period.name}~before",
        "rest_key": f"{period.name}~rest",
    }


def _prepare_targets(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], as_of: date) -> None:
    con.execute(_ASKED_TARGET)
    con.execute("INSERT INTO asked_target BY NAME SELECT unnest($rows, recursive := true)", {"rows": rows})
    periods = {parse(row["period"]) for row in rows}
    prepare(con, _windows(periods, as_of), with_year_before=False)
    con.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {model_sql('evaluation')}")


def _windows(periods: Iterable[Period], as_of: date) -> list[Asked]:
    """Return the part passed, the whole period of the year before, and that year's rest of the period."""
    wanted = []
    for period in sorted(periods):
        now = asked(period, as_of)
        whole = asked(period, period.day_last)
        if whole is None:
            continue
        wanted.append(whole.as_year_before(f"{period.name}~before"))
        if now is not None:
            wanted.append(_named(now, f"{period.name}~now"))
        rest = _rest(period, as_of)
        if rest is not None:
            wanted.append(whole.as_part(f"{period.name}~rest", rest.day_first, rest.day_last))
    return wanted


def _named(part: Asked, name: str) -> Asked:
    return part.as_part(name, part.day_first, part.day_until)


def _rest(period: Period, as_of: date) -> Period | None:
    first = max(as_of + timedelta(days=1), period.day_first)
    if first > period.day_last:
        return None
    return days(year_before(first), previous_year(period).day_last)
