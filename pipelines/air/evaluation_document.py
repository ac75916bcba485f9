"""评价结果文档：评价、名次、天数与同比 | the document of one evaluation, from the temporary tables."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.air.periods import Period
from pipelines.air.windows import Asked
from warehouse.store import model_sql, one_row, rows_of


class NothingToEvaluateError(ValueError):
    """The warehouse holds no data of the period asked for."""


def build(
    con: duckdb.DuckDBPyConnection,
    area: dict[str, Any],
    period: Period,
    part: Asked,
    basis: str,
    weighted: bool,
) -> dict[str, Any]:
    """Return the document of :func:`pipelines.air.evaluation.evaluate` but for its notes.

    Raises
    ------
    NothingToEvaluateError
        There are no data of the area in the period.
    """
    which = {"area_kind": area["kind"], "area_code": area["code"]}
    items = _items(con, which, basis)
    if not items:
        raise NothingToEvaluateError(
            f"{area['name_zh']} 在 {period.name} 没有数据 | {area['name_en']} has no data in {period.name}"
        )
    judged = items[0]
    ranking = _ranking(con, area, basis, weighted)
    own = next((r for r in ranking if (r["area_kind"], r["city_code"]) == (area["kind"], area["code"])), None)
    return {
        "area": {key: area[key] for key in ("kind", "code", "name_zh", "name_en", "region_id")},
        "period": {
            "name": period.name,
            "day_first": period.day_first,
            "day_last": period.day_last,
            "day_until": part.day_until,
            "n_days": (part.day_until - part.day_first).days + 1,
            "finished": part.day_until == period.day_last,
            "before_first": part.before_first,
            "before_until": part.before_until,
        },
        "standard_set": _set_names(con, judged["standard_set"]),
        "basis": {"dust": basis, "states": judged["states"]},
        "items": items,
        "index": own,
        "ranking": ranking,
        "days": _days(con, which),
        "completeness": {
            "sufficient": all(item["sufficient"] for item in items),
            "n_valid_days": min(item["n_valid_days"] for item in items),
            "n_days": judged["n_days"],
            "n_cities": judged["n_cities"],
            "n_cities_expected": judged["n_cities_expected"],
        },
        "simulated": _simulated(con),
    }


def _items(con: duckdb.DuckDBPyConnection, which: dict[str, Any], basis: str) -> list[dict[str, Any]]:
    """Each item's judgement with its change on the year before, in the order of the pollutants."""
    return rows_of(
        con,
        f"""
        SELECT e.* EXCLUDE (area_kind, area_code, period), p.unit, e.in_force,
            y.* EXCLUDE (pollutant, statistic, basis)
        FROM judged e
        JOIN ref.pollutant p USING (pollutant)
        LEFT JOIN ({model_sql("year_on_year")}) y USING (pollutant, statistic, basis)
        WHERE e.period = 'now' AND e.area_kind = $area_kind AND e.area_code = $area_code
            AND e.basis = CASE WHEN e.pollutant IN ('PM2.5', 'PM10') THEN $basis ELSE 'before_dust' END
        ORDER BY p.sort, e.statistic
        """,
        which | {"basis": basis},
    )


def _ranking(
    con: duckdb.DuckDBPyConnection, area: dict[str, Any], basis: str, weighted: bool
) -> list[dict[str, Any]]:
    """List the areas ranked together: member cities, with the units beside for a unit."""
    if area["region_id"] is None:
        return []
    return rows_of(
        con,
        f"""
        SELECT r.* EXCLUDE (period), count(r.rank) OVER () AS n_ranked,
            coalesce(c.name_zh, u.name_zh) AS name_zh, coalesce(c.name_en, u.name_en) AS name_en
        FROM ({model_sql("ranking")}) r
        LEFT JOIN ref.city c ON c.city_code = r.city_code
        LEFT JOIN ref.assessment_unit u ON u.unit_id = r.city_code
        WHERE r.period = 'now' AND r.region_id = $region AND r.list_kind = $list_kind
        ORDER BY r.rank NULLS LAST, r.city_code
        """,
        {
            "weighted": weighted,
            "basis": basis,
            "region": area["region_id"],
            "list_kind": "unit" if area["kind"] == "unit" else "city",
        },
    )


def _days(con: duckdb.DuckDBPyConnection, which: dict[str, Any]) -> dict[str, Any]:
    """Day counts now and the year before: each day under its own set, and all under the fixed set."""
    rows = rows_of(
        con, "SELECT * FROM period_count WHERE area_kind = $area_kind AND area_code = $area_code", which
    )
    found: dict[str, Any] = {}
    for row in rows:
        side = "each_day" if row["standard_set"] == "each_day" else "fixed"
        kept = {key: value for key, value in row.items() if key not in ("area_kind", "area_code", "period")}
        found.setdefault(row["period"], {})[side] = kept
    return found


def _set_names(con: duckdb.DuckDBPyConnection, standard_set: str) -> dict[str, Any]:
    columns = "standard_set, name_zh, name_en, aqi_standard, limit_standard"
    sql = f"SELECT {columns} FROM ref.standard_set WHERE standard_set = $set"
    return rows_of(con, sql, {"set": standard_set})[0]


def _simulated(con: duckdb.DuckDBPyConnection) -> bool:
    row = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'simulated'"))
    return row is not None and str(row[0]).lower() in ("1", "true", "yes")
