"""Checks of forecasts, warnings and lists: each fails on what it is about and passes beside it."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from prepared import fresh

from warehouse.checks import all_checks, run_check

NOW = datetime(2026, 11, 22, 8, 30)
OWN = {c.name: c for c in all_checks() if c.name.startswith(("warning_", "list_", "forecast_"))}


@pytest.fixture
def con():
    made = fresh()
    yield made
    made.close()


def put(con, table, **given):
    """Insert a row; what is not given and may not be empty gets something plausible."""
    usual = {"VARCHAR": "x", "TIMESTAMP": NOW, "DATE": NOW.date(), "BOOLEAN": True}
    columns = con.execute(f"DESCRIBE {table}").fetchall()
    row = {n: usual.get(kind, 1) for n, kind, null, *_ in columns if null == "NO"} | given
    con.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )


def fails(con, name, as_of=NOW):
    return run_check(con, OWN[name], first=as_of.date(), last=as_of.date(), as_of=as_of).n_bad


def bulletin(con, code="610100", issued=NOW - timedelta(hours=1), day=date(2026, 11, 23), **more):
    put(con, "forecast.city_day", issued_at=issued, city_code=code, day=day, model="bulletin", **more)


def warning(con, **given):
    usual = {
        "warning_id": "W-1",
        "kind": "drill",
        "city_code": "610100",
        "level": "orange",
        "state": "started",
    }
    put(con, "emergency.warning", **usual | given)


def version(con, number=1, state="filed", year=2026, **more):
    put(
        con, "emergency.list_version", version_id=f"L-610100-{year}-{number}", city_code="610100", list_year=year,
        version_no=number, state=state, **more,
    )  # fmt: skip


def reduction(con, number=1, basis="day", met=False, **more):
    usual = {
        "version_id": f"L-610100-2026-{number}", "city_code": "610100", "basis": basis, "level": "orange", "pollutant": "NOx",
        "cut_kgd": 10, "cut_high_kgd": 10, "ratio_pct": 18.0, "required_pct": 20, "verdict": "met" if met else "not_met", "met": met,
    }  # fmt: skip
    put(con, "emergency.reduction", **usual | more)


def test_every_check_of_these_subjects_is_tried_here():
    text = Path(__file__).read_text(encoding="utf-8")
    tried = {name for name in OWN if f'"{name}"' in text}
    assert tried == set(OWN)


def test_the_newest_bulletin_is_of_the_last_day(con):
    name = "forecast_bulletin_is_recent"
    assert fails(con, name) == 0
    bulletin(con, issued=NOW - timedelta(hours=24))
    assert fails(con, name) == 0
    assert fails(con, name, NOW + timedelta(minutes=1)) == 1
    bulletin(con, issued=NOW + timedelta(hours=3))
    assert fails(con, name, NOW + timedelta(minutes=1)) == 1


def test_no_member_city_is_left_out(con):
    name = "forecast_covers_member_cities"
    assert fails(con, name) == 0
    bulletin(con)
    assert fails(con, name) == 12
    bulletin(con, "610300", day=date(2026, 11, 24))
    assert fails(con, name) == 12
    bulletin(con, "610300")
    assert fails(con, name) == 11
    assert fails(con, name, NOW + timedelta(days=3)) == 0


def test_ranges_are_ordered(con):
    bulletin(con, aqi_low=100, aqi_high=100)
    assert fails(con, "forecast_range_is_ordered") == 0
    bulletin(con, "610300", aqi_low=101, aqi_high=100)
    bulletin(con, "610500", aqi_high=501)
    assert fails(con, "forecast_range_is_ordered") == 2


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("warning_draft_waits", {"state": "draft", "start_at": NOW}, {"state": "draft", "start_at": NOW + timedelta(hours=1)}),
        ("warning_draft_waits", {"state": "draft", "expires_at": NOW}, {"state": "cancelled", "start_at": NOW}),
        ("warning_draft_outlives_its_forecast", {"state": "draft", "expires_at": NOW}, {"state": "expired", "expires_at": NOW}),
        ("warning_ends_are_kept", {"state": "extended", "end_at": NOW}, {"state": "lifted", "end_at": NOW}),
        ("warning_ends_are_kept", {"end_at": NOW}, {"end_at": None}),
        ("warning_response_has_started", {"state": "approved", "start_at": NOW}, {"state": "started", "start_at": NOW}),
    ],
)  # fmt: skip
def test_what_a_person_has_left_undone(con, name, bad, good):
    warning(con, warning_id="W-2", **good)
    assert fails(con, name) == 0
    warning(con, **bad)
    assert fails(con, name) == 1


def test_a_warning_in_force_has_a_filed_list(con):
    name = "warning_has_a_filed_list"
    warning(con, state="draft")
    assert fails(con, name) == 0
    warning(con, warning_id="W-2")
    version(con, state="draft")
    assert fails(con, name) == 1
    version(con, 2)
    assert fails(con, name) == 0


def test_the_list_of_a_warning_in_force_is_enough(con):
    name = "warning_list_is_enough"
    version(con)
    reduction(con)
    reduction(con, basis="filed")
    reduction(con, level="red")
    assert fails(con, name) == 0
    warning(con)
    assert fails(con, name) == 1
    version(con, 2)
    reduction(con, 2, met=True)
    assert fails(con, name) == 0


def test_a_warning_stands_as_its_last_event_says(con):
    name = "warning_is_what_its_events_say"
    warning(con)
    assert fails(con, name) == 1
    put(con, "emergency.warning_event", event_id=2, warning_id="W-1", seq=2, state_to="started")
    put(con, "emergency.warning_event", event_id=1, warning_id="W-1", seq=1, state_to="draft")
    assert fails(con, name) == 0


def test_the_newest_filed_list_meets_what_is_required(con):
    name = "list_ratio_meets_requirement"
    version(con)
    reduction(con, basis="filed")
    assert fails(con, name) == 1
    version(con, 2)
    assert fails(con, name) == 0


@pytest.mark.parametrize("bad", [{"cut_kgd": -1}, {"cut_high_kgd": 9}, {"ratio_pct": 100.5}])
def test_a_cut_is_part_of_the_whole(con, bad):
    reduction(con, met=True)
    assert fails(con, "list_reduction_is_of_the_whole") == 0
    reduction(con, 2, **bad)
    assert fails(con, "list_reduction_is_of_the_whole") == 1


def test_the_filed_list_is_not_older_than_a_year(con):
    name = "list_is_of_this_year"
    version(con, filed_at=NOW - timedelta(days=365))
    assert fails(con, name) == 0
    assert fails(con, name, NOW + timedelta(days=1)) == 1
    version(con, year=2027, filed_at=NOW)
    assert fails(con, name, NOW + timedelta(days=1)) == 0


def test_a_newer_list_waits_for_filing(con):
    name = "list_waits_for_filing"
    version(con, state="draft")
    assert fails(con, name) == 1
    version(con, 2)
    assert fails(con, name) == 0
    version(con, 3, state="draft")
    assert fails(con, name) == 1


def test_rows_of_a_list_hang_together(con):
    name = "list_rows_have_a_version"
    version(con)
    put(con, "emergency.enterprise", version_id="L-610100-2026-1", enterprise_id="e")
    put(con, "emergency.line", version_id="L-610100-2026-1", enterprise_id="e", line_key="a", grade="A")
    assert fails(con, name) == 0
    put(con, "emergency.line", version_id="L-610100-2026-1", enterprise_id="f", line_key="b", grade="A")
    assert fails(con, name) == 1
