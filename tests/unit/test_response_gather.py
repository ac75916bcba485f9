"""A response rests on the filed list in force, and its lines add up to the ratios of the database."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from list_worlds import line, ratios, totals
from response_worlds import World
from warning_homes import FULL, context, in_state, kept

from dashboards.response.model import POLLUTANTS
from pipelines.emergency.life import commands
from pipelines.emergency.life.machine import LifeError
from pipelines.home import Home


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def mixed() -> dict[str, list[dict[str, object]]]:
    """Lines that share a furnace, stop by number, stand still, say one thing and mean another."""
    amounts = {"base_so2_kgd": 70, "base_nox_kgd": 30, "base_pm_kgd": 11, "base_vocs_kgd": 5}
    shared = [
        line(1, 1, shared_id="窑1", orange_text="限产30%", base_so2_kgd=100, base_nox_kgd=10),
        line(1, 2, shared_id="窑1", orange_text="限产40%", base_so2_kgd=60, base_nox_kgd=50, base_vocs_kgd=3),
    ]
    by_lines = [
        line(2, n, orange_text="停产50%（以生产线计）", base_so2_kgd=10 * n, base_nox_kgd=90 - 20 * n)
        for n in (1, 2, 3)
    ]
    rest = [
        line(3, 1, orange_text="停产", stops="错峰 2026-12-03至2027-03-15", **amounts),
        line(3, 2, orange_text="停产", stops="错峰 2026-11-15至2026-12-02", **amounts),
        line(3, 3, orange_text="停产", stops="错峰 2026-12-10至2027-03-15", **amounts),
        line(4, 1, category="长期停产", orange_text="停产", **amounts),
        line(5, 1, orange_text="限产20%", orange_pct=50, **amounts),
        line(6, 1, grade="A", orange_text="自主减排", orange_pct=30, **amounts),
        line(7, 1, grade=None, orange_text="限产20%", red_text="停产", **amounts),
    ]
    dust = [
        {
            "site_name": "工地1",
            "source_id": "D1",
            "base_pm_kgd": 40,
            "orange_text": "停止土石方",
            "orange_pct": 60,
        }
    ]
    mobile = [
        {"class": "重型载货车", "fuel": "柴油", "stage": "国四", "source_id": "M1", "base_nox_kgd": 20,
         "base_so2_kgd": 0, "base_pm_kgd": 1, "base_vocs_kgd": 2,
         "orange_text": "停止使用国四及以下重型载货车"}
    ]  # fmt: skip
    return {
        "enterprise": [*shared, *by_lines, *rest],
        "dust": dust,
        "mobile": mobile,
        "total": totals(900, 800, 700, 600),
    }


def test_lines_and_sources_add_up_to_the_ratios_of_the_day(world: World) -> None:
    version = world.listed(mixed())
    found = world.gathered(world.warned())
    assert found.response_day == date(2026, 12, 3)
    on_day = ratios(world.con, version, found.response_day)
    told = {(r["level"], r["pollutant"]): r for r in found.reductions if r["basis"] == "day"}
    for p in POLLUTANTS:
        lines = [one.cut_kgd[p] for firm in found.enterprises for one in firm.lines]
        summed = sum(lines) + sum(source.cut_kgd[p] for source in found.others)
        assert summed == pytest.approx(float(on_day["orange", p].cut_kgd), abs=1e-6)
        assert told["orange", p]["cut_kgd"] == on_day["orange", p].cut_kgd > 0 or p == "VOCs"


def test_the_filed_ratios_are_those_kept_in_the_database(world: World) -> None:
    version = world.listed(mixed())
    found = world.gathered(world.warned())
    kept_rows = world.con.execute(
        "SELECT level, pollutant, total_kgd, cut_kgd, verdict, shortfall_kgd FROM emergency.reduction"
        " WHERE version_id = ? AND basis = 'filed' ORDER BY ALL",
        [version],
    ).fetchall()
    names = ("level", "pollutant", "total_kgd", "cut_kgd", "verdict", "shortfall_kgd")
    assert sorted(tuple(r[n] for n in names) for r in found.reductions if r["basis"] == "filed") == kept_rows


def test_every_line_of_the_list_is_there_once(world: World) -> None:
    world.listed(mixed())
    found = world.gathered(world.warned())
    assert [len(firm.lines) for firm in found.enterprises] == [2, 3, 3, 1, 1, 1, 1]
    assert len({firm.enterprise_id for firm in found.enterprises}) == 7
    assert [(o.kind, o.source_id) for o in found.others] == [("mobile", "M1"), ("dust", "D1")]


def test_a_line_stands_still_only_where_its_stop_is_in_force_on_the_day(world: World) -> None:
    world.listed(mixed())
    third, fourth = world.gathered(world.warned()).enterprises[2:4]
    assert [one.stopped for one in third.lines] == [True, False, False]
    assert [one.cut_kgd["SO2"] for one in third.lines] == [0, 70, 70]
    assert fourth.lines[0].stopped and fourth.lines[0].ratio is None


def test_a_shared_furnace_counts_once_at_its_largest_line(world: World) -> None:
    world.listed(mixed())
    first = world.gathered(world.warned()).enterprises[0]
    assert [one.cut_kgd["SO2"] for one in first.lines] == [30, 0]
    assert [one.cut_kgd["NOx"] for one in first.lines] == [0, 15]
    assert all(one.shared_id == "窑1" for one in first.lines)


def test_doubts_are_told_with_their_reason(world: World) -> None:
    world.listed(mixed())
    found = {firm.firm_name: firm for firm in world.gathered(world.warned()).enterprises}
    assert (found["企业5"].lines[0].doubt, found["企业5"].lines[0].ratio) == ("differs", pytest.approx(0.2))
    assert found["企业6"].lines[0].doubt == "self_directed" and found["企业6"].lines[0].cut_kgd["SO2"] == 0
    assert {one.doubt for one in found["企业2"].lines} == {"lines"}
    assert not found["企业7"].graded and not found["企业7"].lines[0].graded
    assert not found["企业7"].lines[0].doubtful and found["企业7"].lines[0].doubt is None


def test_only_what_was_filed_by_the_start_is_used(world: World) -> None:
    world.listed(mixed(), 1)
    world.listed(mixed(), 2, filed_at=datetime(2026, 12, 4))
    world.listed(mixed(), 3, filed_at=None)
    found = world.gathered(world.warned(), datetime(2026, 12, 5))
    assert found.list_version is not None and found.list_version["version_id"].endswith("-1")
    assert found.list_version["sha256"] and found.list_version["document_no"] == "文1"
    assert any("L-610100-2026-2" in zh and "L-610100-2026-3" in zh for zh, _ in found.notes)


def test_a_list_filed_between_start_and_approval_is_used(world: World) -> None:
    world.listed(mixed(), 1, filed_at=datetime(2026, 12, 1, 12))
    warning_id = world.warned(first=date(2026, 12, 1))
    found = world.gathered(warning_id)
    assert found.warning["start_at"] < datetime(2026, 12, 1, 12) < found.warning["approved_at"]
    assert found.list_version is not None


def test_a_city_without_a_filed_list_gets_a_note(world: World) -> None:
    world.listed(mixed(), 1, filed_at=None)
    found = world.gathered(world.warned())
    assert (found.list_version, list(found.enterprises), list(found.reductions)) == (None, [], [])
    assert "没有已备案" in found.notes[0][0] and "L-610100-2026-1" in found.notes[1][0]


def test_each_state_has_its_notice(world: World, tmp_path: Path) -> None:
    world.listed(mixed())
    for state, notice in (("upgraded", "upgrade"), ("suspended", "suspend"), ("lifted", "lift")):
        (folder := tmp_path / state).mkdir()
        world.home = Home(folder)
        found = world.gathered(in_state(world.home.state, state))
        assert (found.notice, found.mark) == (notice, "")
        assert [event["action"] for event in found.events][:2] == ["draft", "approve"]
        assert found.enterprises and found.list_version is not None


def test_an_unknown_warning_and_a_draft_given_up_are_refused(world: World) -> None:
    with pytest.raises(LifeError, match="W-1"):
        world.gathered("W-1")
    draft = kept(world.home.state).warning_id
    assert world.gathered(draft).mark == "【草稿】"
    commands.cancel(context(world.home.state), draft, FULL)
    with pytest.raises(LifeError) as refused:
        world.gathered(draft)
    assert refused.value.code == "given_up"


def test_forecast_comes_from_the_draft_where_no_bulletin_was_imported(world: World) -> None:
    days = world.gathered(world.warned()).forecast
    assert [(row["day"], row["aqi_high"]) for row in days][:2] == [
        (date(2026, 12, 3), 160),
        (date(2026, 12, 4), 170),
    ]


def test_a_large_list_takes_a_handful_of_queries(world: World) -> None:
    rows = [line(n, k, orange_text="限产30%", base_so2_kgd=1) for n in range(1, 401) for k in (1, 2)]
    world.listed({"enterprise": rows, "total": totals(10_000, 1, 1, 1)})
    warning_id = world.warned()
    counted = Counting(world.con)
    world.con = counted  # type: ignore[assignment]
    found = world.gathered(warning_id)
    assert sum(len(firm.lines) for firm in found.enterprises) == 800
    assert counted.n < 60
    cut = next(
        r for r in found.reductions if (r["basis"], r["level"], r["pollutant"]) == ("day", "orange", "SO2")
    )
    assert cut["cut_kgd"] == Decimal(240)


class Counting:
    """A connection that counts its queries."""

    def __init__(self, con: object):
        self.con, self.n = con, 0

    def execute(self, *given: object) -> object:
        self.n += 1
        return self.con.execute(*given)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self.con, name)
