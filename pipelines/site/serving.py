"""A server for looking at the page on one's own machine: reads one folder, for this machine only."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
"""Files that are served, and as what; nothing else is."""

_ADDRESS = "127.0.0.1"


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Make a server of the files in a folder; port 0 takes a free one.

    Raises
    ------
    OSError
        The port cannot be used.
    """

    class Handler(_Handler):
        root = folder

    server = ThreadingHTTPServer((_ADDRESS, port), Handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    root: Path
    server_version = "fenwei"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file of the page."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with what there is to say about a file."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        try:
            path = self._file()
            content = path.read_bytes() if path else None
        except (OSError, ValueError):
            path, content = None, None
        if path is None or content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TYPES[path.suffix])
        self.send_header("Content-Length", str(len(content)))
        # Names of shared files change with their content; pages and data are asked for anew each time.
        lasting = path.parent.name == "assets"
        self.send_header("Cache-Control", "max-age=31536000, immutable" if lasting else "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _is_ours(self) -> bool:
        """A name other than this machine's is a page elsewhere that has its name lead here."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        return host in (_ADDRESS, "localhost")

    def _file(self) -> Path | None:
        """File asked for, inside the folder as it is now: publishing may have swapped it since."""
        asked = unquote(urlsplit(self.path).path)
        if asked.endswith("/"):
            asked += "index.html"
        root = self.root.resolve()
        path = (root / asked.lstrip("/")).resolve()
        return path if path.is_relative_to(root) and path.suffix in TYPES and path.is_file() else None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of the base class
        """Say nothing: the address was told, and errors show in the browser."""
