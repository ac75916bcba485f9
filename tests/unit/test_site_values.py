"""Figures and texts of City and Region are those of the warehouse, reckoned here a second time from days and hours."""

import math
import re
from collections import Counter
from contextlib import closing
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import site_worlds as worlds
from site_read import data_of

from dashboards.site.views import city, region
from pipelines.air.evaluation import rebuild_periods
from pipelines.air.periods import periods_touching
from pipelines.site.build import build_site
from warehouse.store import open_read_only

DUST = [date(2026, 2, 3), date(2026, 3, 4)]
CITY = "610100"
Data = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Data]:
    """A database whose values differ by city, day and hour, with two sand days, and the data of its page."""
    folder = tmp_path_factory.mktemp("values")
    path = folder / "fenwei.duckdb"
    con = worlds.empty(path)
    worlds.add_days(con, date(2024, 12, 20), 90)
    worlds.add_days(con, date(2025, 12, 20), 80)
    for table, moment in (("city_day", "day::TIMESTAMP"), ("city_hour", "hour_end")):
        con.execute(
            f"UPDATE air.{table} SET pm25_ugm3 = 20 + (hash(city_code || {moment}) % 2000)::DOUBLE / 10,"
            f" pm10_ugm3 = 60 + (hash({moment} || city_code) % 3000)::DOUBLE / 10"
        )
    con.execute(
        "UPDATE air.city_day SET aqi = iaqi('PM2.5_24h', pm25_ugm3, standard_set), pm25_after_dust_ugm3 = pm25_ugm3,"
        " pm10_after_dust_ugm3 = pm10_ugm3, primary_pollutants = CASE WHEN day(day) % 2 = 0 THEN 'PM2.5,PM10' ELSE 'PM10' END"
    )
    con.execute("UPDATE air.city_day SET primary_pollutants = NULL WHERE aqi <= 50")
    con.execute(
        "UPDATE air.city_day SET n_dust_hours = 5, pm25_after_dust_ugm3 = NULL, pm10_after_dust_ugm3 = NULL"
        " WHERE list_contains($days, day) AND city_code <> '140100'",
        {"days": DUST},
    )
    days = [row[0] for row in con.execute("SELECT DISTINCT day FROM air.city_day").fetchall()]
    rebuild_periods(con, periods_touching(days))
    worlds.close(con)
    build_site(path, folder / "site", worlds.AS_OF, views=(city.VIEW, region.VIEW))
    return path, data_of(folder / "site")


def table(data: Data, key: str, name: str, variant: int = 0) -> list[dict[str, Any]]:
    """Rows of the table behind a chart, by column."""
    chart = next(c for c in data[key]["charts"] if c["name"] == name)
    columns = [c["name"] for c in chart["columns"]]
    return [dict(zip(columns, row, strict=True)) for row in chart["shown"][variant]["rows"]]


def asked(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(open_read_only(path)) as con:
        return con.execute(sql, list(values)).fetchall()


def rounded(values: list[float], digits: int = 1) -> float:
    """Mean of doubles, half to even in exact arithmetic."""
    exact = sum(Decimal(repr(v)) for v in values) / len(values)
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))


def days_of(path: Path, code: str, where: str) -> list[dict[str, Any]]:
    names = ("day", "aqi", "pm25", "after", "pm10", "pm10_after", "primary")
    return [
        dict(zip(names, row, strict=True))
        for row in asked(
            path,
            "SELECT day, aqi, pm25_ugm3, pm25_after_dust_ugm3, pm10_ugm3, pm10_after_dust_ugm3, primary_pollutants"
            f" FROM air.city_day WHERE city_code = ? AND state <> 'partial' AND {where} ORDER BY day",
            code,
        )
    ]


def test_the_year_so_far_is_that_of_its_days(made):
    path, data = made
    now, before = (days_of(path, CITY, f"year(day) = {y} AND day <= DATE '{y}-03-09'") for y in (2026, 2025))
    facts = {f["label"]["zh"]: f for f in data[f"city/{CITY}/recent"]["facts"]}
    pm25 = facts["今年 PM2.5 平均（µg/m³，扣沙前）"]
    means = [rounded([d["pm25"] for d in days]) for days in (now, before)]
    after = [rounded([d["after"] for d in days if d["after"] is not None]) for days in (now, before)]
    assert means[0] != after[0] and means[1] == after[1]
    assert pm25["value"] == f"{means[0]:.1f}"
    assert pm25["note"]["zh"] == (
        f"截至 03-09，上年同期 {means[1]:.1f}；扣沙后 {after[0]:.1f}（上年同期 {after[1]:.1f}）"
    )
    assert f"after sand deduction {after[0]:.1f} (same days last year {after[1]:.1f})" in pm25["note"]["en"]
    good = [sum(d["aqi"] <= 100 for d in days) for days in (now, before)]
    heavy = [sum(d["aqi"] > 200 for d in days) for days in (now, before)]
    assert facts["今年优良天数（天）"]["value"] == str(good[0])
    assert facts["今年重度及以上天数（天）"]["value"] == str(heavy[0])
    note = data[f"city/{CITY}/2026"]["notes"][-1]["zh"]
    change = (Decimal(repr(means[0])) - Decimal(repr(means[1]))) * 100 / Decimal(repr(means[1]))
    assert f"{float(change.quantize(Decimal('0.1'), ROUND_HALF_EVEN)):+.1f}%" in note
    assert (
        f"优良 {good[0]} 天（{good[1]}），重度及以上 {heavy[0]} 天（{heavy[1]}）；扣沙后 {after[0]:.1f}"
        in note
    )


def test_months_are_shown_before_and_after_deduction(made):
    path, data = made
    chart = next(c for c in data[f"city/{CITY}/2026"]["charts"] if c["name"] == "compare")
    assert [v["label"]["zh"] for v in chart["shown"]] == ["扣沙前", "扣沙后"]
    for variant, name in enumerate(("pm25", "after")):
        row = next(r for r in table(data, f"city/{CITY}/2026", "compare", variant) if r["month"] == 3)
        for column, year in (("pm25_this", 2026), ("pm25_before", 2025)):
            days = days_of(path, CITY, f"year(day) = {year} AND month(day) = 3")
            values = [d[name] for d in days if d[name] is not None]
            # The standards of 2012 print whole numbers.
            assert row[column] == rounded(values, 0 if year == 2025 else 1), (name, column)
    plain = next(c for c in data["city/140100/2026"]["charts"] if c["name"] == "compare")
    assert len(plain["shown"]) == 1 and "扣沙后相同" in plain["caption"]["zh"]


def test_patterns_and_primary_days_are_those_of_hours_and_days(made):
    path, data = made
    hours = asked(
        path,
        "SELECT hour_end, pm25_ugm3 FROM air.city_hour WHERE city_code = ? AND hour_end < TIMESTAMP '2026-03-10 09:01'"
        " AND hour_end > TIMESTAMP '2026-01-01 00:00'",
        CITY,
    )
    rows = {(r["weekday"], r["hour"]): r["value"] for r in table(data, f"city/{CITY}/2026", "pattern")}
    monday = [v for at, v in hours if at.weekday() == 0 and at.hour == 5]
    assert math.isclose(rows[1, 5], sum(monday) / len(monday), abs_tol=0.5) and len(rows) == 7 * 8
    found = Counter(
        p
        for d in days_of(path, CITY, "year(day) = 2026 AND month(day) = 1")
        if d["aqi"] > 50
        for p in d["primary"].split(",")
    )
    row = next(r for r in table(data, f"city/{CITY}/2026", "primary") if r["month"] == 1)
    assert (row["primary_pm25"], row["primary_pm10"]) == (found["PM2.5"], found["PM10"])


PERIODS = {
    "2026": ("2026 年", "2026-01-01"),
    "2026-Q1": ("2026 年第 1 季度", "2026-01-01"),
    "2026-02": ("2026 年 2 月", "2026-02-01"),
    "2025-winter": ("2025–2026 秋冬季", "2025-10-01"),
    "2025-winter-1": ("2025–2026 秋冬季前半（10–12 月）", "2025-10-01"),
    "2025-winter-2": ("2025–2026 秋冬季后半（1–3 月）", "2026-01-01"),
}


@pytest.mark.parametrize("period", PERIODS)
def test_every_kind_of_period_is_ranked_and_named(made, period):
    path, data = made
    name, _ = PERIODS[period]
    key = f"region/fenwei_2023/{period}"
    chart = next(c for c in data[key]["charts"] if c["name"] == "ranking")
    assert chart["title"]["zh"].startswith(f"{name}综合指数排名")
    wanted = asked(
        path,
        "SELECT c.name_zh, k.composite_index, k.index_pm25, k.index_pm10, k.change_pct FROM air.ranking k"
        " JOIN ref.city c USING (city_code) WHERE region_id = 'fenwei_2023' AND list_kind = 'city' AND period = ?"
        " AND standard_set = ? AND composite_index IS NOT NULL",
        period,
        "2012" if period in ("2026-02", "2025-winter-1") else "2026_transition",
    )
    rows = {r["name"]["zh"]: r for r in table(data, key, "ranking")}
    shown = [
        (n, rows[n]["composite_index"], rows[n]["pm25"], rows[n]["pm10"], rows[n]["change_pct"])
        for n, *_ in wanted
    ]
    assert len(wanted) == 3 and sorted(shown) == sorted(wanted)


@pytest.mark.parametrize("period", PERIODS)
def test_particles_are_shown_before_and_after_deduction(made, period):
    path, data = made
    key, (_, first) = f"region/fenwei_2023/{period}", PERIODS[period]
    last = {"2026-02": "2026-02-28", "2025-winter-1": "2025-12-31"}.get(period, "2026-03-09")
    if period == "2025-winter-1":
        assert not [c for c in data[key]["charts"] if c["name"] == "dust"]
        assert "没有扣除的沙尘日" in data[key]["notes"][-1]["zh"]
        return
    rows = {r["name"]["zh"]: r for r in table(data, key, "dust")}
    for code, name, left_out in (("610100", "西安市", 2), ("140100", "太原市", 0)):
        days = days_of(path, code, f"day BETWEEN DATE '{first}' AND DATE '{last}'")
        for before, after, shown in (("pm25", "after", "pm25"), ("pm10", "pm10_after", "pm10")):
            digits = 0 if period == "2026-02" or shown == "pm10" else 1
            assert rows[name][f"{shown}_before_dust"] == rounded([d[before] for d in days], digits)
            left = [d[after] for d in days if d[after] is not None]
            assert rows[name][f"{shown}_after_dust"] == rounded(left, digits)
        assert rows[name]["n_left_out"] == min(left_out, 1 if period == "2026-02" else 2)


def test_the_region_is_the_mean_of_its_cities(made):
    path, data = made
    means: list[list[float]] = [[], []]
    for code in worlds.CITIES:
        days = days_of(path, code, "year(day) = 2026 AND month(day) = 2")
        means[0].append(sum(d["pm25"] for d in days) / len(days))
        left = [d["after"] for d in days if d["after"] is not None]
        means[1].append(sum(left) / len(left))
    fact = data["region/fenwei_2023/2026-02"]["facts"][0]
    before, after = (sum(m) / len(m) for m in means)
    assert fact["value"] == f"{before:.0f}.0" and f"扣沙后 {after:.0f}.0" in fact["note"]["zh"]
    heavy = sum(
        d["aqi"] > 200 for c in worlds.CITIES for d in days_of(path, c, "year(day) = 2026 AND month(day) = 2")
    )
    assert data["region/fenwei_2023/2026-02"]["facts"][2]["value"] == str(heavy)


def test_the_year_of_the_region_is_that_of_its_days(made):
    path, data = made
    key = "region/fenwei_2023/year-2026"
    days = {c: days_of(path, c, "year(day) = 2026") for c in worlds.CITIES}
    for row in table(data, key, "heavy"):
        mine = days[next(c for c, n in _names(path).items() if n == row["name"]["zh"])]
        levels = [sum(low < d["aqi"] <= high for d in mine) for low, high in ((200, 300), (300, 9999))]
        assert [row["n_level_5"], row["n_level_6"], row["heavy_days"]] == [*levels, sum(levels)]
        assert row["n_valid_days"] == len(mine)
    own = {r["name"]["zh"]: r for r in table(data, key, "standards") if r["standard_set"] == "2012"}
    for code, mine in days.items():
        assert own[_names(path)[code]]["mean_pm25"] == rounded([d["pm25"] for d in mine], 0)


def _names(path: Path) -> dict[str, str]:
    return dict(asked(path, "SELECT city_code, name_zh FROM ref.city"))


def test_no_view_claims_another_basis_than_the_warehouse_uses(made):
    """Rankings use particles after sand deduction; the page once called them before it."""
    path, _ = made
    page = (path.parent / "site/region.html").read_text(encoding="utf-8")
    assert (
        "排名与综合指数中的颗粒物为扣沙后" in page and "in rankings and indices after sand deduction" in page
    )


def test_periods_stand_by_year_the_newest_first(made):
    path, _ = made
    page = (path.parent / "site/region.html").read_text(encoding="utf-8")
    picker = re.search(r'<select id="pick-period".*?</select>', page, re.DOTALL)
    assert picker
    groups = re.findall(r'<optgroup label="(\d+) 年"', picker[0])
    assert groups == ["2026", "2025", "2024"] and picker[0].count("</optgroup>") == 3
    values = re.findall(r'<option value="([^"]+)"', picker[0])
    assert values[0] == "2026-03" and len(values) == len(set(values))
    assert {"2025-winter-1", "2025-winter-2", "2025-winter", "2025-Q4", "2024-Q4"} <= set(values)


def test_a_list_without_units_has_no_choice_of_lists(made):
    _, data = made
    shown = {
        key.split("/")[1]: [v["label"]["zh"] for v in data[key]["charts"][0]["shown"]]
        for key in data
        if key.endswith("/2026-02") and key.startswith("region/")
    }
    assert shown["fenwei_2023"][0] == "城市"
    assert shown["shanxi_fenwei_2023"] == ["城市"]


def test_ten_years_are_not_read_to_open_the_newest(made, tmp_path):
    """The files a page opens with are the same however many years lie behind."""
    path, _ = made
    copy = tmp_path / "long.duckdb"
    copy.write_bytes(path.read_bytes())
    con: duckdb.DuckDBPyConnection = worlds.connect(copy)
    for year in range(2014, 2024):
        worlds.add_days(con, date(year, 1, 1), 10)
    rebuild_periods(con, periods_touching([date(y, 1, 1) for y in range(2014, 2024)]))
    worlds.close(con)
    build_site(copy, tmp_path / "site", worlds.AS_OF, views=(city.VIEW, region.VIEW))
    for key in (
        f"city/{CITY}/recent",
        f"city/{CITY}/2026",
        "region/fenwei_2023/2026-03",
        "region/fenwei_2023/year-2026",
    ):
        file = f"data/{key}.js"
        assert (tmp_path / "site" / file).read_bytes() == (path.parent / "site" / file).read_bytes(), key
    for name in ("index.html", "region.html"):
        sizes = [(folder / name).stat().st_size for folder in (path.parent / "site", tmp_path / "site")]
        assert sizes[1] - sizes[0] < 40_000
