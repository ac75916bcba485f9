from datetime import date

from pipelines.air.regions import rebuild_region_day


def test_a_region_day_is_the_mean_of_the_cities_that_have_data(warehouse):
    warehouse.fill("610100", "2019-06-01", "2019-06-02", pm25_ugm3=[10.0, 30.0], aqi=[90, 210])
    warehouse.fill("610200", "2019-06-01", "2019-06-02", pm25_ugm3=[20.0, None], aqi=[210, None])
    warehouse.fill("610403", "2019-06-01", "2019-06-02", kind="unit", pm25_ugm3=999.0)
    warehouse.fill("130100", "2019-06-01", "2019-06-02", pm25_ugm3=999.0)
    rebuild_region_day(warehouse.con, date(2019, 6, 1), date(2019, 6, 2))
    first = warehouse.row("air.region_day", region_id="fenwei_2018", day=date(2019, 6, 1))
    assert (first["pm25_ugm3"], first["n_cities"], first["n_cities_expected"]) == (15, 2, 11)
    assert (first["n_good_cities"], first["n_heavy_cities"]) == (1, 1)
    assert (first["max_aqi"], first["max_aqi_city"]) == (210, "610200")
    second = warehouse.row("air.region_day", region_id="fenwei_2018", day=date(2019, 6, 2))
    assert second["pm25_ugm3"] == 30 and second["max_aqi_city"] == "610100"
    assert second["no2_ugm3"] == 20, "other pollutants keep both cities"


def test_lists_hold_only_while_they_are_valid(warehouse):
    warehouse.fill("410300", "2023-11-29", "2023-11-30", pm25_ugm3=100.0)
    warehouse.fill("140100", "2023-11-29", "2023-11-30", pm25_ugm3=50.0)
    rebuild_region_day(warehouse.con, date(2023, 11, 29), date(2023, 11, 30))
    rows = warehouse.rows(
        "SELECT region_id, day, pm25_ugm3, n_cities_expected FROM air.region_day"
        " WHERE starts_with(region_id, 'fenwei')"
    )
    found = {(r["region_id"], r["day"].day): (r["pm25_ugm3"], r["n_cities_expected"]) for r in rows}
    assert found == {("fenwei_2018", 29): (100, 11), ("fenwei_2023", 30): (50, 13)}


def test_only_the_window_is_replaced(warehouse):
    warehouse.fill("610100", "2019-06-01", "2019-06-03", aqi=None)
    rebuild_region_day(warehouse.con, date(2019, 6, 1), date(2019, 6, 3))
    warehouse.con.execute("UPDATE air.city_day SET pm25_ugm3 = 99")
    n = rebuild_region_day(warehouse.con, date(2019, 6, 2), date(2019, 6, 2))
    values = warehouse.rows(
        "SELECT pm25_ugm3 AS v, max_aqi, max_aqi_city FROM air.region_day"
        " WHERE region_id = 'fenwei_2018' ORDER BY day"
    )
    assert [v["v"] for v in values] == [20, 99, 20] and n > 0
    assert values[0]["max_aqi"] is None and values[0]["max_aqi_city"] is None
