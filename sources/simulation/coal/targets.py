"""Invented coal targets, chosen so that every verdict occurs; the amounts follow from the simulated coal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sources.simulation.coal.areas import scattered
from sources.simulation.coal.firms import EXCLUDED
from sources.simulation.coal.months import FIRST_YEAR, Use
from sources.simulation.coal.places import city_of
from sources.simulation.coal.workbooks import Row

__all__ = ["target_rows"]

_DEFAULT = {
    "kind": "负增长",
    "scope": "规上工业",
    "basis": "实物量",
    "exclusions": "全口径",
    "target_t": "",
    "target_pct": "",
    "target_state": "",
    "target_value": "",
    "metric": "",
    "baseline_t": "",
}


def _sum(all_uses: Sequence[Use], city: str, year: int, *, months: int = 12, power: bool = True) -> float:
    """Coal of the firms of a city in a year [10⁴ t], without coke."""
    span = slice(12 * (year - FIRST_YEAR), 12 * (year - FIRST_YEAR) + months)
    total = sum(
        int(np.sum(use.use_t[span]))
        for use in all_uses
        if use.firm.city.code == city and use.product != "coke" and (power or use.firm.what.division != "44")
    )
    return total / 1e4


def _row(name: str, area: tuple[str, str, str], year: int, baseline: int, **given: object) -> Row:
    kind, code, shown = area
    return {
        "target_id": f"SIM-{name}-{year}",
        "area_kind": kind,
        "area_code": code,
        "area_name": shown,
        "stat_year": year,
        **_DEFAULT,
        "baseline_year": baseline,
        "document_no": f"模拟文号〔{year}〕11号",
        **given,
    }


def _city(code: str) -> tuple[str, str, str]:
    return ("市", code, city_of(code).full_name)


def target_rows(all_uses: Sequence[Use]) -> list[Row]:
    """Rows of the targets: last year's judged in full, this year's on the way, states and special cases."""
    return [*_closed(all_uses), *_running(all_uses), *_states(), *_special(all_uses)]


def _closed(all_uses: Sequence[Use]) -> list[Row]:
    """Give targets of 2025: met, missed, flat."""
    society = {"scope": "全社会"}
    baoji = _sum(all_uses, "610300", 2025) * 1.09
    return [
        _row("西安规上削减", _city("610100"), 2025, 2024, kind="削减量", target_t="9.00"),
        _row("铜川规上负增长", _city("610200"), 2025, 2024),
        _row("宝鸡总量", _city("610300"), 2025, 2024, kind="不超过", target_t=f"{baoji:.2f}", **society),
        _row("咸阳规上下降", _city("610400"), 2025, 2024, kind="相对变化", target_pct="-2.0"),
        _row("渭南全社会负增长", _city("610500"), 2025, 2020, exclusions="原料用煤;煤矸石", **society),
        _row("长治全社会负增长", _city("140400"), 2025, 2020, **society),
        _row("盂县持平", ("县区", "140322", "盂县"), 2025, 2024, **society),
        _row("汾渭负增长", ("区域", "fenwei_2023", "汾渭平原"), 2025, 2020, **society),
        _row("晋中非电", _city("140700"), 2025, 2024, scope="规上工业非电"),
    ]


def _running(all_uses: Sequence[Use]) -> list[Row]:
    """Give targets of 2026: on schedule, behind, already broken."""
    other = _sum(all_uses, "140500", 2026, months=9, power=False)
    taiyuan = _sum(all_uses, "140100", 2025) * 0.99
    return [
        _row("西安规上削减", _city("610100"), 2026, 2025, kind="削减量", target_t="20.00"),
        _row("渭南规上削减", _city("610500"), 2026, 2025, kind="削减量", target_t="120.00"),
        _row("太原规上总量", _city("140100"), 2026, 2025, kind="不超过", target_t=f"{taiyuan:.2f}"),
        _row("晋城非电总量", _city("140500"), 2026, 2025, kind="不超过", target_t=f"{other:.2f}", scope="规上工业非电"),
        _row("临汾规上负增长", _city("141000"), 2026, 2025, exclusions=""),
        _row("铜川规上负增长", _city("610200"), 2026, 2025),
        _row("吕梁规上负增长", _city("141100"), 2026, 2025),
        _row("晋中规上负增长", _city("140700"), 2026, 2025),
        _row("运城规上负增长", _city("140800"), 2026, 2025),
        _row("宝鸡规上下降", _city("610300"), 2026, 2025, kind="相对变化", target_pct="-2.0"),
        _row("长治标准量负增长", _city("140400"), 2026, 2025, basis="标准量"),
        _row("韩城规上负增长", ("单元", "610581", "韩城市"), 2026, 2025),
        _row("杨陵规上负增长", ("单元", "610403", "杨陵区"), 2026, 2025),
    ]  # fmt: skip


def _states() -> list[Row]:
    """Give targets on clean heating and household coal."""
    scope = {"kind": "状态要求", "scope": "散煤"}
    fall = scattered(city_of("140800"), 2025) * 6 // 10
    return [
        _row("西安清洁取暖", _city("610100"), 2026, 2025, target_state="清洁取暖率≥98%", target_value="98",
             metric="清洁取暖率", **scope),
        _row("宝鸡替代户数", _city("610300"), 2026, 2025, target_state="替代散煤户数", target_value="60",
             metric="替代户数", **scope),
        _row("韩城散煤清零", ("单元", "610581", "韩城市"), 2026, 2025, target_state="平原散煤清零", target_value="0",
             metric="散煤量", **scope),
        _row("运城散煤", _city("140800"), 2026, 2025, kind="不超过", scope="散煤", target_t=f"{fall / 100:.2f}"),
    ]  # fmt: skip


def _special(all_uses: Sequence[Use]) -> list[Row]:
    """Give targets that cannot be judged as they stand: other attributes, missing months, no document."""
    named = f"单位:{EXCLUDED}"
    baseline = _sum(all_uses, "610100", 2025)
    without = _sum([u for u in all_uses if not u.firm.exclusion_tag], "610100", 2025) * 0.99
    return [
        # One firm is left out by name; then a name that no firm has, against a baseline that holds all firms.
        _row("西安剔除单位", _city("610100"), 2026, 2025, exclusions=named, kind="不超过", target_t=f"{without:.2f}"),
        _row("西安口径不同", _city("610100"), 2026, 2025, exclusions="单位:模拟无此单位", kind="削减量",
             target_t="10.00", baseline_t=f"{baseline:.2f}"),
        _row("旧名单负增长", ("区域", "fenwei_2018", "汾渭平原（2018年名单，11市）"), 2026, 2025, scope="全社会"),
        # One large firm has left January out, so that no cumulative sum is whole.
        _row("阳泉规上负增长", _city("140300"), 2026, 2025),
        # Nothing is reported on the whole society of a running year.
        _row("铜川全社会负增长", _city("610200"), 2026, 2025, scope="全社会"),
        # No document: nobody can look it up.
        _row("咸阳规上负增长", _city("610400"), 2026, 2025, document_no=""),
    ]  # fmt: skip
