"""Recipes: each answers its question on a published copy, by name from the command line and pasted as it is."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import coal_files as files
import pytest
from homes import Town
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from list_worlds import line, totals
from warning_homes import approved

from dashboards.emission_list.template import write_list
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.emergency.emission_list.versions import file_version, keep_version, sync_lists
from pipelines.query import QueryError, find_recipe, recipe_sql
from warehouse.recipes import all_recipes, read_recipe
from warehouse.store import open_read_only

NOW = datetime(2019, 3, 10, 12)
WARNING = "W-610100-2026120116-1"
GIVEN = {
    "air_composite_rank": {"period": "2019-01", "region": "fenwei_2018"},
    "air_episodes": {"year": "2019"},
    "air_missing_hours": {"first": "2019-01-05", "until": "2019-01-07"},
    "air_target_rest": {"city": "汾渭"},
    "emergency_history": {"year": "2026", "city": "西安"},
    "emergency_list_coverage": {"pollutant": "SO2", "city": "西安"},
    "emergency_list_ratio": {"city": "西安"},
    "ops_files": {"days": "3650"},
}
"""Values for parameters that mean something else from recipe to recipe."""
RECIPES = {recipe.name: recipe for recipe in all_recipes()}


def _coal() -> dict[str, bytes]:
    """A year and two months of four firms, one of them missing at the end, and a case for every recipe."""
    months = [f"2018-{m:02d}" for m in range(1, 13)] + ["2019-01", "2019-02"]
    rows = [
        files.used(n, "渭南市", month, "原煤", 1000 * (10 + 2 * n) * (1.2 if month > "2019" else 1),
                   **({"收到基低位发热量": 20000} if n == 1 else {"采用折标系数": 0.7}))
        for n in (1, 2, 3, 4) for month in months if (n, month) != (3, "2019-02")
    ]  # fmt: skip
    place = {"地区代码": "610500", "地区": "渭南市", "目标年": 2019, "剔除项": "原料用煤；煤矸石"}
    tongchuan = {"地区代码": "610200", "地区": "铜川市"}
    directory = [
        {
            "统一社会信用代码": files.code(n),
            "单位名称": f"企业{n}",
            "地市": "渭南市",
            "入统日期": "2017-01-01",
        }
        for n in (1, 2, 3, 4)
    ]
    where = {"地市": "渭南市", "区县": "潼关县"}
    village = where | {
        "村编号": "V1",
        "行政村": "甲村",
        "年份": 2019,
        "总户数": 100,
        "替代任务户数": 50,
        "已完成户数": 20,
    }
    return {
        "205-1.xlsx": files.xlsx_bytes(files.energy(rows, two_rows=True)),
        "名录.csv": files.csv_bytes(files.firms(*directory)),
        "目标.xlsx": files.xlsx_bytes(
            files.targets(place | {"煤炭目标编号": "T1", "目标类型": "不超过", "目标值（万吨）": 40.0},
                          place | {"煤炭目标编号": "T2", "目标类型": "负增长", "剔除项": "无"},
                          place | tongchuan | {"煤炭目标编号": "T3", "目标类型": "不超过", "目标值（万吨）": 50.0, "剔除项": "无"})),
        "铜川.csv": files.csv_bytes(files.area_use(
            tongchuan | {"时段": "2018", "消费量（万吨）": 48.0},
            tongchuan | {"时段": "2019-01..02", "消费量（万吨）": 9.0, "同期（万吨）": 8.5})),
        "项目.xlsx": files.xlsx_bytes(
            files.projects(files.project("P", "渭南市", "潼关县", 30.0, **{"项目所在省、自治区、直辖市": "陕西省"})),
            files.sources(files.source("A", "P", 10.0, 替代类型="清洁能源替代", 替代能源="兰炭"))),
        "抽检.csv": files.csv_bytes(files.inspections(
            files.sample("S1", "渭南市", "商品煤", "2019-01-15", Ad=20.0, **{"St,d": 3.5, "Qnet,ar": 21.0}))),
        "村.xlsx": files.xlsx_bytes(
            files.villages(village | {"散煤清理日期": "2018-10-01", "取暖保障日期": "2018-11-01"}),
            files.visits({"村编号": "V1", "回访日期": "2019-01-20", "回访户数": 40, "复燃户数": 2})),
    }  # fmt: skip


def _response(town: Town) -> None:
    """An approved warning with a filed list of three firms, which have not answered."""
    path = town.home.root / "list.xlsx"
    write_list(
        path,
        {"enterprise": [line(n, orange_text="停产", base_so2_kgd=10) for n in (1, 2, 3)], "total": totals()},
    )
    version = keep_version(
        town.home.root, "610100", 2019, path.read_bytes(), None, file_name=path.name, at=NOW, by="张三", simulated=False,
    )  # fmt: skip
    file_version(town.home.state, version, by="张三", document_no="备1号", at=NOW)
    with town.context().store().writing("test") as con:
        sync_lists(con, town.home.root, town.home.state, NOW)
    assert approved(town.home.state).warning_id == WARNING


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    town = Town(tmp_path_factory.mktemp("recipes") / "home", NOW)
    for day in (5, 6, 7):
        town.day(date(2019, 1, day))
        town.day(date(2018, 1, day), add=9)
    for day in (20, 21, 22, 23):
        town.day(date(2019, 1, day), add=220)
    town.put("wrong.csv", "name,amount\na,1\n")
    for name, data in _coal().items():
        town.put(f"coal/{name}", data)
    _response(town)
    assert town.run() is not None
    told = town.dicts(
        "SELECT path, reason_zh FROM ops.source_file WHERE kind = 'coal' AND status <> 'loaded'"
    )
    town.close()
    assert told == []
    yield town.home.root


def fenwei(home: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["sql", *words, "--home", str(home)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), str(result.exception)
    return result.exit_code, result.stdout


def test_there_is_a_recipe_for_each_question_of_an_analyst() -> None:
    assert sum(name.startswith("coal_") for name in RECIPES) >= 11
    assert sum(name.startswith("air_") for name in RECIPES) >= 12
    assert sum(name.startswith("emergency_") for name in RECIPES) >= 4
    assert sum(name.startswith("forecast_") for name in RECIPES) >= 4


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_asks_in_both_languages_and_names_every_variable(name: str) -> None:
    recipe = RECIPES[name]
    assert re.search(r"[\u4e00-\u9fff]", recipe.zh) and recipe.zh.endswith("？")
    assert recipe.en.isascii() or "’" in recipe.en
    assert recipe.en.endswith("?")
    used = set(re.findall(r"getvariable\('(\w+)'\)", recipe.sql))
    assert used == {parameter.name for parameter in recipe.parameters}
    assert recipe.sql.splitlines()[0].startswith("-- zh: ")
    assert recipe.sql.splitlines()[1].startswith("-- en: ")


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_answers_on_a_published_copy_with_chinese_headings(home: Path, name: str) -> None:
    with open_read_only(home / "publish" / "current" / RECIPES[name].klass / "fenwei.duckdb") as con:
        cursor = con.execute(RECIPES[name].sql)
        headings = [d[0] for d in cursor.description]
        assert cursor.fetchall(), "the home holds a case for every recipe"
    symbols = {"AQI", "IAQI", "PM2.5", "PM10", "SO2", "NO2", "O3", "CO"}
    assert [h for h in headings if h not in symbols and not re.search(r"[\u4e00-\u9fff]", h)] == []
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if recipe.parameters])
def test_a_recipe_takes_its_parameters_as_text(home: Path, name: str) -> None:
    values = {"year": "2019", "city": "渭南", "period": "2019-01..02", "month": "2019-02", "days": "1", "day": "2019-01-06",
              "warning": WARNING, "pollutant": "PM2.5", "level": "橙色", "units": "是",
               "standard": "2012", "region": "fenwei_2018", "until": "2019-01-07", "first": "2019-01-05"}  # fmt: skip
    given = {p.name: values[p.name] for p in RECIPES[name].parameters}
    if name.startswith(("air_", "forecast_")) and "city" in given:
        given["city"] = "西安"
    given |= GIVEN.get(name, {})
    if name == "air_target_rest":
        del given["year"]
    words = [word for item in given.items() for word in ("--set", "=".join(item))]
    words += ["--class", RECIPES[name].klass]
    code, told = fenwei(home, "--recipe", name, *words, "--json")
    assert code == 0, told
    assert json.loads(told)["rows"]


def _rows(home: Path, name: str, *words: str) -> list[dict[str, object]]:
    code, told = fenwei(home, "--recipe", name, *words, "--class", RECIPES[name].klass, "--json")
    assert code == 0, told
    document = json.loads(told)
    names = [column["name"] for column in document["columns"]]
    return [dict(zip(names, row, strict=True)) for row in document["rows"]]


def test_what_some_recipes_say(home: Path) -> None:
    (missing,) = _rows(home, "coal_firm_missing")
    assert (missing["企业"], missing["缺报月份"], missing["上次上报"]) == ("企业3", "2019-02", "2019-01")
    (village,) = _rows(home, "coal_villages")
    assert (village["未整改复燃户数"], village["先立后破"]) == (2, "先清煤、后保障")
    (failure,) = _rows(home, "coal_open_failures")
    assert (failure["处理部门"], failure["不合格项目"]) == ("市场监管", "Std")
    assert _rows(home, "coal_replacement_short")[0]["未认可原因"]
    factors = {row["企业"]: row["系数依据"] for row in _rows(home, "coal_factors")}
    assert factors["企业1"] == "实测热值" and factors["企业2"] == "清单"
    assert _rows(home, "air_bad_day", "--set", "city=宝鸡")[0]["城市"] == "宝鸡市"


def test_recipes_are_listed(home: Path) -> None:
    code, told = fenwei(home, "--recipes")
    assert code == 0 and all(name in told and recipe.zh in told for name, recipe in RECIPES.items())
    listed = json.loads(fenwei(home, "--recipes", "--json")[1])["recipes"]
    assert [r["name"] for r in listed] == list(RECIPES)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--recipe", "coal_progres"), "coal_progress"),
        (("--recipe", "复燃"), "coal_villages"),
        (("--recipe", "zzz"), "--recipes"),
        (("--recipe", "coal_progress", "--set", "jahr=2019"), "year"),
        (("--recipe", "coal_progress", "--set", "year"), "name=value"),
        (("--recipe", "coal_progress", "SELECT 1"), "--recipe"),
        (("--recipe", "coal_firm_missing"), "--class restricted"),
        (("--recipe", "coal_firm_missing", "--class", "public"), "--class restricted"),
        (("SELECT * FROM coal.firm",), "--class restricted"),
        (("SELECT * FROM emergency.list_version", "--class", "public"), "--class internal"),
        (("SELECT approved_by FROM emergency.warning", "--class", "public"), "--class internal"),
        (("SELECT 1", "--set", "year=2019"), "--set"),
        (("--recipe", "coal_progress", "--set", "year='); DROP TABLE coal.target; --"), "查询有误"),
    ],
)
def test_wrong_use_is_told_in_one_message(home: Path, words: tuple[str, ...], said: str) -> None:
    code, told = fenwei(home, *words)
    assert code == 2 and said in told


def test_names_are_found_as_people_write_them() -> None:
    assert find_recipe("Coal-Gap.sql").name == "coal_gap"
    assert recipe_sql(find_recipe("coal_gap"), {"year": "it's"}).startswith("SET VARIABLE year = 'it''s';")
    with pytest.raises(QueryError, match="coal_gap"):
        find_recipe("coal_gab")


HEAD = "-- zh: 问？\n-- en: q?\n"


@pytest.mark.parametrize(
    "text",
    [
        "-- zh: 问？\nSELECT 1",
        f"{HEAD}-- parameter: year | 年\nSELECT 1",
        f"{HEAD}-- parameter: a b | 年 | year\nSELECT 1",
    ],
)
def test_a_head_that_lacks_something_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"x\.sql"):
        read_recipe("x", text)
