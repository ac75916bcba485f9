"""What a warning's letter brings along from the published file: chart, ratios of the filed list, the list itself."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from list_worlds import line
from python_calamine import CalamineWorkbook
from response_worlds import HOSTILE, World
from warning_homes import FULL, context, kept

from dashboards.mail.model import Letter
from dashboards.mail.warning import warning_letter
from pipelines.emergency.life import adjust, commands
from pipelines.emergency.response import mailed
from pipelines.mail.box import enqueue
from pipelines.mail.decided import decision_of
from pipelines.mail.recipients import Recipient
from warehouse.standards import CUBE_NAME

AS_OF = datetime(2026, 12, 1, 16)
ROWS = {"enterprise": [line(1, base_so2_kgd=1000, base_pm_kgd=500, orange_text="停产", red_text="停产")]}


@pytest.fixture
def world(tmp_path, monkeypatch):
    made = World(tmp_path)
    made.home.published.parent.mkdir(parents=True, exist_ok=True)
    made.home.published.touch()
    monkeypatch.setattr(mailed, "open_read_only", lambda path: made.con.cursor())
    days = [(date(2026, 11, 15) + timedelta(days=n), 60 + 10 * n) for n in range(16)]
    counts = [f"n_stations{p}" for p in ("", "_expected", *(f"_{c}" for c in CUBE_NAME.values()))]
    made.con.executemany(
        f"INSERT INTO air.city_day (city_code, day, aqi, standard_set, state, n_dust_hours, {', '.join(counts)})"
        f" VALUES ('610100', ?, ?, '2026_transition', 'complete', 0, {', '.join('9' * len(counts))})",
        days,
    )
    return made


def extras(world, warning_id, **more):
    record = decision_of(world.home, warning_id).described() | more
    return mailed.extras_of(world.home, AS_OF)(record)


def test_the_chart_shows_a_fortnight_and_the_forecast_of_the_warning(world):
    one = extras(world, world.warned())
    (picture,) = one.pictures
    assert picture.png.startswith(b"\x89PNG") and len(picture.png) <= 60_000
    assert "11-17 80 良" in picture.alt and "11-30 210 重度污染" in picture.alt and "11-16" not in picture.alt
    assert "12-03 160 中度污染" in picture.alt and "橙色预警期" in picture.alt
    assert one.ratios == () and "没有已备案的应急减排清单" in one.remarks[0]


def test_ratios_are_those_of_the_filed_version_at_the_level_of_the_warning(world):
    version = world.listed(ROWS)
    one = extras(world, world.warned())
    assert one.facts == {"list_version": version}
    by = {row["pollutant"]: row for row in one.ratios}
    assert list(by) == ["SO2", "NOx", "PM", "VOCs"]
    assert (by["SO2"]["ratio_pct"], by["SO2"]["filed_pct"], by["SO2"]["required_pct"]) == (10, 10, 20)
    assert by["SO2"]["verdict"] == "not_met" and float(by["SO2"]["shortfall_kgd"]) == 1000
    assert {row["level"] for row in one.ratios} == {"orange"} and by["PM"]["city_name"] == "西安市"


def test_the_list_is_attached_to_what_is_approved_and_not_to_drafts(world):
    world.listed(ROWS)
    draft = kept(world.home.state).warning_id
    assert extras(world, draft).attachments == [] and extras(world, draft).ratios
    commands.approve(context(world.home.state), draft, FULL)
    (file,) = extras(world, draft).attachments
    assert file.name.startswith("西安市橙色预警") and file.name.endswith("清单_20261201.xlsx")
    assert "企业1" in str([CalamineWorkbook.from_filelike(BytesIO(file.data)).get_sheet_by_index(n).to_python()
                          for n in range(2)])  # fmt: skip
    assert extras(world, draft, action="lift").attachments == []


def test_a_list_too_long_for_a_mail_is_not_made_but_told_of(world, monkeypatch):
    world.listed(ROWS)
    one = world.warned()
    monkeypatch.setattr(mailed, "MOST_LINES", 0)
    monkeypatch.setattr(mailed, "write_workbook", lambda *_, **__: pytest.fail("made in vain"))
    found = extras(world, one)
    assert found.attachments == [] and f"fenwei list response {one} --only workbook" in found.remarks[0]


def test_a_list_filed_after_the_response_began_is_not_used(world):
    world.listed(ROWS, filed_at=datetime(2026, 12, 20))
    assert extras(world, world.warned()).ratios == ()


def test_a_home_that_has_published_nothing_still_tells(world):
    world.home.published.unlink()
    found = extras(world, world.warned())
    assert found.pictures == () and "尚未发布数据" in found.remarks[0]


@pytest.mark.parametrize("name", [t for t in HOSTILE if "\x00" not in t])
def test_firms_with_hostile_names_travel(world, name):
    world.listed({"enterprise": [ROWS["enterprise"][0] | {"firm_name": name[:200]}]})
    (file,) = extras(world, world.warned()).attachments
    book = CalamineWorkbook.from_filelike(BytesIO(file.data))
    assert book.sheet_names and file.data.startswith(b"PK")


def test_persons_and_numbers_of_enterprises_do_not_travel(world):
    world.listed({"enterprise": [ROWS["enterprise"][0] | {"contact": "王责任", "phone": "13912345678"}]})
    (file,) = extras(world, world.warned()).attachments
    book = CalamineWorkbook.from_filelike(BytesIO(file.data))
    told = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "企业1" in told and "王责任" not in told and "13912345678" not in told
    assert "不含企业责任人和电话" in told


def test_a_start_told_before_the_approval_was_brings_the_list(world):
    world.listed(ROWS)
    one = world.warned()
    record = decision_of(world.home, one)
    commands.start(context(world.home.state), one, FULL)
    assert len(extras(world, one).attachments) == 1
    told = enqueue(
        world.home, Letter("warning_notice", "发布", ("一",), ()), f"warning:notice:{record.name}", AS_OF,
        recipients=[Recipient("xian@example.invalid", "西安", "member")],
    )  # fmt: skip
    assert told.n_new == 1 and extras(world, one).attachments == []


def test_a_letter_about_the_end_tells_the_end_and_no_ratios(world):
    world.listed(ROWS)
    one = world.warned()
    commands.start(context(world.home.state), one, FULL)
    at = AS_OF + timedelta(hours=2)
    adjust.suspend(context(world.home.state, at), one, FULL)
    told = decision_of(world.home, one).described()
    assert (told["start"], told["end"], told["cities"][0]["start"]) == (at, None, at)
    assert not extras(world, one).ratios
    adjust.lift(context(world.home.state, at + timedelta(hours=1)), one, FULL, None)
    told = decision_of(world.home, one).described()
    assert (told["start"], told["end"]) == (at + timedelta(hours=1), None)
    assert "（2026-12-01 19:00 起）" in warning_letter(told, draft=False, exercise=False).subject
