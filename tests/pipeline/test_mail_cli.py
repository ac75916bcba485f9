"""``fenwei mail`` as a user meets it, and the letters the system writes by itself."""

import json
import re
import shutil
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import duckdb
import pytest
from mail_homes import NOON, PEOPLE, letter, put
from typer.testing import CliRunner

from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.home import open_home, remember
from pipelines.mail.alarms import queue_due, queue_failure
from pipelines.mail.box import enqueue
from pipelines.mail.compose import Attachment
from pipelines.mail.kinds import MailError
from pipelines.mail.preview import example_warning
from pipelines.mail.recipients import EXAMPLES, Recipient, replace
from pipelines.mail.send import deliver
from pipelines.mail.standing import mail_standing
from warehouse import outbox
from warehouse.dictionary import read_dictionary
from warehouse.store import schema_sql

MORNING = datetime(2026, 3, 10, 9)
DUTY = Recipient("zhang.san@example.org", "张三", "duty")


def fenwei(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return report_error(result.exception), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def home(small_home, tmp_path):
    root = tmp_path / "home"
    root.mkdir()
    shutil.copytree(small_home / "publish", root / "publish", symlinks=True)
    shutil.copy(small_home / "fenwei.toml", root)
    made = open_home(root)
    replace(made.state, [DUTY, *EXAMPLES], MORNING)
    return made


def letters(home):
    return {
        row["letter_key"]: message_from_bytes(
            (home.root / "outbox" / row["file"]).read_bytes(), policy=policy.default
        )
        for row in outbox.rows(home.state)
        if row["recipient"] == DUTY.address
    }


def test_a_preview_writes_every_kind_and_sends_nothing(home, tmp_path):
    code, told, _ = fenwei("mail", "preview", "--home", home.root, "--to", tmp_path / "look", "--json")
    assert code == 0
    files = [Path(f) for f in json.loads(told)["files"]]
    kinds = (
        "daily_brief",
        "missing_data",
        "bulletin",
        "bulletin_internal",
        "run_failure",
        "warning_draft",
        "warning_notice",
    )
    assert [f.name for f in files] == [f"【演练】{k}{e}" for k in kinds for e in (".eml", ".html")]
    for page in files[1::2]:
        text = page.read_text(encoding="utf-8")
        assert "【演练】" in text and "http" not in text
        assert len(re.sub(r'src="data:[^"]+"', "", text).encode()) < 100_000
    drawn = {
        page.name.partition("】")[2] for page in files[1::2] if "data:image/png" in page.read_text("utf-8")
    }
    assert drawn == {"daily_brief.html", "warning_draft.html", "warning_notice.html"}
    assert outbox.rows(home.state) == []


def test_a_preview_of_an_empty_home_says_what_is_not_there(tmp_path):
    code, told, _ = fenwei("mail", "preview", "--home", tmp_path / "h", "--to", tmp_path / "look", "--json")
    document = json.loads(told)
    assert code == 0 and len(document["files"]) == 6 and len(document["skipped"]) == 4
    assert fenwei("mail", "preview", "--home", tmp_path / "h", "--kind", "daily_brief")[0] == 2
    assert fenwei("mail", "preview", "--home", tmp_path / "h", "--kind", "other")[0] == 2
    assert fenwei("mail", "preview", "--home", tmp_path / "h", "--warning", tmp_path / "no.json")[0] == 2


def test_a_warning_from_a_file_with_an_attachment(home, tmp_path):
    record = example_warning(MORNING) | {"level": "red"}
    (tmp_path / "w.json").write_text(json.dumps(record, default=str), encoding="utf-8")
    (tmp_path / "清单.xlsx").write_bytes(b"PK")
    code, told, _ = fenwei(
        "mail", "preview", "--home", home.root, "--kind", "warning_notice", "--warning", tmp_path / "w.json",
        "--attach", tmp_path / "清单.xlsx", "--to", tmp_path, "--json",
    )  # fmt: skip
    assert code == 0
    parsed = message_from_bytes(Path(json.loads(told)["files"][0]).read_bytes(), policy=policy.default)
    assert parsed["Subject"].startswith("【演练】发布重污染天气红色预警：西安市、咸阳市、渭南市")
    assert [a.get_filename() for a in parsed.iter_attachments()] == ["【演练】清单.xlsx"]


def test_the_brief_is_sent_once_and_addresses_are_shown_nowhere(home):
    code, told, _ = fenwei("mail", "send", "--kind", "daily_brief", "--home", home.root, "--json")
    document = json.loads(told)
    assert (code, document["queued"]["n_new"], document["sent"], document["mode"]) == (0, 4, 4, "file")
    again = json.loads(fenwei("mail", "send", "--kind", "daily_brief", "--home", home.root, "--json")[1])
    assert (again["queued"]["n_new"], again["queued"]["n_known"], again["sent"]) == (0, 4, 0)
    letter = letters(home)["daily_brief:2026-03-09"]
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"].startswith("【演练】空气质量日报 2026-03-09")
    assert "西安市" in text and "2026 年累计" in text and "2026-03-0" in text
    everything = told + "".join(
        fenwei("mail", *words, "--home", home.root)[1]
        for words in (
            ("status",),
            ("status", "--json"),
            ("recipients", "list"),
            ("recipients", "list", "--json"),
        )
    )
    assert "zhang.san" not in everything and "z***@e***.org" in everything


def test_what_is_due_is_put_in_by_itself_from_eight_on(home):
    assert queue_due(home, MORNING.replace(hour=7)) == []
    done = queue_due(home, MORNING)
    assert [d.letter_key for d in done] == ["daily_brief:2026-03-09"]
    assert queue_due(home, MORNING) == []
    before = {k for k in letters(home) if k.startswith("missing_data")}
    queue_due(home, MORNING + timedelta(days=4))
    late = letters(home)
    assert {k for k in late if k.startswith("missing_data")} - before == {"missing_data:2026-03-13"}
    text = late["missing_data:2026-03-13"].get_body(("plain",)).get_content()
    assert "缺 24 小时" in text and "西安市" in text and "2026-03-13" in text


def test_a_home_that_does_not_use_mail_has_no_alarm(home):
    replace(home.state, [], MORNING)
    assert queue_due(home, MORNING) == []
    assert mail_standing(home, MORNING)["alarms"] == []


def test_a_run_that_fails_is_told_once_an_hour(home):
    run = {
        "run_id": "abc",
        "command": "run",
        "as_of": MORNING,
        "errors": ["hours: OSError: disk <full>\r\nX: y"],
    }
    assert queue_failure(home, run, MORNING).n_new == 3
    assert queue_failure(home, run | {"run_id": "abd"}, MORNING + timedelta(minutes=20)).n_new == 0
    assert queue_failure(home, run, MORNING + timedelta(hours=1)).n_new == 3
    page = next(iter(letters(home).values())).get_body(("html",)).get_content()
    assert "disk &lt;full&gt; X: y" in page


def test_a_letter_that_nobody_gets_is_an_alarm(tmp_path):
    home = open_home(tmp_path)
    assert queue_failure(home, {"errors": ["x"]}, NOON).n_recipients == 0
    assert [a["code"] for a in mail_standing(home, NOON)["alarms"]] == ["no_recipients:run_failure"]
    _, told, _ = fenwei("doctor", "--home", tmp_path, "--json")
    mail = [f for f in json.loads(told)["findings"] if f["check"] == "mail"]
    assert [f["outcome"] for f in mail] == ["warn"]
    replace(home.state, [DUTY], NOON)
    queue_failure(home, {"errors": ["x"]}, NOON)
    assert mail_standing(home, NOON)["alarms"] == []


def test_too_large_attachments_are_refused(home):
    small = remember(home, mail={"max_mb": 1})
    with pytest.raises(MailError, match="max_mb"):
        enqueue(
            small, letter(), "k", MORNING, attachments=[Attachment("x", b"0" * 1_000_001)], recipients=PEOPLE
        )
    assert outbox.rows(home.state) == []


def test_dead_letters_show_in_status_and_are_queued_again(home):
    put(home, people=PEOPLE[:1])
    row = outbox.rows(home.state)[0]
    (home.root / "outbox" / row["file"]).rename(home.root / "kept")
    deliver(home, NOON)
    told = fenwei("status", "--home", home.root)[1]
    assert "邮件告警" in told and "1 letters could not be delivered" in told
    assert json.loads(fenwei("status", "--home", home.root, "--json")[1])["mail"]["counts"] == {"dead": 1}
    assert "an@" not in fenwei("mail", "status", "--home", home.root)[1]
    (home.root / "kept").rename(home.root / "outbox" / row["file"])
    code, told, _ = fenwei("mail", "send", "--dead", "--home", home.root, "--json")
    assert (code, json.loads(told)["sent"]) == (0, 1)
    assert fenwei("mail", "send", "--again", row["message_id"], "--home", home.root)[0] == 0
    assert fenwei("mail", "send", "--again", "<no@where>", "--home", home.root)[0] == 2


def test_recipients_are_imported_whole_or_not_at_all(tmp_path):
    path, home = tmp_path / "r.csv", tmp_path / "home"
    assert fenwei("mail", "recipients", "template", "--to", path)[0] == 0
    head = path.read_text(encoding="utf-8-sig")
    path.write_text(head + "a@b.cn,甲,值班,西安\n", encoding="utf-8")
    code, told, _ = fenwei("mail", "recipients", "import", path, "--home", home, "--json")
    assert (code, json.loads(told)["added"]) == (0, 1)
    path.write_text(head + "c@d.cn,乙,值班,\nbad,丙,值班,\n", encoding="utf-8")
    code, told, _ = fenwei("mail", "recipients", "import", path, "--home", home)
    assert code == 1 and "3" in told
    assert [
        r["recipient"] for r in json.loads(fenwei("mail", "recipients", "list", "--home", home, "--json")[1])
    ] == ["a***@b***.cn"]
    assert fenwei("mail", "recipients", "import", tmp_path / "none.csv", "--home", home)[0] == 2


def test_the_mirror_has_masked_addresses_and_a_comment_for_every_column(home):
    put(home)
    con = duckdb.connect()
    con.execute(schema_sql())
    assert outbox.mirror(con, home.state) == outbox.mirror(con, home.state) == 3
    rows = con.execute("SELECT recipient, state, created FROM ops.outbox ORDER BY recipient").fetchall()
    assert rows[0] == ("a***@e***.org", "queued", NOON)
    assert "example.org" not in str(
        con.execute("SELECT recipient, subject, last_error FROM ops.outbox").fetchall()
    )
    (table,) = [t for t in read_dictionary(con) if t.name == "outbox"]
    assert all(c.zh and c.en for c in table.columns)


def test_status_makes_no_file_in_an_empty_home(tmp_path):
    code, told, _ = fenwei("mail", "status", "--home", tmp_path / "h", "--json")
    assert (code, json.loads(told)["counts"]) == (0, {})
    assert not (tmp_path / "h").exists()
    assert deliver(open_home(tmp_path / "h"), NOON).sent == 0
    assert not (tmp_path / "h").exists()


def test_a_brief_names_cities_without_data(home):
    from pipelines.mail.alarms import queue_brief

    queue_brief(home, datetime(2026, 3, 20, 9))
    text = letters(home)[f"daily_brief:{date(2026, 3, 19)}"].get_body(("plain",)).get_content()
    assert text.count("无数据 no data") == 13 and "无 AQI no AQI" in text
