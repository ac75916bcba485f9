"""Totals by area: 附件2 for counties, cities and provinces, and the scopes that no firm reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sources.simulation.coal.places import CITIES, PROVINCES, CoalCity
from sources.simulation.coal.workbooks import Row, wan
from sources.simulation.coal.years import FirmYear, split_purposes

__all__ = ["AREA_YEARS", "Account", "area_use_rows", "city_accounts", "region_year_rows", "scattered"]

AREA_YEARS = (2020, 2023, 2024, 2025)
PRODUCTS = ("raw", "washed", "other")
USES = ("power", "heat", "washing", "coking", "liquefaction", "gasification", "industry", "other_use")
Account = dict[str, int]
"""Amounts of an area and year in hundreds of tonnes: products, uses, feedstock, coke."""

# Below-scale industry and services relative to above-scale coal; household coal [10⁴ t] of 2020 and its fall.
_BELOW = 0.035
_HOUSEHOLD_WAN_T = {
    "610100": 6, "610200": 9, "610300": 26, "610400": 31, "610500": 42, "140100": 22, "140300": 12, "140400": 38,
    "140500": 21, "140700": 35, "140800": 44, "141000": 52, "141100": 47,
}  # fmt: skip
_LEFT = {2020: 1.0, 2023: 0.45, 2024: 0.30, 2025: 0.18, 2026: 0.08}
_OTHER_CITIES = {"610000": 1.7, "140000": 0.42}
# Coal of two counties is the same to the last digit in both years: no negative growth, no growth.
FLAT = ("140300", "盂县", "平定县")


def scattered(city: CoalCity, year: int) -> int:
    """Give the coal of households of a year [hundreds of tonnes]."""
    return round(_HOUSEHOLD_WAN_T[city.code] * _LEFT[year] * 100)


def _measured(city: CoalCity, found: Sequence[FirmYear], year: int) -> Account:
    account: Account = dict.fromkeys((*PRODUCTS, *USES, "feedstock", "coke"), 0)
    for one in (f for f in found if f.firm.city == city):
        for purpose, group, part in split_purposes(one):
            if group == "coke":
                account["coke"] += part
                continue
            own = round(part * one.coal / sum(one.groups[g] for g in PRODUCTS))
            account[group] += own
            account["industry" if purpose in ("burning", "feedstock") else purpose] += own
            account["feedstock"] += own if purpose == "feedstock" else 0
    below = round(sum(account[p] for p in PRODUCTS) * _BELOW)
    account["raw"] += below
    account["industry"] += below // 2
    account["other_use"] += below - below // 2
    household = scattered(city, year)
    account["other"] += household
    account["other_use"] += household
    return account


def _scaled(account: Account, ratio: float) -> Account:
    """Scale an account; the uses are made to add up to the products again in other use."""
    made = {name: round(amount * ratio) for name, amount in account.items()}
    made["other_use"] = sum(made[p] for p in PRODUCTS) - sum(made[u] for u in USES[:-1])
    return made


def city_accounts(found: Mapping[int, Sequence[FirmYear]]) -> dict[tuple[str, int], Account]:
    """Accounts of all cities by (code, year): 2024 and 2025 from the firms, earlier years relative to 2025."""
    accounts: dict[tuple[str, int], Account] = {}
    for city in CITIES:
        for year, members in found.items():
            accounts[city.code, year] = _measured(city, members, year)
        last = accounts[city.code, max(found)]
        accounts[city.code, 2020] = _scaled(last, city.ratio_2020)
        accounts[city.code, 2023] = _scaled(last, 1 + (city.ratio_2020 - 1) * 0.4)
    return accounts


def _shares(city: CoalCity, found: Sequence[FirmYear]) -> dict[str, float]:
    places = list(dict.fromkeys([*city.counties, *(f.firm.county for f in found if f.firm.city == city)]))
    own = {
        name: sum(f.coal for f in found if f.firm.city == city and f.firm.county == name) for name in places
    }
    whole = sum(own.values())
    return {name: 0.94 * coal / whole + 0.06 / len(places) for name, coal in own.items()}


def _counties(account: Account, shares: Mapping[str, float]) -> dict[str, Account]:
    """Split an account over counties; products add up exactly, the uses to the products of each."""
    split = {name: _scaled(account, share) for name, share in shares.items()}
    largest = max(shares, key=lambda name: shares[name])
    for key in account:
        split[largest][key] += account[key] - sum(part[key] for part in split.values())
    return split


def _row(province: str, city: str, county: str, year: int, account: Account) -> Row:
    return {
        "province_name": province,
        "city_name": city,
        "county_name": county,
        "stat_year": year,
        "coal_total_t": wan(sum(account[p] for p in PRODUCTS)),
        **{f"{p}_coal_t": wan(account[p]) for p in PRODUCTS},
        **{f"{u}_t": wan(account[u]) for u in USES},
        "feedstock_t": wan(account["feedstock"]),
        "coke_t": wan(account["coke"]),
    }


def region_year_rows(
    accounts: Mapping[tuple[str, int], Account], found: Sequence[FirmYear], province: str, year: int
) -> list[Row]:
    """Rows of 附件2 of a province and year: the province, its cities, their counties."""
    name = PROVINCES[province]
    cities = [c for c in CITIES if c.province_code == province]
    whole: Account = dict.fromkeys(accounts[cities[0].code, year], 0)
    rows: list[Row] = []
    for city in cities:
        account = accounts[city.code, year]
        whole = {key: whole[key] + account[key] for key in whole}
        rows.append(_row(name, city.full_name, "", year, account))
        split = _counties(account, _shares(city, found))
        if city.code == FLAT[0] and year == 2025:
            before = _counties(accounts[city.code, 2024], _shares(city, found))
            for key in account:
                split[FLAT[2]][key] += split[FLAT[1]][key] - before[FLAT[1]][key]
            split[FLAT[1]] = before[FLAT[1]]
        rows.extend(_row(name, city.full_name, county, year, part) for county, part in split.items())
    return [_row(name, "", "", year, _scaled(whole, 1 + _OTHER_CITIES[province])), *rows]


def _use(kind: str, code: str, name: str, period: str, scope: str, amount: int, **more: str) -> Row:
    return {
        "area_kind": kind,
        "area_code": code,
        "area_name": name,
        "period": period,
        "scope": scope,
        "basis": "实物量",
        "exclusions": more.get("exclusions", ""),
        "quantity_t": wan(amount),
        "same_period_t": more.get("same", ""),
    }


def _total(account: Account, *, net: bool = False) -> int:
    return sum(account[p] for p in PRODUCTS) - (account["feedstock"] if net else 0)


def area_use_rows(accounts: Mapping[tuple[str, int], Account], today_year: int, last_month: int) -> list[Row]:
    """Rows of the totals: household coal by city, the whole society of 2015, 2020 and 2025 by city and region."""
    rows: list[Row] = []
    for city in CITIES:
        for year in (y for y in AREA_YEARS if y < today_year):
            rows.append(_use("市", city.code, city.full_name, str(year), "散煤", scattered(city, year)))
        now, before = (scattered(city, y) * 7 // 10 for y in (today_year, today_year - 1))
        period = f"{today_year}-01..{last_month:02d}"
        rows.append(_use("市", city.code, city.full_name, period, "散煤", now, same=wan(before)))
        older = _total(_scaled(accounts[city.code, 2020], 1.03))
        rows.append(_use("市", city.code, city.full_name, "2015", "全社会", older))
    for year in (2020, 2025):
        for net in (False, True):
            whole = sum(_total(accounts[c.code, year], net=net) for c in CITIES)
            taken_out = "原料用煤;煤矸石" if net else ""
            rows.append(
                _use("区域", "fenwei_2023", "汾渭平原", str(year), "全社会", whole, exclusions=taken_out)
            )
    eleven = [c for c in CITIES if c.code[:2] == "61" or c.code in ("140700", "140800", "141000", "141100")]
    # Luoyang and Sanmenxia belonged to the list of 2018; their coal is in the totals of that list only.
    henan = 310_000
    for year, ratio in ((2015, 1.03), (2020, 1.0)):
        whole = round(sum(_total(accounts[c.code, 2020]) for c in eleven) * ratio) + henan
        rows.append(_use("区域", "fenwei_2018", "汾渭平原（2018年名单，11市）", str(year), "全社会", whole))
    return rows
