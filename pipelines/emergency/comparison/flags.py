"""What stands out about a city in an episode: a flag is a question for the consultation, not a finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from pipelines.emergency.comparison.model import CityFacts, Due, Warned, hours
from pipelines.emergency.proposal.profiles import rank
from warehouse.standards.list_spec import LIST_POLLUTANTS
from warehouse.standards.warning_words import SHORT_NAMES

NEIGHBOUR_LATE_H = 12.0
"""Hours after the middle start of the other cities from which a start is called late; a choice of this system."""
NEIGHBOURS_LEAST = 2
"""Other cities in response that it takes to speak of neighbours."""


def flags_of(
    city: CityFacts, due: Due, by: str | None, lead: float | None, others: Sequence[datetime], as_of: datetime
) -> list[dict[str, str]]:
    """Give the flags of a city: level, start, notice, measures, lifting.

    Parameters
    ----------
    city : CityFacts
    due : Due
        The gravest level due.
    by : str or None
        Whose it is: forecast, order.
    lead : float or None
        Notice that was given [h].
    others : sequence of datetime
        Starts of the other cities' responses.
    as_of : datetime
    """
    warned = city.warned
    if warned is None:
        return _missing(city, due)
    found = [
        *_level_flags(city, warned, due, by),
        *_start_flags(city, warned, due, by, others, as_of),
        *_measure_flags(city, warned.level),
        *_lift_flags(city, warned),
    ]
    if lead is not None and lead < city.lead_needed_h:
        found.append(_flag("short_notice", f"提前 {lead:.0f} 小时发布，少于 {city.lead_needed_h} 小时",
                           f"{lead:.0f} h of notice, fewer than {city.lead_needed_h}"))  # fmt: skip
    return found


def _flag(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


def _missing(city: CityFacts, due: Due) -> list[dict[str, str]]:
    if rank(due.level) >= rank("yellow"):
        return [
            _flag(
                "missing_warning",
                f"应为 {SHORT_NAMES[due.level]}，未发布预警",
                f"{due.level} was due, no warning was issued",
            )
        ]
    if rank(city.observed.level) >= rank("yellow"):
        return [
            _flag(
                "missing_by_observations",
                f"实况达到 {SHORT_NAMES[city.observed.level]} 条件，预报未达或没有预报，未发布预警",
                f"observations reached {city.observed.level}, the forecast did not or there was none, no warning was issued",
            )
        ]
    return []


def _level_flags(city: CityFacts, warned: Warned, due: Due, by: str | None) -> list[dict[str, str]]:
    if rank(warned.level) < rank(due.level):
        whose = ("上级或区域指令", "the order") if by == "order" else ("规则", "the rule")
        return [
            _flag(
                "weaker_level",
                f"发布 {SHORT_NAMES[warned.level]}，{whose[0]}为 {SHORT_NAMES[due.level]}",
                f"{warned.level} was issued, {whose[1]} gives {due.level}",
            )
        ]
    if rank(warned.level) > max(rank(due.level), rank(city.observed.level)):
        return [
            _flag(
                "stricter_level",
                f"严于规则（{SHORT_NAMES[due.level]}）",
                f"stricter than the rule ({due.level})",
            )
        ]
    return []


def _start_flags(
    city: CityFacts, warned: Warned, due: Due, by: str | None, others: Sequence[datetime], as_of: datetime
) -> list[dict[str, str]]:
    found = []
    began = warned.response_at or warned.start
    # Nobody can start before it is known that there is something to start for.
    wanted = max((m for m in (due.start, due.known_at) if m is not None), default=None) if due.start else None
    late = hours(wanted, began)
    if late is not None and late > 0:
        whose = ("指令", "order") if by == "order" else ("规则", "rule")
        found.append(_flag(f"late_against_{whose[1]}", f"响应比{whose[0]}晚 {late:.0f} 小时",
                           f"response {late:.0f} h later than the {whose[1]}"))  # fmt: skip
    if len(others) >= NEIGHBOURS_LEAST and began is not None:
        middle = median(at.timestamp() for at in others)
        behind = (began.timestamp() - middle) / 3600
        if behind > NEIGHBOUR_LATE_H:
            found.append(_flag("late_against_neighbours", f"响应比其他城市中位时间晚 {behind:.0f} 小时",
                               f"response {behind:.0f} h later than the middle one of the other cities"))  # fmt: skip
    if (
        warned.response_at is None
        and warned.lifted_at is None
        and warned.start is not None
        and warned.start < as_of
    ):
        found.append(
            _flag(
                "not_started",
                "已到开始时间，未登记响应启动",
                "its start has passed, no start of the response is on record",
            )
        )
    return found


def _measure_flags(city: CityFacts, level: str) -> list[dict[str, str]]:
    if rank(level) < rank("yellow"):
        return []
    if city.list_version is None:
        return [_flag("no_list", "没有已备案的减排清单", "no filed emission list")]
    short = [
        f"{p} {cut[0]:.1f}%<{cut[1]:g}%"
        for p in LIST_POLLUTANTS
        if (cut := city.cuts.get((level, p))) is not None and cut[0] is not None and cut[0] < cut[1]
    ]
    if short:
        return [
            _flag(
                "weaker_measures",
                f"清单减排比例不足：{'、'.join(short)}",
                f"cuts of the list fall short: {', '.join(short)}",
            )
        ]
    return []


def _lift_flags(city: CityFacts, warned: Warned) -> list[dict[str, str]]:
    if warned.lifted_at is None:
        return []
    found = []
    if warned.lift_rule_met is False:
        found.append(
            _flag(
                "early_lift_by_rule",
                "解除时不满足解除条件",
                "lifted although the rule for lifting was not met",
            )
        )
    early = hours(warned.lifted_at, city.observed.end)
    if rank(city.observed.level) >= rank("yellow") and early is not None and early > 0:
        found.append(
            _flag(
                "early_lift",
                f"解除后实况污染又持续 {early:.0f} 小时",
                f"the pollution lasted {early:.0f} h more after the lift",
            )
        )
    if city.order.level != "none" and (city.order.end is None or city.order.end > warned.lifted_at):
        found.append(
            _flag(
                "lifted_before_order", "上级或区域指令未解除即解除", "lifted before the order of others was"
            )
        )
    return found
