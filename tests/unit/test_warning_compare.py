"""Cities of a region in one episode: what is flagged, what is not, and the command that shows it."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from prepared import fresh
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner
from warning_homes import FULL, NATIONAL, NOW, approved, context, running

from dashboards.terminal.warning_compare import COLUMNS, cells_of
from pipelines.cli.main import app
from pipelines.emergency.comparison.document import compare
from pipelines.emergency.comparison.model import CityFacts, Due, Warned
from pipelines.emergency.comparison.read import Episode, city_facts, episode_around
from pipelines.emergency.life import adjust
from pipelines.emergency.life.mirror import mirror
from pipelines.emergency.life.orders import enter
from pipelines.emergency.life.papers import Papers
from pipelines.emergency.proposal.orders import Order

START = datetime(2026, 12, 3)
END = datetime(2026, 12, 6)
ISSUED = datetime(2026, 12, 1, 16)
AS_OF = datetime(2026, 12, 7)
WARNED = Warned(
    ("W-1",), "orange", "lifted", ISSUED, START, END, START, END, ((ISSUED, "orange", "approve"),), True
)
DUE = Due("orange", START, END, ISSUED)
CUTS = {("orange", p): (25.0, 20.0) for p in ("SO2", "NOx", "PM", "VOCs")}
GOOD = CityFacts(
    "610100",
    "西安市",
    forecast=DUE,
    observed=DUE,
    warned=WARNED,
    lead_needed_h=24,
    list_version="L-1",
    cuts=CUTS,
)


def flags(city, *others, as_of=AS_OF):
    return [f["code"] for f in compare([city, *others], as_of)[0]["flags"]]


def warned(**changes):
    return replace(GOOD, warned=replace(WARNED, **changes))


def test_a_city_that_did_as_the_rule_says_has_no_flag():
    assert flags(GOOD) == []
    assert flags(CityFacts("610200", "铜川市")) == []


def test_a_missing_warning():
    assert flags(replace(GOOD, warned=None)) == ["missing_warning"]
    assert flags(replace(GOOD, warned=None, forecast=Due())) == ["missing_by_observations"]
    assert flags(replace(GOOD, warned=None, forecast=Due(), observed=Due(), order=Due("yellow", START))) == [
        "missing_warning"
    ]
    assert flags(replace(GOOD, warned=None, forecast=Due("precaution", START, END), observed=Due())) == []


def test_a_level_below_rule_or_order():
    assert flags(warned(level="yellow"))[0] == "weaker_level"
    above = compare([replace(GOOD, order=Due("red", START, END, ISSUED))], AS_OF)[0]
    assert (above["level_due"], above["due_by"]) == ("red", "order")
    assert "the order gives red" in above["flags"][0]["en"]


def test_a_level_above_rule_and_observations_is_told():
    red = {("red", p): (35.0, 30.0) for p in ("SO2", "NOx", "PM", "VOCs")}
    assert flags(replace(warned(level="red"), cuts=red)) == ["stricter_level"]
    assert flags(replace(warned(level="red"), cuts=red, observed=replace(DUE, level="red"))) == []


def test_a_late_start_against_rule_and_order():
    late = warned(response_at=START + timedelta(hours=3))
    assert flags(late) == ["late_against_rule"]
    assert flags(replace(late, order=replace(DUE, end=END))) == ["late_against_order"]
    assert flags(warned(response_at=START - timedelta(hours=3))) == []


def test_nobody_is_late_for_what_was_not_known():
    known = START + timedelta(hours=5)
    city = replace(warned(response_at=known), forecast=replace(DUE, known_at=known))
    assert "late_against_rule" not in flags(city)


def test_a_late_start_against_the_neighbours_needs_two_of_them():
    late = replace(warned(response_at=START + timedelta(hours=13)), forecast=replace(DUE, start=None))
    others = [replace(GOOD, city_code=str(n)) for n in range(2)]
    assert flags(late, *others) == ["late_against_neighbours"]
    assert flags(late, others[0]) == []
    just = replace(late, warned=replace(WARNED, response_at=START + timedelta(hours=12)))
    assert flags(just, *others) == []


def test_short_notice():
    assert flags(warned(issued_at=START - timedelta(hours=23))) == ["short_notice"]
    assert flags(warned(issued_at=START - timedelta(hours=24))) == []


def test_measures_below_the_ratio_at_the_level_issued():
    weak = replace(GOOD, cuts=CUTS | {("orange", "NOx"): (19.9, 20.0), ("red", "SO2"): (1.0, 30.0)})
    row = compare([weak], AS_OF)[0]
    assert [f["code"] for f in row["flags"]] == ["weaker_measures"]
    assert "NOx 19.9%<20%" in row["flags"][0]["zh"]
    assert "SO2" not in row["flags"][0]["zh"]
    assert (row["cut_pct"]["NOx"], row["required_pct"]) == (19.9, 20.0)
    assert flags(replace(GOOD, list_version=None, cuts={})) == ["no_list"]


def test_an_early_lift():
    assert flags(warned(lifted_at=END - timedelta(hours=6))) == ["early_lift"]
    assert flags(warned(lift_rule_met=False)) == ["early_lift_by_rule"]
    order = Due("yellow", START, None, ISSUED)
    assert flags(replace(GOOD, order=order)) == ["lifted_before_order"]
    assert flags(replace(GOOD, order=replace(order, end=END))) == []


def test_a_response_that_was_not_started():
    waiting = warned(response_at=None, lifted_at=None, state="approved")
    assert flags(waiting) == ["not_started"]
    assert flags(waiting, as_of=START) == []


def test_cells_follow_the_columns():
    cells = cells_of(compare([GOOD], AS_OF)[0])
    found = dict(zip([c[0] for c in COLUMNS], cells, strict=True))
    assert found["level"] == "橙色 orange"
    assert found["cut_NOx_pct"] == 25.0
    assert found["warning_ids"] == "W-1"


# --- from the database ---------------------------------------------------------------------------------------------


@pytest.fixture
def con():
    con = fresh()
    yield con
    con.close()


def hours_of(con, code, values, first=START):
    """Fill a day of hours of PM2.5 for each value."""
    rows = [
        (code, first + timedelta(days=n, hours=h + 1), float(value))
        for n, value in enumerate(values)
        for h in range(24)
    ]
    con.executemany(
        "INSERT INTO air.city_hour (city_code, hour_end, pm25_ugm3, n_stations,"
        " n_stations_expected, standard_set) VALUES (?, ?, ?, 5, 5, '2026_final')",
        rows,
    )


def bulletin(con, code, values, issued=NOW, first=START):
    con.executemany(
        "INSERT INTO forecast.city_day (issued_at, city_code, day, model, aqi_low, aqi_high, primary_pollutants,"
        " standard_set) VALUES (?, ?, ?, 'bulletin', ?, ?, 'PM2.5', '2026_final')",
        [(issued, code, (first + timedelta(days=n)).date(), v, v) for n, v in enumerate(values)],
    )


def read(con, *cities, as_of=AS_OF, kind="real"):
    episode = Episode(cities, START, END, kind, as_of)
    return {c.city_code: c for c in city_facts(con, NATIONAL, episode)}


def test_warnings_are_read_with_their_steps(con, tmp_path):
    path = tmp_path / "state.sqlite"
    record = running(path)
    adjust.change_level(context(path, NOW + timedelta(hours=30)), record.warning_id, FULL, "red", None)
    mirror(con, path)
    found = read(con, "610100", "610200")
    got = found["610100"].warned
    assert got.warning_ids == (record.warning_id,)
    assert got.level == "red"
    assert [step[1:] for step in got.steps] == [("orange", "approve"), ("red", "upgrade")]
    assert (got.issued_at, got.response_at, got.lifted_at) == (NOW, NOW, None)
    assert found["610200"].warned is None
    assert read(con, "610100", kind="drill")["610100"].warned is None


def test_what_was_decided_later_is_not_known_yet(con, tmp_path):
    path = tmp_path / "state.sqlite"
    record = running(path)
    adjust.change_level(context(path, NOW + timedelta(hours=30)), record.warning_id, FULL, "red", None)
    mirror(con, path)
    assert read(con, "610100", as_of=NOW + timedelta(hours=29))["610100"].warned.level == "orange"


def test_a_lift_is_read(con, tmp_path):
    path = tmp_path / "state.sqlite"
    record = running(path)
    later = START + timedelta(hours=30)
    adjust.lift(context(path, later), record.warning_id, FULL, None)
    mirror(con, path)
    got = read(con, "610100")["610100"].warned
    assert got.lifted_at == later
    assert got.lift_rule_met is not True


def test_forecast_of_the_issue_that_first_gave_the_gravest_level(con):
    bulletin(con, "610100", [160, 160, 120], issued=NOW - timedelta(days=1))
    bulletin(con, "610100", [160, 170, 180], issued=NOW)
    bulletin(con, "610100", [160, 170, 180], issued=NOW + timedelta(hours=8))
    found = read(con, "610100")["610100"].forecast
    assert (found.level, found.known_at, found.start) == ("orange", NOW, START)
    before = read(con, "610100", as_of=NOW - timedelta(hours=1))["610100"].forecast
    assert before.level == "yellow"


def test_a_forecast_of_another_episode_does_not_count(con):
    bulletin(
        con,
        "610100",
        [210, 210, 100, 100, 100],
        issued=NOW - timedelta(days=2),
        first=START - timedelta(days=3),
    )
    assert read(con, "610100")["610100"].forecast.level == "none"


def test_observations_are_judged_by_the_rule(con):
    hours_of(con, "610100", [160, 160, 60, 60])
    found = read(con, "610100")["610100"]
    assert found.observed.level == "orange"
    assert found.observed.start == START
    assert compare([found], AS_OF)[0]["flags"][0]["code"] == "missing_by_observations"


def test_orders_are_read_with_their_lifting(con, tmp_path):
    path = tmp_path / "state.sqlite"
    approved(path)
    by = Papers("王五", body="省", document="令1")
    order = Order("610100", "red", "superior", START, None, "令1", "省")
    enter(context(path), [order], by, drill=False)
    mirror(con, path)
    found = read(con, "610100")["610100"].order
    assert (found.level, found.start, found.end, found.known_at) == ("red", START, None, NOW)
    enter(context(path, START + timedelta(hours=40)), [replace(order, level="none")], by, drill=False)
    mirror(con, path)
    assert read(con, "610100")["610100"].order.end == START + timedelta(hours=40)
    assert read(con, "610100", as_of=START)["610100"].order.end is None


def test_cuts_are_those_of_the_list_filed_by_then(con, tmp_path):
    path = tmp_path / "state.sqlite"
    approved(path)
    mirror(con, path)
    for number, at in ((1, NOW - timedelta(days=9)), (2, END)):
        con.execute(
            "INSERT INTO emergency.list_version VALUES (?, '610100', 2026, ?, 'filed', 'x', NULL, 'f.xlsx', ?, NULL, 'z',"
            " ?, NULL, false, 1, 1, 0)",
            [f"L-{number}", number, at, at],
        )
        con.execute(
            "INSERT INTO emergency.reduction VALUES (?, '610100', 'filed', NULL, 'orange', 'SO2', 100, 0, 15, 15, ?, ?, 20,"
            " 'not_met', false, 5, NULL, true)",
            [f"L-{number}", 15.0 + number, 15.0 + number],
        )
    found = read(con, "610100")["610100"]
    assert found.list_version == "L-1"
    assert found.cuts == {("orange", "SO2"): (16.0, 20.0)}


def test_the_episode_around_a_day(con, tmp_path):
    path = tmp_path / "state.sqlite"
    record = approved(path)
    mirror(con, path)
    found = episode_around(con, ["610100"], "real", date(2026, 12, 4))
    last = (record.end_at - timedelta(microseconds=1)).date()
    assert found == (record.start_at.date(), last)
    assert episode_around(con, ["610200"], "real", date(2026, 12, 4)) == (
        date(2026, 12, 4),
        date(2026, 12, 4),
    )
    con.execute(
        "INSERT INTO air.episode (episode_id, area_kind, area_code, day_first, day_last, n_days, n_heavy_days, max_aqi,"
        " max_aqi_day, cities, ongoing) VALUES ('e', 'city', '610200', DATE '2026-12-02', DATE '2026-12-04', 3, 3, 250,"
        " DATE '2026-12-03', '610200', false)"
    )
    assert episode_around(con, ["610200"], "real", date(2026, 12, 4))[0] == date(2026, 12, 2)


# --- the command ---------------------------------------------------------------------------------------------------


def fenwei(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.stdout, result


def test_the_command_shows_every_city_of_the_region(small_home):
    code, told, _ = fenwei("warning", "compare", "--home", small_home, "--day", "2026-03-05")
    assert code == 0
    assert "【演练】" in told
    assert all(name in told for name in ("西安市", "临汾市", "长治市"))
    assert "不是认定" in told


def test_the_command_gives_one_json_document(small_home):
    words = (
        "warning",
        "compare",
        "--home",
        small_home,
        "--from",
        "2026-03-01",
        "--until",
        "2026-03-05",
        "--json",
    )
    code, told, _ = fenwei(*words)
    document = json.loads(told)
    assert code == 0
    assert (document["first"], document["last"], document["region"]) == (
        "2026-03-01",
        "2026-03-05",
        "fenwei_2023",
    )
    assert len(document["cities"]) == 13
    assert document["drill"] is True
    assert document["n_flags"] == sum(len(c["flags"]) for c in document["cities"])


def test_the_command_writes_a_workbook(small_home, tmp_path):
    path = tmp_path / "比较.xlsx"
    code, told, _ = fenwei("warning", "compare", "--home", small_home, "--day", "2026-03-05", "--to", path)
    assert code == 0
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name("数据（模拟）").to_python()
    assert rows[0][:2] == ["城市代码 city code", "城市 city"]
    assert len(rows) == 14
    assert str(path) in told.replace("\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ("--day", "2026-03-05", "--from", "2026-03-01"),
        ("--from", "2026-03-01"),
        ("--from", "2026-03-05", "--until", "2026-03-01"),
        ("--from", "2025-01-01", "--until", "2026-03-01"),
        ("--day", "yesterday"),
        ("--to", "x.csv"),
        ("--region", "nowhere"),
    ],
)
def test_wrong_use_is_told(small_home, words):
    code, _, result = fenwei("warning", "compare", "--home", small_home, *words)
    assert code != 0
    assert result.exception is not None
