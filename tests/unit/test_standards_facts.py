from datetime import date
from pathlib import Path

import pytest

from warehouse.standards import (
    POLLUTANTS,
    StandardsError,
    load,
    load_all,
    pollutant_of,
    set_in_force,
)
from warehouse.standards.load import FOLDER
from warehouse.standards.references import names_of


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2013, 1, 1), "2012"),
        (date(2026, 2, 28), "2012"),
        (date(2026, 3, 1), "2026_transition"),
        (date(2030, 12, 31), "2026_transition"),
        (date(2031, 1, 1), "2026_final"),
        (date(2099, 1, 1), "2026_final"),
    ],
)
def test_set_in_force(day, expected):
    assert set_in_force(day) == expected


def test_no_set_before_2013():
    with pytest.raises(StandardsError, match="2012-12-31"):
        set_in_force(date(2012, 12, 31))


def limit(standard, pollutant, averaging, grade=2):
    rows = load("limit").set_index(["limit_standard", "pollutant", "averaging", "grade"])["limit_value"]
    return rows[(standard, pollutant, averaging, grade)]


def test_limits():
    old, step, final = "GB3095-2012", "GB3095-2026-transition", "GB3095-2026-final"
    assert [limit(s, "PM2.5", "annual") for s in (old, step, final)] == [35, 30, 25]
    assert [limit(s, "PM10", "24h") for s in (old, step, final)] == [150, 120, 100]
    assert [limit(s, "NO2", "24h") for s in (old, step, final)] == [80, 80, 50]
    assert [limit(s, "SO2", "annual", 1) for s in (old, step, final)] == [20, 20, 20]
    assert {limit(s, "O3", "8h") for s in (old, step, final)} == {160}
    assert {limit(s, "CO", "24h") for s in (old, step, final)} == {4}


def test_index_limits_are_grade_two_limits():
    sets = load("standard_set").set_index("standard_set")["limit_standard"]
    for row in load("index_limit").itertuples():
        averaging = {"mean": "annual", "p95": "24h", "p90": "8h"}[row.statistic]
        assert row.limit_value == limit(sets[row.standard_set], row.pollutant, averaging)
        assert row.weight == 1


def test_colours_agree_with_their_hex():
    for row in load("aqi_level").itertuples():
        assert row.hex == f"#{row.r:02X}{row.g:02X}{row.b:02X}"
    heavy = load("aqi_level").query("category_zh == '重度污染'")
    assert set(heavy["hex"]) == {"#99004C"}
    lows = load("aqi_level").query("level == 1").set_index("aqi_standard")["aqi_low"]
    assert (lows["HJ633-2012"], lows["HJ633-2026"]) == (0, 1)


def members(region, role="city"):
    rows = load("region_city").query("region_id == @region and role == @role")
    return set(rows["area_code"])


def test_regions():
    assert len(members("fenwei_2018")) == 11
    assert len(members("fenwei_2023")) == 13
    assert members("fenwei_2018") - members("fenwei_2023") == {"410300", "411200"}
    assert members("fenwei_2023") - members("fenwei_2018") == {"140100", "140300", "140400", "140500"}
    assert members("fenwei_2018", "unit") == {"610403", "610581", "xixian"}
    assert members("guanzhong", "observer") == {"610600", "411200"}
    assert len(members("guanzhong") | members("guanzhong", "unit")) == 12
    for year in ("2018", "2023"):
        parts = [members(f"{p}_fenwei_{year}") for p in ("shaanxi", "shanxi", "henan")]
        assert set.union(*parts) == members(f"fenwei_{year}")
    windows = load("region").set_index("region_id")
    assert str(windows.loc["fenwei_2018", "valid_to"].date()) == "2023-11-29"
    assert str(windows.loc["fenwei_2023", "valid_from"].date()) == "2023-11-30"


def places():
    """Code of the city or unit by every name it answers to."""
    found = {}
    for table, code in (("city", "city_code"), ("assessment_unit", "unit_id")):
        for row in load(table).fillna("").to_dict("records"):
            found |= dict.fromkeys(names_of(row), row[code])
    return found


def test_names_of_cities_and_units():
    found = places()
    assert found["西安"] == found["西安市"] == "610100"
    assert found["恩施州"] == found["恩施土家族苗族自治州"] == "422800"
    assert found["库尔勒"] == found["巴州"] == "652800"
    assert found["杨凌"] == "610403"
    assert found["韩城市"] == "610581"
    assert found["石河子"] == "659001"
    units = load("assessment_unit").set_index("unit_id")
    assert units["city_code"][["610403", "610581", "xixian"]].tolist() == ["610400", "610500", "610100"]
    assert units["in_city_mean"][["610403", "610581", "xixian", "330782"]].tolist() == [
        True,
        True,
        True,
        False,
    ]


def test_cities_cover_the_country():
    city = load("city")
    assert city["city_code"].is_unique
    assert city["name_zh"].is_unique
    assert city["province_code"].nunique() == 31
    assert len(city[~city["city_code"].str.match(r"\d{4}0[1-9]|\d{2}90")]) >= 333
    assert set(city.query("province_zh == '陕西省'")["short_zh"]) == {
        *("西安", "铜川", "宝鸡", "咸阳", "渭南"),
        *("延安", "汉中", "榆林", "安康", "商洛"),
    }


def test_what_nobody_read_is_marked():
    assert not load("episode_rule")["verified"].any()
    assert not load("quality_rule")["verified"].any()
    assert not load("dust_rule")["verified"].any()
    assert not load("receipt_rule")["verified"].any()
    assert not load("index_limit").query("standard_set != '2012'")["verified"].any()
    assert not load("validity_rule").query("rule.str.startswith('station')")["verified"].any()
    assert not load("assessment_unit").set_index("unit_id").loc["xixian", "verified"]
    assert load("limit")["verified"].all()
    assert load("iaqi_breakpoint")["verified"].all()


def test_impossible_values_leave_dust_storms_alone():
    rules = load("quality_rule").query("kind == 'range'").set_index("pollutant")
    assert set(rules.index) == set(POLLUTANTS)
    assert (rules["flag"] == "bad").all()
    assert rules.loc["PM10", "maximum"] > 10_000
    assert (load("quality_rule").query("kind != 'range'")["flag"] == "doubtful").all()


def test_all_tables_load():
    frames = load_all()
    assert len(frames["iaqi"]) > 20_000
    assert (frames["target"]["sha256"] == "").all()
    assert load("iaqi") is not load("iaqi")
    with pytest.raises(KeyError):
        load("nothing")


def test_item_names():
    assert pollutant_of("PM2.5_24h") == "PM2.5"
    with pytest.raises(KeyError):
        pollutant_of("PM1_24h")


STATIONS = Path(__file__).parents[3] / "shared" / "data" / "stations"


@pytest.mark.real
@pytest.mark.skipif(not STATIONS.is_dir(), reason="../shared/data/stations is absent")
def test_every_city_of_the_station_lists_resolves():
    import csv

    seen = set()
    for path in sorted(STATIONS.glob("*.csv")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        for row in csv.DictReader(text.splitlines()):
            seen |= {row[column] for column in ("城市", "地级行政区") if row.get(column)}
    assert len(seen) > 600
    assert seen - set(places()) == set()


def test_files_are_plain_text():
    for path in FOLDER.glob("*.csv"):
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
