"""A coal check on terminals of any width: parted, not wrapped; operation beside its approval; doubts in words."""

import io
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console

from dashboards.coal.screen import render_check
from dashboards.terminal.screen import show

ABOUT = {
    "area_code": "fenwei_2023",
    "area_name": "汾渭平原",
    "stat_year": 2026,
    "as_of": "2026-11-20",
    "data_until": "2026-10",
}
DOUBT = "实际用煤超过批复（所用规则待核实）"


def opinion(stage: str, **amounts: int) -> dict[str, Any]:
    row = {"project_name": "模拟临汾焦化配套干熄焦项目", "project_code": "2406", "stage": stage, "verdict": "fail", "verified": False,
           "stat_year": 2025 if stage == "operation" else None, "verdict_zh": DOUBT if stage == "operation" else "未达到要求"}  # fmt: skip
    return row | {name: Decimal(tonnes) for name, tonnes in amounts.items()}


def target(n: int) -> dict[str, Any]:
    return {"target_id": f"T-{n}", "area_name": "汾渭平原", "kind": "state", "scope": "above_scale_non_power", "unit": "tce",
            "actual_amount": Decimal("20115060000"), "baseline_amount": Decimal("21683700000"), "change_pct": -12.46,
            "task_amount": Decimal("351700000"), "achieved_amount": Decimal("533200000"), "task_share_pct": 151.6,
            "time_share_linear_pct": 83.33, "time_share_profile_pct": 79.72, "rest_amount": Decimal("-5697900000"),
            "projected_amount": Decimal("26566300000"), "verdict": "insufficient", "verdict_zh": "数据不足"}  # fmt: skip


def document() -> dict[str, Any]:
    panel = [
        {"area_name": "汾渭平原", "period": "2026-01..10", "scope": "above_scale_non_power", "panel_group": group,
         "now_t": Decimal("208136300"), "then_t": Decimal("209304000"), "change_pct": -0.56, "growth": "flat"}
        for group in ("continuing", "delisted", "newly_listed")
    ]  # fmt: skip
    checks = [
        opinion("approval", demand_t=400_000, required_t=480_000, valid_t=200_000, shortfall_t=280_000),
        opinion("operation", approved_t=240_000, actual_t=263_000, excess_t=23_000, valid_t=0),
    ]
    sources = [{"source_id": "SIM-03-3", "source_unit": "模拟渭南热力01", "cut_t": Decimal(300_000), "realised_on": "2025-02-28",
                "status": "rejected", "reasons_zh": "以石油焦、焦炭、兰炭等替代，不得作为煤炭减量替代措施"}]  # fmt: skip
    village = {"area_name": "汾渭平原", "terrain": "all", "n_households": 29_812, "n_target": 2_410, "n_done": 2_309, "done_pct": 95.81,
               "time_share_pct": 83.33, "verdict": "on_schedule", "clean_heating_pct": 93.25, "n_relapse_open": 10,
               "n_order_violations": 2}  # fmt: skip
    failed = {
        "check_name": "coal_inspection_failure_is_closed",
        "consequence": "flag",
        "detail_zh": "不合格批次超过期限未办结：2026Q3-004",
    }
    return {
        "about": ABOUT,
        "targets": [target(1), target(2)],
        "panel": panel,
        "replacement": {"checks": checks, "sources": sources},
        "households": [village | {"stat_year": year} for year in (2026, 2026)],
        "checks": [failed],
    }


def lines(width: int) -> list[str]:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        color_system=None,
    )
    show(console, *render_check(document(), width=width))
    return out.getvalue().split("\n")


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_table_is_wider_than_the_terminal(width: int) -> None:
    rules = [line for line in lines(width) if line.startswith("───")]
    assert len(rules) >= 5
    assert max(map(len, rules)) <= width


def test_what_names_a_row_stands_in_every_part_and_every_figure_is_there() -> None:
    shown = lines(80)
    heads = [line for line in shown if line.startswith(" 号")]
    assert len(heads) >= 3 and all("地区" in head for head in heads)
    text = "\n".join(shown)
    for figure in ("2,011,506.00 tce", "53,320.00 tce", "151.60", "79.72", "2,656,630.00 tce", "-12.46"):
        assert text.count(figure) == 2, figure
    assert "（时段 2026-01..10" in text, "what is the same in all rows is said once"
    assert "29,812" in text and "coal_inspection_failure_is_closed：不合格批次" in text


@pytest.mark.parametrize("width", [80, 160])
def test_an_operation_shows_approved_used_and_excess(width: int) -> None:
    shown = lines(width)
    at = next(n for n, line in enumerate(shown) if "投运后项目用煤与批复" in line)
    below = "\n".join(shown[at : at + 12])
    for word in ("批复用煤", "实际用煤", "超批复", "24.00", "26.30", "2.30", "2025"):
        assert word in below
    assert "用煤量D" not in below
    before = "\n".join(shown[:at])
    assert "40.00" in before and "48.00" in before and "26.30" not in before


@pytest.mark.parametrize("width", [80, 160])
def test_a_doubt_about_the_rule_is_said_in_words(width: int) -> None:
    assert DOUBT in "\n".join(lines(width))
