"""One period judged for a region, its cities and units, with all that a bulletin prints of it."""

from dataclasses import dataclass
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
    code = document["area"]["code"]
    found = _found(con, document, code, basis)
    common = ask(con, "common_cities", basis=basis, codes=members(con, code, period.day_last))
    return _kept(document) | {
        "items": found.items.get(("region", code), {}),
        "days": found.days.get(("region", code)),
        "common": next(iter(common), None),
        "sets_before": _sets_before(con, document, members(con, code, period.day_last)),
        "cities": [row for row in found.ranked if row["list_kind"] == "city"],
        "units": [row for row in found.ranked if row["list_kind"] == "unit"],
    }


def judged_city(
    con: duckdb.DuckDBPyConnection,
    period: Period,
    city: str,
    *,
    last_day: date,
    region: str | None = None,
    standard_set: str | None = None,
    basis: str = "after_dust",
) -> dict[str, Any]:
    """Judge a period for one city.

    Parameters
    ----------
    con, period, last_day, standard_set, basis
        See :func:`judged`.
    city : str
        City code.
    region : str, optional
        List to rank it in; default the list in force that holds it.

    Returns
    -------
    dict
        As of :func:`judged`; ``row`` is the city's own row of the ranking (None where no list holds it), ``cities`` all
        that are ranked with it and ``units`` the assessment units that belong to it.

    Raises
    ------
    PeriodError, UnknownAreaError, NothingToEvaluateError
        See :func:`pipelines.air.evaluation.evaluate`.
    """
    document = evaluate(
        con, "city", city, period, standard_set=standard_set, basis=basis, region=region, last_day=last_day
    )
    found = _found(con, document, document["area"]["region_id"], basis)
    cities = [row for row in found.ranked if row["list_kind"] == "city"]
    return _kept(document) | {
        "items": found.items.get(("city", city), {}),
        "days": found.days.get(("city", city)),
        "common": None,
        "sets_before": _sets_before(con, document, [city]),
        "row": next((row for row in cities if row["city_code"] == city), None),
        "cities": cities,
        "units": [row for row in found.ranked if row["list_kind"] == "unit" and row["parent_code"] == city],
    }


@dataclass(frozen=True)
class _Found:
    items: dict[tuple[str, str], dict[str, Any]]
    days: dict[tuple[str, str], dict[str, Any]]
    ranked: list[dict[str, Any]]


def _found(
    con: duckdb.DuckDBPyConnection, document: dict[str, Any], region: str | None, basis: str
) -> _Found:
    """Read what an evaluation left in its temporary tables."""
    ranked = f"CREATE OR REPLACE TEMP TABLE bulletin_ranked AS {model_sql('ranking')}"
    con.execute(ranked, {"weighted": False, "basis": basis})
    days = {
        (row["area_kind"], row["area_code"]): row
        for row in ask(con, "area_days", region=region, partial_month_share=PARTIAL_MONTH_SHARE)
    }
    by_area: dict[tuple[str, str], dict[str, Any]] = {}
    for row in ask(con, "area_items", basis=basis, region=region):
        by_area.setdefault((row["area_kind"], row["area_code"]), {})[row["pollutant"]] = row
    rows = []
    for row in ask(con, "ranked", region=region, last=N_LAST):
        key = (row["area_kind"], row["city_code"])
        rows.append(row | {"items": by_area.get(key, {}), "days": days.get(key)})
    return _Found(by_area, days, rows)


def _kept(document: dict[str, Any]) -> dict[str, Any]:
    names = ("area", "period", "standard_set", "basis", "notes", "completeness", "simulated")
    return {name: document[name] for name in names}


def _sets_before(con: duckdb.DuckDBPyConnection, document: dict[str, Any], codes: list[str]) -> list[str]:
    """Names of other standards that were in force in the same part of the year before, where there are data of it."""
    span = document["period"]
    return [
        row["name_zh"]
        for row in ask(
            con,
            "sets_before",
            codes=codes,
            first=span["before_first"],
            last=span["before_until"],
            standard_set=document["standard_set"]["standard_set"],
        )
    ]
