"""Mail servers on loopback: a real one, and one that fails in every way a script asks for."""

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "fenwei@example.org", "correct horse"


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test, and a server's certificate from it for ``localhost``."""

    server: ssl.SSLContext
    ca_file: Path

    @classmethod
    def made(cls, folder: Path, name: str = "localhost") -> "Authority":
        ca = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert(name).configure_cert(context)
        path = folder / "ca.pem"
        ca.cert_pem.write_to_path(str(path))
        return cls(context, path)


@dataclass(frozen=True)
class Received:
    """A letter as a server took it."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)  # type: ignore[return-value]

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class _Sink:
    def __init__(self) -> None:
        self.received: list[Received] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received += [
            Received(envelope.mail_from, r, envelope.original_content) for r in envelope.rcpt_tos
        ]
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@contextmanager
def real_server(authority: Authority, security: str) -> Iterator[tuple[int, list[Received]]]:
    """Run aiosmtpd with AUTH, by STARTTLS or encrypted from the first byte; gives its port and what it took."""
    sink = _Sink()
    port = free_port()
    options: dict[str, Any] = {"authenticator": _authenticate, "auth_required": True}
    if security == "starttls":
        options |= {"tls_context": authority.server, "require_starttls": True, "auth_require_tls": True}
    else:
        options |= {"ssl_context": authority.server, "auth_require_tls": False}
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port, sink.received
    finally:
        controller.stop()


class _GoneError(Exception):
    pass


@dataclass
class FaultyServer:
    """A small SMTP server (encrypted from the first byte) that follows a script of faults.

    ``greetings`` are used up one a connection, ``faults`` one a letter; when they are used up it works.
    """

    authority: Authority
    faults: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    login_reply: bytes = b"235 welcome"

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._stop = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._stop.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with (
            suppress(OSError, _GoneError, ValueError),
            self.authority.server.wrap_socket(plain, server_side=True) as connection,
        ):
            self._talk(_Line(connection, self._stop))

    def _talk(self, line: "_Line") -> None:
        greeting = self.greetings.pop(0) if self.greetings else "220 ready"
        if greeting == "drop":
            return
        if greeting == "drip":
            line.drip(b"220 " + b"x" * 500)
        line.say(greeting.encode())
        sender = recipient = fault = ""
        while command := line.read():
            verb = command[:4].upper()
            if verb == b"EHLO":
                line.say(b"250-localhost\r\n250-SIZE 20000000\r\n250 AUTH PLAIN")
            elif verb == b"AUTH":
                line.say(self.login_reply)
            elif verb == b"MAIL":
                fault = self.faults.pop(0) if self.faults else ""
                sender = command.decode().partition("<")[2].partition(">")[0]
                self._answer(line, fault, "mail")
            elif verb == b"RCPT":
                recipient = command.decode().partition("<")[2].partition(">")[0]
                self._answer(line, fault, "rcpt")
            elif verb == b"DATA":
                self._data(line, fault, sender, recipient)
            elif verb == b"QUIT":
                line.say(b"221 bye")
                return
            else:
                line.say(b"250 ok")

    def _answer(self, line: "_Line", fault: str, step: str) -> None:
        if fault == f"{step} hang":
            self.stalled.set()
            self._stop.wait()
            raise _GoneError
        if fault == f"{step} drip":
            line.drip(b"250 " + b"x" * 500)
        if fault == f"{step} drop":
            raise _GoneError
        if fault == f"{step} garbage":
            line.say(b"\xff\xfe what")
            return
        reply = fault.removeprefix(f"{step} ") if fault.startswith(f"{step} ") else "250 ok"
        line.say(reply.encode())
        if reply.startswith("421"):
            raise _GoneError

    def _data(self, line: "_Line", fault: str, sender: str, recipient: str) -> None:
        if fault.startswith("data4 "):
            line.say(fault.removeprefix("data4 ").encode())
            return
        line.say(b"354 go on")
        if fault == "data drop in the middle":
            line.read()
            raise _GoneError
        data = line.read_data()
        if fault == "data drop before taking":
            raise _GoneError
        if fault.startswith("data ") and fault[5:8].isdigit():
            line.say(fault[5:].encode())
            return
        self.received.append(Received(sender, recipient, data))
        if fault == "data drop after taking":
            raise _GoneError
        if fault == "data hang after taking":
            self.stalled.set()
            self._stop.wait()
            raise _GoneError
        line.say(b"250 taken")


class _Line:
    """Lines over a connection."""

    def __init__(self, connection: ssl.SSLSocket, stop: threading.Event) -> None:
        self._file, self._connection, self._stop = connection.makefile("rb"), connection, stop

    def say(self, text: bytes) -> None:
        self._connection.sendall(text + b"\r\n")

    def drip(self, text: bytes) -> None:
        """Send so slowly that no single wait times out."""
        for letter in text:
            self._connection.sendall(bytes((letter,)))
            if self._stop.wait(0.3):
                raise _GoneError

    def read(self) -> bytes:
        return self._file.readline()

    def read_data(self) -> bytes:
        lines = list(iter(self._file.readline, b".\r\n"))
        if b"" in lines:
            raise _GoneError
        return b"".join(line[1:] if line.startswith(b"..") else line for line in lines)


def by_recipient(received: Iterable[Received]) -> dict[str, set[str]]:
    """Message-IDs each recipient got."""
    found: dict[str, set[str]] = {}
    for each in received:
        found.setdefault(each.recipient, set()).add(each.message_id)
    return found
