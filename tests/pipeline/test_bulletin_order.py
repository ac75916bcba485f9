"""Bulletins made by themselves and by mail: each once, to those who may see their class, whatever dies in between."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from typing import Any

import dagster as dg
import pytest
from bulletin_homes import NOW, OFFICE, home, letters, names
from test_bulletin_cli import run

from pipelines.bulletin import standing_order
from pipelines.bulletin.standing_order import due, make_due
from pipelines.definitions import defs as load
from pipelines.defs import bulletins
from pipelines.defs.resources import HomeResource
from pipelines.home import Home, HomeError
from pipelines.mail.box import folder, stored
from warehouse import outbox

__all__ = ["home"]


def test_nothing_is_made_unless_it_is_asked_for(home: Callable[..., Home]) -> None:
    for kind in ("day", "month"):
        opened = home()
        assert not due(opened, kind, NOW)
        assert make_due(opened, kind, NOW) == standing_order.Ordered()
    assert names(opened) == set()


def test_a_day_is_made_once_and_mailed_once_by_class(home: Callable[..., Home]) -> None:
    opened = home(day_at="08:30", cities="西安", classes="public, internal", mail=True)
    assert due(opened, "day", NOW)
    done = make_due(opened, "day", NOW)
    assert {p.suffix for p in done.files} == {".docx", ".txt"} and len(done.files) == 8
    assert "【演练】【内部】西安市空气质量日报_2026-03-09.docx" in names(opened)
    told = letters(opened)
    # 单位内的人只收内部版；成员单位只收公开版，城市的只给该市 | the office gets the internal one, members the public one
    assert set(told) == {
        ("bulletin:day:fenwei_2023:2026-03-09:internal", "duty@example.invalid"),
        ("bulletin:day:fenwei_2023:2026-03-09:internal", "boss@example.invalid"),
        ("bulletin:city_day:610100:2026-03-09:internal", "duty@example.invalid"),
        ("bulletin:city_day:610100:2026-03-09:internal", "boss@example.invalid"),
        ("bulletin:day:fenwei_2023:2026-03-09:public", "xian@example.invalid"),
        ("bulletin:day:fenwei_2023:2026-03-09:public", "weinan@example.invalid"),
        ("bulletin:city_day:610100:2026-03-09:public", "xian@example.invalid"),
    }
    before = {p: p.read_bytes() for p in (folder(opened) / "bulletin").iterdir()}
    later = NOW + timedelta(hours=5)
    assert not due(opened, "day", later) and make_due(opened, "day", later) == standing_order.Ordered()
    assert letters(opened) == told
    assert {p: p.read_bytes() for p in (folder(opened) / "bulletin").iterdir()} == before


def test_what_a_person_changed_stays_and_what_was_taken_away_is_made_anew(home: Callable[..., Home]) -> None:
    opened = home(day_at="08:30")
    first = make_due(opened, "day", NOW)
    docx = next(p for p in first.files if p.suffix == ".docx")
    docx.write_bytes(b"signed")
    assert make_due(opened, "day", NOW).files == [] and docx.read_bytes() == b"signed"
    next(p for p in first.files if p.suffix == ".txt").unlink()
    assert due(opened, "day", NOW) and len(make_due(opened, "day", NOW).files) == 2


def test_halves_that_a_killed_process_left_are_swept_away(home: Callable[..., Home]) -> None:
    opened = home(day_at="08:30")
    place = folder(opened) / "bulletin"
    place.mkdir()
    for name, age in ((".a.docx.1.part", 7200), (".b.docx.2.part", 60)):
        (place / name).write_bytes(b"half")
        os.utime(place / name, (time.time() - age,) * 2)
    make_due(opened, "day", NOW)
    assert [p.name for p in place.iterdir() if p.name.endswith(".part")] == [".b.docx.2.part"]


@pytest.mark.parametrize("dies_at", ["write", "queue_bulletin"])
def test_a_process_that_dies_leaves_the_rest_to_the_next(
    home: Callable[..., Home], monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    opened = home(day_at="08:30", mail=True)

    def killed(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(standing_order, dies_at, killed)
        with pytest.raises(KeyboardInterrupt):
            make_due(opened, "day", NOW)
    assert letters(opened) == [] and len(names(opened)) == (0 if dies_at == "write" else 2)
    kept = {p: p.read_bytes() for p in (folder(opened) / "bulletin").glob("*")}
    assert due(opened, "day", NOW)
    make_due(opened, "day", NOW + timedelta(hours=1))
    assert {to for _, to in letters(opened)} == OFFICE and len(letters(opened)) == 2
    assert all(path.read_bytes() == data for path, data in kept.items())
    row = outbox.rows(opened.state)[0]
    message = BytesParser(policy=policy.default).parsebytes(stored(opened, row))
    (docx,) = message.iter_attachments()
    assert docx.get_content() == next((folder(opened) / "bulletin").glob("*.docx")).read_bytes()
    body = message.get_body(("plain",))
    assert (
        body is not None and "【内部】" in str(message["subject"]) and "【演练】" in str(message["subject"])
    )
    text = next((folder(opened) / "bulletin").glob("*.txt")).read_text(encoding="utf-8-sig")
    assert all(line in body.get_content() for line in text.splitlines() if line.startswith("【昨日】"))


def test_a_month_is_made_on_its_day(home: Callable[..., Home]) -> None:
    opened = home(month_at="5 09:00", classes="public")
    done = make_due(opened, "month", NOW)
    assert [p.name for p in done.files] == [
        "【演练】汾渭平原空气质量月报_2026-02.txt",
        "【演练】汾渭平原空气质量月报_2026-02.docx",
    ]
    assert not due(opened, "month", NOW) and not due(opened, "day", NOW)


def test_without_data_it_waits_and_says_so(home: Callable[..., Home]) -> None:
    opened = home(day_at="08:30", mail=True)
    far = NOW + timedelta(days=30)
    done = make_due(opened, "day", far)
    assert done.files == [] and done.n_letters == 0 and "2026-04-08" in done.waiting[0]
    assert due(opened, "day", far)


def test_cities_without_an_aqi_are_waited_for_until_noon(
    home: Callable[..., Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = home(day_at="08:30")
    real = standing_order.gathered

    def lacking(*args: Any, **more: Any) -> dict[str, Any]:
        made = real(*args, **more)
        made["cities"][0]["aqi"] = None
        return made

    monkeypatch.setattr(standing_order, "gathered", lacking)
    assert "12:00" in make_due(opened, "day", NOW).waiting[0]
    assert len(make_due(opened, "day", NOW.replace(hour=12)).files) == 2


def test_the_job_and_its_schedule_do_it(home: Callable[..., Home], monkeypatch: pytest.MonkeyPatch) -> None:
    opened = home(day_at="08:30", mail=True)
    monkeypatch.setenv("FENWEI_HOME", str(opened.root))
    resource = HomeResource(root=str(opened.root), as_of=NOW.isoformat())
    (schedule,) = bulletins.schedules()
    context = dg.build_schedule_context(scheduled_execution_time=NOW, resources={"home": resource})
    assert isinstance(schedule(context), dg.RunRequest)
    with dg.DagsterInstance.ephemeral() as instance:
        done = load().resolve_job_def("day_bulletins").execute_in_process(
            instance=instance,
            run_config={
                "resources": {"home": {"config": {"root": str(opened.root), "as_of": NOW.isoformat()}}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
        )  # fmt: skip
    assert done.success and len(names(opened)) == 2 and len(letters(opened)) == 2
    assert isinstance(schedule(context), dg.SkipReason)


def test_cron_can_do_it_without_dagster(
    home: Callable[..., Home], capsys: pytest.CaptureFixture[str]
) -> None:
    opened = home(day_at="08:30", month_at="11 09:00")
    how = ("bulletin", "--due", "--home", opened.root)
    code, out, _ = run(capsys, *how)
    assert code == 0 and out.count("已写") == 2 and "2026-03-09" in out
    code, out, _ = run(capsys, *how)
    assert code == 0 and "没有要补的" in out
    assert run(capsys, *how, "--as-of", "2026-03-10T08:00")[0] == 0
    code, _, err = run(capsys, *how, "--as-of", "2026-04-09T09:00")
    assert code == 1 and "2026-04-08" in err
    assert run(capsys, *how, "--mail")[0] == 2
    home()
    code, _, err = run(capsys, *how)
    assert code == 2 and "day_at" in err


def test_a_template_of_the_settings_is_used_and_a_broken_one_told(
    home: Callable[..., Home], capsys: pytest.CaptureFixture[str]
) -> None:
    opened = home(day_at="08:30", templates="t")
    (opened.root / "t").mkdir()
    own = opened.root / "t" / "day.txt"
    own.write_text("{{ title }}{{ mark_text }}{{ basis_short }}报送办公厅", encoding="utf-8")
    assert run(capsys, "bulletin", "--due", "--home", opened.root)[0] == 0
    (text,) = (folder(opened) / "bulletin").glob("*.txt")
    assert text.read_text(encoding="utf-8-sig").endswith("报送办公厅")
    text.unlink()
    own.write_text("{{ tittle }}", encoding="utf-8")
    code, _, err = run(capsys, "bulletin", "--due", "--home", opened.root)
    assert code == 2 and "tittle" in err and not text.exists()


def test_the_daily_run_makes_no_bulletins() -> None:
    keys = load().resolve_job_def("daily").asset_layer.selected_asset_keys
    assert not {bulletins.DAY_KEY, bulletins.MONTH_KEY} & set(keys)


def test_a_wrong_setting_is_told(home: Callable[..., Home]) -> None:
    with pytest.raises(HomeError, match=r"bulletin\.classes"):
        make_due(home(day_at="08:30", classes="restricted"), "day", NOW)
