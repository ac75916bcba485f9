"""Drafts at the times of bulletins: made once from each bulletin by the job itself, closed when their time is over."""

from dataclasses import replace
from datetime import datetime, timedelta

import dagster as dg
import duckdb
import pytest
from homes import Town

from pipelines import steps
from pipelines.definitions import defs as load
from pipelines.defs import jobs
from pipelines.defs.lists import LISTS, OUTBOX, WARNINGS
from pipelines.defs.tables import asset_key, contract
from pipelines.emergency import steps as emergency_steps
from pipelines.emergency.drafting import Drafted, drafts_due
from pipelines.emergency.life import commands, store
from pipelines.emergency.life import drafts as life
from pipelines.emergency.life.papers import Context, Papers, real_now
from pipelines.emergency.proposal.draft import draft
from pipelines.emergency.proposal.forecasts import of_bulletin
from pipelines.emergency.settings import WarningSettings, profile_for, warning_settings
from pipelines.emergency.standing import warning_finding
from pipelines.home import Home, HomeError, remember
from pipelines.mail import recipients
from pipelines.run import run_job
from sources import forecast_bulletin
from warehouse import outbox, state

NOW = datetime(2026, 11, 22, 10)
HEAD = "发布时间,城市代码,预报日期,AQI下限,AQI上限,首要污染物,成因,预报员\n"
ORANGE, YELLOW, CLEAN = (220, 230, 120), (160, 170, 90), (80, 70, 60)
FULL = Papers("张三", "副市长", "指挥部办公室", "〔2026〕1号", reason="演练")


def bulletin(issued=NOW - timedelta(hours=2), **cities):
    """Text of a bulletin: upper AQI of the days after its issue by city code."""
    lines = [
        f"{issued:%Y-%m-%d %H:%M},{code[1:]},{(issued + timedelta(days=1 + n)).date()},{high - 10},{high},PM2.5,静稳,王工"
        for code, days in cities.items()
        for n, high in enumerate(days)
    ]
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture
def town(tmp_path):
    made = Town(tmp_path / "home", as_of=NOW)
    made.home = replace(made.home, settings=replace(made.home.settings, simulated=True))
    return made


def drafts(town):
    steps.land_step(town.context())
    return emergency_steps.warnings_step(town.context())


def records(town):
    with state.reading(town.home.state) as con:
        return {r.city_code: r for r in store.select(con)}


def test_a_bulletin_is_drafted_from_once_and_the_warehouse_knows(town):
    town.put("forecast/a.csv", bulletin(c610100=ORANGE, c610300=YELLOW, c610500=CLEAN))
    assert len(drafts(town).kept) == 2
    assert {c: r.level for c, r in records(town).items()} == {"610100": "orange", "610300": "yellow"}
    assert town.rows("SELECT city_code, state FROM emergency.warning ORDER BY 1") == [
        ("610100", "draft"),
        ("610300", "draft"),
    ]
    assert drafts(town) == Drafted()
    with town.reading() as con:
        assert not drafts_due(con, town.home, NOW)


def test_a_new_bulletin_makes_new_drafts_in_place_of_the_old(town):
    town.put("forecast/a.csv", bulletin(c610100=YELLOW))
    first = drafts(town).kept
    town.as_of = NOW + timedelta(hours=7)
    town.put("forecast/b.csv", bulletin(town.as_of, c610100=ORANGE), at=200)
    assert town.due().anything
    done = drafts(town)
    assert done.superseded == first and len(done.kept) == 1
    town.as_of += timedelta(hours=12)
    town.put("forecast/c.csv", bulletin(town.as_of, c610100=CLEAN), at=300)
    assert drafts(town).superseded == done.kept


def test_a_draft_that_was_given_up_does_not_come_back(town):
    town.put("forecast/a.csv", bulletin(c610100=ORANGE))
    (one,) = drafts(town).kept
    commands.cancel(Context(town.home.state, NOW, NOW, simulated=True), one, FULL)
    with town.context().store().writing("test") as con:
        con.execute("DELETE FROM ops.period_state WHERE table_name = 'emergency.drafts'")
    assert drafts(town).kept == ()


def test_a_draft_somebody_made_by_hand_is_not_taken_away_by_the_next_run(town):
    town.put("forecast/a.csv", bulletin(c610100=CLEAN))
    drafts(town)
    rows, _ = forecast_bulletin.read(bulletin(c610100=ORANGE).encode())
    document = draft(of_bulletin(rows, NOW, "f" * 64)[0], profile_for(town.home, NOW.date()), [], NOW)
    life.save(Context(town.home.state, NOW, NOW, simulated=True), [document], by="李四")
    town.as_of = NOW + timedelta(hours=1)
    assert drafts(town).superseded == ()
    assert records(town)["610100"].state == "draft"


def test_a_city_in_force_gets_a_draft_only_for_something_else(town):
    town.put("forecast/a.csv", bulletin(c610100=ORANGE))
    (one,) = drafts(town).kept
    at = Context(town.home.state, NOW, NOW, simulated=True)
    commands.approve(at, one, FULL)
    town.as_of = NOW + timedelta(hours=6)
    same = bulletin(town.as_of, c610100=ORANGE)
    town.put("forecast/b.csv", same, at=200)
    assert drafts(town).kept == ()
    town.as_of = NOW + timedelta(hours=8)
    town.put("forecast/c.csv", bulletin(town.as_of, c610100=(230, 240, 250, 310, 120)), at=300)
    (other,) = drafts(town).kept
    with state.reading(town.home.state) as con:
        assert store.get(con, other).level == "red" and store.get(con, one).state == "approved"


def test_drafts_whose_time_is_over_are_closed_by_the_next_run(town):
    town.put("forecast/a.csv", bulletin(c610100=ORANGE))
    (one,) = drafts(town).kept
    town.as_of = NOW + timedelta(days=10)
    assert town.due().anything
    assert drafts(town).expired == (one,)
    assert town.rows("SELECT state FROM emergency.warning") == [("expired",)]


def test_a_look_at_another_day_drafts_nothing(town):
    town.home = replace(town.home, settings=replace(town.home.settings, simulated=False))
    town.as_of = real_now() - timedelta(days=30)
    town.put("forecast/a.csv", bulletin(town.as_of - timedelta(hours=1), c610100=ORANGE))
    assert drafts(town).kept == ()
    assert not town.home.state.exists()


def test_a_rule_that_cannot_be_used_fails_no_run_and_is_told(town):
    town.home = replace(town.home, settings=replace(town.home.settings, warning={"profile": "nowhere-2020"}))
    town.put("forecast/a.csv", bulletin(c610100=ORANGE))
    assert drafts(town).kept == ()
    (note,) = outbox.notes(town.home.state)
    assert "nowhere-2020" in note["zh"]
    assert warning_finding(town.home).outcome == "fail"
    town.home = replace(town.home, settings=replace(town.home.settings, warning={}))
    assert len(drafts(town).kept) == 1
    assert outbox.notes(town.home.state) == []
    assert warning_finding(town.home).outcome == "ok"


def test_the_letters_of_drafts_are_put_in_once_and_trouble_with_mail_fails_no_run(town):
    recipients.replace(town.home.state, recipients.EXAMPLES, NOW)
    town.put("forecast/a.csv", bulletin(c610100=ORANGE))
    drafts(town)
    bad = town.home
    town.home = replace(bad, settings=replace(bad.settings, mail={"mode": "nowhere"}))
    assert emergency_steps.letters_step(town.context()) == 0
    assert [n["name"] for n in outbox.notes(town.home.state)] == ["letters_of_warnings"]
    town.home = bad
    assert emergency_steps.letters_step(town.context()) == 1
    assert emergency_steps.letters_step(town.context()) == 0
    assert outbox.notes(town.home.state) == []
    assert {r["kind"] for r in outbox.rows(town.home.state)} == {"warning_draft"}
    assert town.rows("SELECT kind FROM ops.outbox") == [("warning_draft",)]


def test_the_job_of_drafts_does_what_the_daily_job_does_for_a_bulletin(tmp_path):
    made = {}
    for name in ("daily", "warning_drafts"):
        home = remember(
            Home(tmp_path / name),
            simulated=True,
            as_of=NOW.isoformat(),
            publish_parquet=False,
            publish_site=False,
        )
        home.landing.mkdir(parents=True)
        (home.landing / "bulletin.csv").write_text(bulletin(c610100=ORANGE), encoding="utf-8")
        recipients.replace(home.state, recipients.EXAMPLES, NOW)
        if name == "daily":
            assert run_job(steps.RunContext(home, NOW), window=None, force=False).success
        else:
            with dg.DagsterInstance.ephemeral() as instance:
                done = load().resolve_job_def(name).execute_in_process(
                    instance=instance,
                    run_config={
                        "resources": {"home": {"config": {"root": str(home.root), "as_of": NOW.isoformat()}}},
                        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                    },
                )  # fmt: skip
            assert done.success
        with duckdb.connect(str(home.published), read_only=True) as con:
            made[name] = con.execute("SELECT warning_id, state, draft_key FROM emergency.warning").fetchall()
        assert {r["kind"] for r in outbox.rows(home.state)} == {"warning_draft"}
    assert made["daily"] == made["warning_drafts"] and len(made["daily"]) == 1


def test_every_table_of_forecasts_and_emergency_is_an_asset():
    known = {".".join(s.key.path) for a in load().assets for s in a.specs}
    wanted = {t for t in contract() if t.startswith(("forecast.", "emergency."))}
    assert wanted <= known
    assert {*LISTS, *WARNINGS, *OUTBOX} <= known


def test_the_job_of_drafts_lands_drafts_publishes_and_puts_letters_in():
    job = load().resolve_job_def("warning_drafts")
    keys = set(job.asset_layer.selected_asset_keys)
    assert {asset_key("ops.source_file"), asset_key("emergency.warning"), asset_key("ops.outbox")} <= keys
    assert dg.AssetKey(["publish", "current"]) in keys
    assert asset_key("air.station_hour") not in keys


def test_the_schedule_follows_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("FENWEI_HOME", str(tmp_path))
    assert jobs.drafts_of_bulletins().cron_schedule == ["0 10 * * *", "30 16 * * *"]
    assert jobs.drafts_of_bulletins().execution_timezone == "Asia/Shanghai"
    remember(Home(tmp_path), warning={"draft_at": "17:05,09:30, 09:30"})
    assert jobs.drafts_of_bulletins().cron_schedule == ["30 9 * * *", "5 17 * * *"]
    remember(Home(tmp_path), warning={"draft_at": "half past nine"})
    assert jobs.drafts_of_bulletins().cron_schedule == WarningSettings().crons()


@pytest.mark.parametrize(
    "given",
    [
        {"draft_at": "25:00"},
        {"draft_at": ""},
        {"draft_at": 10},
        {"hour": "10:00"},
        {"precaution": "yes"},
        {"agency": "16"},
    ],
)
def test_wrong_settings_are_named(tmp_path, given):
    home = Home(tmp_path)
    home = replace(home, settings=replace(home.settings, warning=given))
    with pytest.raises(HomeError, match=f"warning.{next(iter(given))}"):
        warning_settings(home)
