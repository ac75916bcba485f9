"""The coal view says what the warehouse says: lines, what the rest may burn, verdicts, and nothing that is restricted."""

from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
import site_coal
import site_worlds as worlds
from test_site_build import build, data_of, figures_of

from dashboards.site.colours import resolve


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page of one city with a target by cut, one by use, and one that cannot be compared."""
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    site_coal.fill(con)
    worlds.close(con)
    build(path, tmp_path / "site")
    return tmp_path / "site"


def chart_of(payload: dict[str, Any], name: str) -> dict[str, Any]:
    return next(c for c in payload["charts"] if c["name"] == name)


def column(chart: dict[str, Any], heading: str, shown: int = 0) -> list[Any]:
    at = next(n for n, c in enumerate(chart["columns"]) if c["name"] == heading)
    return [row[at] for row in chart["shown"][shown]["rows"]]


def test_the_lines_of_each_month_end_where_the_verdict_stands(site: Path) -> None:
    progress = chart_of(data_of(site)["coal/610100/2026"], "progress")
    assert [s["label"]["zh"] for s in progress["shown"]] == ["规上工业·削减量", "全社会·总量控制"]
    assert column(progress, "month") == list(range(1, 13))
    assert column(progress, "amount") == [1.0, 2.0] + [None] * 10
    assert column(progress, "linear")[:2] == [1.0, 2.0] and column(progress, "linear")[-1] == 12.0
    assert column(progress, "profile")[1] == 2.0 and column(progress, "profile")[-1] == 12.0
    star = next(t for t in progress["shown"][0]["figure"]["data"] if t["name"]["zh"] == "年底预计")
    assert star["y"] == [2, 12]


def test_a_target_without_months_shows_the_month_judged(site: Path) -> None:
    progress = chart_of(data_of(site)["coal/610100/2026"], "progress")
    assert progress["shown"][1]["rows"] == [[2, 18.0, 2.5, None]]


def test_lines_that_do_not_agree_with_the_verdict_are_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    site_coal.fill(con)
    con.execute("UPDATE coal.target_check SET achieved_amount = 21000 WHERE target_id = 'T1'")
    worlds.close(con)
    build(path, tmp_path / "site")
    progress = chart_of(data_of(tmp_path / "site")["coal/610100/2026"], "progress")
    assert len(column(progress, "month")) == 1


def test_what_the_rest_may_burn_and_what_is_over(site: Path) -> None:
    facts = {f["label"]["zh"]: f for f in data_of(site)["coal/610100/2026"]["facts"]}
    rest = facts["规上工业·削减量：其余月份还可用煤"]
    assert rest["value"]["zh"] == "90.00 万吨" and rest["note"]["zh"] == "剩 10 个月，月均 9.00"
    assert facts["全社会·总量控制：已超过全年控制量"]["value"]["zh"] == "3.00 万吨"
    assert facts["规上工业·削减量：年底预计"]["note"]["zh"] == "预计√ 完成（按上年月度比例）"


def test_what_cannot_be_said_for_sure_is_never_a_pass(site: Path) -> None:
    targets = data_of(site)["coal/targets-2026"]
    told = dict(
        zip(
            column(chart_of(targets, "ground"), "target_id"),
            column(chart_of(targets, "targets"), "verdict_text"),
            strict=True,
        )
    )
    assert told["T2示例"]["zh"] == "？ 待核实（如属实：▲ 滞后）"
    assert told["T3"]["zh"] == "≠ 不可比"
    counts = {f["label"]["zh"]: f["value"] for f in targets["facts"]}
    assert counts == {
        "完成或按序时": "1",
        "未完成或落后": "1",
        "不可比、不足或待核实": "2",
        "已超全年控制量": "1",
    }
    ground = chart_of(targets, "ground")
    assert [t["zh"] for t in column(ground, "left_out")].count("文件未写明") == 1
    assert any("点名单位" in t["zh"] for t in column(ground, "left_out"))


def test_shares_of_the_two_forms_are_told_apart(site: Path) -> None:
    shown = chart_of(data_of(site)["coal/targets-2026"], "lines")["shown"]
    assert [s["label"]["zh"] for s in shown] == ["按用煤量", "按削减量"]
    used, cut = (s["figure"]["data"] for s in shown)
    assert used[0]["x"] == [120] and used[1]["x"] == [pytest.approx(100 / 6)]
    assert cut[0]["x"] == [pytest.approx(100 / 6)]


def test_purposes_contributions_warnings_and_the_rest(site: Path) -> None:
    data = data_of(site)
    purposes = chart_of(data["coal/610100/2026"], "purpose")
    assert "2025 与 2024" in purposes["title"]["zh"] and column(purposes, "amount_year") == [70.0, 50.2]
    assert column(chart_of(data["coal/fenwei_2023/2026"], "contribution"), "change") == [-2.0, 0.5]
    warning = chart_of(data["coal/warning-2026"], "warning")
    assert (
        len(warning["shown"]) == 2
        and "+3%" in warning["caption"]["zh"]
        and "待核实" in warning["caption"]["zh"]
    )
    assert column(warning, "level") == ["orange", "insufficient"] * 3
    projects = chart_of(data["coal/projects"], "projects")
    assert column(projects, "n_projects") == [5, 1] and column(projects, "demand") == [169.0, None]
    clean = data["coal/610100/clean-2026"]
    assert column(chart_of(clean, "inspection"), "pass_rate_pct") == [75.0, 100.0]
    assert column(chart_of(clean, "inspection"), "coverage_pct") == [40.0, 40.0]
    home = data["coal/fenwei_2023/clean-2026"]
    assert column(chart_of(home, "households"), "done_pct") == [40.0, 40.0]
    assert column(chart_of(home, "relapse"), "n_relapse_open") == [2, 2]


def test_industries_are_named_and_say_the_months(site: Path) -> None:
    chart = chart_of(data_of(site)["coal/610100/2026"], "industry")
    assert [n["zh"] for n in column(chart, "name")] == ["电力、热力生产和供应业", "99", "其余行业"]
    assert column(chart, "name")[0]["en"] == "power and heat"
    assert column(chart, "industry") == ["44", "99", None] and column(chart, "n_firms") == [4, 5, 6]
    assert column(chart, "change") == [-3.0, 0.5, -1.0]
    assert "2026 年 1月–2月" in chart["title"]["zh"] and "Jan–Feb 2026" in chart["title"]["en"]
    assert "Jan–Feb 2025" in chart["caption"]["en"]


@pytest.mark.parametrize("restricted", [True, False])
def test_a_unit_left_out_is_left_out_of_the_lines_too(tmp_path: Path, restricted: bool) -> None:
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    site_coal.fill(con)
    con.execute(
        "UPDATE coal.target_check SET exclusions = 'unit:电厂', actual_exclusions = 'unit:电厂', actual_amount = 150000,"
        " baseline_amount = 180000, achieved_amount = 30000, baseline_year_amount = 1080000, profile_amount = 20000"
        " WHERE target_id = 'T1'"
    )
    if restricted:
        con.execute(
            "INSERT INTO coal.balance BY NAME SELECT * REPLACE ('named:电厂' AS item, CASE stat_year WHEN 2026 THEN 15000 ELSE 10000 END"
            " * right(period, 2)::INTEGER AS quantity_t) FROM coal.balance WHERE period_kind = 'ytd'"
        )
    worlds.close(con)
    build(path, tmp_path / "site")
    payload = data_of(tmp_path / "site")["coal/610100/2026"]
    chart = chart_of(payload, "progress")
    place = next(n for n, s in enumerate(chart["shown"]) if "（剔除：点名单位 电厂）" in s["label"]["zh"])
    amounts, months = column(chart, "amount", place), column(chart, "month", place)
    # The verdict tells 30 000 t cut in two months, without the unit; its months are restricted.
    assert amounts[months.index(2)] == 3.0
    assert len(months) == (12 if restricted else 1)
    assert amounts[0] == (1.5 if restricted else 3.0)
    assert any("点名单位 电厂" in note["zh"] for note in payload["notes"])


def test_every_figure_is_one_that_plotly_takes(site: Path) -> None:
    figures = figures_of(site)
    assert len(figures) > 15
    for figure in figures:
        go.Figure(resolve(figure, "en", "official", "dark"))


def test_a_county_without_an_english_name_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    site_coal.fill(con)
    con.execute(
        "INSERT INTO coal.household_progress BY NAME SELECT * REPLACE ('county' AS area_kind, '610102' AS area_code)"
        " FROM coal.household_progress WHERE area_code = '610100'"
    )
    worlds.close(con)
    build(path, tmp_path / "site")
    homes = chart_of(data_of(tmp_path / "site")["coal/610100/clean-2026"], "households")
    assert column(homes, "name") == [{"zh": "新城区", "en": "新城区"}]


def test_a_public_build_lists_public_targets_only(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    row = {
        "target_id": "P1",
        "area_code": "610100",
        "area_name": "西安市",
        "stat_year": 2025,
        "kind": "percent",
        "scope": "society",
    }
    con.execute("DELETE FROM coal.target")
    told = {"clause": "目标 | target", "source": "方案（转引） | plan, at second hand"}
    worlds.insert(
        con, "coal.target", [row | told | {"target_pct": -5, "document_no": "文号", "verified": False}]
    )
    for table in site_coal.TABLES:
        con.execute(f"DROP TABLE {table}")
    worlds.close(con)
    summary = build(path, tmp_path / "site")
    assert "coal" in summary.views
    chart = data_of(tmp_path / "site")["coal/public"]["charts"][0]
    assert column(chart, "target_pct") == [-5] and column(chart, "verified") == ["no"]
    assert column(chart, "area") == [{"zh": "西安市", "en": "Xi'an"}]
    assert column(chart, "clause") == [{"zh": "目标", "en": "target"}]
    assert column(chart, "source") == [{"zh": "方案（转引）", "en": "plan, at second hand"}]
