"""From a kept draft to its letters: found from the state file, once per decision and recipient."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards.mail.model import Picture
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from pipelines.mail.compose import Attachment
from pipelines.mail.recipients import EXAMPLES, replace
from pipelines.mail.tick import tick
from pipelines.mail.warnings import Extras, queue_warnings
from warehouse import outbox

NOW = datetime(2026, 12, 1, 16)
ONE = "W-610100-2026120116-1"
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
HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause,forecaster\n"


@pytest.fixture
def home(tmp_path):
    made = remember(open_home(tmp_path / "home"), simulated=True, publish_site=False)
    replace(made.state, EXAMPLES, NOW)
    return made


def warning(home, *words: str | Path) -> None:
    words = ("warning", *words, "--home", home.root, "--as-of", NOW.isoformat(), "--json")
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.stdout


def draft(home):
    rows = [
        f"2026-12-01 15:30,610100,2026-12-{3 + n:02},{aqi},{aqi},PM2.5,,,,\n"
        for n, aqi in enumerate((160, 170, 180, 120, 110))
    ]
    path = home.root / "b.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    warning(home, "draft", "--forecast", path, "--save", "--by", "值班员")


def letters(home):
    """Recipients and the letter by what it is."""
    found: dict[str, list] = {}
    for row in outbox.rows(home.state):
        data = (home.root / "outbox" / row["file"]).read_bytes()
        found.setdefault(row["letter_key"], []).append(
            (row["recipient"].partition("@")[0], message_from_bytes(data, policy=policy.default))
        )
    return found


def test_a_draft_stays_inside_and_an_approved_warning_reaches_its_city(home):
    draft(home)
    tick(home, NOW)
    ((key, got),) = letters(home).items()
    assert [who for who, _ in got] == ["duty"]
    assert got[0][1]["Subject"].startswith(
        "【演练】【草稿】建议发布重污染天气橙色预警：西安市（2026-12-03 00:00 至"
    )
    warning(home, "approve", ONE, *WHO)
    tick(home, NOW)
    told = letters(home)
    (notice,) = [k for k in told if k != key]
    assert sorted(who for who, _ in told[notice]) == ["duty", "leader", "xian"]
    letter = told[notice][0][1]
    assert letter["Subject"].startswith("【演练】发布重污染天气橙色预警：西安市")
    text = letter.get_body(("plain",)).get_content()
    assert "市预警〔2026〕1号" in text and "张三" in text and "120–180" not in text and "160–180" in text
    assert "未经批准" not in text


def test_letters_of_a_decision_are_put_in_once(home):
    draft(home)
    warning(home, "approve", ONE, *WHO)
    assert [q.n_new for q in queue_warnings(home, NOW)] == [3]
    assert [q.n_new for q in queue_warnings(home, NOW + timedelta(hours=1))] == [0]
    assert len(outbox.rows(home.state)) == 3
    assert queue_warnings(home, NOW + timedelta(days=9)) == []


def test_every_new_decision_is_told(home):
    draft(home)
    warning(home, "approve", ONE, *WHO)
    queue_warnings(home, NOW)
    warning(home, "start", ONE, "--by", "张三")
    queue_warnings(home, NOW)
    subjects = sorted(str(told[0][1]["Subject"])[4:11] for told in letters(home).values())
    assert subjects == ["发布重污染天气", "启动响应：重污"]


def test_ratios_files_and_charts_come_from_elsewhere(home):
    draft(home)
    warning(home, "approve", ONE, *WHO)
    ratio = {"city_name": "西安市", "pollutant": "PM", "ratio_pct": 18.7, "required_pct": 20, "met": False}
    extras = Extras(
        [ratio], [Attachment("清单.xlsx", b"PK")], [Picture("aqi.png", b"\x89PNG", "AQI 160–180")]
    )
    queue_warnings(home, NOW, lambda record: extras if record["warning_id"] == ONE else Extras())
    letter = next(iter(letters(home).values()))[0][1]
    assert "18.70" in letter.get_body(("plain",)).get_content()
    assert [a.get_filename() for a in letter.iter_attachments()] == ["【演练】清单.xlsx"]
    assert 'alt="AQI 160–180"' in letter.get_body(("html",)).get_content()


def test_the_command_sends_what_was_approved(home):
    draft(home)
    warning(home, "approve", ONE, *WHO)
    words = ["mail", "send", "--home", str(home.root), "--as-of", NOW.isoformat(), "--json"]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0 and '"warnings_queued": 3' in result.stdout and '"sent": 3' in result.stdout
    assert len(list((home.root / "outbox").rglob("【演练】warning_notice-*.eml"))) == 3
