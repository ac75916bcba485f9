"""Emissions avoided by coal that was not burnt: SO2 by sulfur balance, CO2 by carbon, the rest as ranges of the studies.

The rules are in ``warehouse/models/coal_emission.sql``; there is no single figure for what the studies do not agree on.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.coal.composed_sql import Rows, compose, day_of
from warehouse.store import model_sql, replace_rows, rows_of

BURNINGS = ("residential", "grate", "pulverised")
FUEL_GROUPS = ("bulk", "briquette")
_TYPES = {
    "area_kind": "VARCHAR",
    "area_code": "VARCHAR",
    "stat_year": "INTEGER",
    "activity": "VARCHAR",
    "burning": "VARCHAR",
    "fuel_group": "VARCHAR",
    "fuel": "VARCHAR",
    "coal_t": "DECIMAL(22, 4)",
    "given_sulfur": "DECIMAL(18, 6)",
    "removal": "DECIMAL(18, 6)",
}


@dataclass(frozen=True)
class Quantity:
    """Coal not burnt, besides that of households.

    ``activity`` names it; ``burning`` is one of `BURNINGS`, ``fuel_group`` one of `FUEL_GROUPS`, ``fuel`` a fuel of
    ``ref.coal_co2_factor`` or None where it is not known; ``coal_t`` [t]; ``given_sulfur`` total sulfur as received
    [%] or None to take it from inspections; ``removal`` the share of SO2 removed, 0 to 1.

    Raises
    ------
    ValueError
        A word that is not among those named, a negative amount, or a share outside 0 to 1.
    """

    area_kind: str
    area_code: str
    stat_year: int
    activity: str
    burning: str
    fuel_group: str
    coal_t: Decimal
    fuel: str | None = None
    given_sulfur: Decimal | None = None
    removal: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.burning not in BURNINGS or self.fuel_group not in FUEL_GROUPS:
            raise ValueError(
                f"燃烧方式须为 {BURNINGS}、燃料类别须为 {FUEL_GROUPS}，所给为 {self.burning}、{self.fuel_group}"
                f" | burning must be one of {BURNINGS} and fuel_group one of {FUEL_GROUPS}, not {self.burning}, {self.fuel_group}"
            )
        if self.coal_t < 0 or not 0 <= self.removal <= 1 or self.activity == "household":
            raise ValueError(
                f"煤量须不小于 0、去除率须在 0–1、名称不得为 household：{self}"
                f" | coal must not be negative, removal within 0-1, and the name not household: {self}"
            )


def _quantity_sql(quantities: Sequence[Quantity]) -> tuple[str, dict[str, Any]]:
    """A query of the quantities with named parameters; one without rows where there are none."""
    if not quantities:
        nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in _TYPES.items())
        return f"SELECT {nothing} WHERE false", {}
    parts: list[str] = []
    values: dict[str, Any] = {}
    for i, quantity in enumerate(quantities):
        given = asdict(quantity)
        parts.append("SELECT " + ", ".join(f"${n}_{i}::{kind} AS {n}" for n, kind in _TYPES.items()))
        values |= {f"{name}_{i}": given[name] for name in _TYPES}
    return "\nUNION ALL\n".join(parts), values


def rebuild_emissions(con: duckdb.DuckDBPyConnection, as_of: date | datetime) -> int:
    """Estimate what households no longer emit, from ``coal.household_progress``; returns the number of rows.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Inside a transaction of the caller, after `rebuild_households`.
    as_of : date or datetime
        Samples and factors count up to this day.
    """
    parts = {"progress": "FROM coal.household_progress", "quantity": _quantity_sql(())[0]}
    sql = compose(parts, model_sql("coal_emission"))
    return replace_rows(con, "coal.emission_estimate", sql, {"as_of": day_of(as_of)})


def query_emissions(
    con: duckdb.DuckDBPyConnection, as_of: date | datetime, quantities: Sequence[Quantity] = ()
) -> Rows:
    """Avoided emissions of households and of further quantities, as of any day; the connection may be read-only."""
    given, values = _quantity_sql(quantities)
    village = {"village_year": model_sql("coal_household_village")}
    progress = compose(village, model_sql("coal_household_progress"))
    sql = compose({"progress": progress, "quantity": given}, model_sql("coal_emission"))
    order = " ORDER BY area_kind, area_code, stat_year, activity, burning, fuel_group, pollutant"
    return rows_of(con, sql + order, {"as_of": day_of(as_of), **values})
