"""A browser for tests: Debian's Chromium; without it they are skipped, under CI they fail."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))  # hand-made databases are made there

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium, see the documentation of Playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def database(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of the small home, with warnings and lists by hand."""
    import site_coal
    import site_emergency
    import site_worlds

    from pipelines.home import open_home
    from warehouse.store import connect

    path = tmp_path_factory.mktemp("published") / "fenwei.duckdb"
    shutil.copy(open_home(small_home).published, path)
    path.chmod(0o600)
    con = connect(path)
    for table in (*site_emergency.TABLES, *site_coal.TABLES):
        con.execute(f"DELETE FROM {table}")
    site_emergency.fill(con)
    site_coal.fill(con)
    site_worlds.close(con)
    return path


@pytest.fixture(scope="session")
def site(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of that database."""
    folder = tmp_path_factory.mktemp("site") / "页面 page"
    from site_pages import AS_OF

    from pipelines.site.build import build_site

    build_site(database, folder, AS_OF)
    return folder
