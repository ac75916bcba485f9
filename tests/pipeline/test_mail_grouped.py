"""Decisions of one episode reach a recipient in one letter about his cities; nobody is missed and nothing is told twice."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards.mail.model import Picture
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from pipelines.mail import warnings
from pipelines.mail.compose import Attachment
from pipelines.mail.extras import Extras, nothing
from pipelines.mail.recipients import Recipient, replace
from pipelines.mail.standing import mail_standing
from pipelines.mail.warnings import queue_warnings
from warehouse import outbox

NOW = datetime(2026, 12, 1, 16)
XIAN, XIANYANG, WEINAN = "610100", "610400", "610500"
PEOPLE = (
    Recipient("duty@example.invalid", "值班员", "duty"),
    Recipient("leader@example.invalid", "分管领导", "leader"),
    Recipient("xian@example.invalid", "西安", "member", (XIAN,)),
    Recipient("two@example.invalid", "两市", "member", (XIAN, WEINAN)),
)
HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause,forecaster\n"


@pytest.fixture
def home(tmp_path):
    made = remember(open_home(tmp_path / "home"), simulated=True, publish_site=False)
    replace(made.state, PEOPLE, NOW)
    return made


def fenwei(home, *words: str | Path, at: datetime = NOW) -> None:
    words = ("warning", *words, "--home", home.root, "--as-of", at.isoformat(), "--json")
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.stdout


def draft(home, *cities: str, values=(160, 170, 180, 120, 110)) -> None:
    rows = [
        f"2026-12-01 15:30,{city},2026-12-{3 + n:02},{aqi},{aqi},PM2.5,,,,\n"
        for city in cities
        for n, aqi in enumerate(values)
    ]
    path = home.root / "b.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    fenwei(home, "draft", "--forecast", path, "--save", "--by", "值班员")


def approve(home, *cities: str, at: datetime = NOW) -> None:
    for city in cities:
        fenwei(
            home, "approve", f"W-{city}-2026120116-1", "--by", "张三", "--office", "副市长", "--body", f"{city}指挥部",
            "--document", f"预警〔2026〕{city[2:]}号", at=at,
        )  # fmt: skip


def got(home) -> dict[str, list]:
    """Letters by recipient, in order of their keys."""
    found: dict[str, list] = {p.address.partition("@")[0]: [] for p in PEOPLE}
    for row in sorted(outbox.rows(home.state), key=lambda r: r["letter_key"]):
        data = (home.root / "outbox" / row["file"]).read_bytes()
        found[row["recipient"].partition("@")[0]].append(message_from_bytes(data, policy=policy.default))
    return found


def subjects(home) -> dict[str, list[str]]:
    return {
        who: [str(m["Subject"]).partition("：")[2].partition("（")[0] for m in m_]
        for who, m_ in got(home).items()
    }


def test_one_episode_of_three_cities_is_one_letter_about_ones_own_cities(home):
    draft(home, XIAN, XIANYANG, WEINAN)
    assert [q.n_new for q in queue_warnings(home, NOW, nothing)] == [1]
    assert {(r["kind"], r["recipient"], r["urgent"]) for r in outbox.rows(home.state)} == {
        ("warning_draft", "duty@example.invalid", 1)
    }
    approve(home, XIAN, XIANYANG, WEINAN)
    queue_warnings(home, NOW, nothing)
    assert subjects(home) == {
        "duty": ["西安市、咸阳市、渭南市"] * 2,
        "leader": ["西安市、咸阳市、渭南市"],
        "xian": ["西安市"],
        "two": ["西安市、渭南市"],
    }
    text = got(home)["two"][0].get_body(("plain",)).get_content()
    assert (
        "通知正文 notice：西安市" in text and "现发布渭南市重污染天气橙色预警" in text and "咸阳" not in text
    )
    assert "文号 document：西安市 预警〔2026〕0100号；渭南市 预警〔2026〕0500号" in text
    assert text.count("批准人 approved by：张三") == 1
    assert "西安市     橙色 orange" in text and "渭南市     橙色 orange" in text


def test_a_later_approval_makes_its_own_letter_and_the_first_keeps_its_id(home):
    draft(home, XIAN, WEINAN)
    approve(home, XIAN)
    queue_warnings(home, NOW, nothing)
    first = {m["Message-ID"] for m in got(home)["two"]}
    approve(home, WEINAN, at=NOW + timedelta(hours=1))
    queue_warnings(home, NOW + timedelta(hours=1), nothing)
    queue_warnings(home, NOW + timedelta(hours=2), nothing)
    told = subjects(home)
    assert sorted(told["two"]) == ["渭南市", "西安市"] and told["xian"] == ["西安市"]
    assert first < {m["Message-ID"] for m in got(home)["two"]}


def test_a_process_that_dies_between_two_recipients_misses_nobody_and_tells_nobody_twice(home, monkeypatch):
    draft(home, XIAN, XIANYANG, WEINAN)
    approve(home, XIAN, XIANYANG, WEINAN)
    real, calls = warnings.enqueue, []

    def dies(*args, **how):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **how)

    monkeypatch.setattr(warnings, "enqueue", dies)
    with pytest.raises(KeyboardInterrupt):
        queue_warnings(home, NOW, nothing)
    before = {row["message_id"]: row["sha256"] for row in outbox.rows(home.state)}
    monkeypatch.setattr(warnings, "enqueue", real)
    queue_warnings(home, NOW + timedelta(minutes=5), nothing)
    told = subjects(home)
    assert told["xian"] == ["西安市"] and told["two"] == ["西安市、渭南市"]
    assert [len(told[who]) for who in ("duty", "leader")] == [1, 1]
    after = {row["message_id"]: row["sha256"] for row in outbox.rows(home.state)}
    assert before and before.items() <= after.items()


def test_levels_and_days_are_not_mixed(home):
    draft(home, XIAN)
    draft(home, WEINAN, values=(160, 170, 110, 100, 90))
    queue_warnings(home, NOW, nothing)
    assert sorted(subjects(home)["duty"]) == ["渭南市", "西安市"]
    assert len({str(m["Subject"]).partition("：")[0] for m in got(home)["duty"]}) == 2


def test_who_joins_later_gets_what_is_news(home):
    draft(home, XIAN, WEINAN)
    approve(home, XIAN, WEINAN)
    queue_warnings(home, NOW, nothing)
    replace(home.state, [*PEOPLE, Recipient("new@example.invalid", "新", "member", (WEINAN,))], NOW)
    assert [q.n_new for q in queue_warnings(home, NOW + timedelta(hours=1), nothing)] == [1]
    assert [r["recipient"] for r in outbox.rows(home.state)].count("new@example.invalid") == 1
    assert [q.n_new for q in queue_warnings(home, NOW + timedelta(hours=2), nothing)] == [0]


def test_a_city_that_nobody_hears_of_is_an_alarm(home):
    replace(home.state, [p for p in PEOPLE if p.city_codes], NOW)
    draft(home, XIAN, XIANYANG)
    approve(home, XIAN, XIANYANG)
    queue_warnings(home, NOW, nothing)
    assert subjects(home)["two"] == ["西安市"]
    alarms = [a for a in mail_standing(home, NOW)["alarms"] if a["code"] == "no_recipients:warning_notice"]
    assert alarms and "W-610400" in alarms[0]["zh"] and "W-610100" not in alarms[0]["zh"]


def test_extras_of_all_cities_come_together_each_made_once(home):
    made = []

    def extras(record):
        made.append(record["city_code"])
        city, code = record["city_name"], record["city_code"]
        ratio = {
            "city_name": city,
            "pollutant": "PM",
            "ratio_pct": 18.7,
            "required_pct": 20,
            "verdict": "doubtful",
        }
        return Extras(
            [ratio], [Attachment(f"{city}.xlsx", b"PK")], [Picture("AQI.png", b"\x89PNG", f"{code} 图")]
        )

    draft(home, XIAN, WEINAN)
    approve(home, XIAN, WEINAN)
    queue_warnings(home, NOW, extras)
    assert sorted(made) == [XIAN, WEINAN]
    letter = got(home)["two"][0]
    assert [a.get_filename() for a in letter.iter_attachments()] == [
        "【演练】西安市.xlsx",
        "【演练】渭南市.xlsx",
    ]
    page = letter.get_body(("html",)).get_content()
    assert 'alt="610100 图"' in page and 'alt="610500 图"' in page and page.count("存疑 doubtful") == 2
    assert [a.get_filename() for a in got(home)["xian"][0].iter_attachments()] == ["【演练】西安市.xlsx"]


def test_a_letter_stays_below_five_megabytes_and_says_how_to_get_the_rest(home):
    def extras(record):
        name = f"{record['city_name']}.xlsx"
        return Extras((), [Attachment(name, b"0" * 2_000_000)], places={name: "fenwei list response X"})

    draft(home, XIAN, XIANYANG, WEINAN)
    approve(home, XIAN, XIANYANG, WEINAN)
    queue_warnings(home, NOW, extras)
    letter = got(home)["duty"][0]
    assert len(list(letter.iter_attachments())) == 1 and len(letter.as_bytes()) < 5_000_000
    text = letter.get_body(("plain",)).get_content()
    assert text.count("过大未附，可用 fenwei list response X 生成") == 2


def test_a_chart_that_cannot_be_made_holds_no_warning_up(home):
    def breaks(record):
        raise MemoryError("/secret/path")

    draft(home, XIAN)
    approve(home, XIAN)
    assert [q.n_new for q in queue_warnings(home, NOW, breaks)] == [4]
    text = got(home)["xian"][0].get_body(("plain",)).get_content()
    assert "西安市：图表、减排比例或附件未能制作（MemoryError）" in text and "secret" not in text
    assert "现发布西安市重污染天气橙色预警" in text


def test_the_mail_of_a_warning_can_be_looked_at_before_and_long_after(home, tmp_path):
    draft(home, XIAN)
    words = [
        "mail",
        "preview",
        "--home",
        str(home.root),
        "--to",
        str(tmp_path / "look"),
        "--as-of",
        "2026-12-20T08:00",
    ]
    told = CliRunner().invoke(
        app, [*words, "--warning", "W-610100-2026120116-1", "--json"], catch_exceptions=False
    )
    assert told.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "look").iterdir()) == [
        "【演练】warning_draft.eml", "【演练】warning_draft.html",
    ]  # fmt: skip
    page = (tmp_path / "look" / "【演练】warning_draft.html").read_text(encoding="utf-8")
    assert "【草稿】" in page and "尚未发布数据" in page and outbox.rows(home.state) == []
    assert CliRunner().invoke(app, [*words, "--warning", "W-none"]).exit_code != 0
