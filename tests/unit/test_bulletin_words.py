"""What bulletins say in odd cases: January, a month under way, a new standard, targets of other days, names of periods."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bulletin_worlds import MOMENT, world
from site_worlds import insert

from dashboards.bulletin import words
from dashboards.bulletin.month_targets import targets_text
from dashboards.pictures.bulletin_calendar import bulletin_calendar
from dashboards.pictures.sheet import Sheet
from pipelines.air import periods
from pipelines.air.regions import rebuild_region_day
from pipelines.bulletin.gather import day_bulletin, month_bulletin
from pipelines.bulletin.products import context_of, write


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """October 2026 and 2025, moved to January and February 2028 (a leap year) and the year before as well."""
    made = world(tmp_path_factory.mktemp("words") / "w.duckdb")
    for table, key in (("air.city_day", "city_code"), ("air.unit_day", "unit_id")):
        for first, months in (
            (date(2026, 10, 1), ("2028-01-01", "2028-02-01")),
            (date(2025, 10, 1), ("2027-01-01", "2027-02-01")),
        ):
            for month in months:
                made.execute(
                    f"INSERT INTO {table} BY NAME SELECT * REPLACE (($to::DATE + (day - $from::DATE)::INTEGER) AS day,"
                    f" '2026_transition' AS standard_set) FROM {table}"
                    " WHERE day BETWEEN $from AND $from + INTERVAL 30 DAY"
                    f" AND month($to::DATE + (day - $from::DATE)::INTEGER) = month($to::DATE) AND {key} IS NOT NULL",
                    {"from": first, "to": month},
                )  # fmt: skip
    rebuild_region_day(made, date(2028, 1, 1), date(2028, 2, 29))
    made.execute("DELETE FROM ref.target")
    target = {
        "area_kind": "city",
        "area_code": "610100",
        "metric": "pm25_mean",
        "target_value": 40.0,
        "document_no": "x",
        "verified": False,
    }
    insert(
        made,
        "ref.target",
        [
            target | {"target_id": "T-2028", "period": "2028"},
            target | {"target_id": "T-later", "period": "2028-winter"},
            target | {"target_id": "T-over", "period": "2026"},
            target | {"target_id": "T-list", "period": "2028", "area_kind": "region", "area_code": "fenwei"},
        ],
    )  # fmt: skip
    return made


def the_month(con: duckdb.DuckDBPyConnection, number: int, at: datetime) -> dict[str, Any]:
    return month_bulletin(con, periods.month(2028, number), "fenwei", at, "internal")


def test_january_is_told_once(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    made = the_month(con, 1, datetime(2028, 2, 5, 9))
    context = context_of(made)
    assert (context["items_year"], context["cities_year"]) == ([], [])
    assert context["lead_year"] == "1月为本年第一个月，累计与当月相同。"
    text = write(made, ["txt"], folder=tmp_path).text
    assert text.count("PM2.5平均浓度为") == 1 and "1月，累计排名与当月相同。" in text
    day = context_of(day_bulletin(con, date(2028, 1, 1), "fenwei", datetime(2028, 1, 2, 9), "internal"))
    assert (day["year_text"], day["rank_year"]) == ("同本月累计", "同本月排名")
    assert day["day_name"] == "昨日"
    later = context_of(day_bulletin(con, date(2028, 2, 1), "fenwei", datetime(2028, 2, 2, 9), "internal"))
    back = day_bulletin(con, date(2028, 1, 1), "fenwei", datetime(2028, 1, 5, 9), "internal")
    assert context_of(back)["day_name"] == "当日"
    assert later["year_name"] == "今年累计（1月1日—2月1日）" and later["year_text"].startswith("PM2.5为")


def test_the_last_of_february_is_compared_with_the_whole_february_before(
    con: duckdb.DuckDBPyConnection,
) -> None:
    made = day_bulletin(con, date(2028, 2, 29), "fenwei", datetime(2028, 3, 1, 9), "internal")
    span = made["month"]["period"]
    assert (span["n_days"], span["before_until"]) == (29, date(2027, 2, 28))
    assert made["month"]["items"]["PM2.5"]["change"] is not None
    # 单日没有上年同日：2 月 29 日与上年末日比，平年没有这一天 | the day itself has no counterpart
    assert context_of(made)["month_name"] == "本月累计（2月1日—29日）"


def test_targets_stand_as_on_the_last_day_of_the_bulletin(con: duckdb.DuckDBPyConnection) -> None:
    made = the_month(con, 1, datetime(2028, 6, 5, 9))
    rows = {r["target_id"]: r for r in made["targets"]}
    assert set(rows) == {"T-2028", "T-list"}
    assert rows["T-2028"]["as_of_day"] == date(2028, 1, 31) and rows["T-2028"]["n_days_left"] == 335
    assert rows["T-list"]["name_zh"].startswith("汾渭平原")
    told = context_of(made)
    assert told["targets"][0]["period"] == "2028年" and told["targets_text"].startswith(
        "目标2项，截至1月31日"
    )
    assert targets_text([]) == "本时段没有已录入的空气质量目标。"


def test_a_year_before_under_another_standard_is_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    crossed = month_bulletin(con, periods.month(2026, 10), "fenwei", MOMENT, "internal")
    assert crossed["month"]["sets_before"] == ["2012年版标准"]
    notes = "".join(context_of(crossed)["notes"])
    assert "上年同期当时执行2012年版标准，此处按2026年版标准（过渡期）由原监测值重新计算" in notes
    assert "与当时的公布值不可直接比较" in notes
    same = the_month(con, 1, datetime(2028, 2, 5, 9))
    assert "上年同期当时执行" not in "".join(context_of(same)["notes"])


def test_a_month_under_way_says_so_and_its_picture_holds_its_legend(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = the_month(con, 2, datetime(2028, 2, 4, 9))
    assert context_of(made)["lead"][0].startswith("2月（截至3日），")
    seen: list[tuple[float, float]] = []
    widths: list[float] = []
    text, init = Sheet.text, Sheet.__init__

    def spy(self: Sheet, x: float, y: float, told: str, *rest: Any, **more: Any) -> None:
        seen.append((x, len(told) * 19))
        text(self, x, y, told, *rest, **more)

    def sized(self: Sheet, width: float, height: float, *rest: Any, **more: Any) -> None:
        widths.append(width)
        init(self, width, height, *rest, **more)

    monkeypatch.setattr(Sheet, "text", spy)
    monkeypatch.setattr(Sheet, "__init__", sized)
    bulletin_calendar("2028年2月", "汾渭平原", made["calendar"])
    assert max(x + long for x, long in seen[-6:]) <= widths[0]


def test_a_public_bulletin_says_what_it_leaves_out_and_no_command(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE OR REPLACE TEMP VIEW nothing AS SELECT 1")
    made = the_month(con, 1, datetime(2028, 2, 5, 9))
    public = made | {"about": made["about"] | {"class": "public"}, "coal": None, "warnings": []}
    told = context_of(public)
    assert told["coal_text"] == "煤炭消费进度为内部资料，公开版不列。"
    assert "--class" not in str(told)


def test_the_daily_text_fits_one_phone_screen(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    made = day_bulletin(con, date(2028, 2, 20), "fenwei", datetime(2028, 2, 21, 9), "internal")
    days = [date(2028, 2, 21) + timedelta(days=n) for n in range(3)]
    outlook = [
        {"day": d, "aqi_low": 90, "aqi_high": 240, "level_low": 2, "level_high": 5, "heavy_zh": ["西安", "渭南"],
         "issued_at": datetime(2028, 2, 21, 8),
         "is_baseline": False, "models": "bulletin"}
        for d in days
    ]  # fmt: skip
    text = write(made | {"outlook": {"cities": [], "days": outlook}}, ["txt"], folder=tmp_path).text
    # 每行 26 个汉字（西文算半个），一屏 36 行 | 26 wide letters a line, 36 lines a screen
    lines = sum(
        max(1, -(-int(sum(1 if ord(c) > 0x2E7F else 0.55 for c in line)) // 26)) for line in text.splitlines()
    )
    assert lines <= 36, text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026", "2026年"),
        ("2026-03", "2026年3月"),
        ("2026-Q1", "2026年第1季度"),
        ("2026-H2", "2026年下半年"),
        ("2025-winter", "2025—2026年秋冬季"),
        ("2025-winter-1", "2025—2026年秋冬季（10—12月）"),
        ("2025-10-01..2026-03-31", "2025-10-01..2026-03-31"),
    ],
)
def test_periods_are_named_as_people_write_them(name: str, told: str) -> None:
    assert words.period_zh(name) == told
