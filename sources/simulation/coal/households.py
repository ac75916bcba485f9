"""Invented ledgers of clean heating: villages by year, households of some of them, visits for return to coal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sources.simulation.coal.places import CITIES, PROVINCES, CoalCity
from sources.simulation.coal.workbooks import Row

__all__ = ["Village", "household_rows", "village_rows", "villages", "visit_rows"]

_COUNTIES_PER_CITY, _VILLAGES_PER_COUNTY, _HOUSEHOLDS = 3, 2, 10
_WAYS = ("电", "气", "集中供热", "洁净煤", "其他清洁")
_SEEN_COUNTIES = {"610500": "韩城市", "610400": "杨陵区"}


@dataclass(frozen=True)
class Village:
    """One invented village; `case` says what is wrong with it, empty for nothing."""

    village_id: str
    name: str
    city: CoalCity
    county: str
    plain: bool
    n_households: int
    shares: tuple[float, ...]
    case: str


# Number of the village → what is wrong: coal taken away before heating was there, supply not ready, no day given,
# return to coal, scattered coal left in a plain, too few done, clean coal where none may be burnt, no task.
_CASES = {
    5: "order",
    11: "supply",
    17: "undated",
    23: "relapse",
    29: "coal",
    35: "relapse",
    41: "order",
    47: "behind",
    53: "ban",
    59: "none",
}


def villages(rng: np.random.Generator) -> tuple[Village, ...]:
    """Invent the villages of all cities."""
    found: list[Village] = []
    for city in CITIES:
        counties = [*city.counties[-_COUNTIES_PER_CITY:]]
        if city.code in _SEEN_COUNTIES and _SEEN_COUNTIES[city.code] not in counties:
            counties[0] = _SEEN_COUNTIES[city.code]
        for place, county in enumerate(counties):
            for number in range(1, _VILLAGES_PER_COUNTY + 1):
                shares = rng.dirichlet((4.0, 5.0, 1.5, 0.6, 0.4)) * 0.96
                serial = len(found)
                found.append(
                    Village(
                        village_id=f"{city.code}-{place + 1}{number:02d}",
                        name=f"模拟{county[:2]}村{number}",
                        city=city,
                        county=county,
                        plain=place != 1,
                        n_households=int(rng.integers(180, 620)),
                        shares=tuple(float(s) for s in shares),
                        case=_CASES.get(serial, ""),
                    )
                )
    return tuple(found)


def village_rows(all_villages: tuple[Village, ...], year: int) -> list[Row]:
    """Rows of the village ledger of 2025 or 2026."""
    return [_village_row(v, year) for v in all_villages]


def _village_row(v: Village, year: int) -> Row:
    reach = 0.94 if year < 2026 else 1.0
    counts = [int(v.n_households * share * reach) for share in v.shares]
    if v.plain and v.case != "ban":
        counts[1] += counts[3]
        counts[3] = 0
    target = 0 if v.case == "none" else max(v.n_households // 12, 4)
    done = {"behind": target // 3, "supply": target // 2}.get(v.case, target)
    if year == 2026 and not v.case and v.n_households % 3 == 0:
        done = target * 95 // 100
    secured, removed = date(year, 9, 25), date(year, 10, 20)
    if v.case == "order" and year == 2026:
        secured = date(year, 11, 12)
    dated = v.case not in ("undated", "supply") or year == 2025
    before = v.n_households * 13 // 10
    left = before // 3 if v.case == "coal" else before * (v.n_households - sum(counts)) // v.n_households
    return {
        "village_id": v.village_id,
        "stat_year": year,
        "province_name": PROVINCES[v.city.province_code],
        "city_name": v.city.full_name,
        "county_name": v.county,
        "township": f"模拟{v.county[:2]}镇",
        "village_name": v.name,
        "terrain": "平原" if v.plain else "山区",
        "in_ban_zone": "是" if v.plain else "否",
        "n_households": v.n_households,
        **dict(
            zip(("n_electricity", "n_gas", "n_heat", "n_clean_coal", "n_other_clean"), counts, strict=True)
        ),
        "n_target": target,
        "n_done": done,
        "supply_ready": "否" if v.case == "supply" and year == 2026 else "是",
        "heating_secured_on": secured.isoformat() if dated else "",
        "coal_removed_on": removed.isoformat() if v.case != "behind" or year == 2025 else "",
        "coal_before_t": before,
        "coal_remaining_t": left,
    }


def household_rows(all_villages: tuple[Village, ...]) -> list[Row]:
    """Rows of the household ledger: some households of every second village."""
    rows: list[Row] = []
    for v in all_villages[::2]:
        for number in range(1, _HOUSEHOLDS + 1):
            way = _WAYS[(number * 7 + v.n_households) % 3] if number < 9 or v.plain else _WAYS[3]
            coal_left = number == _HOUSEHOLDS and v.case == "coal"
            secured = date(2026, 9, 5) + timedelta(days=2 * number)
            removed = secured + timedelta(days=20)
            if number == 3 and v.n_households % 4 == 0:
                removed = secured - timedelta(days=9)
            rows.append(
                {
                    "household_id": f"{v.village_id}-{number:04d}",
                    "village_id": v.village_id,
                    "city_name": v.city.full_name,
                    "county_name": v.county,
                    "heating": "散煤" if coal_left else way,
                    "heating_secured_on": "" if coal_left else secured.isoformat(),
                    "coal_removed_on": "" if coal_left else removed.isoformat(),
                    "coal_before_t": f"{1.0 + (number % 5) * 0.2:.1f}",
                }
            )
    return rows


def visit_rows(all_villages: tuple[Village, ...], today: date) -> list[Row]:
    """Rows of the visits: most find nothing, some find coal again, one of those is settled."""
    rows: list[Row] = []
    for number, v in enumerate(all_villages):
        for visited in (date(2025, 12, 10), date(2026, 1, 15), date(2026, 11, 16)):
            if visited > today:
                continue
            relapsed = 0
            if v.case == "relapse" and visited != date(2025, 12, 10):
                relapsed = 3 + number % 3
            settled = relapsed and visited.year == 2026 and visited.month == 1
            rows.append(
                {
                    "village_id": v.village_id,
                    "household_id": "",
                    "visited_on": visited.isoformat(),
                    "n_visited": 30 + number % 20,
                    "n_relapsed": relapsed,
                    "action": "劝导并补贴电费" if relapsed else "",
                    "closed_on": (visited + timedelta(days=12)).isoformat() if settled else "",
                }
            )
    return rows
