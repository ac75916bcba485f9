"""The numbers of bulletins are those of the warehouse, by the same rules."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bulletin_worlds import CITIES, MOMENT, warning, world
from site_worlds import insert

from pipelines.air import periods
from pipelines.air.evaluation import evaluate, rebuild_periods
from pipelines.air.evaluation_document import NothingToEvaluateError
from pipelines.air.regions import rebuild_region_day
from pipelines.bulletin.gather import day_bulletin, month_bulletin
from warehouse.store import rows_of

OCTOBER = periods.month(2026, 10)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    made = world(tmp_path_factory.mktemp("bulletin") / "w.duckdb")
    rebuild_periods(made, [OCTOBER])
    rebuild_region_day(made, date(2026, 10, 1), date(2026, 10, 31))
    return made


@pytest.fixture(scope="module")
def month(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return month_bulletin(con, OCTOBER, "fenwei", MOMENT, "internal")


def test_the_ranking_is_that_of_the_warehouse(con: duckdb.DuckDBPyConnection, month: dict[str, Any]) -> None:
    for name, kind in (("cities", "city"), ("units", "unit")):
        stored = rows_of(
            con,
            "SELECT * FROM air.ranking WHERE region_id = 'fenwei_2023' AND period = '2026-10' AND list_kind = $kind",
            {"kind": kind},
        )
        told = {row["city_code"]: row for row in month["month"][name]}
        assert len(stored) == len(told) == (13 if kind == "city" else 16)
        for row in stored:
            given = told[row["city_code"]]
            for key in (
                "rank",
                "composite_index",
                "index_pm25",
                "change_pct",
                "rank_improvement",
                "sufficient",
            ):
                assert given[key] == row[key], (row["city_code"], key)


def test_values_and_days_are_those_of_the_warehouse(
    con: duckdb.DuckDBPyConnection, month: dict[str, Any]
) -> None:
    stored = rows_of(con, "SELECT * FROM air.evaluation WHERE period = '2026-10'")
    by_key = {
        (r["area_kind"], r["area_code"], r["pollutant"], r["statistic"]): r
        for r in stored
        if r["basis"] == ("after_dust" if r["pollutant"].startswith("PM") else "before_dust")
    }
    counted = {
        (r["area_kind"], r["area_code"]): r
        for r in rows_of(
            con, "SELECT * FROM air.period_days WHERE period = '2026-10' AND standard_set = 'each_day'"
        )
    }
    for row in month["month"]["units"]:
        for pollutant, item in row["items"].items():
            kept = by_key[row["area_kind"], row["city_code"], pollutant, item["statistic"]]
            assert item["value_printed"] == kept["value_printed"]
            assert (item["n_valid_days"], item["sufficient"]) == (kept["n_valid_days"], kept["sufficient"])
        days = counted[row["area_kind"], row["city_code"]]
        assert (row["days"]["good_days"], row["days"]["good_days_pct"]) == (
            days["good_days"],
            days["good_days_pct"],
        )
    region = month["month"]["items"]["PM2.5"]
    assert region["value_printed"] == by_key["region", "fenwei_2023", "PM2.5", "mean"]["value_printed"]
    assert (
        month["month"]["days"]["heavy_city_days"] == counted["region", "fenwei_2023"]["heavy_city_days"] == 1
    )


def test_changes_are_reckoned_from_printed_values(
    con: duckdb.DuckDBPyConnection, month: dict[str, Any]
) -> None:
    checked = 0
    for row in month["month"]["cities"]:
        judged = evaluate(con, "city", row["city_code"], OCTOBER)
        engine = {(i["pollutant"], i["statistic"]): i for i in judged["items"]}
        for pollutant, item in row["items"].items():
            assert item["change_pct"] == engine[pollutant, item["statistic"]]["change_pct"]
            now, before = Decimal(str(item["value_printed"])), Decimal(str(item["before_printed"]))
            assert Decimal(str(item["change"])) == now - before
            exact = ((now - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
            assert Decimal(str(item["change_pct"])) == exact
            checked += 1
    assert checked == 13 * 6


def test_the_last_ones_are_named_with_ties(month: dict[str, Any]) -> None:
    last = [r["city_code"] for r in month["month"]["cities"] if r["among_last"]]
    ranks = sorted(r["rank"] for r in month["month"]["cities"])
    assert len(last) >= 3
    assert min(r["rank"] for r in month["month"]["cities"] if r["among_last"]) == ranks[-3]


def test_a_city_without_last_year_stops_the_comparison_of_the_region(tmp_path: Path) -> None:
    con = world(tmp_path / "w.duckdb", gap="610100")
    made = month_bulletin(con, OCTOBER, "fenwei", MOMENT, "internal")["month"]
    item, common = made["items"]["PM2.5"], made["common"]
    assert item["sufficient"] and item["change"] is None and item["change_pct"] is None
    assert made["days"]["good_pct_change"] is None and made["days"]["sufficient"]
    assert common["n_cities"] == 12 and "610100" not in common["codes"]
    assert common["change"] == pytest.approx(common["value_printed"] - common["before_printed"])
    own = next(r for r in made["cities"] if r["city_code"] == "610100")
    assert own["rank"] is not None and own["change_pct"] is None and own["items"]["PM2.5"]["change"] is None


def test_both_years_are_judged_by_one_list_and_one_set(month: dict[str, Any]) -> None:
    days = month["month"]["days"]
    assert {i["standard_set"] for i in month["month"]["items"].values()} == {"2026_transition"}
    assert days["good_days_pct_before"] is not None and days["comparable"]
    assert [c["city_code"] for c in month["region"]["cities"]] == list(CITIES)


def test_another_set_can_be_asked_for(con: duckdb.DuckDBPyConnection) -> None:
    made = month_bulletin(con, OCTOBER, "fenwei", MOMENT, "public", standard_set="2012")
    assert made["about"]["set_given"] and made["month"]["standard_set"]["standard_set"] == "2012"
    assert made["month"]["items"]["PM2.5"]["digits"] == 0


def test_a_day_tells_the_day_and_what_has_gathered(con: duckdb.DuckDBPyConnection) -> None:
    made = day_bulletin(con, date(2026, 10, 20), "fenwei", MOMENT, "internal")
    assert made["month"]["period"]["day_until"] == date(2026, 10, 20)
    assert made["cities"][0]["aqi"] == max(c["aqi"] for c in made["cities"]) == 72
    direct = evaluate(con, "region", "fenwei", periods.month(2026, 10), last_day=date(2026, 10, 20))
    assert {i["pollutant"]: i["value_printed"] for i in direct["items"] if i["statistic"] == "mean"}[
        "PM2.5"
    ] == made["month"]["items"]["PM2.5"]["value_printed"]
    assert made["region_day"]["n_cities_pm25"] == 13
    assert made["outlook"] == {"cities": [], "days": []}


def test_the_outlook_takes_the_newest_that_was_there(con: duckdb.DuckDBPyConnection) -> None:
    def issue(at: datetime, model: str, high: int) -> dict[str, Any]:
        return {
            "issued_at": at, "city_code": "610100", "day": date(2026, 10, 21), "model": model, "aqi": high - 20,
            "aqi_low": high - 40, "aqi_high": high, "standard_set": "2026_transition",
        }  # fmt: skip

    con.execute("DELETE FROM forecast.city_day")
    insert(
        con,
        "forecast.city_day",
        [
            issue(datetime(2026, 10, 20, 8), "bulletin", 150),
            issue(datetime(2026, 10, 21, 8), "bulletin", 220),
            issue(datetime(2026, 10, 21, 9), "baseline_learned", 90),
            issue(datetime(2026, 10, 22, 8), "bulletin", 400),
        ],
    )
    made = day_bulletin(con, date(2026, 10, 20), "fenwei", MOMENT, "internal")["outlook"]
    assert [(d["aqi_low"], d["aqi_high"], d["n_heavy"]) for d in made["days"]] == [(180, 220, 1)]
    early = day_bulletin(con, date(2026, 10, 20), "fenwei", datetime(2026, 10, 21, 7), "internal")["outlook"]
    assert early["days"][0]["aqi_high"] == 150
    con.execute("DELETE FROM forecast.city_day")


def test_only_approved_warnings_of_the_time_are_told(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM emergency.warning")
    rows = [
        warning(),
        warning(warning_id="W-draft", state="draft", approved_at=None, approved_by=None),
        warning(warning_id="W-cancelled", state="cancelled"),
        warning(warning_id="W-elsewhere", city_code="110000"),
        warning(warning_id="W-later", start_at=datetime(2026, 11, 2), end_at=datetime(2026, 11, 4)),
        warning(warning_id="W-over", start_at=datetime(2026, 9, 2), end_at=datetime(2026, 9, 4)),
    ]
    insert(con, "emergency.warning", rows)
    made = month_bulletin(con, OCTOBER, "fenwei", MOMENT, "internal")
    con.execute("DELETE FROM emergency.warning")
    assert [w["warning_id"] for w in made["warnings"]] == ["W-1"]


def test_nothing_there_is_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(NothingToEvaluateError, match="2027-01"):
        month_bulletin(con, periods.month(2027, 1), "fenwei", MOMENT, "public")
    with pytest.raises(NothingToEvaluateError, match="2026-09-30"):
        day_bulletin(con, date(2026, 9, 30), "fenwei", MOMENT, "public")


def test_one_day_alone_gives_no_cumulative_figure(con: duckdb.DuckDBPyConnection) -> None:
    made = day_bulletin(con, date(2025, 10, 1), "fenwei", datetime(2025, 10, 2, 9), "public")
    assert not made["year"]["items"]["PM2.5"]["sufficient"]
    assert made["month"]["items"]["PM2.5"]["sufficient"]
    assert made["month"]["items"]["PM2.5"]["change"] is None
    assert made["of_day"]["standard_set"]["standard_set"] == "2012"
