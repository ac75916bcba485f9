"""Settings of bulletins made by themselves: the table ``[bulletin]`` of fenwei.toml."""

import re
from dataclasses import dataclass, fields
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.home import Home, HomeError
from warehouse import standards
from warehouse.classes import LOWER

DAY, MONTH = "day", "month"
FORMATS = ("docx", "pdf", "txt", "json")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MONTHLY = re.compile(r"([1-9]|1\d|2[0-8]) +([01]\d|2[0-3]):([0-5]\d)")
_SPLIT = re.compile(r"[,，;；、]")


@dataclass(frozen=True)
class BulletinSettings:
    """What ``[bulletin]`` may say; without ``day_at`` and ``month_at`` nothing is made.

    Attributes
    ----------
    day_at : str
        From when each morning yesterday's bulletin is made: HH:MM, Beijing time; empty for never.
    month_at : str
        Day of the month (1–28) and time from which last month's bulletin is made, such as ``5 09:00``; empty for never.
    region : str
        Region of the bulletins; empty for bulletins of cities only.
    cities : str
        Cities that get bulletins of their own, separated by commas.
    classes : str
        Classes of the data, separated by commas: ``internal``, ``public``.
    formats : str
        Of docx, pdf, txt, json, separated by commas; the text is always written.
    templates : str
        Folder of one's own templates, seen from the home folder: ``day.docx``, ``month.html``, ``city_day.txt`` and so on.
    mail : bool
        Put what is made into the outbox.
    """

    day_at: str = ""
    month_at: str = ""
    region: str = "fenwei"
    cities: str = ""
    classes: str = "internal"
    formats: str = "docx, pdf"
    templates: str = ""
    mail: bool = False

    def day_cron(self) -> str | None:
        """Every hour from the time on, so that late data still give a bulletin the same day; None for never."""
        found = _CLOCK.fullmatch(self.day_at)
        return f"{int(found[2])} {int(found[1])}-23 * * *" if found else None

    def month_cron(self) -> str | None:
        """Every hour from the time on, from that day to the end of the month; None for never."""
        found = _MONTHLY.fullmatch(self.month_at)
        return f"{int(found[3])} {int(found[2])}-23 {int(found[1])}-31 * *" if found else None

    def reached(self, kind: str, now: datetime) -> bool:
        """Tell whether the time has come, on this day or in this month; never for a kind that is not set."""
        if kind == DAY:
            found = _CLOCK.fullmatch(self.day_at)
            return bool(found and now.time() >= time(int(found[1]), int(found[2])))
        found = _MONTHLY.fullmatch(self.month_at)
        return bool(
            found
            and now >= now.replace(day=int(found[1]), hour=int(found[2]), minute=int(found[3]), second=0)
        )

    def listed(self, name: str) -> list[str]:
        """Give a setting that is a list, each entry once."""
        return list(dict.fromkeys(part.strip() for part in _SPLIT.split(getattr(self, name)) if part.strip()))


def bulletin_settings(home: Home) -> BulletinSettings:
    """Check and give the settings of bulletins.

    Raises
    ------
    HomeError
        A setting is unknown, of the wrong type, or cannot be used.
    """
    known = {f.name: f for f in fields(BulletinSettings)}
    for name, value in home.settings.bulletin.items():
        if name not in known:
            raise _wrong(home, name, f"未知设置 unknown setting；可用 known: {', '.join(known)}")
        if type(value) is not type(known[name].default):
            raise _wrong(home, name, f"= {value!r}，应为 expected {type(known[name].default).__name__}")
    given: dict[str, Any] = dict(home.settings.bulletin)
    settings = BulletinSettings(**given)
    _check_times(home, settings)
    _check_lists(home, settings)
    return settings


def _check_times(home: Home, s: BulletinSettings) -> None:
    if s.day_at and not _CLOCK.fullmatch(s.day_at):
        raise _wrong(home, "day_at", f'= {s.day_at!r}，应为 expected "08:30"')
    if s.month_at and not _MONTHLY.fullmatch(s.month_at):
        raise _wrong(
            home, "month_at", f'= {s.month_at!r}，应为每月几日（1–28）与时间 expected "5 09:00" (day 1–28)'
        )


def _check_lists(home: Home, s: BulletinSettings) -> None:
    for name, allowed in (("classes", LOWER), ("formats", FORMATS)):
        wrong = [each for each in s.listed(name) if each not in allowed]
        if wrong or not s.listed(name):
            found = f"含 holds {wrong[0]!r}" if wrong else "为空 is empty"
            raise _wrong(home, name, f"{found}，应为 expected {', '.join(allowed)}")
    strange = [name for name in s.listed("cities") if _plain(name) not in _city_names()]
    if strange:
        raise _wrong(home, "cities", f"没有城市 no city {strange[0]!r}")
    if not s.region and not s.listed("cities"):
        raise _wrong(home, "region", "与 cities 不能都为空 region and cities cannot both be empty")
    folder = template_folder(home, s)
    if folder is not None and not folder.is_dir():
        raise _wrong(
            home,
            "templates",
            f"没有文件夹 no folder {folder}；可用 fenwei bulletin --template-to 写出 write them with --template-to",
        )


@cache
def _city_names() -> frozenset[str]:
    rows = standards.load("city").to_dict("records")
    columns = ("city_code", "name_zh", "name_en", "short_zh")
    names = {str(row[column]) for row in rows for column in columns}
    names |= {alias for row in rows for alias in str(row["aliases"] or "").split(";")}
    return frozenset(map(_plain, names - {""}))


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def template_folder(home: Home, settings: BulletinSettings) -> Path | None:
    """Folder of one's own templates; None where there is none."""
    return (home.root / settings.templates) if settings.templates else None


def own_templates(home: Home, settings: BulletinSettings, kind: str) -> list[Path]:
    """Files of one's own templates of a kind of bulletin."""
    folder = template_folder(home, settings)
    if folder is None:
        return []
    return [path for suffix in ("docx", "html", "txt") if (path := folder / f"{kind}.{suffix}").is_file()]


def _wrong(home: Home, name: str, why: str) -> HomeError:
    return HomeError(f"{home.toml}: bulletin.{name}: {why}")
