"""What the kernels need from the reference tables, as arrays."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from pipelines.air.quality import QualityRules, compile_rules
from warehouse import standards
from warehouse.store import models_fingerprint

CALCULATION_VERSION = 1
"""Raised whenever a kernel gives other numbers, so that every day is computed again; models are hashed by their text."""


@dataclass(frozen=True)
class Reference:
    """Standards, quality rules and stations in force for a computation."""

    tables: standards.AqiTables
    rules: QualityRules
    hour_items: np.ndarray
    day_items: np.ndarray
    o3_1h_item: int
    validity: np.ndarray
    o3_limit: np.ndarray
    cities: tuple[str, ...]
    city_of: dict[str, int]
    share: tuple[float, float, int]
    fingerprint: str
    set_begins: np.ndarray

    def set_rows(self, days: list[date]) -> np.ndarray:
        """Row of the standard set in force on each day; sets follow one another without gap."""
        return np.searchsorted(self.set_begins, np.array(days, "datetime64[D]"), side="right") - 1

    def needed(self, expected: np.ndarray) -> np.ndarray:
        """Stations a city value needs, from the stations expected (HJ 663 station share)."""
        share, share_small, small_below = self.share
        return np.ceil(expected * np.where(expected < small_below, share_small, share)).astype(np.int64)


def _single(rule: str, item: str | None = None) -> float:
    """The one value of a validity rule that all standard sets share."""
    frame = standards.load("validity_rule")
    frame = frame[frame["rule"] == rule]
    if item is not None:
        frame = frame[frame["item"] == item]
    values = sorted({float(v) for v in frame["value"]})
    if len(values) != 1:
        raise standards.StandardsError(
            "validity_rule.csv",
            1,
            f"{rule}: {values}",
            "一个值 one value",
            "各标准集应相同 make all sets agree",
        )
    return values[0]


def _o3_limits(sets: tuple[str, ...]) -> np.ndarray:
    limits = standards.load("limit")
    names = standards.load("standard_set").set_index("standard_set")["limit_standard"]
    rows = limits[
        (limits["pollutant"] == "O3") & (limits["averaging"] == "8h") & (limits["grade"].astype(int) == 2)
    ].set_index("limit_standard")["limit_value"]
    return np.array([float(rows[names[s]]) for s in sets])


def read_reference(con: duckdb.DuckDBPyConnection) -> Reference:
    """Gather standards and the station list of an open warehouse."""
    listed = standards.load("standard_set").sort_values("valid_from")
    sets = tuple(listed["standard_set"])
    tables = standards.aqi_tables(sets)
    items = {name: i for i, name in enumerate(standards.ITEMS)}
    stations = con.execute(
        "SELECT station_code, city_code, unit_id, counts FROM ref.station ORDER BY station_code"
    ).fetchall()
    counting = [(code, city) for code, city, _, counts in stations if counts and city]
    cities = tuple(sorted({city for _, city in counting}))
    column = {city: i for i, city in enumerate(cities)}
    digest = hashlib.sha256(
        f"{CALCULATION_VERSION}|{standards.fingerprint()}|{models_fingerprint()}|{stations}".encode()
    ).hexdigest()[:16]
    return Reference(
        tables=tables,
        rules=compile_rules(standards.load("quality_rule")),
        hour_items=np.array([items[standards.HOUR_ITEM[p]] for p in standards.POLLUTANTS], np.int64),
        day_items=np.array([items[standards.DAY_ITEM[p]] for p in standards.POLLUTANTS], np.int64),
        o3_1h_item=items["O3_1h"],
        validity=np.array([_single("min_hours"), _single("min_hours_8h"), _single("min_windows")]).astype(
            np.int64
        ),
        o3_limit=_o3_limits(sets),
        cities=cities,
        city_of={code: column[city] for code, city in counting},
        share=(
            _single("station_share"),
            _single("station_share_small"),
            int(_single("small_city_stations")),
        ),
        fingerprint=digest,
        set_begins=np.array([str(day)[:10] for day in listed["valid_from"]], "datetime64[D]"),
    )


def days_between(first: date, last: date) -> list[date]:
    """All days from first to last, both included."""
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]
