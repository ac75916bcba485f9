"""Emergency emission lists of the simulated world: one workbook a city, some enough at every level, some short at orange."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from sources.emission_list.forms import form
from sources.simulation.coal.codes import credit_code
from warehouse import standards

__all__ = ["SimulatedList", "simulate_list"]

MARK = "【演练】模拟数据，非真实清单 | simulated, no real list"
POLLUTANTS = ("SO2", "NOx", "PM", "VOCs")
LEVELS = ("yellow", "orange", "red")
_INDUSTRIES = (
    # industry, words of a name, line, equipment, kg/d of SO2, NOx, PM, VOCs
    ("水泥", "水泥", "熟料线", "回转窑", (220, 900, 180, 20)),
    ("焦化", "焦化", "焦炉", "焦炉", (480, 760, 260, 540)),
    ("长流程联合钢铁", "钢铁", "烧结机", "烧结机", (900, 1300, 620, 160)),
    ("砖瓦窑", "建材", "隧道窑", "隧道窑", (130, 90, 75, 10)),
    ("铸造", "铸造", "熔炼线", "中频炉", (25, 20, 95, 60)),
    ("包装印刷", "包装", "印刷线", "印刷机", (0, 4, 3, 190)),
    ("工业涂装", "装备", "涂装线", "喷漆房", (0, 6, 14, 240)),
    ("玻璃", "玻璃", "浮法线", "熔窑", (240, 520, 70, 15)),
)
_BY_GRADE = {
    "A": (("自主减排", 0), ("自主减排", 0), ("自主减排", 0)),
    "B": (("限产20%", 20), ("限产40%", 40), ("停产", 100)),
    "C": (("限产50%", 50), ("停产", 100), ("停产", 100)),
    "D": (("停产", 100), ("停产", 100), ("停产", 100)),
}
_LOADS = (("限产20%", 20), ("限产30%", 30), ("限产50%", 50))
_SHORT: dict[str, tuple[str, int]] = {"610100": ("NOx", 18), "140800": ("VOCs", 17), "141000": ("PM", 19)}
"""Cities short at orange: pollutant and ratio [%]."""
_RED_FIRST, _IN_TONNES, _LINES = "140100", "140500", "610300"
"""Cities whose workbooks differ: measures from red to yellow; totals in t/d; stops counted by lines."""


@dataclass(frozen=True)
class SimulatedList:
    """One workbook: city, year and where it lies."""

    city_code: str
    list_year: int
    path: Path


@dataclass
class _World:
    city: str
    rows: dict[str, list[dict[str, object]]] = field(
        default_factory=lambda: {name: [] for name in ("enterprise", "mobile", "nonroad", "dust", "total")}
    )
    base: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(POLLUTANTS, Decimal(0)))
    parts: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    cut: dict[tuple[str, str], Decimal] = field(default_factory=dict)


def simulate_list(folder: Path, today: date) -> list[SimulatedList]:
    """Write the lists of the cities of the Fen-Wei Plain; the same day gives the same bytes.

    Parameters
    ----------
    folder : Path
        Gets one workbook a city.
    today : date
        Its year, or from July on that of the coming season, is the year of the lists.

    Returns
    -------
    list of SimulatedList
    """
    folder.mkdir(parents=True, exist_ok=True)
    members = standards.load("region_city")
    codes = members.loc[(members["region_id"] == "fenwei_2023") & (members["role"] == "city"), "area_code"]
    cities = standards.load("city").drop_duplicates("city_code").set_index("city_code")["short_zh"].to_dict()
    made = []
    for code in sorted(codes.astype(str)):
        world = _city(code, str(cities[code]), today.year)
        path = folder / f"{cities[code]}应急减排清单{today.year}（模拟）.xlsx"
        _write(path, world, today)
        made.append(SimulatedList(code, today.year, path))
    return made


def _city(code: str, name: str, year: int) -> _World:
    dice = random.Random(f"list {code} {year}")  # noqa: S311
    counties = standards.load("county")
    inside = counties.loc[counties["city_code"] == code, "name_zh"].astype(str).tolist() or [""]
    world = _World(code)
    for serial in range(1, 29):
        _firm(world, dice, name, inside[serial % len(inside)], serial, year)
    _others(world, dice, inside)
    _totals(world)
    return world


def _firm(world: _World, dice: random.Random, city: str, county: str, serial: int, year: int) -> None:
    industry, word, line, equipment, base = _INDUSTRIES[(serial - 1) % len(_INDUSTRIES)]
    grade = dice.choice("AABBBCCCDD") if serial > 4 else "ABCD"[serial - 1]
    firm: dict[str, object] = {
        "firm_name": f"模拟{city}{word}{serial:02d}有限公司", "credit_code": credit_code(world.city, 7000 + serial),
        "county_name": county, "contact": f"模拟责任人{serial:02d}", "phone": f"1390000{serial:04d}",
        "permit_no": f"MN{world.city}{serial:04d}", "industry": industry, "grade": None if serial == 20 else grade,
        "category": {25: "保障类", 26: "小微涉气", 27: "长期停产"}.get(serial), "basis": "三者取小", "product": word,
        "capacity_unit": "t/d", "evidence": "用电监控、现场核查", "equipment": equipment,
    }  # fmt: skip
    continuous = industry in ("焦化", "玻璃", "长流程联合钢铁")
    for number in range(1, 2 + dice.randrange(3)):
        output = dice.randrange(20, 60) * 50
        row = firm | {
            "line_id": str(number), "line_name": f"{number}号{line}", "interruptible": "否" if continuous else "是",
            "eia_per_day": output * 2, "permit_per_day": output * 2 - 50, "last_year_per_day": output * 2 - 100,
        }  # fmt: skip
        if serial == 9:
            row["stops"] = f"错峰 {year}-11-15至{year + 1}-03-15"
        factor = 0 if serial == 27 else dice.randrange(60, 140)
        kg = [Decimal(amount * factor).scaleb(-2) for amount in base]
        named = grade if firm["grade"] else "D"
        _measures(world, row, named, kg, continuous=continuous)
        world.rows["enterprise"].append(row)


def _measures(
    world: _World, row: dict[str, object], grade: str, kg: Sequence[Decimal], *, continuous: bool
) -> None:
    given = _LOADS if continuous and grade in "BCD" else _BY_GRADE[grade]
    for at, level in enumerate(LEVELS):
        text, pct = given[at]
        if row["category"] == "保障类":
            text, pct = "按承担任务", 0
        if world.city == _LINES and grade == "C" and level == "yellow" and not continuous:
            text, pct = "停产50%（以生产线计）", 0
            row[f"{level}_text"] = text
            continue
        row[f"{level}_text"], row[f"{level}_pct"] = text, pct
        for pollutant, amount in zip(POLLUTANTS, kg, strict=True):
            _cut(world, level, pollutant, amount * pct / 100)
    for pollutant, amount in zip(POLLUTANTS, kg, strict=True):
        row[f"base_{pollutant.lower()}_kgd"] = amount
        _base(world, "industry", pollutant, amount)


def _base(world: _World, sector: str, pollutant: str, amount: Decimal) -> None:
    world.base[pollutant] += amount
    world.parts[sector, pollutant] = world.parts.get((sector, pollutant), Decimal(0)) + amount


def _cut(world: _World, level: str, pollutant: str, amount: Decimal) -> None:
    world.cut[level, pollutant] = world.cut.get((level, pollutant), Decimal(0)) + amount


def _others(world: _World, dice: random.Random, counties: Sequence[str]) -> None:
    bans = ("停止使用国三及以下重型载货车", "停止使用国四及以下重型载货车", "停止使用国四及以下重型载货车")
    for at, stage in enumerate("三四五六", start=3):
        row: dict[str, object] = {
            "class": "重型载货车",
            "fuel": "柴油",
            "stage": f"国{stage}",
            "count": dice.randrange(800, 3000),
        }
        _source(
            world,
            "mobile",
            row,
            f"M{at}",
            (2, 900 // at, 30 // at, 60 // at),
            zip(bans, (3, 4, 4), strict=True),
            at,
        )
    machines = (
        "停止使用国二及以下非道路移动机械",
        "停止使用国三及以下非道路移动机械",
        "停止使用国三及以下非道路移动机械",
    )
    for at, stage in enumerate("二三四", start=2):
        row = {"class": "装载机", "stage": f"国{stage}", "count": dice.randrange(200, 900)}
        _source(
            world,
            "nonroad",
            row,
            f"N{at}",
            (1, 240 // at, 12 // at, 30 // at),
            zip(machines, (2, 3, 3), strict=True),
            at,
        )
    for at in range(1, 7):
        row = {"site_name": f"模拟工地{at:02d}", "dust_type": "工地", "county_name": counties[at % len(counties)],
               "area_m2": dice.randrange(8, 90) * 1000, "source_id": f"D{at}"}  # fmt: skip
        amount = Decimal(dice.randrange(40, 160))
        row["base_pm_kgd"] = amount
        _base(world, "dust", "PM", amount)
        for level, text, pct in zip(
            LEVELS, ("增加洒水频次", "停止土石方作业", "停止土石方作业"), (10, 60, 80), strict=True
        ):
            row[f"{level}_text"], row[f"{level}_pct"] = text, pct
            _cut(world, level, "PM", amount * pct / 100)
        world.rows["dust"].append(row)


def _source(
    world: _World, kind: str, row: dict[str, object], name: str, base: Sequence[int], bans: Iterable[tuple[str, int]], stage: int
) -> None:  # fmt: skip
    row["source_id"] = name
    for pollutant, amount in zip(POLLUTANTS, base, strict=True):
        row[f"base_{pollutant.lower()}_kgd"] = Decimal(amount)
        _base(world, kind, pollutant, Decimal(amount))
    for level, (text, up_to) in zip(LEVELS, bans, strict=True):
        row[f"{level}_text"] = text
        if stage <= up_to:
            for pollutant, amount in zip(POLLUTANTS, base, strict=True):
                _cut(world, level, pollutant, Decimal(amount))
    world.rows[kind].append(row)


def _totals(world: _World) -> None:
    """Set the totals so that every ratio is met, but for those that are to be short."""
    for pollutant in POLLUTANTS:
        wanted = [
            world.cut[level, pollutant] * 100 / pct
            for level, pct in zip(LEVELS, map(Decimal, ("10.5", "21", "31")), strict=True)
        ]
        short = _SHORT.get(world.city)
        total = min(wanted)
        if short and short[0] == pollutant:
            total = max(world.cut["orange", pollutant] * 100 / short[1], total)
        parts = {
            sector: world.parts.get((sector, pollutant), Decimal(0))
            for sector in ("industry", "mobile", "nonroad", "dust")
        }
        rest = max(total - sum(parts.values()), Decimal(0)).quantize(Decimal(1))
        row: dict[str, object] = {f"{sector}_kgd": amount for sector, amount in parts.items()}
        row |= {
            "pollutant": pollutant,
            "residential_kgd": rest,
            "other_kgd": 0,
            "total_kgd": sum(parts.values()) + rest,
        }
        world.rows["total"].append(row)


def _write(path: Path, world: _World, today: date) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(today.year, 1, 1)})
        for kind, rows in world.rows.items():
            sheet = book.add_worksheet(form(kind).zh)
            sheet.write_string(0, 0, f"{form(kind).zh} {MARK}")
            tonnes = kind == "total" and world.city == _IN_TONNES
            sheet.write_string(1, 0, "单位：吨/日" if tonnes else "单位：千克/日")
            columns = _ordered(kind, rows, red_first=world.city == _RED_FIRST)
            for place, name in enumerate(columns):
                sheet.write_string(2, place, form(kind).columns[name].zh)
                for line, row in enumerate(rows, start=3):
                    _cell(sheet, line, place, row.get(name), tonnes and name.endswith("_kgd"))


def _ordered(kind: str, rows: Sequence[dict[str, object]], *, red_first: bool) -> list[str]:
    filled = set().union(*rows)
    columns = [name for name in form(kind).columns if name in filled]
    if not red_first:
        return columns
    measures = [name for name in columns if name.partition("_")[0] in LEVELS]
    turned = sorted(measures, key=lambda n: (-LEVELS.index(n.partition("_")[0]), columns.index(n)))
    swap = dict(zip(measures, turned, strict=True))
    return [swap.get(name, name) for name in columns]


def _cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object, tonnes: bool) -> None:
    if value is None:
        return
    if isinstance(value, (Decimal, int)):
        sheet.write_number(line, place, float(value) / 1000 if tonnes else value)
    else:
        sheet.write_string(line, place, str(value))
