import pytest

from pipelines.air.index import composite_index
from warehouse.store import model_sql, rows_of

ORDER = ("so2_ugm3", "no2_ugm3", "pm10_ugm3", "pm25_ugm3", "co_mgm3", "o3_mda8_ugm3")
NAIMAN = dict(zip(ORDER, (9.0, 14.0, 77.0, 23.0, 1.1, 96.0), strict=True))
HEYUAN = dict(zip(ORDER, (3.0, 13.0, 16.0, 13.0, 0.9, 87.0), strict=True))


def ranked(warehouse, period="2019-06", list_kind="city", region="fenwei_2018"):
    rows = warehouse.rows(
        "SELECT * FROM air.ranking WHERE period = $period AND region_id = $region AND list_kind = $list_kind"
        " ORDER BY rank NULLS LAST, city_code",
        {"period": period, "region": region, "list_kind": list_kind},
    )
    return {row["city_code"]: row for row in rows}


@pytest.mark.parametrize(
    ("values", "first", "last", "period", "index"),
    [
        (NAIMAN, "2019-01-01", "2019-03-31", "2019-Q1", 3.14),
        (HEYUAN, "2022-02-01", "2022-02-28", "2022-02", 1.73),
    ],
)
def test_published_indices(warehouse, values, first, last, period, index):
    warehouse.fill("610100", first, last, **values)
    warehouse.rebuild(period)
    row = ranked(warehouse, period)["610100"]
    assert row["composite_index"] == index
    named = dict(zip(("SO2", "NO2", "PM10", "PM2.5", "CO", "O3"), values.values(), strict=True))
    parts, total = composite_index(named, "2012")
    columns = ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO")
    assert total == index
    assert [row[f"index_{p.lower().replace('.', '')}"] for p in columns] == [parts[p] for p in columns]


@pytest.mark.parametrize("standard_set", ["2012", "2026_transition", "2026_final"])
def test_sql_and_python_agree_under_every_set(warehouse, standard_set):
    warehouse.fill(
        "610100", "2019-06-01", "2019-06-30", pm25_ugm3=33.33, pm10_ugm3=77.7, co_mgm3=1.15, no2_ugm3=20.5
    )
    document = warehouse.evaluate("city", "610100", "2019-06", standard_set=standard_set)
    values = {"PM2.5": 33.33, "PM10": 77.7, "SO2": 10.0, "NO2": 20.5, "O3": 80.0, "CO": 1.15}
    assert document["index"]["composite_index"] == composite_index(values, standard_set)[1]
    weighted = warehouse.evaluate("city", "610100", "2019-06", standard_set=standard_set, weighted=True)
    expected = composite_index(values, standard_set, weighting="weight_unverified")[1]
    assert weighted["index"]["composite_index"] == expected
    assert "weights" in {note["code"] for note in weighted["notes"]}


def test_ties_share_a_rank_and_insufficient_areas_have_none(warehouse):
    for code, pm25 in (("610100", 40.0), ("610200", 30.0), ("610300", 30.0), ("610400", 50.0)):
        warehouse.fill(code, "2019-06-01", "2019-06-30", pm25_ugm3=pm25)
    warehouse.fill("610500", "2019-06-01", "2019-06-20", pm25_ugm3=5.0)
    warehouse.rebuild("2019-06")
    rows = ranked(warehouse)
    assert {code: row["rank"] for code, row in rows.items()} == {
        "610200": 1, "610300": 1, "610100": 3, "610400": 4, "610500": None,
    }  # fmt: skip
    assert rows["610500"]["composite_index"] is not None and rows["610500"]["sufficient"] is False


def test_units_stand_beside_cities_only_in_the_second_list(warehouse):
    warehouse.fill("610100", "2019-06-01", "2019-06-30", pm25_ugm3=40.0)
    warehouse.fill("xixian", "2019-06-01", "2019-06-30", kind="unit", pm25_ugm3=30.0, aqi=250)
    warehouse.fill("130100", "2019-06-01", "2019-06-30")
    warehouse.rebuild("2019-06")
    assert {code: row["rank"] for code, row in ranked(warehouse).items()} == {"610100": 1}
    beside = ranked(warehouse, list_kind="unit")
    assert {code: (row["rank"], row["area_kind"]) for code, row in beside.items()} == {
        "xixian": (1, "unit"),
        "610100": (2, "city"),
    }
    assert (beside["xixian"]["heavy_days"], beside["xixian"]["good_days"]) == (30, 0)


def test_pm_counts_after_sand_deduction(warehouse):
    warehouse.fill("610100", "2019-06-01", "2019-06-30", pm10_ugm3=140.0, pm10_after_dust_ugm3=70.0)
    warehouse.rebuild("2019-06")
    assert ranked(warehouse)["610100"]["index_pm10"] == 1.0
    before = warehouse.evaluate("city", "610100", "2019-06", basis="before_dust")
    assert before["index"]["index_pm10"] == 2.0


def test_improvement_is_ranked_by_the_printed_change(warehouse):
    for code, pm25_before, pm25 in (("610100", 70.0, 35.0), ("610200", 35.0, 70.0), ("610300", 35.0, 35.0)):
        warehouse.fill(code, "2018-06-01", "2018-06-30", pm25_ugm3=pm25_before)
        warehouse.fill(code, "2019-06-01", "2019-06-30", pm25_ugm3=pm25)
    warehouse.fill("610400", "2019-06-01", "2019-06-30")
    warehouse.rebuild("2019-06")
    rows = ranked(warehouse)
    # 其余五项之和 0.17 + 0.5 + 0.57 + 0.12 + 0.5 = 1.86 | the other five parts add to 1.86
    assert (rows["610100"]["composite_index_before"], rows["610100"]["composite_index"]) == (3.86, 2.86)
    changes = {code: (row["change_pct"], row["rank_improvement"]) for code, row in rows.items()}
    assert changes == {"610100": (-25.9, 1), "610300": (0.0, 2), "610200": (35.0, 3), "610400": (None, None)}


def test_rebuilding_a_year_refreshes_the_change_of_the_next(warehouse):
    warehouse.fill("610100", "2018-06-01", "2018-06-30", pm25_ugm3=70.0)
    warehouse.fill("610100", "2019-06-01", "2019-06-30", pm25_ugm3=35.0)
    warehouse.rebuild("2018-06", "2019-06")
    warehouse.con.execute("UPDATE air.city_day SET pm25_after_dust_ugm3 = 35 WHERE day < '2019-01-01'")
    assert warehouse.rebuild("2018-06") == ["2018-06", "2019-06"]
    assert ranked(warehouse)["610100"]["change_pct"] == 0


def test_an_unfinished_year_is_compared_with_the_same_part_of_the_year_before(warehouse):
    warehouse.fill("610100", "2018-01-01", "2018-03-31", pm25_ugm3=35.0)
    warehouse.fill("610100", "2018-04-01", "2018-12-31", pm25_ugm3=350.0)
    warehouse.fill("610100", "2019-01-01", "2019-03-31", pm25_ugm3=35.0)
    warehouse.rebuild("2019")
    assert ranked(warehouse, "2019")["610100"]["change_pct"] == 0


def test_change_across_2026_is_under_one_set(warehouse):
    warehouse.fill("610100", "2025-03-01", "2025-03-31")
    warehouse.fill("610100", "2026-03-01", "2026-03-31")
    warehouse.rebuild("2026-03")
    row = ranked(warehouse, "2026-03", region="fenwei_2023")["610100"]
    assert (row["standard_set"], row["change_pct"]) == ("2026_transition", 0)
    assert row["index_pm25"] == 0.67


def test_every_model_says_in_both_languages_what_it_answers():
    names = ("window_value", "day_under_set", "evaluation", "period_days", "ranking", "year_on_year", "region_day", "episode",
             "target_progress", "target_decomposition", "monitoring_month")  # fmt: skip
    for name in names:
        zh, en = model_sql(name).splitlines()[:2]
        assert zh.startswith("-- ") and "？" in zh and en.startswith("-- ") and "?" in en, name


def test_rows_of_names_columns(warehouse):
    assert rows_of(warehouse.con, "SELECT 1 AS a, 'x' AS b") == [{"a": 1, "b": "x"}]
