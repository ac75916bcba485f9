"""Early warning for coal of above-scale industry without power, and the document that holds it."""

from datetime import datetime
from decimal import Decimal

import pytest

from pipelines.coal.early_warning import query_early_warning, rebuild_early_warning
from pipelines.coal.target_document import target_document

XIAN = "610100"
MOMENT = datetime(2026, 4, 10)
RULE = "non_power_division"


@pytest.fixture
def panel(warehouse):
    """Rows of the panel written straight into the warehouse: groups of one year to date and its month."""
    con = warehouse.con
    con.execute("DELETE FROM ref.coal_rule WHERE rule LIKE 'warning_%'")
    for rule, value in (("warning_yellow_pct", -1), ("warning_orange_pct", 0), ("warning_red_pct", 3)):
        con.execute(
            "INSERT INTO ref.coal_rule BY NAME SELECT ? AS rule, ? AS value, '%' AS unit, 'x' AS name_zh, 'x' AS name_en,"
            " DATE '2013-01-01' AS valid_from, 'x' AS clause, 'x' AS source, false AS verified",
            [rule, value],
        )

    def write(rule=RULE, area=XIAN, month="2026-03", kind="city", **groups):
        for name, (now, then) in groups.items():
            for period_kind, period in (("month", month), ("ytd", f"{month[:4]}-01..{month[5:]}")):
                row = {
                    "area_kind": kind,
                    "area_code": area,
                    "period_kind": period_kind,
                    "period": period,
                    "then_period": "x",
                }
                row |= {
                    "scope": "above_scale_non_power",
                    "scope_rule": rule,
                    "panel_group": name,
                    "n_firms": 1,
                    "n_now": 1,
                }
                row |= {
                    "n_then": 1,
                    "now_t": Decimal(str(now)),
                    "then_t": Decimal(str(then)),
                    "headline": False,
                }
                row |= {"change_t": row["now_t"] - row["then_t"]}
                row["change_pct"] = float(row["change_t"] * 100 / row["then_t"]) if then else None
                picked = ", ".join(f"${k} AS {k}" for k in row)
                con.execute(f"INSERT INTO coal.panel BY NAME SELECT {picked}", row)

    write.con = con
    return write


def level(panel, **query):
    rows = query_early_warning(panel.con, MOMENT, **query)
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("now", "expected", "symbol"),
    [
        ("98.99", "green", "○"),
        ("99", "yellow", "△"),
        ("99.99", "yellow", "△"),
        ("100", "orange", "▲"),
        ("102.99", "orange", "▲"),
        ("103", "red", "■"),
    ],
)
def test_levels_begin_where_the_facts_say(panel, now, expected, symbol):
    panel(total=(now, 100), continuing=(now, 100))
    row = level(panel)
    assert (row["level"], row["symbol"]) == (expected, symbol)
    assert (row["yellow_from_pct"], row["orange_from_pct"], row["red_from_pct"]) == (-1, 0, 3)
    assert row["verified"] is False
    assert row["level_zh"]


def test_firms_that_left_never_turn_a_rise_green(panel):
    panel(total=("90", 100), continuing=("84", 80), delisted=(0, 20))
    row = level(panel)
    assert (row["ytd_change_pct"], row["continuing_change_pct"], row["level"]) == (-10, 5, "red")
    assert "续报企业" in row["note_zh"]


def test_new_firms_burn_real_coal(panel):
    panel(total=("104", 100), continuing=("95", 100), newly_listed=(9, 0))
    assert level(panel)["level"] == "red"


def test_too_many_silent_firms_give_no_level(panel):
    panel(total=("90", 100), continuing=("90", 94.9), not_reporting=(0, 5.1))
    assert level(panel)["level"] == "insufficient"
    panel.con.execute("DELETE FROM coal.panel")
    panel(total=("90", 100), continuing=("90", 95), not_reporting=(0, 5))
    assert level(panel)["level"] == "green"


def test_without_a_year_before_there_is_no_level(panel):
    panel(total=("90", 0))
    assert level(panel)["level"] == "no_base"


def test_both_rules_are_named_side_by_side(panel):
    panel(total=("98", 100), continuing=("98", 100))
    panel(rule="non_power_purpose", total=("104", 100), continuing=("104", 100))
    rows = query_early_warning(panel.con, MOMENT)
    assert [(r["scope_rule"], r["is_default"], r["level"]) for r in rows] == [
        ("non_power_division", True, "green"),
        ("non_power_purpose", False, "red"),
    ]
    assert all(r["scope_rule_zh"] and r["scope_rule_en"] for r in rows)


def test_rebuild_keeps_every_month_and_none_after_the_as_of(panel):
    for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
        panel(month=month, total=("98", 100), continuing=("98", 100))
    assert rebuild_early_warning(panel.con, MOMENT) == 3
    months = panel.con.execute("SELECT month FROM coal.early_warning ORDER BY month").fetchall()
    assert months == [("2026-01",), ("2026-02",), ("2026-03",)]
    assert level(panel)["month"] == "2026-03"
    assert len(query_early_warning(panel.con, MOMENT, latest=False)) == 3


def test_without_thresholds_nothing_is_called_green(panel):
    panel.con.execute("DELETE FROM ref.coal_rule WHERE rule = 'warning_red_pct'")
    panel(total=("50", 100), continuing=("50", 100))
    assert level(panel)["level"] == "insufficient"


def test_the_facts_hold_thresholds(warehouse):
    rows = warehouse.rows(
        "SELECT rule, verified FROM ref.coal_rule WHERE rule LIKE 'warning_%' ORDER BY rule"
    )
    assert [r["rule"] for r in rows] == ["warning_orange_pct", "warning_red_pct", "warning_yellow_pct"]
    assert not any(r["verified"] for r in rows), "no official text was read"


def test_the_document_of_a_region_holds_its_cities(panel):
    panel(total=("98", 100), continuing=("98", 100))
    panel(area="410300", total=("98", 100), continuing=("98", 100))
    panel(area="fenwei_2023", kind="region", total=("98", 100), continuing=("98", 100))
    document = target_document(panel.con, MOMENT, area="fenwei")
    assert [r["area_code"] for r in document["early_warning"]] == [XIAN, "fenwei_2023"]
    assert document["early_warning"][0]["area_name"] == "西安市"
    assert document["as_of_month"] == "2026-03"
    assert sum(document["counts"].values()) == len(document["targets"])
    everything = target_document(panel.con, MOMENT)
    assert {r["area_code"] for r in everything["early_warning"]} == {XIAN, "410300", "fenwei_2023"}
    only = target_document(panel.con, MOMENT, area="410300", year=2026)
    assert {r["area_code"] for r in only["panel"]} == {"410300"}
