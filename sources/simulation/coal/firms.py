"""Invented firms: where they are, what they do, what they burn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sources.simulation.coal.codes import credit_code
from sources.simulation.coal.places import CITIES, PROVINCES, CoalCity
from sources.simulation.coal.workbooks import Row

__all__ = ["KINDS", "Firm", "Kind", "firm_rows", "firms"]


@dataclass(frozen=True)
class Kind:
    """What firms of a kind are called, their industry (GB/T 4754), products by share, and season."""

    word: str
    section: str
    division: str
    industry_class: str
    weight: float
    products: tuple[tuple[str, float], ...]
    feedstock: float
    season: str
    purposes: tuple[tuple[str, float], ...]


KINDS = {
    "P": Kind("热电", "D", "44", "4411", 9.0, (("raw_coal", 1.0),), 0.0, "power", (("power", 0.86), ("heat", 0.14))),
    "H": Kind("热力", "D", "44", "4430", 0.8, (("raw_coal", 0.96), ("briquette", 0.04)), 0.0, "heat",
              (("heat", 1.0),)),
    "K": Kind("焦化", "C", "25", "2521", 5.0, (("washed_coal", 0.93), ("other_washed", 0.07)), 0.0, "flat",
              (("coking", 1.0),)),
    "C": Kind("化工", "C", "26", "2614", 3.0, (("raw_coal", 1.0),), 0.55, "flat", (("burning", 1.0),)),
    "B": Kind("水泥", "C", "30", "3011", 0.9, (("raw_coal", 1.0),), 0.0, "cement", (("burning", 1.0),)),
    "W": Kind("洗选", "B", "06", "0610", 2.0, (("raw_coal", 1.0),), 0.0, "flat", (("washing", 1.0),)),
    "S": Kind("钢铁", "C", "31", "3110", 2.6, (("coke", 0.7), ("other_washed", 0.3)), 0.0, "flat",
              (("burning", 1.0),)),
    "L": Kind("煤制油", "C", "25", "2523", 3.5, (("raw_coal", 1.0),), 0.0, "flat", (("liquefaction", 1.0),)),
    "G": Kind("矸石发电", "D", "44", "4411", 2.0, (("gangue", 0.6), ("raw_coal", 0.4)), 0.0, "power",
              (("power", 1.0),)),
    "F": Kind("食品", "C", "14", "1441", 0.06, (("raw_coal", 0.7), ("briquette", 0.3)), 0.0, "flat",
              (("burning", 1.0),)),
}  # fmt: skip


@dataclass(frozen=True)
class Firm:
    """One invented firm; `share` is its part of the city's above-scale coal."""

    code: str
    name: str
    city: CoalCity
    county: str
    kind: str
    share: float
    listed_from: date
    listed_until: date | None
    exclusion_tag: str
    measured: bool

    @property
    def what(self) -> Kind:
        """Its kind."""
        return KINDS[self.kind]


LISTED = date(2019, 1, 1)
# Kind and number in a city → (entered, left): firms that enter or leave the statistics.
_MOVES: dict[tuple[str, str, int], tuple[date, date | None]] = {
    ("140800", "C", 2): (date(2026, 1, 1), None),
    ("141000", "K", 4): (date(2026, 1, 1), None),
    ("610400", "F", 2): (date(2025, 7, 1), None),
    ("140700", "P", 3): (LISTED, date(2025, 12, 31)),
    ("141100", "B", 1): (LISTED, date(2025, 6, 30)),
    ("610500", "B", 3): (LISTED, date(2026, 3, 31)),
}
# Newcomers are small beside the others of their kind.
_SMALL = {("140800", "C", 2): 0.5, ("141000", "K", 4): 0.1}
# The counties that have to hold a firm.
_SEATS = {
    ("610400", "H", 3): "杨陵区",
    ("610400", "F", 1): "杨陵区",
    ("610500", "P", 2): "韩城市",
    ("610500", "K", 1): "韩城市",
    ("610500", "K", 2): "韩城市",
    ("610100", "H", 4): "西咸新区",
    ("610100", "C", 1): "西咸新区",
}
EXCLUDED = "模拟西安电力本部"


def firms(rng: np.random.Generator) -> tuple[Firm, ...]:
    """Invent the firms of all cities, in the order of the cities.

    Parameters
    ----------
    rng : numpy.random.Generator
        Decides sizes, seats and who measures the calorific value.
    """
    found: list[Firm] = []
    for city in CITIES:
        found.extend(_of_city(rng, city, len(found)))
    return tuple(found)


def _of_city(rng: np.random.Generator, city: CoalCity, before: int) -> list[Firm]:
    keys = [(city.code, k, city.firms[: i + 1].count(k)) for i, k in enumerate(city.firms)]
    usual = np.array([KINDS[key[1]].weight * _SMALL.get(key, 1.0) for key in keys])
    weights = usual * np.exp(rng.normal(0.0, 0.3, len(keys)))
    shares = weights / weights.sum()
    made = []
    for index, key in enumerate(keys):
        _, kind, number = key
        seat = int(rng.integers(1, len(city.counties) - 1))
        measured = bool(rng.random() < 0.4) and kind == "P"
        entered, left = _MOVES.get(key, (LISTED, None))
        tag = EXCLUDED if key == ("610100", "P", 1) else ""
        made.append(
            Firm(
                code=credit_code(city.code, before + index + 1),
                name=tag or f"模拟{city.name}{KINDS[kind].word}{number:02d}",
                city=city,
                county=_SEATS.get(key, city.counties[seat]),
                kind=kind,
                share=float(shares[index]),
                listed_from=entered,
                listed_until=left,
                exclusion_tag=tag,
                measured=measured,
            )
        )
    return made


def firm_rows(all_firms: Sequence[Firm], capacity_t: Sequence[int]) -> list[Row]:
    """Rows of the directory; capacity [t per month], one for each firm."""
    rows: list[Row] = []
    for firm, capacity in zip(all_firms, capacity_t, strict=True):
        rows.append(
            {
                "credit_code": firm.code,
                "firm_name": firm.name,
                "province_name": PROVINCES[firm.city.province_code],
                "city_name": firm.city.full_name,
                "county_name": firm.county,
                "industry_section": firm.what.section,
                "industry_division": firm.what.division,
                "industry_class": firm.what.industry_class,
                "above_scale": "是",
                "listed_from": firm.listed_from.isoformat(),
                "listed_until": firm.listed_until.isoformat() if firm.listed_until else "",
                "exclusion_tag": firm.exclusion_tag,
                "capacity_t_per_month": capacity,
            }
        )
    return rows
