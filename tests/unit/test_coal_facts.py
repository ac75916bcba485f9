"""The facts of coal: the numbers that were read, what is not verified says so, gaps stay gaps, the checks can fail."""

import csv
import re
import shutil
from datetime import date
from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from warehouse.reference import load_reference
from warehouse.standards import StandardsError, load
from warehouse.standards.coal_spec import COAL_TABLES
from warehouse.standards.load import FOLDER, read_all
from warehouse.store import schema_sql

EIGHT = {"140100", "140300", "140400", "140500", "140700", "140800", "141000", "141100"}
LEADS = {"coal_form", "coal_form_column"}
WAN = 10_000


def on(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """Rows that hold on a day."""
    at = pd.Timestamp(day)
    return frame[(frame["valid_from"] <= at) & (frame["valid_to"].isna() | (frame["valid_to"] >= at))]


def rules() -> dict[str, float]:
    frame = load("coal_rule")
    return dict(zip(frame["rule"], frame["value"], strict=True))


def factor(factor_list: str, product: str, variant: str = "default") -> Decimal:
    frame = load("coal_factor").set_index(["factor_list", "product", "variant"])
    return Decimal(str(frame.loc[(factor_list, product, variant), "tce_per_unit"]))


def usual_factor(product: str) -> Decimal:
    lists = load("coal_factor_rule").set_index(["form", "product"])["factor_list"]
    return factor(lists["*", product], product)


def test_factors_are_their_calorific_values():
    frame = load("coal_factor")
    stated = frame[frame["kcal_per_kg"].notna()]
    assert len(stated) == 8
    for row in stated.itertuples():
        assert round(row.kcal_per_kg / rules()["kcal_per_kgce"], 4) == row.tce_per_unit, row.product
        assert row.net_kj_per_kg == pytest.approx(row.kcal_per_kg * rules()["kj_per_kcal"], abs=1), (
            row.product
        )
    lbl = frame[(frame["factor_list"] == "LBL") & (frame["product"] == "other_washed")].iloc[0]
    assert lbl["net_kj_per_kg"] / rules()["kj_per_kgce"] == pytest.approx(lbl["tce_per_unit"], abs=0.0005)
    assert rules()["kcal_per_kgce"] * rules()["kj_per_kcal"] == pytest.approx(rules()["kj_per_kgce"])


def test_the_two_national_lists_differ_for_other_washed_coal():
    ratio = factor("LBL", "other_washed") / factor("statistics", "other_washed")
    assert round(ratio, 2) == Decimal("1.84")
    use = {"raw_coal": 100, "washed_coal": 20, "other_washed": 10, "briquette": 5}
    assert round(sum(t * usual_factor(p) for p, t in use.items()), 2) == Decimal("95.28")
    heat = {**{p: usual_factor(p) for p in use}, "other_washed": factor("LBL", "other_washed")}
    assert round(sum(t * heat[p] for p, t in use.items()), 2) == Decimal("97.68")
    assert round(8 * usual_factor("coke"), 2) == Decimal("7.77")
    basis = [100 * usual_factor("raw_coal"), 60 * usual_factor("raw_coal") + 38 * usual_factor("washed_coal")]
    assert [*basis, round((basis[1] / basis[0] - 1) * 100, 2)] == [
        Decimal("71.43"), Decimal("77.058"), Decimal("7.88"),
    ]  # fmt: skip


def test_factors_taken_without_a_measured_value_are_verified_where_both_places_agree():
    frame = load("coal_factor").set_index(["factor_list", "product", "variant"])["verified"]
    lists = load("coal_factor_rule").set_index("product")["factor_list"]
    verified = {product for product, name in lists.items() if frame[name, product, "default"]}
    assert verified == {"raw_coal", "washed_coal", "briquette", "coke"}


def test_total_coal_is_without_coke_and_counts_nothing_twice():
    frame = load("coal_product").set_index("product")
    assert not frame[frame["class"] != "coal"]["in_coal_total"].any()
    assert not frame[frame["subset_of"].notna()]["in_coal_total"].any()
    assert frame.loc[["raw_coal", "washed_coal", "other_coal"], "in_coal_total"].all()
    assert set(frame[frame["survey_group"] == "coke"].index) == {"coke", "semi_coke", "blast_coal_powder"}


def test_feedstock_is_a_part_of_industry():
    frame = load("coal_purpose").set_index("purpose")
    assert frame.loc["feedstock", "subset_of"] == "industry"
    assert list(frame[frame["transformation"]].index) == [
        "power", "heat", "washing", "coking", "liquefaction", "gasification",
    ]  # fmt: skip
    assert set(frame[frame["power_or_heat"]].index) == {"power", "heat"}


def test_rules_of_the_official_survey():
    got = rules()
    assert [got[r] for r in ("parent_factor", "suspect_wan_t", "maximum_wan_t", "maximum_product_wan_t")] == [
        1.2, 10000, 100000, 200000,
    ]  # fmt: skip
    assert got["tolerance_t"] == got["tolerance_tce"] == got["tolerance_wan_t"] * WAN == 100
    assert 100 * got["parent_factor"] < 121
    assert got["so2_sulfur_factor"] == 10 * 64 / 32
    assert got["co2_carbon_factor"] == pytest.approx(44 / 12, abs=1e-6)
    verified = load("coal_rule").set_index("rule")["verified"]
    assert verified["parent_factor"]
    assert not verified[["tolerance_t", "jump_ratio", "coverage_pct", "unit_error_band"]].any()


def test_feedstock_and_gangue_leave_the_assessment_in_2023():
    frame = load("coal_exclusion")
    assert on(frame, "2023-11-29")[lambda f: f["area_code"] == "*"].empty
    assert set(on(frame, "2023-11-30")["exclusion"]) == {"feedstock", "gangue"}
    named = frame[frame["kind"] == "unit"].iloc[0]
    assert named["exclusion"].startswith("unit:")
    assert not named["verified"]
    assert on(frame, "2015-01-01").empty


def test_both_readings_of_non_power_are_kept_unverified():
    frame = load("coal_scope_rule")
    both = frame[frame["scope"] == "above_scale_non_power"]
    assert dict(zip(both["by"], both["is_default"], strict=True)) == {"division": True, "purpose": False}
    assert not frame["verified"].any()


def limits(standard: str, grade: str, condition: str = "none") -> dict[str, float]:
    frame = load("coal_quality_limit")
    held = frame[
        (frame["standard"] == standard) & (frame["grade"] == grade) & (frame["condition"] == condition)
    ]
    return dict(zip(held["item"], held["limit_value"], strict=True))


def test_limits_of_commercial_coal():
    shared = {"Hgd": 0.6, "Asd": 80, "Pd": 0.15, "Cld": 0.3, "Fd": 200}
    assert limits("commercial-2014", "lignite") == {"Ad": 30, "Std": 1.5} | shared
    assert limits("commercial-2014", "other") == {"Ad": 40, "Std": 3.0} | shared
    far = "distance_over_600km"
    assert limits("commercial-2014", "lignite", far) == {"Qnet_ar": 16.5, "Ad": 20, "Std": 1.0}
    assert limits("commercial-2014", "other", far) == {"Qnet_ar": 18, "Ad": 30, "Std": 2.0}
    frame = load("coal_quality_limit")
    assert frame[frame["standard"] == "commercial-2014"]["verified"].all()
    assert set(frame[frame["operator"] == "min"]["item"]) == {"Qnet_ar", "Qgr_d", "SCC"}


def test_no_limit_that_was_only_recalled_is_verified():
    frame = load("coal_quality_limit")
    recalled = frame[frame["standard"].isin(["GB34169-2017", "GB34170-2017"])]
    assert len(recalled) == 4 * 8 + 4 * 9
    assert not recalled["verified"].any()
    assert set(frame[frame["standard"] == "GB34170-2017"]["item"]) & {"Ad"} == set()
    graded = load("coal_quality_standard").set_index("grade")["verified"]
    assert graded[["无烟1号", "蜂窝煤1号", "型煤1号"]].all()
    assert not graded[["无烟2号", "烟煤1号", "烟煤2号", "蜂窝煤2号", "型煤2号"]].any()


def test_items_fit_the_columns_of_the_inspection_form():
    columns = load("coal_form_column")
    form = columns[columns["form"] == "inspection"].set_index("column_name")["unit"]
    for item in load("coal_quality_item").itertuples():
        for name in filter(lambda text: isinstance(text, str), (item.column_name, item.claimed_column)):
            assert form[name] == item.unit, item.item
    assert load("coal_quality_item")["column_name"].notna().sum() == 15


def test_the_matrix_of_local_limits_names_its_gaps():
    frame = load("coal_province_limit")
    gaps = frame[frame["status"] == "not_found"]
    assert set(gaps["text_zh"]) == {"未查到"}
    assert gaps["limit_value"].isna().all()
    assert not gaps["verified"].any()
    assert (frame["limit_value"].dropna() > 0).all()
    cells = frame.set_index(["area_code", "subject", "item"])
    for area in ("610000", "140000", "410000", "610100", "610403"):
        assert {key[1] for key in cells.index if key[0] == area} == {
            "user_coal",
            "raw_coal_sale",
            "bulk_coal",
            "briquette",
        }
    assert cells.loc[("610403", "user_coal", "Std"), "limit_value"] == 0.80
    assert cells.loc[("610100", "raw_coal_sale", "Ad"), "limit_value"] == 15
    assert cells.loc[("610000", "bulk_coal", "Ad"), "status"] == "not_found"
    assert "关中" in cells.loc[("key_regions_2014", "bulk_coal", "Ad"), "note"]


def test_published_pass_rates():
    frame = load("coal_published_rate").set_index("rate_id")
    counted = frame[frame["n_inspected"].notna()]
    off = counted[
        (counted["n_passed"] / counted["n_inspected"] * 100 - counted["rate_pct"]).abs() > 0.05 + 1e-9
    ]
    assert list(off["area_name"]) == ["晋中市"]
    assert not frame["verified"].any()
    told = frame["product"].to_dict()
    assert {told[rate] for rate in ("rate-01", "rate-02", "rate-07")} == {"未写明"}, "the sources name none"
    shaanxi = frame[frame["period"] == "2018-08..2018-11"].iloc[0]
    assert round(shaanxi["n_passed"] / shaanxi["n_inspected"] * 100, 2) == 38.46


def test_items_a_check_has_to_test():
    frame = load("coal_item_required")
    lists = frame.groupby("rule_list")["item"].agg(set)
    assert lists["linxia_2025"] == {"Ad", "Vdaf", "Std"}
    assert "Ad" not in lists["henan_2025"] | lists["shandong_2022"]
    assert len(lists["henan_2025"]) == 10
    assert len(lists["shandong_2022"]) == 11


def test_replacement_rules_by_jurisdiction():
    frame = load("replacement_rule")
    now = on(frame, "2026-09-30").set_index("area_code")
    assert set(now[now["in_place_before_start"] == "yes"].index) == EIGHT | {"410000"}
    assert (now.loc[sorted(EIGHT), "kind"] == "reduction").all()
    assert (now.loc[["140200", "140600", "140900"], "kind"] == "equal").all()
    assert now["k1"].isna().all()
    assert now["k2"].isna().all()
    assert now.loc["410000", "feedstock_excluded"] == "yes"
    assert set(now.loc[sorted(EIGHT | {"610000"}), "feedstock_excluded"]) == {"unread"}
    assert not now.loc[["610000", "*"], "verified"].any()
    assert now.loc["140100", "rejected_baseline_first"] == 2016
    assert "rejected_baseline_first" in now.loc["140100", "unverified_fields"]
    assert "370000" not in now.index
    assert on(frame, "2020-06-01").set_index("area_code").loc["370000", "realised_from"] == pd.Timestamp(
        "2016-01-01"
    )
    factors = load("replacement_industry_factor").set_index("industry")["k1"]
    assert (factors["power_advanced"], set(factors.drop("power_advanced"))) == (1.1, {1.2})
    known = load("replacement_industry_factor").set_index("industry")["verified"]
    assert not known["power_advanced"], "only for the units named, which the record does not tell apart"
    unread = frame.set_index("area_code")["unverified_fields"].fillna("").str.contains("operation")
    assert set(unread[~unread].index) == {"410000"}, "supplementary plans were read for Henan only"


def test_where_the_rules_of_2014_bind():
    frame = load("replacement_scope")
    assert set(frame[frame["whole"]]["area_code"]) == {"110000", "120000", "130000", "370000", "310000", "320000", "330000"}  # fmt: skip
    assert list(frame[~frame["whole"]]["area_code"]) == ["440000"], "the Pearl River Delta is a part"
    assert not {"610000", "140000", "410000"} & set(frame["area_code"])


def test_fuels_that_are_no_replacement():
    frame = load("replacement_fuel_rule")
    rejected = frame[~frame["accepted"]]
    assert set(rejected["fuel"]) == {"petroleum_coke", "coke", "semi_coke"}
    assert set(rejected["valid_from"].dt.date) == {date(2023, 11, 30)}


def test_co2_factors_are_their_parts():
    for row in load("coal_co2_factor").itertuples():
        made = row.ncv_gj_per_t * row.cc_tc_per_gj * row.oxidation * 44 / 12
        assert made == pytest.approx(row.co2_t_per_t, abs=5.1e-5), row.fuel
    factors = load("coal_co2_factor").set_index("fuel")["co2_t_per_t"]
    assert round(10_000 * factors["bituminous"]) == 20715


def test_emission_factors_are_a_range_and_none_is_verified():
    frame = load("coal_emission_factor")
    assert not frame["verified"].any()
    home = frame[(frame["use"] == "residential") & frame["in_range"]]
    pm = home[home["pollutant"] == "PM2.5"]["ef_g_per_kg"]
    assert home[(home["pollutant"] == "PM2.5") & (home["fuel_group"] != "briquette")]["ef_g_per_kg"].agg(
        ["min", "max"]
    ).tolist() == [1.4, 9.837]
    assert pm.min() == pytest.approx(9.837 / 12.6, abs=5e-4)
    assert not frame[frame["pollutant"] == "SO2+NOx+PM"]["in_range"].any()
    sulfur = load("coal_sulfur_parameter").set_index("use")
    assert (
        round(rules()["so2_sulfur_factor"] * 0.5 * sulfur.loc["residential", "c_default"] * 10_000 / 1000, 1)
        == 80.0
    )
    assert not sulfur["verified"].any()
    assert (sulfur["c_low"] <= sulfur["c_high"]).all()
    single = sulfur[sulfur["c_low"] == sulfur["c_high"]]
    assert (single["c_default"] == single["c_low"]).all()
    assert sulfur["c_default"].isna()["pulverised"], "no share between the two ends was read"


def test_published_figures_agree_with_each_other():
    value = load("coal_published_actual").set_index("actual_id")["value"]
    before = value["weinan-2014-ytd07-use"] - value["weinan-2014-ytd07-change"]
    assert round(before, 2) == value["weinan-2013-ytd07-use"]
    assert round(value["weinan-2014-ytd07-change"] / before * 100, 2) == value["weinan-2014-ytd07-change-pct"]
    assert (
        round(value["xian-2017-ytd07-use"] + value["xian-2018-ytd07-change"], 2)
        == value["xian-2018-ytd07-use"]
    )
    assert round(value["xian-2014-use"] - value["xian-2014-change"], 2) == value["xian-2013-use"]
    assert round(value["xian-2014-power-heat"] / value["xian-2014-use"] * 100, 1) == 90.4


def test_official_targets():
    frame = load("coal_target").set_index("target_id")
    assert frame.loc["official-coal-2018-xian-above-scale-cut", "target_t"] == 340200
    assert frame.loc["official-coal-2025-fenwei", "exclusions"] == "feedstock,gangue"
    assert frame.loc["official-coal-2014-xian-cap", "exclusions"] == "unit:大唐陕西发电本部"
    assert set(frame[frame["kind"] == "negative_growth"]["target_t"].isna()) == {True}
    form = load("coal_form_column")
    own = form[form["form"] == "coal_target"]["column_name"]
    assert list(own) == [c.name for c in COAL_TABLES["coal_target"].columns[: len(own)]]


def test_counties_of_the_region():
    frame = load("county").set_index("county_code")
    assert set(frame["city_code"]) == EIGHT | {
        "410300",
        "411200",
        "610100",
        "610200",
        "610300",
        "610400",
        "610500",
    }
    assert frame.loc["610403", "city_code"] == "610400"
    assert frame.loc["610581", "city_code"] == "610500"
    for code, name in {
        "610482": "彬县",
        "610116": "长安县",
        "610503": "华县",
        "610118": "户县",
        "411203": "陕县",
        "610305": "凤翔县",
    }.items():
        assert name in frame.loc[code, "aliases"].split(";")


def test_what_is_not_verified_says_why():
    bad = []
    for name in sorted(set(COAL_TABLES) - LEADS):
        for row in load(name).to_dict("records"):
            note = row["note"]
            if not row.get("verified", True) and not isinstance(note, str):
                bad.append((name, row))
            if (
                isinstance(note, str)
                and re.search("[\u4e00-\u9fff]", note)
                and not re.search(r" \| .*[A-Za-z]", note)
            ):
                bad.append((name, note))
    assert not bad


@pytest.fixture
def folder(tmp_path):
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


CELLS = [
    ("county", {"county_code": "610482"}, {"city_code": "610500"}),
    ("county", {"county_code": "610482"}, {"aliases": "礼泉县"}),
    ("county", {"county_code": "610482"}, {"former_codes": "610425"}),
    ("coal_product", {"product": "anthracite"}, {"subset_of": "coal"}),
    ("coal_product", {"product": "semi_coke"}, {"aliases": "焦炭"}),
    ("coal_product", {"product": "coke"}, {"class": "coals"}),
    ("coal_factor", {"product": "raw_coal"}, {"tce_per_unit": "0,7143"}),
    ("coal_factor", {"product": "raw_coal"}, {"unit": "wan_t"}),
    ("coal_factor", {"product": "coal_tar"}, {"product": "tar"}),
    ("coal_factor_rule", {"product": "other_washed"}, {"factor_list": "GB/T 2589"}),
    ("coal_exclusion", {"exclusion": "feedstock"}, {"valid_to": "2023-01-01"}),
    ("coal_quality_limit", {"grade": "other", "item": "Std"}, {"unit": "MJ/kg"}),
    ("coal_quality_limit", {"grade": "other", "item": "Std"}, {"basis": "ar"}),
    ("coal_quality_limit", {"grade": "other", "item": "Std"}, {"grade": "any"}),
    ("coal_quality_limit", {"grade": "other", "item": "Std"}, {"operator": "<="}),
    ("coal_province_limit", {"status": "not_found"}, {"limit_value": "0"}),
    ("coal_province_limit", {"status": "not_found"}, {"verified": "true"}),
    ("coal_province_limit", {"status": "found"}, {"limit_value": ""}),
    ("coal_item_required", {"item": "Std"}, {"item": "St"}),
    ("coal_form_check", {"check_name": "use_sum"}, {"condition": "use_t < {tolerance}"}),
    ("coal_form_check", {"check_name": "use_sum"}, {"form": "energy_205"}),
    ("coal_form_check", {"check_name": "use_sum"}, {"severity": "fatal"}),
    ("replacement_rule", {"area_code": "410000"}, {"unverified_fields": "k3"}),
    ("coal_target", {"kind": "cut"}, {"target_t": ""}),
    ("coal_target", {"area_kind": "city"}, {"area_code": "610199"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "where", "cells"), CELLS, ids=lambda value: str(value)[:60])
def test_a_wrong_cell_is_named_with_its_line(folder, name, where, cells):
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    line, row = next(
        (n, r) for n, r in enumerate(rows, 2) if all(r[head.index(k)] == v for k, v in where.items())
    )
    for column, text in cells.items():
        row[head.index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    with pytest.raises(StandardsError) as caught:
        read_all(folder)
    assert (caught.value.file, caught.value.line) == (f"{name}.csv", line)


def test_an_overlap_in_time_is_refused(folder):
    path = folder / "replacement_rule.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2020-01-01,2023-12-31", "2020-01-01,2024-01-01", 1),
        encoding="utf-8",
    )
    with pytest.raises(StandardsError, match="140100"):
        read_all(folder)


def test_an_imported_target_stays_in_the_place_of_the_official_one():
    con = duckdb.connect()
    con.execute(schema_sql())
    load_reference(con)
    n_targets = len(load("coal_target"))
    query = "SELECT count(*), count(sha256), sum(CASE WHEN verified THEN 1 ELSE 0 END) FROM coal.target"
    assert con.execute(query).fetchall() == [(n_targets, 0, int(load("coal_target")["verified"].sum()))]
    con.execute(
        "UPDATE coal.target SET target_t = 5, sha256 = 'file' WHERE target_id = 'official-coal-2018-xian-cut'"
    )
    load_reference(con)
    mine = con.execute(
        "SELECT target_t FROM coal.target WHERE target_id = 'official-coal-2018-xian-cut'"
    ).fetchall()
    assert mine == [(5,)]
    assert con.execute("SELECT count(*), count(sha256) FROM coal.target").fetchall() == [(n_targets, 1)]
    held = con.execute("SELECT tce_per_unit * 1000::DECIMAL(18,4) FROM ref.coal_factor WHERE product = 'raw_coal'"
                       " AND factor_list = 'GB/T 2589'").fetchall()  # fmt: skip
    assert held == [(Decimal("714.3"),)]
    con.close()
