"""Homes that make and mail bulletins of what the small home has published."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.home import Home, open_home, remember
from pipelines.mail import recipients
from pipelines.mail.box import folder
from pipelines.mail.recipients import Recipient
from warehouse import outbox

__all__ = ["NOW", "OFFICE", "home", "letters", "names"]

NOW = datetime(2026, 3, 10, 9)
PEOPLE = (
    Recipient("duty@example.invalid", "值班", "duty"),
    Recipient("boss@example.invalid", "领导", "leader"),
    Recipient("xian@example.invalid", "西安", "member", ("610100",)),
    Recipient("weinan@example.invalid", "渭南", "member", ("610500",)),
)
OFFICE = {"duty@example.invalid", "boss@example.invalid"}


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Callable[..., Home]:
    """A home of its own that reads what the small home has published."""

    def made(**settings: Any) -> Home:
        root = tmp_path / "home"
        root.mkdir(exist_ok=True)
        if not (root / "publish").exists():
            (root / "publish").symlink_to(small_home / "publish")
        opened = remember(
            open_home(root), simulated=True, as_of=NOW.isoformat(), bulletin={"formats": "docx"} | settings
        )
        recipients.replace(opened.state, PEOPLE, NOW)
        return opened

    return made


def letters(home: Home) -> list[tuple[str, str]]:
    return sorted((row["letter_key"], row["recipient"]) for row in outbox.rows(home.state))


def names(home: Home) -> set[str]:
    return {path.name for path in (folder(home) / "bulletin").glob("*")}
