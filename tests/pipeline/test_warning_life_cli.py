"""The life of a warning as a user lives it: draft kept, approved, started, changed, lifted, reviewed; JSON and screens."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from warehouse import state

HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause,forecaster\n"
WHO = (
    "--by",
    "张三",
    "--office",
    "副市长",
    "--body",
    "西安市生态环境保护委员会办公室",
    "--document",
    "市预警〔2026〕1号",
)
AS_OF = ("--as-of", "2026-12-01T16:00")
RECORD = {
    "warning_id", "kind", "state", "state_zh", "state_en", "city_code", "city_name", "level", "level_zh", "level_rule",
    "response", "basis", "start", "end", "start_at", "end_at", "profile", "profile_version", "forecast_issued_at",
    "forecast_sha256", "snapshot", "draft_sha256", "approved_by", "approved_at", "office", "issuing_body", "document_no",
    "signatory", "reason", "response_at", "lifted_at", "watermark",
}  # fmt: skip


def fenwei(*words: str | Path) -> tuple[int, str, str]:
    """Exit code, output, and messages."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def bulletin(path: Path, *series: tuple[str, str], issued: str = "2026-12-01 15:30", day: int = 3) -> Path:
    lines = [
        f"{issued},{city},2026-12-{day + n:02},{value},{value},PM2.5,,,,\n"
        for city, values in series
        for n, value in enumerate(values.split())
    ]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


class User:
    """Somebody at one home."""

    def __init__(self, root: Path) -> None:
        self.root, self.home = root, root / "home"

    def says(self, *words: str | Path, code: int = 0) -> str:
        found, told, messages = fenwei("warning", *words, "--home", self.home)
        assert found == code, (told, messages)
        return told + messages

    def asks(self, *words: str | Path, code: int = 0):
        found, told, messages = fenwei("warning", *words, "--home", self.home, "--json")
        assert found == code, (told, messages)
        return json.loads(told)

    def drafts(self, *series: tuple[str, str], **more) -> list[dict]:
        path = bulletin(self.root / "b.csv", *(series or [("610100", "160 170 180 120 110")]), **more)
        return self.asks("draft", "--forecast", path, "--save", "--by", "值班员", *AS_OF)


@pytest.fixture
def user(tmp_path: Path) -> User:
    found = User(tmp_path)
    remember(open_home(found.home), simulated=True, publish_site=False)
    return found


def test_a_whole_life_in_json(user: User) -> None:
    (made,) = user.drafts()
    one = made["warning_id"]
    assert (one, made["saved"], made["level"], made["simulated"]) == (
        "W-610100-2026120116-1",
        True,
        "orange",
        True,
    )
    assert user.drafts()[0]["saved"] is False, "kept once"
    done = user.asks("approve", one, *WHO, *AS_OF)
    assert set(done) >= RECORD | {"changed", "rule_met"}
    assert (done["state"], done["kind"], done["watermark"], done["rule_met"]) == (
        "approved",
        "drill",
        "【演练】",
        True,
    )
    assert (done["start"], done["end"]) == ("2026-12-03 00:00:00", "2026-12-06 00:00:00")
    assert user.asks("approve", one, *WHO, *AS_OF)["changed"] is False
    started = user.asks("start", one, "--by", "张三", "--as-of", "2026-12-03T00:00")
    assert (started["state"], started["response_at"]) == ("started", "2026-12-03 00:00:00")
    red = bulletin(user.root / "r.csv", ("610100", "210 220 310 120 110"))
    up = ("adjust", one, "--to", "红色", *WHO, "--forecast", red, *AS_OF)
    assert user.asks(*up, code=1)["refused"] == "needs_signatory"
    assert user.asks(*up, "--signatory", "李四")["state"] == "upgraded"
    longer = ("adjust", one, "--by", "张三", "--until", "2026-12-06", "--as-of", "2026-12-03T16:00")
    assert user.asks(*longer, code=1)["refused"] == "needs_reason"
    assert user.asks(*longer, "--reason", "静稳持续")["end"] == "2026-12-07 00:00:00"
    reason = ("--by", "张三", "--reason", "短时好转")
    assert user.asks("adjust", one, "--suspend", *reason)["state"] == "suspended"
    assert user.asks("adjust", one, "--resume", *reason)["state"] == "resumed"
    clear = bulletin(user.root / "c.csv", ("610100", "140 130 120"), issued="2026-12-05 15:30", day=6)
    shaky = bulletin(user.root / "s.csv", ("610100", "140 230 240"), issued="2026-12-05 15:30", day=6)
    late = ("--as-of", "2026-12-06T00:00")
    lift = ("lift", one, "--by", "张三", *late)
    assert user.asks(*lift, "--forecast", shaky, code=1)["refused"] == "needs_reason"
    assert user.asks(*lift, code=1)["refused"] == "needs_reason", "no forecast, no rule"
    ended = user.asks(*lift, "--forecast", clear)
    assert (ended["state"], ended["rule_met"], ended["lift"]["action"]) == ("lifted", True, "lift")
    review = user.asks("review", one, "--as-of", "2026-12-20")
    assert review["compliance"]["status"] == "no_data" and review["level"]["highest"] == "red"
    assert user.asks("show", one)["state"] == "lifted", "looking back does not close it"
    assert user.asks("review", one, "--by", "王五", "--as-of", "2026-12-20")["state"] == "evaluated"
    steps = user.asks("history", one)
    assert [e["action"] for e in steps] == [
        "draft", "approve", "start", "upgrade", "extend", "suspend", "resume", "lift", "evaluate",
    ]  # fmt: skip
    assert [e["decided_by"] for e in steps] == ["值班员", *["张三"] * 7, "王五"]
    assert {
        "as_of",
        "recorded_at",
        "forecast_issued_at",
        "profile_version",
        "snapshot",
        "document_sha256",
    } <= set(steps[0])
    assert user.asks("list", "--state", "evaluated")[0]["warning_id"] == one
    assert user.asks("list", "--state", "live") == [] and user.asks("list", "--city", "渭南") == []


def test_show_has_record_orders_lifting_notice_draft_and_history(user: User) -> None:
    one = user.drafts()[0]["warning_id"]
    before = user.asks("show", one)
    assert set(before) >= RECORD | {
        "orders",
        "lift",
        "notice",
        "draft",
        "events",
        "final_level",
        "order_above",
    }
    assert before["notice"]["title"].startswith("【演练】【草稿】") and len(before["notice"]["sms"]) <= 70
    assert (
        before["watermark"] == "【演练】草稿 DRAFT" and before["draft"]["watermark"] == "【演练】草稿 DRAFT"
    )
    user.asks("approve", one, *WHO, *AS_OF)
    entered = user.asks(
        "order", "西安=红", "--by", "值班员", "--document", "省1号", "--issuer", "省指挥部", *AS_OF
    )
    assert entered == {"changed": True, "orders": ["O-610100-2026120116-1"]}
    after = user.asks("show", one)
    assert (after["final_level"], after["order_above"], after["level"]) == ("red", True, "orange")
    assert after["orders"][0]["document_no"] == "省1号"
    assert user.asks("lift", one, "--by", "张三", "--reason", "x", code=1)["refused"] == "order_in_force"
    assert user.asks("order", "西安=解除", "--by", "值班员", *AS_OF)["changed"] is True
    assert user.asks("show", one)["final_level"] == "orange"


def test_the_next_draft_knows_the_orders_and_the_level_in_force(user: User) -> None:
    one = user.drafts()[0]["warning_id"]
    user.asks("approve", one, *WHO, *AS_OF)
    user.asks("order", "渭南=橙", "--by", "值班员", *AS_OF)
    path = bulletin(user.root / "n.csv", ("610100", "140 130 120"), ("610500", "90 80 70"))
    first, second = user.asks("draft", "--forecast", path, *AS_OF)
    assert (first["lift"]["in_force"], first["lift"]["action"]) == ("orange", "lift")
    assert (second["level"], second["final_level"], second["final_basis"]) == ("none", "orange", "superior")
    assert "warning_id" not in first, "nothing is kept unasked"


def test_only_cities_with_a_level_are_kept_unless_named(user: User) -> None:
    found = {d["city_code"]: d for d in user.drafts(("610100", "160 170 180"), ("610500", "90 80 70"))}
    assert found["610500"]["warning_id"] is None and found["610100"]["warning_id"]
    path = user.root / "b.csv"
    named = user.asks("draft", "--forecast", path, "--save", "--city", "渭南", *AS_OF)
    assert named[0]["warning_id"] == "W-610500-2026120116-1" and named[0]["level"] == "none"
    assert [r["level"] for r in user.asks("list", "--city", "渭南")] == ["none"]


def test_a_home_of_simulated_data_makes_exercises_and_touches_nothing_real(user: User) -> None:
    remember(open_home(user.home), simulated=True)
    real = user.root / "real"
    path = bulletin(user.root / "b.csv", ("610100", "160 170 180"))
    code, told, _ = fenwei("warning", "draft", "--forecast", path, "--save", "--home", real, *AS_OF, "--json")
    assert code == 0 and json.loads(told)[0]["watermark"].startswith("【演练】"), "a replay is an exercise"
    one = user.drafts()[0]["warning_id"]
    with state.writing(user.home / "state.sqlite") as con:
        con.execute("UPDATE warning SET kind = 'real'")
    assert user.asks("approve", one, *WHO, *AS_OF, code=1)["refused"] == "simulated_home"


def test_screens_speak_both_languages_and_carry_the_marks(user: User) -> None:
    one = user.drafts()[0]["warning_id"]
    told = user.says("show", one)
    for words in (
        "【演练】",
        "草稿 DRAFT",
        "未经批准不得对外",
        "橙色 orange",
        "西安市 610100",
        "history",
        "短信 SMS",
    ):
        assert words in told
    approved = user.says("approve", one, *WHO, *AS_OF)
    assert "已批准 approved" in approved and "草稿" not in approved and "【演练】" in approved
    assert "此前已办" in user.says("approve", one, *WHO, *AS_OF)
    assert "张三" in user.says("list") and "市预警〔2026〕1号" in user.says("history", one)
    assert "需要" not in user.says("start", one, "--by", "张三", *AS_OF)
    assert "order_in_force" not in user.says("lift", one, "--by", "张三", code=1)
    clear = bulletin(user.root / "c.csv", ("610100", "140 130 120"), issued="2026-12-05 15:30", day=6)
    lifted = user.says("lift", one, "--by", "张三", "--forecast", clear, "--as-of", "2026-12-06T00:00")
    assert "满足解除条件 the rule for lifting is met" in lifted
    review = user.says("review", one, "--as-of", "2026-12-20")
    assert "落实情况 compliance：无数据" in review and "空气变化 air：无数据" in review


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("approve", "W-1", *WHO), 1),
        (("show", "W-1"), 1),
        (("history", "W-1"), 1),
        (("adjust", "W-1", "--by", "张三"), 2),
        (("adjust", "W-1", "--by", "张三", "--to", "红", "--suspend"), 2),
        (("adjust", "W-1", "--by", "张三", "--to", "紫"), 2),
        (("approve", "W-1", *WHO, "--start", "明天"), 2),
        (("list", "--state", "asleep"), 2),
        (("list", "--city", "巴黎"), 2),
        (("lift", "W-1"), 2),
        (("order", "西安=紫", "--by", "x"), 2),
    ],
)
def test_wrong_use_is_told(user: User, words: tuple[str, ...], code: int) -> None:
    found, _, messages = fenwei("warning", *words, "--home", user.home)
    assert found == code and messages.strip()


def test_an_empty_home_lists_nothing_and_makes_nothing(user: User) -> None:
    assert user.asks("list") == [] and user.asks("history") == []
    for words in (("show", "W-1"), ("approve", "W-1", *WHO), ("lift", "W-1", "--by", "张三")):
        assert user.asks(*words, code=1)["refused"] == "unknown_warning"
    assert not (user.home / "state.sqlite").exists()


def test_hostile_names_are_shown_and_not_obeyed(user: User) -> None:
    one = user.drafts()[0]["warning_id"]
    hostile = "[red]=cmd|' /C calc'!A0<b>𬘡"
    user.asks(
        "approve", one, "--by", hostile, "--office", "o", "--body", "{city}", "--document", "%s", *AS_OF
    )
    assert hostile in user.says("show", one)
    assert user.asks("start", one, "--by", "a\nb", *AS_OF, code=1)["refused"] == "bad_text"


def test_several_cities_are_approved_with_one_command_and_one_number(user: User) -> None:
    made = user.drafts(("610100", "160 170 180"), ("610500", "160 170 180"), ("410300", "210 220 310"))
    made.sort(key=lambda d: d["city_code"], reverse=True)
    ids = [d["warning_id"] for d in made]
    assert made[0]["regions"][0]["region_id"] == "fenwei_2023" and made[2]["regions"] == []
    base = (*WHO, *AS_OF)
    assert len(user.says("approve", *ids, "--drafts-of", "2026-12-01", *base, code=2)) > 0
    assert user.says("approve", *base, code=2) and user.says(
        "approve", "--drafts-of", "2026-11-01", *base, code=2
    )
    found = user.asks("approve", "--drafts-of", "2026-12-01", "--region", "fenwei", *base)
    assert {(f["warning_id"], f["state"], f["document_no"]) for f in found} == {
        (one, "approved", "市预警〔2026〕1号") for one in ids[:2]
    }
    rest = user.asks("approve", *ids, *base, code=1)
    assert [f.get("refused") for f in rest] == [None, None, "needs_signatory"]
    assert [f["changed"] for f in rest] == [False, False, False]
    told = user.says("approve", *ids, *base, code=1)
    assert "未办理 refused" in told and "此前已办" in told and "【演练】" in told


def test_the_profile_of_a_draft_is_kept_and_named(user: User) -> None:
    own = user.root / "own.csv"
    own.write_text("级别,AQI大于,持续小时,解除小时\n橙色,120,48,24\n", encoding="utf-8")
    path = bulletin(user.root / "b.csv", ("610100", "130 140 90"))
    (made,) = user.asks("draft", "--forecast", path, "--profile", own, "--save", *AS_OF)
    one = made["warning_id"]
    assert made["level"] == "orange" and made["profile_file"] == "own.csv" and "120" in made["profile_text"]
    own.unlink()
    user.asks("approve", one, *WHO, *AS_OF)
    told = user.says("show", one)
    assert "own.csv" in told and "条文已随草稿保存" in told
    clear = bulletin(user.root / "c.csv", ("610100", "110 110 110"), issued="2026-12-04 15:30", day=5)
    lifted = user.asks("lift", one, "--by", "张三", "--forecast", clear, "--as-of", "2026-12-05T00:00")
    assert (lifted["rule_met"], lifted["lift"]["needed_h"]) == (True, 24), "by the rule it was drafted with"


def test_drafts_whose_time_is_over_are_closed_for_the_whole_home(user: User) -> None:
    ids = [d["warning_id"] for d in user.drafts(("610100", "160 170 180"), ("610500", "160 170 180"))]
    assert user.asks("expire", *AS_OF) == {"changed": False, "expired": []}
    assert user.asks("expire", "--as-of", "2027-01-01T00:00") == {"changed": True, "expired": ids}
    assert "没有过期" in user.says("expire", "--as-of", "2027-01-01T00:00")


def test_the_screen_of_a_draft_shows_the_region_and_infers_no_level_of_it(user: User) -> None:
    path = bulletin(user.root / "b\u202evsc.csv", ("610100", "160 170 180"), ("610500", "80 80 80"))
    told = user.says("draft", "--forecast", path, *AS_OF)
    assert "汾渭平原（2023年名单，13市）：2/13 市" in told and "此处不推定" in told
    assert "\u202e" not in told and "U+202E" in told
