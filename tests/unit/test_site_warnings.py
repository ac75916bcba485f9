"""Warnings on the map and beside a city: in force, past their end, still to begin."""

from datetime import date
from pathlib import Path

import pytest
import site_worlds as worlds
from site_read import data_of, of_map
from test_site_build import build


@pytest.fixture
def database(tmp_path: Path):
    """A new file and the connection that fills it."""
    path = tmp_path / "fenwei.duckdb"
    yield path, worlds.empty(path)


@pytest.mark.parametrize("state", ["draft", "lifted", "cancelled", "expired", "superseded"])
def test_only_warnings_in_force_make_badges(database, tmp_path, state):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.insert(con, "emergency.warning", [worlds.warning() | {"state": state}])
    worlds.close(con)
    build(path, tmp_path / "site")
    assert set(of_map(data_of(tmp_path / "site"), "warning")) == {None}


@pytest.mark.parametrize(("hour", "late"), [(8, True), (10, False)])
def test_a_warning_past_its_end_says_so(database, tmp_path, hour, late):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.insert(
        con, "emergency.warning", [worlds.warning() | {"end_at": worlds.datetime(2026, 3, 10, hour)}]
    )
    worlds.close(con)
    build(path, tmp_path / "site")
    data = data_of(tmp_path / "site")
    assert [p for p in of_map(data, "warning_phase") if p] == ["overdue" if late else "in_force"]
    fact = next(f for f in data["city/610100/recent"]["facts"] if f.get("warning"))
    assert ("逾期未解除" in fact["note"]["zh"]) is late and f"03-10 {hour:02d}:00" in fact["note"]["zh"]
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert ("1 市逾期未解除" in page) is late and ("past its end and not lifted" in page) is late


@pytest.mark.parametrize(("hour", "coming"), [(8, False), (12, True)])
def test_a_warning_issued_and_not_begun_is_shown_as_such(database, tmp_path, hour, coming):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    starts = worlds.datetime(2026, 3, 10, hour)
    worlds.insert(con, "emergency.warning", [worlds.warning() | {"start_at": starts}])
    worlds.close(con)
    build(path, tmp_path / "site")
    data = data_of(tmp_path / "site")
    assert [p for p in of_map(data, "warning_phase") if p] == ["coming" if coming else "in_force"]
    figures = [data["now"]["charts"][0]["shown"][0][kind] for kind in ("figure", "phone")]
    texts = [figure["layout"]["annotations"][0]["text"]["zh"] for figure in figures]
    assert [f"{hour}:00 起" in t for t in texts] == [coming, coming] and all("【演" in t for t in texts)
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert ("1 市预警已发布、尚未开始（其中【演练】1 市）" in page) is coming
    emergency = (tmp_path / "site/emergency.html").read_text(encoding="utf-8")
    assert ("其中尚未开始 1 个" in emergency) is coming and (
        "1 of them still to begin" in emergency
    ) is coming
    assert ("1 市处于预警响应之中" in page) is not coming
    fact = next(f for f in data["city/610100/recent"]["facts"] if f.get("warning"))
    assert ("尚未开始" in fact["note"]["zh"] and "03-10 12:00 起" in fact["note"]["zh"]) is coming


def test_of_two_warnings_the_one_in_force_is_shown(database, tmp_path):
    path, con = database
    worlds.add_days(con, date(2026, 3, 1), 9)
    later = {"warning_id": "W2", "level": "red", "level_rule": "red"} | {
        "start_at": worlds.datetime(2026, 3, 11)
    }
    worlds.insert(con, "emergency.warning", [worlds.warning(), worlds.warning() | later])
    worlds.close(con)
    build(path, tmp_path / "site")
    assert [w for w in of_map(data_of(tmp_path / "site"), "warning") if w] == ["orange"]
