"""Emissions avoided: sulfur balance, carbon, ranges of the studies that never become one number."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.coal.emissions import Quantity, query_emissions, rebuild_emissions
from pipelines.coal.households import rebuild_households

AS_OF = date(2026, 11, 20)
RANGED = ("CO", "NOx", "PM10", "PM2.5", "VOCs")


@pytest.fixture
def con(_prepared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    _prepared.execute("BEGIN")
    yield _prepared
    _prepared.execute("ROLLBACK")


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    con.execute(f"INSERT INTO coal.{table} ({names}) VALUES ({marks})", list(values.values()))


def village(con: duckdb.DuckDBPyConnection, before: float, remaining: float, **values: Any) -> None:
    put(con, "village", **{"village_id": "V1", "stat_year": 2026, "city_name": "渭南市", "county_name": "韩城市",
        "city_code": "610500", "county_code": "610581", "village_name": "示例村", "n_households": 100,
        "coal_before_t": before, "coal_remaining_t": remaining} | values)  # fmt: skip


def sample(
    con: duckdb.DuckDBPyConnection, number: int, sulfur: float, moisture: float | None, **more: Any
) -> None:
    put(con, "inspection", **{"sample_id": f"S{number}", "stage": "circulation", "city_name": "渭南市", "city_code": "610500",
        "entity_name": "中心", "product_type": "scattered_coal", "sampled_on": date(2026, 1, 15),
        "std_pct": sulfur, "mt_pct": moisture} | more)  # fmt: skip


def quantity(**values: Any) -> Quantity:
    given: dict[str, Any] = {"area_kind": "city", "area_code": "610500", "stat_year": 2026, "activity": "boilers",
        "burning": "residential", "fuel_group": "bulk", "coal_t": Decimal(10000)}  # fmt: skip
    return Quantity(**(given | values))


def one(
    con: duckdb.DuckDBPyConnection, pollutant: str, *quantities: Quantity, as_of: date = AS_OF
) -> dict[str, Any]:
    found = [r for r in query_emissions(con, as_of, quantities) if r["pollutant"] == pollutant
             and r["area_kind"] == "city"]  # fmt: skip
    assert len(found) == 1, found
    return found[0]


def test_so2_by_sulfur_balance(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "SO2", quantity(given_sulfur=Decimal("0.50")))
    assert (row["factor_low"], row["formula_t"], row["low_t"], row["high_t"]) == (8, 80, 80, 80)
    assert (row["sulfur_basis"], row["assumed"]) == ("given", False)
    assert one(con, "SO2", quantity(given_sulfur=Decimal("0.50"), removal=Decimal("0.9")))["formula_t"] == 8


def test_co2_of_scattered_coal(con: duckdb.DuckDBPyConnection) -> None:
    known = one(con, "CO2", quantity(fuel="bituminous"))
    assert (known["formula_t"], known["low_t"], known["high_t"], known["assumed"]) == (
        20715,
        20715,
        20715,
        False,
    )
    unknown = one(con, "CO2", quantity())
    assert (unknown["low_t"], unknown["formula_t"], unknown["high_t"]) == (20715, 20715, 23228)
    assert unknown["assumed"] and not unknown["verified"] and "烟煤" in unknown["note_zh"]


def test_co2_factors_are_the_product_of_their_parts(con: duckdb.DuckDBPyConnection) -> None:
    factors = con.execute(
        "SELECT co2_t_per_t, ncv_gj_per_t, cc_tc_per_gj, oxidation FROM ref.coal_co2_factor"
    ).fetchall()
    assert len(factors) >= 6
    for stated, heat, carbon, oxidation in factors:
        assert abs(float(heat * carbon * oxidation) * 44 / 12 - float(stated)) < 1e-3


def test_studies_that_differ_stay_a_range(con: duckdb.DuckDBPyConnection) -> None:
    rows = {r["pollutant"]: r for r in query_emissions(con, AS_OF, [quantity()])}
    assert set(rows) == {"SO2", "CO2", *RANGED}
    pm = rows["PM2.5"]
    assert (pm["low_t"], pm["high_t"], pm["n_sources"]) == (14, Decimal("98.37"), 2)
    assert "孔少飞" in pm["sources"] and "王艳妮" in pm["sources"]
    for pollutant in RANGED:
        assert rows[pollutant]["formula_t"] is None
        assert rows[pollutant]["low_t"] < rows[pollutant]["high_t"] or rows[pollutant]["single_source"]
        assert not rows[pollutant]["verified"]


def test_one_source_is_flagged_as_no_range(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM ref.coal_emission_factor WHERE study = 'guiyang2016'")
    pm = one(con, "PM2.5", quantity())
    assert pm["single_source"] and pm["low_t"] == pm["high_t"] == Decimal("98.37")
    assert "不成区间" in pm["note_zh"] and "no range" in pm["note_en"]
    assert all(
        r["pollutant"] != "SO2" or not r["single_source"] for r in query_emissions(con, AS_OF, [quantity()])
    )


def test_briquettes_have_factors_of_their_own(con: duckdb.DuckDBPyConnection) -> None:
    briquettes, bulk = one(con, "CO", quantity(fuel_group="briquette")), one(con, "CO", quantity())
    assert (briquettes["low_t"], briquettes["high_t"]) == (224, 699)
    assert (bulk["low_t"], bulk["high_t"]) == (699, 873)
    assert one(con, "CO2", quantity(fuel_group="briquette"))["formula_t"] == 19360


def test_households_count_by_the_coal_they_no_longer_burn(con: duckdb.DuckDBPyConnection) -> None:
    village(con, 420, 60)
    village(con, 50, 80, village_id="V2", city_code="610100", county_code="610116")
    rows = query_emissions(con, AS_OF)
    assert {(r["area_kind"], r["area_code"]) for r in rows if r["activity"] == "household"} >= {
        ("county", "610581"), ("city", "610500"), ("province", "610000"), ("region", "fenwei_2023"),
    }  # fmt: skip
    assert not [r for r in rows if r["area_kind"] == "village" or r["area_code"] == "610100"]
    assert one(con, "CO2")["coal_t"] == 360
    assert one(con, "CO2")["formula_t"] == Decimal("745.7400")


def test_without_samples_sulfur_is_an_assumption_and_says_so(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "SO2", quantity())
    assert (row["sulfur_basis"], row["assumed"], row["verified"]) == ("assumed", True, False)
    assert "假定" in row["note_zh"] and "assumed" in row["note_en"]
    assert row["formula_t"] == 128


def test_sulfur_is_the_median_of_the_area_as_received(con: duckdb.DuckDBPyConnection) -> None:
    for i, (sulfur, moisture) in enumerate([(0.4, 10), (0.5, 10), (5.0, 10)]):
        sample(con, i, sulfur, moisture)
    row = one(con, "SO2", quantity())
    assert (row["sulfur_pct"], row["sulfur_basis"], row["n_samples"]) == (Decimal("0.45"), "inspections", 3)
    assert row["formula_t"] == 72 and not row["assumed"]
    con.execute("DELETE FROM coal.inspection WHERE sample_id = 'S2'")
    assert one(con, "SO2", quantity())["sulfur_basis"] == "assumed"


def test_samples_taken_later_do_not_count(con: duckdb.DuckDBPyConnection) -> None:
    for i in range(3):
        sample(con, i, 0.4, 10, sampled_on=date(2026, 11, 19))
    assert one(con, "SO2", quantity(), as_of=date(2026, 11, 18))["sulfur_basis"] == "assumed"
    assert one(con, "SO2", quantity())["sulfur_basis"] == "inspections"


def test_without_moisture_the_dry_value_is_marked(con: duckdb.DuckDBPyConnection) -> None:
    for i in range(3):
        sample(con, i, 0.5, None)
    row = one(con, "SO2", quantity())
    assert (row["sulfur_pct"], row["assumed"]) == (Decimal("0.5"), True) and "偏高" in row["note_zh"]


def test_the_province_stands_in_for_an_area_with_few_samples(con: duckdb.DuckDBPyConnection) -> None:
    for i in range(3):
        sample(con, i, 0.5, 0, city_code="610100")
    assert one(con, "SO2", quantity())["sulfur_basis"] == "inspections_province"
    assert one(con, "SO2", quantity(area_code="140100"))["sulfur_basis"] == "assumed"


def test_power_coal_is_not_judged_by_household_samples(con: duckdb.DuckDBPyConnection) -> None:
    for i in range(3):
        sample(con, i, 0.5, 0)
    assert one(con, "SO2", quantity(burning="pulverised"))["sulfur_basis"] == "assumed"
    row = one(con, "SO2", quantity(burning="pulverised", given_sulfur=Decimal(1)))
    assert (row["low_t"], row["formula_t"], row["high_t"]) == (170, None, 180), "no single share was read"


@pytest.mark.parametrize(
    "wrong",
    [{"burning": "dragon"}, {"fuel_group": "wood"}, {"coal_t": Decimal(-1)}, {"removal": Decimal(2)},
     {"activity": "household"}],
)  # fmt: skip
def test_wrong_quantities_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\|"):
        quantity(**wrong)


def test_the_table_and_the_query_agree(con: duckdb.DuckDBPyConnection) -> None:
    village(con, 420, 60)
    rebuild_households(con, AS_OF)
    assert rebuild_emissions(con, AS_OF) == rebuild_emissions(con, AS_OF) > 7
    order = "area_kind, area_code, stat_year, activity, burning, fuel_group, pollutant"
    found = con.execute(f"SELECT * FROM coal.emission_estimate ORDER BY {order}")
    names = [c[0] for c in found.description or []]
    assert [dict(zip(names, r, strict=True)) for r in found.fetchall()] == query_emissions(con, AS_OF)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    coal=st.decimals(min_value=1, max_value=10**6, places=2),
    sulfur=st.decimals(min_value="0.1", max_value=5, places=2),
)
def test_so2_is_proportional_to_coal_and_sulfur(
    con: duckdb.DuckDBPyConnection, coal: Decimal, sulfur: Decimal
) -> None:
    row = one(con, "SO2", quantity(coal_t=coal, given_sulfur=sulfur))
    assert abs(row["formula_t"] - coal * sulfur * 16 / 1000) <= Decimal("0.0002")
    assert row["low_t"] <= row["formula_t"] <= row["high_t"]
