"""Coal forms as bureaus send them: official headings under title and unit lines, XLSX or CSV, signatures below."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter

Row = Mapping[str, object]

ENERGY = (
    "统一社会信用代码", "单位名称", "地市", "区县", "报告期", "能源名称", "计量单位", "代码", "期初库存量", "购进量-实物量",
    "购进量-金额", "消费量-合计", "工业生产消费", "用于原材料", "非工业生产消费", "合计中：运输工具消费", "期末库存量",
    "采用折标系数", "参考折标系数", "收到基低位发热量",
)  # fmt: skip
FIRM = (
    "统一社会信用代码",
    "单位名称",
    "地市",
    "区县",
    "行业大类",
    "是否规上",
    "入统日期",
    "退统日期",
    "考核剔除名称",
)
FIRM_YEAR = (
    "年份", "单位名称", "统一社会信用代码", "行业门类", "行业大类", "行业中类", "单位所在省/市/区", "单位所在地市", "单位所在区县",
    "联系电话", "年综合能耗当量值(万tce 含原料用能)", "年综合能耗等价值(万tce)", "年原料用能消费量(万tce)", "耗煤总量(实物量 万吨)",
    "耗煤总量(标准量 万tce)", "原料用煤(实物量 万吨)", "原煤消费(万吨)", "洗精煤消费(万吨)", "其他煤炭消费(万吨)", "焦炭消费(万吨)",
)  # fmt: skip
FIRM_USAGE = (
    "统一社会信用代码", "年份", "序号", "主要用途", "具体用途", "投入品种", "投入计量单位", "投入量", "产出品种品类",
    "产出计量单位", "产出量", "备注",
)  # fmt: skip
FIRM_EQUIPMENT = (
    "统一社会信用代码", "年份", "序号", "类型", "编号", "累计使用时间", "设计年限", "能效水平", "容量单位", "容量", "耗煤品种",
    "年耗煤量（单位：吨）",
)  # fmt: skip
OTHER_USER = (
    "单位名称", "统一社会信用代码", "地市", "区县", "行业大类", "数据年份", "序号", "类型", "编号", "累计使用时间", "设计年限",
    "能效水平", "容量单位", "容量", "用途", "状态", "年耗煤量（单位：吨）",
)  # fmt: skip
REGION_YEAR = (
    "省（市、区）", "地市（州）", "县（区）", "年份", "煤合计", "原煤", "洗精煤", "其他", "1.火力发电", "2.供热", "3.煤炭洗选",
    "4.炼焦", "5.炼油及煤制油", "6.制气", "1.工业", "#用作原料、材料", "2.其他用途", "焦炭",
)  # fmt: skip
PROJECT = (
    "项目名称", "项目代码", "建设单位", "主要建设内容", "项目所在省、自治区、直辖市", "项目所在地市", "项目所在区县",
    "所属行业大类（2位代码）", "所属行业小类（4位代码）", "节能审查批复时间", "拟投产时间", "实际投产时间", "节能审查机关",
    "审查意见文号", "年综合能源消费量-当量值", "年综合能源消费量-等价值", "年煤品消费总量（实物量）", "#煤炭消费量（实物量）",
    "#焦炭消费量（实物量）", "#兰炭消费量（实物量）", "年煤品消费总量（折标量）", "#煤炭消费量（折标量）", "#焦炭消费量（折标量）",
    "#兰炭消费量（折标量）", "是否煤炭消费替代", "煤炭消费替代来源", "煤炭消费替代量（实物量）", "年原料用煤量（实物量）",
    "年原料用煤量（折标量）",
)  # fmt: skip
SOURCE = (
    "替代来源编号", "项目代码", "替代源单位", "替代类型", "替代能源", "削减领域", "削减量（万吨）", "削减基准年", "完成时间",
    "认定时间", "拆除时间", "证明材料", "最近核查时间", "核查时仍停用",
)  # fmt: skip
AREA_USE = ("层级", "地区代码", "地区", "时段", "口径", "计量", "剔除项", "消费量（万吨）", "同期（万吨）")
TARGET = (
    "煤炭目标编号", "层级", "地区代码", "地区", "目标年", "目标类型", "口径", "计量", "剔除项", "目标值（万吨）", "基准年", "文号",
)  # fmt: skip
INSPECTION = (
    "抽样编号", "环节", "地市", "区县", "被抽样单位", "产品类型", "明示等级或标准", "运距", "抽样日期", "Ad", "St,d", "Vd", "Vdaf",
    "Qgr,d", "Qnet,ar", "Mt", "Pd", "Cld", "Asd", "Hgd", "Fd", "SCC", "判定",
)  # fmt: skip
VILLAGE = (
    "村编号", "年份", "地市", "区县", "行政村", "总户数", "替代任务户数", "已完成户数", "散煤清理日期", "取暖保障日期",
    "改造前年用煤量", "现年用煤量",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One filled form; rows hold values under the headings of the form, what is absent is an empty cell."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Row]
    unit: str = ""
    two_rows: bool = False
    notes: Sequence[str] = field(
        default=("单位负责人：甲", "审核人：乙", "填报人：丙", "报出日期：2026-11-20")
    )

    def __post_init__(self) -> None:
        for row in self.rows:
            assert set(row) <= set(self.headings), sorted(set(row) - set(self.headings))

    @property
    def above(self) -> list[list[str]]:
        """Title line, and the line that says who made the form and in which unit."""
        return [[self.title], ["制表单位：某市发展改革委", f"计量单位：{self.unit}" if self.unit else ""]]

    @property
    def first_row(self) -> int:
        """Number of the first line with data, as a workbook counts."""
        return len(self.above) + (2 if self.two_rows else 1) + 1


def cell(sheet: Sheet, heading: str, row: int = 0) -> str:
    """Address of a cell, such as ``C7``."""
    number = sheet.headings.index(heading)
    letters = chr(ord("A") + number) if number < 26 else "A" + chr(ord("A") + number - 26)
    return f"{letters}{sheet.first_row + row}"


def csv_bytes(sheet: Sheet, encoding: str = "utf-8-sig") -> bytes:
    """One form as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(sheet.above)
    writer.writerow(sheet.headings)
    writer.writerows([row.get(name, "") for name in sheet.headings] for row in sheet.rows)
    writer.writerow(sheet.notes)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """Forms as the sheets of one workbook: numbers as numbers, codes and days as text."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            bold = book.add_format({"bold": True})
            page.merge_range(0, 0, 0, len(sheet.headings) - 1, sheet.title, bold)
            page.write_row(1, 0, sheet.above[1])
            _headings(page, sheet, bold)
            for line, row in enumerate(sheet.rows, sheet.first_row - 1):
                for number, name in enumerate(sheet.headings):
                    _write(page, line, number, row.get(name))
            page.write_row(sheet.first_row - 1 + len(sheet.rows), 0, sheet.notes)
    return data.getvalue()


def _write(page: object, line: int, number: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        page.write_number(line, number, value)  # type: ignore[attr-defined]
    else:
        page.write_string(line, number, str(value))  # type: ignore[attr-defined]


def _headings(page: object, sheet: Sheet, bold: object) -> None:
    """One row, or two where 购进量-实物量 and 购进量-金额 stand under a merged 购进量."""
    if not sheet.two_rows:
        page.write_row(2, 0, sheet.headings, bold)  # type: ignore[attr-defined]
        return
    groups = [name.partition("-")[0] for name in sheet.headings]
    for number, (name, group) in enumerate(zip(sheet.headings, groups, strict=True)):
        if "-" not in name:
            page.merge_range(2, number, 3, number, name, bold)  # type: ignore[attr-defined]
            continue
        if number == 0 or groups[number - 1] != group:
            last = max(n for n, other in enumerate(groups) if other == group)
            if last > number:
                page.merge_range(2, number, 2, last, group, bold)  # type: ignore[attr-defined]
            else:
                page.write_string(2, number, group, bold)  # type: ignore[attr-defined]
        page.write_string(3, number, name.partition("-")[2], bold)  # type: ignore[attr-defined]


def code(n: int) -> str:
    """A credit code for the n-th firm."""
    return f"9161{n:014d}"


def energy(rows: Iterable[Row], **more: object) -> Sheet:
    """Form 205-1, in tonnes."""
    filled = [{"计量单位": "吨", **row} for row in rows]
    return Sheet("205-1", "能源购进、消费与库存（205-1表）", ENERGY, filled, **more)  # type: ignore[arg-type]


def used(firm: int, city: str, month: str, product: str, tonnes: float, **more: object) -> Row:
    """A line of 205-1 whose coal is all used in industry."""
    return {
        "统一社会信用代码": code(firm), "单位名称": f"企业{firm}", "地市": city, "报告期": month, "能源名称": product,
        "消费量-合计": tonnes, "工业生产消费": tonnes,
    } | more  # fmt: skip


def firms(*rows: Row) -> Sheet:
    """The directory of firms."""
    return Sheet(
        "名录", "耗煤企业名录", FIRM, [{"行业大类": "26", "是否规上": "是"} | dict(row) for row in rows]
    )


def survey(*rows: Row) -> Sheet:
    """附件2, in 10⁴ t; what is not given is 0.00 as the form asks."""
    zero = dict.fromkeys(REGION_YEAR[4:], 0.0)
    return Sheet(
        "附件2", "陕西省煤炭消费状况表", REGION_YEAR, [zero | dict(row) for row in rows], unit="万吨"
    )


def area(city: str, total: float, year: int = 2025, county: str = "", **more: object) -> Row:
    """A line of 附件2 whose coal is all raw coal used in industry."""
    own = {"省（市、区）": "陕西省", "地市（州）": city, "县（区）": county, "年份": year}
    return own | {"煤合计": total, "原煤": total, "1.工业": total} | more


def area_use(*rows: Row) -> Sheet:
    """Totals of areas."""
    usual = {"层级": "市", "口径": "规上工业", "计量": "实物量"}
    return Sheet("地区", "分地区煤炭消费量", AREA_USE, [usual | dict(row) for row in rows])


def targets(*rows: Row) -> Sheet:
    """Targets of coal."""
    usual = {"层级": "市", "口径": "规上工业", "计量": "实物量", "文号": "某政发〔2013〕1号"}
    return Sheet("目标", "煤炭消费目标", TARGET, [usual | dict(row) for row in rows])


def project(code: str, city: str, county: str, coal: float, feedstock: float = 0.0, **more: object) -> Row:
    """A line of 附表3 of a chemical works that burns coal only."""
    tce = round(coal * 0.7143, 2)
    return {
        "项目名称": f"项目{code}", "项目代码": code, "建设单位": "某公司", "主要建设内容": "化工装置",
        "项目所在省、自治区、直辖市": "山西省", "项目所在地市": city, "项目所在区县": county, "所属行业大类（2位代码）": "26",
        "所属行业小类（4位代码）": "2614", "节能审查批复时间": "2025-03-01", "拟投产时间": "2027-06-30", "节能审查机关": "某发展改革委",
        "审查意见文号": f"{code}号", "年综合能源消费量-当量值": tce + 10, "年综合能源消费量-等价值": tce + 12,
        "年煤品消费总量（实物量）": coal, "#煤炭消费量（实物量）": coal, "#焦炭消费量（实物量）": 0.0, "#兰炭消费量（实物量）": 0.0,
        "年煤品消费总量（折标量）": tce, "#煤炭消费量（折标量）": tce, "#焦炭消费量（折标量）": 0.0, "#兰炭消费量（折标量）": 0.0,
        "是否煤炭消费替代": "是", "煤炭消费替代来源": "见明细", "煤炭消费替代量（实物量）": coal,
        "年原料用煤量（实物量）": feedstock, "年原料用煤量（折标量）": round(feedstock * 0.7143, 2),
    } | more  # fmt: skip


def projects(*rows: Row) -> Sheet:
    """附表3, in 10⁴ t."""
    return Sheet("附表3", "固定资产投资项目节能审查煤炭消费情况汇总表", PROJECT, rows, unit="万吨")


def source(code: str, project: str, cut: float, *, done: bool = True, **more: object) -> Row:
    """A source of replacement in above-scale industry."""
    row = {"替代来源编号": code, "项目代码": project, "替代源单位": f"单位{code}", "替代类型": "淘汰落后、压减过剩产能",
           "削减领域": "规上工业", "削减量（万吨）": cut, "削减基准年": 2024}  # fmt: skip
    proof = {"完成时间": "2025-09-01", "认定时间": "2025-09-20", "拆除时间": "2025-09-01", "证明材料": "函〔2025〕1号",
             "最近核查时间": "2026-01-15", "核查时仍停用": "是"}  # fmt: skip
    return row | (proof if done else {}) | more


def sources(*rows: Row) -> Sheet:
    """The sources behind projects."""
    return Sheet("来源", "煤炭减量替代来源", SOURCE, rows)


def sample(number: str, city: str, product: str, day: str, **more: object) -> Row:
    """A line of the inspection record."""
    row = {
        "抽样编号": number,
        "环节": "流通",
        "地市": city,
        "被抽样单位": f"单位{number}",
        "产品类型": product,
    }
    return row | {"抽样日期": day} | more


def inspections(*rows: Row) -> Sheet:
    """The record of inspections."""
    return Sheet("抽检", "散煤与洁净煤抽检记录", INSPECTION, rows)


def villages(*rows: Row) -> Sheet:
    """The ledger of villages."""
    return Sheet("台账", "清洁取暖村级台账", VILLAGE, rows)


RELAPSE = ("村编号", "回访日期", "回访户数", "复燃户数", "处理情况")


def visits(*rows: Row) -> Sheet:
    """Visits for return to coal."""
    return Sheet("回访", "复燃回访", RELAPSE, rows)
