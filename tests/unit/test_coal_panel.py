"""The panel of firms: who continues, came, left or does not report, and who makes the change."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.coal.panel import query_contribution, query_panel, rebuild_panel

XIAN, WEINAN, HANCHENG = "610100", "610500", "610581"
MOMENT = datetime(2026, 4, 10)


class Firms:
    """Firms with their monthly coal use, written straight into a warehouse."""

    def __init__(self, con):
        self.con = con

    def firm(self, code, *, city=XIAN, county="610102", division="30", **more):
        row = {
            "credit_code": code,
            "firm_name": f"企业{code}",
            "province_code": "610000",
            "city_code": city,
            "county_code": county,
            "industry_division": division,
            "above_scale": True,
        } | more
        self.insert("coal.firm", row)

    def use(self, code, year, months, *, product="raw_coal", first=1, **more):
        total: Decimal | None = Decimal(0)
        for number, amount in enumerate(months, start=first):
            if amount is None:
                total = None  # after a month that is missing the year to date is not known
                continue
            total = None if total is None else total + amount
            row = {
                "credit_code": code,
                "month": f"{year}-{number:02d}",
                "product": product,
                "vintage": "flash",
                "use_t": Decimal(amount),
                "ytd_use_t": total,
                "state": "reported",
                "ytd_reported": False,
            } | more
            self.insert("coal.use_month", row)

    def insert(self, table, row):
        picked = ", ".join(f"${k} AS {k}" for k in row)
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT {picked}", row)

    def panel(self, area=XIAN, period="2026-01..03", scope_rule="all", moment=MOMENT):
        rebuild_panel(self.con, moment)
        return {
            r["panel_group"]: r
            for r in query_panel(self.con, moment, areas={area}, latest=False)
            if (r["period"], r["scope_rule"]) == (period, scope_rule)
        }


@pytest.fixture
def firms(warehouse):
    return Firms(warehouse.con)


def both_years(firms, code, before, now, **more):
    firms.firm(code, **more)
    firms.use(code, 2025, before)
    firms.use(code, 2026, now)


def test_four_groups_of_firms(firms):
    both_years(firms, "stays", [100, 100, 100], [100, 100, 103])
    both_years(firms, "came", [], [10, 20, 30], listed_from=date(2026, 1, 1))
    both_years(firms, "left", [50, 50, 50], [], listed_until=date(2025, 12, 31))
    both_years(firms, "silent", [7, 7, 7], [6, None, 6])
    groups = firms.panel()
    found = {
        name: (r["n_firms"], r["n_now"], r["n_then"], r["now_t"], r["then_t"]) for name, r in groups.items()
    }
    assert found == {
        "continuing": (1, 1, 1, 303, 300),
        "newly_listed": (1, 1, 0, 60, None),
        "delisted": (1, 0, 1, None, 150),
        "not_reporting": (1, 0, 1, 6, 21),
        "total": (4, 2, 3, 369, 471),
    }
    assert (groups["continuing"]["headline"], groups["continuing"]["growth"]) == (True, "positive_growth")
    assert groups["continuing"]["change_pct"] == pytest.approx(1.0)
    assert groups["total"]["growth"] == "not_negative_growth"
    assert "不是负增长" in groups["total"]["note_zh"]


def test_a_fall_of_continuing_firms_is_negative_growth(firms):
    both_years(firms, "stays", [100, 100, 100], [99, 99, 99])
    both_years(firms, "left", [50, 50, 50], [], listed_until=date(2025, 12, 31))
    groups = firms.panel()
    assert (groups["total"]["growth"], groups["continuing"]["growth"]) == (
        "negative_growth",
        "negative_growth",
    )


def test_a_firm_listed_within_last_years_months_does_not_continue(firms):
    both_years(firms, "came", [None, 20, 20], [20, 20, 20], listed_from=date(2025, 2, 1))
    assert set(firms.panel()) == {"newly_listed", "total"}
    month = firms.panel(period="2026-03")
    assert (month["continuing"]["now_t"], month["continuing"]["then_t"]) == (20, 20)


def test_groups_add_up_to_the_total_in_every_area(firms):
    both_years(firms, "a", [100, 100, 100], [90, 90, 90])
    both_years(firms, "b", [10, 10, 10], [11, 11, 11], city=WEINAN, county=HANCHENG)
    both_years(firms, "c", [5, 5, 5], [5, 5, 5], city=WEINAN, county="610502")
    areas = {
        "610000": (318, 345),
        WEINAN: (48, 45),
        HANCHENG: (33, 30),
        "610502": (15, 15),
        "fenwei_2023": (318, 345),
    }
    for area, expected in areas.items():
        rows = firms.panel(area)
        assert (rows["total"]["now_t"], rows["total"]["then_t"]) == expected
    kinds = firms.con.execute(
        "SELECT DISTINCT area_kind FROM coal.panel WHERE area_code = ? ORDER BY 1", [HANCHENG]
    ).fetchall()
    assert kinds == [("county",), ("unit",)]


def test_products_outside_the_coal_total_do_not_count(firms):
    both_years(firms, "a", [100, 100, 100], [90, 90, 90])
    firms.use("a", 2026, [1000, 1000, 1000], product="coke")
    assert firms.panel()["total"]["now_t"] == 270


def test_a_product_no_longer_bought_stays_in_the_year_to_date(firms):
    both_years(firms, "a", [100, 100, 100], [90, 90, 90])
    firms.use("a", 2026, [40], product="washed_coal")
    assert firms.panel()["continuing"]["now_t"] == 310


def test_coal_that_is_washed_is_counted_where_it_burns(firms):
    both_years(firms, "washery", [100, 100, 100], [90, 90, 90], division="06")
    firms.con.execute("UPDATE coal.use_month SET industry_division = '06'")
    both_years(firms, "half", [100, 100, 100], [80, 80, 80])
    for purpose in ("washing", "burning"):
        row = {"credit_code": "half", "stat_year": 2025, "purpose": purpose, "input_product": "raw_coal"}
        firms.insert("coal.report_firm_usage", row | {"input_t": Decimal(600)})
    total = firms.panel()["total"]
    assert (total["now_t"], total["then_t"]) == (120, 150)


def test_below_scale_firms_are_no_part_of_it(firms):
    both_years(firms, "a", [100, 100, 100], [90, 90, 90])
    both_years(firms, "small", [100, 100, 100], [9, 9, 9], above_scale=False)
    assert firms.panel()["total"]["n_firms"] == 1


def test_months_after_the_as_of_are_ignored(firms):
    both_years(firms, "a", [100, 100, 100], [90, 90, 90])
    assert firms.panel(moment=datetime(2026, 3, 31)) == {}
    assert "total" in firms.panel(period="2026-01..02", moment=datetime(2026, 3, 31))
    latest = query_panel(firms.con, datetime(2026, 2, 10), areas={XIAN})
    assert {r["period"] for r in latest} == {"2026-01", "2026-01..01"}


def test_two_rules_of_non_power_side_by_side(firms):
    both_years(firms, "plant", [100, 100, 100], [90, 90, 90], division="44")
    both_years(firms, "mill", [100, 100, 100], [90, 90, 90])
    for purpose, amount in (("power", 750), ("burning", 250)):
        row = {"credit_code": "mill", "stat_year": 2025, "purpose": purpose, "input_product": "raw_coal"}
        firms.insert("coal.report_firm_usage", row | {"input_t": Decimal(amount)})
    by_division = firms.panel(scope_rule="non_power_division")["total"]
    by_purpose = firms.panel(scope_rule="non_power_purpose")["total"]
    assert (by_division["n_firms"], by_division["now_t"], by_division["then_t"]) == (1, 270, 300)
    assert (by_purpose["n_firms"], by_purpose["now_t"], by_purpose["then_t"]) == (1, Decimal("67.5"), 75)


def contributions(firms, area, rule="all"):
    rebuild_panel(firms.con, MOMENT)
    rows = query_contribution(firms.con, MOMENT, areas={area})
    return [r for r in rows if r["scope_rule"] == rule]


def test_contributions_are_ranked_and_add_up(firms):
    both_years(firms, "up", [100, 100, 100], [110, 110, 110])
    both_years(firms, "down", [100, 100, 100], [80, 80, 80])
    both_years(firms, "same", [100, 100, 100], [100, 100, 100])
    both_years(firms, "other", [10, 10, 10], [11, 11, 11], city=WEINAN, county="610502")
    rows = contributions(firms, XIAN)
    assert [(r["contributor_code"], r["change_t"], r["rank"]) for r in rows] == [
        ("down", -60, 1),
        ("up", 30, 2),
        ("same", 0, 3),
    ]
    assert [round(r["share_pct"], 6) for r in rows] == [200, -100, 0]
    assert sum(r["points_pct"] for r in rows) == pytest.approx(-30 * 100 / 900)
    region = contributions(firms, "fenwei_2023")
    assert [(r["contributor_code"], r["change_t"]) for r in region] == [(XIAN, -30), (WEINAN, 3)]


def test_many_firms_are_summed_in_one_row(firms):
    for n in range(23):
        both_years(firms, f"f{n:02d}", [100, 100, 100], [100 - n, 100, 100])
    rows = contributions(firms, XIAN)
    assert len(rows) == 21
    assert (rows[0]["contributor_code"], rows[0]["change_t"]) == ("f22", -22)
    assert (rows[-1]["contributor_kind"], rows[-1]["rank"]) == ("other", 21)
    assert sum(r["change_t"] for r in rows) == -sum(range(23))


def test_the_order_of_rows_does_not_matter(firms):
    for code in ("a", "b", "c"):
        both_years(firms, code, [100, 100, 100], [90, 95, 99])
    rebuild_panel(firms.con, MOMENT)
    before = firms.con.execute("SELECT * FROM coal.panel ORDER BY ALL").fetchall()
    for table in ("coal.firm", "coal.use_month"):
        firms.con.execute(f"CREATE OR REPLACE TEMP TABLE turned AS SELECT * FROM {table} ORDER BY ALL DESC")
        firms.con.execute(f"DELETE FROM {table}")
        firms.con.execute(f"INSERT INTO {table} SELECT * FROM turned")
    rebuild_panel(firms.con, MOMENT)
    assert firms.con.execute("SELECT * FROM coal.panel ORDER BY ALL").fetchall() == before != []
