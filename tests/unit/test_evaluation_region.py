"""Regions, dated lists, dated standards, and day counts."""

from datetime import date, timedelta

import pytest

from pipelines.air.regions import UnknownAreaError, members, region_list

LIST_2018 = [
    "140700",
    "140800",
    "141000",
    "141100",
    "410300",
    "411200",
    "610100",
    "610200",
    "610300",
    "610400",
    "610500",
]
LIST_2023 = sorted({*LIST_2018, "140100", "140300", "140400", "140500"} - {"410300", "411200"})


def fill_all(warehouse, codes, first, last, **columns):
    for n, code in enumerate(codes):
        warehouse.fill(code, first, last, **{name: f(n) for name, f in columns.items()})


@pytest.mark.parametrize(
    ("name", "day", "region_id"),
    [
        ("fenwei", "2023-11-29", "fenwei_2018"),
        ("fenwei", "2023-11-30", "fenwei_2023"),
        ("fenwei", "1999-01-01", "fenwei_2018"),
        ("fenwei_2018", "2025-01-01", "fenwei_2018"),
        ("guanzhong", "2025-01-01", "guanzhong"),
        ("shaanxi_fenwei", "2024-01-01", "shaanxi_fenwei_2023"),
    ],
)
def test_a_name_means_the_list_in_force(warehouse, name, day, region_id):
    assert region_list(warehouse.con, name, date.fromisoformat(day)) == region_id


def test_an_unknown_region_is_refused_with_the_known_ones(warehouse):
    with pytest.raises(UnknownAreaError, match="fenwei_2018"):
        region_list(warehouse.con, "fenwe_", date(2024, 1, 1))


def test_members_follow_the_list(warehouse):
    assert members(warehouse.con, "fenwei_2018", date(2019, 1, 1)) == LIST_2018
    assert members(warehouse.con, "fenwei_2018", date(2025, 1, 1)) == LIST_2018
    assert members(warehouse.con, "fenwei_2023", date(2019, 1, 1)) == LIST_2023
    assert members(warehouse.con, "fenwei_2023", date(2025, 1, 1), "unit") == ["610403", "610581", "xixian"]


def test_a_region_is_the_mean_of_its_cities_period_values(warehouse):
    fill_all(warehouse, LIST_2018, "2019-06-01", "2019-06-30", pm25_ugm3=lambda n: 30.0 + n)
    # 一个城市少三天，仍按城市等权 | a city with fewer days weighs as much as the others
    warehouse.con.execute("DELETE FROM air.city_day WHERE city_code = '610500' AND day > '2019-06-27'")
    ramp = [float(v) for v in range(1, 31)]
    warehouse.con.execute("DELETE FROM air.city_day WHERE city_code = '610100'")
    warehouse.fill("610100", "2019-06-01", "2019-06-30", pm25_ugm3=36.0, o3_mda8_ugm3=ramp)
    warehouse.rebuild("2019-06")
    row = warehouse.item("fenwei_2018", "2019-06", "PM2.5", "mean")
    assert row["value"] == pytest.approx(35.0) and row["sufficient"] and row["attained"]
    assert (row["n_cities"], row["n_cities_expected"], row["n_valid_days"]) == (11, 11, 29)
    assert row["states"] == "complete 327"
    p90 = warehouse.item("fenwei_2018", "2019-06", "O3", "p90")
    assert p90["value"] == pytest.approx((80 * 10 + 27.1) / 11)


def test_a_region_without_one_of_its_cities_is_insufficient(warehouse):
    fill_all(warehouse, LIST_2018[1:], "2019-06-01", "2019-06-30", pm25_ugm3=lambda n: 30.0)
    warehouse.rebuild("2019-06")
    row = warehouse.item("fenwei_2018", "2019-06", "PM2.5", "mean")
    assert (row["n_cities"], row["sufficient"], row["attained"], row["value"]) == (10, False, None, 30)


def test_lists_are_never_mixed_across_the_change_of_2023_11_30(warehouse):
    fill_all(
        warehouse, sorted({*LIST_2018, *LIST_2023}), "2023-10-01", "2024-03-31", pm25_ugm3=lambda n: 10.0 * n
    )
    warehouse.rebuild("2023-10", "2023-12", "2023-winter")
    all_codes = sorted({*LIST_2018, *LIST_2023})
    means = {
        "fenwei_2018": sum(10.0 * all_codes.index(c) for c in LIST_2018) / 11,
        "fenwei_2023": sum(10.0 * all_codes.index(c) for c in LIST_2023) / 13,
    }
    for period, in_force in (
        ("2023-10", "fenwei_2018"),
        ("2023-12", "fenwei_2023"),
        ("2023-winter", "fenwei_2023"),
    ):
        for region_id, mean in means.items():
            row = warehouse.item(region_id, period, "PM2.5", "mean")
            assert row["value"] == pytest.approx(mean)
            assert row["in_force"] is (region_id == in_force)


@pytest.mark.parametrize(
    ("period", "standard_set", "limit", "digits"),
    [
        ("2026-02", "2012", 35, 0),
        ("2026-03", "2026_transition", 30, 1),
        ("2026", "2026_transition", 30, 1),
        ("2025-winter", "2026_transition", 30, 1),
        ("2025-winter-1", "2012", 35, 0),
        ("2031", "2026_final", 25, 1),
    ],
)
def test_a_period_is_judged_by_the_standard_of_its_last_day(warehouse, period, standard_set, limit, digits):
    warehouse.fill("610100", "2025-10-01", "2026-04-30", pm25_ugm3=30.26)
    warehouse.fill("610100", "2031-01-01", "2031-01-31", pm25_ugm3=30.26)
    warehouse.rebuild(period)
    row = warehouse.item("610100", period, "PM2.5", "mean")
    assert (row["standard_set"], row["limit_value"]) == (standard_set, limit)
    assert row["value_printed"] == (30.3 if digits else 30)


def test_the_year_2026_counts_days_under_each_days_own_set_and_under_one(warehouse):
    """PM2.5 of 70 is IAQI 94 in 2012 and 109 in 2026."""
    warehouse.fill(
        "610100",
        "2026-01-01",
        "2026-03-31",
        pm25_ugm3=70.0,
        o3_1h_max_ugm3=90.0,
        aqi=lambda d: 94 if d < date(2026, 3, 1) else 109,
        primary_pollutants="PM2.5",
    )
    warehouse.fill(
        "xixian", "2026-01-01", "2026-03-31", kind="unit", pm25_ugm3=70.0, aqi=94, o3_1h_max_ugm3=90.0
    )
    warehouse.rebuild("2026-Q1")
    own = warehouse.row("air.period_days", area_code="610100", period="2026-Q1", standard_set="each_day")
    one = warehouse.row(
        "air.period_days", area_code="610100", period="2026-Q1", standard_set="2026_transition"
    )
    assert (own["good_days"], own["n_level_3"], own["good_days_pct"]) == (59, 31, 65.6)
    assert (one["good_days"], one["n_level_3"], one["n_valid_days"]) == (0, 90, 90)
    assert one["primary_days_pm25"] == 90
    unit = warehouse.row(
        "air.period_days", area_code="xixian", period="2026-Q1", standard_set="2026_transition"
    )
    assert unit["good_days"] == 31, (
        "days of the set itself keep their stored AQI, the others are computed anew"
    )


def test_recomputed_days_agree_with_city_day_under(warehouse):
    ramp = [float(v) for v in range(5, 64)]
    warehouse.fill(
        "610100", "2026-01-01", "2026-02-28", pm25_ugm3=[2 * v for v in ramp], o3_1h_max_ugm3=100.0, aqi=1
    )
    warehouse.fill("610100", "2026-03-01", "2026-03-01")
    warehouse.rebuild("2026-01-01..2026-03-01")
    counted = warehouse.row(
        "air.period_days", area_code="610100", standard_set="2026_transition", area_kind="city"
    )
    under = warehouse.rows(
        "SELECT count(*) FILTER (aqi <= 100) AS good, count(*) FILTER (aqi > 200) AS heavy"
        " FROM air.city_day_under('2026_transition') WHERE day < '2026-03-01'"
    )[0]
    assert (counted["good_days"] - 1, counted["heavy_days"]) == (under["good"], under["heavy"])
    assert under["good"] not in (0, 59)


def test_levels_ties_and_missing_days(warehouse):
    aqi = [50, 51, 100, 101, 150, 151, 200, 201, 300, 301, None]
    primary = [None, "PM2.5,O3", "O3", "PM10", "PM10", "NO2", "SO2", "CO", "PM2.5", "PM2.5", None]
    warehouse.fill("610100", "2019-06-01", "2019-06-11", aqi=aqi, primary_pollutants=primary)
    warehouse.rebuild("2019-06")
    row = warehouse.row("air.period_days", area_code="610100", period="2019-06", standard_set="each_day")
    assert [row[f"n_level_{n}"] for n in range(1, 7)] == [1, 2, 2, 2, 2, 1]
    assert (row["n_valid_days"], row["n_days"], row["good_days"], row["heavy_days"]) == (10, 11, 3, 3)
    assert row["good_days_pct"] == 30.0
    counts = {p: row[f"primary_days_{p}"] for p in ("pm25", "pm10", "so2", "no2", "o3", "co")}
    assert counts == {"pm25": 3, "pm10": 2, "so2": 1, "no2": 1, "o3": 2, "co": 1}


def test_a_region_averages_ratios_and_sums_heavy_city_days(warehouse):
    for n, code in enumerate(LIST_2018):
        good = [50] * n + [250] * (30 - n)
        warehouse.fill(code, "2019-06-01", "2019-06-30", aqi=good)
    warehouse.con.execute(
        "UPDATE air.city_day SET aqi = NULL WHERE city_code = '140700' AND day > '2019-06-15'"
    )
    warehouse.rebuild("2019-06")
    row = warehouse.row("air.period_days", area_code="fenwei_2018", period="2019-06", standard_set="2012")
    ratios = [n / 30 * 100 for n in range(11)]
    assert row["good_days_pct"] == round(sum(ratios) / 11, 1)
    assert row["good_days"] == 5 and row["heavy_city_days"] == 30 * 11 - 55 - 15
    assert row["n_valid_days"] == pytest.approx((10 * 30 + 15) / 11) and row["n_cities"] == 11


def test_the_golden_season_back_computed_from_the_result_letter(warehouse):
    """Fen-Wei 79 → 70 prints −11.4 %, heavy city-days 233 → 152 (letter on the season 2019–2020)."""
    for n, code in enumerate(LIST_2018):
        for first, last, pm25, heavy in (
            ("2018-10-01", "2019-03-31", 79.2, 233),
            ("2019-10-01", "2020-03-31", 69.9, 152),
        ):
            of_city = heavy // 11 + (n < heavy % 11)
            start = date.fromisoformat(first)
            warehouse.fill(
                code, first, last, pm25_ugm3=pm25,
                aqi=lambda d, start=start, k=of_city: 201 if d < start + timedelta(days=k) else 90,
            )  # fmt: skip
    document = warehouse.evaluate("region", "fenwei", "2019-winter")
    item = next(i for i in document["items"] if (i["pollutant"], i["statistic"]) == ("PM2.5", "mean"))
    assert (item["value_printed"], item["before"], item["change_pct"]) == (70, 79, -11.4)
    assert document["days"]["now"]["fixed"]["heavy_city_days"] == 152
    assert document["days"]["before"]["fixed"]["heavy_city_days"] == 233
