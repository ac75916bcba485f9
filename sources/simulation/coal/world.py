"""The whole simulated coal world: which file says what, and when it was delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import numpy as np

from sources.simulation.coal import areas, households, inspections, projects, years
from sources.simulation.coal.firms import firm_rows, firms
from sources.simulation.coal.months import FIRST_YEAR, Use, month_rows, uses
from sources.simulation.coal.places import PROVINCES
from sources.simulation.coal.targets import target_rows
from sources.simulation.coal.workbooks import Row, Sheet, csv_bytes, xlsx_bytes
from sources.simulation.files import write_bytes

__all__ = ["CoalWorld", "simulate_coal"]

SEED = 20261122
_SHORT = {"610000": "陕西", "140000": "山西"}


@dataclass
class CoalWorld:
    """What was written: the folder, all files, and those that are special."""

    folder: Path
    today: date
    last_month: str = ""
    n_firms: int = 0
    files: list[Path] = field(default_factory=list)
    corrected: list[Path] = field(default_factory=list)
    bad: list[Path] = field(default_factory=list)
    warned: list[Path] = field(default_factory=list)

    def put(self, name: str, data: bytes, delivered: date) -> Path:
        """Write one file with the time of its delivery."""
        path = write_bytes(self.folder / name, data, datetime.combine(min(delivered, self.today), time(10)))
        self.files.append(path)
        return path


def simulate_coal(folder: Path, *, today: date = date(2026, 11, 22), seed: int = SEED) -> CoalWorld:
    """Write the simulated coal forms into ``folder/coal``; nothing in them was reported by anyone.

    Parameters
    ----------
    folder : Path
        Gets the sub-folder ``coal``.
    today : date
        Nothing later is written; the 205-1 list of a month arrives on the 8th of the next one.
    seed : int
        Same seed, same bytes.

    Returns
    -------
    CoalWorld
        Paths, the last month reported, the number of firms.

    Raises
    ------
    ValueError
        A day outside 2026, for which nothing was invented.
    """
    if not date(2026, 3, 1) <= today <= date(2026, 12, 31):
        raise ValueError(f"today {today}: a day from 2026-03-01 to 2026-12-31 expected")
    world = CoalWorld(folder / "coal", today)
    all_firms = firms(np.random.default_rng((seed, 1)))
    all_uses = uses(np.random.default_rng((seed, 2)), all_firms)
    n_months = 24 + today.month - (1 if today.day >= 8 else 2)
    world.last_month = f"2026-{n_months - 24:02d}"
    world.n_firms = len(all_firms)
    capacity = [_capacity([u for u in all_uses if u.firm == f]) for f in all_firms]
    _directory(world, firm_rows(all_firms, capacity))
    for month in range(n_months):
        _month(world, all_uses, month)
    _second_deliveries(world, all_uses, n_months - 1)
    _survey(world, all_uses, n_months - 24)
    _plans(world, target_rows(all_uses), projects.source_rows(all_firms))
    _clean_coal(world, today, seed)
    return world


def _capacity(of_firm: Sequence[Use]) -> int:
    """Give what the boilers of a firm can burn in a month [t], rounded up to hundreds."""
    highest = int(np.sum([u.use_t for u in of_firm], axis=0).max())
    return (highest * 5 // 4 // 100 + 1) * 100


def _directory(world: CoalWorld, rows: Sequence[Row]) -> None:
    """Write the directory as it was in 2024, and as it is: later firms and those that left are in the second."""
    first = [{**row, "listed_until": ""} for row in rows if str(row["listed_from"]) < "2024-01-01"]
    for year, day, kept in ((2024, date(2024, 1, 4), first), (2026, date(2026, 2, 4), rows)):
        sheet = Sheet("firm", f"耗煤企业名录 {year}年", "吨", "模拟发展改革委", kept)
        world.put(f"firms/模拟_耗煤企业名录_{year}.xlsx", xlsx_bytes({"企业名录": sheet}, day), day)


def _delivered(month: int) -> date:
    """Give the day a month's list arrives: the 8th of the next month."""
    return date(FIRST_YEAR + (month + 1) // 12, (month + 1) % 12 + 1, 8)


def _list(rows: Sequence[Row], province: str, month: int, *, two_rows: bool = False) -> Sheet:
    title = f"能源购进、消费与库存（205-1）{FIRST_YEAR + month // 12}年{month % 12 + 1}月"
    return Sheet("energy_205_1", title, "吨", f"模拟{_SHORT[province]}统计局", rows, two_rows)


def _month(world: CoalWorld, all_uses: Sequence[Use], month: int) -> None:
    """Write the lists of a month: Shanxi in GB18030 at first, Shaanxi as workbooks in the last year."""
    for province in PROVINCES:
        sheet = _list(month_rows(all_uses, province, month), province, month, two_rows=month % 2 == 0)
        name = f"energy/模拟_205-1_{PROVINCES[province]}_{_text(month)}"
        day = _delivered(month)
        if province == "610000" and month >= 24:
            world.put(f"{name}.xlsx", xlsx_bytes({"205-1": sheet}, day), day)
        else:
            old = province == "140000" and month < 12
            world.put(f"{name}.csv", csv_bytes(sheet, day, "gb18030" if old else "utf-8-sig"), day)


def _text(month: int) -> str:
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"


def _second_deliveries(world: CoalWorld, all_uses: Sequence[Use], last: int) -> None:
    """Write the corrected, the revised, the doubtful and the impossible list."""
    shaanxi = [u for u in all_uses if u.firm.city.code == "610500" and u.firm.kind == "C"]
    rows = [_changed(r, 0.97) for r in month_rows(shaanxi, "610000", last - 2)]
    world.corrected.append(_again(world, rows, "610000", last - 2, "更正", 15))
    shanxi = [u for u in all_uses if u.firm.city.code == "140100" and u.firm.kind == "K"]
    rows = [{**_changed(r, 1.02), "vintage": "修订"} for r in month_rows(shanxi, "140000", last - 3)]
    world.corrected.append(_again(world, rows, "140000", last - 3, "修订", 16))
    food = [u for u in all_uses if u.firm.city.code == "140800" and u.firm.kind == "F"]
    rows = [
        {**_changed(r, 3.6), "factor_used": "0.5200", "closing_t": 9000}
        for r in month_rows(food, "140000", last)
    ]
    world.warned.append(_again(world, rows, "140000", last, "补正", 11))
    # Tonnes under the heading of 10⁴ tonnes: ten thousand times too much.
    power = [u for u in all_uses if u.firm.city.code == "140500" and u.firm.kind == "P"]
    rows = [{**r, "unit_text": "万吨"} for r in month_rows(power, "140000", last)]
    world.bad.append(_again(world, rows, "140000", last, "单位有误", 12))


def _changed(row: Row, ratio: float) -> dict[str, object]:
    """Give a row with its coal changed; purchases follow so that the stock stays as it was."""
    made = dict(row)
    made["industrial_t"] = round(int(str(row["industrial_t"])) * ratio)
    made["feedstock_t"] = round(int(str(row["feedstock_t"])) * ratio)
    made["use_t"] = int(str(made["industrial_t"])) + int(str(row["non_industrial_t"]))
    stock = int(str(row["closing_t"])) - int(str(row["opening_t"]))
    made["purchase_t"] = int(str(made["use_t"])) + stock
    return made


def _again(world: CoalWorld, rows: Sequence[Row], province: str, month: int, word: str, day: int) -> Path:
    delivered = _delivered(month).replace(day=day)
    sheet = _list(rows, province, month)
    name = f"energy/模拟_205-1_{PROVINCES[province]}_{_text(month)}_{word}.csv"
    return world.put(name, csv_bytes(sheet, delivered, "gb18030"), delivered)


def _survey(world: CoalWorld, all_uses: Sequence[Use], last_month: int) -> None:
    """Write the annual forms: firms of 2024 and 2025, other users, areas back to 2020, totals by area."""
    found = {year: years.firm_years(all_uses, year) for year in (2024, 2025)}
    for year, of_year in found.items():
        for province in PROVINCES:
            _table1(world, [f for f in of_year if f.firm.city.province_code == province], province, year)
    sheet = Sheet(
        "other_user", "附表2 其他耗煤单位重点耗煤装置", "吨", "模拟发展改革委", years.other_user_rows(2025)
    )
    day = date(2026, 4, 20)
    world.put("survey/模拟_附表2_2025.csv", csv_bytes(sheet, day, "gb18030"), day)
    accounts = areas.city_accounts(found)
    for year in areas.AREA_YEARS:
        for province in PROVINCES:
            rows = areas.region_year_rows(accounts, found[2025], province, year)
            _table2(world, rows, province, year)
    rows = areas.area_use_rows(accounts, 2026, last_month)
    day = _delivered(23 + last_month)
    sheet = Sheet("area_use", "分地区煤炭消费量", "万吨", "模拟发展改革委", rows)
    world.put("areas/模拟_分地区煤炭消费量.csv", csv_bytes(sheet, day), day)


def _table1(world: CoalWorld, found: Sequence[years.FirmYear], province: str, year: int) -> None:
    author, day = f"模拟{PROVINCES[province]}发展改革委", date(year + 1, 3, 31)
    title = f"附表1 规模以上企业煤炭消费信息表 {year}年"
    book = {
        "附表1": Sheet("firm_year", title, "万吨", author, years.firm_year_rows(found)),
        "主要用途": Sheet("firm_usage", "煤炭消费用途", "万吨", author, years.usage_rows(found)),
        "耗煤设备": Sheet("firm_equipment", "重点耗煤设备", "吨", author, years.equipment_rows(found)),
    }
    world.put(f"survey/模拟_附表1_{PROVINCES[province]}_{year}.xlsx", xlsx_bytes(book, day), day)


def _table2(world: CoalWorld, rows: Sequence[Row], province: str, year: int) -> None:
    day = date(max(year + 1, 2024), 5, 15)
    title = f"{PROVINCES[province]} {year}年煤炭消费状况表（附件2）"
    sheet = Sheet("region_year", title, "万吨", f"模拟{PROVINCES[province]}发展改革委", rows)
    name = f"survey/模拟_附件2_{PROVINCES[province]}_{year}"
    if year % 2:
        world.put(f"{name}.xlsx", xlsx_bytes({"附件2": sheet}, day), day)
    else:
        world.put(f"{name}.csv", csv_bytes(sheet, day), day)


def _plans(world: CoalWorld, targets: Sequence[Row], sources: Sequence[Row]) -> None:
    """Write the targets and the projects with their sources."""
    author, day = "模拟发展改革委", date(2026, 2, 27)
    sheet = Sheet("coal_target", "煤炭消费目标", "万吨", author, targets)
    world.put("targets/模拟_煤炭消费目标.xlsx", xlsx_bytes({"煤炭消费目标": sheet}, day), day)
    title = "附表3 固定资产投资项目节能审查煤炭消费情况汇总表"
    book: Mapping[str, Sheet] = {
        "附表3": Sheet("project", title, "万吨", author, projects.project_rows()),
        "替代来源": Sheet("replacement_source", "煤炭减量替代来源", "万吨", author, sources),
        "年度用煤": Sheet("project_year", "项目年度用煤", "万吨", author, projects.project_year_rows()),
    }
    day = date(2026, 11, 9)
    world.put("projects/模拟_附表3_节能审查项目.xlsx", xlsx_bytes(book, day), day)


def _clean_coal(world: CoalWorld, today: date, seed: int) -> None:
    """Write inspections by quarter with the registers, and the ledgers of clean heating."""
    rng = np.random.default_rng((seed, 3))
    author = "模拟抽检组"
    for year, quarter in inspections.QUARTERS:
        rows = inspections.inspection_rows(rng, year, quarter, today)
        if rows:
            sheet = Sheet("inspection", f"散煤与洁净煤抽检记录 {year}年第{quarter}季度", "", author, rows)
            day = min(today, date(year + quarter // 4, quarter * 3 % 12 + 1, 5))
            name = f"inspection/模拟_煤质抽检_{year}Q{quarter}"
            if quarter % 2:
                world.put(f"{name}.xlsx", xlsx_bytes({"抽检": sheet}, day), day)
            else:
                world.put(f"{name}.csv", csv_bytes(sheet, day, "gb18030"), day)
    day = date(2026, 1, 10)
    sheet = Sheet("register", "涉煤单位名录", "", author, inspections.register_rows())
    world.put("inspection/模拟_涉煤单位名录.csv", csv_bytes(sheet, day), day)
    _ledgers(world, today, seed)


def _ledgers(world: CoalWorld, today: date, seed: int) -> None:
    found = households.villages(np.random.default_rng((seed, 4)))
    author, day = "模拟清洁取暖办", min(today, date(2026, 11, 18))
    for year in (2025, 2026):
        sheet = Sheet(
            "village", f"清洁取暖村级台账 {year}年", "", author, households.village_rows(found, year)
        )
        name = f"households/模拟_村级台账_{year}.xlsx"
        world.put(
            name, xlsx_bytes({"村级台账": sheet}, min(day, date(year, 12, 20))), min(day, date(year, 12, 20))
        )
    sheet = Sheet("household", "清洁取暖分户台账", "", author, households.household_rows(found))
    world.put("households/模拟_分户台账.csv", csv_bytes(sheet, day, "gb18030"), day)
    sheet = Sheet("relapse_visit", "复燃回访", "", author, households.visit_rows(found, today))
    world.put("households/模拟_复燃回访.csv", csv_bytes(sheet, day), day)
