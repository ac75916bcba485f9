"""The local server gives files of the page and nothing else."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.site.serving import make_server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_text("<p>页面</p>", encoding="utf-8")
    (site / "assets/a.0123.js").write_text("1", encoding="utf-8")
    (site / "secret.duckdb").write_text("x", encoding="utf-8")
    (tmp_path / "outside.html").write_text("x", encoding="utf-8")
    (site / "link.html").symlink_to(tmp_path / "outside.html")
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


def test_pages_and_scripts(port):
    status, headers, content = ask(port, "/")
    assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
    assert content.decode() == "<p>页面</p>" and headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"
    _, headers, _ = ask(port, "/assets/a.0123.js?x=1")
    assert headers["Content-Type"].startswith("text/javascript") and "immutable" in headers["Cache-Control"]
    assert ask(port, "/index.html", "HEAD")[2] == b""


@pytest.mark.parametrize(
    "path",
    ["/../outside.html", "/%2e%2e/outside.html", "/link.html", "/assets/", "/assets", "/secret.duckdb", "/%00", "//etc/passwd"],
)  # fmt: skip
def test_nothing_else(port, path):
    assert ask(port, path)[0] == 404


def test_nothing_is_written(port):
    assert ask(port, "/index.html", "PUT")[0] == 501
    assert ask(port, "/index.html", "DELETE")[0] == 501


def test_pages_elsewhere_cannot_reach_it_by_a_name_of_theirs(port):
    assert ask(port, "/", Host="evil.example:80")[0] == 403
    assert ask(port, "/", Host=f"localhost:{port}")[0] == 200


def test_a_taken_port_is_told(port, tmp_path):
    with pytest.raises(OSError, match="in use"):
        make_server(tmp_path, port)
