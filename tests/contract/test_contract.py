"""The schema is the contract: every table documented in both languages, published as it stands, usable by readers."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse import checks
from warehouse.dictionary import (
    CHINESE_SCHEMA,
    SCHEMAS,
    Table,
    chinese_views_sql,
    code_words,
    read_dictionary,
)
from warehouse.publish import build_path, content_digest, publish, table_rows
from warehouse.store import Store, StoreError, open_read_only, schema_sql

CHINESE = re.compile(r"[\u4e00-\u9fff]")
TARGET = "official-2018-winter-heavy"
COLUMNS = (
    "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
    " WHERE NOT internal AND schema_name IN ('ref', 'ops', 'air', 'forecast', 'emergency', 'coal')"
    " ORDER BY schema_name, table_name, column_index"
)


@pytest.fixture(scope="module")
def contract() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    con.execute(schema_sql())
    yield con
    con.close()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published home without data, opened as a reader opens it."""
    from datetime import datetime

    root = tmp_path_factory.mktemp("contract")
    store = Store(root / "fenwei.duckdb")
    with store.writing("test") as con:
        con.execute(
            "INSERT INTO air.city_day (city_code, day, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3,"
            " co_mgm3, n_dust_hours, n_stations, n_stations_expected, n_stations_pm25, n_stations_pm10,"
            " n_stations_so2, n_stations_no2, n_stations_o3, n_stations_co, standard_set, state)"
            " VALUES ('610100', '2026-03-02', 60, 100, 10, 20, 80, 0.5, 0, 5, 5, 5, 5, 5, 5, 5, 5,"
            " '2026_transition', 'complete')"
        )
        con.execute(chinese_views_sql(read_dictionary(con)))
        digest, rows = content_digest(con), table_rows(con)
    publish(
        store.path, root / "publish", digest=digest, rows=rows, about={}, now=datetime(2026, 3, 3), keep=1,
        parquet=False,
    )  # fmt: skip
    con = open_read_only(build_path(root / "publish", "restricted"))
    yield con
    con.close()


def tables(con: duckdb.DuckDBPyConnection) -> list[Table]:
    return read_dictionary(con)


def test_every_table_and_column_is_described_in_both_languages(contract: duckdb.DuckDBPyConnection) -> None:
    bad = []
    for table in tables(contract):
        described = [(f"{table.schema}.{table.name}", table.zh, table.en)]
        described += [(f"{table.schema}.{table.name}.{c.name}", c.zh, c.en) for c in table.columns]
        bad += [
            name
            for name, zh, en in described
            if not (zh and en) or not (CHINESE.search(zh) or zh.isupper()) or CHINESE.search(en)
        ]
    assert not bad
    assert len(tables(contract)) > 30


def test_units_in_names_are_units_in_comments(contract: duckdb.DuckDBPyConnection) -> None:
    units = {"_ugm3": "µg/m³", "_mgm3": "mg/m³", "_pct": "%"}
    bad = [
        f"{t.schema}.{t.name}.{c.name}: {c.unit!r}"
        for t in tables(contract)
        for c in t.columns
        for suffix, unit in units.items()
        if c.name.endswith(suffix) and c.unit != unit
    ]
    assert not bad


def test_chinese_views_have_the_names_people_use(published: duckdb.DuckDBPyConnection) -> None:
    views = {
        name
        for (name,) in published.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = ?", [CHINESE_SCHEMA]
        ).fetchall()
    }
    assert {"城市日报", "站点小时", "站点日报", "城市小时", "来源文件", "质量标识"} <= views
    assert len(views) == len(tables(published))
    names = [c[0] for c in published.execute('SELECT * FROM 中文."城市日报"').description or []]
    assert {"城市代码", "日期", "AQI"} <= set(names)
    assert any(name.startswith("PM2.5") and name.endswith("(µg/m³)") for name in names)
    for view in views:
        assert published.execute(f'SELECT * FROM 中文."{view}" LIMIT 1').description


def test_views_show_what_the_tables_hold(published: duckdb.DuckDBPyConnection) -> None:
    words = code_words("数据状态：partial 未齐，complete 24小时齐，closed 逾期未齐，reviewed 审核")
    told = published.execute('SELECT * FROM 中文."城市日报"')
    place = [d[0] for d in told.description or []].index("数据状态")
    shown = [list(row) for row in told.fetchall()]
    held = [list(row) for row in published.execute("SELECT * FROM air.city_day").fetchall()]
    for row in held:
        row[place] = words[row[place]]
    assert shown == held != []


def test_published_columns_are_those_of_the_contract(
    contract: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection
) -> None:
    assert published.execute(COLUMNS).fetchall() == contract.execute(COLUMNS).fetchall()
    schemas = {row[0] for row in contract.execute(COLUMNS).fetchall()}
    assert {"ref", "ops", "air"} <= schemas <= set(SCHEMAS)


def test_macros_work_for_a_reader(published: duckdb.DuckDBPyConnection) -> None:
    row = published.execute(
        "SELECT iaqi('PM2.5_24h', 60, '2012'), iaqi('PM2.5_24h', 60, '2026_transition'), aqi_level(100),"
        " aqi_level(101), aqi_category(301), round_8170(2.5, 0), round_8170(0.15, 1)"
    ).fetchone()
    assert row == (82, 100, 2, 3, "严重污染", 2.0, 0.2)
    under = "SELECT aqi, primary_pollutants, standard_set FROM air.city_day_under(?)"
    assert published.execute(under.replace("?", "'2012'")).fetchall() == [(82, "PM2.5", "2012")]
    assert published.execute(under.replace("?", "'2026_transition'")).fetchall()[0][0] == 100


def test_a_reader_can_neither_write_nor_reach_files(
    published: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    for sql in (
        "DELETE FROM air.city_day",
        f"SELECT * FROM read_csv('{tmp_path}/a.csv')",
        f"COPY air.city_day TO '{tmp_path}/b.csv'",
        f"ATTACH '{tmp_path}/c.duckdb'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            published.execute(sql)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_the_schema_can_be_applied_twice(contract: duckdb.DuckDBPyConnection) -> None:
    before = contract.execute(COLUMNS).fetchall()
    contract.execute(schema_sql())
    assert contract.execute(COLUMNS).fetchall() == before


def test_a_warehouse_of_another_version_keeps_its_data(tmp_path: Path) -> None:
    store = Store(tmp_path / "fenwei.duckdb")
    with store.writing("test") as con:
        con.execute("INSERT INTO ops.day_state VALUES ('air.station_hour', '2019-01-05', 'x')")
        con.execute("UPDATE ref.target SET target_value = -9, sha256 = 'file' WHERE target_id = ?", [TARGET])
        con.execute("UPDATE ops.about SET value = 'older' WHERE key = 'schema'")
    with store.writing("test") as con:
        assert con.execute("SELECT count(*) FROM ops.day_state").fetchone() == (1,)
        imported = con.execute("SELECT target_value FROM ref.target WHERE target_id = ?", [TARGET])
        assert imported.fetchall() == [(-9,)], "an imported target stays in the place of the official one"
        con.execute("ALTER TABLE ops.day_state ADD COLUMN odd INTEGER")
        con.execute("UPDATE ops.about SET value = 'older' WHERE key = 'schema'")
    with pytest.raises(StoreError, match=r"ops\.day_state.*odd"), store.writing("test"):
        pass


def test_two_tables_cannot_share_a_chinese_name(contract: duckdb.DuckDBPyConnection) -> None:
    some = tables(contract)
    with pytest.raises(ValueError, match="Chinese name"):
        chinese_views_sql([some[0], some[0]])


def test_a_check_on_restricted_rows_gives_no_example_of_them():
    con = duckdb.connect()
    con.execute(schema_sql())
    known = {"first": date(2026, 1, 1), "last": date(2026, 1, 31), "as_of": datetime(2026, 2, 1)}
    sql = "SELECT '91610000MA6TXXXX0X' AS credit_code"
    for table, shown in (("coal.use_month", False), ("coal.balance", True)):
        result = checks.run_check(con, checks.Check("made_up", table, "flag", "有误", "wrong", sql), **known)
        assert result.n_bad == 1
        assert all(("91610000" in text) is shown for text in (result.sample, *result.told()))


def test_codes_that_a_comment_explains_read_chinese_in_the_chinese_views() -> None:
    assert code_words("状态：partial 未齐（今日），complete 24小时齐，closed 逾期未齐") == {
        "partial": "未齐", "complete": "24小时齐", "closed": "逾期未齐",
    }  # fmt: skip
    assert code_words("方法：area 为按面积加权，station 为站点平均") == {
        "area": "按面积加权",
        "station": "站点平均",
    }
    for plain in (
        "名称",
        "类别：city 或 unit",
        "级别：green, yellow, no_base 无同期，insufficient 数据不足",
        "种类：accept_file 确认文件",
    ):
        assert code_words(plain) == {}, "half of a list in Chinese would be worse than none"
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA air; CREATE TABLE air.city_day (day DATE, state VARCHAR)")
        con.execute(
            "COMMENT ON TABLE air.city_day IS '城市日报 | days | 公开'; COMMENT ON COLUMN air.city_day.day IS '日期 | day'"
        )
        con.execute(
            "COMMENT ON COLUMN air.city_day.state IS '数据状态：partial 未齐，complete 24小时齐 | state'"
        )
        con.execute("INSERT INTO air.city_day VALUES ('2026-01-01', 'complete'), ('2026-01-02', 'odd')")
        con.execute(chinese_views_sql(read_dictionary(con)))
        found = con.execute('SELECT "数据状态" FROM 中文."城市日报" ORDER BY "日期"').fetchall()
    assert found == [("24小时齐",), ("odd",)], "a code that no comment explains stays as it is"
