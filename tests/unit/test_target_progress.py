from datetime import date

import pytest

from pipelines.air.targets import rebuild_target_decomposition, rebuild_target_progress

XIAN = "610100"
CITIES_2018 = (
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
)


def set_target(
    warehouse, metric, value, *, area=XIAN, kind="city", period="2019-06", target_id="t", parent=None
):
    warehouse.con.execute(
        "INSERT INTO ref.target BY NAME SELECT $id AS target_id, $parent AS parent_id, $kind AS area_kind,"
        " $area AS area_code, $period AS period, $metric AS metric, $value AS target_value, 'x' AS sha256",
        {
            "id": target_id,
            "parent": parent,
            "kind": kind,
            "area": area,
            "period": period,
            "metric": metric,
            "value": value,
        },
    )


def progress(warehouse, day, target_id="t"):
    refused = rebuild_target_progress(warehouse.con, date.fromisoformat(day))
    assert not [r for r in refused if r["target_id"] == target_id]
    return warehouse.row("air.target_progress", target_id=target_id, as_of_day=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("value", "target", "verdict", "allowed"),
    [
        (30.0, 30, "on_track", 30.0),
        (40.0, 30, "behind", 20.0),
        (60.0, 30, "out_of_reach", 0.0),
        (20.0, 30, "on_track", 40.0),
    ],
)
def test_what_the_rest_of_a_month_may_average(warehouse, value, target, verdict, allowed):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-15", pm25_ugm3=value)
    set_target(warehouse, "pm25_mean", target)
    row = progress(warehouse, "2019-06-15")
    assert (row["value_so_far"], row["n_valid_days"], row["n_days_left"]) == (value, 15, 15)
    assert (row["allowed_mean_rest_ugm3"], row["verdict"]) == (pytest.approx(allowed), verdict)
    assert (row["method"], row["on_track"]) == ("rest_as_so_far", verdict == "on_track")


def test_days_that_are_missing_do_not_count_in_the_mean(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-15", pm25_ugm3=[None] + [40.0] * 14)
    set_target(warehouse, "pm25_mean", 35)
    row = progress(warehouse, "2019-06-15")
    assert row["allowed_mean_rest_ugm3"] == pytest.approx((35 * 29 - 40 * 14) / 15)


@pytest.mark.parametrize(("rest_before", "verdict"), [(20.0, "on_track"), (20.1, "behind")])
def test_the_rest_is_reckoned_as_last_year_where_that_is_known(warehouse, rest_before, verdict):
    warehouse.fill(XIAN, "2018-06-01", "2018-06-30", pm25_ugm3=lambda d: 99.0 if d.day <= 15 else rest_before)
    warehouse.fill(XIAN, "2019-06-01", "2019-06-15", pm25_ugm3=40.0)
    set_target(warehouse, "pm25_mean", 30)
    row = progress(warehouse, "2019-06-15")
    assert (row["verdict"], row["method"]) == (verdict, "rest_as_last_year")


@pytest.mark.parametrize(("value", "verdict"), [(30.4, "met"), (30.5, "met"), (30.6, "failed")])
def test_the_end_is_judged_by_the_printed_value(warehouse, value, verdict):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=value)
    set_target(warehouse, "pm25_mean", 30)
    row = progress(warehouse, "2019-06-30")
    assert (row["verdict"], row["method"], row["allowed_mean_rest_ugm3"]) == (verdict, "final", None)


def test_insufficient_data_are_never_a_pass(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=[5.0] * 26 + [None] * 4)
    set_target(warehouse, "pm25_mean", 30)
    row = progress(warehouse, "2019-06-30")
    assert (row["verdict"], row["on_track"]) == ("insufficient", None)


def test_later_days_do_not_count_as_of_an_earlier_day(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=lambda d: 10.0 if d.day <= 10 else 500.0)
    set_target(warehouse, "pm25_mean", 30)
    assert progress(warehouse, "2019-06-10")["value_so_far"] == 10
    assert progress(warehouse, "2019-06-30")["verdict"] == "failed"
    assert len(warehouse.rows("SELECT * FROM air.target_progress WHERE target_id = 't'")) == 2


def test_a_period_that_has_not_begun(warehouse):
    warehouse.fill(XIAN, "2019-05-01", "2019-05-31")
    set_target(warehouse, "pm25_mean", 30)
    row = progress(warehouse, "2019-05-31")
    assert (row["verdict"], row["method"], row["n_days_left"]) == ("insufficient", "not_started", 30)


@pytest.mark.parametrize(
    ("n_good", "target", "verdict", "needed"),
    [(10, 20, "on_track", 10), (10, 21, "behind", 11), (10, 26, "out_of_reach", 16), (15, 15, "met", 0)],
)
def test_good_days_still_needed(warehouse, n_good, target, verdict, needed):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-15", aqi=[100] * n_good + [101] * (15 - n_good))
    set_target(warehouse, "good_days", target)
    row = progress(warehouse, "2019-06-15")
    assert (row["good_days_needed"], row["verdict"]) == (needed, verdict)


@pytest.mark.parametrize(
    ("n_good", "target", "needed", "verdict"),
    [
        (10, 80.0, 14, "on_track"),
        (10, 66.7, 10, "on_track"),
        (8, 80.0, 16, "out_of_reach"),
        (15, 50.0, 0, "met"),
    ],
)
def test_share_of_good_days_by_what_it_will_print(warehouse, n_good, target, needed, verdict):
    """20 of 30 days print as 66.7 %, so ten more suffice; last year's rest was all good."""
    warehouse.fill(XIAN, "2018-06-01", "2018-06-30", aqi=50)
    warehouse.fill(XIAN, "2019-06-01", "2019-06-15", aqi=[100] * n_good + [101] * (15 - n_good))
    set_target(warehouse, "good_days_pct", target)
    row = progress(warehouse, "2019-06-15")
    assert (row["good_days_needed"], row["verdict"]) == (needed, verdict)


@pytest.mark.parametrize(
    ("n_heavy", "n_days", "target", "left", "verdict"),
    [
        (2, 15, 4, 2, "on_track"),
        (3, 15, 4, 1, "behind"),
        (5, 15, 4, -1, "out_of_reach"),
        (4, 30, 4, 0, "met"),
        (5, 30, 4, -1, "failed"),
    ],
)
def test_heavy_days_left(warehouse, n_heavy, n_days, target, left, verdict):
    warehouse.fill(XIAN, "2019-06-01", f"2019-06-{n_days}", aqi=[201] * n_heavy + [200] * (n_days - n_heavy))
    set_target(warehouse, "heavy_days", target)
    row = progress(warehouse, f"2019-06-{n_days}")
    assert (row["heavy_days_left"], row["verdict"]) == (left, verdict)


def test_too_many_heavy_days_is_certain_even_with_missing_days(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", aqi=[201] * 5 + [None] * 25)
    set_target(warehouse, "heavy_days", 4)
    assert progress(warehouse, "2019-06-30")["verdict"] == "failed"


def test_regions_average_concentrations_and_add_heavy_city_days(warehouse):
    for n, code in enumerate(CITIES_2018):
        warehouse.fill(code, "2019-06-01", "2019-06-30", pm25_ugm3=20.0 + n, aqi=[250] * n + [90] * (30 - n))
    set_target(warehouse, "pm25_mean", 25, area="fenwei", kind="region")
    set_target(warehouse, "heavy_days", 54, area="fenwei", kind="region", target_id="heavy")
    row = progress(warehouse, "2019-06-30")
    assert (row["value_so_far"], row["verdict"], row["area_code"]) == (25, "met", "fenwei")
    heavy = warehouse.row("air.target_progress", target_id="heavy")
    assert (heavy["value_so_far"], heavy["heavy_days_left"], heavy["verdict"]) == (55, -1, "failed")


@pytest.mark.parametrize(
    ("before", "now", "verdict"), [(79.0, 70.0, "met"), (79.0, 77.0, "failed"), (100.0, 97.0, "met")]
)
def test_a_change_target_becomes_an_amount(warehouse, before, now, verdict):
    """−3 % of 79 is 76.63: 77 µg/m³ is only −2.5 %."""
    warehouse.fill(XIAN, "2018-06-01", "2018-06-30", pm25_ugm3=before)
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30", pm25_ugm3=now)
    set_target(warehouse, "pm25_mean_change_pct", -3)
    row = progress(warehouse, "2019-06-30")
    assert row["target_absolute"] == pytest.approx(before * 0.97) and row["verdict"] == verdict


def test_the_base_of_a_change_comes_from_published_results_where_own_data_lack(warehouse):
    for code in CITIES_2018:
        warehouse.fill(code, "2019-10-01", "2020-03-31", pm25_ugm3=70.0, aqi=90)
    row = progress(warehouse, "2020-03-31", "official-2019-winter-fenwei-pm25")
    assert (row["target_absolute"], row["verdict"]) == (pytest.approx(79 * 0.97), "met")
    base_missing = warehouse.row("air.target_progress", target_id="official-2018-winter-pm25")
    assert base_missing["verdict"] == "insufficient"


def test_a_target_that_cannot_be_read_is_named(warehouse):
    set_target(warehouse, "pm25_mean", 30, period="next year")
    set_target(warehouse, "ozone_mean", 30, target_id="u")
    refused = {r["target_id"]: r for r in rebuild_target_progress(warehouse.con, date(2019, 6, 30))}
    assert "next year" in refused["t"]["zh"] and "accepted forms" in refused["t"]["en"]
    assert "ozone_mean" in refused["u"]["zh"]


def test_an_area_without_a_list_is_insufficient_not_left_out(warehouse):
    warehouse.fill(XIAN, "2019-06-01", "2019-06-30")
    set_target(warehouse, "pm25_mean", 30, area="no_such_region", kind="region")
    assert progress(warehouse, "2019-06-30")["verdict"] == "insufficient"


@pytest.mark.parametrize(
    ("kind", "metric", "parent", "children", "expected"),
    [
        ("region", "heavy_days", 100, (40, 50), (90, 10, 0, True, True)),
        ("region", "heavy_days", 100, (60, 50), (110, 0, 10, True, False)),
        ("region", "good_days", 500, (240, 250), (490, 10, 0, True, False)),
        ("region", "pm25_mean", 50, (48, 56), (52, 0, 2, False, False)),
        ("region", "pm25_mean", 50, (44, 56), (50, 0, 0, False, True)),
        ("region", "good_days_pct", 80, (78, 84), (81, 0, 1, False, True)),
        ("city", "heavy_days", 10, (8, 10), (9, 1, 0, False, True)),
    ],
)
def test_decomposition(warehouse, kind, metric, parent, children, expected):
    set_target(warehouse, metric, parent, kind=kind, area="p", target_id="p")
    for n, child in enumerate(children):
        set_target(warehouse, metric, child, target_id=f"c{n}", parent="p")
    set_target(warehouse, metric, 999, target_id="other", parent="p", period="2018")
    rebuild_target_decomposition(warehouse.con)
    row = warehouse.row("air.target_decomposition", target_id="p")
    assert row["n_children"] == 2
    found = (
        row["children_value"],
        row["unassigned"],
        row["over_assigned"],
        row["additive"],
        row["covers_parent"],
    )
    assert found == expected
