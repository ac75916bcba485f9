"""Settings and secrets of mail, recipients from files, what may be shown of an address."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.home import HomeError, open_home, remember
from pipelines.mail.kinds import KINDS
from pipelines.mail.recipients import Recipient, chosen, read_recipients, recipients, replace
from pipelines.mail.settings import (
    PASSWORD_FILE_VARIABLE,
    PASSWORD_VARIABLE,
    is_address,
    login,
    mail_settings,
)
from warehouse.outbox import masked

AT = datetime(2026, 12, 3, 8)
SERVER = {"host": "mail.example.org", "from_address": "a@example.org"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in (PASSWORD_VARIABLE, PASSWORD_FILE_VARIABLE, "FENWEI_SMTP_USER"):
        monkeypatch.delenv(name, raising=False)
    return open_home(tmp_path / "home")


def written(home, text):
    home.root.mkdir(parents=True, exist_ok=True)
    home.toml.write_text(text, encoding="utf-8")
    return open_home(home.root)


def test_without_settings_nothing_is_sent(home):
    assert mail_settings(home).mode == "file"


def test_the_table_is_read_and_remembered(home):
    text = '[mail]\nmode = "redirect"\nhost = "h.example.org"\nfrom_address = "a@b.cn"\nredirect_to = "c@d.cn"\nport = 2525\n'
    there = remember(written(home, text), simulated=True)
    assert open_home(there.root).settings == there.settings
    s = mail_settings(open_home(there.root))
    assert (s.mode, s.host, s.server_port, s.redirect_to) == ("redirect", "h.example.org", 2525, "c@d.cn")


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        ({"mode": "on"}, "mail.mode"),
        ({"mode": "live"}, "mail.host"),
        ({"mode": "live", "host": "h"}, "mail.from_address"),
        ({"mode": "redirect", **SERVER}, "mail.redirect_to"),
        ({"port": 70000}, "mail.port"),
        ({"port": "25"}, "mail.port"),
        ({"timeout_s": True}, "mail.timeout_s"),
        ({"timeout_s": 0}, "mail.timeout_s"),
        ({"security": "none"}, "mail.security"),
        ({"from_address": "a@b\r\nBcc: c@d.cn"}, "mail.from_address"),
        ({"quiet_from": "25:00"}, "mail.quiet_from"),
        ({"hots": "h"}, "mail.hots"),
    ],
)
def test_a_wrong_setting_is_named(home, mail, told):
    with pytest.raises(HomeError, match=told.replace(".", r"\.")):
        mail_settings(remember(home, mail=mail))


@pytest.mark.parametrize("name", ["password", "smtp_password", "passwd", "token", "密码"])
def test_a_secret_in_the_settings_is_refused_and_not_repeated(home, name):
    with pytest.raises(HomeError, match=PASSWORD_VARIABLE) as told:
        mail_settings(remember(home, mail={name: "hunter2"}))
    assert "hunter2" not in str(told.value)


def test_mail_that_is_no_table_is_refused_without_repeating_it(home):
    with pytest.raises(HomeError) as told:
        written(home, 'mail = "hunter2"\n')
    assert "hunter2" not in str(told.value)


def test_the_password_comes_from_the_environment_or_a_file(home, monkeypatch):
    home = remember(home, mail=SERVER | {"password_file": "secret"})
    path = home.root / "secret"
    path.write_text("from file\n", encoding="utf-8")
    path.chmod(0o600)
    found = login(home, mail_settings(home))
    assert (found.user, found.password) == ("a@example.org", "from file")
    assert "from file" not in repr(found)
    monkeypatch.setenv(PASSWORD_VARIABLE, "from environment")
    assert login(home, mail_settings(home)).password == "from environment"


@pytest.mark.parametrize("where", ["publish/secret", "landing/secret", "missing"])
def test_a_password_file_that_must_not_be_used(home, where):
    home = remember(home, mail=SERVER | {"password_file": where})
    path = home.root / where
    if where != "missing":
        path.parent.mkdir(parents=True)
        path.write_text("x", encoding="utf-8")
        path.chmod(0o600)
    with pytest.raises(HomeError, match="password_file"):
        login(home, mail_settings(home))


def test_a_password_file_that_everybody_may_read_is_refused(home):
    home = remember(home, mail=SERVER | {"password_file": "secret"})
    (home.root / "secret").write_text("x", encoding="utf-8")
    (home.root / "secret").chmod(0o644)
    with pytest.raises(HomeError, match="chmod 600"):
        login(home, mail_settings(home))


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2026-12-03T21:59", None),
        ("2026-12-03T22:00", "2026-12-04T07:00"),
        ("2026-12-04T06:59", "2026-12-04T07:00"),
        ("2026-12-04T07:00", None),
    ],
)
def test_quiet_hours(home, at, end):
    found = mail_settings(home).quiet_end(datetime.fromisoformat(at))
    assert found == (datetime.fromisoformat(end) if end else None)


def test_quiet_hours_within_a_day_and_none(home):
    noon = mail_settings(remember(home, mail={"quiet_from": "12:00", "quiet_until": "14:00"}))
    assert noon.quiet_end(datetime(2026, 1, 1, 13)) == datetime(2026, 1, 1, 14)
    assert noon.quiet_end(datetime(2026, 1, 1, 23)) is None
    none = mail_settings(remember(home, mail={"quiet_from": "00:00", "quiet_until": "00:00"}))
    assert none.quiet_end(datetime(2026, 1, 1, 0)) is None


@pytest.mark.parametrize("text", ["a@b.cn", "zhang.san+x@mail.example.org", "a-b@c-d.cn"])
def test_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a@@b.cn", "a b@c.cn", "a@b.cn\n", "a@b.cn\r\nX: y", "<a@b.cn>", "a@b.cn,c@d.cn", '"a"@b.cn',
     "a@-b.cn", "-a@b.cn", "张@b.cn", "a@邮.cn", ".a@b.cn", "a" * 65 + "@b.cn", "a@" + "b." * 130 + "cn"],
)  # fmt: skip
def test_what_is_no_address(text):
    assert not is_address(text)


@given(st.text(max_size=80))
def test_whatever_counts_as_an_address_cannot_break_a_command(text):
    if is_address(text):
        assert text.isascii() and text.isprintable() and not set(text) & set(' <>,;:"()[]\\')


@given(st.emails())
def test_a_masked_address_tells_first_letters_only(address):
    local, _, domain = address.rpartition("@")
    assert masked(address) == f"{local[0]}***@{domain[0]}***.{domain.rpartition('.')[2]}"


def people(folder, text, name="r.csv"):
    path = folder / name
    path.write_bytes(text.encode("gb18030"))
    return read_recipients(path)


def test_recipients_from_a_file(tmp_path):
    found = people(tmp_path, "邮箱,姓名,角色,城市\nB@Example.ORG,乙,成员单位,西安；610500\na@b.cn,甲,duty,\n")
    assert found.problems == ()
    assert found.recipients == (
        Recipient("B@example.org", "乙", "member", ("610100", "610500")),
        Recipient("a@b.cn", "甲", "duty"),
    )


def test_a_file_with_errors_tells_each_with_its_line_and_no_address(tmp_path):
    rows = [
        "zhang.san at x,甲,duty,",
        "a@b.cn,乙,boss,",
        "c@d.cn,丙,duty,上河",
        "e@f.cn,丁,duty,",
        "e@F.cn,戊,duty,",
    ]
    found = people(tmp_path, "address,name,role,cities\n" + "\n".join(rows) + "\n")
    assert [line for line, _, _ in found.problems] == [2, 3, 4, 6]
    assert "zhang" not in str(found.problems) and "e@" not in str(found.problems)


def test_hostile_names_are_made_harmless(tmp_path):
    found = people(tmp_path, 'address,name,role\na@b.cn,"x\r\nBcc: y@z.cn\u202e",duty\n')
    assert [r.name for r in found.recipients] == ["x Bcc: y@z.cn"]


def test_replacing_counts_and_choosing_goes_by_role_and_city(tmp_path):
    path = tmp_path / "state.sqlite"
    xian = Recipient("x@b.cn", "西", "member", ("610100",))
    duty, leader = Recipient("d@b.cn", "值", "duty"), Recipient("l@b.cn", "领", "leader")
    assert replace(path, [xian, duty], AT) == {"added": 2, "changed": 0, "removed": 0, "kept": 0}
    assert replace(path, [xian, leader], AT) == {"added": 1, "changed": 0, "removed": 1, "kept": 1}
    replace(path, [xian, duty, leader], AT)
    assert recipients(path) == [duty, leader, xian]
    assert chosen(path, KINDS["warning_draft"], ["610100"]) == [duty]
    assert chosen(path, KINDS["warning_notice"], ["610100"]) == [duty, leader, xian]
    assert chosen(path, KINDS["warning_notice"], ["610500"]) == [duty, leader]
    assert chosen(path, KINDS["missing_data"]) == [duty]
