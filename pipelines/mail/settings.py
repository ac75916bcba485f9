"""Settings of mail: the table ``[mail]`` of fenwei.toml, and the secrets that never stand in it."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipelines.home import Home, HomeError

MODES = ("file", "redirect", "live")
SECURITY = ("starttls", "tls")
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$&'*+/=?^_`{|}~][A-Za-z0-9!#$&'*+/=?^_`{|}~-]*(?:\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""A plain address: ASCII, no quotes, a domain with a dot."""

USER_VARIABLE = "FENWEI_SMTP_USER"
PASSWORD_VARIABLE = "FENWEI_SMTP_PASSWORD"  # noqa: S105
PASSWORD_FILE_VARIABLE = "FENWEI_SMTP_PASSWORD_FILE"  # noqa: S105
_SECRET_NAMES = re.compile(r"pass(word|wd)?|secret|token|auth_?code|授权码|密码", re.IGNORECASE)


@dataclass(frozen=True)
class MailSettings:
    """What ``[mail]`` may say.

    Attributes
    ----------
    mode : {"file", "redirect", "live"}
        ``file`` writes .eml files and sends nothing; ``redirect`` sends everything to ``redirect_to``; only ``live`` sends
        to real recipients.
    ca_file : str
        Certificates to trust instead of the system's, for a mail server of the office.
    per_minute : int
        At most so many letters a minute.
    quiet_from, quiet_until : str
        Letters that are not urgent wait from one until the other; the same time twice switches it off.
    give_up_hours : int
        A letter refused for the time being so long becomes a dead letter.
    """

    mode: str = "file"
    host: str = ""
    port: int = 0
    security: str = "starttls"
    ca_file: str = ""
    user: str = ""
    password_file: str = ""
    from_address: str = ""
    from_name: str = "汾渭平原大气污染联防联控"
    redirect_to: str = ""
    timeout_s: int = 30
    per_minute: int = 30
    max_mb: int = 10
    quiet_from: str = "22:00"
    quiet_until: str = "07:00"
    brief_at: str = "08:00"
    give_up_hours: int = 72

    @property
    def sender(self) -> str:
        """Address that letters come from; a reserved one that cannot exist where none is set."""
        return self.from_address or "fenwei@fenwei.invalid"

    @property
    def server_port(self) -> int:
        """Port, by default the one of the kind of security."""
        return self.port or (465 if self.security == "tls" else 587)

    def quiet_end(self, now: datetime) -> datetime | None:
        """When the quiet hours that hold now end; None outside of them."""
        first, last = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)
        inside = first <= now.time() < last if first < last else now.time() >= first or now.time() < last
        if first == last or not inside:
            return None
        end = datetime.combine(now.date(), last)
        return end if end > now else end + timedelta(days=1)


def mail_settings(home: Home) -> MailSettings:
    """Check and give the settings of mail.

    Raises
    ------
    HomeError
        A setting is unknown, of the wrong type or out of range, or a secret stands in the file. Values are not repeated.
    """
    given = home.settings.mail
    known = {f.name: f for f in fields(MailSettings)}
    for name, value in given.items():
        _check_name(home, name, known)
        expected = type(known[name].default)
        if not isinstance(value, expected) or isinstance(value, bool):
            raise _wrong(home, name, f"应为 expected {expected.__name__}")
    settings = MailSettings(**given)
    _check_values(home, settings)
    return settings


def _check_name(home: Home, name: str, known: Mapping[str, Any]) -> None:
    if name in known:
        return
    if _SECRET_NAMES.search(name):
        raise _wrong(
            home,
            name,
            f"密码不得写在设置里：用环境变量 {PASSWORD_VARIABLE} 或 password_file | no secrets in this file:"
            f" use the environment variable {PASSWORD_VARIABLE} or password_file, and change the password",
        )
    raise _wrong(home, name, f"未知设置 unknown setting；可用 known: {', '.join(known)}")


def _check_values(home: Home, s: MailSettings) -> None:
    for name, (holds, expected) in _RULES.items():
        if not holds(getattr(s, name)):
            raise _wrong(home, name, f"应为 expected {expected}")
    needed = {
        "file": (),
        "redirect": ("host", "from_address", "redirect_to"),
        "live": ("host", "from_address"),
    }
    for name in needed[s.mode]:
        if not getattr(s, name):
            raise _wrong(home, name, f"mail.mode = {s.mode} 时必填 is needed")


def _wrong(home: Home, name: str, why: str) -> HomeError:
    return HomeError(f"{home.toml}: mail.{name}: {why}")


def is_address(text: str) -> bool:
    """Tell whether a text is a plain mail address that may stand in an SMTP command."""
    local, _, _ = text.rpartition("@")
    return len(text) <= 254 and len(local) <= 64 and ADDRESS.fullmatch(text) is not None


def _or_empty(text: str) -> bool:
    return not text or is_address(text)


def _positive(value: int) -> bool:
    return value > 0


def _clock(text: str) -> bool:
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text) is not None


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "mode": (MODES.__contains__, " | ".join(MODES)),
    "security": (SECURITY.__contains__, " | ".join(SECURITY)),
    "from_address": (_or_empty, "邮件地址 a mail address"),
    "redirect_to": (_or_empty, "邮件地址 a mail address"),
    "timeout_s": (_positive, "大于 0 more than 0"),
    "per_minute": (_positive, "大于 0 more than 0"),
    "max_mb": (_positive, "大于 0 more than 0"),
    "give_up_hours": (_positive, "大于 0 more than 0"),
    "port": (range(65536).__contains__, "1–65535"),
    "quiet_from": (_clock, "HH:MM"),
    "quiet_until": (_clock, "HH:MM"),
    "brief_at": (_clock, "HH:MM"),
}


@dataclass(frozen=True)
class Login:
    """Name and password of the mail account; the password is never shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login(user={self.user!r}, password=***)"


def login(home: Home, settings: MailSettings) -> Login:
    """Find the secrets: environment, else the file named in the environment or in the settings.

    Raises
    ------
    HomeError
        There are none, or the file of the password lies where it would be published or everybody may read it.
    """
    user = os.environ.get(USER_VARIABLE) or settings.user or settings.from_address
    password = os.environ.get(PASSWORD_VARIABLE) or ""
    named = os.environ.get(PASSWORD_FILE_VARIABLE) or settings.password_file
    if not password and named:
        password = _from_file(home, home.root / Path(named).expanduser())
    if not password:
        raise _wrong(
            home,
            "password_file",
            f"没有密码：设置环境变量 {PASSWORD_VARIABLE} 或 password_file | no password: set {PASSWORD_VARIABLE} or password_file",
        )
    return Login(user, password)


def _from_file(home: Home, path: Path) -> str:
    for folder in (home.publish, home.landing):
        if path.resolve().is_relative_to(folder.resolve()):
            raise _wrong(home, "password_file", f"不得放在 must not lie in {folder}")
    try:
        if path.stat().st_mode & 0o007:
            raise _wrong(home, "password_file", f"{path}: 其他用户可访问，请 others may use it: chmod 600")
        return path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(
            home, "password_file", f"{path}: 无法读取 cannot be read ({type(error).__name__})"
        ) from None
