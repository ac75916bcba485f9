"""Targets of coal: the worked examples with their real figures, the traps, and what holds for any figures."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coal.amounts import Amount, with_named
from pipelines.coal.exclusions import parse
from pipelines.coal.progress import Facts, growth_of, progress_of
from pipelines.coal.projection import NewProject, not_yet_shown
from pipelines.coal.targets import last_finished_month, query_targets, rebuild_targets
from pipelines.coal.verdicts import Target, judge

F = Fraction
XIAN, WEINAN = "610100", "610500"
WAN = 10_000


def wan(text):
    return Decimal(text) * WAN


class Coal:
    """Balances and targets written straight into a warehouse."""

    def __init__(self, warehouse):
        self.con = warehouse.con
        self.con.execute("DELETE FROM coal.target")
        self.con.execute("DELETE FROM ref.coal_published_actual")

    def balance(
        self,
        period,
        quantity,
        *,
        area=XIAN,
        kind="city",
        perimeter=None,
        scope="above_scale",
        tce=None,
        **more,
    ):
        row = {
            "area_kind": kind,
            "area_code": area,
            "perimeter": perimeter or area,
            "period_kind": "ytd" if ".." in period else "year",
            "period": period,
            "scope": scope,
            "item": "coal_total",
            "origin": "reported",
            "exclusions": "",
            "quantity_t": wan(quantity),
            "quantity_tce": None if tce is None else wan(tce),
            "vintage": "annual",
            "complete": True,
        } | more
        self.insert("coal.balance", row)

    def parts(self, period, **items):
        for item, quantity in items.items():
            self.balance(period, quantity, item=item.replace("named_", "named:"))

    def target(self, kind, year, value=None, *, area=XIAN, area_kind="city", **more):
        row = {
            "target_id": "t",
            "area_kind": area_kind,
            "area_code": area,
            "area_name": "西安市",
            "stat_year": year,
            "kind": kind,
            "scope": "above_scale",
            "sha256": "file",
        }
        if kind in ("cap", "cut"):
            row["target_t"] = wan(value)
        if kind == "percent":
            row["target_pct"] = float(value)
        self.insert("coal.target", row | more)

    def insert(self, table, row):
        given = {k: v for k, v in row.items() if v is not None}
        picked = ", ".join(f"${k} AS {k}" for k in given)
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT {picked}", given)

    def check(self, as_of, target_id="t"):
        (row,) = query_targets(self.con, datetime.fromisoformat(as_of), target_id=target_id)
        return row


@pytest.fixture
def coal(warehouse):
    return Coal(warehouse)


def test_as_of_decides_the_last_finished_month():
    assert last_finished_month(date(2026, 11, 1)) == "2026-10"
    assert last_finished_month(datetime(2026, 10, 31, 23, 59)) == "2026-09"
    assert last_finished_month(date(2026, 1, 15)) == "2025-12"


# worked examples


def test_weinan_2014_rose_instead_of_falling(coal):
    coal.target("negative_growth", 2014, area=WEINAN, area_name="渭南市")
    coal.balance("2014-01..07", "1934.79", area=WEINAN)
    coal.balance("2013-01..07", "1901.36", area=WEINAN)
    row = coal.check("2014-08-20")
    assert (row["growth"], row["verdict"], row["period"]) == ("positive_growth", "behind", "2014-01..07")
    assert row["baseline_amount"] == wan("1901.36")
    assert row["change_amount"] == wan("33.43")
    assert round(row["change_pct"], 2) == 1.76
    assert "不降反升" in row["verdict_zh"]
    assert "1934.79 万吨" in row["verdict_zh"]
    assert "+1.76 %" in row["verdict_en"]


@pytest.mark.parametrize(
    ("area", "kind", "name", "english"),
    [
        (WEINAN, "city", "渭南市", "Weinan, 2014"),
        ("610581", "unit", "韩城市", "Hancheng, 2014"),
        ("610581", "county", "韩城市", "Hancheng, 2014"),
        ("610000", "province", "陕西省", "Shaanxi, 2014"),
        ("fenwei_2018", "region", "汾渭平原", "Fen-Wei Plain (list of 2018, 11 cities), 2014"),
    ],
)
def test_an_english_verdict_reads_as_english(coal, area, kind, name, english):
    coal.target("negative_growth", 2014, area=area, area_kind=kind, area_name=name, scope="society")
    for period, quantity in (("2014-01..07", "1934.79"), ("2013-01..07", "1901.36")):
        coal.balance(period, quantity, area=area, kind=kind, scope="society")
    row = coal.check("2014-08-20")
    head = f"{english}, coal of the whole society: Jan–Jul 2014 1934.79 10^4 t; same months of 2013 "
    assert row["verdict_en"].startswith(head)
    assert row["verdict_zh"].startswith(f"{name} 2014 年全社会用煤：2014 年 1–7 月 ")


def test_english_reasons_name_units_and_months_in_english(coal):
    coal.target("cap", 2014, "615", basis="tce")
    coal.balance("2014", "600")
    row = coal.check("2015-02-20")
    assert row["reason"] == "basis"
    assert "(10^4 tce)" in row["verdict_en"] and "（万吨标准煤）" in row["verdict_zh"]
    coal.con.execute("DELETE FROM coal.balance")
    coal.balance("2014-01..07", "348.21", complete=False, n_firms=5, n_expected=6)
    coal.con.execute("UPDATE coal.target SET basis = 't'")
    row = coal.check("2014-08-20")
    assert row["reason"] == "coverage"
    assert "（2014 年 1–7 月 5/6）" in row["verdict_zh"] and "(Jan–Jul 2014 5/6)" in row["verdict_en"]


def test_xian_2018_fell(coal):
    coal.target("negative_growth", 2018)
    coal.balance("2018-01..07", "348.21")
    coal.balance("2017-01..07", "350.70")
    row = coal.check("2018-08-27")
    assert (row["growth"], row["verdict"]) == ("negative_growth", "on_schedule")
    assert row["change_amount"] == wan("-2.49")
    assert round(row["change_pct"], 2) == -0.71


def test_flat_is_not_negative_growth(coal):
    coal.target("negative_growth", 2024)
    coal.balance("2024", "500.00")
    coal.balance("2023", "500.00")
    row = coal.check("2025-02-01")
    assert (row["growth"], row["verdict"], row["change_pct"]) == ("flat", "fail", 0.0)
    assert "2023 年 500.00 万吨，持平，不是负增长；未完成" in row["verdict_zh"]


def test_a_named_exclusion_makes_two_right_numbers_incomparable(coal):
    coal.target("cap", 2014, "615", exclusions="单位:大唐陕西发电本部")
    coal.balance("2014", "962.84")
    row = coal.check("2026-11-23")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "exclusions")
    assert (row["exclusions"], row["actual_exclusions"]) == ("unit:大唐陕西发电本部", "")
    assert "大唐陕西发电本部" in row["verdict_zh"]
    assert "全口径" in row["verdict_zh"]
    assert (row["actual_amount"], row["gross_actual_amount"], row["gross_verdict"]) == (
        None,
        wan("962.84"),
        None,
    )


def test_a_named_exclusion_that_is_known_is_taken_out(coal):
    coal.target("cap", 2014, "615", exclusions="unit:大唐陕西发电本部")
    coal.balance("2014", "962.84")
    coal.parts("2014", **{"named_大唐陕西发电本部": "347.84"})
    assert coal.check("2026-11-23")["verdict"] == "pass"
    coal.con.execute("UPDATE coal.balance SET quantity_t = quantity_t - 0.0001 WHERE item LIKE 'named:%'")
    row = coal.check("2026-11-23")
    assert (row["verdict"], row["actual_amount"]) == ("fail", wan("615") + Decimal("0.0001"))


def test_progress_of_xian_in_july_2018(coal):
    coal.target("cut", 2018, "34.02")
    coal.balance("2018-01..07", "348.21")
    coal.balance("2017-01..07", "350.70")
    row = coal.check("2018-08-27")
    assert (row["verdict"], row["linear_verdict"], row["ruling_line"]) == ("behind", "behind", "linear")
    assert row["achieved_amount"] == wan("2.49")
    assert round(row["time_share_linear_pct"], 2) == 58.33
    assert round(row["task_share_pct"], 2) == 7.32
    assert row["projected_verdict"] == "fail"
    assert row["rest_amount"] is None
    assert "余量无法计算" in row["notes_zh"]


def test_households_of_xian_in_july_2018(coal):
    coal.target(
        "state", 2018, metric="households", target_value=Decimal(658400), scope="scattered", verified=True
    )
    actual = {
        "actual_id": "a",
        "area_kind": "city",
        "area_code": XIAN,
        "area_name": "西安市",
        "period_kind": "ytd",
    }
    actual |= {
        "period": "2018-01..07",
        "scope": "scattered",
        "metric": "households_done",
        "value": Decimal(143200),
    }
    actual |= {"unit": "household", "derived": False, "clause": "x", "source": "x", "verified": True}
    coal.insert("ref.coal_published_actual", actual)
    row = coal.check("2018-08-27")
    assert (row["verdict"], round(row["task_share_pct"], 2)) == ("behind", 21.75)
    assert round(row["time_share_linear_pct"], 2) == 58.33
    coal.con.execute("UPDATE ref.coal_published_actual SET verified = false")
    row = coal.check("2018-08-27")
    assert (row["verdict"], row["result"]) == ("unverified", "behind")
    assert coal.check("2018-07-31")["verdict"] == "insufficient"
    assert coal.check("2019-03-01")["reason"] == "missing_months"


def test_physical_and_standard_coal_may_disagree(coal):
    coal.target("negative_growth", 2024, exclusions="none")
    coal.balance("2023", "100.00", tce="71.43")
    coal.balance("2024", "98.00", tce="77.058")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["growth"]) == ("pass", "negative_growth")
    assert (row["other_basis"], row["other_growth"]) == ("tce", "positive_growth")
    assert round(row["change_pct"], 2) == -2.0
    assert round(row["other_change_pct"], 2) == 7.88
    assert "以目标计量为准" in row["notes_zh"]
    coal.con.execute("UPDATE coal.target SET basis = 'tce'")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["unit"], row["actual_amount"]) == ("fail", "tce", wan("77.058"))


# traps


def region(coal, year, quantity, perimeter):
    coal.balance(str(year), quantity, area=perimeter, kind="region", scope="society")


def test_lists_of_2018_and_2023_are_never_compared(coal):
    coal.target(
        "negative_growth",
        2025,
        area="fenwei",
        area_kind="region",
        scope="society",
        baseline_year=2020,
        exclusions="none",
    )
    region(coal, 2025, "9000", "fenwei_2023")
    region(coal, 2020, "9500", "fenwei_2018")
    row = coal.check("2026-11-23")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "perimeter")
    assert (row["perimeter"], row["baseline_perimeter"]) == ("fenwei_2023", "fenwei_2018")
    region(coal, 2020, "9100", "fenwei_2023")
    row = coal.check("2026-11-23")
    assert (row["verdict"], row["result"]) == ("unverified", "pass"), (
        "members of the list of 2023 were not read"
    )
    assert "区域名单" in row["verdict_zh"]


def test_coke_is_not_in_the_total(coal):
    coal.target("cap", 2024, "100", exclusions="none")
    coal.balance("2024", "99")
    coal.parts("2024", coke="8", semi_coke="5")
    assert coal.check("2025-02-01")["actual_amount"] == wan("99")


def test_a_fall_by_definition_alone_waits_for_verification(coal):
    coal.target("negative_growth", 2024, baseline_year=2022)
    coal.balance("2022", "500")
    coal.parts("2022", feedstock="100", gangue="0")
    coal.balance("2024", "505")
    coal.parts("2024", feedstock="120", gangue="2")
    row = coal.check("2025-02-01")
    assert (row["gross_verdict"], row["assessed_verdict"]) == ("fail", "pass")
    assert (row["verdict"], row["reason"]) == ("unverified", "exclusions_unread")
    assert (row["gross_actual_amount"], row["assessed_actual_amount"]) == (wan("505"), wan("383"))
    assert row["assessed_exclusions"] == "feedstock,gangue"
    assert "可能只来自口径" in row["notes_zh"]


def test_gross_before_net_after_is_not_comparable(coal):
    coal.target("negative_growth", 2024, baseline_year=2022)
    coal.balance("2022", "500")
    coal.balance("2024", "383", exclusions="feedstock,gangue")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "exclusions")


def test_feedstock_must_be_known_to_be_left_out_gangue_need_not(coal):
    coal.target("cap", 2024, "100", exclusions="原料用煤；煤矸石")
    coal.balance("2024", "110")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "exclusions")
    coal.parts("2024", feedstock="10")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["actual_amount"]) == ("pass", wan("100"))


def test_before_the_rule_of_2023_nothing_is_left_out(coal):
    coal.target("negative_growth", 2022)
    for year, total, feedstock in (("2021", "500", "100"), ("2022", "505", "120")):
        coal.balance(year, total)
        coal.parts(year, feedstock=feedstock, gangue="0")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["assessed_verdict"]) == ("fail", None)


def test_a_document_baseline_before_the_rule_is_gross(coal):
    coal.target("negative_growth", 2025, baseline_year=2020, baseline_t=wan("500"))
    coal.balance("2025", "499")
    coal.parts("2025", feedstock="120", gangue="0")
    row = coal.check("2026-02-01")
    assert (row["verdict"], row["baseline_origin"], row["actual_amount"]) == ("pass", "target", wan("499"))
    assert row["assessed_verdict"] == "not_comparable"
    assert "考核口径无法计算" in row["notes_zh"]


def test_a_change_that_prints_as_zero_is_decided_unrounded(coal):
    coal.target("negative_growth", 2022)
    coal.balance("2021", "500.0000")
    coal.balance("2022", "499.9800")
    row = coal.check("2025-02-01")
    assert (row["verdict"], round(row["change_pct"], 3)) == ("pass", -0.004)
    assert "-0.004 %" in row["verdict_zh"]
    assert "未修约" in row["notes_zh"]


def test_printed_percentages_are_worked_out_anew():
    assert round(float(F(158) * 100 / 773), 2) == 20.44
    facts = Facts("percent", "above_scale", None, F(-2045, 100), F(615), 12, F(773), F(773))
    assert progress_of(facts).kept is False, "20.44 % is less than the 20.45 % that was printed"


def seasonal(coal, year, total):
    """A year of heating coal: nine tenths of it in the winter months."""
    shares = {"01": 25, "02": 45, "03": 60, "06": 64, "10": 70, "11": 82}
    for month, share in shares.items():
        coal.balance(f"{year}-01..{month}", str(Decimal(total) * share / 100))
    coal.balance(str(year), total)


def test_heating_coal_shows_both_lines(coal):
    coal.target("cap", 2022, "95")
    seasonal(coal, 2021, "100")
    coal.balance("2022-01..03", "55")
    row = coal.check("2022-04-10")
    assert (row["linear_verdict"], row["profile_verdict"]) == ("behind", "on_schedule")
    assert (row["verdict"], row["ruling_line"]) == ("on_schedule", "profile")
    assert (row["linear_amount"], row["profile_amount"]) == (wan("23.75"), wan("57"))
    assert (row["time_share_linear_pct"], row["time_share_profile_pct"]) == (25.0, 60.0)
    assert "两条进度线结论不同" in row["notes_zh"]
    assert row["rest_amount"] == wan("40")
    assert (row["rest_months"], row["rest_month_amount"]) == (
        9,
        (wan("40") / 9).quantize(Decimal("0.000001")),
    )
    assert (row["projection_method"], row["projected_verdict"]) == ("last_year_profile", "pass")
    assert round(row["projected_amount"] / WAN, 4) == Decimal("91.6667")


def test_cut_of_scattered_coal_follows_the_heating_season(coal):
    coal.target("cut", 2022, "10", scope="scattered")
    for period, now, before in (("01..10", "66", "70"), ("01..03", "57", "60")):
        coal.balance(f"2022-{period}", now, scope="scattered")
        coal.balance(f"2021-{period}", before, scope="scattered")
    coal.balance("2021", "100", scope="scattered")
    row = coal.check("2022-11-10")
    assert (row["verdict"], row["ruling_line"], row["linear_verdict"]) == ("behind", "profile", "behind")
    assert row["time_share_profile_pct"] == 70.0
    assert row["limit_amount"] == wan("90")


# comparability and sufficiency


@pytest.mark.parametrize(
    ("actual", "reason", "verdict"),
    [
        ({"scope": "society"}, "scope", "not_comparable"),
        ({"scope": "society", "origin": "firms"}, "no_actual", "insufficient"),
        ({"scope": "scattered"}, "no_actual", "insufficient"),
        ({"complete": False, "n_firms": 3, "n_expected": 9}, "coverage", "insufficient"),
        ({"complete": None, "coverage_pct": 94.9}, "coverage", "insufficient"),
        ({"exclusions": "feedstock"}, "exclusions", "not_comparable"),
    ],
)
def test_actuals_on_other_terms_are_not_judged(coal, actual, reason, verdict):
    coal.target("cap", 2022, "100")
    coal.balance("2022", "99", **actual)
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == (verdict, reason)
    assert row["actual_amount"] is None


def test_other_bases_and_origins_are_not_compared(coal):
    coal.target("cap", 2022, "100", basis="tce")
    coal.balance("2022", "99")
    assert coal.check("2025-02-01")["reason"] == "basis"
    coal.con.execute("UPDATE coal.target SET basis = 't', kind = 'negative_growth'")
    coal.balance("2021", "101", origin="firms")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "origin")
    coal.balance("2022", "100", origin="firms")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["origin"], row["actual_amount"]) == ("pass", "firms", wan("100"))


def test_a_missing_or_zero_baseline_is_not_comparable(coal):
    coal.target("negative_growth", 2022)
    coal.balance("2022", "99")
    assert coal.check("2025-02-01")["reason"] == "baseline_missing"
    coal.balance("2021", "0")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "baseline_zero")


def test_a_finished_year_needs_all_its_months(coal):
    coal.target("cap", 2022, "100")
    coal.balance("2022-01..09", "60")
    row = coal.check("2023-01-10")
    assert (row["verdict"], row["reason"], row["actual_amount"]) == (
        "insufficient",
        "missing_months",
        wan("60"),
    )
    coal.balance("2022-01..12", "101")
    assert coal.check("2023-01-10")["verdict"] == "fail"


def test_months_after_the_as_of_are_ignored(coal):
    coal.target("cap", 2022, "120")
    for m in range(1, 13):
        coal.balance(f"2022-01..{m:02d}", str(9 * m if m < 10 else 30 * m))
    row = coal.check("2022-10-05")
    assert (row["period"], row["verdict"], row["actual_amount"]) == ("2022-01..09", "on_schedule", wan("81"))
    assert coal.check("2022-11-05")["verdict"] == "behind"
    assert coal.check("2022-01-31")["reason"] == "not_started"


def test_incomplete_last_months_are_left_out_and_named(coal):
    coal.target("cap", 2022, "120")
    coal.balance("2022-01..08", "70")
    coal.balance("2022-01..09", "71", complete=False)
    row = coal.check("2022-10-05")
    assert (row["period"], row["verdict"]) == ("2022-01..08", "on_schedule")
    assert "2022 年 1–8 月之后的月份数据不全" in row["notes_zh"]
    assert coal.check("2022-11-05")["verdict"] == "on_schedule", "two months late are allowed"
    row = coal.check("2022-12-05")
    assert (row["verdict"], row["reason"], row["period"]) == ("insufficient", "months_behind", "2022-01..08")


def test_unverified_targets_wait(coal):
    coal.target("cap", 2022, "100", verified=False)
    coal.balance("2022", "99")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["result"], row["verified"]) == ("unverified", "pass", False)
    assert "如属实：完成" in row["verdict_zh"]
    coal.con.execute("UPDATE coal.target SET verified = true")
    assert coal.check("2025-02-01")["verdict"] == "pass"


def test_an_area_nobody_knows_is_said_so(coal):
    coal.target("cap", 2022, "100", area="atlantis", area_kind="region", area_name="亚特兰蒂斯")
    row = coal.check("2025-02-01")
    assert (row["verdict"], row["reason"]) == ("insufficient", "unknown_area")


def test_areas_are_found_by_name(coal):
    coal.target("cap", 2022, "100", area="", area_kind=None, area_name="韩城市")
    coal.balance("2022", "99", area="610581", kind="unit")
    row = coal.check("2025-02-01")
    assert (row["area_kind"], row["area_code"], row["verdict"]) == ("unit", "610581", "pass")


def test_a_list_no_longer_in_force_is_not_judged(coal):
    coal.target(
        "negative_growth", 2026, area="fenwei_2018", area_kind="region", scope="society", exclusions="none"
    )
    region(coal, 2026, "9000", "fenwei_2018")
    region(coal, 2025, "9500", "fenwei_2018")
    row = coal.check("2027-02-01")
    assert (row["verdict"], row["reason"], row["growth"]) == (
        "not_comparable",
        "perimeter_ended",
        "negative_growth",
    )
    coal.con.execute("UPDATE coal.target SET stat_year = 2022")
    region(coal, 2022, "9000", "fenwei_2018")
    region(coal, 2021, "9500", "fenwei_2018")
    assert coal.check("2027-02-01")["verdict"] == "pass"


def test_the_last_month_is_shown_beside_the_period(coal):
    coal.target("cap", 2022, "100")
    coal.balance("2022-01..07", "50")
    coal.balance("2022-07", "6", period_kind="month")
    coal.balance("2021-07", "7", period_kind="month")
    row = coal.check("2022-08-10")
    assert (row["actual_amount"], row["month_amount"], row["month_then_amount"]) == (
        wan("50"),
        wan("6"),
        wan("7"),
    )


def test_a_fall_from_leaving_firms_waits_for_verification(coal):
    coal.target("negative_growth", 2022)
    coal.balance("2022-01..09", "90", origin="firms")
    coal.balance("2021-01..09", "100", origin="firms")
    panel = {
        "area_kind": "city",
        "area_code": XIAN,
        "period_kind": "ytd",
        "period": "2022-01..09",
        "then_period": "x",
    }
    panel |= {
        "scope": "above_scale",
        "scope_rule": "all",
        "panel_group": "total",
        "n_firms": 2,
        "n_now": 1,
        "n_then": 2,
    }
    assert coal.check("2022-10-05")["verdict"] == "on_schedule"
    coal.insert("coal.panel", panel | {"headline": False, "growth": "not_negative_growth"})
    row = coal.check("2022-10-05")
    assert (row["verdict"], row["result"], row["reason"]) == ("unverified", "on_schedule", "leaving_firms")
    assert "退统造成的下降不是负增长" in row["verdict_zh"]
    coal.con.execute("UPDATE coal.panel SET growth = 'negative_growth'")
    assert coal.check("2022-10-05")["verdict"] == "on_schedule"


# projection


def test_new_projects_enter_the_projection(coal):
    coal.target("cap", 2026, "100", exclusions="feedstock")
    coal.balance("2026-01..09", "70")
    coal.parts("2026-01..09", feedstock="0")
    coal.balance("2025-01..09", "75")
    coal.parts("2025-01..09", feedstock="0")
    coal.balance("2025", "100")
    coal.parts("2025", feedstock="0")
    row = coal.check("2026-10-20")
    assert (row["projected_verdict"], row["n_new_projects"]) == ("pass", 0)
    project = {
        "project_code": "p",
        "document_number": "d",
        "approval_day": date(2025, 3, 1),
        "city_code": XIAN,
    }
    project |= {"planned_start": date(2026, 11, 1), "coal_t": wan("73"), "feedstock_t": wan("13")}
    coal.insert("coal.project", project)
    row = coal.check("2026-10-20")
    assert (row["n_new_projects"], row["projected_verdict"]) == (1, "fail")
    assert row["new_projects_amount"] == (wan("60") * 61 / 365).quantize(Decimal("0.000001"))
    coal.con.execute("UPDATE coal.project SET approval_day = DATE '2026-10-21'")
    assert coal.check("2026-10-20")["n_new_projects"] == 0, "not approved yet"
    coal.con.execute(
        "UPDATE coal.project SET approval_day = DATE '2025-01-01', planned_start = DATE '2027-01-01'"
    )
    assert coal.check("2026-10-20")["n_new_projects"] == 0, "starts next year"


def test_a_project_inside_the_months_so_far_adds_only_what_they_do_not_show():
    yearly = F(365)
    before = not_yet_shown(NewProject("p", yearly, date(2026, 1, 1)), 2026, 6)
    inside = not_yet_shown(NewProject("p", yearly, date(2026, 4, 1)), 2026, 6)
    after = not_yet_shown(NewProject("p", yearly, date(2026, 7, 1)), 2026, 6)
    assert (before, inside, after) == (0, F(184) * F(90, 181), 184)
    assert not_yet_shown(NewProject("p", yearly, date(2025, 12, 31)), 2026, 6) == 0


# the table


def test_rebuild_writes_what_the_query_says(coal):
    coal.target("cap", 2022, "100")
    coal.balance("2022", "99")
    use = {"area_kind": "city", "area_code": XIAN, "period": "2022", "scope": "above_scale", "basis": "t"}
    coal.insert("coal.report_area_use", use | {"exclusions": "", "vintage": "annual", "sha256": "abc"})
    moment = datetime(2025, 2, 1)
    assert rebuild_targets(coal.con, moment) == 1
    assert rebuild_targets(coal.con, moment) == 1
    stored = coal.con.execute(
        "SELECT verdict, actual_amount, source_sha256, source_periods FROM coal.target_check"
    ).fetchall()
    assert stored == [("pass", Decimal("990000.000000"), "abc", "2022")]


def test_queries_narrow_to_area_and_year(coal):
    coal.target("cap", 2022, "100", target_id="a")
    coal.target("cap", 2023, "100", target_id="b")
    coal.target(
        "negative_growth", 2023, target_id="c", area="fenwei_2018", area_kind="region", scope="society"
    )
    moment = datetime(2025, 2, 1)
    assert [r["target_id"] for r in query_targets(coal.con, moment)] == ["b", "c", "a"]
    assert [r["target_id"] for r in query_targets(coal.con, moment, year=2022)] == ["a"]
    assert [r["target_id"] for r in query_targets(coal.con, moment, areas={"fenwei_2018"})] == ["c"]


# what holds for any figures

amounts = st.integers(1, 10**9).map(lambda n: F(n, 100))
months = st.integers(1, 12)
PERIODS = [f"2022-01..{m:02d}" for m in range(1, 12)] + ["2022"]


def facts_of(kind, value, actual, m, base_part, base, scope="above_scale"):
    base_part = base if m == 12 else min(base_part, base)
    return Facts(
        kind, scope, value if kind in ("cap", "cut") else None, F(-5) if kind == "percent" else None, actual, m,
        base_part, base, base_part, base,
    )  # fmt: skip


@given(
    st.sampled_from(["cap", "cut", "percent", "negative_growth"]),
    amounts,
    amounts,
    amounts,
    months,
    amounts,
    amounts,
)
def test_burning_less_never_makes_a_verdict_worse(kind, value, one, other, m, base_part, base):
    less, more = sorted((one, other))
    kept = [progress_of(facts_of(kind, value, a, m, base_part, base)).kept for a in (less, more)]
    assert kept[0] >= kept[1]


@given(amounts, amounts, months, amounts, amounts)
def test_a_cut_is_a_cap_at_what_is_left(cut, actual, m, base_part, base):
    as_cut = progress_of(facts_of("cut", cut, actual, m, base_part, base))
    as_cap = progress_of(facts_of("cap", base - cut, actual, m, base_part, base))
    assert as_cut.limit == as_cap.limit
    assert as_cut.profile.kept == as_cap.profile.kept
    if m == 12:
        assert as_cut.kept == as_cap.kept


@given(amounts, months)
def test_the_boundary_is_exact(limit, m):
    step = F(1, 10**12)
    for kind, at in (("cap", True), ("negative_growth", False)):
        judged = [
            progress_of(Facts(kind, "society", limit, None, limit + d, 12, limit, limit)).kept
            for d in (-step, 0, step)
        ]
        assert judged == [True, at, False]
    assert growth_of(limit, limit) == "flat"
    asked = limit * m / 12
    cut = Facts("cut", "society", limit, None, limit * 2 - asked, m, limit * 2, limit * 3)
    assert progress_of(cut).linear.kept is True
    assert (
        progress_of(Facts("cut", "society", limit, None, limit * 2 - asked + step, m, limit * 2)).linear.kept
        is False
    )


def row(year, m, value, origin="reported", **more):
    period = str(year) if m == 12 else f"{year}-01..{m:02d}"
    kind = "year" if m == 12 else "ytd"
    return Amount(XIAN, "above_scale", origin, "", year, m, kind, period, {"t": F(value)}, **more)


ROWS = [
    row(2022, 6, 60),
    row(2022, 7, 70),
    row(2022, 8, 90, complete=False),
    row(2021, 7, 71),
    row(2021, 12, 120),
    row(2022, 9, 91, "firms"),
    row(2021, 9, 92, "firms"),
    row(2021, 12, 121, "firms"),
]


@given(st.permutations(ROWS))
def test_the_order_of_rows_does_not_matter(rows):
    target = Target("t", "negative_growth", "above_scale", "t", 2022, 2021, XIAN)
    assert judge(target, rows, "2022-10") == judge(target, ROWS, "2022-10")


def test_the_latest_origin_that_compares_is_taken():
    target = Target("t", "negative_growth", "above_scale", "t", 2022, 2021, XIAN)
    found = judge(target, ROWS, "2022-10").main.picked.found
    assert (found.origin, found.months) == ("firms", 9)
    assert judge(target, ROWS, "2022-07").main.picked.found.origin != ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, None),
        ("", None),
        ("无", frozenset()),
        ("unit:全口径", frozenset()),
        ("原料用煤；煤矸石", {"feedstock", "gangue"}),
        ("feedstock,unit:大唐", {"feedstock", "unit:大唐"}),
        ("unit:单位：大唐", {"unit:大唐"}),
        ("大唐陕西发电本部", {"unit:大唐陕西发电本部"}),
    ],
)
def test_exclusions_are_read_as_written(text, found):
    assert parse(text) == found


def test_a_unit_that_closed_used_nothing():
    named = row(2021, 12, 120, parts={("named:A", "t"): F(20)})
    closed = row(2022, 12, 101)
    filled = {a.year: a for a in with_named([named, closed])}
    assert filled[2022].without("t", frozenset({"unit:A"})) == 101
    assert filled[2021].without("t", frozenset({"unit:A"})) == 100
    assert filled[2022].without("t", frozenset({"unit:B"})) is None
