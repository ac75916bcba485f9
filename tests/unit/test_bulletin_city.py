"""A city's own bulletins: its figures, rank, stations and units, and the documents made of them."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bulletin_worlds import HOSTILE, MOMENT, add_stations, text_of, world

from dashboards.bulletin.fields import fields, names
from pipelines.air import periods
from pipelines.air.evaluation import evaluate
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.regions import UnknownAreaError
from pipelines.bulletin.asked import LATEST, Asked, gathered, outlined
from pipelines.bulletin.gather import month_bulletin
from pipelines.bulletin.gather_city import city_day_bulletin, city_month_bulletin
from pipelines.bulletin.mailed import letter_key
from pipelines.bulletin.products import context_of, stem, write
from warehouse.store import rows_of

OCTOBER = periods.month(2026, 10)
XIAN = "610100"


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    made = world(tmp_path_factory.mktemp("city") / "w.duckdb", simulated=True)
    add_stations(made)
    return made


@pytest.fixture(scope="module")
def month(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return city_month_bulletin(con, OCTOBER, XIAN, MOMENT, "internal")


@pytest.fixture(scope="module")
def day(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return city_day_bulletin(con, date(2026, 10, 20), XIAN, MOMENT, "internal")


def test_a_city_has_the_figures_and_the_rank_of_its_region(
    con: duckdb.DuckDBPyConnection, month: dict[str, Any]
) -> None:
    whole = month_bulletin(con, OCTOBER, "fenwei", MOMENT, "internal")["month"]
    row = next(r for r in whole["cities"] if r["city_code"] == XIAN)
    assert month["month"]["row"] == row and row["rank"] is not None
    assert month["month"]["items"] == row["items"] and month["month"]["days"] == row["days"]
    direct = evaluate(con, "city", XIAN, OCTOBER)
    engine = {(i["pollutant"], i["statistic"]): i["change_pct"] for i in direct["items"]}
    for pollutant, item in row["items"].items():
        assert engine[pollutant, item["statistic"]] == item["change_pct"]
    assert [u["city_code"] for u in month["month"]["units"]] == ["xixian"]
    text = context_of(month)["rank_month"]
    assert f"在汾渭平原参加排名的13个城市中列第{row['rank']}位" in text


def test_stations_are_reckoned_like_cities_and_short_ones_have_no_figure(
    con: duckdb.DuckDBPyConnection, month: dict[str, Any]
) -> None:
    by_code = {s["station_code"]: s for s in month["stations"]}
    item = by_code["9001A"]["items"]["PM2.5"]
    values = [Decimal(40 + d % 2) for d in range(1, 32)]
    assert Decimal(str(item["value_printed"])) == (sum(values) / 31).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    assert (item["change"], item["change_pct"], item["n_valid_days"]) == (0.0, 0.0, 31)
    o3 = by_code["9001A"]["items"]["O3"]
    assert o3["value_printed"] == pytest.approx(118)  # 第 90 百分位数 | k = 1 + 30 × 0.9 = 28
    assert not by_code["9002A"]["items"]["PM2.5"]["sufficient"]
    rows = context_of(month)["stations"]
    assert [r["name"][:2] for r in rows] == ["草滩", "<b", "小寨"]
    assert (rows[0]["note"], rows[1]["note"]) == ("不计入城市平均", "—")
    assert (rows[2]["pm25"], rows[2]["pm25_change"], rows[2]["valid_days"]) == ("数据不足", "不可比", "10/31")
    assert "1个站点有效天数不足" in context_of(month)["stations_text"]


def test_a_day_tells_units_and_counted_stations(day: dict[str, Any]) -> None:
    context = context_of(day)
    # 2026-10-20：只有两个站点有值，对照点不算 | a control point is never the lowest
    assert "最低" not in context["stations_text"] and "（1个站点）" in context["stations_text"]
    assert context["units_text"].startswith("西咸新区")
    assert [r["kind"] for r in context["places"]] == ["考核单元", "站点", "站点"]
    assert context["yesterday"].startswith("AQI ") and "微克/立方米" in context["yesterday"]
    assert "天次" not in context["month_text"]


@pytest.mark.parametrize("kind", ["city_day", "city_month"])
def test_every_placeholder_is_listed_and_documents_hold_no_tags(
    day: dict[str, Any], month: dict[str, Any], kind: str, tmp_path: Path
) -> None:
    document = day if kind == "city_day" else month
    context = context_of(document)
    charts = {"chart_calendar", "chart_calendar_alt"} if kind == "city_month" else set()
    assert set(context) | charts == set(names(kind))
    listed = {f.name for f in fields(kind)}
    for name in ("places", "stations", "units"):
        rows = context.get(name)
        if isinstance(rows, list) and rows:
            assert {f"{name}.{key}" for key in rows[0]} <= listed, name
    done = write(document, ["docx", "txt"], folder=tmp_path)
    told = text_of(done.files[0])
    assert "西安市" in told and "口径说明" in told and "【演练】" in told
    assert "{{" not in told.replace("{{7*7}}", "") and "{%" not in told.replace("{% raw", "")
    assert "\n\n\n" not in done.text and "{" not in done.text.replace(HOSTILE[:12], "").replace(
        "{% raw %}", ""
    )
    assert stem(document).startswith("【演练】【内部】西安市空气质量")


def test_files_and_letters_are_named_without_the_data(
    con: duckdb.DuckDBPyConnection, day: dict[str, Any], month: dict[str, Any]
) -> None:
    for asked, document in (
        (Asked(day=date(2026, 10, 20), city="西安"), day),
        (Asked(month=OCTOBER, city="610100"), month),
        (
            Asked(day=date(2026, 10, 20)),
            gathered(con, Asked(day=date(2026, 10, 20)), MOMENT, "internal", exercise=True),
        ),
    ):
        outline = outlined(con, asked, "internal", exercise=True)
        assert (stem(outline), letter_key(outline)) == (stem(document), letter_key(document))


def test_a_city_in_no_list_has_figures_and_no_rank(tmp_path: Path) -> None:
    con = world(tmp_path / "w.duckdb")
    con.execute(
        "INSERT INTO air.city_day BY NAME SELECT * REPLACE ('610600' AS city_code) FROM air.city_day WHERE city_code = '610100'"
    )
    made = city_month_bulletin(con, OCTOBER, "610600", MOMENT, "public")
    assert made["month"]["row"] is None and made["month"]["items"]["PM2.5"]["sufficient"]
    context = context_of(made)
    assert context["rank_month"] == "本市不在区域名单内，不列名次"
    assert "本市不在任何区域名单内" in "".join(context["notes"])
    assert context["units_text"] == "延安市没有参加考核的区县（考核单元）"
    assert context["stations_text"] == "本月没有站点数据"


def test_what_is_not_there_is_said(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NothingToEvaluateError, match="2026-09-30"):
        city_day_bulletin(con, date(2026, 9, 30), XIAN, MOMENT, "public")
    with pytest.raises(NothingToEvaluateError, match="延安"):
        gathered(con, Asked(month=OCTOBER, city="延安"), MOMENT, "public")
    with pytest.raises(UnknownAreaError, match="西安府"):
        gathered(con, Asked(day=LATEST, city="西安府"), MOMENT, "public")
    with pytest.raises(NothingToEvaluateError, match="2026-11-05"):
        gathered(con, Asked(day=date(2026, 11, 5), city="西安"), datetime(2026, 11, 5, 9), "public")


def test_the_day_counts_of_one_city_are_days(con: duckdb.DuckDBPyConnection) -> None:
    made = city_month_bulletin(con, OCTOBER, "140100", MOMENT, "internal")
    rows = rows_of(
        con,
        "SELECT count(*) FILTER (aqi <= 100) AS good, count(*) FILTER (aqi > 200) AS heavy FROM air.city_day"
        " WHERE city_code = '140100' AND day BETWEEN '2026-10-01' AND '2026-10-31'",
    )
    days = made["month"]["days"]
    assert (days["good_days"], days["heavy_days"]) == (rows[0]["good"], rows[0]["heavy"]) == (30, 1)
    assert context_of(made)["heavy_text"] == "重度及以上污染1天（AQI）：3日210"
