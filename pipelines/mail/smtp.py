"""One connection to the mail server: encrypted, its certificate checked, and told apart what its refusals mean."""

import base64
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboards.clean import one_line
from pipelines.mail.settings import Login, MailSettings
from warehouse.outbox import masked

SENT, RETRY, DEAD, LOST, TROUBLE = "sent", "retry", "dead", "lost", "trouble"
"""Outcomes. RETRY and DEAD are about the letter; LOST: the connection broke or never came; TROUBLE: a person must mend it."""

_AUTH_CODES = (530, 534, 535, 538)
_ADDRESS = re.compile(r"[^\s<>@:;,()\"']+@[^\s<>@:;,()\"']+")
DEADLINE = 4
"""A letter may take so many time-outs in all; a server that answers one byte at a time must not hold the outbox up."""


@dataclass(frozen=True)
class Answer:
    """What came of one attempt; the error is fit to be shown."""

    outcome: str
    code: int | None = None
    error: str | None = None


class _NotUsableError(Exception):
    """The server, its certificate or the account cannot be used as things are."""

    def __init__(self, text: str, code: int | None = None, outcome: str = TROUBLE) -> None:
        super().__init__(text)
        self.code, self.outcome = code, outcome


class Transport:
    """Sends letters over one connection, which is made when first needed and again after a break.

    Parameters
    ----------
    settings : MailSettings
    login : Login
    ca_file : Path, optional
        Certificates to trust instead of the system's.
    """

    def __init__(self, settings: MailSettings, login: Login, ca_file: Path | None = None) -> None:
        self._settings, self._login, self._ca_file = settings, login, ca_file
        self._client: smtplib.SMTP | None = None
        self._ready = False

    def send(self, sender: str, recipient: str, data: bytes) -> Answer:
        """Hand one letter over; never raises for what a server, a network or a certificate can do."""
        try:
            with self._deadline():
                if not self._ready:
                    self._connect()
                answer = self._transaction(sender, recipient, data)
        except _NotUsableError as error:
            self.close()
            return Answer(error.outcome, error.code, self.shown(str(error)))
        except smtplib.SMTPResponseException as error:
            self.close()
            outcome = LOST if 400 <= error.smtp_code < 500 or error.smtp_code < 0 else TROUBLE
            return Answer(outcome, error.smtp_code, self.shown(error.smtp_error))
        except (OSError, smtplib.SMTPException, EOFError) as error:
            self.close()
            return Answer(LOST, None, self.shown(f"{type(error).__name__}: {error}"))
        except ValueError as error:
            # smtplib refuses what could end a command; the text may repeat what must not be shown.
            self.close()
            return Answer(DEAD, None, f"{type(error).__name__}: 无法发送 cannot be sent")
        if answer.outcome in (LOST, TROUBLE) or answer.code == 421:
            self.close()
        return answer

    def _connect(self) -> None:
        s, context = self._settings, self._context()
        remember: Callable[[smtplib.SMTP], None] = lambda client: setattr(self, "_client", client)  # noqa: E731
        try:
            if s.security == "tls":
                client: smtplib.SMTP = _Tls(
                    remember, s.host, s.server_port, timeout=s.timeout_s, context=context
                )
            else:
                client = _Plain(remember, s.host, s.server_port, timeout=s.timeout_s)
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        except ssl.SSLCertVerificationError as error:
            raise _NotUsableError(f"证书未通过检查 certificate refused: {error.verify_message}") from None
        except smtplib.SMTPNotSupportedError:
            raise _NotUsableError("服务器不支持 the server does not offer STARTTLS") from None
        self._log_in(client)
        self._ready = True

    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=str(self._ca_file) if self._ca_file else None)
        except (OSError, ssl.SSLError) as error:
            raise _NotUsableError(f"mail.ca_file 无法使用 cannot be used: {type(error).__name__}") from None
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _log_in(self, client: smtplib.SMTP) -> None:
        try:
            client.login(self._login.user, self._login.password)
        except smtplib.SMTPNotSupportedError:
            raise _NotUsableError("服务器不支持登录 the server offers no AUTH that is known") from None
        except smtplib.SMTPAuthenticationError as error:
            outcome = LOST if 400 <= error.smtp_code < 500 else TROUBLE
            text = f"登录被拒 login refused: {_decoded(error.smtp_error)}"
            raise _NotUsableError(text, error.smtp_code, outcome) from None
        except UnicodeError:
            raise _NotUsableError("用户名或密码含非 ASCII 字符 user or password is not ASCII") from None

    def _transaction(self, sender: str, recipient: str, data: bytes) -> Answer:
        client = self._client
        assert client is not None
        options = [f"size={len(data)}"] if client.has_extn("size") else []
        for step, (code, text) in self._steps(client, sender, recipient, options):
            if not 200 <= code < 300:
                return self._refused(client, step, code, text)
        try:
            code, text = client.data(data)
        except smtplib.SMTPDataError as error:
            return self._refused(client, "DATA", error.smtp_code, error.smtp_error)
        if code == 250:
            return Answer(SENT, code)
        return self._refused(client, "DATA", code, text)

    def _steps(
        self, client: smtplib.SMTP, sender: str, recipient: str, options: list[str]
    ) -> Iterator[tuple[str, Any]]:
        yield "MAIL", client.mail(sender, options)
        yield "RCPT", client.rcpt(recipient)

    def _refused(self, client: smtplib.SMTP, step: str, code: int, text: bytes | str) -> Answer:
        """Say what a refusal means: 4xx wait, 5xx about the letter give up, 5xx about ourselves mend."""
        error = self.shown(f"{step} {code} {_decoded(text)}")
        if code in _AUTH_CODES or (step == "MAIL" and 500 <= code < 600 and code != 552):
            return Answer(TROUBLE, code, error)
        if code != 421:
            with suppress(OSError, smtplib.SMTPException):
                client.rset()
        return Answer(DEAD if 500 <= code < 600 else RETRY, code, error)

    def shown(self, text: bytes | str) -> str:
        """Make a text of a server fit to be shown: addresses masked, secrets out, one line."""
        seen = _decoded(text)
        secrets = [self._login.password, self._login.user] + [
            base64.b64encode(s.encode()).decode()
            for s in (
                self._login.password,
                self._login.user,
                f"\0{self._login.user}\0{self._login.password}",
            )
        ]
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            seen = seen.replace(secret, "***")
        return one_line(_ADDRESS.sub(lambda m: masked(m.group()), seen), 300)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        timer = threading.Timer(DEADLINE * self._settings.timeout_s, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        """Break the connection under a call that waits on it."""
        taken = getattr(self._client, "sock", None)
        if taken is not None:
            with suppress(OSError):
                taken.shutdown(socket.SHUT_RDWR)

    def close(self, *, politely: bool = False) -> None:
        """Let go of the connection; what the server thinks of that changes nothing."""
        client, self._client, ready, self._ready = self._client, None, self._ready, False
        if client is None:
            return
        with suppress(OSError, smtplib.SMTPException, ValueError):
            if politely and ready:
                client.quit()
        with suppress(OSError):
            client.close()


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


class _Plain(smtplib.SMTP):
    """A client that is known before it connects, so that a deadline can break the connection."""

    def __init__(self, remember: Callable[[smtplib.SMTP], None], *args: Any, **options: Any) -> None:
        remember(self)
        super().__init__(*args, **options)


class _Tls(smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""

    def __init__(self, remember: Callable[[smtplib.SMTP], None], *args: Any, **options: Any) -> None:
        remember(self)
        super().__init__(*args, **options)
