"""Settings of warnings: the table ``[warning]`` of fenwei.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pipelines.emergency.proposal import shipped
from pipelines.emergency.proposal.own_profile import read_own
from pipelines.emergency.proposal.profiles import Profile, ProfileError
from pipelines.home import Home, HomeError

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class WarningSettings:
    """What ``[warning]`` may say.

    Attributes
    ----------
    draft_at : str
        Times of the day at which drafts are made from the newest bulletin: HH:MM, separated by commas; Beijing time.
    profile : str
        Profile by name, or a table of one's own (CSV or XLSX, seen from the home folder); the national one where empty.
    confirmed_by : str
        Who confirms a profile that is off until somebody does.
    precaution : bool
        Add the level below yellow.
    agency : str
        Code of the bureau by GB/T 4657, three digits, for CAP; a placeholder where empty.
    """

    draft_at: str = "10:00, 16:30"
    profile: str = ""
    confirmed_by: str = ""
    precaution: bool = False
    agency: str = ""

    def crons(self) -> list[str]:
        """Times as cron schedules, the earliest first."""
        found = sorted({(int(m[1]), int(m[2])) for m in map(_CLOCK.fullmatch, _times(self.draft_at)) if m})
        return [f"{minute} {hour} * * *" for hour, minute in found]


def _times(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def warning_settings(home: Home) -> WarningSettings:
    """Check and give the settings of warnings.

    Raises
    ------
    HomeError
        A setting is unknown, of the wrong type, or no time of the day.
    """
    known = {f.name: f for f in fields(WarningSettings)}
    given: dict[str, Any] = dict(home.settings.warning)
    for name, value in given.items():
        if name not in known:
            raise _wrong(home, name, f"未知设置 unknown setting；可用 known: {', '.join(known)}")
        if type(value) is not type(known[name].default):
            raise _wrong(home, name, f"= {value!r}，应为 expected {type(known[name].default).__name__}")
    settings = WarningSettings(**given)
    if settings.agency and not re.fullmatch(r"[0-9]{3}", settings.agency):
        raise _wrong(home, "agency", f"= {settings.agency!r}，应为三位数字 expected three digits")
    bad = [t for t in _times(settings.draft_at) if not _CLOCK.fullmatch(t)]
    if bad:
        raise _wrong(home, "draft_at", f'含 holds {bad[0]!r}，应为 expected "10:00, 16:30"')
    return settings


def _wrong(home: Home, name: str, why: str) -> HomeError:
    return HomeError(f"{home.toml}: warning.{name}: {why}")


def profile_for(home: Home, day: date) -> Profile:
    """Make the profile of the settings, or the national one of a day.

    Raises
    ------
    HomeError
        The profile is unknown, not confirmed, or cannot be read.
    """
    settings = warning_settings(home)
    named = settings.profile
    try:
        if named.lower().endswith((".csv", ".xlsx")):
            made = read_own(home.root / named)
            return shipped.with_precaution(made) if settings.precaution else made
        return shipped.profile(
            named or shipped.in_force(day),
            confirmed_by=settings.confirmed_by or None,
            precaution=settings.precaution,
        )
    except (ProfileError, OSError, ValueError) as error:
        raise _wrong(home, "profile", str(error)) from None
