"""What is published is of one state: nothing stale, nothing unchecked, whatever came before or was interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import duckdb
import pytest
from homes import D5, STATION_LIST, Town

from pipelines import steps
from pipelines.due import due
from pipelines.home import open_home, remember
from warehouse.store import StoreError

FEBRUARY = [date(2019, 2, 1) + timedelta(days=i) for i in range(3)]
JUDGED = ("air.evaluation", "air.period_days", "air.ranking", "air.monitoring_month")


@contextmanager
def writing(town: Town) -> Iterator[duckdb.DuckDBPyConnection]:
    with town.context().store().writing("test") as con:
        yield con


def judged(town: Town) -> dict[str, list[tuple]]:
    with writing(town) as con:
        return {table: con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in JUDGED}


def test_data_that_skip_the_end_of_a_month_are_judged_as_if_they_came_at_once(tmp_path):
    step_by_step, at_once = Town(tmp_path / "a"), Town(tmp_path / "b")
    for town in (step_by_step, at_once):
        for day in range(5, 9):
            town.day(date(2019, 1, day))
    step_by_step.run()
    for town in (step_by_step, at_once):
        town.as_of = datetime(2019, 2, 4, 12)
        for day in FEBRUARY:
            town.day(day)
        town.run()
    found, wanted = judged(step_by_step), judged(at_once)
    assert wanted["air.monitoring_month"]
    for table in JUDGED:
        assert found[table] == wanted[table], table


def test_a_feed_that_stopped_lacks_its_days(tmp_path):
    town = Town(tmp_path / "home", datetime(2019, 1, 7, 12))
    town.day(D5)
    town.day(D5 + timedelta(days=1))
    town.run()
    assert due(town.context()).anything is False
    town.as_of = datetime(2019, 1, 31, 12)
    assert due(town.context()).anything
    town.run()
    with writing(town) as con:
        n_days, until = con.execute(
            "SELECT max(n_days), max(day_until) FROM air.evaluation WHERE period = '2019-01'"
        ).fetchall()[0]
    assert (n_days, until) == (30, date(2019, 1, 30))


def test_a_doubled_hour_blocks_until_it_is_mended(tmp_path):
    town = Town(tmp_path / "home")
    town.day(D5)
    town.take()
    with writing(town) as con:
        con.execute("INSERT INTO air.station_hour SELECT * FROM air.station_hour LIMIT 1")
    for moment in (town.as_of, datetime(2019, 6, 1, 12), datetime(2019, 6, 2, 12)):
        town.as_of = moment
        with pytest.raises(steps.BlockedError, match="station_hour_unique"):
            town.rest()
    assert not town.home.published.exists()


def test_going_back_to_an_earlier_station_list_takes_effect(tmp_path):
    town = Town(tmp_path / "home")
    (tmp_path / "a.csv").write_text(STATION_LIST, encoding="utf-8")
    (tmp_path / "b.csv").write_text("\n".join(STATION_LIST.splitlines()[:2]) + "\n", encoding="utf-8")
    counts = []
    for name in ("a.csv", "b.csv", "a.csv"):
        settings = remember(town.home, stations=str(tmp_path / name)).settings
        town.home = type(town.home)(town.home.root, settings)
        town.run()
        assert due(town.context()).anything is False
        with writing(town) as con:
            counts.append(con.execute("SELECT count(*) FROM ref.station").fetchall()[0][0])
    assert counts == [4, 1, 4]


def test_a_station_list_in_landing_beside_a_configured_one_is_looked_at_once(tmp_path):
    town = Town(tmp_path / "home")
    (tmp_path / "a.csv").write_text(STATION_LIST, encoding="utf-8")
    town.home = type(town.home)(
        town.home.root, remember(town.home, stations=str(tmp_path / "a.csv")).settings
    )
    path = town.put("other.csv", "\n".join(STATION_LIST.splitlines()[:2]) + "\n")
    town.run()
    assert town.file(path)["status"] == "ignored"
    assert due(town.context()).anything is False


def test_a_reviewed_day_of_the_future_and_of_a_station_is_refused(tmp_path):
    town = Town(tmp_path / "home")
    town.put(
        "reviewed.csv", "代码,日期,PM2.5,文号\n610100,2029-01-05,70,审〔1〕\n610100,2019-01-05,50,审〔1〕\n"
    )
    town.run()
    with writing(town) as con:
        assert con.execute("SELECT day FROM air.reviewed_day").fetchall() == [(D5,)]
        assert con.execute("SELECT reason_code FROM ops.rejected_value").fetchall() == [("row_in_future",)]
        assert con.execute("SELECT max(day) FROM air.city_day").fetchall() == [(D5,)]


def test_a_month_that_only_reviewed_values_filled_goes_with_them(tmp_path):
    town = Town(tmp_path / "home", datetime(2019, 7, 1, 12))
    head = "代码,日期,PM2.5,文号\n"
    town.put("reviewed.csv", head + "610100,2019-05-06,70,审〔1〕\n", at=100)
    town.run()
    town.put("reviewed.csv", head + "610100,2019-06-06,70,审〔1〕\n", at=200)
    town.run()
    with writing(town) as con:
        assert con.execute("SELECT day FROM air.city_day").fetchall() == [(date(2019, 6, 6),)]


def test_another_layout_is_refused_every_time(tmp_path):
    town = Town(tmp_path / "home")
    with writing(town) as con:
        con.execute("ALTER TABLE air.station_hour ADD COLUMN odd INTEGER")
        con.execute("UPDATE ops.about SET value = 'older' WHERE key = 'schema'")
    for _ in range(2):
        with pytest.raises(StoreError, match="odd INTEGER"), writing(town):
            pass


def test_settings_survive_odd_paths(tmp_path):
    home = open_home(tmp_path / "home")
    odd = 'a\nb"c\\d\te\x7f'
    assert remember(home, landing=odd).settings.landing == odd
    assert open_home(tmp_path / "home").settings.landing == odd


def test_a_failed_publication_is_not_told_as_done(tmp_path):
    town = Town(tmp_path / "home")
    town.day(D5)
    town.home.publish.mkdir()
    (town.home.publish / "versions").write_text("in the way", encoding="utf-8")
    context = town.context()
    steps.land_step(context)
    steps.refresh_step(context, None, force=False)
    with pytest.raises(OSError):
        steps.publish_step(context)
    with writing(town) as con:
        assert con.execute("SELECT status FROM ops.run WHERE run_id = ?", [context.run_id]).fetchall() == [
            ("failed",)
        ]


def test_a_value_that_another_file_overruled_stands_again_when_that_file_drops_it(tmp_path):
    town = Town(tmp_path / "home")
    head = "代码,日期,PM2.5,文号\n"
    town.put("r1.csv", head + "610100,2019-01-05,50,审〔1〕\n", at=100)
    town.put("r2.csv", head + "610100,2019-01-05,55,审〔2〕\n610100,2019-01-06,60,审〔2〕\n", at=200)
    town.run()
    query = "SELECT day, pm25_ugm3 FROM air.reviewed_day ORDER BY day"
    with writing(town) as con:
        assert con.execute(query).fetchall() == [(D5, 55.0), (D5 + timedelta(days=1), 60.0)]
    town.put("r2.csv", head + "610100,2019-01-06,60,审〔2〕\n", at=300)
    town.run()
    with writing(town) as con:
        assert con.execute(query).fetchall() == [(D5, 50.0), (D5 + timedelta(days=1), 60.0)]
    assert due(town.context()).anything is False
