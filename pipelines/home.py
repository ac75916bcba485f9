"""A home folder: where files land, where the warehouse is, and the few settings it remembers."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from warehouse.classes import RESTRICTED
from warehouse.publish import build_path

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing time by its fixed offset, so that no time-zone database is needed."""


FIRST_DAY = date(2013, 1, 1)
"""First day that a standard set covers, and first daily partition."""


class HomeError(ValueError):
    """A setting of the home cannot be used."""


@dataclass(frozen=True)
class Settings:
    """What ``fenwei.toml`` may say; everything has a default."""

    stations: str | None = None
    overrides: str | None = None
    city_outlines: str | None = None
    landing: str | None = None
    simulated: bool = False
    as_of: str | None = None
    keep_versions: int = 3
    max_file_mb: int = 256
    memory_limit: str = "700MB"
    threads: int = 2
    close_after_days: int = 7
    query_seconds: int = 300
    publish_parquet: bool = True
    publish_site: bool = True
    mail: Mapping[str, Any] = field(default_factory=dict, hash=False)
    warning: Mapping[str, Any] = field(default_factory=dict, hash=False)
    bulletin: Mapping[str, Any] = field(default_factory=dict, hash=False)


_TYPES: dict[str, type | tuple[type, ...]] = {
    "stations": str,
    "overrides": str,
    "city_outlines": str,
    "landing": str,
    "simulated": bool,
    "as_of": str,
    "keep_versions": int,
    "max_file_mb": int,
    "memory_limit": str,
    "threads": int,
    "close_after_days": int,
    "query_seconds": int,
    "publish_parquet": bool,
    "publish_site": bool,
    "mail": dict,
    "warning": dict,
    "bulletin": dict,
}


@dataclass(frozen=True)
class Home:
    """Paths and settings of one installation.

    Parameters
    ----------
    root : Path
        The home folder; it need not exist yet.
    settings : Settings
    """

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def toml(self) -> Path:
        """Settings file."""
        return self.root / "fenwei.toml"

    @property
    def landing(self) -> Path:
        """Folder that files arrive in."""
        given = self.settings.landing
        return (self.root / given) if given else self.root / "landing"

    @property
    def warehouse(self) -> Path:
        """The file the pipeline writes; readers use `published`."""
        return self.root / "warehouse" / "fenwei.duckdb"

    @property
    def state(self) -> Path:
        """Decisions of people."""
        return self.root / "state.sqlite"

    @property
    def publish(self) -> Path:
        """Folder of published versions."""
        return self.root / "publish"

    @property
    def published(self) -> Path:
        """The published database that holds everything, for the program itself; people are given `build`."""
        return build_path(self.publish, RESTRICTED)

    def build(self, klass: str) -> Path:
        """The published database of a class: ``public``, ``internal`` or ``restricted``."""
        return build_path(self.publish, klass)

    @property
    def logs(self) -> Path:
        """Folder of log files."""
        return self.root / "logs"

    @property
    def run_lock(self) -> Path:
        """Lock that keeps two runs of the whole job apart."""
        return self.root / "warehouse" / "run.lock"

    def path_of(self, name: str | None) -> Path | None:
        """A path from the settings, relative ones taken from the home."""
        return (self.root / name) if name else None


def default_root() -> Path:
    """The home used when none is named: ``FENWEI_HOME`` or ``./fenwei-home``."""
    return Path(os.environ.get("FENWEI_HOME") or "fenwei-home")


def open_home(root: Path | None = None) -> Home:
    """Read the settings of a home; a home without ``fenwei.toml`` has the defaults.

    Raises
    ------
    HomeError
        The file is not TOML, or a setting is unknown or of the wrong type.
    """
    root = (root or default_root()).absolute()
    path = root / "fenwei.toml"
    if not path.exists():
        return Home(root)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(f"{path}: 不是有效的 TOML not valid TOML: {error}") from None
    return Home(root, _checked(path, given))


def _checked(path: Path, given: dict[str, Any]) -> Settings:
    for key, value in given.items():
        kind = _TYPES.get(key)
        if kind is None:
            known = ", ".join(_TYPES)
            raise HomeError(f"{path}: 未知设置 unknown setting {key!r}；可用 known: {known}")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            found = type(value).__name__ if kind is dict else repr(value)
            raise HomeError(f"{path}: {key} = {found}，应为 expected {getattr(kind, '__name__', kind)}")
    return Settings(**given)


def remember(home: Home, **changes: Any) -> Home:
    """Write settings into ``fenwei.toml`` (atomically) and return the home with them."""
    values = {
        name: getattr(home.settings, name)
        for name in _TYPES
        if getattr(home.settings, name) != getattr(Settings(), name)
    }
    values.update({k: v for k, v in changes.items() if v is not None})
    text = "# 汾渭系统设置 | settings of this Fenwei home\n"
    text += "".join(f"{name} = {_toml(v)}\n" for name, v in values.items() if not isinstance(v, Mapping))
    for name, value in values.items():
        if isinstance(value, Mapping):
            text += f"\n[{name}]\n" + "".join(f"{_key(k)} = {_toml(v)}\n" for k, v in value.items())
    home.root.mkdir(parents=True, exist_ok=True)
    if not home.toml.exists() or home.toml.read_text(encoding="utf-8") != text:
        staged = home.toml.with_suffix(".toml.next")
        staged.write_text(text, encoding="utf-8")
        staged.replace(home.toml)
    return Home(home.root, _checked(home.toml, values))


def _key(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else json.dumps(name, ensure_ascii=False)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def now(home: Home, as_of: str | None = None) -> datetime:
    """The moment a run takes as now: ``--as-of``, else the home's, else the clock; Beijing time without zone.

    Raises
    ------
    HomeError
        The text is not a date or a date and time.
    """
    text = as_of or home.settings.as_of
    if not text:
        return datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise HomeError(f"--as-of {text!r}: 应为 expected 2026-01-31 或 or 2026-01-31T08:30") from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(BEIJING).replace(tzinfo=None)
    if len(text) <= 10:
        moment = moment + timedelta(hours=23, minutes=59)
    return moment
