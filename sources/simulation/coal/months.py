"""Monthly coal of every firm and the 205-1 lists that report it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sources.simulation.coal.firms import Firm
from sources.simulation.coal.places import CITIES, PROVINCES, CoalCity
from sources.simulation.coal.workbooks import Row

__all__ = ["FIRST_YEAR", "N_YEARS", "PRODUCT_ZH", "Use", "factor", "missing", "month_rows", "uses"]

FIRST_YEAR, N_YEARS = 2024, 3
PRODUCT_ZH = {
    "raw_coal": "原煤",
    "washed_coal": "洗精煤",
    "other_washed": "其他洗煤",
    "briquette": "煤制品",
    "gangue": "煤矸石",
    "coke": "焦炭",
}
_ENERGY_CODE = {"raw_coal": "01", "washed_coal": "06", "other_washed": "07", "briquette": "08", "gangue": "", "coke": "13"}  # fmt: skip
_FACTOR = {
    "raw_coal": 0.7143,
    "washed_coal": 0.9,
    "other_washed": 0.285,
    "briquette": 0.6,
    "gangue": 0.2857,
    "coke": 0.9714,
}
_PRICE_KCNY = {"raw_coal": 0.62, "washed_coal": 1.35, "other_washed": 0.38, "briquette": 0.9, "gangue": 0.1, "coke": 1.8}  # fmt: skip
_KJ_PER_KGCE = 29307.6
_SEASON = {
    "power": (10.5, 8.6, 8.2, 7.0, 6.9, 7.6, 9.0, 9.2, 7.4, 6.9, 8.5, 10.2),
    "heat": (25.0, 20.0, 11.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 17.0, 26.0),
    "flat": (8.6, 7.6, 8.5, 8.4, 8.6, 8.2, 8.3, 8.3, 8.2, 8.4, 8.4, 8.5),
    "cement": (4.5, 3.0, 8.0, 10.2, 10.4, 9.6, 8.8, 9.0, 10.0, 10.6, 9.4, 6.5),
}
# Months that a firm of month-wise reports left out: (city, kind, number in the city, month).
_MISSING = {("140300", "P", 1, "2026-01"), ("610200", "P", 1, "2026-06"), ("141000", "H", 1, "2025-12")}
# Other industry of one city goes up in the last months: an early warning.
_WARNED = ("140800", 20, 1.16)


@dataclass(frozen=True)
class Use:
    """One product of one firm.

    Attributes
    ----------
    use_t : ndarray
        Coal by month from January 2024 on [t], int64, shape (36,); 0 where the firm is not listed.
    feedstock_t : ndarray
        Of it used as feedstock [t].
    stock_t : ndarray
        Stock at the beginning of 2024 and after each month [t], int64, shape (37,).
    qnet_kj_kg : ndarray or None
        Measured net calorific value by month [kJ/kg], int64, shape (36,).
    """

    firm: Firm
    product: str
    use_t: NDArray[np.int64]
    feedstock_t: NDArray[np.int64]
    stock_t: NDArray[np.int64]
    qnet_kj_kg: NDArray[np.int64] | None


def factor(use: Use, month: int) -> float:
    """Give the factor of a month [tce/t]: by the measured calorific value, else by the list."""
    if use.qnet_kj_kg is None:
        return _FACTOR[use.product]
    return round(int(use.qnet_kj_kg[month]) / _KJ_PER_KGCE, 4)


def _listed(firm: Firm) -> NDArray[np.bool_]:
    months = [date(FIRST_YEAR + m // 12, m % 12 + 1, 1) for m in range(12 * N_YEARS)]
    until = firm.listed_until or date.max
    return np.array([firm.listed_from <= m <= until for m in months])


def _totals(rng: np.random.Generator, city: CoalCity, members: Sequence[Firm]) -> NDArray[np.float64]:
    """Coal of the firms of a city [t], shape (n_firms, 36); firms that stay grow as the city does."""
    profile = np.array([_SEASON[f.what.season] for f in members]) / 100.0
    noise = 1.0 + rng.normal(0.0, 0.02, (len(members), N_YEARS, 12))
    share = np.array([f.share for f in members])[:, None, None]
    shape = share * profile[:, None, :] * noise
    listed = np.array([_listed(f) for f in members]).reshape(len(members), N_YEARS, 12)
    if city.code == _WARNED[0]:
        other = np.array([f.what.division != "44" for f in members])
        shape.reshape(len(members), -1)[other, _WARNED[1] + 12 : _WARNED[1] + 14] *= _WARNED[2]
    stays = listed.all(axis=(1, 2))
    level = np.cumprod([1.0, *(1 + g / 100 for g in city.growth)]) * city.above_scale_wan_t * 1e4
    # The years are scaled on the months that have gone by, so that the growth shows in them.
    seen = np.array([12, 12, 10])
    of_year = [shape[stays, y, : seen[y]].sum() / shape[stays, 0, : seen[y]].sum() for y in range(N_YEARS)]
    scale = level / level[0] / np.array(of_year) * (level[0] / shape[listed[:, 0].all(axis=1), 0].sum())
    return (shape * scale[None, :, None] * listed).reshape(len(members), -1)


def uses(rng: np.random.Generator, firms: Sequence[Firm]) -> tuple[Use, ...]:
    """Give the monthly coal of all firms by product, in the order of the firms."""
    found: list[Use] = []
    for city in CITIES:
        members = [f for f in firms if f.city == city]
        for firm, total in zip(members, _totals(rng, city, members), strict=True):
            found.extend(_products(rng, firm, total))
    return tuple(found)


def _products(rng: np.random.Generator, firm: Firm, total: NDArray[np.float64]) -> list[Use]:
    made = []
    for product, share in firm.what.products:
        amount = np.rint(total * share).astype(np.int64)
        feedstock = np.rint(amount * firm.what.feedstock).astype(np.int64)
        qnet = None
        if firm.measured and product == "raw_coal":
            qnet = np.rint(rng.normal(20300, 350, 12 * N_YEARS)).astype(np.int64)
        made.append(Use(firm, product, amount, feedstock, _stock_path(amount, _listed(firm)), qnet))
    return made


def missing(firm: Firm, month: str) -> bool:
    """Tell whether the firm left this month out."""
    number = int(firm.name[-2:]) if firm.name[-2:].isdigit() else 0
    return (firm.city.code, firm.kind, number, month) in _MISSING


def month_rows(all_uses: Sequence[Use], province: str, month: int) -> list[Row]:
    """Rows of the 205-1 list of a province for one month (counted from January 2024)."""
    text = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
    rows = []
    for use in all_uses:
        firm = use.firm
        if firm.city.province_code != province or not _listed(firm)[month] or missing(firm, text):
            continue
        rows.append(_row(use, month))
    return rows


def _stock_path(use_t: NDArray[np.int64], listed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the stock before the first month and after each one [t], shape (37,): purchases are never negative."""
    usual = int(use_t[listed].mean() * 0.35) if listed.any() else 0
    path = [usual]
    for amount, there in zip(use_t.tolist(), listed.tolist(), strict=True):
        wanted = amount * 3 // 10 + usual // 2
        path.append(max(wanted, path[-1] - amount) if there else usual)
    return np.array(path)


def _row(use: Use, month: int) -> Row:
    firm, year = use.firm, month // 12
    first = 12 * year if firm.city.cumulative else month
    span = slice(first, month + 1)
    amount, feedstock = int(use.use_t[span].sum()), int(use.feedstock_t[span].sum())
    opening, closing = int(use.stock_t[first]), int(use.stock_t[month + 1])
    purchase = amount + closing - opening
    other = amount // 200 if use.product == "raw_coal" else 0
    number = month % 12 + 1
    cumulative = firm.city.cumulative and number > 1
    return {
        "credit_code": firm.code,
        "firm_name": firm.name,
        "province_name": PROVINCES[firm.city.province_code],
        "city_name": firm.city.full_name,
        "county_name": firm.county,
        "month": f"{FIRST_YEAR + year}年1-{number}月" if cumulative else f"{FIRST_YEAR + year}-{number:02d}",
        "period_kind": "累计" if firm.city.cumulative else "本月",
        "product": PRODUCT_ZH[use.product],
        "unit_text": "吨",
        "energy_code": _ENERGY_CODE[use.product],
        "opening_t": opening,
        "purchase_t": purchase,
        "purchase_kcny": round(purchase * _PRICE_KCNY[use.product]),
        "use_t": amount,
        "industrial_t": amount - other,
        "feedstock_t": feedstock,
        "non_industrial_t": other,
        "transport_t": 0,
        "closing_t": closing,
        "factor_used": f"{_mean_factor(use, span):.4f}",
        "factor_reference": f"{_FACTOR[use.product]:.4f}",
        "qnet_ar_kj_kg": "" if use.qnet_kj_kg is None else round(_mean_factor(use, span) * _KJ_PER_KGCE),
    }


def _mean_factor(use: Use, span: slice) -> float:
    """Give the factor of a span of months: weighted by coal, as the cumulative lists ask."""
    months = range(*span.indices(use.use_t.size))
    amount = use.use_t[span]
    if not amount.sum():
        return factor(use, months[0])
    return float(np.average([factor(use, m) for m in months], weights=amount))
