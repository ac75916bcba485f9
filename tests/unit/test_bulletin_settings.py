"""Settings of bulletins that are made by themselves: off by default, wrong ones told by name."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.bulletin.settings import bulletin_settings, own_templates
from pipelines.bulletin.standing import bulletin_finding
from pipelines.defs import bulletins
from pipelines.home import Home, HomeError, Settings, open_home, remember


def home_with(root: Path, **given: Any) -> Home:
    return replace(Home(root), settings=Settings(bulletin=given))


def test_nothing_is_made_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = bulletin_settings(Home(tmp_path))
    assert (settings.day_cron(), settings.month_cron(), settings.mail) == (None, None, False)
    monkeypatch.setenv("FENWEI_HOME", str(tmp_path))
    assert bulletins.schedules() == []
    assert bulletin_finding(Home(tmp_path)).outcome == "ok"


def test_schedules_follow_the_settings_and_look_again_until_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(
        Home(tmp_path), bulletin={"day_at": "08:30", "month_at": "5 09:10", "cities": "西安；渭南，西安"}
    )
    monkeypatch.setenv("FENWEI_HOME", str(tmp_path))
    made = {s.name: s for s in bulletins.schedules()}
    assert {n: s.cron_schedule for n, s in made.items()} == {
        "day_bulletins_when_due": "30 8-23 * * *",
        "month_bulletins_when_due": "10 9-23 5-31 * *",
    }
    assert {s.execution_timezone for s in made.values()} == {"Asia/Shanghai"}
    assert {s.default_status.value for s in made.values()} == {"RUNNING"}
    assert bulletin_settings(open_home(tmp_path)).listed("cities") == ["西安", "渭南"]
    assert "08:30" in bulletin_finding(open_home(tmp_path)).zh


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"day_at": "8:30"}, "day_at"),
        ({"day_at": "24:00"}, "day_at"),
        ({"month_at": "09:00"}, "month_at"),
        ({"month_at": "31 09:00"}, "month_at"),
        ({"classes": "restricted"}, "restricted"),
        ({"classes": ""}, "classes"),
        ({"formats": "docx, doc"}, "'doc'"),
        ({"mail": "yes"}, "mail"),
        ({"region": ""}, "cities"),
        ({"cities": "西安, 西安府"}, "西安府"),
        ({"templates": "nowhere"}, "nowhere"),
        ({"at": "08:30"}, "day_at"),
    ],
)
def test_wrong_settings_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], told: str
) -> None:
    home = home_with(tmp_path, **given)
    with pytest.raises(HomeError, match="bulletin\\.") as error:
        bulletin_settings(home)
    assert told in str(error.value)
    assert bulletin_finding(home).outcome == "fail"
    remember(Home(tmp_path), bulletin=given)
    monkeypatch.setenv("FENWEI_HOME", str(tmp_path))
    assert bulletins.schedules() == []


def test_the_time_is_reached_on_the_day_and_in_the_month(tmp_path: Path) -> None:
    settings = bulletin_settings(home_with(tmp_path, day_at="08:30", month_at="5 09:00"))
    for moment, day, month in (
        (datetime(2026, 3, 5, 8, 29), False, False),
        (datetime(2026, 3, 5, 8, 30), True, False),
        (datetime(2026, 3, 5, 9, 0), True, True),
        (datetime(2026, 3, 31, 0, 1), False, True),
        (datetime(2026, 4, 4, 23, 0), True, False),
    ):
        assert (settings.reached("day", moment), settings.reached("month", moment)) == (day, month), moment
    off = bulletin_settings(Home(tmp_path))
    assert not off.reached("day", datetime(2026, 3, 5, 23)) and not off.reached(
        "month", datetime(2026, 3, 31)
    )


def test_own_templates_are_found_by_kind(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    for name in ("day.docx", "day.txt", "city_month.html", "other.docx"):
        (tmp_path / "t" / name).write_bytes(b"")
    home = home_with(tmp_path, templates="t")
    settings = bulletin_settings(home)
    assert [p.name for p in own_templates(home, settings, "day")] == ["day.docx", "day.txt"]
    assert [p.name for p in own_templates(home, settings, "city_month")] == ["city_month.html"]
    assert own_templates(Home(tmp_path), bulletin_settings(Home(tmp_path)), "day") == []
