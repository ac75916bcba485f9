from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from warehouse.standards import (
    DAY_COLUMN,
    DAY_ITEM,
    HOUR_ITEM,
    ITEMS,
    POLLUTANTS,
    aqi_tables,
    load_all,
    round_8170,
)
from warehouse.standards.spec import TABLES

SCHEMA = Path(warehouse.__file__).parent / "schema"
SETS = ("2012", "2026_transition", "2026_final")
TABLES_OF = aqi_tables(SETS)
CITY_DAY = f"""
CREATE SCHEMA IF NOT EXISTS air;
CREATE TABLE IF NOT EXISTS air.city_day (
    city_code VARCHAR, day DATE, {", ".join(f"{c} DOUBLE" for c in DAY_COLUMN.values())},
    o3_1h_max_ugm3 DOUBLE, n_stations SMALLINT, aqi SMALLINT, aqi_of_available SMALLINT,
    primary_pollutants VARCHAR, standard_set VARCHAR
);
"""


def columns_of(con, schema, table):
    return con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?",
        [schema, table],
    ).fetchall()


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    for path in sorted(SCHEMA.glob("*.sql")):
        if path.name not in ("03_air.sql", "90_macros.sql"):
            con.execute(path.read_text(encoding="utf-8"))
    for name, frame in load_all().items():
        if name == "coal_target":
            continue
        con.register("facts", frame)
        con.execute(f'INSERT INTO ref."{name}" BY NAME SELECT * FROM facts')
        con.unregister("facts")
    con.execute(CITY_DAY)
    con.execute((SCHEMA / "90_macros.sql").read_text(encoding="utf-8"))
    return con


def one(con, sql, *values):
    return con.execute(f"SELECT {sql}", list(values)).fetchall()[0][0]


def test_schema_can_be_run_again(con):
    for name in ("01_ref.sql", "90_macros.sql"):
        con.execute((SCHEMA / name).read_text(encoding="utf-8"))
    assert one(con, "count(*) FROM ref.standard_set") == 3


def test_columns_of_files_and_tables_agree(con):
    kinds = {"text": "VARCHAR", "int": "INTEGER", "number": "DOUBLE", "bool": "BOOLEAN", "date": "DATE"}
    kinds["decimal"] = "DECIMAL(18,6)"
    for name, table in TABLES.items():
        if name == "coal_target":
            continue
        have = columns_of(con, "ref", name)
        wanted = [(c.name, kinds[c.kind]) for c in table.columns]
        assert (sorted(have) if name == "target" else have) == (
            sorted(wanted) if name == "target" else wanted
        ), name


def test_every_table_and_column_is_explained(con):
    tables = con.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'ref'"
    ).fetchall()
    assert {name for name, _ in tables} == {*TABLES, "iaqi", "station"} - {"coal_target"}
    columns = con.execute(
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE schema_name = 'ref'"
    ).fetchall()
    for what, comment in tables + columns:
        parts = (comment or "").split(" | ")
        assert len(parts) in (2, 3), what
        assert all(part.strip() for part in parts), what
        assert any("\u4e00" <= ch <= "\u9fff" for ch in parts[0]) or "." in what, what


def test_empty_cells_arrive_as_null(con):
    assert one(con, "valid_to FROM ref.standard_set WHERE standard_set = '2026_final'") is None
    assert one(con, "count(*) FROM ref.who_guideline WHERE isnan(it3) OR isnan(it4)") == 0
    assert one(con, "count(it4) FROM ref.who_guideline") == 4
    assert one(con, "count(*) FROM ref.iaqi WHERE iaqi IS NULL") == 1
    assert one(con, "count(*) FROM ref.city WHERE aliases = ''") == 0


def test_tables_refuse_what_is_wrong(con):
    for sql in (
        "INSERT INTO ref.iaqi VALUES ('HJ633-2012', 'CO_1h', 0, 0, 0)",
        "INSERT INTO ref.iaqi VALUES ('HJ633-2012', 'CO_1h', 9999, 999.9, 501)",
        "UPDATE ref.\"limit\" SET unit = 'ppb'",
        "UPDATE ref.standard_set SET valid_to = DATE '2000-01-01'",
    ):
        with pytest.raises(duckdb.ConstraintException):
            con.execute(sql)


@pytest.mark.parametrize("standard_set", SETS)
def test_iaqi_agrees_with_the_tables_at_every_step(con, standard_set):
    row = SETS.index(standard_set)
    for i, item in enumerate(ITEMS):
        scale = 10 if item.startswith("CO") else 1
        steps = np.arange(TABLES_OF.max_step[i] + 50)
        frame = pd.DataFrame({"step": steps, "c": steps / scale})
        con.register("points", frame)
        got = con.execute(
            f"SELECT coalesce(iaqi('{item}', c, '{standard_set}'), -1) FROM points ORDER BY step"
        ).fetchnumpy()
        con.unregister("points")
        expected = TABLES_OF.lut[row, i, np.minimum(steps, TABLES_OF.max_step[i])]
        np.testing.assert_array_equal(next(iter(got.values())), expected, err_msg=item)


def test_iaqi_rounds_the_concentration_first(con):
    for concentration, expected in (
        (60.4, 100),
        (60.5, 100),
        (60.51, 101),
        (61.5, 102),
        (35.5, 52),
        (0.4, 0),
    ):
        assert one(con, "iaqi('PM2.5_24h', ?::DOUBLE, '2026_final')", concentration) == expected
    assert one(con, "iaqi('CO_24h', 2.2, '2026_final')") == 55
    assert one(con, "iaqi('CO_24h', 2.25, '2026_final')") == 55
    assert one(con, "iaqi('CO_24h', 2.35, '2026_final')") == 60


def test_iaqi_has_no_answer_for_nonsense(con):
    for args in (
        "'PM2.5_24h', NULL, '2012'",
        "'PM2.5_24h', -1, '2012'",
        "'PM2.5_24h', 'nan'::DOUBLE, '2012'",
        "'PM2.5_1h', 50, '2012'",
        "'PM2.5_24h', 50, '1996'",
        "'PM2.5_24h', 50, NULL",
        "NULL, 50, '2012'",
        "'O3_8h', 801, '2012'",
    ):
        assert one(con, f"iaqi({args})") is None, args
    assert one(con, "iaqi('O3_8h', 1e9, '2026_final')") == 300


def test_columns_named_like_the_arguments_are_not_captured(con):
    got = con.execute(
        "SELECT count(*) FILTER (iaqi(item, concentration, '2012') IS DISTINCT FROM iaqi) "
        "FROM ref.iaqi WHERE aqi_standard = 'HJ633-2012'"
    ).fetchall()[0]
    assert got == (0,)
    sql = """SELECT iaqi(item, concentration, standard), round_8170(x, digits), aqi_level(aqi)
             FROM (SELECT 'CO_1h' AS item, 65.4 AS concentration, '2012' AS standard, 3 AS step,
                          28.165 AS x, 2 AS digits, 301 AS aqi)"""
    assert con.execute(sql).fetchall()[0] == (218, 28.16, 6)


def check_rounding(con, values, digits):
    con.register("points", pd.DataFrame({"i": range(len(values)), "x": values}))
    got = con.execute(f"SELECT round_8170(x, {digits}) AS r FROM points ORDER BY i").fetchnumpy()["r"]
    con.unregister("points")
    np.testing.assert_array_equal(np.asarray(got, dtype=float), round_8170(np.array(values), digits))
    return got


@pytest.mark.parametrize("digits", [-3, -2, -1, 0, 1, 2, 3])
def test_rounding_agrees_on_ties_and_random_values(con, digits):
    rng = np.random.default_rng(8170)
    ties = [float((Decimal(k) + Decimal("0.5")).scaleb(-digits)) for k in range(-2000, 2000)]
    near = [float(np.nextafter(t, s)) for t in ties[::20] for s in (-1e9, 1e9)]
    got = check_rounding(
        con, [*ties, *near, *rng.normal(0, 300, 5000), *rng.random(2000), 1e12, -0.0], digits
    )
    expected = [float(Decimal(k if k % 2 == 0 else k + 1).scaleb(-digits)) for k in range(-2000, 2000)]
    np.testing.assert_array_equal(np.asarray(got[:4000], dtype=float), expected)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(-(10**8), 10**8), st.integers(0, 5)), min_size=1), st.integers(-2, 4))
def test_rounding_agrees_with_decimal(con, numbers, digits):
    exact = [Decimal(n).scaleb(-k) for n, k in numbers]
    got = check_rounding(con, [float(x) for x in exact], digits)
    expected = [float(x.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)) for x in exact]
    np.testing.assert_array_equal(np.asarray(got, dtype=float), expected)


def test_rounding_of_null_and_other_types(con):
    assert one(con, "round_8170(NULL, 1)") is None
    assert one(con, "round_8170(2.5::DECIMAL(9, 2), 0)") == 2
    assert one(con, "round_8170(7::TINYINT, 0)") == 7
    assert one(con, "signbit(round_8170(-0.2, 0))") is False


def test_levels_follow_the_table(con):
    bad = con.execute(
        """SELECT count(*) FROM ref.aqi_level AS l, range(0, 501) AS r(v)
           WHERE v BETWEEN aqi_low AND aqi_high
             AND (aqi_level(v) <> l.level OR aqi_category(v) <> category_zh)"""
    ).fetchall()[0]
    assert bad == (0,)
    assert [one(con, f"aqi_level({v})") for v in ("NULL", "-1", "0", "500")] == [None, None, 1, 6]
    assert one(con, "aqi_category(NULL)") is None
    assert one(con, "aqi_category(201)") == "重度污染"


def expected_row(values, o3_1h_max, standard_set, *, hour=False):
    """AQI of the available, AQI, primary pollutants: written again from the standard."""
    row = SETS.index(standard_set)

    def look_up(item, value):
        scale = 10 if item.startswith("CO") else 1
        i = ITEMS.index(item)
        step = round(round_8170(value, 1 if scale == 10 else 0) * scale)
        found = int(TABLES_OF.lut[row, i, min(step, TABLES_OF.max_step[i])])
        return None if found < 0 else found

    parts = {}
    for pollutant in POLLUTANTS:
        value = values[pollutant]
        if value is None:
            continue
        part = look_up((HOUR_ITEM if hour else DAY_ITEM)[pollutant], value)
        if part is None and o3_1h_max is not None:
            part = look_up("O3_1h", o3_1h_max)
        if part is not None:
            parts[pollutant] = part
    if not parts:
        return None, None, None
    highest = max(parts.values())
    skip = hour and standard_set == "2012"
    aqi = highest if skip or len(parts) == 6 or highest > 100 else None
    primary = (
        ",".join(p for p in POLLUTANTS if parts.get(p) == highest) if aqi is not None and aqi > 50 else None
    )
    return highest, aqi, primary


def random_days(n, seed=633):
    rng = np.random.default_rng(seed)
    scale = {"PM2.5": 40, "PM10": 60, "SO2": 30, "NO2": 35, "O3": 90, "CO": 1.0}
    frame = pd.DataFrame({DAY_COLUMN[p]: rng.gamma(1.5, scale[p], n) for p in POLLUTANTS})
    frame["o3_mda8_ugm3"] = frame["o3_mda8_ugm3"].where(rng.random(n) > 0.03, 850.0)
    frame["o3_1h_max_ugm3"] = frame["o3_mda8_ugm3"] * 1.3
    clean = rng.random(n) < 0.3
    frame[clean] *= 0.3
    for column in frame:
        frame[column] = frame[column].where(rng.random(n) > 0.02, np.nan)
    whole = rng.random(n) < 0.5
    frame.loc[whole] = frame[whole].round(0)
    return frame


@pytest.fixture(scope="module")
def days(con):
    frame = random_days(1200)
    frame.loc[0] = np.nan
    frame.loc[1] = [35, 50, 50, 40, 100, 2.0, 160]
    frame.loc[2] = [36, 50, 50, 40, 102, 2.08, 160]
    frame.loc[3] = [60, 120, 10, 80, 160, 4.0, 160]
    frame["day"] = [date(2020, 1, 1) + timedelta(i) for i in range(len(frame))]
    frame["city_code"], frame["n_stations"], frame["standard_set"], frame["aqi"] = "610100", 7, "2012", 499
    con.register("frame", frame)
    con.execute("DELETE FROM air.city_day; INSERT INTO air.city_day BY NAME SELECT * FROM frame")
    con.unregister("frame")
    return frame.astype(object).where(frame.notna(), None)


@pytest.mark.parametrize("standard_set", SETS)
def test_city_days_under_a_set(con, days, standard_set):
    got = con.execute(
        "SELECT aqi_of_available, aqi, primary_pollutants "
        f"FROM air.city_day_under('{standard_set}') ORDER BY day"
    ).fetchall()
    expected = [
        expected_row({p: row[DAY_COLUMN[p]] for p in POLLUTANTS}, row["o3_1h_max_ugm3"], standard_set)
        for _, row in days.iterrows()
    ]
    assert got == expected
    assert {(None, None, None), (50, 50, None)} <= set(got)
    assert any(aqi is None and available is not None for available, aqi, _ in got)
    assert any(primary and "," in primary for _, _, primary in got)


def test_under_a_set_other_columns_stay(con, days):
    columns = [c for c, _ in columns_of(con, "air", "city_day")]
    under = con.execute("SELECT * FROM air.city_day_under('2026_final') LIMIT 0").description
    assert [c[0] for c in under] == columns
    kept = ", ".join(
        c for c in columns if c not in ("aqi", "aqi_of_available", "primary_pollutants", "standard_set")
    )
    difference = con.execute(
        f"SELECT {kept} FROM air.city_day EXCEPT ALL SELECT {kept} FROM air.city_day_under('2026_final')"
    ).fetchall()
    assert difference == []
    assert con.execute("SELECT DISTINCT standard_set FROM air.city_day_under('2026_final')").fetchall() == [
        ("2026_final",)
    ]


def test_hours_skip_what_is_missing_only_before_2026(con, days):
    args = ", ".join(DAY_COLUMN[p] for p in ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO"))
    for standard_set in SETS:
        got = con.execute(
            f"""SELECT a.aqi_of_available, a.aqi, a.primary_pollutants FROM (
                    SELECT day, aqi_hour_row({args}, '{standard_set}') AS a FROM air.city_day) ORDER BY day"""
        ).fetchall()
        expected = [
            expected_row({p: row[DAY_COLUMN[p]] for p in POLLUTANTS}, None, standard_set, hour=True)
            for _, row in days.iterrows()
        ]
        assert got == expected


def test_each_row_can_have_its_own_set(con, days):
    args = "pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, o3_1h_max_ugm3, co_mgm3"
    got = con.execute(
        f"""SELECT count(*), count(*) FILTER (mixed IS DISTINCT FROM fixed) FROM (
                SELECT aqi_row({args}, s) AS mixed,
                       CASE s WHEN '2012' THEN aqi_row({args}, '2012')
                              ELSE aqi_row({args}, '2026_final') END AS fixed
                FROM (SELECT *, CASE WHEN month(day) < 7 THEN '2012' ELSE '2026_final' END AS s
                      FROM air.city_day))"""
    ).fetchall()[0]
    assert got == (len(days), 0)
