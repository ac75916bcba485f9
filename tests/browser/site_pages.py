"""What tests of the page in a browser share: opening, drawing, reading tables."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from warehouse.store import open_read_only

AS_OF = datetime(2026, 3, 10, 9)
PHONE = {"width": 390, "height": 800}


@contextmanager
def opened(chromium: Any, address: str, **options: Any) -> Iterator[Any]:
    """Open a page; nothing may be asked for elsewhere, and nothing may go wrong."""
    context = chromium.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True, **options
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(address)
    ready(page)
    yield page
    context.close()
    assert wrong == []
    assert [u for u in asked if not u.startswith(("file:", "data:", "blob:", "http://127.0.0.1:"))] == []


def ready(page: Any) -> None:
    # What the page forbids itself, evaluating texts, `wait_for_function` needs.
    page.locator("body[data-ready=yes]").wait_for()


def draw_all(page: Any) -> None:
    page.evaluate("fenwei.cards.redraw(true)")
    expect(page.locator(".plot:not([hidden]):not(:has(.main-svg))")).to_have_count(0)


def rows_of(page: Any, chart: str) -> list[list[str]]:
    card = page.locator(f'[data-chart="{chart}"]')
    if card.locator("details").get_attribute("open") is None:
        card.locator("summary").click()
    card.locator("tbody tr").first.wait_for()
    return card.locator("tbody").evaluate("b => [...b.rows].map(r => [...r.cells].map(c => c.textContent))")


def queried(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(open_read_only(database)) as con:
        return con.execute(sql).fetchall()
