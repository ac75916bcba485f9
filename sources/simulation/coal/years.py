"""Annual forms of the national survey: firms (附表1) and other coal users (附表2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sources.simulation.coal.codes import credit_code
from sources.simulation.coal.firms import Firm
from sources.simulation.coal.months import FIRST_YEAR, Use, factor
from sources.simulation.coal.places import CITIES, PROVINCES
from sources.simulation.coal.workbooks import Row, wan

__all__ = ["FirmYear", "equipment_rows", "firm_year_rows", "firm_years", "other_user_rows", "usage_rows"]

SURVEY_GROUP = {
    "raw_coal": "raw",
    "washed_coal": "washed",
    "other_washed": "other",
    "briquette": "other",
    "coke": "coke",
}
_GROUP_ZH = {"raw": "原煤", "washed": "洗精煤", "other": "其他煤炭", "coke": "焦炭"}
_PURPOSE = {
    "power": ("加工转换", "发电", "电力", "万千瓦时", 2350.0),
    "heat": ("加工转换", "供热", "热力", "百万千焦", 165000.0),
    "washing": ("加工转换", "洗选", "洗精煤", "万吨", 0.68),
    "coking": ("加工转换", "焦化", "焦炭", "万吨", 0.75),
    "liquefaction": ("加工转换", "煤制油", "油品", "万吨", 0.27),
    "feedstock": ("原料", "原料", "", "", 0.0),
    "burning": ("燃料", "燃烧", "", "", 0.0),
}
_EQUIPMENT = {
    "P": ("锅炉", "蒸吨/小时", 1000),
    "G": ("锅炉", "蒸吨/小时", 480),
    "H": ("锅炉", "蒸吨/小时", 75),
    "K": ("焦化炉", "立方米", 48),
    "C": ("气化炉", "立方米/小时", 60000),
    "L": ("气化炉", "立方米/小时", 100000),
    "B": ("窑炉", "吨/小时", 200),
    "S": ("炼铁高炉", "立方米", 1380),
    "W": ("其他", "吨/小时", 400),
    "F": ("锅炉", "蒸吨/小时", 20),
}
_LEVELS = ("优于先进水平", "先进水平至节能水平之间", "节能水平至准入水平之间", "无能效标准")
# A washing plant reports what it takes in less what it gives out as its own coal use.
WASHING_OWN = 0.22
# Firms whose annual figure differs from the twelve monthly ones, as annual figures do.
REVISED_EVERY, REVISION = 29, 1.012


@dataclass(frozen=True)
class FirmYear:
    """Annual coal of a firm in hundreds of tonnes (0.01 × 10⁴ t) and in tce."""

    firm: Firm
    year: int
    groups: dict[str, int]
    coal: int
    coal_tce: int
    feedstock: int


def firm_years(all_uses: Sequence[Use], year: int) -> list[FirmYear]:
    """Sum the months of a year by firm; firms that were not listed in it are left out."""
    span = slice(12 * (year - FIRST_YEAR), 12 * (year - FIRST_YEAR) + 12)
    found = []
    for number, (_, members) in enumerate(groupby(all_uses, key=lambda u: u.firm.code)):
        made = _firm_year(list(members), year, span, REVISION if number % REVISED_EVERY == 3 else 1.0)
        if made is not None:
            found.append(made)
    return found


def _firm_year(members: Sequence[Use], year: int, span: slice, revision: float) -> FirmYear | None:
    groups = dict.fromkeys(_GROUP_ZH, 0)
    tce = feedstock = 0.0
    for use in members:
        amount = use.use_t[span]
        if use.product in SURVEY_GROUP:
            group = SURVEY_GROUP[use.product]
            groups[group] += round(float(amount.sum()) * revision / 100)
            if group != "coke":
                factors = [factor(use, m) for m in range(span.start, span.stop)]
                tce += float((amount * np.array(factors)).sum()) * revision
        feedstock += float(use.feedstock_t[span].sum()) * revision
    if not any(groups.values()):
        return None
    coal = groups["raw"] + groups["washed"] + groups["other"]
    if members[0].firm.kind == "W":
        coal, tce = round(coal * WASHING_OWN), tce * WASHING_OWN
    return FirmYear(members[0].firm, year, groups, coal, round(tce / 100), min(round(feedstock / 100), coal))


def firm_year_rows(found: Sequence[FirmYear]) -> list[Row]:
    """Rows of the main list of 附表1."""
    return [_main_row(one) for one in found]


def _main_row(one: FirmYear) -> Row:
    firm = one.firm
    energy = round((one.coal_tce + one.groups["coke"]) * 1.06) + 5
    return {
        "stat_year": one.year,
        "firm_name": firm.name,
        "credit_code": firm.code,
        "industry_section": firm.what.section,
        "industry_division": firm.what.division,
        "industry_class": firm.what.industry_class,
        "province_name": PROVINCES[firm.city.province_code],
        "city_name": firm.city.full_name,
        "county_name": firm.county,
        "energy_equivalent_tce": wan(energy),
        "energy_equal_price_tce": wan(round(energy * 1.08) + 2),
        "feedstock_energy_tce": wan(round(one.feedstock * 0.7143)),
        "coal_t": wan(one.coal),
        "coal_tce": wan(one.coal_tce),
        "feedstock_t": wan(one.feedstock),
        "raw_coal_t": wan(one.groups["raw"]),
        "washed_coal_t": wan(one.groups["washed"]),
        "other_coal_t": wan(one.groups["other"]),
        "coke_t": wan(one.groups["coke"]),
    }


def split_purposes(one: FirmYear) -> list[tuple[str, str, int]]:
    """Split the coal of a firm: (purpose, survey group, hundreds of tonnes); the parts add up exactly."""
    parts: list[tuple[str, str, int]] = []
    for group, amount in one.groups.items():
        left = amount
        if group == "raw" and one.feedstock:
            parts.append(("feedstock", group, one.feedstock))
            left -= one.feedstock
        purposes = one.firm.what.purposes if group != "coke" else (("burning", 1.0),)
        for position, (purpose, share) in enumerate(purposes):
            part = left if position == len(purposes) - 1 else round(left * share)
            left -= part
            if part:
                parts.append((purpose, group, part))
    return parts


def usage_rows(found: Sequence[FirmYear]) -> list[Row]:
    """Rows of the use of coal by purpose."""
    rows: list[Row] = []
    for one in found:
        for number, (purpose, group, part) in enumerate(split_purposes(one), 1):
            main, detail, product, unit, per_wan_t = _PURPOSE[purpose]
            rows.append(
                {
                    "credit_code": one.firm.code,
                    "stat_year": one.year,
                    "firm_name": one.firm.name,
                    "sequence": number,
                    "purpose_group": main,
                    "purpose": detail,
                    "input_product": _GROUP_ZH[group],
                    "input_unit": "万吨",
                    "input_t": wan(part),
                    "output_product": product,
                    "output_unit": unit,
                    "output_quantity": f"{part / 100 * per_wan_t:.2f}" if product else "",
                    "remark": "",
                }
            )
    return rows


def equipment_rows(found: Sequence[FirmYear]) -> list[Row]:
    """Rows of the coal-burning equipment: one device a row."""
    rows: list[Row] = []
    for serial, one in enumerate(found):
        kind, unit, capacity = _EQUIPMENT[one.firm.kind]
        total = 100 * (one.coal if one.coal else one.groups["coke"])
        count = 1 + serial % 3
        for number in range(1, count + 1):
            part = total // count if number > 1 else total - total // count * (count - 1)
            rows.append(
                {
                    "credit_code": one.firm.code,
                    "stat_year": one.year,
                    "firm_name": one.firm.name,
                    "sequence": number,
                    "equipment_type": kind,
                    "equipment_no": f"{number}#",
                    "used_years": 3 + (serial + number) % 17 + one.year - FIRST_YEAR,
                    "design_years": 30,
                    "efficiency": _LEVELS[(serial + number) % 4],
                    "capacity_unit": unit,
                    "capacity": capacity,
                    "coal_product": "原煤" if one.groups["raw"] else "洗精煤",
                    "coal_t": part,
                }
            )
    return rows


_OTHER = (
    ("医院", "Q", "84", "锅炉", "服务业", "运行", 620),
    ("学校", "P", "83", "锅炉", "服务业", "运行", 410),
    ("砖厂", "C", "30", "窑炉", "工业", "运行", 5200),
    ("烤烟房", "A", "01", "其他", "农林牧渔", "停用", 0),
)


def other_user_rows(year: int) -> list[Row]:
    """Rows of 附表2: a few below-scale users in every city, some of them stopped."""
    rows: list[Row] = []
    for index, city in enumerate(CITIES):
        for number, (word, section, division, kind, purpose, status, coal_t) in enumerate(_OTHER):
            rows.append(
                {
                    "firm_name": f"模拟{city.name}{word}",
                    "credit_code": credit_code(city.code, 1000 + 10 * index + number),
                    "province_name": PROVINCES[city.province_code],
                    "city_name": city.full_name,
                    "county_name": city.counties[1 + (index + number) % (len(city.counties) - 1)],
                    "industry_section": section,
                    "industry_division": division,
                    "stat_year": year,
                    "sequence": 1,
                    "equipment_type": kind,
                    "equipment_no": "1#",
                    "used_years": 4 + number,
                    "design_years": 20,
                    "efficiency": "无能效标准",
                    "capacity_unit": "蒸吨/小时",
                    "capacity": 4 + 2 * number,
                    "purpose": purpose,
                    "status": status,
                    "coal_t": coal_t * (100 + index) // 100 if coal_t else "",
                }
            )
    return rows
