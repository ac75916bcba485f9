"""The worked examples of coal, from files in the forms' own layout to the verdicts in the tables and the document.

The inputs of 渭南 2014, 西安 2014 and 西安 2018 are real; the others are made up.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import coal_files as files
import pytest
from homes import Town

from pipelines.coal.document import coal_document
from pipelines.coal.judging import rebuild_coal
from warehouse.checks import all_checks, run_check

XIAN, WEINAN, TONGCHUAN, BAOJI, XIANYANG = "610100", "610500", "610200", "610300", "610400"
LINFEN, DATONG = "141000", "140200"
WAN = 10_000
NOW = datetime(2026, 2, 10, 9)
AUGUST_2014, AUGUST_2018 = datetime(2014, 8, 20, 9), datetime(2018, 8, 27, 9)


def wan(text: str) -> Decimal:
    return Decimal(text) * WAN


class Examples:
    """A home that took all files in, judged as of any day."""

    def __init__(self, town: Town):
        self.town = town
        self.judged: datetime | None = None
        self.documents: dict[tuple[Any, ...], dict[str, Any]] = {}

    def judge(self, as_of: datetime) -> None:
        if self.judged == as_of:
            return
        self.town.close()
        with self.town.context().store().writing("judge") as con:
            rebuild_coal(con, as_of)
        self.judged = as_of

    def rows(self, sql: str, *values: Any, as_of: datetime = NOW) -> list[dict[str, Any]]:
        self.judge(as_of)
        return self.town.dicts(sql, list(values))

    def one(self, sql: str, *values: Any, as_of: datetime = NOW) -> dict[str, Any]:
        (row,) = self.rows(sql, *values, as_of=as_of)
        return row

    def target(self, target_id: str, as_of: datetime) -> dict[str, Any]:
        """A row of the table of verdicts, which the document repeats."""
        row = self.one("SELECT * FROM coal.target_check WHERE target_id = ?", target_id, as_of=as_of)
        document = self.document(row["area_code"], row["stat_year"], as_of)
        (told,) = [t for t in document["targets"] if t["target_id"] == target_id]
        assert {name: told[name] for name in row} == row
        return row

    def document(self, city: str, year: int, as_of: datetime = NOW) -> dict[str, Any]:
        key = (city, year, as_of)
        if key not in self.documents:
            self.judge(as_of)
            with self.town.reading() as con:
                self.documents[key] = coal_document(con, as_of, "city", city, year)
        return self.documents[key]

    def quantity(self, area: str, period: str, item: str = "coal_total", column: str = "quantity_t") -> Any:
        return self.one(
            "SELECT * FROM coal.balance WHERE area_code = ? AND period = ? AND item = ? AND scope = 'above_scale'"
            " AND origin = 'firms' AND exclusions = ''",
            area, period, item,
        )[column]  # fmt: skip


def _targets() -> files.Sheet:
    falls = {"目标类型": "负增长"}
    xian = {"地区代码": XIAN, "地区": "西安市"}
    return files.targets(
        {"煤炭目标编号": "EX1", "地区代码": WEINAN, "地区": "渭南市", "目标年": 2014} | falls,
        {"煤炭目标编号": "EX1B", "目标年": 2018} | xian | falls,
        {"煤炭目标编号": "EX1C", "地区代码": TONGCHUAN, "地区": "铜川市", "目标年": 2024, "口径": "全社会", "剔除项": "无"} | falls,
        {"煤炭目标编号": "EX1D", "目标年": 2014, "目标类型": "不超过", "目标值（万吨）": 615.0, "剔除项": "单位:大唐陕西发电本部"} | xian,
        {"煤炭目标编号": "EX2", "目标年": 2018, "目标类型": "削减量", "目标值（万吨）": 34.02} | xian,
        {"煤炭目标编号": "EX4B-T", "地区代码": XIANYANG, "地区": "咸阳市", "目标年": 2026, "剔除项": "无"} | falls,
        {"煤炭目标编号": "EX4B-TCE", "地区代码": XIANYANG, "地区": "咸阳市", "目标年": 2026, "剔除项": "无", "计量": "标准量"} | falls,
    )  # fmt: skip


def _energy() -> tuple[files.Sheet, ...]:
    """Example 4 with two factors of other washed coal, and example 4b in two years."""
    month = "2026-01"
    amounts = {"原煤": 100, "洗精煤": 20, "其他洗煤": 10, "型煤": 5, "焦炭": 8}
    ex4 = [files.used(1, "宝鸡市", month, name, t * WAN) for name, t in amounts.items()]
    measured = [
        files.used(2, "铜川市", month, name, t * WAN, **({"收到基低位发热量": 15386.49} if name == "其他洗煤" else {}))
        for name, t in amounts.items()
    ]  # fmt: skip
    before = files.energy([files.used(3, "咸阳市", "2025-01", "原煤", 100 * WAN)])
    now = files.energy(
        [
            files.used(3, "咸阳市", month, "原煤", 60 * WAN),
            files.used(3, "咸阳市", month, "洗精煤", 38 * WAN),
        ]
    )
    return files.energy([*ex4, *measured], two_rows=True), before, now


def _replacement() -> bytes:
    switch = {"替代类型": "清洁能源替代"}
    return files.xlsx_bytes(
        files.projects(
            files.project("EX3", "临汾市", "洪洞县", 50.0, 20.0),
            files.project("EX3B-E", "大同市", "云冈区", 30.0),
            files.project("EX3B-R", "渭南市", "韩城市", 30.0, **{"项目所在省、自治区、直辖市": "陕西省"}),
        ),
        files.sources(
            files.source("A", "EX3", 22.0),
            files.source("B", "EX3", 8.0, 替代能源="电力", 削减领域="清洁取暖", 削减基准年=2018, **switch),
            files.source("C", "EX3", 10.0, 替代能源="兰炭", **switch),
            files.source("D", "EX3", 15.0, done=False, 替代能源="天然气", **switch),
            files.source("E", "EX3B-E", 30.0),
            files.source("R", "EX3B-R", 30.0, 替代源单位="另一单位"),
        ),
    )


FINE = {"Ad": 20.0, "St,d": 1.0, "Qnet,ar": 21.0}
DIRTY = FINE | {"St,d": 3.5}


def _quality() -> files.Sheet:
    ex5 = {
        "Ad": 28.5,
        "St,d": 2.1,
        "Hgd": 0.3,
        "Asd": 12,
        "Pd": 0.05,
        "Cld": 0.08,
        "Fd": 150,
        "Qnet,ar": 21.0,
    }
    nine = {
        "Qgr,d": 24.0,
        "St,d": 0.4,
        "Vd": 8.0,
        "SCC": 550,
        "Pd": 0.05,
        "Cld": 0.08,
        "Asd": 12,
        "Hgd": 0.1,
        "Fd": 150,
    }
    return files.inspections(
        files.sample("EX5", "渭南市", "商品煤", "2025-11-15", 运距=700, **ex5),
        files.sample("EX5B", "西安市", "民用散煤", "2025-11-15", 明示等级或标准="GB 34169 无烟2号", Ad=14.90, Vdaf=9.0,
                     **{"St,d": 0.83}),
        files.sample("EX5C", "渭南市", "蜂窝煤", "2025-11-15", 明示等级或标准="GB 34170 蜂窝煤1号", **nine),
        *(files.sample(f"EX6-{n}", "宝鸡市", "民用散煤", "2025-11-15", 明示等级或标准="GB 34169 烟煤2号", Ad=20.0, Vdaf=30.0, Mt=20.0,
                       **{"St,d": 0.625}) for n in range(3)),
    )  # fmt: skip


def _rates_2018() -> files.Sheet:
    """Five of thirteen producers and 66 of 102 sellers passed."""
    cities = ("渭南市", "铜川市", "咸阳市")
    made = []
    for stage, passed, inspected in (("生产", 5, 13), ("流通", 66, 102)):
        for n in range(inspected):
            values = FINE if n < passed else DIRTY
            made.append(
                files.sample(f"EX5D-{stage}-{n}", cities[n % 3], "商品煤", "2018-09-10", **values)
                | {"环节": stage}
            )
    return files.inspections(*made)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examples]:
    town = Town(tmp_path_factory.mktemp("examples") / "home", NOW)
    town.keep_open = True
    weinan = {"地区代码": WEINAN, "地区": "渭南市"}
    xian = {"地区代码": XIAN, "地区": "西安市"}
    july = {"时段": "2018-01..07", "消费量（万吨）": 348.21, "同期（万吨）": 350.70}
    july_2014 = {"时段": "2014-01..07", "消费量（万吨）": 1934.79, "同期（万吨）": 1901.36}
    energy, before, now = _energy()
    village = {
        "年份": 2018,
        "地市": "西安市",
        "区县": "蓝田县",
        "总户数": 700000,
        "替代任务户数": 658400,
        "已完成户数": 143200,
    }
    boilers = {
        "年份": 2025,
        "地市": "宝鸡市",
        "区县": "岐山县",
        "总户数": 9000,
        "改造前年用煤量": 12000,
        "现年用煤量": 2000,
    }
    landed = {
        "目标.xlsx": files.xlsx_bytes(_targets()),
        "西安.csv": files.csv_bytes(files.area_use(xian | july, xian | {"时段": "2014", "消费量（万吨）": 962.84}), "gb18030"),
        "渭南.xlsx": files.xlsx_bytes(files.area_use(weinan | july_2014)),
        "铜川.xlsx": files.xlsx_bytes(files.survey(files.area("铜川市", 500.0, 2023), files.area("铜川市", 500.0, 2024))),
        "名录.csv": files.csv_bytes(files.firms(*(
            {"统一社会信用代码": files.code(n), "单位名称": f"企业{n}", "地市": city}
            for n, city in ((1, "宝鸡市"), (2, "铜川市"), (3, "咸阳市"))))),
        "205-1 2026-01.xlsx": files.xlsx_bytes(energy),
        "咸阳 2025.csv": files.csv_bytes(before, "gb18030"),
        "咸阳 2026.csv": files.csv_bytes(now),
        "项目.xlsx": _replacement(),
        "抽检.xlsx": files.xlsx_bytes(_quality()),
        "抽检 2018.csv": files.csv_bytes(_rates_2018()),
        "村.xlsx": files.xlsx_bytes(files.villages(village | {"村编号": "V1", "行政村": "甲村"},
                                                   boilers | {"村编号": "V2", "行政村": "乙村"})),
    }  # fmt: skip
    for name, data in landed.items():
        town.put(f"coal/{name}", data)
    with town.context().store().writing("rules") as con:
        con.execute(
            "UPDATE ref.replacement_rule SET k1 = 1.2, k2 = 1, feedstock_excluded = 'yes' WHERE area_code = ?",
            [LINFEN],
        )
        con.execute("UPDATE ref.replacement_rule SET k1 = 1, k2 = 1 WHERE area_code IN ('140200', '610000')")
    from pipelines.steps import land_step

    land_step(town.context())
    yield Examples(town)
    town.close()


def test_every_file_of_the_examples_is_taken_in(examples: Examples) -> None:
    told = examples.rows("SELECT path, status, reason_zh FROM ops.source_file WHERE kind = 'coal'")
    assert len(told) == 12
    assert [row for row in told if row["status"] != "loaded"] == []


def test_ex1_weinan_2014_rose_instead_of_falling(examples: Examples) -> None:
    row = examples.target("EX1", AUGUST_2014)
    assert (row["growth"], row["verdict"], row["period"]) == ("positive_growth", "behind", "2014-01..07")
    assert (row["actual_amount"], row["baseline_amount"]) == (wan("1934.79"), wan("1901.36"))
    assert (row["change_amount"], round(row["change_pct"], 2)) == (wan("33.43"), 1.76)
    assert "不降反升" in row["verdict_zh"] and "1934.79 万吨" in row["verdict_zh"]


def test_ex1b_xian_2018_fell(examples: Examples) -> None:
    row = examples.target("EX1B", AUGUST_2018)
    assert (row["growth"], row["verdict"]) == ("negative_growth", "on_schedule")
    assert (row["actual_amount"], row["baseline_amount"]) == (wan("348.21"), wan("350.70"))
    assert (row["change_amount"], round(row["change_pct"], 2)) == (wan("-2.49"), -0.71)


def test_ex1c_flat_is_not_negative_growth(examples: Examples) -> None:
    row = examples.target("EX1C", NOW)
    assert (row["growth"], row["verdict"], row["change_amount"]) == ("flat", "fail", 0)
    assert (row["actual_amount"], row["baseline_amount"]) == (wan("500"), wan("500"))


def test_ex1d_xian_2014_without_a_named_unit_is_not_comparable(examples: Examples) -> None:
    row = examples.target("EX1D", NOW)
    assert (row["verdict"], row["reason"]) == ("not_comparable", "exclusions")
    assert (row["target_amount"], row["gross_actual_amount"]) == (wan("615"), wan("962.84"))
    assert (row["actual_amount"], row["gross_verdict"]) == (None, None)
    assert "大唐陕西发电本部" in row["verdict_zh"]
    assert examples.target("official-coal-2014-xian-cap", NOW)["verdict"] == "not_comparable"


def test_ex2_xian_in_july_2018_is_behind_with_coal_and_households(examples: Examples) -> None:
    row = examples.target("EX2", AUGUST_2018)
    assert (row["verdict"], row["months_elapsed"]) == ("behind", 7)
    assert (row["task_amount"], row["achieved_amount"]) == (wan("34.02"), wan("2.49"))
    assert (round(row["time_share_linear_pct"], 2), round(row["task_share_pct"], 2)) == (58.33, 7.32)
    homes = examples.target("official-coal-2018-xian-households", AUGUST_2018)
    assert (homes["target_amount"], homes["actual_amount"]) == (658400, 143200)
    assert (round(homes["time_share_linear_pct"], 2), round(homes["task_share_pct"], 2)) == (58.33, 21.75)
    assert homes["result"] == "behind"


def _stages(examples: Examples, code: str) -> dict[str, dict[str, Any]]:
    found = examples.rows("SELECT * FROM coal.replacement_check WHERE project_code = ?", code)
    return {row["stage"]: row for row in found}


def test_ex3_replacement_passes_approval_and_fails_commissioning(examples: Examples) -> None:
    stages = _stages(examples, "EX3")
    approval, start = stages["approval"], stages["commissioning"]
    assert (approval["demand_t"], approval["required_t"]) == (wan("30"), wan("36"))
    assert (approval["valid_t"], approval["verdict"]) == (wan("37"), "pass")
    assert (start["valid_t"], start["verdict"], start["shortfall_t"]) == (wan("22"), "fail", wan("14"))
    sources = examples.rows("SELECT * FROM coal.replacement_source_check WHERE project_code = 'EX3'")
    assert {s["source_id"]: s["reason_codes"] for s in sources if s["status"] == "rejected"} == {
        "B": "baseline_not_accepted",
        "C": "fuel_not_accepted",
    }
    told = examples.document(LINFEN, 2026)["replacement"]
    assert {(c["stage"], c["verdict"]) for c in told["checks"]} >= {
        ("approval", "pass"),
        ("commissioning", "fail"),
    }


def test_ex3b_equal_passes_and_reduction_needs_strictly_more(examples: Examples) -> None:
    equal = _stages(examples, "EX3B-E")["approval"]
    reduction = _stages(examples, "EX3B-R")["approval"]
    for row in (equal, reduction):
        assert (row["demand_t"], row["valid_t"], row["shortfall_t"]) == (wan("30"), wan("30"), 0)
    assert (equal["kind"], equal["verdict"]) == ("equal", "pass")
    assert (reduction["kind"], reduction["verdict"]) == ("reduction", "fail")


def test_ex4_total_coal_by_either_factor_of_other_washed_coal(examples: Examples) -> None:
    for city, total in ((BAOJI, "95.28"), (TONGCHUAN, "97.68")):
        assert examples.quantity(city, "2026-01") == wan("135")
        assert round(examples.quantity(city, "2026-01", column="quantity_tce") / WAN, 2) == Decimal(total)
        assert round(
            examples.quantity(city, "2026-01", "coke", "quantity_tce") / WAN, 2
        ) == Decimal("7.77")  # fmt: skip


def test_ex4b_the_basis_turns_the_verdict_round(examples: Examples) -> None:
    physical, standard = (examples.target(name, NOW) for name in ("EX4B-T", "EX4B-TCE"))
    assert (physical["growth"], standard["growth"]) == ("negative_growth", "positive_growth")
    assert (round(physical["change_pct"], 2), round(standard["change_pct"], 2)) == (-2.0, 7.88)
    assert (standard["baseline_amount"], standard["actual_amount"]) == (wan("71.43"), wan("77.058"))
    assert physical["other_growth"] == "positive_growth"


def _sample(examples: Examples, number: str) -> dict[str, Any]:
    return examples.one("SELECT * FROM coal.inspection_check WHERE sample_id = ?", number)


def test_ex5_a_long_haul_fails_where_the_basic_rule_passes(examples: Examples) -> None:
    row = _sample(examples, "EX5")
    assert (row["basic_verdict"], row["long_haul_verdict"], row["verdict"]) == ("pass", "fail", "fail")
    assert row["failed_items"] == "Std" and "2.1 > 2.0" in row["reason_zh"]
    failures = examples.document(WEINAN, 2025)["inspections"]["failures"]
    assert "EX5" in {f["sample_id"] for f in failures}


def test_ex5b_the_limit_of_xian_is_stricter(examples: Examples) -> None:
    row = _sample(examples, "EX5B")
    assert (row["verdict"], row["failed_items"]) == ("unverified_fail", "Std"), "the limit was not read"
    assert "0.83 > 0.80" in row["reason_zh"]


def test_ex5c_one_item_of_nine_fails_the_batch(examples: Examples) -> None:
    row = _sample(examples, "EX5C")
    assert (row["n_items"], row["n_failed"], row["failed_items"]) == (9, 1, "SCC")
    assert row["verdict"] == "unverified_fail", "the limits of the standard were not read"


def test_ex5d_pass_rates_of_shaanxi_in_2018(examples: Examples) -> None:
    rates = examples.rows(
        "SELECT stage, n_inspected, n_passed, pass_rate_pct FROM coal.inspection_rate WHERE area_code = '610000'"
        " AND period = '2018' AND product_type IN ('all', '*') ORDER BY stage"
    )
    told = {r["stage"]: (r["n_inspected"], r["n_passed"], round(r["pass_rate_pct"], 2)) for r in rates}
    assert told["production"] == (13, 5, 38.46)
    assert told["circulation"] == (102, 66, 64.71)


@pytest.mark.parametrize(("pollutant", "tonnes"), [("SO2", 80), ("CO2", 20715)])
def test_ex6_and_ex7_emissions_of_ten_thousand_tonnes(
    examples: Examples, pollutant: str, tonnes: int
) -> None:
    row = examples.one(
        "SELECT * FROM coal.emission_estimate WHERE area_kind = 'city' AND area_code = ? AND stat_year = 2025"
        " AND pollutant = ?",
        BAOJI, pollutant,
    )  # fmt: skip
    assert (row["coal_t"], row["formula_t"]) == (10_000, tonnes)
    told = examples.document(BAOJI, 2025)["emissions"]
    assert [e["formula_t"] for e in told if e["area_code"] == BAOJI and e["pollutant"] == pollutant] == [
        tonnes
    ]


def test_ex8_a_city_below_its_counties(tmp_path: Any) -> None:
    town = Town(tmp_path / "home", NOW)
    city = files.area("渭南市", 100.0)
    counties = [files.area("渭南市", 60.0, county="临渭区"), files.area("渭南市", 60.0, county="华州区")]
    more = files.area("渭南市", 1.0, county="潼关县")
    whole = files.survey(city, *counties, more)
    bad = town.put("coal/一份.xlsx", files.xlsx_bytes(whole))
    town.put("coal/市.xlsx", files.xlsx_bytes(files.survey(city)), at=200)
    town.put("coal/县.xlsx", files.xlsx_bytes(files.survey(*counties)), at=300)
    from pipelines.steps import land_step

    land_step(town.context())
    assert town.file(bad)["status"] == "rejected"
    (found,) = town.dicts(
        "SELECT * FROM coal.import_finding WHERE rule = 'parent_below_children' AND path = ? AND cell = ?",
        [str(bad), files.cell(whole, "煤合计")],
    )
    assert found["level"] == "error"
    assert _holds(town), "100 × 1.2 = 120 is still enough"
    town.put("coal/又一县.xlsx", files.xlsx_bytes(files.survey(more)), at=400)
    land_step(town.context())
    assert not _holds(town), "100 × 1.2 = 120 is less than 121"


def _holds(town: Town) -> bool:
    (check,) = [c for c in all_checks() if c.name == "coal_parent_holds_children"]
    with town.context().store().writing("judge") as con:
        rebuild_coal(con, NOW)
        return bool(run_check(con, check, first=NOW.date(), last=NOW.date(), as_of=NOW).passed)
