"""The profiles that come with the system, out of the fact tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.emergency.proposal.profiles import Profile, ProfileError, compile_levels
from warehouse import standards

ADDITION = "precaution"
"""The levels below yellow that can be added to any profile."""


def names() -> list[str]:
    """Whole profiles that come with the system."""
    listed = standards.load("warning_profile")
    return [str(name) for name in listed[listed["kind"] == "base"]["profile"]]


def in_force(day: date) -> str:
    """Name the national profile in force on a day; before the first one, the first.

    Raises
    ------
    ProfileError
        None is on record.
    """
    listed = standards.load("warning_profile")
    national = listed[(listed["kind"] == "base") & listed["enabled"] & listed["area_code"].isna()]
    if national.empty:
        raise ProfileError("warning_profile.csv: 没有启用的国家方案 | no national profile in use")
    national = national.sort_values("valid_from")
    begun = national[national["valid_from"] <= pd.Timestamp(day)]
    return str((begun if len(begun) else national.head(1)).iloc[-1 if len(begun) else 0]["profile"])


def profile(name: str, *, confirmed_by: str | None = None, precaution: bool = False) -> Profile:
    """Make one of the profiles that come with the system.

    Parameters
    ----------
    name : str
    confirmed_by : str, optional
        Who confirms a profile that is off until somebody does.
    precaution : bool
        Add the level below yellow.

    Raises
    ------
    ProfileError
        Unknown, or off and not confirmed.
    """
    known = names()
    if name not in known:
        raise ProfileError(f"没有预警方案“{name}”；现有 | no such profile; known: {', '.join(known)}")
    made = _made(name, confirmed_by)
    if not made.enabled and not confirmed_by:
        raise ProfileError(
            f"方案 {name} 未经确认，默认关闭；确认后用 --confirmed-by 姓名"
            f" | profile {name} is off until the bureau confirms it: --confirmed-by NAME"
        )
    return with_precaution(made) if precaution else made


def with_precaution(made: Profile) -> Profile:
    """Add the level below yellow to a profile that has none."""
    if made.alternatives(ADDITION):
        return made
    extra = _made(ADDITION, None)
    return replace(made, levels=made.levels + extra.levels, verified=made.verified and extra.verified)


def _made(name: str, confirmed_by: str | None) -> Profile:
    listed = standards.load("warning_profile")
    about = listed[listed["profile"] == name].sort_values("valid_from").iloc[-1]
    rules = standards.load("warning_rule")
    rules = rules[rules["profile"] == name]
    rows = [
        (
            str(r["level"]),
            int(r["alternative"]),
            int(r["part"]),
            str(r["relation"]),
            int(r["aqi_gt"]),
            int(r["run_h"]),
        )
        for r in rules.to_dict("records")
    ]
    return Profile(
        name,
        compile_levels(rows),
        lift_h=int(about["lift_h"]),
        merge_gap_lt_h=int(about["merge_gap_lt_h"]),
        lead_time_h=int(about["lead_time_h"]),
        name_zh=str(about["name_zh"]),
        name_en=str(about["name_en"]),
        enabled=bool(about["enabled"]),
        area_code=None if pd.isna(about["area_code"]) else str(about["area_code"]),
        verified=bool(about["verified"]) and bool(rules["verified"].all()),
        clause=str(about["clause"]),
        source=str(about["source"]),
        note=None if pd.isna(about["note"]) else str(about["note"]),
        confirmed_by=confirmed_by,
    )
