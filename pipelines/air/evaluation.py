"""按标准评价：时段表的重算与即时评价 | evaluation: tables by period, and any area and period at once.

The rules are in ``warehouse/models``: ``window_value`` (values and validity), ``evaluation`` (limits),
``period_days`` (day counts), ``ranking`` (composite index). Here they are run for a list of periods.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb

from pipelines.air.evaluation_document import NothingToEvaluateError, build
from pipelines.air.evaluation_notes import notes_of
from pipelines.air.periods import Period, next_year, parse
from pipelines.air.regions import UnknownAreaError, members, region_list, regions_of
from pipelines.air.windows import Asked, asked, last_day_of_data, prepare
from warehouse.store import model_sql, one_row, rows_of

TABLES = ("evaluation", "period_days", "ranking")
BASES = ("after_dust", "before_dust")


def rebuild_periods(
    con: duckdb.DuckDBPyConnection, periods: Iterable[Period], *, last_day: date | None = None
) -> list[str]:
    """Replace the rows of some periods in ``air.evaluation``, ``air.period_days`` and ``air.ranking``.

    One set-based statement a table serves all periods. The same periods one year later are made anew too,
    because their ranking compares with these. The caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    periods : iterable of Period
    last_day : date, optional
        Judge as if data ended here; default the last day with any value.

    Returns
    -------
    list of str
        Names of the periods that were rebuilt; periods that have not begun are left out.
    """
    last = last_day or last_day_of_data(con)
    wanted = {later for period in periods for later in (period, next_year(period))}
    parts = [part for period in sorted(wanted) if last and (part := asked(period, last))]
    names = [period.name for period in sorted(wanted)]
    for table in TABLES:
        con.execute(f"DELETE FROM air.{table} WHERE list_contains($names, period)", {"names": names})
    if not parts:
        return []
    prepare(con, parts)
    order = "ORDER BY period, area_kind, area_code"
    evaluation = f"SELECT * FROM ({model_sql('evaluation')}) {order}, pollutant, statistic, basis"
    con.execute(f"INSERT INTO air.evaluation BY NAME {evaluation}")
    con.execute(f"INSERT INTO air.period_days BY NAME SELECT * FROM period_count {order}, standard_set")
    ranking = f"SELECT * FROM ({model_sql('ranking')}) ORDER BY period, region_id, list_kind, rank, city_code"
    con.execute(f"INSERT INTO air.ranking BY NAME {ranking}", {"weighted": False, "basis": "after_dust"})
    return [part.period for part in parts]


def evaluate(
    con: duckdb.DuckDBPyConnection,
    area_kind: str,
    area_code: str,
    period: str | Period,
    *,
    standard_set: str | None = None,
    basis: str = "after_dust",
    region: str | None = None,
    weighted: bool = False,
    last_day: date | None = None,
) -> dict[str, Any]:
    """Judge one area over one period, with its rank, day counts, completeness and change on the year before.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only: only temporary tables are written.
    area_kind : {"city", "unit", "region"}
    area_code : str
        City code, unit id, ``region_id`` or a family of lists (``fenwei``: the list in force on the last
        day).
    period : str or Period
        See :mod:`pipelines.air.periods`.
    standard_set : str, optional
        Default: the set in force on the period's last day.
    basis : {"after_dust", "before_dust"}
        PM concentrations after or before sand deduction; day counts always keep sand days.
    region : str, optional
        Region in which to rank; default the list in force that holds the area. For a region, the list to use.
    weighted : bool
        Use the weights that circulate for the composite index (not verified).
    last_day : date, optional
        Judge as if data ended here; default the last day with any value.

    Returns
    -------
    dict
        JSON-able but for dates: ``area, period, standard_set, basis, items, index, ranking, days,
        completeness, simulated, notes``.

    Raises
    ------
    PeriodError, UnknownAreaError
        The period or the area is not known.
    NothingToEvaluateError
        The period has not begun, or there are no data of the area.
    """
    wanted = period if isinstance(period, Period) else parse(period)
    area = _area(con, area_kind, area_code, wanted, region)
    _check_choice("basis", basis, BASES)
    if standard_set is not None:
        known = [row[0] for row in con.execute("SELECT standard_set FROM ref.standard_set").fetchall()]
        _check_choice("standard_set", standard_set, known)
    part = _part(con, wanted, last_day)
    _prepare_one(con, area, wanted, part, standard_set)
    document = build(con, area, wanted, part, basis, weighted)
    document["notes"] = notes_of(con, document, weighted=weighted, set_given=standard_set is not None)
    return document


def _check_choice(what: str, given: str, known: Iterable[str]) -> None:
    choices = list(known)
    if given not in choices:
        listed = ", ".join(choices)
        raise UnknownAreaError(
            f"{what}“{given}”不可用；可用：{listed} | no {what} {given!r}; known: {listed}"
        )


def _area(
    con: duckdb.DuckDBPyConnection, area_kind: str, area_code: str, period: Period, region: str | None
) -> dict[str, Any]:
    """Names of the area, the list to rank it in, and the codes that are needed."""
    _check_choice("area_kind", area_kind, ("city", "unit", "region"))
    day = period.day_last
    code, table, key = area_code, "ref.city", "city_code"
    if area_kind == "region":
        code, table, key = region_list(con, region or area_code, day), "ref.region", "region_id"
    elif area_kind == "unit":
        table, key = "ref.assessment_unit", "unit_id"
    named = rows_of(con, f"SELECT name_zh, name_en FROM {table} WHERE {key} = $code LIMIT 1", {"code": code})
    if not named:
        raise UnknownAreaError(f"没有对象“{area_kind} {code}” | no {area_kind} {code!r}")
    ranked_in = _ranked_in(con, area_kind, code, day, region)
    codes = {code} if area_kind != "region" else set()
    if ranked_in:
        codes.update(members(con, ranked_in, day), members(con, ranked_in, day, "unit"))
    return {"kind": area_kind, "code": code, **named[0], "region_id": ranked_in, "codes": sorted(codes)}


def _ranked_in(
    con: duckdb.DuckDBPyConnection, area_kind: str, code: str, day: date, region: str | None
) -> str | None:
    if area_kind == "region":
        return code
    if region:
        return region_list(con, region, day)
    return next(iter(regions_of(con, code, day)), None)


def _part(con: duckdb.DuckDBPyConnection, period: Period, last_day: date | None) -> Asked:
    last = last_day or last_day_of_data(con)
    part = asked(period, last) if last else None
    if part is None:
        raise NothingToEvaluateError(
            f"时段 {period.name} 尚无数据，数据截至 {last or '（空）'}"
            f" | period {period.name} has no data yet, data end {last or '(empty)'}"
        )
    return part


def _prepare_one(
    con: duckdb.DuckDBPyConnection,
    area: dict[str, Any],
    period: Period,
    part: Asked,
    standard_set: str | None,
) -> None:
    now = part.as_part("now", part.day_first, part.day_until)
    whole = asked(period, period.day_last)
    compared = [now, part.as_year_before("before")]
    if whole is not None:
        compared.append(whole.as_year_before("before_whole"))
    chosen = standard_set or _set_in_force(con, part.set_day)
    prepare(con, compared, standard_set=chosen, area_codes=area["codes"])
    con.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {model_sql('evaluation')}")


def _set_in_force(con: duckdb.DuckDBPyConnection, day: date) -> str:
    row = one_row(
        con.execute(
            "SELECT standard_set FROM ref.standard_set"
            " ORDER BY valid_from <= $day DESC, abs(valid_from - $day::DATE) LIMIT 1",
            {"day": day},
        )
    )
    return str(row[0]) if row else ""
