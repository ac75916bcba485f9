"""Fixtures shared by the tests of the judging half."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipelines.air.evaluation import evaluate, rebuild_periods
from pipelines.air.periods import parse
from warehouse.standards import set_in_force
from warehouse.store import prepare

USUAL = {
    "pm25_ugm3": 20.0,
    "pm10_ugm3": 40.0,
    "so2_ugm3": 10.0,
    "no2_ugm3": 20.0,
    "o3_mda8_ugm3": 80.0,
    "co_mgm3": 0.5,
}
_set_of = cache(set_in_force)
_KEYS = {"city": ("air.city_day", "city_code"), "unit": ("air.unit_day", "unit_id")}


class Warehouse:
    """A warehouse in memory that tests fill with hand-made days."""

    def __init__(self, con: duckdb.DuckDBPyConnection):
        self.con = con

    def fill(self, code: str, first: str, last: str, *, kind: str = "city", **columns: Any) -> None:
        """Add days of an area; a column is a constant, a sequence by day or a function of the day."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        given = (
            {"aqi": 60, "primary_pollutants": None, "state": "complete", "n_dust_hours": 0} | USUAL | columns
        )
        given.setdefault("standard_set", _set_of)
        frame = pd.DataFrame({name: self._column(value, days) for name, value in given.items()})
        for pm in ("pm25", "pm10"):
            if f"{pm}_after_dust_ugm3" not in frame:
                frame[f"{pm}_after_dust_ugm3"] = frame[f"{pm}_ugm3"]
        frame["day"] = days
        table, key = _KEYS[kind]
        counts = ", ".join(
            f"5 AS n_stations{s}" for s in ("", "_expected", "_pm25", "_pm10", "_so2", "_no2", "_o3", "_co")
        )
        self.con.register("made", frame)
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT '{code}' AS {key}, *, {counts} FROM made")
        self.con.unregister("made")

    @staticmethod
    def _column(value: Any, days: Sequence[date]) -> list[Any]:
        if callable(value):
            return [value(day) for day in days]
        if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
            return list(value)
        return [value] * len(days)

    def rebuild(self, *names: str) -> list[str]:
        return rebuild_periods(self.con, [parse(name) for name in names])

    def evaluate(self, kind: str, code: str, period: str, **how: Any) -> dict[str, Any]:
        return evaluate(self.con, kind, code, period, **how)

    def rows(self, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
        found = self.con.execute(sql, parameters) if parameters is not None else self.con.execute(sql)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def row(self, table: str, **where: Any) -> dict[str, Any]:
        """The one row of a table that matches."""
        condition = " AND ".join(f"{name} = ${name}" for name in where)
        rows = self.rows(f"SELECT * FROM {table} WHERE {condition}", where)
        assert len(rows) == 1, f"{len(rows)} rows of {table} where {where}"
        return rows[0]

    def item(
        self, code: str, period: str, pollutant: str, statistic: str, basis: str = "before_dust"
    ) -> dict[str, Any]:
        """One row of air.evaluation."""
        return self.row(
            "air.evaluation",
            area_code=code,
            period=period,
            pollutant=pollutant,
            statistic=statistic,
            basis=basis,
        )


@pytest.fixture(scope="session")
def _prepared() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    con.execute("SET threads=1")  # a handful of rows: more threads only cost time
    prepare(con)
    yield con
    con.close()


@pytest.fixture
def warehouse(_prepared: duckdb.DuckDBPyConnection) -> Iterator[Warehouse]:
    """An empty warehouse with the real reference tables; whatever a test writes is rolled back."""
    _prepared.begin()
    yield Warehouse(_prepared)
    _prepared.rollback()


@pytest.fixture
def each_of() -> Callable[[dict[int, float], float], Callable[[date], float]]:
    """A column that depends on the month: values by month and one for the others."""
    return lambda by_month, otherwise: lambda day: by_month.get(day.month, otherwise)
