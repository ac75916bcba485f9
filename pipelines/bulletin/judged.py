"""One period judged for a region, its cities and units, with all that a bulletin prints of it."""

from datetime import date
from typing import Any

import duckdb

from pipelines.air.evaluation import evaluate
from pipelines.air.periods import Period
from pipelines.air.regions import members
from pipelines.air.windows import PARTIAL_MONTH_SHARE
from pipelines.bulletin.read import ask
from warehouse.store import model_sql

N_LAST = 3
"""How many areas are named at the end of a ranking."""


def judged(
    con: duckdb.DuckDBPyConnection,
    period: Period,
    region: str,
    *,
    last_day: date,
    standard_set: str | None = None,
    basis: str = "after_dust",
) -> dict[str, Any]:
    """Judge a period.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        A published build; only temporary tables are written.
    period : Period
    region : str
        ``region_id`` or a family of lists.
    last_day : date
        Judge as if data ended here.
    standard_set : str, optional
        Default: the set in force on the last day of the period.
    basis : {"after_dust", "before_dust"}

    Returns
    -------
    dict
        ``period, standard_set, basis, notes, completeness`` as of :func:`pipelines.air.evaluation.evaluate`; ``items``,
        ``days`` and ``common`` of the region (``common``: PM2.5 over the cities with enough data in both years);
        ``cities`` and ``units``: rows of the two rankings, each with its ``items`` by pollutant and its ``days``.

    Raises
    ------
    PeriodError, UnknownAreaError, NothingToEvaluateError
        See :func:`pipelines.air.evaluation.evaluate`.
    """
    document = evaluate(
        con, "region", region, period, standard_set=standard_set, basis=basis, last_day=last_day
    )
    ranked = f"CREATE OR REPLACE TEMP TABLE bulletin_ranked AS {model_sql('ranking')}"
    con.execute(ranked, {"weighted": False, "basis": basis})
    code = document["area"]["code"]
    items = ask(con, "area_items", basis=basis, region=code)
    days = {
        (row["area_kind"], row["area_code"]): row
        for row in ask(con, "area_days", region=code, partial_month_share=PARTIAL_MONTH_SHARE)
    }
    codes = members(con, code, period.day_last)
    common = ask(con, "common_cities", basis=basis, codes=codes)
    by_area: dict[tuple[str, str], dict[str, Any]] = {}
    for row in items:
        by_area.setdefault((row["area_kind"], row["area_code"]), {})[row["pollutant"]] = row
    rows = []
    for row in ask(con, "ranked", region=code, last=N_LAST):
        key = (row["area_kind"], row["city_code"])
        rows.append(row | {"items": by_area.get(key, {}), "days": days.get(key)})
    kept = ("area", "period", "standard_set", "basis", "notes", "completeness", "simulated")
    return {name: document[name] for name in kept} | {
        "items": by_area.get(("region", code), {}),
        "days": days.get(("region", code)),
        "common": next(iter(common), None),
        "cities": [row for row in rows if row["list_kind"] == "city"],
        "units": [row for row in rows if row["list_kind"] == "unit"],
    }
