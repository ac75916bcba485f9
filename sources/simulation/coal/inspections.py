"""Invented inspections of coal quality and the registers of those who make, sell and burn coal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sources.simulation.coal.codes import credit_code
from sources.simulation.coal.places import CITIES, PROVINCES, CoalCity
from sources.simulation.coal.workbooks import Row

__all__ = ["QUARTERS", "inspection_rows", "register_rows"]

QUARTERS = tuple((year, quarter) for year in (2025, 2026) for quarter in (1, 2, 3, 4))
_STAGES = {"生产": ("洁净煤厂", 2), "流通": ("煤炭配送点", 4), "使用": ("用煤单位", 4)}
_TYPES = {"生产": "生产企业", "流通": "配送网点", "使用": "重点用煤企业"}
_ROUTES = {"生产": "市场监管部门", "流通": "市场监管部门", "使用": "生态环境部门"}
_PER_STAGE = 2
# One sample in so many is made to fail; the failed ones of the last quarter are still open.
_FAIL_EVERY = 11


@dataclass(frozen=True)
class _Product:
    """A product: claimed grade, standard, usual values and the item that is made to fail with its bad value."""

    word: str
    claim: str
    standard: str
    usual: dict[str, tuple[float, float, int]]
    bad: tuple[str, float, str]


_TRACE = {
    "pd_pct": (0.02, 0.005, 3),
    "cld_pct": (0.03, 0.008, 3),
    "asd_ugg": (5.0, 1.5, 0),
    "hgd_ugg": (0.11, 0.03, 3),
    "fd_ugg": (85.0, 15.0, 0),
}
_PRODUCTS = {
    "lump": _Product("民用散煤", "GB 34169 无烟1号", "GB 34169-2017", {
        "ad_pct": (12.6, 0.8, 2), "std_pct": (0.38, 0.03, 2), "vdaf_pct": (9.4, 0.6, 2),
        "qnet_ar_mj_kg": (26.8, 0.5, 2), "mt_pct": (6.2, 0.8, 1), **_TRACE}, ("std_pct", 0.72, "全硫")),
    "honeycomb": _Product("蜂窝煤", "GB 34170 蜂窝煤1号", "GB 34170-2017", {
        "std_pct": (0.41, 0.02, 2), "vd_pct": (8.6, 0.4, 2), "qgr_d_mj_kg": (22.4, 0.4, 2),
        "mt_pct": (5.0, 0.6, 1), "scc_n": (760.0, 50.0, 0), **_TRACE}, ("scc_n", 540.0, "冷压强度")),
    "briquette": _Product("其他型煤", "GB 34170 型煤1号", "GB 34170-2017", {
        "std_pct": (0.40, 0.02, 2), "vd_pct": (9.8, 0.5, 2), "qgr_d_mj_kg": (25.2, 0.4, 2),
        "mt_pct": (5.5, 0.6, 1), "scc_n": (520.0, 30.0, 0), "drop_strength_pct": (88.0, 2.0, 1),
        "undersize_25mm_pct": (8.0, 1.0, 1), **_TRACE}, ("qgr_d_mj_kg", 22.85, "发热量")),
    "commercial": _Product("商品煤", "", "商品煤质量管理暂行办法", {
        "ad_pct": (18.5, 2.5, 2), "std_pct": (0.85, 0.15, 2), "qnet_ar_mj_kg": (22.3, 0.9, 2),
        "mt_pct": (8.5, 1.2, 1), "pd_pct": (0.04, 0.01, 3), "cld_pct": (0.05, 0.01, 3), "asd_ugg": (12.0, 3.0, 0),
        "hgd_ugg": (0.16, 0.04, 3), "fd_ugg": (110.0, 15.0, 0)}, ("std_pct", 3.24, "全硫")),
}  # fmt: skip
_OF_STAGE = {
    "生产": ("honeycomb", "briquette"),
    "流通": ("lump", "briquette", "lump"),
    "使用": ("commercial", "lump"),
}


def _register_id(city: CoalCity, stage: str, number: int) -> str:
    return f"{city.code}-{'生流使'.index(stage[0]) + 1}{number:02d}"


def register_rows() -> list[Row]:
    """Rows of the register of producers, sellers and users: the denominator of sampling coverage."""
    rows: list[Row] = []
    for index, city in enumerate(CITIES):
        for stage, (word, count) in _STAGES.items():
            for number in range(1, count + 1):
                left = stage == "流通" and number == count and index % 4 == 0
                rows.append(
                    {
                        "register_id": _register_id(city, stage, number),
                        "entity_name": f"模拟{city.name}{word}{number:02d}",
                        "credit_code": credit_code(city.code, 3000 + 40 * index + len(rows) % 40),
                        "stage": stage,
                        "province_name": PROVINCES[city.province_code],
                        "city_name": city.full_name,
                        "county_name": city.counties[(number + index) % len(city.counties)],
                        "active_from": "2023-10-01" if number > 1 else "2021-06-15",
                        "active_until": "2026-06-30" if left else "",
                    }
                )
    return rows


def inspection_rows(rng: np.random.Generator, year: int, quarter: int, today: date) -> list[Row]:
    """Rows of the inspections of a quarter up to today: two a stage and city, and the cases built in."""
    rows: list[Row] = []
    first = date(year, 3 * quarter - 2, 1)
    for index, city in enumerate(CITIES):
        # One city has not sampled what is burnt in the first quarter: no rate can be given.
        for stage in (s for s in _STAGES if (index, s, quarter) != (6, "使用", 1)):
            for number in range(1, _PER_STAGE + 1):
                taken = first + timedelta(days=8 + int(rng.integers(0, 40)))
                serial = len(rows) + 1
                row = _sample(rng, city, stage, number, taken, f"{year}Q{quarter}-{serial:03d}")
                if taken <= today:
                    rows.append(row)
    return [*rows, *_cases(rng, year, quarter)]


def _sample(
    rng: np.random.Generator, city: CoalCity, stage: str, number: int, taken: date, sample_id: str
) -> dict[str, object]:
    kinds = _OF_STAGE[stage]
    product = _PRODUCTS[kinds[(number + taken.month) % len(kinds)]]
    serial = int(sample_id[-3:])
    fails = (serial + 5 * taken.month) % _FAIL_EVERY == 0
    word, count = _STAGES[stage]
    entity = 1 + (number + taken.month) % count
    row: dict[str, object] = {
        "sample_id": sample_id,
        "inspection_round": f"{taken.year}年第{'一二三四'[(taken.month - 1) // 3]}季度",
        "stage": stage,
        "province_name": PROVINCES[city.province_code],
        "city_name": city.full_name,
        "county_name": city.counties[(entity + serial) % len(city.counties)],
        "entity_name": f"模拟{city.name}{word}{entity:02d}",
        "entity_type": _TYPES[stage],
        "register_id": _register_id(city, stage, entity),
        "product_type": product.word,
        "claimed_grade": product.claim,
        "judged_by": product.standard,
        "sampled_on": taken.isoformat(),
        "sample_qty": "12 块（检验 6、备用 6）"
        if "煤1号" in product.claim[3:] and stage == "生产"
        else "2 份",
        "batch_t": 20 + 5 * (serial % 9),
        "lab": "模拟煤质检验院",
    }
    for name, (usual, spread, digits) in product.usual.items():
        row[name] = f"{usual + float(np.clip(rng.normal(), -2, 2)) * spread:.{digits}f}"
    if product.word == "商品煤":
        row["distance_km"] = 120 + 20 * (serial % 20)
    return _judged(row, product, fails, taken, stage)


def _judged(
    row: dict[str, object], product: _Product, fails: bool, taken: date, stage: str
) -> dict[str, object]:
    if not fails:
        return {**row, "reported_verdict": "合格"}
    item, value, name = product.bad
    closed = taken + timedelta(days=45)
    done = closed <= date(2026, 9, 30) and int(str(row["sample_id"])[-1]) % 4 != 0
    return {
        **row,
        item: f"{value:g}",
        "reported_failed_items": name,
        "reported_verdict": "不合格",
        "followup": "责令改正，移送处理" if done else "已移送",
        "routed_to": _ROUTES[stage],
        "closed_on": closed.isoformat() if done else "",
    }


def _cases(rng: np.random.Generator, year: int, quarter: int) -> list[Row]:
    """Give the cases built in, in the third quarter of 2026 and the first of 2025."""
    if (year, quarter) == (2025, 1):
        city = CITIES[0]
        case = _sample(rng, city, "流通", 2, date(2025, 1, 20), "2025Q1-901")
        return [{**case, "product_type": "民用散煤", "county_name": "长安区", "ad_pct": "14.90", "std_pct": "0.83",
                 "claimed_grade": "", "judged_by": "西安市原煤销售限值", "reported_verdict": "不合格",
                 "reported_failed_items": "全硫", "routed_to": "市场监管部门", "followup": "责令改正",
                 "closed_on": "2025-03-10"}]  # fmt: skip
    if (year, quarter) != (2026, 3):
        return []
    made: list[Row] = []
    for number, (what, stage, position, change) in enumerate(_CHANGES, 901):
        base = _sample(rng, CITIES[position], stage, 1, date(2026, 8, 5 + number % 20), f"2026Q3-{number}")
        made.append({**_usual(rng, _PRODUCTS[what]), **{k: v for k, v in base.items() if k not in _ITEMS}, **change,
                     **_told(_PRODUCTS[what], change)})  # fmt: skip
    return made


_ITEMS = {name for p in _PRODUCTS.values() for name in p.usual} | {
    "distance_km", "reported_verdict", "reported_failed_items", "followup", "routed_to", "closed_on",
    "product_type", "claimed_grade", "judged_by",
}  # fmt: skip


def _usual(rng: np.random.Generator, product: _Product) -> dict[str, object]:
    return {
        name: f"{usual + float(np.clip(rng.normal(), -1, 1)) * spread:.{digits}f}"
        for name, (usual, spread, digits) in product.usual.items()
    }


def _told(product: _Product, change: Row) -> dict[str, object]:
    told = {
        "product_type": product.word,
        "claimed_grade": product.claim,
        "judged_by": product.standard,
        "reported_verdict": "合格",
    }
    return {**told, **change}


# Product, stage, city, and what is particular: wrong basis, missing item, claims, long haul, rounding, exemption,
# a failure judged as passed, a failure of the users' stage, a standard nobody knows, semi-coke sold as clean coal.
_CHANGES: tuple[tuple[str, str, int, dict[str, object]], ...] = (
    ("lump", "流通", 1, {"vdaf_pct": "", "vd_pct": "9.10"}),
    ("honeycomb", "生产", 2, {"scc_n": ""}),
    ("lump", "流通", 3, {"claimed_std_pct": "0.40", "std_pct": "0.46"}),
    ("lump", "流通", 4, {"claimed_std_pct": "0.90", "std_pct": "0.66", "reported_verdict": "不合格",
                       "reported_failed_items": "全硫", "routed_to": "市场监管部门", "followup": "已移送"}),
    ("commercial", "流通", 6, {"distance_km": "700", "ad_pct": "28.50", "std_pct": "2.10", "qnet_ar_mj_kg": "21.00"}),
    ("commercial", "使用", 7, {"exempt_use": "高效脱硫设施电厂", "std_pct": "3.40"}),
    ("lump", "流通", 5, {"std_pct": "0.504"}),
    ("lump", "流通", 8, {"std_pct": "0.506", "reported_verdict": "合格"}),
    ("commercial", "使用", 9, {"ad_pct": "41.60", "reported_verdict": "不合格", "reported_failed_items": "灰分",
                             "routed_to": "生态环境部门", "followup": "立案查处", "closed_on": "2026-10-20"}),
    ("briquette", "生产", 10, {"judged_by": "模拟企业标准 Q/MN 01", "claimed_grade": "模拟优质煤"}),
    ("commercial", "使用", 11, {"ad_pct": "", "std_pct": "", "qnet_ar_mj_kg": ""}),
    ("lump", "流通", 0, {"product_type": "兰炭", "ad_pct": "8.20", "std_pct": "0.31", "claimed_grade": "GB 34169 无烟1号"}),
    ("lump", "流通", 2, {"product_type": "兰炭", "ad_pct": "9.10", "std_pct": "0.74", "claimed_grade": "GB 34169 无烟1号"}),
)  # fmt: skip
