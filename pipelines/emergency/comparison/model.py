"""What is known of the cities of a region in one episode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Due:
    """A level that was due: by the forecast, by observations or by an order of others; all moments are Beijing time.

    Attributes
    ----------
    known_at : datetime, optional
        When the forecast was issued or the order entered.
    """

    level: str = "none"
    start: datetime | None = None
    end: datetime | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class Warned:
    """The warnings of a city in the episode taken together.

    Attributes
    ----------
    level : str
        The gravest that was in force.
    steps : sequence of (moment, level, action)
    lift_rule_met : bool, optional
        Whether the rule for lifting was met; None where it was not looked at or nothing is lifted.
    """

    warning_ids: tuple[str, ...]
    level: str
    state: str
    issued_at: datetime | None
    start: datetime | None
    end: datetime | None
    response_at: datetime | None
    lifted_at: datetime | None
    steps: Sequence[tuple[datetime, str, str]] = ()
    lift_rule_met: bool | None = None


@dataclass(frozen=True)
class CityFacts:
    """What is known of a city in the episode; ``cuts`` holds ratio and requirement by level and pollutant [%]."""

    city_code: str
    city_name: str
    forecast: Due = field(default_factory=Due)
    observed: Due = field(default_factory=Due)
    order: Due = field(default_factory=Due)
    warned: Warned | None = None
    lead_needed_h: int = 24
    list_version: str | None = None
    cuts: Mapping[tuple[str, str], tuple[float | None, float]] = field(default_factory=dict)
    aqi_max: int | None = None
    episode: tuple[Any, Any] | None = None


def hours(first: datetime | None, second: datetime | None) -> float | None:
    """Give the time between two moments [h]; None where one is not known."""
    return None if first is None or second is None else (second - first).total_seconds() / 3600
